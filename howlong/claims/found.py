"""Write what gave a claim its codes as the text of its `cue`, and read it again.

Law of the room: one part a code, "facet=code: rule 'words' start-end"; words and offsets stand only where words were read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

SILENT = ("none", "unspecified", "false")  # codes that are written only where words gave them
FACETS = (
    *("role", "outcome", "regimen", "population", "region", "comparator", "answers", "denied"),
    *("attribution", "statistic", "subjects"),
)
NEXT = re.compile(rf"; (?=(?:{'|'.join(FACETS)})=)")
PART = re.compile(r"(\w+)=(.*?): (.*?)(?: (\d+)-(\d+))?", re.DOTALL)
QUOTE = " '"


@dataclass(frozen=True, slots=True)
class Found:
    """A code with the words that gave it.

    Attributes
    ----------
    code : str
        The code.
    rule : str
        Where the words stand: "same sentence", "earlier in the paragraph", "heading" and so on.
    words : str
        The words as the document has them.
    start, end : int
        Their offsets.
    """

    code: str
    rule: str
    words: str = ""
    start: int = -1
    end: int = -1

    @property
    def said(self) -> str:
        """The rule, its words and where they stand, as a claim's cue has them."""
        words = f"{QUOTE}{' '.join(self.words.split())}'" if self.words or self.start >= 0 else ""
        return f"{self.rule}{words}" + (f" {self.start}-{self.end}" if self.start >= 0 else "")


def write_cue(coding: Mapping[str, Found]) -> str:
    """Write for every code the rule and the words that gave it.

    >>> write_cue({"role": Found("onset", "within #", "within a day", 7, 19), "region": Found("none", "not stated")})
    "role=onset: within # 'within a day' 7-19"
    """
    return "; ".join(
        f"{facet}={found.code}: {found.said}"
        for facet, found in coding.items()
        if found.code and (found.code not in SILENT or found.start >= 0 or found.words)
    )


def read_cue(cue: str) -> dict[str, Found]:
    """Return for every facet what its part of a cue says.

    A rule may quote a word as well ("lasting # of 'relief'"): the words are the longest quotation that its offsets can hold.

    >>> read_cue("role=persistence: lasting # of 'relief' 'relief' 34-40")["role"].rule
    "lasting # of 'relief'"
    >>> read_cue("role=other: kind count; region=cortex: same sentence 'the \\u2018cortex\\u2019' 9-21")["region"].words
    'the \u2018cortex\u2019'
    """
    coding = {}
    for part in NEXT.split(cue):
        match = PART.fullmatch(part)
        if match:
            facet, code, said, start, end = match.groups()
            first, last = (int(start), int(end)) if start else (-1, -1)
            coding[facet] = Found(code, *part_words(said, last - first), first, last)
    return coding


def part_words(said: str, length: int) -> tuple[str, str]:
    """Part a rule from its words, which `length` characters of the document hold; no length takes the last quotation."""
    at = said.find(QUOTE)
    if at < 0 or not said.endswith("'"):
        return said, ""
    if not length:
        at = said.rfind(QUOTE)
    while len(said) - at - len(QUOTE) - 1 > length > 0 and said.find(QUOTE, at + 1) > 0:
        at = said.find(QUOTE, at + 1)
    return said[:at], said[at + len(QUOTE) : -1]
