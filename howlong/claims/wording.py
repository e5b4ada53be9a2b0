"""Read what a sentence says about an amount besides its value: where it comes from, what it is a figure of, and of whom.

Law of the room: everything read is verbatim; what the sentence does not say stays empty.
"""

from __future__ import annotations

import re
from functools import lru_cache

REACH = 400

NOUN = (
    r"(?i:stud(?:y|ies)|trials?|research(?:ers)?|meta-analys[ei]s|reviews?|analys[ei]s|evidence|surveys?|data|reports?|cohorts?|guidelines?"
    r"|investigators|scientists|clinicians|experts|authors?|observations?|recordings?|experiments?|papers?|literature|registr(?:y|ies)|models?|manufacturers?)"
)
SAYS = (
    r"(?:found|finds?|show(?:s|ed|n)?|suggests?|suggested|indicates?|indicated|reports?|reported|reveal(?:s|ed)?|demonstrate[sd]?|note[sd]?"
    r"|conclude[sd]?|recommend(?:s|ed)?|estimate[sd]?|observed|calculated|says?|said|claim(?:s|ed)?|warrants|advise[sd]?|have|has|put)"
)
NAME = r"(?:[A-Z][\w’'&.-]+(?:\s+(?:of|for|the|and|de|van|von|et|al\.?|[A-Z][\w’'&.-]+))*)"
ATTRIBUTIONS = [
    re.compile(
        rf"((?:\b(?:[Aa]n?|[Oo]ne|[Tt]he|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]ome|[Mm]any|[Rr]ecent|[Ee]arly|[Oo]ther|[Nn]ew)\s+)?(?:[\w’'-]+\s+){{0,4}}?\b{NOUN}\b[^,;:.()]{{0,70}}?)\s+(?:also\s+|have\s+|has\s+|had\s+)?{SAYS}\b"
    ),
    re.compile(
        rf"\b(?i:according to|as reported by|data from|published (?:in|by)|reported in)\s+((?:the\s+|an?\s+)?{NAME}[^,;.()]{{0,60}}|(?:the|an?|one|two|several)\s+[^,;.()]{{0,60}}?\b{NOUN}\b[^,;.()]{{0,40}})"
    ),
    re.compile(
        r"\b[Ii]n\s+((?:an?|one|the|two|several|our)\s+(?:[\w’'-]+\s+){0,4}?(?:stud(?:y|ies)|trials?|meta-analys[ei]s|cohorts?|surveys?|reviews?|pooled analysis|experiments?|case series)\b(?:\s+(?:of|by|from|at|in|with)\s+[^,;:.()]{1,50})?)"
    ),
    re.compile(
        rf"\b({NAME})\s+(?:also\s+)?(?:recommends?|advises?|advocates?|states?|says|said|reported|reports|estimates?|warrants|emphasizes)\b"
    ),
    re.compile(r"\b(?:according to|as reported by)\s+([^,;:.()]{3,60})\b", re.I),
]
NAMED = re.compile(
    rf"\b{NOUN}\b"
)  # what the first of them needs: most sentences lack it, and it is cheaper to look for
CITATION = re.compile(
    r"\(([A-Z][\w’'-]+(?:\s+(?:et al\.?|and|&)\s*[A-Z]?[\w’'-]*)?,?\s+(?:19|20)\d\d[a-z]?)\)|([A-Z][\w’'-]+\s+(?:et al\.?|and\s+[A-Z][\w’'-]+)\s*\(?,?\s*(?:19|20)\d\d\)?)|(\[\d+(?:[,–-]\s?\d+)*\])"
)
LOCATABLE = re.compile(
    r"et al|\b(?:19|20)\d\d\b|\[\d|\bdoi\b|10\.\d{4,}/|https?://|www\.|\bPMID\b|\bNCT\d|\barXiv\b|\bISBN\b|No\. ?\d",
    re.I,
)
OPENING = re.compile(
    r"^(?:(?:for (?:instance|example)|however|moreover|indeed|in addition|additionally|in fact|by contrast|in contrast|still|yet|and|but|that|while|though|although|as)\b,?\s+)+",
    re.I,
)

# What is at its greatest is not the time: "maximal oxygen uptake", "the maximum effect".
GREATEST = (
    r"(?:\w+\s+)?(?:uptake|oxygen|capacity|rate|power|force|strength|effort|effects?|benefits?|doses?|concentrations?|levels?|temperatures?|speed|response|improvement"
    r"|output|depth|height|load|exercise|weight|amount|number|size|contraction)"
)
OTHERS = re.compile(r"\b(?:an?|the) $", re.I)  # "about two hours for an average house" is no average
STATISTICS = [
    ("median", re.compile(r"\bmedian\b", re.I)),
    ("mean", re.compile(r"\b(?:mean|average[ds]?|averaging|on average)\b", re.I)),
    ("maximum", re.compile(rf"\b(?:maxim(?:um|al)(?!\s+{GREATEST}\b)|longest|at the most|record of)\b", re.I)),
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


def find_attribution(sentence: str, at: int) -> tuple[str, int, bool]:
    """Return the study or body that a sentence names as origin, its offset in the sentence, and whether it can be found.

    Parameters
    ----------
    sentence : str
        The sentence; the 400 characters around the amount are read.
    at : int
        The amount's offset in it.
    """
    low, high = max(0, at - REACH), min(len(sentence), at + REACH)
    words, start, locatable = read_attribution(sentence[low:high])
    return words, low + start if start >= 0 else -1, locatable


@lru_cache(maxsize=64)
def read_attribution(stretch: str) -> tuple[str, int, bool]:
    """Return what `find_attribution` does, of a stretch of a sentence; the amounts of one sentence share it."""
    cited = CITATION.search(stretch)
    for pattern in ATTRIBUTIONS if NAMED.search(stretch) else ATTRIBUTIONS[1:]:
        match = pattern.search(stretch)
        if match:
            words = match[1]
            start = match.start(1) + len(words) - len(OPENING.sub("", words))
            words = stretch[start : match.end(1)].rstrip()
            return words, start, bool(LOCATABLE.search(words) or cited)
    if cited:
        words = next(group for group in cited.groups() if group)
        return words, stretch.index(words), True
    return "", -1, False


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
            if match.start() >= end and OTHERS.search(sentence, end, match.start()):
                continue
            if best[2] < 0 or abs(match.start() - start) < abs(best[2] - start):
                best = (name, match[0], match.start())
    return best


def find_subjects(sentence: str, start: int, end: int) -> tuple[str, int]:
    """Return of whom a figure speaks, verbatim, and the offset of these words in the sentence."""
    first, last = cut_clause(sentence, start, end)
    before = list(SUBJECTS.finditer(sentence, max(first, start - 120), start))
    match = before[-1] if before else SUBJECTS.search(sentence, end, min(last, end + 60))
    return (match[0], match.start()) if match else ("", -1)
