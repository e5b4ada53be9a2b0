"""Read many documents, here or on the workers of a cluster.

Law: where a document is read changes no byte of what is read.  A worker with another library or another Python is refused.

A cluster is a Dask scheduler with its workers (https://distributed.dask.org); without an address nothing of it is imported.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from howlong.sources.documents import Document
from howlong.sources.memory import fingerprint_readers
from howlong.tables import InputError, Record

Tables = Sequence[Sequence[Any]]
Submit = Callable[..., Callable[[], Tables]]
WAIT = 30  # seconds for a scheduler or a first worker to answer
MISSING = "cluster: needs the package distributed, which is not installed. Install requirements/cluster.txt."


@dataclass(frozen=True)
class Work:
    """What is to be read of one document.

    Attributes
    ----------
    document : Document
        The document.
    read : callable
        Takes the document and `given`, and returns tables of rows.
    given : tuple
        What else the rows are made of; each must say all of itself by its ``repr``.
    record_types : tuple of type
        The records of each table.
    """

    document: Document
    read: Callable[..., Tables]
    given: tuple[Any, ...]
    record_types: tuple[type[Record], ...]

    @cached_property
    def made_of(self) -> tuple[str, ...]:
        """What the rows are made of, as texts."""
        return tuple(repr(item) for item in self.given)

    @property
    def is_kept(self) -> bool:
        """Whether its rows are remembered."""
        return self.document.remembers(self.made_of, self.record_types)


def read_all(work: Iterable[Work], cluster: str = "") -> list[Tables]:
    """Return the tables of every document, in order: those that are kept, the others read now.

    Parameters
    ----------
    work : iterable of Work
        What is to be read.
    cluster : str
        The address of a Dask scheduler whose workers read; empty: this process.

    Raises
    ------
    InputError
        When the scheduler does not answer, has no worker, or a worker has another library.
    """
    listed = list(work)
    missing = [bool(cluster) and not item.is_kept for item in listed]
    with open_cluster(cluster if any(missing) else "") as submit:
        readers = [
            (submit if is_missing else partial)(item.read, forget_memory(item.document), *item.given)
            for item, is_missing in zip(listed, missing, strict=True)
        ]
        return [
            item.document.recall(item.made_of, item.record_types, reader)
            for item, reader in zip(listed, readers, strict=True)
        ]


def forget_memory(document: Document) -> Document:
    """Return a document as a worker gets it: its text, and no folder of this machine."""
    return replace(document, memory=None)


@contextlib.contextmanager
def open_cluster(address: str) -> Iterator[Submit]:
    """Give a way to have a function called: later and here, or now and by a worker.

    Raises
    ------
    InputError
        As `read_all` says.
    """
    if not address:
        yield partial
        return
    try:
        from distributed import Client
    except ImportError:
        raise InputError(MISSING) from None
    with connect(Client, address) as client:
        check_workers(client, address)
        yield lambda function, *given: client.submit(function, *given, pure=False).result


def connect(make_client: Callable[..., Any], address: str) -> Any:
    """Connect to a scheduler that answers and has a worker."""
    try:
        client = make_client(address, timeout=WAIT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError(
            f"cluster: must be the address of a Dask scheduler that answers, such as tcp://192.0.2.1:8786, {address!r} does not "
            f"({type(error).__name__}). Start it, or mend the address."
        ) from None
    try:
        client.wait_for_workers(1, timeout=WAIT)
    except TimeoutError:
        client.close()
        raise InputError(
            f"cluster: the scheduler {address!r} must have a worker, has none. Start one: dask worker {address}"
        ) from None
    return client


def check_workers(client: Any, address: str) -> None:
    """Refuse workers that would not read as this process does."""
    try:
        answers: dict[str, str] = client.run(fingerprint_readers)
    except Exception as error:
        raise InputError(
            f"cluster: every worker of {address!r} must have howlong, one has not ({error}). Install it there."
        ) from None
    own = fingerprint_readers()
    for worker, fingerprint in sorted(answers.items()):
        if fingerprint != own:
            raise InputError(
                f"cluster: every worker must have the same howlong, Python and RE2 as this process, {worker} has others. "
                "Install the same versions there."
            )
