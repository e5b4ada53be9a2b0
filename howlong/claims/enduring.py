"""Mend the role of a time for which something is possible, impossible or so: a state that lasts, whatever its verb.

Law of the room: a verb of doing speaks of a state where it says what can, cannot or need not be done.
"""

from __future__ import annotations

import itertools
import re

from howlong.claims.clauses import is_being, is_person, list_participles, start_clause
from howlong.claims.roles import Reading, list_endings
from howlong.claims.setting import BRIEF, NEGATION, UNTIL, Setting
from howlong.claims.vocabulary import list_small_words

UNABLE = ("working", "acting", "doing", "treating", "watching", "beginning", "infusing", "applying", "giving", "")
ABILITY = re.compile(r"\b(?:could not|couldn't|unable to|not able to|can not|cannot|can't)\b")
POSSIBLE = re.compile(r"\b(?:can|could) (?:\w+ )?be \w+[^;:]*$")
PROMISED = re.compile(r"\bwill (?:\w+ )?be \w+(?:ed|en|wn|ght|pt|ld)\b[^;:]*$")
NEEDLESS = re.compile(
    r"\b(?:(?:not|n't|never|longer|without) (?:\w+ )?"
    r"(?:need|needing|needed|require|requiring|required|have to|having to|had to))\b[^;:,]*$"
)
GIVING = ("give", "gave", "giving", "provid", "offer", "buy", "bought")
FIRST = ("in first", "during first", "within first", "over first", "first #")
COMMON = re.compile(
    r"\b(?:is|are|was|were) (?:\w+ly |quite |very |nearly )?(?:common|usual|normal|frequent|typical|universal|expected)\b[^;:,]*$"
)
ABSENT = re.compile(
    r"(?:\b(?:no|little|hardly any|without(?: any)?) (?:\w+ )?(?:change|effect|difference|improvement|benefit|response|result|progress|sign)s?"
    r"|(?<!do )(?<!did )(?<!does )\bnothing(?: at all| much| happen\w+)?|\bnot (?:to )?(?:expect|see|notice|feel) \w+) for\b"
)
CRITERIA = frozenset(
    ["excluded", "included", "eligible", "enrolled", "recruited", "ineligible", "exclusion", "inclusion"]
)
STUDIED = (
    "patient",
    "participant",
    "adult",
    "people",
    "person",
    "volunteer",
    "child",
    "women",
    "men",
    "subject",
    "individual",
)
WAITING = re.compile(r"\b(?:it|that) (?:was|is|will be|may be|can be|could be|has been|took|takes|take)\b[^,;:]*$")
CLEFT = re.compile(r"\b(?:not until|only after|not before)(?: the)?(?: at)?$")
AGAIN = re.compile(r"\b(?:again|back|could|able|once more|over)\b")
WAITED = {
    "ending": "persistence",
    "beginning": "onset",
    "changing": "onset",
    "seeing": "onset",
    "acting": "onset",
    "peaking": "peak",
}
LOSS = re.compile(
    r"\b(?:no|little|without|not any) (?:\w+ )?(?:loss|drop|decline|decrease|fall|waning|fading|reduction|decay|weakening|sign of (?:fading|waning|decline))\b"
)
SPANS = ("over", "during", "throughout", "through", "in first", "within first")
GIVES = frozenset(["give", "gives", "gave", "provide", "provides", "provided", "offer", "offers", "offered"])
HAVING = frozenset(["had", "has", "have", "having", "was", "were", "been"])
OPEN = ("", "acting", "state", "changing", "beginning", "seeing")
ACTS = ("working", "doing", "following", "acting")
REACH = 4
COMING_BACK = ("beginning", "changing", "acting", "peaking")
HAPPENING = ("occur", "happen", "took", "take")
FAR = re.compile(r"(?:up to|more than|at least|as long as|as late as|for up to|no less than|well over)\b", re.I)
BACK = ("reappear", "re-appear", "resurfac", "re-emerg", "reemerg", "recur", "relaps")


def mend_possibility(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What can be done for a time, or need not be, is a state that lasts: "can be searched for #", "did not need one for #"."""
    said = " ".join(setting.words.words[setting.low : setting.place])
    is_span = reading.rule.startswith(("for #", "in #"))
    if is_span and reading.role not in ("persistence", "window") and NEEDLESS.search(said):
        return "persistence", ", needless"
    is_act = reading.role in ("other", "follow_up") and reading.governing in ACTS
    is_promised = reading.governing in ACTS[:2] and not setting.is_care and bool(PROMISED.search(said))
    if is_promised and reading.rule.startswith("for #") and not BRIEF.search(setting.quote):
        return "persistence", ", promised"
    if reading.rule.startswith("for #") and is_act and POSSIBLE.search(said) and not BRIEF.search(setting.quote):
        return "persistence", ", possible"
    return "", ""


def mend_wait(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A time before something can be done again is that of a state, before something comes an onset: "it was # before I could"."""
    words, place = setting.words.words, setting.place
    is_before = words[place + 1 : place + 2] == ["before"] and reading.rule.startswith("# before")
    is_wait = is_before and reading.role in ("other", "window")
    if not is_wait or not WAITING.search(" ".join(words[setting.low : place])):
        return "", ""
    if AGAIN.search(" ".join(words[place + 2 : setting.high])):
        return "persistence", ", until then"
    role = read_after(setting)
    return (role, ", until then") if role else ("", "")


def mend_cleft(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What follows a time not before which it came says what came: "it was not until # that the swelling went down"."""
    is_cleft = reading.governing != "ending" and CLEFT.search(
        " ".join(setting.words.words[setting.low : setting.place])
    )
    role = read_after(setting) if is_cleft else ""
    return (role, ", not before") if role else ("", "")


def read_after(setting: Setting) -> str:
    """Return the role that the first word after a time gives, "" where none does."""
    codes = [hit.cue.code for hit in setting.hits if setting.place < hit.first < setting.high]
    return next((WAITED[code] for code in codes if code in WAITED), "")


def mend_allowed(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A time that is allowed for something to settle is that of a state: "Allow # for the swelling to go down"."""
    words, place = setting.words.words, setting.place
    if not setting.is_care or not reading.rule.startswith("allow") or words[place + 1 : place + 2] != ["for"]:
        return "", ""
    purpose = words[place + 2 : min(setting.high, place + 2 + REACH * 2)]
    settles = any(word == "to" and after in list_endings() for word, after in itertools.pairwise(purpose))
    return ("persistence", ", to end") if settles else ("", "")


def mend_loss(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A decline that is denied over a time is a state that lasts: "no loss of effect was seen over #"."""
    if reading.role not in ("other", "follow_up", "onset") or not reading.rule.startswith(SPANS):
        return "", ""
    return ("persistence", ", no loss") if LOSS.search(setting.said) else ("", "")


def mend_giving(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A time that somebody gives is no effect, but what a thing gives is: "the trainer gave them #", "the jab gives cover for #"."""
    verb = reading.hit
    is_gift = reading.role == "course" and reading.rule.startswith("for #") and verb is not None
    if is_gift and verb and setting.low < verb.first < setting.place and setting.words.words[verb.first] in GIVES:
        before = setting.words.at(verb.first - 1)
        is_thing = (
            before.isalpha()
            and before not in list_small_words("doers_before")
            and not is_person(setting.words, verb.first, setting.low)
        )
        return ("persistence", " by a thing") if is_thing else ("", "")
    if reading.role != "persistence" or not reading.rule.startswith(GIVING):
        return "", ""
    verbs = [at for at in range(setting.low, setting.place) if setting.words.words[at].startswith(GIVING)]
    is_given = bool(verbs) and is_person(setting.words, verbs[-1], setting.low)
    return ("other", " by somebody") if is_given else ("", "")


def mend_inability(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What somebody could not do for a time is a state that lasts: "he could not walk for #"."""
    verb = reading.hit
    if reading.governing not in UNABLE or not reading.rule.startswith(("for #", *UNTIL)):
        return "", ""
    last = setting.place if verb is None or not reading.governing else verb.first
    if last > setting.place:
        return "", ""
    first = start_clause(setting.words, setting.place, setting.low) if last == setting.place else last - REACH
    said = " ".join(setting.words.words[max(setting.low, first) : last])
    return ("persistence", ", unable") if ABILITY.search(said) else ("", "")


def mend_common(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is common or normal in the first days lasts so long: "swelling is common in the first #"."""
    if reading.role != "onset" or not reading.rule.startswith(FIRST) or reading.governing not in ("", "beginning"):
        return "", ""
    return ("persistence", ", common") if COMMON.search(setting.said) else ("", "")


def mend_predicate(reading: Reading, setting: Setting) -> tuple[str, str]:
    """How a thing is for a time lasts, whatever was done to it: "a tooth that has been bleached may be tender for #"."""
    words, at = setting.words.words, setting.place - 1
    is_deed = reading.role == "other" and reading.rule.startswith("for #") and reading.governing in ACTS[:2]
    if (
        not is_deed
        or words[at] != "for"
        or at - 2 <= setting.low
        or words[at - 2] not in list_small_words("copulas") | {"be"}
    ):
        return "", ""
    is_plain = words[at - 1].isalpha() and not words[at - 1].endswith(("ed", "en", "ing"))
    is_thing = is_plain and words[at - 1] not in list_participles() | list_small_words("openers")
    return ("persistence", ", being so") if is_thing and not is_person(setting.words, at - 2, setting.low) else ("", "")


def mend_handling(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What was kept somewhere or handled in a laboratory is no effect: "cells were maintained in culture for #"."""
    verb, words = reading.hit, setting.words.words
    if reading.role != "persistence" or not verb or not setting.low < verb.first < setting.place:
        return "", ""
    is_told = not {"was", "were"}.isdisjoint(words[max(0, verb.first - 2) : verb.first])
    is_kept = words[verb.first] in list_small_words("kept") and setting.words.at(verb.first + 1) in list_small_words(
        "places"
    )
    first = start_clause(setting.words, verb.first, setting.low)
    named = list_small_words("materials").intersection(words[first : verb.first])
    is_stopped = bool(named) and words[verb.first] in list_small_words("kept") | list_small_words("emptied")
    return ("other", ", handled") if is_told and (is_kept or is_stopped) else ("", "")


def mend_criterion(reading: Reading, setting: Setting) -> tuple[str, str]:
    """How long a state must have lasted to be studied tells whom: "patients with pain lasting # were excluded"."""
    is_so = reading.role == "persistence" and reading.rule.startswith(("lasting #", "for #", "for at least"))
    said = CRITERIA.intersection(setting.words.words[setting.low : setting.high])
    people = any(word.startswith(STUDIED) for word in setting.words.words[setting.low : setting.place])
    return ("other", ", a criterion") if is_so and said and people else ("", "")


def mend_lack(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What somebody has none of for a time is a state: "we had no hot water for #", not "No hot drinks for #"."""
    words = setting.words.words
    at = next((at for at in range(setting.place - 1, setting.low, -1) if words[at] == "no"), setting.low)
    is_lack = reading.rule.startswith("no _ _ for #") and words[at - 1] in HAVING and at > setting.low
    return ("persistence", ", lacking") if is_lack else ("", "")


def mend_absence(reading: Reading, setting: Setting) -> tuple[str, str]:
    """An effect that does not come for a time comes after it: "nothing at all for #", "little change for the first #"."""
    if reading.role != "persistence" or reading.governing not in OPEN or not reading.rule.startswith("for "):
        return "", ""
    first = start_clause(setting.words, setting.place, setting.low)
    verb = reading.hit
    if verb and reading.governing == "acting" and setting.is_care and first < verb.first < setting.place:
        return ("onset", ", denied") if NEGATION.search(setting.words.at(verb.first - 1)) else ("", "")
    return ("onset", ", absent") if ABSENT.search(setting.said) else ("", "")


def mend_means(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is done for a time as a means is no effect: "by dipping it in water for #"."""
    if reading.role != "persistence" or reading.governing or not reading.rule.startswith("for #"):
        return "", ""
    words, place = setting.words, setting.place
    means = [at for at in range(setting.low, place - 1) if words.words[at] == "by" and words.at(at + 1).endswith("ing")]
    is_means = bool(means) and words.verbs[place] == words.verbs[means[-1]]
    return ("other", " as a means") if is_means else ("", "")


def mend_again(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What comes again was gone so long: "the pain flared up again # after", "lines begin to reappear after #"."""
    verb, words = reading.hit, setting.words.words
    if not verb or reading.role not in ("onset", "peak") or reading.governing not in COMING_BACK:
        return "", ""
    if verb.last < setting.place and words[verb.first].startswith(HAPPENING) and is_ended(setting, verb.first):
        return "persistence", ", of an end"
    said = words[verb.first : verb.last + REACH]
    is_back = "again" in said[verb.last - verb.first :] or any(word.startswith(BACK) for word in said)
    return ("persistence", ", again") if is_back else ("", "")


def is_ended(setting: Setting, verb: int) -> bool:
    """Tell whether what happens is an end: "relapse occurred by #"."""
    first = start_clause(setting.words, setting.place, setting.low)
    return any(hit.cue.code == "ending" and first <= hit.first < verb for hit in setting.hits)


def mend_bounded(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is found up to a time after something, or more than that, is still there: "seen up to # after"."""
    is_after = reading.rule.startswith(("# after", "# later", "# following"))
    is_found = reading.role == "onset" and reading.governing in ("seeing", "holding", "changing")
    return ("persistence", ", as long as that") if is_after and is_found and FAR.match(setting.quote) else ("", "")


def mend_so(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is so until a time lasts: "the fibres are missing until #"."""
    if reading.role != "course" or reading.governing or not reading.rule.startswith(UNTIL):
        return "", ""
    words, place = setting.words, setting.place
    is_denied = NEGATION.search(" ".join(words.words[setting.low : place]))
    is_so = is_being(words.words[start_clause(words, place, setting.low) : place])
    return ("persistence", " as it is") if is_so and not is_denied else ("", "")
