"""Read articles whose amounts are marked inline: the gold data of `make bench`.

Law: taking the marks away gives the article, and every mark's quote is the text at its offsets.  The syntax is explained in
tests/cases/articles/README.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from howlong.claims.codebook import CLOSED_FACETS

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases"
ARTICLES, UNSEEN, CODED = CASES / "articles", CASES / "unseen", CASES / "coded"
MARK = re.compile(r"⟦(.*?)⟧", re.S)
FIELDS = 6
TIMES = ("duration", "frequency")
KINDS = (*TIMES, "dose", "count", "percent", "fraction", "age", "money", "measurement", "statistic", "number")


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount of a text: marked by a person, or found by a reader.

    Attributes
    ----------
    start, end : int
        Offsets in code points, end exclusive.
    quote : str
        The text at the offsets.
    kind : str
        One of `KINDS`; empty where a reader gives none.
    low, high : float or None
        The two ends as stated; None where an end is open, vague or not given.
    unit, low_unit : str
        The unit, and that of the lower end where it is another.
    modifier, vague_low, vague_high : str
        As in the coding manual.
    approx : bool
        Whether an approximator stands beside it.
    values : tuple of float
        The members of a list.
    point : float or None
        The value that an interval belongs to.
    role, regimen, population : str
        The coding, for durations and frequencies.
    valued : bool
        Whether a value is given at all; False where a set of data has only the span.
    """

    start: int
    end: int
    quote: str
    kind: str = ""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    low_unit: str = ""
    modifier: str = ""
    approx: bool = False
    vague_low: str = ""
    vague_high: str = ""
    values: tuple[float, ...] = ()
    point: float | None = None
    role: str = ""
    regimen: str = ""
    population: str = ""
    valued: bool = True

    @property
    def vague(self) -> bool:
        """Whether a vague word stands for a number."""
        return bool(self.vague_low or self.vague_high)


@dataclass(frozen=True, slots=True)
class Article:
    """A text and the amounts that people marked in it.

    Attributes
    ----------
    name : str
        The name of its file, or its id in a set of data.
    text : str
        The text without marks.
    marks : tuple of Amount
        In the order of the text.
    ignored : tuple of pairs of int
        Places where a found amount is neither right nor wrong.
    """

    name: str
    text: str
    marks: tuple[Amount, ...]
    ignored: tuple[tuple[int, int], ...] = ()


def read_articles(folder: Path = ARTICLES) -> list[Article]:
    """Read every article of a folder, in the order of the names."""
    paths = sorted(folder.glob("*.txt"))
    return [parse_article(path.stem, path.read_bytes().decode("utf-8")) for path in paths]


def parse_article(name: str, marked: str) -> Article:
    """Take the marks out of a marked text.

    Raises
    ------
    ValueError
        For a mark that does not follow the syntax.

    >>> article = parse_article("a", "It lasts ⟦up to a week|duration||1|week|modifier=up_to role=persistence "
    ...     "regimen=single population=human⟧.")
    >>> article.text
    'It lasts up to a week.'
    >>> article.marks[0].modifier, article.marks[0].high
    ('up to', 1.0)
    """
    text, marks, done = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[done : match.start()]
        done = match.end()
        mark = parse_mark(name, match[1], len(text))
        text += mark.quote
        marks.append(mark)
    text += marked[done:]
    if "⟦" in text or "⟧" in text:
        raise ValueError(f"{name}: every mark must open with ⟦ and close with ⟧, one does not. Mend it.")
    return Article(name, text, tuple(marks))


def parse_mark(name: str, inside: str, start: int) -> Amount:
    """Read one mark; `start` is where its quote begins in the text."""
    parts = inside.split("|")
    if len(parts) != FIELDS:
        raise ValueError(f"{name}: a mark must have {FIELDS} fields, has {len(parts)}: {inside!r}. Mend it.")
    quote, kind, low, high, unit, rest = parts
    keys = [word.partition("=") for word in rest.split()]
    unknown = [key for key, sign, _ in keys if key not in KEYS or not sign]
    if kind not in KINDS or unknown:
        raise ValueError(f"{name}: {inside!r} has the unknown word {(unknown or [kind])[0]!r}. Mend it.")
    extras = {key: KEYS[key](value) for key, _, value in keys}
    if kind in TIMES:
        check_codes(name, inside, extras)
    return Amount(start, start + len(quote), quote, kind, to_number(low), to_number(high), unit, **extras)  # type: ignore[arg-type]


def check_codes(name: str, inside: str, extras: Mapping[str, object]) -> None:
    """Hold the coding of a time to the codes of the coding manual."""
    for facet, codes in CLOSED_FACETS.items():
        if extras.get(facet) not in codes:
            raise ValueError(
                f"{name}: {facet} must be one of {', '.join(codes)}, is {extras.get(facet)!r} in {inside!r}. Mend it."
            )


def to_number(words: str) -> float | None:
    """Return a number, None for an empty field."""
    return float(words) if words.strip() else None


def to_numbers(words: str) -> tuple[float, ...]:
    """Return the members of a list."""
    return tuple(float(word) for word in words.split(","))


KEYS: Mapping[str, Callable[[str], object]] = {
    "low_unit": str,
    "modifier": lambda words: words.replace("_", " "),
    "approx": lambda words: words == "true",
    "vague_low": str,
    "vague_high": str,
    "values": to_numbers,
    "point": float,
    "role": str,
    "regimen": str,
    "population": str,
}
