"""Finish executed notebooks: the same bytes everywhere, and a page beside each one.

Law: what differs from run to run or from machine to machine leaves a notebook before anybody sees it; what was computed and
printed stays.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from howlong.report.run.edition import PACKAGE
from howlong.report.run.execution import Stage
from howlong.report.run.parameters import PLACES
from howlong.report.run.verification import verify_page
from howlong.tables import write_text

ADDRESS = re.compile(r"(?<= at )0x[0-9a-fA-F]{6,16}")
PLACED = tuple(f"{name} = " for name in PLACES)
CELL_FILE = re.compile(r"[^\s\"']*ipykernel_\d+[/\\]\d+\.py")


@contextlib.contextmanager
def open_finisher(stage: Stage, notebooks: Sequence[Path]) -> Iterator[Callable[[Path], None]]:
    """Yield what has one notebook finished while others still run; at the end wait for all, and raise what went wrong.

    Parameters
    ----------
    stage : Stage
        Where the executed notebooks stand.
    notebooks : sequence of Path
        All notebooks of the run; each page leads to the others.
    """
    names = [path.stem for path in notebooks]
    tasks: list[Future[None]] = []
    pool = ThreadPoolExecutor(1)
    try:
        yield lambda path: tasks.append(pool.submit(finish_notebook, stage, path, names))
        for task in tasks:
            task.result()
    finally:
        pool.shutdown(cancel_futures=True)


def finish_notebook(stage: Stage, source: Path, names: Sequence[str]) -> None:
    """Normalise one executed notebook, and write a page beside it for those who have no Jupyter."""
    from howlong.report.page.trail import render_notebook

    executed = stage.notebooks / source.name
    normalise_notebook(executed, source, stage.review)
    page = executed.with_suffix(".html")
    write_text(page, render_notebook(json.loads(executed.read_text(encoding="utf-8")), executed.stem, names))
    verify_page(page)


def normalise_notebook(executed: Path, source: Path, review: Path) -> None:
    """Rewrite an executed notebook without anything that differs from run to run or from machine to machine.

    Times, durations, random ids, memory addresses, process numbers and absolute paths go; what stays is the source, the
    outputs and the values of the parameters.
    """
    import nbformat

    notebook = nbformat.read(executed, as_version=4)
    original = nbformat.read(source, as_version=4)
    recorded = notebook.metadata.get("papermill", {})
    kernelspec = original.metadata.get("kernelspec", {})
    notebook.metadata.clear()
    notebook.metadata["kernelspec"] = kernelspec
    given = recorded.get("parameters", {})
    notebook.metadata["papermill"] = {"parameters": {name: given[name] for name in given if name not in PLACES}}
    known = {cell.get("id") for cell in original.cells}
    for number, cell in enumerate(notebook.cells):
        is_injected = "injected-parameters" in cell.metadata.get("tags", [])
        cell.metadata = {name: value for name, value in cell.metadata.items() if name in ("tags", "jupyter")}
        if cell.get("id") not in known:
            cell["id"] = "injected-parameters" if is_injected else f"cell-{number}"
        if is_injected:
            cell["source"] = "\n".join(line for line in cell["source"].splitlines() if not line.startswith(PLACED))
        for output in cell.get("outputs", []):
            clean_output(output, review)
    notebook.nbformat_minor = max(5, notebook.nbformat_minor)
    write_text(executed, nbformat.writes(notebook).rstrip("\n") + "\n")


def clean_output(output: dict[str, Any], review: Path) -> None:
    """Clean one output in place."""
    if "text" in output:
        output["text"] = clean_text(output["text"], review)
    for kind, content in output.get("data", {}).items():
        if isinstance(content, str) and not kind.startswith("image/p"):
            output["data"][kind] = clean_text(content, review)


def clean_text(text: str, review: Path) -> str:
    """Write paths from the review's folder, and leave out addresses in memory and numbers of processes."""
    for folder, name in ((review, "."), (PACKAGE.parent, "."), (Path(sys.prefix), "<environment>")):
        if len(folder.parts) > 1:
            whole = rf"(?<![\w.]){re.escape(str(folder))}"
            text = re.sub(rf"{whole}(?![\w/])", name, re.sub(rf"{whole}/", "" if name == "." else f"{name}/", text))
    return ADDRESS.sub("0x0", CELL_FILE.sub("<cell>", text))
