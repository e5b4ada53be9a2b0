"""Decide the role of a time in its document, where its own sentence may be silent.

Law of the room: the words of the sentence come first, then the time before it, then the table and heading above, last the
frame by itself; every step names its rule.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from howlong.claims.asking import find_question, pose
from howlong.claims.clauses import is_state, list_orders, list_within, load_doers
from howlong.claims.context import Context, Paragraph
from howlong.claims.cues import TIME, Cue, Hit, Words
from howlong.claims.frames import Frame
from howlong.claims.roles import Reading
from howlong.claims.tempering import DONE, SPANS, Setting, read_doing, temper
from howlong.claims.vocabulary import list_small_words

UNSAID = frozenset(
    [
        "nothing",
        "state",
        "treating",
        "giving",
        "infusing",
        "past",
        "working",
        "doing",
        "event",
        "applying",
        "permitting",
    ]
)
AMOUNT_PER = re.compile(
    r"\b(?:each year|every year|annually|decades?|centur|minutes of|minutes? (?:a|per)|hours? (?:a|per)|(?:days|nights) (?:a|per|out of))\b",
    re.I,
)
AVERAGE = frozenset(["median", "mean", "average"])
ROUTINE = re.compile(r"\b(?:(?:times|twice) (?:(?:a|per|each|every) (?:day|week)|daily|weekly)|nightly)\b", re.I)
ONE = re.compile(r"(?!.*\b(?:once|twice|times?)\b)(?:.*\s)?(?:an?|one)\s\w+$", re.I)
SO_MUCH = re.compile(r"\b(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?)\b.*\b(?:an?|one)\s\w+$", re.I)
ANCHORS = frozenset(
    ["after", "later", "before", "ago", "on", "from", "earlier", "into", "apart", "since", "afterwards"]
)
JOINED = frozenset(["and", "then", "or"])
UNDER = frozenset(["if", "unless", "because"])
GAPS = frozenset([",", ";", "and", "but", "or"])
LONGEST_GAP = 7
RECURRING = frozenset(["state", "beginning", "holding", "ending"])
CARED = frozenset(
    ["treating", "giving", "infusing", "applying", "watching", "following", "advising", "working", "doing"]
)
SUBORDINATE = frozenset(["after", "before", "when", "once", "if", "since", "until", "unless", "because"])
EXPECTING = frozenset(["expect", "notice", "feel", "see", "hear", "be"])
NEEDING = frozenset(["need", "have", "take", "use", "get", "do", "give", "apply", "come"])
SETTLED = ("course", "onset")
BARE = ("#", "is #", "take #")
TELLS = 2
SHARED = 5.0
SHARERS = 5
OPENING = 3
FARTHEST = 150  # words of a sentence that are looked at on either side of a time
SURE = 10.0
PLAIN = 8.0
HEAD = 13.0
ASKING = ("last", "wear", "stay", "to work", "take effect", "kick")


class Stated(Protocol):
    """A time as the reader of quantities gives it."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...


def decide_role(context: Context, paragraph: Paragraph, place: int, amount: Stated) -> Reading:
    """Return the role of a time.

    Its own sentence decides; else the time before it in the same sentence, whose words it shares; else the column, label or
    heading above; else its frame.
    """
    book = context.codebook.roles
    first, last = paragraph.bounds(place)
    low, high = max(first, place - FARTHEST), min(last, place + FARTHEST)
    hits = list_within(paragraph.hits("role"), low, high)
    quote = context.document.text[amount.start : amount.end]
    kind = "duration" if is_point(paragraph.words, place, quote) else amount.kind
    reading = book.read(paragraph.words, hits, place, low, high, kind, quote)
    frame = reading.frame
    column = read_column(context, amount)
    if column:
        reading = column
    elif frame and not frame.always:
        reading = follow_before(paragraph, place, low, reading, frame is book.rate, book.frames[-1]) or reading
    asked = read_question(context, paragraph, place, low, high, amount, reading)
    if asked:
        reading = asked
    elif not reading.role or (reading.rule.startswith("# + ") and reading.governing in UNSAID):
        reading = read_above(context, amount, reading) or reading
    is_care = context.subjects.at(amount.start)[0]
    setting = Setting(paragraph.words, hits, place, low, high, is_care, quote)
    if not reading.role and frame:
        role, rule = default_role(frame, is_care, quote), reading.rule
        if frame.state and not is_care and place - low > TELLS and is_state(paragraph.words, place, low):
            role = frame.state
        if "over #" in frame.cues and AVERAGE.intersection(paragraph.words.words[place - 3 : place]):
            role = "follow_up"
        if role == "persistence" and frame is book.span:
            role, rule = read_doing(setting)
        reading = Reading(role, rule, reading.hit, "", frame)
    reading = temper(reading, setting)
    paragraph.readings.append((place, reading, amount.kind))
    return reading


def is_point(words: Words, place: int, quote: str) -> bool:
    """Tell whether what looks like a rate is one time with what it is counted from: "a year after the ban"."""
    following = words.at(place + 1)
    return bool(ONE.match(quote)) and not SO_MUCH.search(quote) and following in ANCHORS


def follow_before(
    paragraph: Paragraph, place: int, low: int, reading: Reading, is_rate: bool, bare: Frame
) -> Reading | None:
    """Return the role that a time shares with the time before it in its sentence, None where it has its own words.

    "Once a week for six weeks" is a course of what is given once a week; "numb for two hours, the lip for three" says
    the same of both.
    """
    if not paragraph.readings:
        return None
    course = follow_rate(paragraph, place, low, reading)
    if course:
        return course
    if is_rate:
        alike = follow_alike(paragraph, place, low, reading)
        if alike:
            return alike
    before, earlier, kind = paragraph.readings[-1]
    if is_rate and (earlier.role != "monitoring" or reading.role not in ("", "other")):
        return None
    is_own = reading.hit and reading.hit.first > before and (reading.governing or not is_rate)
    is_own = is_own and not is_gapped(paragraph.words, before, place, earlier, reading)
    is_joined = not is_rate or not JOINED.isdisjoint(paragraph.words.words[before:place])
    if not low <= before < place or is_own or not is_joined:
        return None
    if kind == "frequency" and not is_rate:
        is_span = (
            reading.frame is bare or any(cue.startswith(SPANS) for cue in reading.frame.cues)
            if reading.frame
            else False
        )
        if not is_span or paragraph.words.distance(before, place) > SHARED:
            return None
        role = {"monitoring": "monitoring", "other": "course", "dosing_interval": "course"}.get(earlier.role, "")
        if earlier.role == "other" and is_recurring(paragraph, before, low):
            role = "persistence"
        return Reading(role, "so often, so long", Hit(Cue(TIME, "time", role), before, before), "") if role else None
    if reading.rule.startswith("up to #") and earlier.frame is not reading.frame and not reading.governing:
        reading = replace(reading, frame=bare)
    if not UNDER.isdisjoint(paragraph.words.words[before:place]) and reading.frame is not bare:
        return None
    is_settled = reading.frame is not None and reading.frame.default in SETTLED
    is_other = is_settled or earlier.role != "persistence"
    if not is_rate and is_other and reading.frame not in (earlier.frame, bare):
        return None
    return Reading(
        earlier.role,
        "as the time before",
        Hit(Cue(TIME, "time", earlier.role), before, before),
        earlier.governing,
        earlier.frame,
    )


def follow_alike(paragraph: Paragraph, place: int, low: int, reading: Reading) -> Reading | None:
    """Return the role of a rate that follows another one in its clause: "daily for a week, then every 3 months"."""
    words = paragraph.words
    for before, earlier, kind in paragraph.readings[:-SHARERS:-1]:
        if before < low or words.verbs[place] > words.verbs[before] or ";" in words.words[before:place]:
            return None
        is_own = bool(reading.governing and reading.hit and before < reading.hit.first)
        if kind == "frequency" and not is_own:
            shared = Hit(Cue(TIME, "time", earlier.role), before, before)
            return Reading(earlier.role, "as often as before", shared, earlier.governing, earlier.frame)
    return None


def is_gapped(words: Words, before: int, place: int, earlier: Reading, reading: Reading) -> bool:
    """Tell whether a time leaves out the verb of lasting before it: "keeps for a year; chops and steaks for six months"."""
    between = words.words[before + 1 : place]
    is_short = bool(between) and between[0] in GAPS and len(between) <= LONGEST_GAP and reading.rule.startswith("for #")
    return is_short and earlier.role == "persistence" and earlier.frame is reading.frame and reading.governing in DONE


def is_recurring(paragraph: Paragraph, place: int, low: int) -> bool:
    """Tell whether it is a state or event that comes so often: "quakes occurred every day for #", "trouble sleeping"."""
    named = {hit.cue.code for hit in list_within(paragraph.hits("role"), low, place)}
    return bool(named & RECURRING) and not named & CARED


def follow_rate(paragraph: Paragraph, place: int, low: int, reading: Reading) -> Reading | None:
    """Return the course of what is given at a rate, where another time stands between: "weekly, in sessions of #, for #"."""
    is_span = reading.frame is not None and "for #" in reading.frame.cues and not reading.role
    if not is_span or place - 2 < low or paragraph.words.at(place - 2) != ",":
        return None
    for before, earlier, kind in paragraph.readings[-2:-4:-1]:
        if before >= low and kind == "frequency" and earlier.role == "dosing_interval":
            return Reading("course", "so often, so long", Hit(Cue(TIME, "time", "course"), before, before), "")
    return None


def read_column(context: Context, amount: Stated) -> Reading | None:
    """Return the role that the head of a table's column gives to a cell, None outside a table."""
    head = context.column(amount.start)
    cue = context.search("role", head, UNSAID, PLAIN) if head else None
    role = context.codebook.roles.meaning.get(cue.code, "") if cue else ""
    return Reading(role, f"column '{cue.text}'", None, cue.code) if cue and role else None


def read_question(
    context: Context, paragraph: Paragraph, place: int, low: int, high: int, amount: Stated, reading: Reading
) -> Reading | None:
    """Return the role that the question above gives to a time that answers it, None where its own words decide."""
    frame = reading.frame
    if not frame or (reading.hit and low <= reading.hit.first < place and reading.governing):
        return None
    if not (is_fragment(paragraph.words, place, low, high) or is_open(reading)):
        return None
    passage = context.document.passages.at(amount.start)
    posed = pose(find_question(context.document, passage))
    if not posed or posed[2] != amount.kind:
        return None
    book = context.codebook.roles
    words, stands, kind = posed
    asked = book.read(words, book.words.find(words.words), stands, 0, len(words.words), kind)
    role = asked.role or read_request(words)
    if not role:
        return None
    asked = replace(asked, role=role)
    said = asked.hit.cue.text if asked.hit else asked.rule
    return replace(asked, rule=f"question '{said}'", hit=None)


def read_request(words: Words) -> str:
    """Return the role that a question without a governing word asks for: when one may act, how often one needs something."""
    said = words.words
    if said[0] in ("can", "may", "should", "could", "must") and EXPECTING.isdisjoint(said) and "every" not in said:
        return "window" if "after" in said else ""
    return "dosing_interval" if "every" in said and not NEEDING.isdisjoint(said) else ""


def is_open(reading: Reading) -> bool:
    """Tell whether no word ties a time to its sentence."""
    return not reading.role and bool(reading.frame and any(name in reading.frame.cues for name in BARE))


def is_fragment(words: Words, place: int, low: int, high: int) -> bool:
    """Tell whether a sentence is an answer without a verb: "Two to three weeks after the second dose"."""
    is_anchored = place + 1 < high and words.at(place + 1) in SUBORDINATE
    said = words.words[low : place + 1 if is_anchored else high]
    return place - low <= OPENING and not (list_small_words("finite") | list_orders()).intersection(said)


def read_above(context: Context, amount: Stated, reading: Reading) -> Reading | None:
    """Return the role that the labels, caption or heading above a time give, None where they say nothing.

    A heading speaks only of a time that no word ties to its sentence.
    """
    frame, book = reading.frame, context.codebook.roles
    if frame is None or frame.default not in ("other", "follow_up") or frame is book.rate:
        return None
    passage = context.document.passages.at(amount.start)
    if passage.kind == "heading":
        return None
    texts = [("label", context.document.text[above.start : above.end]) for above in context.labels(passage)]
    if any(name in frame.cues for name in BARE):
        texts.append(("heading", passage.section))
    for rule, text in texts:
        cue = context.search("role", text, UNSAID, SURE)
        role = book.meaning.get(cue.code, "") if cue else ""
        if cue and role and (rule == "label" or cue.weight >= HEAD or cue.text.startswith(ASKING)):
            return Reading(role, f"{rule} '{cue.text}'", None, cue.code)
    return None


def default_role(frame: Frame, is_care: bool, quote: str) -> str:
    """Return the role of a time that no word governs.

    In a text about care a rate is that of doses, unless it counts years or amounts of time; elsewhere only what is done
    so many times a day or week is.
    """
    role = (frame.care if is_care else "") or frame.default
    if frame.care == "dosing_interval":
        is_dosed = not AMOUNT_PER.search(quote) and not counts_people(quote) and (is_care or ROUTINE.search(quote))
        return "dosing_interval" if is_dosed else frame.default
    return role


def counts_people(quote: str) -> bool:
    """Tell whether a rate counts people: "five clients a week"."""
    return bool(load_doers().find(Words(quote, 0, len(quote)).words))
