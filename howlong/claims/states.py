"""Read the state that a time is the length of, where no verb says so: "a coma for #", "a 10-day fever", "Numbness: #".

Law of the room: a state speaks only where it stands right beside its time, or alone before it as a label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from howlong.claims.clauses import list_within
from howlong.claims.cues import TIME, Cue, Hit, Words
from howlong.claims.heads import APOSTROPHES, ATTRIBUTE, end_compound

ABLE = re.compile(r"(?!table|stable|cable|vegetable|timetable)\w{2,}[ai]ble$")
ENDURING = ("remain", "stay", "keep", "kept", "still")
POSSESSIVE = ("'s", "’s")
LENGTHS = ("short", "shorter", "brief", "briefer", "long", "longer")
BESIDE = ("for #", "of #")
LABELLING = frozenset([":", "-", "–", "—"])
THEN = frozenset(["after", "following", "from"])
SPANNING = frozenset(["duration", "length"])  # "a fever of ten-day duration" is one of ten days
SILENT = ("state", "nothing")
REACH = 7
CLOSE = 3
SURE = 10.0
FAR = 12


def find_open(hits: Sequence[Hit], cues: Sequence[str], frame_hit: Hit, low: int) -> Hit | None:
    """Return the word that says right before "for #" that something is receptive: "stays open to change for #"."""
    if "for #" not in cues:
        return None
    near = range(max(low, frame_hit.first - CLOSE), frame_hit.first)
    return next(
        (hit for hit in hits if hit.cue.code == "receptive" and hit.last in near and hit.cue.weight >= SURE), None
    )


def find_state(
    words: Words, hits: Sequence[Hit], frame_hit: Hit, place: int, low: int, high: int, quote: str
) -> Hit | None:
    """Return the state whose length a time is, None where none stands beside it."""
    states = [hit for hit in list_within(hits, max(low, place - FAR), place + FAR) if hit.cue.code == "state"]
    is_attribute = bool(ATTRIBUTE.search(quote)) and words.at(place + 1) not in SPANNING
    if frame_hit.cue.text in BESIDE and not is_attribute:
        at = frame_hit.first - 1
        is_able = at > low and ABLE.match(words.words[at]) and not words.at(at - 1).startswith(ENDURING)
        if frame_hit.cue.text == "for #" and is_able:
            return Hit(Cue(words.words[at], "word", "state"), at, at)
        return next((hit for hit in states if hit.last == at), None)
    mark = words.words[place + 1 : place + 2] in APOSTROPHES
    if mark or is_attribute or quote.endswith(POSSESSIVE):
        return find_attributed(words, states, place + mark, high)
    if frame_hit.cue.text != TIME or place <= low:
        return None
    before = words.at(place - 1)
    if before == ",":
        return find_apposed(words, states, place)
    return find_labelled(words, hits, states, place, low) if before in LABELLING else None


def find_attributed(words: Words, states: Sequence[Hit], place: int, high: int) -> Hit | None:
    """Return the state that ends a compound with a time: "a ten-day dry cough"."""
    last = end_compound(words, place, high)
    return next((hit for hit in states if hit.last == last and hit.first > place), None)


def find_apposed(words: Words, states: Sequence[Hit], place: int) -> Hit | None:
    """Return the state before a comma and a time: "a shorter action, #", "the effect is short, #"."""
    last = place - 2
    if words.words[last] in LENGTHS:
        return next((hit for hit in states if last - REACH <= hit.last < last), None)
    return next((hit for hit in states if hit.last == last), None)


def find_labelled(words: Words, hits: Sequence[Hit], states: Sequence[Hit], place: int, low: int) -> Hit | None:
    """Return the state that a label before a time names, where it names nothing else: "After-effects: #"."""
    named = list_within(hits, low, place)
    said = [hit for hit in named if hit.first == low or words.at(hit.first - 1) not in THEN]
    is_label = all(hit.cue.code in SILENT for hit in said) and place - low <= REACH
    return next((hit for hit in reversed(states) if hit.last < place), None) if is_label else None
