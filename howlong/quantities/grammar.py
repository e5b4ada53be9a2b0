"""Read a run of amount words into items: amounts and words that are none.

Law: a run is read by its shape (its digits count only as digits), so that each shape is read once however often it occurs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from howlong.quantities.alphabet import CURRENCIES, from_image, to_pattern
from howlong.quantities.apart import Apart
from howlong.quantities.items import REASONS, SILENT, Item, Single, Value
from howlong.quantities.tokens import Token, load_plurals

# A factor behind a sign may be a ten with its power or a plain number, which the shape does not tell.
PRODUCT = re.compile(to_pattern(r"0 ?[×x*·] ?000"))


@lru_cache(maxsize=60_000)
def read_shape(shape: bytes) -> tuple[Item, ...]:
    """Return the items of a run, given the image of the run with its digits written as 0."""
    if PRODUCT.search(shape):
        return (Item(0, len(shape), "", open="product"),)
    return read_factors(shape)


@lru_cache(maxsize=10_000)
def read_factors(shape: bytes) -> tuple[Item, ...]:
    """Return the items of a run whose signs of multiplication stand before powers of ten only."""
    return tuple(Run(from_image(shape)).read())


PARTLY = frozenset({"most of", "the better part of", "the best part of"})
COUNTING = frozenset({"number", "numeral", "half", "vague"})
EVERY_NTH = frozenset({"every second", "every third", "every fourth", "every fifth", "every sixth", "every seventh"})
AS_MUCH = frozenset({"as long as", "as much as", "as many as"})


class Run(Apart):
    """The reading of one run."""

    def read(self) -> list[Item]:
        """Return all items in order."""
        items: list[Item] = []
        at = 0
        while at < len(self.tokens):
            found = self.read_amount(at)
            if found:
                made, at = found
                if made and made[-1].open == "in":
                    at = self.join_shares(made, at)
                items += made
                continue
            token = self.tokens[at]
            if token.kind == "vague" and token.normal != "some" and self.kind(at + 1) == "scale":
                while self.kind(at + 1) == "scale":
                    at += 1
                end = self.tokens[at].end
                items.append(Item(token.start, end, "excluded", REASONS["vague"], open="vague"))
            elif token.kind == "bound" and token.form == "every second":
                items.append(
                    Item(token.start, token.end, "frequency", "", 1.0, 1.0, "", "second", "every", open="every second")
                )
            elif (token.kind == "bound" and "first" in token.form) or (
                token.kind == "vague" and token.effect == "weak"
            ):
                if token.kind == "bound":
                    items.append(Item(token.start, token.end, "excluded", "ordinal", open="first"))
            elif token.form == "as few as":
                items.append(Item(token.start, token.end, "excluded", REASONS["vague"], open="vague"))
            elif token.kind not in SILENT and token.kind not in ("veto after", "bound"):
                items.append(
                    Item(token.start, token.end, "excluded", REASONS.get(token.kind, "unresolved"), open=token.kind)
                )
            at += 1
        return items

    def join_shares(self, made: list[Item], at: int) -> int:
        """Join "1 in 200 to 1 in 100" into one share and return where it ends."""
        first = made[-1]
        joined = self.kind(at) == "joiner" and self.tokens[at].normal == "to" and first.low == first.high is not None
        other = self.read_amount(at + 1) if joined and self.kind(at + 1) in ("number", "numeral") else None
        if other is None or len(other[0]) != 1 or other[0][0].open != "in" or other[0][0].unit:
            return at
        made[-1] = first._replace(high=other[0][0].high, end=other[0][0].end)
        return other[1]

    def read_amount(self, at: int) -> tuple[list[Item], int] | None:
        """Return the items of the amount that begins at a token, and the next token."""
        kind = self.kind(at)
        if self.kind(at + 1) == "time" and (kind in ("ordinal", "part") or self.is_second(at)):
            return self.read_nth(at)
        if self.kind(at + 1) == "joiner" and self.kind(at + 3) == "time":
            pair = self.read_two_nths(at)
            if pair:
                return pair
        if kind in ("number", "numeral") and self.kind(at + 2) == "rate" and self.is_tied(at + 1):
            return self.read_weekly(at)
        whole = WHOLE.get(kind)
        return whole(self, at) if whole else self.read_bounded(at)

    def read_weekly(self, at: int) -> tuple[list[Item], int] | None:
        """Return "six-weekly": every six weeks."""
        token, rate = self.tokens[at], self.tokens[at + 2]
        if " " in rate.effect:
            return None
        value: Value = ("n", token.start, token.end) if token.kind == "number" else float(token.effect)
        return [Item(token.start, rate.end, "frequency", "", value, value, "", rate.effect, "every")], at + 3

    def read_below(self, at: int) -> tuple[list[Item], int]:
        """Return "below zero" without a number before it."""
        token = self.tokens[at]
        return [Item(token.start, token.end, "number", "", None, 0.0, "", "", "less than")], at + 1

    def read_age_group(self, at: int) -> tuple[list[Item], int]:
        """Return "over-65s", "under-fives"."""
        token = self.tokens[at]
        word = self.text[token.start + 5 : token.end].lstrip("r-‐‑ ").lower()
        digits = re.search(r"\d+", self.text[token.start : token.end])
        value: Value = None
        value = ("n", token.start + digits.start(), token.start + digits.end()) if digits else load_plurals().get(word)
        over = self.text[token.start : token.start + 4].lower() == "over"
        low, high = (value, None) if over else (None, value)
        modifier = "more than" if over else "less than"
        return [Item(token.start, token.end, "age", "", low, high, "", "year", modifier)], at + 1

    def read_ratio(self, at: int) -> tuple[list[Item], int]:
        """Return "1:5:5" as a ratio of its parts."""
        token = self.tokens[at]
        parts = re.finditer(r"\d+", self.text[token.start : token.end])
        values: tuple[Value, ...] = tuple(("n", token.start + part.start(), token.start + part.end()) for part in parts)
        return [Item(token.start, token.end, "fraction", "", values[0], values[-1], values=values)], at + 1

    def read_bounded(self, at: int) -> tuple[list[Item], int] | None:
        """Return the amount behind a row of modifiers."""
        first = at
        bounds: list[Token] = []
        about = False
        age = False
        while (
            (self.kind(at) in ("bound", "about", "age") and not self.is_partless(at))
            or self.is_some(at)
            or (self.kind(at) == "word" and self.tokens[at].normal in ("only", "even", "just", "merely") and bounds)
        ):
            token = self.tokens[at]
            if token.kind == "age" and token.effect == "before":
                age = True
                first = at + 1
            elif token.kind in ("about", "vague"):
                about = True
            elif token.kind == "bound" and token.form in AS_MUCH and self.kind(at - 1) in ("times", "timesword"):
                first = at + 1
            elif token.kind == "bound":
                bounds.append(token)
            at += 1
        if bounds and self.kind(at) == "article" and self.tokens[at].form == "another":
            at += self.kind(at + 1) in ("number", "numeral")
        if self.kind(at) in ("clock", "feet") and (about or any(bound.effect in ("high", "low") for bound in bounds)):
            return self.bound_clock(first, at, bounds, about)
        if self.kind(at) == "rate" and at > first:
            return self.bound_rate(at, bounds, about)
        if self.kind(at) == "ratio" and about:
            found, at = self.read_ratio(at)
            return [found[0]._replace(start=self.tokens[first].start, modifier="about", approx=True)], at
        ordinal = self.read_ordinal_time(at) if self.kind(at) == "time" else None
        if ordinal:
            return self.bound_ordinal(first, ordinal, bounds, about)
        is_nth = self.kind(at) in ("ordinal", "part") and self.kind(at + 1) == "time"
        if is_nth and bounds and bounds[-1].effect == "every":
            return self.read_every_nth(first, at)
        if bounds and bounds[-1].form in EVERY_NTH and (pair := self.read_every_nths(first, at, bounds[-1])):
            return pair
        if bounds and bounds[-1].form == "within the" and self.kind(at) != "time":
            bounds.pop()
            first = at
        is_between = bounds and bounds[-1].effect == "between" and self.kind(at + 1) == "of"
        if is_between and (shares := self.read_shares_between(first, at)):
            return shares
        if self.kind(at) == "article" and not bounds and (quarters := self.read_quarters(first, at, about)):
            return quarters
        amount = self.read_single(at, bounds)
        if amount is None:
            return None
        if amount.unit == "hour" and (spoken := self.read_spoken_hours(first, amount, bounds, about)):
            return spoken
        if bounds and self.is_unbound(bounds[-1], amount):
            bounds.pop()
            first = at
        while len(bounds) > 1 and bounds[0].effect == "span":
            first = self.tokens.index(bounds.pop(0)) + 1
        if bounds and bounds[-1].effect == "span" and "times" in (amount.kind, self.kind(amount.next)[:5]):
            bounds, first = [], at  # "at first three times a day", "the last once a month"
        return self.read_range(first, amount, bounds, about, age)

    def is_unbound(self, bound: Token, amount: Single) -> bool:
        """Tell whether the word before an amount does not bound it: "inside two rooms", "each 0.2-mL step", "each 5-min block"."""
        if bound.form == "inside":
            return amount.kind != "time"
        if not amount.tied:
            return False
        is_step = bound.effect == "every" and amount.kind not in ("time", "")
        return is_step or (bound.form == "each" and amount.kind == "time" and not amount.vague)

    def is_partless(self, at: int) -> bool:
        """Tell whether "most of" stands before anything but a whole time: "most of a day" is nearly one."""
        form, follow = self.tokens[at].form, self.kind(at + 1)
        return form in PARTLY and follow != "article" and (form == "most of" or follow not in COUNTING)

    def bound_rate(self, at: int, bounds: list[Token], about: bool) -> tuple[list[Item], int]:
        """Apply the modifier before an adverb of frequency ("almost weekly", "at least daily"; "asked about daily chores" has none)."""
        item, before = self.read_rate(at)[0][0], self.tokens[at - 1]
        if before.form in ("about", "around") or before.effect not in ("about", "high", "low"):
            return [item], at + 1
        modifier = bounds[-1].normal if bounds else item.modifier
        return [item._replace(start=before.start, modifier=modifier, approx=about)], at + 1

    def read_shares_between(self, first: int, at: int) -> tuple[list[Item], int] | None:
        """Return "between 1 in 1000 and 1 in 100" as one share."""
        low = self.read_amount(at)
        if low is None or low[0][-1].open != "in" or self.kind(low[1]) != "joiner":
            return None
        high = self.read_amount(low[1] + 1) if self.tokens[low[1]].normal == "and" else None
        if high is None or high[0][-1].open != "in":
            return None
        item = low[0][-1]._replace(start=self.tokens[first].start, high=high[0][-1].high, end=high[0][-1].end)
        return [item], high[1]

    def is_some(self, at: int) -> bool:
        """Tell whether "some" stands before a number, where it means about."""
        return (
            self.kind(at) == "vague"
            and self.tokens[at].normal == "some"
            and (self.kind(at + 1) in ("number", "numeral", "scale", "half") or self.is_price(at + 1))
        )

    def is_price(self, at: int) -> bool:
        """Tell whether the sign of a currency stands here."""
        return self.kind(at) == "sign" and self.tokens[at].normal in CURRENCIES

    def read_every_nth(self, first: int, at: int) -> tuple[list[Item], int]:
        """Return "every 3rd year"."""
        token, time = self.tokens[at], self.tokens[at + 1]
        value: Value = ("n", token.start, token.end - 2) if token.kind == "ordinal" else float(token.effect)
        return [
            Item(self.tokens[first].start, time.end, "frequency", "", value, value, "", time.normal, "every")
        ], at + 2

    def read_every_nths(self, first: int, at: int, bound: Token) -> tuple[list[Item], int] | None:
        """Return "every third or fourth year"."""
        nth = self.kind(at) == "joiner" and self.kind(at + 1) in ("ordinal", "part")
        second = self.read_place(at + 1) if nth else None
        if second is None or self.tokens[at].form not in ("or", "to") or self.kind(at + 2) != "time":
            return None
        low, time = float(bound.effect.split()[1]), self.tokens[at + 2]
        start = self.tokens[first].start
        return [Item(start, time.end, "frequency", "", low, second, "", time.normal, "every")], at + 3

    def read_rate(self, at: int) -> tuple[list[Item], int]:
        """Return an adverb of frequency ("daily", "once daily", "bid")."""
        token = self.tokens[at]
        *words, unit = token.effect.split()
        amount = float(words[-1]) if words else 1.0
        modifier = "every" if not words or words[0] == "every" else "per"
        look = "" if words else "rate"
        item = Item(token.start, token.end, "frequency", "", amount, amount, "", unit, modifier, open=look)
        whole, far = self.join_rates(item, at + 1) if look else (item, at + 1)
        return [whole], far

    def read_bracket_alone(self, at: int) -> tuple[list[Item], int]:
        """Return the numbers of "(0.72–0.90)" or "(SD 4)" that belong to no number before them."""
        token = self.tokens[at]
        found = list(re.finditer(r"\d+(?:\.\d+)?", self.text[token.start : token.end]))
        ends: list[Value] = [("n", token.start + one.start(), token.start + one.end()) for one in (found[0], found[-1])]
        kind = "statistic" if token.kind == "deviation" else "number"
        start, end = token.start + found[0].start(), token.start + found[-1].end()
        return [Item(start, end, kind, "", ends[0], ends[1], open="bracket")], at + 1

    def read_interval_alone(self, at: int) -> tuple[list[Item], int]:
        """Return the level of a confidence interval that stands without its ends."""
        token = self.tokens[at]
        level = re.search(r"\d+(?:\.\d+)?\s?[%％]", self.text[token.start : token.end])
        start = token.start + (level.start() if level else 0)
        end = token.start + (level.end() if level else 0)
        ends = self.read_single(at + 1, []) if self.is_near(at + 1) else None
        if ends is not None and ends.value is not None and self.kind(ends.next) == "joiner":
            other = self.read_single(ends.next + 1, [])
            if other is not None and other.value is not None:
                unit = other.unit or ends.unit
                return [
                    Item(start, other.end, "statistic", "", ends.value, other.value, "", unit, open="statistic")
                ], other.next
        value: Value = ("n", start, end - 1)
        return [Item(start, end, "statistic", "", value, value, "", "%", open="statistic")], at + 1

    def read_clock(self, at: int) -> tuple[list[Item], int]:
        """Return "1h30m", "2h15" as hours."""
        token = self.tokens[at]
        hours, minutes = re.finditer(r"\d+(?:\.\d+)?", self.text[token.start : token.end])
        whole: Value = ("n", token.start, token.start + hours.end())
        part: Value = ("*", ("n", token.start + minutes.start(), token.start + minutes.end()), 1 / 60)
        value: Value = ("+", whole, part)
        words = self.text[token.start : token.end]
        item = Item(
            token.start,
            token.end,
            "duration",
            "",
            value,
            value,
            "",
            "hour" if "h" in words else "minute",
        )
        if " " not in words or ":" in words or words[-1] == "s":
            return [item], at + 1
        last: Value = ("n", token.start + minutes.start(), token.end)
        sides = (
            item._replace(end=token.start + words.rindex(" "), low=whole, high=whole),
            Item(token.start + minutes.start(), token.end, "number", "", last, last, open="number"),
        )
        return [item._replace(open="pair", sides=sides)], at + 1

    def bound_clock(self, first: int, at: int, bounds: list[Token], about: bool) -> tuple[list[Item], int]:
        """Apply modifiers to hours and minutes ("about 1h30", "up to 2 h 15")."""
        item = (self.read_feet(at) if self.kind(at) == "feet" else self.read_clock(at))[0][0]
        start = self.tokens[first].start
        item = item._replace(start=start, modifier="about", approx=about, open="", sides=())
        return [self.bound_whole(item, bounds)], at + 1

    def read_every(self, at: int) -> tuple[list[Item], int]:
        """Return "q12h"."""
        token = self.tokens[at]
        match = re.search(r"(\d+)\s*(?:[-–](\d+)\s*)?([a-zA-Z]+)$", self.text[token.start : token.end])
        if match is None:
            return [], at + 1
        low: Value = ("n", token.start + match.start(1), token.start + match.end(1))
        high: Value = ("n", token.start + match.start(2), token.start + match.end(2)) if match[2] else low
        unit = {"h": "hour", "d": "day", "w": "week", "m": "month"}.get(match[3][0].lower(), "")
        return [Item(token.start, token.end, "frequency", "", low, high, "", unit, "every")], at + 1


# The readers of tokens that are an amount by themselves, by the kind of token.
WHOLE: dict[str, Callable[[Run, int], tuple[list[Item], int] | None]] = {
    "every": Run.read_every,
    "below": Run.read_below,
    "clock": Run.read_clock,
    "feet": Run.read_feet,
    "interval": Run.read_interval_alone,
    "bracket": Run.read_bracket_alone,
    "deviation": Run.read_bracket_alone,
    "rate": Run.read_rate,
    "agegroup": Run.read_age_group,
    "ratio": Run.read_ratio,
}
