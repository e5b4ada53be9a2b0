"""Say what a quantity is and what an exclusion is.

Law: `text[start:end] == quote`, in code points, end exclusive; nothing is converted.  Definitions are those of docs/coding-manual.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, NamedTuple

from howlong.quantities.lexicon import load_lexicon
from howlong.sources import Passages


class Quantity(NamedTuple):
    """One stated amount: where it stands, verbatim, and what it says.

    Attributes
    ----------
    start, end : int
        Offsets into the text in code points, end exclusive.
    quote : str
        The text at the offsets.
    kind : str
        duration, frequency, dose, count, percent, fraction, age, money, measurement, statistic or number.
    low, high : float or None
        The two ends as stated, in their own units; None where the words leave an end open or use a vague word.
    low_unit : str
        The unit of `low`; it differs from `unit` only in ranges with two units.
    unit : str
        The unit of `high`, a singular English name or the usual symbol; empty for plain numbers.
    modifier : str
        The modifier in its normal form, such as "up to".
    approx : bool
        Whether an approximator stands beside it.
    vague_low, vague_high : str
        The word that stands for the number on each end, "bare" for a bare plural.
    values : tuple of float
        The members of a list.
    point : float or None
        The value that an interval or a deviation belongs to.
    passages : Passages
        The divided text it stands in.
    """

    start: int
    end: int
    quote: str
    kind: str
    low: float | None
    low_unit: str
    high: float | None
    unit: str
    modifier: str
    approx: bool
    vague_low: str
    vague_high: str
    values: tuple[float, ...]
    point: float | None
    passages: Passages

    @property
    def hedge(self) -> str:
        """The hedge that governs the amount in its clause, empty when there is none."""
        return find_hedge(self.passages.text, self.start)

    @property
    def sentence(self) -> str:
        """The sentence, heading or caption it stands in."""
        return self.passages.sentence(self.start, self.end)

    @property
    def section(self) -> str:
        """The nearest heading above."""
        return self.passages.section(self.start)


class Exclusion(NamedTuple):
    """One word that could state an amount and does not, with the reason."""

    start: int
    end: int
    quote: str
    reason: str
    passages: Passages

    @property
    def kind(self) -> str:
        """Always "excluded"."""
        return "excluded"

    @property
    def sentence(self) -> str:
        """The sentence, heading or caption it stands in."""
        return self.passages.sentence(self.start, self.end)

    @property
    def section(self) -> str:
        """The nearest heading above."""
        return self.passages.section(self.start)


@dataclass(frozen=True, slots=True)
class QuantityRow:
    """One stated amount of one source, as data/quantities.csv lists it.

    Attributes
    ----------
    source_id : str
        The source it stands in.
    start, end : int
        Offsets into the decoded text in code points, end exclusive.
    quote : str
        The text at the offsets.
    sentence : str
        The sentence, heading or caption it stands in.
    section : str
        The nearest heading above.
    kind : str
        duration, frequency, dose, count, percent, fraction, age, money, measurement, statistic or number.
    low : float or None
        The lower end as stated, empty where it is open or vague.
    low_unit : str
        The unit of the lower end.
    high : float or None
        The upper end as stated, empty where it is open or vague.
    unit : str
        The unit, a singular English name or the usual symbol.
    modifier : str
        The modifier in its normal form.
    approx : bool
        Whether an approximator stands beside it.
    hedge : str
        The hedge that governs the amount, empty when there is none.
    vague_low, vague_high : str
        The word that stands for the number on each end, "bare" for a bare plural.
    values : tuple of float
        The members of a list.
    point : float or None
        The value that an interval or a deviation belongs to.
    """

    TABLE: ClassVar[str] = "quantities"
    NOTEBOOK: ClassVar[str] = "02-claims"
    KEY: ClassVar[tuple[str, ...]] = ("source_id", "start", "end")

    source_id: str
    start: int
    end: int
    quote: str
    sentence: str
    section: str
    kind: str
    low: float | None
    low_unit: str
    high: float | None
    unit: str
    modifier: str
    approx: bool
    hedge: str
    vague_low: str
    vague_high: str
    values: tuple[float, ...]
    point: float | None


@dataclass(frozen=True, slots=True)
class ExclusionRow:
    """One word of one source that could state an amount and does not, as data/exclusions.csv lists it.

    Attributes
    ----------
    source_id : str
        The source it stands in.
    start, end : int
        Offsets into the decoded text in code points, end exclusive.
    quote : str
        The text at the offsets.
    sentence : str
        The sentence, heading or caption it stands in.
    section : str
        The nearest heading above.
    kind : str
        Always "excluded".
    reason : str
        Why it is no amount.
    """

    TABLE: ClassVar[str] = "exclusions"
    NOTEBOOK: ClassVar[str] = "02-claims"
    KEY: ClassVar[tuple[str, ...]] = ("source_id", "start", "end")

    source_id: str
    start: int
    end: int
    quote: str
    sentence: str
    section: str
    kind: str
    reason: str


REACH = 90
STOPS = frozenset(".;!?\n")
MONTH = re.compile(
    r"\bMay,? \d|(?:\d|\b(?:[Ii]n|of|by|since|until|till|last|this|next|early|late|mid|to|and|from)) May\b"
)
JOINING = re.compile(r", (?:and|but|so|yet|nor)\b")


@cache
def _hedges() -> tuple[re.Pattern[str], dict[str, str]]:
    phrases = sorted(load_lexicon().of("hedge"), key=lambda phrase: -len(phrase.form))
    names = {phrase.form: phrase.normal if phrase.effect == "hedge" else "" for phrase in phrases}
    words = "|".join(map(re.escape, names))
    return re.compile(rf"\b(?!can\s+of\b)(?:{words})\b|[.;!?\n](?=\s|$)|,(?= (?!or\b)[^\W\d])"), names


def find_hedge(text: str, start: int) -> str:
    """Return the nearest hedge before an amount in the same clause.

    Two commas after a hedge enclose an aside, one ends what it governs; a word such as "which" opens another clause, and
    so does the end of a sentence.  The month of May is no hedge.

    >>> find_hedge("Relief may come late. It typically lasts 5 days", 41)
    'typically'
    >>> find_hedge("Low doses, typically given at home, act for 5 days", 44)
    ''
    >>> find_hedge("On 14 May a can of it was thought to last 5 days", 41)
    'thought'
    >>> find_hedge("It is short, one survey suggests. It lasts 5 days", 43)
    ''
    """
    pattern, names = _hedges()
    found, end, commas = "", 0, []
    first = max(0, start - REACH - 1)
    low = MONTH.sub(" # ", text[first:start]).lower()  # small letters are searched three times faster than any letters
    for match in pattern.finditer(low, min(1, first)):
        name = names.get(match[0], "")
        if match[0] == ",":
            commas.append(match.start())
        elif name or match[0] in STOPS or match.start() - end > 1:  # not the second word of "suggests that"
            found, end, commas = name, match.end(), []
    is_before = commas == [end] and not JOINING.match(low, end)  # "Often, it lasts 3 days"
    return "" if len(commas) % 2 and not is_before else found
