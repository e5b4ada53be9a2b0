"""Tell the turns of phrase in which words of time state no amount, and those in which a lone word of time states one.

Law: a turn counts only as it is worded here or in contexts.txt; whatever else stands there is read as it says.
"""

from __future__ import annotations

import re

from howlong.quantities import contexts

# "then one day the dam broke": a day, and not how long.
ONE_DAY = re.compile(r"one (?:fine )?(?:day|morning|evening|afternoon|night)", re.IGNORECASE)
OPENING = re.compile(r"(?:^|[.!?:;,—–][”\"’)]?\s+|\n|\b(?:then|until|till|when|that)\s+)$", re.IGNORECASE)
SUBJECT = re.compile(
    r",?\s+(?:I|you|he|she|it|we|they|the|my|your|his|her|its|our|their|there|this|that|nobody|somebody|someone|everything"
    r"|an?(?!\s+(?:second|minute|hour|day|night|week|month|year)\b))\b"
)
TO_THE_NEXT = re.compile(r"\s+to the next\b")
# "a day case", "a night flight": what kind of case or flight it is.
KIND_OF = re.compile(r"[-‑ ]([a-z]+)\b")
PARTS_OF_DAY = frozenset({"morning", "evening", "afternoon", "night"})
CLOCK = re.compile(
    r"\s+(?:o['’]clock|in the (?:morning|evening|afternoon|night|early hours|small hours)|at night|sharp)\b"
)
NOON = re.compile(r"\b(?:midnight|noon|midday)\s+(?:and|to|until|till)\s+$", re.IGNORECASE)
A_SECOND = re.compile(r"\b(?:for|lasts|lasted|takes|took) (a )$")
YEAR_START = re.compile(
    r"\b(?:from|until|till|to|in|after|by|before|at|through|beyond|during|since|into) (?:the|its|their)\s+$"
)
YEAR_END = re.compile(
    r"\s*(?:[.,;:!?)—–]|$)|\s+(?:on|onwards?|after|and|but|or)\b"
    r"|\s+of (?:treatment|therapy|use|life|growth|storage|observation|follow-?up|the (?:study|trial|experiment|project))\b"
)
CLAUSE_END = re.compile(r"\s*(?:[.,;:!?)—–]|$)|\s+(?:and|or|but|before|until|while|when|then|to|without)\b")
# A time as the thing that is counted or measured in: "age was measured in months" states none.
SCALE = re.compile(
    r"\b(?:was|were|be|been|being|time|times|ages?|durations?|lengths?|intervals?|periods?|values?|distances?|survival|dates?)"
    r" (?:is |are )?(?:counted|measured) in\s+$",
    re.IGNORECASE,
)
BOUGHT = re.compile(
    r"\b(?:buy|buys|bought|save|saves|saved|cost|costs|gives?|gave|given|adds?|added|takes?|took|taken)\s+(?:[\w’'-]+\s+){1,3}$"
)
ENDED = re.compile(r"\s*(?:[.,;:!?)—–]|$)")
LASTED = re.compile(r"\b(?:it|it['’]s|it['’]d|that)\s+(?:has |had |have )?been\s+$", re.IGNORECASE)


def is_turn(text: str, start: int, end: int, unit: str, before: str) -> bool:
    """Tell whether one time ("a day", "one morning") is a turn of phrase that states no amount."""
    first = text[start].lower()
    if first == "o":
        if TO_THE_NEXT.match(text, end):
            return True
        return ONE_DAY.fullmatch(text, start, end) is not None and bool(
            OPENING.search(before) and SUBJECT.match(text, end)
        )
    if first not in "ae":
        return False
    kind = KIND_OF.match(text, end)
    if kind and contexts.load_words("time kind").has(kind[1]):
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


def is_clock(text: str, end: int, before: str) -> bool:
    """Tell whether a bare number is an hour of the day: "at nine in the evening", "between midnight and six"."""
    if text[end : end + 1] == " " and CLOCK.match(text, end):
        return contexts.load_words("clock before").has(contexts.find_last(before))
    return before.endswith(("and ", "to ", "il ", "ill ")) and NOON.search(before) is not None


def is_counted_year(text: str, end: int, before: str) -> bool:
    """Tell whether "third year" counts from a start: "until the third year", not "a third year student"."""
    return YEAR_START.search(before) is not None and YEAR_END.match(text, end) is not None


def find_second(text: str, end: int, before: str) -> int:
    """Return how far before "second" the amount "a second" begins, 0 where it numbers something."""
    lead = A_SECOND.search(before)
    return len(lead[1]) if lead and CLAUSE_END.match(text, end) else 0


def is_scale(before: str) -> bool:
    """Tell whether a bare plural is what something is measured in, and no amount."""
    return SCALE.search(before) is not None


def is_vague_time(text: str, end: int, before: str) -> bool:
    """Tell whether a bare plural states an amount by what it is part of: "years of tablets", "gone months without rain"."""
    follow = text[end : end + 9]
    if follow.startswith(" of "):
        return contexts.load_words("bare before of").has(contexts.find_last(before))
    if follow.startswith(" without"):
        return not contexts.load_words("bare without").has(contexts.find_last(before))
    if before.endswith("been "):
        return LASTED.search(before) is not None
    return ENDED.match(text, end) is not None and BOUGHT.search(before) is not None
