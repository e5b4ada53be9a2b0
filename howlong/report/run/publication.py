"""Publish a verified stage: each file replaced atomically, ``edition.json`` last.

Law: before the first file is replaced, a journal in the staging folder names all of them.  A run that dies between the
first and the last finds its journal finished by the next run; a reader who comes in between sees whole files, and
``edition.json`` tells that they do not belong together.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from howlong.report.run.archive import archive, hash_history, list_expired, list_made_of
from howlong.report.run.edition import EDITION, Edition, format_edition, hash_bytes, read_edition
from howlong.report.run.execution import RunError, Stage
from howlong.report.run.history import EDITIONS
from howlong.tables import write_text

JOURNAL = "journal.json"
PUBLISHED_FOLDERS = ("data", "reports", "reports/notebooks", EDITIONS)


def check_writable(review: Path) -> None:
    """Check that the folders that are published to can be written, before anything else is done.

    Raises
    ------
    RunError
        Naming the folder and what the system says.
    """
    for name in PUBLISHED_FOLDERS:
        folder = review / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"x" * 4096)
                file.flush()
        except OSError as error:
            raise RunError(
                f"{folder}: must be a folder with room that can be written, {error.strerror}. Free it or give leave; what is published stays as it was."
            ) from None


def sweep(review: Path) -> None:
    """Remove the parts of files that a killed run was writing."""
    for name in PUBLISHED_FOLDERS:
        for path in (review / name).rglob(".*.part") if name == EDITIONS else (review / name).glob(".*.part"):
            path.unlink(missing_ok=True)


def plan_publication(stage: Stage) -> dict[str, Path]:
    """Return where each staged file goes: tables to data/, executed notebooks with their pages and the rest to reports/."""
    plan = {}
    for path in sorted(stage.out.rglob("*")):
        if path.is_file():
            name = path.relative_to(stage.out).as_posix()
            is_data = path.parent == stage.out and (path.suffix == ".csv" or path.name == "datapackage.json")
            plan[f"{'data' if is_data else 'reports'}/{name}"] = path
    for path in sorted([*stage.notebooks.glob("*.ipynb"), *stage.notebooks.glob("*.html")]):
        plan[f"reports/notebooks/{path.name}"] = path
    return plan


def publish(stage: Stage, edition: Edition, notebooks: Sequence[Path], keep: int = 0) -> Edition:
    """Publish a stage as an edition.

    Parameters
    ----------
    stage : Stage
        Everything that was made and verified.
    edition : Edition
        What it was made of; its files are filled in here.
    notebooks : sequence of Path
        The notebooks that ran.
    keep : int
        How many editions the history keeps; 0: all.

    Returns
    -------
    Edition
        The edition as published.
    """
    plan = plan_publication(stage)
    recorded = replace(edition, files={name: hash_bytes(path.read_bytes()) for name, path in plan.items()})
    made_of = list_made_of(edition.origin)
    history = archive(stage, recorded, notebooks, made_of)
    published = replace(recorded, files=recorded.files | hash_history(made_of, history))
    plan |= history
    for path in plan.values():
        make_durable(path)
    previous = read_edition(stage.review)
    before = {name for name in (previous.files if previous else {}) if not name.startswith(EDITIONS)}
    journal = {
        "moves": {name: path.relative_to(stage.folder).as_posix() for name, path in plan.items()},
        "stale": sorted(before - set(plan)) + list_expired(stage.review, recorded, keep, made_of),
        "edition": format_edition(published),
    }
    write_text(stage.folder / JOURNAL, json.dumps(journal))
    finish_publication(stage)
    return published


def make_durable(path: Path) -> None:
    """Make sure a staged file is on the disk, readable by all."""
    path.chmod(0o644)
    with path.open("rb") as file:
        os.fsync(file.fileno())


def finish_publication(stage: Stage) -> bool:
    """Do what the staging folder's journal says, or what is left of it.

    Returns
    -------
    bool
        Whether there was a journal.
    """
    path = stage.folder / JOURNAL
    try:
        journal = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    for name, staged in journal["moves"].items():
        move(stage.folder / staged, stage.review / name)
    for name in journal["stale"]:
        (stage.review / name).unlink(missing_ok=True)
        if name.startswith(EDITIONS):
            with contextlib.suppress(OSError):
                (stage.review / name).parent.rmdir()
    write_text(stage.review / EDITION, journal["edition"])
    path.unlink()
    shutil.rmtree(stage.folder, ignore_errors=True)
    return True


def move(staged: Path, target: Path) -> None:
    """Replace a published file by a staged one, if that was not done before; across file systems through a copy."""
    if not staged.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.replace(staged, target)
    except OSError as error:
        if error.errno != 18:  # EXDEV: data/ is a mount of its own
            raise
        copy = target.with_name(f".{target.name}.part")
        with contextlib.suppress(FileNotFoundError):
            copy.unlink()
        shutil.copyfile(staged, copy)
        os.replace(copy, target)
        staged.unlink()
