"""Join single numbers into one amount: ranges, lists, compounds, deviations."""

from __future__ import annotations

import re

from howlong.quantities.items import RATIO, SMALLER, Item, Single, Value
from howlong.quantities.readings import DAY_PARTS, Reading
from howlong.quantities.singles import MILLION, Singles
from howlong.quantities.tokens import Token, find_phrase

TIMES_TEN = r"\s*[×x*·]\s*(?=00)"
EVEN = frozenset({"or even", "and even"})


class Ranges(Singles):
    """The rows of numbers in a run that are one amount."""

    def read_range(
        self, first: int, single: Single, bounds: list[Token], about: bool, age: bool
    ) -> tuple[list[Item], int] | None:
        """Join a number with what follows it: ranges, lists, compounds; then everything behind."""
        parts = [single]
        joins: list[str] = []
        while True:
            found = self.read_next(parts, joins, bounds)
            if found is None:
                break
            join, part = found
            if join == "to" or (join == "and" and any(bound.effect == "between" for bound in bounds)):
                share_scale(parts[-1], part)
                self.share_power(parts[-1], part, join)
            elif join == "pm":
                self.share_power(parts[-1], part, join)
            joins.append(join)
            parts.append(part)
        if len(parts) == 1 and single.vague and not single.unit:
            return None
        return Reading(self, first, parts, joins, bounds, about, age).finish()

    def read_next(self, parts: list[Single], joins: list[str], bounds: list[Token]) -> tuple[str, Single] | None:
        """Return the next end of a range or member of a list, if the words allow it."""
        last = parts[-1]
        at = last.next
        between = any(bound.effect == "between" for bound in bounds)
        if joins and joins[-1] == "pm":
            return None  # "3.2 ± 0.4 and 45 ± 6 ms" are two
        compound = None if between else self.read_compound(last, at)
        if compound:
            return "plus", compound
        if last.after and not last.unit:
            return None
        if not (joins or last.unit) and self.kind(at) in ("sign", "joiner") and (errors := self.read_errors(last)):
            return errors
        if self.kind(at) == "andhalf" and last.kind == "fraction" and between:
            token = self.tokens[at]
            return "and", Single(token.start, token.end, at + 1, float(token.effect), kind="fraction", word=True)
        upto = self.kind(at) == "bound" and self.tokens[at].normal == "up to" and last.kind == "time"
        if not (self.kind(at) == "joiner" or upto) or not self.is_near(at) or not self.is_near(at + 1):
            return self.read_unjoined(at, last, joins)
        at += self.is_hanging(at)
        token = self.tokens[at]
        join = name_join(token, joins) if not upto else "to"
        at += 1
        broken = "\n" in self.gap(at) and self.kind(at) != "joiner"
        is_open = self.text[token.start] in "-‑‐" or join in (",", "to", "or")
        if is_open and self.kind(at) == "joiner" and self.tokens[at].normal == "to" and not self.is_minus(at):
            join = "to" if join != "," else join
            at += 1
        sign = self.text[token.start : token.end]
        if sign in "—‒–-" and (broken or (sign == "—" and self.gap(at))):
            return None
        about = bound = ""
        opening = self.tokens[at].start if at < len(self.tokens) else 0
        while self.kind(at) in ("about", "bound") and (join in ("to", "or", "and", ",")):
            if self.kind(at) == "bound":
                if self.tokens[at].effect not in ("high", "low", "late") or join in (",",):
                    return None
                effect = self.tokens[at].effect
                if join == "or" and any({one.effect, effect} == {"high", "low"} for one in bounds):
                    return None  # "less than 5% or more than 95%"
                bound = self.tokens[at].normal
            else:
                about = "about"
            at += 1
        part = self.read_single(at, [])
        if part is None:
            return None
        if last.kind == "times" and self.kind(part.next) == "timesword" and join in ("to", "or", ","):
            part.unit, part.kind = last.unit, last.kind  # "twice or three times a week"
            part.end, part.next = self.tokens[part.next].end, part.next + 1
        if join == "to" and token.form == "or even" and last.unit and not part.unit:
            join = "or"  # "a year or even two"
        if join == "or" and sign.startswith(","):
            self.add_late_unit(part)
        part.about = part.about or bool(about)
        part.bound = bound
        part.opening = opening
        return (join, part) if self.may_join(join, parts, part, joins, bounds, sign) else None

    def share_power(self, low: Single, high: Single, join: str) -> None:
        """Multiply the lower end of "2–3 × 10^6" as the upper one is, where it is the lesser of the two, and the point of an error."""
        if low.unit or not isinstance(low.value, tuple) or not isinstance(high.value, tuple):
            return
        (one, start, end), (two, first, last) = low.value, high.value
        if (one, two) != ("n", "n") or last - first < len("0×000") or re.search(TIMES_TEN, self.text[start:end]):
            return
        power = re.search(TIMES_TEN, self.text[first:last])
        if power:
            mantissa: Value = ("n", first, first + power.start())
            tens: Value = ("/", high.value, mantissa)
            low.value = ("*", low.value, tens) if join == "pm" else ("<", (low.value, mantissa), tens)

    def read_unjoined(self, at: int, last: Single, joins: list[str]) -> tuple[str, Single] | None:
        """Return what goes on without a joining word: a deviation, a second guess."""
        if self.kind(at) == "plusminus":
            return self.read_plusminus(at, last)
        if self.kind(at) == "deviation":
            return self.read_deviation(at, last)
        if self.kind(at) == "maybe" and not joins and not last.unit and not last.vague:
            return "or", self.read_maybe(at)
        return None

    def read_errors(self, last: Single) -> tuple[str, Single] | None:
        """Return the two errors of "2.1 +0.9/−0.6 Gyr", with the unit behind them."""
        at = last.next
        if self.kind(at + 1) != "number" or not self.is_signed(at):
            return None
        far = at + 2 + (self.kind(at + 2) in ("per", "joiner") and self.text[self.tokens[at + 2].start] in "/,")
        if not self.is_signed(far):
            return None
        first, second = ((self.text[self.tokens[place].start], self.read_error(place)) for place in (at, far))
        if (first[0] in "+＋") == (second[0] in "+＋"):
            return None
        more, less = (first[1], second[1]) if first[0] in "+＋" else (second[1], first[1])
        part = Single(last.end, self.tokens[far + 1].end, far + 2, ("errors", more, less))
        self.add_unit(part)
        return "errors", part

    def read_error(self, at: int) -> Value:
        """Return the number behind a sign."""
        token = self.tokens[at + 1]
        return ("n", token.start, token.end)

    def is_minus(self, at: int) -> bool:
        """Tell whether a dash is the sign of the number behind it: "−5 to −2"."""
        sign = self.text[self.tokens[at].start : self.tokens[at].end]
        return sign in "-−–" and self.gap(at) != "" and not self.gap(at + 1) and self.kind(at + 1) == "number"

    def is_hanging(self, at: int) -> bool:
        """Tell whether the hyphen of "24-, 48- and 72-h" stands here: a list goes on behind it."""
        hyphen = self.kind(at) == "joiner" and self.text[self.tokens[at].start] in "-‑‐" and not self.gap(at)
        return hyphen and self.kind(at + 1) == "joiner" and self.tokens[at + 1].normal in (",", "and", "or")

    def read_plusminus(self, at: int, last: Single) -> tuple[str, Single] | None:
        """Return the deviation behind ±."""
        part = self.read_single(at + 1, []) if self.kind(at + 1) == "number" else None
        if part is None or part.unit in ("", last.unit) or not last.unit:
            return ("pm", part) if part else None
        ratio = RATIO.get((last.unit, part.unit))
        if ratio is None:
            return None
        part.value, part.unit = ("/", part.value, ratio), last.unit  # "4 wk ± 3 d"
        return "pm", part

    def read_deviation(self, at: int, last: Single) -> tuple[str, Single]:
        """Return the deviation in "(SD 4)" behind a number, with the unit behind it."""
        token = self.tokens[at]
        digits = re.search(r"\d[\d.]*", self.text[token.start : token.end])
        start, end = digits.span() if digits else (0, 0)
        part = Single(
            token.start,
            token.end,
            at + 1,
            ("n", token.start + start, token.start + end),
            unit=last.unit,
            kind=last.kind,
        )
        if not last.unit:
            self.add_unit(part)
        return "pm", part

    def read_maybe(self, at: int) -> Single:
        """Return the number of "(or three)" with the unit behind it."""
        token = self.tokens[at]
        start = self.text.rindex(" ", token.start, token.end) + 1
        word = find_phrase(self.text[start : token.end - 1], 0)
        value: Value = float(word[0].effect) if word else ("n", start, token.end - 1)
        part = Single(token.start, token.end, at + 1, value, word=word is not None)
        self.add_unit(part)
        return part

    def add_late_unit(self, part: Single) -> None:
        """Add the unit that a comma sets apart: "two, maybe three, weeks"."""
        at = part.next
        if not part.unit and self.kind(at) == "joiner" and self.tokens[at].form == "," and self.kind(at + 1) == "time":
            token = self.tokens[at + 1]
            part.unit, part.kind, part.unit_at = token.normal, "time", (token.start, token.end)
            part.end, part.next = token.end, at + 2

    def read_compound(self, last: Single, at: int) -> Single | None:
        """Return "6 hours" of "2 days and 6 hours", "30 min" of "1 h 30 min"."""
        if last.kind not in ("time", "measurement") or last.vague or last.value is None or last.unit not in SMALLER:
            return None
        if last.unit == "foot" and self.kind(at) == "joiner" and self.text[self.tokens[at].start] in "-‑":
            return self.read_inches(at + 1)
        joined = self.kind(at) == "joiner" and self.tokens[at].form in ("and", ",", ", and")
        if joined and self.is_one_more(last, at):
            return self.read_single(at + 1, [])
        part = (
            self.read_single(at + joined, [])
            if self.kind(at + joined) in ("number", "numeral") and self.is_near(at + joined)
            else None
        )
        if (
            part is not None
            and last.unit == "hour"
            and part.unit == "m"
            and self.is_glued(last)
            and self.is_glued(part)
        ):
            part.unit, part.kind = "minute", "time"
        head, _, below = part.unit.partition("/") if part is not None else ("", "", "")
        if part is not None and part.kind == "frequency" and head in SMALLER[last.unit]:
            part.unit, part.below = head, below
        if part is None or part.unit not in SMALLER[last.unit] or part.vague:
            return None
        if isinstance(part.value, float) and part.value >= RATIO[last.unit, part.unit]:
            return None  # "a week, ten days at most"
        listed = self.kind(at) == "joiner" and self.tokens[at].form == ","
        return None if listed and self.kind(part.next) in ("article", "per") else part  # "six years, 6.5 days a week"

    def is_one_more(self, last: Single, at: int) -> bool:
        """Tell whether "and a day" follows a longer time: "a year and a day"."""
        if self.tokens[at].form != "and" or self.kind(at + 1) != "article" or self.kind(at + 2) not in ("unit", "time"):
            return False
        token = self.tokens[at + 2]
        whole = not self.text[token.start : token.end].endswith("s") and self.tokens[at + 1].form != "another"
        return last.kind == "time" and whole and token.normal in SMALLER[last.unit] and self.kind(at + 3) != "per"

    def is_glued(self, part: Single) -> bool:
        """Tell whether a unit of one letter stands right behind its number: "2h"."""
        start, end = part.unit_at
        return end - start == 1 and self.text[start - 1].isdigit()

    def read_inches(self, at: int) -> Single | None:
        """Return the inches of "6-foot-4"."""
        part = self.read_single(at, []) if self.kind(at) == "number" and not self.gap(at) else None
        if part is None or part.unit not in ("", "inch"):
            return None
        part.unit, part.kind = "inch", "measurement"
        return part

    def may_join(
        self, join: str, parts: list[Single], part: Single, joins: list[str], bounds: list[Token], sign: str
    ) -> bool:
        """Tell whether a joiner makes one amount of what stands on its two sides."""
        last = parts[-1]
        if join == "," and last.kind == part.kind == "times":
            follow = self.tokens[part.next].form if self.kind(part.next) == "joiner" else ""
            return "or" in (sign[-2:], follow[-2:]) and part.value != last.value
        same = (
            last.unit == part.unit
            or not last.unit
            or (last.kind == part.kind == "time")
            or (last.kind == "time" and part.kind == "fraction" and False)
        )
        if last.money and not part.unit:
            part.unit, part.kind = last.unit, last.kind
        if last.money or part.money:
            same = not last.unit or not part.unit or last.unit == part.unit
        if (last.kind == "fraction" and part.kind == "time") or (last.kind == "time" and part.kind == "fraction"):
            return False
        if not same and not (last.unit and not part.unit and join == "or"):
            return False
        if join == "to" and joins and joins[-1] == "," and sign.startswith("or"):
            return not last.unit and bool(part.unit)
        if join == "to":
            return "to" not in joins and self.may_range(last, part, sign)
        if any(bound.effect == "between" for bound in bounds):
            if "and" in joins:
                return False  # "between three and six, an hour each": no third end
            if join == "and":
                return True
        if join in (",", "and") and (last.kind == "fraction") != (part.kind == "fraction"):
            return False  # "by a third, and one in ten waited"
        if join == "," and len(parts) == 1 and last.money and part.money and sign != ",":
            return False  # "$41 million, or $1.07 a share"
        if join == "," and sign == "," and len(parts) == 1 and part.unit and not part.money:
            return False  # "in group 2, 45% fell": no list of two goes without a joining word
        if join == ",":
            return (
                last.word == part.word
                and ("or" not in joins or parts[0].unit in ("", part.unit))  # "an hour or two, a day or so"
                and (part.vague != "bare" or last.vague == "bare")
                and (
                    (not last.unit or bool(last.money and part.money))
                    and "to" not in joins
                    and not last.after
                    and (sign.endswith(("and", "or")) or self.is_list(part))
                    and (not last.money or self.text[last.start] == self.text[part.start])
                )
            )
        if join in ("and", "or"):
            return self.may_pair(join, parts, part, joins, sign)
        return False

    def may_range(self, last: Single, part: Single, sign: str) -> bool:
        """Tell whether "A to B" is a range: both numbers, or both times."""
        if last.unit and not part.unit:
            return False
        if last.vague == "bare" and last.unit in DAY_PARTS and part.unit != last.unit:
            return False  # "cut the nights to five hours"
        if last.vague == "bare" and part.vague != "bare" and sign in "-–—‑":
            return False
        return not (last.vague and last.vague != "bare" and not last.unit and part.vague == "bare")

    def may_pair(self, join: str, parts: list[Single], part: Single, joins: list[str], sign: str) -> bool:
        """Tell whether "A and B" or "A or B" is one amount with the parts before it."""
        last = parts[-1]
        if "to" in joins:
            return False
        if (last.vague == "bare" and part.vague != "bare") or (
            last.vague != "bare" and part.vague == "bare" and not last.vague
        ):
            return False
        if join == "or":
            if last.unit and not part.unit:
                return part.word and last.word and (last.value == 1.0 or sign.startswith(","))
            return True
        if last.vague or part.vague or (isinstance(last.value, float) and last.value == part.value):
            return False
        return (not last.unit or bool(last.money and joins)) and (bool(part.unit) or bool(joins))

    def is_list(self, part: Single) -> bool:
        """Tell whether a list goes on and ends with a joining word or a unit."""
        if part.unit and not part.money:
            return True
        at = part.next + self.is_hanging(part.next)
        return self.kind(at) == "joiner" and (
            self.tokens[at].normal in (",", "and", "or") or self.tokens[at].form.startswith(("or", "and"))
        )


def name_join(token: Token, joins: list[str]) -> str:
    """Return how a joiner joins; "and even" before the last of a list is "and": "five, ten and even fifteen years"."""
    return token.form.split()[0] if token.form in EVEN and joins[-1:] == [","] else token.normal


def share_scale(low: Single, high: Single) -> None:
    """Multiply the lower end of "two to three hundred" as the upper one is, where it is the lesser of the two numbers."""
    if high.scale >= MILLION and low.scale == 1.0 and not low.unit and high.kind == "time" and low.value is not None:
        low.value = ("<", (low.value, 1000.0), high.scale)  # "between 66 and 63 million years"
    elif high.scale != 1.0 and low.scale == 1.0 and (not low.unit or low.money) and low.value is not None:
        low.value = ("<", (low.value, ("/", high.value, high.scale)), high.scale)
