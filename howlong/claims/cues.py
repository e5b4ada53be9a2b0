"""Find cues, phrases of at most four words that general English uses to say one thing, in a text's words.

Law of the room: a cue is data, and every match keeps the offsets of the words it read.  Matching walks a tree of words
once from left to right, so its time grows with the text and not with the number of cues.

The tree is the keyword tree of Aho & Corasick (1975, CACM 18:333-340), over words in place of letters and without
failure links: cues are short, so a new start at every word stays linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, product

from howlong.claims.grammar import find_verbs
from howlong.claims.vocabulary import list_small_words, read_costs

MAX_WORDS = 4
TIME = "#"
NUMBER = "0"
GAP = "_"

TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,·]\d+)*|(?<=\w)[-‐‑‒–](?=\w)|[^\w\s]")
HYPHENS = frozenset("-‐‑‒–")
WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*\*?|\*[^\W\d_]+|#|_|%")
RUN = re.compile(r"\*?[^\W\d_]+(?:'[^\W\d_]+)*\*?|\d+|#|_|%")
CEILING = re.compile(r"up to\b", re.I)
PAST = {"last": "past"}
ORDINAL = re.compile(
    r"(?:day|week|month|year|hour|minute)s?\s+(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|zero)", re.I
)

FAR = 200
OPENERS = frozenset("([—–")
CLOSERS = {")": "(", "]": "[", "—": "—", "–": "–"}
ENDERS = frozenset(".!?;")


class CueError(ValueError):
    """Say what is wrong with the way a cue is written."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase that gives a code.

    Attributes
    ----------
    text : str
        The phrase as it is written in a vocabulary or codebook.
    facet, code : str
        What it gives: "regimen" and "series".
    weight : float
        How much it says by itself; ambiguous words weigh less.
    """

    text: str
    facet: str
    code: str
    weight: float = 10.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found in a text.

    Attributes
    ----------
    cue : Cue
        The cue.
    first, last : int
        Numbers of its first and last word among the paragraph's words.
    """

    cue: Cue
    first: int
    last: int


@dataclass(slots=True)
class Node:
    """A place in the tree of cues: where each next word leads, and the cue that ends here."""

    words: dict[str, Node] = field(default_factory=dict)
    stems: dict[str, Node] = field(default_factory=dict)
    endings: dict[str, Node] = field(default_factory=dict)
    cue: Cue | None = None


def split_cue(text: str) -> list[list[str]]:
    """Divide a cue into its words, each a list of alternatives.

    Raises
    ------
    CueError
        When the cue has no word, over four words, or holds a character that has no meaning in a cue.

    >>> split_cue("last* for/over #")
    [['last*'], ['for', 'over'], ['#']]
    """
    words = text.lower().replace("’", "'").split()
    if all(word == GAP for word in words):
        raise CueError("must have a word, has none")
    count = sum(word != TIME for word in words)
    if count > MAX_WORDS:
        raise CueError(f"must have at most {MAX_WORDS} words, has {count}")
    parts = []
    for word in words:
        alternatives = word.split("/")
        for alternative in alternatives:
            pieces = re.split(r"[-‐‑–]", alternative)
            if not all(WORD.fullmatch(piece) for piece in pieces):
                raise CueError(f"must be words (letters, digits, hyphens, word*, *word, a/b, _, #), {word!r} is none")
            if any(piece.endswith("*") and len(piece) < 3 for piece in pieces):
                raise CueError(f"must keep at least two letters before the star, {word!r} does not")
        parts.append(alternatives)
    return parts


def spell_cue(text: str) -> Iterator[list[str]]:
    """Yield every sequence of words that a cue stands for."""
    choices = [[*part, ""] if part == [GAP] else part for part in split_cue(text)]
    for choice in product(*choices):
        yield RUN.findall(" ".join(choice))


class Lexicon:
    """The cues of one facet, ready to be found.

    Parameters
    ----------
    cues : iterable of Cue
        Where two cues are spelled alike, the later one wins: a codebook's cue comes after the library's.
    """

    def __init__(self, cues: Iterable[Cue]) -> None:
        self.cues = tuple(cues)
        self.root = Node()
        self._openings: dict[str, tuple[Node, ...]] = {}
        self._barren: set[str] = set()
        for cue in self.cues:
            for words in spell_cue(cue.text):
                self._plant(words, cue)

    def _plant(self, words: Sequence[str], cue: Cue) -> None:
        node = self.root
        for word in words:
            branch, key = (node.stems, word[:-1]) if word.endswith("*") else (node.words, word)
            if word.startswith("*"):
                branch, key = node.endings, word[1:]
            node = branch.setdefault(key, Node())
        node.cue = cue

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Return the cues in a list of words: from left to right the longest at each place, none overlapping."""
        hits, position = [], 0
        barren = self._barren
        while position < len(words):
            if words[position] in barren:
                position += 1
                continue
            hit = self.longest(words, position)
            if hit:
                hits.append(hit)
            position = hit.last + 1 if hit else position + 1
        return hits

    def longest(self, words: Sequence[str], first: int) -> Hit | None:
        """Return the longest cue that begins at one word."""
        best: Hit | None = None
        word = words[first]
        if word not in self._openings:
            self._openings[word] = tuple(follow(self.root, word))
            if not self._openings[word]:
                self._barren.add(word)
        stack = [(node, first + 1) for node in self._openings[word]]
        while stack:
            node, position = stack.pop()
            if node.cue and (best is None or position - 1 > best.last):
                best = Hit(node.cue, first, position - 1)
            if position < len(words):
                stack.extend((following, position + 1) for following in follow(node, words[position]))
        return best


def follow(node: Node, word: str) -> Iterator[Node]:
    """Yield the places that a word leads to; a whole word comes last and so is tried first."""
    if GAP in node.words and word.isalnum():
        yield node.words[GAP]
    if node.endings:
        for length in range(2, len(word) - 1):
            if word[-length:] in node.endings:
                yield node.endings[word[-length:]]
    if node.stems:
        for length in range(2, len(word) + 1):
            if word[:length] in node.stems:
                yield node.stems[word[:length]]
    if NUMBER in node.words and (word in list_small_words("counts") or (word[0].isdigit() and word not in ("0", "1"))):
        yield node.words[NUMBER]
    if word in node.words and word != NUMBER:
        yield node.words[word]


@dataclass(frozen=True, slots=True)
class Span:
    """A time quantity as the cue finder sees it: where it stands."""

    start: int
    end: int


class Words:
    """The words of a stretch of text, lower case, each time quantity drawn together into one ``#``.

    Parameters
    ----------
    text : str
        The whole text.
    start, end : int
        The stretch.
    times : sequence of Span
        The time quantities in it, in order.
    """

    def __init__(self, text: str, start: int, end: int, times: Sequence[Span] = ()) -> None:
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.places: dict[int, int] = {}
        self.ceilings: set[int] = set()
        position = start
        for time in times:
            self._read(text, position, time.start)
            self._draw(text, time)
            position = max(position, time.end)
        self._read(text, position, end)

    def _read(self, text: str, start: int, end: int) -> None:
        for match in TOKEN.finditer(text, start, max(start, end)):
            word = match[0]
            first, last = match.span()
            if word in HYPHENS and first > 0 and not text[first - 1].isspace():
                continue
            self._add(word.lower() if word.isalpha() else trim(word.lower()), first, last)

    def _draw(self, text: str, time: Span) -> None:
        position = time.start
        if ORDINAL.match(text, time.start, time.end):
            self._add("at", time.start, time.start)
        for match in TOKEN.finditer(text, time.start, time.end):
            word = match[0].lower()
            if word in list_small_words("leading"):
                self._add(PAST.get(word, word), match.start(), match.end())
            elif word not in list_small_words("passed") and word not in HYPHENS:
                break
            position = match.end()
        self.places[time.start] = len(self.words)
        if CEILING.match(text, time.start, time.end):
            self.ceilings.add(len(self.words))
        self._add(TIME, position, time.end)

    def _add(self, word: str, start: int, end: int) -> None:
        self.words.append(word)
        self.starts.append(start)
        self.ends.append(end)

    @cached_property
    def costs(self) -> list[float]:
        """The running sum of what each word adds to a distance; one longer than the words."""
        return list(accumulate((read_costs().get(word, 1.0) for word in self.words), initial=0.0))

    @cached_property
    def verbs(self) -> list[int]:
        """The running count of verbs; one longer than the words."""
        return list(accumulate(find_verbs(self.words), initial=0))

    @cached_property
    def asides(self) -> list[tuple[int, int]]:
        """The numbers of the brackets or dashes around each aside, in order."""
        found, opened = [], -1
        for number, word in enumerate(self.words):
            if word in CLOSERS and opened >= 0 and CLOSERS[word] == self.words[opened] and number - opened < 30:
                found.append((opened, number))
                opened = -1
            elif word in OPENERS:
                opened = number
            elif word in ENDERS:
                opened = -1
        return found

    def at(self, number: int) -> str:
        """Return a word by its number, "" outside the stretch."""
        return self.words[number] if 0 <= number < len(self.words) else ""

    def distance(self, first: int, last: int) -> float:
        """Return how far two words are apart: the cost of the words between them, an aside counting as one."""
        low, high = min(first, last) + 1, max(first, last)
        if high <= low:
            return 0.0
        total = self.costs[high] - self.costs[low]
        for opened, closed in self.list_asides(low, high):
            total -= self.costs[closed + 1] - self.costs[opened] - 1.0
        return total

    def passed(self, low: int, high: int) -> int:
        """Return how many verbs stand among the words ``low..high`` (exclusive), those of asides left out."""
        return (
            self.verbs[high]
            - self.verbs[low]
            - sum(self.verbs[closed] - self.verbs[opened] for opened, closed in self.list_asides(low, high))
        )

    def list_asides(self, low: int, high: int) -> list[tuple[int, int]]:
        """Return the asides that stand whole among the words ``low..high`` (exclusive), none in a long stretch."""
        if high - low > FAR:
            return []
        found = self.asides[bisect_left(self.asides, (low, 0)) : bisect_left(self.asides, (high, 0))]
        return [(opened, closed) for opened, closed in found if closed < high]


def trim(word: str) -> str:
    """Take the possessive off a word and make its apostrophe plain.

    >>> trim("ketamine’s"), trim("don’t")
    ('ketamine', "don't")
    """
    plain = word.replace("’", "'")
    return plain[:-2] if plain.endswith("'s") else plain
