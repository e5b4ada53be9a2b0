"""Find what differs between two editions, claim by claim and answer by answer.

Law of the module: every claim of either side is matched once, or is named as added or gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from howlong.claims import Claim
from howlong.report.changes.causes import Causes
from howlong.report.changes.state import State
from howlong.report.page.words import say_possible, say_stated
from howlong.spread import Stratum
from howlong.tables import format_cell, to_frame

if TYPE_CHECKING:
    from pandas import DataFrame

WORDS = ("quote", "sentence")
VALUES = (
    *("kind", "low", "low_unit", "high", "unit", "modifier", "approx", "hedge", "vague_low", "vague_high"),
    *("values", "point"),
)
CODES = (
    *("role", "outcome", "regimen", "population", "region", "comparator", "denied"),
    *("attribution", "locatable", "statistic", "subjects", "answers", "duplicate_of", "verdict"),
)
ENDS = ("stated_low_days", "stated_high_days", "possible_low_days", "possible_high_days", "low_open", "high_open")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference from the edition before: of a claim, or of an answer.

    Attributes
    ----------
    place : int
        The row's place on paper: answers first, then claims by source and place in the text.
    about : str
        "answer" or "claim".
    kind : str
        "added", "gone", "changed" (other words or numbers), "re-coded" (another code or verdict), "moved" (the same words
        elsewhere in the text; for an answer: another range).
    source_id : str
        The claim's source; empty for an answer.
    claim_id : str
        The claim, by its id in this edition, or in the one before where it is gone; empty for an answer.
    stratum_id : str
        The answer; empty for a claim.
    quote : str
        The claim's words; empty for an answer.
    field : str
        The column that differs; empty for what was added or is gone.
    before, after : str
        What it said before, and what it says now.
    cause : str
        "source", "rule", "parameter", "verdict", "notebook", "program" or "version"; several with "or" between them.
    because : str
        The cause by name: the file, the line of a rule, the parameter with both values, the analyst, the version.
    """

    TABLE: ClassVar[str] = "changes"
    NOTEBOOK: ClassVar[str] = "04-review"
    KEY: ClassVar[tuple[str, ...]] = ("place",)

    place: int
    about: str
    kind: str
    source_id: str
    claim_id: str
    stratum_id: str
    quote: str
    field: str
    before: str
    after: str
    cause: str
    because: str


def compare(before: State | None, after: State) -> DataFrame:
    """Return the table of changes; it is empty where there is no edition before."""
    return to_frame(find_changes(before, after) if before else [], Change)


def find_changes(before: State, after: State) -> list[Change]:
    """Return every difference between two editions, each with its cause.

    Parameters
    ----------
    before, after : State
        The two editions.

    Returns
    -------
    list of Change
        Answers first, then claims, each in the order of the page.
    """
    causes = Causes(before, after)
    claims = [*compare_claims(before, after, causes)]
    reasons: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for change in claims:
        reasons[change.claim_id].append((change.cause, change.because))
    answers = [*compare_answers(before, after, causes, reasons)]
    return [replace(change, place=number) for number, change in enumerate([*answers, *claims], start=1)]


# --- claims -----------------------------------------------------------------------------------------------------------


def compare_claims(before: State, after: State, causes: Causes) -> Iterator[Change]:
    """Yield the differences of claims, by source and place."""
    pairs = match_claims(before.claims, after.claims)
    pairs.sort(key=lambda pair: ((pair[1] or pair[0]).source_id, (pair[1] or pair[0]).start))  # type: ignore[union-attr]
    for old, new in pairs:
        if old is None and new is not None:
            yield describe_claim("added", new, "", "", new.sentence, causes.of_presence(new, is_added=True))
        elif new is None and old is not None:
            yield describe_claim("gone", old, "", old.sentence, "", causes.of_presence(old, is_added=False))
        elif old is not None and new is not None:
            yield from compare_claim(old, new, causes)


def compare_claim(old: Claim, new: Claim, causes: Causes) -> Iterator[Change]:
    """Yield the differences of one claim; that it merely stands elsewhere is told only where nothing else differs."""
    differing = [name for name in (*WORDS, *VALUES, *CODES) if getattr(old, name) != getattr(new, name)]
    for name in differing:
        kind = "re-coded" if name in CODES else "changed"
        sides = (format_cell(getattr(old, name)), format_cell(getattr(new, name)))
        cause = causes.of_code(old, new, name) if name in CODES else causes.of_words(old, new)
        yield describe_claim(kind, new, name, *sides, cause)
    if not differing and (old.start, old.section) != (new.start, new.section):
        name = "start" if old.start != new.start else "section"
        sides = (format_cell(getattr(old, name)), format_cell(getattr(new, name)))
        yield describe_claim("moved", new, name, *sides, causes.of_words(old, new))


def describe_claim(kind: str, claim: Claim, field: str, before: str, after: str, cause: tuple[str, str]) -> Change:
    """Make the row of one difference of a claim."""
    names = (claim.source_id, claim.claim_id, "", claim.quote)
    return Change(0, "claim", kind, *names, field, before, after, *cause)


def match_claims(before: Sequence[Claim], after: Sequence[Claim]) -> list[tuple[Claim | None, Claim | None]]:
    """Match the claims of two editions: by id, else by the words that stayed.

    An id is made of words, so a claim whose sentence or quote was edited has another one.  Such claims are matched, within
    one source, by the sentence, the words around the quote, the quote with the words on one side, or the sentence without
    its quote: whichever first fits.
    """
    left = {claim.claim_id: claim for claim in before}
    pairs: list[tuple[Claim | None, Claim | None]] = []
    rest = []
    for claim in after:
        old = left.pop(claim.claim_id, None)
        if old:
            pairs.append((old, claim))
        else:
            rest.append(claim)
    for key in KEYS:
        buckets: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
        for claim in left.values():
            buckets[key(claim)].append(claim)
        still = []
        for claim in rest:
            found = next((old for old in buckets[key(claim)] if is_akin(old, claim)), None)
            if found:
                buckets[key(claim)].remove(found)
                del left[found.claim_id]
                pairs.append((found, claim))
            else:
                still.append(claim)
        rest = still
    return [*pairs, *((old, None) for old in left.values()), *((None, new) for new in rest)]


KEYS: tuple[Callable[[Claim], tuple[str, ...]], ...] = (
    lambda claim: (claim.source_id, claim.sentence),
    lambda claim: (claim.source_id, claim.prefix, claim.suffix),
    lambda claim: (claim.source_id, claim.quote, claim.prefix),
    lambda claim: (claim.source_id, claim.quote, claim.suffix),
    lambda claim: (claim.source_id, claim.sentence.replace(claim.quote, "", 1)),
    lambda claim: (claim.source_id, claim.section, claim.quote),
)


def is_akin(old: Claim, new: Claim) -> bool:
    """Tell whether two claims of one sentence can be the same: their quotes share words, or all but the quote is the same."""
    if old.sentence != new.sentence:
        return True
    shared = set(old.quote.lower().split()) & set(new.quote.lower().split())
    return bool(shared) and old.start < new.end and new.start < old.end


# --- answers ----------------------------------------------------------------------------------------------------------


def compare_answers(
    before: State, after: State, causes: Causes, reasons: dict[str, list[tuple[str, str]]]
) -> Iterator[Change]:
    """Yield the answers that were added, are gone, or say another range."""
    old, new = ({row.stratum_id: row for row in state.strata if row.leaf} for state in (before, after))
    for name in [*new, *(name for name in old if name not in new)]:
        first, second = old.get(name), new.get(name)
        if first and second and is_same_answer(first, second):
            continue
        kind = "moved" if first and second else ("added" if second else "gone")
        kind = "changed" if first and second and is_same_range(first, second) else kind
        cause = causes.of_answer(first, second, reasons)
        yield Change(0, "answer", kind, "", "", name, "", "", say_answer(first), say_answer(second), *cause)


def is_same_range(first: Stratum, second: Stratum) -> bool:
    """Tell whether two answers reach from the same to the same."""
    return all(getattr(first, name) == getattr(second, name) for name in ENDS)


def is_same_answer(first: Stratum, second: Stratum) -> bool:
    """Tell whether two answers say the same and rest on as many sources and claims."""
    return is_same_range(first, second) and (first.source_ids, first.claims) == (second.source_ids, second.claims)


def say_answer(stratum: Stratum | None) -> str:
    """Say an answer as the page does, with what stands behind it."""
    if stratum is None:
        return ""
    stated, possible = say_stated(stratum), say_possible(stratum)
    said = f"{stated or 'no number'}; {possible} with vague words" if possible and possible != stated else stated
    return f"{said or 'no limit stated'} ({', '.join(stratum.source_ids)}; {stratum.claims} claim{'s' if stratum.claims > 1 else ''})"
