"""A disk that is full and a folder that may not be written leave the last edition whole, and the next run goes on.

The disks are real: a small file system in memory, which only root can mount, and folders without leave to write, which root
does not feel; what cannot be caused is skipped with the reason.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_scheduling import BARE
from tiny_review import make_review, prepare_tables, pretend, read_published, write_notebook

from howlong.report.run import Request, driver, run_report
from howlong.report.run.edition import find_damage, read_edition
from howlong.report.run.publication import JOURNAL

ROOT = Path(__file__).resolve().parent.parent
NOBODY = 65534


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of eight megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if not mount or os.name != "posix" or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("a file system can be mounted by root only, where the system allows it")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path, free: int) -> Path:
    """Fill a file system but for some bytes."""
    stuff = folder / "stuff"
    with stuff.open("ab") as file:
        file.write(b"x" * max(0, shutil.disk_usage(folder).free - free))
    return stuff


def ask(review: Path, **options: object) -> driver.Outcome:
    return run_report(Request(review=str(review), **options))  # type: ignore[arg-type]


def change(review: Path, words: str) -> None:
    (review / "seeds" / "documents" / "one.txt").write_text(f"{words}\n", encoding="utf-8")
    prepare_tables(review)


@pytest.mark.parametrize("free", [0, 4, 8, 16, 24, 32, 48, 64, 96, 128])
def test_a_full_disk_leaves_the_last_edition_and_the_next_run_goes_on(
    disk: Path, monkeypatch: pytest.MonkeyPatch, free: int
) -> None:
    pretend(monkeypatch)
    review = make_review(disk / "review")
    assert ask(review).status == 0
    change(review, "Other words.")
    before = read_published(review)
    stuff = fill(disk, free * 1024)
    outcome = ask(review)
    if outcome.status:
        assert (outcome.status, len(outcome.message.splitlines())) == (1, 1)
        assert "No space left on device" in outcome.message
        begun = (review / "reports" / ".staging" / JOURNAL).exists()
        assert begun or read_published(review) == before
    stuff.unlink()
    assert ask(review).edition == 2
    edition = read_edition(review)
    assert edition is not None
    assert find_damage(review, edition) == []
    assert ask(review).result == "unchanged"


def test_a_disk_that_is_full_at_the_very_last_file_is_finished_by_the_next_run(
    disk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from howlong.report.run import publication

    pretend(monkeypatch)
    review = make_review(disk / "review")
    ask(review)
    change(review, "Other words.")
    move, stuff = publication.move, disk / "stuff"

    def fill_and_move(staged: Path, target: Path) -> None:
        move(staged, target)
        fill(disk, 0)

    monkeypatch.setattr(publication, "move", fill_and_move)
    outcome = ask(review)
    assert (outcome.status, "No space left on device" in outcome.message) == (1, True)
    assert (review / "reports" / ".staging" / JOURNAL).exists()
    monkeypatch.setattr(publication, "move", move)
    stuff.unlink()
    assert (ask(review).result, ask(review).edition) == ("unchanged", 2)
    assert "could not finish publishing" in capsys.readouterr().err


@pytest.mark.slow
def test_a_disk_that_fills_while_notebooks_run_is_one_line(disk: Path) -> None:
    review = make_review(disk / "review")
    assert ask(review).status == 0
    before = read_published(review)
    write_notebook(review, "02-claims", f"import shutil; shutil.copy('/dev/zero', '{disk}/stuff')")
    outcome = ask(review)
    assert (outcome.status, len(outcome.message.splitlines())) == (1, 1)
    assert "No space left on device" in outcome.message
    assert read_published(review) == before
    (disk / "stuff").unlink()
    write_notebook(review, "02-claims", "2")
    assert ask(review).status == 0


# --- nobody ----------------------------------------------------------------------------------------------------------


def run_as_nobody(review: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the report as a user who owns nothing."""
    tool = shutil.which("setpriv")
    before = [tool or "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    reachable = [*before, "sh", "-c", f"{sys.executable} -c 'import howlong, filelock'"]
    given = BARE | {"PYTHONPATH": os.environ.get("PYTHONPATH", str(ROOT)), "PYTHONDONTWRITEBYTECODE": "1"}
    if not tool or subprocess.run(reachable, env=given, cwd="/", capture_output=True).returncode:
        pytest.skip("only root can be another user, and only where the environment can be read by all")
    command = [*before, sys.executable, "-m", "howlong", "report", "--review", str(review), *arguments]
    return subprocess.run(command, env=given, cwd="/", capture_output=True, text=True)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can reach; those of pytest are closed."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.slow
def test_a_folder_that_may_not_be_written_is_named_and_an_edition_in_it_is_still_found_unchanged(
    open_folder: Path,
) -> None:
    review = make_review(open_folder / "review")
    said = run_as_nobody(review)
    assert (said.returncode, said.stdout, len(said.stderr.splitlines())) == (1, "", 1)
    assert said.stderr.startswith(
        f"{review / 'data'}: must be a folder with room that can be written, Permission denied"
    )
    assert ask(review).status == 0
    before = read_published(review)
    said = run_as_nobody(review)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("report (unchanged, edition 1): ")
    said = run_as_nobody(review, "--force")
    assert (said.returncode, len(said.stderr.splitlines())) == (1, 1)
    assert read_published(review) == before


@pytest.mark.slow
def test_another_user_who_owns_the_review_makes_the_same_bytes(open_folder: Path) -> None:
    first, second = (make_review(open_folder / name / "review") for name in ("one", "two"))
    assert ask(first).status == 0
    for path in [second, *second.rglob("*")]:
        os.chown(path, NOBODY, NOBODY)
    said = run_as_nobody(second)
    assert said.returncode == 0, said.stderr
    assert read_published(first) == read_published(second)
