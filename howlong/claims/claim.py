"""Define a claim: one stated amount in its context, coded by the coding manual.

Law of the room: a claim's identity is made of words, not of places, so that it survives edits elsewhere in its document.

Anchors are those of the W3C Web Annotation Data Model: a TextQuoteSelector (exact, prefix, suffix) and a
TextPositionSelector (start, end).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

ANCHOR = 32


@dataclass(frozen=True, slots=True)
class Claim:
    """One stated amount with its coding.

    Attributes
    ----------
    claim_id : str
        Eight hexadecimal digits made of the source, the sentence, the quote and its occurrence.
    source_id : str
        The source it stands in.
    start, end : int
        Offsets of the quote in the source's decoded text (code points), end exclusive.
    quote : str
        The amount as the source words it.
    prefix, suffix : str
        Up to 32 characters before and after the quote, which find it again after an edit.
    sentence : str
        The sentence, heading, caption, list item or table cell that holds it.
    section : str
        The nearest heading above.
    kind : str
        What it measures: duration, frequency, dose, count, percent, fraction, age, money, measurement, statistic, number.
    low, high : float or None
        The lower and upper end as stated, in `unit`; empty where no end is stated.
    low_unit, unit : str
        The units of the two ends, singular; they differ only where the source gives each end its own.
    modifier : str
        The word that changes the value, normalised: up to, at least, within, every and so on.
    approx : bool
        Whether an approximator (about, around, roughly) stands by it.
    hedge : str
        The word that softens it: typically, often, may, can.
    vague_low, vague_high : str
        The word that stands for the number on that end: few, several, couple, some, many, bare.
    values : tuple of float
        The values of a list.
    point : float or None
        The point value beside a confidence interval or a plus-minus.
    role : str
        What the time says: persistence, onset, peak, window, dosing_interval, course, administration, monitoring, follow_up, other.
    role_precision : float or None
        How often the rule that gave the role was right on times that people coded, 0 to 1; empty where the amount is no time, and
        where an analyst decided.
    outcome : str
        What lasts, by the review's codebook; "none" where it says nothing, empty without a codebook.
    regimen : str
        The treatment it is about: single, series, maintenance, unspecified.
    population : str
        Whom it is about: human, animal, both, unspecified.
    region : str
        Where, by the review's codebook; "none" where it says nothing, empty without a codebook.
    comparator : bool
        Whether it is about something else than the review's intervention.
    denied : bool
        Whether its words deny that it lasts so long: "does not last longer than #"; the number is then the end that it does not
        go beyond.
    attribution : str
        The study or body that the sentence names as its origin, verbatim.
    locatable : bool
        Whether a reader could find that origin by what the sentence says.
    statistic : str
        What the number is of, where the words say so: mean, median, maximum, typical.
    subjects : str
        Of whom, verbatim: "most patients", "some".
    answers : str
        The question of the review that it answers: persistence, window, or empty.
    duplicate_of : str
        The claim of the same source that it repeats.
    cue : str
        For every code the rule and the words that gave it, with their offsets.
    verdict : str
        What an analyst decided: accepted, rejected, corrected, or empty.
    """

    TABLE: ClassVar[str] = "claims"
    NOTEBOOK: ClassVar[str] = "02-claims"
    KEY: ClassVar[tuple[str, ...]] = ("source_id", "start", "end")

    claim_id: str
    source_id: str
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    sentence: str
    section: str
    kind: str
    low: float | None
    low_unit: str
    high: float | None
    unit: str
    modifier: str
    approx: bool
    hedge: str
    vague_low: str
    vague_high: str
    values: tuple[float, ...]
    point: float | None
    role: str
    role_precision: float | None
    outcome: str
    regimen: str
    population: str
    region: str
    comparator: bool
    denied: bool
    attribution: str
    locatable: bool
    statistic: str
    subjects: str
    answers: str
    duplicate_of: str
    cue: str
    verdict: str


def make_id(source_id: str, sentence: str, quote: str, occurrence: int, taken: Mapping[str, object]) -> str:
    """Return a claim's id: the first eight hexadecimal digits of a hash of its words that no other claim has.

    Parameters
    ----------
    source_id, sentence, quote : str
        The words that identify it.
    occurrence : int
        How many claims with the same words stand before it.
    taken : mapping
        The ids given already.
    """
    digest = hashlib.sha256(
        "\x1f".join((source_id, sentence, quote, str(occurrence))).encode("utf-8", "surrogatepass")
    ).hexdigest()
    return next(digest[at : at + 8] for at in range(57) if digest[at : at + 8] not in taken)


def make_anchor(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words before and after a quote, up to 32 characters each."""
    return text[max(0, start - ANCHOR) : start], text[end : end + ANCHOR]
