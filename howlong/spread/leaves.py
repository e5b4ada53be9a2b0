"""Sort intervals into leaf strata and put the strata in order.

Law of the module: a claim stands in one leaf, a repeated claim in none, and the same leaves hold under every reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from howlong.claims import Review
from howlong.durations import READINGS, Interval
from howlong.tables import InputError

MEASURES = ("persistence", "window")
FACETS = ("outcome", "regimen", "population", "region")
SILENT = ("", "none")
Path = tuple[str, ...]
"""A measure and the codes below it, in facet order: ("persistence", "clinical", "single", "human")."""


def sort_leaves(intervals: Iterable[Interval], review: Review) -> dict[Path, list[Interval]]:
    """Sort intervals that answer the review's question (see `part_repeated`) into leaf strata.

    A facet that says nothing ("none") in the last places is cut off, unless a sibling does say something there.

    Returns
    -------
    dict
        For each leaf its intervals, all readings, in order of source and place; leaves in the order of review.toml.
    """
    full: dict[Path, list[Interval]] = defaultdict(list)
    for interval in sorted(intervals, key=lambda item: (item.source_id, item.start, item.claim_id)):
        codes = (getattr(interval, facet) or "none" for facet in review.facets)
        full[(interval.answers, *codes)].append(interval)
    trimmed = {path: trim(path) for path in full}
    named = {path: name_leaf(short, path, trimmed.values()) for path, short in trimmed.items()}
    return {named[path]: full[path] for path in sorted(full, key=lambda path: rank_path(named[path], review))}


def trim(path: Path) -> Path:
    """Cut off the last codes that say nothing; the measure stays.

    >>> trim(("persistence", "clinical", "single", "human", "none"))
    ('persistence', 'clinical', 'single', 'human')
    """
    length = len(path)
    while length > 1 and path[length - 1] in SILENT:
        length -= 1
    return path[:length]


def name_leaf(short: Path, path: Path, others: Collection[Path]) -> Path:
    """Return a leaf's path: the trimmed one, with as many more codes as it takes that no other leaf lies below it."""
    lengths = range(len(short), len(path) + 1)
    below = {
        length: any(len(other) > length and other[:length] == path[:length] for other in others) for length in lengths
    }
    return next(path[:length] for length in lengths if not below[length])


def rank_path(path: Path, review: Review) -> tuple[tuple[int, str], ...]:
    """Return a sort key: measures, then codes in the order of review.toml, codes not named there last.

    A free facet ("*") comes before all codes, a parent before its children.
    """
    ranks = [(MEASURES.index(path[0]), path[0])]
    for facet, code in zip(review.facets, path[1:], strict=False):
        order = list(review.order.get(facet, ()))
        ranks.append((-1 if code == "*" else order.index(code) if code in order else len(order), code))
    return tuple(ranks)


def name_path(path: Path) -> str:
    """Return the stratum_id of a path.

    >>> name_path(("persistence", "clinical", "single"))
    'persistence/clinical/single'
    """
    return "/".join(path)


def name_codes(path: Path, facets: Sequence[str]) -> dict[str, str]:
    """Return the codes of a path by facet, "" below it and where it is free."""
    codes = dict(zip(facets, path[1:], strict=False))
    return {facet: codes.get(facet, "").replace("*", "") for facet in FACETS}


# --- repeated claims ------------------------------------------------------------------------------------------------


def part_repeated(intervals: Iterable[Interval]) -> tuple[list[Interval], dict[str, list[Interval]]]:
    """Part first mentions from repetitions, within each source.

    The first mention that stands (was not rejected, and answers the review's question) speaks for all.  Words that two sources share are two sources' words.

    Returns
    -------
    first : list of Interval
        What counts, in the order given; intervals that answer nothing are not among them.
    repeated : dict
        For the claim_id of a first mention, the intervals that only repeat it.
    """
    every = list(intervals)
    original = {interval.claim_id: interval.duplicate_of for interval in every}
    listed = [interval for interval in every if interval.answers in MEASURES]
    standing: dict[tuple[str, str], str] = {}
    for interval in sorted(listed, key=lambda item: (bool(item.duplicate_of), item.start, item.claim_id)):
        standing.setdefault((interval.source_id, find_original(interval.claim_id, original)), interval.claim_id)
    first: list[Interval] = []
    repeated: dict[str, list[Interval]] = defaultdict(list)
    for interval in listed:
        speaker = standing[interval.source_id, find_original(interval.claim_id, original)]
        if interval.claim_id == speaker:
            first.append(interval)
        else:
            repeated[speaker].append(interval)
    return first, dict(repeated)


def find_original(claim_id: str, original: Mapping[str, str]) -> str:
    """Follow `duplicate_of` to the claim that repeats no other; a circle ends at its least id."""
    seen = [claim_id]
    while target := original.get(seen[-1], ""):
        if target in seen:
            return min(seen[seen.index(target) :])
        seen.append(target)
    return seen[-1]


def check_reading(reading: str) -> None:
    """Hold a reading to the three there are."""
    if reading not in READINGS:
        raise InputError(f"reading: must be one of {', '.join(READINGS)}; is {reading!r}. Mend the parameter.")
