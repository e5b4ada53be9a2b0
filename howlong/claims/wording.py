"""Read what a sentence says about an amount besides its value: what it is a figure of, and of whom.

Law of the room: everything read is verbatim; what the sentence does not say stays empty.
"""

from __future__ import annotations

import re
from functools import lru_cache

REACH = 400

# What is at its greatest is not the time: "maximal oxygen uptake", "the maximum effect".
GREATEST = (
    r"(?:\w+\s+)?(?:uptake|oxygen|capacity|rate|power|force|strength|effort|effects?|benefits?|doses?|concentrations?|levels?|temperatures?|speed|response|improvement"
    r"|output|depth|height|load|exercise|weight|amount|number|size|contraction)"
)
OTHERS = re.compile(r"\b(?:an?|the) $")  # "about two hours for an average house" is no average
STATISTICS = [
    ("median", re.compile(r"\bmedian\b")),
    ("mean", re.compile(r"\b(?:mean|average[ds]?|averaging|on average)\b")),
    ("maximum", re.compile(rf"\b(?:maxim(?:um|al)(?!\s+{GREATEST}\b)|longest|at the most|record of)\b")),
    ("typical", re.compile(r"\b(?:typical(?:ly)?|usual(?:ly)?|commonly|generally|normally|as a rule)\b")),
]
PEOPLE = (
    r"(?:patients?|people|participants?|individuals?|adults?|children|infants?|women|men|subjects?|volunteers?|users?|cases?|recipients?|mice|rats|larvae|animals?"
    r"|cats?|dogs?|horses?|responders|persons?|babies|boys|girls|sufferers|studies|trials|households|firms|workers|athletes|smokers|students|residents|owners)"
)
NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
EXTENT = r"(?:(?:nearly|almost|about|around|roughly|over|more than|fewer than|less than|at least|up to|only)\s+)?"
PART = (
    r"(?:half|(?:a|one|two|three)[ -](?:third|quarter|fifth|sixth|tenth)s?|(?:a|the) (?:(?:large|small|vast) )?(?:majority|minority|handful|subset)"
    r"|a (?:significant|large|small|substantial) (?:portion|proportion|share|number|part))"
)
SHARE = rf"(?:\d+(?:[.–-]\d+)?\s?(?:%|per\s?cent)\s+of|{PART}\s+of|{NUMBER}(?:\s+out)?\s+of(?:\s+the)?\s+{NUMBER}|(?:{NUMBER}|none)\s+of)"
MANY = r"(?:most|many|some|few|a few|several|all|half|certain|other)"
THE = r"(?:the\s+|these\s+|those\s+|our\s+|all\s+)?"
TIME = r"(?:seconds|minutes|hours|days|nights|weeks|months|years|decades|centuries|seasons|mornings|evenings|weekends|winters|summers)\b"
NO_NOUN = rf"(?:{TIME}|(?:its|his|this|has|was|is|does|times|ways|things|themselves|ourselves|always|perhaps|less)\b)"
THINGS = rf"(?!{NO_NOUN})[a-z-]{{2,}}[a-rt-z]s\b(?<!ous)(?<!is)(?<!us)"
ONE_IN = (
    rf"{NUMBER}\s+(?:out\s+of|in)\s+(?:every\s+)?{NUMBER}\b(?!\s+{TIME})(?:\s+(?:[\w’'-]+\s+)?(?:{PEOPLE}\b|{THINGS}))?"
)
ACT = (
    r"(?:report|experienc|take|took|find|found|feel|felt|notic|need|remain|ha[sd]|have|respond|recover|improv|relaps|describe|see|saw|do|did|will|may"
    r"|can|could|are|were|was|is|get|got|reach|keep|kept|stay|last|fail|fad|heal|die|leav|left|go|went|come|came|live|surviv|drop|stop|start|return|lose"
    r"|lost|gain|sleep|slept|wait|use)"
)
ALONE = r"(?:some|others|most|many|few|a few|a (?:minority|majority)|the (?:majority|minority)|everyone|everybody)"
SUBJECTS = re.compile(
    rf"\b(?:{EXTENT}(?:{SHARE}\s+{THE}(?:(?:[\w’'-]+\s+){{0,2}}?{PEOPLE}\b|(?:[\w’'-]+\s+)??{THINGS})"
    rf"|{MANY}\s+(?:of\s+)?{THE}(?:[\w’'-]+\s+){{0,2}}?{PEOPLE}\b|(?:most|many|(?:almost|nearly)\s+all)\s+(?:of\s+{THE})?{THINGS}|{ONE_IN}|(?:\A|(?<=that ))(?:some|a\s+few|several)\s+(?:of\s+{THE})?{THINGS})|{ALONE}(?=\s+{ACT}))",
)
BREAK = re.compile(r"[;:—–]|,\s+(?:but|while|whereas|although|though|and|with)\b|\b(?:but|whereas)\b")


@lru_cache(maxsize=64)
def cut_clause(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of the clause around an amount, by punctuation and contrast words."""
    low, high = max(0, start - REACH), min(len(sentence), end + REACH)
    first = max((match.end() for match in BREAK.finditer(sentence, low, start)), default=low)
    after = BREAK.search(sentence, end, high)
    return first, after.start() if after else high


@lru_cache(maxsize=64)
def lower(sentence: str) -> str:
    """Return a sentence in small letters, which are searched faster than any letters; as it is where that moves its offsets."""
    low = sentence.lower()
    return low if len(low) == len(sentence) else sentence


def find_statistic(sentence: str, start: int, end: int) -> tuple[str, str, int]:
    """Return what a figure is of (mean, median, maximum, typical), the word that says so, and the word's offset."""
    first, last = cut_clause(sentence, start, end)
    low = lower(sentence)
    best = ("", "", -1)
    for name, pattern in STATISTICS:
        reach = (45, 0) if name == "typical" else (90, 15)
        for match in pattern.finditer(low, max(first, start - reach[0]), min(last, end + reach[1])):
            if match.start() >= end and OTHERS.search(low, end, match.start()):
                continue
            if best[2] < 0 or abs(match.start() - start) < abs(best[2] - start):
                best = (name, sentence[match.start() : match.end()], match.start())
    return best


def find_subjects(sentence: str, start: int, end: int) -> tuple[str, int]:
    """Return of whom a figure speaks, verbatim, and the offset of these words in the sentence."""
    first, last = cut_clause(sentence, start, end)
    low = lower(sentence)
    before = list(SUBJECTS.finditer(low, max(first, start - 120), start))
    match = before[-1] if before else SUBJECTS.search(low, end, min(last, end + 60))
    return (sentence[match.start() : match.end()], match.start()) if match else ("", -1)
