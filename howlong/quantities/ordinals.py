"""Read times that are counted from a start: "day 42", "weeks 4 to 6", "third month", "second or third day".

Law: only what the run itself shows is decided here; whether "third year" counts from a start is the reader's to say.
"""

from __future__ import annotations

from howlong.quantities.items import REASONS, Item, Single, Value
from howlong.quantities.ranges import Ranges
from howlong.quantities.tokens import Token

JOINING = frozenset({"and", "&", "or", ",", ", and", ", or"})
NUMBERED = frozenset({"minute", "hour", "day", "night", "week", "month", "year"})
SEASONS = frozenset({"season", "winter", "summer", "quarter", "weekend", "weekday", "semester", "trimester"})


def name_look(time: Token) -> str:
    """Return what the reader must still look at: whether a year counts from a start, the words around it tell."""
    return "ordinal year" if time.normal == "year" else "ordinal time"


class Ordinals(Ranges):
    """The times of a run that are counted from a start."""

    def is_second(self, at: int) -> bool:
        """Tell whether "second" numbers the time behind it: "the second week"; "a second week" is one more."""
        token = self.tokens[at]
        return token.kind == "time" and token.effect == "second" and self.kind(at - 1) in ("", "word", "joiner", "of")

    def read_nth(self, at: int) -> tuple[list[Item], int] | None:
        """Return "3rd day", "tenth week": a time counted from the start."""
        token, time = self.tokens[at], self.tokens[at + 1]
        if time.normal not in NUMBERED or time.effect.endswith("s"):
            return None
        value = self.read_place(at)
        item = Item(token.start, time.end, "duration", "", value, value, "", time.normal, open=name_look(time))
        return [item], at + 2

    def read_place(self, at: int) -> Value:
        """Return the number that an ordinal stands for, none for another word."""
        token = self.tokens[at]
        if token.kind == "ordinal":
            return ("n", token.start, token.end - 2)
        if token.kind == "part" and token.form.endswith(("d", "th")):
            return float(token.effect)
        return 1.0 if token.form == "first" else 2.0 if token.kind == "time" and token.effect == "second" else None

    def read_two_nths(self, at: int) -> tuple[list[Item], int] | None:
        """Return "second or third day" as one time counted from the start."""
        join, time = self.tokens[at + 1], self.tokens[at + 3]
        low, high = self.read_place(at), self.read_place(at + 2)
        if low is None or high is None or join.form not in ("or", "to", "and") or time.normal not in NUMBERED:
            return None
        values = (low, high) if join.form == "and" else ()
        start, look = self.tokens[at].start, name_look(time)
        return [Item(start, time.end, "duration", "", low, high, "", time.normal, values=values, open=look)], at + 4

    def bound_ordinal(
        self, first: int, ordinal: tuple[list[Item], int], bounds: list[Token], about: bool
    ) -> tuple[list[Item], int]:
        """Apply modifiers to a time counted from the start ("around week 6", "between day 2 and day 10")."""
        item, at = ordinal[0][0], ordinal[1]
        if (
            any(bound.effect == "between" for bound in bounds)
            and self.kind(at) == "joiner"
            and self.tokens[at].normal == "and"
        ):
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

    def is_apart(self, at: int) -> bool:
        """Tell whether a word of time has no number of its own: "as early as week six", not "every week six patients"."""
        before = self.kind(at - 1) if at else ""
        if before == "bound":
            return self.tokens[at - 1].effect in ("low", "high", "late", "between")
        return before not in ("article", "per", "number", "numeral", "vague")

    def is_paired(self, single: Single) -> bool:
        """Tell whether a second number in words follows: "weeks ten to twelve"."""
        joined = self.kind(single.next) == "joiner" and self.tokens[single.next].normal in ("or", "to", "and")
        return joined and self.kind(single.next + 1) == "numeral"

    def read_spoken_time(self, token: Token, single: Single) -> tuple[list[Item], int]:
        """Return "week six", "day two or three"."""
        other = self.read_words(single.next + 1) if self.is_paired(single) else None
        last = other if other and not other.unit else single
        look = "ordinal time"
        item = Item(token.start, last.end, "duration", "", single.value, last.value, "", token.normal, open=look)
        return [item], last.next

    def read_ordinal_time(self, at: int) -> tuple[list[Item], int] | None:
        """Return "day 42", "weeks 4 to 6", "week-8": a time counted from the start."""
        token = self.tokens[at]
        first = at + 1
        if self.kind(first) == "joiner" and self.tokens[first].normal == "to":
            if self.gap(first) and not self.gap(first + 1) and token.normal in ("day", "week"):
                return self.read_time_before(token, first)
            if self.gap(first) or self.gap(first + 1):
                return None
            first += 1
        if token.normal in SEASONS or token.effect == "second":
            return None
        if "\n" in self.gap(first) and (at == 0 or self.kind(at - 1) not in ("bound", "about")):
            return self.read_broken_time(at, first)
        return self.read_time_behind(at, first)

    def read_time_before(self, token: Token, first: int) -> tuple[list[Item], int] | None:
        """Return "day −7", a time before the start."""
        number = self.tokens[first + 1] if self.kind(first + 1) == "number" else None
        plural = self.text[token.start : token.end].endswith("s")
        if number is None or plural or self.is_measured(first + 2):
            return None
        value: Value = ("*", ("n", number.start, number.end), -1.0)
        item = Item(token.start, number.end, "duration", "", value, value, "", token.normal, open="ordinal time")
        return [item], first + 2

    def read_broken_time(self, at: int, first: int) -> tuple[list[Item], int] | None:
        """Return "week\n4", which the word before must make one: "by week", not a heading with a list below it."""
        found = self.read_time_behind(at, first)
        if found is None:
            return None
        item, token, number = found[0][0], self.tokens[at], self.tokens[first]
        look = "number" if number.kind == "number" else "word"
        sides = (
            Item(token.start, token.end, "excluded", REASONS["time"], open="time"),
            Item(number.start, item.end, "number", "", item.low, item.high, values=item.values, open=look),
        )
        return [item._replace(open="broken", sides=sides)], found[1]

    def read_time_behind(self, at: int, first: int) -> tuple[list[Item], int] | None:
        """Return the time word at `at` with the number at `first`."""
        token = self.tokens[at]
        if self.kind(first) == "numeral":
            single = self.read_words(first) if self.is_apart(at) else None
            if single is None or single.unit or (token.effect.endswith("s") and not self.is_paired(single)):
                return None
            return self.read_spoken_time(token, single)
        if self.kind(first) != "number" or self.is_measured(first + 1):
            return None
        return self.read_counted_times(token, first)

    def is_measured(self, at: int) -> bool:
        """Tell whether a token is the unit of the number before it, and no letter that follows by chance."""
        form = self.tokens[at].form if self.kind(at) == "unit" else ""
        return form != "" and (not self.gap(at) or len(form) > 1 or form == "%")

    def read_counted_times(self, token: Token, first: int) -> tuple[list[Item], int]:
        """Return "day 42", "weeks 4 and 8", "day 3 to day 5", from the first number on."""
        values: list[Value] = [("n", self.tokens[first].start, self.tokens[first].end)]
        joins: list[str] = []
        end = first + 1
        while True:
            far = self.find_next_time(token, end)
            if not far:
                break
            joins.append(self.tokens[end].normal)
            values.append(("n", self.tokens[far].start, self.tokens[far].end))
            end = far + 1
        if len(values) == 1 and self.kind(end) == "plusminus" and self.kind(end + 1) == "number":
            return self.read_around(token, first, end)
        many = tuple(values) if len(values) > 1 and "to" not in joins else ()
        stop = self.tokens[end - 1].end
        item = Item(token.start, stop, "duration", "", values[0], values[-1], "", token.normal, values=many)
        pair = self.read_pair_of_times(token, item, end) if len(values) == 1 else None
        return ([pair[0]], pair[1]) if pair else ([item._replace(open="ordinal time")], end)

    def read_around(self, token: Token, first: int, at: int) -> tuple[list[Item], int]:
        """Return "day 28 ± 2", with "days" behind it where it stands there."""
        middle, other = (("n", self.tokens[place].start, self.tokens[place].end) for place in (first, at + 1))
        stop = at + 2
        if self.kind(stop) in ("unit", "time") and self.tokens[stop].normal == token.normal:
            stop += 1
        low, high = ("+", middle, ("*", other, -1.0)), ("+", middle, other)
        item = Item(token.start, self.tokens[stop - 1].end, "duration", "", low, high, "", token.normal, point=middle)
        return [item._replace(open="ordinal time")], stop

    def read_pair_of_times(self, token: Token, item: Item, at: int) -> tuple[Item, int] | None:
        """Return "day 3 and 7", "day 1, 3 and 7", which the words behind may undo: "day 3 and 7 patients"."""
        values: list[Value] = [item.low]
        last = ""
        while self.kind(at) == "joiner" and self.tokens[at].form in JOINING and self.kind(at + 1) == "number":
            last, far = self.tokens[at].form, self.tokens[at + 1]
            values.append(("n", far.start, far.end))
            at += 2
        if last in ("", ",") or self.kind(at) not in ("", "sign", "time"):
            return None
        stop = self.tokens[at - 1].end
        rest = Item(self.tokens[at - 2 * len(values) + 3].start, stop, "number")
        sides = (item._replace(open="ordinal time"), rest)
        return item._replace(end=stop, high=values[-1], values=tuple(values), open="pair", sides=sides), at

    def find_next_time(self, token: Token, at: int) -> int:
        """Return the index of the next number of "weeks 4, 8 and 12", 0 where the row ends."""
        if self.kind(at) != "joiner" or not self.is_near(at + 1):
            return 0
        join = self.tokens[at].normal
        if join in (",", "and") and not token.effect.endswith("s"):
            return 0
        again = self.kind(at + 1) == "time" and self.tokens[at + 1].normal == token.normal and join != "and"
        far = at + 2 if again else at + 1
        return far if self.kind(far) == "number" and self.kind(far + 1) != "unit" else 0
