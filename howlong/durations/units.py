"""State the length of each unit of time in days, here and nowhere else.

A month is 30.4375 days and a year 365.25 days (the Julian year and its twelfth, as UCUM defines them).  By convention a
morning, an afternoon and an evening are a quarter of a day each, and a season is a quarter of a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

MONTH = Fraction("30.4375")
YEAR = Fraction("365.25")
UNIT_DAYS: Mapping[str, Fraction] = {
    "femtosecond": Fraction(1, 86_400 * 10**15),
    "picosecond": Fraction(1, 86_400 * 10**12),
    "nanosecond": Fraction(1, 86_400 * 10**9),
    "microsecond": Fraction(1, 86_400 * 10**6),
    "millisecond": Fraction(1, 86_400 * 10**3),
    "second": Fraction(1, 86_400),
    "kilosecond": Fraction(1000, 86_400),
    "minute": Fraction(1, 1_440),
    "hour": Fraction(1, 24),
    "morning": Fraction(1, 4),
    "afternoon": Fraction(1, 4),
    "evening": Fraction(1, 4),
    "day": Fraction(1),
    "weekday": Fraction(1),
    "night": Fraction(1),
    "weekend": Fraction(2),
    "week": Fraction(7),
    "fortnight": Fraction(14),
    "month": MONTH,
    "quarter": 3 * MONTH,
    "trimester": 3 * MONTH,
    "season": 3 * MONTH,
    "spring": 3 * MONTH,
    "summer": 3 * MONTH,
    "autumn": 3 * MONTH,
    "winter": 3 * MONTH,
    "semester": 6 * MONTH,
    "year": YEAR,
    "decade": 10 * YEAR,
    "century": 100 * YEAR,
    "millennium": 1_000 * YEAR,
    "kiloyear": 1_000 * YEAR,
    "megayear": 10**6 * YEAR,
    "gigayear": 10**9 * YEAR,
}
"""The length of each unit in days, exact."""


def exact(value: float) -> Fraction:
    """Return a number as it is written, not as it is stored: 0.1 is a tenth."""
    return Fraction(repr(value))
