"""Apply what analysts decided about claims.

Law of the room: people's word wins, is never overwritten, and is never lost in silence.  A verdict repeats the words the
analyst saw; one that finds its words no more is an orphan, and orphans are published.

Anchors are the selectors of the W3C Web Annotation Data Model: the exact quote with its prefix and suffix.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from howlong.claims import Claim, read_codebook
from howlong.claims.codebook import CLOSED_FACETS
from howlong.tables import InputError, format_cell, parse_cell, read_rows, read_types, to_frame, to_records

if TYPE_CHECKING:
    from pandas import DataFrame

DECISIONS = ("accept", "reject", "correct")
OUTCOMES = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}
REQUIRED = ("claim_id", "source_id", "quote", "decision", "analyst")
OPTIONAL = ("prefix", "suffix", "field", "value", "date", "reason")

KINDS = (
    "duration",
    "frequency",
    "dose",
    "count",
    "percent",
    "fraction",
    "age",
    "money",
    "measurement",
    "statistic",
    "number",
)
CODED = (
    "kind",
    "role",
    "outcome",
    "regimen",
    "population",
    "region",
    "comparator",
    "denied",
    "answers",
    "duplicate_of",
)
WORDED = ("attribution", "locatable", "statistic", "subjects", "hedge", "modifier", "approx")
MEASURED = ("low", "low_unit", "high", "unit", "vague_low", "vague_high")
FIELDS = (*CODED, *WORDED, *MEASURED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one analyst decided about one claim, in the words the analyst saw.

    Attributes
    ----------
    line : int
        The line of seeds/verdicts.csv it stands in.
    claim_id, source_id : str
        The claim and the source it was read from.
    quote, prefix, suffix : str
        The claim's words, and up to 32 characters before and after them, as the analyst saw them.
    decision : str
        "accept", "reject" or "correct".
    field : str
        The claim's column that is corrected; empty for the other decisions.
    value : str
        What that column should say; empty clears it.
    analyst, date, reason : str
        Who decided, when (year-month-day), and why.
    """

    TABLE: ClassVar[str] = "verdicts"
    NOTEBOOK: ClassVar[str] = "02-claims"
    KEY: ClassVar[tuple[str, ...]] = ("line",)

    line: int
    claim_id: str
    source_id: str
    quote: str
    prefix: str
    suffix: str
    decision: str
    field: str
    value: str
    analyst: str
    date: str
    reason: str


@dataclass(frozen=True, slots=True)
class Orphan:
    """A verdict that finds its claim no more, and why.

    Attributes
    ----------
    line : int
        The line of seeds/verdicts.csv it stands in.
    claim_id, source_id : str
        The claim and the source that the verdict names.
    quote : str
        The words the analyst saw.
    decision : str
        "accept", "reject" or "correct".
    field, value : str
        The column that a correction is of, and what it should say; empty for the other decisions.
    analyst, date : str
        Who decided, and when.
    cause : str
        "words not found", "words found more than once", or "no claim in this source".
    """

    TABLE: ClassVar[str] = "orphans"
    NOTEBOOK: ClassVar[str] = "02-claims"
    KEY: ClassVar[tuple[str, ...]] = ("line",)

    line: int
    claim_id: str
    source_id: str
    quote: str
    decision: str
    field: str
    value: str
    analyst: str
    date: str
    cause: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of one verdict in this run.

    Attributes
    ----------
    line : int
        The line of seeds/verdicts.csv it stands in.
    claim_id : str
        The claim it was applied to (the id of this run); empty for an orphan.
    source_id, quote : str
        The source and the words the analyst saw.
    decision : str
        "accept", "reject" or "correct".
    field : str
        The column that a correction is of; empty for the other decisions.
    before, value : str
        What the corrected column said before any verdict, and what it should say; empty for the other decisions.
    analyst, date, reason : str
        Who decided, when, and why.
    effect : str
        "applied", "overruled" (a later verdict on the same claim and field gives another word) or "orphan".
    overruled_by : int or None
        The line of the later verdict; empty for the other effects.
    """

    line: int
    claim_id: str
    source_id: str
    quote: str
    decision: str
    field: str
    before: str
    value: str
    analyst: str
    date: str
    reason: str
    effect: str
    overruled_by: int | None


# --- reading --------------------------------------------------------------------------------------------------------


def read_verdicts(review: Path) -> DataFrame:
    """Read seeds/verdicts.csv.

    Parameters
    ----------
    review : Path
        The review's folder.

    Returns
    -------
    DataFrame
        A row a `Verdict`, in the file's order; empty where the file is missing or nobody has judged yet.

    Raises
    ------
    InputError
        For an unknown decision or field, a value that the field does not admit, a missing analyst, a date that is none,
        and a verdict that overrules an earlier one without a reason.
    """
    path = review / "seeds" / "verdicts.csv"
    rows = read_rows(path, REQUIRED, OPTIONAL) if path.exists() else []
    codes = read_codes(review) if rows else {}
    verdicts = [parse_verdict(line, row, codes) for line, row in rows]
    check_overrulings(verdicts)
    return to_frame(verdicts, Verdict)


def list_verdicts(lines: Sequence[str]) -> list[Verdict]:
    """Return the verdicts of a file that was read before, by its lines; rows that are none are left aside."""
    reader = csv.DictReader(io.StringIO("\n".join(lines), newline=""))
    found = []
    for row in reader:
        cells = {name: (row.get(name) or "").strip() for name in (*REQUIRED, *OPTIONAL)}
        if cells["decision"] in DECISIONS:
            found.append(Verdict(line=reader.line_num, **cells))
    return found


def read_codes(review: Path) -> dict[str, tuple[str, ...]]:
    """Return the codes that each coded column admits; a review without a codebook admits any outcome and region."""
    codes = {"kind": KINDS, "answers": ("persistence", "window", ""), **CLOSED_FACETS}
    own = {
        facet: tuple(dict.fromkeys((*listed, "none")))
        for facet, listed in read_codebook(review).codes.items()
        if listed
    }
    return {**codes, **own}


def parse_verdict(line: int, row: Mapping[str, str], codes: Mapping[str, Sequence[str]]) -> Verdict:
    """Make a verdict of one row, or say what is wrong with it."""
    where = f"verdicts.csv line {line}"
    for column in ("claim_id", "source_id", "quote", "analyst"):
        if not row[column]:
            raise InputError(
                f"{where}: {column} must be filled, is empty. Copy it from claims.csv, or name the analyst."
            )
    if row["decision"] not in DECISIONS:
        raise InputError(
            f"{where}: decision must be one of {', '.join(DECISIONS)}, is {row['decision']!r}. Mend the row."
        )
    check_field(where, row["decision"], row["field"], row["value"], codes)
    check_date(where, row["date"])
    return Verdict(line=line, **row)


def check_field(where: str, decision: str, field: str, value: str, codes: Mapping[str, Sequence[str]]) -> None:
    """Hold a verdict's field and value to what the claim's column admits."""
    if decision != "correct":
        if field or value:
            raise InputError(
                f"{where}: field and value must be empty for {decision!r}, are {field!r} and {value!r}. Empty them, or write 'correct'."
            )
        return
    if field not in FIELDS:
        raise InputError(f"{where}: field must be one of {', '.join(FIELDS)}, is {field!r}. Mend the row.")
    if field in codes and value not in codes[field]:
        admitted = ", ".join(code or "empty" for code in codes[field])
        raise InputError(f"{where}: {field} must be one of {admitted}; is {value!r}. Mend the value.")
    try:
        parse_value(field, value)
    except ValueError:
        must = (
            "true or false"
            if field in ("comparator", "denied", "locatable", "approx")
            else "a number of 0 or more, or empty"
        )
        raise InputError(f"{where}: {field} must be {must}, is {value!r}. Mend the value.") from None


def parse_value(field: str, value: str) -> object:
    """Read a corrected value into the type of its column.

    Raises
    ------
    ValueError
        When the column does not admit it.
    """
    parsed = parse_cell(value, read_types(Claim)[field])
    if isinstance(parsed, float) and not 0 <= parsed < float("inf"):
        raise ValueError(value)
    return parsed


def check_date(where: str, date: str) -> None:
    """Hold a date to year-month-day; an empty one is allowed."""
    try:
        if date and datetime.date.fromisoformat(date).isoformat() != date:
            raise ValueError(date)
    except ValueError:
        raise InputError(f"{where}: date must be like 2026-01-31, or empty; is {date!r}. Mend the date.") from None


def check_overrulings(verdicts: Sequence[Verdict]) -> None:
    """Hold verdicts on the same claim and field against each other: who overrules must say why."""
    earlier: dict[tuple[str, ...], Verdict] = {}
    for verdict in verdicts:
        key = (verdict.source_id, verdict.claim_id, verdict.field)
        before = earlier.get(key)
        if before and (before.decision, before.value) != (verdict.decision, verdict.value) and not verdict.reason:
            raise InputError(
                f"verdicts.csv line {verdict.line}: a verdict that overrules line {before.line} must give a reason, gives none. "
                "Write why, or remove the row."
            )
        earlier[key] = verdict


# --- applying -------------------------------------------------------------------------------------------------------


def apply_verdicts(claims: DataFrame, verdicts: DataFrame) -> tuple[DataFrame, DataFrame]:
    """Let people's word win.

    Parameters
    ----------
    claims : DataFrame
        A row a claim, as `howlong.claims.code_claims` returns them.
    verdicts : DataFrame
        A row a `Verdict`.

    Returns
    -------
    claims : DataFrame
        The same rows in the same order, corrected, with `verdict` filled.  A rejected claim stays, marked.
    orphans : DataFrame
        A row an `Orphan`: the verdicts whose words are not found.
    """
    before = to_records(claims, Claim)
    rulings = rule(before, to_records(verdicts, Verdict))
    after = [
        apply_rulings(claim, [ruling for ruling in rulings if ruling.claim_id == claim.claim_id]) for claim in before
    ]
    orphans = find_orphans(before, to_records(verdicts, Verdict))
    return to_frame(after, Claim), to_frame(orphans, Orphan)


def rule(claims: Sequence[Claim], verdicts: Iterable[Verdict]) -> list[Ruling]:
    """Find each verdict's claim and let the last word on a claim and field win."""
    rulings: list[Ruling] = []
    for verdict in verdicts:
        claim, _ = find_claim(verdict, claims)
        ruling = make_ruling(verdict, claim)
        rulings = [overrule(earlier, ruling) for earlier in rulings]
        rulings.append(ruling)
    return rulings


def make_ruling(verdict: Verdict, claim: Claim | None) -> Ruling:
    """Describe one verdict and the claim it found."""
    corrects = claim is not None and verdict.decision == "correct"
    return Ruling(
        line=verdict.line,
        claim_id=claim.claim_id if claim else "",
        source_id=verdict.source_id,
        quote=verdict.quote,
        decision=verdict.decision,
        field=verdict.field,
        before=format_cell(getattr(claim, verdict.field)) if corrects else "",
        value=verdict.value,
        analyst=verdict.analyst,
        date=verdict.date,
        reason=verdict.reason,
        effect="applied" if claim else "orphan",
        overruled_by=None,
    )


def overrule(earlier: Ruling, later: Ruling) -> Ruling:
    """Mark an earlier ruling as overruled where a later one speaks on the same claim and field otherwise."""
    same = later.claim_id and (earlier.claim_id, earlier.field) == (later.claim_id, later.field)
    differs = (earlier.decision, earlier.value) != (later.decision, later.value)
    if earlier.effect == "applied" and same and differs:
        return replace(earlier, effect="overruled", overruled_by=later.line)
    return earlier


def apply_rulings(claim: Claim, rulings: Sequence[Ruling]) -> Claim:
    """Apply what was decided about one claim: corrections first, then what is known of it as a whole."""
    standing = [ruling for ruling in rulings if ruling.effect == "applied"]
    if not standing:
        return claim
    corrections = {ruling.field: parse_value(ruling.field, ruling.value) for ruling in standing if ruling.field}
    corrections = clear_vague_words(corrections)
    decided = {ruling.decision for ruling in standing}
    word = next(decision for decision in ("reject", "correct", "accept") if decision in decided)
    corrected = replace(claim, **corrections, verdict=OUTCOMES[word])  # type: ignore[arg-type]
    if "role" in corrections or word != "correct":
        corrected = replace(corrected, role_precision=None)
    check_ends(corrected, standing)
    return corrected if "answers" in corrections else replace(corrected, answers=settle_answers(claim, corrected))


def clear_vague_words(corrections: Mapping[str, object]) -> dict[str, object]:
    """Take the vague word from an end that a person gives a number, unless the person speaks of the word too."""
    cleared = {f"vague_{end}": "" for end in ("low", "high") if corrections.get(end) is not None}
    return {**cleared, **corrections}


def check_ends(claim: Claim, rulings: Sequence[Ruling]) -> None:
    """Refuse a correction that turns a range round."""
    if claim.low is None or claim.high is None or claim.low_unit not in ("", claim.unit) or claim.low <= claim.high:
        return
    line = max(ruling.line for ruling in rulings)
    raise InputError(
        f"verdicts.csv line {line}: low must not be above high, is {claim.low:g} above {claim.high:g} in {claim.quote!r}. Mend the value."
    )


def settle_answers(before: Claim, after: Claim) -> str:
    """Say which question a corrected claim answers.

    A persistence claim answers, a comparator does not.  A window keeps what the coding said of it; one that an analyst
    makes a window answers only when the analyst corrects `answers` too, for most windows advise a time to act.
    """
    if after.kind != "duration" or after.comparator or after.role not in ("persistence", "window"):
        return ""
    if after.role == "persistence":
        return "persistence"
    return "window" if before.answers == "window" else ""


# --- anchors --------------------------------------------------------------------------------------------------------


def find_orphans(claims: Sequence[Claim], verdicts: Iterable[Verdict]) -> list[Orphan]:
    """Return the verdicts whose words are not found, with the cause."""
    orphans = []
    for verdict in verdicts:
        claim, cause = find_claim(verdict, claims)
        if claim is None:
            shared = ("line", "claim_id", "source_id", "quote", "decision", "field", "value", "analyst", "date")
            orphans.append(Orphan(**{name: getattr(verdict, name) for name in shared}, cause=cause))
    return orphans


def find_claim(verdict: Verdict, claims: Sequence[Claim]) -> tuple[Claim | None, str]:
    """Find the claim that a verdict speaks of.

    The claim's id and the same words; else the same words between the same neighbours in the same source; else none.

    Returns
    -------
    claim : Claim or None
        The claim, None when the verdict is an orphan.
    cause : str
        Why it is one, else empty.
    """
    inside = [claim for claim in claims if claim.source_id == verdict.source_id]
    if not inside:
        return None, "no claim in this source"
    same = [claim for claim in inside if fold(claim.quote) == fold(verdict.quote)]
    for claim in same:
        if claim.claim_id == verdict.claim_id:
            return claim, ""
    for matches in (match_both, match_either):
        found = [claim for claim in same if matches(verdict, claim)]
        if len(found) == 1:
            return found[0], ""
        if found:
            return None, "words found more than once"
    return None, "words not found"


def match_both(verdict: Verdict, claim: Claim) -> bool:
    """Tell whether a claim stands between the neighbours that a verdict names; one that names none matches any."""
    before, after = fold(claim.prefix), fold(claim.suffix)
    return before.endswith(fold(verdict.prefix)) and after.startswith(fold(verdict.suffix))


def match_either(verdict: Verdict, claim: Claim) -> bool:
    """Tell whether one of the neighbours that a verdict names is still there."""
    before, after = fold(verdict.prefix), fold(verdict.suffix)
    kept_before = bool(before) and fold(claim.prefix).endswith(before)
    kept_after = bool(after) and fold(claim.suffix).startswith(after)
    return kept_before or kept_after


def fold(text: str) -> str:
    """Return text as spreadsheets keep it: white space in runs is one space, none at the ends.

    >>> fold(" two to\\nsix weeks")
    'two to six weeks'
    """
    return re.sub(r"\s+", " ", text).strip()
