"""Read the tables of a review into what the page tells.

Law of the room: nothing is computed here that another room computes; rows are indexed, put in order, and named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from howlong.claims import Claim, Review, read_codebook, read_review
from howlong.durations import Interval
from howlong.quantities import ExclusionRow
from howlong.report.page.naming import Naming, slug
from howlong.sources import Document, Source, read_documents
from howlong.spread import Conflict, Influence, Step, Stratum, find_envelope, find_hulls, find_makers
from howlong.tables import Record, Shelf, read_rows, to_records
from howlong.verdicts import Orphan

if TYPE_CHECKING:
    from pandas import DataFrame

RECORDS: tuple[type[Record], ...] = (Source, ExclusionRow, Claim, Orphan, Interval, Stratum, Influence, Conflict)
VAST = 1000
ARTICLES = "articles"
FIGURE_ROLES = ("onset", "peak", "window")


@dataclass(frozen=True)
class Facts:
    """Everything the page draws on, in the reading that the run was asked for.

    Attributes
    ----------
    review : Review
        The question, the facets and their names.
    naming : Naming
        The words for codes and sources.
    sources : tuple of Source
        The articles that were read, in the order of seeds/sources.csv.
    set_aside : tuple of Source
        Those that the table marks as not included.
    left_out : tuple of str
        Those that this run was told to leave out.
    documents : mapping of str to Document
        The texts, by source.
    claims : tuple of Claim
        Every quantity with its coding, by source and place.
    intervals : mapping of (str, str) to Interval
        Intervals by claim and reading.
    strata, gaps : tuple of Stratum
        The answers that carry numbers, and the questions nobody answers.
    influence, conflicts, steps, exclusions, orphans : tuple
        Rows of the other tables.
    parameters : mapping
        What the run was asked for.
    implied : mapping of str to str
        Whom an outcome is of where nobody is named, by outcome, from the codebook.
    """

    review: Review
    naming: Naming
    sources: tuple[Source, ...]
    set_aside: tuple[Source, ...]
    left_out: tuple[str, ...]
    documents: Mapping[str, Document]
    claims: tuple[Claim, ...]
    intervals: Mapping[tuple[str, str], Interval]
    strata: tuple[Stratum, ...]
    gaps: tuple[Stratum, ...]
    influence: tuple[Influence, ...]
    conflicts: tuple[Conflict, ...]
    steps: tuple[Step, ...]
    exclusions: tuple[ExclusionRow, ...]
    orphans: tuple[Orphan, ...]
    parameters: Mapping[str, Any]
    implied: Mapping[str, str] = field(default_factory=dict)

    @property
    def reading(self) -> str:
        """How vague words are read on this page."""
        return str(self.parameters.get("reading") or "base")

    @cached_property
    def by_id(self) -> dict[str, Claim]:
        """Claims by their id."""
        return {claim.claim_id: claim for claim in self.claims}

    def interval(self, claim_id: str, reading: str = "") -> Interval | None:
        """Return a claim's interval in a reading (the page's own by default)."""
        return self.intervals.get((claim_id, reading or self.reading))

    @cached_property
    def lead(self) -> Stratum | None:
        """The answer to the first question of review.toml; None when no article gives one."""
        asked = [stratum for stratum in self.strata if stratum.asked == 1]
        if not asked and any(gap.asked == 1 for gap in self.gaps):
            return None
        candidates = sorted(asked or self.strata, key=lambda stratum: (-stratum.sources if asked else 0, stratum.place))
        return candidates[0] if candidates else None

    @cached_property
    def lead_gap(self) -> Stratum | None:
        """The first question of review.toml, when nobody answers it."""
        return None if self.lead else min(self.gaps, key=lambda gap: gap.asked, default=None)

    @cached_property
    def row_of(self) -> dict[str, str]:
        """The claim whose row in a chart stands for each claim: itself, or the one it repeats."""
        rows = {claim_id: claim_id for stratum in self.strata for claim_id in stratum.claim_ids}
        for stratum in self.strata:
            for claim_id in stratum.duplicate_ids:
                original = self.by_id[claim_id].duplicate_of
                rows[claim_id] = original if original in rows else ""
        rows |= {claim.claim_id: claim.claim_id for claim in self.figure_claims()}
        return {claim_id: row for claim_id, row in rows.items() if row}

    def figure_claims(self, role: str = "") -> list[Claim]:
        """Return the claims of the chart of onset, peak and advised window (one role, or all)."""
        return [
            claim
            for claim in self.claims
            if (claim.role == role if role else claim.role in FIGURE_ROLES)
            and not (claim.answers or claim.comparator or claim.duplicate_of)
            and self.interval(claim.claim_id) is not None
        ]

    def window_claims(self, outcome: str = "") -> list[Claim]:
        """Return the claims that say how long a receptive window lasts: they answer, and stand beside the advised ones."""
        return [
            self.by_id[name]
            for stratum in self.strata
            if stratum.measure == "window" and (not outcome or stratum.outcome == outcome)
            for name in stratum.claim_ids
            if self.interval(name)
        ]

    @property
    def is_vast(self) -> bool:
        """Whether there are so many claims that each article has a page of its own."""
        return len(self.claims) > VAST

    @cached_property
    def article_pages(self) -> dict[str, str]:
        """The page of each article, by source; empty where all stand on one page."""
        if not self.is_vast:
            return {}
        pages: dict[str, str] = {}
        for source in self.sources:
            name = slug(source.source_id).lower()
            taken = sum(page.startswith((f"{name}.", f"{name}~")) for page in pages.values())
            pages[source.source_id] = f"{name}~{taken + 1}.html" if taken else f"{name}.html"
        return pages

    def statement(self, claim_id: str, seen_from: str = "") -> str:
        """Return the address of a claim's statement, from the report or from an article's page."""
        page = self.article_pages.get(self.by_id[claim_id].source_id, "")
        folder = "" if seen_from else f"{ARTICLES}/"
        return f"#c-{claim_id}" if not page or page == seen_from else f"{folder}{page}#c-{claim_id}"

    @property
    def kept_out(self) -> int:
        """How many durations a filter of strata kept out of the run's intervals."""
        timed = [claim for claim in self.claims if claim.kind == "duration" and claim.verdict != "rejected"]
        return sum(self.interval(claim.claim_id) is None for claim in timed)

    def makers(self, stratum: Stratum, end: str) -> list[Claim]:
        """Return the claims that set an end of an answer ("stated_low" and so on): one, or several that agree."""
        rows = [row for name in stratum.claim_ids if (row := self.interval(name))]
        return [self.by_id[name] for name in find_makers(rows, end, getattr(stratum, f"{end}_days"))]

    def usual_unit(self, claim_ids: Sequence[str]) -> str:
        """Return the unit that all of these claims use, "" when they differ."""
        units = {unit for name in claim_ids for unit in (self.by_id[name].unit, self.by_id[name].low_unit) if unit}
        return units.pop() if len(units) == 1 else ""


def read_tables(shelf: Shelf) -> dict[str, DataFrame]:
    """Read every table the page needs from a notebook's shelf, by table name."""
    return {record.TABLE: shelf.read(record) for record in RECORDS}


def gather_facts(review: Path, tables: Mapping[str, DataFrame], parameters: Mapping[str, Any]) -> Facts:
    """Turn a run's tables into the facts of the page.

    Raises
    ------
    InputError
        When a table lacks a column, or a document changed since the tables were made.
    """
    question = read_review(review)
    rows: dict[str, list[Any]] = {
        record.TABLE: to_records(tables[record.TABLE], record) if record.TABLE in tables else [] for record in RECORDS
    }
    sources: list[Source] = rows["sources"]
    chosen = [stratum for stratum in rows["spread"] if stratum.chosen]
    return Facts(
        review=question,
        naming=Naming(question.names, tuple(question.intervention), tuple(sources)),
        sources=tuple(source for source in sources if source.include),
        set_aside=tuple(source for source in sources if not source.include),
        left_out=find_left_out(review, sources),
        documents={document.source_id: document for document in read_documents(review, tables["sources"])},
        claims=tuple(sorted(rows["claims"], key=lambda claim: (claim.source_id, claim.start, claim.end))),
        intervals={(row.claim_id, row.reading): row for row in rows["durations"]},
        strata=tuple(stratum for stratum in chosen if stratum.leaf),
        gaps=tuple(stratum for stratum in chosen if stratum.gap),
        influence=tuple(rows["influence"]),
        conflicts=tuple(sorted(rows["agreement"], key=lambda row: row.rank)),
        steps=tuple(step for step in read_steps(question, tables) if step.chosen),
        exclusions=tuple(rows["exclusions"]),
        orphans=tuple(rows["orphans"]),
        parameters=parameters,
        implied=read_codebook(review).implied,
    )


def read_steps(question: Review, tables: Mapping[str, DataFrame]) -> list[Step]:
    """Read the envelope's steps, or ask the spread for them where the run keeps no table of them."""
    if Step.TABLE in tables:
        return to_records(tables[Step.TABLE], Step)
    spread = tables[Stratum.TABLE]
    if not len(spread):
        return []
    reading = str(spread.reading[spread.chosen].iloc[0])
    return to_records(find_envelope(spread, find_hulls(tables[Interval.TABLE], question, reading)), Step)


def find_left_out(review: Path, sources: Sequence[Source]) -> tuple[str, ...]:
    """Return the sources of seeds/sources.csv that are not in the run's table."""
    path = review / "seeds" / "sources.csv"
    if not path.exists():
        return ()
    header = path.read_text(encoding="utf-8-sig").splitlines()[0]
    columns = [name.strip() for name in header.split(",")]
    known = {source.source_id for source in sources}
    return tuple(row["source_id"] for _, row in read_rows(path, columns) if row["source_id"] not in known)
