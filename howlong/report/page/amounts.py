"""Write lengths of time as a person would say them.

Law of the room: no decimals of days, no "0 days"; halves are ½, quarters of an hour ¼ and ¾, and past eight weeks months are
named, not days; a limit is rounded outwards, so that "at most" stays true.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

UNITS: dict[str, float] = {
    "second": 1 / 86400,
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 30.4375,
    "year": 365.25,
}
SHORT = {"second": "s", "minute": "min", "hour": "h", "week": "wk", "month": "mo", "year": "yr"}
MOST = {"second": 120.0, "minute": 180.0, "hour": 96.0, "day": 60.0, "week": 26.0, "month": 36.0, "year": math.inf}
EIGHT_WEEKS = 56.0
NEAR = 0.05  # of a unit: so little is no rounding


def write_number(value: float) -> str:
    """Write a number of units, halves as ½.

    >>> [write_number(value) for value in (3.0, 0.5, 1.5, 0.25)]
    ['3', '½', '1½', '0.25']
    """
    whole = math.floor(value)
    if math.isclose(value, whole):
        return str(whole)
    if math.isclose(value - whole, 0.5):
        return f"{whole or ''}½"
    return f"{value:g}"


def write_count(number: float, unit: str) -> str:
    """Write a number of a unit of time, quarters of an hour as ¼ and ¾.

    >>> write_count(2.25, "hour"), write_count(2.5, "hour")
    ('2¼', '2½')
    """
    quarter = {0.25: "¼", 0.75: "¾"}.get(number % 1, "") if unit == "hour" else ""
    return f"{math.floor(number) or ''}{quarter}" if quarter else write_number(number)


def round_count(value: float, up: bool | None = None, unit: str = "") -> float:
    """Round to halves below ten (hours past one to quarters) and to whole numbers from ten, never to nothing.

    It goes up or down, else to the nearest.

    >>> round_count(7.7), round_count(7.7, up=True), round_count(7.02, up=True), round_count(12.4, up=False)
    (7.5, 8.0, 7.0, 12.0)
    """
    steps = 4 if unit == "hour" and 1 < value < 10 else 2 if value < 10 else 1
    nearest = math.floor(value * steps + 0.5)
    if up is not None and abs(value * steps - nearest) > NEAR * steps:
        nearest = math.ceil(value * steps) if up else math.floor(value * steps)
    return max(0.5, nearest / steps)


def is_round(days: float, unit: str) -> bool:
    """Tell whether a length is a whole or half number of units (near enough, for months and years)."""
    value = days / UNITS[unit]
    slack = 0.015 if days > EIGHT_WEEKS and unit in ("month", "year") else 1e-6
    return value > 0 and abs(value - round_count(value, unit=unit)) <= slack * value


def choose_unit(lengths: Sequence[float], usual: str = "") -> str:
    """Choose the unit in which all lengths are round: the usual one, else the largest; "" when there is none."""
    long = max(lengths) > EIGHT_WEEKS
    if usual in UNITS and not (long and usual == "day") and all(is_round(days, usual) for days in lengths):
        return usual
    for unit, size in reversed(UNITS.items()):
        if long and UNITS[unit] <= 1:
            break
        if all(is_round(days, unit) and size * 0.985 <= days <= size * MOST[unit] for days in lengths):
            return unit
    return ""


def measure_length(days: float, usual: str = "", up: bool | None = None) -> tuple[float, str]:
    """Return a length as a number and its unit, rounded where no unit fits."""
    unit = choose_unit([days], usual)
    if not unit:
        fits = usual in UNITS and UNITS[usual] <= days <= MOST[usual] * UNITS[usual]
        unit = usual if fits else name_scale(days)
    return round_count(days / UNITS[unit], up, unit), unit


def name_scale(days: float) -> str:
    """Return the unit in which a length that is round in none is told."""
    if days > EIGHT_WEEKS:
        return "year" if days >= UNITS["year"] else "month"
    return next((unit for unit in ("day", "hour", "minute") if days >= UNITS[unit]), "second")


def write_unit(unit: str, number: float, short: bool) -> str:
    """Write a unit after its number: plural, or short ("wk")."""
    if short and unit in SHORT:
        return SHORT[unit]
    return unit if number <= 1 else unit + "s"


def say_length(days: float, usual: str = "", short: bool = False, up: bool | None = None) -> str:
    """Say one length of time, rounded up, down, or to the nearest.

    >>> [say_length(days) for days in (0.5, 7, 10, 61, 0.0625)]
    ['12 hours', '1 week', '10 days', '2 months', '1½ hours']
    """
    number, unit = measure_length(days, usual, up)
    return f"{write_count(number, unit)} {write_unit(unit, number, short)}"


def say_pair(low: float, high: float, usual: str = "", short: bool = False, apart: bool = False) -> str:
    """Say a range of two closed ends, in one unit where both are round in it and differ at most tenfold."""
    unit = "" if apart else choose_unit([low, high], usual)
    if unit and (unit == usual or high <= 10 * low):
        first, second = ((round_count(days / UNITS[unit], unit=unit), unit) for days in (low, high))
    else:
        first, second = measure_length(low, usual), measure_length(high, usual)
    if first == second:
        return say_length(high, usual, short)
    if first[1] == second[1]:
        joint = "–" if short else " to "
        counts = joint.join(write_count(*end) for end in (first, second))
        return f"{counts} {write_unit(second[1], second[0], short)}"
    return " to ".join(
        f"{write_count(number, unit)} {write_unit(unit, number, short)}" for number, unit in (first, second)
    )


def say_range(
    low: float | None,
    high: float | None,
    open_end: bool = False,
    usual: str = "",
    short: bool = False,
    apart: bool = False,
) -> str:
    """Say a range of which an end may be missing; "" when both are.

    Parameters
    ----------
    low, high : float or None
        The ends in days; None where no number or word gives one.
    open_end : bool
        Whether something says that it lasts longer still: then the high end is no limit.
    usual : str
        The unit all of its articles use, "" when they differ.
    short : bool
        Units as in a table's cell ("wk", "–").
    apart : bool
        Each end in its own unit, as an article does that says "a few days up to one week".

    >>> say_range(3, 14), say_range(None, 7), say_range(90, None, True), say_range(7, 300)
    ('3 to 14 days', 'up to 1 week', '3 months or more', '1 week to 10 months')
    """
    if low is not None and low <= 0:
        low = None
    if low is None and high is None:
        return ""
    if low is None:
        assert high is not None
        return f"{'at most' if short else 'up to'} {say_length(high, usual, short, up=True)}"
    if high is None or open_end:
        said = say_length(low, usual, short, up=False)
        if not open_end:
            return f"from {said}"
        return f"at least {said}" if short else f"{said} or more"
    return say_pair(low, high, usual, short, apart)
