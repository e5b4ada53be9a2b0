"""Count, at each time, the sources that certainly and possibly still report the effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


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
