"""Read one claim as an interval in days.

Law of the module: narrow stays inside base and base inside wide, and an end that nobody states stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from howlong.claims import Claim
from howlong.durations.units import UNIT_DAYS, exact
from howlong.durations.words import READINGS, VagueWords
from howlong.tables import InputError, to_frame, to_records

if TYPE_CHECKING:
    from pandas import DataFrame

ABOUT_SHARE = Fraction(1, 10)
ABOUT_UNIT = Fraction(1, 2)
EXCLUSIVE_LOW = ("more than", "over", "above", "beyond")
EXCLUSIVE_HIGH = ("less than", "under", "below")


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
        The claim's modifier, such as "up to"; empty where there is none, "at most" or "at least" where the claim is denied.
    low_days, low_max_days : float or None
        The least and the greatest that the lower end can be; equal where a number was stated; both empty where no lower
        limit is stated (never 0: "0 to 3 days" states none); only the greatest empty where a vague word has no upper end ("many").
    high_min_days, high_days : float or None
        The least and the greatest that the upper end can be; equal where a number was stated; both empty where no
        upper limit is stated; only the greatest empty where a vague word has no upper end ("many").
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


class End(NamedTuple):
    """One end of an interval: the least and the greatest it can be, exact, in days.

    Both None: not stated.  Only `most` None: a vague word without an upper end.
    """

    least: Fraction | None
    most: Fraction | None


UNSTATED = End(None, None)


def to_interval(claim: Claim, words: VagueWords, reading: str) -> Interval | None:
    """Read one claim as an interval in days.

    Parameters
    ----------
    claim : Claim
        Any claim.
    words : VagueWords
        How vague words are read.
    reading : str
        "narrow", "base" or "wide".

    Returns
    -------
    Interval or None
        None for a claim that is no duration (a frequency has no interval) or states no end at all.

    Raises
    ------
    InputError
        When the unit is no unit of time, a vague word has no row, or the reading is unknown.
    """
    if reading not in READINGS:
        raise InputError(f"reading: must be one of {', '.join(READINGS)}; is {reading!r}. Mend the parameter.")
    if claim.kind != "duration":
        return None
    upright = turn_upright(deny(claim), words)
    low, high = read_ends(upright, words, reading)
    if low == high == UNSTATED:
        return None
    return make_interval(upright, reading, low, high)


def deny(claim: Claim) -> Claim:
    """Return a claim with the end that its denial states: what does not last longer than four hours lasts at most four.

    What does not last less than two days lasts at least two.
    """
    if not claim.denied:
        return claim
    bare = replace(claim, low=None, low_unit="", vague_low="", high=None, vague_high="", values=(), point=None)
    is_open = claim.high is None and not claim.vague_high
    number, word, unit = (
        (claim.low, claim.vague_low, claim.low_unit or claim.unit)
        if is_open
        else (claim.high, claim.vague_high, claim.unit)
    )
    if claim.modifier in EXCLUSIVE_HIGH:
        return replace(bare, low=number, vague_low=word, low_unit=unit, unit=unit, modifier="at least")
    return replace(bare, high=number, vague_high=word, unit=unit, modifier="at most")


def turn_upright(claim: Claim, words: VagueWords) -> Claim:
    """Exchange the ends of a claim that names the upper one first ("weeks to days"), settled in the base reading."""
    low, high = read_both(claim, words, "base")
    if low.least is None or high.most is None or low.least <= high.most:
        return claim
    return replace(
        claim,
        low=claim.high,
        low_unit=claim.unit,
        vague_low=claim.vague_high,
        high=claim.low,
        unit=claim.low_unit or claim.unit,
        vague_high=claim.vague_low,
    )


def read_ends(claim: Claim, words: VagueWords, reading: str) -> tuple[End, End]:
    """Read both ends of a claim, the lower one first.

    A narrow reading that would cross the ends gives way to the base one, so that narrow stays inside base.
    """
    low, high = read_both(claim, words, reading)
    if low.least is not None and high.most is not None and low.least > high.most:
        low, high = read_both(claim, words, "base")
    return tuck(low, high)


def read_both(claim: Claim, words: VagueWords, reading: str) -> tuple[End, End]:
    """Read the two ends as they stand in the claim."""
    low_unit = claim.low_unit or claim.unit
    low = read_end(claim, claim.low, low_unit, claim.vague_low, words, reading)
    return low, read_end(claim, claim.high, claim.unit, claim.vague_high, words, reading)


def read_end(claim: Claim, number: float | None, unit: str, word: str, words: VagueWords, reading: str) -> End:
    """Read one end in days: a number, a vague word, or nothing; 0 states no duration."""
    if number == 0 or (number is None and not word):
        return UNSTATED
    days = find_unit(claim, unit)
    if number is None:
        least, most = words.read(word, unit, reading)
        return End(least * days, None if most is None else most * days)
    value = exact(abs(number))
    margin = max(value * ABOUT_SHARE, ABOUT_UNIT) if claim.approx else Fraction(0)
    return End(max(value - margin, value / 2) * days, (value + margin) * days)


def find_unit(claim: Claim, unit: str) -> Fraction:
    """Return the length of a claim's unit in days."""
    if unit not in UNIT_DAYS:
        raise InputError(
            f"claim {claim.claim_id} ({claim.quote!r}): a duration's unit must be one of {', '.join(UNIT_DAYS)}; is {unit!r}. "
            "Correct unit or kind in seeds/verdicts.csv."
        )
    return UNIT_DAYS[unit]


def tuck(low: End, high: End) -> tuple[End, End]:
    """Keep a vague end on its own side of the other: "several days to one week" begins by the end of the week."""
    if low.least is None or high.least is None:
        return low, high
    most = high.most if low.most is None else low.most if high.most is None else min(low.most, high.most)
    return End(low.least, most), End(max(high.least, low.least), high.most)


def make_interval(claim: Claim, reading: str, low: End, high: End) -> Interval:
    """Make the record of a claim and its two ends."""
    low_days, low_max_days, high_min_days, high_days = (None if end is None else float(end) for end in (*low, *high))
    return Interval(
        claim_id=claim.claim_id,
        source_id=claim.source_id,
        start=claim.start,
        reading=reading,
        role=claim.role,
        answers=claim.answers,
        outcome=claim.outcome,
        regimen=claim.regimen,
        population=claim.population,
        region=claim.region,
        comparator=claim.comparator,
        quote=claim.quote,
        modifier=claim.modifier,
        low_days=low_days,
        low_max_days=low_max_days,
        high_min_days=high_min_days,
        high_days=high_days,
        low_closed=low_days is not None and claim.modifier not in EXCLUSIVE_LOW,
        high_closed=high_days is not None and claim.modifier not in EXCLUSIVE_HIGH,
        low_stated_days=state_end(claim, claim.low, claim.low_unit or claim.unit, claim.vague_low),
        high_stated_days=state_end(claim, claim.high, claim.unit, claim.vague_high),
        values_days=tuple(float(exact(value) * find_unit(claim, claim.unit)) for value in claim.values),
        point_days=state_end(claim, claim.point, claim.unit, ""),
        low_vague=bool(claim.vague_low),
        high_vague=bool(claim.vague_high),
        vague=bool(claim.vague_low or claim.vague_high),
        approx=claim.approx,
        statistic=claim.statistic,
        subjects=claim.subjects,
        duplicate_of=claim.duplicate_of,
    )


def state_end(claim: Claim, number: float | None, unit: str, word: str) -> float | None:
    """Convert a number that the article prints; None where there is none."""
    return None if not number or word else float(exact(abs(number)) * find_unit(claim, unit))


def to_intervals(claims: DataFrame, words: VagueWords) -> DataFrame:
    """Read every claim about time as an interval, under all three readings.

    Parameters
    ----------
    claims : DataFrame
        A row a claim, verdicts applied.
    words : VagueWords
        How vague words are read.

    Returns
    -------
    DataFrame
        A row an `Interval`: three a claim that is a duration and was not rejected.
    """
    return to_frame(list_intervals(to_records(claims, Claim), words), Interval)


def list_intervals(claims: Iterable[Claim], words: VagueWords) -> list[Interval]:
    """Return the intervals of all claims that were not rejected, three readings each."""
    standing = [claim for claim in claims if claim.verdict != "rejected"]
    found = [to_interval(claim, words, reading) for claim in standing for reading in READINGS]
    return [interval for interval in found if interval is not None]
