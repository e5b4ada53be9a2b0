"""Kill runs at random moments and see whether the next run heals what they left: ``python tools/kill_runs.py``.

A tiny review is published again and again by a process that is ended with SIGKILL; its notebooks are not executed, so that most
of a run is publication.  After each kill every published file must be whole (the old one or the new one, never a part), and
one further run must leave an edition with nothing missing, nothing left over and nothing locked.  ``--real N`` then kills N
runs with kernels, of the review in this folder.  Needs a system with fork.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from tiny_review import make_review, open_no_kernels, prepare_tables, pretend_to_execute, read_published  # noqa: E402

from howlong.report.run import Request, driver, publication, run_report  # noqa: E402
from howlong.report.run.edition import find_damage, read_edition  # noqa: E402

PAUSE = 0.004  # seconds at most between two renames, so that a kill can fall between them
KEEP = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill runs, and say how many fell where."""
    parser = argparse.ArgumentParser(description="Kill runs at random moments and see whether the next run heals.")
    parser.add_argument("--times", type=int, default=200, help="how many runs to kill (default: 200)")
    parser.add_argument("--inside", type=int, default=100, help="how many at least between the renames (default: 100)")
    parser.add_argument("--real", type=int, default=0, help="how many runs with kernels to kill besides")
    parser.add_argument("--seed", type=int, default=1, help="where chance begins (default: 1)")
    given = parser.parse_args(arguments)
    chance = random.Random(given.seed)
    driver.open_kernels = open_no_kernels  # type: ignore[assignment]
    driver.execute_notebooks = pretend_to_execute  # type: ignore[assignment]
    driver.say = lambda line: None
    with tempfile.TemporaryDirectory() as name:
        review = make_review(Path(name) / "review")
        heal(review)
        fell = kill_many(review, given.times, given.inside, chance)
        print(
            f"killed {given.times}: {', '.join(f'{count} {where}' for where, count in sorted(fell.items()))}; all healed"
        )
        if given.real:
            kill_real(Path(name) / "real", given.real, chance)
    return 0


def kill_many(review: Path, times: int, inside: int, chance: random.Random) -> Counter[str]:
    """Kill runs, `inside` of them at least between the first and the last rename, and heal after each."""
    fell: Counter[str] = Counter()
    for number in range(times):
        (review / "seeds" / "documents" / "one.txt").write_text(f"Nothing in it{'s' * (number % 7)}.\n")
        prepare_tables(review)
        before = read_published(review)
        left = times - number
        where = kill_one(
            review, chance, is_inside=inside - fell["between the renames"] >= left or chance.random() < 0.6
        )
        fell[where] += 1
        during = read_published(review)
        heal(review)
        check_whole(before, during, read_published(review))
    if fell["between the renames"] < inside:
        raise SystemExit(f"only {fell['between the renames']} kills fell between the renames, {inside} were asked for")
    return fell


def kill_one(review: Path, chance: random.Random, is_inside: bool) -> str:
    """Start a run in a process of its own, kill it, and say where that fell."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        publish_slowly(review, writer, chance.random())
    os.close(writer)
    if is_inside:
        os.read(reader, 1)  # the first rename
        time.sleep(chance.uniform(0, 12 * PAUSE))
    else:
        time.sleep(chance.uniform(0, 0.25))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reader)
    return find_place(review)


def publish_slowly(review: Path, writer: int, seed: float) -> None:
    """Run, with a pause before each rename, and tell when the first one is done."""
    chance, move = random.Random(seed), publication.move

    def move_slowly(staged: Path, target: Path) -> None:
        time.sleep(chance.uniform(0, PAUSE))
        move(staged, target)
        os.write(writer, b".")

    publication.move = move_slowly
    try:
        run_report(Request(review=str(review), keep=KEEP))
    finally:
        os._exit(0)


def find_place(review: Path) -> str:
    """Say where in its run a process was killed, by what it left."""
    stage = review / "reports" / ".staging"
    if not (stage / publication.JOURNAL).exists():
        return "before the journal" if stage.exists() else "before the stage or after the end"
    moves = json.loads((stage / publication.JOURNAL).read_text(encoding="utf-8"))["moves"]
    staged = [path for path in moves.values() if (stage / path).exists()]
    if len(staged) == len(moves):
        return "between journal and first rename"
    return "between the renames" if staged else "between the last file and its description"


def heal(review: Path) -> None:
    """Run once more, and check that the edition is whole and nothing is left over."""
    outcome = run_report(Request(review=str(review), keep=KEEP))
    edition = read_edition(review)
    if outcome.status or edition is None or find_damage(review, edition):
        raise SystemExit(f"not healed: {outcome.message or 'damage'}")
    left = [path for path in review.rglob(".*") if path.name not in (".howlong.lock",)]
    if left:
        raise SystemExit(f"left over: {left[0]}")


def check_whole(before: dict[str, bytes], during: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Check that each file was at every time the old one or the new one."""
    for name, content in during.items():
        if not name.endswith(".part") and content not in (before.get(name), after.get(name)):
            raise SystemExit(f"{name}: was neither the old file nor the new one")


def kill_real(review: Path, times: int, chance: random.Random) -> None:
    """Kill runs with kernels of the first review, and heal after each."""
    for part in ("seeds", "notebooks"):
        shutil.copytree(ROOT / part, review / part)
    command = [sys.executable, "-m", "howlong", "report", "--review", str(review)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    before = read_published(review)
    for _ in range(times):
        process = subprocess.Popen(
            [*command, "--force"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0, 6))
        process.kill()
        process.wait()
        subprocess.run(command, env=environment, check=True, capture_output=True)
        if read_published(review) != before:
            raise SystemExit("a killed run with kernels was not healed")
    print(f"killed {times} runs with kernels; all healed")


if __name__ == "__main__":
    raise SystemExit(main())
