"""Lay out what changed since the edition before: a sentence, a chart of the answers that moved, and the changes one by one.

Law of the module: what changed and why comes from ``howlong.report.changes``; here it is only drawn.

The order follows PRISMA for living systematic reviews (Akl et al. 2024, BMJ 387:e079183): what is new, then whether it
changed an answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from howlong.report.page import marks
from howlong.report.page.axis import Axis, fit_axis
from howlong.report.page.naming import capitalise, plural
from howlong.report.page.words import say_possible, say_stated
from howlong.spread import Stratum

ENDS = ("possible_low_days", "possible_high_days", "stated_low_days", "stated_high_days")


@dataclass(frozen=True)
class Side:
    """An answer as it was, or as it is.

    Attributes
    ----------
    when : str
        "now" or "before".
    track : Markup
        The drawing.
    said : str
        The range in words.
    """

    when: str
    track: Markup
    said: str


@dataclass(frozen=True)
class History:
    """The section on what changed.

    Attributes
    ----------
    title, note : str
        The heading, and what stands below it.
    axis : Axis or None
        The axis of the chart; None without answers that moved.
    answers : tuple of (str, tuple of Side)
        The answers that moved, by name, each as it is and as it was.
    changes : sequence
        The changes in words, each with its cause.
    """

    title: str
    note: str
    axis: Axis | None
    answers: tuple[tuple[str, tuple[Side, ...]], ...]
    changes: Sequence[Mapping[str, str]]


def tell_history(edition: Mapping[str, Any]) -> History | None:
    """Lay out the section; None where the page was made without an edition."""
    if not edition.get("number"):
        return None
    changes, moved = edition.get("changes", ()), edition.get("moved", ())
    ends = [getattr(row, name) for pair in moved for row in pair[1:] if row for name in ENDS]
    axis = fit_axis("grid-changes", ends, "mini") if any(end is not None for end in ends) else None
    answers = tuple((name, draw_sides(axis, before, after)) for name, before, after in moved) if axis else ()
    return History(title_history(edition, len(moved)), write_note(edition), axis, answers, changes)


def title_history(edition: Mapping[str, Any], moved: int) -> str:
    """Say the finding: how many answers moved, or that there is nothing to compare with."""
    state, before = edition.get("state", "compared"), edition.get("previous", 0)
    if state == "first":
        return "This is the first edition"
    if state == "lost":
        return f"What changed since edition {before} cannot be told"
    if not edition.get("changes"):
        return f"No statement and no answer changed since edition {before}"
    subject = f"{capitalise(plural(moved, 'answer'))} changed" if moved else "No answer changed"
    return f"{subject} since edition {before}"


def write_note(edition: Mapping[str, Any]) -> str:
    """Say what was counted, or why nothing was compared."""
    state = edition.get("state", "compared")
    if state == "first":
        return "The next one will say what changed, statement by statement, and why."
    if state == "lost":
        return "The record of the edition before is not there, or is not what it was."
    return str(edition.get("summary", ""))


def draw_sides(axis: Axis, before: Stratum | None, after: Stratum | None) -> tuple[Side, ...]:
    """Draw an answer as it is and as it was."""
    return tuple(draw_side(axis, when, row) for when, row in (("now", after), ("before", before)))


def draw_side(axis: Axis, when: str, row: Stratum | None) -> Side:
    """Draw one side of an answer."""
    if row is None or not row.leaf:
        return Side(when, marks.draw_svg("", grid=axis.name), "no article says")
    stated, possible = say_stated(row), say_possible(row)
    said = stated if not possible or possible == stated else f"{stated or 'no number'}; {possible} with vague words"
    return Side(when, marks.draw_svg(marks.draw_answer(row, axis), grid=axis.name), said or "no limit stated")
