"""Find the counted noun behind a number and name it in the singular."""

from __future__ import annotations

import re
from functools import cache

from howlong.quantities.lexicon import load_lexicon
from howlong.quantities.surroundings import ready

WORD = re.compile(
    r"(?:[ \t\u00a0\u2009\u202f]+(?:\r?\n[ \t]*)?|\r?\n[ \t]*|(?<=[\d\w])[-‑‐])(?=[^\W\d_])([^\W\d_][\w’'‑‐-]*)"
)
DECIMAL = re.compile(r"\d\.\d+$")  # A share of a thing stands right before it: "2.5 portions".
TRADESMEN = r"[a-z]{2,}[dehklnprstw]men(?<!semen)(?<!dolmen)(?<!tegmen)(?<!yemen)"  # "longshoremen"
TIED_TIMES = frozenset(["second", "minute", "hour", "day", "night", "week", "month", "year"])
ACRONYMS = re.compile(r"[A-Z]{2,}s")
DIGIT_ONE = re.compile(r"(?<![\d.,])1$")
ONE = re.compile(r"(?:one|(?<![\d.,])1)$", re.IGNORECASE)

COUNTED_TIMES = frozenset(
    [
        "second",
        "minute",
        "hour",
        "day",
        "night",
        "week",
        "fortnight",
        "month",
        "year",
        "decade",
        "century",
        "season",
        "winter",
        "summer",
        "weekend",
    ]
)


def find_counted(text: str, end: int) -> tuple[str, int] | None:
    """Return the counted noun behind a number, in the singular, and where it ends.

    >>> find_counted("244 healthy adults were treated", 3)
    ('adult', 18)
    """
    lexicon = load_lexicon()
    at, steps, good = end, 0, False
    while steps < 4:
        match = WORD.match(text, at)
        if match is None:
            return None
        word, stop = match[1].lower(), match.end()
        if word[-1] in "’'":
            word, stop = word[:-1], stop - 1  # "ten more days' notice"
        if (word in lexicon.nouns["halt"] and (steps or not is_event(word, text, end))) or (
            steps and "\n" in text[match.start() : match.start(1)] and not match[1][0].islower()
        ):
            return None
        if "-" in word and is_tied_time(word):
            return None  # "two one-year terms"
        hyphen = text[at] in "-‑‐"
        if hyphen:
            first = re.split(r"[-‑‐]", word)[0]
            if steps or first not in lexicon.nouns["hyphen"]:
                return None
            return name_singular(first), at + 1 + len(first)
        if word in COUNTED_TIMES and steps and text[end - 3 : end].lower() == "one":
            return word, stop
        if ACRONYMS.fullmatch(match[1]):
            return match[1][:-1], match.end()
        if is_plural(word):
            return name_singular(word), stop
        if (steps == 0 or good) and (
            (word in lexicon.nouns["dose"] and not is_compound(text, end, match.end()))
            or (
                len(word) > 2
                and word.islower()
                and word not in lexicon.nouns["quality"]
                and DIGIT_ONE.search(text, max(0, end - 2), end)
            )
        ):
            return word, stop
        at, steps, good = stop, steps + 1, word in lexicon.nouns["quality"]
        if text[end - 1].isdigit() and DECIMAL.search(text, max(0, end - 6), end):
            follow = WORD.match(text, at)
            return (follow[1][:-1], follow.end()) if follow and follow[1][:-1] in COUNTED_TIMES else None
    return None


def is_tied_time(word: str) -> bool:
    """Tell whether a word is a time with a hyphen: the "one-year" of "two one-year terms"."""
    number, _, time = word.partition("-")
    return time in TIED_TIMES and (number in load_lexicon().nouns["number"] or number in ("half", "single"))


def is_event(word: str, text: str, end: int) -> bool:
    """Tell whether a word that is often a verb is a noun right behind a number above one: "50 marks"."""
    counted = word in load_lexicon().nouns["event"] and DECIMAL.search(text, max(0, end - 6), end) is None
    return counted and ONE.search(text, max(0, end - 3), end) is None


def is_compound(text: str, end: int, at: int) -> bool:
    """Tell whether a plural follows the singular behind a number above one: "31 injection sites"."""
    follow = WORD.match(text, at)
    if follow is None or ONE.search(text, max(0, end - 3), end):
        return False
    return is_plural(follow[1].lower()) and follow[1].lower() not in load_lexicon().nouns["stop"]


def is_plural(word: str) -> bool:
    """Tell whether a word looks like a plural noun."""
    lexicon = load_lexicon()
    if word in lexicon.singulars or (word.endswith("men") and ready(TRADESMEN).fullmatch(word)):
        return True
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ous", "’s", "'s")):
        return False
    return word not in lexicon.nouns["keep"] and word not in lexicon.nouns["adjective"]


@cache
def name_singular(word: str) -> str:
    """Return the singular of a plural noun.

    >>> name_singular("studies"), name_singular("doses"), name_singular("boxes"), name_singular("children")
    ('study', 'dose', 'box', 'child')
    """
    singulars = load_lexicon().singulars
    if word in singulars:
        return singulars[word]
    if word.endswith("men") and ready(TRADESMEN).fullmatch(word):
        return word[:-2] + "an"
    if "-" in word or "‑" in word:
        head, dash, tail = word.rpartition("-" if "-" in word else "‑")
        return head + dash + name_singular(tail)
    if not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return word[:-2]
    return word[:-1]
