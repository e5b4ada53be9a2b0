"""Keep the history of a review: what each edition was made of and said, so that editions can be compared and made again.

Law: the record of an edition is never changed by a later edition, and each record names the hash of the one before it.  The
seeds, notebooks and vocabulary that an edition was made of are kept by their hashes, once each.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from howlong.report.run.edition import (
    NOT_STATED,
    PACKAGE,
    VOCABULARY,
    Edition,
    Origin,
    Previous,
    format_edition,
    hash_bytes,
    hash_published,
    is_content,
    parse_edition,
    read_edition,
    strip_notebook,
    trace_origin,
)
from howlong.report.run.execution import Stage
from howlong.tables import InputError, write_bytes, write_text

EDITIONS = "reports/editions"
INPUTS = f"{EDITIONS}/inputs"
TABLES = ("sources.csv", "claims.csv", "spread.csv")  # what a comparison reads
NOT_KEPT = ("vocabulary/units.csv",)  # made of units.txt; large
ORIGIN = "origin.json"
FEWEST = 2


@dataclass(frozen=True)
class Place:
    """Where an edition stands in the history.

    Attributes
    ----------
    number : int
        Its number.
    previous : Previous
        The edition that it is compared with.
    is_published : bool
        Whether it is the edition that is published, made again.
    """

    number: int
    previous: Previous
    is_published: bool


def name_edition(number: int) -> str:
    """Return the folder of an edition, from the review's."""
    return f"{EDITIONS}/{number:04d}"


def list_editions(review: Path) -> list[int]:
    """Return the numbers of the editions that are kept, in order."""
    return sorted(int(path.parent.name) for path in (review / EDITIONS).glob("[0-9]*/edition.json"))


def read_record(review: Path, number: int) -> Edition | None:
    """Read the record of an edition; None where there is none."""
    return parse_edition(review / name_edition(number) / "edition.json")


def read_newest(review: Path) -> Edition | None:
    """Return the published edition, or the newest record where its description is lost."""
    numbers = list_editions(review)
    return read_edition(review) or (read_record(review, numbers[-1]) if numbers else None)


def find_previous(review: Path, previous: Previous) -> Edition | None:
    """Return the record that an edition was compared with, None where it is kept no longer or is not what it was."""
    record = review / name_edition(previous.number) / "edition.json"
    if not previous.number or hash_published(record) != previous.digest:
        return None
    edition = parse_edition(record)
    tables = {f"data/{name}": record.with_name(name) for name in TABLES}
    if edition and all(hash_published(path) == edition.files.get(name) for name, path in tables.items()):
        return edition
    return None


def place_edition(review: Path, origin: Origin, as_of: str, content: Mapping[str, str]) -> Place:
    """Tell which edition is being made: the published one again, or the next one.

    Parameters
    ----------
    review : Path
        The review's folder.
    origin : Origin
        What the edition is made of.
    as_of : str
        The date it speaks for.
    content : mapping of str to str
        The hash of each table of what it says, by published path.
    """
    newest = read_newest(review)
    if newest is None:
        return Place(1, Previous(), False)
    is_same = newest.origin.fingerprint == origin.fingerprint or (
        (newest.origin.inputs, newest.as_of, newest.content) == (origin.inputs, as_of, content)
    )
    if is_same:
        return Place(newest.number, newest.previous, True)
    record = hash_published(review / name_edition(newest.number) / "edition.json")
    return Place(newest.number + 1, Previous(newest.number, record), False)


def hash_content(folder: Path) -> dict[str, str]:
    """Return the hash of each table of what an edition says, as they stand in a folder of tables."""
    found = {f"data/{path.name}": path for path in sorted(folder.glob("*.csv"))}
    return {name: hash_bytes(path.read_bytes()) for name, path in found.items() if is_content(name)}


def state_date(as_of: object) -> str:
    """Return the as-of date of an edition, or that nobody gave one."""
    return str(as_of or "") or NOT_STATED


# --- what a notebook learns of the run -------------------------------------------------------------------------------


def write_origin(folder: Path, origin: Origin) -> None:
    """Leave what a run is made of beside the folder its notebooks write to."""
    write_text(folder / ORIGIN, json.dumps(asdict(origin), indent=2, ensure_ascii=False) + "\n")


def read_origin(review: Path, out: Path, notebooks: Iterable[Path]) -> Origin:
    """Return what a notebook's run is made of; by hand, what it would be made of without parameters."""
    try:
        return Origin(**json.loads((out.parent / ORIGIN).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return trace_origin(review, list(notebooks), {})


# --- archive ----------------------------------------------------------------------------------------------------------


def list_inputs(origin: Origin) -> dict[str, str]:
    """Return the hash of each file that an edition keeps of what it was made of, by path."""
    notebooks = {f"notebooks/{name}": digest for name, digest in origin.notebooks.items()}
    vocabulary = {f"{VOCABULARY}{name}": digest for name, digest in origin.vocabulary.items()}
    every = {**origin.inputs, **notebooks, **vocabulary}
    return {name: digest for name, digest in every.items() if name not in NOT_KEPT}


def read_input(review: Path, notebooks: Mapping[str, Path], name: str) -> bytes:
    """Read one file that a run is made of, as it is kept."""
    if name.startswith("notebooks/"):
        return strip_notebook(notebooks[name])
    return ((PACKAGE if name.startswith(VOCABULARY) else review) / name).read_bytes()


def archive(stage: Stage, edition: Edition, notebooks: Iterable[Path]) -> dict[str, Path]:
    """Stage the record of an edition, its tables, and what it was made of as far as that is not kept already.

    Parameters
    ----------
    stage : Stage
        What the run made.
    edition : Edition
        The edition, with the hashes of its files.
    notebooks : iterable of Path
        The notebooks of the run.

    Returns
    -------
    dict of str to Path
        The staged file for each path to publish.
    """
    folder, name = stage.folder / "history", name_edition(edition.number)
    write_text(folder / "edition.json", format_edition(edition))
    plan = {f"{name}/edition.json": folder / "edition.json"}
    for table in TABLES:
        write_bytes(folder / table, (stage.out / table).read_bytes())
        plan[f"{name}/{table}"] = folder / table
    named = {f"notebooks/{path.name}": path for path in notebooks}
    for path, digest in list_inputs(edition.origin).items():
        if hash_published(stage.review / INPUTS / digest) != digest:
            write_bytes(folder / "inputs" / digest, read_input(stage.review, named, path))
            plan[f"{INPUTS}/{digest}"] = folder / "inputs" / digest
    return plan


def hash_history(edition: Edition, plan: Mapping[str, Path]) -> dict[str, str]:
    """Return the hash of every file that the history holds of an edition."""
    kept = {f"{INPUTS}/{digest}": digest for digest in list_inputs(edition.origin).values()}
    return kept | {name: hash_bytes(path.read_bytes()) for name, path in plan.items()}


def list_expired(review: Path, edition: Edition, keep: int) -> list[str]:
    """Return the files of the history that go when an edition is published: editions past `keep`, and what only they used."""
    numbers = [number for number in list_editions(review) if number != edition.number]
    kept = [number for number in numbers if not keep or number > edition.number - keep]
    records = [record for record in (read_record(review, number) for number in kept) if record]
    used = {digest for record in [*records, edition] for digest in list_inputs(record.origin).values()}
    gone = [path for number in numbers if number not in kept for path in (review / name_edition(number)).iterdir()]
    if len(records) == len(kept):  # a record that cannot be read may use any of them
        gone += [path for path in (review / INPUTS).glob("*") if path.name not in used]
    return [path.relative_to(review).as_posix() for path in sorted(gone)]


# --- make again -------------------------------------------------------------------------------------------------------


def require_record(review: Path, number: int) -> Edition:
    """Return the record of an edition that a person named.

    Raises
    ------
    InputError
        When it is not kept.
    """
    record = read_record(review, number)
    if record is None:
        kept = ", ".join(map(str, list_editions(review))) or "none"
        raise InputError(f"edition {number}: must be kept under {EDITIONS}, is not; kept: {kept}. Name one of these.")
    return record


def restore_edition(review: Path, number: int, target: Path) -> Edition:
    """Lay out in a new folder what an edition was made of: seeds, notebooks, and the edition before it.

    Parameters
    ----------
    review : Path
        The review's folder.
    number : int
        The edition.
    target : Path
        A folder that does not exist yet, or is empty.

    Returns
    -------
    Edition
        The record; a run in `target` with its parameters makes the same files, if the library and versions are the same.

    Raises
    ------
    InputError
        When the folder holds something, the edition is not kept, or a file of it is not what it was.
    """
    record = require_record(review, number)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(f"{target}: must be a new or an empty folder, holds something. Name another.")
    inputs = list_inputs(record.origin)
    for name, digest in inputs.items():
        kept = review / INPUTS / digest
        if hash_published(kept) != digest:
            raise InputError(f"{INPUTS}/{digest}: must hold {name} of edition {number}, does not. Restore it from git.")
        if not name.startswith(VOCABULARY):
            write_bytes(target / name, kept.read_bytes())
    before = find_previous(review, record.previous)
    if before:
        folder = name_edition(before.number)
        for path in sorted((review / folder).iterdir()):
            write_bytes(target / folder / path.name, path.read_bytes())
        for digest in set(list_inputs(before.origin).values()):
            write_bytes(target / INPUTS / digest, (review / INPUTS / digest).read_bytes())
    return record


def describe_restored(record: Edition, target: Path) -> list[str]:
    """Say how an edition that was laid out is made again, and what would make it differ."""
    given = [part for name, value in record.origin.parameters.items() for part in ("-p", name, write_value(value))]
    command = shlex.join(["howlong", "report", "--review", str(target), *given])
    return [f"edition {record.number}: laid out in {target}", f"make it again: {command}", *list_differences(record)]


def write_value(value: object) -> str:
    """Write a parameter's value as the command line takes it.

    >>> write_value(["A", "B"]), write_value("wide"), write_value(True)
    ('["A", "B"]', 'wide', 'true')
    """
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def list_differences(record: Edition) -> list[str]:
    """Say how the library and the versions at hand differ from those that an edition was made with."""
    old, new = record.origin, trace_origin(PACKAGE, [], {})
    lines = []
    if (old.code, old.vocabulary) != (new.code, new.vocabulary):
        lines.append("it will differ: howlong is not as it was; check out the commit that published the edition")
    for name in sorted({*old.versions, *new.versions}):
        first, second = old.versions.get(name, "none"), new.versions.get(name, "none")
        if first != second:
            lines.append(f"it may differ: {name} was {first}, is {second}")
    return lines


def choose_editions(review: Path, first: int | None, second: int | None) -> tuple[int, int]:
    """Return the numbers of two editions to compare: those named, else the newest and the one before.

    Raises
    ------
    InputError
        When fewer than two are kept, or one that was named is not.
    """
    kept = list_editions(review)
    if len(kept) < 2 and (first is None or second is None):
        raise InputError(
            f"{review.name}: must have two editions to compare, has {len(kept)}. Run howlong report after a change."
        )
    chosen = kept[-1] if second is None else second
    earlier = [number for number in kept if number < chosen]
    before = first if first is not None else (earlier[-1] if earlier else chosen)
    for number in (before, chosen):
        require_record(review, number)
    return before, chosen


def check_keep(keep: int) -> int:
    """Check how many editions shall be kept.

    Raises
    ------
    InputError
        When it is neither 0 (all) nor enough to compare with the edition before.
    """
    if keep and keep < FEWEST:
        raise InputError(
            f"--keep: must be 0 (all) or at least {FEWEST}, is {keep}. An edition is compared with the one before it."
        )
    return keep
