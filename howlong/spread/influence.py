"""Leave each source out and say what moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


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
