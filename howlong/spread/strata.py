"""Divide intervals into strata and take the hull of each.

Law of the module: only leaves carry numbers; a parent lists its children and their sources.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from howlong.claims import Review
from howlong.durations import READINGS, Interval, parse_only
from howlong.spread.agreement import count_contradictions
from howlong.spread.hulls import Bound, Span, take_hull
from howlong.spread.leaves import (
    FACETS,
    Path,
    check_reading,
    name_codes,
    name_path,
    part_repeated,
    rank_path,
    sort_leaves,
)
from howlong.tables import to_frame, to_records

if TYPE_CHECKING:
    from pandas import DataFrame

BOTH = {"human": "both", "animal": "both"}


@dataclass(frozen=True, slots=True)
class Stratum:
    """One answer: what the articles say of one outcome, regimen, population and region, under one reading.

    Attributes
    ----------
    place : int
        The row's place on paper: the order of review.toml, parents before their children; the same for all readings.
    stratum_id : str
        The measure and the codes joined by "/"; "*" where a gap leaves a facet free.
    measure : str
        "persistence" (how long an effect lasts) or "window" (how long a receptive state lasts); never merged.
    outcome, regimen, population, region : str
        The codes of the row; empty below the row's level and where a facet says nothing ("none" in all of its claims).
    level : int
        How many facets the row names: 0 for the whole measure.
    leaf : bool
        Whether the row carries numbers; a parent and a gap carry none.
    gap : bool
        Whether review.toml asks for it and no article answers.
    asked : int
        Which question of review.toml it answers, from 1 (the lead); 0 where nobody asked.
    unstated : bool
        Whether a facet of the row is "unspecified": a part of its parent, no rival answer.
    parent : str
        The stratum_id of the row above; empty for a measure and for a gap.
    children : tuple of str
        The stratum_ids of the rows right below.
    reading : str
        How vague words are read: "narrow", "base" or "wide".
    chosen : bool
        Whether this is the reading that the run was asked for.
    sources : int
        How many sources speak of it.
    source_ids : tuple of str
        Which ones.
    claims : int
        How many claims stand behind it; a repeated claim counts once.
    claim_ids : tuple of str
        Which ones, by source and place in the text.
    vague_claims : int
        How many of these use a vague word.
    duplicates : int
        How many further claims only repeat one of these.
    duplicate_ids : tuple of str
        Which ones.
    stated_low_days, stated_high_days : float or None
        The least lower end and the greatest upper end that an article prints in numbers; empty where no article prints
        that end in numbers.
    stated_low_by, stated_high_by : str
        The claims that set them; the first of several.
    possible_low_days, possible_high_days : float or None
        The least lower end and the greatest upper end in this reading, vague words and "about" counted; empty where no
        article states that end in any way.
    possible_low_by, possible_high_by : str
        The claims that set them; the first of several.
    moved_low_by, moved_high_by : str
        The claim whose vague word, or "about", takes the possible end past the stated one; empty where it does not.
    moved_low_quote, moved_high_quote : str
        Its words.
    moved_low_source, moved_high_source : str
        Its source.
    low_open, high_open : bool
        Whether a claim states no lower, or no upper, limit: "or more" stays true whatever the numbers say.
    low_open_by, high_open_by : tuple of str
        The claims that state no such limit.
    certain_high_days : float or None
        The time up to which every source, in every claim, certainly still reports the effect; empty where a claim
        states no lower limit.
    contradictions : int
        How many pairs of claims of different sources contradict each other in this reading.
    pairs : int
        How many pairs of claims were compared; the table ``agreement`` lists the worst 500 of a stratum.
    """

    TABLE: ClassVar[str] = "spread"
    NOTEBOOK: ClassVar[str] = "03-durations"
    KEY: ClassVar[tuple[str, ...]] = ("place", "reading")

    place: int
    stratum_id: str
    measure: str
    outcome: str
    regimen: str
    population: str
    region: str
    level: int
    leaf: bool
    gap: bool
    asked: int
    unstated: bool
    parent: str
    children: tuple[str, ...]
    reading: str
    chosen: bool
    sources: int = 0
    source_ids: tuple[str, ...] = ()
    claims: int = 0
    claim_ids: tuple[str, ...] = ()
    vague_claims: int = 0
    duplicates: int = 0
    duplicate_ids: tuple[str, ...] = ()
    stated_low_days: float | None = None
    stated_high_days: float | None = None
    stated_low_by: str = ""
    stated_high_by: str = ""
    possible_low_days: float | None = None
    possible_high_days: float | None = None
    possible_low_by: str = ""
    possible_high_by: str = ""
    moved_low_by: str = ""
    moved_high_by: str = ""
    moved_low_quote: str = ""
    moved_high_quote: str = ""
    moved_low_source: str = ""
    moved_high_source: str = ""
    low_open: bool = False
    high_open: bool = False
    low_open_by: tuple[str, ...] = ()
    high_open_by: tuple[str, ...] = ()
    certain_high_days: float | None = None
    contradictions: int = 0
    pairs: int = 0


@dataclass(frozen=True, slots=True)
class Hull:
    """What one source says in one leaf stratum, under one reading: the hull of its claims.

    Attributes
    ----------
    stratum_id : str
        The leaf stratum.
    source_id : str
        The source.
    reading : str
        How vague words are read.
    chosen : bool
        Whether this is the reading that the run was asked for.
    claims : int
        How many claims of the source stand behind it; a repeated claim counts once.
    claim_ids : tuple of str
        Which ones, in the order of the text.
    vague_claims : int
        How many of these use a vague word.
    stated_low_days, stated_high_days : float or None
        The least lower end and the greatest upper end printed in numbers.
    possible_low_days, possible_high_days : float or None
        The least lower end and the greatest upper end in this reading.
    low_open, high_open : bool
        Whether a claim states no lower, or no upper, limit.
    all_until_days : float or None
        The time up to which every claim of the source certainly still reports the effect; empty where one states no
        lower limit.
    some_until_days : float or None
        The time up to which at least one claim of the source possibly still reports it; empty where one states no upper
        limit.
    """

    TABLE: ClassVar[str] = "hulls"
    NOTEBOOK: ClassVar[str] = "03-durations"
    KEY: ClassVar[tuple[str, ...]] = ("stratum_id", "source_id", "reading")

    stratum_id: str
    source_id: str
    reading: str
    chosen: bool
    claims: int
    claim_ids: tuple[str, ...]
    vague_claims: int
    stated_low_days: float | None
    stated_high_days: float | None
    possible_low_days: float | None
    possible_high_days: float | None
    low_open: bool
    high_open: bool
    all_until_days: float | None
    some_until_days: float | None


# --- strata ---------------------------------------------------------------------------------------------------------


def find_strata(intervals: DataFrame, review: Review, reading: str, only: str = "") -> DataFrame:
    """Say what each stratum's articles say, under all three readings.

    Parameters
    ----------
    intervals : DataFrame
        A row an `Interval`.
    review : Review
        What the review asks, and in which order.
    reading : str
        The chosen reading; it only marks rows.
    only : str
        The same words as for `keep_only`: what is not asked for then is no gap.

    Returns
    -------
    DataFrame
        A row a `Stratum`: leaves with their numbers, parents with their children and sources, gaps with neither.
    """
    check_reading(reading)
    first, repeated = part_repeated(to_records(intervals, Interval))
    leaves = sort_leaves(first, review)
    asks = [ask for ask in review.asks if is_within(ask, parse_only(only))]
    rows: dict[Path, list[Stratum]] = {}
    for path, members in list_nodes(leaves).items():
        children = () if path in leaves else list_children(path, leaves)
        blank = make_blank(path, review, reading, children)
        blank = replace(blank, leaf=path in leaves, asked=find_ask(path, leaves, review))
        rows[path] = [count_members(row, members, repeated) for row in spread_readings(blank, reading)]
    for number, ask in enumerate(review.asks, start=1):
        if ask in asks and not any(answers_ask(path, ask, review) for path in leaves):
            path = name_gap(ask, review)
            blank = replace(make_blank(path, review, reading, ()), gap=True, parent="", asked=number)
            rows.setdefault(path, spread_readings(blank, reading))
    ordered = sorted(rows, key=lambda path: rank_path(path, review))
    numbered = [replace(row, place=place) for place, path in enumerate(ordered, start=1) for row in rows[path]]
    return to_frame(numbered, Stratum)


def list_nodes(leaves: Mapping[Path, list[Interval]]) -> dict[Path, list[Interval]]:
    """Return every leaf and every path above one, with the intervals below it."""
    nodes: dict[Path, list[Interval]] = {}
    for path, members in leaves.items():
        for length in range(1, len(path) + 1):
            nodes.setdefault(path[:length], []).extend(members)
    return nodes


def list_children(path: Path, leaves: Mapping[Path, object]) -> tuple[str, ...]:
    """Return the ids of the strata right below a path, in order."""
    below = [leaf[: len(path) + 1] for leaf in leaves if leaf[: len(path)] == path]
    return tuple(name_path(child) for child in dict.fromkeys(below))


def make_blank(path: Path, review: Review, reading: str, children: tuple[str, ...]) -> Stratum:
    """Make a row that names its stratum and says nothing yet."""
    named = [code for code in path[1:] if code != "*"]
    codes = name_codes(path, review.facets)
    return Stratum(
        place=0,
        stratum_id=name_path(path),
        measure=path[0],
        outcome=codes["outcome"],
        regimen=codes["regimen"],
        population=codes["population"],
        region=codes["region"],
        level=len(named),
        leaf=False,
        gap=False,
        asked=0,
        unstated="unspecified" in named,
        parent=name_path(path[:-1]),
        children=children,
        reading=reading,
        chosen=True,
    )


def spread_readings(blank: Stratum, chosen: str) -> list[Stratum]:
    """Repeat a row for each reading, the chosen one marked."""
    return [replace(blank, reading=reading, chosen=reading == chosen) for reading in READINGS]


def count_members(row: Stratum, members: Sequence[Interval], repeated: Mapping[str, list[Interval]]) -> Stratum:
    """Fill a row: the counts of any stratum, and the numbers of a leaf."""
    inside = [member for member in members if member.reading == row.reading]
    again = [item for member in inside for item in repeated.get(member.claim_id, ()) if item.reading == row.reading]
    sources = sorted({member.source_id for member in inside})
    counted = replace(
        row,
        sources=len(sources),
        source_ids=tuple(sources),
        claims=len(inside),
        claim_ids=tuple(member.claim_id for member in inside),
        vague_claims=sum(member.vague for member in inside),
        duplicates=len(again),
        duplicate_ids=tuple(item.claim_id for item in again),
    )
    if not row.leaf:
        return counted
    contradictions, pairs = count_contradictions(inside), math.comb(len(inside), 2)
    return replace(counted, contradictions=contradictions, pairs=pairs, **describe_span(take_hull(inside), inside))


def describe_span(span: Span, inside: Sequence[Interval]) -> dict[str, Any]:
    """Return a leaf's columns of numbers, and who sets them."""
    known = {member.claim_id: member for member in inside}
    low_mover = find_mover(span.stated_low, span.possible_low)
    high_mover = find_mover(span.stated_high, span.possible_high)
    return {
        "stated_low_days": span.stated_low.days,
        "stated_high_days": span.stated_high.days,
        "stated_low_by": span.stated_low.claim_id,
        "stated_high_by": span.stated_high.claim_id,
        "possible_low_days": span.possible_low.days,
        "possible_high_days": span.possible_high.days,
        "possible_low_by": span.possible_low.claim_id,
        "possible_high_by": span.possible_high.claim_id,
        "moved_low_by": low_mover,
        "moved_high_by": high_mover,
        "moved_low_quote": known[low_mover].quote if low_mover else "",
        "moved_high_quote": known[high_mover].quote if high_mover else "",
        "moved_low_source": known[low_mover].source_id if low_mover else "",
        "moved_high_source": known[high_mover].source_id if high_mover else "",
        "low_open": bool(span.low_open_by),
        "high_open": bool(span.high_open_by),
        "low_open_by": span.low_open_by,
        "high_open_by": span.high_open_by,
        "certain_high_days": span.certain_high,
    }


def find_mover(stated: Bound, possible: Bound) -> str:
    """Return the claim that takes a possible end past the stated one, "" where the two are the same."""
    return "" if stated.days == possible.days else possible.claim_id


# --- what review.toml asks ------------------------------------------------------------------------------------------


def answers_ask(path: Path, ask: Mapping[str, str], review: Review) -> bool:
    """Tell whether a leaf answers a question; what is said of people and animals together answers for either."""
    if path[0] != ask.get("measure", "persistence"):
        return False
    codes = name_codes(path, review.facets)
    wanted = [(facet, ask[facet]) for facet in FACETS if facet in ask]
    return all(
        codes[facet] == code or (facet == "population" and codes[facet] == BOTH.get(code)) for facet, code in wanted
    )


def find_ask(path: Path, leaves: Mapping[Path, object], review: Review) -> int:
    """Return the number of the first question that a leaf answers, 0 for none and for a parent."""
    if path not in leaves:
        return 0
    return next((number for number, ask in enumerate(review.asks, start=1) if answers_ask(path, ask, review)), 0)


def is_within(ask: Mapping[str, str], only: Mapping[str, str]) -> bool:
    """Tell whether a question asks of nothing but the strata that a run is limited to: only then can it be a gap."""
    return all(ask.get(facet) == code for facet, code in only.items())


def name_gap(ask: Mapping[str, str], review: Review) -> Path:
    """Return the path of a question that no article answers: "*" for a facet it leaves free, none after the last."""
    codes = [ask.get(facet, "*") for facet in review.facets]
    while codes and codes[-1] == "*":
        codes.pop()
    return (ask.get("measure", "persistence"), *codes)


# --- hulls by source ------------------------------------------------------------------------------------------------


def find_hulls(intervals: DataFrame, review: Review, reading: str) -> DataFrame:
    """Say what each source says in each leaf stratum, under all three readings.

    Parameters
    ----------
    intervals : DataFrame
        A row an `Interval`.
    review : Review
        What the review asks, and in which order.
    reading : str
        The chosen reading; it only marks rows.

    Returns
    -------
    DataFrame
        A row a `Hull`.
    """
    check_reading(reading)
    first, _ = part_repeated(to_records(intervals, Interval))
    leaves = sort_leaves(first, review)
    return to_frame([hull for path, members in leaves.items() for hull in list_hulls(path, members, reading)], Hull)


def list_hulls(path: Path, members: Sequence[Interval], chosen: str) -> Iterator[Hull]:
    """Yield the hulls of one leaf, by source and reading."""
    for source_id in sorted({member.source_id for member in members}):
        for reading in READINGS:
            inside = [member for member in members if (member.source_id, member.reading) == (source_id, reading)]
            yield make_hull(name_path(path), inside, chosen)


def make_hull(stratum_id: str, inside: Sequence[Interval], chosen: str) -> Hull:
    """Make the record of one source's claims in one leaf and reading."""
    span = take_hull(inside)
    return Hull(
        stratum_id=stratum_id,
        source_id=inside[0].source_id,
        reading=inside[0].reading,
        chosen=inside[0].reading == chosen,
        claims=len(inside),
        claim_ids=tuple(member.claim_id for member in inside),
        vague_claims=sum(member.vague for member in inside),
        stated_low_days=span.stated_low.days,
        stated_high_days=span.stated_high.days,
        possible_low_days=span.possible_low.days,
        possible_high_days=span.possible_high.days,
        low_open=bool(span.low_open_by),
        high_open=bool(span.high_open_by),
        all_until_days=span.certain_high,
        some_until_days=None if span.high_open_by else span.possible_high.days,
    )
