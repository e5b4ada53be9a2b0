"""Runs that are killed at random moments are healed by the next one; tools/kill_runs.py kills as many as you like."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_two_hundred_killed_runs_are_healed() -> None:
    """At least a hundred of them are killed between the first and the last rename."""
    command = [sys.executable, str(ROOT / "tools" / "kill_runs.py"), "--times", "200", "--inside", "100"]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("killed 200:")
