"""Compare what is being made with the edition before it.

Law of the module: in a run the published edition, or the one before it, is read; by hand the same, so that an analyst sees what
a run would say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from howlong.claims import Claim, read_review
from howlong.report.changes.differences import Change, compare
from howlong.report.changes.sentences import tell_changes
from howlong.report.changes.state import State
from howlong.report.page.naming import Naming
from howlong.report.run.archive import LIBRARY, list_inputs, list_made_of, read_input, read_library
from howlong.report.run.driver import find_notebooks
from howlong.report.run.edition import Edition, Origin
from howlong.report.run.history import (
    INPUTS,
    Place,
    find_previous,
    hash_content,
    name_edition,
    place_edition,
    read_origin,
    require_record,
    state_date,
)
from howlong.sources import Source
from howlong.spread import Stratum
from howlong.tables import Shelf, read_kept_table, to_records

if TYPE_CHECKING:
    from pandas import DataFrame


def compare_with_last(review: Path, shelf: Shelf, as_of: str = "") -> tuple[dict[str, Any], DataFrame]:
    """Compare the tables on a shelf with the edition before.

    Parameters
    ----------
    review : Path
        The review's folder.
    shelf : Shelf
        Where the tables of the notebooks before stand.
    as_of : str
        The date the edition speaks for; empty: not stated.

    Returns
    -------
    dict, DataFrame
        The edition: its ``number``, the number of the one it is compared with (``previous``, 0 for none), of what kind it is
        (``state``: "first", "compared" or "lost", when the one before cannot be read), a ``summary``, the answers that
        ``moved`` (name, before, after) and its ``changes`` in words (``what`` and ``cause``); and a row a `Change`.
    """
    notebooks = find_notebooks(review)
    origin = read_origin(review, shelf.out, notebooks)
    folder = shelf.published if shelf.published and not any(shelf.out.glob("*.csv")) else shelf.out
    place = place_edition(review, origin, state_date(as_of), hash_content(folder))
    record = find_previous(review, place.previous)
    before = read_kept(review, record) if record else None
    tables = {name: shelf.read(record_type) for name, record_type in RECORDS.items()}
    named = {f"notebooks/{path.name}": path for path in notebooks}
    after = make_state(
        origin,
        tables,
        {name: digest for name, digest in list_made_of(origin).items() if name != LIBRARY},
        lambda name: read_input(review, named, name),
    )
    changes = compare(before, after)
    rows, names = to_records(changes, Change), name_answers(review, before, after)
    described = {
        **describe_place(place, before is not None),
        "summary": summarise(before, after, rows) if before else "",
        "moved": list_moved(before, after, rows, names) if before else [],
        "changes": [asdict(line) for line in tell_changes(rows, names)],
    }
    return described, changes


def list_moved(
    before: State, after: State, rows: Sequence[Change], names: Mapping[str, str]
) -> list[tuple[str, Stratum | None, Stratum | None]]:
    """Return each answer that differs, by name, as it was and as it is."""
    old, new = ({row.stratum_id: row for row in state.strata if row.leaf} for state in (before, after))
    ids = [row.stratum_id for row in rows if row.about == "answer" and row.kind != "changed"]
    return [(names.get(name, name), old.get(name), new.get(name)) for name in ids]


def summarise(before: State, after: State, rows: Sequence[Change]) -> str:
    """Count what stayed and what differs: articles, then statements."""
    old, new = ({name for name in state.sources if state.digest(name)} for state in (before, after))
    same = {name for name in old & new if before.digest(name) == after.digest(name)}
    articles = {
        "new": len(new - old),
        "changed": len(old & new) - len(same),
        "gone": len(old - new),
        "as before": len(same),
    }
    kinds: dict[str, set[str]] = {}
    for row in rows:
        if row.about == "claim" and row.kind != "moved":
            kinds.setdefault(row.kind, set()).add(row.claim_id)
    statements = {kind: len(ids) for kind, ids in sorted(kinds.items())}
    touched = set().union(*kinds.values()) if kinds else set()
    statements["as before"] = len({claim.claim_id for claim in after.claims} - touched)
    return f"Articles: {say_counts(articles)}. Statements: {say_counts(statements)}."


def say_counts(counts: Mapping[str, int]) -> str:
    """Say counts that are not nothing.

    >>> say_counts({"new": 1, "gone": 0, "as before": 3})
    '1 new, 3 as before'
    """
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "none"


RECORDS = {"sources": Source, "claims": Claim, "spread": Stratum}


def describe_place(place: Place, is_compared: bool) -> dict[str, Any]:
    """Tell the page which edition it shows."""
    state = "compared" if is_compared else ("lost" if place.previous.number else "first")
    return {"number": place.number, "previous": place.previous.number, "state": state}


def name_answers(review: Path, *states: State | None) -> dict[str, str]:
    """Return each answer's name in the review's words, by its id."""
    naming = Naming(read_review(review).names, (), ())
    return {row.stratum_id: naming.whole(row) for state in states if state for row in state.strata}


def compare_kept(review: Path, first: int, second: int) -> tuple[DataFrame, dict[str, str]]:
    """Compare two editions that are kept; return the changes, and the names of the answers.

    Raises
    ------
    InputError
        When one of them is not.
    """
    editions = [require_record(review, number) for number in (first, second)]
    before, after = (read_kept(review, edition) for edition in editions)
    return compare(before, after), name_answers(review, before, after)


def read_kept(review: Path, edition: Edition) -> State:
    """Read an edition that is kept."""
    folder = review / name_edition(edition.number)
    tables = {name: read_kept_table(folder / f"{name}.csv", record_type) for name, record_type in RECORDS.items()}
    inputs = {**list_inputs(edition.origin), **(read_library(review, edition.origin) or {})}
    return make_state(edition.origin, tables, inputs, lambda name: (review / INPUTS / inputs[name]).read_bytes())


def make_state(
    origin: Origin, tables: Mapping[str, DataFrame], inputs: Mapping[str, str], read: Callable[[str], bytes]
) -> State:
    """Make one side of a comparison."""

    def read_lines(name: str) -> list[str]:
        if name not in inputs:
            return []
        try:
            return read(name).decode("utf-8", "replace").splitlines()
        except OSError:
            return []

    sources: Sequence[Source] = to_records(tables["sources"], Source)
    return State(
        inputs=inputs,
        code=origin.code,
        versions=origin.versions,
        parameters=origin.parameters,
        sources={source.source_id: source for source in sources},
        claims=tuple(to_records(tables["claims"], Claim)),
        strata=tuple(row for row in to_records(tables["spread"], Stratum) if row.chosen),
        read=read_lines,
    )
