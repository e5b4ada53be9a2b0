"""Tell whether a lone word of time states an amount: an adverb of frequency, a bare plural.

Law: the words right before it and right behind it decide.
"""

from __future__ import annotations

import re

from howlong.quantities import contexts
from howlong.quantities.idioms import is_lately, is_other_word, is_scale, is_second, is_vague_time
from howlong.quantities.items import Item
from howlong.quantities.lexicon import load_lexicon
from howlong.quantities.nouns import find_counted, name_singular
from howlong.quantities.number_reader import EACH, NumberReader
from howlong.quantities.records import Exclusion, Quantity
from howlong.quantities.surroundings import ANCHORED, BARE, LASTING, LONG, LONG_TIMES, MARK_END, ready

# "a pint a day": one thing, and the end of what is said of it
ONE_THING = r"(?:^|[\s(“\"—–])((?:[Aa]n?|[Oo]ne)\s+((?:[a-z][a-z’'-]*\s+){1,2}))$"
HALF_EACH = r" an? ((?:[a-z][a-z’'-]*\s+){1,2})(?:an?|per|each|every)\s+(hour|day|night|week|month|year)\b"
SHIFTS = ("-hour", "-minute", "-day", "-mile", "-kilometre")  # "three 12-hour shifts a week"
MORE = (" and a ", " and change", " and two", " or more", " or so", " or two", " or longer", " is ", " was ", " than ")


class RateReader(NumberReader):
    """Reads adverbs of frequency and bare plurals."""

    def decide_rate(self, item: Item, base: int, end: int, before: str) -> Quantity | Exclusion:
        """Tell whether "daily" states how often."""
        follow = re.match(
            r"(?:[-‑ \u00a0]+(?!\s)|[ \t]*\r?\n[ \t]*(?=[a-z]))([^\W\d_]+)(?:[-‑ \u00a0]([^\W\d_]+))?(?:[-‑ \u00a0]([^\W\d_]+))?",
            self.text[end : end + 50],
        )
        nouns = load_lexicon().nouns
        tied = before[-7:].split()[-1:] if before[-1:] == "-" else []
        if tied and contexts.load_words("rate prefix").has(tied[0].lower()):
            return self.exclude(base, item, "no amount")
        if follow is None or follow[1].lower() in nouns["stop"] or 0 < self.last[0] == base + item.start - 1:
            return self.make(item, base, end)
        last = contexts.find_last(before)
        done = last.endswith("ed") or contexts.load_words("done").has(last)
        if follow[1].endswith("ed") and (
            done or not follow[2] or follow[2] in nouns["stop"] or follow[2] in ("once", "twice")
        ):
            return self.make(item, base, end)  # "blood drawn weekly contained none"
        for word in follow.groups():
            if word and (word.lower() in nouns["dosing"] or name_singular(word.lower()) in nouns["dosing"]):
                return self.make(item, base, end)
            if not word or word in nouns["stop"]:
                break
        if re.search(r"\d\s?(?:[mkµμ]?g|m[lL]|IU|units?|mg/kg)\s+$|tablets?\s+$", before):
            return self.make(item, base, end)
        return self.exclude(base, item, "no amount")

    def find_rate(self, item: Item, base: int, start: int, end: int, before: str) -> Quantity | None:
        """Return "a pint a day", "one return trip a week": one thing in each such time; after "took" or "gave" it is a time."""
        nouns = load_lexicon().nouns
        if not before[-2:-1].islower() or contexts.find_last(before) in nouns["stop"]:
            return None
        if MARK_END.match(self.text, end) is None or ANCHORED.match(self.text, end) or self.text.startswith(MORE, end):
            return None
        before, told = before[-40:], contexts.load_words("time given")
        one = " a " in before or " an " in before or "ne " in before
        thing = ready(ONE_THING).search(before) if one else None
        if (
            thing is None
            and before.endswith("s ")
            and contexts.find_two(before)[0].endswith(SHIFTS)
            and not any(map(told.has, before.lower().split()[-6:-1]))
        ):
            return self.make(item._replace(kind="frequency", modifier="per"), base, end)
        if thing is None or start - (len(before) - thing.start(1)) < self.done:
            return None
        words = thing[2].split()
        if any(word in nouns["stop"] or word.endswith("ly") for word in words):
            return None
        if any(map(told.has, before[: thing.start(1)].lower().split()[-3:])):
            return None
        first = item.start - len(before) + thing.start(1)
        unit = f"{words[-1]}/{item.unit}"
        return self.make(item._replace(start=first, kind="frequency", unit=unit, modifier="per"), base, end)

    def decide_part(self, item: Item, base: int, start: int, end: int, before: str) -> Quantity | Exclusion | None:
        """Return "half a pack a day" as a rate, "out for a quarter" as a time, "the second half" as none; None for a share."""
        if item.open == "aged":  # "radiocarbon ages of 23 samples"
            tail = find_counted(self.text, end)
            return (
                self.count(item._replace(kind="number", unit=""), base, *tail) if tail else self.make(item, base, end)
            )
        quote = self.text[start:end].lower()
        if quote == "half":
            near = self.text[end : end + 40] if self.text[end : end + 2] == " a" else ""
            each = ready(HALF_EACH).match(self.text, end) if any(map(near.__contains__, EACH)) else None
            if (
                each
                and MARK_END.match(self.text, each.end())
                and not load_lexicon().nouns["stop"].intersection(each[1].split())
            ):
                unit = f"{each[1].split()[-1]}/{each[2]}"
                return self.make(item._replace(kind="frequency", unit=unit, modifier="per"), base, each.end())
            return (
                self.exclude(base, item, "ordinal")
                if before.endswith(("first ", "second ", "first-", "second-"))
                else None
            )
        if quote == "first half" and not self.text.startswith(" of", end):
            return self.exclude(base, item, "ordinal")
        if quote != "a quarter" or not before.endswith("for ") or self.text.startswith(" of", end):
            return None
        if MARK_END.match(self.text, end) is None or contexts.load_words("share for").has(contexts.find_two(before)[0]):
            return None
        return self.make(item._replace(kind="duration", low=1.0, high=1.0, unit="quarter"), base, end)

    def decide_bare(self, item: Item, base: int, end: int, before: str) -> Quantity | Exclusion:
        """Tell whether a bare plural states an amount."""
        if (
            contexts.NO_BARE.search(before)
            or is_scale(before)
            or (before[-1:] == "(" and self.text[end : end + 1] == ")")
        ):
            return self.exclude(base, item, "no amount")
        if self.text.startswith(("-long", "‑long"), end):
            return self.make(item, base, end)
        if item.unit in ("minute", "hour") and is_other_word(self.text, end, item.unit, before):
            return self.exclude(base, item, "no amount")
        if item.unit not in BARE or re.match(r"[-‑][a-z]", self.text[end : end + 2]):
            return self.exclude(base, item, "no amount")
        if contexts.is_bare_before(before) or contexts.is_bare_after(self.text, end) or item.modifier:
            return self.make(item, base, end)
        if re.search(r"\bin the\s+$", before) or is_vague_time(self.text, end, before):
            return self.make(item, base, end)
        return self.exclude(base, item, "no amount")

    def decide_time(self, item: Item, base: int, start: int, end: int, before: str) -> Quantity | None:
        """Return the amount of a lone word of time: "week-long", "the past decade", "for a second"; none where it states none."""
        if item.open != "unit" and (lasting := LASTING.match(self.text, start)):
            unit = lasting[1].lower()
            whole = item._replace(
                start=lasting.start(1) - base, kind="duration", reason="", low=1.0, high=1.0, unit=unit
            )
            return self.make(whole, base, min(end, lasting.end(1)) if lasting[2] else end)
        if (
            item.open == "article"
            and self.text.startswith(("-long", "‑long"), end)
            and (long := ready(LONG_TIMES).match(self.text, start))
            and long[1]
        ):
            kept = item._replace(start=long.start(2) - base, low=None, high=None, vague_low="bare", vague_high="bare")
            return self.make(kept, base, end)
        if not item.reason:
            return None
        lead, word = 0, self.text[start:end].lower()
        if word == "second" and is_second(self.text, end, before):
            lead = len("a ")
        if before.endswith(("single-", "single‑")) and word in BARE:
            lead = len("single-")
        lately = is_lately(self.text, end, before)
        is_past = item.open == "time" and ((lately and word in BARE) or self.is_past(start, end, before))
        if not lead and not is_past:
            return None
        unit, modifier = name_singular(word), ""
        if lately and before.endswith("last "):
            lead, modifier = len("last "), "last"
        one = item._replace(
            start=item.start - lead, kind="duration", reason="", low=1.0, high=1.0, unit=unit, modifier=modifier
        )
        return self.make(one, base, end)

    def is_past(self, start: int, end: int, before: str) -> bool:
        """Tell whether "the past decade" states one: "last year" and "next week" are dates."""
        first, last = contexts.find_two(before)
        word = self.text[start:end].lower()
        if first not in ("the", "this") or self.text.startswith(("-", "‑", "'", "’"), end):
            return False
        return ((last == "past" or (last == "preceding" and word != "day")) and (word in BARE or word in LONG)) or (
            last in ("last", "next", "coming") and word in LONG
        )
