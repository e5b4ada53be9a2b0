"""The same inputs leave the same bytes, wherever, by whomever and however often they are run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_review import read_published

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("seeds", "notebooks", "howlong", "requirements", "pyproject.toml")


def clone(folder: Path) -> Path:
    """Copy what a run reads, library and all, to another folder."""
    folder.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def spoil_home(home: Path) -> Path:
    """Make a home whose settings would show in every output, if a run read them."""
    startup = home / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "own.py").write_text(
        "print('hello from home')\nimport pandas\npandas.set_option('display.max_rows', 2)\n"
    )
    (home / ".config" / "matplotlib").mkdir(parents=True)
    (home / ".config" / "matplotlib" / "matplotlibrc").write_text("figure.dpi: 31\nlines.linewidth: 9\n")
    (home / ".jupyter").mkdir()
    (home / ".jupyter" / "jupyter_config.json").write_text('{"NbConvertApp": {"log_level": 0}}')
    return home


def run(
    folder: Path, *arguments: str, python: str = sys.executable, before: tuple[str, ...] = (), **given: str
) -> None:
    """Run the report of a clone with its own library."""
    kept = {name: value for name, value in os.environ.items() if name not in ("LANG", "LC_ALL", "TZ", "PYTHONHASHSEED")}
    environment = kept | {"PYTHONPATH": str(folder)} | given
    command = [*before, python, "-m", "howlong", "report", "--review", str(folder), *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-500:]


@pytest.mark.slow
def test_two_forced_runs_from_two_clones_leave_the_same_bytes(tmp_path: Path) -> None:
    """Another path, home, user settings, locale, time zone, hash seed, and one core instead of two."""
    first, second = clone(tmp_path / "one"), clone(tmp_path / "other place" / "deeper" / "zwei")
    run(first, HOME=str(tmp_path / "nowhere"), TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    one_core = ("taskset", "-c", "0") if shutil.which("taskset") else ()
    home = str(spoil_home(tmp_path / "home"))
    own = {
        "HOME": home,
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "C",
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "77",
        "COLUMNS": "40",
    }
    run(second, before=one_core, **own)
    for folder in (first, second):
        run(folder, "--force")
    published = [read_published(folder) for folder in (first, second)]
    assert set(published[0]) == set(published[1])
    assert [name for name, content in published[0].items() if published[1][name] != content] == []
    assert "reports/editions/0001/edition.json" in published[0]
    assert not (first / "reports" / "editions" / "0002").exists()


@pytest.mark.slow
def test_another_python_leaves_the_same_data(tmp_path: Path) -> None:
    """Set HOWLONG_OTHER_PYTHON to a Python of another minor version that has the packages of requirements/report.txt."""
    other = os.environ.get("HOWLONG_OTHER_PYTHON", "")
    if not other:
        pytest.skip("HOWLONG_OTHER_PYTHON names no other Python with the packages of requirements/report.txt")
    first, second = clone(tmp_path / "one"), clone(tmp_path / "two")
    run(first)
    run(second, python=other)
    data = [
        {name: content for name, content in read_published(folder).items() if name.startswith("data/")}
        for folder in (first, second)
    ]
    assert [name for name in data[0] if data[0][name] != data[1].get(name)] == []
