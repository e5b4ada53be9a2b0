"""Hold where a time stands: its words, its sentence, and whether its section is about care.

Law of the room: a setting says what is there; what it means is for the steps that read it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from howlong.claims.clauses import end_clause, is_order, start_clause
from howlong.claims.cues import Hit, Words

BRIEF = re.compile(r"(?:\b|\d)(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?)\b", re.I)
SHORT = re.compile(r"(?:\b|\d)(?:seconds?|secs?|s|minutes?|mins?|hours?|hrs?|hr|h)\b", re.I)
LONG = re.compile(r"(?:\b|\d)(?:days?|d|nights?|weeks?|wks?|wk|fortnights?|months?|mo|years?|yrs?|yr|decades?)\b", re.I)
WEEKS = re.compile(r"\b(?:weeks?|months?|years?)\b", re.I)
NEGATION = re.compile(r"\b(?:not|no|never|nothing|without|\w+n't)\b")
UNTIL = ("until", "till")
AHEAD = ("# before", "# prior", "# ahead")
CARE = ("treating", "giving", "infusing", "applying")


@dataclass(frozen=True)
class Setting:
    """Where a time stands.

    Attributes
    ----------
    words : Words
        The words of its paragraph.
    hits : sequence of Hit
        Its sentence's governing words, in order.
    place, low, high : int
        The time's number, and its sentence's first and last word (exclusive).
    is_care : bool
        Whether its section is about care.
    quote : str
        The time as it is worded.
    """

    words: Words
    hits: Sequence[Hit]
    place: int
    low: int
    high: int
    is_care: bool
    quote: str

    @property
    def is_ordered(self) -> bool:
        """Whether its sentence gives an order."""
        return is_order(self.words, self.low, self.place)

    @property
    def said(self) -> str:
        """The words of its clause before it, parted by blanks."""
        return " ".join(self.words.words[start_clause(self.words, self.place, self.low) : self.place])

    @property
    def clause(self) -> list[str]:
        """The words of its clause."""
        first = start_clause(self.words, self.place, self.low)
        return self.words.words[first : end_clause(self.words, self.place, self.low, self.high)]


def is_brief(quote: str) -> bool:
    """Tell whether a time is one of minutes or less."""
    return bool(BRIEF.search(quote) and not LONG.search(quote))
