"""Count how often each rule for roles is right, on articles whose times are coded: which rules earn their place.

    python tools/count_roles.py [LEAST]

prints every rule that decided LEAST times or more (5), those with most errors first: how many of its times it coded
rightly, and which roles the others have.  It reads `tests/cases/times/in-view/` alone; the unseen articles stay unseen.
"""

from __future__ import annotations

import argparse
import re
import signal
from collections import Counter, defaultdict
from collections.abc import Iterator

from bench_peers import load_claims
from bench_roles import find_time, read_times

from howlong.claims import Claim

RULE = re.compile(r"role=(\w+): (.*?)(?: '[^']*' \d+-\d+)?(?:;|$)")


def list_decisions() -> Iterator[tuple[str, str]]:
    """Yield for each coded time the rule that decided it, with the role it gave, and the role it has."""
    code = load_claims()
    for rows in read_times("in-view"):
        claims = code(rows[0].text)
        for row in rows:
            yield name_rule(find_time(claims, row)), row.role


def name_rule(claim: Claim | None) -> str:
    """Return the rule that gave a claim its role, without the words it read.

    >>> name_rule(None)
    'not found'
    """
    said = RULE.match(claim.cue) if claim else None
    return f"{said[2]} = {said[1]}" if said else "not found"


def main() -> None:
    """Print the rules, those with most errors first."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a reader that stops early is no error
    parser = argparse.ArgumentParser(description="Count how often each rule for roles is right.")
    parser.add_argument("least", nargs="?", type=int, default=5, help="leave out rules that decided fewer times")
    least = parser.parse_args().least
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for rule, role in list_decisions():
        counts[rule][role] += 1
    rights = {rule: roles[rule.rpartition(" = ")[2]] for rule, roles in counts.items()}
    for rule in sorted(counts, key=lambda rule: rights[rule] - counts[rule].total()):
        total = counts[rule].total()
        if total >= least:
            others = ", ".join(f"{role} {count}" for role, count in counts[rule].most_common(5))
            print(f"{rights[rule]:4} of {total:4}  {rule}  ({others})")


if __name__ == "__main__":
    main()
