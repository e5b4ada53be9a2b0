"""Give codes, sources and counts the words of the page.

Law of the room: a review's own names come from its codebook; what is here is general English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from howlong.sources import Source
from howlong.spread import Stratum

FACETS = ("outcome", "regimen", "population", "region")
READING_WORDS = {"narrow": "narrowly", "base": "as usual", "wide": "widely"}
DIVIDES = {"regimen": "dosing", "population": "people or animals", "region": "region"}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
GENERAL: dict[str, str] = {
    "regimen.single": "after one dose",
    "regimen.series": "after a series",
    "regimen.maintenance": "during maintenance",
    "regimen.unspecified": "one dose or several",
    "population.human": "people",
    "population.animal": "animals",
    "population.both": "people and animals",
    "population.unspecified": "people or animals",
    "region.none": "",
    "region.unspecified": "",
    "outcome.none": "an effect that is not named",
    "outcome.unspecified": "an effect that is not named",
}
ROLES: dict[str, tuple[str, str]] = {
    "persistence": ("How long it lasts", ""),
    "onset": ("Onset", "when it begins"),
    "peak": ("Peak", "when it is strongest"),
    "window": ("Receptive or advised time", "when it is said to be open, or when to act"),
}
ROLE_WORDS: dict[str, str] = {
    "persistence": "how long it lasts",
    "window": "a receptive or advised time",
    "window length": "how long a receptive state lasts",
    "onset": "when it begins",
    "peak": "when it peaks",
    "dosing_interval": "time between doses",
    "course": "length of a course",
    "administration": "length of one dose",
    "monitoring": "time under watch",
    "follow_up": "time over which it was measured",
    "other": "another time",
}


SIGNS = re.compile(r"\*|/[\w’'*-]+|(?:^| )[_#0](?= |$)")  # what a cue is written with, beside its words


@dataclass(frozen=True)
class Naming:
    """The words for one review's codes and sources.

    Attributes
    ----------
    names : mapping of str to str
        The review's own words, by code or by ``facet.code``.
    intervention : tuple of str
        The words for the intervention.
    listed : tuple of Source
        The sources.
    """

    names: Mapping[str, str]
    intervention: tuple[str, ...]
    listed: tuple[Source, ...]

    @property
    def subject(self) -> str:
        """The intervention as a reader would write it: its first words without signs of a cue, else those of the first.

        >>> Naming({}, ("flood*", "high water"), ()).subject, Naming({}, ("dose/doses of _ dye*",), ()).subject
        ('high water', 'dose of dye')
        """
        plain = [words for words in self.intervention if not SIGNS.search(words)]
        return plain[0] if plain else SIGNS.sub("", " ".join(self.intervention[:1])).strip()

    def code(self, facet: str, code: str) -> str:
        """Return the words for a code, "" for a facet that says nothing."""
        if not code or code == "*":
            return ""
        for name in (f"{facet}.{code}", code):
            own = self.names.get(name)
            if own is not None and not (code in ("unspecified", "none") and f"{facet}.{code}" in GENERAL):
                return own
        return GENERAL.get(f"{facet}.{code}", code.replace("_", " "))

    def thing(self, outcome: str) -> str:
        """Return the words for an outcome without their gloss, "" where a claim names none."""
        named = self.names.get(f"outcome.{outcome}", "") if outcome not in ("", "none", "unspecified") else ""
        return split_gloss(named)[0]

    def head(self, stratum: Stratum) -> str:
        """Return what lasts, with a capital and without a gloss in brackets: the first line of a stratum's name."""
        if stratum.measure == "window":
            return capitalise(self.window)
        if not any(name.startswith("outcome.") for name in self.names):
            return "The effect"
        return capitalise(split_gloss(self.code("outcome", stratum.outcome))[0] or "the effect")

    def parts(self, stratum: Stratum) -> tuple[list[str], list[str]]:
        """Return the words for a stratum's other facets: those that are stated, and what is not stated."""
        facets = FACETS if stratum.measure == "window" else FACETS[1:]
        told: list[str] = []
        untold: list[str] = []
        for facet in facets:
            code = getattr(stratum, facet)
            words = split_gloss(self.code(facet, code))[0]
            if words:
                (untold if code == "unspecified" and facet != "outcome" else told).append(words)
        return told, untold

    def tail(self, stratum: Stratum) -> str:
        """Return the other facets: the second line of a stratum's name."""
        told, untold = self.parts(stratum)
        return " · ".join(told + ([f"{', '.join(untold)}: not stated"] if untold else []))

    @property
    def window(self) -> str:
        """The words for a receptive window."""
        return self.names.get("window", "receptive window")

    def gloss(self, stratum: Stratum) -> str:
        """Return what the codebook adds in brackets to the name of what lasts, "" where it adds nothing."""
        return split_gloss(self.code("outcome", stratum.outcome))[1]

    def whole(self, stratum: Stratum) -> str:
        """Return a stratum's name in one line."""
        told, untold = self.parts(stratum)
        return ", ".join([self.head(stratum), *told]) + (f" ({', '.join(untold)}: not stated)" if untold else "")

    def clause(self, stratum: Stratum) -> str:
        """Return a stratum's name as the end of a sentence: "mood, after one dose, in people"."""
        population = self.code("population", stratum.population)
        told = population and stratum.population != "unspecified"
        regimen = "" if stratum.regimen == "unspecified" else self.code("regimen", stratum.regimen)
        parts = [lower_first(self.head(stratum)), self.code("region", stratum.region), regimen]
        if stratum.measure == "window":
            parts[0] = f"the {parts[0]}"
        return ", ".join([part for part in parts if part] + ([f"in {population}"] if told else []))

    def article(self, source_id: str) -> str:
        """Return a source's short name: "Article A", or its own name where that is longer than two letters."""
        return f"Article {source_id}" if len(source_id) <= 2 else source_id

    def full_name(self, source: Source) -> str:
        """Return a source's title and publisher, as far as they are known."""
        return " · ".join(part for part in (source.title, source.publisher) if part) or "title not stated"


def split_gloss(name: str) -> tuple[str, str]:
    """Part a name from its gloss in brackets.

    >>> split_gloss("relief (mood, remission)"), split_gloss("relief")
    (('relief', 'mood, remission'), ('relief', ''))
    """
    match = re.fullmatch(r"(.*\S)\s*\((.*)\)", name)
    return (match[1], match[2]) if match else (name, "")


def capitalise(text: str) -> str:
    """Write a text's first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Write a text's first letter small, unless its first word is an abbreviation ("BDNF")."""
    return text if text[1:2].isupper() or text[1:2].isdigit() else text[:1].lower() + text[1:]


def spell(count: int) -> str:
    """Write a small count as a word.

    >>> spell(2), spell(31)
    ('two', '31')
    """
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def plural(count: int, noun: str) -> str:
    """Write a count with its noun: "one article", "two articles"."""
    return f"{spell(count)} {noun}" + ("" if count == 1 else "s")


def share(part: int, total: int, noun: str, article: str = "") -> str:
    """Write a part of a total as the subject of a sentence.

    >>> share(2, 5, "row"), share(2, 2, "row"), share(0, 2, "answer", "the ")
    ('Two of five rows', 'Both rows', 'None of the two answers')
    """
    if part == total == 2:
        return f"Both {noun}s"
    if part == total:
        return f"All {plural(total, noun)}" if total > 1 else f"The one {noun}"
    return f"{capitalise(spell(part)) if part else 'None'} of {article}{plural(total, noun)}"


def join_words(words: Sequence[str]) -> str:
    """Join words as a list in a sentence.

    >>> join_words(["A"]), join_words(["A", "B", "C"])
    ('A', 'A, B and C')
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def join_or(words: Sequence[str]) -> str:
    """Join words with "or", "" where there are none.

    >>> join_or(["after a series"]), join_or(["after a series", "in people", "in animals"])
    ('after a series', 'after a series, in people or in animals')
    """
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)


def slug(text: str) -> str:
    """Turn a stratum's id into letters that a fragment may hold.

    >>> slug("persistence/clinical/single dose")
    'persistence-clinical-single_dose'
    """
    return re.sub(r"[^\w-]", "_", text.replace("/", "-").replace("*", "any"))


def list_first(words: Sequence[str], most: int) -> str:
    """List words, those past the first few as a count.

    >>> list_first(["A", "B", "C"], 3), list_first(["A", "B", "C"], 1)
    ('A, B, C', 'A and 2 more')
    """
    rest = len(words) - most
    return ", ".join(words[:most]) + (f" and {rest:,} more" if rest > 0 else "")
