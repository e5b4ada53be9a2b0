"""Read the unit behind a number: one spelling of the lexicon, or a product of several with exponents and dividers.

Law: a unit is decided by its own letters and what stands right behind it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from howlong.quantities.alphabet import SUPERSCRIPTS
from howlong.quantities.lexicon import Unit, load_lexicon

_SUP = SUPERSCRIPTS + "²³·"
BLANK = " "  # every space of a run is a blank here: see `cut_tokens`
WORD = "A-Za-z0-9_µμαβγδκηρχσλΩéöüä?₂"
SPACED = re.compile(r" {2,}")
EXPONENT = re.compile(rf"\^?\(?[-−–⁻]?\d\)?(?!\d|\.\d)|\^\{{?[-−–]?\d\}}?|[⁻⁺]?[{_SUP}]*[{_SUP[:-1]}]")
DIVIDE = re.compile(rf"{BLANK}?/{BLANK}?|[·⋅∙•*.]|{BLANK}+per{BLANK}+(?:each{BLANK}+)?|{BLANK}")
NOT_WORD = re.compile(rf"(?![{WORD}])")
ANNUAL = ("a-", "a−", "a–", "a⁻")  # "12 cm a−1"
SHORT = frozenset({"min", "hr", "wk", "yr", "mo"})
DOSED = frozenset({"mg", "µg", "g", "IU", "MIU", "mIU", "unit", "MU", "mU", "MBq", "mCi", "vg", "SQ-U"})
SYMBOLS = {"second": "s", "minute": "min", "hour": "h", "millisecond": "ms"}


class UnitToken(NamedTuple):
    """A unit or a product of units behind a number: its name, kind and extent."""

    name: str
    kind: str
    start: int
    end: int


def find_unit(text: str, at: int) -> tuple[Unit, int] | None:
    """Return the longest unit spelled at `at` and where it ends."""
    if "  " in text:
        return find_loose_unit(text, at)
    units = load_lexicon().units
    most = len(text) - at
    for table in (units.get(text[at : at + 2]), units.get(text[at : at + 1])):
        if table is None:
            continue
        lengths, forms = table
        for length in lengths:
            if length > most:
                continue
            piece = text[at : at + length]
            unit = forms.get(piece) or forms.get(piece.lower())
            if unit and fits_case(unit, piece) and is_end(text, at + length):
                return unit, at + length
    return None


def find_loose_unit(text: str, at: int) -> tuple[Unit, int] | None:
    """Return the longest unit spelled at `at`, where its words may stand more than one space apart."""
    piece = text[at : at + 80]
    found = find_unit(SPACED.sub(" ", piece), 0)
    if found is None:
        return None
    unit, end = found
    for gap in SPACED.finditer(piece):
        end += gap.end() - gap.start() - 1 if gap.start() < end else 0
    return unit, at + end


def fits_case(unit: Unit, piece: str) -> bool:
    """Tell whether a unit may be spelled so: symbols in their case, short words of time not in capitals."""
    if unit.exact:
        return unit.form == piece
    return not (unit.kind == "time" and 1 < len(piece) <= 3 and piece.isupper())


def is_end(text: str, end: int) -> bool:
    """Tell whether a unit may end here: no letter follows, and a digit only as an exponent."""
    rest = text[end : end + 1]
    if not rest or not (rest.isalnum() or rest == "_"):
        return True
    return rest.isdigit() and (
        rest in _SUP or (EXPONENT.match(text, end) is not None and NOT_WORD.match(text, end + 1) is not None)
    )


def read_unit(text: str, at: int) -> UnitToken | None:
    """Return the unit expression at `at`: one unit, or several with exponents and dividers."""
    flat = text
    first = find_unit(flat, at)
    if first is None:
        return None
    unit, end = first
    names, kinds = [unit.name], [unit.kind]
    power = read_exponent(flat, end, unit)
    names[0] += power[0]
    end = power[1]
    while True:
        step = read_factor(flat, end)
        if step is None:
            return UnitToken("".join(names), name_kind(names, kinds), at, end)
        name, kind, end = step
        names.append(name)
        kinds.append(kind)


def read_exponent(text: str, at: int, unit: Unit, factor: bool = False) -> tuple[str, int]:
    """Return the exponent behind a unit and where it ends.

    A shape does not tell which digit an exponent is, so its place in the run stands for it.
    """
    match = EXPONENT.match(text, at)
    if match is None or not NOT_WORD.match(text, match.end()) or unit.kind == "percent":
        return "", at
    hyphened = match[0][0] in "–-" and not factor
    rated = match[0][0] == "-" and unit.kind == "time" and (unit.exact or unit.form in SHORT)  # "0.5 h-1"
    rated = rated and text[match.end() : match.end() + 1] != "-"
    if (hyphened and not rated and (unit.kind == "time" or not unit.exact)) or (
        len(unit.form) > 4 and match[0][0].isdigit()
    ):
        return "", at
    if match[0][0] in "–-" and not factor and is_range(text, match.end(), unit):
        return "", at
    digit = re.search(r"\d", match[0])
    if digit is None:
        return "^" + match[0], match.end()
    sign = "-" if match[0].lstrip("^({")[:1] in ("-", "−", "–", "⁻") else ""
    return f"^{sign}<{at + digit.start()}:{at + digit.end()}>", match.end()


def is_range(text: str, at: int, unit: Unit) -> bool:
    """Tell whether a unit of the same kind follows the digit behind a dash: "10 mg–2 g", not "5 cm–2 s–1"."""
    found = find_unit(text, at + (text[at : at + 1] == " "))
    return found is not None and found[0].kind == unit.kind and text[found[1] : found[1] + 1] not in tuple("-−–⁻^(/")


def read_factor(text: str, at: int) -> tuple[str, str, int] | None:
    """Return the next factor of a unit expression: its name with the divider, its kind, its end."""
    divider = DIVIDE.match(text, at)
    if divider is None:
        return None
    sign = divider[0].strip()
    found = find_unit(text, divider.end())
    if found is None:
        annual = sign in ("", "·", "⋅", ".") and text[divider.end() : divider.end() + 2] in ANNUAL
        annual = annual and text[divider.end() + 2 : divider.end() + 3].isdigit()
        return ("/year", "time", divider.end() + 3) if annual and is_end(text, divider.end() + 3) else None
    unit, end = found
    if unit.exact and unit.name in SYMBOLS:
        unit = unit._replace(name=SYMBOLS[unit.name])
    power, end = read_exponent(text, end, unit, factor=True)
    if sign in ("", ".", "·", "⋅", "∙", "•", "*"):
        negative = power[1:2] in ("-", "−", "–", "⁻")
        if not negative and (sign in ("", ".") or sign == "*"):
            return None
        if negative and "<" in power:
            return "/" + unit.name + power.replace("^-", "^"), unit.kind, end
        one = power.lstrip("^⁻") == "¹" and negative
        return ("/" + unit.name if one else "·" + unit.name + power), unit.kind, end
    return "/" + unit.name + power, unit.kind, end


def is_below(name: str) -> bool:
    """Tell whether a unit stands below one: "yr−1"."""
    return name.partition("^")[2][:1] in ("-", "⁻")


def name_kind(names: list[str], kinds: list[str]) -> str:
    """Return the kind of amount that a unit expression measures."""
    if len(kinds) == 1:
        if kinds[0] == "time" and "^" in names[0]:
            return "frequency" if is_below(names[0]) else "measurement"
        return (
            "dose"
            if kinds[0] == "mass" and names[0] in ("mg", "µg")
            else {"mass": "measurement"}.get(kinds[0], kinds[0])
        )
    if kinds[0] == "money":
        return "money"
    if kinds[0] == "time":
        return "frequency" if kinds[1] == "time" and names[1][1:] != names[0] else "measurement"
    if kinds == ["count", "time"] and names[1][0] == "/":
        return "frequency"
    if kinds[0] in ("mass", "dose"):
        below = {name.lstrip("/·").split("^")[0] for name in names[1:]}
        per = {"kg", "day", "night", "hour", "minute", "h", "min", "tablet", "capsule", "week", "month"}
        if (
            below & per
            or [name.split("^")[0] for name in names[1:]] == ["/mL"]
            or (len(names) == 2 and names[1].startswith("/m^"))
        ):
            return "dose" if names[0] in DOSED else "measurement"
    return "percent" if kinds[0] == "percent" else "measurement"
