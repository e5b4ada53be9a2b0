"""Give numbers their values: digits with separators, fractions, powers of ten."""

from __future__ import annotations

import re
from functools import lru_cache
from math import gcd, isnan

from howlong.quantities.alphabet import FRACTIONS, to_image, to_shape
from howlong.quantities.grammar import read_shape
from howlong.quantities.items import Value

BROKEN = frozenset({2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 16.0, 32.0, 64.0})
SHOTS = frozenset({"part", "trap"})  # the two ends of "1/30 s"
PAIRS = SHOTS | {"pair", "riap"}
PLACE = re.compile(r"<(\d+):(\d+)>")
ONCE = re.compile(r"(/[^/·^]+)\^1(?!\d)")
SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–·", "0123456789-+--.")


def read_number(literal: str) -> float:
    """Return the value of a number as written.

    >>> read_number("10,308"), read_number("2½"), read_number("1.5 × 10⁻³")
    (10308.0, 2.5, 0.0015)
    """
    try:
        return float(literal)
    except ValueError:
        return read_odd_number(literal)


@lru_cache(maxsize=20_000)
def read_odd_number(literal: str) -> float:
    """Return the value of a number that Python does not read: separators, fractions, powers of ten."""
    mixed = re.fullmatch(r"(\d+)[\s‑-](\d)/(\d+)", literal)
    if mixed and float(mixed[3]):
        return float(mixed[1]) + float(mixed[2]) / float(mixed[3])
    extra = sum(FRACTIONS.get(character, 0.0) for character in literal)
    text = "".join(character for character in literal if character not in FRACTIONS)
    if "·" in text and not re.search(r"·\s*10", text):
        text = text.replace("·", ".")
    text = re.sub(r"[\s\u200b]+", "", text)
    power = (
        re.fullmatch(r"(?:(.+?)[×x*·])?10(?:\^?([-−–⁻+⁺]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹]+))", text)
        if re.search(r"[×x*·^⁰¹²³⁴⁵⁶⁷⁸⁹⁻]", text)
        else None
    )
    if power:
        exponent = float(power[2].translate(SUPER))
        return (
            (read_odd_number(power[1]) if power[1] else 1.0) * 10.0**exponent if abs(exponent) < 300 else float("inf")
        )
    if re.fullmatch(r"\d+,\d{1,2}", text):
        text = text.replace(",", ".")
    text = text.replace(",", "").replace("−", "-").replace("–", "-")
    try:
        return (float(text) if text else 0.0) + extra
    except ValueError:
        return float("nan")


def evaluate(value: Value, run: str) -> float | None:
    """Return the number that a value stands for in this run; None where it stands for none ("1 0/0")."""
    if value is None or isinstance(value, float):
        return value
    operation, left, right = value
    if operation == "n":
        number = read_number(run[left:right])
        return None if isnan(number) else number
    if operation == "<":
        low, bound = (evaluate(end, run) for end in left)
        factor = evaluate(right, run)
        return low * factor if low is not None and bound is not None and factor and low < bound else low
    first, second = evaluate(left, run), evaluate(right, run)
    if first is None or second is None:
        return None
    if operation in PAIRS:
        broken = is_broken(first, second) or (operation in SHOTS and first == 1.0 and second > 1.0)
        return float(f"{first / second:.6g}") if broken else first if operation[0] == "p" else second
    if operation == "*":
        return float(f"{first * second:.12g}")
    if operation == "+":
        return float(f"{first + second:.12g}")
    return float(f"{first / second:.6g}") if second else None


def is_broken(above: float, below: float) -> bool:
    """Tell whether two numbers with a stroke are a fraction ("1/8 inch"), not a pair of values ("120/80 mmHg", "5/10 mg").

    >>> is_broken(1, 8), is_broken(120, 80), is_broken(5, 10)
    (True, False, False)
    """
    return below in BROKEN and 0 < above < below and above == int(above) and gcd(int(above), int(below)) == 1


@lru_cache(maxsize=1000)
def read_whole(words: str) -> float | None:
    """Return the whole of a share in digits or words ("25,000", "nine", "a hundred")."""
    if words[0].isdigit():
        value = read_number(words)
        return None if 1500 <= value <= 2100 and "," not in words else value
    items = read_shape(to_shape(to_image(words)))
    low = items[0].low if len(items) == 1 and items[0].kind == "number" else None
    return low if isinstance(low, float) and low > 1 else None


def name_unit(name: str, run: str) -> str:
    """Return a unit's name with its exponents as people write them; places in the run are filled in.

    >>> name_unit("m/s^<6:7>", "5 m s-2"), name_unit("m/s^<6:7>", "5 m s-1")
    ('m/s2', 'm/s')
    """
    if "<" in name:
        name = PLACE.sub(lambda place: run[int(place[1]) : int(place[2])], name)
        name = ONCE.sub(r"\1", name)
    return name.replace("^", "")
