"""Mend a role by what its words alone do not tell: who acts, whether it is told of or ordered, and how long the time is.

Law of the room: one step, one reason; the first step that speaks ends the matter, and its reason is added to the rule.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from howlong.claims.advice import mend_advice, mend_condition, mend_forbidden, mend_order_after, mend_permitted
from howlong.claims.caring import (
    is_provided,
    is_receiving,
    mend_act,
    mend_going_on,
    mend_one,
    mend_placing,
    mend_stopping,
)
from howlong.claims.clauses import (
    find_perfect,
    is_being,
    is_doing,
    is_due,
    is_person,
    is_state,
    list_participles,
    start_clause,
)
from howlong.claims.cues import Words
from howlong.claims.enduring import (
    mend_absence,
    mend_again,
    mend_allowed,
    mend_bounded,
    mend_cleft,
    mend_common,
    mend_criterion,
    mend_giving,
    mend_handling,
    mend_inability,
    mend_lack,
    mend_loss,
    mend_means,
    mend_possibility,
    mend_predicate,
    mend_so,
    mend_wait,
)
from howlong.claims.measuring import (
    mend_before,
    mend_coming,
    mend_degree,
    mend_denial,
    mend_growing,
    mend_list,
    mend_measured,
    mend_rate,
    mend_result,
)
from howlong.claims.roles import Reading
from howlong.claims.setting import AHEAD, CARE, LONG, SHORT, WEEKS, Setting, is_brief
from howlong.claims.unsaid import mend_after, mend_brief, mend_range, mend_rhythm
from howlong.claims.vocabulary import list_small_words

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
BARRING = ("for #", "until #", "till #", "until at #", "before #", "before at #", "by #", "# before")
MEASURED = ("measured", "tested", "recorded", "analysed", "analyzed", "assayed", "determined")
ENDURING = ("lasting", "holding", "seeing")
LIMITS = frozenset(["until", "till", "unless", "before"])
CONDITIONS = frozenset(["if", "once", "when", "whenever", "after", "unless", "until"])
GOING_ON = frozenset([",", ":", "then", "please", "who"])
THEM = frozenset(["you", "him", "her", "them", "me", "us", "people", "patients"])
FAILING = re.compile(r"\b(?:did not|didn't|does not|doesn't) \w+[^,;:]*$")
PASSIVE = ("was", "were")
BEING = (*PASSIVE, "is", "are", "be", "been")
STAYING = ("stay", "remain", "live", "sat", "sit", "stood")
PLACED = frozenset(["in", "at", "on", "with", "inside", "there", "near", "under", "aboard"])
STATES = frozenset(["remission", "pain", "place", "force", "use", "contact", "control"])
NEAREST = 6
PHRASE = 3
LEAVING = frozenset(["leave", "keep", "let", "rest", "wait"])
USING = frozenset(["wear", "use", "take", "apply", "put"])
IN_A_ROW = ("running", "in a row", "on end", "straight", "in succession", "consecutively")
KEPT = ("keep", "kept", "keeping")
CHANGED = ("state", "ending", "changing", "beginning")
ORDERED = {"treating": "course", "watching": "monitoring"}


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
        if setting.words.at(verb - 1) in ("should", "must") and verb > setting.low:
            return "window", ", to be so"
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
    is_apart = not {":", ";"}.isdisjoint(setting.words.words[first : setting.place])
    if is_apart or at == len(setting.hits) or setting.hits[at].first != first:
        return "", ""
    if setting.hits[at].cue.text in FORBIDDING:
        return "window", ", forbidden"
    if reading.role == "persistence" and setting.words.words[first] == "keep" and reading.rule.startswith("for"):
        return "window", ", to be kept so"
    is_kept = setting.words.words[first] == "keep" and not setting.words.at(first + 1).endswith("ing")
    if is_kept and reading.role in ("course", "administration") and reading.rule.startswith("for"):
        return "window", ", to be kept so"
    role = ORDERED.get(setting.hits[at].cue.code, "")
    is_lasting = reading.role == "persistence" and reading.rule.startswith("for #")
    return (role, ", ordered") if role and is_lasting and setting.is_ordered else ("", "")


def mend_staying(reading: Reading, setting: Setting) -> tuple[str, str]:
    """Somebody who stays somewhere does something: "the patient stayed in hospital for #", not "stayed well for #"."""
    verb, words = reading.hit, setting.words.words
    if (
        verb
        and reading.role == "persistence"
        and words[verb.first].startswith("keep")
        and setting.words.at(verb.last + 1) in THEM
    ):
        return ("other", " of somebody kept") if is_person(setting.words, verb.first, setting.low) else ("", "")
    if not verb or reading.role != "persistence" or not words[verb.first].startswith(STAYING):
        return "", ""
    if verb.last < setting.place and setting.words.at(verb.last + 1) == "on":
        at = bisect_left(setting.hits, verb.first, key=lambda hit: hit.first)
        near = setting.hits[at - 1] if at and setting.hits[at - 1].first >= setting.low else None
        is_put = near is not None and near.cue.code in CARE and verb.first - near.last <= PHRASE
        return ("course" if LONG.search(setting.quote) else "administration", " on the body") if is_put else ("", "")
    is_somewhere = verb.last + 2 < setting.place and setting.words.at(verb.last + 1) in PLACED
    said = set(words[verb.last + 1 : setting.place])
    is_state = any(hit.cue.code == "state" and verb.last < hit.first < setting.place for hit in setting.hits)
    is_state = is_state or bool(said & STATES)
    is_told = is_somewhere and not is_state and is_person(setting.words, verb.first, setting.low)
    return ("other", " of somebody staying") if is_told else ("", "")


def mend_keeping(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A treatment that is continued for a time is a course: "treatment should be continued for #", "continue ketamine for #"."""
    verb, words = reading.hit, setting.words.words
    is_up = verb is not None and words[verb.first] in KEPT and setting.words.at(verb.first + 1) == "up"
    is_kept = verb and verb.last < setting.place and (is_up or verb.cue.text.startswith(("continu", "carry")))
    if not verb or not is_kept or not setting.is_care or reading.role != "persistence":
        return "", ""
    is_theirs = (
        verb.first == setting.low
        or setting.words.at(verb.first - 1) in GOING_ON
        or is_person(setting.words, verb.first, setting.low)
    )
    if is_theirs and not setting.words.at(verb.last + 1).endswith("ing") and setting.words.at(verb.last + 1) != "to":
        return "course", ", of those treated"
    at = bisect_left(setting.hits, verb.first, key=lambda hit: hit.first)
    before = [hit.cue.code for hit in setting.hits[max(0, at - NEAREST) : at] if hit.first >= setting.low]
    named = [code for code in before if code in ("state", *CARE)]
    after = setting.words.at(verb.last + 1)
    is_bare = after in list_small_words("prepositions") or after.endswith(("ly", "ed")) or after == "to"
    is_object = setting.place - verb.last > 2 and not is_bare and not words[verb.first].endswith("ed")
    is_act = bool(named) and named[-1] in CARE
    is_told = words[verb.first].endswith("ed") or words[verb.first] == "kept"
    is_told = is_told and any(list_passives(words[setting.low : verb.first + 1], BEING))
    return ("course", ", of a treatment") if is_object or is_act or (is_told and not named) else ("", "")


def mend_field(reading: Reading, setting: Setting) -> tuple[str, str]:
    """Outside texts about care nothing is administered, and what is received or given for a time lasts."""
    if reading.rule.startswith("# visit") and WEEKS.search(setting.quote):
        return "follow_up", ", in weeks or more"
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
    if reading.role == "course" and is_provided(reading, setting):
        return "other", ", so far"
    if reading.role != "persistence" or not reading.rule.startswith("for #") or reading.governing in ENDURING:
        return "", ""
    said = setting.words.words[setting.low : setting.place]
    first = start_clause(setting.words, setting.place, setting.low)
    is_joined = (
        setting.words.at(first - 1) in ("and", "or")
        and setting.words.verbs[setting.place] == setting.words.verbs[first]
    )
    if is_joined and first - 1 > setting.low:
        first = start_clause(setting.words, first - 1, setting.low)
    clause = said[first - setting.low :]
    at = find_perfect(clause)
    is_bound = not CONDITIONS.isdisjoint(said)
    if at < 0:
        after = " ".join(setting.words.words[setting.place + 1 : setting.place + 4])
        is_row = not reading.governing and after.startswith(IN_A_ROW) and is_bound
        return ("other", ", as a condition") if is_row else ("", "")
    if LIMITS.intersection(clause[:at]):
        return "window", ", to have been"
    is_open = reading.governing in CHANGED or (not reading.governing and is_bound)
    if clause[at] != "had" and is_open:
        return "", ""
    return "other", ", so far"


def mend_length(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A course of hours is one administration; one that is ordered for days is advised."""
    if reading.role == "administration" and LONG.search(setting.quote) and setting.is_ordered:
        return "window", ", for days or more"
    if reading.role == "administration" and WEEKS.search(setting.quote):
        role = "follow_up" if reading.rule.startswith("# visit") else "course"
        return role, ", in weeks or more"
    is_span = reading.rule.startswith(("for #", "over #"))
    if reading.role == "administration" and is_span and LONG.search(setting.quote) and reading.governing == "infusing":
        return "course", ", for days or more"
    if reading.role == "course" and SHORT.search(setting.quote) and not LONG.search(setting.quote):
        return "administration", ", in hours or less"
    return "", ""


def mend_watching(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What was measured at a time or over weeks is followed up; what should be checked, or was for hours, is monitored."""
    if (
        reading.governing not in ("watching", "following")
        or reading.role not in ("monitoring", "follow_up")
        or reading.is_rate
    ):
        return "", ""
    is_plan = reading.governing == "following" and "will" in setting.clause and LONG.search(setting.quote)
    if not is_plan and (list_small_words("advised").intersection(setting.clause) or setting.is_ordered):
        return "monitoring", ", advised"
    verb = reading.hit
    is_kept = reading.hit is not None and reading.hit.cue.text.startswith(("observed", "watched", "monitored"))
    if is_kept and reading.rule.startswith("for") and SHORT.search(setting.quote) and not LONG.search(setting.quote):
        return "monitoring", ", in hours or less"
    is_told = bool(verb and setting.words.words[verb.first].endswith("ed"))
    if verb and setting.words.at(verb.first - 1) in ("is", "are", "be"):
        is_told = False
    if not (is_told or list_small_words("told").intersection(setting.clause)):
        return "", ""
    is_brief_watch = SHORT.search(setting.quote) and not LONG.search(setting.quote)
    is_watch = is_brief_watch and (
        reading.governing == "watching"
        or reading.rule.startswith(SPANS)
        or bool(verb and setting.words.words[verb.first] in MEASURED)
    )
    return ("monitoring" if is_watch else "follow_up"), ", told of"


def mend_limit(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A clause that begins with "no", or an order that runs until or before a time, advises; a past one before it tells."""
    words, place, low = setting.words, setting.place, setting.low
    if reading.rule.startswith(AHEAD) and reading.role == "window" and is_told_of(setting):
        return "other", ", told of"
    is_beside = reading.rule.startswith("in #") and words.words[place + 1 : place + 2] in (["before"], ["after"])
    if reading.rule.split(" +")[0] not in BARRING and not is_beside:
        return "", ""
    if words.words[low] in ("no", "not", "never") and words.verbs[place] == words.verbs[low]:
        return "window", ", barred"
    is_limit = not reading.rule.startswith("for") and reading.role != "course"
    return ("window", ", ordered") if is_limit and setting.is_ordered else ("", "")


def mend_deadline(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is ordered or has to be done within a time has a deadline."""
    is_opening = reading.hit is not None and not any(
        word.isalpha() for word in setting.words.words[setting.low : reading.hit.first]
    )
    is_ended = reading.governing == "ending" and is_opening and setting.is_ordered
    if not reading.rule.startswith(WITHIN) or not (reading.role in ("other", "onset") or is_ended):
        return "", ""
    is_asked = setting.is_ordered or is_due(setting.words, setting.place, setting.low)
    return ("window", ", to be done") if is_asked else ("", "")


STEPS: tuple[Callable[[Reading, Setting], tuple[str, str]], ...] = (
    mend_before,
    mend_forbidden,
    mend_stopping,
    mend_history,
    mend_deed,
    mend_staying,
    mend_possibility,
    mend_giving,
    mend_inability,
    mend_so,
    mend_again,
    mend_bounded,
    mend_common,
    mend_predicate,
    mend_handling,
    mend_criterion,
    mend_wait,
    mend_cleft,
    mend_allowed,
    mend_loss,
    mend_lack,
    mend_absence,
    mend_means,
    mend_going_on,
    mend_keeping,
    mend_field,
    mend_order,
    mend_degree,
    mend_result,
    mend_list,
    mend_watching,
    mend_limit,
    mend_denial,
    mend_growing,
    mend_coming,
    mend_placing,
    mend_deadline,
    mend_advice,
    mend_permitted,
    mend_condition,
    mend_order_after,
    mend_length,
    mend_measured,
    mend_rate,
    mend_act,
    mend_one,
    mend_range,
    mend_after,
    mend_rhythm,
    mend_brief,
)


def read_order(setting: Setting) -> str:
    """Return the role of a time for which something is ordered: a treatment, one that is left alone, or a chore."""
    said = frozenset(setting.words.words[setting.low : setting.place])
    if not setting.is_care:
        is_left = said & LEAVING and (LONG.search(setting.quote) or "alone" in said)
        return "window" if is_left else "other"
    if is_brief(setting.quote):
        return "administration"
    return "course" if said & USING else "window"


def is_told_of(setting: Setting) -> bool:
    """Tell whether a clause tells of the past and advises nothing."""
    said = setting.clause
    is_past = list_small_words("told").intersection(said) or any(word.endswith("ed") for word in said)
    return bool(is_past) and not list_small_words("advised").intersection(said) and not setting.is_ordered


def is_treated(words: Words, place: int, low: int) -> bool:
    """Tell whether something was done to the subject of a clause: "the seeds were stratified for #"."""
    return any(list_passives(words.words[start_clause(words, place, low) : place], PASSIVE))


def is_told_first(words: Words, place: int, low: int, high: int) -> bool:
    """Tell whether a time opens a sentence about what somebody does: "For # they ate only rice"."""
    opens = place - low <= 2 and place + 2 < high
    first = place + 1 if opens and words.at(place + 1) != "," else place + 2
    last = min(high, first + PHRASE)
    verb = next((at for at in range(first + 1, last) if words.verbs[at + 1] > words.verbs[at]), -1) if opens else -1
    return verb > 0 and is_person(words, verb, place + 1) and not is_being(words.words[verb : verb + 2])


def read_doing(setting: Setting) -> tuple[str, str]:
    """Return the role of a time after "for" that no word governs, and the rule.

    What somebody does for a time, or what goes on for minutes, says nothing of an effect; an order in a text about care
    is an advice, for minutes one treatment.
    """
    words, place, low = setting.words, setting.place, setting.low
    if setting.is_ordered:
        return read_order(setting), "for # in an order"
    if setting.is_care and is_receiving(setting):
        return "course", "for # of a treatment received"
    if is_treated(words, place, low):
        return "other", "for # of something done"
    if is_doing(words, place, low) or is_told_first(words, place, low, setting.high):
        return "other", "for # of somebody doing"
    clause = words.words[start_clause(words, place, low) : place]
    if not setting.is_care and {"°", "degrees", "℃"}.intersection(clause):
        return "other", "for # at a temperature"
    is_failing = FAILING.search(" ".join(words.words[low:place]))
    if is_brief(setting.quote) and not is_state(words, place, low) and not is_failing:
        return ("administration" if setting.is_care else "other"), "for # of minutes"
    if SHORT.search(setting.quote) and not LONG.search(setting.quote) and is_passive(clause):
        return ("administration" if setting.is_care else "other"), "for # of what is done"
    return "persistence", "for #"


def is_passive(clause: Sequence[str]) -> bool:
    """Tell whether a clause says what is done to somebody: "rats were restrained"."""
    return next(list_passives(clause, BEING), False)


def list_passives(clause: Sequence[str], verbs: Sequence[str]) -> Iterator[bool]:
    """Yield for each form of "to be" in a clause whether a participle follows."""
    for word, after in pairwise([*clause, ""]):
        if word in verbs:
            yield after.endswith("ed") or after in list_participles()
