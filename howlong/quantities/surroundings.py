"""Hold the patterns of what stands right before and behind an amount, as the reader asks for them.

Law: a pattern is bounded, so that looking at it costs the same in a text of any length.
"""

from __future__ import annotations

import re
from functools import cache

ready = cache(re.compile)  # a pattern that few texts ask for is made at its first use
LASTING = re.compile(r"(?:an?\s+)?(hour|day|night|week|month|year|decade|century)([-‑])?long\b", re.IGNORECASE)
# "a months-long strike"
LONG_TIMES = r"(?i:(an?\s+)?((?:second|minute|hour|day|week|month|year|decade)s|centuries)[-‑]long\b)"
NAMED_WAR = r"[A-Z][\w-]*[ -][A-Z][a-z]+['’]?s?['’]?\s(?:Wars?|Peace|Creed)\b"  # "the Thirty Years’ War"
# A sign of multiplication with a plain number behind it, no power of ten.
POWER = r"(?= ?(?!10(?:[1-9]|[12]\d|3[0-3])(?!\d))\d{3})"
FACTOR = re.compile(rf"(?<=\d)[×x*·]{POWER}|(?<=\d )[×x*]{POWER}")
DECADE = re.compile(r"[1-9]0s")
BELOW = re.compile(
    r"/(kg|g|mg|mL|ml|L|l|µL|cm2|cm²|mm2|mm²|mm3|µl)\b|\s+per\s+(?!(?:day|week|month|year|night|hour|minute|second|decade|century|annum|cent)s?\b)([a-z]{3,})\b"
)
# Behind a verb stands what it acts on: "one in six outlasts the guarantee".
VERB_TAIL = re.compile(
    r"\s+(?:the|an?|its|their|his|her|our|your|this|these)\s(?!(?:day|week|month|year|night|hour)\b)"
)
DAY_KIND = re.compile(
    r"\s+([a-z-]+)\s+(hour|day|night|week|month)\b|\s+(?:straight|consecutive|successive)\s+(year|quarter|season|winter|summer)\b"
)
NTH_TIME = r" (hour|day|night|week|month|quarter|year)\b"  # "for a fifth day"
INCHES = re.compile(r" ?(\d{1,2}) ?(?:in\b(?! ?[A-Z0-9])|ins\b|inch(?:es)?\b)")
RESPECTIVELY = re.compile(r",?\s+respectively\b")
LONGEST_GAP = 40
DOZEN = 12
IN_MANY = re.compile(
    r"\s+(?:in|out of)\s+(?:every\s+)?(\d{1,3}(?:,\d{3})+|\d+|(?:a|one)\s+(?:hundred|thousand|million)|[a-z]+)\b(?![-–]|[.,]\d|\s*(?:%|years?|days?|weeks?|months?|hours?))"
)
# "Year 9 pupils": a class of a school.
SCHOOL = re.compile(r" (?:pupils?|students?|class(?:es)?|children|teachers?|boys|girls|maths?|algebra|science)\b")
# What may stand between ranges that share the last one's unit.
ROW_GAPS = frozenset(f"{mark}{word} " for mark in ("", ",") for word in (" and", " or", " but")) | {", ", "; ", ","}
# The past is told from the farther end to the nearer: "from 252 to 201 million years ago".
PAST_WORDS = (" ago", " BP", " before present", " before the present")
PAST = frozenset({"megayear", "gigayear", "kiloyear"})
FROST = r"\d{1,2}[CF]"  # "minus 6C"
OVEN = re.compile(r"\d{2,3}[CF]")  # "bake at 180C"
T_TEST = re.compile(r"[- ](?:tests?|statistics?|values?|scores?|distributions?)\b")
YEAR_REST = re.compile(r"[/–-]\d{2,4}\b")
# "12 m follow-up": months, not metres.
MONTHS = re.compile(r"(?:[ -]of)?[ -](?:follow[- ]?ups?|post[- ]?op\w*|post[- ]?surg\w*|old)\b")
A_TIME = re.compile(
    r"\s+(?!(?:an?|each|every)\s+second\b)(?:per|a|an|each|every)\s+(second|day|week|month|year|night|hour|minute|decade|century)\b"
    r"(?!\s+(?:earlier|later|ago|before|after|afterwards|previously|apart|from now)\b)"
)
# A time counted from a moment: "from 45 a year earlier" states no rate.
ANCHORED = re.compile(r"\s+(?:earlier|later|ago|afterwards|previously|apart|from now|before(?! tax)|after(?! tax))\b")
AGO = re.compile(r"\s+(?:earlier|ago|previously|from now)\b")  # "twice a week before that" is a rate
ARTICLE = re.compile(r"\ban?\s+\w+$")
EACH_TIME = frozenset(["hour", "day", "night", "week", "month", "year"])
PARTS = frozenset(["season", "winter", "summer", "weekend", "morning", "evening", "afternoon"])
LONG = frozenset(["decade", "century", "fortnight"])
BARE = frozenset(["second", "minute", "hour", "day", "week", "month", "year", "decade", "century", "millennium"])
SECOND = frozenset(
    {"second"}
    | {
        f"{one} {nth}"
        for one in ("a", "an", "one")
        for nth in ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    }
)
OWN_UNIT = ("second", "minute", "hour", "day", "week", "month", "year")
THIRD = re.compile(r"(?:an?|one)\s+(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)", re.IGNORECASE)
ONE_IN = re.compile(
    r"\s+[a-z]+\s+(?:in|out of)\s+(?:every\s+)?(\d{1,3}(?:,\d{3})+|\d+|a\s+(?:hundred|thousand|million)|[a-z]+)\b"
)
ONE_EACH = r"\s+((?:[a-z][a-z-]*\s+){1,2})(?:an?|per)\s+(hour|day|night|week|month|year)\b"
NEXT = re.compile(r" (on|in|for|with|without|at|after|among|under|by|since)\b")
SENTENCE_END = re.compile(r"[.!?]\s|(?<![a-z,\r ])\n|\n(?![ \t]*[a-z\d])|[()|]|=")
IN_COMMAS = re.compile(
    r"[^\W\d_]{2,}(?<!imum)(?<!number)(?<!total)(?<!peak)(?<!value)(?<!score)(?<!mean)(?<!median), $"
)
CALLED = re.compile(r"^\(?[A-Za-zχ]{1,2}[²2]?\(")
TESTS = frozenset({"t", "F", "χ2", "χ²", "z", "U", "W"})
ROUND = frozenset({2.0, 3.0, 4.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1000.0, 10_000.0, 100_000.0, 1_000_000.0})
COMPARED = re.compile(
    r"\s+(?:higher|lower|greater|more|less|larger|smaller|longer|shorter|faster|slower|better|worse|as|the|their|its|that of|that in|those|[a-z]+er)\b"
)
TIED_WORD = re.compile(r"[-‑‐][a-zA-Z]")
ON_THE = re.compile(r"\b(?:on|by|from|since|until|at) (?:the|his|her|their|its)\s+$", re.IGNORECASE)
MONEY_EACH = re.compile(
    r"\s+(?:per\s+([a-z]+)|(?:an?|each)\s+(?!(?:bit|little|lot|few|couple|total|further|more|third|quarter|half|single|good|great|year and)\b)([a-z]+))\b"
)
# "96 versus 257 days": the first shares the unit of the second.
AGAINST = re.compile(
    r"\s+(?:vs\.?|versus|compared (?:with|to)|against)\s+\d[\d.,]*\s+(second|minute|hour|day|week|month|year)s\b",
    re.IGNORECASE,
)
# "5 (IQR 2–8) days": the unit stands behind the spread.
SPREAD_UNIT = re.compile(
    r"\s?[(\[](?:(?:SD|SE|SEM|IQR|range|interquartile range|mean|median|±)[,:=]?\s?)?[\d.]+(?:\s?(?:[–,-]|to)\s?[\d.]+)?[)\]]"
    r"\s+((?:second|minute|hour|day|week|month|year)s|ms|secs?|s|mins?|hrs?|h|d|wks?|mos?|yrs?|y)\b(?![-‑/.][a-z]|\s?=)"
)
# "96 (group A) or 72 (group B) h": so does it behind what tells two numbers apart.
ASIDE_UNIT = (
    r"\s?\([^()\d]{1,40}\)(?:,? (?:and|or|versus|vs\.?|to) \d[\d.]{0,8} \([^()\d]{1,40}\)){0,3}"
    r"\s((?:second|minute|hour|day|week|month|year)s|ms|secs?|s|mins?|hrs?|h|d|wks?|mos?|yrs?)\b(?![-‑/.][a-z]|\s?=)"
)
MARK_END = re.compile(
    r"\s*(?:[.,;:)!?—–”\"’]|$)|[ \t]*\r?\n[ \t]*\r?\n|\s+(?:on|in(?! total\b| all\b)|at|among|for|and|or|with|without|inside|outside|indoors|outdoors|if|when|but|by|after|before|later|on|is|was|are|were|than|from)\b|\s+\("
)
OF_PER = re.compile(
    r"\s+of\s+(?:[^\W\d_][\w‑-]*\s+){1,4}?(?:per|(?<!\sin\s)(?<!\son\s)(?<!\sfor\s)(?<!\sover\s)(?<!\safter\s)(?<!\swithin\s)(?:a|each|every))"
    r"\s+(day|week|month|year|night)\b"
)
SMALLER_FIRST = ("second", "minute", "hour", "night", "day", "week", "fortnight", "month", "year")
# "up from 72 two years ago"
YEARS_AGO = r"\s+(?:an?|one|two|three|four|five|ten|\d+) (?:day|week|month|year|decade)s? (?:ago|earlier|before)\b"
CONTRAST = re.compile(r"[—–,:]\s$")
