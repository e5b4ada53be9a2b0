"""Read the table of vague words: how many units each word stands for, narrowly, as usual, and widely.

Law of the module: narrow lies inside base and base inside wide, and a convention is called one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import ClassVar

from howlong.durations.units import UNIT_DAYS, exact
from howlong.tables import InputError, read_rows

READINGS = ("narrow", "base", "wide")
WORD_COLUMNS = ("word", "narrow_low", "narrow_high", "base_low", "base_high", "wide_low", "wide_high")
LIBRARY_WORDS = Path(__file__).parent.parent / "vocabulary" / "vague-words.csv"


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
