"""Mend a role by what its words alone do not tell: who acts, whether it is told of or ordered, and how long the time is.

Law of the room: one step, one reason; the first step that speaks ends the matter, and its reason is added to the rule.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from howlong.claims.clauses import (
    end_clause,
    find_perfect,
    is_being,
    is_doing,
    is_due,
    is_order,
    is_person,
    is_state,
    start_clause,
)
from howlong.claims.cues import Hit, Words
from howlong.claims.inflection import inflect_verb, list_forms
from howlong.claims.roles import Reading
from howlong.claims.vocabulary import list_small_words, read_vocabulary

BRIEF = re.compile(r"(?:\b|\d)(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?)\b", re.I)
SHORT = re.compile(r"(?:\b|\d)(?:seconds?|secs?|s|minutes?|mins?|hours?|hrs?|hr|h)\b", re.I)
LONG = re.compile(r"(?:\b|\d)(?:days?|d|nights?|weeks?|wks?|wk|fortnights?|months?|mo|years?|yrs?|yr|decades?)\b", re.I)
NEGATION = re.compile(r"\b(?:not|no|never|nothing|without|\w+n't)\b")
FORBIDDING = frozenset(
    [
        "avoid*",
        "refrain*",
        "abstain*",
        "do not",
        "don't",
        "never",
        "must not",
        "stay away",
        "keep away",
        "hold off",
        "wait/waiting",
    ]
)
DONE = ("working", "doing")
WITHIN = ("within", "inside", "in under", "in less")
LIMITED = ("for", "until", "till", "before", "after", "within", "during", "in")
SPANS = ("for", "over", "throughout", "during")
AHEAD = ("# before", "# prior")
BARRING = ("for #", "until #", "till #", "until at #", "before #", "before at #", "by #", "# before")
ENDURING = ("lasting", "holding", "seeing")
LIMITS = frozenset(["until", "till", "unless", "before"])
CONDITIONS = frozenset(["if", "once", "when", "whenever", "after", "unless", "until"])
CARE = ("treating", "giving", "infusing", "applying")
UNABLE = ("working", "acting", "doing", "treating", "watching", "beginning", "infusing", "applying", "giving")
GIVING = ("give", "gave", "giving", "provid", "offer", "buy", "bought")
UNTIL = ("until", "till")
BEGUN = ("beginning", "changing", "seeing", "holding", "acting", "giving")
ABILITY = re.compile(r"\b(?:could not|couldn't|unable to|not able to|can not|cannot|can't)\b")
GOING_ON = frozenset([",", ":", "then", "please", "who"])
POSSIBLE = re.compile(r"\b(?:can|could) (?:\w+ )?be \w+[^;:]*$")
NEEDLESS = re.compile(r"\b(?:(?:not|n't|never|longer|without) (?:\w+ )?(?:need|needing|needed|require|requiring|required|have to|having to|had to))\b[^;:,]*$")
FORBIDDEN = re.compile(r"(?:[,;:]|\bso|\band|\bthen|\bplease) (?:do not|don't|never|avoid) [^;:#]*$")
STAYING = ("stay", "remain", "live", "sat", "sit", "stood")
PLACED = frozenset(["in", "at", "on", "with", "inside", "there", "near", "under", "aboard"])
STATES = frozenset(["remission", "pain", "place", "force", "use", "contact", "control"])
NEAREST = 6
IN_A_ROW = ("running", "in a row", "on end", "straight", "in succession", "consecutively")
ORDERED = {"treating": "course", "watching": "monitoring"}


@dataclass(frozen=True)
class Setting:
    """Where a time stands.

    Attributes
    ----------
    words : Words
        The words of its paragraph.
    hits : sequence of Hit
        The paragraph's governing words, in order.
    place, low, high : int
        The time's number, and its sentence's first and last word (exclusive).
    is_care : bool
        Whether its section is about care.
    quote : str
        The time as it is worded.
    """

    words: Words
    hits: Sequence[Hit]
    place: int
    low: int
    high: int
    is_care: bool
    quote: str

    @property
    def is_ordered(self) -> bool:
        """Whether its sentence gives an order."""
        return is_order(self.words, self.low, self.place)

    @property
    def clause(self) -> list[str]:
        """The words of its clause."""
        first = start_clause(self.words, self.place, self.low)
        return self.words.words[first : end_clause(self.words, self.place, self.low, self.high)]


def temper(reading: Reading, setting: Setting) -> Reading:
    """Return a reading mended by the first step that speaks."""
    for step in STEPS:
        role, reason = step(reading, setting)
        if role:
            return replace(reading, role=role, rule=f"{reading.rule}{reason}")
    return reading


def mend_deed(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What somebody does for a time is no effect; what an order in a text about care asks to be done is care."""
    if reading.governing == "acting" and reading.role == "persistence":
        if reading.hit and reading.hit.cue.text.startswith("spend") and is_brief(setting.quote):
            return "other", ", in minutes"
        verb = reading.hit.first if reading.hit else setting.place
        is_deed = is_doing(setting.words, setting.place, setting.low) or is_person(setting.words, verb, setting.low)
        return ("other", " of somebody doing") if is_deed else ("", "")
    is_held = reading.governing in ("lasting", "advising") and bool(
        reading.hit and reading.hit.cue.text.startswith("hold") and is_brief(setting.quote)
    )
    is_deed = is_held or reading.governing == "state" or (setting.is_care and reading.governing in DONE)
    if is_deed and reading.rule.startswith("for #") and setting.is_ordered:
        return read_doing(setting)[0], " in an order"
    return "", ""


def mend_order(reading: Reading, setting: Setting) -> tuple[str, str]:
    """The verb that opens an order speaks, whatever nouns stand between: "Avoid ... for #", "Wear ... for #"."""
    if reading.role in ("window", "monitoring") or not reading.rule.startswith(LIMITED):
        return "", ""
    first = next((at for at in range(setting.low, setting.place) if setting.words.words[at].isalpha()), setting.place)
    at = bisect_left(setting.hits, first, key=lambda hit: hit.first)
    if at == len(setting.hits) or setting.hits[at].first != first:
        return "", ""
    if setting.hits[at].cue.text in FORBIDDING:
        return "window", ", forbidden"
    if reading.role == "persistence" and setting.words.words[first] == "keep" and reading.rule.startswith("for"):
        return "window", ", to be kept so"
    role = ORDERED.get(setting.hits[at].cue.code, "")
    is_lasting = reading.role == "persistence" and reading.rule.startswith("for #")
    return (role, ", ordered") if role and is_lasting and setting.is_ordered else ("", "")


def mend_ban(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is forbidden later in a sentence is barred for a time: "you will be tired, so do not drive or sign anything for #"."""
    is_open = reading.rule == "as the time before" or not reading.governing
    if reading.role != "persistence" or not is_open or not reading.frame or "for #" not in reading.frame.cues:
        return "", ""
    said = " ".join(setting.words.words[setting.low : setting.place])
    return ("window", ", forbidden") if FORBIDDEN.search(said) else ("", "")


def mend_giving(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A time that somebody gives is no effect: "the trainer gave them #", not "the injection gave them #"."""
    if reading.role != "persistence" or not reading.rule.startswith(GIVING):
        return "", ""
    verbs = [at for at in range(setting.low, setting.place) if setting.words.words[at].startswith(GIVING)]
    is_given = bool(verbs) and is_person(setting.words, verbs[-1], setting.low)
    return ("other", " by somebody") if is_given else ("", "")


def mend_staying(reading: Reading, setting: Setting) -> tuple[str, str]:
    """Somebody who stays somewhere does something: "the patient stayed in hospital for #", not "stayed well for #"."""
    verb, words = reading.hit, setting.words.words
    if not verb or reading.role != "persistence" or not words[verb.first].startswith(STAYING):
        return "", ""
    is_somewhere = verb.last + 2 < setting.place and words[verb.last + 1] in PLACED
    said = set(words[verb.last + 1 : setting.place])
    is_state = any(hit.cue.code == "state" and verb.last < hit.first < setting.place for hit in setting.hits)
    is_state = is_state or bool(said & STATES)
    is_told = is_somewhere and not is_state and is_person(setting.words, verb.first, setting.low)
    return ("other", " of somebody staying") if is_told else ("", "")


def mend_keeping(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A treatment that is continued for a time is a course: "treatment should be continued for #", "continue ketamine for #"."""
    verb, words = reading.hit, setting.words.words
    is_kept = verb and verb.last < setting.place and verb.cue.text.startswith(("continu", "carry"))
    if not verb or not is_kept or not setting.is_care or reading.role != "persistence":
        return "", ""
    is_theirs = verb.first == setting.low or words[verb.first - 1] in GOING_ON or is_person(setting.words, verb.first, setting.low)
    if is_theirs and not words[verb.last + 1].endswith("ing") and words[verb.last + 1] != "to":
        return "course", ", of those treated"
    at = bisect_left(setting.hits, verb.first, key=lambda hit: hit.first)
    before = [hit.cue.code for hit in setting.hits[max(0, at - NEAREST) : at] if hit.first >= setting.low]
    named = [code for code in before if code in ("state", *CARE)]
    after = words[verb.last + 1]
    is_bare = after in list_small_words("prepositions") or after.endswith(("ly", "ed")) or after == "to"
    is_object = setting.place - verb.last > 2 and not is_bare and not words[verb.first].endswith("ed")
    return ("course", ", of a treatment") if is_object or (named and named[-1] in CARE) else ("", "")


def mend_possibility(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What can be done for a time, or need not be, is a state that lasts: "can be searched for #", "did not need one for #"."""
    said = " ".join(setting.words.words[setting.low : setting.place])
    is_span = reading.rule.startswith(("for #", "in #"))
    if is_span and reading.role not in ("persistence", "window") and NEEDLESS.search(said):
        return "persistence", ", needless"
    is_act = reading.role in ("other", "follow_up") and reading.governing in ("working", "doing", "following", "acting")
    if reading.rule.startswith("for #") and is_act and POSSIBLE.search(said) and not is_brief(setting.quote):
        return "persistence", ", possible"
    return "", ""


def mend_denied_until(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is not seen until a time begins then: "was not seen until #", "did not plateau until #", not "had not faded until #"."""
    if not reading.rule.startswith(UNTIL) or reading.role not in ("persistence", "peak", "course"):
        return "", ""
    verb = reading.hit
    if verb and verb.cue.code in ENDURING and is_growing(setting.words, verb, setting.place):
        return "peak", ", still changing"
    if verb and verb.last < setting.place and reading.governing in ("ending", "lasting") and not is_unseen(verb):
        is_level = verb.cue.text.startswith("plateau")
        said = " ".join(setting.words.words[max(setting.low, verb.first - 3) : verb.first])
        return ("peak", ", denied until") if is_level and NEGATION.search(said) else ("", "")
    said = setting.words.words[start_clause(setting.words, setting.place, setting.low) : setting.place]
    is_denied = bool(NEGATION.search(" ".join(said)))
    is_begun = verb is not None and (is_unseen(verb) or reading.governing in BEGUN)
    if is_denied and is_begun:
        return "onset", ", denied until"
    is_so = reading.role == "course" and not reading.governing and is_being(said)
    is_so = is_so and not NEGATION.search(" ".join(setting.words.words[setting.low : setting.place]))
    return ("persistence", " as it is") if is_so else ("", "")


def is_growing(words: Words, verb: Hit, place: int) -> bool:
    """Tell whether what goes on is a rise or fall: "keeps climbing until #", "continues to fall until #"."""
    if verb.last + 2 >= place or not words.words[verb.first].startswith(("keep", "kept", "continu", "go", "went")):
        return False
    after = words.words[verb.last + 1]
    word = words.words[verb.last + 2] if after == "to" else after
    return word in list_changes() and (after == "to" or word.endswith("ing"))


def is_unseen(verb: Hit) -> bool:
    """Tell whether a cue says that something is not to be seen."""
    return verb.cue.text.startswith(("not ", "no ", "never "))


def mend_inability(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What somebody could not do for a time is a state that lasts: "he could not walk for #"."""
    verb = reading.hit
    if not reading.rule.startswith(("for #", *UNTIL)) or reading.governing not in (*UNABLE, ""):
        return "", ""
    last = setting.place if verb is None or not reading.governing else verb.first
    if last > setting.place:
        return "", ""
    first = start_clause(setting.words, setting.place, setting.low) if last == setting.place else last - 4
    said = " ".join(setting.words.words[max(setting.low, first) : last])
    return ("persistence", ", unable") if ABILITY.search(said) else ("", "")


def mend_field(reading: Reading, setting: Setting) -> tuple[str, str]:
    """Outside texts about care nothing is administered, and what is received or given for a time lasts."""
    if setting.is_care:
        return "", ""
    is_valid = reading.hit is not None and reading.hit.cue.text == "applies"
    if (reading.governing == "giving" or is_valid) and reading.rule.startswith("for #"):
        return "persistence", ", not about care"
    is_body = reading.governing == "applying" and list_small_words("body").intersection(
        setting.words.words[setting.low : setting.high]
    )
    is_given = reading.governing == "applying" or reading.rule.startswith("# ")
    return ("other", ", not about care") if reading.role == "administration" and is_given and not is_body else ("", "")


def mend_history(reading: Reading, setting: Setting) -> tuple[str, str]:
    """How long a state has held so far tells whom or when, not how long it lasts: "adults who had had pain for #"."""
    if reading.role != "persistence" or not reading.rule.startswith("for #") or reading.governing in ENDURING:
        return "", ""
    said = setting.words.words[setting.low : setting.place]
    clause = said[start_clause(setting.words, setting.place, setting.low) - setting.low :]
    at = find_perfect(clause)
    if at >= 0:
        return ("window", ", to have been") if LIMITS.intersection(clause[:at]) else ("other", ", so far")
    after = " ".join(setting.words.words[setting.place + 1 : setting.place + 4])
    is_bound = not reading.governing and after.startswith(IN_A_ROW) and not CONDITIONS.isdisjoint(said)
    return ("other", ", as a condition") if is_bound else ("", "")


def mend_length(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A course of hours is one administration; one that is ordered for days is advised."""
    if reading.role == "administration" and LONG.search(setting.quote) and setting.is_ordered:
        return "window", ", for days or more"
    if reading.role == "course" and SHORT.search(setting.quote) and not LONG.search(setting.quote):
        return "administration", ", in hours or less"
    return "", ""


def mend_watching(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What was measured at a time or over weeks is followed up; what should be checked, or was for hours, is monitored."""
    is_rate = reading.frame is not None and reading.frame.care == "dosing_interval"
    if reading.governing not in ("watching", "following") or reading.role not in ("monitoring", "follow_up") or is_rate:
        return "", ""
    if list_small_words("advised").intersection(setting.clause) or setting.is_ordered:
        return "monitoring", ", advised"
    verb = reading.hit
    is_told = bool(verb and setting.words.words[verb.first].endswith("ed"))
    if verb and setting.words.words[verb.first - 1] in ("is", "are", "be"):
        is_told = False
    if not (is_told or list_small_words("told").intersection(setting.clause)):
        return "", ""
    is_watch = reading.rule.startswith(SPANS) and not LONG.search(setting.quote)
    return ("monitoring" if is_watch else "follow_up"), ", told of"


def mend_limit(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A clause that begins with "no", or an order that runs until or before a time, advises; a past one before it tells."""
    words, place, low = setting.words, setting.place, setting.low
    if reading.rule.startswith(AHEAD) and reading.role == "window" and is_told_of(setting):
        return "other", ", told of"
    if reading.rule.split(" +")[0] not in BARRING:
        return "", ""
    if words.words[low] in ("no", "not", "never") and words.verbs[place] == words.verbs[low]:
        return "window", ", barred"
    is_limit = not reading.rule.startswith("for") and reading.role != "course"
    return ("window", ", ordered") if is_limit and setting.is_ordered else ("", "")


def mend_denial(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A beginning that is denied for a time comes after it: "you may not feel better for #"."""
    verb = reading.hit
    if (
        not verb
        or verb.last > setting.place
        or not reading.rule.startswith("for #")
        or reading.governing != "beginning"
    ):
        return "", ""
    said = " ".join(setting.words.words[max(setting.low, verb.first - 3) : verb.first])
    return ("onset", ", denied") if NEGATION.search(said) else ("", "")


def mend_deadline(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is ordered or has to be done within a time has a deadline."""
    if not reading.rule.startswith(WITHIN) or reading.role not in ("other", "onset"):
        return "", ""
    is_asked = setting.is_ordered or is_due(setting.words, setting.place, setting.low)
    return ("window", ", to be done") if is_asked else ("", "")


@cache
def list_changes() -> frozenset[str]:
    """Read the forms of the verbs for a rise or fall."""
    rows = read_vocabulary("roles")["words"]
    falls = {form for cue in rows["falling"]["plain"] for form in inflect_verb(cue.rstrip("*"))}
    return frozenset(falls | {form for name, _, form in list_forms("verbs") if name == "changing"})


STEPS: tuple[Callable[[Reading, Setting], tuple[str, str]], ...] = (
    mend_history,
    mend_deed,
    mend_possibility,
    mend_ban,
    mend_giving,
    mend_staying,
    mend_inability,
    mend_denied_until,
    mend_keeping,
    mend_field,
    mend_order,
    mend_watching,
    mend_limit,
    mend_denial,
    mend_deadline,
    mend_length,
)


def is_brief(quote: str) -> bool:
    """Tell whether a time is one of minutes or less."""
    return bool(BRIEF.search(quote) and not LONG.search(quote))


def is_told_of(setting: Setting) -> bool:
    """Tell whether a clause tells of the past and advises nothing."""
    said = setting.clause
    is_past = list_small_words("told").intersection(said) or any(word.endswith("ed") for word in said)
    return bool(is_past) and not list_small_words("advised").intersection(said) and not setting.is_ordered


def read_doing(setting: Setting) -> tuple[str, str]:
    """Return the role of a time after "for" that no word governs, and the rule.

    What somebody does for a time, or what goes on for minutes, says nothing of an effect; an order in a text about care
    is an advice, for minutes one treatment.
    """
    words, place, low = setting.words, setting.place, setting.low
    if setting.is_ordered:
        role = "other" if not setting.is_care else "administration" if is_brief(setting.quote) else "window"
        return role, "for # in an order"
    if is_doing(words, place, low):
        return "other", "for # of somebody doing"
    if is_brief(setting.quote) and not is_state(words, place, low):
        return ("administration" if setting.is_care else "other"), "for # of minutes"
    return "persistence", "for #"
