"""Lay out the charts that are tables: claims by stratum, and onset, peak and advised window.

Law of the room: a row of a chart is a row of a table; what the mark shows, the last cell says in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from howlong.claims import Claim
from howlong.durations import Interval
from howlong.report.page import marks
from howlong.report.page.amounts import say_length, say_range
from howlong.report.page.answers import tell_advised
from howlong.report.page.axis import Axis, fit_axis
from howlong.report.page.facts import FIGURE_ROLES, Facts
from howlong.report.page.naming import (
    ROLE_WORDS,
    ROLES,
    capitalise,
    join_words,
    list_first,
    plural,
    share,
    slug,
    spell,
)
from howlong.report.page.words import changes_nothing, say_interval, say_together, tell_possible, tell_stated, tidy
from howlong.spread import Stratum

MANY_ROWS = 8
MOST_ROWS = 400
MOST_NAMES = 3
CAPTION = (
    "Each row is one statement. The mark shows where the article lets the effect end; the hairline before it is time "
    "in which it is still reported. Choose a row to see its sentence."
)
CAPTION_OF_MANY = (
    f"There are more than {MOST_ROWS} statements, so each row is one article. Its marks lie over each other, and the last "
    "cell spans them; open its words to see each statement."
)


@dataclass(frozen=True)
class Row:
    """One claim in a chart.

    Attributes
    ----------
    claim_id, article, quote : str
        Which claim, whose, in which words.
    track : Markup
        Its mark.
    value : str
        What the mark shows, in words.
    kind : str
        "st" in numbers, "vg" read from a vague word.
    parts : tuple of (str, str)
        Id and words of each claim, where a row stands for all claims of one article.
    is_copy : bool
        Whether the claim has its own row in another figure, and stands here to be compared.
    about : str
        What the time is of, where rows of one group are of different things; or that its sentence denies it.
    """

    claim_id: str
    article: str
    quote: str
    track: Markup
    value: str
    kind: str
    parts: tuple[tuple[str, str], ...] = ()
    is_copy: bool = False
    about: str = ""


@dataclass(frozen=True)
class Group:
    """The rows of one stratum, or of one role.

    Attributes
    ----------
    anchor, head, tail : str
        Its id in the page and the two lines of its name.
    track : Markup
        The bracket of all its articles; empty where there is only one.
    articles : int
        How many articles speak.
    rows : tuple of Row
        Its claims.
    note : str
        What else belongs to it: statements that only repeat these.
    said : str
        Its range in words, for the line it is folded under.
    """

    anchor: str
    head: str
    tail: str
    track: Markup
    articles: int
    rows: tuple[Row, ...]
    note: str = ""
    said: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart that is a table.

    Attributes
    ----------
    title, caption, alternative : str
        The finding, how to read it, and what it says to those who do not see it.
    axis : Axis
        Its axis.
    groups : tuple of Group
        Its groups, in order.
    """

    title: str
    caption: str
    alternative: str
    axis: Axis
    groups: tuple[Group, ...]


def read_as(claim: Claim, row: Interval) -> str:
    """Say in a table's cell what a claim's mark shows."""
    if row.approx and not row.vague and (row.low_stated_days or row.high_stated_days):
        said = say_range(row.low_stated_days, row.high_stated_days, row.high_days is None, claim.unit, short=True)
        return f"about {said}"
    return say_interval(claim, row, short=True) or "open"


def list_ends(rows: Sequence[Interval | None]) -> list[float | None]:
    """Return every end of some intervals, for their axis."""
    return [end for row in rows if row for end in (row.low_days, row.low_max_days, row.high_min_days, row.high_days)]


def make_row(facts: Facts, claim: Claim, axis: Axis, is_window: bool = False) -> Row:
    """Lay out one claim as a row."""
    interval = facts.interval(claim.claim_id)
    assert interval is not None
    value = read_as(claim, interval)
    body = marks.draw_window(interval, axis) if is_window else marks.draw_interval(interval, axis)
    return Row(
        claim_id=claim.claim_id,
        article=facts.naming.article(claim.source_id),
        quote=tidy(claim.quote),
        track=marks.draw_svg(body, grid=axis.name),
        value=f"first {value.removeprefix('at most ')}" if claim.modifier == "first" else value,
        kind="vg" if interval.vague else "st",
        about="its sentence denies so long" if claim.denied else "",
    )


def make_rows(facts: Facts, claims: Sequence[Claim], axis: Axis, is_window: bool, total: int) -> tuple[Row, ...]:
    """Lay out claims as rows: one each, or one an article where the chart would have too many."""
    if total <= MOST_ROWS:
        return tuple(make_row(facts, claim, axis, is_window) for claim in claims)
    by_source: dict[str, list[Claim]] = {}
    for claim in claims:
        by_source.setdefault(claim.source_id, []).append(claim)
    return tuple(
        make_row(facts, own[0], axis, is_window) if len(own) == 1 else make_source_row(facts, source_id, own, axis)
        for source_id, own in by_source.items()
    )


def make_source_row(facts: Facts, source_id: str, claims: Sequence[Claim], axis: Axis) -> Row:
    """Lay out all claims of one article in one row."""
    intervals = [found for claim in claims if (found := facts.interval(claim.claim_id))]
    row = make_lead_row(facts, source_id, intervals, axis)
    return replace(row, parts=tuple((claim.claim_id, tidy(claim.quote)) for claim in claims))


def make_group(facts: Facts, stratum: Stratum, axis: Axis, total: int) -> Group:
    """Lay out one stratum's claims, in a chart of so many in all."""
    claims = [facts.by_id[name] for name in stratum.claim_ids if facts.interval(name)]
    track = marks.draw_svg(marks.draw_hull(stratum, axis)) if stratum.sources > 1 else Markup("")
    repeats = f"{capitalise(plural(stratum.duplicates, 'further statement'))} only {'repeats' if stratum.duplicates == 1 else 'repeat'} these."
    notes = ([repeats] if stratum.duplicates else []) + [
        f"{capitalise(words)}." for words in tell_advised(facts, stratum)
    ]
    return Group(
        anchor=f"g-{slug(stratum.stratum_id)}",
        head=facts.naming.head(stratum),
        tail=facts.naming.tail(stratum),
        track=track,
        articles=stratum.sources,
        rows=make_rows(facts, claims, axis, False, total),
        note=" ".join(notes),
        said=tell_possible(facts, stratum),
    )


def chart_claims(facts: Facts) -> Chart | None:
    """Lay out every claim that answers the question, grouped by stratum; None where there is none."""
    names = [name for stratum in facts.strata for name in stratum.claim_ids]
    rows = [facts.interval(name) for name in names]
    if not any(rows):
        return None
    axis = fit_axis("grid-claims", list_ends(rows))
    title = title_claims(facts)
    return Chart(
        title=title,
        caption=CAPTION if len(rows) <= MOST_ROWS else CAPTION_OF_MANY,
        alternative=f"Claims chart. {title}. {describe_strata(facts)} Every row is in the table.",
        axis=axis,
        groups=tuple(make_group(facts, stratum, axis, len(rows)) for stratum in facts.strata),
    )


def title_claims(facts: Facts) -> str:
    """State the finding of the claims chart."""
    lead = facts.lead
    if lead and lead.stated_high_days is not None and not lead.high_open:
        latest = say_length(lead.stated_high_days, facts.usual_unit([lead.stated_high_by]))
        return f"{facts.naming.whole(lead)}: no article puts the end in numbers later than {latest}"
    vague = sum(stratum.vague_claims for stratum in facts.strata)
    claims = sum(stratum.claims for stratum in facts.strata)
    return f"{share(vague, claims, 'statement')} {'use' if vague > 1 else 'uses'} a vague word"


def describe_strata(facts: Facts) -> str:
    """Say every answer in one sentence each, for those who do not see the chart."""
    sentences = []
    for stratum in facts.strata:
        stated = f"in numbers {said}" if (said := tell_stated(facts, stratum)) else "no number"
        possible = "the same" if changes_nothing(facts, stratum) else tell_possible(facts, stratum)
        articles = plural(stratum.sources, "article")
        sentences.append(f"{facts.naming.whole(stratum)}: {stated}, with vague words {possible}, {articles}.")
    return " ".join(sentences)


def chart_roles(facts: Facts) -> Chart | None:
    """Lay out onset, peak and advised window on an axis of their own; None where nobody speaks of them."""
    claims = facts.figure_claims()
    if not claims:
        return None
    lengths = facts.window_claims() if facts.figure_claims("window") else []
    total = len(claims) + len(lengths)
    axis = fit_axis("grid-roles", list_ends([facts.interval(claim.claim_id) for claim in [*claims, *lengths]]))
    groups = []
    for role in FIGURE_ROLES:
        members = facts.figure_claims(role)
        if members:
            rows = tell_about(facts, make_rows(facts, members, axis, role == "window", total))
            groups.append(Group(f"g-{role}", *ROLES[role], Markup(""), count_articles(members), rows))
    if lengths:
        rows = tuple(replace(row, is_copy=True) for row in make_rows(facts, lengths, axis, False, total))
        name = (capitalise(facts.naming.window), "how long it lasts, from figure 1, to compare")
        groups.append(Group("g-window-lengths", *name, Markup(""), count_articles(lengths), rows))
    title = title_roles(facts)
    kinds = " ".join(
        f"{group.head}: {plural(len(facts.figure_claims(role)), 'statement')} from {plural(group.articles, 'article')}."
        for role, group in zip([role for role in FIGURE_ROLES if facts.figure_claims(role)], groups, strict=False)
    )
    return Chart(
        title=title,
        caption=" ".join(
            words
            for words in (
                "Times of start, peak and advice are no durations, so they stand apart.",
                tell_best_times(facts),
                tell_comparators(facts),
            )
            if words
        ),
        alternative=f"Chart of onset, peak and advised window. {title}. {kinds} Every row is in the table.",
        axis=axis,
        groups=tuple(groups),
    )


def tell_about(facts: Facts, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Say in each row of one statement what its time is of: rows of one group may be of different outcomes."""
    return tuple(
        row if row.parts else replace(row, about=facts.naming.thing(facts.by_id[row.claim_id].outcome)) for row in rows
    )


def count_articles(claims: Sequence[Claim]) -> int:
    """Count the articles that some claims stand in."""
    return len({claim.source_id for claim in claims})


def title_roles(facts: Facts) -> str:
    """State when articles put the onset, the peak and the receptive or advised time."""
    for role, words in (("onset", "the onset"), ("peak", "the peak"), ("window", "the receptive or advised time")):
        rows = [row for claim in facts.figure_claims(role) if (row := facts.interval(claim.claim_id))]
        highs = sorted(high for row in rows if (high := find_limit(row)) is not None)
        if highs:
            usual = highs[(len(highs) - 1) // 2]
            inside = [row for row in rows if (high := find_limit(row)) is not None and high <= usual]
            subject = f"{share(len(inside), len(rows), 'statement')} {'puts' if len(inside) == 1 else 'put'}"
            return f"{subject} {words} {word_limit(inside, usual)}"
    return f"{capitalise(plural(len(facts.figure_claims()), 'statement'))} about onset, peak or a receptive time"


def find_limit(row: Interval) -> float | None:
    """Return the end of a time as the article states it, or as it is read where no number is stated."""
    return row.high_days if row.high_stated_days is None else row.high_stated_days


def word_limit(rows: Sequence[Interval], usual: float) -> str:
    """Say within which time some statements put something: in their own words where these are vague and the same."""
    wordings = {tidy(row.quote).lower() for row in rows}
    printed = sum(not row.vague for row in rows)
    if not printed and len(wordings) == 1:
        return f"“{wordings.pop()}”, read as up to {say_length(usual)}"
    doubt = "" if printed == len(rows) else f", {spell(printed) if printed else 'none'} of them in numbers"
    about = "about " if any(row.approx and row.high_stated_days == usual for row in rows) else ""
    return f"within {about}{say_length(usual)}{doubt}"


def tell_best_times(facts: Facts) -> str:
    """Say of which things articles tell a best time each in a way of its own: a peak, a time to act, an open window."""
    told: dict[str, dict[str, list[str]]] = {}
    for role, words in (
        ("peak", "when it peaks"),
        ("window", ROLE_WORDS["window"]),
        ("", "how long a window stays open"),
    ):
        for claim in facts.figure_claims(role) if role else facts.window_claims():
            told.setdefault(claim.outcome, {}).setdefault(words, []).append(claim.source_id)
    sentences = []
    for outcome, ways in told.items():
        name = facts.naming.thing(outcome)
        if name and len(ways) > 1 and len({source for sources in ways.values() for source in sources}) > 1:
            sides = [
                f"{list_first(list(dict.fromkeys(sources)), MOST_NAMES)} {'tell' if len(set(sources)) > 1 else 'tells'} {words}"
                for words, sources in ways.items()
            ]
            sentences.append(f"Of {name} {join_words(sides)}; whether they mean the same cannot be told.")
    return " ".join(sentences)


def tell_comparators(facts: Facts) -> str:
    """Say how many such statements are about something else."""
    others = [claim for claim in facts.claims if claim.comparator and claim.role in FIGURE_ROLES]
    if not others:
        return "Choose a row to see its sentence."
    verb = "is" if len(others) == 1 else "are"
    other = f" than {facts.naming.subject or 'the subject'}"
    return f"{capitalise(plural(len(others), 'statement'))} about something other{other} {verb} left to the list of statements."


def chart_lead(facts: Facts) -> Chart | None:
    """Lay out the lead answer, a row an article, for the first screen; None where nobody answers."""
    lead = facts.lead
    if lead is None:
        return None
    axis = fit_axis("grid-lead", list_ends([facts.interval(name) for name in lead.claim_ids]), "aside")
    rows = []
    for source_id in lead.source_ids:
        names = [name for name in lead.claim_ids if facts.by_id[name].source_id == source_id]
        intervals = [row for name in names if (row := facts.interval(name))]
        if intervals:
            rows.append(make_lead_row(facts, source_id, intervals, axis))
    rest = len(rows) - MANY_ROWS
    note = f"{capitalise(plural(rest, 'more article'))} in the chart below." if rest > 0 else ""
    group = Group("", "", "", Markup(""), lead.sources, tuple(rows[:MANY_ROWS]), note)
    return Chart(facts.naming.whole(lead), "", "", axis, (group,))


def make_lead_row(facts: Facts, source_id: str, intervals: Sequence[Interval], axis: Axis) -> Row:
    """Lay out what one article says of the lead stratum: its claims in one track, their hull in words."""
    ordered = sorted(intervals, key=lambda row: (not row.vague, row.low_days == row.high_days))
    lows = [row.low_days for row in intervals if row.low_days is not None]
    if len(intervals) == 1:
        value = read_as(facts.by_id[intervals[0].claim_id], intervals[0])
    else:
        value = say_together(facts, intervals, short=True)
    body = marks.draw_leader(axis, min(lows)) if lows else ""
    body += "".join(marks.draw_interval(row, axis, leader=False) for row in ordered)
    return Row(
        claim_id=intervals[0].claim_id,
        article=facts.naming.article(source_id),
        quote=join_words([f"“{tidy(row.quote)}”" for row in intervals]),
        track=marks.draw_svg(body, grid=axis.name),
        value=value,
        kind="vg" if any(row.vague for row in intervals) else "st",
    )
