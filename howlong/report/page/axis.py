"""Lay a logarithmic axis of time with plain labels.

Law of the room: places are percents of a track, so that one markup serves every width; no tick at 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

# days, label, from which width on it is shown (1 always, 2 from 760 px, 3 from 1020 px)
TICKS: tuple[tuple[float, str, int], ...] = (
    (1 / 86400, "1 s", 1),
    (10 / 86400, "10 s", 2),
    (1 / 1440, "1 min", 1),
    (5 / 1440, "5 min", 2),
    (15 / 1440, "15 min", 1),
    (30 / 1440, "30 min", 3),
    (1 / 24, "1 h", 1),
    (3 / 24, "3 h", 2),
    (6 / 24, "6 h", 1),
    (12 / 24, "12 h", 3),
    (1.0, "1 day", 1),
    (3.0, "3 days", 3),
    (7.0, "1 wk", 1),
    (14.0, "2 wk", 3),
    (30.4375, "1 mo", 1),
    (91.3125, "3 mo", 2),
    (182.625, "6 mo", 3),
    (365.25, "1 yr", 1),
    (1095.75, "3 yr", 2),
    (3652.5, "10 yr", 1),
    (36525.0, "100 yr", 1),
)
LAYOUTS = {"wide": (300.0, 320.0, 560.0), "mini": (186.0, 186.0, 270.0), "aside": (205.0, 205.0, 205.0)}
GAP = 46.0


@dataclass(frozen=True)
class Axis:
    """A logarithmic axis of time.

    Attributes
    ----------
    name : str
        Its name in the page: the id of its gridlines.
    first, last : float
        The days at the two ends of the track.
    ticks : tuple of (float, str, int)
        Days, label, and the class of width from which on each is shown.
    """

    name: str
    first: float
    last: float
    ticks: tuple[tuple[float, str, int], ...]

    def place(self, days: float) -> float:
        """Return the place of a time in percent of the track, kept inside it."""
        share = math.log(days / self.first) / math.log(self.last / self.first) if days > 0 else 0.0
        return 100 * min(1.0, max(0.0, share))

    def draw_labels(self, height: int = 20) -> Markup:
        """Draw the labels as a track of text."""
        texts = "".join(
            f'<text class="k{width}" x="{write_percent(self.place(days))}" y="{height - 6}">{label}</text>'
            for days, label, width in self.ticks
        )
        return Markup(f'<svg class="ax" width="100%" height="{height}" aria-hidden="true">{texts}</svg>')

    def draw_grid(self) -> Markup:
        """Draw the gridlines once, as a group that every row uses."""
        lines = "".join(
            f'<line class="{"g1" if width == 1 else "g2"} k{width}" x1="{x}" x2="{x}" y2="100%"/>'
            for x, width in ((write_percent(self.place(days)), width) for days, _, width in self.ticks)
        )
        return Markup(f'<g id="{self.name}">{lines}</g>')


def write_percent(value: float) -> str:
    """Write a percent with at most two decimals.

    >>> write_percent(12.0), write_percent(3.14159)
    ('12%', '3.14%')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def fit_axis(name: str, days: Iterable[float | None], layout: str = "wide") -> Axis:
    """Lay an axis around times.

    Parameters
    ----------
    name : str
        The axis's name in the page.
    days : iterable of float or None
        Every end that will be drawn.
    layout : str
        "wide" for a figure, "mini" for a table's small track, "aside" for an axis fitted closely to its data.
    """
    known = [day for day in days if day is not None and day > 0] or [1.0, 30.4375]
    majors = [tick for tick in TICKS if layout == "aside" or tick[2] == 1]
    first = max((tick[0] for tick in majors if tick[0] <= min(known) * 1.01), default=min(known))
    last = min((tick[0] for tick in majors if tick[0] >= max(known) * 0.99), default=max(known))
    if last / first < 4:
        first, last = min(first, last / 4), max(last, first * 4)
    ticks = [tick for tick in TICKS if first * 0.99 <= tick[0] <= last * 1.01]
    if layout == "mini":
        ticks = [
            tick for tick in ticks if tick[1] in ("1 min", "1 h", "1 day", "1 wk", "1 mo", "1 yr", "10 yr", "100 yr")
        ]
    if layout == "aside":
        ticks = [(day, label, 1) for day, label, _ in ticks]
    axis = Axis(name, first * 0.8, last * 1.25, ())
    return Axis(name, axis.first, axis.last, space_ticks(axis, ticks, LAYOUTS[layout]))


def space_ticks(
    axis: Axis, ticks: Sequence[tuple[float, str, int]], widths: tuple[float, float, float]
) -> tuple[tuple[float, str, int], ...]:
    """Move a tick that would crowd its neighbours to a wider page, or drop it: from the width on that shows both, they are apart."""
    shown: list[tuple[float, str, int]] = []
    waiting = sorted(ticks, key=lambda tick: (tick[2], tick not in (ticks[0], ticks[-1])))
    for days, label, wished in waiting:
        for width in range(wished, 4):
            rivals = [(axis.place(other), max(level, width)) for other, _, level in shown]
            if all(abs(axis.place(days) - rival) * widths[both - 1] / 100 >= GAP for rival, both in rivals):
                shown.append((days, label, width))
                break
    return tuple(sorted(shown))
