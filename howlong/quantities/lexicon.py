"""Load the words and units that state an amount from the vocabulary's files.

Law: what a word means stands in the files and nowhere else; the scanner, the tokeniser and docs/lexicon.md are made from
this one reading of them.  Files are read once, at first use.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

VOCABULARY = Path(__file__).parent.parent / "vocabulary"
ANY_DIGIT = str.maketrans(dict.fromkeys("123456789", "0"))


class Phrase(NamedTuple):
    """One spelling of a word in the lexicon."""

    kind: str
    normal: str
    effect: str
    form: str
    exact: bool

    def match(self, text: str, at: int, loose: bool) -> int:
        """Return where this spelling ends in the text when it begins at `at`, else -1.

        White space and hyphens in the text are plain ones; `loose` says that some stand doubled.
        """
        end = at + len(self.form)
        piece = text[at:end]
        if piece == self.form or (not self.exact and piece.lower() == self.form):
            return end
        if loose and " " in self.form:
            match = compile_pattern(self.form, self.exact).match(text, at)
            return match.end() if match else -1
        return -1


class Unit(NamedTuple):
    """One spelling of a unit, from the frozen table."""

    form: str
    exact: bool
    name: str
    kind: str


class Words(NamedTuple):
    """Whole words, and beginnings of words."""

    exact: frozenset[str]
    stems: tuple[str, ...]

    def has(self, word: str) -> bool:
        """Tell whether a word in small letters is one of them."""
        return word in self.exact or (self.stems != () and word != "" and word.startswith(self.stems))


@dataclass(frozen=True)
class Lexicon:
    """All words of the vocabulary, ready to look up."""

    phrases: tuple[Phrase, ...]
    by_first: dict[str, dict[str, tuple[Phrase, ...]]]
    units: dict[str, tuple[tuple[int, ...], dict[str, Unit]]]
    nouns: dict[str, frozenset[str]]
    singulars: dict[str, str]
    labels: dict[str, str]
    label_ends: frozenset[str]
    contexts: dict[str, Words]

    def of(self, *kinds: str) -> Iterator[Phrase]:
        """Yield the phrases of these classes."""
        return (phrase for phrase in self.phrases if phrase.kind in kinds)


def read_lines(name: str, fields: int) -> Iterator[list[str]]:
    """Yield the entries of a vocabulary file, comments left out."""
    for number, line in enumerate((VOCABULARY / name).read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            entry = [field.strip() for field in line.split("|")]
            if len(entry) != fields:
                raise ValueError(f"{name} line {number}: must have {fields} fields, has {len(entry)}. Mend the line.")
            yield entry


def read_forms(forms: str) -> Iterator[tuple[str, bool]]:
    """Yield each spelling of an entry and whether its case counts."""
    for raw in forms.split(";"):
        form = raw.strip()
        if form:
            exact = len(form) > 2 and form[0] == "'" == form[-1]
            yield (form[1:-1], True) if exact else (form, False)


def read_phrases() -> Iterator[Phrase]:
    """Yield every spelling in words.txt and vetoes.txt."""
    for kind, normal, forms, effect in read_lines("words.txt", 4):
        for form, exact in read_forms(forms):
            yield Phrase(kind, normal, effect, form, exact)
    for reason, where, forms in read_lines("vetoes.txt", 3):
        for form, exact in read_forms(forms):
            yield Phrase(f"veto {where}", reason, reason, form, exact)


def split_first(form: str) -> str:
    """Return what a spelling begins with: its first run of letters, else its first character."""
    match = re.match(r"[A-Za-z]+", form)
    return match[0].lower() if match else form[0]


@cache
def compile_pattern(form: str, exact: bool) -> re.Pattern[str]:
    """Compile the pattern of a spelling of several words, once, when a text first needs it."""
    return re.compile(re.escape(form).replace("\\ ", " +"), 0 if exact else re.IGNORECASE)


def index_phrases(phrases: tuple[Phrase, ...]) -> dict[str, dict[str, tuple[Phrase, ...]]]:
    """Return the phrases by what they begin with and the two characters behind it, the longest first.

    Under no characters stand those that have no two, which are found under any, and under "*" all of them.
    """
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        found.setdefault(split_first(phrase.form), []).append(phrase)
    return {first: divide_phrases(len(first), group) for first, group in found.items()}


def divide_phrases(length: int, group: list[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    """Return the phrases of one beginning by the two characters behind it."""
    ordered = sorted(group, key=lambda phrase: (-len(phrase.form), not phrase.exact))
    tails = [phrase.form[length : length + 2].lower() for phrase in ordered]
    return {
        key: tuple(phrase for phrase, tail in zip(ordered, tails, strict=True) if len(tail) < 2 or tail == key)
        for key in {"", *tails}
    } | {"*": tuple(ordered)}


def read_units() -> dict[str, tuple[tuple[int, ...], dict[str, Unit]]]:
    """Return the spellings of the frozen unit table by their first two characters: their lengths, the longest first, and themselves."""
    found: dict[str, list[Unit]] = {}
    with (VOCABULARY / "units.csv").open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
        pick = itemgetter(*map(header.index, ("form", "case", "name", "kind")))
        for form, case, name, kind in map(pick, rows):
            unit = Unit(form.translate(ANY_DIGIT), case == "exact", name, kind)
            start = unit.form[:2]
            for first in {start} if unit.exact else spell_cases(start):
                found.setdefault(first, []).append(unit)
    return {
        first: (tuple(sorted({len(unit.form) for unit in group}, reverse=True)), {unit.form: unit for unit in group})
        for first, group in found.items()
    }


def spell_cases(start: str) -> set[str]:
    """Return the beginning of a word in small letters, in capitals and with one of them."""
    return {start.lower(), start.upper(), start.capitalize(), start[0].lower() + start[1:].upper()}


def read_words(words: str) -> Words:
    """Return an entry of contexts.txt: whole words, and words with a star."""
    every = words.split()
    return Words(
        frozenset(word for word in every if word[-1] != "*"), tuple(word[:-1] for word in every if word[-1] == "*")
    )


@cache
def load_lexicon() -> Lexicon:
    """Read the vocabulary once."""
    phrases = tuple(read_phrases())
    nouns = dict(read_lines("nouns.txt", 2))
    pairs = [pair.split(":") for pair in nouns.pop("plural").split()]
    sets = {kind: frozenset(words.split()) for kind, words in nouns.items()}
    sets["halt"] = sets["stop"] | sets["number"]
    words = tuple(phrase for phrase in phrases if not phrase.kind.startswith("veto"))
    labels = {phrase.form: phrase.normal for phrase in phrases if phrase.kind == "veto before"}
    ends = frozenset(form.split()[-1].rstrip(".").lower() for form in labels)
    contexts = {name: read_words(entry) for name, entry in read_lines("contexts.txt", 2)}
    return Lexicon(phrases, index_phrases(words), read_units(), sets, dict(pairs), labels, ends, contexts)
