"""Tell what a number without a unit is, and what a number behind a label is.

Law: the words around a number decide: the label before it, the counted noun behind it, the span of time it shares a unit with.
"""

from __future__ import annotations

import re

from howlong.quantities import contexts
from howlong.quantities.idioms import is_clock, is_in_row, is_passing
from howlong.quantities.items import Item, Value
from howlong.quantities.lexicon import load_lexicon
from howlong.quantities.nouns import COUNTED_TIMES, find_counted, name_singular
from howlong.quantities.numbers import evaluate, read_whole
from howlong.quantities.records import Exclusion, Quantity
from howlong.quantities.sharing import ASIDES, Sharing
from howlong.quantities.surroundings import (
    A_TIME,
    AGAINST,
    ANCHORED,
    ASIDE_UNIT,
    BELOW,
    CALLED,
    IN_COMMAS,
    IN_MANY,
    LONGEST_GAP,
    MARK_END,
    NAMED_WAR,
    ONE_EACH,
    ONE_IN,
    SPREAD_UNIT,
    TESTS,
    YEAR_REST,
    ready,
)
from howlong.quantities.units import find_unit
from howlong.quantities.vetoes import LABELLED_KINDS, LINKS, LIST_GAP, fits_label, veto_digits, veto_word

EACH = (" a day", " a week", " a month", " a year", " a night", " an hour", " per ")
OTHER_WORDS = frozenset({" " + letter for letter in "bcdfghjklmnqrstuvwxyz(-–"} | {". ", ", ", ") ", "; ", ".", ","})
BESIDE = frozenset("vcaVCA \n\t")  # how "versus", "compared with", "against" begin
TENS = r"10(?:\^|[⁰¹²³⁴⁵⁶⁷⁸⁹])"  # "10^5 a" are years
YEARS_A = r" a(?:[.,;:)]|$)"
ONES = frozenset({"one", "One", "ONE"})


class NumberReader(Sharing):
    """Reads numbers that a run leaves without a unit."""

    def decide_labelled(self, item: Item, base: int, start: int, end: int, before: str) -> Quantity | Exclusion | None:
        """Return the record of an item behind a label, nothing when no label stands before it."""
        reason = self.find_label(item, start, end, before)
        if not reason:
            return None
        if reason == "statistic" and item.reason:
            return self.exclude(base, item, item.reason)
        if reason in ("statistic", "count"):
            return self.make(item._replace(kind=reason), base, end)
        self.listed = (end, reason)
        return self.exclude(base, item, reason)

    def find_label(self, item: Item, start: int, end: int, before: str) -> str:
        """Return the reason of the label before a number ("Figure 3", "p = 0.05"), empty when there is none."""
        if (
            item.open not in LABELLED_KINDS
            or item.modifier == "every"
            or (item.open == "identifier" and self.text[start].isalpha())
        ):
            return ""
        listed = self.listed[0]
        if listed and start - listed < LONGEST_GAP and LIST_GAP.fullmatch(self.text, listed, start):
            return self.listed[1]
        stripped = before.rstrip(" \u00a0\t\n\r")
        bare = stripped if stripped[-1:].isalpha() else stripped.rstrip(".:#=(,<>≤≥∼~≈-‑–").rstrip()
        last = bare[bare.rfind(" ") + 1 :]
        lexicon = load_lexicon()
        ends = lexicon.label_ends
        if last.islower() and last.isalpha() and last not in ends and last not in LINKS:
            return ""  # the commonest case
        if last not in LINKS and last.lower().lstrip("([{“\"'") not in ends and last[-1:] != ")" and last.isprintable():
            return ""
        signs = stripped[len(bare) :].replace(" ", "") + ("=" if self.text[start] in "<>≤≥=~≈∼" else "")
        if last.endswith(")") and "=" in signs and CALLED.search(last):
            return "statistic" if item.kind == "number" else ""
        if last in LINKS:
            signs = "="
        words = bare[-40:].split()[-5:]
        words = words[:-1] if last in LINKS else words
        if not words or words[-1].lstrip("([{“\"'").lower() not in ends:
            return ""
        labels = lexicon.labels
        for count in (4, 3, 2, 1):
            name = " ".join(words[-count:]).lstrip("([{“\"'") if len(words) >= count else ""
            dotted = (labels.get(name + ".") or labels.get(name.lower() + ".")) if "." in signs else ""
            reason = dotted or labels.get(name) or labels.get(name.lower()) or ""
            if "." in signs and not dotted:
                continue
            if reason == "statistic" and signs == "(" and name in TESTS and self.text[start - 1] == "(":
                return "label"
            if reason and contexts.load_words("label verb").has(name.lower()) and find_counted(self.text, end):
                continue
            if reason and fits_label(reason, signs, stripped == before, item):
                return reason
        return ""

    def decide_number(self, item: Item, base: int, start: int, end: int, before: str) -> Quantity | Exclusion:
        """Tell what a number without a unit is."""
        quote = self.text[start:end]
        if item.open == "number":
            thousands = find_counted(self.text, end + 1) if self.text[end : end + 2] == "k " else None
            if thousands and not item.values:  # "14k stars"
                ends: list[Value] = [None if side is None else ("*", side, 1000.0) for side in (item.low, item.high)]
                return self.count(item._replace(end=item.end + 1, low=ends[0], high=ends[1]), base, *thousands)
            reason = veto_digits(quote, before, self.text[end : end + 40], item)
            if reason:
                return self.exclude(base, item, reason)
        if (item.open == "word" or end - start < 3) and is_clock(self.text, start, end, before):
            return self.exclude(base, item, "date")
        share = ONE_IN.match(self.text, end) if quote[-1] in "1eE" and quote.lower().endswith(("one", "1")) else None
        whole = read_whole(share[1]) if share else None
        if share and whole and 1.0 in (evaluate(item.low, quote), evaluate(item.high, quote), item.low, item.high):
            low, high = (None if side is None else 1 / whole for side in (item.low, item.high))
            return self.make(item._replace(kind="fraction", low=low, high=high), base, share.end())
        bracket = self.text[end + 1 : end + 2] in ("(", "[") and item.kind == "number" and not item.values
        spread = SPREAD_UNIT.match(self.text, end) or self.find_aside(end) if bracket else None
        unit = find_unit(spread[1], 0) if spread else None
        if unit:
            return self.make(item._replace(kind="duration", unit=unit[0].name), base, end)
        if (
            "10" in quote
            and self.text[end : end + 2] == " a"
            and ready(YEARS_A).match(self.text, end)
            and ready(TENS).search(quote)
        ):
            return self.make(item._replace(end=item.end + 2, kind="duration", unit="year"), base, end + 2)
        plain = item.kind == "number" and not item.values and self.text[end + 1 : end + 2] in BESIDE
        compared = AGAINST.match(self.text, end) if plain else None
        if compared:
            return self.make(item._replace(kind="duration", unit=compared[1].lower()), base, end)
        tail = find_counted(self.text, end)
        if (
            tail is None
            and item.open == "word"
            and end - start == len("one")
            and quote.lower() == "one"
            and (each := self.find_each(end))
        ):
            rate = item._replace(kind="frequency", unit=each[0], modifier=item.modifier or "per")
            return self.make(rate, base, each[1])
        if tail is None and self.is_elliptic(item, quote, start, end, before):
            return self.make(item._replace(kind="duration", unit=self.name_shared(item, quote)), base, end)
        again = item.modifier == "every" and tail is None and start - self.every[0] < LONGEST_GAP
        if again and MARK_END.match(self.text, end):  # "every six hours, or every three in winter"
            return self.make(item._replace(kind="frequency", unit=self.every[1]), base, end)
        part = before[-2:] in ASIDES or (item.modifier in ("first", "last") and before.endswith(", the "))
        if self.unit[1] and part and self.is_part_of_time(item, start, end, before):
            return self.make(item._replace(kind="duration", unit=self.unit[1]), base, end)
        if item.open == "word":
            reason = veto_word(quote.lower(), before, self.text[end : end + 24], tail)
            if reason:
                return self.exclude(base, item, reason)
        # "people over 65 show losses" counts no losses
        if tail and not (" " in self.text[end : tail[1]].strip() and contexts.is_age(before)):
            return self.count(item, base, *tail)
        if self.is_year_of_life(item, quote, start, end, before):
            return self.make(item._replace(kind="age", unit="year"), base, end)
        return self.make(item, base, end)

    def is_year_of_life(self, item: Item, quote: str, start: int, end: int, before: str) -> bool:
        """Tell whether a bare number is an age: between commas, or by the words before it."""
        if (
            quote.isdecimal()
            and 9 < int(quote) < 110
            and self.text[end : end + 2] == ", "
            and self.text[end + 2 : end + 3].islower()
            and IN_COMMAS.search(before)
        ):
            return True
        if self.is_aged(item, start, before):
            return True
        bounded = quote.lower().startswith(("between", "under")) or quote.endswith((" over", " under"))
        return item.low_unit == "" and (contexts.is_age(before) or (bounded and contexts.is_person(before)))

    def name_other(self, item: Item, start: int, end: int, before: str) -> str:
        """Return why a time is none: it names a war, or is a century of runs."""
        if (
            "War" in self.text[end : end + 6]
            and self.text[start].isupper()
            and ready(NAMED_WAR).match(self.text, start)
        ):
            return "identifier"
        scored = contexts.load_words("century scored").has if item.unit == "century" else None
        return "no amount" if scored and any(map(scored, contexts.find_two(before))) else ""

    def find_year(self, item: Item, base: int, end: int) -> int:
        """Return where "year 2021/22" ends, 0 for a year counted from a start."""
        low = evaluate(item.low, self.text[base : base + item.end])
        if low is None or not 1500 <= low < 2100:
            return 0
        rest = YEAR_REST.match(self.text, end)
        return rest.end() if rest else end

    def find_each(self, end: int) -> tuple[str, int] | None:
        """Return the unit and the end of "return trip a day" behind "one"."""
        near = self.text[end : end + 40]
        each = ready(ONE_EACH).match(self.text, end) if any(map(near.__contains__, EACH)) else None
        if each is None or MARK_END.match(self.text, each.end()) is None or ANCHORED.match(self.text, each.end()):
            return None
        words = each[1].split()
        if load_lexicon().nouns["stop"].intersection(words) or contexts.load_words("comparative").has(words[-1]):
            return None
        return f"{words[-1]}/{each[2]}", each.end(2)

    def is_nth(self, open_: str, counted: re.Match[str], before: str) -> bool:
        """Tell whether an ordinal counts the time behind it: "third postoperative day", "a second straight month"; "a second full day" is one more."""
        row = counted[3] or counted[1] in ("straight", "consecutive", "successive")
        if row or not contexts.load_words("day kind").has(counted[1]):
            return bool(row)
        return open_ not in ("time", "unit", "part") or before.endswith("the ")

    def find_aside(self, end: int) -> re.Match[str] | None:
        """Return the unit behind what tells two numbers apart: "96 (silt) or 72 (clay) h"."""
        close = self.text.find(")", end, end + 45)
        told = self.text[end + 2 : close] if close > 0 else ""
        plain = (
            told[:1].isalpha() and not any(map(str.isdigit, told)) and self.text[close + 1 : close + 2] in (" ", ",")
        )
        return ready(ASIDE_UNIT).match(self.text, end) if plain else None

    def is_reached(self, start: int, before: str) -> bool:
        """Tell whether words before "a fifth day" say that it has come to that: "for a fifth day", "entered a second week"."""
        told = before[:-2] if before[-2:] == "a " else before if self.text[start : start + 2] == "a " else ""
        return contexts.load_words("reached before").has(contexts.find_last(told))

    def ends_time(self, end: int) -> bool:
        """Tell whether nothing follows a time that it could be the kind of: "for a third year", not "for a third year student"."""
        return (
            is_in_row(self.text, end) or self.text.startswith(" of ", end) or MARK_END.match(self.text, end) is not None
        )

    def is_aged(self, item: Item, start: int, before: str) -> bool:
        """Tell whether a bare number is an age by what was said before it: "the oldest was 84", "(range 34–82)"."""
        if item.values or not self.text[start].isdigit() or item.modifier not in ("", "about"):
            return False
        if start - self.aged < 30 and contexts.SPREAD.search(before):
            return True
        return contexts.is_mean_age(before)

    def count(self, item: Item, base: int, noun: str, stop: int) -> Quantity | Exclusion:
        """Return a number with its counted noun: a count, a duration ("12 consecutive weeks"), a share ("1 patient in 9")."""
        text = self.text
        whole = IN_MANY.match(text, stop) if text[stop : stop + 2] not in OTHER_WORDS else None
        if whole and not item.values:
            parts = read_whole(whole[1])
            other = find_counted(self.text, whole.end())
            if parts and (other is None or other[0] == noun):
                share = item._replace(kind="fraction", low=("/", item.low, parts), high=("/", item.high, parts))
                return self.make(share, base, whole.end())
        if noun in COUNTED_TIMES and not any(
            map(contexts.load_words("apart").has, text[base + item.end : stop].lower().split()[:-1])
        ):
            if is_passing(self.text, stop, self.text[max(0, base + item.start - 9) : base + item.start]):
                return self.exclude(base, item, "no amount", stop)
            kind = "frequency" if item.modifier == "every" else "duration"
            return self.make(item._replace(kind=kind, unit=noun), base, stop)
        below = BELOW.match(self.text, stop)
        if below and not item.values:
            unit = f"{noun}/{below[1] or name_singular(below[2])}"
            return self.make(item._replace(kind="count", unit=unit), base, below.end())
        rate = A_TIME.match(text, stop) if text[stop : stop + 2] not in OTHER_WORDS else None
        if rate and self.text[base + item.end] not in "-‑":
            return self.make(
                item._replace(kind="frequency", unit=f"{noun}/{rate[1].lower()}", modifier=item.modifier or "per"),
                base,
                rate.end(),
            )
        return self.make(item._replace(kind="count", unit=noun), base, stop)
