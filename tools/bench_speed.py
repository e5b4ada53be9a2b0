"""Measure how fast a reader is, in a process of its own: ``python tools/bench_speed.py READER`` prints one line of JSON.

Law: CPU time of one process, after import and one short sentence; the first reading of a text is told apart from the later ones,
since a reader that remembers what it saw is faster then.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench_articles import read_articles
from bench_peers import OURS, READERS, Reader, load_howlong, split_paragraphs

SENTENCE = "The effect of 5 mg lasts for two days."
ENOUGH = 2.0
ROUNDS = 20
MEGABYTES = (1, 4, 16)
LINE = "line"


@dataclass(frozen=True)
class Speed:
    """What was measured of one reader.

    Attributes
    ----------
    ready : float
        CPU seconds until the first short sentence is read, import included.
    imported : float
        CPU seconds of the import alone.
    first : float
        KB (1000 bytes of UTF-8) read a CPU second, on a text that it had not seen.
    again : float
        The same on the same text, read again and again for about `ENOUGH` seconds.
    """

    ready: float
    imported: float
    first: float
    again: float


def time_reading(do: Callable[[], object]) -> float:
    """Return the CPU seconds of a call."""
    began = time.process_time()
    do()
    return max(time.process_time() - began, 1e-9)


def measure_speed(name: str) -> Speed:
    """Measure one reader on the articles, given whole to this project's and by the paragraph to the others."""
    texts = [article.text for article in read_articles()]
    size = sum(len(text.encode()) for text in texts) / 1000
    pieces = texts if name in OURS else [piece for text in texts for _, piece in split_paragraphs(text)]
    began = time.process_time()
    read = READERS[name]()
    imported = time.process_time() - began
    read(SENTENCE)
    ready = time.process_time() - began
    first = time_reading(lambda: read_all(read, pieces))
    spent: list[float] = []
    while sum(spent) < ENOUGH and len(spent) < ROUNDS:
        spent.append(time_reading(lambda: read_all(read, pieces)))
    return Speed(ready, imported, size / first, size * len(spent) / sum(spent))


def read_all(read: Reader, pieces: Sequence[str]) -> None:
    """Read every piece and drop the result."""
    for piece in pieces:
        read(piece)


def measure_line() -> list[float]:
    """Return the CPU seconds of reading one line of each size in `MEGABYTES`, made of the articles again and again."""
    line = " ".join(" ".join(article.text.split()) for article in read_articles()) + " "
    times = [round(megabytes * 1e6 / len(line.encode())) for megabytes in MEGABYTES]
    read = load_howlong()
    read(line)
    return [time_reading(lambda text=line * count: read(text)) for count in times]  # type: ignore[misc]


def measure_apart(name: str) -> object:
    """Measure in a process of its own; return what it printed, or the reason in words when it could not."""
    script = Path(__file__).resolve()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(script), name], capture_output=True, text=True, cwd=script.parent
    )
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Measure what the command line names."""
    (name,) = sys.argv[1:]
    print(json.dumps(measure_line() if name == LINE else measure_speed(name).__dict__))


if __name__ == "__main__":
    main()
