"""Ask the words around an amount what it is.

Law: the words stand in contexts.txt; a pattern here only says where they stand.
"""

from __future__ import annotations

import re
from functools import cache

from howlong.quantities.lexicon import Words, load_lexicon

MARKS = frozenset("(:–—|/•")
MEAN_AGE = re.compile(
    r"\b(?:age|ages|aged)\b(?! for)[^.;:()]{0,25}(?<!\bfor\s)(?<!\bafter\s)(?<!\bover\s)(?<!\bwithin\s)(?<!\bevery\s)$"
    r"|\b(?:old|younger|older) than\s+$",
    re.IGNORECASE,
)
MEAN_AGES = re.compile(
    r"\b(?:age|ages|aged|oldest|youngest)\b[^.;:()\d]{0,25}$|\b(?:time|when|until|once|if|before) (?:they|he|she|you|we|i) (?:are|is|were|was)\s+$",
    re.IGNORECASE,
)
PEOPLE = frozenset({"they", "he", "she", "you", "we", "i"})
WHEN = frozenset({"when", "until", "once", "before", "since", "time"})
BEING = ("was ", "were ", "is ", "are ", "about ", "only ", "just ", "nearly ")
SPREAD = re.compile(r"\((?:range|IQR|interquartile range|SD|mean|median)[,:]?\s*(?:from |of |was |=\s?)?$")
LIFE = re.compile(r"\b(?:her|his|their|your|our|my)\s+(?:(?:mid|early|late)[-‑\s])?\s*$", re.IGNORECASE)
DOSED = re.compile(
    r"\b(?:take|takes|taking|took|taken|dose[sd]?|dosage|given|received?|administered|prescribed|ate|ingested|paracetamol|acetaminophen|tablets?|intake of)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
NO_BARE = re.compile(
    r"\b(?:number of|numbers of|terms of|converted to|converted into|expressed in|(?:figures|values|times|ages?) (?:are |is )?in|reported in|units of|count of|given in|how many|fewer|more)\s+$",
    re.IGNORECASE,
)


WEIGHED = re.compile(
    r"pounds\s+of\s+(?!debt|fund|spend|sales|revenue|profit|tax|invest|aid|loan|cost|saving|damage)", re.IGNORECASE
)


@cache
def load_words(name: str) -> Words:
    """Return the words of one entry of contexts.txt."""
    return load_lexicon().contexts[name]


def find_last(before: str) -> str:
    """Return the word right before an amount, in small letters; empty when something else stands there.

    >>> find_last("It lasts for "), find_last("(n = "), find_last("well-")
    ('for', '=', '')
    """
    words = before[-26:].split()
    return words[-1].lower().lstrip("([“\"'") if words and before[-1:].isspace() else ""


def find_two(before: str) -> tuple[str, str]:
    """Return the two words right before an amount, in small letters."""
    words = before[-40:].lower().split()
    return (words[-2] if len(words) > 1 else "", words[-1] if words else "")


def is_bare_before(before: str) -> bool:
    """Tell whether a bare plural states an amount behind these words."""
    if load_words("bare before").has(find_last(before)):
        return True
    bare = before.rstrip()
    return bare[-1:] in MARKS or not bare or "\n" in before[len(bare) :]


def is_bare_after(text: str, end: int) -> bool:
    """Tell whether a bare plural states an amount before the word that follows."""
    words = text[end : end + 14].split(None, 1)
    return bool(words) and text[end].isspace() and load_words("bare after").has(words[0].lower().rstrip(".,;:)"))


def was_aged(before: str, text: str, end: int) -> bool:
    """Tell whether a time is how old somebody was: "when he was nine months", not "when he was two years into it"."""
    if text[end : end + 1] not in (",", ".", ";", ")", ":"):
        return False
    words = before[-40:].lower().split()
    words = words[:-1] if words[-1] in ("about", "only", "just", "nearly") else words
    return len(words) > 2 and words[-1] + " " in BEING and words[-2] in PEOPLE and words[-3] in WHEN


def is_mean_age(before: str) -> bool:
    """Tell whether ages were spoken of right before: "the oldest was", "at the time they were"."""
    near = before[-40:].lower()
    told = "age" in near or "est" in near or near.endswith(("are ", "is ", "were ", "was "))
    return told and MEAN_AGES.search(before) is not None


def name_pounds(text: str, end: int, kind: str, before: str) -> str:
    """Return whether pounds are weight or money, by what they are of, or by one of the three words before them.

    >>> name_pounds("500 pounds", 10, "measurement", "a grant of "), name_pounds("9 pounds of ore", 8, "money", "")
    ('money', 'measurement')
    """
    if kind == "money":
        return "measurement" if WEIGHED.match(text, end - len("pounds")) else kind
    is_paid = any(load_words("paid").has(word) for word in before[-40:].lower().split()[-3:])
    return "money" if is_paid and not text.startswith(" of ", end) else kind


def name_single(text: str, end: int) -> str:
    """Return why "single" states no amount: it names a way of dosing where one of the next three words is what is given.

    >>> [name_single(text, 6) for text in ("single oral dose", "single-dose", "single-blind", "single key")]
    ['regimen word', 'regimen word', 'word part', 'determiner']
    """
    words = re.split(r"[^\w\s‑-]", text[end : end + 60])[0].lower().split()[:3]
    if any(load_words("dosing").has(word.lstrip("-‑")) for word in words):
        return "regimen word"
    return "word part" if text[end : end + 1] in ("-", "‑") else "determiner"


def is_changing(before: str) -> bool:
    """Tell whether a change is told of before "from": "rose from".

    >>> is_changing("The wait fell sharply from "), is_changing("It takes from ")
    (True, False)
    """
    words = re.split(r"[.;:!?]", before[-80:])[-1].lower().split()
    known = load_words("change")
    return (
        len(words) > 1
        and words[-1] == "from"
        and not is_ranging(before)
        and any(known.has(word.strip(",()“‘\"'")) for word in words[:-1])
    )


def is_ranging(before: str) -> bool:
    """Tell whether a range is told of before "from": "ranging from", "anywhere from".

    >>> is_ranging("a rise ranging from "), is_ranging("it rose from ")
    (True, False)
    """
    first, last = find_two(before)
    return last == "from" and load_words("no change").has(first)


def is_age(before: str) -> bool:
    """Tell whether a bare number behind these words is an age: "people aged over", "turned", "died at"."""
    first, last = find_two(before)
    if load_words("age verb").has(last) or (last == "at" and load_words("aged at").has(first)):
        return True
    if last == "to" and first in ("lived", "live", "lives", "survived"):
        return True
    if last == "be" and first == "to":
        return before.lower().split()[-3:-2] in (["lived"], ["live"], ["lives"])
    if load_words("aged before").has(last):
        return is_person(before[: before.lower().rindex(last)])
    return last in ("mid", "early", "late", "mid-", "early-", "late-") and LIFE.search(before) is not None


def is_person(before: str) -> bool:
    """Tell whether people stand before a bound: "children", "those aged", "you are"."""
    first, last = find_two(before)
    if last in ("age", "aged", "ages"):
        return True
    if first == "must" and last == "be":
        return True
    if first in ("you", "he", "she", "they") and last in ("are", "is", "were", "was"):
        return True
    return load_words("people").has(last)
