"""Tell whether a sentence denies that something lasts so long: "does not last longer than #", "nothing was seen beyond #".

Law of the room: what is denied is how long something lasts.  "Nobody saw it for #" and "he could not stay awake for #" deny
nothing of the kind: there the absence or the inability lasted.
"""

from __future__ import annotations

from howlong.claims.clauses import start_clause
from howlong.claims.cues import Cue, Hit, Words
from howlong.claims.roles import Reading
from howlong.claims.setting import NEGATION
from howlong.claims.vocabulary import list_small_words

LASTING = ("lasting", "holding")
WORKING = ("acting", "state")
BEYOND = ("beyond", "past")
ABLE = ("can", "could")
UNABLE = ("cannot", "can't", "couldn't")
APART = ("no", "nothing", "without")
UNDER = frozenset(["until", "unless", "that", "which", "who", "when", "before", "after", "while", "if"])
DETERMINERS = ("the", "a", "its", "their")
REACH = 6
FACET = "denied"


def find_denial(words: Words, place: int, low: int, reading: Reading, modifier: str) -> Hit | None:
    """Return the word that denies a time of lasting, None where it is affirmed.

    Parameters
    ----------
    words : Words
        The words of the paragraph.
    place, low : int
        The time's number, and the first word of its sentence.
    reading : Reading
        The time's role.
    modifier : str
        The amount's modifier: what "does not work for more than #" has its end there, what "did not work for #" was away.
    """
    frame = reading.frame
    is_length = reading.governing == "subject" or (frame is not None and frame.always == "persistence")
    is_length = is_length or reading.rule.startswith(BEYOND)
    is_bound = modifier == "more than"
    is_held = reading.governing in LASTING or (is_bound and reading.governing in WORKING)
    if reading.role != "persistence" or not (is_length or is_held):
        return None
    first = start_clause(words, place, low)
    said = words.words[first:place]
    is_none = (is_length or is_bound) and said[:1] and said[0] in list_small_words("none") and UNDER.isdisjoint(said)
    if is_none and said[1:] and said[1] not in list_small_words("unsaying"):
        return make_hit(words, first)
    if is_denying(words.at(place - 1)):
        return None  # "in days, not weeks"
    for at in range(place - 1, max(first, place - REACH) - 1, -1):
        word = words.words[at]
        if is_denying(word) or (word == "no" and reading.rule.startswith(BEYOND)):
            is_inability = word in UNABLE or words.at(at - 1) in ABLE
            return make_hit(words, at) if is_length or not is_inability else None
        is_apart = word.endswith("ing") and not is_denying(words.at(at - 1))
        if is_bound and word in DETERMINERS:
            continue  # "does not keep its colour for more than #"
        if is_apart or word in list_small_words("unsaying") or not word.isalpha():
            return None
    return None


def is_denying(word: str) -> bool:
    """Tell whether a word denies the verb behind it."""
    return word in list_small_words("denying") or bool(NEGATION.fullmatch(word) and word not in APART)


def make_hit(words: Words, at: int) -> Hit:
    """Return a word as the one that denies."""
    return Hit(Cue(words.words[at], FACET, "true"), at, at)
