"""Make an item of the parts of one amount: modifiers, intervals, rates, shares and ages around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from howlong.quantities.items import RATIO, Item, Single, Value
from howlong.quantities.singles import Singles
from howlong.quantities.tokens import Token

DAY_PARTS = frozenset({"night", "morning", "evening", "afternoon"})
CLOCK = frozenset({"second", "minute", "hour"})
CALENDAR = frozenset({"day", "night", "morning", "evening", "week", "month", "year"})
WHOLES = frozenset({"µL", "mL", "dL", "L", "g"})
SHORT_AGES = frozenset({"yo", "y.o.", "y/o"})
AGED = frozenset({"and over", "and older", "or older", "or younger", "and younger", "and under", "or over"})


def divide_value(value: Value, whole: Value) -> Value:
    """Return a value divided by another; an open end stays open."""
    return None if value is None else ("/", value, whole)


@dataclass(slots=True)
class Reading:
    """The parts of one amount on their way to an item."""

    run: Singles
    first: int
    parts: list[Single]
    joins: list[str]
    bounds: list[Token]
    about: bool
    age: bool
    compound: tuple[Single, ...] = ()

    def finish(self) -> tuple[list[Item], int] | None:
        """Return the item, with modifiers, intervals and rates read from what stands behind."""
        if len(self.parts) > 1:
            self.drop_unit_mismatch()
            self.merge_compounds()
        item = self.make_item()
        at = self.parts[-1].next
        if self.run.kind(at) == "" and item.kind != "times":  # Nothing stands behind: the commonest case.
            item, at = self.add_age(item, at) if self.age or self.bounds else (item, at)
            return [self.mark_open(item, at)], at
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
            if self.run.kind(base.next) == "joiner" and len(self.parts) == 2:
                self.compound = (base, part)
            ratio = RATIO.get((base.unit, part.unit)) or next(
                (RATIO[(big, part.unit)] for big in (base.unit,) if (big, part.unit) in RATIO), 1.0
            )
            whole = ("+", base.value, ("*", part.value, 1 / ratio))
            parts[-1] = replace(base, value=whole, end=part.end, next=part.next)
            if part.below:
                parts[-1] = replace(parts[-1], unit=f"{base.unit}/{part.below}", kind="frequency")
        self.parts, self.joins = parts, joins

    def make_item(self) -> Item:
        """Return the item of the parts alone, with the modifiers before them."""
        first, last = self.parts[0], self.parts[-1]
        opening = self.run.tokens[self.first]
        start = opening.end - 4 if opening.normal == "last" else min(first.start, opening.start)
        if opening.form == "another" or opening.kind == "half":
            start = first.start
        if len(self.parts) == 1 and self.bounds and self.bounds[-1].effect == "between":
            start = first.start
        kind = {"time": "duration", "": "number", "mass": "measurement"}.get(last.kind, last.kind)
        point: Value = None
        values: tuple[Value, ...] = ()
        low, high = first.value, last.value
        if "pm" in self.joins:
            point = first.value
            low, high = ("+", first.value, ("*", last.value, -1.0)), ("+", first.value, last.value)
        elif self.joins == ["errors"] and isinstance(last.value, tuple):
            point = first.value
            low, high = ("+", first.value, ("*", last.value[2], -1.0)), ("+", first.value, last.value[1])
        elif len(self.parts) > 2 or (len(self.parts) == 2 and self.joins[0] in ("and", ",") and not self.has_between()):
            values = tuple(part.value for part in self.parts)
        low_unit = first.unit if first.unit != last.unit else ""
        vague = (first.vague, last.vague)
        item = Item(start, last.end, kind, "", low, high, low_unit, last.unit, "", False, *vague, values, point)
        if self.joins == ["to"] and (not self.bounds or self.bounds[-1].normal in ("more than", "less than")):
            sides = (self.make_side(first, item, start, self.about), self.make_side(last, item, last.opening))
            item = item._replace(sides=sides)
        return self.add_bounds(item)

    def make_side(self, part: Single, item: Item, start: int, about: bool = False) -> Item:
        """Return one end of a range as an amount of its own."""
        about = about or part.about
        modifier = "about" if about else ""
        modifier = part.bound or modifier
        if self.bounds and part is self.parts[0]:
            modifier = self.bounds[-1].normal
        low = high = part.value
        if modifier in ("at least", "more than", "as early as"):
            high = None
        elif modifier in ("at most", "less than", "up to"):
            low = None
        return Item(start, part.end, item.kind, "", low, high, "", part.unit, modifier, about, part.vague, part.vague)

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
                    item = item._replace(low=float(step), high=float(step), vague_low="", vague_high="")
            if effect not in ("between", "late"):
                modifier = token.normal if not token.normal.startswith("every") else "every"
        part = self.parts[-1]
        if not single and self.joins == ["to"] and not self.has_between():
            item = self.open_range(item)
        if part.bound and not single and "less than" not in part.bound and part.bound in ("at least", "more than"):
            item = item._replace(high=None, vague_high="")
        if part.after:
            item, modifier = self.apply_after(item, part.after, modifier)
        if self.about or part.about or any(p.about for p in self.parts):
            item = item._replace(approx=True)
            modifier = modifier or "about"
        return item._replace(modifier=modifier) if modifier else item

    def open_range(self, item: Item) -> Item:
        """Empty the end of a range that its modifier leaves open ("less than 1–2 days"); within and up to keep both."""
        effects = {token.effect for token in self.bounds if token.normal not in ("within", "up to")}
        if "high" in effects and not any(effect.startswith("every") for effect in effects):
            return item._replace(low=None, vague_low="")
        return item

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
        stated = item.low is not None or item.high is not None
        if item.kind != "number" or item.unit or item.values or not stated or run.kind(at) not in ("of", "per"):
            return item, at
        sign = run.tokens[at].form
        far = at + 1
        if sign == "/" and run.gap(at):
            return item, at
        if run.kind(far) == "bound" and run.tokens[far].form in ("every", "each"):
            sign, far = "in", far + 1
        if sign != "/" and run.kind(far) == "article" and run.kind(far + 1) == "scale":
            far += 1  # "one in a thousand"
        if run.kind(far) not in ("number", "numeral", "scale"):
            return item, at
        if sign in ("in", "of") and re.fullmatch(r"\d{4}", run.text[run.tokens[far].start : run.tokens[far].end]):
            return item, at
        whole = run.read_single(far, [])
        if whole is not None and whole.unit and item.low == 1.0:
            return item, at
        if (
            whole is None
            or (whole.unit and not (sign == "of" and whole.kind == "time"))
            or whole.value is None
            or whole.after
        ):
            return item, at
        low, high = divide_value(item.low, whole.value), divide_value(item.high, whole.value)
        mark = "ratio" if sign == "/" else "of" if sign in ("of", "out of") else "in"
        if mark == "of":
            look = "word" if whole.word else "number"
            parts = (
                item._replace(open="word" if self.parts[0].word else "number"),
                Item(whole.start, whole.end, "number", "", whole.value, whole.value, open=look),
            )
            last = parts[1]._replace(kind="duration", unit=whole.unit, open="") if whole.unit else parts[1]
            item = item._replace(sides=(parts[0], last))
        return item._replace(kind="fraction", low=low, high=high, end=whole.end, open=mark), whole.next

    def add_after(self, item: Item, at: int) -> tuple[Item, int]:
        """Read "or longer", "or so", "at most" behind the amount."""
        run = self.run
        if run.kind(at) == "below" and item.low is not None and item.high is not None:
            low, high = (("*", end, -1.0) for end in (item.high, item.low))
            item, at = item._replace(low=low, high=high, end=run.tokens[at].end, sides=()), at + 1
        while (
            run.kind(at) == "after"
            or (run.kind(at) == "bound" and run.tokens[at].form in ("at most", "at least", "max", "max.", "minimum"))
        ) and run.is_near(at):
            token = run.tokens[at]
            if token.form in ("plus", "max", "minimum", "maximum", "at least", "at most", "at the most") and run.kind(
                at + 1
            ) in ("number", "numeral", "article", "vague", "time", "half", "sign", "bound"):
                break
            if token.form.startswith(("or ", "and ")) and run.kind(at + 1) in ("number", "numeral"):
                break
            if item.kind == "number" and not item.unit and token.form in ("max", "plus", "maximum", "minimum"):
                break
            changed, modifier = self.apply_after(item, token.normal, item.modifier)
            if token.form in AGED and item.kind == "duration" and item.unit in ("year", "month"):
                changed = changed._replace(kind="age")
            item = changed._replace(modifier=modifier, end=token.end)
            at += 1
        return item, at

    def add_times(self, item: Item, at: int) -> tuple[Item, int]:
        """Read "times" behind a number."""
        run = self.run
        if item.kind == "times":
            return item._replace(
                kind="number", open="once" if self.parts[-1].value == 1.0 and not item.modifier else "times"
            ), at
        if item.unit or run.kind(at) != "timesword" or item.kind != "number" or not run.goes_on(at):
            return item, at
        token = run.tokens[at]
        if token.form in ("x", "×") and run.kind(at + 1) in ("number", "numeral"):
            return item, at
        tied = token.form in ("x", "×") and not run.gap(at) and run.kind(at + 1) not in ("rate", "article", "per")
        return item._replace(
            kind="number", unit="fold" if tied else "time", end=token.end, open="" if tied else "times"
        ), at + 1

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
        point = item.high if item.low is None else item.low
        return item._replace(point=point, low=ends.value, high=other.value, end=end), next_

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
        whole = item._replace(point=item.low, low=low, high=high, end=token.end)
        unit = run.tokens[at + 1] if run.kind(at + 1) == "unit" else None
        if unit is None:
            return whole._replace(kind="statistic", open="statistic"), at + 1
        kind = {"time": "duration", "mass": "measurement"}.get(unit.effect, unit.effect)
        return whole._replace(kind=kind, unit=unit.normal, end=unit.end), at + 2

    def add_rate(self, item: Item, at: int) -> tuple[Item, int]:
        """Read "per day", "a week", "daily" behind the amount."""
        run = self.run
        kind = run.kind(at)
        if item.open in ("times", "once") and kind == "rate":
            token = run.tokens[at]
            return item._replace(
                kind="frequency", unit=token.effect.split()[-1], modifier=item.modifier or "per", end=token.end, open=""
            ), at + 1
        if kind == "per" and run.kind(at + 1) == "article":
            return item, at
        quarterly = item.kind in ("money", "percent") and run.kind(at + 1) == "part" and run.kind(at + 2) != "of"
        if kind in ("article", "per") and quarterly and run.tokens[at + 1].form == "quarter":
            end, unit = run.tokens[at + 1].end, f"{item.unit}/quarter"
            return item._replace(unit=unit, modifier=item.modifier or "per", end=end), at + 2
        article = kind == "article" and (
            run.kind(at + 1) in ("time", "unit") or (run.kind(at + 1) == "word" and item.kind == "money")
        )
        every = kind == "bound" and run.tokens[at].normal == "every" and run.kind(at + 1) == "time"
        if not (article or every or (kind == "per" and item.kind != "fraction")) or not run.goes_on(at):
            return item, at
        if every and not self.may_recur(item, run.tokens[at + 1].normal):
            return item, at
        if item.kind == "frequency" and item.modifier == "every":
            return item, at
        far = run.tokens[at + 1] if at + 1 < len(run.tokens) else None
        if far is not None and far.kind in ("number", "numeral"):
            return self.divide_many(item, at) if run.tokens[at].form != "/" or item.unit else self.pair(item, at)
        if far is None or far.kind not in ("time", "unit", "word") or not run.goes_on(at + 1):
            return item._replace(open="per") if kind == "per" and far is None else item, at
        if item.kind == "duration" and far.kind != "time" and far.effect != "time":
            return item, at
        if item.kind == "number" and not item.unit and far.kind == "word" and item.open != "times":
            return item, at
        divided = self.divide(item, far)
        if article and "time" in (far.kind, far.effect):
            divided = divided._replace(open="times rate" if item.open in ("times", "once") else "article rate")
        return divided, at + 2

    def may_recur(self, item: Item, period: str) -> bool:
        """Tell whether "each day" behind an amount makes a rate of it: "20 minutes each day", not "3 weeks each year"."""
        if item.kind == "duration":
            return item.unit in DAY_PARTS or (item.unit in CLOCK and period in CALENDAR)
        return item.kind != "fraction"

    def pair(self, item: Item, at: int) -> tuple[Item, int]:
        """Read "120/80 mmHg" as a pair of values with one unit."""
        run = self.run
        other = run.read_single(at + 1, [])
        if other is None or not other.unit or item.unit or item.values:
            return item, at
        kind = {"time": "duration", "mass": "measurement"}.get(other.kind, other.kind)
        start, end = other.unit_at
        tens = kind == "duration" and run.text[start:end].endswith("s") and end - start > 1
        low, high = item.low, other.value
        if not tens and not isinstance(low, float) and not isinstance(high, float):
            exposed = other.unit == "second"  # "1/30 s" is a part of one
            low, high = ("part" if exposed else "pair", low, high), ("trap" if exposed else "riap", low, high)
        return item._replace(
            kind=kind, low=low, high=high, unit=other.unit, values=(low, high), end=other.end
        ), other.next

    def divide_many(self, item: Item, at: int) -> tuple[Item, int]:
        """Read "per 100,000" behind the amount."""
        whole = self.run.read_single(at + 1, [])
        if whole is None or item.kind in ("duration", "fraction"):
            return item, at
        if self.run.tokens[at].form == "/" and (whole.unit not in WHOLES or whole.unit == item.unit):
            return item, at  # "100 mg/25 mg" are two doses
        literal = f"<{whole.start}:{whole.end}>"
        kind = "fraction" if item.kind == "number" and not whole.unit else "measurement"
        if item.open == "times" and whole.kind == "time":  # "8–12 times per 24 h"
            kind = "frequency"
            return item._replace(
                kind=kind, unit=literal, end=whole.end, modifier=item.modifier or "per", open=""
            ), whole.next
        if kind == "fraction":
            return item._replace(
                kind=kind,
                low=divide_value(item.low, whole.value),
                high=divide_value(item.high, whole.value),
                end=whole.end,
                open="in",
            ), whole.next
        return item._replace(
            kind=kind, unit=f"{item.unit}/{literal}", end=whole.end, modifier=item.modifier or "per"
        ), whole.next

    def divide(self, item: Item, far: Token) -> Item:
        """Divide the amount by what stands behind "per"."""
        below = far.normal if far.kind in ("time", "unit") else far.normal.lower()
        time = far.kind == "time" or far.effect == "time"
        modifier = item.modifier or "per"
        if item.open in ("times", "once") and time:
            return item._replace(kind="frequency", unit=below, modifier=modifier, end=far.end, open="")
        kind = item.kind
        if kind in ("duration", "number", "count") and time:
            kind = "frequency"
        if (kind == "dose" and item.unit in ("mg", "µg")) or kind == "money":
            pass
        unit = f"{item.unit}/{below}" if item.unit else below if kind == "frequency" else f"/{below}"
        if kind == "measurement" and item.unit == "g" and time:
            kind = "dose"
        return item._replace(kind=kind, unit=unit, modifier=modifier, end=far.end)

    def add_age(self, item: Item, at: int) -> tuple[Item, int]:
        """Read "years old", "-year-old", "aged 16 to 24"."""
        run = self.run
        if run.kind(at) == "age" and run.tokens[at].form in SHORT_AGES and item.kind == "number" and not item.unit:
            item = item._replace(kind="duration", unit="year")
        if run.kind(at) == "age" and run.tokens[at].effect == "after" and item.kind == "duration":
            token = run.tokens[at]
            if run.kind(at + 1) == "after":
                return self.add_after(item._replace(kind="age"), at + 1)
            return item._replace(kind="age", end=token.end), at + 1
        bound = " ".join(token.form for token in self.bounds) + (
            run.tokens[at - 1].form if run.kind(at - 1) == "after" else ""
        )
        if item.kind in ("number", "duration") and ("younger" in bound or "older" in bound):
            return item._replace(kind="age", unit=item.unit or "year"), at
        if self.age and item.kind in ("duration", "number"):
            counted = item.kind == "number" and run.tokens[self.first - 1].form in ("age of", "ages of")
            return item._replace(kind="age", unit=item.unit or "year", open="aged" if counted else item.open), at
        return item, at

    def mark_open(self, item: Item, at: int) -> Item:
        """Say what the reader must still look at around the item."""
        if item.open:
            return item
        if self.compound and item.kind == "duration" and not self.bounds and item.end == self.compound[1].end:
            one, two = (self.make_side(part, item, part.start) for part in self.compound)
            return item._replace(open="compound", sides=(one, two))
        run, first = self.run, self.parts[0]
        if item.kind == "fraction" and first.word and not item.unit:
            return item._replace(open="part")
        last = self.parts[-1]
        if (
            len(last.unit)
            and last.unit_at[1] - last.unit_at[0] == 1
            and not first.word
            and run.text[last.unit_at[0] - 1].isdigit()
            and run.text[last.unit_at[0]].isalpha()
        ):
            return item._replace(open="glued")
        if item.kind == "number" and not item.unit:
            return item._replace(open="word" if first.word else "number")
        if (
            item.kind == "duration"
            and item.vague_low in ("bare", "")
            and item.vague_high == "bare"
            and item.low is None
            and len(self.parts) == 1
        ):
            return item._replace(open="bare")
        if (
            item.kind in ("duration", "measurement")
            and first.word
            and first.value == 1.0
            and run.kind(self.first) == "article"
            and len(self.parts) == 1
        ):
            return item._replace(open="article")
        if item.kind == "duration" and self.bounds and self.bounds[-1].effect == "span":
            return item._replace(open="span")
        return item
