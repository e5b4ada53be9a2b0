"""Measure the report's size and first paint at 60, 1,000 and 10,000 claims: `python tools/measure_page.py [COUNT ...]`.

The reviews are made of copies of the first review's documents, so their articles repeat each other: sizes are those of real
text, answers are not. Influence and agreement are left out from 2,000 claims: what the page shows of them is bounded. First
paint is the median of five cold starts of headless Chromium.
"""

from __future__ import annotations

import csv
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from print_page import FLAGS, find_browser

from howlong.claims import code_claims, read_codebook, read_review
from howlong.durations import read_vague_words, to_intervals
from howlong.quantities import tabulate
from howlong.report.page import build_pages, write_pages
from howlong.report.page.facts import RECORDS
from howlong.sources import read_documents, read_sources
from howlong.spread import find_conflicts, find_envelope, find_hulls, find_influence, find_strata
from howlong.tables import to_frame

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
CLAIMS = 59
BOUNDED = 2000
OBSERVER = (
    "<script>new PerformanceObserver(list => list.getEntries().forEach(e => console.log('PAINT', e.name, Math.round(e.startTime))))"
    ".observe({type: 'paint', buffered: true}); addEventListener('load', () => console.log('PAINT loaded', Math.round(performance.now())))</script>"
)


def make_review(folder: Path, count: int) -> None:
    """Make a review of about so many claims from copies of the first review's documents."""
    (folder / "seeds" / "documents").mkdir(parents=True)
    for name in ("review.toml", "codebook.toml"):
        shutil.copy(SEEDS / name, folder / "seeds" / name)
    with (SEEDS / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / "seeds" / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        for copy in range(max(1, round(count / CLAIMS))):
            for row in rows:
                name = f"{row['source_id']}{copy}"
                content = (SEEDS / "documents" / row["file"]).read_bytes() + b"\n" * copy  # no two are the same file
                (folder / "seeds" / "documents" / f"{name}.txt").write_bytes(content)
                writer.writerow({**row, "source_id": name, "file": f"{name}.txt"})


def make_tables(folder: Path) -> dict[str, Any]:
    """Make the tables that the page reads."""
    question, sources = read_review(folder), read_sources(folder)
    documents = read_documents(folder, sources)
    quantities, exclusions = tabulate(documents)
    claims = code_claims(documents, quantities, read_codebook(folder))
    durations = to_intervals(claims, read_vague_words(folder))
    spread = find_strata(durations, question, "base")
    made = {"sources": sources, "claims": claims, "exclusions": exclusions, "durations": durations, "spread": spread}
    made["envelope"] = find_envelope(spread, find_hulls(durations, question, "base"))
    if len(claims) < BOUNDED:
        made["influence"] = find_influence(durations, question, "base")
        made["agreement"] = find_conflicts(durations, question, "base")
    return {record.TABLE: to_frame([], record) for record in RECORDS} | made


def measure_paint(page: Path) -> tuple[float, float]:
    """Return the medians of first contentful paint and of the load event, in milliseconds, each over five cold starts."""
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text(encoding="utf-8"))
    copy = page.with_name("observed.html")
    copy.write_text(text.replace("<head>", "<head>" + OBSERVER, 1), encoding="utf-8")
    paints, loads = [], []
    for _ in range(5):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            flags = [*FLAGS, "--no-sandbox", "--enable-logging=stderr", "--v=0", "--window-size=1280,900"]
            flags += [f"--user-data-dir={profile}", f"--screenshot={profile}/page.png"]
            done = subprocess.run([find_browser(), *flags, copy.as_uri()], capture_output=True, text=True, check=False)
            found = dict(re.findall(r"PAINT ([\w-]+) (\d+)", done.stderr))
            paints.append(float(found["first-contentful-paint"]))
            loads.append(float(found["loaded"]))
    return statistics.median(paints), statistics.median(loads)


def measure(count: int) -> str:
    """Measure one size, as a row of a Markdown table."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        make_review(folder, count)
        tables = make_tables(folder)
        began = time.monotonic()
        pages = build_pages(folder, tables, {"reading": "base"})
        seconds = time.monotonic() - began
        write_pages(folder, pages)
        sizes = [len(page.encode("utf-8")) / 1000 for page in pages.values()]
        beside = f"{len(sizes) - 1:,} of at most {max(sizes[1:]):.0f} kB" if len(sizes) > 1 else "none"
        paint, loaded = measure_paint(folder / "review.html") if find_browser() else (0.0, 0.0)
        claims = len(tables["claims"])
        return f"| {claims:,} | {sizes[0]:,.0f} kB | {beside} | {seconds:.1f} s | {paint / 1000:.2f} s | {loaded / 1000:.2f} s |"


if __name__ == "__main__":
    print(
        "| claims | review.html | pages beside it | built in | first paint | loaded |\n|---|---|---|---|---|---|",
        flush=True,
    )
    for asked in map(int, sys.argv[1:] or ("60", "950", "1000", "10000")):
        print(measure(asked), flush=True)
