"""Find claims that their own source repeats, in a summary, a list of answers or a caption.

Law of the room: a repeated claim stays a row of its own and names the claim it repeats; nothing is merged.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import replace

from howlong.claims.claim import Claim
from howlong.claims.vocabulary import list_small_words

ENOUGH = 0.5
FEWEST = 2
LOOK_BACK = 20
WORD = re.compile(r"[^\W\d_]{3,}")


def mark_duplicates(claims: Sequence[Claim]) -> list[Claim]:
    """Fill `duplicate_of` for each claim that says the same of the same thing as an earlier one of its source."""
    groups: dict[Hashable, list[tuple[Claim, frozenset[str]]]] = {}
    marked = []
    for claim in claims:
        group = groups.setdefault(make_key(claim), [])
        words = list_words(claim)
        original = next((other for other, own in group[:LOOK_BACK] if is_repeat(claim, other, words, own)), None)
        if original:
            claim = replace(claim, duplicate_of=original.claim_id)
        else:
            group.append((claim, words))
        marked.append(claim)
    return marked


def make_key(claim: Claim) -> Hashable:
    """Return what two claims must share to be the same statement: the value and its role."""
    return (
        claim.kind,
        claim.low,
        claim.low_unit,
        claim.high,
        claim.unit,
        claim.vague_low,
        claim.vague_high,
        claim.role,
        claim.comparator,
    )


def list_words(claim: Claim) -> frozenset[str]:
    """Return the words of a claim's sentence that carry content, by their first six letters."""
    sentence = claim.sentence.replace(claim.quote, " ")
    return frozenset(
        word[:6] for word in map(str.lower, WORD.findall(sentence)) if word not in list_small_words("common")
    )


def is_repeat(claim: Claim, other: Claim, words: frozenset[str], own: frozenset[str]) -> bool:
    """Tell whether a claim repeats an earlier one: no code contradicts, and half the words of the shorter are shared.

    A cell of a table has hardly any words; it repeats a claim of the same outcome.
    """
    if (
        claim.sentence == other.sentence
        and claim.section == other.section
        and claim.start < other.end + len(other.sentence)
    ):
        return False
    for facet, silent in (
        ("outcome", "none"),
        ("regimen", "unspecified"),
        ("population", "unspecified"),
        ("region", "none"),
    ):
        pair = {getattr(claim, facet), getattr(other, facet)} - {silent, ""}
        if len(pair) > 1:
            return False
    fewest = min(len(words), len(own))
    if fewest < FEWEST:
        return claim.outcome == other.outcome and claim.outcome not in ("", "none")
    return len(words & own) >= ENOUGH * fewest
