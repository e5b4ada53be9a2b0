"""Take the hull of what several claims say.

Law of the module: an end that nobody states stays empty, an end that somebody leaves open stays open, and taking a claim
away never widens a hull.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from howlong.durations import Interval


class Bound(NamedTuple):
    """One end of a hull: its place in days, and the claim that sets it; None and "" where nobody states it."""

    days: float | None
    claim_id: str


NOWHERE = Bound(None, "")


@dataclass(frozen=True, slots=True)
class Span:
    """The hull of several intervals of one reading.

    Attributes
    ----------
    stated_low, stated_high : Bound
        The hull of the ends printed in numbers.
    possible_low, possible_high : Bound
        The hull in the reading.
    low_open_by, high_open_by : tuple of str
        The claims that state no lower, or no upper, limit.
    certain_high : float or None
        The time up to which every claim certainly still reports the effect; None where one states no lower limit.
    """

    stated_low: Bound
    stated_high: Bound
    possible_low: Bound
    possible_high: Bound
    low_open_by: tuple[str, ...]
    high_open_by: tuple[str, ...]
    certain_high: float | None


def take_hull(intervals: Sequence[Interval]) -> Span:
    """Return the hull of intervals that share a reading, in order of source and place.

    A claim that leaves an end open reaches at least to its other end: "up to 6 hours" beside "at least 9 hours" makes a
    hull of 6 to 9 hours, open on both sides, not one that ends before it begins.
    """
    low_open = [item for item in intervals if item.low_days is None]
    high_open = [item for item in intervals if item.high_days is None]
    lows = [item.low_days for item in intervals if item.low_days is not None]
    return Span(
        stated_low=pick(min, intervals, low_open, "low_stated_days", "high_stated_days"),
        stated_high=pick(max, intervals, high_open, "high_stated_days", "low_stated_days"),
        possible_low=pick(min, intervals, low_open, "low_days", "high_min_days"),
        possible_high=pick(max, intervals, high_open, "high_days", "low_max_days"),
        low_open_by=tuple(item.claim_id for item in low_open),
        high_open_by=tuple(item.claim_id for item in high_open),
        certain_high=min(lows) if lows and not low_open else None,
    )


def pick(
    extreme: Callable[[Iterable[float]], float],
    intervals: Sequence[Interval],
    open_here: Sequence[Interval],
    end: str,
    other: str,
) -> Bound:
    """Return the extreme of one end, and the first claim that sets it.

    Parameters
    ----------
    extreme : callable
        `min` for lower ends, `max` for upper ends.
    intervals, open_here : sequence of Interval
        All claims, and those that leave this end open.
    end, other : str
        The column of this end, and the column of the end that an open claim at least reaches to.
    """
    stated = [Bound(days, item.claim_id) for item in intervals if (days := getattr(item, end)) is not None]
    if not stated:
        return NOWHERE
    reached = [Bound(days, item.claim_id) for item in open_here if (days := getattr(item, other)) is not None]
    candidates = [*stated, *reached]
    days = extreme(bound.days for bound in candidates if bound.days is not None)
    return next(bound for bound in candidates if bound.days == days)


def lie_apart(early: Span, late: Span) -> bool:
    """Tell whether one hull ends before another begins; one that stays open ends nowhere."""
    end, begin = early.possible_high.days, late.possible_low.days
    return not early.high_open_by and end is not None and begin is not None and end < begin


ENDS: dict[str, tuple[str, str, str]] = {
    "stated_low": ("low_days", "low_stated_days", "high_stated_days"),
    "stated_high": ("high_days", "high_stated_days", "low_stated_days"),
    "possible_low": ("low_days", "low_days", "high_min_days"),
    "possible_high": ("high_days", "high_days", "low_max_days"),
}


def find_makers(intervals: Sequence[Interval], end: str, days: float | None) -> tuple[str, ...]:
    """Return every claim that sets an end of a hull; `pick` names only the first of them.

    Those that leave this end open and reach it with their other end count only where nobody states it.

    Parameters
    ----------
    intervals : sequence of Interval
        All claims, in one reading.
    end : str
        "stated_low", "stated_high", "possible_low" or "possible_high".
    days : float or None
        Where the hull has this end.
    """
    if days is None:
        return ()
    limit, own, other = ENDS[end]
    stated = tuple(item.claim_id for item in intervals if getattr(item, own) == days)
    return stated or tuple(
        item.claim_id for item in intervals if getattr(item, limit) is None and getattr(item, other) == days
    )
