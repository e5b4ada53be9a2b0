"""Code the quantities of a document: turn each amount into a claim.

Law of the room: a code is given by a rule that names its words and their offsets, or it says that nobody states it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from howlong.claims.asking import find_question
from howlong.claims.claim import Claim, make_anchor, make_id
from howlong.claims.codebook import Codebook
from howlong.claims.context import Context, Paragraph, find_comparator, find_population, find_regimen
from howlong.claims.cues import Span
from howlong.claims.deciding import decide_role
from howlong.claims.denial import find_denial
from howlong.claims.duplicates import mark_duplicates
from howlong.claims.found import Found, write_cue
from howlong.claims.origins import find_attribution
from howlong.claims.precision import find_precision
from howlong.claims.roles import Reading
from howlong.claims.wording import find_statistic, find_subjects
from howlong.sources import Document, Passage, Work, read_all, trim_memory
from howlong.tables import to_frame, to_records

if TYPE_CHECKING:
    from pandas import DataFrame

TIMES = ("duration", "frequency")
STATES = ("persistence", "onset", "peak", "window", "follow_up")
LASTING = ("persistence", "onset", "peak")
CODED = (
    "role",
    "outcome",
    "regimen",
    "population",
    "region",
    "attribution",
    "statistic",
    "subjects",
    "answers",
)


class Stated(Protocol):
    """An amount as the reader of quantities gives it; an exclusion has the kind "excluded"."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Amount:
    """The columns of quantities.csv that a claim takes over.

    Attributes
    ----------
    source_id : str
        The source.
    start, end : int
        Offsets in its text.
    quote, kind : str
        The words, and what they measure.
    low, high, point : float or None
        The value as stated.
    low_unit, unit, modifier, hedge, vague_low, vague_high : str
        See `Claim`.
    approx : bool
        See `Claim`.
    values : tuple of float
        See `Claim`.
    """

    TABLE: ClassVar[str] = "quantities"
    NOTEBOOK: ClassVar[str] = "02-claims"
    KEY: ClassVar[tuple[str, ...]] = ("source_id", "start", "end")

    source_id: str
    start: int
    end: int
    quote: str
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


COPIED = (
    "low",
    "low_unit",
    "high",
    "unit",
    "modifier",
    "approx",
    "hedge",
    "vague_low",
    "vague_high",
    "values",
    "point",
)


def code_claims(
    documents: Sequence[Document], quantities: DataFrame, codebook: Codebook, cluster: str = ""
) -> DataFrame:
    """Code the quantities of all documents.

    Parameters
    ----------
    documents : sequence of Document
        The documents.
    quantities : DataFrame
        Their quantities, a row each.
    codebook : Codebook
        The cues.
    cluster : str
        The address of a Dask scheduler whose workers code; empty: this process.

    Returns
    -------
    DataFrame
        A row a `Claim`, in the order of the quantities.
    """
    amounts = to_records(quantities, Amount)
    work = []
    for document in documents:
        own = [amount for amount in amounts if amount.source_id == document.source_id]
        work.append(Work(document, code_document, (own, codebook), (Claim,)))
    claims = [claim for (coded,) in read_all(work, cluster) for claim in coded]
    trim_memory(documents)
    return to_frame(separate_ids(claims), Claim)


def code_document(document: Document, found: Sequence[Stated], codebook: Codebook) -> tuple[list[Claim]]:
    """Return the one table of rows that is kept of a document's claims."""
    return (code_text(document, found, codebook),)


def code_text(document: Document, found: Sequence[Stated], codebook: Codebook) -> list[Claim]:
    """Code one document's quantities.

    Parameters
    ----------
    document : Document
        The document.
    found : sequence
        Quantities and exclusions in order of offset; exclusions are left out.
    codebook : Codebook
        The cues.

    Returns
    -------
    list of Claim
        A claim a quantity, in the same order.
    """
    amounts = [item for item in found if item.kind != "excluded"]
    times = [Span(item.start, item.end) for item in amounts if item.kind in TIMES]
    context = Context(document, drop_overlaps(times), codebook)
    seen: Counter[tuple[str, str]] = Counter()
    taken: dict[str, None] = {}
    claims = []
    for amount in amounts:
        claim = code_amount(context, amount)
        key = (claim.sentence, claim.quote)
        claim = replace(claim, claim_id=make_id(document.source_id, *key, seen[key], taken))
        seen[key] += 1
        taken[claim.claim_id] = None
        claims.append(claim)
    return mark_duplicates(claims)


def drop_overlaps(times: Iterable[Span]) -> list[Span]:
    """Return the spans in order, without those that begin inside the one before."""
    kept: list[Span] = []
    for time in sorted(times, key=lambda time: (time.start, -time.end)):
        if not kept or time.start >= kept[-1].end:
            kept.append(time)
    return kept


def separate_ids(claims: Sequence[Claim]) -> list[Claim]:
    """Make the ids unique over all documents; only two claims of different sources can share one, and hardly ever do."""
    taken: dict[str, None] = {}
    separate = []
    for claim in claims:
        if claim.claim_id in taken:
            claim = replace(claim, claim_id=make_id(claim.source_id, claim.sentence, claim.quote, -1, taken))
        taken[claim.claim_id] = None
        separate.append(claim)
    return separate


def code_amount(context: Context, amount: Stated) -> Claim:
    """Code one quantity; its id is given later."""
    document = context.document
    passage = document.passages.at(amount.start)
    low, sentence = context.sentence(amount.start, amount.end)
    paragraph = context.paragraph(passage.paragraph)
    coding = code_time(context, paragraph, amount) if amount.kind in TIMES else code_other(context, paragraph, amount)
    attribution, said, locatable = find_attribution(sentence, amount.start - low)
    statistic, word, stands = find_statistic(sentence, amount.start - low, amount.end - low)
    subjects, named = find_subjects(sentence, amount.start - low, amount.end - low)
    coding["attribution"] = Found(attribution, "named", attribution, low + said, low + said + len(attribution))
    coding["statistic"] = Found(statistic, "named", word, low + stands, low + stands + len(word))
    coding["subjects"] = Found(subjects, "named", subjects, low + named, low + named + len(subjects))
    prefix, suffix = make_anchor(document.text, amount.start, amount.end)
    copied: dict[str, Any] = {name: getattr(amount, name) for name in COPIED}
    codes: dict[str, Any] = {facet: coding[facet].code for facet in CODED}
    return Claim(
        claim_id="",
        source_id=document.source_id,
        start=amount.start,
        end=amount.end,
        quote=document.text[amount.start : amount.end],
        prefix=prefix,
        suffix=suffix,
        sentence=sentence,
        section=passage.section,
        kind=amount.kind,
        **copied,
        **codes,
        role_precision=find_precision(coding["role"].code, coding["role"].rule) if amount.kind in TIMES else None,
        comparator=coding["comparator"].code == "true",
        denied="denied" in coding,
        locatable=locatable,
        duplicate_of="",
        cue=write_cue(coding),
        verdict="",
    )


def code_time(context: Context, paragraph: Paragraph, amount: Stated) -> dict[str, Found]:
    """Give a duration or frequency all its codes."""
    place = paragraph.words.places.get(amount.start)
    if place is None:
        return code_other(context, paragraph, amount)
    passage = context.document.passages.at(amount.start)
    reading = decide_role(context, paragraph, place, amount)
    role = (
        paragraph.quote(reading.hit, reading.role, reading.rule) if reading.hit else Found(reading.role, reading.rule)
    )
    outcome, region = (
        find_own(context, paragraph, facet, place, role.code, passage) for facet in ("outcome", "region")
    )
    implied = context.codebook.implied.get(outcome.code, "")
    regimen = find_regimen(context, paragraph, place, role.code, amount.kind)
    comparator = find_comparator(paragraph, place) or Found("false", "")
    modifier = getattr(amount, "modifier", "")
    low = paragraph.bounds(place)[0]
    denial = find_denial(paragraph.words, place, low, reading, modifier) if amount.kind == "duration" else None
    denied = {"denied": paragraph.quote(denial, "true", "same clause")} if denial else {}
    return {
        "role": role,
        "outcome": outcome,
        "regimen": regimen,
        "population": find_population(context, paragraph, place, passage.section, implied),
        "region": region,
        "comparator": comparator,
        "answers": Found(find_answer(role.code, reading, comparator.code == "true"), "role"),
        **denied,
    }


def find_answer(role: str, reading: Reading, comparator: bool) -> str:
    """Tell which question a claim answers: how long a benefit lasts, how long a receptive state does, or none."""
    if comparator:
        return ""
    if role == "window":
        return "window" if reading.governing == "lasting window" else ""
    return "persistence" if role == "persistence" else ""


def find_own(context: Context, paragraph: Paragraph, facet: str, place: int, role: str, passage: Passage) -> Found:
    """Return a claim's outcome or region by the review's codebook."""
    if not context.codebook.has_outcomes:
        return Found("", "")
    if role not in STATES:
        return Found("none", "")
    if facet == "region":
        return paragraph.find_region(place) or Found("none", "not stated")
    found = paragraph.find(facet, place)
    if found:
        return found
    for label in context.labels(passage):
        cue = context.search(facet, context.document.text[label.start : label.end])
        if cue:
            return Found(cue.code, "label", cue.text)
    question = find_question(context.document, passage) if role in LASTING else ""
    cue = context.search(facet, question) if question else None
    return Found(cue.code, "question", cue.text) if cue else Found("none", "not stated")


def code_other(context: Context, paragraph: Paragraph, amount: Stated) -> dict[str, Found]:
    """Give an amount that is no time its codes: its role is "other"."""
    place = next((number for number, start in enumerate(paragraph.words.starts) if start >= amount.start), 0)
    passage = context.document.passages.at(amount.start)
    none = Found("none" if context.codebook.has_outcomes else "", "")
    return {
        "role": Found("other", f"kind {amount.kind}"),
        "outcome": none,
        "regimen": find_regimen(context, paragraph, place, "other", amount.kind),
        "population": find_population(context, paragraph, place, passage.section, ""),
        "region": none,
        "comparator": find_comparator(paragraph, place) or Found("false", ""),
        "answers": Found("", ""),
    }
