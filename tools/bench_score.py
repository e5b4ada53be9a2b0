"""Score what a reader found against what people marked.

Law: each mark answers for at most one find and each find for at most one mark; a find that overlaps no mark is wrong, a mark that
no find overlaps is missed, and a value that differs counts as wrong however near it is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bench_articles import TIMES, Amount, Article
from bench_units import DAYS, fold_unit

NEAR = 1e-3
# Months of 30 and of 30.44 days, years of 365 and of 365.25 days agree within this share.
MONTHS = 0.04


def pair_amounts(marks: Sequence[Amount], found: Sequence[Amount]) -> list[tuple[Amount, Amount]]:
    """Pair marks and finds one to one, the longest overlap first."""
    overlaps = [
        (max(mark.start, find.start) - min(mark.end, find.end), mark.start, find.start, row, column)
        for row, mark in enumerate(marks)
        for column, find in enumerate(found)
        if find.start < mark.end and mark.start < find.end
    ]
    pairs, rows, columns = [], set(), set()
    for *_, row, column in sorted(overlaps):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((marks[row], found[column]))
    return pairs


def same_number(left: float | None, right: float | None, within: float = NEAR) -> bool:
    """Tell whether two ends agree; None agrees with None only."""
    if left is None or right is None:
        return left is right
    return math.isclose(left, right, rel_tol=within, abs_tol=1e-12)


def same_value(mark: Amount, find: Amount) -> bool:
    """Tell whether both ends agree, open ends and vague words too."""
    ends = same_number(mark.low, find.low) and same_number(mark.high, find.high)
    return ends and (mark.vague_low, mark.vague_high) == (find.vague_low, find.vague_high)


def same_unit(mark: Amount, find: Amount) -> bool:
    """Tell whether the units of both ends agree."""
    lows = [fold_unit(amount.low_unit or amount.unit) for amount in (mark, find)]
    return fold_unit(mark.unit) == fold_unit(find.unit) and (
        lows[0] == lows[1] or (mark.low is None and not mark.vague_low)
    )


def judge(mark: Amount, find: Amount) -> dict[str, bool]:
    """Tell which fields of a found amount are right."""
    right = {
        "span": (mark.start, mark.end) == (find.start, find.end),
        "value": same_value(mark, find),
        "unit": same_unit(mark, find),
        "kind": mark.kind == find.kind,
    }
    right["all"] = all(right.values())
    right["modifier"] = (mark.modifier, mark.approx) == (find.modifier, find.approx)
    return right


@dataclass
class Tally:
    """Counts over the articles read so far, and the shares that the report prints.

    Attributes
    ----------
    counts : Counter
        How often each thing was seen.
    wrong : list of tuple
        What was missed, invented or read wrongly: the article, what happened, the mark or find.
    """

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str, Amount]] = field(default_factory=list)

    def add(self, article: Article, found: Sequence[Amount]) -> None:
        """Score one article."""
        pairs = pair_amounts(article.marks, found)
        self.counts.update(marked=len(article.marks), found=len(found), paired=len(pairs))
        for mark, find in pairs:
            self.add_pair(article.name, mark, find)
        seen = {id(amount) for pair in pairs for amount in pair}
        self.wrong += [(article.name, "missed", mark) for mark in article.marks if id(mark) not in seen]
        self.wrong += [(article.name, "invented", find) for find in found if id(find) not in seen]
        self.counts["marked persistence"] += sum(mark.role == "persistence" for mark in article.marks)
        self.counts["found persistence"] += sum(find.role == "persistence" for find in found)

    def add_pair(self, name: str, mark: Amount, find: Amount) -> None:
        """Score one mark that was found."""
        for what, right in judge(mark, find).items():
            self.counts[what] += right
            if not right and what != "all":
                self.wrong.append((name, what, mark))
        if mark.kind not in TIMES:
            return
        self.counts["coded"] += 1
        for facet in ("role", "regimen", "population"):
            self.counts[facet] += getattr(mark, facet) == getattr(find, facet)
        self.counts["paired persistence"] += mark.role == find.role == "persistence"

    def share(self, part: str, whole: str) -> float:
        """Return a share between 0 and 1, 0 of nothing."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 0.0

    @property
    def shares(self) -> dict[str, float]:
        """The shares that the report prints, by name."""
        return {
            "recall": self.share("paired", "marked"),
            "precision": self.share("paired", "found"),
            "span": self.share("span", "paired"),
            "value": self.share("value", "paired"),
            "unit": self.share("unit", "paired"),
            "kind": self.share("kind", "paired"),
            "all right": self.share("all", "paired"),
            "wrong values": 1 - self.share("value", "paired"),
            "modifier": self.share("modifier", "paired"),
            "role": self.share("role", "coded"),
            "persistence recall": self.share("paired persistence", "marked persistence"),
            "persistence precision": self.share("paired persistence", "found persistence"),
            "population": self.share("population", "coded"),
            "regimen": self.share("regimen", "coded"),
        }


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and their harmonic mean, in per cent, with the counts behind them."""

    right: int
    marked: int
    found: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return 100 * self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the marks that were found right."""
        return 100 * self.right / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.marked + self.found
        return 200 * self.right / total if total else 0.0

    def __add__(self, other: Rates) -> Rates:
        return Rates(self.right + other.right, self.marked + other.marked, self.found + other.found)


NONE = Rates(0, 0, 0)


def is_time(amount: Amount) -> bool:
    """Tell whether an amount is a length of time."""
    return amount.kind == "duration" or (amount.kind in ("", "quantity") and fold_unit(amount.unit) in DAYS)


def rate_spans(marks: Sequence[Amount], found: Sequence[Amount]) -> Rates:
    """Count the marks that some find overlaps."""
    return Rates(len(pair_amounts(marks, found)), len(marks), len(found))


def rate_values(marks: Sequence[Amount], found: Sequence[Amount]) -> Rates:
    """Count the marks whose value and unit a find gives; marks without a value are left out with what overlaps them only."""
    given = [mark for mark in marks if mark.valued]
    bare = [(mark.start, mark.end) for mark in marks if not mark.valued]
    kept = leave_out(found, bare, given)
    pairs = pair_amounts(given, kept)
    return Rates(sum(gives_value(mark, find) for mark, find in pairs), len(given), len(kept))


def gives_value(mark: Amount, find: Amount) -> bool:
    """Tell whether a find gives a mark's value and unit, as mildly as peers need.

    An end that the mark leaves open and a vague end are not asked for, since no peer says them; a time may be told in another unit.
    """
    if mark.vague and mark.low is None and mark.high is None:
        return fold_unit(mark.unit) == fold_unit(find.unit)
    days = [to_days(mark), to_days(find)]
    if None not in days and fits(*days[0], *days[1], within=MONTHS):  # type: ignore[misc]
        return True
    units = fold_unit(mark.unit) == fold_unit(find.unit)
    return units and fits(mark.low, mark.high, find.low, find.high)


def fits(
    low: float | None, high: float | None, found_low: float | None, found_high: float | None, within: float = NEAR
) -> bool:
    """Tell whether the stated ends of a mark agree with those found."""
    return (low is None or same_number(low, found_low, within)) and (
        high is None or same_number(high, found_high, within)
    )


def to_days(amount: Amount) -> tuple[float | None, float | None] | None:
    """Return both ends in days, None for what is no time."""
    units = [fold_unit(amount.low_unit or amount.unit), fold_unit(amount.unit)]
    if any(math.isnan(DAYS.get(unit, math.nan)) for unit in units):
        return None
    low, high = (
        (None if end is None else end * DAYS[unit]) for end, unit in zip((amount.low, amount.high), units, strict=True)
    )
    return low, high


def leave_out(found: Iterable[Amount], ignored: Sequence[tuple[int, int]], marks: Sequence[Amount]) -> list[Amount]:
    """Drop what overlaps an ignored place and no mark."""

    def overlaps(find: Amount, places: Iterable[tuple[int, int]]) -> bool:
        return any(find.start < end and start < find.end for start, end in places)

    spans = [(mark.start, mark.end) for mark in marks]
    return [find for find in found if overlaps(find, spans) or not overlaps(find, ignored)]


def rate_times(article: Article, found: Sequence[Amount]) -> tuple[Rates, Rates]:
    """Rate the lengths of time of one article: spans, and values with units.

    Marks of other kinds are neither right nor wrong: whether "daily" or "18 years old" is a time is a matter of convention.
    """
    marks = [mark for mark in article.marks if is_time(mark)]
    others = [(mark.start, mark.end) for mark in article.marks if not is_time(mark)]
    times = leave_out(filter(is_time, found), [*others, *article.ignored], marks)
    return rate_spans(marks, times), rate_values(marks, times)
