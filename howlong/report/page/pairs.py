"""Lay out the figure of agreement: two statements of one answer side by side, what they are to each other, how far apart.

Law of the room: pairs of two articles come before pairs within one; what cannot be told is no agreement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from howlong.report.page import marks
from howlong.report.page.amounts import say_length
from howlong.report.page.axis import fit_axis
from howlong.report.page.facts import Facts
from howlong.report.page.naming import capitalise, plural, share, spell
from howlong.report.page.words import tidy
from howlong.spread import Conflict, Stratum

MANY_PAIRS = 20
RELATIONS = {
    "contradict": "contradict each other",
    "cannot be told": "cannot be told",
    "overlap": "overlap",
    "inside": "one fits inside the other",
}
HEADINGS = {
    "contradict": "They contradict each other",
    "cannot be told": "It cannot be told",
    "overlap": "They overlap",
    "inside": "One fits inside the other",
}


@dataclass(frozen=True)
class Pair:
    """Two claims side by side: what they are to each other, their bars, words, and distance."""

    relation: str
    name: str
    track: Markup
    sides: tuple[tuple[str, str, str, str], ...]
    distance: str


@dataclass(frozen=True)
class PairGroup:
    """Pairs of one relation, all of two articles or all within one.

    Attributes
    ----------
    title : str
        What they are to each other, how many there are, and whose.
    count : int
        How many pairs there are.
    shown : tuple of Pair
        The first of them, worst first.
    is_open : bool
        Whether they stand open: what sets two articles side by side, and every contradiction.
    """

    title: str
    count: int
    shown: tuple[Pair, ...]
    is_open: bool


def list_pairs(facts: Facts) -> list[PairGroup]:
    """Lay out pairs of claims of one stratum: contradictions, pairs of two articles, pairs within one; worst first."""
    return sorted(group_pairs(facts), key=lambda group: not group.is_open)


def group_pairs(facts: Facts) -> Iterable[PairGroup]:
    """Yield the pairs of each relation, those of two articles apart from those within one."""
    names = {stratum.stratum_id: stratum for stratum in facts.strata}
    for relation, heading in HEADINGS.items():
        for same in (False, True):
            rows = [row for row in facts.conflicts if (row.relation, row.same_source) == (relation, same)]
            rows = [row for row in rows if row.stratum_id in names]
            if rows:
                whose = "within one article" if same else "of two articles"
                yield PairGroup(
                    title=f"{heading}: {plural(len(rows), 'pair')} {whose}",
                    count=len(rows),
                    shown=tuple(make_pair(facts, names[row.stratum_id], row) for row in rows[:MANY_PAIRS]),
                    is_open=not same or relation == "contradict",
                )


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
    name = facts.naming.whole(stratum)
    return Pair(row.relation, name, marks.draw_svg(body, 36), sides, tell_distance(facts, row))


def tell_distance(facts: Facts, row: Conflict) -> str:
    """Say how far apart two claims are, or why that cannot be told and how far apart they are at most."""
    if row.relation == "contradict":
        return f"at least {say_length(row.distance_days)} apart" if row.distance_days else "apart"
    if row.relation == "cannot be told":
        because = tell_subjects(facts, row) if row.because == "different subjects" else row.because
        return f"{because}: {tell_gap(row.distance_days, row.distance_max_days)}"
    return "the same words" if row.quote_a.lower() == row.quote_b.lower() else "no time between them"


def tell_subjects(facts: Facts, row: Conflict) -> str:
    """Say of whom each of two claims speaks."""
    sides = [
        (facts.by_id[claim], source) for claim, source in ((row.claim_a, row.source_a), (row.claim_b, row.source_b))
    ]
    named = [(f"“{tidy(claim.subjects)}”", source) for claim, source in sides if claim.subjects]
    if len(named) == len(sides):
        return f"said of {named[0][0]} and of {named[1][0]}"
    silent = next(source for claim, source in sides if not claim.subjects)
    other = "the other does" if row.same_source else f"{silent} does"
    return f"{named[0][1]} says it of {named[0][0]}, {other} not say of whom"


def tell_gap(least: float, most: float | None) -> str:
    """Say between which lengths the gap of two claims lies; 0 where they can meet, None where nothing limits it.

    >>> tell_gap(19.0, 335.0), tell_gap(0.0, 3.0), tell_gap(0.0, None)
    ('19 days to 11 months', 'from none to at most 3 days', 'from none to any length')
    """
    if not least:
        return f"from none to at most {say_length(most, up=True)}" if most else "from none to any length"
    if not most:
        return f"at least {say_length(least, up=False)}"
    return f"{say_length(least, up=False)} to {say_length(most, up=True)}" if most > least else say_length(least)


def title_agreement(facts: Facts) -> str:
    """State how many pairs contradict, and by how much; what cannot be told is no agreement."""
    apart = [row for row in facts.conflicts if row.relation == "contradict"]
    between = [row for row in facts.conflicts if not row.same_source]
    rows = between if between and not apart else facts.conflicts
    total, whose = len(rows), " of two articles" if rows is between else ""
    unknown = sum(row.relation == "cannot be told" for row in rows)
    if not apart and unknown == total:
        whether = (
            f"the one pair{whose} contradicts" if total == 1 else f"any of {plural(total, 'pair')}{whose} contradicts"
        )
        return f"Whether {whether} cannot be told"
    if not apart and unknown:
        fit = total - unknown
        said = f"{spell(fit)} of {plural(total, 'pair')}{whose} {'fits' if fit == 1 else 'fit'} together"
        return f"No pair is shown to contradict: {said}, for {spell(unknown)} it cannot be told"
    if not apart:
        return f"{share(total, total, 'pair')}{whose} {'agrees' if total == 1 else 'agree'}: some time fits both"
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
    why = (
        " It cannot be told where an end is vague or open, or where one of them speaks of some people only, or of "
        "another statistic: "
        "the distance is then the widest gap that their words allow."
    )
    return f"{said}.{why if unknown else ''}"
