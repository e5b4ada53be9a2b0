"""Leave each source out and say what moves.

Law of the module: every source is left out once, under every reading; nothing is sampled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from howlong.claims import Review
from howlong.durations import Interval
from howlong.spread.agreement import PLACES
from howlong.spread.hulls import Span, take_hull
from howlong.spread.strata import Stratum, find_strata
from howlong.tables import to_frame, to_records

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class Influence:
    """A leaf stratum's answer without one of its sources, under one reading.

    Attributes
    ----------
    place : int
        The stratum's place on paper, as in the table ``spread``.
    stratum_id : str
        The leaf stratum; only those with two or more sources are here.
    left_out : str
        The source left out; empty in the row of the full set.
    reading : str
        How vague words are read.
    chosen : bool
        Whether this is the reading that the run was asked for.
    sources, claims : int
        How many sources and claims remain.
    stated_low_days, stated_high_days : float or None
        The remaining hull of the ends in numbers.
    possible_low_days, possible_high_days : float or None
        The remaining hull in this reading.
    low_open, high_open : bool
        Whether a remaining claim states no lower, or no upper, limit.
    full_low_days, full_high_days : float or None
        The possible ends of the full set in the same reading, to compare with.
    full_low_open, full_high_open : bool
        Whether the full set's ends are open.
    low_moves, high_moves : bool
        Whether leaving the source out changes that end: its number, or whether it is open.
    low_change_days, high_change_days : float or None
        By how many days the end moves (remaining less full); empty where one of the two has no number.
    """

    TABLE: ClassVar[str] = "influence"
    NOTEBOOK: ClassVar[str] = "03-durations"
    KEY: ClassVar[tuple[str, ...]] = ("place", "left_out", "reading")

    place: int
    stratum_id: str
    left_out: str
    reading: str
    chosen: bool
    sources: int
    claims: int
    stated_low_days: float | None
    stated_high_days: float | None
    possible_low_days: float | None
    possible_high_days: float | None
    low_open: bool
    high_open: bool
    full_low_days: float | None
    full_high_days: float | None
    full_low_open: bool
    full_high_open: bool
    low_moves: bool
    high_moves: bool
    low_change_days: float | None
    high_change_days: float | None


def find_influence(intervals: DataFrame, review: Review, reading: str) -> DataFrame:
    """Leave each source out of each leaf stratum that has two or more, under all three readings.

    Parameters
    ----------
    intervals : DataFrame
        A row an `Interval`.
    review : Review
        What the review asks, and in which order.
    reading : str
        The chosen reading; it only marks rows.

    Returns
    -------
    DataFrame
        A row an `Influence`: the full set first, then each source left out.
    """
    known = {(item.claim_id, item.reading): item for item in to_records(intervals, Interval)}
    rows: list[Influence] = []
    for stratum in to_records(find_strata(intervals, review, reading), Stratum):
        if stratum.leaf and stratum.sources > 1:
            rows += leave_out(stratum, [known[claim_id, stratum.reading] for claim_id in stratum.claim_ids])
    return to_frame(rows, Influence)


def leave_out(stratum: Stratum, members: Sequence[Interval]) -> Iterator[Influence]:
    """Yield one leaf's answers in one reading: the full set, then without each source."""
    full = take_hull(members)
    for left_out in ("", *stratum.source_ids):
        remaining = [member for member in members if member.source_id != left_out]
        yield compare(stratum, left_out, remaining, take_hull(remaining), full)


def compare(stratum: Stratum, left_out: str, remaining: Sequence[Interval], span: Span, full: Span) -> Influence:
    """Make the record of one source left out."""
    low, high = span.possible_low.days, span.possible_high.days
    full_low, full_high = full.possible_low.days, full.possible_high.days
    low_open, high_open = bool(span.low_open_by), bool(span.high_open_by)
    full_low_open, full_high_open = bool(full.low_open_by), bool(full.high_open_by)
    return Influence(
        place=stratum.place,
        stratum_id=stratum.stratum_id,
        left_out=left_out,
        reading=stratum.reading,
        chosen=stratum.chosen,
        sources=len({member.source_id for member in remaining}),
        claims=len(remaining),
        stated_low_days=span.stated_low.days,
        stated_high_days=span.stated_high.days,
        possible_low_days=low,
        possible_high_days=high,
        low_open=low_open,
        high_open=high_open,
        full_low_days=full_low,
        full_high_days=full_high,
        full_low_open=full_low_open,
        full_high_open=full_high_open,
        low_moves=(low, low_open) != (full_low, full_low_open),
        high_moves=(high, high_open) != (full_high, full_high_open),
        low_change_days=subtract(low, full_low),
        high_change_days=subtract(high, full_high),
    )


def subtract(remaining: float | None, full: float | None) -> float | None:
    """Return by how many days an end moves, None where one of the two has no number."""
    return None if remaining is None or full is None else round(remaining - full, PLACES)
