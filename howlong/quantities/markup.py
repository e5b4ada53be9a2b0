"""Look through the marks that a text was written in: entities of HTML, emphasis of Markdown, names with underscores.

Law: what is read is the text that a reader of the page would see; every offset is one of the text as it was given.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from howlong.quantities.lexicon import load_lexicon
from howlong.quantities.records import Exclusion, Quantity
from howlong.sources import Passages

ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# It begins with a set of characters, so that the search leaps from one to the next.
EMPHASIS = re.compile(
    r"[_*<](?:(?<=_)(?<![^\W_]_)_{0,2}(?=[^\W_])|(?<=[^\W_]_)_{0,2}(?![^\W_])|(?<=\*)(?<![\w*]\*)\*{0,2}(?=\w)|(?<=[\w%]\*)\*{0,2}(?![\w*])"
    r"|(?<=<)/?(?i:b|i|u|em|strong|mark|span)>)"
)
NAME = re.compile(r"[^\W_]+(?:_+[^\W_]+)+")


def is_marked(text: str) -> bool:
    """Tell whether a text may hold an entity, a mark of emphasis, a tag or a name with an underscore."""
    return "&" in text or "*" in text or "_" in text or "<" in text


def decode_entities(text: str) -> tuple[str, list[int], list[int]]:
    """Return the text with each entity that stands for one character as that one; where these stand, and how much longer the text was up to there.

    >>> decode_entities("3&ndash;5&nbsp;days")
    ('3–5\\xa0days', [1, 3], [0, 6, 11])
    """
    parts, places, shifts = [], [], [0]
    at = length = 0
    for match in ENTITY.finditer(text):
        character = html.unescape(match[0])
        if len(character) != 1:
            continue
        parts += [text[at : match.start()], character]
        length += match.start() - at
        places.append(length)
        at, length = match.end(), length + 1
        shifts.append(at - length)
    return "".join([*parts, text[at:]]), places, shifts


def blank_emphasis(text: str) -> str:
    """Return the text with spaces for the marks of emphasis, of the same length.

    >>> blank_emphasis("*up to* **3 days** or _5_ mg of x_1")
    ' up to    3 days   or  5  mg of x_1'
    """
    return EMPHASIS.sub(lambda mark: " " * len(mark[0]), text)


@cache
def load_counting() -> frozenset[str]:
    """Return the single words that could state an amount."""
    lexicon = load_lexicon()
    kinds = ("numeral", "scale", "vague", "half", "times", "multiple", "rate")
    times = {
        unit.form
        for _, group in lexicon.units.values()
        for unit in group.values()
        if unit.kind == "time" and not unit.exact
    }
    return frozenset(phrase.form for phrase in lexicon.of(*kinds)) | times


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of names with underscores whose parts could state an amount, and of entities with digits."""
    if "_" in text:
        counting = load_counting()
        for match in NAME.finditer(text):
            if not counting.isdisjoint(match[0].lower().split("_")):
                yield match.span()
    if "&" in text:
        for match in ENTITY.finditer(text):
            if any(character.isdigit() for character in match[0]):
                yield match.span()


def add_names(found: list[Quantity | Exclusion], text: str, passages: Passages) -> list[Quantity | Exclusion]:
    """Return what was found in a text, and its names that no row touches as exclusions."""
    starts = [row.start for row in found]
    names: list[Quantity | Exclusion] = []
    for start, end in find_names(text):
        place = bisect_right(starts, start)
        if (not place or found[place - 1].end <= start) and (place == len(found) or end <= starts[place]):
            names.append(Exclusion(start, end, text[start:end], "identifier", passages))
    return sorted([*found, *names], key=lambda row: row.start) if names else found
