"""Read the noun that a time measures: "a 40-minute bath", "sessions of #", "the six-week home exercise programme".

Law of the room: the head of a compound is its last noun, and a noun right before "of" is measured by what follows.
"""

from __future__ import annotations

import re

from howlong.claims.clauses import is_governed, load_subjects
from howlong.claims.cues import Hit, Words
from howlong.claims.vocabulary import list_small_words

ATTRIBUTE = re.compile(r"\w[-‐‑–](?:second|minute|min|hour|hr|h|day|night|week|wk|month|year|yr)$", re.I)
APOSTROPHES = (["'"], ["’"])
LONGEST = 4
WIDEST = 3


def find_head(words: Words, place: int, low: int, high: int, quote: str) -> Hit | None:
    """Return the noun whose length a time is, where its length says something by itself."""
    possessive = words.words[place + 1 : place + 2] in APOSTROPHES
    if possessive or ATTRIBUTE.search(quote):
        return find_compound(words, place + possessive, high)
    return find_measured(words, place, low)


def find_compound(words: Words, place: int, high: int) -> Hit | None:
    """Return the last noun of a compound that a time opens: "a 40-minute hot bath"."""
    last = end_compound(words, place, high)
    hits = load_subjects().find(words.words[place + 1 : last + 1])
    return Hit(hits[-1].cue, hits[-1].first + place + 1, hits[-1].last + place + 1) if hits else None


def find_measured(words: Words, place: int, low: int) -> Hit | None:
    """Return the noun before "of" or a bracket and a time: "daily exposures of #", "a short course (#)"."""
    at = place - 1
    while at > low and words.words[at] != "the" and words.words[at] in list_small_words("passed"):
        at -= 1
    if at <= low or words.words[at] not in ("of", "("):
        return None
    for first in range(max(low, at - WIDEST), at):
        hit = load_subjects().longest(words.words, first)
        is_aside = words.words[at] == "(" and is_governed(words, first, low)
        if hit and hit.last == at - 1 and hit.cue.code != "other" and not is_aside:
            return hit
    return None


def end_compound(words: Words, place: int, high: int) -> int:
    """Return the last word of a compound that a time opens."""
    last = place
    while last + 1 < min(high, place + 1 + LONGEST) and is_part(words.at(last + 1)):
        last += 1
    return last


def is_part(word: str) -> bool:
    """Tell whether a word may stand within a compound."""
    return word.isalpha() and not word.endswith("ly") and word not in list_small_words("closing")
