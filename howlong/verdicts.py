"""Apply what analysts decided about claims.

Law of the room: people's word wins, is never overwritten, and is never lost in silence.  A verdict repeats the words the
analyst saw; one that finds its words no more is an orphan, and orphans are published.

Anchors are the selectors of the W3C Web Annotation Data Model: the exact quote with its prefix and suffix.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one analyst decided about one claim, in the words the analyst saw.

    Attributes
    ----------
    line : int
        The line of seeds/verdicts.csv it stands in.
    claim_id, source_id : str
        The claim and the source it was read from.
    quote, prefix, suffix : str
        The claim's words, and up to 32 characters before and after them, as the analyst saw them.
    decision : str
        "accept", "reject" or "correct".
    field : str
        The claim's column that is corrected; empty for the other decisions.
    value : str
        What that column should say; empty clears it.
    analyst, date, reason : str
        Who decided, when (year-month-day), and why.
    """

    TABLE: ClassVar[str] = "verdicts"
    NOTEBOOK: ClassVar[str] = "02-claims"
    KEY: ClassVar[tuple[str, ...]] = ("line",)

    line: int
    claim_id: str
    source_id: str
    quote: str
    prefix: str
    suffix: str
    decision: str
    field: str
    value: str
    analyst: str
    date: str
    reason: str


@dataclass(frozen=True, slots=True)
class Orphan:
    """A verdict that changed nothing in this run, and why.

    Attributes
    ----------
    line : int
        The line of seeds/verdicts.csv it stands in.
    claim_id, source_id : str
        The claim and the source that the verdict names.
    quote : str
        The words the analyst saw.
    decision, field, value : str
        What was decided.
    analyst, date : str
        Who decided, and when.
    cause : str
        "words not found", "words found more than once", "source not in this run", or "overruled" by a later verdict on
        the same claim and field.
    overruled_by : int or None
        The line of the later verdict; empty for the other causes.
    """

    TABLE: ClassVar[str] = "orphans"
    NOTEBOOK: ClassVar[str] = "02-claims"
    KEY: ClassVar[tuple[str, ...]] = ("line",)

    line: int
    claim_id: str
    source_id: str
    quote: str
    decision: str
    field: str
    value: str
    analyst: str
    date: str
    cause: str
    overruled_by: int | None
