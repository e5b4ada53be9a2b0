"""Tell what a document and each of its sections are about: care or not, people or animals.

Law of the room: what a document speaks of holds in a section only where the section speaks of care itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from howlong.claims.cues import Cue, Lexicon, Words
from howlong.claims.vocabulary import read_vocabulary
from howlong.sources import Document

FIRM = 8.0
DENSE = 60
THIN = 150
SHORT = 40
LONGEST = 200_000
OPENING = 1_500
MOSTLY = 4


@dataclass(frozen=True)
class Subject:
    """What a stretch of text is about.

    Attributes
    ----------
    words, care : int
        How many words it has, and how many of them speak of bodies and care.
    counts : mapping of str to int
        How often it names people, plain persons ("weak"), animals, and both.
    opens_with_animals : bool
        Whether its opening names animals and nobody else.
    """

    words: int
    care: int
    counts: Mapping[str, int]
    opens_with_animals: bool

    @property
    def is_care(self) -> bool:
        """Whether it speaks of care, so that "you" and "people" are those cared for."""
        return self.care * DENSE >= self.words or (self.care >= 3 and self.care * THIN >= self.words)

    @property
    def is_clinic(self) -> bool:
        """Whether animals are the patients: it calls hardly anybody else so."""
        return self.counts["human"] <= 3 and self.counts["animal"] >= 2 * self.counts["human"]

    @property
    def topic(self) -> str:
        """The population it speaks of, "" where it names several or none."""
        human = self.counts["human"] + (self.counts["weak"] if self.is_care else 0)
        animal = self.counts["animal"]
        if self.counts["both"]:
            return ""
        told = self.is_care or animal * DENSE >= self.words
        if animal >= 3 and told and (animal >= 2 * self.counts["human"] or self.opens_with_animals):
            return "animal"
        return "human" if self.is_care and human >= 2 and human >= animal else ""


@cache
def load_care() -> Lexicon:
    """Read the words of care."""
    return Lexicon(Cue(text, "care", "care") for text in read_vocabulary("populations")["care"]["cues"])


@cache
def load_things() -> Lexicon:
    """Read the words of what is stored or kept in a dish."""
    return Lexicon(Cue(text, "things", "things") for text in read_vocabulary("populations")["things"]["cues"])


def read_subject(text: str, start: int, end: int, populations: Lexicon) -> Subject:
    """Read what the stretch ``start..end`` of a text is about."""
    words = Words(text, start, min(end, start + LONGEST))
    hits = populations.find(words.words)
    counts = dict.fromkeys(("human", "weak", "animal", "both", "unspecified"), 0)
    for hit in hits:
        counts["weak" if hit.cue.code == "human" and hit.cue.weight < FIRM else hit.cue.code] += 1
    opening = [hit for hit in hits if hit.cue.weight >= FIRM and words.starts[hit.first] < start + OPENING]
    first = Counter(hit.cue.code for hit in opening if hit.cue.text != "patient*")
    opens = first["animal"] > MOSTLY * first["human"] and not first["both"]
    return Subject(len(words.words), len(load_care().find(words.words)), counts, opens)


class Subjects:
    """The subjects of a document and its sections, read when asked for."""

    def __init__(self, document: Document, populations: Lexicon) -> None:
        self.document = document
        self.populations = populations
        self._sections: dict[int, tuple[bool, str, bool]] = {}

    @cached_property
    def whole(self) -> Subject:
        """The subject of the whole document."""
        return read_subject(self.document.text, 0, len(self.document.text), self.populations)

    @cached_property
    def _starts(self) -> list[int]:
        return list(list_sections(self.document))

    @cached_property
    def parts(self) -> list[Subject]:
        """The subject of each section."""
        ends = [*self._starts[1:], len(self.document.text)]
        spans = zip(self._starts, ends, strict=True)
        return [read_subject(self.document.text, start, end, self.populations) for start, end in spans]

    @cached_property
    def is_on_care(self) -> bool:
        """Whether the document as a whole is about care: it speaks of it in half its sections."""
        parts = [part for part in self.parts if part.words >= SHORT]
        return self.whole.is_care and 2 * sum(part.is_care for part in parts) >= len(parts)

    @cached_property
    def is_on_animals(self) -> bool:
        """Whether the document as a whole is about animals: its opening and most of its sections name them."""
        named = sum(part.counts["animal"] > part.counts["human"] for part in self.parts if part.words >= SHORT)
        return self.whole.opens_with_animals and 2 * named >= sum(part.words >= SHORT for part in self.parts)

    def at(self, offset: int) -> tuple[bool, str, bool]:
        """Return whether the section at an offset is about care, its population ("" if none), and whether its patients are animals."""
        number = max(0, bisect_right(self._starts, offset) - 1)
        if number not in self._sections:
            self._sections[number] = self._join(self.parts[number])
        return self._sections[number]

    def _join(self, part: Subject) -> tuple[bool, str, bool]:
        whole = self.whole
        thin = part.words < SHORT or (part.care > 0 and part.care * THIN >= part.words)
        shared = self.is_on_care or (whole.is_care and thin)
        is_care = part.is_care or shared
        topic = part.topic or self._inherit(part, is_care)
        if whole.topic == "animal" and whole.is_clinic and not part.counts["human"] and self.is_on_animals:
            topic = "animal"  # "you" are those who keep them
        return is_care, topic, whole.is_clinic if topic == whole.topic else part.is_clinic

    def _inherit(self, part: Subject, is_care: bool) -> str:
        """Return the document's population where it holds in a section that names none enough."""
        whole = self.whole
        if whole.topic == "animal":
            named = part.counts["animal"] > part.counts["human"]
            return "animal" if named or (self.is_on_animals and (whole.is_clinic or not part.counts["human"])) else ""
        return whole.topic if is_care or (whole.topic and part.counts[whole.topic]) else ""


def list_sections(document: Document) -> Iterator[int]:
    """Yield the offsets at which a section of the document begins."""
    yield 0
    section = ""
    for passage in document.passages.items:
        if passage.section != section:
            yield passage.start
        section = passage.section
