"""Keep what notebooks made before, where nothing that they read has changed.

Law: a notebook is kept only together with all before it, and only with files that have their recorded hashes; what is
published is then the same, byte for byte, as if everything had run.  The last notebook always runs.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from howlong.report.run.edition import Edition, Origin, Step, find_damage, trace_steps
from howlong.report.run.execution import Stage
from howlong.report.run.parameters import read_parameters


def find_keys(origin: Origin, notebooks: Sequence[Path]) -> dict[str, str]:
    """Return a key for each notebook: what it and those before it are made of."""
    return trace_steps(origin, {path.name: [item.name for item in read_parameters(path)] for path in notebooks})


def find_kept(review: Path, published: Edition | None, keys: Mapping[str, str]) -> list[str]:
    """Return the first notebooks that need not run again.

    Parameters
    ----------
    review : Path
        The review's folder.
    published : Edition or None
        The published edition.
    keys : mapping of str to str
        The key of each notebook of this run.
    """
    if published is None or list(published.steps) != list(keys):
        return []
    damaged = set(find_damage(review, published))
    kept: list[str] = []
    for name in list(keys)[:-1]:
        step = published.steps[name]
        if step.key != keys[name] or damaged & set(step.files):
            break
        kept.append(name)
    return kept


def keep_steps(stage: Stage, published: Edition, names: Sequence[str]) -> None:
    """Copy what some notebooks published into the stage."""
    stage.notebooks.mkdir(parents=True, exist_ok=True)
    stage.out.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copyfile(stage.review / name_notebook(name), stage.notebooks / name)
        for file in published.steps[name].files:
            if file != name_notebook(name):
                target = stage.out / file.partition("/")[2]
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(stage.review / file, target)


def name_notebook(name: str) -> str:
    """Return where an executed notebook is published."""
    return f"reports/notebooks/{name}"


def record_steps(
    keys: Mapping[str, str], kept: Mapping[str, Step], written: Mapping[str, Sequence[str]], plan: Mapping[Path, str]
) -> dict[str, Step]:
    """Describe what each notebook was made of and wrote.

    Parameters
    ----------
    keys : mapping of str to str
        The key of each notebook.
    kept : mapping of str to Step
        The notebooks that did not run.
    written : mapping of str to sequence of str
        The files that each of the others wrote.
    plan : mapping of Path to str
        Where each staged file is published.

    Returns
    -------
    dict of str to Step
        Empty when two notebooks wrote one file: then none of them can be kept.
    """
    steps = dict(kept)
    for name, files in written.items():
        published = sorted(plan[Path(file)] for file in files if Path(file) in plan)
        steps[name] = Step(keys[name], [*published, name_notebook(name)])
    every = [file for step in steps.values() for file in step.files]
    return {name: steps[name] for name in keys if name in steps} if len(every) == len(set(every)) else {}
