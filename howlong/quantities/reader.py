"""Read the quantities of a text: anchor, then grammar, then veto.

Law: every word that could state an amount comes back, as a quantity or as an exclusion with its reason.  The scanner finds
runs, the grammar reads each shape of run once, and this module looks at the few words around what the run leaves open:
the counted noun behind a number, the label or the date before it.
"""

from __future__ import annotations

import gc
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from howlong.quantities import contexts
from howlong.quantities.alphabet import DIGITS, SPACES, UNKNOWN, to_image, to_plain_digits, to_shape
from howlong.quantities.grammar import read_factors, read_shape
from howlong.quantities.idioms import PARTS_OF_DAY, is_clock, is_counted_year, is_turn
from howlong.quantities.items import Item, Value
from howlong.quantities.lexicon import load_lexicon
from howlong.quantities.markup import ENTITY, add_names, blank_emphasis, decode_entities, is_marked
from howlong.quantities.notation_reader import NotationReader
from howlong.quantities.nouns import find_counted
from howlong.quantities.numbers import evaluate
from howlong.quantities.records import Exclusion, Quantity
from howlong.quantities.scanner import find_runs
from howlong.quantities.surroundings import (
    AGO,
    ANCHORED,
    ARTICLE,
    COMPARED,
    DAY_KIND,
    DECADE,
    EACH_TIME,
    FACTOR,
    FROST,
    INCHES,
    MONEY_EACH,
    MONTHS,
    NTH_TIME,
    OF_PER,
    ON_THE,
    OVEN,
    PARTS,
    ROW_GAPS,
    SCHOOL,
    SECOND,
    SMALLER_FIRST,
    T_TEST,
    THIRD,
    TIED_WORD,
    VERB_TAIL,
    ready,
)
from howlong.quantities.vetoes import YEAR
from howlong.sources import Passages

LONGEST_RUN = 400
MINUS = frozenset("−⁻–-")
POWERED = frozenset({"frequency", "fraction"})  # what the exponent of a unit may look like
LONG_TIED = frozenset({"-l", "‑l"})
TERMS = (" of ", " in ", " is ", " has ", "-", "'", "’")  # "each term of the sum"
INCHES_A_FOOT = 12
OTHER_KINDS = frozenset(
    {"g", "m", "t", "dpi", "pc", "foot", "pound", "pound/week", "pound/month", "pound/day", "pound/year"}
)  # by their words
LONGEST_DPI = 60  # "3 dpi" are days past an infection, "300 dpi" dots of an inch
REST = Item(0, 0, "excluded")
WHITE = [to_image(space) for space in " \n" + SPACES]
JOINT = re.compile(rb"[^A-Za-z0-9](?=[A-Za-z0-9]*\Z)")


def find_quantities(text: str, passages: Passages | None = None) -> list[Quantity | Exclusion]:
    """Return every quantity and every exclusion of a text, in order of offset.

    Parameters
    ----------
    text : str
        Any string.
    passages : Passages, optional
        The divided text, when there is one already.

    Returns
    -------
    list of Quantity or Exclusion

    Examples
    --------
    >>> for found in find_quantities("Relief lasts a few days up to one week after 0.5 mg/kg (Table 2)."):
    ...     print(found.quote, "|", found.kind)
    a few days up to one week | duration
    0.5 mg/kg | dose
    2 | excluded
    """
    passages = passages or Passages(text)
    if not is_marked(text):
        return read_text(text, passages)
    found = read_entities(text, passages) if "&" in text and ENTITY.search(text) else read_text(text, passages)
    return add_names(found, text, passages)


def read_entities(text: str, passages: Passages) -> list[Quantity | Exclusion]:
    """Return what a text with entities of HTML holds, as their characters read, with the offsets of the text itself."""
    plain, places, shifts = decode_entities(text)
    found: list[Quantity | Exclusion] = []
    for row in read_text(plain, passages):
        start, end = (place + shifts[bisect_left(places, place)] for place in (row.start, row.end))
        found.append(row._replace(start=start, end=end, quote=text[start:end]))
    return found


def read_text(text: str, passages: Passages) -> list[Quantity | Exclusion]:
    """Return every quantity and every exclusion of a text as it stands."""
    image = to_image(text)
    plain = to_plain_digits(text) if UNKNOWN in image else text  # what has no image may be a digit
    plain = blank_emphasis(plain) if is_marked(plain) else plain
    collecting = gc.isenabled()
    gc.disable()  # Records are many, alive and without circles: walking them again and again finds nothing.
    try:
        found = read_runs(Reader(plain, passages), image if plain is text else to_image(plain))
    finally:
        if collecting:
            gc.enable()
    return found if plain == text else [row._replace(quote=text[row.start : row.end]) for row in found]


def read_runs(reader: Reader, image: bytes) -> list[Quantity | Exclusion]:
    """Return the records of all runs in the image of the reader's text."""
    found: list[Quantity | Exclusion] = []
    shapes = image.translate(DIGITS)
    for start, end in find_runs(image):
        if start < reader.done:
            start = reader.done
            if start >= end:
                continue
        if end - start <= LONGEST_RUN:
            reader.read(start, read_shape(shapes[start:end]), found)
            continue
        for first, last in split_run(image, start, end):
            reader.read(first, read_shape(shapes[first:last]), found)
    return found


def split_run(image: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a run in pieces of bounded length, cut where white space or a comma allows."""
    while end - start > LONGEST_RUN:
        limit = start + LONGEST_RUN
        cut = max(image.rfind(space, start, limit) for space in WHITE)
        if cut <= start:
            joint = JOINT.search(image, start + 1, limit)  # no white space: rather between words than inside one
            cut = joint.start() if joint else limit
        yield start, cut
        start = cut
    yield start, end


@cache
def load_ordinals() -> dict[str, float]:
    """Return the ordinal words ("third") and their numbers; the parts of a whole are spelled alike."""
    words = {part.form: float(part.effect) for part in load_lexicon().of("part") if not part.form.endswith("s")}
    return {form: value for form, value in words.items() if form.endswith(("d", "th"))} | {"second": 2.0, "first": 1.0}


class Reader(NotationReader):
    """Turns the items of runs into records, looking at the words around them."""

    def read(self, base: int, items: tuple[Item, ...], found: list[Quantity | Exclusion]) -> None:
        """Add the records of one run, which begins at `base`, to those that are found."""
        for item in items:
            start = base + item.start
            if start < self.done:
                rest = self.text[self.done : base + item.end]
                if rest.strip():  # the noun of the amount before took a part of it in
                    found.append(
                        self.exclude(
                            base + item.end - len(rest.lstrip()), REST, item.reason or "unresolved", base + item.end
                        )
                    )
                continue
            if (
                item.open
                or item.sides
                or (not item.unit and not item.reason)
                or item.kind in ("duration", "money")
                or item.modifier == "every"
                or item.unit in OTHER_KINDS
                or (item.kind == "frequency" and "^" in item.unit)
            ):
                self.settle(item, base, found)
            elif item.reason:
                found.append(self.exclude(base, item, item.reason))
            else:
                found.append(self.make(item, base, base + item.end))
            if item.low is not item.high and len(found) > 1:
                gap = self.text[found[-2].end : found[-1].start]
                if gap in ROW_GAPS and (gap != "; " or item.point is None):  # "parity 2.4 ± 0.9; 85 ± 21 d in milk"
                    self.lend_unit(found)

    def settle(self, item: Item, base: int, found: list[Quantity | Exclusion]) -> None:
        """Add what an item is once the words around it have been looked at."""
        start, end = base + item.start, base + item.end
        if item.open == "product":
            run = to_image(FACTOR.sub("\x1a", self.text[start:end]))
            self.read(start, read_factors(to_shape(run)), found)
            return
        before = self.text[max(0, start - 90) : start]
        if item.kind == "duration":
            if self.text[end : end + 2] in LONG_TIED and self.split_long(item, base, found):
                return
        elif item.kind in POWERED and (before[-1:] in MINUS or self.text[start] in MINUS):
            stop = self.find_power(start, before)
            if stop:
                found.append(self.exclude(start, REST, "identifier", stop))
                self.read(stop, read_shape(to_shape(to_image(self.text[stop:end]))), found)
                return
        if item.sides and self.part(item, base, end, before, found):
            return
        if item.sides:
            item = self.keep_whole(item)
        if item.sides and self.is_change(item, base, start, end, before):
            first, second = item.sides
            if second.end < item.end and item.kind != "money":  # "from 20 to 35 hours a week"
                second = item._replace(
                    start=second.start, low=second.low, high=second.high, low_unit="", sides=(), approx=second.approx,
                    modifier=second.modifier or item.modifier, vague_low=second.vague_low, vague_high=second.vague_high,
                )  # fmt: skip
            for side in (first, second):
                found.append(self.complete(side, base, base + side.end, before))
            return
        if item.open in ("article rate", "times rate"):
            since = ANCHORED if item.open == "article rate" else AGO
            anchored = since.match(self.text, end) and ARTICLE.search(self.text, start, end)
            if anchored:
                for low, high in ((start, anchored.start()), (anchored.start(), end)):
                    self.read(low, read_shape(to_shape(to_image(self.text[low:high]))), found)
                return
            item = item._replace(open="")
        record = self.decide(item, base, start, end, before)
        if record is not None:
            found.append(record)

    def keep_whole(self, item: Item) -> Item:
        """Return a compound or a share of a time without its sides, which are not two amounts here."""
        if item.open == "compound":
            return item._replace(open="", sides=())
        return item._replace(sides=()) if item.open == "of" and item.sides[1].unit else item

    def part(self, item: Item, base: int, end: int, before: str, found: list[Quantity | Exclusion]) -> bool:
        """Add the sides of what looked like one amount and is two, or the one it is; tell whether anything was added."""
        sides: Iterable[Item] = item.sides
        if item.open == "of" and self.is_counted_out(item, base):
            sides = [side._replace(sides=()) for side in item.sides]
        elif item.open == "broken":
            if contexts.load_words("counted before").has(contexts.find_last(before)):
                found.append(self.make(item._replace(open="ordinal time"), base, end))
                return True
        elif item.open in ("pair", "feet"):
            if item.open == "feet" and self.text[end : end + 1] in ('"', "”"):
                found.append(self.make(item._replace(open="", sides=()), base, end + 1))
                return True
            if item.open == "pair" and find_counted(self.text, end) is None and self.rises(item, base, end):
                found.append(self.make(item._replace(open="ordinal time"), base, end))
                return True
            first, rest = item.sides
            self.settle(first, base, found)
            self.read(base + rest.start, read_shape(to_shape(to_image(self.text[base + rest.start : end]))), found)
            return True
        elif item.open != "compound" or not self.is_apart(item, base, end):
            return False
        for side in sides:
            self.settle(side, base, found)
        return True

    def decide(self, item: Item, base: int, start: int, end: int, before: str) -> Quantity | Exclusion | None:
        """Return the record of one item that a run left open; none for a Roman letter that labels nothing."""
        open_ = item.open
        if self.text[start] == "." and before[-1:].isalnum():
            return self.exclude(base, item, "identifier")
        if not item.unit or item.reason or open_ == "glued":
            labelled = self.decide_labelled(item, base, start, end, before)
            if labelled:
                return labelled
        is_inside = before[-2:] == " (" and item.kind == "number" and start == self.last[0] + 2
        if is_inside and self.is_spread(item, base, end):
            return self.make(item._replace(kind=self.last[2], unit=self.last[3]), base, end)
        if open_ in ("number", "word"):
            signed = (
                self.decide_signs(item, base, start, end, before)
                if "(" in (before[-1:], self.text[end : end + 1])
                else None
            )
            return signed or self.decide_number(item, base, start, end, before)
        heated = open_ == "identifier" and OVEN.fullmatch(self.text, start, end)
        if open_ == "identifier" and before.endswith("minus ") and ready(FROST).fullmatch(self.text, start, end):
            return self.heat(item._replace(start=item.start - len("minus ")), base, end, -1.0)
        if heated and contexts.load_words("heated before").has(contexts.find_last(before)):
            return self.heat(item, base, end)
        if open_ in ("part", "aged") and (told := self.decide_part(item, base, start, end, before)):
            return told
        if open_ == "roman" and (end - start < 2 or self.text[start:end] == "IV"):
            return None
        if open_ == "article" and item.unit in EACH_TIME and (rated := self.find_rate(item, base, start, end, before)):
            return rated
        if open_ in ("time", "article", "unit") and (told := self.decide_time(item, base, start, end, before)):
            return told
        if (nth := self.find_nth(item, base, start, end, before)) is not None:
            return nth
        if item.reason:
            return self.decide_excluded(item, base, start, end, before)
        if open_ == "bare":
            return self.decide_bare(item, base, end, before)
        if open_ == "rate":
            return self.decide_rate(item, base, end, before)
        is_year = item.unit == "year" and open_ in ("ordinal time", "ordinal year")
        if is_year and (dated := self.decide_year(item, base, end, before)):
            return dated
        reason = self.veto_open(item, start, end, before)
        if reason:
            return self.exclude(base, item, reason)
        if item.modifier == "every" and (lasting := self.decide_each(item, base, start, end)):
            return lasting
        if (
            item.modifier == "every"
            and self.text[end : end + 1] in ("-", "‑")
            and is_turn(self.text, start, end, item.unit, before)
        ):
            return self.exclude(base, item, "no amount")
        if item.kind == "duration":
            return self.decide_duration(item, base, start, end, before)
        if item.kind == "fraction" and item.values and (cycle := self.decide_cycle(item, base, start, before)):
            return cycle
        return self.complete(item, base, end, before)

    def find_nth(self, item: Item, base: int, start: int, end: int, before: str) -> Quantity | Exclusion | None:
        """Return "third postoperative day", "a second straight month"."""
        open_ = item.open
        if item.reason == "ordinal" or (
            (open_ == "part" or (open_ in ("time", "unit") and self.text[end - 1] == "d"))
            and self.text[start:end].lower() in SECOND
        ):
            counted = DAY_KIND.match(self.text, end)
            if counted and self.is_nth(open_, counted, before):
                return self.count_from(item, base, counted[2] or counted[3], counted.end())
            reached = ready(NTH_TIME).match(self.text, end) if self.text[end : end + 1] == " " else None
            if reached and self.is_reached(start, before) and self.ends_time(reached.end()):
                return self.count_from(item, base, reached[1], reached.end())
        return None

    def decide_year(self, item: Item, base: int, end: int, before: str) -> Quantity | Exclusion | None:
        """Return the record of "year 2021", "year 9 pupils" or "third year", none for a year counted from a start in digits."""
        if item.open == "ordinal year":
            if is_counted_year(self.text, end, before):
                return self.make(item._replace(open="ordinal time"), base, end)
            return self.exclude(base, item, "ordinal")
        dated = self.find_year(item, base, end)
        if dated:
            return self.exclude(base, item, "date", dated)
        return self.exclude(base, item, "label") if SCHOOL.match(self.text, end) else None

    def count_from(self, item: Item, base: int, unit: str, end: int) -> Quantity | Exclusion:
        """Return "third postoperative day", a time counted from the start."""
        quote = self.text[base + item.start : base + item.end].lower()
        if " " in quote:  # "a third straight month": the article stays out
            item = item._replace(start=item.end - len(quote.split()[-1]))
            quote = quote.split()[-1]
        value = float(re.sub(r"\D", "", quote) or load_ordinals().get(quote, 0))
        if not value:
            return self.exclude(base, item, item.reason)
        counted = item._replace(kind="duration", reason="", low=value, high=value, unit=unit, open="ordinal time")
        return self.make(counted, base, end)

    def veto_open(self, item: Item, start: int, end: int, before: str) -> str:
        """Return why a share, a ratio, or an article with its unit is no amount."""
        open_, quote, after = item.open, self.text[start:end], self.text[end : end + 24]
        if open_ == "part" and is_clock(self.text, start, end, before):
            return "date"
        if open_ == "every second":
            follow = re.match(r"\s+([a-z]+)", after)
            return "ordinal" if follow and follow[1] not in load_lexicon().nouns["stop"] else ""
        if item.unit == "t" and T_TEST.match(after):
            return "identifier"
        if open_ == "once" or (open_ == "ratio" and quote == "24/7"):
            return "no amount"
        if item.unit == "term" and item.modifier == "every" and quote[:1] in "eE" and quote.lower().startswith("each"):
            stated = not self.text.startswith(TERMS, end) and not contexts.load_words("term in").has(
                contexts.find_last(before)
            )
            return "" if stated else "no amount"
        if open_ == "ratio" and (YEAR.fullmatch(quote.split("/")[0]) or after[:1].isalpha()):
            return "identifier"
        if open_ in ("part", "article") and TIED_WORD.match(after):
            return "word part"
        if open_ == "part" and THIRD.fullmatch(quote):
            follow = re.match(r"\s+([a-z]+)", after)
            plain = follow and follow[1] not in load_lexicon().nouns["stop"]
            more = follow and contexts.load_words("comparative").has(follow[1])
            if follow and plain and not more and not follow[1].endswith(("ed", "ly", "ing")):
                return "ordinal"
        if open_ == "article" and item.unit in PARTS:
            stated = before[-2:-1].isalpha() and contexts.is_bare_before(before) and after[:3] != " of"
            return "" if stated else "no amount"
        return ""

    def complete(self, item: Item, base: int, end: int, before: str) -> Quantity:
        """Return an amount with what belongs to it behind: a price's piece, a share's noun; and its kind."""
        open_ = item.open
        if open_ == "times":
            fold = COMPARED.match(self.text, end)
            return self.make(
                item._replace(kind="number", unit="fold") if fold else item._replace(kind="count"), base, end
            )
        if item.unit.startswith("pound"):
            item = item._replace(kind=contexts.name_pounds(self.text, end, item.kind, before))
        each = MONEY_EACH.match(self.text, end) if item.kind == "money" and "/" not in item.unit else None
        if each:
            priced = item._replace(unit=f"{item.unit}/{each[1] or each[2]}", modifier=item.modifier or "per")
            return self.make(priced, base, each.end())
        if item.unit == "pc" and self.text[end - 3].isdigit():  # "4.7pc", a per cent; parsecs stand behind a blank
            return self.make(item._replace(kind="percent", unit="%"), base, end)
        inches = INCHES.match(self.text, end) if item.unit == "foot" and item.low is item.high else None
        if inches:  # "6 ft 2 in"
            height: Value = ("+", item.low, float(inches[1]) / INCHES_A_FOOT)
            return self.make(item._replace(low=height, high=height), base, inches.end())
        if item.unit == "m" and MONTHS.match(self.text, end):
            return self.make(item._replace(kind="duration", unit="month"), base, end)
        if item.unit == "dpi" and (evaluate(item.high, self.text[base:end]) or LONGEST_DPI) < LONGEST_DPI:
            return self.make(item._replace(kind="duration", unit="day"), base, end)
        if item.kind == "measurement" and item.unit == "g" and contexts.DOSED.search(before):
            return self.make(item._replace(kind="dose"), base, end)
        weighed = item.kind in ("measurement", "dose") and self.text.startswith(" of ", end) and "/" not in item.unit
        rate = OF_PER.match(self.text, end) if weighed else None
        if rate and not ANCHORED.match(self.text, rate.end()):  # "125 grams of bread a day"
            unit = f"{item.unit}/{rate[1].lower()}"
            return self.make(item._replace(unit=unit, modifier=item.modifier or "per"), base, rate.end())
        tail = find_counted(self.text, end) if open_ in ("in", "of") else None
        if tail and VERB_TAIL.match(self.text, tail[1]):
            tail = None
        return self.make(item, base, tail[1] if tail else end)

    def decide_duration(self, item: Item, base: int, start: int, end: int, before: str) -> Quantity | Exclusion:
        """Take in what a duration is a rate of: "150 minutes of moderate activity per week"."""
        if item.vague_low == "many" and contexts.find_last(before) in ("as", "how"):
            return self.exclude(base, item, "no amount")
        named = self.name_other(item, start, end, before)
        if named:
            return self.exclude(base, item, named)
        if item.unit == "quarter" and item.low == 3.0 and contexts.find_last(before) == "by":
            return self.make(item._replace(kind="fraction", low=0.75, high=0.75, unit=""), base, end)
        if (item.low == item.high == 1.0 or item.unit in PARTS_OF_DAY) and is_turn(
            self.text, start, end, item.unit, before
        ):
            return self.exclude(base, item, "no amount")
        if (
            item.unit in ("year", "month", "week", "day")
            and not item.vague_low
            and ("age" in before or "Age" in before or before.endswith(" than "))
            and not item.modifier
            and contexts.MEAN_AGE.search(before)
            and not self.text.startswith((" after", " before", " later", " earlier"), end)
        ):
            return self.make(item._replace(kind="age"), base, end)
        if before.endswith(contexts.BEING) and not item.vague_low and contexts.was_aged(before, self.text, end):
            return self.make(item._replace(kind="age"), base, end)
        if start - self.aged < 40 and not item.modifier and contexts.SPREAD.search(before):
            return self.make(item._replace(kind="age"), base, end)
        if item.unit == "second" and DECADE.fullmatch(self.text, start, end) and contexts.LIFE.search(before):
            tens: Value = ("+", item.low, 9.0)
            return self.make(item._replace(kind="age", unit="year", high=tens), base, end)
        if (
            item.modifier == "first"
            and item.low == 1.0
            and item.unit in ("winter", "summer")
            and before.endswith("the ")
        ):
            return self.exclude(base, item, "ordinal")
        if item.modifier == "first" and item.low == 1.0 and ON_THE.search(before):
            counted = item.unit in SMALLER_FIRST and item.unit not in ("night", "year")
            return (
                self.make(item._replace(open="ordinal time"), base, end)
                if counted
                else self.exclude(base, item, "ordinal")
            )
        if self.text[end : end + 2] in ("'s", "’s") and not self.text[end + 2 : end + 3].isalpha():
            return self.make(item, base, end + 2)
        if item.unit == "season" and YEAR.match(self.text, start, end):
            return self.exclude(base, item, "date")
        rate = OF_PER.match(self.text, end)
        periods = SMALLER_FIRST[SMALLER_FIRST.index(item.unit) + 1 :] if item.unit in SMALLER_FIRST else ()
        if rate and item.low_unit == "" and rate[1].lower() in periods:
            below = item._replace(
                kind="frequency", unit=f"{item.unit}/{rate[1].lower()}", modifier=item.modifier or "per"
            )
            return self.make(below, base, rate.end())
        return self.make(item, base, end)
