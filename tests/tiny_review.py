"""Make a review so small that a run of it takes no thinking: one document without an amount, notebooks of three cells."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from howlong.report.run import driver
from howlong.report.run.execution import Stage
from howlong.report.run.verification import list_record_types
from howlong.sources import Source, read_sources
from howlong.tables import format_table, to_records

PARAMETERS = """review: str = ""  # folder of the review
out: str = ""  # folder for the tables
leave_out: list = []  # sources to leave out
reading: str = "base"  # how vague words are read: narrow, base or wide
rounds: int = 3  # a number"""
PAGE = "<!doctype html><title>t</title><p id='a'>No amount.</p><a href='#a'>up</a>"
NOTEBOOKS = ("01-sources", "02-claims", "03-durations", "04-review")


def make_review(folder: Path, middle: str = "1 + 1") -> Path:
    """Make a tiny review; `middle` is the second cell of its notebook 02-claims."""
    documents = folder / "seeds" / "documents"
    documents.mkdir(parents=True)
    (documents / "one.txt").write_text("Nothing is counted here.\n", encoding="utf-8")
    (folder / "seeds" / "sources.csv").write_text("source_id,file\nA,one.txt\n", encoding="utf-8")
    (folder / "seeds" / "review.toml").write_text('title = "T"\nquestion = "How long?"\n', encoding="utf-8")
    prepare_tables(folder)
    (folder / "notebooks").mkdir()
    for name in NOTEBOOKS:
        write_notebook(folder, name, middle if name == "02-claims" else "1 + 1")
    return folder


def prepare_tables(review: Path) -> None:
    """Write the tables that the tiny notebooks copy."""
    prepared = review / "seeds" / "prepared"
    prepared.mkdir(exist_ok=True)
    for record_type in list_record_types():
        rows = to_records(read_sources(review), Source) if record_type is Source else []
        target = prepared / f"{record_type.NOTEBOOK}-{record_type.TABLE}.csv"
        target.write_text(format_table(rows, record_type), encoding="utf-8")
    (prepared / "04-review-page.html").write_text(PAGE, encoding="utf-8")


def write_notebook(review: Path, name: str, middle: str, parameters: str = PARAMETERS) -> None:
    """Write one tiny notebook: its parameters, one cell of the test's own, one cell that copies its tables."""
    copy = f"import pathlib\nfor path in sorted(pathlib.Path('seeds/prepared').glob('{name}-*')):\n"
    copy += f"    (pathlib.Path(out) / path.name.removeprefix('{name}-').replace('page.', 'review.')).write_bytes(path.read_bytes())"
    sources = [(parameters, ["parameters"]), (middle, []), (copy, [])]
    cells = [
        {
            "cell_type": "code",
            "id": f"cell{number}",
            "metadata": {"tags": tags} if tags else {},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for number, (source, tags) in enumerate(sources)
    ]
    kernel = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}
    notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (review / "notebooks" / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def pretend(patch: pytest.MonkeyPatch) -> None:
    """Run without kernels: the tiny notebooks' tables are copied in this process."""
    patch.setattr(driver, "open_kernels", open_no_kernels)
    patch.setattr(driver, "execute_notebooks", pretend_to_execute)


def open_no_kernels(*arguments: object) -> contextlib.AbstractContextManager[None]:
    """Stand in for what starts kernels."""
    return contextlib.nullcontext()


def pretend_to_execute(
    stage: Stage, notebooks: Sequence[Path], values: Mapping[str, object], time_limit: int, kernels: object
) -> Iterator[tuple[Path, list[str]]]:
    """Do what the tiny notebooks would do, without a kernel."""
    stage.notebooks.mkdir(parents=True, exist_ok=True)
    stage.out.mkdir(parents=True, exist_ok=True)
    for path in notebooks:
        shutil.copy(path, stage.notebooks / path.name)
        written = []
        for prepared in sorted((stage.review / "seeds" / "prepared").glob(f"{path.stem}-*")):
            name = prepared.name.removeprefix(f"{path.stem}-").replace("page.", "review.")
            shutil.copyfile(prepared, stage.out / name)
            written.append(str(stage.out / name))
        yield path, written


def read_published(review: Path) -> dict[str, bytes]:
    """Return the bytes of everything published."""
    return {str(path.relative_to(review)): path.read_bytes() for path in list_published(review)}


def list_published(review: Path) -> Iterator[Path]:
    """Yield the files of data/ and reports/ that a reader gets."""
    for folder in ("data", "reports"):
        for path in sorted((review / folder).rglob("*")):
            parts = path.relative_to(review).parts
            if path.is_file() and path.name != "last-run.json" and not {"failed", ".staging"} & set(parts):
                yield path
