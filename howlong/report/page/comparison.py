"""Lay out the figures that compare articles: evidence map, influence and envelope.

Law of the room: it shows rows that the spread made; grey and ink stand for readings, blue and amber keep their meaning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from howlong.report.page import marks
from howlong.report.page.amounts import say_length, say_range
from howlong.report.page.axis import Axis, fit_axis, write_percent
from howlong.report.page.facts import Facts
from howlong.report.page.naming import READING_WORDS, capitalise, join_or, plural, share, slug, spell
from howlong.report.page.words import is_vague, opens_in_numbers, tell_possible, tell_stated, tidy
from howlong.spread import Influence, Step, Stratum

FEW_SOURCES = 5
MANY_SOURCES = 12
MOST_COLUMNS = 40
STILL = "nothing moves, in any reading"


@dataclass(frozen=True)
class Square:
    """One claim in the evidence map: its id, its mark, and its words for a screen reader."""

    claim_id: str
    kind: str
    label: str


@dataclass(frozen=True)
class MapRow:
    """One stratum in the evidence map: its name, a list of squares for each article, and how many articles."""

    anchor: str
    head: str
    tail: str
    cells: tuple[tuple[Square, ...], ...]
    articles: int


@dataclass(frozen=True)
class EvidenceMap:
    """The evidence map: who speaks of what, and who does not."""

    title: str
    alternative: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[MapRow, ...]


@dataclass(frozen=True)
class InfluenceRow:
    """One article left out: its name, nested bars, and what moves in words."""

    name: str
    track: Markup
    moves: str
    is_loss: bool
    source_id: str = ""


@dataclass(frozen=True)
class InfluenceTable:
    """A stratum's leave-one-out rows on their own axis."""

    head: str
    title: str
    alternative: str
    axis: Axis
    rows: tuple[InfluenceRow, ...]


@dataclass(frozen=True)
class Envelope:
    """A stratum's envelope: one drawing and its steps in words."""

    head: str
    title: str
    axis: Axis
    drawing: Markup
    steps: tuple[tuple[str, int, int], ...] = field(default=())


def map_evidence(facts: Facts) -> EvidenceMap | None:
    """Lay out strata by articles; None where there are no strata."""
    if not facts.strata:
        return None
    rows = tuple(make_map_row(facts, stratum) for stratum in facts.strata)
    cells = [cell for row in rows for cell in row.cells]
    gaps, is_wide = sum(not cell for cell in cells), len(facts.sources) > MOST_COLUMNS
    singles = sum(row.articles == 1 for row in rows)
    verb = "rests" if singles == 1 else "rest"
    empty = f"{gaps} of {len(cells)} cells are empty" if gaps > 1 else f"{spell(gaps)} cell is empty"
    title = f"{share(singles, len(rows), 'row')} {verb} on one article; {empty}"
    said = " ".join(f"{facts.naming.whole(row)}: {plural(row.sources, 'article')}." for row in facts.strata)
    return EvidenceMap(
        title=title,
        alternative=f"Evidence map. {title}. {said} Every square is in the table.",
        columns=() if is_wide else tuple((row.source_id, facts.naming.article(row.source_id)) for row in facts.sources),
        rows=tuple(replace(row, cells=()) for row in rows) if is_wide else rows,
    )


def make_map_row(facts: Facts, stratum: Stratum) -> MapRow:
    """Lay out one stratum of the evidence map."""
    squares: dict[str, list[Square]] = {source.source_id: [] for source in facts.sources}
    for name in stratum.claim_ids:
        claim = facts.by_id[name]
        label = f"{facts.naming.article(claim.source_id)}: “{tidy(claim.quote)}”"
        squares[claim.source_id].append(Square(name, "vg" if is_vague(facts, name) else "st", label))
    return MapRow(
        anchor=f"g-{slug(stratum.stratum_id)}",
        head=facts.naming.head(stratum),
        tail=facts.naming.tail(stratum),
        cells=tuple(tuple(cell) for cell in squares.values()),
        articles=stratum.sources,
    )


def chart_influence(facts: Facts) -> list[InfluenceTable]:
    """Lay out, for every stratum with two or more articles, what happens without each; the lead first."""
    lead = facts.lead.stratum_id if facts.lead else ""
    strata = sorted(facts.strata, key=lambda stratum: (stratum.stratum_id != lead, stratum.place))
    tables = []
    for stratum in strata:
        rows = [row for row in facts.influence if row.stratum_id == stratum.stratum_id]
        if len({row.left_out for row in rows}) > 1:
            tables.append(make_influence(facts, stratum, rows))
    return tables


def make_influence(facts: Facts, stratum: Stratum, rows: Sequence[Influence]) -> InfluenceTable:
    """Lay out one stratum without each of its articles."""
    axis = fit_axis(
        f"grid-{slug(stratum.stratum_id)}",
        [end for row in rows for end in (row.possible_low_days, row.possible_high_days)],
    )
    by_set: dict[str, dict[str, Influence]] = {}
    for row in rows:
        by_set.setdefault(row.left_out, {})[row.reading] = row
    full = by_set.get("", {})
    laid = [make_influence_row(facts, stratum, readings, full, axis) for readings in by_set.values()]
    laid.sort(key=lambda row: row.name.startswith("without"))
    if len(laid) > MANY_SOURCES + 1:
        moving = [row for row in laid[1:] if row.moves != STILL]
        still = InfluenceRow(f"without one of {len(laid) - 1 - len(moving)} others", Markup(""), STILL, False)
        laid = [laid[0], *moving, still]
    title = title_influence(facts, stratum, rows)
    name = facts.naming.whole(stratum)
    said = " ".join(f"{capitalise(row.name)}: {row.moves}." for row in laid)
    return InfluenceTable(name, title, f"Influence chart. {name}. {title}. {said}", axis, tuple(laid))


def make_influence_row(
    facts: Facts, stratum: Stratum, readings: dict[str, Influence], full: dict[str, Influence], axis: Axis
) -> InfluenceRow:
    """Lay out one set of articles: nested bars of the three readings, the lost part, and the words."""
    chosen = readings.get(facts.reading) or next(iter(readings.values()))
    whole = full.get(chosen.reading)
    body = "".join(
        draw_nested(readings[name], axis, kind, thick)
        for name, kind, thick in (("wide", "iw", 2.0), ("base", "ib", 8.0), ("narrow", "in", 16.0))
        if name in readings
    )
    if whole is not None:
        body = draw_reference(whole, axis) + body + draw_lost(chosen, whole, axis)
    usual = facts.usual_unit(stratum.claim_ids)
    if not chosen.left_out:
        numbers = tell_stated(facts, stratum)
        said = tell_possible(facts, stratum) + (f"; in numbers {numbers}" if numbers else "")
        name = "Both articles" if chosen.sources == 2 else f"All {spell(chosen.sources)} articles"
        return InfluenceRow(name, marks.draw_svg(body, grid=axis.name), said, False)
    name = f"without {facts.naming.article(chosen.left_out)}"
    said, numbers = tell_readings(chosen, readings, usual), tell_numbers(facts, stratum, chosen, whole)
    if numbers:
        said = f"{said} of vague words, but {numbers}" if said == STILL else f"{said}; {numbers}"
    track, is_loss = marks.draw_svg(body, grid=axis.name), bool(tell_moves(chosen, usual))
    return InfluenceRow(name, track, said, is_loss, chosen.left_out)


def tell_readings(chosen: Influence, readings: Mapping[str, Influence], usual: str) -> str:
    """Say what moves in the page's reading, and in which of the others something moves too."""
    moves = tell_moves(chosen, usual)
    others = {name: tell_moves(row, usual) for name, row in readings.items() if name != chosen.reading}
    moving = [READING_WORDS[name] for name, words in others.items() if words]
    if not moving:
        still = [READING_WORDS[name] for name in others]
        return f"{moves}; nothing if read {join_or(still)}" if moves else STILL
    if moves:
        return f"{moves}, {'in every reading' if len(moving) == len(others) else f'also if read {moving[0]}'}"
    told = "; ".join(f"read {READING_WORDS[name]}, {words}" for name, words in others.items() if words)
    return f"nothing moves if read {READING_WORDS[chosen.reading]}; {told}"


def tell_numbers(facts: Facts, stratum: Stratum, row: Influence, whole: Influence | None) -> str:
    """Say what becomes of the range in numbers without an article, "" where it stays as it is."""
    before, after = (say_numbers(facts, stratum, side) if side else "" for side in (whole, row))
    return f"in numbers {before} → {after or 'none'}" if before and before != after else ""


def say_numbers(facts: Facts, stratum: Stratum, row: Influence) -> str:
    """Say the range in numbers of the articles that are left."""
    openers = [name for name in stratum.high_open_by if facts.by_id[name].source_id != row.left_out]
    usual, is_open = facts.usual_unit(stratum.claim_ids), opens_in_numbers(facts, openers)
    return say_range(row.stated_low_days, row.stated_high_days, is_open, usual)


def draw_nested(row: Influence, axis: Axis, kind: str, thick: float) -> str:
    """Draw one reading of one set as a bar; an open end as an arrow."""
    low, high = row.possible_low_days, row.possible_high_days
    body = ""
    if low is not None and high is not None:
        body = marks.draw_bar(axis, kind, low, high, thick=thick)
    if kind == "ib" and row.high_open:
        body += marks.draw_arrow(axis, "hu", max(high or 0.0, low or 0.0), right=True)
    if kind == "ib" and low is None and high is not None:
        body += marks.draw_arrow(axis, "hu", high, right=False)
    return body


def draw_reference(whole: Influence, axis: Axis) -> str:
    """Draw dotted lines at the ends of the full set."""
    ends = [end for end in (whole.possible_low_days, whole.possible_high_days) if end is not None]
    return "".join(
        f'<line class="rf" x1="{x}" x2="{x}" y2="34"/>' for x in (write_percent(axis.place(end)) for end in ends)
    )


def draw_lost(row: Influence, whole: Influence, axis: Axis) -> str:
    """Draw the parts of the full range that are lost without an article."""
    body = ""
    low, full_low = row.possible_low_days, whole.possible_low_days
    high, full_high = row.possible_high_days, whole.possible_high_days
    if low is not None and full_low is not None and full_low < low:
        body += marks.draw_bar(axis, "lo", full_low, low)
    if high is not None and full_high is not None and high < full_high:
        body += marks.draw_bar(axis, "lo", high, full_high)
    return body


def tell_moves(row: Influence, usual: str) -> str:
    """Say which ends move without an article, "" where none does."""
    if row.claims == 0:
        return "nothing is left"
    parts = []
    if moves_low(row):
        parts.append(
            f"shortest {tell_end(row.full_low_days, 'no limit', usual)} → {tell_end(row.possible_low_days, 'no limit', usual)}"
        )
    if moves_high(row):
        before = "open" if row.full_high_open else tell_end(row.full_high_days, "open", usual)
        after = "open" if row.high_open else tell_end(row.possible_high_days, "open", usual)
        parts.append(f"longest {before} → {after}")
    return ", ".join(parts)


def moves_low(row: Influence) -> bool:
    """Tell whether the shortest length becomes another, or is no longer told."""
    return row.low_moves and row.possible_low_days != row.full_low_days


def moves_high(row: Influence) -> bool:
    """Tell whether the longest length becomes another; an end that stays open stays as it is."""
    if row.full_high_open and row.high_open:
        return False
    return row.high_moves and (row.full_high_open or row.possible_high_days != row.full_high_days)


def tell_end(days: float | None, missing: str, usual: str) -> str:
    """Say one end, or that there is none."""
    return missing if days is None else say_length(days, usual)


def title_influence(facts: Facts, stratum: Stratum, every: Sequence[Influence]) -> str:
    """State which article moves the answer, and in which reading where the others say otherwise."""
    reading, usual = facts.reading, facts.usual_unit(stratum.claim_ids)
    rows = [row for row in every if row.reading == reading and row.left_out]
    moving = [row for row in rows if moves_low(row) or moves_high(row)]
    elsewhere = {row.left_out for row in every if row.reading != reading and (moves_low(row) or moves_high(row))}
    limited = f"Read {READING_WORDS[reading]}, " if elsewhere - {row.left_out for row in moving} else ""
    whole = next((row for row in every if row.reading == reading and not row.left_out), None)
    counting = [row.left_out for row in rows if row not in moving and tell_numbers(facts, stratum, row, whole)]
    if not moving:
        rest = (
            f" with vague words; {join_or([facts.naming.article(name) for name in counting])} moves it in numbers"
            if counting
            else ""
        )
        return capitalise(f"{limited}no single article moves the answer{rest}")
    row = max(
        moving, key=lambda row: (moves_high(row), abs(row.high_change_days or 0.0), abs(row.low_change_days or 0.0))
    )
    name = facts.naming.article(row.left_out)
    only = len(moving) == 1 and len(rows) > 1 and not counting
    opening = f"only {name} moves the answer: without it" if only else f"without {name}"
    opening = limited + opening if limited else capitalise(opening)
    if moves_high(row):
        return f"{opening}, {title_high(row, usual)}"
    if row.full_low_days and row.possible_low_days:
        before, after = say_length(row.full_low_days, usual), say_length(row.possible_low_days, usual)
        return f"{opening}, the shortest rises from {before} to {after}"
    return f"{opening}, no shortest length is told"


def title_high(row: Influence, usual: str) -> str:
    """State what becomes of the longest length."""
    if row.possible_high_days is None:
        return "no longest length is told"
    after = say_length(row.possible_high_days, usual)
    if row.full_high_open:
        return f"the end is no longer open but at {after}"
    before = say_length(row.full_high_days or row.possible_high_days, usual)
    return f"the longest falls from {before} to {after}"


def draw_envelopes(facts: Facts) -> list[Envelope]:
    """Lay out the envelope of every stratum that has enough articles."""
    envelopes = []
    for stratum in facts.strata:
        steps = [step for step in facts.steps if step.stratum_id == stratum.stratum_id]
        if steps:
            envelopes.append(draw_envelope(facts, stratum, steps))
    return envelopes


def draw_envelope(facts: Facts, stratum: Stratum, steps: Sequence[Step]) -> Envelope:
    """Draw one envelope: certain solid, possible hatched between, height in whole articles."""
    axis = fit_axis(
        f"steps-{slug(stratum.stratum_id)}", [step.from_days for step in steps] + [step.to_days for step in steps]
    )
    unit, body = 16, []
    for step in steps:
        left, right = axis.place(step.from_days), axis.place(step.to_days) if step.to_days else 100.0
        for kind, top, bottom in (("vg", step.possible, step.certain), ("st", step.certain, 0)):
            if top > bottom and right > left:
                y, height = (step.sources - top) * unit, (top - bottom) * unit
                body.append(
                    f'<rect class="{kind}" x="{write_percent(left)}" width="{write_percent(right - left)}" y="{y}" height="{height}"/>'
                )
    body += [
        draw_count(count, steps[0].sources, unit)
        for count in sorted({steps[0].sources, (steps[0].sources + 1) // 2, 0})
    ]
    half = [step for step in steps if step.certain * 2 >= step.sources and step.to_days]
    until = say_length(half[-1].to_days or 0.0) if half else ""
    title = (
        f"At least half of {plural(stratum.sources, 'article')} certainly still report it up to {until}"
        if half
        else "No time at which half of the articles certainly report it"
    )
    words = tuple(
        (say_range(step.from_days, step.to_days, step.to_days is None) or "later", step.certain, step.possible)
        for step in steps
    )
    return Envelope(
        facts.naming.whole(stratum), title, axis, marks.draw_svg("".join(body), stratum.sources * unit), words
    )


def draw_count(count: int, of: int, unit: int) -> str:
    """Draw a line at a count of articles, with the count before it."""
    y = (of - count) * unit
    return f'<line class="g1" x2="100%" y1="{y}" y2="{y}"/><text class="yl" x="-8" y="{y + 4}">{count}</text>'


def excuse_envelope(facts: Facts) -> str:
    """Say why there is no envelope."""
    most = max((stratum.sources for stratum in facts.strata), default=0)
    return f"An envelope over time is drawn from {spell(FEW_SOURCES)} articles on; the answer with most articles has {spell(most)}."
