"""Say what a run of amount words can hold: items, and the numbers they are made of.

Law: numbers stay references into the run until a text gives them values, so that a run of one shape is read once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

# A number, a place in the run ("n", start, end), or an operation on two values.
Value: TypeAlias = "float | tuple[str, Any, Any] | None"
# What may stand between a number or an article and its time: "a full day", "a few more hours", "two whole days".
FULL = frozenset({"single", "entire", "full", "whole", "mere", "good", "solid", "further", "extra", "additional"})
FURTHER = frozenset(
    {"more", "short", "long", "extra", "additional", "other", "full", "consecutive", "successive", "further"}
)
FULLER = frozenset({"long", "short", "full", "whole", "solid", "additional", "further", "consecutive", "successive"})
COUNTRIES = frozenset(["US", "A", "C", "NZ", "AU", "HK", "Can", "S", "R", "USD", "EUR", "GBP", "AUD", "CAD"])
MILLIONS = {"m": 1e6, "M": 1e6, "mn": 1e6, "k": 1e3, "K": 1e3, "bn": 1e9, "tn": 1e12, "B": 1e9}
MONEY = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "¢": "cent"}
CODES = {
    "USD": "dollar", "AUD": "dollar", "CAD": "dollar", "EUR": "euro", "GBP": "pound", "JPY": "yen", "CHF": "franc", "INR": "rupee",
    "Rs": "rupee", "RMB": "yuan", "CNY": "yuan", "SEK": "krona", "NOK": "krona", "DKK": "krona",
}  # fmt: skip
REASONS = {
    "url": "identifier", "isotope": "identifier", "identifier": "identifier", "version": "identifier", "cite": "numbering", "reference": "numbering",
    "date": "date", "ordinal": "ordinal", "vague": "vague count", "time": "no amount", "rate": "no amount",
    "times": "no amount", "part": "ordinal", "veto alone": "label", "quarter": "ordinal", "unit": "no amount",
    "silent": "no amount", "solo": "determiner",
    "repeat": "numbering",
    "maybe": "no amount",
    "halftime": "word part", "roman": "label", "fold": "word part", "scale": "vague count", "timesword": "no amount", "interval": "unresolved", "bracket": "unresolved",
}  # fmt: skip
SILENT = frozenset(
    {
        "word",
        "sign",
        "bound",
        "about",
        "after",
        "joiner",
        "article",
        "per",
        "of",
        "hedge",
        "age",
        "plusminus",
        "minus",
        "timesword",
    }
)


class Item(NamedTuple):
    """An amount, or a word that is none, in a run; offsets are those of the run."""

    start: int
    end: int
    kind: str
    reason: str = ""
    low: Value = None
    high: Value = None
    low_unit: str = ""
    unit: str = ""
    modifier: str = ""
    approx: bool = False
    vague_low: str = ""
    vague_high: str = ""
    values: tuple[Value, ...] = ()
    point: Value = None
    open: str = ""  # what the reader must still look at: the noun behind, the word before
    sides: tuple[Item, ...] = ()  # the two ends of a range as amounts of their own, for a change from one to the other


@dataclass(slots=True)
class Single:
    """One number with its unit, before ranges are joined."""

    start: int
    end: int
    next: int
    value: Value
    vague: str = ""
    unit: str = ""
    kind: str = ""
    money: str = ""
    tied: bool = False
    unit_at: tuple[int, int] = (0, 0)
    word: bool = False
    after: str = ""
    about: bool = False
    bound: str = ""
    opening: int = -1  # where the words begin that bound the second end of a range
    below: str = ""  # what the unit of a compound is divided by: "night" of "6 h 42 min per night"
    scale: float = 1.0  # what its last words multiply it by: 1,000,000 of "15 million"


SMALLER: dict[str, tuple[str, ...]] = {
    "year": ("month", "week", "day"), "month": ("week", "day"), "week": ("day", "hour"), "day": ("hour", "minute"),
    "hour": ("minute", "second"), "minute": ("second",), "foot": ("inch",), "pound": ("ounce",), "stone": ("pound",),
}  # fmt: skip
RATIO = {
    ("year", "month"): 12.0, ("year", "week"): 52.18, ("year", "day"): 365.25, ("month", "week"): 4.348, ("month", "day"): 30.4375,
    ("week", "day"): 7.0, ("week", "hour"): 168.0, ("day", "hour"): 24.0, ("day", "minute"): 1440.0, ("hour", "minute"): 60.0,
    ("hour", "second"): 3600.0, ("minute", "second"): 60.0, ("foot", "inch"): 12.0, ("pound", "ounce"): 16.0, ("stone", "pound"): 14.0,
}  # fmt: skip
