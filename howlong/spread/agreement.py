"""Compare the claims of a stratum pair by pair."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from howlong.claims import Review
from howlong.durations import Interval
from howlong.spread.leaves import Path, check_reading, name_path, part_repeated, sort_leaves
from howlong.tables import to_frame, to_records

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_PAIRS = 500
SUMMARIES = {"mean", "median", "maximum"}
PART = re.compile(r"(?:an? )?(?:some|many|several|few|certain|minority|third|quarter|half|subset|small)\b|\d")
PLACES = 12
"""Differences are rounded past this many decimals of a day, where only the noise of floats is left."""

RELATIONS = ("contradict", "cannot be told", "overlap", "inside")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims of one leaf stratum, and whether both can be true, in the chosen reading.

    Attributes
    ----------
    rank : int
        The row's place on paper, from 1: worst first (contradict, cannot be told, overlap, inside), then by distance.
    stratum_id : str
        The leaf stratum.
    reading : str
        How vague words are read.
    relation : str
        "contradict": no time fits both, wherever vague ends stand.  "cannot be told": an open or vague end decides, or
        the two speak of different people or statistics.  "overlap": some times fit both, wherever vague ends stand.
        "inside": all times of one fit the other, or both say the same.
    because : str
        What leaves it open: "no limit stated", "vague word", "about", "different subjects" or "different statistics";
        empty for the other relations.
    distance_days : float
        The gap between them; 0 where they can meet.
    distance_max_days : float or None
        The gap if vague and open ends stood as far apart as they can; 0 where they meet all the same, empty where there
        is no limit to it.
    same_source : bool
        Whether both claims are of one source, in different places.
    claim_a, claim_b : str
        The two claims, by source and place in the text.
    source_a, source_b : str
        Their sources.
    quote_a, quote_b : str
        Their words.
    low_a_days, high_a_days : float or None
        The first claim's ends in this reading; empty where not stated.
    low_b_days, high_b_days : float or None
        The second claim's ends in this reading; empty where not stated.
    vague_a, vague_b : bool
        Whether the claim uses a vague word.
    """

    TABLE: ClassVar[str] = "agreement"
    NOTEBOOK: ClassVar[str] = "03-durations"
    KEY: ClassVar[tuple[str, ...]] = ("rank",)

    rank: int
    stratum_id: str
    reading: str
    relation: str
    because: str
    distance_days: float
    distance_max_days: float | None
    same_source: bool
    claim_a: str
    claim_b: str
    source_a: str
    source_b: str
    quote_a: str
    quote_b: str
    low_a_days: float | None
    high_a_days: float | None
    low_b_days: float | None
    high_b_days: float | None
    vague_a: bool
    vague_b: bool


class Relation(NamedTuple):
    """How two intervals stand to each other; the fields are those of `Conflict`."""

    relation: str
    because: str
    distance_days: float
    distance_max_days: float | None


def find_conflicts(intervals: DataFrame, review: Review, reading: str) -> DataFrame:
    """Compare the claims of every leaf stratum pair by pair.

    Parameters
    ----------
    intervals : DataFrame
        A row an `Interval`.
    review : Review
        What the review asks, and in which order.
    reading : str
        The chosen reading.

    Returns
    -------
    DataFrame
        A row a `Conflict`, worst first: pairs of different sources before pairs of one source, then by distance; at most
        500 of a stratum, for pairs grow with the square of its claims (`Stratum.pairs` counts them all).
    """
    check_reading(reading)
    first, _ = part_repeated(to_records(intervals, Interval))
    found = []
    for path, members in sort_leaves(first, review).items():
        chosen = [member for member in members if member.reading == reading]
        pairs = (make_conflict(path, a, b) for a, b in combinations(chosen, 2))
        found += nsmallest(MOST_PAIRS, pairs, key=rank_conflict)
    found.sort(key=rank_conflict)
    return to_frame([replace(conflict, rank=rank) for rank, conflict in enumerate(found, start=1)], Conflict)


def rank_conflict(conflict: Conflict) -> tuple[int, bool, float, float]:
    """Return a sort key that puts the worst first; equal ones keep the order of strata and places."""
    furthest = conflict.distance_max_days
    return (
        RELATIONS.index(conflict.relation),
        conflict.same_source,
        -conflict.distance_days,
        -(float("inf") if furthest is None else furthest),
    )


def make_conflict(path: Path, a: Interval, b: Interval) -> Conflict:
    """Describe a pair of claims of one leaf."""
    relation = relate(a, b)
    return Conflict(
        rank=0,
        stratum_id=name_path(path),
        reading=a.reading,
        **relation._asdict(),
        same_source=a.source_id == b.source_id,
        claim_a=a.claim_id,
        claim_b=b.claim_id,
        source_a=a.source_id,
        source_b=b.source_id,
        quote_a=a.quote,
        quote_b=b.quote,
        low_a_days=a.low_days,
        high_a_days=a.high_days,
        low_b_days=b.low_days,
        high_b_days=b.high_days,
        vague_a=a.vague,
        vague_b=b.vague,
    )


def count_contradictions(intervals: Iterable[Interval]) -> int:
    """Count the pairs of different sources that contradict each other, in one reading of one leaf."""
    pairs = combinations(intervals, 2)
    apart = ((a, b) for a, b in pairs if a.source_id != b.source_id and find_gap(a, b) > 0)
    return sum(relate(a, b).relation == "contradict" for a, b in apart)


def relate(a: Interval, b: Interval) -> Relation:
    """Say how two intervals of one reading stand to each other.

    They contradict when even their widest extents do not meet, and agree when they meet wherever a vague or open end
    stands; between the two it cannot be told.  What is said of different people, or is another statistic, is no
    contradiction.
    """
    if read_extent(a) == read_extent(b):
        return Relation("inside", "", 0.0, 0.0)
    gap = find_gap(a, b)
    furthest, because = max(find_worst(a, b), find_worst(b, a), key=lambda worst: worst[0])
    if furthest <= 0:
        return Relation("inside" if is_inside(a, b) or is_inside(b, a) else "overlap", "", 0.0, 0.0)
    limit = None if furthest == float("inf") else furthest
    if gap == 0:
        return Relation("cannot be told", because, gap, limit)
    differ = find_difference(a, b)
    return Relation("cannot be told" if differ else "contradict", differ, gap, limit)


def find_gap(a: Interval, b: Interval) -> float:
    """Return the days between the widest extents of two intervals, 0 where they meet."""
    return round(max(read_low(b) - read_high(a), read_low(a) - read_high(b), 0.0), PLACES)


def read_extent(interval: Interval) -> tuple[object, ...]:
    """Return all that an interval says of its two ends."""
    return (
        interval.low_days,
        interval.low_max_days,
        interval.high_min_days,
        interval.high_days,
        interval.low_closed,
        interval.high_closed,
    )


def read_low(interval: Interval) -> float:
    """Return the least the lower end can be, for comparing only."""
    return 0.0 if interval.low_days is None else interval.low_days


def read_high(interval: Interval) -> float:
    """Return the most the upper end can be, for comparing only."""
    return float("inf") if interval.high_days is None else interval.high_days


def is_inside(inner: Interval, outer: Interval) -> bool:
    """Tell whether all times of one interval fit the other."""
    return read_low(outer) <= read_low(inner) and read_high(inner) <= read_high(outer)


def find_worst(early: Interval, late: Interval) -> tuple[float, str]:
    """Return the widest gap from the end of one interval to the start of another, and what leaves it open.

    The early one ends as early as its words allow (one without an upper limit: at its lower end), the late one begins as
    late as its words allow (one without a lower limit: at its upper end).
    """
    end = read_low(early) if early.high_min_days is None else early.high_min_days
    begin = late.low_max_days
    if begin is None:
        begin = read_high(late) if late.low_days is None else float("inf")
    because = ""
    if early.high_min_days is None or late.low_days is None:
        because = "no limit stated"
    elif early.high_vague or late.low_vague:
        because = "vague word"
    elif early.approx or late.approx:
        because = "about"
    return round(begin - end, PLACES), because


def find_difference(a: Interval, b: Interval) -> str:
    """Say what keeps two claims from contradicting: they are of different people, or of different statistics.

    What holds for some or many people leaves room for what is said of people in general, and a mean, median or maximum
    for what is said of the whole spread; "most patients" and "typical" leave none.
    """
    people, others = a.subjects.casefold(), b.subjects.casefold()
    if people != others and ((people and others) or PART.match(people) or PART.match(others)):
        return "different subjects"
    if a.statistic != b.statistic and ((a.statistic and b.statistic) or {a.statistic, b.statistic} & SUMMARIES):
        return "different statistics"
    return ""
