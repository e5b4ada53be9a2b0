"""Tell what two amounts beside each other are: a range, a change, two of their own, a part of a whole, or a row.

Law: the words right before the first and right behind the second decide, and which of the two is the greater.
"""

from __future__ import annotations

from howlong.quantities import contexts
from howlong.quantities.alphabet import CURRENCIES
from howlong.quantities.items import RATIO, Item
from howlong.quantities.maker import Maker
from howlong.quantities.numbers import evaluate
from howlong.quantities.records import Exclusion, Quantity
from howlong.quantities.surroundings import DOZEN, OWN_UNIT, PAST, PAST_WORDS, RESPECTIVELY, ROUND, ROW_GAPS
from howlong.quantities.vetoes import YEAR


class Pairs(Maker):
    """Tells what two amounts beside each other are."""

    def lend_unit(self, found: list[Quantity | Exclusion]) -> None:
        """Give the unit of a range to the ranges right before it: "0–2, 2–4 and 4–6 h", "3.2 ± 0.4 and 45 ± 6 ms"."""
        last, place = found[-1], len(found) - 1
        if isinstance(last, Exclusion) or not last.unit or last.low is None:
            return
        while place:
            row, after = found[place - 1], found[place]
            if isinstance(row, Exclusion) or row.low == row.high or self.text[row.end : after.start] not in ROW_GAPS:
                return
            if row.kind == "age" and last.kind == "duration" and row.unit == last.unit:  # "aged 20–39 and 40–59 years"
                for older, one in enumerate(found[place:], place):
                    found[older] = one._replace(kind="age") if isinstance(one, Quantity) else one
                return
            if row.kind != "number" or row.unit or row.values:
                return
            place -= 1
            found[place] = row._replace(kind=last.kind, low_unit=last.unit, unit=last.unit)

    def is_change(self, item: Item, base: int, start: int, end: int, before: str) -> bool:
        """Tell whether "A to B" is a change: told as one, or downwards with the unit on both ends."""
        if YEAR.match(self.text, start, end) or item.unit in PAST or self.text.startswith(PAST_WORDS, end):
            return False  # "from 252 to 201 million years ago"
        if item.kind == "duration" and self.text[start] in "−-–":
            return False  # "cut into epochs from −200 to 800 ms"
        if contexts.find_last(before) == "from" and contexts.is_changing(before):
            return True
        if item.kind == "money" and contexts.load_words("change").has(contexts.find_last(before)):
            return True
        if before.endswith(" by ") and contexts.load_words("change").has(contexts.find_two(before)[0]):
            # "raised by £8bn to £304bn"
            low = self.text[start : base + item.sides[0].end]
            return low[0] in CURRENCIES or low.rstrip("s").endswith(OWN_UNIT)
        if not self.falls(item, base) or contexts.is_ranging(before):
            return False
        first, second = item.sides
        again = self.text[base + first.end - 1] == self.text[base + second.end - 1]
        return contexts.find_last(before) == "from" or (
            item.unit != "" and again and self.text[base + first.end : base + second.start].strip() == "to"
        )

    def is_apart(self, item: Item, base: int, end: int) -> bool:
        """Tell whether "four years and 26 months" are two spans: the second is no part of a unit of the first, or "respectively" follows."""
        one, two = item.sides
        second = evaluate(two.low, self.text[base:end])
        return (second or 0) >= RATIO[one.unit, two.unit] or RESPECTIVELY.match(self.text, end) is not None

    def is_counted_out(self, item: Item, base: int) -> bool:
        """Tell whether "131 of 134 patients" counts: shares are said of ten, a hundred, a thousand; of a time only "into two of 75 minutes"."""
        if item.sides[1].unit:
            before = self.text[max(0, base + item.start - 26) : base + item.start]
            return contexts.load_words("pieces before").has(contexts.find_last(before))
        whole = evaluate(item.sides[1].low, self.text[base : base + item.end])
        if self.text[base + item.start : base + item.end].lower().startswith("one of ") and whole is not None:
            return True
        spoken = "out of" in self.text[base + item.start : base + item.end].lower()
        return whole is not None and whole not in ROUND and not (spoken and whole <= DOZEN)

    def rises(self, item: Item, base: int, end: int) -> bool:
        """Tell whether the times of "day 1, 3 and 7" follow each other, and no letter stands right behind them."""
        values = [evaluate(value, self.text[base:end]) or 0.0 for value in item.values]
        return values == sorted(set(values)) and not self.text[end : end + 1].isalpha()

    def falls(self, item: Item, base: int) -> bool:
        """Tell whether "from A to B" runs downwards, which no range does."""
        run = self.text[base : base + item.end]
        low, high = evaluate(item.low, run), evaluate(item.high, run)
        return low is not None and high is not None and low > high and high >= 0 and not item.low_unit
