"""Tell whether a bare number shares the unit of the span of time before it: "six weeks instead of three".

Law: a bare number is a time where a word of time stands before it and nothing behind it that it could count.  Words of place
and joining words ("in", "of", "by", "at", "and") say so only where the span before it stood behind the same word or right beside it.
"""

from __future__ import annotations

import re

from howlong.quantities import contexts
from howlong.quantities.items import SMALLER, Item
from howlong.quantities.nouns import name_singular
from howlong.quantities.numbers import evaluate
from howlong.quantities.pairs import Pairs
from howlong.quantities.surroundings import CONTRAST, MARK_END, NEXT, SENTENCE_END, YEARS_AGO, ready

LONGEST_REACH = 160
# The clause ends behind the number, so that it counts nothing that follows.
CLOSED = re.compile(r"(?:\s+more)?(?:\s*(?:[.,;:!?)”\"’—–]|$)|[ \t]*\r?\n[ \t]*\r?\n)")
# What follows says of what the number is, as "an hour" of "ten of drilling" would.
LONGER = (" longer", " shorter", " later", " earlier", " sooner")
WORKING = re.compile(r"\s+of\s+[a-z]+ing\b|\s+more\s*(?:[.,;:!?)]|$)")
# A span of time of its own behind the number: "five at two years" counts those who were seen then.
SEEN_AT = re.compile(
    r"\s+(?:at|after|in|within|by|for|on)\s+(?:about\s+|the\s+)?(?!last\b|this\b|next\b)[\w.-]+\s+(?:second|minute|hour|day|week|month|year)s?\b"
)
FOR_ALL = (" for ", " if ")
ASIDE = re.compile(r"\s+(?:if|when|where|for|in|on|with|at most)\b")
CEASED = re.compile(r"[.!?][”\"’)]?\s")
VERBS = re.compile(r"\s+(?:is|was|are|were)\b")
IF = re.compile(r"\s+(?:if|when|where|at (?:a pinch|most|least|best|worst|the (?:most|least|outside)))\b")
SOME_DAYS = (
    r"\s+(?:on (?:[A-Z][a-z]+days|weekends|weekdays|(?:a |the )?(?:good|bad|wet|dry|hot|cold|busy) days?)"
    r"|in (?:the )?(?:winter|summer|spring|autumn|fall|wet season|dry season)|at weekends|at night|by day)\b"
)
LIVED = r"\bliv(?:ed|es|e|ing)\b[^.;:]*$"
OF_THEM = r"\s+of (?:them|which|those|it)\b,? (?:(?:was|were|is|are|to be|being) )?([a-z]+)"
SENTENCE_STOP = r"[.!?;]\s|\n\s*\n"
LONGEST_ASIDE = 50
ASIDES = frozenset({", ", " (", "— ", "– "})
LARGE = 10.0
BOUNDED = frozenset({"less than", "more than", "at least", "at most", "about"})
PLACE = re.compile(r"\s+(?:indoors|outdoors|inside|outside|elsewhere|abroad|overseas|there|here|back|at home)\b")
JOINED = (", ", " and ", " or ", " but ", " by ")
GAPS = frozenset({"or", ", or", "and", "or even", "or perhaps", "or maybe"})


class Sharing(Pairs):
    """Finds the unit that a bare number takes from the span of time before it."""

    def is_elliptic(self, item: Item, quote: str, start: int, end: int, before: str) -> bool:
        """Tell whether a bare number shares the unit of the span of time before it."""
        last, unit, _ = self.unit
        if not unit or item.kind != "number" or item.modifier == "every" or start - last > LONGEST_REACH:
            return False
        if ":" in self.text[self.unit[2] : last]:
            return False  # "in 2:01.43 and 58.2"
        if self.is_parallel(item, quote, start, end, before):
            return True
        if (
            before[-2:] == ", "
            and not self.since
            and self.text[end : end + 1] == " "
            and ready(SOME_DAYS).match(self.text, end)
        ):
            return (
                not item.values and SENTENCE_END.search(self.text, last, start) is None
            )  # "four hours, five on Sundays"
        if (
            item.values
            or ("." in quote and "." not in self.text[last - 12 : last] and not self.has_fallen(before))
            or (quote.isdigit() and len(quote) > 3)
            or (quote.lower() == "one" and self.text[end : end + 1].isspace())  # "and one in the first group"
            or (quote[0].isdigit() and not before[-2:-1].isalpha())
        ):
            return False
        if not self.since and self.is_added(start, end, before):
            return True
        working = MARK_END.match(self.text, end) is None
        near = self.text[end : end + 24] if working else ""
        if working and (" ago" in near or " earlier" in near):
            working = ready(YEARS_AGO).match(self.text, end) is None
        if (working and not WORKING.match(self.text, end)) or SEEN_AT.match(self.text, end):
            return False
        closed = working or CLOSED.match(self.text, end) is not None
        if SENTENCE_END.search(self.text, last, start):
            return self.goes_on_behind(item, last, start, before, closed)
        return self.is_timed(item, before) or self.is_beside(start, end, before, closed)

    def name_shared(self, item: Item, quote: str) -> str:
        """Return the unit that a number takes: of "an hour and 20 minutes" the one in whose order it is."""
        last, unit, start = self.unit
        smaller = name_singular(self.text[start:last].split()[-1].lower())
        value = evaluate(item.high if item.low is None else item.low, quote)
        compound = smaller in SMALLER.get(unit, ()) and value is not None
        return smaller if compound and value and value >= LARGE else unit

    def is_part_of_time(self, item: Item, start: int, end: int, before: str) -> bool:
        """Tell whether a number counts out of the span of time before it: "nine months, four of them suspended"."""
        last = self.unit[0]
        if not self.unit[1] or self.since or item.kind != "number" or item.values or start - last > LONGEST_ASIDE:
            return False
        if not self.text.startswith(" of ", end) or ready(SENTENCE_STOP).search(self.text, last, start):
            return False
        told = ready(OF_THEM).match(self.text, end)
        return told is not None and contexts.load_words("part of them").has(told[1])

    def is_added(self, start: int, end: int, before: str) -> bool:
        """Tell whether a number adds to the span of time before it: "sixteen longer than planned", "a further 25 to answer"."""
        if self.text.startswith(LONGER, end):
            return ready(SENTENCE_STOP).search(self.text, self.unit[0], start) is None
        if not before.endswith(("other ", "rther ", "xtra ", "onal ")):
            return False
        first, last = contexts.find_two(before)
        added = last == "another" or (last in ("further", "extra", "additional") and first in ("a", "an"))
        if not added or ready(SENTENCE_STOP).search(self.text, self.unit[0], start):
            return False
        return CLOSED.match(self.text, end) is not None or self.text.startswith(" to ", end)

    def is_timed(self, item: Item, before: str) -> bool:
        """Tell whether a word of time stands before the number: "after", "lasted", "instead of"."""
        first, word = contexts.find_two(before) if before[-1:].isspace() else ("", "")
        if item.modifier in BOUNDED and contexts.load_words("bounded time").has(word):
            return True
        if item.modifier in ("up to", "within") or contexts.load_words("ellipsis before").has(word):
            return True
        if word in ("is", "was"):
            return first in ("it", "that", "this") and not contexts.load_words("ellipsis when").has(self.find_opening())
        if word == "from" and self.find_opening() == "to":
            return True  # "fell to 12 weeks from 16"
        pairs = contexts.load_words(f"ellipsis before {word}") if word in ("of", "to", "from", "with", "like") else None
        return pairs is not None and pairs.has(first)

    def has_fallen(self, before: str) -> bool:
        """Tell whether a number is what a time has gone to: "from 16 weeks in May to 12"."""
        return before.endswith(" to ") and self.find_opening() == "from"

    def is_beside(self, start: int, end: int, before: str, closed: bool) -> bool:
        """Tell whether the number stands as the span before it does: behind the same word, or right beside it."""
        last = self.unit[0]
        word = contexts.find_last(before)
        if contexts.load_words("ellipsis again").has(word):
            return word == self.find_opening()
        gap = self.text[last:start].strip()
        if gap in GAPS:
            told = IF.match(self.text, end) is not None or ("or" in gap and self.text.startswith(" for ", end))
            return closed or (gap != "and" and told)
        if gap == "," and IF.match(self.text, end):
            return True  # "an hour, two if it is cold"
        if self.text[end : end + 1] == "," and before[-2:] == ", " and gap != ",":
            return False  # "fourteen days; the boy, eleven, got none"
        if word == "to" and ready(LIVED).search(before):
            return False  # "lived another 11 years, to 93"
        if contexts.load_words("ellipsis closed").has(word) or CONTRAST.search(before):
            return closed and not VERBS.match(self.text, end)
        return False

    def find_opening(self) -> str:
        """Return the word before the last span of time."""
        opening = self.unit[2]
        return contexts.find_last(self.text[max(0, opening - 26) : opening])

    def goes_on_behind(self, item: Item, last: int, start: int, before: str, closed: bool) -> bool:
        """Tell whether a number in the sentence behind takes the unit up: "Mine held two years.  Hers broke down after one."."""
        between = self.text[last:start]
        if (
            self.since
            or len(CEASED.findall(between)) != 1
            or "\n\n" in between
            or between.count("(") != between.count(")")
        ):
            return False
        first, word = contexts.find_two(before)
        if not closed:
            return word in ("after", "within", "until")
        if word == "at":
            return self.find_opening() == "at"
        if word == "for":
            return contexts.load_words("ellipsis before for").has(first)
        return item.modifier == "within" or contexts.load_words("ellipsis behind").has(word)

    def is_parallel(self, item: Item, quote: str, start: int, end: int, before: str) -> bool:
        """Tell whether a number stands as the span of time before it did: "72 hours on wood, 24 on card", "(range 2–9)"."""
        last = self.unit[0]
        if start - last < 40 and "(" in before[-30:] and contexts.SPREAD.search(before):
            return True
        if before[-2:] == " (" and start == last + 2 and not self.counted:
            if item.open == "word" and ASIDE.match(self.text, end):
                return True  # "two hours (three if the bead is thick)"
            if self.text.startswith(FOR_ALL, end):
                return True  # "5 years of repairs (7 for the frame)"
            if "." in quote and self.text[end : end + 1] == ")":
                return True
        if item.values or start - last > 60 or SENTENCE_END.search(self.text, last, start):
            return False
        if not before.endswith(JOINED) and not self.has_fallen(before):
            return False
        first, second = NEXT.match(self.text, last), NEXT.match(self.text, end)
        if second is None and PLACE.match(self.text, end):
            return PLACE.match(self.text, last) is not None or (first is not None and first[1] in ("in", "on", "at"))
        return first is not None and second is not None and first[1] == second[1]
