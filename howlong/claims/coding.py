"""Code the quantities of a document: turn each amount into a claim.

Law of the room: a code is given by a rule that names its words and their offsets, or it says that nobody states it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from howlong.claims.claim import Claim, make_anchor, make_id
from howlong.claims.clauses import is_doing, is_order, is_state
from howlong.claims.codebook import Codebook
from howlong.claims.context import Context, Found, Paragraph, find_comparator, find_population, find_regimen
from howlong.claims.cues import TIME, Cue, Hit, Span, Words
from howlong.claims.duplicates import mark_duplicates
from howlong.claims.roles import Frame, Reading
from howlong.claims.vocabulary import list_small_words
from howlong.claims.wording import find_attribution, find_statistic, find_subjects
from howlong.sources import Document, Passage
from howlong.tables import to_frame, to_records

if TYPE_CHECKING:
    from pandas import DataFrame

TIMES = ("duration", "frequency")
STATES = ("persistence", "onset", "peak", "window", "follow_up")
UNSAID = frozenset(["nothing", "state", "treating", "infusing", "past", "working"])
SHORT = re.compile(r"(?:\b|\d)(?:seconds?|secs?|s|minutes?|mins?|hours?|hrs?|hr|h)\b", re.I)
LONG = re.compile(r"(?:\b|\d)(?:days?|d|nights?|weeks?|wks?|wk|fortnights?|months?|mo|years?|yrs?|yr|decades?)\b", re.I)
BRIEF = re.compile(r"(?:\b|\d)(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?)\b", re.I)
SHARED = 5.0
SURE = 10.0
AMOUNT_PER = re.compile(
    r"\b(?:each year|every year|decades?|centur|minutes of|minutes? (?:a|per)|hours? (?:a|per))\b", re.I
)


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


def code_claims(documents: Sequence[Document], quantities: DataFrame, codebook: Codebook) -> DataFrame:
    """Code the quantities of all documents.

    Parameters
    ----------
    documents : sequence of Document
        The documents.
    quantities : DataFrame
        Their quantities, a row each.
    codebook : Codebook
        The cues.

    Returns
    -------
    DataFrame
        A row a `Claim`, in the order of the quantities.
    """
    amounts = to_records(quantities, Amount)
    claims: list[Claim] = []
    for document in documents:
        own = [amount for amount in amounts if amount.source_id == document.source_id]
        claims.extend(code_text(document, own, codebook))
    return to_frame(separate_ids(claims), Claim)


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
        comparator=coding["comparator"].code == "true",
        locatable=locatable,
        duplicate_of="",
        cue=write_cue(coding),
        verdict="",
    )


def write_cue(coding: dict[str, Found]) -> str:
    """Write for every code the rule and the words that gave it."""
    parts = []
    for facet, found in coding.items():
        if found.code in ("", "none", "unspecified", "false") and found.start < 0 and not found.words:
            continue
        if not found.code:
            continue
        place = (
            f" '{' '.join(found.words.split())}' {found.start}-{found.end}"
            if found.start >= 0
            else f" '{found.words}'"
            if found.words
            else ""
        )
        parts.append(f"{facet}={found.code}: {found.rule}{place}")
    return "; ".join(parts)


def code_time(context: Context, paragraph: Paragraph, amount: Stated) -> dict[str, Found]:
    """Give a duration or frequency all its codes."""
    place = paragraph.words.places.get(amount.start)
    if place is None:
        return code_other(context, paragraph, amount)
    passage = context.document.passages.at(amount.start)
    reading = read_role(context, paragraph, place, amount)
    role = (
        paragraph.quote(reading.hit, reading.role, reading.rule) if reading.hit else Found(reading.role, reading.rule)
    )
    outcome, region = (
        find_own(context, paragraph, facet, place, role.code, passage) for facet in ("outcome", "region")
    )
    implied = context.codebook.implied.get(outcome.code, "")
    regimen = find_regimen(context, paragraph, place, role.code, amount.kind)
    comparator = find_comparator(paragraph, place) or Found("false", "")
    return {
        "role": role,
        "outcome": outcome,
        "regimen": regimen,
        "population": find_population(context, paragraph, place, passage.section, implied),
        "region": region,
        "comparator": comparator,
        "answers": Found(find_answer(role.code, reading, comparator.code == "true"), "role"),
    }


def find_answer(role: str, reading: Reading, comparator: bool) -> str:
    """Tell which question a claim answers: how long a benefit lasts, how long a receptive state does, or none."""
    if comparator:
        return ""
    if role == "window":
        return "window" if reading.governing == "lasting window" else ""
    return "persistence" if role == "persistence" else ""


def read_role(context: Context, paragraph: Paragraph, place: int, amount: Stated) -> Reading:
    """Return the role of a time.

    Its own sentence decides; else the time before it in the same sentence, whose words it shares; else the label or
    heading above; else its frame.
    """
    book = context.codebook.roles
    low, high = paragraph.bounds(place)
    quote = context.document.text[amount.start : amount.end]
    reading = book.read(paragraph.words, paragraph.hits("role"), place, low, high, amount.kind)
    frame = reading.frame
    if frame and not frame.always:
        reading = follow_before(paragraph, place, low, reading, frame is book.rate, book.frames[-1]) or reading
    if not reading.role or (reading.rule.startswith("# + ") and reading.governing in UNSAID):
        reading = read_above(context, amount, reading) or reading
    if not reading.role and frame:
        is_care = context.subjects.at(amount.start)[0]
        role = default_role(frame, is_care, quote)
        rule = reading.rule
        if role == "persistence" and frame is book.span:
            role, rule = read_doing(paragraph.words, place, low, is_care, quote)
        reading = Reading(role, rule, reading.hit, "", frame)
    if reading.governing == "applying" and reading.role == "administration":
        is_body = list_small_words("body").intersection(paragraph.words.words[low:high])
        if not is_body and not context.subjects.at(amount.start)[0]:
            reading = replace(reading, role="other", rule=f"{reading.rule}, not about care")
    if reading.role == "course" and SHORT.search(quote) and not LONG.search(quote):
        reading = Reading("administration", f"{reading.rule}, in hours or less", reading.hit, reading.governing, frame)
    paragraph.readings.append((place, reading, amount.kind))
    return reading


def follow_before(
    paragraph: Paragraph, place: int, low: int, reading: Reading, is_rate: bool, bare: Frame
) -> Reading | None:
    """Return the role that a time shares with the time before it in its sentence, None where it has its own words.

    "Once a week for six weeks" is a course of what is given once a week; "numb for two hours, the lip for three" says
    the same of both.
    """
    if is_rate or not paragraph.readings:
        return None
    before, earlier, kind = paragraph.readings[-1]
    if not low <= before < place or (reading.hit and reading.hit.first > before):
        return None
    if kind == "frequency":
        if paragraph.words.distance(before, place) > SHARED:
            return None
        role = {"monitoring": "monitoring", "other": "course", "dosing_interval": "course"}.get(earlier.role, "")
        return Reading(role, "so often, so long", Hit(Cue(TIME, "time", role), before, before), "") if role else None
    if earlier.role != "persistence" and reading.frame not in (earlier.frame, bare):
        return None
    return Reading(
        earlier.role,
        "as the time before",
        Hit(Cue(TIME, "time", earlier.role), before, before),
        earlier.governing,
        earlier.frame,
    )


def read_above(context: Context, amount: Stated, reading: Reading) -> Reading | None:
    """Return the role that the labels, caption or heading above a time give, None where they say nothing."""
    frame = reading.frame
    if frame is None or frame.default not in ("other", "follow_up") or frame is context.codebook.roles.rate:
        return None
    passage = context.document.passages.at(amount.start)
    if passage.kind == "heading":
        return None
    book = context.codebook.roles
    texts = [("label", context.document.text[above.start : above.end]) for above in context.labels(passage)]
    for rule, text in [*texts, ("heading", passage.section)]:
        cue = context.search("role", text, UNSAID, SURE)
        role = book.meaning.get(cue.code, "") if cue else ""
        if cue and role:
            return Reading(role, f"{rule} '{cue.text}'", None, cue.code)
    return None


def default_role(frame: Frame, is_care: bool, quote: str) -> str:
    """Return the role of a time that no word governs.

    In a text about care a rate is that of doses, unless it counts years or amounts of time.
    """
    role = (frame.care if is_care else "") or frame.default
    return frame.default if role == "dosing_interval" and AMOUNT_PER.search(quote) else role


def read_doing(words: Words, place: int, low: int, is_care: bool, quote: str) -> tuple[str, str]:
    """Return the role of a time after "for" that no word governs, and the rule.

    What somebody does for a time, or what goes on for minutes, says nothing of an effect; an order in a text about care
    is an advice, for minutes one treatment.
    """
    is_brief = bool(BRIEF.search(quote) and not LONG.search(quote))
    if is_order(words, low, place):
        role = "other" if not is_care else "administration" if is_brief else "window"
        return role, "for # in an order"
    if is_doing(words, place, low):
        return "other", "for # of somebody doing"
    if is_brief and not is_state(words, place, low):
        return ("administration" if is_care else "other"), "for # of minutes"
    return "persistence", "for #"


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
    return Found("none", "not stated")


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
