"""Answer "why was this coded so?" for one claim, and "which cues do nothing?" for a codebook.

Law of the room: it shows what the coding recorded and decides nothing itself.
"""

from __future__ import annotations

import csv
import html
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from howlong.claims.claim import Claim
from howlong.claims.codebook import Codebook
from howlong.claims.cues import Lexicon, Words
from howlong.claims.found import read_cue
from howlong.sources import Document
from howlong.tables import InputError, to_records

if TYPE_CHECKING:
    from pandas import DataFrame

FACETS = ("role", "outcome", "regimen", "population", "region")
JUDGE = "To judge it, add to seeds/verdicts.csv and fill in decision (accept, reject or correct) and analyst:"
LEFT_OPEN = 6  # columns of seeds/verdicts.csv that a person fills: decision, field, value, analyst, date, reason


@dataclass(frozen=True)
class Explanation:
    """One claim shown with its sentence and its codes; JupyterLab draws it as HTML, a terminal as text.

    Attributes
    ----------
    claim : Claim
        The claim.
    """

    claim: Claim

    def _split(self) -> tuple[str, str, str]:
        claim = self.claim
        at = claim.sentence.find(claim.prefix[-12:].lstrip() + claim.quote)
        at = claim.sentence.find(claim.quote, max(0, at))
        return claim.sentence[:at], claim.quote, claim.sentence[at + len(claim.quote) :]

    def _codes(self) -> list[str]:
        found = read_cue(self.claim.cue)
        given = [f"{facet}={said.code}: {said.said}{self._rate(facet)}" for facet, said in found.items()]
        silent = [
            f"{facet}={getattr(self.claim, facet)}: no words say so"
            for facet in FACETS
            if facet not in found and getattr(self.claim, facet)
        ]
        return given + silent

    def _rate(self, facet: str) -> str:
        precision = self.claim.role_precision
        return "" if facet != "role" or precision is None else f" (right for {precision:.0%} of coded times)"

    def draft_verdict(self) -> str:
        """Return a row for seeds/verdicts.csv that finds the claim; what a person decides is left open."""
        claim = self.claim
        seen = [" ".join(text.split()) for text in (claim.quote, claim.prefix, claim.suffix)]
        row = io.StringIO(newline="")
        csv.writer(row, lineterminator="").writerow([claim.claim_id, claim.source_id, *seen, *[""] * LEFT_OPEN])
        return row.getvalue()

    def __str__(self) -> str:
        before, quote, after = self._split()
        head = (
            f"{self.claim.claim_id}  {self.claim.source_id} {self.claim.start}-{self.claim.end}  {self.claim.section}"
        )
        codes = [f"  {code}" for code in self._codes()]
        return "\n".join([head, f"{before}[[{quote}]]{after}", *codes, f"  {JUDGE} {self.draft_verdict()}"])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        before, quote, after = (html.escape(part) for part in self._split())
        codes = "".join(f"<li><code>{html.escape(code)}</code></li>" for code in self._codes())
        place = html.escape(
            f"{self.claim.claim_id}: {self.claim.source_id}, {self.claim.start}-{self.claim.end}. {self.claim.section}"
        )
        row = f"<p>{JUDGE} <code>{html.escape(self.draft_verdict())}</code></p>"
        return f"<p>{place}</p><blockquote>{before}<mark>{quote}</mark>{after}</blockquote><ul>{codes}</ul>{row}"


def explain(claims: DataFrame) -> Callable[..., Explanation | None]:
    """Return a function that shows a claim of a table by its id, and nothing without one.

    Raises
    ------
    InputError
        From the function returned, when the table has no such claim.
    """
    records = {claim.claim_id: claim for claim in to_records(claims, Claim)}

    def show(claim_id: str = "") -> Explanation | None:
        """Show one claim: its sentence with the quote marked, and every code with its words."""
        if not claim_id:
            return None
        if claim_id not in records:
            raise InputError(
                f"show: {claim_id!r} must be a claim_id of the table, is none. Copy one from the claims table."
            )
        return Explanation(records[claim_id])

    return show


@dataclass(frozen=True, slots=True)
class CueUse:
    """How often a codebook's cue was found.

    Attributes
    ----------
    facet, code, cue : str
        The cue and what it gives.
    found : int
        How often it stands in the documents.
    """

    facet: str
    code: str
    cue: str
    found: int


def audit_cues(documents: Sequence[Document], codebook: Codebook, fewest: int = 2) -> list[CueUse]:
    """List the codebook's own cues that are found fewer than `fewest` times in the review's documents.

    The library's cues are meant for all texts and are not listed.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    lexicons = [Lexicon(codebook.select(facet)) for facet in dict.fromkeys(cue.facet for cue in codebook.cues)]
    for document in documents:
        words = Words(document.text, 0, len(document.text)).words
        for lexicon in lexicons:
            counts.update((hit.cue.facet, hit.cue.code, hit.cue.text) for hit in lexicon.find(words))
    uses = [CueUse(cue.facet, cue.code, cue.text, counts[cue.facet, cue.code, cue.text]) for cue in codebook.cues]
    return [use for use in uses if use.found < fewest]
