"""Draw the marks of a track: one small SVG a row, every x in percent, every height in pixels.

Law of the room: blue is in numbers, amber with a hatch is read from a vague word, an arrow is an end that nobody
states; the length of an arrow means nothing.

The marks follow Distill's and Our World in Data's habit of charts as tables; hatches carry the code without colour.
"""

from __future__ import annotations

from markupsafe import Markup

from howlong.durations import Interval
from howlong.report.page.axis import Axis, write_percent
from howlong.spread import Stratum

BAR, MIDDLE = 12, 17


def draw_svg(body: str, height: int = 2 * MIDDLE, grid: str = "") -> Markup:
    """Wrap marks as a track, over the gridlines of an axis."""
    lines = f'<use href="#{grid}"/>' if grid else ""
    return Markup(f'<svg width="100%" height="{height}" aria-hidden="true">{lines}{body}</svg>')


def draw_bar(axis: Axis, kind: str, low: float, high: float, middle: float = MIDDLE, thick: float = BAR) -> str:
    """Draw a bar from one time to another; one too short to be seen is a sliver."""
    left, right = axis.place(low), axis.place(high)
    width = max(right - left, 0.4)
    return (
        f'<rect class="{kind}" x="{write_percent(left)}" y="{middle - thick / 2:g}" '
        f'width="{write_percent(width)}" height="{thick:g}" rx="1.5"/>'
    )


def draw_arrow(axis: Axis, kind: str, days: float, right: bool, middle: float = MIDDLE) -> str:
    """Draw a cap at a stated time and an arrow for the end that nobody states."""
    path = "M0 -6V6M0 0H26M20 -4.5L26 0L20 4.5" if right else "M0 -6V6M0 0H-26M-20 -4.5L-26 0L-20 4.5"
    return f'<svg class="ar {kind}" x="{write_percent(axis.place(days))}" y="{middle:g}"><path d="{path}"/></svg>'


def draw_point(axis: Axis, kind: str, days: float, radius: float, is_mean: bool, middle: float = MIDDLE) -> str:
    """Draw a stated point; a mean is a diamond."""
    x = write_percent(axis.place(days))
    if is_mean:
        return f'<svg class="dm" x="{x}" y="{middle:g}"><path class="{kind}" d="M0 -5.5L5.5 0L0 5.5L-5.5 0Z"/></svg>'
    return f'<circle class="{kind} pt" cx="{x}" cy="{middle:g}" r="{radius:g}"/>'


def draw_leader(axis: Axis, days: float, middle: float = MIDDLE) -> str:
    """Draw the hairline of time in which the effect is still reported."""
    return f'<line class="ld" x2="{write_percent(axis.place(days))}" y1="{middle:g}" y2="{middle:g}"/>'


def name_kind(vague: bool, people: bool = False) -> str:
    """Return the class of a mark: "vg" vague, "pp" stated range over people, "st" stated."""
    return "vg" if vague else "pp" if people else "st"


def draw_interval(row: Interval, axis: Axis, middle: float = MIDDLE, leader: bool = True) -> str:
    """Draw what one claim says.

    A missing lower end points left and has no leader; a missing upper end points right.  A mixed claim keeps each end in
    its own texture; "about" is a hatched halo with its number on it.
    """
    if row.low_days is None and row.high_days is None:
        return ""
    if row.low_days is None:
        return draw_up_to(row, axis, middle)
    line = draw_leader(axis, row.low_days, middle) if leader else ""
    if row.high_days is None:
        return line + draw_or_more(row, axis, middle)
    return line + draw_closed(row, axis, middle)


def draw_up_to(row: Interval, axis: Axis, middle: float) -> str:
    """Draw a claim that states no lower limit."""
    assert row.high_days is not None
    first = row.high_min_days or row.high_days
    bar = draw_bar(axis, "vg", first, row.high_days, middle) if first < row.high_days else ""
    return bar + draw_arrow(axis, name_kind(row.high_vague), first, right=False, middle=middle)


def draw_or_more(row: Interval, axis: Axis, middle: float) -> str:
    """Draw a claim that states no upper limit."""
    assert row.low_days is not None
    last = row.low_max_days or row.low_days
    bar = draw_bar(axis, "vg", row.low_days, last, middle) if row.low_days < last else ""
    return bar + draw_arrow(axis, name_kind(row.low_vague), last, right=True, middle=middle)


def draw_closed(row: Interval, axis: Axis, middle: float) -> str:
    """Draw a claim with two ends: a point, a halo, a bar, or a bar of two textures."""
    low, high = row.low_days or 0.0, row.high_days or 0.0
    point = row.point_days if row.point_days is not None else row.low_stated_days
    single = point is not None and (row.low_stated_days == row.high_stated_days or row.point_days is not None)
    if single and point is not None and not row.vague:
        halo = draw_bar(axis, "vg" if row.approx else "st", low, high, middle) if low < high else ""
        return halo + draw_point(axis, "st", point, 4.5 if halo else 6, row.statistic == "mean", middle)
    if row.low_vague != row.high_vague:
        return draw_mixed(row, axis, middle)
    if row.approx and not row.vague and row.low_stated_days and row.high_stated_days:
        halo = draw_bar(axis, "vg", low, high, middle)
        return halo + draw_bar(axis, "st", row.low_stated_days, row.high_stated_days, middle, thick=BAR - 4)
    return draw_bar(axis, name_kind(row.vague or row.approx, bool(row.subjects)), low, high, middle)


def draw_mixed(row: Interval, axis: Axis, middle: float) -> str:
    """Draw a claim of which one end is a number and the other a vague word."""
    low, high = row.low_days or 0.0, row.high_days or 0.0
    if row.low_vague:
        turn = min(row.low_max_days or high, high)
        bars = [draw_bar(axis, "vg", low, turn, middle)]
        return "".join(
            bars + ([draw_bar(axis, "st", turn, high, middle)] if turn < high else [draw_cap(axis, high, middle)])
        )
    turn = max(row.high_min_days or low, low)
    bars = [draw_bar(axis, "vg", turn, high, middle)]
    return "".join(([draw_bar(axis, "st", low, turn, middle)] if low < turn else [draw_cap(axis, low, middle)]) + bars)


def draw_cap(axis: Axis, days: float, middle: float) -> str:
    """Draw one stated end of a hatched bar."""
    return f'<svg class="cp" x="{write_percent(axis.place(days))}" y="{middle:g}"><path class="st" d="M-1.5 -6H1.5V6H-1.5Z"/></svg>'


def draw_window(row: Interval, axis: Axis) -> str:
    """Draw a window that is advised from the dose on ("first", "within"): a line from the start, its end on it."""
    if row.modifier == "first" and row.low_days is not None:
        line = f'<line class="wn {name_kind(row.low_vague)}" x2="{write_percent(axis.place(row.low_days))}" y1="{MIDDLE}" y2="{MIDDLE}"/>'
        return line + draw_interval(row, axis, leader=False)
    if row.low_days is None and row.high_days is not None:
        first = row.high_min_days or row.high_days
        kind = name_kind(row.high_vague)
        line = f'<line class="wn {kind}" x2="{write_percent(axis.place(first))}" y1="{MIDDLE}" y2="{MIDDLE}"/>'
        end = draw_bar(axis, kind, first, row.high_days) if first < row.high_days else draw_cap(axis, first, MIDDLE)
        return line + (end if kind == "st" or first < row.high_days else "")
    return draw_interval(row, axis, leader=False)


def draw_hull(stratum: Stratum, axis: Axis) -> str:
    """Draw the bracket that spans all articles of a group."""
    low, high = stratum.possible_low_days, stratum.possible_high_days
    if low is None and high is None:
        return ""
    ends = [axis.place(days) if days else edge for days, edge in ((low, 0.0), (high, 100.0))]
    if stratum.high_open or high is None:
        start = low if low is not None else high
        arrow = draw_arrow(axis, "hu", max(high or 0.0, start or 0.0), right=True).replace("M0 -6V6", "")
        line = draw_line(axis.place(start or 0.0), axis.place(max(high or 0.0, start or 0.0)))
        return line + draw_tick(ends[0]) + arrow
    if low is None:
        return draw_arrow(axis, "hu", high or 0.0, right=False)
    if stratum.low_open:
        arrow = draw_arrow(axis, "hu", low, right=False).replace("M0 -6V6", "")
        return draw_line(*ends) + draw_tick(ends[1]) + arrow
    return draw_line(*ends) + draw_tick(ends[0]) + draw_tick(ends[1])


def draw_line(left: float, right: float) -> str:
    """Draw the beam of a bracket."""
    return f'<line class="hu" x1="{write_percent(left)}" x2="{write_percent(right)}" y1="{MIDDLE}" y2="{MIDDLE}"/>'


def draw_tick(place: float) -> str:
    """Draw an end of a bracket."""
    x = write_percent(place)
    return f'<line class="hu" x1="{x}" x2="{x}" y1="{MIDDLE - 6}" y2="{MIDDLE + 6}"/>'


def draw_answer(stratum: Stratum, axis: Axis) -> str:
    """Draw a stratum's answer: its stated range over its possible one, an arrow where a claim leaves an end open."""
    low, high = stratum.possible_low_days, stratum.possible_high_days
    stated_low, stated_high = stratum.stated_low_days, stratum.stated_high_days
    marks = []
    if low is not None and not stratum.low_open:
        marks.append(draw_leader(axis, low))
    if low is not None and high is not None and low < high:
        marks.append(draw_bar(axis, "vg", low, high))
    if stated_low is not None and stated_high is not None and stated_low <= stated_high:
        same = stated_low == stated_high
        marks.append(
            draw_point(axis, "st", stated_low, 5, False) if same else draw_bar(axis, "st", stated_low, stated_high)
        )
    elif low is not None:
        marks.extend(draw_cap(axis, end, MIDDLE) for end in (stated_low, stated_high) if end is not None)
    if stratum.high_open:
        last = max(end for end in (low, high, stated_high, 0.0) if end is not None)
        marks.append(draw_arrow(axis, name_kind(stated_low is None), last, right=True))
    if low is None and high is not None:
        marks.append(draw_arrow(axis, name_kind(stated_high is None), high, right=False))
    elif stratum.low_open and low is not None:
        first = min(end for end in (low, stated_low, stated_high) if end is not None)
        marks.append(draw_arrow(axis, name_kind(stated_high is None), first, right=False))
    return "".join(marks)
