"""Count, at each time, the sources that certainly and possibly still report the effect.

Law of the module: nothing is drawn at random.  The bootstrap by source (Efron & Tibshirani 1993) of a share has a known
limit, the binomial distribution of n draws with the observed share, so its percentiles are computed and not sampled.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from howlong.spread.strata import Hull, Stratum
from howlong.tables import to_frame, to_records

if TYPE_CHECKING:
    from pandas import DataFrame

FEWEST = 5
FEWEST_BOOTSTRAP = 30
TAIL = Fraction(1, 40)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a leaf stratum's envelope: a stretch of time in which the counts do not change.

    Attributes
    ----------
    place : int
        The stratum's place on paper, as in the table ``spread``.
    stratum_id : str
        The leaf stratum; only those with five or more sources are here.
    reading : str
        How vague words are read.
    chosen : bool
        Whether this is the reading that the run was asked for.
    step : int
        The step's number, from 0.
    from_days : float
        Where the step begins; 0 is the dose.
    to_days : float or None
        Where it ends, exclusive; empty for the last.
    sources : int
        How many sources the stratum has.
    certain : int
        How many of them certainly still report the effect throughout the step: in every claim.
    possible : int
        How many possibly do: in at least one claim.
    certain_share, possible_share : float
        The same as shares of the sources.
    certain_share_low, certain_share_high : float or None
        The 95% interval of the certain share when sources are drawn again with replacement; empty below 30 sources.
    possible_share_low, possible_share_high : float or None
        The same for the possible share.
    """

    TABLE: ClassVar[str] = "envelope"
    NOTEBOOK: ClassVar[str] = "03-durations"
    KEY: ClassVar[tuple[str, ...]] = ("place", "reading", "step")

    place: int
    stratum_id: str
    reading: str
    chosen: bool
    step: int
    from_days: float
    to_days: float | None
    sources: int
    certain: int
    possible: int
    certain_share: float
    possible_share: float
    certain_share_low: float | None
    certain_share_high: float | None
    possible_share_low: float | None
    possible_share_high: float | None


def find_envelope(strata: DataFrame, hulls: DataFrame) -> DataFrame:
    """Count the sources that still report the effect, step by step, in each leaf stratum with five sources or more.

    Parameters
    ----------
    strata : DataFrame
        A row a `Stratum`.
    hulls : DataFrame
        A row a `Hull`, found in the same intervals.

    Returns
    -------
    DataFrame
        A row a `Step`; none where every stratum has fewer than five sources.
    """
    listed = to_records(hulls, Hull)
    steps: list[Step] = []
    for stratum in to_records(strata, Stratum):
        if stratum.leaf and stratum.sources >= FEWEST:
            key = (stratum.stratum_id, stratum.reading)
            steps += count_steps(stratum, [hull for hull in listed if (hull.stratum_id, hull.reading) == key])
    return to_frame(steps, Step)


def count_steps(stratum: Stratum, hulls: Sequence[Hull]) -> Iterator[Step]:
    """Yield the steps of one leaf in one reading.

    A source that states no lower limit is never certain; one that states no upper limit is possible for ever.
    """
    certain = [hull.all_until_days or 0.0 for hull in hulls]
    possible = [math.inf if hull.some_until_days is None else hull.some_until_days for hull in hulls]
    starts = sorted({0.0, *certain, *(end for end in possible if end < math.inf)})
    for number, (start, stop) in enumerate(zip(starts, [*starts[1:], None], strict=True)):
        still = sum(end > start for end in certain)
        maybe = sum(end > start for end in possible)
        yield make_step(stratum, number, start, stop, still, maybe, len(hulls))


def make_step(
    stratum: Stratum, number: int, start: float, stop: float | None, certain: int, possible: int, sources: int
) -> Step:
    """Make the record of one step."""
    certain_ends, possible_ends = bootstrap(certain, sources), bootstrap(possible, sources)
    return Step(
        place=stratum.place,
        stratum_id=stratum.stratum_id,
        reading=stratum.reading,
        chosen=stratum.chosen,
        step=number,
        from_days=start,
        to_days=stop,
        sources=sources,
        certain=certain,
        possible=possible,
        certain_share=certain / sources,
        possible_share=possible / sources,
        certain_share_low=certain_ends[0],
        certain_share_high=certain_ends[1],
        possible_share_low=possible_ends[0],
        possible_share_high=possible_ends[1],
    )


def bootstrap(count: int, sources: int) -> tuple[float | None, float | None]:
    """Return the 95% percentile interval of a share when sources are drawn again with replacement.

    Below 30 sources there is none: so few say more when they are listed than when they are drawn from.

    >>> bootstrap(15, 30), bootstrap(3, 6)
    ((0.3333333333333333, 0.6666666666666666), (None, None))
    """
    if sources < FEWEST_BOOTSTRAP:
        return None, None
    return find_quantile(count, sources, TAIL), find_quantile(count, sources, 1 - TAIL)


@cache
def find_quantile(count: int, sources: int, level: Fraction) -> float:
    """Return the least share whose cumulative binomial probability reaches a level; whole numbers until the end."""
    total, threshold = 0, level * sources**sources
    for drawn in range(sources + 1):
        total += math.comb(sources, drawn) * count**drawn * (sources - count) ** (sources - drawn)
        if total >= threshold:
            return drawn / sources
    return 1.0
