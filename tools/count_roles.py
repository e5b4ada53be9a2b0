"""Count how often each rule for roles is right, on articles whose times are coded: which rules earn their place.

    python tools/count_roles.py [LEAST]     prints the rules, those with most errors first
    python tools/count_roles.py --write     writes the counts that every claim's `role_precision` is taken from

It prints every rule that decided LEAST times or more (5): how many of its times it coded rightly, and which roles the others
have.  It reads `tests/cases/times/in-view/` alone; the unseen articles stay unseen.
"""

from __future__ import annotations

import argparse
import csv
import io
import signal
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench_peers import load_claims
from bench_roles import find_time, read_times

from howlong.claims import Claim, read_cue
from howlong.claims.precision import name_rule

FILE = Path(__file__).resolve().parents[1] / "howlong" / "claims" / "role-precision.csv"
FEWEST = 3  # times that a rule must have coded for a row of its own

Counts = Mapping[tuple[str, str], Counter[str]]


def count_decisions() -> Counts:
    """Return for each role and rule that gave it which roles its coded times have."""
    code = load_claims()
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for rows in read_times("in-view"):
        claims = code(rows[0].text)
        for row in rows:
            counts[read_rule(find_time(claims, row))][row.role] += 1
    return counts


def read_rule(claim: Claim | None) -> tuple[str, str]:
    """Return a claim's role and the rule that gave it, without the words it read; empty where there is no claim.

    >>> read_rule(None)
    ('', '')
    """
    found = read_cue(claim.cue).get("role") if claim else None
    return (found.code, name_rule(found.rule)) if found else ("", "")


def list_rules(counts: Counts, least: int) -> Iterator[str]:
    """Yield a line a rule that decided often enough, those with most errors first."""
    for role, rule in sorted(counts, key=lambda key: counts[key][key[0]] - counts[key].total()):
        roles = counts[role, rule]
        if roles.total() >= least:
            others = ", ".join(f"{name} {count}" for name, count in roles.most_common(5))
            name = f"{rule} = {role}" if role else "not found"
            yield f"{roles[role]:4} of {roles.total():4}  {name}  ({others})"


def format_counts(counts: Counts) -> str:
    """Write the counts as `howlong.claims.precision` reads them."""
    rows: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for (role, rule), roles in counts.items():
        if role:
            key = (role, rule if roles.total() >= FEWEST else "")
            rows[key] += roles.total()
            right[key] += roles[role]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["role", "rule", "right", "times"])
    writer.writerows([*key, right[key], rows[key]] for key in sorted(rows))
    return text.getvalue()


def main() -> None:
    """Print or write the counts."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a reader that stops early is no error
    parser = argparse.ArgumentParser(description="Count how often each rule for roles is right.")
    parser.add_argument("least", nargs="?", type=int, default=5, help="leave out rules that decided fewer times")
    parser.add_argument("--write", action="store_true", help=f"write {FILE.name}, which every claim reads")
    options = parser.parse_args()
    counts = count_decisions()
    if options.write:
        FILE.write_text(format_counts(counts), encoding="utf-8", newline="")
    else:
        print(*list_rules(counts, options.least), sep="\n")


if __name__ == "__main__":
    main()
