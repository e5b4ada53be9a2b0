"""Tell the turns of phrase in which words of time state no amount, and those in which a lone word of time states one.

Law: a turn counts only as it is worded here or in contexts.txt; whatever else stands there is read as it says.
"""

from __future__ import annotations

import re

from howlong.quantities import contexts
from howlong.quantities.surroundings import ready

ONE_DAY = re.compile(r"one (?:day|morning|evening|afternoon|night)", re.IGNORECASE)
NEXT_WORD = re.compile(r",?\s+([A-Za-z]+)(?:\s+(?:hour|day|night|week|month|year)\b)?")
TO_THE_NEXT = re.compile(r"\s+to the next\b")
KIND_OF = re.compile(r"[-‑ ]([a-z]+)\b")
PARTS_OF_DAY = frozenset({"morning", "evening", "afternoon", "night"})
CLOCK = re.compile(
    r"\s+(?:o['’]clock|in the (?:morning|evening|afternoon|night|early hours|small hours)|at night|sharp)\b"
)
# "half past ten", "ten to five"
HOURS = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9])"
MINUTES = "(?:five|ten|twenty|twenty[- ]five|(?:[Aa] )?quarter|half|20|25|10|5)"
PAST = f"(?i:{MINUTES}(?: minutes)?)"
PAST_HOUR = rf"[- ]past {HOURS}\b"
BEHIND_PAST = rf"(?i:\b{MINUTES}(?: minutes)?[- ]past[- ]$)"
TO_HOUR = f"(?i:{MINUTES} to {HOURS})"
CLAUSE_END = re.compile(r"\s*(?:[.,;:!?)—–]|$)|\s+(?:and|or|but|before|until|while|when|then|to|without)\b")
YEAR_END = re.compile(
    r"\s*(?:[.,;:!?)—–]|$)|\s+(?:on|onwards?|after|and|but|or)\b"
    r"|\s+of (?:treatment|therapy|use|life|growth|storage|observation|follow-?up|the (?:study|trial|experiment|project))\b"
)
FIVES = frozenset({"fiv", "ten", "twe", "qua", "a q", "20 ", "25 ", "10 "})
BUSINESS = r" of (?:operation|business|opening|service|trading|attendance)\b"
SHORTEST_TO = len("5 to 10")
AFTER_HOUR = frozenset({" o", " i", " a", " s", " p", "-p"})
BEFORE_HOUR = ("and ", "to ", "il ", "ill ", "past ", "past-")
IN_ROW = r"\s+(?:running|in a row|in succession|straight)\b(?!\s+[a-z]+ing\b)"
ENDED = re.compile(r"\s*(?:[.,;:!?)—–]|$)")
# "Years of drought followed", not "Days of the week" or "Hours of operation"
OPENING = frozenset({"", *'.!?:;—–"”’“‘('})
SPENT_ON = r" of (?!the\b|a\b|an\b|its\b|his\b|her\b|their\b|our\b|my\b|operation|opening|work\b|business|service|age\b|birth|attendance|issue|rest\b|each|all\b)"
# "the minutes of its last meeting", "the minutes showed"
RECORDED = r"\s+(?:of|from|for)\s+(?:[\w’'-]+\s+){0,5}?(?:meetings?|gatherings?|sessions?|hearings?|assembly|conference|committee|board|council|talks)\b"
KEPT = r"\s+(?:show|record|reveal|note|suggest|released?|published|said|say|state)(?:s|d|ed)?\b"
# "out of hours", "after hours trading"
CLOSED_SHOP = r"\s+(?:trad|deal|market|session|clinic|club|service|email|quot|drink)"
MARKS = '.!?:;,—–”"’'


def split_last(before: str, count: int) -> list[str]:
    """Return the last words before an amount, in small letters."""
    return before[-60:].lower().split()[-count:]


def is_turn(text: str, start: int, end: int, unit: str, before: str) -> bool:
    """Tell whether one time ("a day", "one morning") is a turn of phrase that states no amount."""
    if unit in PARTS_OF_DAY and is_kind(text, end):
        return True  # "two morning samples"
    first = text[start].lower()
    if first == "o":
        return TO_THE_NEXT.match(text, end) is not None or is_once(text, start, end, before)
    if first not in "ae":
        return False
    if is_kind(text, end):
        return True
    if first == "e":
        return False
    if text.startswith("good ", start + 2):
        return contexts.load_words("good time").has(contexts.find_last(before))
    return (
        unit in PARTS_OF_DAY
        and contexts.find_last(before) == "of"
        and not contexts.load_words("part of time").has(contexts.find_two(before)[0])
    )


def is_once(text: str, start: int, end: int, before: str) -> bool:
    """Tell whether "one day" tells when something happened: "then one day the dam broke", not "one day a week"."""
    follow = NEXT_WORD.match(text, end) if ONE_DAY.fullmatch(text, start, end) else None
    if follow is None or not contexts.load_words("subject").has(follow[1].lower()):
        return False
    if follow[1] in ("a", "an") and follow.end() > follow.end(1):
        return False
    opened = before.rstrip()
    return not opened or opened[-1] in MARKS or contexts.load_words("once behind").has(contexts.find_last(before))


def is_kind(text: str, end: int) -> bool:
    """Tell whether a time says what kind of thing follows: "a day case", not "two nights"."""
    kind = KIND_OF.match(text, end) if text[end - 1] != "s" else None
    return kind is not None and contexts.load_words("time kind").has(kind[1])


def is_passing(text: str, end: int, before: str) -> bool:
    """Tell whether "one hot season" goes over "to the next" and is no length."""
    return before.endswith("from ") and TO_THE_NEXT.match(text, end) is not None


def is_clock(text: str, start: int, end: int, before: str) -> bool:
    """Tell whether a bare number is an hour of the day: "at nine in the evening", "half past ten", "at ten to five"."""
    after = text[end : end + 2]
    if after in AFTER_HOUR:
        if after[1] == "p":
            if text.startswith("past", end + 1) and ready(PAST_HOUR).match(text, end):
                return ready(PAST).fullmatch(text, start, end) is not None
        elif CLOCK.match(text, end):
            return contexts.load_words("clock before").has(contexts.find_last(before))
    if (
        end - start > SHORTEST_TO
        and " to " in text[start:end]
        and text[start : start + 3].lower() in FIVES
        and ready(TO_HOUR).fullmatch(text, start, end)
    ):
        placed = contexts.find_last(before) in ("at", "by", "until", "till")
        return CLAUSE_END.match(text, end) is not None and (placed or "uarter" in text[start:end])
    if not before.endswith(BEFORE_HOUR):
        return False
    if before[-2] == "t" or before[-1] == "-":
        return ready(BEHIND_PAST).search(before) is not None
    return contexts.find_two(before)[0] in ("midnight", "noon", "midday")


def is_in_row(text: str, end: int) -> bool:
    """Tell whether times follow each other: "the third year running"."""
    return text[end : end + 2] in (" r", " i", " s") and ready(IN_ROW).match(text, end) is not None


def is_counted_year(text: str, end: int, before: str) -> bool:
    """Tell whether "third year" counts from a start: "until the third year", not "a third year student"."""
    if is_in_row(text, end):
        return True
    first, last = contexts.find_two(before)
    placed = last in ("the", "its", "their") and contexts.load_words("year from").has(first)
    return placed and YEAR_END.match(text, end) is not None


def is_lately(text: str, end: int, before: str) -> bool:
    """Tell whether a lone time is the one up to now: "in the last year"; "in the last year of the war" is a part of it."""
    if not before.endswith(("last ", "next ", "coming ")):
        return False
    words = split_last(before, 3)
    if len(words) < 3 or words[1] != "the" or words[2] not in ("last", "next", "coming"):
        return False
    return words[0] in ("in", "over", "during", "for", "throughout") and not text.startswith(" of", end)


def is_second(text: str, end: int, before: str) -> bool:
    """Tell whether "a second" before these words is an amount: "for a second", not "for a second time"."""
    first, last = contexts.find_two(before)
    lasting = last == "a" and first in ("for", "lasts", "lasted", "takes", "took")
    return lasting and before.endswith("a ") and CLAUSE_END.match(text, end) is not None


def is_scale(before: str) -> bool:
    """Tell whether a bare plural is what something is measured in, and no amount: "age was measured in months"."""
    words = split_last(before, 4) if before.endswith("ed in ") else []
    if len(words) < 3 or words[-2] not in ("counted", "measured"):
        return False
    told = words[0] if words[-3] in ("is", "are") else words[-3]
    return contexts.load_words("scale").has(told)


def is_other_word(text: str, end: int, unit: str, before: str) -> bool:
    """Tell whether "minutes" are a record of a meeting, "hours" those of business."""
    if unit == "minute":
        if text.startswith((" of ", " from ", " for "), end):
            return ready(RECORDED).match(text, end) is not None
        return contexts.find_last(before) in ("the", "its", "their") and ready(KEPT).match(text, end) is not None
    if unit != "hour":
        return False
    if text.startswith(" of ", end):
        return ready(BUSINESS).match(text, end) is not None
    return before.endswith("out of ") or (before.endswith("after ") and ready(CLOSED_SHOP).match(text, end) is not None)


def is_vague_time(text: str, end: int, before: str) -> bool:
    """Tell whether a bare plural states an amount by what it is part of: "years of tablets", "gone months without rain"."""
    if text.startswith(" of ", end):
        ended = before.rstrip()
        if ended[-1:] in OPENING or "\n" in before[len(ended) :]:
            return ready(SPENT_ON).match(text, end) is not None
        return contexts.load_words("bare before of").has(contexts.find_last(before))
    if text.startswith(" without", end):
        return not contexts.load_words("bare without").has(contexts.find_last(before))
    words = split_last(before, 4)
    if words[-1:] and words[-1] in ("is", "are", "was", "were") and len(words) > 1:
        return contexts.load_words("lasting noun").has(words[-2])
    if words[-1:] == ["been"]:
        return len(words) > 1 and any(word[:2] == "it" or word == "that" for word in words[-3:-1])
    return ENDED.match(text, end) is not None and any(map(contexts.load_words("bought").has, words[:-1]))
