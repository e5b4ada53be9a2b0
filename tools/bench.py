"""Measure how well and how fast amounts are read, beside other readers, and write docs/benchmark.md: ``make bench``.

``python tools/bench.py --data FOLDER`` scores the sets of data in a folder instead and prints the figures; see
tools/bench_sets.py for their form.  Peers are the `bench` extra; one that does not install or import is skipped, with the reason.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path

from bench_articles import CODED, UNSEEN, Article, read_articles
from bench_peers import PACKAGES, PEERS, READERS, VALUELESS, Reader, load_claims, load_coding, load_howlong
from bench_roles import BANDS, list_times, rate_bands, rate_coded, rate_sentences, read_sentences, read_times
from bench_run import measure_run
from bench_score import NONE, Rates, Tally, rate_spans, rate_times
from bench_sets import HEADS, rate_set
from bench_speed import LINE, MEGABYTES, Speed, measure_apart

from howlong.quantities import find_quantities
from howlong.quantities.ledger import find_uncovered

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmark.md"
MEANINGS = {
    "recall": "marked amounts that were found (any overlap)",
    "precision": "found amounts that are marked",
    "all right": "of those found: span, value, unit and kind all right",
    "span": "of those found: the span right to the character",
    "wrong values": "of those found: an end or a vague word that differs",
    "unit": "of those found: the unit right",
    "kind": "of those found: the kind right",
    "modifier": "of those found: the modifier and `approx` right",
    "role": "of the times found: the role right",
    "persistence recall": "marked persistence claims that were found and called so",
    "persistence precision": "claims called persistence that are marked so",
    "population": "of the times found: the population right",
    "regimen": "of the times found: the regimen right",
}


# Two people who coded 15 other articles (378 amounts) apart from each other.
PEOPLE = {"recall": 0.997, "precision": 0.990, "all right": 0.979, "role": 0.910, "persistence recall": 0.929}
ABOUT_PEERS = (
    "Every reader gets the unseen articles in the same run. *Amounts* are found when they overlap a mark. *Times* are durations; their "
    "value and unit are right when every stated end agrees, in whatever unit (a month may have 30 days, a year 365). Open ends, vague "
    "words, roles and modifiers are not asked for here, since no other reader tells them. quantulum3 runs without its optional "
    "classifier (its model needs an older scikit-learn), Duckling without dates and clock times, Recognizers-Text without dates. "
    "Figures: recall / precision / F1 in per cent."
)
ABOUT_SPEED = (
    "KB (1000 bytes) a CPU second on one core, each reader in a process of its own, after import and one short sentence. *First* is "
    "the first reading of the articles, which also fills a reader's tables; *again* is the same articles again and again, where a "
    "reader that keeps what it has seen is faster. Other readers get one paragraph at a time, which suits them; howlong gets whole "
    "articles. *Ready* is the import and the first sentence."
)
ABOUT_DATA = (
    "`python tools/bench.py --data FOLDER` scores sets of data that do not ship with the project, in the form that "
    "`tools/bench_sets.py` describes; `--reader` names another reader."
)


@dataclass(frozen=True)
class Beside:
    """What one reader found on the articles: all amounts, times, and times with value and unit."""

    amounts: Rates
    times: Rates
    values: Rates


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page, or score the sets of a folder."""
    parser = argparse.ArgumentParser(description="Measure how well and how fast amounts are read.")
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER", help="score the .jsonl sets of this folder and print the figures"
    )
    parser.add_argument("--reader", choices=list(READERS), default="howlong", help="the reader that --data scores")
    parser.add_argument("--date", default=date.today().isoformat(), help="the date on the page")
    parser.add_argument("--out", type=Path, default=PAGE, metavar="FILE", help="the page")
    parser.add_argument("--without-run", action="store_true", help="do not measure whole runs of the report")
    given = parser.parse_args(arguments)
    if given.data:
        return score_sets(given.data, given.reader)
    page = write_page(given.date, with_run=not given.without_run)
    given.out.write_text(page, encoding="utf-8")
    print(page)
    print(f"bench: wrote {given.out.name}")
    return 0


def score_sets(folder: Path, name: str) -> int:
    """Print a table of the sets in a folder."""
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        print(
            f"--data: must be a folder with .jsonl files, is {str(folder)!r} without one. Name another.",
            file=sys.stderr,
        )
        return 2
    read = READERS[name]()
    read("The effect of 5 mg lasts for two days.")
    print(format_table(HEADS, [row for path in paths for row in rate_set(path, read)]))
    return 0


def write_page(day: str, with_run: bool) -> str:
    """Return docs/benchmark.md."""
    articles, unseen = read_articles(), read_articles(UNSEEN)
    speeds = {name: measure_apart(name) for name in READERS}
    parts = [
        "# How well and how fast amounts are read",
        f"Made by `make bench` (`python tools/bench.py`) on {day}: {describe_machine()}; howlong {version('howlong')}.",
        describe_articles(articles, unseen),
        "## What howlong reads",
        format_accuracy(score_articles(unseen, load_coding()), score_articles(articles, load_coding())),
        format_codes(read_articles(CODED)),
        format_sentences(),
        format_times(),
        format_certainty(unseen),
        format_ledger([*unseen, *articles]),
        "## Beside other readers",
        ABOUT_PEERS,
        format_beside(unseen, speeds),
        ABOUT_SPEED,
        format_speeds(speeds),
        *format_skipped(speeds),
        "## One long line",
        "The articles again and again in one line without a break. While reading is linear, the last column stays level.",
        format_line(measure_apart(LINE)),
        *(format_run(measure_run()) if with_run else ()),
        "## Other data",
        ABOUT_DATA,
    ]
    return "\n\n".join(parts) + "\n"


def describe_articles(articles: Sequence[Article], unseen: Sequence[Article]) -> str:
    """Say what is measured on, and what that is worth."""
    marks, others = (sum(len(article.marks) for article in some) for some in (unseen, articles))
    return (
        f"The texts are articles of our own. *Unseen*: {len(unseen)} in `tests/cases/unseen/`, {marks} marked amounts, written and "
        "marked apart and kept from whoever wrote the rules; what to expect of a text that nobody has seen. A rule that is "
        f"written after reading them makes this column worthless. *In view*: {len(articles)} in `tests/cases/articles/`, {others} "
        "marked amounts, with which the rules were improved; what is held. Each article was marked by one writer, who read it twice; a second"
        " coder, apart from the first, gave the times of the unseen ones and of twelve others (644) the same role in 95.0%, the same regimen in 99.1%"
        " and the same population in all."
    )


def score_articles(articles: Iterable[Article], read: Reader) -> Tally:
    """Score a reader on marked articles."""
    tally = Tally()
    for article in articles:
        tally.add(article, read(article.text))
    return tally


def compare_reader(articles: Iterable[Article], read: Reader) -> Beside:
    """Rate a reader as mildly as the comparison does."""
    total = Beside(NONE, NONE, NONE)
    for article in articles:
        found = read(article.text)
        times, values = rate_times(article, found)
        total = Beside(total.amounts + rate_spans(article.marks, found), total.times + times, total.values + values)
    return total


def format_accuracy(unseen: Tally, in_view: Tally) -> str:
    """Return the table of this project's own figures, beside those of people."""
    rows = [
        (
            meaning,
            f"{unseen.shares[name]:.1%}",
            f"{in_view.shares[name]:.1%}",
            f"{PEOPLE[name]:.1%}" if name in PEOPLE else "",
        )
        for name, meaning in MEANINGS.items()
    ]
    table = format_table(("what", "unseen", "in view", "people"), rows)
    return f"{table}\n\n*People*: the second of two who coded 15 other articles apart from each other (378 amounts)."


def format_codes(coded: Sequence[Article]) -> str:
    """Return a sentence on the articles of which only the codes of times were given."""
    shares = score_articles(coded, load_coding()).shares
    said = ", ".join(
        f"{name} {shares[name]:.1%}"
        for name in ("role", "persistence recall", "persistence precision", "population", "regimen")
    )
    times = sum(len(article.marks) for article in coded)
    return (
        f"*Coded*: {len(coded)} more articles in `tests/cases/coded/`, of which only the {times:,} times were coded, for improving "
        f"rules: {said}."
    )


def format_sentences() -> str:
    """Return a sentence on single sentences, those that rules were written from and those that they were not."""
    parts, read = [], load_coding()
    for name in ("unseen", "in-view"):
        rows = read_sentences(name)
        shares = rate_sentences(rows, read)
        said = ", ".join(f"{what} {share:.1%}" for what, share in shares.items())
        parts.append(f"{name.replace('-', ' ')} ({len(rows):,}) {said}")
    return f"*Sentences*: ordinary sentences with one coded time in `tests/cases/sentences/`, some with their context: {'; '.join(parts)}."


def format_times() -> str:
    """Return a sentence on articles of which only the roles of times are marked."""
    parts, read = [], load_coding()
    for name in ("unseen", "in-view"):
        articles = read_times(name)
        said = ", ".join(f"{what} {share:.1%}" for what, share in rate_coded(articles, read).items())
        times = sum(len(rows) for rows in articles)
        parts.append(f"{name.replace('-', ' ')} ({len(articles)} articles, {times:,} times) {said}")
    return f"*Times*: lively articles in `tests/cases/times/`, written to avoid common wordings: {'; '.join(parts)}."


def format_certainty(unseen: Sequence[Article]) -> str:
    """Return the table of how often roles are right, by what `role_precision` says of them, on texts that nobody read."""
    code = load_claims()
    texts = {
        "unseen articles": [list_times(article) for article in unseen],
        "lively articles": read_times("unseen"),
        "sentences": [[row] for row in read_sentences("unseen")],
    }
    rated = {name: rate_bands(rows, code) for name, rows in texts.items()}
    heads = [f"under {BANDS[1]}", *(f"{low} to {high}" for low, high in pairwise(BANDS[1:-1])), f"from {BANDS[-2]}"]
    rows = [
        (head, *(f"{bands[at][1]:.0%} of {bands[at][0]:,}" for bands in rated.values()))
        for at, head in enumerate(heads)
    ]
    table = format_table(("`role_precision`", *rated), rows)
    return (
        "How often the role is right, by what a claim's `role_precision` says of it; the texts are unread, the counts behind it are "
        f"from *Times* in view.\n\n{table}"
    )


def format_ledger(articles: Iterable[Article]) -> str:
    """Return a sentence on what no rule explains."""
    counts: Counter[str] = Counter()
    for article in articles:
        found = find_quantities(article.text)
        reasons = [row.reason for row in found if row.kind == "excluded"]  # type: ignore[union-attr]
        uncovered = find_uncovered(article.text, [(row.start, row.end) for row in found])
        counts.update(excluded=len(reasons), unresolved=reasons.count("unresolved"), uncovered=len(list(uncovered)))
    unexplained = counts["uncovered"] + counts["unresolved"]
    return (
        f"The ledger: {counts['excluded']} words that could state an amount were left out with a reason, "
        f"{unexplained} are unexplained ({counts['uncovered']} uncovered, {counts['unresolved']} unresolved)."
    )


def format_beside(articles: Sequence[Article], speeds: Mapping[str, object]) -> str:
    """Return the table of what each reader finds."""
    rows = []
    for name in ("howlong", *PEERS):
        if isinstance(speeds[name], str):
            continue
        rates = howlong_or_peer(articles, name)
        amounts = "–" if name in VALUELESS else show(rates.amounts)
        values = "– (it gives moments)" if name in VALUELESS else show(rates.values)
        rows.append((f"{name} {find_version(name)}", amounts, show(rates.times), values))
    return format_table(("reader", "amounts found", "times found", "times, value and unit right"), rows)


def howlong_or_peer(articles: Sequence[Article], name: str) -> Beside:
    """Rate a reader by name."""
    return compare_reader(articles, load_howlong() if name == "howlong" else PEERS[name]())


def show(rates: Rates) -> str:
    """Write recall, precision and F1."""
    return f"{rates.recall:.1f} / {rates.precision:.1f} / {rates.f1:.1f}"


def format_speeds(speeds: Mapping[str, object]) -> str:
    """Return the table of speeds, on the articles in view."""
    measured = {name: Speed(**found) for name, found in speeds.items() if isinstance(found, dict)}
    rows = [
        (name, f"{speed.first:,.0f}", f"{speed.again:,.0f}", f"{speed.imported:.2f}", f"{speed.ready:.2f}")
        for name, speed in measured.items()
    ]
    return format_table(("reader", "KB/s first", "KB/s again", "import, s", "ready, s"), rows)


def format_skipped(speeds: Mapping[str, object]) -> list[str]:
    """Return a line for each reader that could not be measured, with the reason."""
    return [f"Skipped: {name} ({PACKAGES[name]}): {why}" for name, why in speeds.items() if isinstance(why, str)]


def format_line(seconds: object) -> str:
    """Return the table of the long line."""
    if not isinstance(seconds, list):
        return f"Not measured: {seconds}"
    rows = [(f"{size}", f"{taken:.2f}", f"{size / taken:.2f}") for size, taken in zip(MEGABYTES, seconds, strict=True)]
    return format_table(("MB", "CPU s", "MB/s"), rows)


def format_run(seconds: Mapping[str, float]) -> list[str]:
    """Return the part on whole runs; the first way is the plain one."""
    plain = next(iter(seconds.values()))
    rows = [(way, f"{taken:.2f}", f"{taken / plain:.0%}") for way, taken in seconds.items()]
    return [
        "## A whole run",
        "The report of the review in this repository, against the plain way of making it in the same environment; wall time, the "
        "middle of three.",
        format_table(("way", "s", "of the plain way"), rows),
    ]


def format_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown, numbers to the right."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines)


def find_version(name: str) -> str:
    """Return the version of a reader's package."""
    try:
        return version(PACKAGES[name])
    except PackageNotFoundError:
        return ""


def describe_machine() -> str:
    """Say on what the figures were made, without naming the machine."""
    processor = platform.processor()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [
            line.partition(":")[2].strip()
            for line in info.read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ]
        processor = lines[0] if lines else processor
    kind = f"{platform.system()} {platform.machine()}"
    return f"{processor or 'processor not stated'}, {os.cpu_count()} cores, {kind}, {platform.python_implementation()} {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
