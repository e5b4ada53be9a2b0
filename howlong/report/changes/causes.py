"""Lay a difference between two editions to its cause.

Law of the module: a cause is named only when its hash differs between the two editions, and a line of a rule only when it
holds words that the claim's cue names.  A person's verdict comes first, then what is nearest to the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from howlong.claims import Claim, read_cue
from howlong.report.changes.state import Edit, State, list_changed, list_edits, list_words
from howlong.spread import Stratum
from howlong.verdicts import Ruling, list_verdicts, rule

Cause = tuple[str, str]
Rulings = dict[str, dict[tuple[str, ...], Ruling]]
LIBRARY = "howlong/"
RULES = "vocabulary/"
NO_PART = ("howlong/report/", "howlong/charts", "howlong/cli", "howlong/__")
LOCK = "requirements/report.txt"
VERDICTS = "seeds/verdicts.csv"
VAGUE = ("vocabulary/vague-words.csv", "seeds/vague-words.csv")  # the later wins, row by row
NO_ANSWER = ("as_of:", "embed:", "leave_out:")  # parameters of the page alone, and one that is told by its sources
LATER = (
    *("seeds/codebook", "vocabulary/roles", "vocabulary/small-words", "vocabulary/regimens", "vocabulary/populations"),
    *("vocabulary/origins", "vocabulary/vague-words", "howlong/claims/", "howlong/durations/", "howlong/spread/"),
    "howlong/verdicts",
)
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
        return join_causes([*self.list_readers([claim.quote]), *([source] if source else [])][:MOST_NAMED])

    def of_words(self, old: Claim, new: Claim) -> Cause:
        """Say why a claim is read differently, or stands elsewhere."""
        source = self.explain_source(new.source_id)
        if source:
            return source
        judged = self.name_verdicts(old, new)
        if judged:
            return judged
        return join_causes(self.list_readers([old.quote, new.quote])[:MOST_NAMED])

    def of_code(self, old: Claim, new: Claim, name: str) -> Cause:
        """Say why a claim is coded differently."""
        judged = self.name_verdicts(old, new, name)
        if judged:
            return judged
        cues = [cue.said for claim in (old, new) if (cue := read_cue(claim.cue).get(name))]
        codes = [str(getattr(claim, name)) for claim in (old, new)]
        edits = self.find_edits([*cues, *codes])
        source = self.explain_source(new.source_id)
        found = [*name_edits(edits)] if edits else self.list_general()
        return join_causes([*found, *([source] if source else [])][:MOST_NAMED])

    def of_answer(self, old: Stratum | None, new: Stratum | None, reasons: Mapping[str, Sequence[Cause]]) -> Cause:
        """Say why an answer differs: by its claims' causes, else by what turns claims into answers."""
        names = {name: None for row in (old, new) if row for name in (*row.claim_ids, *row.duplicate_ids)}
        found = [cause for name in names for cause in reasons.get(name, ())]
        parameters = [cause for cause in self.list_parameters() if not cause[1].startswith(NO_ANSWER)]
        if found:
            return join_causes(unique([*parameters, *found])[:MOST_NAMED])
        return join_causes([*parameters, *self.list_readings(set(names))][:MOST_NAMED] or self.list_general())

    def list_readings(self, claim_ids: set[str]) -> list[Cause]:
        """Return the lines that differ in what turns claims into answers: how their vague words are read, and the review."""
        claims = [claim for state in (self.before, self.after) for claim in state.claims if claim.claim_id in claim_ids]
        words = {word for claim in claims for word in (claim.vague_low, claim.vague_high) if word}
        differing = compare_words(self.before, self.after)
        own = [place for word, place in differing if word in words]
        read: list[Cause] = [("rule", place) for place in own or [place for _, place in differing]]
        return [*read, *name_edits([edit for edit in self.edits if edit.file == "seeds/review.toml"])]

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

    def list_readers(self, quotes: Iterable[str]) -> list[Cause]:
        """Return what differs in how amounts are read: the lines that hold their words, then all the rest."""
        edits = [edit for edit in self.find_edits(quotes) if edit.file.startswith(RULES) and reads_amounts(edit.file)]
        return [*name_edits(edits), *self.list_general(reads_amounts)]

    def find_edits(self, texts: Iterable[str]) -> list[Edit]:
        """Return the changed lines that hold one of these words, by their first letters."""
        stems = {word[:STEM] for text in texts for word in list_words(text)} - COMMON
        return [edit for edit in self.edits if stems & {word[:STEM] for word in edit.words}]

    def list_parameters(self) -> list[Cause]:
        """Return the parameters that differ."""
        old, new = self.before.parameters, self.after.parameters
        return [
            ("parameter", f"{name}: {show(old.get(name))} before, {show(new.get(name))} now")
            for name in sorted({*old, *new})
            if old.get(name) != new.get(name)
        ]

    def list_general(self, plays: Callable[[str], bool] = bool) -> list[Cause]:
        """Return what differs apart from the sources: files of rules, parameters, notebooks, the program, versions.

        Parameters
        ----------
        plays : callable
            Tells whether a file of rules or of the program has a part in what differs.
        """
        files = [name for name in self.changed if plays(name)]
        found: list[Cause] = [("rule", name) for name in files if name.startswith(("seeds/codebook", "vocab"))]
        found += self.list_parameters()
        found += [("notebook", name) for name in self.changed if name.startswith("notebooks/")]
        if self.before.code != self.after.code:
            kept = all(any(name.startswith(LIBRARY) for name in state.inputs) for state in (self.before, self.after))
            found.append(("program", name_program(files if kept else ())))
        old, new = self.before.versions, self.after.versions
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                found.append(("version", f"{name} {old.get(name, 'none')} before, {new.get(name, 'none')} now"))
        if LOCK in self.changed and old == new:
            found.append(("version", LOCK))
        return found

    def name_verdicts(self, old: Claim, new: Claim, name: str = "") -> Cause | None:
        """Name the people whose verdicts on a claim are new, or withdrawn, and what they decided; None where none is."""
        if VERDICTS not in self.changed:
            return None
        before, after = self.rulings[0].get(old.claim_id, {}), self.rulings[1].get(new.claim_id, {})
        come = [ruling for key, ruling in after.items() if key not in before]
        gone = [ruling for key, ruling in before.items() if key not in after]
        own = [(ruling, ruling in gone) for ruling in (*come, *gone) if ruling.field == name]
        every = own or [(ruling, ruling in gone) for ruling in (*come, *gone)]
        said = [say_ruling(ruling, withdrawn) for ruling, withdrawn in every]
        return ("verdict", "; ".join(said[:MOST_NAMED])) if said else None

    @cached_property
    def rulings(self) -> tuple[Rulings, Rulings]:
        """What people decided in force, by claim and content, before and after."""
        return index_rulings(self.before), index_rulings(self.after)

    def is_in(self, state: State, claim: Claim) -> bool:
        """Tell whether a claim's sentence stands in its source on one side."""
        source = state.sources.get(claim.source_id)
        return bool(source) and claim.sentence in "\n".join(state.read(f"seeds/documents/{source.file}"))  # type: ignore[union-attr]


def reads_amounts(name: str) -> bool:
    """Tell whether a file has a part in how amounts are read: the rooms behind come later and change nothing of it.

    >>> reads_amounts("vocabulary/words.txt"), reads_amounts("vocabulary/roles.toml"), reads_amounts("howlong/claims/a.py")
    (True, False, False)
    """
    return not name.startswith(LATER)


def name_program(changed: Iterable[str]) -> str:
    """Name what differs in the library, as far as it has a part in what claims and answers say.

    >>> name_program(["howlong/claims/roles.py", "howlong/cli.py"]), name_program(["howlong/cli.py"])
    ('howlong itself (howlong/claims/roles.py)', 'howlong itself')
    """
    names = [name for name in changed if name.startswith(LIBRARY) and not name.startswith(NO_PART)]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"howlong itself ({', '.join(names[:MOST_NAMED])}{more})" if names else "howlong itself"


def compare_words(before: State, after: State) -> list[tuple[str, str]]:
    """Return each vague word that is read by another row, and the row's place; a review's own row wins over the library's.

    A word may hang on another one: a bare plural never ends lower than "several".
    """
    old, new = index_words(before), index_words(after)
    places = []
    for key in sorted({*old, *new}):
        was, now = old.get(key, ("", "", "")), new.get(key, ("", "", ""))
        if was[2] != now[2]:
            gone = not now[0] or (was[0], now[0]) == VAGUE[::-1]
            file, line, _ = was if gone else now
            places.append((key[0], f"{file} line {line}{' (removed)' if gone else ''}"))
    return places


def index_words(state: State) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Return file, line and content of the row that each vague word, with its unit, is read by."""
    found = {}
    for file in VAGUE:
        for number, line in enumerate(state.read(file), start=1):
            word, _, rest = line.partition(",")
            found[word, rest.partition(",")[0]] = (file, str(number), line)
    return found


def index_rulings(state: State) -> Rulings:
    """Return the rulings that are in force, by claim, and each by all that a person wrote of it."""
    found: Rulings = {}
    for ruling in rule(state.claims, list_verdicts(state.read(VERDICTS))):
        if ruling.effect == "applied":
            key = (ruling.decision, ruling.field, ruling.value, ruling.analyst, ruling.date, ruling.reason)
            found.setdefault(ruling.claim_id, {})[key] = ruling
    return found


def say_ruling(ruling: Ruling, withdrawn: bool) -> str:
    """Say who decided what, where it stands, and why."""
    quote = f"“{' '.join(ruling.quote.split())}”"
    done = {"accept": "accepts", "reject": "rejects", "correct": f"corrects {ruling.field} of"}[ruling.decision]
    place = f"{VERDICTS} line {ruling.line}"
    if withdrawn:
        return f"no longer in force: {ruling.analyst} {done} {quote} (was {place})"
    return f"{ruling.analyst} {done} {quote} ({place}{f': {ruling.reason}' if ruling.reason else ''})"


COMMON = {"same", "sente", "earli", "para", "parag", "the", "and", "role", "none", "other", "unspe", "true", "false"}


def name_edits(edits: Sequence[Edit]) -> list[Cause]:
    """Return changed lines as causes; the lines that stand now before those that are gone."""
    return [("rule", str(edit)) for edit in sorted(edits, key=lambda edit: (edit.removed, edit.file, edit.line))]


def unique(causes: Iterable[Cause]) -> list[Cause]:
    """Return causes once each, in order; one that another tells among others is told already.

    >>> unique([("rule", "a line; another"), ("rule", "another"), ("rule", "other")])
    [('rule', 'a line; another'), ('rule', 'other')]
    """
    found = list(dict.fromkeys(causes))
    return [
        (kind, name)
        for kind, name in found
        if not any(kind == other and name != more and f"; {name}; " in f"; {more}; " for other, more in found)
    ]


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
