"""Write the sentences of the page's first screen, the same for the page and the command line.

Law of the room: every sentence with a number in it is made from the tables; articles "say" or "report", nothing is shown
or proved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from howlong.claims import Claim
from howlong.durations import Interval
from howlong.report.page.amounts import say_length, say_range
from howlong.report.page.facts import Facts
from howlong.report.page.naming import Naming, capitalise, join_words, lower_first, plural, share, spell
from howlong.spread import Stratum
from howlong.tables import to_records

if TYPE_CHECKING:
    from pandas import DataFrame


def say_stated(stratum: Stratum, usual: str = "", is_open: bool | None = None) -> str:
    """Say a stratum's range in numbers, "" where no article prints one."""
    low, high = stratum.stated_low_days, stratum.stated_high_days
    open_end = stratum.high_open if is_open is None else is_open
    return say_range(low, high, open_end and low is not None, usual)


def say_possible(stratum: Stratum, usual: str = "") -> str:
    """Say a stratum's range with vague words read by the table."""
    low, high = stratum.possible_low_days, stratum.possible_high_days
    if low is None and high is None:
        return "no length that can be told"
    stated = (stratum.stated_low_days, stratum.stated_high_days)
    apart = (stated[0] is None) != (stated[1] is None) and (stated[0] == low or stated[1] == high)
    return say_range(low, high, stratum.high_open and low is not None, usual, apart=apart)


def say_interval(claim: Claim, row: Interval, short: bool = False) -> str:
    """Say what one claim's interval is, each end in the unit the article gives it; "" where both are open."""
    mixed = bool(claim.low_unit) and claim.low_unit != claim.unit
    usual = "" if mixed else claim.unit
    if row.modifier == "as early as" and row.high_days is None and row.low_days is not None:
        return f"from {say_length(row.low_days, usual, short)} on"
    return say_range(row.low_days, row.high_days, row.high_days is None, usual, short, apart=mixed)


def tell_stated(facts: Facts, stratum: Stratum) -> str:
    """Say a stratum's range in numbers; an open end counts only where a number opens it."""
    rows = [facts.interval(name) for name in stratum.high_open_by]
    in_numbers = any(row is not None and row.low_stated_days is not None for row in rows)
    return say_stated(stratum, facts.usual_unit(stratum.claim_ids), in_numbers)


def tell_possible(facts: Facts, stratum: Stratum) -> str:
    """Say a stratum's range in the page's reading, in the unit its articles use."""
    return say_possible(stratum, facts.usual_unit(stratum.claim_ids))


def changes_nothing(facts: Facts, stratum: Stratum) -> bool:
    """Tell whether the possible range is the stated one."""
    return tell_stated(facts, stratum) == tell_possible(facts, stratum)


def write_answer(facts: Facts) -> Markup:
    """Write the page's largest words: the answer to the first question of the review."""
    stratum = facts.lead
    if stratum is None:
        gap = facts.lead_gap
        if not gap and facts.kept_out:
            return Markup("The strata that this run keeps hold no answer.")
        what = facts.naming.clause(gap) if gap else "it"
        return Markup("No article gives a time for {}.").format(what)
    disagreement = write_disagreement(facts, stratum)
    if disagreement:
        return disagreement
    what, stated = facts.naming.clause(stratum), tell_stated(facts, stratum)
    if not stated:
        words = "No article gives a number for {}; their words mean <b class=vg>{}</b>."
        return Markup(words).format(what, tell_possible(facts, stratum))
    if stratum.sources == 1:
        name = facts.naming.article(stratum.source_ids[0])
        return Markup("One article, {}, says <b class=st>{}</b> for {}.").format(name, stated, what)
    return Markup("Articles say <b class=st>{}</b> for {}.").format(stated, what)


def write_disagreement(facts: Facts, stratum: Stratum) -> Markup | None:
    """Write the answer where two articles contradict each other about its ends; None where they do not."""
    ends = {stratum.possible_low_by, stratum.possible_high_by}
    for row in facts.conflicts:
        apart = row.stratum_id == stratum.stratum_id and row.relation == "contradict" and not row.same_source
        if apart and ends == {row.claim_a, row.claim_b}:
            said = [write_side(facts, claim) for claim in (stratum.possible_low_by, stratum.possible_high_by)]
            return Markup("Articles disagree about {}: {}, {}.").format(facts.naming.clause(stratum), *said)
    return None


def write_side(facts: Facts, claim_id: str) -> Markup:
    """Write what one article says, for a disagreement."""
    row = facts.interval(claim_id)
    name = facts.naming.article(facts.by_id[claim_id].source_id)
    if row is None:
        return Markup("{} says so").format(name)
    words = say_interval(facts.by_id[claim_id], row)
    return Markup("{} says <b class={}>{}</b>").format(name, "vg" if row.vague else "st", words)


def is_vague(facts: Facts, claim_id: str) -> bool:
    """Tell whether a claim was read from a vague word."""
    row = facts.interval(claim_id)
    return bool(row and row.vague)


def write_paragraph(facts: Facts) -> Markup:
    """Write what stands under the answer: the possible range, who speaks, and what is open."""
    stratum = facts.lead
    total = len(facts.sources)
    if stratum is None:
        rest = f"{capitalise(plural(len(facts.strata), 'other answer'))} of the {plural(total, 'article')} follow"
        return Markup("{}.").format(rest if facts.strata else f"{capitalise(plural(total, 'article'))} were read")
    parts = [write_overall(facts, stratum), write_possible(facts, stratum)]
    subject = share(stratum.sources, total, "article", "the ")
    verb = "speaks" if stratum.sources == 1 else "speak"
    sentence = f"{subject} {verb} of it, in {plural(stratum.claims, 'statement')}"
    if stratum.vague_claims:
        sentence += f"; {spell(stratum.vague_claims)} {'uses' if stratum.vague_claims == 1 else 'use'} a vague word"
    parts.append(Markup("{}.").format(sentence))
    parts.append(write_makers(facts, stratum))
    parts.extend(write_open_ends(facts, stratum))
    parts.append(write_bridge(facts, stratum))
    return Markup(" ").join(part for part in parts if part)


def write_makers(facts: Facts, stratum: Stratum) -> Markup:
    """Name the articles that set the longest time in numbers, where not every article does."""
    high = stratum.stated_high_days
    rows = [row for name in stratum.claim_ids if (row := facts.interval(name))]
    makers = list(dict.fromkeys(row.source_id for row in rows if row.high_stated_days == high))
    if high is None or stratum.sources < 2 or not makers or len(makers) == stratum.sources:
        return Markup("")
    said = say_length(high, facts.usual_unit(stratum.claim_ids))
    names = [facts.naming.article(source) for source in makers]
    who = join_words(names) if len(names) < 4 else f"{spell(len(names))} articles"
    return Markup("The longest in numbers, {}, is from {}{}.").format(said, who, " alone" if len(names) == 1 else "")


def write_bridge(facts: Facts, stratum: Stratum) -> Markup:
    """Say what the answer's own word covers, and which other things have answers of their own."""
    gloss, head = facts.naming.gloss(stratum), facts.naming.head(stratum)
    others = dict.fromkeys(lower_first(facts.naming.head(other)) for other in facts.strata)
    others.pop(lower_first(head), None)
    parts = [Markup("{} here means {}.").format(head, gloss)] if gloss else []
    if others:
        own = "has an answer of its own" if len(others) == 1 else "have answers of their own"
        parts.append(Markup("{} {} below.").format(capitalise(join_words(list(others))), own))
    return Markup(" ").join(parts)


def write_overall(facts: Facts, stratum: Stratum) -> Markup:
    """Write the whole range beside a disagreement, or that some pairs contradict each other."""
    if write_disagreement(facts, stratum) is not None:
        stated = tell_stated(facts, stratum)
        return Markup("Together, in numbers, <b class=st>{}</b>.").format(stated) if stated else Markup("")
    if not stratum.contradictions:
        return Markup("")
    pairs = (
        "One pair of statements contradicts"
        if stratum.contradictions == 1
        else f"{capitalise(spell(stratum.contradictions))} pairs of statements contradict"
    )
    return Markup('<a href="#agreement">{}</a> each other.').format(pairs)


def write_possible(facts: Facts, stratum: Stratum) -> Markup:
    """Write what vague words add to the answer."""
    if not tell_stated(facts, stratum):
        return Markup("")
    if changes_nothing(facts, stratum):
        return Markup("Vague words change nothing." if stratum.vague_claims else "No vague word is used.")
    moved = [name for name in (stratum.moved_low_by, stratum.moved_high_by) if name]
    about = bool(moved) and not any(is_vague(facts, name) for name in moved)
    lead = "Counting words such as “about”" if about else "Counting their vague words"
    return Markup("{}, <b class=vg>{}</b>.").format(lead, tell_possible(facts, stratum))


def write_open_ends(facts: Facts, stratum: Stratum) -> list[Markup]:
    """Quote the words that leave an end open, the first of each side."""
    sentences = []
    for side, names in (("lower", stratum.low_open_by), ("upper", stratum.high_open_by)):
        if not names:
            continue
        claim = facts.by_id[names[0]]
        article = facts.naming.article(claim.source_id)
        text = Markup("{}’s “{}” states no {} limit.").format(article, tidy(claim.quote), side)
        sentences.append(text)
    return sentences


def tidy(quote: str) -> str:
    """Return a quote on one line."""
    return " ".join(quote.split())


def headline(spread: DataFrame, review: object) -> list[str]:
    """Return the answers to the review's questions as lines of plain text, for the command line.

    Parameters
    ----------
    spread : DataFrame
        The table of strata.
    review : Review or mapping
        The review, or the names of its codes.

    Returns
    -------
    list of str
        A line a question of review.toml; where it asks none, a line an answer with two or more articles (or any).
    """
    names = review if isinstance(review, Mapping) else getattr(review, "names", {})
    naming = Naming(names, (), ())
    chosen = [row for row in to_records(spread, Stratum) if row.chosen and (row.leaf or row.gap)]
    asked = sorted((row for row in chosen if row.asked), key=lambda row: (row.asked, row.place))
    rows = asked or [row for row in chosen if row.leaf and row.sources > 1] or chosen
    return [write_line(naming, row) for row in rows] or ["No article says how long anything lasts."]


def write_line(naming: Naming, stratum: Stratum) -> str:
    """Write one answer as one line of plain text."""
    name = naming.whole(stratum)
    if not stratum.leaf:
        return f"{name}: no article says"
    stated, possible = say_stated(stratum), say_possible(stratum)
    if not stated:
        said = f"no number; vague words mean {possible}"
    elif stated == possible:
        said = stated
    else:
        said = f"{stated} in numbers; {possible} with vague words"
    sources = join_words(stratum.source_ids)
    return f"{name}: {said} ({sources}{' alone' if stratum.sources == 1 else ''})"


def list_gaps(facts: Facts) -> list[Markup]:
    """List what the articles do not tell, from the questions nobody answers to what the articles are."""
    items = [
        Markup("<b>{}</b>: no article says how long.").format(capitalise(facts.naming.clause(gap)))
        for gap in facts.gaps
    ]
    items += list_neighbours(facts)
    singles = sum(stratum.sources == 1 for stratum in facts.strata)
    if singles and len(facts.sources) > 1:
        rest = "rests" if singles == 1 else "rest"
        subject = f"{share(singles, len(facts.strata), 'answer', 'the ')} {rest} on"
        items.append(Markup("{} <b>one article</b> each.").format(subject))
    return [*items, *list_silent(facts), *list_weak_sources(facts), *list_unlocated(facts)]


def list_neighbours(facts: Facts) -> list[Markup]:
    """Name what has an answer, but none in the population that the review asks about first."""
    first = facts.lead or facts.lead_gap
    if first is None or first.population in ("", "*", "unspecified") or facts.kept_out:
        return []
    told = {stratum.outcome for stratum in facts.strata if stratum.population in (first.population, "both")}
    asked = {gap.outcome for gap in facts.gaps}
    others = [row for row in facts.strata if row.outcome not in told | asked and row.measure == "persistence"]
    heads = list(dict.fromkeys(lower_first(facts.naming.head(row)) for row in others))
    if not heads:
        return []
    whom = facts.naming.code("population", first.population)
    return [Markup("<b>{}</b>: no article says that a time is of {}.").format(capitalise(join_words(heads)), whom)]


def list_silent(facts: Facts) -> list[Markup]:
    """Name the articles that give no answer at all."""
    speaking = {source for stratum in facts.strata for source in stratum.source_ids}
    silent = [facts.naming.article(source.source_id) for source in facts.sources if source.source_id not in speaking]
    if not silent or not speaking:
        return []
    who = join_words(silent) if len(silent) <= 3 else f"{capitalise(spell(len(silent)))} articles"
    verb = "was read, but gives" if len(silent) == 1 else "were read, but give"
    beside = sum(facts.naming.article(claim.source_id) in silent for claim in facts.figure_claims())
    rest = f"; {plural(beside, 'statement')} on onset, peak or a time to act {'is' if beside == 1 else 'are'} in"
    link = Markup('{} <a href="#fig-roles">figure 3</a>').format(rest) if beside else ""
    return [Markup("<b>{}</b> {} no duration{}.").format(who, verb, link)]


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
        both = "Both" if total == 2 else f"All {spell(total)}"
        none = "Neither" if total == 2 else "None"
        items.append(Markup("{} are articles <b>about</b> studies. {} is a study.").format(both, none))
    elif secondary:
        verb = "is an article" if len(secondary) == 1 else "are articles"
        words = f"{capitalise(spell(len(secondary)))} of the {plural(total, 'article')} {verb}"
        items.append(
            Markup("{} <b>about</b> studies, not {}.").format(words, "a study" if len(secondary) == 1 else "studies")
        )
    if unknown:
        words = f"For {spell(len(unknown))} of the {plural(total, 'article')}"
        items.append(Markup("{} the <b>level of evidence</b> is not stated.").format(words))
    return items


def list_unlocated(facts: Facts) -> list[Markup]:
    """Say how many statements name an origin that a reader cannot find, and how many name none."""
    answering = [claim for claim in facts.claims if claim.answers and not claim.comparator]
    if not answering:
        return []
    located = sum(bool(claim.attribution) and claim.locatable for claim in answering)
    named = sorted(
        {lower_first(tidy(claim.attribution)) for claim in answering if claim.attribution and not claim.locatable}
    )
    if located == 0:
        text = Markup("No duration comes with a <b>study that can be looked up</b>")
    else:
        words = f"{capitalise(spell(located))} of {plural(len(answering), 'duration')}"
        text = Markup("{} {} with a <b>study that can be looked up</b>").format(
            words, "comes" if located == 1 else "come"
        )
    if named:
        shown = join_words([f"“{name}”" for name in named[:3]])
        text += Markup("; what is named cannot be found: {}").format(shown)
        text += f" and {len(named) - 3} more" if len(named) > 3 else ""
    return [text + "."]
