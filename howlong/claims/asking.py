"""Read the question that a time answers: "How long does it last? About a week."

Law of the room: a question is read by the same frames and words as any sentence, with the time put where the question word
asks for it; it speaks only of a time that its own sentence leaves open.
"""

from __future__ import annotations

import re
from functools import cache

from howlong.claims.cues import Span, Words
from howlong.sources import Document, Passage

STANDS_FOR = "9 days"
BACK = 3
LIST = 12
LONGEST = 160
ITEM = re.compile(r"[-*•–✓✔·+]\s")
QUESTION = re.compile(
    r"\b(?:how (?:long|soon|quickly|quick|fast|often|frequently|many (?:minutes|hours|days|weeks|months|years|times))|when)\b",
    re.I,
)
PERMITS = re.compile(r"^\W*(?:can|may|should|could|must|am|is it (?:safe|ok|okay|all right))\b", re.I)
LIMITS = re.compile(r"^\W*(?:before|until|till)\b", re.I)
SOON = ("how soon", "how quick", "how fast")


def find_question(document: Document, passage: Passage) -> str:
    """Return the nearest question above a passage: the sentence or heading before it, or its section's; "" without one."""
    items, left = document.passages.items, BACK
    is_listed = is_item(document, passage)
    for number in range(passage.number - 1, max(-1, passage.number - 1 - LIST), -1):
        above = items[number]
        text = document.text[above.start : above.end].strip(' \t*_#"”')
        left -= not (is_listed and is_item(document, above))
        if left < 0:
            break
        if text.endswith("?") and len(text) <= LONGEST:
            return text if QUESTION.search(text) else ""
        if above.kind == "heading":
            return ""
    section = passage.section.strip(' \t*_#"”')
    return section if section.endswith("?") and QUESTION.search(section) else ""


def is_item(document: Document, passage: Passage) -> bool:
    """Tell whether a passage is an item of a list."""
    return bool(ITEM.match(document.text, passage.start))


@cache
def pose(question: str) -> tuple[Words, int, str] | None:
    """Return a question as a sentence that states a time, the number of the time in it, and its kind.

    >>> pose("How long does the effect last?")[0].words
    ['does', 'the', 'effect', 'last', 'for', '#']
    >>> pose("How long should I wait before driving?")[0].words
    ['should', 'i', 'wait', 'for', '#', 'before', 'driving']
    """
    found = QUESTION.search(question)
    if not found:
        return None
    asked, rest = found[0].lower(), question[found.end() :].strip(" ?")
    text, kind = (
        state(asked, rest),
        "frequency" if "often" in asked or "frequent" in asked or "times" in asked else "duration",
    )
    start = text.index(STANDS_FOR)
    words = Words(text, 0, len(text), [Span(start, start + len(STANDS_FOR))])
    return words, words.places[start], kind


def state(asked: str, rest: str) -> str:
    """Put a time where a question word asks for it."""
    if "often" in asked or "frequent" in asked or "times" in asked:
        return f"{rest} every {STANDS_FOR}"
    if asked.startswith(SOON):
        return f"{rest} after {STANDS_FOR}" if PERMITS.match(rest) else f"{rest} in {STANDS_FOR}"
    if asked == "when":
        return f"{rest} after {STANDS_FOR}"
    if LIMITS.match(rest):
        return f"it takes {STANDS_FOR} {rest}"
    takes = re.search(r"\b(?:take|takes|took|need|needed)\b", rest)
    if takes:
        return f"{rest[: takes.end()]} {STANDS_FOR}{rest[takes.end() :]}"
    limit = re.search(r"\b(?:before|until|till|after|between)\b", rest)
    at = limit.start() if limit else len(rest)
    return f"{rest[:at].rstrip()} for {STANDS_FOR} {rest[at:]}".rstrip()
