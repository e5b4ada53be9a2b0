"""Keep the history of a review: what each edition was made of and said, so that editions can be compared and made again.

Law: the record of an edition is never changed by a later edition, and each record names the hash of the one before it.  The
seeds, notebooks and vocabulary that an edition was made of are kept by their hashes, once each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from howlong.report.run.edition import (
    NOT_STATED,
    Edition,
    Origin,
    Previous,
    hash_bytes,
    hash_published,
    is_content,
    parse_edition,
    read_edition,
    trace_origin,
)
from howlong.tables import InputError, write_text

EDITIONS = "reports/editions"
INPUTS = f"{EDITIONS}/inputs"
TABLES = ("sources.csv", "claims.csv", "spread.csv")  # what a comparison reads
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


# --- what a person names ---------------------------------------------------------------------------------------------


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
