"""Tell changes in sentences, for the page and the command line.

Law of the module: nothing is left out in silence; past a limit the number of further changes is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from howlong.report.changes.differences import Change

FIELDS = {
    "vague_low": "vague word of the lower end",
    "vague_high": "vague word of the upper end",
    "low_unit": "unit of the lower end",
    "duplicate_of": "repeated claim",
    "approx": "approximation",
    "hedge": "softening word",
}
MOST = 60
LONG = 6  # words
CONTEXT = 2


@dataclass(frozen=True)
class Told:
    """One change in words.

    Attributes
    ----------
    what : str
        The change, as a sentence without its full stop.
    cause : str
        Why, by name.
    """

    what: str
    cause: str


def tell_changes(changes: Sequence[Change], names: Mapping[str, str] | None = None, most: int = MOST) -> list[Told]:
    """Tell the changes one by one, those of one claim together; the rest is counted.

    Parameters
    ----------
    changes : sequence of Change
        The rows, in order.
    names : mapping of str to str
        The names of the answers, by their ids; without one, the codes are told.
    most : int
        How many are told.
    """
    answers = names or {}
    told = [*(tell_answer(row, answers) for row in changes if row.about == "answer"), *tell_claims(changes)]
    more = len(told) - most
    rest = [Told(f"{more} more change{'s' if more > 1 else ''}", "see data/changes.csv")] if more > 0 else []
    return [*told[:most], *rest]


def tell_answer(row: Change, names: Mapping[str, str]) -> Told:
    """Tell the change of one answer."""
    name = names.get(row.stratum_id) or row.stratum_id.replace("/", ", ")
    said = {
        "added": f"Answer added: {name}: {row.after}",
        "gone": f"Answer gone: {name}, which was {row.before}",
    }
    verb = "moved" if row.kind == "moved" else "rests on others"
    return Told(said.get(row.kind, f"Answer {verb}: {name}: {row.before} → {row.after}"), row.because)


def tell_claims(changes: Iterable[Change]) -> list[Told]:
    """Tell the changes of claims: one sentence a claim and cause; claims that only moved are counted by source."""
    rows = [row for row in changes if row.about == "claim"]
    groups: dict[tuple[str, str, str], list[Change]] = {}
    for row in rows:
        if row.kind != "moved":
            groups.setdefault((row.claim_id, row.kind, row.because), []).append(row)
    moved = Counter((row.source_id, row.because) for row in rows if row.kind == "moved")
    return [*map(tell_claim, groups.values()), *(tell_moved(*names, count) for names, count in moved.items())]


def tell_moved(source_id: str, because: str, count: int) -> Told:
    """Tell how many claims of a source stand elsewhere."""
    subject = f"1 statement of {source_id} stands" if count == 1 else f"{count} statements of {source_id} stand"
    return Told(f"{subject} elsewhere in the text, unchanged", because)


def tell_claim(rows: Sequence[Change]) -> Told:
    """Tell what differs in one claim."""
    first = rows[0]
    name = f"{first.source_id} “{' '.join(first.quote.split())}”"
    if first.kind in ("added", "gone"):
        return Told(f"Statement {first.kind}: {name}", first.because)
    parts = [f"{FIELDS.get(row.field, row.field)} {tell_sides(row.before, row.after)}" for row in rows]
    return Told(f"Statement {first.kind}: {name}: {'; '.join(parts)}", first.because)


def tell_sides(before: str, after: str) -> str:
    """Tell what was and what is; of two long texts only the words that differ.

    >>> tell_sides("single", ""), tell_sides("It may well last for two days", "It may well last for ten days")
    ('single → none', '… for two days → … for ten days')
    """
    old, new = before.split(), after.split()
    first = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    lead = "… " if first > CONTEXT and len(old) > LONG else ""
    start = first - 1 if lead else 0
    return " → ".join(shorten(f"{lead}{' '.join(words[start:])}" if words else "") for words in (old, new))


def shorten(text: str) -> str:
    """Write a value in at most 60 characters.

    >>> shorten(""), shorten("single")
    ('none', 'single')
    """
    text = " ".join(text.split())
    return (text if len(text) <= 60 else f"{text[:59]}…") or "none"


def count_kinds(changes: Iterable[Change]) -> str:
    """Count the changes by what they are about and their kind.

    >>> count_kinds([])
    'nothing changed'
    """
    named = {(row.about, row.kind, row.claim_id or row.stratum_id) for row in changes}
    counts = Counter((about, kind) for about, kind, _ in named)
    said = [f"{count} {about}{'s' if count > 1 else ''} {kind}" for (about, kind), count in sorted(counts.items())]
    return ", ".join(said) or "nothing changed"
