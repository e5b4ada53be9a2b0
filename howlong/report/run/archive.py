"""Keep what editions were made of, and lay it out again.

Law: everything that an edition was made of, the library itself included, is kept by its hash, once; what is laid out again is,
byte for byte, what it was.
"""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from howlong.report.run.edition import (
    LOCK_FILE,
    PACKAGE,
    VOCABULARY,
    Edition,
    Origin,
    describe_library,
    format_edition,
    hash_bytes,
    hash_published,
    strip_notebook,
    trace_origin,
)
from howlong.report.run.execution import Stage
from howlong.report.run.history import (
    INPUTS,
    TABLES,
    find_previous,
    list_editions,
    name_edition,
    read_record,
    require_record,
)
from howlong.tables import InputError, write_bytes, write_text

LIBRARY = "howlong/"


def list_inputs(origin: Origin) -> dict[str, str]:
    """Return the hash of each file that an edition was made of, by path; the library's own files stand in its list."""
    notebooks = {f"notebooks/{name}": digest for name, digest in origin.notebooks.items()}
    vocabulary = {f"{VOCABULARY}{name}": digest for name, digest in origin.vocabulary.items()}
    return {**origin.inputs, **notebooks, **vocabulary, **({LOCK_FILE: origin.lock} if origin.lock else {})}


def list_made_of(origin: Origin) -> dict[str, str]:
    """Return the hash of each file that this run is made of, by path; under the library's folder, its list of files."""
    library = {f"{LIBRARY}{name}": digest for name, digest in describe_library()[1].items()}
    return {**list_inputs(origin), **library, LIBRARY: origin.code}


def read_input(review: Path, notebooks: Mapping[str, Path], name: str) -> bytes:
    """Read one file that a run is made of, as it is kept."""
    if name.startswith("notebooks/"):
        return strip_notebook(notebooks[name])
    if name == LIBRARY:
        return describe_library()[0]
    folders = {VOCABULARY: PACKAGE, LIBRARY: PACKAGE.parent, LOCK_FILE: PACKAGE.parent}
    folder = next((folder for start, folder in folders.items() if name.startswith(start)), review)
    return (folder / name).read_bytes()


def read_library(review: Path, origin: Origin) -> dict[str, str] | None:
    """Return the hash of each file of the library that an edition was made with; None where its list is not kept."""
    kept = review / INPUTS / origin.code
    if hash_published(kept) != origin.code:
        return None
    return {f"{LIBRARY}{name}": digest for name, digest in json.loads(kept.read_bytes()).items()}


# --- keep -------------------------------------------------------------------------------------------------------------


def archive(stage: Stage, edition: Edition, notebooks: Iterable[Path], made_of: Mapping[str, str]) -> dict[str, Path]:
    """Stage the record of an edition, its tables, and what it was made of as far as that is not kept already.

    Parameters
    ----------
    stage : Stage
        What the run made.
    edition : Edition
        The edition, with the hashes of its files.
    notebooks : iterable of Path
        The notebooks of the run.
    made_of : mapping of str to str
        The hash of each file that it was made of.

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
    for path, digest in made_of.items():
        if hash_published(stage.review / INPUTS / digest) != digest:
            write_bytes(folder / "inputs" / digest, read_input(stage.review, named, path))
            plan[f"{INPUTS}/{digest}"] = folder / "inputs" / digest
    return plan


def hash_history(made_of: Mapping[str, str], plan: Mapping[str, Path]) -> dict[str, str]:
    """Return the hash of every file that the history holds of an edition."""
    kept = {f"{INPUTS}/{digest}": digest for digest in sorted(set(made_of.values()))}
    return kept | {name: hash_bytes(path.read_bytes()) for name, path in plan.items()}


def list_expired(review: Path, edition: Edition, keep: int, made_of: Mapping[str, str]) -> list[str]:
    """Return the files of the history that go when an edition is published: editions past `keep`, and what only they used."""
    numbers = [number for number in list_editions(review) if number != edition.number]
    kept = [number for number in numbers if not keep or number > edition.number - keep]
    gone = [path for number in numbers if number not in kept for path in (review / name_edition(number)).iterdir()]
    used = list_used(review, [read_record(review, number) for number in kept])
    if used is not None:
        used |= set(made_of.values())
        gone += [path for path in (review / INPUTS).glob("*") if path.name not in used]
    return [path.relative_to(review).as_posix() for path in sorted(gone)]


def list_used(review: Path, records: Iterable[Edition | None]) -> set[str] | None:
    """Return the hashes of all that editions were made of; None where one cannot be read, which may use anything."""
    used: set[str] = set()
    for record in records:
        if record is None:
            return None
        library = read_library(review, record.origin)
        if library is None and (review / INPUTS / record.origin.code).exists():
            return None
        used |= {*list_inputs(record.origin).values(), *(library or {}).values(), record.origin.code}
    return used


# --- make again -------------------------------------------------------------------------------------------------------


def restore_edition(review: Path, number: int, target: Path) -> Edition:
    """Lay out in a new folder what an edition was made of: seeds, notebooks, the library, and the edition before it.

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
        The record; a run in `target` with its parameters makes the same files, if the versions are the same.

    Raises
    ------
    InputError
        When the folder holds something, the edition is not kept, or a file of it is not what it was.
    """
    record = require_record(review, number)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(f"{target}: must be a new or an empty folder, holds something. Name another.")
    inputs = list_inputs(record.origin)
    library = read_library(review, record.origin) or {}
    for name, digest in {**inputs, **library}.items():
        content = require_input(review, number, name, digest)
        if not name.startswith(VOCABULARY):
            write_bytes(target / name, content)
        elif library:
            write_bytes(target / LIBRARY / name, content)
    before = find_previous(review, record.previous)
    if before:
        restore_before(review, before, target)
    return record


def require_input(review: Path, number: int, name: str, digest: str) -> bytes:
    """Read one file that is kept, and hold it to its hash."""
    kept = review / INPUTS / digest
    if hash_published(kept) != digest:
        raise InputError(f"{INPUTS}/{digest}: must hold {name} of edition {number}, does not. Restore it from git.")
    return kept.read_bytes()


def restore_before(review: Path, before: Edition, target: Path) -> None:
    """Lay out the record of an edition, which the next one is compared with."""
    folder = name_edition(before.number)
    for path in sorted((review / folder).iterdir()):
        write_bytes(target / folder / path.name, path.read_bytes())
    library = read_library(review, before.origin) or {}
    for digest in {*list_inputs(before.origin).values(), *library.values(), before.origin.code}:
        kept = review / INPUTS / digest
        if kept.exists():
            write_bytes(target / INPUTS / digest, kept.read_bytes())


def describe_restored(review: Path, record: Edition, target: Path) -> list[str]:
    """Say how an edition that was laid out is made again, and what would make it differ."""
    given = [part for name, value in record.origin.parameters.items() for part in ("-p", name, write_value(value))]
    if read_library(review, record.origin) is None:
        command = shlex.join(["howlong", "report", "--review", str(target), *given])
    else:
        python = shlex.join([sys.executable, "-m", "howlong", "report", *given])
        command = f"cd {shlex.quote(str(target))} && {python}"
    said = [f"edition {record.number}: laid out in {target}", f"make it again: {command}"]
    return [*said, *list_differences(review, record, target)]


def write_value(value: object) -> str:
    """Write a parameter's value as the command line takes it.

    >>> write_value(["A", "B"]), write_value("wide"), write_value(True)
    ('["A", "B"]', 'wide', 'true')
    """
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def list_differences(review: Path, record: Edition, target: Path) -> list[str]:
    """Say how the library and the versions at hand differ from those that an edition was made with."""
    old, new = record.origin, trace_origin(PACKAGE, [], {})
    lines = []
    if (old.code, old.vocabulary) != (new.code, new.vocabulary):
        if read_library(review, old) is None:
            lines.append(
                f"it will differ: howlong is not as it was and was not kept; check out the version whose code has the hash {old.code[:12]}"
            )
        else:
            lines.append(f"howlong has changed since; the one that made the edition is laid out in {target / LIBRARY}")
    differing = [
        f"{name} was {old.versions.get(name, 'none')}, is {new.versions.get(name, 'none')}"
        for name in sorted({*old.versions, *new.versions})
        if old.versions.get(name) != new.versions.get(name)
    ]
    if differing or old.lock != new.lock:
        named = "; ".join(differing) or "other packages are installed"
        lines.append(f"it may differ: {named}; {name_remedy(old, target)}")
    return lines


def name_remedy(origin: Origin, target: Path) -> str:
    """Say how the versions of an edition are installed."""
    python = f"Python {origin.versions.get('python', '?')}"
    if not origin.lock:
        return f"use {python} and these versions"
    return f"use {python} with pip install --require-hashes -r {shlex.quote(str(target / LOCK_FILE))}"
