"""Find what a claim is about where its own words are silent: what its sentence, paragraph and document named before.

Law of the room: the nearest words win; a code holds until its paragraph ends or another is named; what nobody states is
"unspecified".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from howlong.claims.codebook import Codebook
from howlong.claims.cues import TIME, Cue, Hit, Span, Words
from howlong.claims.found import Found
from howlong.claims.roles import Reading
from howlong.claims.subject import FIRM, SHORT, Subjects, load_things
from howlong.claims.vocabulary import list_small_words
from howlong.sources import Document, Passage

NUMBERED = re.compile(r"^\W*(?:table|figure|fig\.|box)\s*\d+", re.I)
DIGIT = re.compile(r"\d")
RIGHT_COST = 10.0
GENTLE = 0.25
FAR = 40.0
NEXT = 2.0
BESIDE = 8.0
LINE_LENGTH = 90
LINES = 15
BARS = ("|", "\t")
ROW_LENGTH = 400
STRETCH = 1_000
DRIVING = (
    "keep",
    "kept",
    "repel",
    "deter",
    "kill",
    "against",
    "fight",
    "control",
    "protect",
    "prevent",
    "stop",
    "eradicat",
    "exterminat",
    "bitten",
)
AWAY = frozenset(["away", "out", "off", "bite", "bites", "sting", "stings", "proof", "infestation", "damage"])


class Paragraph:
    """The words of one paragraph, its sentences, and the cues in it.

    Parameters
    ----------
    document : Document
        The document.
    passages : sequence of Passage
        The paragraph's passages, in order.
    times : sequence of Span
        The time quantities in it, in order.
    codebook : Codebook
        The cues.
    """

    def __init__(
        self, document: Document, passages: Sequence[Passage], times: Sequence[Span], codebook: Codebook
    ) -> None:
        self.document = document
        self.passages = passages
        self.codebook = codebook
        self.words = Words(
            document.text, passages[0].start, max([passages[-1].end, *(time.end for time in times)]), times
        )
        self.firsts = [bisect_left(self.words.starts, passage.start) for passage in passages]
        self.readings: list[tuple[int, Reading, str]] = []
        self.series: list[int] = []
        self._hits: dict[str, list[Hit]] = {}

    def hits(self, facet: str) -> list[Hit]:
        """Return the cues of one facet, in order."""
        if facet not in self._hits:
            lexicon = self.codebook.roles.words if facet == "role" else self.codebook.lexicons[facet]
            self._hits[facet] = lexicon.find(self.words.words)
        return self._hits[facet]

    def bounds(self, place: int) -> tuple[int, int]:
        """Return the first and last word (exclusive) of the sentence that holds a word."""
        at = max(0, bisect_right(self.firsts, place) - 1)
        return self.firsts[at], self.firsts[at + 1] if at + 1 < len(self.firsts) else len(self.words.words)

    def quote(self, hit: Hit, code: str, rule: str) -> Found:
        """Return a cue as the words of the document."""
        start, end = self.words.starts[hit.first], self.words.ends[hit.last]
        return Found(code, rule, self.document.text[start:end], start, end)

    def split(self, facet: str, place: int) -> tuple[list[Hit], list[Hit], list[Hit]]:
        """Return a facet's cues before the time's sentence, in it before the time, and in it after the time."""
        low, high = self.bounds(place)
        hits = self.hits(facet)
        one, two, three = (bisect_left(hits, place_, key=lambda hit: hit.first) for place_ in (low, place, high))
        return hits[max(0, one - 40) : one], hits[max(one, two - 40) : two], hits[two : min(three, two + 40)]

    def find(self, facet: str, place: int, ignore: frozenset[str] = frozenset()) -> Found | None:
        """Return the code of a facet that holds for the time at `place`, None where the paragraph is silent."""
        earlier, left, right = self.split(facet, place)
        best = max(
            (hit for hit in [*left, *right] if hit.cue.code not in ignore),
            default=None,
            key=lambda hit: (rank(hit, self.words, place), hit.first),
        )
        if best:
            hit = self.lead(facet, best)
            return self.quote(hit, hit.cue.code, "same sentence")
        for hit in reversed(earlier):
            if hit.cue.code not in ignore:
                return self.quote(hit, hit.cue.code, "earlier in the paragraph")
        return None

    def lead(self, facet: str, hit: Hit) -> Hit:
        """Return the first of two things that "and" joins: "potentiation and BDNF" speaks of potentiation."""
        at = bisect_left(self.hits(facet), hit.first, key=lambda other: other.first)
        before = self.hits(facet)[at - 1] if at else hit
        between = self.words.words[before.last + 1 : hit.first]
        return before if between and len(between) <= 3 and between[-1] == "and" and "," not in between else hit

    def find_regimen(self, place: int) -> Found | None:
        """Return the regimen that the paragraph names for a time; words after it count only close by."""
        earlier, left, right = self.split("regimen", place)
        near = [*left, *(hit for hit in right if self.words.distance(place, hit.first) <= BESIDE)]
        if near:
            best = max(near, key=lambda hit: (rank(hit, self.words, place), hit.first))
            return self.quote(best, best.cue.code, "same sentence")
        return self.quote(earlier[-1], earlier[-1].cue.code, "earlier in the paragraph") if earlier else None

    def find_region(self, place: int) -> Found | None:
        """Return the place a claim is about: named in its sentence, or alone in its paragraph's first."""
        _, left, right = self.split("region", place)
        own = [
            hit
            for hit in [*left, *right]
            if not list_small_words("contrast").intersection(self.words.words[max(0, hit.first - 3) : hit.first])
        ]
        if own:
            best = max(own, key=lambda hit: (rank(hit, self.words, place), hit.first))
            return self.quote(best, best.cue.code, "same sentence")
        opening = self.firsts[1] if len(self.firsts) > 1 else len(self.words.words)
        first = [hit for hit in self.hits("region")[:12] if hit.first < opening]
        if len({hit.cue.code for hit in first}) == 1 and opening <= place:
            return self.quote(first[0], first[0].cue.code, "opening of the paragraph")
        return None


def rank(hit: Hit, words: Words, place: int) -> float:
    """Return how strongly a word names what a time is about: words before it count more, unless one follows at once."""
    distance = words.distance(place, hit.first) if hit.first > place else words.distance(hit.last, place)
    late = hit.first > place and distance > NEXT
    return hit.cue.weight - GENTLE * min(distance, FAR) - (RIGHT_COST if late else 0.0)


class Context:
    """A document's paragraphs, made when a claim asks for them, and what the document as a whole is about."""

    def __init__(self, document: Document, times: Sequence[Span], codebook: Codebook) -> None:
        self.document = document
        self.codebook = codebook
        self.times = times
        self._starts = [time.start for time in times]
        self._numbers = [passage.paragraph for passage in document.passages.items]
        self._paragraphs: dict[int, Paragraph] = {}
        self.subjects = Subjects(document, codebook.lexicons["population"])
        self._sentences: dict[tuple[int, int], str] = {}

    def paragraph(self, number: int) -> Paragraph:
        """Return one paragraph by its number."""
        if number not in self._paragraphs:
            items = self.document.passages.items
            passages = items[bisect_left(self._numbers, number) : bisect_right(self._numbers, number)]
            first, last = (bisect_left(self._starts, offset) for offset in (passages[0].start, passages[-1].end))
            self._paragraphs[number] = Paragraph(self.document, passages, self.times[first:last], self.codebook)
        return self._paragraphs[number]

    def sentence(self, start: int, end: int) -> tuple[int, str]:
        """Return the offset and text of the sentence that holds a span; of an endless one, the stretch around the span."""
        low, high = self.document.passages.span(start, end)
        low, high = max(low, start - STRETCH), min(high, end + STRETCH)
        if (low, high) not in self._sentences:
            self._sentences[low, high] = self.document.text[low:high]
        return low, self._sentences[low, high]

    def labels(self, passage: Passage) -> list[Passage]:
        """Return the short unfinished lines above a passage that name it, the nearest first: a table's header, a caption.

        Only a short unfinished line, such as a row of a table, has labels.
        """
        if not self.is_line(passage):
            return []
        above = []
        for number in range(passage.number - 1, max(-1, passage.number - LINES), -1):
            line = self.document.passages.items[number]
            if not self.is_line(line):
                break
            if not DIGIT.search(NUMBERED.sub("", self.document.text[line.start : line.end])):
                above.append(line)
        return above

    def column(self, offset: int) -> str:
        """Return the head of the table column that holds an offset, "" outside a table.

        A table has a line a row and a bar or tab between its cells; its head is the nearest row above without a digit.
        """
        text = self.document.text
        start = text.rfind("\n", 0, offset) + 1
        end = text.find("\n", offset)
        row = text[start : end if end >= 0 else len(text)]
        bar = next((mark for mark in BARS if mark in row), "")
        if not bar or len(row) > ROW_LENGTH:
            return ""
        number, count = text.count(bar, start, offset), row.count(bar)
        for _ in range(LINES):
            end, start = start - 1, text.rfind("\n", 0, max(0, start - 1)) + 1
            above = text[start:end] if end > 0 else ""
            if not above.strip():
                continue
            if above.count(bar) != count:
                return ""
            if not DIGIT.search(above) and re.search(r"\w", above):
                return above.split(bar)[number]
        return ""

    def is_line(self, passage: Passage) -> bool:
        """Tell whether a passage is a short unfinished line."""
        return passage.end - passage.start <= LINE_LENGTH and self.document.text[passage.end - 1] not in ".!?;,"

    def search(self, facet: str, text: str, ignore: frozenset[str] = frozenset(), least: float = 6.0) -> Cue | None:
        """Return the strongest cue of a facet in a heading or label."""
        words = Words(text, 0, len(text))
        lexicon = self.codebook.roles.words if facet == "role" else self.codebook.lexicons[facet]
        hits = [hit for hit in lexicon.find(words.words) if hit.cue.code not in ignore and hit.cue.weight >= least]
        return max(hits, key=lambda hit: (hit.cue.weight, -hit.first)).cue if hits else None


def find_regimen(context: Context, paragraph: Paragraph, place: int, role: str, kind: str) -> Found:
    """Return the regimen a claim is about.

    Named in its sentence; else stated by the claim itself, for what is given at a rate or as a course is a series; else
    named or stated before in its paragraph.  Outside texts about care nothing is a regimen, unless the review's codebook
    names regimens of its own.
    """
    if not (context.codebook.has_regimens or context.subjects.at(paragraph.passages[0].start)[0]):
        return Found("unspecified", "not about care")
    found = paragraph.find_regimen(place)
    is_rate = role == "dosing_interval" and kind == "frequency"
    if found and found.rule == "same sentence" and not (found.code == "single" and is_rate):  # "one tablet daily"
        return found
    if is_rate or role == "course":
        stated = paragraph.quote(
            Hit(Cue(TIME, "regimen", "series"), place, place), "series", "given at a rate or as a course"
        )
        paragraph.series.append(place)
        return stated
    given = paragraph.series[-1] if paragraph.series else -1
    if (
        given >= 0
        and paragraph.bounds(given)[1] >= paragraph.bounds(place)[0]
        and (found is None or found.start < paragraph.words.starts[given])
    ):
        return paragraph.quote(
            Hit(Cue(TIME, "regimen", "series"), given, given), "series", "given so before in the paragraph"
        )
    return found or Found("unspecified", "not stated")


def find_population(context: Context, paragraph: Paragraph, place: int, section: str, implied: str) -> Found:
    """Return whom a claim is about.

    Parameters
    ----------
    implied : str
        What the codebook says of the claim's outcome: a population, "unspecified" (say nothing that the paragraph does
        not), or "".
    """
    found = find_named(context, paragraph, place, FIRM if implied == "unspecified" else 0.0)
    thing = find_thing(paragraph, place)
    if thing and not (found and found.rule == "same sentence" and not is_weak(found, context)):
        return thing
    if found:
        return found
    if implied and implied != "unspecified":
        return Found(implied, "implied by the outcome")
    if implied:
        return Found(implied, "not stated")
    is_care, topic, _ = context.subjects.at(paragraph.passages[0].start)
    cue = context.search("population", section, frozenset(["unspecified"]))
    if cue and (cue.weight >= FIRM or (is_care and topic != "animal")):
        return Found(cue.code, "heading", cue.text)
    return Found(topic, "the document's subject") if topic else Found("unspecified", "not stated")


def find_thing(paragraph: Paragraph, place: int) -> Found | None:
    """Return the word of something stored or kept in a dish that the time's sentence is about."""
    low, high = paragraph.bounds(place)
    hits = load_things().find(paragraph.words.words[low:high])
    if not hits:
        return None
    near = min(hits, key=lambda hit: abs(low + hit.first - place))
    return paragraph.quote(Hit(near.cue, low + near.first, low + near.last), "unspecified", "about a thing")


def is_weak(found: Found, context: Context) -> bool:
    """Tell whether a population was named only by words such as "you", which also speak to whoever stores a thing."""
    cue = context.search("population", found.words, least=0.0)
    return cue is None or cue.weight < FIRM


def find_named(context: Context, paragraph: Paragraph, place: int, firm: float) -> Found | None:
    """Return the population that a paragraph names; plain words for people count in texts about care.

    In other texts people are named because they do something: whoever is named holds for the sentence, no longer.

    Parameters
    ----------
    firm : float
        The least weight of a cue that counts.
    """
    is_care, topic, is_clinic = context.subjects.at(paragraph.passages[0].start)
    earlier, left, right = paragraph.split("population", place)
    lingers = is_care or context.subjects.whole.words < SHORT

    def counts(hit: Hit) -> bool:
        """Tell whether a cue names those that the text is about."""
        if hit.cue.code == "unspecified" or hit.cue.weight < firm or is_pest(hit):
            return False
        if topic == "animal" and hit.cue.text == "patient*" and is_clinic:
            return False
        return hit.cue.weight >= FIRM or (is_care and topic != "animal")

    def studied(hit: Hit) -> bool:
        """Tell whether a pest is what the text is about, and is not merely driven off."""
        return is_pest(hit) and topic != "human" and hit.cue.weight >= firm and not is_driven_off(hit, paragraph.words)

    for chosen in (counts, studied):
        for hits, rule in (([*left, *right], "same sentence"), (earlier, "earlier in the paragraph")):
            best = max(
                filter(chosen, hits), default=None, key=lambda hit: (rank(hit, paragraph.words, place), hit.first)
            )
            lasts = lingers or topic == "animal" or not (best and (best.cue.code == "human" or is_pest(best)))
            if best and (lasts or hits is not earlier):
                return paragraph.quote(best, best.cue.code, rule)
    return None


def is_pest(hit: Hit) -> bool:
    """Tell whether a cue names pests."""
    return hit.cue.code == "animal" and hit.cue.weight < FIRM


def is_driven_off(hit: Hit, words: Words) -> bool:
    """Tell whether pests are kept away or fought: "repels moths", "kept ticks off", "mosquito bites"."""
    before, after = words.words[max(0, hit.first - 3) : hit.first], words.words[hit.last + 1 : hit.last + 3]
    return any(word.startswith(DRIVING) for word in before) or bool(AWAY.intersection(after))


def find_comparator(paragraph: Paragraph, place: int) -> Found | None:
    """Return the words of something else than the intervention that a claim is about."""
    earlier, left, right = paragraph.split("comparator", place)
    for hit in [
        *reversed(left),
        *(hit for hit in right if paragraph.words.distance(place, hit.first) <= 2),
        *reversed(earlier),
    ]:
        if hit.cue.code == "intervention":
            return None
        before = paragraph.words.words[max(0, hit.first - 3) : hit.first]
        if (
            hit.first < paragraph.bounds(place)[0]
            or hit in left
            or not list_small_words("contrast").intersection(before)
        ):
            return paragraph.quote(hit, "true", "names something else")
    return None
