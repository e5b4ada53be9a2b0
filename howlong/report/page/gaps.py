"""Say what the articles do not tell: questions nobody answers, cells nobody fills, and what the articles are not.

Law of the room: a gap is counted from the tables, by one rule for every review; what a review does not ask and no
article touches is no gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from howlong.report.page.facts import Facts
from howlong.report.page.naming import capitalise, join_or, join_words, list_first, lower_first, plural, share, spell
from howlong.report.page.words import head_of, tell_unanswered, tidy
from howlong.spread import Stratum

CELLS: tuple[tuple[str, str, str], ...] = (("regimen", "", "after which dosing"), ("population", "in ", "in whom"))
MOST_NAMED = 3
WHOLE = {"both": ("human", "animal")}
TOUCHED = {"onset": "when it begins", "peak": "when it peaks", "window": "a receptive or advised time"}


def list_gaps(facts: Facts) -> list[Markup]:
    """List what the articles do not tell, from the questions nobody answers to what the articles are."""
    items = [
        Markup("<b>{}</b>: {}.").format(capitalise(facts.naming.clause(gap)), tell_unanswered(gap, facts.strata))
        for gap in sorted(facts.gaps, key=lambda gap: gap.asked)
    ]
    items += list_empty(facts)
    singles = sum(stratum.sources == 1 for stratum in facts.strata)
    if singles and len(facts.sources) > 1:
        rest = "rests" if singles == 1 else "rest"
        subject = f"{share(singles, len(facts.strata), 'answer', 'the ')} {rest} on"
        items.append(Markup("{} <b>one article</b>{}.").format(subject, "" if singles == 1 else " each"))
    return [*items, *list_silent(facts), *list_weak_sources(facts), *list_unlocated(facts)]


def list_empty(facts: Facts) -> list[Markup]:
    """List the cells that nobody fills though others of their row and column are filled, a sentence for those alike.

      A row is what lasts; a column is a way of dosing or whom it was seen in, as far as any article names it.  What
      review.toml asks and nobody answers stands in sentences of its own and is not repeated here; an outcome that implies
    whom it is of has no other column.
    """
    if facts.kept_out:
        return []
    alike: dict[str, list[str]] = {}
    for head in dict.fromkeys(head_of(row) for row in facts.strata if row.outcome not in ("", "none", "unspecified")):
        rows = [stratum for stratum in facts.strata if head_of(stratum) == head]
        missing = tell_missing(facts, head, rows)
        if missing:
            alike.setdefault(missing, []).append(facts.naming.head(rows[0]))
    return [
        Markup("<b>{}</b>: no {} was read as saying {}.").format(
            capitalise(join_words([heads[0], *map(lower_first, heads[1:])])),
            "statement" if missing.startswith("how long") else "duration",
            missing,
        )
        for missing, heads in alike.items()
    ]


def tell_missing(facts: Facts, head: tuple[str, str], rows: Sequence[Stratum]) -> str:
    """Say which cells of one row nobody fills, "" where all are filled."""
    asked = {(head_of(gap), facet, getattr(gap, facet)) for gap in facts.gaps for facet, _, _ in CELLS}
    single, whole = [], []
    for facet, before, question in CELLS:
        named, filled = list_codes(facts, facts.strata, facet), list_codes(facts, rows, facet)
        if facet == "population" and facts.implied.get(head[1], "unspecified") != "unspecified":
            continue
        if not filled and len(named) > 1:
            whole.append(question)
        else:
            rest = [code for code in named if code not in filled and (head, facet, code) not in asked]
            single += [f"{before}{facts.naming.code(facet, code)}" for code in rest]
    return join_or(([f"how long {join_or(single)}"] if single else []) + whole)


def list_codes(facts: Facts, strata: Iterable[Stratum], facet: str) -> list[str]:
    """List the codes of a facet that some strata name, in the review's order."""
    named = {part for stratum in strata for part in WHOLE.get(getattr(stratum, facet), (getattr(stratum, facet),))}
    order = [*facts.review.order.get(facet, ()), *sorted(named)]
    return [code for code in dict.fromkeys(order) if code in named and code not in ("", "*", "none", "unspecified")]


def list_silent(facts: Facts) -> list[Markup]:
    """Name the articles that give no answer at all, and what they speak of instead."""
    speaking = {source for stratum in facts.strata for source in stratum.source_ids}
    silent = [source.source_id for source in facts.sources if source.source_id not in speaking]
    if not silent or not speaking:
        return []
    if len(silent) > 3:
        return [Markup("<b>{}</b> were read, but give no duration.").format(capitalise(plural(len(silent), "article")))]
    return [tell_silent(facts, source_id) for source_id in silent]


def tell_silent(facts: Facts, source_id: str) -> Markup:
    """Say that an article gives no duration, and which other times it gives."""
    roles = {claim.role for claim in facts.figure_claims() if claim.source_id == source_id}
    told = [words for role, words in TOUCHED.items() if role in roles]
    text = Markup("<b>{}</b> was read, but gives no duration").format(facts.naming.article(source_id))
    if told:
        text += Markup(', only <a href="#fig-roles">{}</a>').format(join_words(told))
    return text + "."


def list_weak_sources(facts: Facts) -> list[Markup]:
    """Say how many of the articles are no studies themselves, and which level is not known."""
    total = len(facts.sources)
    secondary = [
        source
        for source in facts.sources
        if source.evidence_level not in ("", "primary study", "systematic review", "guideline")
    ]
    unknown = [source for source in facts.sources if not source.evidence_level]
    items = []
    if secondary and len(secondary) == total and total > 1:
        both, none = ("Both", "Neither") if total == 2 else (f"All {spell(total)}", "None")
        items.append(Markup("{} are listed as articles <b>about</b> studies. {} is a study.").format(both, none))
    elif secondary and total == 1:
        items.append(Markup("The one article is <b>about</b> studies. It is no study itself."))
    elif secondary:
        verb = "is an article" if len(secondary) == 1 else "are articles"
        words = f"{capitalise(spell(len(secondary)))} of the {plural(total, 'article')} {verb}"
        items.append(
            Markup("{} <b>about</b> studies, not {}.").format(words, "a study" if len(secondary) == 1 else "studies")
        )
    if unknown:
        words = f"For {spell(len(unknown))} of the {plural(total, 'article')}" if total > 1 else "Of the one article"
        items.append(Markup("{} the <b>level of evidence</b> is not stated.").format(words))
    return items


def list_unlocated(facts: Facts) -> list[Markup]:
    """Say how many statements name an origin that a reader cannot find, and how many name none."""
    answering = [claim for claim in facts.claims if claim.answers and not claim.comparator]
    if not answering:
        return []
    located = sum(bool(claim.attribution) and claim.locatable for claim in answering)
    named = sorted({tidy(claim.attribution) for claim in answering if claim.attribution and not claim.locatable})
    if located == 0:
        text = Markup("No duration comes with a <b>study that can be looked up</b>")
    else:
        words = f"{capitalise(spell(located))} of {plural(len(answering), 'duration')}"
        text = Markup("{} {} with a <b>study that can be looked up</b>").format(
            words, "comes" if located == 1 else "come"
        )
    if named:
        quoted = [f"“{name}”" for name in named]
        shown = join_words(quoted) if len(quoted) <= MOST_NAMED else list_first(quoted, MOST_NAMED)
        text += Markup("; what is named has no author, title or year: {}").format(shown)
    return [text + "."]
