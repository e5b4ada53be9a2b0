"""Compare the claims of a stratum pair by pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

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
        What leaves it open: "no limit stated", "vague word", "different subjects" or "different statistics"; empty for the other
        relations.
    distance_days : float
        How far apart they are: the gap of a contradiction, 0 where they can meet.
    distance_max_days : float or None
        How far apart they would be if vague and open ends stood as far apart as they can; the gap itself for a
        contradiction, 0 for overlap and inside, empty where there is no such limit.
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
