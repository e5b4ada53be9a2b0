"""Read a run of amount words into items: amounts and words that are none.

Law: a run is read by its shape (its digits count only as digits), so that each shape is read once however often it occurs;
numbers stay references into the run until a text gives them values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from howlong.quantities.alphabet import CURRENCIES, from_image
from howlong.quantities.tokens import Token, cut_tokens

Value: TypeAlias = "float | tuple[str, object, object] | None"
MILLIONS = {"m": 1e6, "M": 1e6, "mn": 1e6, "k": 1e3, "K": 1e3, "bn": 1e9, "B": 1e9}
MONEY = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "¢": "cent"}
REASONS = {
    "url": "identifier", "isotope": "identifier", "identifier": "identifier", "version": "identifier", "cite": "numbering",
    "date": "date", "ordinal": "ordinal", "vague": "vague count", "time": "no amount", "rate": "no amount",
    "times": "no amount", "part": "ordinal", "veto alone": "label", "quarter": "ordinal", "unit": "no amount",
    "halftime": "word part", "roman": "label", "fold": "word part", "scale": "vague count", "timesword": "no amount", "interval": "unresolved", "bracket": "unresolved",
}  # fmt: skip
SILENT = frozenset({"word", "sign", "bound", "about", "after", "joiner", "article", "per", "of", "hedge", "age", "plusminus", "silent", "repeat"})


class Item(NamedTuple):
    """An amount, or a word that is none, in a run; offsets are those of the run."""

    start: int
    end: int
    kind: str
    reason: str = ""
    low: Value = None
    high: Value = None
    low_unit: str = ""
    unit: str = ""
    modifier: str = ""
    approx: bool = False
    vague_low: str = ""
    vague_high: str = ""
    values: tuple[Value, ...] = ()
    point: Value = None
    open: str = ""  # what the reader must still look at: the noun behind, the word before
    sides: tuple[Item, ...] = ()  # the two ends of a range as amounts of their own, for a change from one to the other


@dataclass
class Single:
    """One number with its unit, before ranges are joined."""

    start: int
    end: int
    next: int
    value: Value
    vague: str = ""
    unit: str = ""
    kind: str = ""
    money: str = ""
    tied: bool = False
    unit_at: tuple[int, int] = (0, 0)
    word: bool = False
    after: str = ""
    about: bool = False
    bound: str = ""


@lru_cache(maxsize=60_000)
def read_shape(shape: bytes) -> tuple[Item, ...]:
    """Return the items of a run, given the image of the run with its digits written as 0."""
    return tuple(Run(from_image(shape)).read())


class Run:
    """The reading of one run."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = cut_tokens(text)
        # The kind of a token by its index, empty past either end.
        self.kind = [*(token.kind for token in self.tokens), *[""] * 8].__getitem__

    def read(self) -> list[Item]:
        """Return all items in order."""
        items: list[Item] = []
        at = 0
        while at < len(self.tokens):
            found = self.read_amount(at)
            if found:
                made, at = found
                items += made
                continue
            token = self.tokens[at]
            if token.kind == "bound" and "first" in token.form or token.kind == "vague" and token.effect == "weak":
                if token.kind == "bound":
                    items.append(Item(token.start, token.end, "excluded", "ordinal", open="first"))
            elif token.kind not in SILENT and token.kind not in ("veto after", "bound"):
                items.append(Item(token.start, token.end, "excluded", REASONS.get(token.kind, "unresolved"), open=token.kind))
            at += 1
        return items

    # --- tokens -------------------------------------------------------------------------------------------------------

    def gap(self, at: int) -> str:
        """Return what stands between a token and the one before it."""
        return self.text[self.tokens[at - 1].end : self.tokens[at].start] if 0 < at < len(self.tokens) else ""

    def is_near(self, at: int) -> bool:
        """Tell whether a token belongs to the one before it: no blank line between."""
        return at < len(self.tokens) and self.gap(at).count("\n") < 2

    # --- prefixes -----------------------------------------------------------------------------------------------------

    def read_amount(self, at: int) -> tuple[list[Item], int] | None:
        """Return the items of the amount that begins at a token, and the next token."""
        kind = self.kind(at)
        if kind == "every":
            return self.read_every(at)
        if kind == "interval":
            return self.read_interval_alone(at)
        if kind == "rate":
            return self.read_rate(at)
        if kind in ("ordinal", "part") and self.kind(at + 1) == "time":
            return self.read_nth(at)
        first = at
        bounds: list[Token] = []
        about = False
        age = False
        while self.kind(at) in ("bound", "about", "age") or self.is_some(at) or (self.kind(at) == "word" and self.tokens[at].normal in ("only", "even", "just", "merely") and bounds):
            token = self.tokens[at]
            if token.kind == "age" and token.effect == "before":
                age = True
                first = at + 1
            elif token.kind in ("about", "vague"):
                about = True
            elif token.kind == "bound":
                bounds.append(token)
            at += 1
        ordinal = self.read_ordinal_time(at) if self.kind(at) == "time" else None
        if ordinal:
            return self.bound_ordinal(first, ordinal, bounds, about)
        if self.kind(at) == "ordinal" and bounds and bounds[-1].effect == "every" and self.kind(at + 1) == "time":
            return self.read_every_nth(first, at)
        amount = self.read_single(at, bounds)
        if amount is None:
            return None
        while len(bounds) > 1 and bounds[0].effect == "span":
            first = self.tokens.index(bounds.pop(0)) + 1
        return self.read_range(first, amount, bounds, about, age)

    def read_nth(self, at: int) -> tuple[list[Item], int] | None:
        """Return "3rd day", "tenth week": a time counted from the start."""
        token, time = self.tokens[at], self.tokens[at + 1]
        if time.normal not in ("hour", "day", "night", "week", "month") or time.effect.endswith("s"):
            return None
        value: Value = ("n", token.start, token.end - 2) if token.kind == "ordinal" else float(token.effect or 0)
        return [Item(token.start, time.end, "duration", "", value, value, "", time.normal, open="ordinal time")], at + 2

    def is_some(self, at: int) -> bool:
        """Tell whether "some" stands before a number, where it means about."""
        return self.kind(at) == "vague" and self.tokens[at].normal == "some" and self.kind(at + 1) in ("number", "numeral", "scale")

    def read_every_nth(self, first: int, at: int) -> tuple[list[Item], int]:
        """Return "every 3rd year"."""
        token, time = self.tokens[at], self.tokens[at + 1]
        value: Value = ("n", token.start, token.end - 2)
        return [Item(self.tokens[first].start, time.end, "frequency", "", value, value, "", time.normal, "every")], at + 2

    def bound_ordinal(self, first: int, ordinal: tuple[list[Item], int], bounds: list[Token], about: bool) -> tuple[list[Item], int]:
        """Apply modifiers to a time counted from the start ("around week 6", "between day 2 and day 10")."""
        item, at = ordinal[0][0], ordinal[1]
        if any(bound.effect == "between" for bound in bounds) and self.kind(at) == "joiner" and self.tokens[at].normal == "and":
            other = self.read_ordinal_time(at + 1) if self.kind(at + 1) == "time" else None
            if other:
                item, at = item._replace(high=other[0][0].high, end=other[0][0].end), other[1]
        item = item._replace(start=self.tokens[first].start)
        effect = next((bound.effect for bound in bounds if bound.effect in ("high", "low")), "")
        item = item._replace(low=None) if effect == "high" else item._replace(high=None) if effect == "low" else item
        modifier = next((bound.normal for bound in bounds if bound.effect != "between"), "about" if about else "")
        item = item._replace(modifier=modifier, approx=about)
        if self.kind(at) == "after" and self.tokens[at].effect == "about":
            item = item._replace(approx=True, modifier=modifier or "about", end=self.tokens[at].end)
            at += 1
        return [item], at

    def read_rate(self, at: int) -> tuple[list[Item], int]:
        """Return an adverb of frequency ("daily", "once daily", "bid")."""
        token = self.tokens[at]
        number, _, unit = token.effect.rpartition(" ")
        start, amount = token.start, float(number or 1)
        modifier = "per" if number else "every"
        item = Item(start, token.end, "frequency", "", amount, amount, "", unit, modifier, open="" if number else "rate")
        return [item], at + 1

    def read_interval_alone(self, at: int) -> tuple[list[Item], int]:
        """Return the level of a confidence interval that stands without its ends."""
        token = self.tokens[at]
        level = re.search(r"\d+(?:\.\d+)?\s?[%％]", self.text[token.start : token.end])
        start = token.start + (level.start() if level else 0)
        end = token.start + (level.end() if level else 0)
        value: Value = ("n", start, end - 1)
        return [Item(start, end, "statistic", "", value, value, "", "%", open="statistic")], at + 1

    def read_every(self, at: int) -> tuple[list[Item], int]:
        """Return "q12h"."""
        token = self.tokens[at]
        match = re.search(r"(\d+)\s?([a-z]+)$", self.text[token.start : token.end])
        if match is None:
            return [], at + 1
        value: Value = ("n", token.start + match.start(1), token.start + match.end(1))
        unit = {"h": "hour", "d": "day", "w": "week"}.get(match[2][0], "")
        return [Item(token.start, token.end, "frequency", "", value, value, "", unit, "every")], at + 1

    def read_ordinal_time(self, at: int) -> tuple[list[Item], int] | None:
        """Return "day 42", "weeks 4 to 6", "week-8": a time counted from the start."""
        token = self.tokens[at]
        next_ = at + 1
        if self.kind(next_) == "joiner" and self.tokens[next_].normal == "to":
            if self.gap(next_) or self.gap(next_ + 1):
                return None
            next_ += 1
        word = self.kind(next_) == "numeral" and not token.effect.endswith("s") and self.kind(at - 1) not in ("article", "bound", "per", "number", "numeral", "vague")
        if self.kind(next_) != "number" and not word or token.effect == "second" or "\n" in self.gap(next_):
            return None
        single = self.read_words(next_) if word else None
        if single and single.unit:
            return None
        behind = single.next if single else next_ + 1
        if self.kind(behind) == "unit" and (not self.gap(behind) or len(self.tokens[behind].form) > 1 or self.tokens[behind].form == "%"):
            return None
        values: list[Value] = [single.value if single else ("n", self.tokens[next_].start, self.tokens[next_].end)]
        if single:
            item = Item(token.start, single.end, "duration", "", values[0], values[0], "", token.normal, open="ordinal time")
            return [item], single.next
        joins: list[str] = []
        end = next_ + 1
        while self.kind(end) == "joiner" and self.is_near(end + 1) and not (self.tokens[end].normal == "," and not token.effect.endswith("s")):
            far = end + 1 if self.kind(end + 1) == "number" else end + 2 if self.kind(end + 1) == "time" and self.tokens[end + 1].normal == token.normal and self.kind(end + 2) == "number" else 0
            if not far or self.kind(far) != "number" or self.kind(far + 1) == "unit" or self.tokens[end].normal == "and" and far == end + 2:
                break
            joins.append(self.tokens[end].normal)
            values.append(("n", self.tokens[far].start, self.tokens[far].end))
            end = far + 1
        many = tuple(values) if len(values) > 1 and "to" not in joins else ()
        item = Item(token.start, self.tokens[end - 1].end, "duration", "", values[0], values[-1], "", token.normal, values=many, open="ordinal time")
        return [item], end

    # --- numbers ------------------------------------------------------------------------------------------------------

    def read_single(self, at: int, bounds: list[Token]) -> Single | None:
        """Return one number with its unit."""
        kind = self.kind(at)
        if kind in ("number", "sign", "joiner", "word", "plusminus"):
            return self.read_digits(at)
        if kind in ("numeral", "scale"):
            return self.read_words(at)
        if kind in ("half", "quarter", "multiple"):
            return self.read_half(at)
        if kind == "times":
            return self.read_times(at)
        if kind == "article":
            return self.read_article(at)
        if kind == "vague":
            return self.read_vague(at)
        if kind in ("time", "unit"):
            return self.read_bare(at, bounds)
        return None

    def read_digits(self, at: int) -> Single | None:
        """Return a number in digits with its sign, currency, scale and unit."""
        start = at
        money = ""
        factor = 1.0
        if self.kind(at) == "word" and self.tokens[at].normal in ("US", "A", "C", "NZ", "AU", "HK", "Can", "S", "R", "USD", "EUR", "GBP", "AUD", "CAD"):
            at += 1
        if self.kind(at) == "word" or self.kind(at) == "plusminus":
            return None
        if self.kind(at) == "sign" and self.tokens[at].normal in CURRENCIES:
            money = MONEY[self.tokens[at].normal]
            at += 1
        elif self.kind(at) in ("sign", "joiner") and self.text[self.tokens[at].start] in "-−–+－＋‐‑" and not self.gap(at + 1) and self.is_free(at):
            factor = 1.0 if self.text[self.tokens[at].start] in "+＋" else -1.0
            at += 1
        if self.kind(at) != "number" or (start < at and start == at - 1 and not money and factor == 1.0 and self.text[self.tokens[start].start] not in "+＋"):
            return None
        token = self.tokens[at]
        value: Value = ("n", token.start, token.end) if factor == 1.0 else ("*", ("n", token.start, token.end), factor)
        return self.finish_single(Single(self.tokens[start].start, token.end, at + 1, value, money=money))

    def is_free(self, at: int) -> bool:
        """Tell whether a sign stands apart from what is before it."""
        return at == 0 and self.tokens[0].start == 0 or bool(self.gap(at)) or self.kind(at - 1) in ("sign", "bound", "about", "interval")

    def finish_single(self, single: Single) -> Single:
        """Read the scale, the half and the unit behind a number."""
        while self.kind(single.next) == "scale" and self.is_near(single.next):
            token = self.tokens[single.next]
            single.value = ("*", single.value, float(token.effect))
            single.end, single.next = token.end, single.next + 1
        self.add_half(single)
        if self.kind(single.next) == "after" and self.kind(single.next + 1) == "unit" or self.kind(single.next) == "after" and self.tokens[single.next].form in ("or more", "or fewer", "or less"):
            token = self.tokens[single.next]
            if token.effect != "about":
                single.after = token.normal
                single.next += 1
                single.end = token.end
        if self.kind(single.next) == "sign" and self.tokens[single.next].normal == "+" and not self.gap(single.next):
            single.after = "at least"
            single.end, single.next = self.tokens[single.next].end, single.next + 1
        self.add_unit(single)
        if single.unit:
            self.add_half(single)
        if single.money and not single.unit:
            single.unit, single.kind = single.money, "money"
        return single

    def add_half(self, single: Single) -> None:
        """Add "and a half" to a number."""
        if self.kind(single.next) == "andhalf":
            token = self.tokens[single.next]
            single.value = ("+", single.value, float(token.effect))
            single.end, single.next = token.end, single.next + 1

    def add_unit(self, single: Single) -> None:
        """Read the unit behind a number: a unit token, or a time word after a plus."""
        token = self.tokens[single.next] if single.next < len(self.tokens) else None
        if token is not None and single.money and token.form in MILLIONS and not self.gap(single.next):
            single.value = ("*", single.value, MILLIONS[token.form])
            single.end, single.next = token.end, single.next + 1
            return
        if token is None or single.money and token.effect != "money":
            return
        if token.kind == "unit" or (token.kind == "time" and single.after and self.is_near(single.next)):
            single.unit, single.kind = token.normal, token.effect if token.kind == "unit" else "time"
            single.unit_at = (token.start, token.end)
            single.tied = not self.gap(single.next) and self.text[token.start] in "-‑‐"
            single.end, single.next = token.end, single.next + 1

    def read_words(self, at: int) -> Single | None:
        """Return a number in words with its unit, or a fraction ("two thirds")."""
        start = at
        total = current = 0.0
        first = True
        while True:
            token = self.tokens[at]
            amount = float(token.effect)
            if token.kind == "scale":
                if amount >= 1000:
                    total, current = total + (current or 1.0) * amount, 0.0
                else:
                    current = (current or 1.0) * amount
            else:
                current += amount
            first = False
            at += 1
            step = self.next_word(at, token)
            if step is None:
                break
            at = step
        if self.kind(at) == "repeat":
            at += 1
        single = Single(self.tokens[start].start, self.tokens[at - 1].end, at, total + current, word=True)
        return self.read_part(single) or self.finish_single(single)

    def next_word(self, at: int, before: Token) -> int | None:
        """Return the index of the next word of the same number, or nothing where it ends."""
        tied = self.kind(at) == "joiner" and self.tokens[at].normal == "to" and self.text[self.tokens[at].start] in "-‐‑" and not self.gap(at) and not self.gap(at + 1)
        far = at + 1 if tied or (self.kind(at) == "joiner" and self.tokens[at].form == "and" and before.kind == "scale") else at
        kind = self.kind(far)
        if kind == "scale":
            return far if far == at or tied else None
        if kind != "numeral":
            return None
        size, last = float(self.tokens[far].effect), float(before.effect)
        if before.kind == "scale":
            return far if size < last and last >= 100 else None
        return far if 20 <= last <= 90 and last % 10 == 0 and 1 <= size <= 9 else None

    def read_part(self, single: Single) -> Single | None:
        """Return "two thirds" as a fraction: a small number and a part."""
        at = single.next
        tied = self.kind(at) == "joiner" and not self.gap(at) and self.text[self.tokens[at].start] in "-‐‑"
        at += tied
        if self.kind(at) != "part" or not isinstance(single.value, float) or single.value > 20:
            return None
        token = self.tokens[at]
        if token.form == "quarters" and single.value > 3:
            return None
        plural = token.form.endswith("s") or token.form == "halves"
        if (single.value > 1) != plural and token.form != "half":
            return None
        single.value, single.kind = single.value / float(token.effect), "fraction"
        single.end, single.next = token.end, at + 1
        return self.read_part_of(single)

    def read_part_of(self, single: Single) -> Single:
        """Read "of a day" behind a fraction."""
        at = single.next
        if self.kind(at) == "of" and self.kind(at + 1) == "article" and self.kind(at + 2) in ("unit", "time"):
            token = self.tokens[at + 2]
            single.unit, single.kind = token.normal, "time" if token.kind == "time" else token.effect
            single.unit_at = (token.start, token.end)
            single.end, single.next = token.end, at + 3
        return single

    def read_half(self, at: int) -> Single | None:
        """Return "half an hour", "half", "twofold"."""
        token = self.tokens[at]
        single = Single(token.start, token.end, at + 1, float(token.effect), word=True)
        if token.kind == "multiple":
            single.unit, single.kind = "fold", "number"
            return single
        if self.kind(at + 1) == "joiner" and not self.gap(at + 1) or self.text[token.end : token.end + 1] in ("-", "‑", "‐"):
            follow = self.text[token.end + 1 : token.end + 5].lower()
            if follow.startswith(("life", "live", "way", "hear")):
                return None
        self.add_unit(single)
        if not single.unit:
            if token.form.endswith((" a", " an")) or token.kind == "quarter":
                if token.form.endswith((" a", " an")) and self.kind(at + 1) == "scale":
                    step = self.tokens[at + 1]
                    single.value, single.end, single.next = single.value * float(step.effect) if isinstance(single.value, float) else None, step.end, at + 2
                    self.add_unit(single)
                    return single
                if token.kind != "half":
                    return None
                single.end = token.start + 4
            single.kind = "fraction"
            return self.read_part_of(single)
        return single

    def read_times(self, at: int) -> Single:
        """Return "once", "twice" as a number of times."""
        token = self.tokens[at]
        return Single(token.start, token.end, at + 1, float(token.effect), unit="time", kind="times", word=True)

    def read_article(self, at: int) -> Single | None:
        """Return "a week", "a hundred", "a third", "an hour and a half"."""
        start = self.tokens[at].start
        if self.kind(at + 1) == "word" and self.tokens[at + 1].normal in ("full", "whole", "single", "mere", "good", "solid", "further") and self.kind(at + 2) == "time" and not self.tokens[at + 2].effect.endswith("s"):
            token = self.tokens[at + 2]
            return Single(start, token.end, at + 3, 1.0, unit=token.normal, kind="time", word=True, unit_at=(token.start, token.end))
        kind = self.kind(at + 1)
        if kind == "scale":
            single = self.read_words(at + 1)
            if single:
                single.start = start
            return single
        if kind == "part" or kind == "quarter" or (kind == "half"):
            token = self.tokens[at + 1]
            if token.effect == "2" and kind == "part":
                return None
            if token.form == "quarter" and self.kind(at - 1) == "bound" and self.tokens[at - 1].normal == "within" and self.kind(at + 2) != "of":
                return Single(start, token.end, at + 2, 1.0, unit="quarter", kind="time", word=True, unit_at=(token.start, token.end))
            if kind == "part":
                return self.read_part_of(Single(start, token.end, at + 2, 1 / float(token.effect), kind="fraction", word=True))
            single = self.read_half(at + 1)
            if single:
                single.start = start
            return single
        if kind in ("unit", "time") and self.tokens[at + 1].form.lower() != "second" and self.tokens[at + 1].normal not in ("season", "winter", "summer", "weekend") and not self.tokens[at + 1].normal == "quarter":
            token = self.tokens[at + 1]
            if self.text[token.start] in "-‑" or token.form.lower().endswith("s") and token.effect != "time":
                return None
            single = Single(start, token.end, at + 2, 1.0, unit=token.normal, kind=token.effect if kind == "unit" else "time", word=True)
            single.unit_at = (token.start, token.end)
            single.about = False
            self.add_half(single)
            return single
        return None

    def read_vague(self, at: int) -> Single | None:
        """Return "several days", "a few hundred metres" is none: only time counts."""
        token = self.tokens[at]
        next_ = at + 1
        if self.kind(next_) == "word" and self.tokens[next_].normal in ("more", "short", "long", "additional", "other", "full", "consecutive", "successive", "further"):
            next_ += 1
        factor = next_
        while self.kind(factor) == "scale":
            factor += 1
        if factor > next_ and self.kind(factor) in ("unit", "time") or self.kind(factor) == "unit" and self.tokens[factor].effect not in ("time", "count", "percent", "statistic"):
            if token.effect == "weak" or self.tokens[factor].normal in ("point", "unit"):
                return None
            unit = self.tokens[factor]
            kind = "time" if unit.kind == "time" else unit.effect
            return Single(token.start, unit.end, factor + 1, None, vague=token.effect, unit=unit.normal, kind=kind, word=True, unit_at=(unit.start, unit.end))
        if self.kind(next_) == "unit" and self.tokens[next_].effect == "percent" and token.effect != "weak":
            unit = self.tokens[next_]
            return Single(token.start, unit.end, next_ + 1, None, vague=token.effect, unit=unit.normal, kind="percent", word=True, unit_at=(unit.start, unit.end))
        if self.kind(next_) not in ("unit", "time") or not self.is_time(next_):
            if self.kind(next_) == "joiner" and token.effect != "weak":
                return Single(token.start, token.end, next_, None, vague=token.effect, word=True)
            return None
        unit = self.tokens[next_]
        if token.form in ("few", "couple") and unit.form.endswith("s") and token.effect == "few" and False:
            return None
        code = token.normal if token.effect == "weak" else token.effect
        return Single(token.start, unit.end, next_ + 1, None, vague=code, unit=unit.normal, kind="time", word=True, unit_at=(unit.start, unit.end))

    def is_time(self, at: int) -> bool:
        """Tell whether a token is a plain unit of time."""
        token = self.tokens[at]
        return token.kind == "time" or token.effect == "time"

    def read_bare(self, at: int, bounds: list[Token]) -> Single | None:
        """Return a bare plural ("weeks"), or a singular behind a modifier that counts it ("every day", "first week")."""
        token = self.tokens[at]
        if not self.is_time(at):
            return None
        plural = self.text[token.start : token.end].lower().endswith("s") or token.normal in ("millennium",) and self.text[token.start : token.end].endswith("ia") or token.normal == "century" and self.text[token.start : token.end].endswith("ies")
        effects = [bound.effect for bound in bounds]
        span = (token.start, token.end)
        if plural:
            if token.effect in ("second", "seconds") and not bounds and self.kind(at + 1) != "joiner" and self.kind(at - 1) != "joiner":
                pass
            return Single(token.start, token.end, at + 1, None, vague="bare", unit=token.normal, kind="time", word=True, unit_at=span)
        if any(effect.startswith("every") for effect in effects) or any(effect == "span" and bound.normal == "first" for effect, bound in zip(effects, bounds, strict=True)):
            return Single(token.start, token.end, at + 1, 1.0, unit=token.normal, kind="time", word=True, unit_at=span)
        return None

    # --- ranges, lists, changes ---------------------------------------------------------------------------------------

    def read_range(self, first: int, single: Single, bounds: list[Token], about: bool, age: bool) -> tuple[list[Item], int] | None:
        """Join a number with what follows it: ranges, lists, compounds; then everything behind."""
        parts = [single]
        joins: list[str] = []
        while True:
            found = self.read_next(parts, joins, bounds)
            if found is None:
                break
            join, part = found
            joins.append(join)
            parts.append(part)
        return Reading(self, first, parts, joins, bounds, about, age).finish()

    def read_next(self, parts: list[Single], joins: list[str], bounds: list[Token]) -> tuple[str, Single] | None:
        """Return the next end of a range or member of a list, if the words allow it."""
        last = parts[-1]
        at = last.next
        compound = self.read_compound(last, at)
        if compound:
            return "plus", compound
        if last.after and not last.unit:
            return None
        upto = self.kind(at) == "bound" and self.tokens[at].normal == "up to" and last.kind == "time"
        if not (self.kind(at) == "joiner" or upto) or not self.is_near(at) or not self.is_near(at + 1):
            if self.kind(at) == "plusminus":
                return self.read_plusminus(at)
            return None
        token = self.tokens[at]
        join = "to" if upto else token.normal
        at += 1
        if self.kind(at) == "joiner" and self.tokens[at].normal == "to" and (self.text[token.start] in "-‑‐" or join in (",", "to", "or")):
            join = "to" if join != "," else join
            at += 1
        sign = self.text[token.start : token.end]
        if sign in "—‒–-" and ("\n" in self.gap(at) or sign == "—" and self.gap(at)):
            return None
        about = bound = ""
        while self.kind(at) in ("about", "bound") and (join in ("to", "or", "and", ",")):
            if self.kind(at) == "bound":
                if self.tokens[at].effect not in ("high", "low") or join in (",",):
                    return None
                bound = self.tokens[at].normal
            else:
                about = "about"
            at += 1
        part = self.read_single(at, [])
        if part is None:
            return None
        part.about = bool(about)
        part.bound = bound
        return (join, part) if self.may_join(join, parts, part, joins, bounds, sign) else None

    def read_plusminus(self, at: int) -> tuple[str, Single] | None:
        """Return the deviation behind ±."""
        part = self.read_single(at + 1, []) if self.kind(at + 1) == "number" else None
        return ("pm", part) if part else None

    def read_compound(self, last: Single, at: int) -> Single | None:
        """Return "6 hours" of "2 days and 6 hours", "30 min" of "1 h 30 min"."""
        if last.kind not in ("time", "measurement") or last.vague or last.value is None or last.unit not in SMALLER:
            return None
        joined = self.kind(at) == "joiner" and self.tokens[at].form in ("and", ",", ", and")
        part = self.read_single(at + joined, []) if self.kind(at + joined) in ("number", "numeral") and self.is_near(at + joined) else None
        return part if part and part.unit in SMALLER[last.unit] and part.vague == "" else None

    def may_join(self, join: str, parts: list[Single], part: Single, joins: list[str], bounds: list[Token], sign: str) -> bool:
        """Tell whether a joiner makes one amount of what stands on its two sides."""
        last = parts[-1]
        same = last.unit == part.unit or not last.unit or (last.kind == part.kind == "time") or (last.kind == "time" and part.kind == "fraction" and False)
        if last.money and not part.unit:
            part.unit, part.kind = last.unit, last.kind
        if last.money or part.money:
            same = not last.unit or not part.unit or last.unit == part.unit
        if last.kind == "fraction" and part.kind == "time" or last.kind == "time" and part.kind == "fraction":
            return False
        if not same and not (last.unit and not part.unit and join == "or"):
            return False
        if join == "to" and joins and joins[-1] == "," and sign.startswith("or"):
            return not last.unit and bool(part.unit)
        if join == "to":
            return "to" not in joins and self.may_range(last, part, sign)
        if any(bound.effect == "between" for bound in bounds) and join == "and":
            return True
        if join == ",":
            return not last.unit and "to" not in joins and not last.after and self.is_list(part)
        if join in ("and", "or"):
            return self.may_pair(join, parts, part, joins)
        return False

    def may_range(self, last: Single, part: Single, sign: str) -> bool:
        """Tell whether "A to B" is a range: both numbers, or both times."""
        if last.unit and not part.unit:
            return False
        if last.vague == "bare" and part.vague != "bare" and sign in "-–—‑":
            return False
        return not (last.vague and last.vague != "bare" and not last.unit and part.vague == "bare")

    def may_pair(self, join: str, parts: list[Single], part: Single, joins: list[str]) -> bool:
        """Tell whether "A and B" or "A or B" is one amount with the parts before it."""
        last = parts[-1]
        if "to" in joins:
            return False
        if last.vague == "bare" and part.vague != "bare" or (last.vague != "bare" and part.vague == "bare" and not last.vague):
            return False
        if join == "or":
            if last.unit and not part.unit:
                return part.word and last.value == 1.0 and last.word
            return True
        if last.vague or part.vague:
            return False
        return not last.unit and (bool(part.unit) or bool(joins))

    def is_list(self, part: Single) -> bool:
        """Tell whether a list goes on and ends with a joining word or a unit."""
        if part.unit:
            return True
        at = part.next
        return self.kind(at) == "joiner" and (self.tokens[at].normal in (",", "and", "or") or self.tokens[at].form.startswith("or"))


SMALLER: dict[str, tuple[str, ...]] = {
    "year": ("month", "week", "day"), "month": ("week", "day"), "week": ("day", "hour"), "day": ("hour", "minute"),
    "hour": ("minute", "second"), "minute": ("second",), "foot": ("inch",), "pound": ("ounce",), "stone": ("pound",),
}  # fmt: skip
RATIO = {
    ("year", "month"): 12.0, ("year", "week"): 52.18, ("year", "day"): 365.25, ("month", "week"): 4.348, ("month", "day"): 30.4375,
    ("week", "day"): 7.0, ("week", "hour"): 168.0, ("day", "hour"): 24.0, ("day", "minute"): 1440.0, ("hour", "minute"): 60.0,
    ("hour", "second"): 3600.0, ("minute", "second"): 60.0, ("foot", "inch"): 12.0, ("pound", "ounce"): 16.0, ("stone", "pound"): 14.0,
}  # fmt: skip


@dataclass
class Reading:
    """The parts of one amount on their way to an item."""

    run: Run
    first: int
    parts: list[Single]
    joins: list[str]
    bounds: list[Token]
    about: bool
    age: bool

    def finish(self) -> tuple[list[Item], int] | None:
        """Return the item, with modifiers, intervals and rates read from what stands behind."""
        self.drop_unit_mismatch()
        self.merge_compounds()
        item = self.make_item()
        at = self.parts[-1].next
        item, at = self.add_fold(item, at)
        item, at = self.add_fraction(item, at)
        item, at = self.add_after(item, at)
        item, at = self.add_times(item, at)
        item, at = self.add_interval(item, at)
        item, at = self.add_rate(item, at)
        item, at = self.add_after(item, at)
        item, at = self.add_age(item, at)
        return [self.mark_open(item, at)], at

    def drop_unit_mismatch(self) -> None:
        """Share the last unit with parts that have none."""
        last = self.parts[-1]
        if last.unit:
            for part in self.parts[:-1]:
                if not part.unit:
                    part.unit, part.kind = last.unit, last.kind
        elif self.parts[0].unit:
            last.unit, last.kind = self.parts[0].unit, self.parts[0].kind
        if last.vague and self.parts[0].vague == "" and self.parts[0].value is None:
            self.parts[0].vague = last.vague
        self.share_vague()

    def share_vague(self) -> None:
        """Carry a vague word over to the second unit: "every few weeks or months" is few on both ends."""
        for before, part, join in zip(self.parts, self.parts[1:], self.joins, strict=False):
            if part.vague == "bare" and before.vague not in ("", "bare") and join == "or":
                part.vague = before.vague

    def merge_compounds(self) -> None:
        """Add the smaller unit of a compound to the larger: 2 days and 6 hours are 2.25 days."""
        parts, joins = [self.parts[0]], []
        for join, part in zip(self.joins, self.parts[1:], strict=True):
            if join != "plus":
                parts.append(part)
                joins.append(join)
                continue
            base = parts[-1]
            ratio = RATIO.get((base.unit, part.unit)) or next(
                (RATIO[(big, part.unit)] for big in (base.unit,) if (big, part.unit) in RATIO), 1.0
            )
            parts[-1] = replace(base, value=("+", base.value, ("*", part.value, 1 / ratio)), end=part.end, next=part.next)
        self.parts, self.joins = parts, joins

    def make_item(self) -> Item:
        """Return the item of the parts alone, with the modifiers before them."""
        first, last = self.parts[0], self.parts[-1]
        opening = self.run.tokens[self.first]
        start = opening.end - 4 if opening.normal == "last" else min(first.start, opening.start)
        kind = {"time": "duration", "": "number", "mass": "measurement"}.get(last.kind, last.kind)
        point: Value = None
        values: tuple[Value, ...] = ()
        low, high = first.value, last.value
        if "pm" in self.joins:
            point = first.value
            low, high = ("+", first.value, ("*", last.value, -1.0)), ("+", first.value, last.value)
        elif len(self.parts) > 2 or (len(self.parts) == 2 and self.joins[0] in ("and", ",") and not self.has_between()):
            values = tuple(part.value for part in self.parts)
        item = Item(start, last.end, kind, "", low, high, "", last.unit, values=values, point=point)
        if first.unit != last.unit and first.unit:
            item = item._replace(low_unit=first.unit)
        item = item._replace(vague_low=first.vague, vague_high=last.vague)
        if self.joins == ["to"] and not self.bounds:
            item = item._replace(sides=tuple(self.make_side(part, item) for part in self.parts))
        return self.add_bounds(item)

    def make_side(self, part: Single, item: Item) -> Item:
        """Return one end of a range as an amount of its own."""
        about = "about" if part.about else ""
        return Item(part.start, part.end, item.kind, "", part.value, part.value, "", part.unit, about, part.about, part.vague, part.vague)

    def has_between(self) -> bool:
        """Tell whether "between" opens the range."""
        return any(bound.effect == "between" for bound in self.bounds)

    def add_bounds(self, item: Item) -> Item:
        """Apply the modifiers before the amount."""
        modifier = ""
        single = len(self.parts) == 1
        for token in self.bounds:
            effect = token.effect
            if effect == "high" and single:
                item = item._replace(low=None, vague_low="")
            elif effect == "low" and single:
                item = item._replace(high=None, vague_high="")
            if effect.startswith("every"):
                item = item._replace(kind="frequency") if item.kind == "duration" else item
                step = effect.partition(" ")[2]
                if step and single:
                    item = item._replace(low=float(step), high=float(step))
            if effect != "between":
                modifier = token.normal if not token.normal.startswith("every") else "every"
        part = self.parts[-1]
        if part.bound and not single and "less than" not in part.bound and part.bound in ("at least", "more than"):
            item = item._replace(high=None, vague_high="")
        if part.after:
            item, modifier = self.apply_after(item, part.after, modifier)
        if self.about or part.about or any(p.about for p in self.parts):
            item = item._replace(approx=True)
            modifier = modifier or "about"
        return item._replace(modifier=modifier)

    def apply_after(self, item: Item, normal: str, modifier: str) -> tuple[Item, str]:
        """Apply a modifier that stands behind the number."""
        if normal == "about":
            return item._replace(approx=True), modifier or "about"
        if normal == "at least":
            return item._replace(high=None, vague_high=""), normal
        return item._replace(low=None, vague_low=""), normal

    def add_fold(self, item: Item, at: int) -> tuple[Item, int]:
        """Read "-fold" or "times" as a ratio behind a number."""
        run = self.run
        if item.unit:
            return item, at
        tied = run.kind(at) == "joiner" and not run.gap(at) and run.kind(at + 1) == "fold"
        if run.kind(at + tied) == "fold" and "\n" not in run.gap(at + tied):
            return item._replace(kind="number", unit="fold", end=run.tokens[at + tied].end, sides=()), at + tied + 1
        return item, at

    def add_fraction(self, item: Item, at: int) -> tuple[Item, int]:
        """Read "in eight" of "one in eight", "of 24" of "11 of 24", "/20" of "3/20"."""
        run = self.run
        if item.kind != "number" or item.unit or item.values or item.low is None or run.kind(at) not in ("of", "per"):
            return item, at
        sign = run.tokens[at].form
        far = at + 1
        if sign == "/" and run.gap(at):
            return item, at
        if run.kind(far) not in ("number", "numeral") or (sign in ("in", "of the") and run.kind(far) == "number" and False):
            return item, at
        if sign in ("in", "of") and re.fullmatch(r"\d{4}", run.text[run.tokens[far].start : run.tokens[far].end]):
            return item, at
        whole = run.read_single(far, [])
        if whole is None or (whole.unit and not (sign == "of" and whole.kind == "time")) or whole.value is None or whole.after:
            return item, at
        low, high = ("/", item.low, whole.value), ("/", item.high, whole.value)
        mark = "ratio" if sign == "/" else "of" if sign == "of" else "in"
        return item._replace(kind="fraction", low=low, high=high, end=whole.end, open=mark), whole.next

    def add_after(self, item: Item, at: int) -> tuple[Item, int]:
        """Read "or longer", "or so", "at most" behind the amount."""
        run = self.run
        while (run.kind(at) == "after" or run.kind(at) == "bound" and run.tokens[at].form in ("at most", "at least", "max", "max.")) and run.is_near(at) and "\n" not in run.gap(at):
            token = run.tokens[at]
            if token.form in ("plus", "max", "minimum", "maximum", "at least", "at most", "at the most") and run.kind(at + 1) in ("number", "numeral", "article", "vague", "time", "half", "sign"):
                break
            if token.form.startswith(("or ", "and ")) and run.kind(at + 1) in ("number", "numeral"):
                break
            if item.kind == "number" and not item.unit and token.form in ("max", "plus", "maximum", "minimum"):
                break
            changed, modifier = self.apply_after(item, token.normal, item.modifier)
            item = changed._replace(modifier=modifier, end=token.end)
            at += 1
        return item, at

    def add_times(self, item: Item, at: int) -> tuple[Item, int]:
        """Read "times" behind a number."""
        run = self.run
        if item.kind == "times":
            return item._replace(kind="number", open="once" if self.parts[-1].value == 1.0 else "times"), at
        if item.unit or run.kind(at) != "timesword" or item.kind != "number":
            return item, at
        token = run.tokens[at]
        if token.form in ("x", "×") and run.kind(at + 1) in ("number", "numeral"):
            return item, at
        tied = token.form in ("x", "×") and not run.gap(at)
        return item._replace(kind="number", unit="fold" if tied else "time", end=token.end, open="" if tied else "times"), at + 1

    def add_interval(self, item: Item, at: int) -> tuple[Item, int]:
        """Read a confidence interval behind the amount: the amount becomes its point."""
        run = self.run
        if run.kind(at) == "bracket" and len(self.parts) == 1 and not item.unit and item.kind == "number":
            return self.add_bracket(item, at)
        if run.kind(at) != "interval" or not run.is_near(at) or len(self.parts) > 1:
            return item, at
        ends = run.read_single(at + 1, [])
        if ends is None or run.kind(ends.next) != "joiner":
            return item, at
        other = run.read_single(ends.next + 1, [])
        if other is None:
            return item, at
        end, next_ = other.end, other.next
        opened = run.text[run.tokens[at].start] in "(["
        if opened and run.text[end : end + 1] in ")]":
            end += 1
            if run.kind(next_) == "sign" and run.tokens[next_].start == end - 1:
                next_ += 1
        return item._replace(point=item.low, low=ends.value, high=other.value, end=end), next_

    def add_bracket(self, item: Item, at: int) -> tuple[Item, int]:
        """Read "(0.72–0.90)" behind a number with as many decimals: an interval around it."""
        run = self.run
        token = run.tokens[at]
        ends = [(m.start(), m.end()) for m in re.finditer(r"[-−]?\d+\.\d+", run.text[token.start : token.end])]
        places = {run.text[token.start + e - 3 : token.start + e].partition(".")[2] for _, e in ends}
        own = run.text[item.start : item.end]
        if len(ends) != 2 or "." not in own or len(places | {own[-3:].partition(".")[2]}) != 1:
            return item, at
        low, high = (("n", token.start + s, token.start + e) for s, e in ends)
        return item._replace(kind="statistic", point=item.low, low=low, high=high, end=token.end, open="statistic"), at + 1

    def add_rate(self, item: Item, at: int) -> tuple[Item, int]:
        """Read "per day", "a week", "daily" behind the amount."""
        run = self.run
        kind = run.kind(at)
        if item.open in ("times", "once") and kind == "rate":
            token = run.tokens[at]
            return item._replace(kind="frequency", unit=token.effect.split()[-1], modifier=item.modifier or "per", end=token.end, open=""), at + 1
        if kind == "per" and run.kind(at + 1) == "article":
            return item, at
        article = kind == "article" and (run.kind(at + 1) in ("time", "unit") or run.kind(at + 1) == "word" and item.kind == "money")
        every = kind == "bound" and run.tokens[at].normal == "every" and run.kind(at + 1) == "time"
        if not (article or every or (kind == "per" and item.kind != "fraction")) or "\n" in run.gap(at):
            return item, at
        if item.kind == "duration" and every or item.kind == "frequency" and item.modifier == "every":
            return item, at
        far = run.tokens[at + 1] if at + 1 < len(run.tokens) else None
        if far is not None and far.kind in ("number", "numeral"):
            return self.divide_many(item, at)
        if far is None or far.kind not in ("time", "unit", "word") or "\n" in run.gap(at + 1):
            return item._replace(open="per") if kind == "per" and far is None else item, at
        return self.divide(item, far), at + 2

    def divide_many(self, item: Item, at: int) -> tuple[Item, int]:
        """Read "per 100,000" behind the amount."""
        whole = self.run.read_single(at + 1, [])
        if whole is None or item.kind in ("duration", "fraction"):
            return item, at
        literal = self.run.text[whole.start : whole.end]
        kind = "fraction" if item.kind == "number" and not whole.unit else "measurement"
        if kind == "fraction":
            return item._replace(kind=kind, low=("/", item.low, whole.value), high=("/", item.high, whole.value), end=whole.end, open="in"), whole.next
        return item._replace(kind=kind, unit=f"{item.unit}/{literal}", end=whole.end, modifier=item.modifier or "per"), whole.next

    def divide(self, item: Item, far: Token) -> Item:
        """Divide the amount by what stands behind "per"."""
        below = far.normal if far.kind in ("time", "unit") else far.normal.lower()
        time = far.kind == "time" or far.effect == "time"
        modifier = item.modifier or "per"
        if item.open in ("times", "once") and time:
            return item._replace(kind="frequency", unit=below, modifier=modifier, end=far.end, open="")
        kind = item.kind
        if kind in ("duration", "number") and time:
            kind = "frequency"
        if kind == "dose" and item.unit in ("mg", "µg") or kind == "money":
            pass
        unit = f"{item.unit}/{below}" if item.unit else below if kind == "frequency" else f"/{below}"
        if kind == "measurement" and item.unit == "g" and time:
            kind = "dose"
        return item._replace(kind=kind, unit=unit, modifier=modifier, end=far.end)

    def add_age(self, item: Item, at: int) -> tuple[Item, int]:
        """Read "years old", "-year-old", "aged 16 to 24"."""
        run = self.run
        if run.kind(at) == "age" and run.tokens[at].effect == "after" and item.kind == "duration":
            token = run.tokens[at]
            tied = run.text[token.start] in "-‑‐"
            if run.kind(at + 1) == "after":
                return self.add_after(item._replace(kind="age"), at + 1)
            return item._replace(kind="age", end=token.end if tied else item.end), at + 1
        bound = " ".join(token.form for token in self.bounds) + (run.tokens[at - 1].form if run.kind(at - 1) == "after" else "")
        if item.kind == "number" and not item.unit and ("younger" in bound or "older" in bound):
            return item._replace(kind="age", unit="year"), at
        if self.age and item.kind in ("duration", "number"):
            return item._replace(kind="age", unit=item.unit or "year"), at
        return item, at

    def mark_open(self, item: Item, at: int) -> Item:
        """Say what the reader must still look at around the item."""
        if item.open:
            return item
        run, first = self.run, self.parts[0]
        if item.kind == "fraction" and first.word and not item.unit:
            return item._replace(open="part")
        last = self.parts[-1]
        if len(last.unit) and last.unit_at[1] - last.unit_at[0] == 1 and not first.word and run.text[last.unit_at[0] - 1].isdigit():
            return item._replace(open="glued")
        if item.kind == "number" and not item.unit:
            return item._replace(open="word" if first.word else "number")
        if item.kind == "duration" and item.vague_low in ("bare", "") and item.vague_high == "bare" and item.low is None and len(self.parts) == 1:
            return item._replace(open="bare")
        if item.kind == "duration" and first.word and first.value == 1.0 and run.kind(self.first) == "article" and len(self.parts) == 1:
            return item._replace(open="article")
        if item.kind == "duration" and self.bounds and self.bounds[-1].effect == "span":
            return item._replace(open="span")
        return item
