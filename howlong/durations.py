"""Read claims about time as intervals in days.

Law of the room: it is the only one that converts units, and it never makes a number of a word without saying so.  Each
end of an interval is a range of its own, because a vague end is not a number; an end that nobody states stays empty.

The readings of vague words follow the surveys and conventions named row by row in vocabulary/vague-words.csv; for
interval-valued words compare Ferson et al. 2015 (Int. J. Approximate Reasoning) and Tissot et al. 2019
(doi 10.1007/s10115-019-01338-1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

READINGS = ("narrow", "base", "wide")


@dataclass(frozen=True, slots=True)
class Interval:
    """One claim about time, in days, under one reading of its vague words.

    Attributes
    ----------
    claim_id, source_id : str
        The claim and its source.
    start : int
        Where the claim begins in its source (code points), for the order of rows.
    reading : str
        How vague words are read: "narrow", "base" or "wide".  Claims without a vague word are the same in all three.
    role, outcome, regimen, population, region : str
        The claim's coding.
    answers : str
        "persistence" or "window" for claims that answer the review's question, empty for all others.
    comparator : bool
        Whether the claim is about something else than the review's intervention.
    quote : str
        The article's words.
    modifier : str
        The claim's modifier, such as "up to"; empty where there is none.
    low_days, low_max_days : float or None
        The least and the greatest that the lower end can be; equal where a number was stated; both empty where no lower
        limit is stated (never 0).
    high_min_days, high_days : float or None
        The least and the greatest that the upper end can be; equal where a number was stated; both empty where no
        upper limit is stated.
    low_closed, high_closed : bool
        Whether the end itself belongs to the interval; false for an end that is not stated.
    low_stated_days, high_stated_days : float or None
        The ends that the article prints in numbers, converted and nothing else; empty where a word is vague or no
        limit is stated.
    values_days : tuple of float
        The listed values in days, where the article gives a list.
    point_days : float or None
        The stated point of an interval around it (a mean with its margin), in days.
    low_vague, high_vague : bool
        Whether the end was read from a vague word.
    vague : bool
        Whether either end was.
    approx : bool
        Whether the claim says "about" or the like; its numbers are widened by a tenth or half a unit, whichever is more.
    statistic, subjects : str
        What the number is of (mean, median, maximum, typical) and of whom; empty where the words do not say.
    duplicate_of : str
        The claim that this one repeats; empty for a first mention.
    """

    TABLE: ClassVar[str] = "durations"
    NOTEBOOK: ClassVar[str] = "03-durations"
    KEY: ClassVar[tuple[str, ...]] = ("source_id", "start", "claim_id", "reading")

    claim_id: str
    source_id: str
    start: int
    reading: str
    role: str
    answers: str
    outcome: str
    regimen: str
    population: str
    region: str
    comparator: bool
    quote: str
    modifier: str
    low_days: float | None
    low_max_days: float | None
    high_min_days: float | None
    high_days: float | None
    low_closed: bool
    high_closed: bool
    low_stated_days: float | None
    high_stated_days: float | None
    values_days: tuple[float, ...]
    point_days: float | None
    low_vague: bool
    high_vague: bool
    vague: bool
    approx: bool
    statistic: str
    subjects: str
    duplicate_of: str
