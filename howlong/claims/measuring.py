"""Read what is watched or done so often, what is not so until a time, and what is at its greatest then.

Law of the room: a step mends a role and names its reason, or leaves it to the next.
"""

from __future__ import annotations

import re

from howlong.claims.clauses import (
    end_clause,
    is_person,
    start_clause,
    start_predicate,
)
from howlong.claims.cues import TIME
from howlong.claims.heads import ATTRIBUTE
from howlong.claims.roles import Reading
from howlong.claims.setting import AHEAD, BRIEF, CARE, NEGATION, UNTIL, Setting, is_brief
from howlong.claims.vocabulary import list_small_words

NEAREST = 6
PHRASE = 3
BEFORE = frozenset(["after", "following"])
DAYS = re.compile(r"\b(?:days|nights) (?:a|per)\b", re.I)
SUPERLATIVE = re.compile(
    r"(?:quick|fast|rapid|steep|sharp|strong|weak|big|larg|small|hard|heavi|bright|dark|loud|deep|most )\w*est"
)
UNTIL_SEEN = ("beginning", "seeing", "peaking", "ending")
DENIED = ("for #", *UNTIL)
TAKING = ("take", "taking", "took", "draw", "drew", "collect", "record")
ASKED = re.compile(
    r"\b(?:is|are|was|were|be|been) (?:\w+ly )?(?:contacted|interviewed|questioned|asked|telephoned|phoned|examined|compared|weighed|counted|tested|sampled|scanned|photographed|inspected|checked)\b"
)
GREATEST = re.compile(
    r"\b(?:is|are|was|were|be|becomes?|became) (?:at (?:its|their) )?(?:\w+ly )?(?:best|worst|complete|most \w+|\w{3,}est)(?: (?:in|during|within|on|at|around|over|after|by|the)){0,3}(?: first)?$"
)
PRESENT = ("are", "is", "be")
GOING = ("keep", "kept", "continu", "go", "went")
COLLECTED = (
    "at",
    "after",
    "first #",
    "in first",
    "within",
    "until",
    "during",
    "# after",
    "on at",
    "over",
    "for #",
    "past #",
    "# later",
)
GRADED = ("beginning", "changing", "holding", "seeing", "watching", "following", "acting")
BESIDE = 6
RESULTING = ("at", "after", "over", "within", "across", "during", "in", "# on", "# after", "# later", "by")
LIST = re.compile(r"\w(?:,| and) .*\band \w")
SHARES = frozenset(["%", "cent", "points"])
ASIDES = ("of", "at", "in", "with", "by")


def mend_measured(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is taken of a body or a thing to be looked at is monitored: "blood was taken weekly", "readings are made every #"."""
    if reading.role not in ("dosing_interval", "other") or not (reading.is_rate or reading.rule.startswith(COLLECTED)):
        return "", ""
    words, place = setting.words.words, setting.place
    first = start_predicate(setting.words, place, setting.low)
    verb = next((at for at in range(place - 1, first, -1) if words[at] in list_small_words("collecting")), first)
    taken = next((at for at in range(place - 1, first - 1, -1) if words[at].startswith(TAKING)), place)
    said = [*words[max(first, verb - NEAREST) : verb], *words[taken + 1 : min(place, taken + 1 + PHRASE)]]
    things = list_small_words("measured").intersection(said)
    gauged = list_small_words("gauging").intersection(words[first:place])
    beside = list_small_words("measured").intersection(words[max(first, place - NEAREST) : place])
    if reading.is_rate and (gauged or beside) and reading.governing not in CARE:
        return "monitoring", ", measured"
    if reading.is_rate and ASKED.search(" ".join(words[first:place])):
        return "monitoring", ", asked"
    if things and not reading.is_rate:
        return "follow_up", ", measured"
    return ("monitoring", ", measured") if things else ("", "")


def mend_rate(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is ordered so often, or done so often for so long, is given at intervals: "Skim it every other day"."""
    if not reading.is_rate or reading.role != "other":
        return "", ""
    if setting.is_ordered and (setting.is_care or (not BRIEF.search(setting.quote) and "hour" not in setting.quote)):
        return "dosing_interval", ", ordered"
    following = setting.words.words[setting.place + 1 : setting.place + 5]
    is_bound = setting.is_care and following[:1] == ["for"] and TIME in following and not DAYS.search(setting.quote)
    return ("dosing_interval", ", for so long") if is_bound else ("", "")


def start_subject(setting: Setting) -> int:
    """Return the first word of the clause of a time with its subject, before an aside: "the maximum, of 3 °C, was reached"."""
    words = setting.words.words
    first = start_clause(setting.words, setting.place, setting.low)
    for _ in range(2):
        is_cut = first - 1 > setting.low and words[first - 1] == ","
        if is_cut and (words[first] in list_small_words("auxiliaries") or words[first] in ASIDES):
            first = start_clause(setting.words, first - 1, setting.low)
    return first


def mend_result(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is counted or compared at a time is a result: "quit rates at # were 23% and 19%"."""
    if reading.role not in ("onset", "other") or not reading.rule.startswith(RESULTING):
        return "", ""
    words = setting.words
    first = start_predicate(words, setting.place, setting.low)
    said = words.words[first : end_clause(words, setting.place, setting.low, setting.high, opens=True)]
    is_number = any(word[0].isdigit() for word in said)
    is_share = reading.governing in ("changing", "falling") and not SHARES.isdisjoint(
        words.words[first : setting.place]
    )
    is_result = is_share or list_small_words("statistics").intersection(said)
    return ("follow_up", ", a result") if is_number and is_result else ("", "")


def mend_list(reading: Reading, setting: Setting) -> tuple[str, str]:
    """Several times in one list are those at which somebody looks: "at 4, 8 and 12 weeks"."""
    is_look = reading.role in ("follow_up", "monitoring") and not reading.is_rate
    is_list = is_look and bool(LIST.search(setting.quote))
    return ("monitoring", ", a list of times") if is_list else ("", "")


def mend_degree(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What comes in full, or is seen at its greatest, is at its peak: "becomes fully numb by #", "the worst symptoms occur in #"."""
    before = " ".join(setting.words.words[max(setting.low, setting.place - NEAREST) : setting.place])
    is_settled = reading.frame is not None and bool(reading.frame.always)
    if not is_settled and reading.role in ("onset", "other", "follow_up", "persistence") and GREATEST.search(before):
        return "peak", ", at its greatest"
    is_graded = reading.governing in GRADED or (not reading.governing and reading.role == "onset")
    if not is_graded or reading.is_rate or reading.role not in ("onset", "follow_up", "monitoring"):
        return "", ""
    words, place = setting.words.words, setting.place
    first = start_subject(setting)
    last = end_clause(setting.words, place, setting.low, setting.high, opens=False)
    if setting.words.verbs[last] == setting.words.verbs[first] or "|" in words[first:last]:
        return "", ""
    said = [*words[first:place], *words[place + 1 : min(last, place + 1 + BESIDE)]]
    is_full = list_small_words("utmost").intersection(said) or any(SUPERLATIVE.fullmatch(word) for word in said)
    return ("peak", ", to the full") if is_full else ("", "")


def mend_denial(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is denied until a time comes with it: "may not feel better for #", "did not plateau until #"."""
    verb = reading.hit
    if not verb or verb.last > setting.place or not reading.rule.startswith(DENIED):
        return "", ""
    said = " ".join(setting.words.words[max(setting.low, verb.first - 3) : verb.last + 1])
    is_until = not reading.rule.startswith("for")
    is_plateau = verb.cue.text.startswith("plateau")
    if not is_plateau and reading.governing not in (UNTIL_SEEN if is_until else ("beginning", "peaking")):
        return "", ""
    if reading.governing == "ending" and not verb.cue.text.startswith(("not ", "never", "no ", "none")):
        return "", ""
    role = "peak" if reading.governing == "peaking" or "plateau" in said else "onset"
    return (role, ", denied") if NEGATION.search(said) else ("", "")


def mend_growing(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What goes on changing until a time is at its peak then: "keeps climbing until #", "continues to fall until #"."""
    verb, words = reading.hit, setting.words.words
    if not verb or reading.governing != "lasting" or not reading.rule.startswith(UNTIL):
        return "", ""
    said = range(verb.last + 1, min(setting.place, verb.last + PHRASE + 1))
    is_change = any(hit.cue.code in ("changing", "falling") and hit.first in said for hit in setting.hits)
    return ("peak", ", still changing") if is_change and words[verb.first].startswith(GOING) else ("", "")


def mend_coming(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What comes some time before another thing begins then; whom somebody has seen at a time is followed up."""
    words, place = setting.words.words, setting.place
    if reading.role == "window" and reading.rule.startswith(AHEAD) and words[place - 1] in list_small_words("coming"):
        return "onset", ", coming"
    verb = reading.hit
    if verb and reading.governing == "seeing" and verb.last < place and words[verb.first] == "seen":
        before = setting.words.at(verb.first - 1)
        is_present = before in PRESENT or setting.words.at(verb.first - 2) in PRESENT
        at = verb.first - 1 - before.endswith("ly") if is_present else verb.first
        is_people = is_person(setting.words, at, setting.low)
        return ("monitoring" if is_present else "follow_up", ", of people") if is_people else ("", "")
    return "", ""


def mend_before(reading: Reading, setting: Setting) -> tuple[str, str]:
    """The length of what comes before an effect is none of it: "after a 20-minute nap, grogginess lasted #"."""
    if reading.role not in ("persistence", "onset") or reading.governing in ("subject", "state"):
        return "", ""
    before = setting.words.words[max(setting.low, setting.place - PHRASE) : setting.place]
    is_later = reading.hit is None or reading.hit.first > setting.place or reading.rule.startswith("after #")
    if not is_later or not ATTRIBUTE.search(setting.quote) or BEFORE.isdisjoint(before):
        return "", ""
    is_treatment = setting.is_care and is_brief(setting.quote)
    return ("administration" if is_treatment else "other"), ", of what came before"
