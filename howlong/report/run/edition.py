"""Describe a published edition: what it was made of, and the hash of every file it consists of.

Law: everything that can change a published byte is in the fingerprint, and nothing else is (no clock, no path, no user).
An edition is whole when every file that ``reports/edition.json`` lists is there with its recorded hash.
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
from howlong.report.run.parameters import read_notebook, read_source

EDITION = "reports/edition.json"
PACKAGE = Path(howlong.__file__).resolve().parent
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
        The hash of each notebook's cells.
    code : str
        The hash of the library and its vocabulary.
    versions : dict
        Python's minor version and the versions of the packages that shape what is published.
    parameters : dict
        The values given for this run; what is not given stands in the notebooks.
    """

    inputs: dict[str, str]
    notebooks: dict[str, str]
    code: str
    versions: dict[str, str]
    parameters: dict[str, Any]

    @property
    def fingerprint(self) -> str:
        """One hash over all of it."""
        return hash_data(asdict(self))


@dataclass(frozen=True)
class Edition:
    """One published state.

    Attributes
    ----------
    origin : Origin
        What it was made of.
    counts : dict
        How many documents, quantities, exclusions, claims, and what is unexplained.
    headline : list of str
        The answers in one line each.
    left_out : list of str
        What the report does without, one sentence each.
    files : dict
        The hash of every published file but the edition's own, by its path inside the review.
    """

    origin: Origin
    counts: dict[str, int]
    headline: list[str]
    left_out: list[str]
    files: dict[str, str] = field(default_factory=dict)


def hash_bytes(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def hash_data(data: Any) -> str:
    """Return the SHA-256 of plain data, the same for equal data."""
    return hash_bytes(json.dumps(data, sort_keys=True, ensure_ascii=False).encode("utf-8"))


def hash_folder(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder, by relative path; hidden and compiled files do not count."""
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith((".", "__pycache__")) or part.endswith("~") for part in parts):
            found["/".join(parts)] = hash_bytes(path.read_bytes())
    return found


def hash_notebook(path: Path) -> str:
    """Return the hash of a notebook's cells; outputs left in and the editor's metadata do not count."""
    cells = read_notebook(path)["cells"]
    return hash_data(
        [[cell["cell_type"], read_source(cell), cell.get("metadata", {}).get("tags", [])] for cell in cells]
    )


def list_versions() -> dict[str, str]:
    """Return Python's minor version and the versions of the packages that shape what is published."""
    versions = {"python": f"{sys.version_info.major}.{sys.version_info.minor}"}
    for name in VERSIONED:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            versions[name] = "none"
    return versions


def trace_origin(review: Path, notebooks: Sequence[Path], parameters: Mapping[str, Any]) -> Origin:
    """Read everything a run is made of and take its hashes."""
    return Origin(
        inputs={f"seeds/{name}": digest for name, digest in hash_folder(review / "seeds").items()},
        notebooks={path.name: hash_notebook(path) for path in notebooks},
        code=hash_data(hash_folder(PACKAGE)),
        versions=list_versions(),
        parameters=dict(sorted(parameters.items())),
    )


def format_edition(edition: Edition) -> str:
    """Write an edition as the text of ``edition.json``."""
    described = {"howlong": howlong.__version__, "fingerprint": edition.origin.fingerprint, **asdict(edition)}
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


def read_edition(review: Path) -> Edition | None:
    """Read the published edition; None when there is none or its description cannot be read."""
    try:
        described = json.loads((review / EDITION).read_text(encoding="utf-8"))
        origin = Origin(**described.pop("origin"))
        kept = {name: described[name] for name in ("counts", "headline", "left_out", "files")}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return Edition(origin=origin, **kept)


def find_damage(review: Path, edition: Edition) -> list[str]:
    """Return the published files that are missing or are not the ones that the edition lists."""
    return [name for name, digest in edition.files.items() if hash_published(review / name) != digest]


def hash_published(path: Path) -> str:
    """Return the hash of a published file, "" when it cannot be read."""
    try:
        return hash_bytes(path.read_bytes())
    except OSError:
        return ""
