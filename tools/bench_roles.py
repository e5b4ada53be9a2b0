"""Rate the roles of times whose role is known: in single sentences, each with one, and in articles, each with many.

Law: the file gives a time's place; what the reader finds there has the role or it has not, and a time that is not found is wrong.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from bench_articles import CASES, TIMES, Amount, Article
from bench_peers import Reader

from howlong.claims import Claim
from howlong.claims.codebook import CLOSED_FACETS

Time = TypeVar("Time", Amount, Claim)

SENTENCES, ARTICLES = CASES / "sentences", CASES / "times"
BANDS = (0.0, 0.5, 0.65, 0.8, 1.01)
MARK = re.compile(r"⟦([^⟧|]*)\|([a-z_]+)⟧")


class Sentence(NamedTuple):
    """A text with one coded time: its words, their place, and the role that they have."""

    text: str
    quote: str
    start: int
    role: str


def read_sentences(name: str) -> list[Sentence]:
    """Read a file of sentences; a quote that is not at its place raises ValueError."""
    with (SENTENCES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = [Sentence(row["text"], row["quote"], int(row["start"]), row["role"]) for row in csv.DictReader(lines)]
    for row in rows:
        if row.text[row.start : row.start + len(row.quote)] != row.quote:
            raise ValueError(f"{name}.csv: {row.quote!r} must stand at {row.start} of {row.text!r}. Mend the row.")
    return rows


def read_times(name: str) -> list[list[Sentence]]:
    """Read the articles of a folder, the coded times of each; a mark without a role raises ValueError.

    The syntax is explained in tests/cases/times/README.md.
    """
    return [mark_times(path.name, path.read_text(encoding="utf-8")) for path in sorted((ARTICLES / name).glob("*.txt"))]


def mark_times(name: str, marked: str) -> list[Sentence]:
    """Take the marks out of an article.

    >>> mark_times("a", "It lasts ⟦a week|persistence⟧.")
    [Sentence(text='It lasts a week.', quote='a week', start=9, role='persistence')]
    """
    marks, text, last = [], "", 0
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        marks.append((len(text), match[1], match[2]))
        text += match[1]
        last = match.end()
    text += marked[last:]
    if "⟦" in text or "⟧" in text or any(role not in CLOSED_FACETS["role"] for _, _, role in marks):
        raise ValueError(f"{name}: every mark must be ⟦words|role⟧, one is not. Mend the article.")
    return [Sentence(text, quote, start, role) for start, quote, role in marks]


def find_time(found: Iterable[Time], row: Sentence) -> Time | None:
    """Return what a reader finds at a sentence's time, None where it finds no time."""
    end = row.start + len(row.quote)
    return next((one for one in found if one.kind in TIMES and one.start < end and row.start < one.end), None)


def find_role(found: Sequence[Amount], row: Sentence) -> str:
    """Return the role of the time that a reader finds at a sentence's time, empty where it finds none."""
    time = find_time(found, row)
    return time.role if time else ""


def list_times(article: Article) -> list[Sentence]:
    """Return the coded times of an article of which all amounts are marked."""
    marks = [mark for mark in article.marks if mark.kind in TIMES and mark.role]
    return [Sentence(article.text, article.text[mark.start : mark.end], mark.start, mark.role) for mark in marks]


def rate_bands(
    articles: Iterable[Sequence[Sentence]], code: Callable[[str], Sequence[Claim]]
) -> list[tuple[int, float]]:
    """Return, by how often the rules that decided are right, how many times they coded and the share that is right.

    Each article is coded once.  The bands of `role_precision` begin at `BANDS`; the last number is the end of the last.
    """
    coded = []
    for rows in articles:
        claims = code(rows[0].text) if rows else ()
        found = [(find_time(claims, row), row.role) for row in rows]
        coded += [(claim.role_precision, claim.role == role) for claim, role in found if claim]
    bands = [[is_right for share, is_right in coded if low <= (share or 0) < high] for low, high in pairwise(BANDS)]
    return [(len(band), sum(band) / max(1, len(band))) for band in bands]


def rate_sentences(rows: Sequence[Sentence], read: Reader) -> dict[str, float]:
    """Return the share of roles that are right, and how many times of lasting are found and rightly so."""
    return rate_roles([(row.role, find_role(read(row.text), row)) for row in rows])


def rate_coded(articles: Sequence[Sequence[Sentence]], read: Reader) -> dict[str, float]:
    """Return the same shares of all times of some articles, each article read once."""
    roles = []
    for rows in articles:
        found = read(rows[0].text) if rows else ()
        roles += [(row.role, find_role(found, row)) for row in rows]
    return rate_roles(roles)


def rate_roles(roles: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Return the shares of pairs of the role that a time has and the one that a reader gives it."""
    lasting = sum(given == found == "persistence" for given, found in roles)
    return {
        "role": sum(given == found for given, found in roles) / len(roles),
        "persistence recall": lasting / sum(given == "persistence" for given, _ in roles),
        "persistence precision": lasting / max(1, sum(found == "persistence" for _, found in roles)),
    }
