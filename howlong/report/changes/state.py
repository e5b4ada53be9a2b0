"""Describe one side of a comparison: what an edition said and what it was made of.

Law of the module: a state is read once and never changed.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from howlong.claims import Claim
from howlong.sources import Source
from howlong.spread import Stratum

FEW = 3  # words that can be named
WORD = re.compile(r"[^\W\d_]{3,}")
RULES = ("seeds/codebook.toml", "seeds/review.toml", "seeds/vague-words.csv", "vocabulary/")


@dataclass(frozen=True)
class State:
    """What an edition said, and what it was made of.

    Attributes
    ----------
    inputs : mapping of str to str
        The hash of each file it was made of: seeds/..., vocabulary/..., notebooks/...
    code : str
        The hash of the library.
    versions : mapping of str to str
        The versions it was made with.
    parameters : mapping
        The values given for its run.
    sources : mapping of str to Source
        Its sources by name.
    claims : tuple of Claim
        Its claims.
    strata : tuple of Stratum
        Its answers, in the reading it was asked for.
    read : callable
        Returns the lines of one of its files, none where they are not kept.
    """

    inputs: Mapping[str, str]
    code: str
    versions: Mapping[str, str]
    parameters: Mapping[str, Any]
    sources: Mapping[str, Source]
    claims: tuple[Claim, ...]
    strata: tuple[Stratum, ...]
    read: Callable[[str], list[str]]

    def digest(self, source_id: str) -> str:
        """Return the hash of a source's text, "" where it is not read."""
        source = self.sources.get(source_id)
        return source.sha256 if source and source.include else ""


@dataclass(frozen=True)
class Edit:
    """One line that a person wrote, changed or removed in a file of rules.

    Attributes
    ----------
    file : str
        The file.
    line : int
        The number of the line: in the new file, or in the old one where it was removed.
    text : str
        What stands, or stood, there.
    removed : bool
        Whether it stands there no longer.
    words : frozenset of str
        Its words that the lines in its place do not hold; all of them where only their order differs.
    replaced : bool
        Whether another line stands in its place.
    """

    file: str
    line: int
    text: str
    removed: bool
    words: frozenset[str]
    replaced: bool = False

    def __str__(self) -> str:
        place = f"{self.file} line {self.line}"
        if not self.removed:
            return place
        if not self.replaced or len(self.words) > FEW:
            return f"{place} ({'as it was' if self.replaced else 'removed'})"
        return f"{place} (no longer {', '.join(sorted(self.words))})"


def list_changed(before: State, after: State, prefix: str = "") -> list[str]:
    """Return the files whose hash differs, in order."""
    names = sorted({*before.inputs, *after.inputs})
    return [name for name in names if name.startswith(prefix) and before.inputs.get(name) != after.inputs.get(name)]


def list_edits(before: State, after: State) -> list[Edit]:
    """Return the lines that differ in the files of rules, as far as both sides keep these files."""
    edits: list[Edit] = []
    for name in list_changed(before, after):
        if name.startswith(RULES):
            edits += compare_lines(name, before.read(name), after.read(name))
    return [edit for edit in edits if edit.text.strip() and not edit.text.lstrip().startswith("#")]


def compare_lines(name: str, old: list[str], new: list[str]) -> Iterator[Edit]:
    """Yield the lines of a file that differ."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone, come = old[old_start:old_end], new[new_start:new_end]
        is_reordered = list_words("\n".join(gone)) == list_words("\n".join(come))
        for lines, others, start, removed in ((come, gone, new_start, False), (gone, come, old_start, True)):
            elsewhere = list_words("\n".join(others))
            for at, line in enumerate(lines):
                words = list_words(line)
                own = words if is_reordered else words - elsewhere
                yield Edit(name, start + at + 1, line, removed, own, tag == "replace")


def list_words(text: str) -> frozenset[str]:
    """Return the words of a text, in lower case.

    >>> sorted(list_words('cues = ["striat*", "of it"]'))
    ['cues', 'striat']
    """
    return frozenset(word.lower() for word in WORD.findall(text))
