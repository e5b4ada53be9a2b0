"""Make the records of the items that a run holds.

Law: a record's quote is the text at its offsets; what was read before is remembered here, for the words that refer to it.
"""

from __future__ import annotations

from howlong.quantities import contexts
from howlong.quantities.items import Item
from howlong.quantities.numbers import evaluate, name_unit
from howlong.quantities.records import Exclusion, Quantity
from howlong.sources import Passages

LOOSE = frozenset({"ve", "ow"})
BOUNDS = frozenset({"above", "below"})


class Maker:
    """Makes records, and remembers the last span of time, the last age and the last label."""

    def __init__(self, text: str, passages: Passages) -> None:
        self.text = text
        self.passages = passages
        self.done = 0
        self.listed = (0, "")
        # The end, unit and start of the last span of time, and how many other amounts were read since.
        self.unit = (0, "", 0)
        self.since = 0
        self.counted = False  # whether that span is a time counted from a start
        # The end, value, kind and unit of the last measured amount.
        self.last: tuple[int, float, str, str] = (-1, 0.0, "", "")
        self.aged = -99
        self.every = (-999, "")  # the end and unit of the last "every six hours"

    def make(self, item: Item, base: int, end: int) -> Quantity:
        """Return the quantity of an item."""
        start = base + item.start
        run = self.text[base : base + item.end]
        low = evaluate(item.low, run)
        high = low if item.high is item.low else evaluate(item.high, run)
        before = self.text[start - 3 : start]
        if (before[:2] in LOOSE or before[1:].isspace()) and low == high:
            start, item, low, high = self.reach(start, item, low, high)
        if item.point is not None:  # the bracket behind an interval was guessed: the run ends before it
            end = start + len(self.text[start:end].rstrip(" ;,:\n"))
        self.done = end
        values = (
            tuple(v for v in (evaluate(value, run) for value in item.values) if v is not None) if item.values else ()
        )
        if (
            values
            and item.values[0] is item.low
            and isinstance(item.low, tuple)
            and item.low[0] in ("pair", "part")
            and low == high
        ):
            values = ()
        point = evaluate(item.point, run) if item.point is not None else None
        unit = name_unit(item.unit, run) if "^" in item.unit or "<" in item.unit else item.unit
        if low is not None and low == high and unit and item.kind != "count":
            self.last = (end, low, item.kind, unit)
        if item.kind == "duration":
            self.unit, self.since = (end, unit, start), 0
            self.counted = item.open == "ordinal time"
        elif item.kind == "frequency" and item.modifier == "every":
            self.every = (end, unit)
        elif item.kind == "age":
            self.aged = end
        elif item.kind in ("count", "number", "fraction"):
            self.since += 1
        return Quantity(
            start, end, self.text[start:end], item.kind, low, name_unit(item.low_unit, run) if item.low_unit else unit, high, unit, item.modifier, item.approx,
            item.vague_low, item.vague_high, values, point, self.passages,
        )  # fmt: skip

    def reach(
        self, start: int, item: Item, low: float | None, high: float | None
    ) -> tuple[int, Item, float | None, float | None]:
        """Take "above" or "below" into the amount that it bounds; "over" stays out, as the manual has it."""
        before = self.text[max(self.done, start - 40) : start]
        word = contexts.find_last(before)
        free = item.modifier in ("", "about", "per") and item.open != "ordinal time" and item.kind != "statistic"
        if word not in BOUNDS or low is None or not free:
            return start, item, low, high
        start -= len(before) - before.lower().rindex(word)
        more = word != "below"
        modifier = "more than" if more else "less than"
        return start, item._replace(modifier=modifier), low if more else None, None if more else high

    def exclude(self, base: int, item: Item, reason: str, end: int = 0) -> Exclusion:
        """Return the exclusion of an item."""
        start = base + item.start
        self.done = max(end, base + item.end)
        return Exclusion(start, self.done, self.text[start : self.done], reason, self.passages)
