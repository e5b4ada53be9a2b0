"""Rate how single sentences are coded, each with one time whose role is known.

Law: the file gives the time's place; what the reader finds there has the role or it has not, and a time that is not found is wrong.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import NamedTuple

from bench_articles import CASES, Amount
from bench_peers import Reader

SENTENCES = CASES / "sentences"


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


def find_role(found: Sequence[Amount], row: Sentence) -> str:
    """Return the role of the time that a reader finds at a sentence's time, empty where it finds none."""
    end = row.start + len(row.quote)
    near = [
        time for time in found if time.kind in ("duration", "frequency") and time.start < end and row.start < time.end
    ]
    return near[0].role if near else ""


def rate_sentences(rows: Sequence[Sentence], read: Reader) -> dict[str, float]:
    """Return the share of roles that are right, and how many times of lasting are found and rightly so."""
    roles = [(row.role, find_role(read(row.text), row)) for row in rows]
    lasting = sum(given == found == "persistence" for given, found in roles)
    return {
        "role": sum(given == found for given, found in roles) / len(roles),
        "persistence recall": lasting / sum(given == "persistence" for given, _ in roles),
        "persistence precision": lasting / max(1, sum(found == "persistence" for _, found in roles)),
    }
