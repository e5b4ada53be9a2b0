"""Read what a sentence says about an amount besides its value: what it is a figure of, and of whom.

Law of the room: everything read is verbatim; what the sentence does not say stays empty.
"""

from __future__ import annotations

import re

REACH = 400

STATISTICS = [
    ("median", re.compile(r"\bmedian\b", re.I)),
    ("mean", re.compile(r"\b(?:mean|average[ds]?|averaging|on average)\b", re.I)),
    ("maximum", re.compile(r"\b(?:maxim(?:um|al)|longest|at the most|record of)\b", re.I)),
    ("typical", re.compile(r"\b(?:typical(?:ly)?|usual(?:ly)?|commonly|generally|normally|as a rule)\b", re.I)),
]
PEOPLE = (
    r"(?:patients?|people|participants?|individuals?|adults?|children|infants?|women|men|subjects?|volunteers?|users?|cases?|recipients?|mice|rats|animals?"
    r"|cats?|dogs?|horses?|responders|persons?|babies|boys|girls|sufferers|studies|trials|households|firms|workers|athletes|smokers|students|residents|owners)"
)
MANY = r"(?:most|many|some|few|a few|several|half(?: of)?|nearly half(?: of)?|almost all|nearly all|all|a majority of|the majority of|a minority of|a handful of|a third of|two[- ]thirds of|a quarter of|a subset of|a significant portion of|certain|other)"
SUBJECTS = re.compile(
    rf"\b({MANY}\s+(?:of\s+)?(?:the\s+|these\s+|those\s+|our\s+)?(?:[\w’'-]+\s+){{0,2}}?{PEOPLE})\b|\b(some|others|most|a minority|a majority|the majority|many)\b(?=\s+(?:report|experienc|take|took|say|find|found|feel|notic|need|remain|ha[sd]|have|respond|recover|improv|relaps|describe|see|do|did|will|may|can|are|were|get|reach|keep|stay|last))|\b((?:nine|eight|seven|six|five|four|three|two|one|\d+)\s+(?:out of|in)\s+(?:every\s+)?(?:ten|five|four|three|eight|twelve|\d+)(?:\s+(?:[\w’'-]+\s+)?{PEOPLE})?)",
    re.I,
)
BREAK = re.compile(r"[;:—–]|,\s+(?:but|while|whereas|although|though|and|with)\b|\b(?:but|whereas)\b")


def cut_clause(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of the clause around an amount, by punctuation and contrast words."""
    low, high = max(0, start - REACH), min(len(sentence), end + REACH)
    first = max((match.end() for match in BREAK.finditer(sentence, low, start)), default=low)
    after = BREAK.search(sentence, end, high)
    return first, after.start() if after else high


def find_statistic(sentence: str, start: int, end: int) -> tuple[str, str, int]:
    """Return what a figure is of (mean, median, maximum, typical), the word that says so, and the word's offset."""
    first, last = cut_clause(sentence, start, end)
    best = ("", "", -1)
    for name, pattern in STATISTICS:
        reach = (45, 0) if name == "typical" else (90, 15)
        for match in pattern.finditer(sentence, max(first, start - reach[0]), min(last, end + reach[1])):
            if best[2] < 0 or abs(match.start() - start) < abs(best[2] - start):
                best = (name, match[0], match.start())
    return best


def find_subjects(sentence: str, start: int, end: int) -> tuple[str, int]:
    """Return of whom a figure speaks, verbatim, and the offset of these words in the sentence."""
    first, last = cut_clause(sentence, start, end)
    before = list(SUBJECTS.finditer(sentence, max(first, start - 120), start))
    match = before[-1] if before else SUBJECTS.search(sentence, end, min(last, end + 60))
    return (match[0], match.start()) if match else ("", -1)
