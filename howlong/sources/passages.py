"""Divide a text into sentences, headings and captions.

Sentence ends follow the usual full-stop rules with a list of abbreviations (compare Kiss & Strunk 2006, Computational
Linguistics 32:485-525, for what such a list must hold).
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, heading or caption of a document.

    Attributes
    ----------
    number : int
        Its place among the document's passages, from 0.
    kind : str
        "sentence", "heading" or "caption"; list items and table cells are sentences.
    start, end : int
        Offsets into the decoded text, end exclusive, without outer white space.
    section : str
        The nearest heading above, empty when there is none; a heading's section is itself.
    paragraph : int
        The running number of the block of lines it stands in.
    """

    number: int
    kind: str
    start: int
    end: int
    section: str
    paragraph: int


class Passages:
    """The passages of one text, found when first asked for.

    Readers of quantities pass through millions of characters and need sentences only where an amount stands; so the
    text is divided on demand.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def items(self) -> tuple[Passage, ...]:
        """All passages, in order of offset."""
        return tuple(find_passages(self.text))

    @cached_property
    def _starts(self) -> list[int]:
        return [passage.start for passage in self.items]

    def at(self, start: int) -> Passage:
        """Return the passage that holds the offset `start` (the one before it, for white space between two)."""
        if not self.items:
            return Passage(number=0, kind="sentence", start=0, end=len(self.text), section="", paragraph=0)
        return self.items[max(0, bisect_right(self._starts, start) - 1)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets of the passage, or run of passages, that hold a span."""
        first, last = self.at(start), self.at(max(start, end - 1))
        return min(first.start, start), max(last.end, end)

    def sentence(self, start: int, end: int) -> str:
        """Return the text of the passage, or run of passages, that hold a span."""
        first, last = self.span(start, end)
        return self.text[first:last]

    def section(self, start: int) -> str:
        """Return the nearest heading above an offset, "" where there is none."""
        return self.at(start).section


LINE = re.compile(r"[^\r\n\u2028\u2029]+")
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[.!?][\"”’»)\]]*\[\d+(?:[,–-]\d+)*\](?=\s)")
ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|viz|etc|al|approx|ca|circa|Dr|Drs|Mr|Mrs|Ms|Prof|St|Jr|Sr|Inc|Ltd|Co|Corp|No|Nos|Vol|vol|pp|Fig|Figs|Tab|Eq|Eqs"
    r"|[Rr]efs?|Sect|Sec|Ch|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|max|min|avg|est|resp|incl|excl|spp|sp|subsp|var)|(?<![°º] )(?<![°º\d])(?<!\d )\b[A-Z]|\.[A-Za-z])\.$"
)
ALWAYS_INSIDE = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|viz|approx|ca|Dr|Drs|Mr|Mrs|Ms|Prof|Fig|Figs|Eq|Eqs|Nos?|Vol|pp))\.$"
)
NUMBERED = re.compile(r"\s*(?:[(\[]|\d)")  # "et al. (2019)", "etc. 3"
STARTS_NEW = re.compile(r"\s+[\"'“‘«(\[]*[A-Z0-9À-ÞΑ-Ω•✅❌💡]")
BULLET = re.compile(r"^[\s\ufeff]*(?:[•●▪◦‣*–—-]\s*(?=\S)|\(?[0-9a-z]{1,2}[.)]\s+)")
SYMBOL_BULLET = re.compile(r"^[\s\ufeff]*[•●▪◦‣*–—-]\s*(?=\S)")
WHITE_SPACE = re.compile(r"\s*")
WHITE_SPACES = re.compile(r"\s+")
LONGEST = 3000  # more than any sentence of the annotated articles; it keeps the quote's sentence readable
MARKDOWN_HEADING = re.compile(r"^\s*#{1,6}\s+\S")
CAPTION = re.compile(
    r"^\s*(?:(?:Figure|Fig\.|Table|Chart|Box)\s*(?:S?\d+[a-z]?\b\s*(?:[.:|–—-]|$)|:)|(?:Image|Photo|Credit|Sources?)\s*:)",
    re.I,
)
SMALL_WORDS = frozenset(
    {
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "nor",
        "of",
        "on",
        "onto",
        "or",
        "over",
    }
    | {"per", "the", "to", "up", "via", "vs", "with"}
)
NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[A-Z][.)]|Q:)\s+(?=\S)")
ENUMERATOR = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[A-Za-z])[.)]$")
TERMINAL = (".", "!", ";", ",", "…", ".”", '."', ".)", "!”")


def find_passages(text: str) -> Iterator[Passage]:
    """Yield the passages of a text, in order of offset.

    Blocks of lines come first: a line is a block of its own unless it is visibly wrapped.  A block is a heading, a
    caption, or running text that is divided into sentences.
    """
    blocks = list(find_blocks(text))
    kinds = name_blocks([text[start:end] for start, end in blocks])
    section, number = "", 0
    for paragraph, ((start, end), kind) in enumerate(zip(blocks, kinds, strict=True)):
        if kind == "heading":
            section = text[start:end].lstrip("# \t")
        for first, last in [(start, end)] if kind != "sentence" else find_sentences(text, start, end):
            yield Passage(number=number, kind=kind, start=first, end=last, section=section, paragraph=paragraph)
            number += 1


def find_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of blocks: single lines, or runs of lines that are one wrapped paragraph."""
    start, end, last_line, lines = -1, -1, "", 0
    for match in LINE.finditer(text):
        line = match[0].strip()
        if not line:
            continue
        left = match.start() + match[0].index(line)
        if start >= 0 and is_next_line(text, end, left) and is_wrapped(last_line, line, lines > 1):
            end, last_line, lines = left + len(line), line, lines + 1
            continue
        if start >= 0:
            yield start, end
        start, end, last_line, lines = left, left + len(line), line, 1
    if start >= 0:
        yield start, end


def is_next_line(text: str, end: int, left: int) -> bool:
    """Tell whether only one line break lies between two offsets."""
    gap = text[end:left]
    return gap.count("\n") + gap.count("\r") - gap.count("\r\n") <= 1


def is_wrapped(last_line: str, line: str, in_wrapped: bool) -> bool:
    """Tell whether a line goes on with the sentence of the line before it.

    It does when it begins in lower case below an unfinished or long line, or, below a line that is as long as lines that
    are cut at one width, with a digit, or with a capital where the paragraph was wrapped already (`in_wrapped`).
    """
    if BULLET.match(line) or last_line.endswith((":", "?")):
        return False
    if line[0].islower():
        return len(last_line) >= 40 or (len(line) > 40 and not last_line.endswith(TERMINAL))
    filled = 55 <= len(last_line) <= 100 and len(line) <= 100
    return filled and (line[0].isdigit() or in_wrapped) and name_block(line) == "sentence"


def find_repeated_openings(lines: Sequence[str]) -> frozenset[str]:
    """Return the openings (24 characters) that three or more unfinished lines share: captions made by a template."""
    counts = Counter(line[:24] for line in lines if len(line) > 24 and not line.endswith(TERMINAL))
    return frozenset(opening for opening, count in counts.items() if count >= 3)


def name_blocks(blocks: Sequence[str]) -> list[str]:
    """Tell what each block is: "heading", "caption" or "sentence" (running text, list items, table cells)."""
    repeated = find_repeated_openings(blocks)
    kinds = [name_block(block, repeated) for block in blocks]
    for number, (block, after) in enumerate(itertools.pairwise(blocks)):
        stands_free = number == 0 or len(blocks[number - 1]) > 60 or kinds[number - 1] != "sentence"
        if (
            kinds[number] == "sentence"
            and stands_free
            and is_title_of(block, after)
            and kinds[number + 1] == "sentence"
        ):
            kinds[number] = "heading"
    return kinds


def is_title_of(block: str, after: str) -> bool:
    """Tell whether a short unfinished line is the heading of the running text after it, whatever its capitals.

    >>> is_title_of("How it compares", "The second wash kept its colour for a year longer than the first one did.")
    True
    """
    if len(block) > 60 or len(block.split()) > 9 or not (block[0].isupper() or block[0].isdigit()):
        return False
    if block.endswith((*TERMINAL, ":")) or re.search(r"[(),;:=|/·\n]", block) or SYMBOL_BULLET.match(block):
        return False
    return len(after) > 60 and after.endswith((*TERMINAL, "?", ":")) and not SYMBOL_BULLET.match(after)


def name_block(block: str, repeated: frozenset[str] = frozenset()) -> str:
    """Tell what a block is by itself, without the blocks around it."""
    if MARKDOWN_HEADING.match(block):
        return "heading"
    if CAPTION.match(block) and len(block) < 300:
        return "caption"
    if block[:24] in repeated and block[-1].isdigit():
        return "caption"
    return "heading" if is_heading(block) else "sentence"


def is_heading(block: str) -> bool:
    """Tell whether a line is a heading: short, unfinished, and a question or written in title case.

    >>> is_heading("Modulating Factors for Long-Term Response"), is_heading("Rapid (hours to days)")
    (True, False)
    """
    block = NUMBERING.sub("", block, count=1) if NUMBERING.match(block) else block
    words = re.findall(r"[^\W\d_][\w’'-]*", block)
    if (
        not words
        or len(words) > 16
        or len(block) > 120
        or SYMBOL_BULLET.match(block)
        or block.endswith((*TERMINAL, ":"))
    ):
        return False
    if block.endswith("?"):
        return not SENTENCE_END.search(block)
    if "\n" in block or re.search(r"[(,;=|/·]|\d\s*$", block):
        return False
    content = [word for word in words if word.lower() not in SMALL_WORDS]
    titled = sum(word[0].isupper() for word in content)
    if len(content) == 1:
        return len(words) == 1 and words[0][0].isupper() and len(words[0]) > 3 and block[-1].isalpha()
    return bool(content) and words[0][0].isupper() and titled >= 0.75 * len(content)


def find_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the sentences of one block of running text; one that does not end is cut at white space."""
    first = start
    for match in SENTENCE_END.finditer(text, start, end):
        stop = match.end()
        if stop >= end or not is_sentence_end(text, first, stop, end):
            continue
        yield from cut_endless(text, first, stop)
        first = WHITE_SPACE.match(text, stop, end).end()  # type: ignore[union-attr]  # it matches the empty string
    if first < end:
        yield from cut_endless(text, first, end)


def cut_endless(text: str, first: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence whole, or in pieces of at most `LONGEST` characters where it never ends (a list, a data dump)."""
    while stop - first > LONGEST:
        spaces = list(WHITE_SPACES.finditer(text, first + LONGEST // 2, first + LONGEST))
        cut, after = spaces[-1].span() if spaces else (first + LONGEST, first + LONGEST)
        yield first, cut
        first = after
    if first < stop:
        yield first, stop


def is_sentence_end(text: str, first: int, stop: int, end: int) -> bool:
    """Tell whether the stop at `stop` ends a sentence, and not an abbreviation."""
    before, after = text[max(first, stop - 12) : stop], text[stop : min(end, stop + 8)]
    if ALWAYS_INSIDE.search(before) or ENUMERATOR.match(text[first:stop]):
        return False
    starts_new = bool(STARTS_NEW.match(after))
    if ABBREVIATION.search(before):
        return starts_new and bool(re.search(r"(?:etc|al|\.[a-z]|[a-z]{3})\.$", before)) and not NUMBERED.match(after)
    return starts_new or before[-1] not in "…"
