"""Read how long a treatment takes, is received, held in place, or was given before it was stopped.

Law of the room: a step mends a role and names its reason, or leaves it to the next.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from howlong.claims.clauses import (
    find_perfect,
    find_subject,
    load_subjects,
    start_clause,
    start_predicate,
)
from howlong.claims.cues import Cue, Hit
from howlong.claims.roles import Reading
from howlong.claims.setting import CARE, SHORT, WEEKS, Setting, is_brief
from howlong.claims.vocabulary import list_small_words

NEAREST = 6
PHRASE = 3
PUT = ("held", "hold", "left", "placed", "kept", "put", "pressed", "press")
STOPPED = ("after", "at", "before", "by", "on at", "past at")
STOPPING = ("stop", "withdr", "discontin", "ceas", "quit")
THEIRS = frozenset(["his", "her", "their", "my", "our", "taking", "using"])
YEARS = re.compile(r"\b(?:years?|decades?)\b", re.I)
RECEIVING = frozenset(["taken", "received", "used", "worn", "undergone", "followed"])
TAKES = ("take", "took")


def mend_act(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What a treatment takes in minutes is the length of one, in weeks a course: "the injection takes #", "each takes #"."""
    if reading.role != "other" or not reading.rule.startswith(TAKES):
        return "", ""
    words = setting.words.words
    first = start_clause(setting.words, setting.place, setting.low)
    verb = next((at for at in range(setting.place - 1, first - 1, -1) if words[at].startswith(TAKES)), -1)
    if verb <= first or words[verb] == "taken":
        return "", ""
    thing = find_subject(setting.words, setting.hits, Hit(Cue("take", "word", "lasting"), verb, verb), setting.low)
    subject = words[max(first, verb - PHRASE) : verb]
    named = {hit.cue.code for hit in load_subjects().find(subject)} | ({thing.cue.code} if thing else set())
    if WEEKS.search(setting.quote):
        return ("course", ", of a treatment") if "course" in named else ("", "")
    acts = [hit for hit in setting.hits if hit.cue.code in CARE and first <= hit.first and hit.last < verb]
    is_act = setting.is_care and bool(acts) and verb - acts[-1].last <= 2
    is_act = is_act or "administration" in named or bool(list_small_words("acts").intersection(subject))
    return ("administration", ", of a treatment") if is_act and SHORT.search(setting.quote) else ("", "")


def mend_one(reading: Reading, setting: Setting) -> tuple[str, str]:
    """One treatment that lasts minutes is the length of one: "each treatment lasts #"."""
    is_lasting = reading.rule.startswith("last") and reading.role == "persistence" and is_brief(setting.quote)
    at = reading.hit.first if reading.hit else setting.place
    is_one = is_lasting and any(hit.cue.code in CARE and 0 <= at - hit.last - 1 <= 1 for hit in setting.hits)
    return ("administration", ", of a treatment") if is_one else ("", "")


def mend_stopping(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A treatment that is stopped after a time had that course: "she stopped the tablets after #"."""
    if reading.role not in ("other", "persistence") or not reading.rule.startswith(STOPPED) or not setting.is_care:
        return "", ""
    words, place = setting.words.words, setting.place
    first = start_predicate(setting.words, place, setting.low)
    stop = next((at for at in range(place - 1, first - 1, -1) if words[at].startswith(STOPPING)), -1)
    if stop < 0 or setting.words.verbs[place] > setting.words.verbs[stop + 1]:
        return "", ""
    is_object = words[stop + 1] in list_small_words("objects") | THEIRS and stop + 2 < place
    named = [hit for hit in setting.hits if hit.cue.code in CARE and abs(hit.first - stop) <= PHRASE + 1]
    is_object = is_object or any(stop < hit.first for hit in named)
    is_passive = setting.words.at(stop - 1) in ("was", "were", "been", "is", "are", "be") and any(
        hit.first < stop for hit in named
    )
    return ("course", ", of what is stopped") if is_object or is_passive else ("", "")


def mend_placing(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is put or held somewhere for minutes lasts no longer than somebody wills: "is held against the tooth for #"."""
    verb = reading.hit
    if reading.role != "persistence" or not reading.rule.startswith("for #") or not is_brief(setting.quote):
        return "", ""
    words, first = setting.words.words, start_predicate(setting.words, setting.place, setting.low)
    at = verb.first if verb and verb.first < setting.place else -1
    is_put = at >= 0 and words[at] in PUT and setting.words.at(at - 1) in ("is", "are", "was", "were", "be", "been")
    is_put = is_put or (words[first] in PUT and setting.is_ordered)
    return (("administration" if setting.is_care else "other"), ", put there") if is_put else ("", "")


def mend_going_on(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A treatment that one keeps taking is a course; what is cleared or settled by somebody is work."""
    verb, words = reading.hit, setting.words.words
    if not verb or reading.role not in ("persistence", "window"):
        return "", ""
    if reading.rule.startswith("# to") and words[verb.last + 1 : verb.last + 2] in (["the"], ["a"], ["an"], ["this"]):
        return "other", ", of somebody working"
    is_on = (
        words[verb.first].startswith("stay")
        and setting.words.at(verb.last + 1) == "on"
        and reading.rule.startswith("for #")
    )
    if is_on and any(hit.cue.code in CARE and verb.last < hit.first <= verb.last + PHRASE + 1 for hit in setting.hits):
        return "course", ", of a treatment"
    is_kept = words[verb.first] in ("keep", "keeps", "kept") and reading.rule.startswith("for #")
    is_taken = any(hit.cue.code in CARE and hit.first == verb.last + 1 for hit in setting.hits)
    return (
        ("course", ", of a treatment")
        if is_kept and is_taken and setting.words.at(verb.last + 1).endswith("ing")
        else ("", "")
    )


def is_receiving(setting: Setting) -> bool:
    """Tell whether the nearest words before a time that say anything, in its clause, are a verb of giving and what is given."""
    at = bisect_left(setting.hits, setting.place, key=lambda hit: hit.first)
    words = setting.words.words
    for near in reversed(setting.hits[max(0, at - NEAREST) : at]):
        is_cut = not {",", ";", ":"}.isdisjoint(words[near.last : setting.place])
        if is_cut or near.cue.code not in ("nothing", *CARE):
            return False
        if near.cue.code in CARE and words[near.first].endswith(("ing", "ed", "en", "took", "gave")):
            return True
    return False


def is_provided(reading: Reading, setting: Setting) -> bool:
    """Tell whether somebody has treated or offered something for years: "the clinic has offered infusions for #"."""
    clause = setting.words.words[start_clause(setting.words, setting.place, setting.low) : setting.place]
    at = find_perfect(clause)
    is_active = at >= 0 and "been" not in clause[at:] and not RECEIVING.intersection(clause[at:])
    return is_active and reading.rule.startswith("for #") and bool(YEARS.search(setting.quote))
