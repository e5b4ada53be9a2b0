"""Lay out the answers table: a row a stratum, what its articles say in numbers and with vague words, and who says so.

Law of the room: answers are never merged; every statement that sets an end is named, not only the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from howlong.report.page import marks
from howlong.report.page.axis import Axis, fit_axis
from howlong.report.page.facts import Facts
from howlong.report.page.naming import (
    DIVIDES,
    capitalise,
    join_words,
    list_first,
    lower_first,
    plural,
    slug,
    spell,
)
from howlong.report.page.texts import word_hedge
from howlong.report.page.words import (
    changes_nothing,
    is_bottomless,
    is_vague,
    quote_claim,
    tell_possible,
    tell_side,
    tell_stated,
    tidy,
)
from howlong.spread import Stratum

MANY_SOURCES = 8
MOST_MAKERS = 2
FIGURES = ("mean", "median", "maximum")


@dataclass(frozen=True)
class Answer:
    """A row of the answers table.

    Attributes
    ----------
    anchor, head, tail, gloss : str
        Where its group stands, its name, and what the codebook adds to the name.
    stated, possible : str
        The range in numbers and with vague words; `possible` is empty where both are the same.
    stated_by : str
        Which articles give a number, where others of the answer give none.
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
    stated_by: str
    possible: str
    why: str
    track: Markup
    who: str
    articles: str
    statements: str


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
    ordered = sorted(facts.strata, key=lambda stratum: stratum is not facts.lead)
    for name, strata in (
        ("Two or more articles", [stratum for stratum in ordered if stratum.sources > 1]),
        ("One article each", [stratum for stratum in ordered if stratum.sources == 1]),
    ):
        rows = []
        for stratum in strata:
            gloss = facts.naming.gloss(stratum)
            rows.append(make_answer(facts, stratum, axis, "" if gloss in told else gloss))
            told.add(gloss)
        bands.append((name.removesuffix(" each") if len(rows) == 1 else name, rows))
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
        stated_by=tell_counting(facts, stratum),
        possible="" if changes_nothing(facts, stratum) else tell_possible(facts, stratum),
        why=explain_ends(facts, stratum),
        track=marks.draw_svg(marks.draw_answer(stratum, axis), grid=axis.name),
        who=f"{name} alone" if alone else f"{stratum.sources} of {total} articles",
        articles="" if alone else list_first(stratum.source_ids, MANY_SOURCES),
        statements=f"{stratum.claims} statement{'' if stratum.claims == 1 else 's'}",
    )


def tell_counting(facts: Facts, stratum: Stratum) -> str:
    """Name the articles that give a number, "" where all of the answer do, or none."""
    who = [source_id for source_id in stratum.source_ids if tell_side(facts, stratum, source_id)]
    if not who or len(who) == stratum.sources:
        return ""
    return f"from {list_first(who, MANY_SOURCES)}" + (" alone" if len(who) == 1 else "")


def explain_ends(facts: Facts, stratum: Stratum) -> str:
    """Say which words move an end of a stratum, and which leave it open; statements that agree share the deed."""
    deeds: dict[tuple[str, ...], list[str]] = {}
    for moved, side, does in (
        (stratum.moved_low_by, "low", "the lower end"),
        (stratum.moved_high_by, "high", "the upper end"),
    ):
        if moved and not (side == "low" and is_bottomless(stratum)):
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
    if stratum.low_open_by and stratum.possible_low_days is not None:
        parts.append(name_makers(facts, stratum.low_open_by, "states", "state") + " no lower limit")
    parts += tell_advised(facts, stratum, short=True)
    if not parts:
        is_same = any(is_vague(facts, name) for name in stratum.claim_ids)
        parts = ["vague words change nothing" if is_same else "no vague word used"]
    return "; ".join([*parts, *tell_qualified(facts, stratum)])


def tell_qualified(facts: Facts, stratum: Stratum) -> list[str]:
    """Say what the statements of an answer say less than surely: softening words, of some people only, means."""
    claims = [facts.by_id[name] for name in stratum.claim_ids]
    told: dict[str, list[str]] = {"softened by": [], "said of": [], "": []}
    for claim in claims:
        source = f" ({claim.source_id})" if stratum.sources > 1 else ""
        told["softened by"] += [f"“{word_hedge(claim)}”{source}"] if claim.hedge else []
        told["said of"] += [f"“{tidy(claim.subjects)}”{source}"] if claim.subjects else []
        told[""] += [f"{quote_claim(claim)}{source} is a {claim.statistic}"] if claim.statistic in FIGURES else []
    return [
        f"{does} {list_first(list(dict.fromkeys(said)), MOST_MAKERS)}".strip() for does, said in told.items() if said
    ]


def name_makers(facts: Facts, makers: Sequence[str], one: str, several: str) -> str:
    """Quote the statements that share a deed, with its verb: one, two, or the first with a count of those that agree."""
    said = [f"{quote_claim(facts.by_id[name])} ({facts.by_id[name].source_id})" for name in makers]
    same = list(dict.fromkeys(said))
    verb = one if len(same) == 1 else several
    if len(same) <= MOST_MAKERS:
        return f"{join_words(same)} {verb}"
    return f"{same[0]} and {plural(len(same) - 1, 'other statement')} {verb}"


def tell_advised(facts: Facts, stratum: Stratum, short: bool = False) -> list[str]:
    """Name the articles that name the time of a receptive window without its length, to compare them with."""
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
    said = f"{names} {'names' if len(who) == 1 else 'name'} a receptive or advised time"
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
