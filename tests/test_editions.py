"""The history of a review: editions are numbered by what they say, kept, compared and made again."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from run_notebooks import run_notebooks
from test_same_bytes import clone, run
from tiny_review import make_review, open_no_kernels, prepare_tables, pretend, read_published, write_notebook

from howlong.cli import main
from howlong.report.run import Request, archive, driver, run_report
from howlong.report.run.archive import restore_edition
from howlong.report.run.edition import (
    CHANGES,
    Origin,
    find_damage,
    hash_folder,
    is_content,
    read_edition,
    trace_origin,
)
from howlong.report.run.execution import Stage
from howlong.report.run.history import list_editions
from howlong.report.run.verification import list_record_types
from howlong.tables import InputError

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny review whose notebooks are not really executed."""
    pretend(monkeypatch)
    return make_review(tmp_path / "review")


def ask(review: Path, **options: Any) -> driver.Outcome:
    outcome = run_report(Request(review=str(review), **options))
    assert outcome.status == 0, outcome.message
    return outcome


def edit(review: Path, text: str) -> None:
    """Change the tiny review's document."""
    (review / "seeds" / "documents" / "one.txt").write_text(f"{text}\n")
    prepare_tables(review)


def make_three(review: Path) -> None:
    for text in ("Nothing here.", "Nothing there.", "Nothing anywhere."):
        edit(review, text)
        ask(review)


def test_editions_are_numbered_and_each_names_the_one_before(review: Path) -> None:
    make_three(review)
    assert list_editions(review) == [1, 2, 3]
    edition = read_edition(review)
    assert edition is not None
    assert (edition.number, edition.previous.number, edition.as_of) == (3, 2, "not stated")
    assert len(edition.previous.digest) == 64


def test_a_forced_run_is_no_new_edition(review: Path) -> None:
    make_three(review)
    before = read_published(review)
    assert ask(review, force=True).edition == 3
    assert read_published(review) == before


def test_an_edited_notebook_that_says_the_same_is_no_new_edition(review: Path) -> None:
    make_three(review)
    write_notebook(review, "03-durations", "1 + 2")
    outcome = ask(review)
    assert (outcome.result, outcome.edition, outcome.changes) == ("published", 3, {})
    assert list_editions(review) == [1, 2, 3]


def test_another_date_is_a_new_edition(review: Path) -> None:
    for name in ("01-sources", "02-claims", "03-durations", "04-review"):
        write_notebook(review, name, "1", 'out: str = ""  # folder\nas_of: str = ""  # the date')
    assert ask(review).edition == 1
    assert ask(review, parameters={"as_of": "2026-11-01"}).edition == 2
    edition = read_edition(review)
    assert edition is not None
    assert edition.as_of == "2026-11-01"


def test_a_record_is_not_changed_by_later_editions(review: Path) -> None:
    make_three(review)
    before = {name: text for name, text in read_published(review).items() if "/0002/" in name}
    edit(review, "Nothing at all.")
    ask(review)
    assert before.items() <= read_published(review).items()


def test_history_goes_on_when_the_edition_s_description_is_lost(review: Path) -> None:
    make_three(review)
    before = read_published(review)
    (review / "reports" / "edition.json").write_text("{")
    assert ask(review).edition == 3
    assert read_published(review) == before


def test_a_damaged_record_of_the_published_edition_is_healed(review: Path) -> None:
    make_three(review)
    before = read_published(review)
    (review / "reports" / "editions" / "0003" / "claims.csv").unlink()
    assert ask(review).result == "published"
    assert read_published(review) == before


def test_retention_keeps_the_newest_and_what_they_were_made_of(review: Path) -> None:
    make_three(review)
    first = json.loads((review / "reports/editions/0001/edition.json").read_text())["origin"]["inputs"]
    edit(review, "Nothing more.")
    ask(review, keep=2)
    assert list_editions(review) == [3, 4]
    assert not (review / "reports" / "editions" / "0001").exists()
    assert not (review / "reports" / "editions" / "inputs" / first["seeds/documents/one.txt"]).exists()
    assert restore_edition(review, 4, review.parent / "again").number == 4
    assert run_report(Request(review=str(review), keep=1)).status == 2


def test_an_edition_is_made_again_byte_for_byte(review: Path) -> None:
    make_three(review)
    wanted = read_published(review)
    edit(review, "Nothing more.")
    ask(review)
    target = review.parent / "again"
    restore_edition(review, 3, target)
    assert ask(target).edition == 3
    made = read_published(target)
    assert made == {name: text for name, text in wanted.items() if name in made}
    assert all(name.startswith("reports/editions/") for name in set(wanted) - set(made))


def read_said(review: Path, number: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Restore an edition and return what is said of it."""
    assert main(["restore", str(number), str(folder), "--review", str(review)]) == 0
    return capsys.readouterr().out.splitlines()


def test_the_library_is_laid_out_too_and_named_where_it_has_changed(
    review: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(review)
    capsys.readouterr()
    target = review.parent / "again"
    first, second = read_said(review, 1, target, capsys)
    assert (first, second) == (
        f"edition 1: laid out in {target}",
        f"make it again: cd {target} && {sys.executable} -m howlong report",
    )
    assert hash_folder(target / "howlong") == hash_folder(ROOT / "howlong")
    assert (target / "requirements" / "report.txt").read_bytes() == (ROOT / "requirements" / "report.txt").read_bytes()
    monkeypatch.setattr(archive, "trace_origin", lambda *given: change_origin(trace_origin(*given)))
    *_, changed, versions = read_said(review, 1, review.parent / "other", capsys)
    assert changed.startswith("howlong has changed since; the one that made the edition is laid out in ")
    assert versions.startswith("it may differ: pandas was ")
    assert versions.endswith(f"--require-hashes -r {review.parent / 'other' / 'requirements' / 'report.txt'}")


def change_origin(origin: Origin) -> Origin:
    """Return what a run with another library and another pandas would be made of."""
    return replace(origin, code="0" * 64, versions=origin.versions | {"pandas": "1.0"})


def test_an_edition_whose_library_was_not_kept_says_so(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask(review)
    edition = read_edition(review)
    assert edition is not None
    (review / "reports" / "editions" / "inputs" / edition.origin.code).unlink()
    record = replace(edition, origin=change_origin(edition.origin))
    said = archive.describe_restored(review, record, review.parent / "again")
    assert any(line.startswith("it will differ: howlong is not as it was and was not kept; ") for line in said)
    assert f"howlong report --review {review.parent / 'again'}" in said[1]


def test_the_library_of_editions_that_are_gone_goes_with_them(review: Path) -> None:
    make_three(review)
    inputs = review / "reports" / "editions" / "inputs"
    (inputs / ("0" * 64)).write_text("of a library that no edition names")
    edit(review, "Nothing more.")
    ask(review, keep=2)
    edition = read_edition(review)
    assert edition is not None
    named = {path.name for path in inputs.iterdir()}
    assert ("0" * 64) not in named
    assert edition.origin.code in named


@pytest.mark.slow
def test_an_edition_is_made_again_with_the_library_that_made_it(tmp_path: Path) -> None:
    """The seeds change, a rule and the page of the library change; the first edition comes back as it was."""
    folder = clone(tmp_path / "review")
    run(folder)
    record = read_edition(folder)
    assert record is not None
    path = next((folder / "seeds" / "documents").glob("003*"))
    path.write_bytes(path.read_bytes() + b"\nThe effect lasted nine weeks.\n")
    style = folder / "howlong" / "report" / "page" / "page.css"
    style.write_text(style.read_text(encoding="utf-8") + "\np { color: red }\n", encoding="utf-8")
    words = folder / "howlong" / "vocabulary" / "regimens.toml"
    words.write_text(words.read_text(encoding="utf-8") + "\n# a line more\n", encoding="utf-8")
    run(folder)
    assert list_editions(folder) == [1, 2]
    target = tmp_path / "again"
    restore_edition(folder, 1, target)
    assert "color: red" not in (target / "howlong" / "report" / "page" / "page.css").read_text(encoding="utf-8")
    run(target)
    assert find_damage(target, record) == []
    assert read_edition(target) == record


def test_what_is_not_kept_cannot_be_made_again(review: Path) -> None:
    ask(review)
    with pytest.raises(InputError, match="kept: 1"):
        restore_edition(review, 2, review.parent / "again")
    with pytest.raises(InputError, match="must be a new or an empty folder"):
        restore_edition(review, 1, review)


def test_only_tables_that_say_something_count() -> None:
    names = {f"data/{record_type.TABLE}.csv" for record_type in list_record_types()}
    assert {name for name in names if not is_content(name)} == {CHANGES}


# --- incremental --------------------------------------------------------------------------------------------------------


def test_an_edited_notebook_runs_with_those_after_it(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask(review)
    write_notebook(review, "03-durations", "1 + 2")
    ask(review)
    assert "kept: 01-sources.ipynb, 02-claims.ipynb, for nothing they read has changed" in capsys.readouterr().err
    before = read_published(review)
    ask(review, force=True)
    assert "kept" not in capsys.readouterr().err
    assert read_published(review) == before


def test_a_parameter_runs_the_notebooks_that_have_it(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("01-sources", "02-claims"):
        write_notebook(review, name, "1", 'out: str = ""  # folder')
    ask(review)
    ask(review, parameters={"reading": "wide"})
    assert "kept: 01-sources.ipynb, 02-claims.ipynb," in capsys.readouterr().err


def test_nothing_is_kept_after_a_change_of_the_seeds_or_of_a_published_table(
    review: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(review)
    (review / "data" / "sources.csv").unlink()
    ask(review)
    edit(review, "Other words.")
    ask(review)
    assert "kept" not in capsys.readouterr().err


def test_notebooks_that_write_the_same_table_are_never_kept(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepared = review / "seeds" / "prepared"
    shutil.copyfile(prepared / "02-claims-claims.csv", prepared / "03-durations-claims.csv")
    ask(review)
    write_notebook(review, "04-review", "1 + 2")
    ask(review)
    assert "kept" not in capsys.readouterr().err


# --- the first review, in this process ----------------------------------------------------------------------------------


def execute_here(
    stage: Stage, notebooks: list[Path], values: dict[str, Any], time_limit: int, kernels: object
) -> Iterator[tuple[Path, list[str]]]:
    """Run the real notebooks' cells in this process."""
    stage.notebooks.mkdir(parents=True, exist_ok=True)
    run_notebooks(stage.review, stage.out, **values)
    for path in notebooks:
        shutil.copyfile(path, stage.notebooks / path.name)
        yield path, []


def test_the_first_review_tells_what_changed_and_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A source with one word edited, a line of the codebook removed, a verdict given: each change has its own cause."""
    review = tmp_path / "review"
    for part in ("seeds", "notebooks"):
        shutil.copytree(ROOT / part, review / part)
    monkeypatch.setattr(driver, "open_kernels", open_no_kernels)
    monkeypatch.setattr(driver, "execute_notebooks", execute_here)
    assert ask(review).edition == 1
    assert "edition 1" in (review / "reports" / "review.html").read_text()
    document = next((review / "seeds" / "documents").glob("000*"))
    document.write_text(
        document.read_text(encoding="utf-8").replace("eight sessions", "nine sessions"), encoding="utf-8"
    )
    codebook = review / "seeds" / "codebook.toml"
    codebook.write_text(
        codebook.read_text(encoding="utf-8").replace('cues = ["striat*", ', "cues = ["), encoding="utf-8"
    )
    assert ask(review).edition == 2
    capsys.readouterr()
    assert main(["diff", "--review", str(review), "--json"]) == 0
    changes = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    claims = [change for change in changes if change["about"] == "claim"]
    by_source = {change["because"] for change in claims if change["source_id"] == "A"}
    assert by_source == {f"{document.name} changed"}
    regions = [change for change in claims if change["field"] == "region"]
    assert regions
    assert all("seeds/codebook.toml line" in change["because"] for change in regions)
    assert any(change["about"] == "answer" for change in changes)
