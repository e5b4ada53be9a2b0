"""Read a time of which no word of its sentence says anything, by what kind of time it is.

Law of the room: it speaks last, and only where what it says holds for most of such times in coded texts that no rule was
written from.
"""

from __future__ import annotations

import re

from howlong.claims.roles import Reading
from howlong.claims.setting import CARE, LONG, WEEKS, Setting, is_brief

RANGE = re.compile(r"\w (?:to|or) \w|\d ?[-–—] ?\d|\w[-–—]to[-–—]\w")
BARE = ("#", "in #")
WATCHED = ("watching", "following")
HAPPENING = ("beginning", "state")


def is_free(reading: Reading) -> bool:
    """Tell whether the frame of a time says nothing by itself."""
    return reading.frame is None or not (reading.frame.always or reading.is_rate)


def mend_brief(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is over in minutes is one treatment, and so are minutes of which nothing is said."""
    if not setting.is_care or not is_brief(setting.quote) or reading.is_rate:
        return "", ""
    if reading.role == "other" and is_free(reading) and not reading.rule.startswith("within"):
        return "administration", ", minutes of care"
    verb = reading.hit
    is_over = verb is not None and reading.governing == "ending" and setting.words.words[verb.last] == "over"
    is_act = any(hit.cue.code in CARE and hit.first < setting.place for hit in setting.hits)
    is_effect = any(hit.cue.code == "state" and hit.first < setting.place for hit in setting.hits)
    return ("administration", ", minutes of care") if is_over and is_act and not is_effect else ("", "")


def mend_range(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A range of days or more that nothing governs tells how long something usually lasts."""
    is_open = reading.role == "other" and not reading.governing and setting.is_care and reading.rule in BARE
    is_range = bool(RANGE.search(setting.quote) and LONG.search(setting.quote))
    return ("persistence", ", a range") if is_open and is_range else ("", "")


def mend_rhythm(reading: Reading, setting: Setting) -> tuple[str, str]:
    """A rate that nothing governs is that of looking where somebody looks, and no rate of doses where something happens."""
    if reading.role != "dosing_interval" or reading.governing not in ("", "upkeep") or not reading.is_rate:
        return "", ""
    before = {hit.cue.code for hit in setting.hits if hit.first < setting.place}
    if not before.isdisjoint(WATCHED) and before.isdisjoint(CARE):
        return "monitoring", ", of what is looked at"
    if reading.governing:
        return "", ""
    return ("other", ", of what happens") if not before.isdisjoint(HAPPENING) and before.isdisjoint(CARE) else ("", "")


def mend_after(reading: Reading, setting: Setting) -> tuple[str, str]:
    """What is told of a time after which it is so, and no word says what, began then, after weeks was a result."""
    if reading.role != "other" or reading.governing or reading.rule != "after #":
        return "", ""
    return ("follow_up" if WEEKS.search(setting.quote) else "onset"), ", as it is then"
