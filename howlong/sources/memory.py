"""Remember what was read from a document, so that a document that did not change is not read again.

Law: a memory never changes what is read.  Rows are found again only under the hash of all that they were made of (the text,
the rules, the library that reads), and only when they are, byte for byte, those that were kept; else the document is read.
Whatever the disk refuses is no failure: then nothing is kept.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_origin

from howlong.tables import Record, list_columns, read_types, write_bytes

FOLDER = ".howlong-cache"
MOST = 64_000_000  # bytes: some thousand documents
LIBRARY = Path(__file__).resolve().parent.parent
READERS = ("tables.py", "sources", "quantities", "claims", "vocabulary")  # all that a row depends on
PACKAGES = ("google-re2",)
IGNORE = b"# Made by howlong: what was read from documents. It can be removed at any time.\n*\n"


@dataclass(frozen=True)
class Memory:
    """A folder that keeps rows by the hash of what they were made of.

    Attributes
    ----------
    folder : Path
        Where; git looks away.
    most : int
        How many bytes are kept; past them, what was not asked for longest is forgotten first.
    """

    folder: Path
    most: int = MOST

    def recall(
        self,
        text: str,
        made_of: Iterable[str],
        record_types: Sequence[type[Record]],
        read: Callable[[], Sequence[Sequence[Any]]],
    ) -> Sequence[Sequence[Any]]:
        """Return rows that are kept, or read them and keep them.

        Parameters
        ----------
        text : str
            The text they are read from.
        made_of : iterable of str
            All else that they are made of, apart from the library.
        record_types : sequence of type
            The records of each table of rows.
        read : callable
            Reads the tables of rows.
        """
        path = self.place(text, made_of, record_types)
        kept = read_kept(path, record_types)
        if kept is not None:
            return kept
        tables = read()
        with contextlib.suppress(OSError):
            self.open()
            write_bytes(path, pack(tables, record_types))
        return tables

    def place(self, text: str, made_of: Iterable[str], record_types: Sequence[type[Record]]) -> Path:
        """Return the file in which rows are kept, named by the hash of all that they are made of."""
        rules = hash_all([fingerprint_readers(), *made_of, *map(describe_columns, record_types)])
        return self.folder / f"{hash_all([text])}-{rules}"

    def open(self) -> None:
        """Make the folder, out of git's sight."""
        ignored = self.folder / ".gitignore"
        if not ignored.exists():
            write_bytes(ignored, IGNORE)

    def names(self) -> set[str]:
        """Return the names of what is kept; each begins with the hash of its text."""
        return {path.name for path in self.folder.glob("*") if not path.name.startswith(".")}

    def trim(self) -> None:
        """Forget what was not asked for longest, as far as more is kept than may be, and what a killed run left."""
        found = []
        for path in self.folder.glob("*"):
            with contextlib.suppress(OSError):
                status = path.stat()
                found.append((status.st_mtime_ns, path.name, status.st_size))
        held = sum(size for _, _, size in found)
        for _, name, size in sorted(found):
            if name == ".gitignore" or (held <= self.most and not name.endswith(".part")):
                continue
            held -= size
            with contextlib.suppress(OSError):
                (self.folder / name).unlink()

    def forget(self) -> None:
        """Forget everything."""
        for path in self.folder.glob("*"):
            with contextlib.suppress(OSError):
                path.unlink()


def open_memory(review: Path) -> Memory:
    """Return the memory of a review."""
    return Memory(review / FOLDER)


def hash_all(parts: Iterable[str]) -> str:
    """Return one hash over texts, in order."""
    return hashlib.sha256(json.dumps(list(parts)).encode("utf-8", "surrogatepass")).hexdigest()


@functools.cache
def fingerprint_readers() -> str:
    """Return the hash of everything that reads: the rooms of the library up to the claims, its vocabulary, the versions."""
    found = [path for name in READERS for path in sorted([LIBRARY / name, *(LIBRARY / name).rglob("*")])]
    files = [path for path in found if path.is_file() and path.suffix != ".pyc"]
    parts = [
        f"{path.relative_to(LIBRARY).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files
    ]
    return hash_all([*parts, sys.version, *map(find_version, PACKAGES)])


def find_version(package: str) -> str:
    """Return the version of an installed package, "" where it is not there."""
    from importlib.metadata import PackageNotFoundError, version  # A third of the time of the room's import.

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def describe_columns(record_type: type[Record]) -> str:
    """Return the names of a record's columns."""
    return " ".join((record_type.TABLE, *list_columns(record_type)))


def pack(tables: Sequence[Sequence[Any]], record_types: Sequence[type[Record]]) -> bytes:
    """Write tables of records as bytes that begin with their own hash."""
    rows = [
        [[getattr(row, name) for name in list_columns(record_type)] for row in table]
        for table, record_type in zip(tables, record_types, strict=True)
    ]
    content = json.dumps(rows).encode("utf-8")
    return hashlib.sha256(content).hexdigest().encode("ascii") + b"\n" + content


def read_kept(path: Path, record_types: Sequence[type[Record]]) -> list[list[Any]] | None:
    """Read what is kept, and note that it was asked for; None where nothing is, or not what was written."""
    try:
        digest, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest().encode("ascii") != digest:
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    tables = json.loads(content)  # its hash is right, so it is what was written
    return [unpack(rows, record_type) for rows, record_type in zip(tables, record_types, strict=True)]


def unpack(rows: Sequence[Sequence[Any]], record_type: type[Record]) -> list[Any]:
    """Make records of rows; a list becomes the tuple that it was."""
    lists = [get_origin(annotation) is tuple for annotation in read_types(record_type).values()]
    return [
        record_type(*(tuple(value) if is_list else value for value, is_list in zip(row, lists, strict=True)))
        for row in rows
    ]
