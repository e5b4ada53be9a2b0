"""Find the runs of a text that may hold amounts, in one linear pass.

Law: the scanner finds and does not judge.  A run is a maximal row of lexicon words, numbers and units around at least one
word that could state an amount.  The pattern is made from the lexicon and matched by RE2, which is linear in the text on
every input (Cox 2010, https://swtch.com/~rsc/regexp/regexp3.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import re2
from re2 import _re2  # The wrapper in Python makes an object a match, which costs as much as the matching itself.

from howlong.quantities.alphabet import CURRENCIES, FRACTIONS, SPACES, to_pattern
from howlong.quantities.items import CODES
from howlong.quantities.lexicon import load_lexicon
from howlong.quantities.tokens import GLUED_TIME, MONTH, REFERENCE, SPELLED, load_plurals

_F = "".join(FRACTIONS)
_W = "A-Za-z0-9_µμαβγδκηρχσλΩéöüä₂"
_S = " "  # every space, and the end of a line that its paragraph goes on after: see `flatten`
_N = "[ \\n]"
SPACE = " +"
GLUE = " *"
FLAT = bytes.maketrans(to_pattern(f"\t\r{SPACES}"), b" " * (len(SPACES) + 2))
BREAK = re.compile(rb"\n(?! *\n)")
SIGNS = f"[\\^⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺=<>≤≥⩽⩾~∼≈±+/°º˚′″–—−‒,·×…&:#§{CURRENCIES}-]|‐|‑|\\.[ ]?(?:[0-9]|to [0-9]|[–-] ?[0-9])"
MARKS = f"[%％°º˚′″+⁰¹²³⁴⁵⁶⁷⁸⁹{CURRENCIES}]|'s"
URL = r"(?:https?://|www\.|doi:)[^\s]+"
CITE = (
    REFERENCE.replace("\\d", "[0-9]").replace("\\s", " ")
    + r"|\[ ?[0-9]{1,3}(?: ?[,;–-] ?[0-9]{1,3})* ?\]|\[[0-9]{1,3}m?[A-Z][a-z]?\][A-Za-z0-9_-]*"
)
INTERVAL = (
    rf"[(\[,;]?{_N}*(?:with{_N}+a{_N}+)?[0-9]+(?:\.[0-9]+)?{_N}*[%％]{_N}*-?{_N}*"
    rf"(?:CrI|CI|HDI|confidence{_N}+interval|credible{_N}+interval|confidence{_N}+limits|prediction{_N}+interval)s?{_N}*(?:\[CI\])?[:,=(]?{_N}*(?:of |from |was )?"
)
# A name of many parts is followed only so far: looking for a digit at the end of each would take quadratic time.
CHUNK = rf"(?:[{_W}]+[-‑]?){{0,4}}[0-9{_F}][{_W}⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]*"
DECIMALS = rf"(?:[.,·'][0-9][{_W}]*)*"
SINGULAR = "(?i:(?:kilo|centi|milli)?(?:met(?:re|er)|gram|lit(?:re|er))|mile|inch|hectare|teaspoon|tablespoon)"
BRACKET = rf"\((?:SD|SE|SEM|s\.d\.|±){_S}?[=:]?{_S}?[0-9]+(?:\.[0-9]+)?\)|\([0-9]{{1,3}}\)|\((?i:or|maybe|perhaps|or maybe|or even){_S}(?:[0-9]{{1,3}}|(?i:{SPELLED}))\)|\((?i:{SPELLED})(?:[- ](?i:{SPELLED}))*\)|[(\[][0-9]+\.[0-9]+{_S}?(?:[-–—,;]|to){_S}?[-−]?[0-9]+\.[0-9]+[)\]]"
LINKS = [
    "of",
    "short",
    "long",
    "additional",
    "extra",
    "other",
    "consecutive",
    "successive",
    "further",
    "was",
    "is",
    "only",
    "even",
    "just",
    "full",
    "whole",
    "entire",
    "single",
    "mere",
    "good",
    "solid",
]
ENDS = frozenset({b")", b"]", b"!", b"?", b'"', b""})
ANCHORS = ("solo", "numeral", "scale", "half", "quarter", "times", "multiple", "rate", "part")
PREFIXES = ("silent", "bound", "about", "age", "article", "plusminus", "minus")
INNER = ("after", "below", "timesword", "fold", "andhalf")
WEAK = ("joiner", "per", "of")


def join_forms(forms: Iterable[str]) -> str:
    """Return one alternative for many spellings, sorted and without regard to case, so that RE2 shares their beginnings.

    Case is the tokeniser's business; a run that is too long costs nothing.
    """
    bodies = []
    for form in sorted(
        {form.lower() if form.isascii() else "".join(c.lower() if c.isascii() else c for c in form) for form in forms}
    ):
        body = re.escape(form).replace("\\ ", SPACE).replace("\\-", "[-‐‑]").replace("0", "[0-9]")
        bodies.append(body + ("\\b" if form[-1].isascii() and form[-1].isalnum() else ""))
    return "(?i:" + "|".join(bodies) + ")"


def list_units(time: bool) -> list[str]:
    """Return the spellings of units: words of time, or all others."""
    units = {unit for _, group in load_lexicon().units.values() for unit in group.values()}
    return [unit.form for unit in units if (unit.kind == "time" and not unit.exact) == time]


def write_patterns() -> tuple[str, str]:
    """Return the patterns of the head of a run and of all that follows it, made from the lexicon."""
    lexicon = load_lexicon()
    strong = [p.form for p in lexicon.of("vague") if p.effect != "weak"] + [
        p.form for p in lexicon.of("bound") if "first" in p.form
    ]
    weak = [p.form for p in lexicon.of("vague") if p.effect == "weak"]
    plain = [p.form for p in lexicon.of(*ANCHORS)]
    recurring = {form for form in plain if form.lower().startswith(("every ", "each "))}
    anchors = [form for form in plain if form not in recurring] + strong + list_units(time=True)
    prefixes = [p.form for p in lexicon.of(*PREFIXES)] + weak
    inner = [p.form for p in lexicon.of(*INNER)] + [p.form for p in lexicon.of("age") if p.effect == "after"]
    words = [form for form in prefixes if form[0].isalnum()]
    signs = [form for form in prefixes if not form[0].isalnum()]
    codes = "|".join(sorted(CODES))
    opening = rf"\b(?:{codes})\b\.?|\b{join_forms(words)}|{join_forms(signs)}|\b{MONTH}\b\.?,?|(?:\b[A-Z]{{1,3}})?[{CURRENCIES}]|[+−–=~∼≈-]"
    groups = "|".join(load_plurals())
    grouped = rf"\b(?i:over|under)[-‑](?:[0-9]{{1,3}}s|(?i:{groups}))\b"
    grouped += rf"|\b[qQ]\.?{_N}*[0-9]{{1,2}}{_N}*(?:[-–][0-9]{{1,2}}{_N}*)?(?:hrs?|hours?|h|days?|d|wks?|weeks?|months?|w|H|D|W)\b"
    # "every Monday", "each May": what recurs stands once for both words, which halves its part of the automaton.
    grouped += rf"|\b(?i:every|each){SPACE}{join_forms(form.partition(' ')[2] for form in recurring)}"
    numerals = "|".join(sorted(phrase.form for phrase in lexicon.of("numeral")))
    grouped += rf"|\b(?i:{numerals})(?i:{GLUED_TIME})\b"
    anchor = rf"{grouped}|{URL}|{CITE}|{CHUNK}{DECIMALS}|[.][0-9]+{DECIMALS}|\b{join_forms(anchors)}|\b[IVX]{{1,5}}[ab]?\b|\b(?i:an?|one){_S}+{SINGULAR}\b"
    solid = (
        rf"{grouped}|{INTERVAL}|{BRACKET}|\bper{SPACE}[a-z]+\b|{URL}|{CITE}|{CHUNK}{DECIMALS}|[.][0-9]+{DECIMALS}|\b{MONTH}\b|/[a-z]+\b|{MARKS}|\b(?i:quarters?){_S}+of\b|"
        + join_forms([*anchors, *inner, *list_units(time=False), "am", "pm", "a.m.", "p.m.", "more"])
    )
    linking = [*prefixes, *LINKS, *(p.form for p in lexicon.of(*WEAK))]
    link = rf"{SIGNS}|{join_forms(linking)}"
    lead = rf"(?:(?:{opening}){GLUE}[:=(]?{_S}?(?:(?:{opening}|\b{join_forms(LINKS)}){GLUE}[:=(]?{_S}?)*)?"
    return rf"{lead}(?:{anchor})", rf"(?:(?:{GLUE}(?:{link}))*{GLUE}(?:{solid}))*"


@cache
def build_scanners() -> tuple[Any, Any]:
    """Compile the scanner in two parts.

    RE2 finds where a match begins by running its pattern backwards, and the endings of a thousand words make a costly
    automaton; so only the head of a run is searched for, and the rest is matched forwards from there.
    """
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.never_capture = True
    options.longest_match = True
    options.log_errors = False
    options.max_mem = 256 << 20
    head, rest = (_re2.RE2(to_pattern(pattern), options) for pattern in write_patterns())
    if not (head.ok() and rest.ok()):
        raise AssertionError(f"scanner: must be patterns, {head.error() or rest.error()}. Mend the vocabulary.")
    return head, rest


def flatten(image: bytes) -> bytes:
    """Return the image with every white space as a blank; of a blank line one break is left, so that no run goes over it.

    >>> flatten(b"two\\tor\\r\\nthree\\n\\ndays")
    b'two or  three\\n days'
    """
    flat = image.translate(FLAT)
    return BREAK.sub(b" ", flat) if b"\n" in flat else flat


def find_runs(image: bytes) -> Iterator[tuple[int, int]]:
    """Yield the offsets of every run in the image of a text."""
    head, rest = build_scanners()
    search, follow = head.Match, rest.Match
    anywhere, here = _re2.RE2.Anchor.UNANCHORED, _re2.RE2.Anchor.ANCHOR_START
    image = flatten(image)
    at, size = 0, len(image)
    while True:
        start, end = search(anywhere, image, at, size)[0]
        if start < 0:
            return
        if image[end : end + 1] not in ENDS:
            end = follow(here, image, end, size)[0][1]
        yield start, end
        at = end
