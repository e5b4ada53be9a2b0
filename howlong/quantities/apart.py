"""Read amounts whose parts stand apart by no sign: "an hour fifty", "6 ft 2 in", "twenty eight-second runs".

Law: only what the run itself shows is decided here; where a word behind could be counted, the reader looks.
"""

from __future__ import annotations

import re

from howlong.quantities.items import Item, Single, Value
from howlong.quantities.ordinals import Ordinals
from howlong.quantities.tokens import Token

LEAST_MINUTES, MOST_MINUTES = 5.0, 59.0
FEWEST_QUARTERS = 5.0
INCHES, POUNDS = 12.0, 14.0
FREQUENT = ("bi-", "biw", "bim")


class Apart(Ordinals):
    """The amounts of a run whose parts no sign joins."""

    def next_word(self, at: int, before: Token) -> int | None:
        """Return the index of the next word of the same number; "twenty eight-second runs" are twenty of eight seconds each."""
        step = super().next_word(at, before)
        if step is None or step + 1 >= len(self.tokens) or before.kind != "numeral" or not self.gap(step):
            return step
        unit, opened = self.tokens[step + 1], self.kind(at - 2)
        hyphened = unit.kind == "unit" and unit.effect == "time" and self.text[unit.start] in "-‑‐"
        return None if hyphened and opened not in ("article", "numeral", "scale", "bound") else step

    def read_part(self, single: Single) -> Single | None:
        """Return "two thirds" as a fraction; "five-quarter" as so many quarters of a year."""
        part = super().read_part(single)
        at = single.next + 1
        if part or self.kind(at) != "part" or self.tokens[at].form != "quarter":
            return part
        if not isinstance(single.value, float) or single.value < FEWEST_QUARTERS or not self.is_tied(at - 1):
            return None
        return self.measure_quarters(single, at)

    def is_tied(self, at: int) -> bool:
        """Tell whether a hyphen stands here without space around it."""
        token = self.tokens[at]
        return token.kind == "joiner" and self.text[token.start] in "-‐‑" and not self.gap(at) and not self.gap(at + 1)

    def measure_quarters(self, single: Single, at: int) -> Single:
        """Return a number of quarters of a year, whose word stands at a token."""
        token = self.tokens[at]
        span = (token.start, token.end)
        return Single(
            single.start,
            token.end,
            at + 1,
            single.value,
            unit="quarter",
            kind="time",
            word=True,
            tied=True,
            unit_at=span,
        )

    def read_errors(self, last: Single) -> tuple[str, Single] | None:
        """Return the two errors of "2.1 +0.9/−0.6 Gyr"; "11–13+6 weeks" has none."""
        found = super().read_errors(last)
        return None if found and found[1].unit == "week" else found

    def read_spoken_hours(
        self, first: int, hours: Single, bounds: list[Token], about: bool
    ) -> tuple[list[Item], int] | None:
        """Return "an hour fifty", "two hours and forty", where the reader finds nothing that the minutes count."""
        at = hours.next
        joined = self.kind(at) == "joiner" and self.tokens[at].form == "and"
        if hours.unit != "hour" or not hours.word or not self.goes_on(at):
            return None
        if self.kind(at) == "number" and self.tokens[at].end - self.tokens[at].start == len("24"):
            minutes = self.read_digits(at)  # "an hour 24"
        else:
            minutes = self.read_words(at + joined) if self.kind(at + joined) == "numeral" else None
        if minutes is None or minutes.unit or minutes.value is None or self.kind(minutes.next):
            return None
        if isinstance(minutes.value, float) and not LEAST_MINUTES <= minutes.value <= MOST_MINUTES:
            return None
        start = self.tokens[first].start if bounds or about else hours.start
        value: Value = ("+", hours.value, ("*", minutes.value, 1 / 60))
        one = Item(
            start, hours.end, "duration", "", hours.value, hours.value, "", "hour", "about" if about else "", about
        )
        rest = Item(minutes.start, minutes.end, "number", "", minutes.value, minutes.value, open="word")
        whole = self.bound_whole(one._replace(end=minutes.end, low=value, high=value), bounds)
        return [whole._replace(open="pair", sides=(self.bound_whole(one, bounds), rest))], minutes.next

    def read_quarters(self, first: int, at: int, about: bool) -> tuple[list[Item], int] | None:
        """Return "a quarter or two" of a year; "a quarter or two thirds" is a share."""
        tokens = self.tokens
        if self.kind(at + 1) != "part" or tokens[at + 1].form != "quarter" or self.kind(at + 2) != "joiner":
            return None
        two = tokens[at + 3] if tokens[at + 2].form == "or" and self.kind(at + 3) == "numeral" else None
        if two is None or self.kind(at + 4) or two.effect not in ("2", "3"):
            return None
        start, high = tokens[first].start, float(two.effect)
        modifier = "about" if about else ""
        return [Item(start, two.end, "duration", "", 1.0, high, "", "quarter", modifier, about)], at + 4

    def bound_whole(self, item: Item, bounds: list[Token]) -> Item:
        """Apply the modifiers before an amount that is one token."""
        if not bounds:
            return item
        effect = bounds[-1].effect
        item = item._replace(low=None) if effect == "high" else item._replace(high=None) if effect == "low" else item
        return item._replace(modifier=bounds[-1].normal)

    def read_feet(self, at: int) -> tuple[list[Item], int]:
        """Return "5'11" as feet where the reader finds the stroke of inches behind it, "14st 3lb" as stones."""
        token = self.tokens[at]
        words = self.text[token.start : token.end]
        above, below = (
            ("n", token.start + one.start(), token.start + one.end()) for one in re.finditer(r"\d+(?:\.\d+)?", words)
        )
        unit, parts = ("stone", POUNDS) if "st" in words else ("foot", INCHES)
        value: Value = ("+", above, ("*", below, 1 / parts))
        whole = Item(token.start, token.end, "measurement", "", value, value, "", unit)
        if unit == "stone":
            return [whole], at + 1
        one = Item(token.start, token.start + 1, "number", "", above, above, open="number")
        rest = Item(token.start + 2, token.end, "number", "", below, below, open="number")
        return [whole._replace(open="feet", sides=(one, rest))], at + 1

    def join_rates(self, item: Item, at: int) -> tuple[Item, int]:
        """Join two adverbs of frequency: "daily or weekly", "weekly to biweekly", "daily to twice daily"."""
        joined = self.kind(at) == "joiner" and self.tokens[at].form in ("or", "to")
        other = self.tokens[at + 1] if joined and self.kind(at + 1) == "rate" else None
        if other is None:
            return item, at
        *words, unit = other.effect.split()
        if not words:
            return item._replace(end=other.end, low_unit=item.unit, unit=unit), at + 2
        if unit != item.unit or item.low != 1.0:
            return item, at
        every = words[0] == "every" or other.form.startswith(
            FREQUENT
        )  # next to "weekly", "biweekly" is every two weeks
        modifier = "every" if every else "per"
        return item._replace(end=other.end, high=float(words[-1]), modifier=modifier), at + 2
