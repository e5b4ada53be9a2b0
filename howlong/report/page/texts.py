"""Lay out the articles' own words: statements, what was left out, and the passages they stand in.

Law of the room: text of an article is escaped, never altered; what is highlighted is exactly the quote.
"""

from __future__ import annotations

import csv
import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files

from markupsafe import Markup, escape

from howlong.claims import Claim, Found, read_cue
from howlong.claims.inflection import add_s
from howlong.durations import Interval
from howlong.quantities import ExclusionRow
from howlong.quantities.lexicon import load_lexicon
from howlong.report.page.amounts import UNITS, say_range
from howlong.report.page.facts import Facts
from howlong.report.page.naming import FACETS, READING_WORDS, ROLE_WORDS, list_first
from howlong.report.page.words import say_interval, tidy
from howlong.sources import Document, Source

SHARED_WORDS = 10
MANY_PARTNERS = 5
MOST_PARTS = 12
COMPARING = ("more", "less", "fewer", "over", "above", "older", "younger")


@dataclass(frozen=True)
class Code:
    """One code of a claim: its facet, its words on the page, and the cue that gave it."""

    facet: str
    words: str
    cue: str


@dataclass(frozen=True)
class Statement:
    """One claim in full: its sentence with the quote marked, where it stands, what it was read as, and why."""

    claim_id: str
    sentence: Markup
    section: str
    place: str
    read: str
    kind: str
    role: str
    codes: tuple[Code, ...]
    notes: tuple[str, ...]
    verdict: str
    row: str
    in_source: bool
    original: str
    days: str
    precision: str


@dataclass(frozen=True)
class SourceText:
    """One article: its description, counts, statements, and the passages that the page may show."""

    source: Source
    name: str
    full_name: str
    statements: tuple[Statement, ...]
    passages: tuple[Markup, ...]
    answering: int
    windows: int
    shared: str
    origins: str


@dataclass(frozen=True)
class Reason:
    """Why amount words were left out: the reason and what it means, how many, and each in its sentence."""

    reason: str
    said: str
    count: int
    items: tuple[tuple[str, Markup], ...]


def tell_sources(facts: Facts) -> list[SourceText]:
    """Lay out every article that was read."""
    embed = str(facts.parameters.get("embed") or "sentences")
    shared = find_shared(facts)
    return [tell_source(facts, source, embed, shared.get(source.source_id, "")) for source in facts.sources]


def tell_source(facts: Facts, source: Source, embed: str, shared: str) -> SourceText:
    """Lay out one article."""
    claims = [claim for claim in facts.claims if claim.source_id == source.source_id]
    document = facts.documents.get(source.source_id)
    return SourceText(
        source=source,
        name=facts.naming.article(source.source_id),
        full_name=facts.naming.full_name(source),
        statements=tuple(tell_statement(facts, claim, document, embed) for claim in claims),
        passages=tuple(show_passages(facts, document, claims, embed)) if document else (),
        answering=sum(claim.answers == "persistence" for claim in claims),
        windows=sum(claim.answers == "window" for claim in claims),
        shared=shared,
        origins=say_origins(claims),
    )


def say_origins(claims: Sequence[Claim]) -> str:
    """Say whom an article names as the origin of its amounts, those that can be looked up apart; "" where nobody."""
    named: dict[bool, dict[str, None]] = {True: {}, False: {}}
    for claim in claims:
        if claim.attribution:
            named[claim.locatable][f"“{tidy(claim.attribution)}”"] = None
    found, lost = (list_first(list(named[kind]), MANY_PARTNERS) for kind in (True, False))
    parts = [f"{found}, to be looked up"] if found else []
    return "; ".join(parts + ([f"{lost}, which cannot be looked up"] if lost else []))


def tell_statement(facts: Facts, claim: Claim, document: Document | None, embed: str) -> Statement:
    """Lay out one claim."""
    interval = facts.interval(claim.claim_id)
    kind = "vg" if claim.vague_low or claim.vague_high else "st"
    sentence = mark_sentence(claim, document, kind) if embed != "none" else mark_text(claim.quote, kind)
    original = facts.by_id.get(claim.duplicate_of)
    return Statement(
        claim_id=claim.claim_id,
        sentence=sentence,
        section=tidy(claim.section) if embed != "none" else "",
        place=f"{claim.start:,}–{claim.end:,}",
        read=read_claim(facts, claim),
        kind=kind,
        role=word_role(claim) if interval or claim.kind == "frequency" else claim.kind,
        codes=tuple(tell_codes(facts, claim)),
        notes=tuple(note_claim(claim)),
        verdict=claim.verdict,
        row=facts.row_of.get(claim.claim_id, ""),
        in_source=embed != "none" and document is not None,
        original=original.claim_id if original else "",
        days=find_days(interval),
        precision="" if claim.role_precision is None else f"{claim.role_precision:g}",
    )


def find_days(row: Interval | None) -> str:
    """Return the length by which a statement is sorted: its longest, else its shortest; "" where it has none."""
    days = (row.high_days or row.low_days) if row else None
    return f"{days:.4g}" if days else ""


def mark_text(text: str, kind: str) -> Markup:
    """Mark a whole text as a quote."""
    return Markup("<mark class={}>{}</mark>").format(kind, text)


def mark_sentence(claim: Claim, document: Document | None, kind: str) -> Markup:
    """Return a claim's sentence with its quote marked."""
    if document is not None:
        first, last = document.passages.span(claim.start, claim.end)
        before, after = document.text[first : claim.start], document.text[claim.end : last]
    else:
        before, _, after = claim.sentence.partition(claim.quote)
    return escape(before) + mark_text(claim.quote, kind) + escape(after)


def read_claim(facts: Facts, claim: Claim) -> str:
    """Say what a claim was read as: days for a time, else its value with its unit."""
    base = facts.interval(claim.claim_id)
    if base is None:
        return read_value(claim)
    said = say_interval(claim, base) or "open on both sides"
    if base.approx and not base.vague and (base.low_stated_days or base.high_stated_days):
        stated = say_range(base.low_stated_days, base.high_stated_days, base.high_days is None, claim.unit)
        return f"about {stated}, taken as {said}"
    if not base.vague:
        return said
    others = []
    for reading in READING_WORDS:
        row = facts.interval(claim.claim_id, reading)
        if row is not None and reading != facts.reading:
            other = say_interval(claim, row)
            others += [f"{READING_WORDS[reading]} {other}"] if other != said else []
    return f"{said}; {', '.join(others)}" if others else said


def read_value(claim: Claim) -> str:
    """Say a value that is no length of time, its unit in the number of its amount."""
    if claim.low is None and claim.high is None:
        return "not read: it has no number" if claim.vague_low or claim.vague_high else ""
    low, high = (write_value(value, claim.kind) for value in (claim.low, claim.high))
    amount = (
        low if low == high else f"{low}–{high}" if low and high else f"at least {low}" if low else f"at most {high}"
    )
    if claim.kind == "frequency" and claim.unit in UNITS:
        return say_rate(claim, amount)
    said = f"{amount}{'' if claim.unit == '%' else ' '}{word_unit(claim, amount == '1')}".strip()
    return f"about {said}" if claim.approx else said


def say_rate(claim: Claim, amount: str) -> str:
    """Say how often: "every day", "every 2–3 weeks", "2 times a week"."""
    if claim.modifier == "per":
        return f"{'once' if amount == '1' else f'{amount} times'} a{'n' * (claim.unit == 'hour')} {claim.unit}"
    return f"every {claim.unit}" if amount == "1" else f"every {amount} {add_s(claim.unit)}"


def write_value(value: float | None, kind: str) -> str:
    """Write one number; a fraction as a fraction where it is one of small numbers.

    >>> write_value(1 / 3, "fraction"), write_value(0.125, "number"), write_value(None, "count")
    ('1/3', '0.125', '')
    """
    if value is None:
        return ""
    part = Fraction(value).limit_denominator(MOST_PARTS)
    is_part = kind == "fraction" and part.denominator > 1 and math.isclose(float(part), value, rel_tol=1e-6)
    return str(part) if is_part else f"{value:g}"


def word_unit(claim: Claim, is_one: bool) -> str:
    """Return a unit as a reader would say it: the counted noun as worded, "minutes a week" for minute/week."""
    if claim.kind == "count" and claim.unit:
        words = re.findall(r"[^\W\d_]+", claim.quote)
        worded = [word for word in words if word.lower().startswith(claim.unit.lower())] or words[-1:]
        if worded and worded[-1].lower() == claim.unit.lower() and not is_one:
            return add_s(claim.unit)  # "a six-session protocol"
        return worded[-1] if worded and worded[-1] not in COMPARING else f"({claim.unit})"
    first, *per = re.split(r"/| per ", claim.unit)
    if claim.kind != "frequency" or not per:
        return claim.unit
    return " a ".join([first if is_one or not first else add_s(first), *per])


def tell_codes(facts: Facts, claim: Claim) -> Iterable[Code]:
    """Yield a claim's codes in the order of the facets, each with the cue that gave it."""
    cues = {facet: say_found(found) for facet, found in read_cue(claim.cue).items()}
    if claim.kind in ("duration", "frequency"):
        yield Code("role", word_role(claim), cues.get("role", "") + rate_role(claim))
    for facet in FACETS:
        code = getattr(claim, facet)
        if code and (facet in cues or code not in ("none", "unspecified")):
            words = "not stated" if code == "unspecified" else facts.naming.code(facet, code) or code
            yield Code(facet, words, cues.get(facet, ""))
    if claim.comparator:
        yield Code("about", "something other than the intervention", cues.get("comparator", ""))
    if claim.denied:
        yield Code("denied", "it does not last so long", cues.get("denied", ""))


def word_role(claim: Claim) -> str:
    """Say what a time tells; the length of a receptive state is told apart from a time named or advised."""
    return ROLE_WORDS.get("window length" if claim.answers == "window" else claim.role, claim.role)


def rate_role(claim: Claim) -> str:
    """Say how often the rule that gave a role is right, nothing where a person decided."""
    return "" if claim.role_precision is None else f", a rule right for {round(100 * claim.role_precision)} of 100"


def say_found(found: Found) -> str:
    """Say what gave a code: the words that were read, the rule, and where they stand.

    >>> say_found(Found("persistence", "cue", "lasting", 10, 17))
    '“lasting” (cue, 10–17)'
    >>> say_found(Found("human", "the document's subject"))
    "the document's subject"
    """
    place = f", {found.start}–{found.end}" if found.start >= 0 else ""
    return f"“{tidy(found.words)}” ({found.rule}{place})" if found.words else found.rule


def note_claim(claim: Claim) -> Iterable[str]:
    """Yield what else a claim says: its softening word, of whom, what it is of, and who is named as origin."""
    if claim.hedge:
        yield f"softened by “{word_hedge(claim)}”"
    if claim.statistic:
        yield f"a {claim.statistic} value"
    if claim.subjects:
        yield f"of “{tidy(claim.subjects)}”"
    if claim.attribution:
        yield f"said to come from “{tidy(claim.attribution)}”" + (
            "" if claim.locatable else ", which cannot be looked up"
        )


def word_hedge(claim: Claim) -> str:
    """Return a claim's softening word as its sentence has it: the last before the amount, else the vocabulary's form."""
    before = claim.sentence.partition(claim.quote)[0].lower()
    forms = [phrase.form.lower() for phrase in load_lexicon().of("hedge") if phrase.normal == claim.hedge]
    found = [match for form in forms for match in re.finditer(rf"\b{re.escape(form)}\b", before)]
    return max(found, key=lambda match: match.end())[0] if found else tidy(claim.hedge)


def show_passages(facts: Facts, document: Document, claims: Sequence[Claim], embed: str) -> Iterable[Markup]:
    """Yield an article's passages with their quotes marked: those with claims, all, or none."""
    if embed == "none":
        return
    ordered = sorted(claims, key=lambda claim: claim.start)
    starts = [claim.start for claim in ordered]
    for first, last in merge_spans(document, claims, full=embed == "full"):
        within = ordered[bisect_left(starts, first) : bisect_left(starts, last)]
        inside = [claim for claim in within if claim.end <= last]
        yield mark_passage(document.text, first, last, inside)


def merge_spans(document: Document, claims: Sequence[Claim], full: bool) -> list[tuple[int, int]]:
    """Return the offsets of the passages to show, those that share a claim joined."""
    spans = [document.passages.span(claim.start, claim.end) for claim in claims]
    if full:
        spans += [(passage.start, passage.end) for passage in document.passages.items]
    merged: list[tuple[int, int]] = []
    for first, last in sorted(set(spans)):
        if merged and first < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def mark_passage(text: str, first: int, last: int, claims: Sequence[Claim]) -> Markup:
    """Return one passage with each quote marked, linked to its statement."""
    parts, at = [], first
    for claim in claims:
        if claim.start < at:
            parts.append(Markup("<span id=q-{}></span>").format(claim.claim_id))
            continue
        kind = "vg" if claim.vague_low or claim.vague_high else "st"
        parts.append(escape(text[at : claim.start]))
        parts.append(
            Markup("<a href=#c-{0} id=q-{0}><mark class={1}>{2}</mark></a>").format(claim.claim_id, kind, claim.quote)
        )
        at = claim.end
    return Markup("").join([*parts, escape(text[at:last])])


def find_shared(facts: Facts) -> dict[str, str]:
    """Say, for each article, how many of its passages share a run of ten words with another passage, and whose."""
    places: dict[tuple[str, ...], set[tuple[str, int]]] = defaultdict(set)
    for source_id, document in facts.documents.items():
        for passage in document.passages.items:
            if passage.kind != "caption":
                words = re.findall(r"\w+", document.text[passage.start : passage.end].lower())
                for at in range(len(words) - SHARED_WORDS + 1):
                    places[tuple(words[at : at + SHARED_WORDS])].add((source_id, passage.number))
    partners: dict[tuple[str, int], set[str]] = defaultdict(set)
    for found in places.values():
        sources = Counter(source_id for source_id, _ in found)
        for here in found:
            partners[here] |= {other for other, count in sources.items() if count > (other == here[0])}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (source_id, _), others in partners.items():
        counts[source_id].update(others)
    return {source_id: say_shared(facts, source_id, others) for source_id, others in counts.items() if others}


def say_shared(facts: Facts, source_id: str, others: Counter[str]) -> str:
    """Say with whom an article shares wording."""
    said = []
    for other, count in sorted(others.items()):
        whom = "another passage of its own" if other == source_id else facts.naming.article(other)
        said.append(f"{count} passage{'' if count == 1 else 's'} with {whom}")
    return list_first(said, MANY_PARTNERS)


def list_reasons(facts: Facts, exclusions: Sequence[ExclusionRow]) -> list[Reason]:
    """Lay out what was left out, by reason, the most frequent first."""
    groups: dict[str, list[ExclusionRow]] = defaultdict(list)
    for row in exclusions:
        groups[row.reason].append(row)
    ordered = sorted(groups.items(), key=lambda item: (item[0] != "unresolved", -len(item[1]), item[0]))
    said = read_reasons()
    return [
        Reason(reason, said.get(reason, ""), len(rows), tuple(show_exclusion(facts, row) for row in rows))
        for reason, rows in ordered
    ]


def read_reasons() -> dict[str, str]:
    """Read what each reason means in plain words."""
    text = files("howlong.report.page").joinpath("templates", "reasons.csv").read_text(encoding="utf-8")
    return {row["reason"]: row["said"] for row in csv.DictReader(text.splitlines())}


def show_exclusion(facts: Facts, row: ExclusionRow) -> tuple[str, Markup]:
    """Return one excluded amount word in its sentence."""
    document = facts.documents.get(row.source_id)
    if facts.parameters.get("embed") == "none" or document is None:
        return row.source_id, mark_text(row.quote, "ex")
    first, last = document.passages.span(row.start, row.end)
    before, after = (
        document.text[max(first, row.start - 90) : row.start],
        document.text[row.end : min(last, row.end + 90)],
    )
    opening = "… " if row.start - 90 > first else ""
    closing = " …" if row.end + 90 < last else ""
    return row.source_id, escape(opening + before) + mark_text(row.quote, "ex") + escape(after + closing)
