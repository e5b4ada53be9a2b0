"""Lay a difference between two editions to its cause.

Law of the module: a cause is named only when its hash differs between the two editions, and a line of a rule only when it
holds words that the claim's cue names.  A person's verdict comes first, then what is nearest to the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from howlong.claims import Claim
from howlong.report.changes.state import Edit, State, list_changed, list_edits, list_words
from howlong.spread import Stratum

Cause = tuple[str, str]
LOCK = "requirements/report.txt"
VERDICTS = "seeds/verdicts.csv"
VAGUE = ("seeds/vague-words.csv", "vocabulary/vague-words.csv")
STEM = 5
MOST_NAMED = 4


class Causes:
    """Knows what differs in the making of two editions, and which of it explains a difference.

    Parameters
    ----------
    before, after : State
        The two editions.
    """

    def __init__(self, before: State, after: State) -> None:
        self.before = before
        self.after = after

    @cached_property
    def edits(self) -> list[Edit]:
        """The lines of rules that differ."""
        return list_edits(self.before, self.after)

    @cached_property
    def changed(self) -> list[str]:
        """The files that differ."""
        return list_changed(self.before, self.after)

    # --- what explains a difference -----------------------------------------------------------------------------------

    def of_presence(self, claim: Claim, is_added: bool) -> Cause:
        """Say why a claim is there now, or is there no longer."""
        there = self.before if is_added else self.after
        source = self.explain_source(claim.source_id)
        if source and (not there.digest(claim.source_id) or not self.is_in(there, claim)):
            return source
        edits = self.find_edits([claim.quote], "vocabulary/")
        return join_causes([*name_edits(edits), *self.list_general(), *([source] if source else [])][:MOST_NAMED])

    def of_words(self, old: Claim, new: Claim) -> Cause:
        """Say why a claim is read differently, or stands elsewhere."""
        source = self.explain_source(new.source_id)
        if source:
            return source
        if is_judged(old, new) and VERDICTS in self.changed:
            return self.name_verdict(new)
        edits = self.find_edits([old.quote, new.quote], "vocabulary/")
        return join_causes([*name_edits(edits), *self.list_general()][:MOST_NAMED])

    def of_code(self, old: Claim, new: Claim, name: str) -> Cause:
        """Say why a claim is coded differently."""
        if VERDICTS in self.changed and is_judged(old, new):
            return self.name_verdict(new)
        cues = [read_cue(claim.cue, name) for claim in (old, new)]
        codes = [str(getattr(claim, name)) for claim in (old, new)]
        edits = self.find_edits([*cues, *codes])
        source = self.explain_source(new.source_id)
        found = [*name_edits(edits)] if edits else self.list_general()
        return join_causes([*found, *([source] if source else [])][:MOST_NAMED])

    def of_answer(self, old: Stratum | None, new: Stratum | None, reasons: Mapping[str, Sequence[Cause]]) -> Cause:
        """Say why an answer differs: by its claims' causes, else by what turns claims into answers."""
        names = {name: None for row in (old, new) if row for name in (*row.claim_ids, *row.duplicate_ids)}
        found = [cause for name in names for cause in reasons.get(name, ())]
        changed = self.list_parameters() + [
            ("rule", str(edit)) for edit in self.edits if edit.file in (*VAGUE, "seeds/review.toml")
        ]
        found = unique([*(changed if not found else self.list_parameters()), *found])
        return join_causes((found or self.list_general())[:MOST_NAMED])

    # --- what differs -------------------------------------------------------------------------------------------------

    def explain_source(self, source_id: str) -> Cause | None:
        """Say how a source differs; None where it does not."""
        old, new = self.before.digest(source_id), self.after.digest(source_id)
        if old == new:
            return None
        left_out = [source_id in state.parameters.get("leave_out", ()) for state in (self.before, self.after)]
        if left_out[0] != left_out[1]:
            return "parameter", f"leave_out {'names' if left_out[1] else 'no longer names'} {source_id}"
        source = (self.after if new else self.before).sources[source_id]
        if old and new:
            return "source", f"{source.file} changed"
        files = [f"seeds/documents/{source.file}" in state.inputs for state in (self.before, self.after)]
        if files[0] and files[1]:
            return "source", f"seeds/sources.csv {'includes' if new else 'no longer includes'} {source_id}"
        return "source", f"{source.file} is {'new' if new else 'gone'}"

    def find_edits(self, texts: Iterable[str], prefix: str = "") -> list[Edit]:
        """Return the changed lines that hold one of these words, by their first letters."""
        stems = {word[:STEM] for text in texts for word in list_words(text)} - COMMON
        return [
            edit for edit in self.edits if edit.file.startswith(prefix) and stems & {word[:STEM] for word in edit.words}
        ]

    def list_parameters(self) -> list[Cause]:
        """Return the parameters that differ."""
        old, new = self.before.parameters, self.after.parameters
        return [
            ("parameter", f"{name}: {show(old.get(name))} before, {show(new.get(name))} now")
            for name in sorted({*old, *new})
            if old.get(name) != new.get(name)
        ]

    def list_general(self) -> list[Cause]:
        """Return what differs apart from the sources: files of rules, parameters, notebooks, the program, versions."""
        found: list[Cause] = [("rule", name) for name in self.changed if name.startswith(("seeds/codebook", "vocab"))]
        found += self.list_parameters()
        found += [("notebook", name) for name in self.changed if name.startswith("notebooks/")]
        if self.before.code != self.after.code:
            found.append(("program", "howlong itself"))
        old, new = self.before.versions, self.after.versions
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                found.append(("version", f"{name} {old.get(name, 'none')} before, {new.get(name, 'none')} now"))
        if LOCK in self.changed and old == new:
            found.append(("version", LOCK))
        return found

    def name_verdict(self, claim: Claim) -> Cause:
        """Name the lines of seeds/verdicts.csv that differ and speak of a claim."""
        old, new = (state.read(VERDICTS) for state in (self.before, self.after))
        for number, line in enumerate(new, start=1):
            if line not in old and (claim.claim_id in line or claim.quote in line):
                return "verdict", f"{VERDICTS} line {number}"
        return "verdict", VERDICTS

    def is_in(self, state: State, claim: Claim) -> bool:
        """Tell whether a claim's sentence stands in its source on one side."""
        source = state.sources.get(claim.source_id)
        return bool(source) and claim.sentence in "\n".join(state.read(f"seeds/documents/{source.file}"))  # type: ignore[union-attr]


COMMON = {"same", "sente", "earli", "para", "parag", "the", "and", "role", "none", "other", "unspe", "true", "false"}


def is_judged(old: Claim, new: Claim) -> bool:
    """Tell whether a person decided on either side."""
    return bool(old.verdict or new.verdict)


def read_cue(cue: str, name: str) -> str:
    """Return what a claim's cue says of one code: rule and words.

    >>> read_cue("role=onset: within # 'boosts' 16-22; region=cortex: same sentence 'cortex' 9-15", "region")
    "same sentence 'cortex' 9-15"
    """
    found = re.search(rf"(?:^|; ){name}=[^:;]*: (.*?)(?=; \w+=|$)", cue)
    return found[1] if found else ""


def name_edits(edits: Sequence[Edit]) -> list[Cause]:
    """Return changed lines as causes; the lines that stand now before those that are gone."""
    return [("rule", str(edit)) for edit in sorted(edits, key=lambda edit: (edit.removed, edit.file, edit.line))]


def unique(causes: Iterable[Cause]) -> list[Cause]:
    """Return causes once each, in order."""
    return list(dict.fromkeys(causes))


def join_causes(causes: Iterable[Cause]) -> Cause:
    """Write causes as one: their kinds, and their names."""
    found = unique(causes)
    if not found:
        return "unknown", "nothing that was recorded differs"
    kinds = list(dict.fromkeys(kind for kind, _ in found))
    return " or ".join(kinds), "; ".join(dict.fromkeys(name for _, name in found))


def show(value: object) -> str:
    """Write a parameter's value.

    >>> show(["A", "B"]), show(None), show("wide")
    ('A, B', 'the default', 'wide')
    """
    if value is None:
        return "the default"
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
