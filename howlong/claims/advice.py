"""Read what is advised or forbidden for a time, or depends on it: a period in which to act, or not to.

Law of the room: a word of advice or denial speaks in its own clause, a condition with the advice that follows from it.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from howlong.claims.clauses import is_person, is_stopped_by, list_participles, start_clause, start_predicate
from howlong.claims.cues import Hit, Words
from howlong.claims.roles import Reading
from howlong.claims.setting import Setting
from howlong.claims.vocabulary import list_small_words

FORBIDS = re.compile(
    r"\b(?:(?:should|must|ought) (?:\w+ )?not|shouldn't|mustn't|not to be)\b(?! (?:need|be (?:\w+ )?needed|last|persist))"
)
BARS = re.compile(
    r"^(?:\W|please|so|and|or|but|then)*\s*(?:do not|don't|never|not)\b(?! (?:more|less|only|long|until|uncommon|unusual|every|all|necessarily)\b)"
)
LIMITS = ("for", "within", "during", "before", "until", "till", "inside", "# before", "# after", "over", "in first")
DATED = ("within", "inside", "after", "beyond", "by", "in", "# after", "in under", "in less", "in first", "before")
AFTER = ("# after", "# past", "# from", "after")
PARTICIPLES = ("ed", "en", "un", "ught", "ne")
LEADS = (",", "so", "and", "please", "but", "then")
BOUND = re.compile(r"(?:no|not) (?:sooner|earlier|later|before)\b", re.I)
MAY_GIVE = re.compile(r"\b(?:can|may) (?:\w+ )?be (?:given|taken|used|started|applied|injected|repeated|resumed)\b")
NOT = frozenset(["not", "isn't", "don't", "doesn't", "didn't", "no"])
ONLY = ("only", "worthwhile")
CONDITIONS = frozenset(["if", "where", "when", "unless", "provided"])
OPEN = ("onset", "other", "course", "follow_up")
REACH = 3
PERMITTING = frozenset(["may", "can", "must", "shall", "should"])
SOFTENING = frozenset(["not", "also", "only", "then", "safely", "usually", "normally", "still"])
EFFECTS = (
    "lasting",
    "holding",
    "seeing",
    "beginning",
    "changing",
    "peaking",
    "ending",
    "falling",
    "acting",
    "state",
    "receptive",
)
FAR = 25


def mend_forbidden(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is forbidden for a time, or within it, is advised against: "should not be given for #", "not during the first #"."""
    is_limited = reading.rule.startswith(LIMITS) or (
        reading.rule.startswith("as the time") and setting.words.at(setting.place - 1) == "for"
    )
    if reading.role in ("window", "monitoring") or not is_limited:
        return "", ""
    said = list_forbidden(setting) or setting.said
    return ("window", ", forbidden") if FORBIDS.search(said) or BARS.search(said) else ("", "")


def mend_advice(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is advised within a time is to be done in it, where no other verb stands between: "we advise tablets within #"."""
    if reading.role not in ("other", "onset") or not reading.rule.startswith(("within", "inside", "in first")):
        return "", ""
    words, hits = setting.words, setting.hits
    at = bisect_left(hits, setting.place, key=lambda hit: hit.first)
    for hit in reversed(hits[max(0, at - 12) : at]):
        if words.verbs[setting.place] > words.verbs[hit.last + 1]:
            return "", ""
        if hit.cue.code == "advising":
            return "window", ", advised"
    return "", ""


def mend_condition(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What happens if something is so by a time, and calls for an act, sets a time to act: "If it fails within #, call us"."""
    is_open = reading.role in OPEN or (reading.role == "persistence" and reading.governing == "ending")
    if not is_open or not reading.rule.startswith(DATED):
        return "", ""
    words = setting.words.words
    first = start_clause(setting.words, setting.place, setting.low)
    opener = next((at for at in range(first - 1, setting.low - 1, -1) if words[at] in CONDITIONS), -1)
    if opener < 0 or setting.place - opener > FAR:
        return "", ""
    if words[opener - 1] in ONLY and opener > setting.low:
        is_within = {",", ";", ":"}.isdisjoint(words[opener : setting.place])
        return ("window", ", a condition") if is_within else ("", "")
    is_elliptic = (
        words[opener] == "if" and words[opener + 1].endswith(PARTICIPLES) and "," not in words[opener : setting.place]
    )
    if is_elliptic and reading.rule.startswith("within"):
        return "window", ", a condition"
    is_denied = words[opener] == "if" and not NOT.isdisjoint(words[opener : setting.place])
    if is_denied and reading.rule.startswith("within") and not setting.is_care:
        return "window", ", a condition"
    comma = next((at for at in range(setting.place, setting.high) if words[at] == ","), setting.high)
    opening = words[comma + 1 : min(setting.high, comma + 1 + REACH)]
    is_asked = bool(opening) and (
        opening[0] in list_small_words("calls") or bool({"should", "must"}.intersection(opening))
    )
    return ("window", ", to act on") if words[opener] == "if" and is_asked else ("", "")


def mend_permitted(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What somebody may or must do within a time, or what may or must be done, is advised: "you may return it within #"."""
    if reading.role not in ("other", "onset", "persistence") or not reading.rule.startswith((*LIMITS, *DATED)):
        return "", ""
    words, place = setting.words.words, setting.place
    first = start_predicate(setting.words, place, setting.low)
    at = next((at for at in range(place - 1, first - 1, -1) if words[at] in PERMITTING), -1)
    if at <= setting.low:
        return "", ""
    after = at + 1 + (words[at + 1] in SOFTENING)
    is_done = words[after] == "be" and (words[after + 1].endswith("ed") or words[after + 1] in list_participles())
    is_theirs = words[at - 1] == "you" or is_person(setting.words, at, setting.low)
    is_effect = any(
        hit.cue.code in EFFECTS
        and at < hit.first < place
        and not (is_staying(setting.words, hit) or (is_theirs and is_stopped_by(setting.words, hit, setting.low)))
        for hit in setting.hits
    )
    is_felt = not list_small_words("undergoing").isdisjoint(words[after : after + 2])
    is_done = is_done and not reading.rule.startswith("for #")
    return ("window", ", permitted") if (is_done or is_theirs) and not (is_effect or is_felt) else ("", "")


def is_staying(words: Words, hit: Hit) -> bool:
    """Tell whether somebody stays or keeps something, and not in a state: "may stay for #"."""
    return words.at(hit.first) in ("stay", "remain", "keep") and words.at(hit.last + 1) in ("for", "until", "up")


def mend_order_after(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is ordered for a time after something is advised: "Give blood # after the session"; so is a bound not to pass."""
    if reading.role in OPEN and BOUND.match(setting.quote):
        return "window", ", a bound"
    if reading.role in OPEN and reading.rule.startswith(AFTER) and MAY_GIVE.search(setting.said):
        return "window", ", may be given"
    is_open = reading.role in ("onset", "other") and reading.rule.startswith(AFTER)
    return ("window", ", ordered") if is_open and setting.is_ordered else ("", "")


def list_forbidden(setting: Setting) -> str:
    """Return what stands between a word of denial and a time, where it lists what not to do: "do not drive, drink or sign"."""
    words = setting.words.words
    for at in range(setting.place - 1, setting.low - 1, -1):
        if words[at] in list_small_words("ends"):
            return ""
        if words[at] in ("don't", "not") and (
            words[at] == "don't" or setting.words.at(at - 1) in ("do", "must", "should")
        ):
            opening = at if words[at] == "don't" else at - 1
            is_order = words[opening] in ("must", "should") or opening == setting.low or words[opening - 1] in LEADS
            return " ".join(words[opening : setting.place]) if is_order else ""
    return ""
