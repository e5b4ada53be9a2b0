"""Describe a published edition: what it was made of, and the hash of every file it consists of.

Law: everything that can change a published byte is in the fingerprint, and nothing else is (no clock, no path, no user).
An edition is whole when every file that ``reports/edition.json`` lists is there with its recorded hash.  It is another
edition than the one before only when its seeds, its as-of date or what its tables say differ.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import howlong
from howlong.report.run.parameters import PLACES, read_notebook, read_source

EDITION = "reports/edition.json"
NOT_STATED = "not stated"
CHANGES = "data/changes.csv"  # made of two editions, so no part of what one of them says
PACKAGE = Path(howlong.__file__).resolve().parent
VOCABULARY = "vocabulary/"
LOCK_FILE = "requirements/report.txt"
KEPT = ("tags", "jupyter")  # what of a cell's metadata a run reads or publishes
VERSIONED = (
    "google-re2",
    "ipykernel",
    "ipython",
    "jinja2",
    "matplotlib",
    "nbclient",
    "nbformat",
    "numpy",
    "pandas",
    "papermill",
    "pygments",
    "seaborn",
)


@dataclass(frozen=True)
class Origin:
    """What a run is made of, by content.

    Attributes
    ----------
    inputs : dict
        The hash of each file under seeds/.
    notebooks : dict
        The hash of each notebook without its outputs.
    code : str
        The hash of the library without its vocabulary.
    vocabulary : dict
        The hash of each file of the library's vocabulary.
    versions : dict
        Python's minor version and the versions of the packages that shape what is published.
    parameters : dict
        The values given for this run; what is not given stands in the notebooks.
    lock : str
        The hash of the list of packages that were installed, beside the library; empty where there is none.
    """

    inputs: dict[str, str]
    notebooks: dict[str, str]
    code: str
    vocabulary: dict[str, str]
    versions: dict[str, str]
    parameters: dict[str, Any]
    lock: str = ""

    @property
    def fingerprint(self) -> str:
        """One hash over all of it."""
        return hash_data(asdict(self))


@dataclass(frozen=True)
class Previous:
    """The edition that another one was compared with.

    Attributes
    ----------
    number : int
        Its number; 0 for the first edition, which has none before it.
    digest : str
        The hash of its record in reports/editions/; empty where there is none.
    """

    number: int = 0
    digest: str = ""


@dataclass(frozen=True)
class Step:
    """What one notebook was made of and what it wrote.

    Attributes
    ----------
    key : str
        One hash over everything the notebook and those before it can have read.
    files : list of str
        The published files that it wrote.
    """

    key: str
    files: list[str]


@dataclass(frozen=True)
class Edition:
    """One published state.

    Attributes
    ----------
    number : int
        Its place in the history, from 1.
    as_of : str
        The date it speaks for; "not stated" when nobody gave one.
    previous : Previous
        The edition that it was compared with.
    origin : Origin
        What it was made of.
    counts : dict
        How many documents, quantities, exclusions, claims, and what is unexplained.
    headline : list of str
        The answers in one line each.
    left_out : list of str
        What the report does without, one sentence each.
    steps : dict
        What each notebook was made of and what it wrote.
    files : dict
        The hash of every published file but the edition's own, by its path inside the review.
    """

    number: int
    as_of: str
    previous: Previous
    origin: Origin
    counts: dict[str, int]
    headline: list[str]
    left_out: list[str]
    steps: dict[str, Step] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> dict[str, str]:
        """The hash of each table of what the edition says."""
        return {name: digest for name, digest in self.files.items() if is_content(name)}


def is_content(name: str) -> bool:
    """Tell whether a published file is a table of what an edition says."""
    return name.startswith("data/") and name.endswith(".csv") and name != CHANGES


def hash_bytes(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def hash_data(data: Any) -> str:
    """Return the SHA-256 of plain data, the same for equal data."""
    return hash_bytes(format_data(data))


def format_data(data: Any) -> bytes:
    """Write plain data, the same for equal data."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False).encode("utf-8")


def hash_folder(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder, by relative path; hidden and compiled files do not count."""
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith((".", "__pycache__")) or part.endswith("~") for part in parts):
            found["/".join(parts)] = hash_bytes(path.read_bytes())
    return found


def hash_notebook(path: Path) -> str:
    """Return the hash of a notebook without what running and editing leaves in it."""
    return hash_bytes(strip_notebook(path))


def strip_notebook(path: Path) -> bytes:
    """Return a notebook without outputs, counts and the editor's metadata: what a run depends on, and nothing else."""
    notebook = read_notebook(path)
    cells = []
    for number, cell in enumerate(notebook["cells"]):
        kept = {"cell_type": cell["cell_type"], "id": cell.get("id", f"cell-{number}")}
        kept |= {"metadata": {name: cell["metadata"][name] for name in KEPT if name in cell.get("metadata", {})}}
        kept |= {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}
        cells.append(kept | {"source": read_source(cell)})
    metadata = {"kernelspec": notebook.get("metadata", {}).get("kernelspec", {})}
    minor = max(5, notebook.get("nbformat_minor", 5))
    stripped = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": minor}
    return (json.dumps(stripped, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8")


def list_versions() -> dict[str, str]:
    """Return Python's minor version and the versions of the packages that shape what is published."""
    versions = {"python": f"{sys.version_info.major}.{sys.version_info.minor}", "howlong": howlong.__version__}
    for name in VERSIONED:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            versions[name] = "none"
    return versions


def describe_library() -> tuple[bytes, dict[str, str]]:
    """Return the list of the library's files without its vocabulary, as it is hashed and kept, and the hash of each."""
    files = {name: digest for name, digest in hash_folder(PACKAGE).items() if not name.startswith(VOCABULARY)}
    return format_data(files), files


def trace_origin(review: Path, notebooks: Sequence[Path], parameters: Mapping[str, Any]) -> Origin:
    """Read everything a run is made of and take its hashes."""
    vocabulary = hash_folder(PACKAGE / VOCABULARY)
    return Origin(
        inputs={f"seeds/{name}": digest for name, digest in hash_folder(review / "seeds").items()},
        notebooks={path.name: hash_notebook(path) for path in notebooks},
        code=hash_bytes(describe_library()[0]),
        vocabulary=vocabulary,
        versions=list_versions(),
        parameters={name: parameters[name] for name in sorted(parameters) if name not in PLACES},
        lock=hash_published(PACKAGE.parent / LOCK_FILE),
    )


def trace_steps(origin: Origin, names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return a key for each notebook: equal keys mean that it, and all before it, read the same.

    Parameters
    ----------
    origin : Origin
        What the run is made of.
    names : mapping of str to sequence of str
        The parameters that each notebook has, in the order of the run.
    """
    described = asdict(origin)
    key = hash_data({part: described[part] for part in ("inputs", "code", "vocabulary", "versions", "lock")})
    keys = {}
    for notebook, known in names.items():
        values = {name: value for name, value in origin.parameters.items() if name in known}
        keys[notebook] = key = hash_data([key, origin.notebooks[notebook], values])
    return keys


def format_edition(edition: Edition) -> str:
    """Write an edition as the text of ``edition.json``."""
    described = {"howlong": howlong.__version__, "fingerprint": edition.origin.fingerprint, **asdict(edition)}
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


def read_edition(review: Path) -> Edition | None:
    """Read the published edition; None when there is none or its description cannot be read."""
    return parse_edition(review / EDITION)


def parse_edition(path: Path) -> Edition | None:
    """Read the description of an edition; None when it cannot be read."""
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
        kept = {name: described[name] for name in ("number", "as_of", "counts", "headline", "left_out", "files")}
        return Edition(
            origin=Origin(**described["origin"]),
            previous=Previous(**described["previous"]),
            steps={name: Step(**step) for name, step in described["steps"].items()},
            **kept,
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def find_damage(review: Path, edition: Edition) -> list[str]:
    """Return the published files that are missing or are not the ones that the edition lists."""
    return [name for name, digest in edition.files.items() if hash_published(review / name) != digest]


def hash_published(path: Path) -> str:
    """Return the hash of a published file, "" when it cannot be read."""
    try:
        return hash_bytes(path.read_bytes())
    except OSError:
        return ""
