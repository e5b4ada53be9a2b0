"""The schedules that docs/scheduling.md shows work: cron, systemd, GitHub Actions; a run needs neither home nor network."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tiny_review import make_review

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8")
BARE = {"PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "LOGNAME": "nobody"}  # what cron gives, without a home


def install_command(review: Path) -> None:
    """Put the command where the examples look for it, in a review that was made once."""
    (review / "reports").mkdir(exist_ok=True)
    command = review / ".venv" / "bin" / "howlong"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m howlong "$@"\n')
    command.chmod(0o755)


def read_cron_lines() -> list[str]:
    """Return the commands of the page's crontabs, without their times."""
    blocks = re.findall(r"```cron\n(.*?)```", PAGE, re.S)
    lines = [line for block in blocks for line in block.splitlines() if re.match(r"[\d*]", line)]
    return [re.sub(r"^(?:\S+\s+){5}", "", line) for line in lines]


def forbid_network() -> list[str]:
    """Return what to put before a command so that it has no network; nothing where the system does not allow it."""
    tool = shutil.which("unshare")
    if not tool or subprocess.run([tool, "-rn", "true"], capture_output=True).returncode:
        return []
    return [tool, "-rn"]


def test_the_crontab_line_works_with_a_bare_environment_and_without_a_network(tmp_path: Path) -> None:
    """Without a network only where the system allows to take it away."""
    review = make_review(tmp_path / "review")
    install_command(review)
    line = read_cron_lines()[0].replace("/srv/review", str(review))
    subprocess.run([*forbid_network(), "/bin/sh", "-c", line], env=BARE, check=True, cwd="/")
    log = (review / "reports" / "last-run.log").read_text()
    assert "report (published, edition 1): reports/review.html" in log
    assert json.loads((review / "reports" / "last-run.json").read_text())["status"] == 0


@pytest.mark.slow
def test_a_run_needs_no_network(tmp_path: Path) -> None:
    before = forbid_network()
    if not before:
        pytest.skip("unshare is not there, or the system does not let it take the network away")
    for part in ("seeds", "notebooks"):
        shutil.copytree(ROOT / part, tmp_path / "review" / part)
    command = [*before, sys.executable, "-m", "howlong", "report", "--review", str(tmp_path / "review")]
    subprocess.run(command, env=BARE | {"PYTHONPATH": str(ROOT)}, check=True, capture_output=True)


@pytest.mark.slow
def test_the_other_crontab_line_mails_nothing_when_all_is_well(tmp_path: Path) -> None:
    review = make_review(tmp_path / "review")
    install_command(review)
    line = read_cron_lines()[1].replace("/srv/review", str(review))
    printed = subprocess.run(["/bin/sh", "-c", line], env=BARE, cwd="/", capture_output=True, text=True)
    assert printed.stdout.strip() == ""
    (review / "seeds" / "sources.csv").write_text("source_id,file\n")
    printed = subprocess.run(["/bin/sh", "-c", line], env=BARE, cwd="/", capture_output=True, text=True)
    assert printed.stdout.startswith("sources.csv: must have one row")


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    tool = shutil.which("systemd-analyze")
    if not tool:
        pytest.skip("systemd-analyze is not there")
    review = tmp_path / "review"
    review.mkdir()
    install_command(review)
    for path in (ROOT / "docs" / "systemd").iterdir():
        (tmp_path / path.name).write_text(path.read_text().replace("/srv/review", str(review)))
    units = [str(tmp_path / f"howlong.{kind}") for kind in ("service", "timer")]
    result = subprocess.run([tool, "verify", *units], capture_output=True, text=True)
    assert (result.returncode, [line for line in result.stderr.splitlines() if "howlong" in line]) == (0, [])


def read_workflow() -> dict[str, str]:
    """Return the commands of the workflow's steps, by name."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "report.yml").read_text(encoding="utf-8"))
    return {step["name"]: step["run"] for step in workflow["jobs"]["report"]["steps"] if "run" in step}


def test_the_workflow_asks_for_what_it_needs_and_makes_the_environment_by_make() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "report.yml").read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "write", "pages": "write", "id-token": "write"}
    assert {"schedule", "push", "workflow_dispatch"} == set(workflow[True])  # YAML reads the key `on` as true
    target = read_workflow()["Make the environment"].removeprefix("make .venv/").strip()
    assert f"$(VENV)/{target}:" in (ROOT / "Makefile").read_text()


def run_step(review: Path, script: str) -> int:
    """Run one step's commands as GitHub does."""
    environment = os.environ | {"GITHUB_OUTPUT": str(review.parent / "output"), "HOME": str(review.parent)}
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script], cwd=review, env=environment, capture_output=True
    ).returncode


def git(folder: Path, *arguments: str) -> str:
    result = subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True)
    return result.stdout


@pytest.mark.slow
def test_the_steps_of_the_workflow_commit_what_changed_and_gather_the_page(tmp_path: Path) -> None:
    review = make_review(tmp_path / "review")
    shutil.copy(ROOT / ".gitignore", review)
    install_command(review)
    git(tmp_path, "init", "--bare", "-b", "main", "origin.git")
    git(review, "init", "-b", "main")
    git(review, "add", ".")
    git(review, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-m", "Begin")
    git(review, "remote", "add", "origin", str(tmp_path / "origin.git"))
    git(review, "push", "-u", "origin", "main")
    steps = read_workflow()
    (review / "reports" / "articles").mkdir(parents=True)  # as a review of very many statements has them
    (review / "reports" / "articles" / "A.html").touch()
    for _ in range(2):
        assert run_step(review, steps["Make the report"]) == 0
        assert run_step(review, steps["Commit what changed"]) == 0
        assert run_step(review, steps["Gather the page"]) == 0
    assert (tmp_path / "output").read_text().splitlines() == ["status=0", "status=0"]
    assert git(tmp_path / "origin.git", "log", "--format=%s").splitlines() == ["Regenerate the report", "Begin"]
    assert (review / "site" / "index.html").read_bytes() == (review / "reports" / "review.html").read_bytes()
    assert (review / "site" / "notebooks" / "04-review.ipynb").exists()
    assert (review / "site" / "articles" / "A.html").exists()
