"""Divide intervals into strata and take the hull of each.

Law of the module: only leaves carry numbers; a parent lists its children and their sources.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


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
    sources: int
    source_ids: tuple[str, ...]
    claims: int
    claim_ids: tuple[str, ...]
    vague_claims: int
    duplicates: int
    duplicate_ids: tuple[str, ...]
    stated_low_days: float | None
    stated_high_days: float | None
    stated_low_by: str
    stated_high_by: str
    possible_low_days: float | None
    possible_high_days: float | None
    possible_low_by: str
    possible_high_by: str
    moved_low_by: str
    moved_high_by: str
    moved_low_quote: str
    moved_high_quote: str
    moved_low_source: str
    moved_high_source: str
    low_open: bool
    high_open: bool
    low_open_by: tuple[str, ...]
    high_open_by: tuple[str, ...]
    certain_high_days: float | None
    contradictions: int


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
