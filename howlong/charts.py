"""Draw what the spread says: figures for the notebooks and for slides.

Law of the room: it draws rows of tables and computes no result.  Every mark carries a link to its claim, text stays
text, and the same table gives the same bytes.

Colours are those of Okabe and Ito (2008), "Color universal design".
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import seaborn
from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from howlong.durations import Interval
from howlong.tables import to_records, write_bytes, write_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame, Series

STATED, VAGUE, INK, MUTE, RULE = "#0072b2", "#b35c00", "#1c2126", "#5a626b", "#dcd8d0"
TICKS: tuple[tuple[float, str], ...] = (
    (1 / 1440, "1 min"),
    (10 / 1440, "10 min"),
    (1 / 24, "1 h"),
    (6 / 24, "6 h"),
    (1.0, "1 day"),
    (3.0, "3 days"),
    (7.0, "1 wk"),
    (30.4375, "1 mo"),
    (91.3125, "3 mo"),
    (365.25, "1 yr"),
    (3652.5, "10 yr"),
    (36525.0, "100 yr"),
)
STYLE: Any = {
    **seaborn.axes_style("white"),
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "hatch.linewidth": 1.2,
    "svg.fonttype": "none",
    "svg.hashsalt": "howlong",
}
ROW_HEIGHT = 0.27


@dataclass(frozen=True)
class Chart:
    """A finished figure.

    Attributes
    ----------
    svg : str
        The figure as SVG, text as text, a link on every mark.
    figure : Figure
        The figure itself; the picture is made of it when it is asked for.
    alternative : str
        What the figure says, for those who do not see it.
    """

    svg: str
    figure: Figure = field(compare=False, repr=False)
    alternative: str

    @property
    def png(self) -> bytes:
        """The same figure as a picture."""
        return render(self.figure, format="png", metadata={"Software": None}, dpi=150)

    def _repr_html_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<chart: {self.alternative}>"

    def save(self, folder: Path, name: str) -> None:
        """Write ``name.svg`` and ``name.png`` into a folder."""
        write_text(folder / f"{name}.svg", self.svg)
        write_bytes(folder / f"{name}.png", self.png)


def finish(figure: Figure, alternative: str) -> Chart:
    """Render a figure with nothing in it that differs between runs."""
    svg = render(figure, format="svg", metadata={"Date": None, "Creator": None}).decode("utf-8")
    return Chart(clean_svg(svg, alternative), figure, alternative)


def render(figure: Figure, **settings: Any) -> bytes:
    """Render a figure in the house's style, with its edges trimmed."""
    rendered = io.BytesIO()
    with rc_context(STYLE):
        figure.savefig(rendered, bbox_inches="tight", **settings)
    return rendered.getvalue()


def clean_svg(svg: str, alternative: str) -> str:
    """Round coordinates, keep links inside the page, and give the picture its alternative text.

    >>> clean_svg('<svg width="1.23456pt"></svg>', "nothing")
    '<svg role="img" aria-label="nothing" width="1.23pt"></svg>'
    """
    body = svg[svg.index("<svg") :].replace(' target="_blank"', "").rstrip("\n")
    body = re.sub(r"-?\d+\.\d{3,}", lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), body)
    label = alternative.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return body.replace("<svg", f'<svg role="img" aria-label="{label}"', 1)


def open_figure(rows: int, width: float = 9.0) -> tuple[Figure, Axes]:
    """Make a figure that is tall enough for `rows` rows."""
    figure = Figure(figsize=(width, 1.0 + ROW_HEIGHT * max(1, rows)))
    axes = figure.add_subplot()
    axes.set_ylim(max(1, rows) - 0.4, -0.6)
    axes.tick_params(length=0)
    for side in ("left", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.spines["top"].set_color(RULE)
    return figure, axes


def set_time_axis(axes: Axes, days: Sequence[float]) -> None:
    """Lay a log axis of days with plain labels around the values drawn."""
    known = [day for day in days if day == day and day > 0] or [1.0]
    low, high = 0.5 * min(known), 2.0 * max(known)
    ticks = [(day, label) for day, label in TICKS if low <= day <= high] or [(known[0], f"{known[0]:g} d")]
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.minorticks_off()
    axes.set_xticks([day for day, _ in ticks], [label for _, label in ticks])
    axes.xaxis.tick_top()
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)


def list_ends(intervals: Sequence[Interval]) -> list[float]:
    """Return every end that is stated, for the axis."""
    ends = [(row.low_days, row.low_max_days, row.high_min_days, row.high_days) for row in intervals]
    return [day for row in ends for day in row if day is not None]


def draw_interval(axes: Axes, row: Interval, place: float) -> None:
    """Draw one interval: solid what is printed, hatched what is read from a vague word, an arrow where an end is open."""
    color, link = VAGUE if row.vague else STATED, f"#c-{row.claim_id}"
    if row.low_days is None or row.high_days is None:
        draw_open(axes, row, place, color)
    edge = row.high_days if row.low_days is None else row.low_days
    if row.low_days is None or row.high_days is None or row.low_days == row.high_days:
        points = axes.scatter(
            [] if edge is None else [edge], [] if edge is None else [place], s=26, color=color, zorder=3
        )
        points.set_urls([link])
        return
    shape: dict[str, Any] = {
        "facecolor": "white" if row.vague else color,
        "edgecolor": color,
        "hatch": "////" if row.vague else "",
    }
    axes.add_patch(Rectangle((row.low_days, place - 0.2), row.high_days - row.low_days, 0.4, url=link, **shape))
    low = row.low_max_days if row.low_vague else row.low_days
    high = row.high_min_days if row.high_vague else row.high_days
    if row.low_vague != row.high_vague and low is not None and high is not None and low < high:
        axes.add_patch(Rectangle((low, place - 0.2), high - low, 0.4, color=STATED, url=link))


def draw_open(axes: Axes, row: Interval, place: float, color: str) -> None:
    """Draw the arrow of an end that nobody states, from the end that is stated."""
    left, right = axes.get_xlim()
    if row.low_days is None and row.high_days is not None:
        start, stop = row.high_days, max(left, row.high_days / 2.2)
    elif row.low_days is not None:
        start, stop = row.low_days, min(right, row.low_days * 2.2)
    else:
        return
    axes.annotate("", (stop, place), (start, place), arrowprops={"arrowstyle": "->", "color": color, "shrinkA": 0})


def draw_rows(frame: DataFrame, groups: Sequence[str], alternative: str) -> Chart:
    """Draw intervals, a row each, under the heading of their group.

    Parameters
    ----------
    frame : DataFrame
        Intervals, in the order of the rows.
    groups : sequence of str
        The heading each interval stands under, as long as `frame`.
    alternative : str
        What the figure shows.
    """
    with rc_context(STYLE):
        headings = list(dict.fromkeys(groups))
        figure, axes = open_figure(len(frame) + len(headings))
        intervals = to_records(frame, Interval)
        set_time_axis(axes, list_ends(intervals))
        labels: list[tuple[int, str]] = []
        place, last = -1, ""
        for row, group in zip(intervals, groups, strict=True):
            if group != last:
                place, last = place + 1, group
                axes.text(0, place, group, transform=axes.get_yaxis_transform(), weight="bold", va="center", ha="right")
            place += 1
            labels.append((place, f"{row.source_id}  “{row.quote}”".replace("\n", " ")))
            draw_interval(axes, row, place)
        axes.set_yticks([number for number, _ in labels], [label for _, label in labels])
        return finish(figure, alternative)


def draw_claims(durations: DataFrame, strata: DataFrame) -> Chart:
    """Draw every claim of the strata on one log axis, grouped by stratum.

    Parameters
    ----------
    durations : DataFrame
        Intervals of one reading.
    strata : DataFrame
        The leaf strata to draw, in their order.
    """
    places = place_claims(strata)
    chosen = durations[durations.claim_id.isin(places.index)].copy()
    chosen["stratum_id"] = places[chosen.claim_id].to_numpy()
    chosen["place"] = chosen.stratum_id.map({name: place for place, name in enumerate(strata.stratum_id)})
    chosen = chosen.sort_values(["place", "source_id", "start"], kind="stable")
    groups = [name.replace("/", " · ") for name in chosen.stratum_id]
    counted = f"{len(chosen)} claims of {chosen.source_id.nunique()} sources in {len(set(groups))} strata"
    return draw_rows(chosen, groups, f"{counted}, on a log axis of time")


def place_claims(strata: DataFrame) -> Series[str]:
    """Return the stratum of each claim, by claim_id."""
    pairs = strata[["stratum_id", "claim_ids"]].explode("claim_ids").dropna()
    return pairs.set_index("claim_ids").stratum_id


def draw_roles(durations: DataFrame, reading: str) -> Chart:
    """Draw the times of onset, of the peak, and when to act, a group a role; what a source repeats stands once."""
    chosen = durations[(durations.reading == reading) & durations.role.isin(["onset", "peak", "window"])]
    chosen = chosen[~chosen.comparator & (chosen.answers == "") & (chosen.duplicate_of == "")]
    chosen = chosen.sort_values(["role", "source_id"], kind="stable")
    return draw_rows(chosen, list(chosen.role), f"{len(chosen)} times of onset, peak and window, on a log axis of time")


def draw_influence(influence: DataFrame, reading: str) -> Chart:
    """Draw each stratum's possible range with all sources and without each one of them."""
    chosen = influence[influence.reading == reading]
    with rc_context(STYLE):
        figure, axes = open_figure(len(chosen))
        set_time_axis(axes, [*chosen.possible_low_days, *chosen.possible_high_days])
        left, right = axes.get_xlim()
        lows, highs = chosen.possible_low_days.fillna(left), chosen.possible_high_days.fillna(right)
        colors = [MUTE if name else INK for name in chosen.left_out]
        axes.hlines(range(len(chosen)), lows, highs, colors=colors, linewidth=5)
        names = [name.replace("/", " · ") for name in chosen.stratum_id]
        labels = [
            f"without {out}" if out else f"{name}: all sources"
            for name, out in zip(names, chosen.left_out, strict=True)
        ]
        axes.set_yticks(range(len(labels)), labels)
        counted = f"The possible range of {chosen.stratum_id.nunique()} strata"
        return finish(figure, f"{counted}, with each source left out in turn")


def count_claims(durations: DataFrame, strata: DataFrame) -> DataFrame:
    """Count the claims of each source (columns) in each stratum (rows)."""
    places = place_claims(strata)
    chosen = durations[durations.claim_id.isin(places.index)]
    counts = chosen.groupby([places[chosen.claim_id].to_numpy(), "source_id"]).size().unstack(fill_value=0)
    names = sorted(durations.source_id.unique())
    return counts.reindex(index=list(strata.stratum_id), columns=names).fillna(0).astype(int)


def draw_evidence_map(durations: DataFrame, spread: DataFrame, reading: str) -> Chart:
    """Draw how many claims each source makes about each stratum; an empty cell is a gap."""
    strata = spread[spread.chosen & spread.leaf]
    counts = count_claims(durations[durations.reading == reading], strata)
    with rc_context(STYLE):
        figure = Figure(figsize=(2.0 + 0.8 * max(1, counts.shape[1]), 1.0 + ROW_HEIGHT * max(1, len(counts))))
        axes = figure.add_subplot()
        axes.tick_params(length=0)
        if counts.size:
            names = [name.replace("/", " · ") for name in counts.index]
            palette = seaborn.light_palette(STATED, as_cmap=True)
            words = counts.map(lambda count: str(count) if count else "–")
            seaborn.heatmap(
                counts,
                ax=axes,
                annot=words,
                fmt="",
                cmap=palette,
                cbar=False,
                linewidths=1,
                linecolor="white",
                yticklabels=names,
            )
            axes.xaxis.tick_top()
            axes.set(xlabel="", ylabel="")
        gaps = int((counts == 0).sum().sum())
        return finish(figure, f"{len(counts)} strata by {counts.shape[1]} sources, {gaps} cells are empty")
