"""What is published is whole, and is what a run of the committed inputs makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from howlong.report.run.driver import find_notebooks
from howlong.report.run.edition import Edition, find_damage, read_edition, trace_origin

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def edition() -> Edition:
    """The published edition of the first review."""
    found = read_edition(ROOT)
    assert found is not None, "reports/edition.json: must be there. Run make report."
    return found


def test_every_published_file_is_the_one_the_edition_lists(edition: Edition) -> None:
    assert find_damage(ROOT, edition) == []


def test_nothing_is_published_that_the_edition_does_not_list(edition: Edition) -> None:
    present = {
        path.relative_to(ROOT).as_posix()
        for folder in ("data", "reports/notebooks")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert present <= set(edition.files)


def test_the_edition_is_of_the_committed_seeds_notebooks_and_code(edition: Edition) -> None:
    """Red after any change of these until ``make report`` is run and what it made is committed."""
    now = trace_origin(ROOT, find_notebooks(ROOT), {})
    assert edition.origin.inputs == now.inputs
    assert edition.origin.notebooks == now.notebooks
    assert edition.origin.code == now.code
    assert edition.origin.parameters == {}


def test_nothing_is_unexplained(edition: Edition) -> None:
    assert (edition.counts["unexplained"], edition.counts["orphans"], edition.left_out) == (0, 0, [])


def test_the_tables_are_what_their_description_says() -> None:
    """frictionless reads data/datapackage.json and finds each table, column and value as described."""
    frictionless = pytest.importorskip(
        "frictionless", reason="frictionless is not installed; see requirements/test.txt"
    )
    report = frictionless.Package(str(ROOT / "data" / "datapackage.json")).validate()
    assert [error for task in report.tasks for error in task.errors] == []
    assert {task.name for task in report.tasks} == {path.stem for path in (ROOT / "data").glob("*.csv")}
