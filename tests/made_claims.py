"""Claims, intervals and reviews made by hand for tests."""

from dataclasses import fields
from typing import Any

from hypothesis import settings

from howlong.claims import Claim, Review
from howlong.durations import Interval, VagueWords, list_intervals, read_vague_words

patient = settings(deadline=None)
"""A busy machine is no fault of the code."""

BLANK: dict[str, Any] = {"str": "", "int": 0, "bool": False, "float | None": None, "tuple[float, ...]": ()}
WORDS: VagueWords = read_vague_words()
REVIEW = Review(
    question="How long does it last?",
    facets=("outcome", "regimen", "population", "region"),
    order={
        "outcome": ("mood", "spines", "none"),
        "regimen": ("single", "series", "unspecified"),
        "population": ("human", "both", "animal", "unspecified"),
    },
    asks=(
        {"measure": "persistence", "outcome": "mood", "regimen": "single", "population": "human"},
        {"measure": "window"},
        {"measure": "persistence", "outcome": "spines", "population": "human"},
    ),
)


def make_claim(claim_id: str = "c1", source_id: str = "A", **given: Any) -> Claim:
    """Return a claim on mood after a single dose in humans, changed as given; `low` alone means a single value."""
    blank = {field.name: BLANK[str(field.type)] for field in fields(Claim)}
    coded = {"kind": "duration", "unit": "day", "role": "persistence", "answers": "persistence", "outcome": "mood"}
    coded |= {"regimen": "single", "population": "human", "region": "none", "quote": f"words of {claim_id}"}
    return Claim(**{**blank, **coded, "claim_id": claim_id, "source_id": source_id, **given})


def make_vague(claim_id: str, source_id: str, word: str, unit: str = "day", **given: Any) -> Claim:
    """Return a claim of one vague amount, such as "several days"."""
    return make_claim(claim_id, source_id, vague_low=word, vague_high=word, unit=unit, **given)


def read_all(*claims: Claim) -> list[Interval]:
    """Return the intervals of claims, three readings each."""
    return list_intervals(claims, WORDS)
