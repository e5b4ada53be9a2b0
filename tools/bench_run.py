"""Measure a run against the plain way of making the same report, and the reader by itself: ``make bench``.

The plain way is four ``papermill`` commands and one ``nbconvert`` command in the same environment.  Every figure is the
middle of `ROUNDS` rounds, taken in turn, so that a busy machine slows both alike.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from howlong.quantities import find_quantities

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
DIGITS = "123456789"


def main() -> None:
    """Print the figures."""
    middle = measure_run()
    plain = middle["plain: 4 papermill, 1 nbconvert"]
    for way, taken in middle.items():
        print(f"{way:<34}{taken:7.2f} s  {taken / plain:6.0%}")
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds/documents").iterdir()))
    variants = [text.translate(str.maketrans(DIGITS, DIGITS[turn:] + DIGITS[:turn])) for turn in range(ROUNDS + 1)]
    find_quantities(variants.pop())
    taken = statistics.median(measure(lambda variant=variant: find_quantities(variant)) for variant in variants)  # type: ignore[misc]
    print(f"{'reader':<34}{len(text) / taken / 1000:7.0f} thousand characters a second")


def measure_run() -> dict[str, float]:
    """Return the seconds of each way of making the report, the plain way first."""
    with tempfile.TemporaryDirectory() as name:
        review = Path(name) / "review"
        for part in ("seeds", "notebooks"):
            shutil.copytree(ROOT / part, review / part)
        ways: dict[str, Callable[[Path], None]] = {
            "plain: 4 papermill, 1 nbconvert": run_plainly,
            "howlong report --force": lambda folder: run("howlong", "report", "--force", "--review", str(folder)),
            "howlong report, unchanged": lambda folder: run("howlong", "report", "--review", str(folder)),
        }
        seconds: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(ROUNDS):
            for way, do in ways.items():
                seconds[way].append(measure(lambda do=do: do(review)))  # type: ignore[misc]
    return {way: statistics.median(taken) for way, taken in seconds.items()}


def measure(do: Callable[[], object]) -> float:
    """Return how many seconds something takes."""
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def run(*command: str, folder: Path = ROOT) -> None:
    """Run a Python module quietly; a failure ends the measuring."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", *command], cwd=folder, env=environment, capture_output=True, check=True)


def run_plainly(review: Path) -> None:
    """Make the report as one would without a run of our own."""
    executed = review / "plain"
    executed.mkdir(exist_ok=True)
    for path in sorted((review / "notebooks").glob("*.ipynb")):
        given = ("-p", "review", str(review), "-p", "out", "plain")
        run("papermill", str(path), str(executed / path.name), *given, folder=review)
    run("nbconvert", "--to", "html", str(executed / "04-review.ipynb"), folder=review)


if __name__ == "__main__":
    main()
