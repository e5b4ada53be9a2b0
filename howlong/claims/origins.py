"""Read whom a sentence names as the origin of an amount: a study, a body, somebody who speaks, or what is cited.

Law of the room: the words are verbatim, links and all; a sentence that names nobody has no origin.  The nouns and verbs
stand in ``howlong/vocabulary/origins.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache, lru_cache
from typing import NamedTuple

from howlong.claims.inflection import inflect_noun, inflect_verb
from howlong.claims.vocabulary import read_vocabulary

REACH = 400
ARTICLES = ("the", "a", "an")
YEAR = r"(?:19|20)\d\d[a-z]?"
YEARS = rf"{YEAR}(?:[,;]\s*{YEAR})*"
CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
SURNAME = rf"(?:(?:van|von|de|der|den|del|della|la|le|di|da|al)\s+){{0,2}}(?:[OD][’'])?{CAPITAL}[\w-]+"
FELLOWS = r"(?:(?:his|her|their)\s+)?(?:colleagues|co-?workers|collaborators|associates|others|co-?authors|team)"
TOGETHER = rf"(?:,?\s+(?:and|&)\s+{FELLOWS}|,?\s+et\s+al\.?)"
FIRST = rf"{SURNAME}(?:,\s+{SURNAME}){{0,9}}"
AUTHORS = rf"{FIRST}(?:{TOGETHER}|,?\s+(?:and|&)\s+{SURNAME})?"
NAMED = rf"{CAPITAL}[\w&’'.-]*"
FURTHER = rf"(?:\s+(?:(?:of|for|the|and|on|de|van|von|&)\s+){{0,2}}{NAMED})"
NAME, FULL_NAME = rf"{NAMED}{FURTHER}{{0,7}}", rf"{NAMED}{FURTHER}{{1,7}}"
TITLE = r"(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir|Dame)\.?\s+"
NUMBERS = r"(?:\[\d+(?:\s?[,–-]\s?\d+)*\])+"
RAISED = r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,⁻–-][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*"
REGISTERED = r"\([^()]*\b(?:NCT\d+|ISRCTN\d+|PMID)[^()]*\)"
PAGES = r"(?:[,:]\s*(?:(?:pp?|Tables?|Fig(?:ure)?s?|ch|chapter|section)\b\.?\s*)?\d[\w.–-]*)*"
KNOWN = rf"\s*(?:\({YEARS}{PAGES}\)|{NUMBERS}|{REGISTERED})"
MODAL = "will|would|can|could|may|might|should|must|to|I|we|they|he|she|it|you"
HELD = rf"(?!\b(?:{MODAL})\b)"
ACTS = rf"(?!\b(?:{MODAL}|is|are|was|were|be)\b)"
REST = rf"(?:et al\.|\d,\d|{ACTS}[^,;:.()\[\]]){{0,70}}?"
CLAUSE = r"(?!\b(?:is|are|was|were|has|have|had|they|it|we|he|she|that|which|who)\b)"
PLACE = rf"(?:\s+(?:of|by|from|at|in|with)\s+(?:\d,\d|{CLAUSE}[^,;:.()\[\]]){{1,50}})?"
ACCORDING = r"(?i:\b(?:according to|as reported by|in the words of)|(?:^|[,;(]\s*)per(?=\s+(?:the\b|(?-i:[A-Z]))))"
REPORTED = r"(?i:\b(?:data from|published (?:in|by)|reported in))"
TELLER = rf"(?:the\s+|an?\s+)?{NAME}[^,;:.()\[\]]{{0,60}}"
WORDS = r"[^,;:.()\[\]]{2,60}"
PASSIVE = "".join(rf"(?<!\b{word} )" for word in ("is", "are", "was", "were", "be", "been", "being"))
QUIET = PASSIVE + "".join(
    rf"(?<!\b{word} )" for word in ("will", "would", "to", "must", "should", "may", "can", "could", "not", "and")
)
ALSO = r"(?:(?:also|now|still|later|usually|often|typically|generally|sometimes|commonly|have|has|had)\s+){0,2}"
WORD = re.compile(r"[a-z]+(?:-[a-z]+)?|\b(?:19|20)\d\d|\[\d")
YEARS_AND_NUMBERS = frozenset(
    [*map(str, range(1900, 2100)), *(f"[{digit}" for digit in range(10)), "nct", "isrctn", "pmid"]
)
NONE = re.compile(r"\bno\s+(?:[\w’'-]+\s+){0,3}\Z", re.I)
NONE_REACH = 40
LINK = re.compile(r"\[([^\[\]\n]+)\](\([^\s()]+\))")
SITE = r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|info|co\.uk|ac\.uk|gov\.uk)(?:/[^\s()<>]*[^\s()<>.,;:])?"
WEB = rf"(?:(?:https?://|doi:\s?|www\.)[^\s()<>]*[^\s()<>.,;:]|{SITE})"
LOCATABLE = re.compile(
    r"\bet al\b|\b(?:19|20)\d\d[a-z]?\b|\[\d|\bdoi\b|10\.\d{4,}/|https?://|www\.|\bPMID\b|\bNCT\d|\bISRCTN\d|\barXiv\b|\bISBN\b"
    rf"|\bNo\.? ?\d|\bref\. ?\d|\bISO \d|{SITE}",
    re.I,
)
STOP = re.compile(r"(?<!\bal)(?<!\.[A-Za-z])\.\Z")  # of the sentence, not of "et al." or "U.S."
NAMED_TRIAL = re.compile(rf"\b[Tt]he\s+{CAPITAL}[A-Z0-9*-]{{3,}}\s+(?:trial|study|cohort|registry)\b")


class Way(NamedTuple):
    """One way to name an origin.

    Attributes
    ----------
    needs : tuple of frozenset of str
        Sets of words in small letters, of each of which a sentence must hold one; most sentences do not.
    pattern : re.Pattern
        The way itself; its first group holds the origin's words.
    is_name : bool
        Whether these must be a name.
    """

    needs: tuple[frozenset[str], ...]
    pattern: re.Pattern[str]
    is_name: bool = False


@cache
def list_words(name: str) -> frozenset[str]:
    """Return every form of the words of one list of ``origins.toml``."""
    words = read_vocabulary("origins")[name].split()
    if name in ("studies", "looks", "linked", "speakers"):
        return frozenset(form for word in words for form in inflect_noun(word))
    if name in ("saying", "finding", "quoting"):
        return frozenset(form for word in words for form in inflect_verb(word) if not form.endswith("ing"))
    return frozenset(words)


def join_words(words: Iterable[str]) -> str:
    """Return a pattern of words, the longest first."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


@cache
def load_ways() -> tuple[Way, ...]:
    """Return the ways in which a sentence names an origin, the surest first."""
    telling = list_words("saying") | list_words("finding")
    told = telling | {"point", "points", "pointed"}  # out
    studies, looks, speakers = list_words("studies"), list_words("looks"), list_words("speakers")
    advising, quoting, saying = list_words("advising"), list_words("quoting"), list_words("saying")
    study, speaker = f"(?i:{join_words(studies)})", f"(?i:{join_words(speakers)})"
    unnamed = f"(?i:{join_words(list_words('unnamed'))})"
    tells = rf"(?<![’'])(?<![’']s)\s+{ALSO}{QUIET}(?:{join_words(telling)}\b(?!\s+(?:up|out)\b)|points?\s+out\b|pointed\s+out\b)"
    fewer = r"(?:an?|one|the|two|several|our(?:\s+own)?)\s+"
    inner = rf"(?:(?!(?i:{join_words(list_words('stop'))})\b)[\w’'%-]+\s+)"
    lead = rf"(?<![\w’'-])(?:(?:[Tt]he|[Aa]n?|[Oo]ur(?:\s+own)?|[Tt]heir|[Hh]is|[Hh]er)\s+)?{inner}{{0,4}}?"
    group = rf"(?:{SURNAME}[’']s|[Aa]n?|[Oo]ne|[Aa]nother)\s+{inner}{{0,3}}?groups?"
    parts: tuple[tuple[tuple[Set[str], ...], str, bool], ...] = (
        ((studies, told), rf"({lead}\b{study}\b{REST}(?:{KNOWN})?)(?:{tells}|\s+puts?\b)", False),
        ((speakers, told), rf"({lead}\b{speaker}\b{REST}(?:{KNOWN})?){tells}", False),
        (({"group", "groups"}, told), rf"\b({group}\b{REST}){tells}", False),
        ((YEARS_AND_NUMBERS,), rf"\b({AUTHORS}{KNOWN})", True),
        (({"et"},), rf"\b({FIRST},?\s+et\s+al\b\.?)(?!\.|,?\s+{YEAR})", True),
        ((told,), rf"\b({FIRST}{TOGETHER}){tells}", True),
        ((advising,), rf"({lead}(?!{unnamed}\b)[\w’'-]+[a-z]s)\s+(?:also\s+|now\s+)?{QUIET}{join_words(advising)}\b", False),
        (({"according", "reported", "per", "words"},), rf"{ACCORDING}\s+({TELLER}|{WORDS})", False),
        (({"data", "published", "reported"},), rf"{REPORTED}\s+({TELLER}|{fewer}{inner}{{0,4}}?{study}\b{PLACE})", False),
        ((looks,), rf"\b[Ii]n\s+({fewer}{inner}{{0,4}}?\b(?i:{join_words(looks)})\b{PLACE})", False),
        ((studies,), rf"^In\s+((?:{fewer})?{inner}{{0,4}}?{study}\b(?!\s+sets?\b){PLACE}),", False),
        ((saying,), rf"\b((?:{TITLE})?{NAME})\s+{ALSO}{QUIET}{join_words(saying)}\b", True),
        ((told,), rf"\b({TITLE}{NAME}|{FULL_NAME}){tells}|\b({SURNAME})(?:{tells}\s+that|\s+puts\s+(?:it|the|that))\b", True),
        ((told,), rf"({SITE}){tells}", False),
        ((), rf"(?:^|[.!?]\s+)((?:{TITLE})?{FULL_NAME}):\s+[\"“‘]", True),
        ((quoting,), rf"[\"”’'»,]\s+{join_words(quoting)}\s+{inner}{{0,3}}?((?:{TITLE})?(?:the\s+)?{NAME})", True),
        ((studies, told), rf"({lead}\b{study}\b{PLACE})\s+(?:{HELD}[^,;:.()\[\]]){{1,90}}?{PASSIVE}{join_words(telling)}\b", False),
    )  # fmt: skip
    return tuple(Way(tuple(map(frozenset, needs)), re.compile(part), is_name) for needs, part, is_name in parts)


@cache
def load_citations() -> tuple[re.Pattern[str], ...]:
    """Return the ways in which a work is cited beside what is taken from it."""
    one = rf"(?:{AUTHORS}|{NAME}),?\s+(?:\d{{1,2}}/)?{YEARS}{PAGES}"
    said = r"(?:(?:see|cf\.?|e\.g\.,?|reviewed (?:in|by)|from|source:)\s+)?"
    parts = (
        rf"[(\[]{said}({one}(?:\s*;\s*{one}){{0,9}})[)\]]",
        r"\(([^()]*\b(?:NCT\d{4,}|ISRCTN\d+|PMID:?\s?\d+)[^()]*|[Rr]efs?\.?\s+\d[\d,\s–-]*)\)",
        rf"({NUMBERS})",
        rf"(?:(?<=[a-z)][.,;])|(?<=[a-z]{{3}}))({RAISED})",
        rf"({WEB})",
    )
    return tuple(re.compile(part) for part in parts)


def find_attribution(sentence: str, at: int) -> tuple[str, int, bool]:
    """Return the study or body that a sentence names as origin, its offset in the sentence, and whether it can be found.

    Parameters
    ----------
    sentence : str
        The sentence; the 400 characters around the amount are read.
    at : int
        The amount's offset in it.

    Examples
    --------
    >>> find_attribution("Reed and colleagues (2014) saw it fade in # days.", 42)
    ('Reed and colleagues (2014)', 0, True)
    """
    low, high = max(0, at - REACH), min(len(sentence), at + REACH)
    words, start, locatable = read_attribution(sentence[low:high])
    return words, low + start if start >= 0 else -1, locatable


@lru_cache(maxsize=64)
def read_attribution(stretch: str) -> tuple[str, int, bool]:
    """Return what `find_attribution` does, of a stretch of a sentence; the amounts of one sentence share it."""
    links = list(LINK.finditer(stretch))
    plain = LINK.sub(blank_link, stretch) if links else stretch
    cited, named = find_citation(plain), find_named(plain)
    for link in links:
        if named and link.start() < named[1] and named[0] < link.end():
            named = (min(named[0], link.start()), max(named[1], link.end()))
    if named is None and cited is None:
        cited = next(
            (link.span() for link in links if not list_words("linked").isdisjoint(WORD.findall(link[1].lower()))), None
        )
    start, end = named or cited or (-1, -1)
    if start < 0:
        return "", -1, False
    words = STOP.sub("", stretch[start:end].rstrip())
    return words, start, bool(cited or LOCATABLE.search(words) or NAMED_TRIAL.search(words))


def find_named(text: str) -> tuple[int, int] | None:
    """Return the span of the first origin that the surest way finds."""
    words = set(WORD.findall(text.lower()))
    for way in load_ways():
        if any(need.isdisjoint(words) for need in way.needs):
            continue
        for match in way.pattern.finditer(text):
            start, end = match.span(match.lastindex or 1)
            if way.is_name:
                start = skip_unnamed(text, start, end)
            if start < end and not NONE.search(text, max(0, start - NONE_REACH), start):
                return start, end
    return None


def find_citation(text: str) -> tuple[int, int] | None:
    """Return the span of the first work that is cited in brackets, by a number or by its address."""
    for pattern in load_citations():
        for match in pattern.finditer(text):
            start = skip_unnamed(text, *match.span(1)) if match[1][0].isalpha() else match.start(1)
            if start < match.end(1):
                return start, match.end(1)
    return None


def skip_unnamed(text: str, start: int, end: int) -> int:
    """Return where a name begins behind words that are none ("But", "May"); the end, where nothing is left of it."""
    for word in re.finditer(r"[^\s,;]+", text[start:end]):
        said = re.split("[’']", word[0].lower())[0]
        if said not in list_words("unnamed") and not (said in ARTICLES and start + word.end() == end):
            return start + word.start() if word[0][0].isalpha() else end
    return end


def blank_link(link: re.Match[str]) -> str:
    """Return a link's words alone, at their place.

    >>> blank_link(LINK.match("[one trial](x)"))
    ' one trial    '
    """
    return f" {link[1]} {' ' * len(link[2])}"
