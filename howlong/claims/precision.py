"""Tell how often the rule that gave a time its role is right, by a count on times that people coded.

Law of the room: a count decides no code; it tells a reader which codes to look at first.

The counts stand in ``role-precision.csv``: a row a rule and the role that it gave, without the words it read, with how many of
the coded times it gave that role were rightly coded (`right`) and how many there were (`times`); rules that gave a role to
few of them share the row without a name.  `tools/count_roles.py --write` makes the file.  What has been counted on few times
is drawn towards what is like it, by the m-estimate of B. Cestnik (Estimating probabilities, ECAI 1990).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from importlib.resources import files

PRIOR = 20  # coded times that the precision of like rules is worth
WORDS = re.compile(r" '.*'")


def name_rule(rule: str) -> str:
    """Return a rule's name without the words it read.

    >>> name_rule("question 'how long'")
    'question'
    """
    return WORDS.sub("", rule)


def list_kinds(role: str, rule: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of rules that a rule belongs to, from all rules to itself.

    >>> list_kinds("onset", "within # + changing, told of")[1:]
    (('onset',), ('onset', 'changing'), ('onset', 'changing', 'within #'), ('onset', 'changing', 'within #', 'told of'))
    """
    head, _, tempered = rule.partition(", ")
    frame, _, governing = head.partition(" + ")
    key = (role, governing, frame, tempered)
    return tuple(key[:length] for length in range(len(key) + 1))


@cache
def load_counts() -> tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]:
    """Return how many coded times each group of rules coded rightly, and how many it coded."""
    right: Counter[tuple[str, ...]] = Counter()
    times: Counter[tuple[str, ...]] = Counter()
    text = files("howlong").joinpath("claims", "role-precision.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        kinds = list_kinds(row["role"], row["rule"]) if row["rule"] else ((), (row["role"],))
        right.update(dict.fromkeys(kinds, int(row["right"])))
        times.update(dict.fromkeys(kinds, int(row["times"])))
    return right, times


@cache
def find_precision(role: str, rule: str) -> float:
    """Return the share of coded times that a rule gives a role rightly.

    Parameters
    ----------
    role : str
        The role that it gave.
    rule : str
        The rule, as a claim's cue names it.

    Returns
    -------
    float
        Between 0 and 1, in hundredths.
    """
    right, times = load_counts()
    share = 0.0
    for kind in list_kinds(role, name_rule(rule)):
        prior = PRIOR if kind else 0
        share = (right[kind] + prior * share) / (times[kind] + prior)
    return round(share, 2)
