"""Lay out the answers table and the charts that are tables: claims by stratum, and onset, peak and advised window.

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
from howlong.report.page.axis import Axis, fit_axis
from howlong.report.page.facts import FIGURE_ROLES, Facts
from howlong.report.page.naming import (
    DIVIDES,
    ROLES,
    capitalise,
    join_words,
    list_first,
    lower_first,
    plural,
    share,
    slug,
    spell,
)
from howlong.report.page.words import changes_nothing, is_vague, say_interval, tell_possible, tell_stated, tidy
from howlong.spread import Stratum

MANY_ROWS = 8
MOST_ROWS = 400
MOST_MAKERS = 2
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
    """

    claim_id: str
    article: str
    quote: str
    track: Markup
    value: str
    kind: str
    parts: tuple[tuple[str, str], ...] = ()
    is_copy: bool = False


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


@dataclass(frozen=True)
class Answer:
    """A row of the answers table.

    Attributes
    ----------
    anchor, head, tail, gloss : str
        Where its group stands, its name, and what the codebook adds to the name.
    stated, possible : str
        The range in numbers and with vague words; `possible` is empty where both are the same.
    why : Markup
        The words that move an end or leave it open.
    track : Markup
        Its mark.
    who, articles, statements : str
        "2 of 5 articles" or "Article A alone", which ones, and in how many statements.
    """

    anchor: str
    head: str
    tail: str
    gloss: str
    stated: str
    possible: str
    why: str
    track: Markup
    who: str
    articles: str
    statements: str


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
            rows = make_rows(facts, members, axis, role == "window", total)
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
        caption="Times of start, peak and advice are no durations, so they stand apart. " + tell_comparators(facts),
        alternative=f"Chart of onset, peak and advised window. {title}. {kinds} Every row is in the table.",
        axis=axis,
        groups=tuple(groups),
    )


def count_articles(claims: Sequence[Claim]) -> int:
    """Count the articles that some claims stand in."""
    return len({claim.source_id for claim in claims})


def title_roles(facts: Facts) -> str:
    """State when articles put the onset, the peak and the advised window."""
    for role, words in (("onset", "the onset"), ("peak", "the peak"), ("window", "the time to act")):
        rows = [row for claim in facts.figure_claims(role) if (row := facts.interval(claim.claim_id))]
        highs = sorted(row.high_days for row in rows if row.high_days is not None)
        if highs:
            usual = highs[(len(highs) - 1) // 2]
            within = sum(high <= usual for high in highs)
            printed = sum(not row.vague for row in rows if row.high_days is not None and row.high_days <= usual)
            subject = f"{share(within, len(rows), 'statement')} {'puts' if within == 1 else 'put'}"
            doubt = "" if printed == within else f", {spell(printed) if printed else 'none'} of them in numbers"
            return f"{subject} {words} within {say_length(usual)}{doubt if within > 1 else ''}"
    return f"{capitalise(plural(len(facts.figure_claims()), 'statement'))} about onset, peak or a time to act"


def tell_comparators(facts: Facts) -> str:
    """Say how many such statements are about something else."""
    others = [claim for claim in facts.claims if claim.comparator and claim.role in FIGURE_ROLES]
    if not others:
        return "Choose a row to see its sentence."
    verb = "is" if len(others) == 1 else "are"
    other = f" than {facts.naming.intervention[0] if facts.naming.intervention else 'the subject'}"
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
    high = None if any(row.high_days is None for row in intervals) else max(row.high_days or 0.0 for row in intervals)
    if len(intervals) == 1:
        value = read_as(facts.by_id[intervals[0].claim_id], intervals[0])
    else:
        usual = facts.usual_unit([row.claim_id for row in intervals])
        value = say_range(min(lows, default=None), high, high is None, usual, short=True)
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


def make_answers(facts: Facts) -> tuple[Axis, list[tuple[str, list[Answer]]]]:
    """Lay out the answers table in its two bands: two or more articles, then one article each."""
    ends = [
        end
        for stratum in facts.strata
        for end in (
            stratum.possible_low_days,
            stratum.possible_high_days,
            stratum.stated_low_days,
            stratum.stated_high_days,
        )
    ]
    axis = fit_axis("grid-answers", ends, "mini")
    told: set[str] = set()
    bands = []
    for name, strata in (
        ("Two or more articles", [stratum for stratum in facts.strata if stratum.sources > 1]),
        ("One article each", [stratum for stratum in facts.strata if stratum.sources == 1]),
    ):
        rows = []
        for stratum in strata:
            gloss = facts.naming.gloss(stratum)
            rows.append(make_answer(facts, stratum, axis, "" if gloss in told else gloss))
            told.add(gloss)
        bands.append((name, rows))
    return axis, [(name, rows) for name, rows in bands if rows]


def make_answer(facts: Facts, stratum: Stratum, axis: Axis, gloss: str) -> Answer:
    """Lay out one stratum as a row of the answers table."""
    total = len(facts.sources)
    alone = stratum.sources == 1
    name = facts.naming.article(stratum.source_ids[0])
    return Answer(
        anchor=f"g-{slug(stratum.stratum_id)}",
        head=facts.naming.head(stratum),
        tail=facts.naming.tail(stratum),
        gloss=gloss,
        stated=tell_stated(facts, stratum),
        possible="" if changes_nothing(facts, stratum) else tell_possible(facts, stratum),
        why=explain_ends(facts, stratum),
        track=marks.draw_svg(marks.draw_answer(stratum, axis), grid=axis.name),
        who=f"{name} alone" if alone else f"{stratum.sources} of {total} articles",
        articles="" if alone else list_first(stratum.source_ids, MANY_ROWS),
        statements=f"{stratum.claims} statement{'' if stratum.claims == 1 else 's'}",
    )


def explain_ends(facts: Facts, stratum: Stratum) -> str:
    """Say which words move an end of a stratum, and which leave it open; statements that agree share the deed."""
    deeds: dict[tuple[str, ...], list[str]] = {}
    for moved, side, does in (
        (stratum.moved_low_by, "low", "the lower end"),
        (stratum.moved_high_by, "high", "the upper end"),
    ):
        if moved:
            makers = tuple(claim.claim_id for claim in facts.makers(stratum, f"possible_{side}"))
            deeds.setdefault(makers, []).append(does)
    parts = [
        name_makers(facts, makers, "makes", "make") + f" {'both ends' if len(ends) > 1 else ends[0]}"
        for makers, ends in deeds.items()
    ]
    if stratum.high_open_by:
        openers = stratum.high_open_by
        said = name_makers(facts, openers, "leaves", "leave") + " the end open"
        same = len(parts) == 1 and next(iter(deeds)) == openers
        parts = [f"{parts[0]} and leave{'s' * (len(openers) == 1)} the end open"] if same else [*parts, said]
    parts += tell_advised(facts, stratum, short=True)
    if parts:
        return "; ".join(parts)
    if any(is_vague(facts, name) for name in stratum.claim_ids):
        return "vague words change nothing"
    return "no vague word used"


def name_makers(facts: Facts, makers: Sequence[str], one: str, several: str) -> str:
    """Quote the statements that share a deed, with its verb: one, two, or the first with a count of those that agree."""
    said = [f"“{tidy(facts.by_id[name].quote)}” ({facts.by_id[name].source_id})" for name in makers]
    same = list(dict.fromkeys(said))
    verb = one if len(same) == 1 else several
    if len(same) <= MOST_MAKERS:
        return f"{join_words(same)} {verb}"
    return f"{same[0]} and {plural(len(same) - 1, 'other statement')} {verb}"


def tell_advised(facts: Facts, stratum: Stratum, short: bool = False) -> list[str]:
    """Name the articles that speak of a receptive window's time without its length, to compare them with."""
    if stratum.measure != "window":
        return []
    others = [claim for claim in facts.figure_claims("window") if claim.outcome == stratum.outcome]
    who = list(dict.fromkeys(claim.source_id for claim in others if claim.source_id not in stratum.source_ids))
    quotes = list_first([f"“{tidy(claim.quote)}”" for claim in others if claim.source_id in who], MOST_MAKERS)
    if not who:
        return []
    names = (
        join_words([facts.naming.article(name) for name in who]) if len(who) <= MOST_MAKERS else f"{len(who)} others"
    )
    said = f"{names} {'says' if len(who) == 1 else 'say'} when to act"
    return [f"{said}, see figure 3" if short else f"{said}: {quotes}, see figure 3"]


def find_heading(facts: Facts) -> str:
    """Say how many answers there are, and about how many kinds of thing."""
    count, kinds = len(facts.strata), len(list_heads(facts))
    title = capitalise(plural(count, "answer"))
    if count < 2:
        return title
    return (
        f"{title}, because {spell(kinds)} things were measured"
        if kinds == count
        else (f"{title} about {'one thing' if kinds == 1 else f'{spell(kinds)} kinds of thing'}")
    )


def list_heads(facts: Facts) -> list[str]:
    """List the kinds of thing that last."""
    return list(dict.fromkeys(lower_first(facts.naming.head(stratum)) for stratum in facts.strata))


def tell_difference(facts: Facts) -> str:
    """Say which things were measured and what divides them further, so that nobody merges them."""
    heads = list_heads(facts)
    told = [words for facet, words in DIVIDES.items() if len({getattr(row, facet) for row in facts.strata}) > 1]
    parts = [f"{join_words(heads)} are different things"] if len(heads) > 1 else []
    if told and len(heads) < len(facts.strata):
        parts.append(
            f"{'each is' if len(heads) > 1 else 'they are'} kept apart {join_words([f'by {words}' for words in told])}"
        )
    return "They are never merged into one number" + (f": {', and '.join(parts)}." if parts else ".")
