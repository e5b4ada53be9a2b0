"""Cut a run of amount words into tokens.

Law: a token is decided by its own letters and its neighbours in the run, never by the sentence; whether an amount counts
is the reader's business.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from howlong.quantities.alphabet import CURRENCIES, FRACTIONS, SPACES, SUPERSCRIPTS
from howlong.quantities.lexicon import Phrase, load_lexicon
from howlong.quantities.units import BLANK as _S
from howlong.quantities.units import NOT_WORD, find_unit, is_end, read_unit
from howlong.quantities.units import WORD as _W

_F = "".join(FRACTIONS)
MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
)
REFERENCE = (
    r"\d{4};\s?\d{1,4}(?:\s?\([^()\s]{1,9}\))?:\s?[A-Za-z]?\d+(?:[-–]\d+)?"
    r"|\d{1,4}\s?\(\d{1,3}(?:[-–]\d{1,3})?\)\s?:\s?[A-Za-z]?\d+(?:[-–]\d+)?|\d{2,4}:[A-Za-z]?\d{3,6}[-–]\d+"
)
SPELLED = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    "|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
)
NUMBER = re.compile(
    rf"(?:\d{{1,3}} \d/\d{{1,2}}(?![\d/])|\d{{1,3}}[-‑]\d/\d(?![\d/])|\d\d[⁻⁺]?[{SUPERSCRIPTS[:-2]}²³]+|\d\d\^[-−–]?\d+"
    rf"|(?:\d{{1,3}}(?:,\d{{3}})+(?![\d])|\d{{1,3}}(?: \d{{3}})+(?![\d.,]*\d)|\d+,\d{{1,2}}(?![\d,])|\d+)"
    rf"(?:[.·]\d+)?(?:{_S}{{0,8}}[{_F}])?(?:{_S}{{0,8}}[×x*·]{_S}{{0,8}}\d\d(?:\^?[-−–⁻]?\d+|[⁻⁺]?[{SUPERSCRIPTS[:-2]}²³]+)|[eE][-−+]?\d+(?![{_W}]))?"
    rf"|\.\d+|[{_F}])"
)
DIGIT = "0"  # every digit of a shape
MONTHS = "JFMASOND"
# What is no number and no word of the lexicon: its kind, the characters it may begin with, its pattern.  The first that fits wins.
SPECIALS = [
    ("url", "hwd&<", r"(?:https?://|www\.|doi:|doi\.org)\S+|&#?\w+;|</?[A-Za-z!][^<>]{0,200}>"),
    ("reference", DIGIT, REFERENCE),
    ("ratio", DIGIT, r"(?!\d{1,2}:\d\d(?::\d\d)?(?![\d:]))\d{1,3}(?::\d{1,6})+(?![\d:])"),
    ("agegroup", "oOuU", r"(?i:over|under)[-‑](?:\d{1,3}|[A-Za-z]+(?:[-‑][a-z]+)?)s\b"),
    ("cite", "[", r"\[\s?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\s?\]"),
    ("isotope", "[", rf"\[\d{{1,3}}m?[A-Z][a-z]?\][{_W}-]*"),
    (
        "clock",
        DIGIT,
        r"\d{1,3}h(?:rs?)?\d{1,2}(?:m(?:ins?)?)?(?![\w])|\d{1,2}m ?\d{1,2}(?:\.\d{1,3})?s(?!\w)"
        r"|\d{1,2} (?:h|hours?|hrs?) \d\d(?! ?(?!(?:and|to|or|at|for|in|on|by|per)\b)[\w%°/]|[.,:–-]\d)"
        r"|\d:\d\d (?:hours|hrs?|h)\b|\d{1,2}:\d\d (?:minutes|mins?)\b|\d{1,2}:\d\d\.\d\d(?!\d)",
    ),
    (
        "feet",
        DIGIT,
        r"\d['’]\d{1,2}(?![\w'’.])|\d{1,2}st ?\d{1,2} ?(?:lbs?|pounds)\b",
    ),
    ("date", DIGIT, r"\d{4}-\d{2}-\d{2}\b|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b(?![.\d])|\d{1,2}/\d{4}\b"),
    (
        "date",
        DIGIT,
        rf"\d{{1,2}}(?:st|nd|rd|th)?(?:{_S}*[–-]{_S}*\d{{1,2}})?{_S}+(?:of{_S}+)?{MONTH}\b\.?(?:,?{_S}+\d{{4}}\b)?",
    ),
    (
        "date",
        MONTHS,
        rf"{MONTH}\.?{_S}+\d{{1,2}}(?:st|nd|rd|th)?(?:{_S}*[–-]{_S}*\d{{1,2}})?\b(?!\.\d)(?:,?{_S}+\d{{4}}\b)?"
        rf"|{MONTH}\.?,?{_S}+\d{{4}}\b",
    ),
    ("date", DIGIT + "melp -‑'’", r"(?:mid|early|late|pre|post)?[-‑ ]?\d{3}0s\b|['’]\d0s\b"),
    ("date", DIGIT, rf"\d+{_S}*(?:BCE?|CE|AD|B\.C\.|A\.D\.)(?![{_W}])"),
    ("date", "A", rf"(?:AD|A\.D\.){_S}*\d+\b"),
    (
        "date",
        DIGIT,
        rf"\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:{_S}*[apAP]\.?[mM]\b\.?)?(?![\d:])"
        rf"|\d{{1,2}}(?:\.\d{{2}})?{_S}*(?:[ap]\.m\.|[ap]m\b|AM\b|PM\b)",
    ),
    (
        "interval",
        DIGIT + "([,; w",
        rf"[(\[,;]?{_S}*(?:with{_S}+a{_S}+)?\d+(?:\.\d+)?{_S}*[%％]{_S}*-?{_S}*"
        rf"(?:CrI|CI|HDI|confidence{_S}+interval|credible{_S}+interval|confidence{_S}+limits|prediction{_S}+interval)s?"
        rf"{_S}*(?:\[CI\])?[:,=(]?{_S}*(?:of{_S}+|from{_S}+|was{_S}+)?",
    ),
    ("repeat", "(", rf"(?:\(\d+\)|\((?i:{SPELLED})(?:[- ](?i:{SPELLED}))*\))(?={_S}+[A-Za-z])"),
    ("maybe", "(", rf"\((?:or|maybe|perhaps|or maybe|or even){_S}(?:\d{{1,3}}|(?i:{SPELLED}))\)"),
    ("bracket", "([", rf"[(\[]\d+\.\d+{_S}?(?:[-–—,;]|to){_S}?[-−]?\d+\.\d+[)\]]"),
    ("deviation", "(", rf"\((?:SD|SE|SEM|s\.d\.|±){_S}?[=:]?{_S}?\d+(?:\.\d+)?\)"),
    (
        "every",
        "qQ",
        rf"[qQ]\.?{_S}*\d+{_S}*(?:[-–]\d+{_S}*)?(?:h|hr|hrs|hours?|d|days?|wk|wks|weeks?|months?|w|H|D|W)\b",
    ),
    ("ordinal", DIGIT, r"\d+(?:st|nd|rd|th)\b"),
    ("halftime", "tT", r"[tT][-‑_]?(?:½|\d/\d)"),
    ("version", DIGIT, r"\d+/\d+/[A-Z]{2,}|\d+(?:\.\d+){2,}\b|\d{1,5}(?:[-‑]\d{1,7}){3,}\b"),
    ("version", "v#", r"v\d+(?:\.\d+)*\b|#\d+"),
]
BY_START: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for _kind, _starts, _pattern in SPECIALS:
    for _start in _starts:
        BY_START.setdefault(_start, []).append((_kind, re.compile(_pattern)))
# Digits with a word, a percent sign or nothing behind them that can make none of these of them.
PLAIN = re.compile(r"\d+(?:\.\d+)?(?:(?= [b-gi-nq-zµ])|%?\Z|%(?= [abd-oq-z]))")
NUMBER_STARTS = frozenset("0." + _F)
IDENTIFIER = re.compile(rf"[{_W}]+(?:[-‑./–:+'][{_W}]+)*")
CHUNK = re.compile(r"[A-Za-zµμαβγδκηρχσλΩéöüä]+")
ROMAN = re.compile(r"[IVX]{1,5}[ab]?")
LABELS = re.compile(r"(?:X{0,2}(?:IX|VI{0,3}|I{2,3})|X{2,3})(?![A-Za-z0-9_])")  # Roman numerals of two letters and more
THAN = re.compile(r" +than\b")
JOINT = re.compile(r"[-‑./–:+'](?=[A-Za-z])")
COUNTING = frozenset({"numeral", "scale", "half", "times", "multiple", "rate", "vague"})
TIED = re.compile(r"[-‑]")


GLUED_TIME = "(?:second|minute|hour|day|night|week|month|year|decade)s?"
MEASURED = frozenset(
    {
        "number",
        "numeral",
        "scale",
        "half",
        "quarter",
        "vague",
        "article",
        "andhalf",
        "multiple",
        "after",
        "per",
        "deviation",
        "bracket",
    }
)
ACRONYMS = (
    "DAS",
    "DAT",
    "DAP",
    "DAE",
    "DAG",
    "DIV",
    "WAE",
    "WAT",
)  # days of plants and cells stand apart from their number
GRADE = re.compile(r"W[-‑]\d")  # "5W-30" of an oil
DOTTED = frozenset({"sec", "secs", "min", "mins", "hr", "hrs", "wk", "wks", "yr", "yrs", "mo", "mos", "h", "d"})
DOT = r"\. ?(?:(?:to|or|[–—-]) ?\d|\d+(?:\.\d+)? ?(?:secs?|mins?|hrs?|s|wks?|mos?)\b)"
GLUED_TIMES = re.compile(r"\dx\d+(?:\.\d+)?[- ]?")
GLUED_TO = re.compile(r"\dto\d+(?:\.\d+)?[- ]?")  # "9to15h"
LOWER = re.compile(
    r"\b(?:least|(?:more|less|fewer|longer|shorter|earlier|sooner|over) than|over)\b[^,;]*$", re.IGNORECASE
)
SPLIT = frozenset({"of", "joiner"})
SURE = re.compile(rf"$|[.,;:)\]+/]|{_S}|-old|[–—-]\d+(?:\.\d+)? ?[a-zA-Zµ]")
LETTERED = frozenset("ABCDEFGHPQRSUXYZ")
SHORT_TIMES = frozenset(["min", "mins", "hrs", "sec", "secs", "mos", "wks", "yrs", "mth", "mths"])
AMBIGUOUS = frozenset(
    {*"ABCDFGHJKLMNPRSTUVWZabcdefghklmnpqrstuvwxyz", "in", "at", "as", "pp", "st", "aa", "cd", "OD", "Pa", "Ga", "Ma"}
)


class Token(NamedTuple):
    """One token of a run; `value` depends on its kind."""

    kind: str
    start: int
    end: int
    normal: str = ""
    effect: str = ""
    form: str = ""


@cache
def load_plurals() -> dict[str, float]:
    """Return the number words in the plural ("fives", "sixes") and their values."""
    numerals = {phrase.form: float(phrase.effect) for phrase in load_lexicon().of("numeral")}
    return {form + ("es" if form.endswith("x") else "s"): value for form, value in numerals.items()}


@cache
def _space_map() -> dict[int, str]:
    return {ord(space): " " for space in SPACES + "\t\r\n"} | {ord(hyphen): "-" for hyphen in "‐‑\u00ad"}


def find_phrase(text: str, at: int) -> tuple[Phrase, int] | None:
    """Return the longest phrase of the lexicon at `at` and where it ends."""
    chunk = CHUNK.match(text, at)
    first = chunk[0].lower() if chunk and chunk[0].isascii() else text[at : at + 1]
    table = load_lexicon().by_first.get(first)
    if table is None:
        return None
    loose = "  " in text
    low = text[at : at + 60].lower()
    after = "*" if loose else low[len(first) : len(first) + 2]
    for phrase in table.get(after) or table[""]:
        form = phrase.form
        if text.startswith(form, at) if phrase.exact else low.startswith(form):
            end = at + len(form)
        else:
            end = phrase.match(text, at, loose) if loose else -1
        if end < 0:
            continue
        if phrase.kind == "after" and THAN.match(text, end):
            continue  # "less than 5 or more than 9": "more than" bounds what follows
        if phrase.kind in SPLIT and is_split(text, at, end, form):
            continue
        if not phrase.form[-1].isalpha() or NOT_WORD.match(text, end):
            return phrase, end
    return None


def find_days(tokens: list[Token], text: str, at: int) -> Token | None:
    """Return the days of "20+3 weeks" behind the plus at `at`: one digit that stands close, with weeks behind it."""
    if at + 2 >= len(tokens) or tokens[at + 1].kind != "number" or tokens[at + 2].normal != "week":
        return None
    days = tokens[at + 1]
    return days if days.end - days.start == 1 and text[tokens[at].start : days.start] == "+" else None


def is_split(text: str, at: int, end: int, form: str) -> bool:
    """Tell whether a part of a phrase belongs to what follows: "seven of the last eight", "two weeks but no more than 30 people"."""
    if form == "of the":
        return text.startswith(" last ", end)
    return form[:4] in ("but ", "nor ") and LOWER.search(text, max(0, at - 30), at) is None


def cut_tokens(text: str) -> list[Token]:
    """Cut a run, its digits written as 0, into tokens."""
    tokens: list[Token] = []
    raw = text
    if not (text.isascii() and text.isprintable()):
        text = text.translate(_space_map())
    at = 0
    while at < len(text):
        if text[at].isspace() or text[at] == "\u200b":
            at += 1
            continue
        measured = tokens and (tokens[-1].kind in MEASURED or is_plus(tokens))
        token = (cut_measured(text, at, tokens[-1], raw) if measured else None) or cut_token(text, at)
        if token.kind == "word" and ROMAN.fullmatch(token.normal):
            token = token._replace(kind="roman")
        tokens.append(token)
        at = token.end
    return tokens


def is_plus(tokens: list[Token]) -> bool:
    """Tell whether the last token is the plus of "5+ h", or repeats a number in words: "five (5) days"."""
    if len(tokens) < 2 or tokens[-1].kind == "repeat":
        return len(tokens) > 1 and tokens[-2].kind == "numeral"
    return tokens[-1].normal == "+" and tokens[-2].kind == "number" and tokens[-2].end == tokens[-1].start


def cut_measured(text: str, at: int, before: Token, raw: str) -> Token | None:
    """Return the unit that stands right behind a number word, number or article, if there is one."""
    gap = text[before.end : at]
    if gap and raw.count("\n", before.end, at) > 1:
        return None
    start = at + 1 if TIED.match(text, at) and not gap else at
    unit = read_unit(text, start)
    if unit is None or (start > at and text[start : start + 1].isspace()):
        return None
    form = text[start : unit.end]
    end = read_dot(text, unit.end) if unit.kind == "time" and form in DOTTED else unit.end
    if before.kind == "numeral" and (
        (gap and form.lower() == "second" and before.effect != "1")
        or (form == "quarters" and (start > at or re.match(r"\s+of\b", text[unit.end :])) and float(before.effect) < 4)
        or (gap and form.lower() in ("summer", "winter", "spring") and before.effect != "1")
    ):
        return None
    if before.kind in ("vague", "numeral") and form in AMBIGUOUS:
        return None
    if before.kind == "per" and before.form not in ("per", "/"):
        return None
    if before.kind == "article" and (len(form) < 4 or not form.isalpha()):
        return None
    if start > at and len(form) == 1 and re.search(r",\d{1,2}$", text[before.start : before.end]):
        return None
    tied = (start > at and form in "ywhd") or (form == "A" and "." in text[before.start : before.end])
    if (gap or start > at) and form in AMBIGUOUS and not is_sure(text, unit.end, form, tied):
        return None
    return Token("unit", at, end, unit.name, unit.kind, form)


def read_dot(text: str, end: int) -> int:
    """Return where a shortened time ends, with its dot where the amount goes on behind it: "10 sec. to 5 min.", "2 hrs. 30 min."."""
    return end + 1 if text[end : end + 1] == "." and re.match(DOT, text[end : end + 16]) else end


def is_sure(text: str, end: int, form: str, tied: bool) -> bool:
    """Tell whether a one-letter unit after a space is followed by what follows units, not names."""
    return (tied or form in "mshgdytLKVWNJlUM" or form in ("Ma", "Ga", "Pa")) and SURE.match(text, end) is not None


def find_special(text: str, at: int) -> tuple[str, int] | None:
    """Return the kind of the special at `at` and where it ends."""
    patterns = BY_START.get(text[at])
    if patterns is None or PLAIN.match(text, at):
        return None
    for kind, pattern in patterns:
        match = pattern.match(text, at)
        if match:
            return kind, match.end()
    return None


def cut_token(text: str, at: int) -> Token:
    """Return the token that begins at `at`."""
    special = find_special(text, at)
    if special:
        return Token(special[0], at, special[1])
    glued = at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_")
    if glued and text[at] == "t" and GLUED_TO.match(text, at - 1):
        return Token("joiner", at, at + 2, "to", "to", "to")
    if glued and text[at] == "x" and is_factor(text, at):
        return Token("sign", at, at + 1, "x")
    glued = glued and GLUED_TO.match(text, at - 3) is None and not (text[at - 1] == "x" and is_factor(text, at - 1))
    number = NUMBER.match(text, at) if text[at] in NUMBER_STARTS and not glued else None
    if number:
        return cut_number(text, at, number.end())
    phrase = find_phrase(text, at)
    if phrase and not is_identifier(text, phrase[1]):
        found, end = phrase
        return Token(found.kind, at, end, found.normal, found.effect, found.form)
    glued_number = match_glued(text, at) if phrase is None and not glued else None
    if glued_number:
        return glued_number
    unit = find_unit(text, at) if text[at].isalpha() else None
    if (
        unit
        and unit[0].kind == "time"
        and not unit[0].exact
        and (len(unit[0].form) > 2 or unit[0].form == "wk")
        and unit[0].form not in SHORT_TIMES
        and not is_identifier(text, unit[1])
    ):
        return Token("time", at, unit[1], unit[0].name, text[at : unit[1]].lower())
    name = IDENTIFIER.match(text, at)
    if name:
        if any(c.isdigit() for c in name[0]):
            return Token("identifier", at, name.end(), name[0])
        end = find_part(text, at, name.end())
        return Token("word", at, end, text[at:end])
    return Token("identifier" if text[at] in FRACTIONS else "sign", at, at + 1, text[at])


def find_part(text: str, at: int, end: int) -> int:
    """Return where a word of several parts ends before one that could state an amount: "man" of "man-hour"."""
    for joint in JOINT.finditer(text, at, end):
        if LABELS.fullmatch(text, at, joint.start()) or LABELS.match(text, joint.end()):
            return joint.start()
        unit = find_unit(text, joint.end())
        phrase = find_phrase(text, joint.end())
        if (unit and unit[0].kind == "time" and not unit[0].exact) or (phrase and phrase[0].kind in COUNTING):
            return joint.start()
    return end


@cache
def load_glued() -> re.Pattern[str]:
    """Return the pattern of a number word that lost its hyphen before a time word ("threeyear")."""
    numerals = sorted((phrase.form for phrase in load_lexicon().of("numeral")), key=len, reverse=True)
    return re.compile(rf"({'|'.join(numerals)})(?={GLUED_TIME}\b)", re.IGNORECASE)


def match_glued(text: str, at: int) -> Token | None:
    """Return the number word of "threeyear"."""
    match = load_glued().match(text, at)
    if match is None:
        return None
    found = find_phrase(match[0], 0)
    return Token("numeral", at, match.end(), found[0].normal, found[0].effect, found[0].form) if found else None


def is_identifier(text: str, end: int) -> bool:
    """Tell whether letters or digits go on right behind a word."""
    return (
        end < len(text)
        and text[end - 1].isalnum()
        and ((text[end].isalnum() and text[end] not in "²³½¼¾⅓⅔") or text[end] == "_")
    )


def is_lettered(text: str, end: int) -> bool:
    """Tell whether a lone capital behind the digits makes a name of them ("16S", "4B")."""
    return text[end : end + 1] in LETTERED and NOT_WORD.match(text, end + 1) is not None


def is_factor(text: str, at: int) -> bool:
    """Tell whether an x stands between two numbers, with a unit behind: "10x30 s"."""
    factor = GLUED_TIMES.match(text, at - 1) if at else None
    return factor is not None and find_unit(text, factor.end()) is not None


def is_glued_range(text: str, end: int) -> bool:
    """Tell whether "to" and a number with its unit are glued to a number: "9to15h"."""
    range_ = GLUED_TO.match(text, end - 1)
    unit = find_unit(text, range_.end()) if range_ else None
    return unit is not None and unit[0].kind == "time"


def cut_number(text: str, at: int, end: int) -> Token:
    """Return a number, or the identifier that its digits belong to."""
    rest = text[end : end + 1]
    glued = rest != "" and (rest.isalpha() or rest in "_?") and rest not in "x×"
    if rest in ("k", "K") and text[at - 1 : at] in CURRENCIES and is_end(text, end + 1):
        return Token("number", at, end)
    if glued and (
        text.startswith(ACRONYMS, end)
        or GRADE.match(text, end)
        or is_lettered(text, end)
        or (
            read_unit(text, end) is None
            and (rest == "_" or not find_phrase(text, end))
            and not is_glued_range(text, end)
        )
    ):
        name = IDENTIFIER.match(text, at)
        return Token("identifier", at, max(end, name.end() if name else end), text[at:end])
    return Token("number", at, end)
