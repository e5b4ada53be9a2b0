"""Read what science writes in signs: exponents set apart, cycles of light, degrees without their sign, spreads in brackets.

Law: a sign counts only where the characters right before it and right behind it say what it is.
"""

from __future__ import annotations

import re

from howlong.quantities import contexts
from howlong.quantities.items import Item, Value
from howlong.quantities.numbers import SUPER, evaluate
from howlong.quantities.rate_reader import RateReader
from howlong.quantities.records import Exclusion, Quantity
from howlong.quantities.surroundings import ready
from howlong.quantities.units import UnitToken, read_unit

# Patterns of what is rare are compiled when a text first needs them.
# A unit with an exponent, broken by a name: "kg N ha−1", "mg CO2 kg−1 h−1".  What stands behind the letters is no amount.
POWER_BEHIND = r"[^\W\d_][−⁻]$|(?<![^\W_])(?:[mkgshdyacL]|ha|kg|mg|yr|wk|cm|mm|km|min|mL|hr)[-–]$"
POWER_SIGN = r"[−⁻]\d(?![\d.])|[-–][1-4](?![\d.])"
# "12:12 h light–dark", "14:10 light/dark": hours of light and of darkness.
CYCLE = r"(\d{1,2}):(\d{1,2})"
CYCLE_HOURS = r"[-‑ \u00a0]?(?:h|hrs?|hours?)\b"
CYCLE_REST = r"(?i)[-‑ \u00a0]?(?:h|hrs?|hours?)?\b[-‑ ,(]*(?:light|day|dark|L(?:\b|:)|photoperiod|cycle)"
CYCLE_BEFORE = r"(?i)\b(?:L\W?D|light\W{1,3}dark)(?: cycle| photoperiod)?(?: of)?[ (,=:]{1,2}$"
DILUTED = r"\b(?:[Dd]ilut(?:ed|ion)|[Rr]atios?|split|mixed)(?: (?:at|to|of|in|by|was|is))?[ (]$"
DILUTION = r"[ ,;(]{1,3}(?:dilution|ratio|split|mix|[wv]/[wv]|mol)"
# "(1.2 ± 0.3) × 10^6 yr": the power of ten and the unit stand behind the bracket
TIMES_TEN = r" ?[×x*·] ?10(\^?[-−–⁻]\d{1,2}|\^\d{1,2}|[1-9]\d?|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})(?!\d)"
TIMES = frozenset("×x*·")
CONCISE = re.compile(r"\((\d{1,2})\)")
AGED = re.compile(r"[ -]old\b| of age\b")
# What a length behind "each" says: "each 5 minutes long".
EACH = r"(?i)(?:each|every)\s+(?=\d|[a-z]+[-‑ ])"
EACH_LONG = (" long", " in length", " in duration", " of duration")


class NotationReader(RateReader):
    """Reads amounts that are told by signs more than by words."""

    def split_long(self, item: Item, base: int, found: list[Quantity | Exclusion]) -> bool:
        """Add the two amounts of "two hour-long sessions": two, and an hour."""
        start, end = base + item.start, base + item.end
        cut = self.text.rfind(" ", start, end)
        if item.kind != "duration" or cut < 0 or not self.text.startswith(("-long", "‑long"), end):
            return False
        if self.text[end - 1] == "s" or item.low != item.high or item.low in (None, 1.0) or item.modifier:
            return False
        found.append(self.make(item._replace(kind="number", unit="", end=cut - base), base, cut))
        one = item._replace(start=cut + 1 - base, low=1.0, high=1.0, values=(), point=None)
        found.append(self.make(one, base, end))
        return True

    def decide_signs(self, item: Item, base: int, start: int, end: int, before: str) -> Quantity | None:
        """Return "(1.2 ± 0.3) × 10^6 yr" or "3.8721(4) h", whose bracket stands right beside the number."""
        if self.text[end : end + 1] == "(":
            return self.decide_concise(item, base, start, end)
        return self.decide_bracketed(item, base, start, before)

    def decide_bracketed(self, item: Item, base: int, start: int, before: str) -> Quantity | None:
        """Return "(1.2 ± 0.3) × 10^6 yr", "(4–5) Gyr" as one amount, whose power of ten and unit stand behind the bracket."""
        last = base + item.end
        power = self.find_tens(last + 1) if self.text[last : last + 1] == ")" else None
        if (
            power is None
            or before[-1:] != "("
            or item.unit
            or item.values
            or (item.point is None and item.low is item.high)
        ):
            return None
        unit = read_unit(self.text[base : last + 60], power[1] - base)
        if unit is None and not power[0]:
            return None
        if unit and unit.end - unit.start == 1 and not power[0] and unit.kind != "time":
            return None
        ends = [item.low, item.high, item.point]
        end = len(self.text[base : power[1]].rstrip())
        return self.make_behind(item._replace(start=item.start - 1, end=end), base, unit, ends, power[0])

    def find_tens(self, at: int) -> tuple[str, int]:
        """Return the exponent of the power of ten behind a bracket, empty where none stands, and where a unit may follow."""
        tens = ready(TIMES_TEN).match(self.text, at) if set(self.text[at : at + 2]) & TIMES else None
        end = tens.end() if tens else at
        return (tens[1] if tens else "", end + (self.text[end : end + 1] == " "))

    def make_behind(self, item: Item, base: int, unit: UnitToken | None, ends: list[Value], power: str) -> Quantity:
        """Return the amount of the ends and the point, multiplied by a power of ten, with the unit and what is old behind it."""
        if power:
            factor = 10.0 ** float(power.translate(SUPER).lstrip("^"))
            ends = [None if side is None else ("*", side, factor) for side in ends]
        kind = {"time": "duration"}.get(unit.kind, unit.kind) if unit else item.kind
        end = unit.end if unit else item.end
        old = AGED.match(self.text, base + end) if kind == "duration" else None
        if old:
            kind, end = "age", old.end() - base
        low, high, point = ends
        name = unit.name if unit else ""
        whole = item._replace(end=end, kind=kind, low=low, high=high, point=point, sides=(), open="", unit=name)
        return self.make(whole, base, base + end)

    def decide_concise(self, item: Item, base: int, start: int, end: int) -> Quantity | None:
        """Return "3.8721(4) h" as a point whose last digits may be wrong by so much."""
        literal = self.text[start:end]
        decimal = "." in literal and literal.replace(".", "", 1).isdecimal()
        error = CONCISE.match(self.text, end) if decimal else None
        if error is None:
            return None
        power = self.find_tens(error.end())
        unit = read_unit(self.text[base : end + 60], power[1] - base)
        if unit is None:
            return None
        place = 10.0 ** -len(literal.partition(".")[2])
        wrong: Value = ("n", error.start(1) - base, error.end(1) - base)
        ends: list[Value] = [("+", item.low, ("*", wrong, -place)), ("+", item.low, ("*", wrong, place)), item.low]
        return self.make_behind(item, base, unit, ends, power[0])

    def find_power(self, start: int, before: str) -> int:
        """Return where the exponent of a unit ends, which a name set apart from its number: "kg N ha−1"; 0 where none stands."""
        if self.text[start].isdigit():
            return (
                start + 1
                if re.search(POWER_BEHIND, before[-5:]) and not self.text[start + 1 : start + 2].isdigit()
                else 0
            )
        sign = re.match(POWER_SIGN, self.text[start : start + 4])
        return start + sign.end() if sign and re.search(POWER_BEHIND, before[-4:] + self.text[start]) else 0

    def decide_excluded(self, item: Item, base: int, start: int, end: int, before: str) -> Quantity | Exclusion:
        """Return why a word states no amount, or the amount that what looks like a date or a cited number is."""
        if item.open == "solo":
            return self.exclude(base, item, contexts.name_single(self.text, end))
        signed = self.decide_cycle(item, base, start, before) if item.open == "date" else None
        signed = self.decide_cited(item, base, start) if item.open == "cite" else signed
        return signed or self.exclude(base, item, item.reason)

    def decide_cycle(self, item: Item, base: int, start: int, before: str) -> Quantity | None:
        """Return "12:12 h light/dark" as the hours of light and of darkness, which make a day."""
        cycle = re.match(CYCLE, self.text[start : start + 5])
        if item.reason and cycle and self.is_dilution(start, base + item.end, before):
            parts = (float(cycle[1]), float(cycle[2]))
            ratio = item._replace(kind="fraction", reason="", low=parts[0], high=parts[1], values=parts)
            return self.make(ratio, base, base + item.end)
        if cycle is None or int(cycle[1]) + int(cycle[2]) != 24 or item.end - item.start != cycle.end():
            return None
        end = base + item.end
        rest = self.text[end : end + 30]
        if not re.match(CYCLE_REST, rest) and not re.search(CYCLE_BEFORE, before[-40:]):
            return None
        hours = re.match(CYCLE_HOURS, rest)
        values = (float(cycle[1]), float(cycle[2]))
        kind, unit = ("duration", "hour") if hours else ("fraction", "")
        whole = item._replace(kind=kind, reason="", unit=unit, low=values[0], high=values[1], values=values)
        return self.make(whole, base, end + hours.end() if hours else end)

    def is_dilution(self, start: int, end: int, before: str) -> bool:
        """Tell whether "1:50" is a ratio and no hour: "diluted 1:50", "1:10 dilution", "(1:50, w/w)"."""
        if self.text[start : start + 2] != "1:":
            return False
        return bool(re.search(DILUTED, before[-24:]) or re.match(DILUTION, self.text[end : end + 16]))

    def decide_each(self, item: Item, base: int, start: int, end: int) -> Quantity | None:
        """Return the length of each thing, which is no rate: "each 5 minutes long", "every 10-year increase"."""
        lead = re.match(EACH, self.text[start:end])
        if lead is None:
            return None
        if lead[0][1] == "a":
            told = self.text.startswith(EACH_LONG, end)
        else:
            words = self.text[end : end + 24].split(None, 1) if self.text[end - 1] != "s" else []
            told = (
                bool(words) and self.text[end].isspace() and contexts.load_words("step").has(words[0].rstrip(".,;:)"))
            )
        if not told:
            return None
        return self.make(item._replace(start=item.start + len(lead[0]), kind="duration", modifier=""), base, end)

    def decide_cited(self, item: Item, base: int, start: int) -> Quantity | None:
        """Return the range of "34 [28–41] min", which is no citation: it holds the number before it, whose unit stands behind."""
        last, value, kind, unit = self.last
        if start != last + 1 or not self.text[last - 1].isdigit():
            return None
        numbers = [(one.start(), one.end()) for one in re.finditer(r"\d+", self.text[start : base + item.end])]
        low, high = (float(self.text[start + one : start + two]) for one, two in (numbers[0], numbers[-1]))
        if len(numbers) != 2 or not low <= value <= high:
            return None
        first, end = item.start + numbers[0][0], item.start + numbers[1][1]
        whole = item._replace(start=first, kind=kind, reason="", low=low, high=high, unit=unit, end=end)
        return self.make(whole, base, base + end)

    def heat(self, item: Item, base: int, end: int, sign: float = 1.0) -> Quantity:
        """Return "200C" behind "at" or "to" as a temperature, "minus 6C" as one below zero."""
        first = item.start if sign > 0 else item.start + len("minus ")
        value: Value = ("*", ("n", first, item.end - 1), sign)
        unit = "°" + self.text[end - 1]
        return self.make(item._replace(kind="measurement", reason="", low=value, high=value, unit=unit), base, end)

    def is_spread(self, item: Item, base: int, end: int) -> bool:
        """Tell whether the range in brackets holds the amount before it: "10 minutes (5–15)"; a citation hardly does."""
        run = self.text[base : base + item.end]
        low, high = evaluate(item.low, run), evaluate(item.high, run)
        return low is not None and high is not None and low < self.last[1] < high and self.text[end : end + 1] == ")"
