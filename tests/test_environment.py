"""One resolution in five sizes serves make, conda and Binder, and a newcomer's machine is told what it lacks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("report", "cluster", "test", "lab", "bench")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = {"report": [], **PROJECT["optional-dependencies"]}


def read_lock(name: str) -> dict[str, str]:
    """Return a lock's versions by package; markers and hashes left aside."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    lines = re.findall(r"^([A-Za-z0-9][^\n]*?) \\$", text, re.M)
    return {canonicalize_name(line.split("==")[0]): line.split("==")[1].split()[0] for line in lines}


@pytest.mark.parametrize("name", [*LOCKS, "axe"])
def test_every_package_of_a_lock_is_pinned_and_hashed(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert [
        block for block in blocks if not re.match(r"\S+==\S+[^\n]* \\\n    --hash=sha256:[0-9a-f]{64}", block)
    ] == []


@pytest.mark.parametrize("name", [*LOCKS, "axe"])
def test_a_lock_names_no_index_and_no_folder(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert re.findall(r"://|--(?:index|extra-index|find-links|trusted)|^/|^\.", text, re.M) == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_what_the_project_asks_for(name: str) -> None:
    lock = read_lock(name)
    for line in PROJECT["dependencies"] + EXTRAS[name]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(lock[canonicalize_name(wanted.name)]), line
    assert "setuptools" in lock


def test_the_locks_are_one_resolution_in_five_sizes() -> None:
    locks = {name: read_lock(name) for name in LOCKS}
    for name in LOCKS[1:]:
        assert locks["report"].items() <= locks[name].items(), name
    assert locks["cluster"].items() <= locks["test"].items()
    shared = set(locks["test"]) & set(locks["lab"])
    assert {locks["test"][package] == locks["lab"][package] for package in shared} == {True}


def test_the_checker_of_accessibility_is_installed_for_tests_alone_and_without_what_it_would_bring() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert list(read_lock("axe")) == ["axe-playwright-python"]
    assert re.findall(r".*requirements/axe\.txt$", makefile, re.M)[0].split()[2:] == [
        "install",
        "--require-hashes",
        "--no-deps",
        "-r",
        "requirements/axe.txt",
    ]
    assert not any("axe-playwright-python" in read_lock(name) for name in LOCKS)


def test_the_report_runs_without_jupyterlab() -> None:
    assert not {"jupyterlab", "rfc3987-syntax", "notebook"} & set(read_lock("report"))


def test_conda_gives_only_python_and_pip_and_the_lab_lock_the_rest() -> None:
    described = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    plain = [item for item in described["dependencies"] if isinstance(item, str)]
    (by_pip,) = [item["pip"] for item in described["dependencies"] if isinstance(item, dict)]
    assert [re.split("[=<>]", item)[0] for item in plain] == ["python", "pip"]
    assert plain[0] == f"python{PROJECT['requires-python']}"
    assert by_pip == ["-r requirements/lab.txt"]
    assert (ROOT / by_pip[0].split()[1]).exists()


def test_binder_installs_the_project_beside_the_lock() -> None:
    path = ROOT / "postBuild"
    assert os.access(path, os.X_OK)
    assert "--no-deps --no-build-isolation --editable ." in path.read_text(encoding="utf-8")


def test_this_python_has_the_locked_versions_where_make_made_it() -> None:
    if Path(sys.prefix).parent != ROOT:
        pytest.skip("this environment was not made by make")
    from importlib.metadata import version

    for package in ("pandas", "matplotlib", "papermill", "nbclient"):
        assert read_lock("report")[package] == version(package)


# --- make -----------------------------------------------------------------------------------------------------------------


def run_make(*arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(["make", "-C", str(ROOT), *arguments], capture_output=True, text=True, env=kept)


def test_make_alone_prints_the_targets() -> None:
    printed = run_make().stdout
    for target in ("report", "test", "lint", "check", "lab", "bench", "lock", "clean"):
        assert f"make {target}" in printed


@pytest.mark.parametrize(
    ("script", "line"),
    [
        (None, "must be there, is not found. Install Python 3.11"),
        ("case $2 in *version_info*) exit 1;; esac; echo Python 3.9.2", "must be 3.11 or newer, is 3.9.2"),
        ("case $2 in *ensurepip*) exit 1;; *print*) echo 3.11;; esac", "apt install python3.11-venv"),
    ],
    ids=["missing", "old", "without venv"],
)
def test_a_machine_without_the_right_python_is_told_what_to_install(
    tmp_path: Path, script: str | None, line: str
) -> None:
    python = tmp_path / "python3"
    if script is not None:
        python.write_text(f"#!/bin/sh\n{script}\n")
        python.chmod(0o755)
    result = run_make("report", f"PYTHON={python}", f"VENV={tmp_path / 'venv'}")
    said = [row for row in result.stderr.splitlines() if not row.startswith("make")]
    assert len(said) == 1
    assert line in said[0]


def test_ci_runs_the_test_command_of_the_readme() -> None:
    path = ROOT / ".ci" / "run"
    assert os.access(path, os.X_OK)
    assert "\nset -eu\n" in path.read_text(encoding="utf-8")
    assert "\nmake test\n" in path.read_text(encoding="utf-8")
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
