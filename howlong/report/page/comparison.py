"""Lay out the figures that compare articles: evidence map, influence, agreement and envelope.

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
from howlong.report.page.words import is_vague, tell_possible, tidy
from howlong.spread import Conflict, Influence, Step, Stratum

FEW_SOURCES = 5
MANY_PAIRS = 20
MANY_SOURCES = 12
MOST_COLUMNS = 40
STILL = "nothing moves, in any reading"
RELATIONS = {
    "contradict": "contradict each other",
    "cannot be told": "cannot be told",
    "overlap": "overlap",
    "inside": "one fits inside the other",
}
FOLDED = {
    "contradict": "that contradict each other",
    "cannot be told": "of which it cannot be told, because an end is open or vague or they speak of different people",
    "overlap": "that overlap: some times fit both",
    "inside": "of which one fits inside the other",
}


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
class Pair:
    """Two claims side by side: what they are to each other, their bars, words, and distance."""

    relation: str
    name: str
    anchor: str
    track: Markup
    sides: tuple[tuple[str, str, str, str], ...]
    distance: str


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
    title = title_influence([row for row in rows if row.left_out], facts.reading, facts.usual_unit(stratum.claim_ids))
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
        said = tell_possible(facts, stratum)
        name = "Both articles" if chosen.sources == 2 else f"All {spell(chosen.sources)} articles"
        return InfluenceRow(name, marks.draw_svg(body, grid=axis.name), said, False)
    name = f"without {facts.naming.article(chosen.left_out)}"
    said = tell_readings(chosen, readings, usual)
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


def title_influence(every: Sequence[Influence], reading: str, usual: str) -> str:
    """State which article moves the answer, and in which reading where the others say otherwise."""
    rows = [row for row in every if row.reading == reading]
    moving = [row for row in rows if moves_low(row) or moves_high(row)]
    elsewhere = {row.left_out for row in every if row.reading != reading and (moves_low(row) or moves_high(row))}
    limited = f"Read {READING_WORDS[reading]}, " if elsewhere - {row.left_out for row in moving} else ""
    if not moving:
        return f"{limited}no single article moves the answer" if limited else "No single article moves the answer"
    row = max(
        moving, key=lambda row: (moves_high(row), abs(row.high_change_days or 0.0), abs(row.low_change_days or 0.0))
    )
    name = f"Article {row.left_out}" if len(row.left_out) <= 2 else row.left_out
    only = len(moving) == 1 and len(rows) > 1
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


def list_pairs(facts: Facts) -> list[tuple[str, str, int, list[Pair]]]:
    """Lay out pairs of claims of one stratum by relation, worst first, the first of many.

    Returns
    -------
    list of (str, str, int, list of Pair)
        The relation, its words, how many pairs there are, and those that the page shows.
    """
    names = {stratum.stratum_id: stratum for stratum in facts.strata}
    groups = []
    for relation, words in FOLDED.items():
        rows = [row for row in facts.conflicts if row.relation == relation and row.stratum_id in names]
        if rows:
            shown = [make_pair(facts, names[row.stratum_id], row) for row in rows[:MANY_PAIRS]]
            groups.append((relation, words, len(rows), shown))
    return groups


def make_pair(facts: Facts, stratum: Stratum, row: Conflict) -> Pair:
    """Lay out one pair of claims on a scale of its own."""
    intervals = [facts.interval(row.claim_a), facts.interval(row.claim_b)]
    ends = [
        end
        for item in intervals
        if item
        for end in (item.low_days, item.low_max_days, item.high_min_days, item.high_days)
    ]
    axis = fit_axis("", ends, "aside")
    body = "".join(
        f'<a href="{facts.statement(item.claim_id)}" tabindex="-1">{marks.draw_interval(item, axis, middle, leader=False)}</a>'
        for item, middle in zip(intervals, (9.0, 27.0), strict=True)
        if item
    )
    sides = tuple(
        (claim, facts.naming.article(source), tidy(quote), "vg" if vague else "st")
        for claim, source, quote, vague in (
            (row.claim_a, row.source_a, row.quote_a, row.vague_a),
            (row.claim_b, row.source_b, row.quote_b, row.vague_b),
        )
    )
    name = facts.naming.whole(stratum) + (" (both in one article)" if row.same_source else "")
    return Pair(row.relation, name, f"g-{slug(row.stratum_id)}", marks.draw_svg(body, 36), sides, tell_distance(row))


def tell_distance(row: Conflict) -> str:
    """Say how far apart two claims are, or why that cannot be told and how far apart they are at most."""
    if row.relation == "contradict":
        return f"at least {say_length(row.distance_days)} apart" if row.distance_days else "apart"
    if row.relation == "cannot be told":
        return f"{row.because}: {tell_gap(row.distance_days, row.distance_max_days)}"
    return "the same words" if row.quote_a.lower() == row.quote_b.lower() else "no time between them"


def tell_gap(least: float, most: float | None) -> str:
    """Say between which lengths the gap of two claims lies; 0 where they can meet, None where nothing limits it.

    >>> tell_gap(19.0, 335.0), tell_gap(0.0, 3.0), tell_gap(0.0, None)
    ('19 days to 11 months', 'from none to at most 3 days', 'from none to any length')
    """
    if not least:
        return f"from none to at most {say_length(most)}" if most else "from none to any length"
    if not most:
        return f"at least {say_length(least)}"
    return f"{say_length(least)} to {say_length(most)}" if most > least else say_length(least)


def title_agreement(facts: Facts) -> str:
    """State how many pairs contradict, and by how much; what cannot be told is no agreement."""
    apart = [row for row in facts.conflicts if row.relation == "contradict"]
    total = len(facts.conflicts)
    unknown = sum(row.relation == "cannot be told" for row in facts.conflicts)
    if not apart and unknown == total:
        whether = "the one pair contradicts" if total == 1 else f"any of {plural(total, 'pair')} contradicts"
        return f"Whether {whether} cannot be told"
    if not apart and unknown:
        fit = total - unknown
        said = f"{spell(fit)} of {plural(total, 'pair')} {'fits' if fit == 1 else 'fit'} together"
        return f"No pair is shown to contradict: {said}, for {spell(unknown)} it cannot be told"
    if not apart:
        return f"{share(total, total, 'pair')} {'agrees' if total == 1 else 'agree'}: some time fits both"
    furthest = max(row.distance_days for row in apart)
    verb = "contradicts, by" if len(apart) == 1 else "contradict, by up to"
    gap = f" {say_length(furthest)}" if furthest else " less than a day"
    doubt = f"; for {spell(unknown)} it cannot be told" if unknown else ""
    return f"{share(len(apart), total, 'pair')} {verb}{gap}{doubt}"


def note_agreement(facts: Facts) -> str:
    """Say how many pairs lie within one article, and what the distances of those that cannot be told are."""
    total, own = len(facts.conflicts), sum(row.same_source for row in facts.conflicts)
    if own == total:
        said = f"{share(total, total, 'pair')} {'lies' if total == 1 else 'lie'} within one article"
    elif own:
        said = f"{capitalise(spell(own))} of {plural(total, 'pair')} {'lies' if own == 1 else 'lie'} within one article"
        said += f"; {spell(total - own)} {'sets' if total - own == 1 else 'set'} two articles side by side"
    else:
        said = "Each sets two articles side by side"
    unknown = any(row.relation == "cannot be told" and row.distance_max_days for row in facts.conflicts)
    widest = " Where it cannot be told, the two may meet: the distance is the widest gap that their words allow."
    return f"{said}.{widest if unknown else ''}"


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
