"""Write the sentences of the page's first screen, the same for the page and the command line.

Law of the room: every sentence with a number in it is made from the tables; articles "say" or "report", nothing is shown
or proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from howlong.claims import Claim
from howlong.durations import Interval
from howlong.report.page.amounts import say_length, say_range
from howlong.report.page.facts import Facts
from howlong.report.page.naming import Naming, capitalise, join_words, lower_first, plural, share, spell
from howlong.spread import Stratum, lie_apart, take_hull
from howlong.tables import to_records

if TYPE_CHECKING:
    from pandas import DataFrame

FEW_ARTICLES = 3


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
    if is_bottomless(stratum):
        low = None
    stated = (stratum.stated_low_days, stratum.stated_high_days)
    apart = (stated[0] is None) != (stated[1] is None) and (stated[0] == low or stated[1] == high)
    return say_range(low, high, stratum.high_open and low is not None, usual, apart=apart)


def is_bottomless(stratum: Stratum) -> bool:
    """Tell whether the numbers have no lower end and a statement leaves it open, so that a vague word cannot give one."""
    no_number = stratum.stated_low_days is None and stratum.stated_high_days is not None
    return stratum.low_open and no_number and not stratum.high_open


def say_interval(claim: Claim, row: Interval, short: bool = False) -> str:
    """Say what one claim's interval is, each end in the unit the article gives it; "" where both are open."""
    mixed = bool(claim.low_unit) and claim.low_unit != claim.unit
    usual = "" if mixed else claim.unit
    if row.modifier == "as early as" and row.high_days is None and row.low_days is not None:
        return f"from {say_length(row.low_days, usual, short)} on"
    return say_range(row.low_days, row.high_days, row.high_days is None, usual, short, apart=mixed)


def tell_stated(facts: Facts, stratum: Stratum) -> str:
    """Say a stratum's range in numbers; an open end counts only where a number opens it."""
    return say_stated(stratum, facts.usual_unit(stratum.claim_ids), opens_in_numbers(facts, stratum.high_open_by))


def opens_in_numbers(facts: Facts, claim_ids: Sequence[str]) -> bool:
    """Tell whether one of the claims that leave an upper end open does so with a number."""
    rows = [facts.interval(name) for name in claim_ids]
    return any(row is not None and row.low_stated_days is not None for row in rows)


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
        who = f"One article, {name}," if len(facts.sources) > 1 else "The one article"
        return Markup("{} says <b class=st>{}</b> for {}.").format(who, stated, what)
    return Markup("Articles say <b class=st>{}</b> for {}.").format(stated, what)


def write_disagreement(facts: Facts, stratum: Stratum) -> Markup | None:
    """Write the answer where the two articles that set its ends contradict each other in all they say; else None."""
    ends = (stratum.possible_low_by, stratum.possible_high_by)
    for row in facts.conflicts:
        apart = row.stratum_id == stratum.stratum_id and row.relation == "contradict" and not row.same_source
        if apart and set(ends) == {row.claim_a, row.claim_b}:
            sides = [list_side(facts, stratum, facts.by_id[name].source_id) for name in ends]
            if lie_apart(*map(take_hull, sides)):
                said = [write_side(facts, side) for side in sides]
                return Markup("Articles disagree about {}: {}, {}.").format(facts.naming.clause(stratum), *said)
    return None


def list_side(facts: Facts, stratum: Stratum, source_id: str) -> list[Interval]:
    """List all that one article says of a stratum."""
    names = [name for name in stratum.claim_ids if facts.by_id[name].source_id == source_id]
    return [row for name in names if (row := facts.interval(name))]


def write_side(facts: Facts, rows: Sequence[Interval]) -> Markup:
    """Write all that one article says, for a disagreement."""
    kind = "vg" if any(row.vague for row in rows) else "st"
    words = say_together(facts, rows) if len(rows) > 1 else say_interval(facts.by_id[rows[0].claim_id], rows[0])
    return Markup("{} says <b class={}>{}</b>").format(facts.naming.article(rows[0].source_id), kind, words)


def say_together(facts: Facts, rows: Sequence[Interval], short: bool = False) -> str:
    """Say the range of several statements of one article."""
    span, usual = take_hull(rows), facts.usual_unit([row.claim_id for row in rows])
    return say_range(span.possible_low.days, span.possible_high.days, bool(span.high_open_by), usual, short)


def is_vague(facts: Facts, claim_id: str) -> bool:
    """Tell whether a claim was read from a vague word."""
    row = facts.interval(claim_id)
    return bool(row and row.vague)


def write_paragraph(facts: Facts) -> Markup:
    """Write what stands under the answer: who says what, the possible range, what is open, and what else is answered."""
    stratum = facts.lead
    total = len(facts.sources)
    if stratum is None:
        rest = f"{capitalise(plural(len(facts.strata), 'other answer'))} of the {plural(total, 'article')} follow"
        return Markup("{}.").format(rest if facts.strata else f"{capitalise(plural(total, 'article'))} were read")
    parts = [
        write_sides(facts, stratum),
        write_overall(facts, stratum),
        write_possible(facts, stratum),
        write_counts(facts, stratum),
        write_agreement(facts, stratum),
        *write_open_ends(facts, stratum),
        write_bridge(facts, stratum),
    ]
    return Markup(" ").join(part for part in parts if part)


def write_counts(facts: Facts, stratum: Stratum) -> Markup:
    """Write how many articles speak, in how many statements, and how many of these use a vague word."""
    total = len(facts.sources)
    subject = share(stratum.sources, total, "article", "the ")
    verb = "speaks" if stratum.sources == 1 else "speak"
    sentence = f"{subject} {verb} of it, in {plural(stratum.claims, 'statement')}"
    if stratum.vague_claims and stratum.vague_claims == stratum.claims and stratum.claims > 1:
        sentence += f", {'both' if stratum.claims == 2 else 'all'} with a vague word"
    elif stratum.vague_claims:
        sentence += f"; {spell(stratum.vague_claims)} {'uses' if stratum.vague_claims == 1 else 'use'} a vague word"
    return Markup("{}.").format(sentence)


def write_sides(facts: Facts, stratum: Stratum) -> Markup:
    """Write who says what in numbers: each article where they are few, else those that set the two ends."""
    if stratum.sources == 1 or not tell_stated(facts, stratum) or write_disagreement(facts, stratum) is not None:
        return Markup("")
    if stratum.sources > FEW_ARTICLES:
        return write_makers(facts, stratum)
    said: dict[str, list[str]] = {}
    for source_id in stratum.source_ids:
        said.setdefault(tell_side(facts, stratum, source_id), []).append(source_id)
    if len(said) == 1:
        return Markup("{} say the same.").format("Both" if stratum.sources == 2 else f"All {spell(stratum.sources)}")
    parts = [
        Markup("{} {} <b class=st>{}</b>").format(name_sources(facts, who), "says" if len(who) == 1 else "say", words)
        if words
        else Markup("{} {} no number").format(name_sources(facts, who), "gives" if len(who) == 1 else "give")
        for words, who in said.items()
    ]
    return Markup("{}{}.").format(Markup(", ").join(parts[:-1]), Markup(" and {}").format(parts[-1]))


def tell_side(facts: Facts, stratum: Stratum, source_id: str) -> str:
    """Say what one article says in numbers, "" where it gives none."""
    span, usual = take_hull(list_side(facts, stratum, source_id)), facts.usual_unit(stratum.claim_ids)
    return say_range(span.stated_low.days, span.stated_high.days, opens_in_numbers(facts, span.high_open_by), usual)


def write_makers(facts: Facts, stratum: Stratum) -> Markup:
    """Name the articles that set the ends in numbers, where there are too many articles to repeat each."""
    usual = facts.usual_unit(stratum.claim_ids)
    parts = []
    for end, words, is_open in (("stated_low", "shortest", False), ("stated_high", "longest", stratum.high_open)):
        who = list(dict.fromkeys(claim.source_id for claim in facts.makers(stratum, end)))
        if who and not is_open:
            names = name_sources(facts, who) if len(who) <= FEW_ARTICLES else plural(len(who), "article")
            parts.append(f"the {words}, {say_length(getattr(stratum, f'{end}_days'), usual)}, is from {names}")
    return Markup("{}.").format(capitalise("; ".join(parts))) if parts else Markup("")


def name_sources(facts: Facts, source_ids: Sequence[str]) -> str:
    """Name articles as the subject of a sentence.

    A page calls a source "Article A" or by its own name; two of the first kind are "Articles A and B".
    """
    if len(source_ids) > 1 and all(len(source_id) <= 2 for source_id in source_ids):
        return f"Articles {join_words(source_ids)}"
    return join_words([facts.naming.article(source_id) for source_id in source_ids])


def write_bridge(facts: Facts, stratum: Stratum) -> Markup:
    """Lead from the question to what the answer is about, and to the other things that have answers of their own."""
    head, gloss = facts.naming.head(stratum), facts.naming.gloss(stratum)
    others = [facts.naming.head(other) for other in facts.strata]
    others = [lower_first(name) for name in dict.fromkeys(others) if name != head]
    if not others:
        return Markup("{} here means {}.").format(head, gloss) if gloss else Markup("")
    what = f"{lower_first(head)} ({gloss})" if gloss else lower_first(head)
    text = Markup("The review asks first about {}; ").format(what) if stratum.asked == 1 else Markup("")
    text = text or Markup("This is about {}; ").format(what)
    if len(others) > FEW_ARTICLES:
        rest = f"{spell(len(others))} other things, among them {join_words(others[:2])},"
    else:
        rest = join_words(others)
    count = sum(facts.naming.head(other) != head for other in facts.strata)
    verb = "have" if len(others) > 1 else "has"
    own = "an answer of its own" if count == 1 else f"answers of {'their' if len(others) > 1 else 'its'} own"
    return text + Markup('{} {} <a href="#answers">{}</a>.').format(rest, verb, own)


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


def write_agreement(facts: Facts, stratum: Stratum) -> Markup:
    """Write whether the articles of an answer agree, where none contradicts another; "" for one article."""
    rows = [row for row in facts.conflicts if row.stratum_id == stratum.stratum_id and not row.same_source]
    if not rows or any(row.relation == "contradict" for row in rows):
        return Markup("")
    if all(row.relation in ("overlap", "inside") for row in rows):
        return Markup('They <a href="#agreement">agree</a>: some time fits both.' if len(rows) == 1 else "")
    return Markup('Whether they agree <a href="#agreement">cannot be told</a>.')


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
        text = Markup("{}’s {} states no {} limit.").format(article, quote_claim(claim), side)
        sentences.append(text)
    return sentences


def quote_claim(claim: Claim) -> str:
    """Quote a claim, and say so where its sentence denies it."""
    return f"{'denied ' if claim.denied else ''}“{tidy(claim.quote)}”"


def tidy(quote: str) -> str:
    """Return a quote on one line."""
    return " ".join(quote.split())


def tell_unanswered(gap: Stratum, strata: Iterable[Stratum]) -> str:
    """Say that nobody answers a question, and how many statements may, for they do not say of whom they are."""
    alike = [row for row in strata if row.leaf and head_of(row) == head_of(gap) and row.population == "unspecified"]
    count = sum(row.claims for row in alike) if gap.population not in ("", "*", "unspecified") else 0
    if not count:
        return "no article says how long"
    said = f"{plural(count, 'statement')} {'does' if count == 1 else 'do'} not say in whom"
    return f"no statement was read as saying how long; {said}"


def head_of(stratum: Stratum) -> tuple[str, str]:
    """Return what lasts: the measure and the outcome, one for all receptive windows."""
    return (stratum.measure, "" if stratum.measure == "window" else stratum.outcome)


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
        A line an answer to the questions of review.toml, those with more articles first; where it asks none, a line an answer with two or more articles (or any).
    """
    names = review if isinstance(review, Mapping) else getattr(review, "names", {})
    naming = Naming(names, (), ())
    chosen = [row for row in to_records(spread, Stratum) if row.chosen and (row.leaf or row.gap)]
    asked = sorted((row for row in chosen if row.asked), key=lambda row: (row.asked, -row.sources, row.place))
    rows = asked or [row for row in chosen if row.leaf and row.sources > 1] or chosen
    return [write_line(naming, row, chosen) for row in rows] or ["No article says how long anything lasts."]


def write_line(naming: Naming, stratum: Stratum, chosen: Sequence[Stratum]) -> str:
    """Write one answer, or that nobody gives one, as one line of plain text."""
    name = naming.whole(stratum)
    if not stratum.leaf:
        return f"{name}: {tell_unanswered(stratum, chosen)}"
    stated, possible = say_stated(stratum), say_possible(stratum)
    if not stated:
        said = f"no number; vague words mean {possible}"
    elif stated == possible:
        said = stated
    else:
        said = f"{stated} in numbers; {possible} with vague words"
    sources = join_words(stratum.source_ids)
    return f"{name}: {said} ({sources}{' alone' if stratum.sources == 1 else ''})"
