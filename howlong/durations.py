"""Read claims about time as intervals in days.

Law of the room: it is the only one that converts units, and it never makes a number of a word without saying so.  Each
end of an interval is a range of its own, because a vague end is not a number; an end that nobody states stays empty.

The readings of vague words follow the surveys and conventions named row by row in vocabulary/vague-words.csv; for
interval-valued words compare Ferson et al. 2015 (Int. J. Approximate Reasoning) and Tissot et al. 2019
(doi 10.1007/s10115-019-01338-1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from howlong.tables import InputError, read_rows, to_frame, to_records

if TYPE_CHECKING:
    from pandas import DataFrame

    from howlong.claims import Claim

READINGS = ("narrow", "base", "wide")

MONTH = Fraction("30.4375")
YEAR = Fraction("365.25")
UNIT_DAYS: Mapping[str, Fraction] = {
    "ps": Fraction(1, 86_400 * 10**12),
    "ns": Fraction(1, 86_400 * 10**9),
    "µs": Fraction(1, 86_400 * 10**6),
    "ms": Fraction(1, 86_400 * 10**3),
    "second": Fraction(1, 86_400),
    "minute": Fraction(1, 1_440),
    "hour": Fraction(1, 24),
    "day": Fraction(1),
    "weekday": Fraction(1),
    "night": Fraction(1),
    "weekend": Fraction(2),
    "week": Fraction(7),
    "fortnight": Fraction(14),
    "month": MONTH,
    "quarter": 3 * MONTH,
    "trimester": 3 * MONTH,
    "season": 3 * MONTH,
    "semester": 6 * MONTH,
    "year": YEAR,
    "decade": 10 * YEAR,
    "century": 100 * YEAR,
    "millennium": 1_000 * YEAR,
    "kiloyear": 1_000 * YEAR,
    "megayear": 10**6 * YEAR,
    "gigayear": 10**9 * YEAR,
}
"""The length of each unit of time in days; 1 month is 30.4375 days and 1 year 365.25 days, here and nowhere else."""

ABOUT_SHARE = Fraction(1, 10)
ABOUT_UNIT = Fraction(1, 2)
EXCLUSIVE_LOW = ("more than", "over", "above", "beyond")
EXCLUSIVE_HIGH = ("less than", "under", "below")
WORD_COLUMNS = ("word", "narrow_low", "narrow_high", "base_low", "base_high", "wide_low", "wide_high")
LIBRARY_WORDS = Path(__file__).parent / "vocabulary" / "vague-words.csv"


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
        limit is stated (never 0); only the greatest empty where a vague word has no upper end ("many").
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


# --- vague words ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VagueWord:
    """How many units a vague word stands for, in three readings.

    Attributes
    ----------
    word : str
        The word's code, as in `vague_low` and `vague_high`; "bare" is a plural without any number word ("for weeks").
    unit : str
        The unit the row is for; empty for every unit that has no row of its own.
    narrow_low, narrow_high, base_low, base_high, wide_low, wide_high : float or None
        The ends in units; an empty upper end is open.
    citation : str
        Whose reading it is; a convention is called one.
    origin : str
        "library", or "review" for a row of seeds/vague-words.csv.
    """

    TABLE: ClassVar[str] = "vague-words"
    NOTEBOOK: ClassVar[str] = "03-durations"
    KEY: ClassVar[tuple[str, ...]] = ("word", "unit")

    word: str
    unit: str
    narrow_low: float
    narrow_high: float | None
    base_low: float
    base_high: float | None
    wide_low: float
    wide_high: float | None
    citation: str
    origin: str

    def ends(self, reading: str) -> tuple[Fraction, Fraction | None]:
        """Return the least and greatest number of units in one reading; None for an open upper end."""
        high = getattr(self, f"{reading}_high")
        return exact(getattr(self, f"{reading}_low")), None if high is None else exact(high)


@dataclass(frozen=True)
class VagueWords:
    """The table of vague words: the library's, overridden row by row by the review's.

    Attributes
    ----------
    rows : dict
        A `VagueWord` for each word and unit.
    """

    rows: Mapping[tuple[str, str], VagueWord]

    def read(self, word: str, unit: str, reading: str) -> tuple[Fraction, Fraction | None]:
        """Return how many units a word stands for.

        A row for the unit comes before the row for any unit.  A bare plural never ends lower than "several" of the same
        unit.

        Raises
        ------
        InputError
            When no row reads the word.
        """
        low, high = self.find(word, unit).ends(reading)
        if word != "bare" or high is None:
            return low, high
        several = self.find("several", unit).ends(reading)[1]
        return low, None if several is None else max(high, several)

    def find(self, word: str, unit: str) -> VagueWord:
        """Return the row that reads a word with a unit."""
        row = self.rows.get((word, unit)) or self.rows.get((word, ""))
        if row is None:
            known = ", ".join(dict.fromkeys(name for name, _ in self.rows))
            raise InputError(
                f"vague-words.csv: must have a row for {word!r}, has {known}. Add the row to seeds/vague-words.csv."
            )
        return row


def read_vague_words(review: Path | None = None) -> VagueWords:
    """Read the library's table of vague words and the review's rows over it.

    Parameters
    ----------
    review : Path, optional
        The review's folder; its seeds/vague-words.csv may be missing.  A row there replaces the library's row for the
        same word and unit.

    Raises
    ------
    InputError
        For an unknown word, unit or column, a doubled row, an end that is no number, low above high, and readings that
        do not lie inside each other.
    """
    rows = read_word_file(LIBRARY_WORDS, "library", known=())
    own = review / "seeds" / "vague-words.csv" if review else None
    if own and own.exists():
        rows |= read_word_file(own, "review", known=tuple(dict.fromkeys(word for word, _ in rows)))
    return VagueWords(rows)


def read_word_file(path: Path, origin: str, known: tuple[str, ...]) -> dict[tuple[str, str], VagueWord]:
    """Read one table of vague words; `known` are the words it may speak of, any when empty."""
    rows: dict[tuple[str, str], VagueWord] = {}
    for line, cells in read_rows(path, WORD_COLUMNS, ("unit", "citation")):
        where = f"{path.name} line {line}"
        word = parse_word(where, cells, origin)
        if known and word.word not in known:
            raise InputError(f"{where}: word must be one of {', '.join(known)}; is {word.word!r}. Mend the word.")
        if (word.word, word.unit) in rows:
            raise InputError(
                f"{where}: {word.word!r} with unit {word.unit!r} must stand once, stands twice. Remove one row."
            )
        rows[word.word, word.unit] = word
    return rows


def parse_word(where: str, cells: Mapping[str, str], origin: str) -> VagueWord:
    """Make a `VagueWord` of one row, or say what is wrong with it."""
    unit = cells["unit"]
    if unit and unit not in UNIT_DAYS:
        raise InputError(f"{where}: unit must be empty or one of {', '.join(UNIT_DAYS)}; is {unit!r}. Mend the unit.")
    ends = {name: parse_end(where, name, cells[name]) for name in WORD_COLUMNS[1:]}
    check_nested(where, ends)
    numbers: dict[str, object] = {**ends, "citation": cells["citation"], "origin": origin}
    return VagueWord(word=cells["word"], unit=unit, **numbers)  # type: ignore[arg-type]


def parse_end(where: str, name: str, cell: str) -> float | None:
    """Read one end; an empty upper end is open."""
    if not cell and name.endswith("_high"):
        return None
    try:
        value = float(cell)
    except ValueError:
        value = -1.0
    if not 0 < value < float("inf"):
        raise InputError(f"{where}: {name} must be a number above 0, is {cell!r}. Mend the cell.")
    return value


def check_nested(where: str, ends: Mapping[str, float | None]) -> None:
    """Hold low to high, narrow inside base, and base inside wide."""
    infinity = float("inf")
    spans = {name: (ends[f"{name}_low"] or 0.0, ends[f"{name}_high"] or infinity) for name in READINGS}
    for name, (low, high) in spans.items():
        if low > high:
            raise InputError(
                f"{where}: {name}_low must not be above {name}_high, {low:g} is above {high:g}. Exchange or mend them."
            )
    for inner, outer in (("narrow", "base"), ("base", "wide")):
        if spans[inner][0] < spans[outer][0] or spans[inner][1] > spans[outer][1]:
            inside, around = format_span(*spans[inner]), format_span(*spans[outer])
            raise InputError(
                f"{where}: {inner} must lie inside {outer}, {inside} is not inside {around}. Widen {outer} or tighten {inner}."
            )


def format_span(low: float, high: float) -> str:
    """Write a span of numbers for a message; "open" for no upper end."""
    return f"{low:g} to {'open' if high == float('inf') else format(high, 'g')}"


# --- intervals ------------------------------------------------------------------------------------------------------


class End(NamedTuple):
    """One end of an interval: the least and the greatest it can be, exact, in days.

    Both None: not stated.  Only `most` None: a vague word without an upper end.
    """

    least: Fraction | None
    most: Fraction | None


UNSTATED = End(None, None)


def exact(value: float) -> Fraction:
    """Return a number as it is written, not as it is stored: 0.1 is a tenth."""
    return Fraction(repr(value))


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
    upright = turn_upright(claim, words)
    low, high = read_ends(upright, words, reading)
    if low == high == UNSTATED:
        return None
    return make_interval(upright, reading, low, high)


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
    """Read one end in days: a number, a vague word, or nothing."""
    if number is None and not word:
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
    return None if number is None or word else float(exact(abs(number)) * find_unit(claim, unit))


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
    from howlong.claims import Claim

    return to_frame(list_intervals(to_records(claims, Claim), words), Interval)


def list_intervals(claims: Iterable[Claim], words: VagueWords) -> list[Interval]:
    """Return the intervals of all claims that were not rejected, three readings each."""
    standing = [claim for claim in claims if claim.verdict != "rejected"]
    found = [to_interval(claim, words, reading) for claim in standing for reading in READINGS]
    return [interval for interval in found if interval is not None]
