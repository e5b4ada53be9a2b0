"""Say random amounts as English does, with what the coding manual makes of them: the other side of the reader.

Law: written from docs/coding-manual.md and from what people write, not from the vocabulary, so that it can find what the
vocabulary lacks.  What the manual leaves out of a span ("over", "from") stands in the carrier sentences.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"), (100, "hundred"))


def say(number: int, joined: bool = True) -> str:
    """Write a whole number below a trillion in words, with "and" before its last part or without."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")
    size, name = next((size, name) for size, name in SCALES if number >= size)
    rest = number % size
    tail = (" and " if rest < 100 and joined else " ") + say(rest, joined) if rest else ""
    return f"{say(number // size, joined)} {name}{tail}"


@dataclass(frozen=True)
class Spoken:
    """An amount in words, and what it must be read as.

    `more` are further amounts of the same words: a change from A to B is two.  `fields` are those that must be equal; a
    number is compared with a relative error of a millionth.
    """

    quote: str
    kind: str
    low: float | None
    high: float | None
    unit: str
    fields: dict[str, object] = field(default_factory=dict)
    words: str = ""  # the words that hold the amounts, where they are more than the quote
    more: tuple[Spoken, ...] = ()


def plain_unit(unit: str) -> str:
    """Return a unit with its superscripts as digits and its times as symbols, for comparing."""
    return unit.translate(str.maketrans("²³", "23")).replace("/minute", "/min").replace("/second", "/s")


# Numbers -------------------------------------------------------------------------------------------------------------

SMALL = st.integers(2, 99)
WHOLE = st.one_of(SMALL, st.integers(100, 1499), st.integers(2101, 999_999), st.integers(1_000_000, 999_999_999_999))


def group(number: int, sign: str) -> str:
    """Write a whole number in groups of three digits."""
    return f"{number:,}".replace(",", sign)


@st.composite
def whole_numbers(draw: st.DrawFn, numbers: st.SearchStrategy[int] = WHOLE) -> tuple[str, float]:
    """Draw a whole number in digits, groups of digits, or words."""
    number = draw(numbers)
    ways = [str(number), say(number), say(number, joined=False)]
    if number >= 10_000:  # "1 234" in two groups with a space may be two numbers
        ways += [group(number, sign) for sign in (",", "\u2009", "\u202f", "\u00a0")]
    elif number >= 1000:
        ways += [group(number, ",")]
    return draw(st.sampled_from(ways)), float(number)


@st.composite
def decimals(draw: st.DrawFn) -> tuple[str, float]:
    """Draw a number with decimals, behind a point, a middle dot or a comma."""
    above, below = draw(st.integers(0, 99)), draw(st.integers(1, 99))
    rest = f"{below:02d}" if below % 10 else str(below // 10)
    return f"{above}{draw(st.sampled_from(['.', '.', '·', ',']))}{rest}", float(f"{above}.{rest}")


@st.composite
def broken(draw: st.DrawFn) -> tuple[str, float]:
    """Draw a whole number with a half or a quarter, in signs or words."""
    whole = draw(st.integers(1, 20))
    mark, words, part = draw(
        st.sampled_from([("½", "a half", 0.5), ("¼", "a quarter", 0.25), ("¾", "three quarters", 0.75)])
    )
    number = ONES[whole] if whole < 20 else "twenty"
    ways = [f"{whole}{mark}", f"{whole} {mark}", f"{number} and {words}", f"{whole} and {words}"]
    if part == 0.5:
        ways += [f"{whole} 1/2", f"{number}-and-a-half", f"{whole}-1/2"]
    return draw(st.sampled_from(ways)), whole + part


@st.composite
def scaled(draw: st.DrawFn) -> tuple[str, float]:
    """Draw a number in digits before a scale in words: "1.5 million", "40 thousand"."""
    text, number = draw(st.one_of(decimals(), st.integers(2, 999).map(lambda whole: (str(whole), float(whole)))))
    name, size = draw(st.sampled_from([("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("hundred", 1e2)]))
    return f"{text} {name}", number * size


dozens = st.sampled_from([("a dozen", 12.0), ("two dozen", 24.0), ("half a dozen", 6.0), ("three dozen", 36.0)])
NUMBERS = st.one_of(whole_numbers(), whole_numbers(SMALL), decimals(), broken(), scaled(), dozens)
DIGITS = st.one_of(st.integers(2, 999).map(lambda whole: (str(whole), float(whole))), decimals())
COUNTS = whole_numbers(SMALL)

# Units of time ---------------------------------------------------------------------------------------------------------

TIMES = ["second", "minute", "hour", "day", "night", "week", "fortnight", "month", "year", "decade"]
LADDER = ["second", "minute", "hour", "day", "week", "month", "year", "decade"]
SHORT = {
    "s": "second", "sec": "second", "secs": "second", "min": "minute", "mins": "minute", "h": "hour", "hr": "hour", "hrs": "hour", "d": "day",
    "wk": "week", "wks": "week", "mo": "month", "mos": "month", "yr": "year", "yrs": "year", "y": "year", "ms": "millisecond",
}  # fmt: skip
HYPHENS = st.sampled_from(["-", "‑", "‐"])
DASHES = st.sampled_from(["-", "–", "‑", "−", " – ", " - "])
TO = st.one_of(DASHES, st.just(" to "))

# Words before and behind: words, behind, modifier, the end that is open, approximate.
BOUNDS = [
    ("up to ", "", "up to", "low", False), ("as long as ", "", "up to", "low", False),
    ("at most ", "", "at most", "low", False), ("no more than ", "", "at most", "low", False),
    ("not more than ", "", "at most", "low", False), ("no longer than ", "", "at most", "low", False),
    ("not longer than ", "", "at most", "low", False), ("not exceeding ", "", "at most", "low", False), ("≤", "", "at most", "low", False), ("≤ ", "", "at most", "low", False),
    ("", " at most", "at most", "low", False), ("", " or less", "at most", "low", False),
    ("within ", "", "within", "low", False),
    ("less than ", "", "less than", "low", False), ("fewer than ", "", "less than", "low", False), ("under ", "", "less than", "low", False),
    ("< ", "", "less than", "low", False), ("<", "", "less than", "low", False),
    ("at least ", "", "at least", "high", False), ("no less than ", "", "at least", "high", False), ("not less than ", "", "at least", "high", False),
    ("no fewer than ", "", "at least", "high", False), ("a minimum of ", "", "at least", "high", False), ("≥", "", "at least", "high", False), ("≥ ", "", "at least", "high", False),
    ("", " or longer", "at least", "high", False), ("", " or more", "at least", "high", False), ("", " at least", "at least", "high", False),
    ("", " at the very least", "at least", "high", False), ("", " and more", "at least", "high", False),
    ("more than ", "", "more than", "high", False), ("longer than ", "", "more than", "high", False), ("upwards of ", "", "more than", "high", False),
    ("> ", "", "more than", "high", False), (">", "", "more than", "high", False), ("in excess of ", "", "more than", "high", False),
    ("as early as ", "", "as early as", "high", False), ("as little as ", "", "as early as", "high", False),
    ("about ", "", "about", "", True), ("around ", "", "about", "", True), ("approximately ", "", "about", "", True), ("roughly ", "", "about", "", True),
    ("nearly ", "", "about", "", True), ("almost ", "", "about", "", True), ("~", "", "about", "", True), ("≈ ", "", "about", "", True), ("circa ", "", "about", "", True),
    ("some ", "", "about", "", True), ("", " or so", "about", "", True),
    ("at least about ", "", "at least", "high", True), ("up to around ", "", "up to", "low", True), ("no more than about ", "", "at most", "low", True),
]  # fmt: skip


def bound(spoken: Spoken, before: str, behind: str, modifier: str, open_: str, approx: bool) -> Spoken:
    """Return an amount with the words that bound it."""
    return replace(
        spoken,
        quote=f"{before}{spoken.quote}{behind}",
        low=None if open_ == "low" else spoken.low,
        high=None if open_ == "high" else spoken.high,
        fields=spoken.fields | {"modifier": modifier, "approx": approx},
    )


def plural(unit: str) -> str:
    """Return a unit of time in the plural."""
    return {"century": "centuries"}.get(unit, unit + "s")


@st.composite
def spans(draw: st.DrawFn) -> Spoken:
    """Draw a span of time with one number, in any unit."""
    unit = draw(st.sampled_from(TIMES))
    if draw(st.booleans()):
        text, value = draw(NUMBERS)
        return Spoken(f"{text} {plural(unit)}", "duration", value, value, unit)
    article = "an" if unit == "hour" else "a"
    singular = [(article, 1.0), ("one", 1.0), ("1", 1.0), (f"half {article}", 0.5)]
    if unit == "second":
        singular = singular[1:]
    text, value = draw(st.sampled_from(singular))
    return Spoken(f"{text} {unit}", "duration", value, value, unit)


@st.composite
def bounded_spans(draw: st.DrawFn) -> Spoken:
    """Draw a span of time between words that bound it; nobody says "some a minute"."""
    spoken = draw(spans())
    is_single = spoken.low is not None and spoken.low <= 1
    return bound(spoken, *draw(st.sampled_from([words for words in BOUNDS if not is_single or words[0] != "some "])))


@st.composite
def short_spans(draw: st.DrawFn) -> Spoken:
    """Draw a span of time with an abbreviated unit, behind a space, a hyphen or nothing."""
    text, value = draw(DIGITS)
    short = draw(st.sampled_from(list(SHORT)))
    gap = draw(st.sampled_from([" ", "\u00a0", "\u2009", "", "-"]))
    gap = " " if "," in text else gap  # "4,12-d" may be a list of names
    return Spoken(f"{text}{gap}{short}", "duration", value, value, SHORT[short])


@st.composite
def ends(draw: st.DrawFn) -> tuple[tuple[str, float], tuple[str, float]]:
    """Draw two numbers, the lesser first."""
    low, step = draw(st.integers(2, 60)), draw(st.integers(1, 60))
    way = draw(st.sampled_from(["digits", "words", "mixed", "decimals"]))
    if way == "decimals":
        return (f"{low}.5", low + 0.5), (f"{low + step}.25", low + step + 0.25)
    first = say(low) if way != "digits" else str(low)
    second = say(low + step) if way == "words" else str(low + step)
    return (first, float(low)), (second, float(low + step))


@st.composite
def ranges(draw: st.DrawFn) -> Spoken:
    """Draw a range that shares its unit, however joined."""
    (first, low), (second, high) = draw(ends())
    joiners = [" to ", " or ", " to about ", " to as many as ", " to nearly ", " to roughly ", " to perhaps "]
    if first[0].isdigit():
        joiners += ["-", "–", "‑", "−", " – ", " - ", "—", " through "]
    joiner = draw(st.sampled_from(joiners))
    unit = draw(st.sampled_from(TIMES))
    approx = joiner in (" to about ", " to nearly ", " to roughly ")
    fields: dict[str, object] = {"approx": True} if approx else {}
    spoken = Spoken(f"{first}{joiner}{second} {plural(unit)}", "duration", low, high, unit, fields)
    return spoken


@st.composite
def bounded_ranges(draw: st.DrawFn) -> Spoken:
    """Draw a range behind words that leave both its ends."""
    (first, low), (second, high) = draw(ends())
    unit = draw(st.sampled_from(TIMES))
    before, joiner, modifier, approx = draw(
        st.sampled_from(
            [("between ", " and ", "", False), ("within ", " to ", "within", False), ("about ", " to ", "about", True), ("roughly ", " or ", "about", True),
             ("up to ", " or ", "up to", False), ("~", " to ", "about", True), ("between about ", " and ", "about", True)]
        )
    )  # fmt: skip
    fields = {"modifier": modifier, "approx": approx}
    return Spoken(f"{before}{first}{joiner}{second} {plural(unit)}", "duration", low, high, unit, fields)


@st.composite
def wide_ranges(draw: st.DrawFn) -> Spoken:
    """Draw a range with a unit on each end, in numbers, articles and vague words."""
    place = draw(st.integers(0, len(LADDER) - 2))
    small, big = LADDER[place], LADDER[draw(st.integers(place + 1, len(LADDER) - 1))]

    def end(unit: str, last: bool) -> tuple[str, float | None, str]:
        article = "an" if unit == "hour" else "a"
        count = draw(st.integers(2, 40))
        ways: list[tuple[str, float | None, str]] = [
            (f"{say(count)} {unit}s", float(count), ""),
            (f"{count} {unit}s", float(count), ""),
            (f"several {unit}s", None, "several"),
            (f"a few {unit}s", None, "few"),
            (f"one {unit}", 1.0, ""),
        ]
        if unit != "second":
            ways += [(f"{article} {unit}", 1.0, ""), (f"half {article} {unit}", 0.5, "")]
        return draw(st.sampled_from(ways))

    first, low, vague_low = end(small, last=False)
    second, high, vague_high = end(big, last=True)
    before, joiner = draw(
        st.sampled_from([("", " to "), ("between ", " and "), ("", " or "), ("", " up to "), ("", " to up to ")])
    )
    fields: dict[str, object] = {"vague_low": vague_low, "vague_high": vague_high, "low_unit": small}
    return Spoken(f"{before}{first}{joiner}{second}", "duration", low, high, big, fields)


@st.composite
def lists(draw: st.DrawFn) -> Spoken:
    """Draw a list or an alternative that shares its unit."""
    numbers = draw(st.lists(st.integers(2, 99), min_size=2, max_size=5, unique=True))
    write = draw(st.sampled_from([str, say]))
    last = draw(st.sampled_from([" and ", ", and ", " or ", ", or ", " & "]))
    if len(numbers) == 2:
        last = last.lstrip(",")
    unit, kind, word = draw(
        st.sampled_from(
            [(unit, "duration", f" {plural(unit)}") for unit in TIMES]
            + [("mg", "dose", " mg"), ("hour", "duration", " h"), ("%", "percent", "%"), ("mg/kg", "dose", " mg/kg"), ("min", "duration", " min")]
        )
    )  # fmt: skip
    unit = {"min": "minute"}.get(unit, unit)
    if word[-1:] in "%hng" and word != " min" and not word.strip().endswith("s"):
        write = str
    quote = ", ".join(map(write, numbers[:-1])) + f"{last}{write(numbers[-1])}{word}"
    # Two numbers with "or" are the two ends of an alternative; from three on, and with "and", they are a list.
    pair = len(numbers) == 2 and "or" in last
    fields: dict[str, object] = {} if pair else {"values": tuple(map(float, numbers))}
    return Spoken(quote, kind, float(numbers[0]), float(numbers[-1]), unit, fields)


SMALLER = {
    "year": ("month", 12),
    "week": ("day", 7),
    "day": ("hour", 24),
    "hour": ("minute", 60),
    "minute": ("second", 60),
}


@st.composite
def compounds(draw: st.DrawFn) -> Spoken:
    """Draw a compound: "2 days and 6 hours", "1 h 30 min", "an hour and a half", "2h30"."""
    unit = draw(st.sampled_from(list(SMALLER)))
    below, ratio = SMALLER[unit]
    big, small = draw(st.integers(1, 20)), draw(st.integers(2, ratio - 1))
    value = big + small / ratio
    write = draw(st.sampled_from([str, say]))
    ways = [
        (f"{write(big)} {unit}{'s' if big > 1 else ''}{joiner}{write(small)} {below}s", value)
        for joiner in (" and ", " ", ", ")
    ]
    article = "an" if unit == "hour" else "a"
    ways += [
        (f"{article} {unit} and a half", 1.5),
        (f"{article} {unit} and a quarter", 1.25),
        (f"{write(big)} and a half {unit}s", big + 0.5),
        (f"{article} {unit} and {write(small)} {below}s", 1 + small / ratio),
        (f"{say(big)}-and-a-half {unit}s", big + 0.5),
        (f"{big}-and-a-half {unit}s", big + 0.5),
    ]
    if unit == "hour":
        ways += [
            (f"{big} h {small} min", value), (f"{big}h {small}min", value), (f"{big}h{small}m", value), (f"{big}h{small}min", value),
            (f"{big} hr {small} min", value), (f"{big}hr {small}min", value), (f"{big}h {small}m", value), (f"{big} hrs {small} mins", value), (f"{big}h{small:02d}", value),
        ]  # fmt: skip
    if unit == "minute":
        ways += [(f"{big} min {small} s", value), (f"{big} min {small} sec", value), (f"{big}min {small}s", value)]
    quote, value = draw(st.sampled_from(ways))
    return Spoken(quote, "duration", value, value, unit)


@st.composite
def compound_ranges(draw: st.DrawFn) -> Spoken:
    """Draw a range between halves and compounds.

    "Half to one hour" is left out: "cut by half to one hour" is written alike and is two amounts.
    """
    unit = draw(st.sampled_from(["hour", "day", "week", "month", "year"]))
    article = "an" if unit == "hour" else "a"
    count = draw(st.integers(2, 19))
    quote, low, high = draw(
        st.sampled_from(
            [(f"half {article} {unit} to {article} {unit} and a half", 0.5, 1.5), (f"one to one and a half {unit}s", 1.0, 1.5),
             (f"{article} {unit} to {article} {unit} and a half", 1.0, 1.5), (f"{count} to {count}½ {unit}s", count, count + 0.5),
             (f"{article} {unit} or two", 1.0, 2.0), (f"one or two {unit}s", 1.0, 2.0),
             (f"{say(count)} and a half to {say(count + 1)} {unit}s", count + 0.5, count + 1.0),
             (f"between {article} {unit} and {article} {unit} and a half", 1.0, 1.5), (f"{count - 1}½–{count}½ {unit}s", count - 0.5, count + 0.5),
             (f"half {article} {unit} or {article} {unit}", 0.5, 1.0)]
        )
    )  # fmt: skip
    return Spoken(quote, "duration", float(low), float(high), unit)


@st.composite
def vague_spans(draw: st.DrawFn) -> Spoken:
    """Draw a vague amount of time."""
    unit = draw(st.sampled_from(["minute", "hour", "day", "week", "month", "year", "decade"]))
    words, code = draw(
        st.sampled_from([("several", "several"), ("a few", "few"), ("a couple of", "couple"), ("a handful of", "few"), ("many", "many")])
    )  # fmt: skip
    before = draw(st.sampled_from(["", "about ", "every "]))
    if code == "many":
        before = ""
    kind, modifier = ("frequency", "every") if before == "every " else ("duration", before.strip())
    fields = {"vague_low": code, "vague_high": code, "modifier": modifier, "approx": before == "about "}
    return Spoken(f"{before}{words} {unit}s", kind, None, None, unit, fields)


@st.composite
def bare_spans(draw: st.DrawFn) -> Spoken:
    """Draw bare plurals: "weeks to months", "days or weeks"."""
    place = draw(st.integers(1, len(LADDER) - 2))
    small, big = LADDER[place], LADDER[place + 1]
    joiner = draw(st.sampled_from([" to ", " or ", " or even ", "–", " to even "]))
    fields: dict[str, object] = {"vague_low": "bare", "vague_high": "bare", "low_unit": small}
    return Spoken(f"{small}s{joiner}{big}s", "duration", None, None, big, fields)


# Changes: a pair before and after is two amounts ------------------------------------------------------------------------


@st.composite
def changes(draw: st.DrawFn) -> Spoken:
    """Draw a change from one amount to another, which are two."""
    first, second = draw(st.lists(DIGITS, min_size=2, max_size=2, unique_by=lambda one: one[1]))
    verb = draw(
        st.sampled_from(["fell", "rose", "dropped", "increased", "declined", "went", "was reduced", "was shortened"])
    )
    unit, kind, word = draw(
        st.sampled_from(
            [("hour", "duration", " hours"), ("day", "duration", " days"), ("mg", "dose", " mg"), ("%", "percent", "%"), ("kg", "measurement", " kg"), ("mmHg", "measurement", " mmHg")]
        )
    )  # fmt: skip
    left, right = f"{first[0]}{word}", f"{second[0]}{word}"
    other = Spoken(right, kind, second[1], second[1], unit)
    return Spoken(left, kind, first[1], first[1], unit, words=f"{verb} from {left} to {right}", more=(other,))


# Points with what surrounds them ------------------------------------------------------------------------------------------


@st.composite
def intervals(draw: st.DrawFn) -> Spoken:
    """Draw a point with ± or with a confidence interval."""
    point, step = draw(st.integers(20, 400)), draw(st.integers(1, 19))
    places = draw(st.sampled_from([1.0, 10.0]))
    low, mid, high = ((point - step) / places, point / places, (point + step) / places)
    off = step / places
    write = (lambda number: f"{number:.0f}") if places == 1 else (lambda number: f"{number:.1f}")
    unit, kind, word = draw(
        st.sampled_from(
            [("day", "duration", " days"), ("hour", "duration", " h"), ("%", "percent", "%"), ("kg", "measurement", " kg"), ("minute", "duration", " min"), ("month", "duration", " months")]
        )
    )  # fmt: skip
    sign = draw(st.sampled_from([" ± ", "±", " +/- ", " +/− "]))
    dash = draw(st.sampled_from(["–", "-", " to ", ", "]))
    level = draw(
        st.sampled_from(
            [
                "95% CI",
                "95% CI:",
                "95% CI,",
                "90% CI",
                "95% confidence interval",
                "95% confidence interval,",
                "95%-CI",
                "95% CI =",
            ]
        )
    )
    ways = [
        f"{write(mid)}{sign}{write(off)}{word}",
        f"{write(mid)}{word} ({level} {write(low)}{dash}{write(high)})",
        f"{write(mid)}{word} [{level} {write(low)}{dash}{write(high)}]",
    ]
    if dash != ", ":
        ways.append(f"{write(mid)}{word} ({level} {write(low)}{dash}{write(high)}{word})")
    return Spoken(draw(st.sampled_from(ways)), kind, low, high, unit, {"point": mid})


@st.composite
def counted_times(draw: st.DrawFn) -> Spoken:
    """Draw a time counted from the start: "day 42", "weeks 4 to 6", "the 3rd day"."""
    unit = draw(st.sampled_from(["day", "week", "month", "hour"]))
    first = draw(st.integers(2, 300))
    second = first + draw(st.integers(1, 60))
    ordinal = f"{first}{'th' if first % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(first % 10, 'th')}"
    spelled = draw(st.sampled_from([(2.0, "second"), (3.0, "third"), (4.0, "fourth"), (6.0, "sixth"), (10.0, "tenth")]))
    ways = [
        (f"{unit} {first}", first, first), (f"{unit.capitalize()} {first}", first, first), (f"{unit}s {first}–{second}", first, second),
        (f"{unit}s {first} to {second}", first, second), (f"{unit}s {first} and {second}", first, second),
        (f"{unit} {first} to {unit} {second}", first, second), (f"{ordinal} {unit}", first, first), (f"{spelled[1]} {unit}", spelled[0], spelled[0]),
        (f"{unit}-{first}", first, first),
    ]  # fmt: skip
    quote, low, high = draw(st.sampled_from(ways))
    fields: dict[str, object] = {"values": (float(first), float(second))} if " and " in quote else {}
    return Spoken(quote, "duration", float(low), float(high), unit, fields)


# Rates --------------------------------------------------------------------------------------------------------------------


@st.composite
def rates(draw: st.DrawFn) -> Spoken:
    """Draw how often something is done."""
    period = draw(st.sampled_from(["day", "week", "month", "year", "hour", "night"]))
    article = "an" if period == "hour" else "a"
    count = draw(st.integers(2, 30))
    write = draw(st.sampled_from([str, say]))
    adverb = {
        "day": "daily",
        "week": "weekly",
        "month": "monthly",
        "year": "yearly",
        "hour": "hourly",
        "night": "nightly",
    }[period]
    ways: list[tuple[str, float, str, str]] = [
        (f"{times} {per} {period}", number, period, "per")
        for times, number in (("twice", 2.0), (f"{write(count)} times", float(count)))
        for per in (article, "per", "each", "every")
    ]
    # "Once every week" is every week; "once a week" is a number of times.
    ways += [(f"once {per} {period}", 1.0, period, "per") for per in (article, "per")]
    if period not in ("hour", "night"):
        ways += [
            (f"{times} {adverb}", number, period, "per")
            for times, number in (("twice", 2.0), ("once", 1.0), (f"{write(count)} times", float(count)))
        ]
    ways += [
        (f"every {period}", 1.0, period, "every"), (f"every {write(count)} {period}s", float(count), period, "every"), (f"every other {period}", 2.0, period, "every"),
        (f"every second {period}", 2.0, period, "every"), (f"every third {period}", 3.0, period, "every"), (f"once every {write(count)} {period}s", float(count), period, "every"),
        (f"each {period}", 1.0, period, "every"), (adverb, 1.0, period, "every"),
    ]  # fmt: skip
    quote, value, unit, modifier = draw(st.sampled_from(ways))
    return Spoken(quote, "frequency", value, value, unit, {"modifier": modifier})


@st.composite
def short_rates(draw: st.DrawFn) -> Spoken:
    """Draw the abbreviations of a prescription, and odd words for how often."""
    count = draw(st.integers(2, 48))
    ways = [
        (f"q{count}h", float(count), "hour", "every"), (f"q{count}d", float(count), "day", "every"), (f"q {count} h", float(count), "hour", "every"), (f"Q{count}W", float(count), "week", "every"),
        ("b.i.d.", 2.0, "day", "per"), ("BID", 2.0, "day", "per"), ("t.i.d.", 3.0, "day", "per"), ("TID", 3.0, "day", "per"), ("q.i.d.", 4.0, "day", "per"), ("once-daily", 1.0, "day", "per"),
        ("twice-weekly", 2.0, "week", "per"), ("fortnightly", 1.0, "fortnight", "every"), ("half-yearly", 0.5, "year", "every"), ("quarterly", 1.0, "quarter", "every"), ("annually", 1.0, "year", "every"),
        ("three-weekly", 3.0, "week", "every"), (f"{count}-weekly", float(count), "week", "every"), ("alternate days", 2.0, "day", "every"), ("every few days", 0.0, "day", "every"),
        ("thrice daily", 3.0, "day", "per"), (f"{count}x per week", float(count), "week", "per"), (f"{count}×/week", float(count), "week", "per"),
        (f"{count} times/day", float(count), "day", "per"),
    ]  # fmt: skip
    quote, value, unit, modifier = draw(st.sampled_from(ways))
    vague = quote == "every few days"
    fields: dict[str, object] = {"modifier": modifier} | ({"vague_low": "few", "vague_high": "few"} if vague else {})
    ends_ = (None, None) if vague else (value, value)
    return Spoken(quote, "frequency", *ends_, unit, fields, words=f"then {quote}")  # no capital for "b.i.d."


@st.composite
def amounts_per_time(draw: st.DrawFn) -> Spoken:
    """Draw an amount per time: hours a day, minutes per week, milligrams a day, calories per day."""
    text, value = draw(DIGITS)
    period = draw(st.sampled_from(["day", "week", "month", "night"]))  # a mass in a year is a dose or none
    per = draw(st.sampled_from([" a ", " per ", "/", " each ", " every "]))
    word, unit, kind = draw(
        st.sampled_from(
            [("hours", "hour", "frequency"), ("minutes", "minute", "frequency"), ("mg", "mg", "dose"), ("g", "g", "dose"), ("kcal", "kcal", "measurement"), ("IU", "IU", "dose"), ("µg", "µg", "dose"), ("mL", "mL", "measurement")]
        )
    )  # fmt: skip
    before, open_ = draw(st.sampled_from([("", ""), ("at least ", "high"), ("up to ", "low")]))
    spoken = Spoken(
        f"{text} {word}{per}{period}",
        kind,
        value,
        value,
        f"{unit}/{period}",
        {"modifier": "per"}
        if per in (" a ", " each ", " every ")
        else {},  # "mg per day" is a compound unit as "mg/day" is
    )
    return bound(spoken, before, "", before.strip(), open_, False) if before else spoken


# Other kinds ----------------------------------------------------------------------------------------------------------------


@st.composite
def ages(draw: st.DrawFn) -> Spoken:
    """Draw an age."""
    count = draw(st.integers(2, 99))
    more = count + draw(st.integers(1, 20))
    write = draw(st.sampled_from([str, say]))
    dash = draw(HYPHENS)
    ways: list[tuple[str, float | None, float | None, str]] = [
        (f"{write(count)} years old", count, count, "year"), (f"{count} to {more} years old", count, more, "year"), (f"{write(count)} months old", count, count, "month"),
        (f"{count} years of age", count, count, "year"), (f"{count}–{more} years of age", count, more, "year"), (f"at least {count} years old", count, None, "year"),
        (f"{count}{dash}year{dash}old", count, count, "year"), (f"{write(count)}-month-old", count, count, "month"), (f"{count}-to-{more}-year-olds", count, more, "year"),
        (f"{count} years and older", count, None, "year"), (f"under {count} years of age", None, count, "year"),
    ]  # fmt: skip
    quote, low, high, unit = draw(st.sampled_from(ways))
    return Spoken(quote, "age", None if low is None else float(low), None if high is None else float(high), unit)


@st.composite
def aged(draw: st.DrawFn) -> Spoken:
    """Draw an age behind the word that makes it one."""
    (first, low), (second, high) = draw(ends())
    before = draw(st.sampled_from(["aged ", "at the age of ", "at age ", "ages ", "aged between "]))
    if before in ("ages ", "aged between "):
        joiner = " and " if "between" in before else draw(st.sampled_from([" to ", "–"]))
        joiner = " to " if joiner == "–" and not first[0].isdigit() else joiner
        quote = f"{first}{joiner}{second}"
        if before == "aged between ":
            return Spoken(f"between {quote}", "age", low, high, "year", words=before + quote)
        return Spoken(quote, "age", low, high, "year", words=before + quote)
    return Spoken(first, "age", low, low, "year", words=f"{before}{first}")


@st.composite
def percents(draw: st.DrawFn) -> Spoken:
    """Draw a share in percent, percentage points or basis points."""
    text, value = draw(st.one_of(DIGITS, COUNTS))
    digits = text[0].isdigit()
    words = [" percent", " per cent", " percentage points", " percentage point"] + (
        ["%", " %", "\u202f%", " percentage-points"] if digits else []
    )
    word = draw(st.sampled_from(words[:3] + words[4:7]))
    unit = "percentage point" if "point" in word else "%"
    spoken = Spoken(f"{text}{word}", "percent", value, value, unit)
    before = draw(st.sampled_from([("", "", "", "", False), *BOUNDS]))
    if "long" in "".join(before[:2]) or "early" in before[0] or "little" in before[0] or before[0] in ("within ",):
        return spoken
    if before[0] == "fewer than ":
        return spoken
    return bound(spoken, *before) if before[2] else spoken


@st.composite
def percent_ranges(draw: st.DrawFn) -> Spoken:
    """Draw a range in percent with the sign on one end or both."""
    (_, low), (_, high) = draw(ends())
    first, second = f"{low:g}", f"{high:g}"
    quote = draw(
        st.sampled_from(
            [f"{first}–{second}%", f"{first}% to {second}%", f"{first}%–{second}%", f"{first} to {second} percent", f"between {first}% and {second}%", f"between {first} and {second} per cent", f"{first}-{second} %"]
        )
    )  # fmt: skip
    return Spoken(quote, "percent", low, high, "%")


@st.composite
def shares(draw: st.DrawFn) -> Spoken:
    """Draw a share: a fraction in words, "one in five"."""
    above, below = draw(st.integers(1, 9)), draw(st.integers(2, 9))
    names = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth"}
    above = min(above, below - 1)
    many = "s" if above > 1 else ""
    dash = draw(st.sampled_from(["-", " "]))
    ways = [
        # "Three quarters" may be nine months.
        (f"{say(above)}{dash}{names[below]}{many}" if below != 4 else f"one{dash}quarter", above / below if below != 4 else 0.25),
        (f"{say(above)} in ten", above / 10), (f"{above} in 10", above / 10), (f"{say(above)} out of ten", above / 10), (f"{above} out of 10", above / 10),
        (f"one in {say(below)}", 1 / below), (f"1 in {below * 100}", 1 / (below * 100)), (f"{say(above)} of every ten", above / 10), (f"{say(above)} out of every ten", above / 10),
    ]  # fmt: skip
    quote, value = draw(st.sampled_from(ways))
    return Spoken(quote, "fraction", value, value, "")


@st.composite
def folds(draw: st.DrawFn) -> Spoken:
    """Draw a ratio: "twofold", "3-fold", "2.5 times higher"."""
    text, value = draw(DIGITS)
    dash = draw(HYPHENS)
    names = {"twofold": 2.0, "threefold": 3.0, "tenfold": 10.0, "two-fold": 2.0, "five-fold": 5.0, "hundredfold": 100.0}
    word = draw(st.sampled_from(list(names)))
    quote, value = draw(
        st.sampled_from(
            [(f"{text}{dash}fold", value), (f"{text} fold", value), (word, names[word]), (f"{text}-fold", value)]
        )
    )
    return Spoken(quote, "number", value, value, "fold")


@st.composite
def prices(draw: st.DrawFn) -> Spoken:
    """Draw an amount of money."""
    sign, unit = draw(
        st.sampled_from([("$", "dollar"), ("€", "euro"), ("£", "pound"), ("US$", "dollar"), ("¥", "yen")])
    )
    whole = draw(st.integers(2, 99_999))
    text, value = draw(
        st.sampled_from(
            [
                (str(whole % 998 + 2), float(whole % 998 + 2)),
                (f"{whole:,}", float(whole)),
                (f"{whole % 100 + 1}.50", whole % 100 + 1.5),
            ]
        )
    )
    plain = draw(st.integers(2, 900))
    ways = [
        (f"{sign}{text}", value, unit), (f"{sign}{plain} million", plain * 1e6, unit), (f"{sign}{plain}m", plain * 1e6, unit), (f"{sign}{plain}bn", plain * 1e9, unit),
        (f"{text} dollars", value, "dollar"), (f"{text} euros", value, "euro"), (f"{say(plain)} dollars", float(plain), "dollar"), (f"{say(plain)} million euros", plain * 1e6, "euro"),
        (f"{plain} euro", float(plain), "euro"), (f"EUR {text}", value, "euro"), (f"{text} USD", value, "dollar"), (f"£{plain}k", plain * 1e3, "pound"), (f"{plain} cents", float(plain), "cent"),
    ]  # fmt: skip
    quote, value, unit = draw(st.sampled_from(ways))
    return Spoken(quote, "money", value, value, unit)


MEASURES = [
    ("mg", "dose", ["mg"]), ("µg", "dose", ["µg", "μg", "mcg"]), ("kg", "measurement", ["kg"]), ("mg/kg", "dose", ["mg/kg", "mg kg−1", "mg·kg−1", "mg kg⁻¹", "mg per kg", "mg/ kg"]),
    ("µg/mL", "dose", ["µg/mL", "µg mL−1", "µg·mL−1", "μg·mL⁻¹"]), ("ng/mL", "measurement", ["ng/mL", "ng/ml", "ng mL−1", "ng·mL⁻¹"]), ("IU", "dose", ["IU", "international units"]),
    ("mmHg", "measurement", ["mmHg", "mm Hg"]), ("bpm", "measurement", ["bpm", "beats per minute"]), ("kcal", "measurement", ["kcal", "kilocalories"]), ("mL", "measurement", ["mL", "ml", "millilitres"]),
    ("km", "measurement", ["km", "kilometres", "kilometers"]), ("°C", "measurement", ["°C", "degrees Celsius", "º C"]), ("cm", "measurement", ["cm", "centimetres"]), ("mmol/L", "measurement", ["mmol/L", "mmol/l", "mmol L−1"]),
    ("Hz", "measurement", ["Hz", "hertz"]), ("m/s", "measurement", ["m/s", "m s−1", "metres per second"]), ("mg/m2", "dose", ["mg/m2", "mg/m²"]), ("kg/m2", "measurement", ["kg/m2", "kg/m²"]), ("mg/kg/day", "dose", ["mg/kg/day"]),
    ("µM", "measurement", ["µM"]), ("mM", "measurement", ["mM"]), ("kPa", "measurement", ["kPa"]), ("mg/dL", "measurement", ["mg/dL", "mg/dl"]), ("MBq", "dose", ["MBq"]), ("Gy", "dose", ["Gy"]), ("km/h", "measurement", ["km/h"]),
    ("mL/min", "measurement", ["mL/min", "ml/min", "mL min−1"]), ("nm", "measurement", ["nm"]), ("GB", "measurement", ["GB"]), ("kJ", "measurement", ["kJ"]), ("inch", "measurement", ["inches"]), ("mile", "measurement", ["miles"]),
]  # fmt: skip


@st.composite
def measures(draw: st.DrawFn) -> Spoken:
    """Draw a dose, a concentration or another measurement, alone or as a range, bounded or not."""
    unit, kind, spellings = draw(st.sampled_from(MEASURES))
    spelling = draw(st.sampled_from(spellings))
    gap = draw(st.sampled_from([" ", "\u00a0", "\u2009", "\u202f"]))
    if draw(st.booleans()):
        (_, low), (_, high) = draw(ends())
        joiner = draw(st.sampled_from(["–", "-", " to ", "−", " or ", " – "]))
        spoken = Spoken(f"{low:g}{joiner}{high:g}{gap}{spelling}", kind, low, high, unit)
        return spoken
    text, value = draw(
        st.one_of(DIGITS, whole_numbers(st.integers(1000, 99_999)).filter(lambda one: one[0][0].isdigit()))
    )
    spoken = Spoken(f"{text}{gap}{spelling}", kind, value, value, unit)
    sign = draw(st.sampled_from([("", "", "", "", False), *BOUNDS]))
    usable = sign[2] and not any(word in sign[0] + sign[1] for word in ("long", "early", "little", "fewer", "within"))
    return bound(spoken, *sign) if usable else spoken


@st.composite
def hyphenated(draw: st.DrawFn) -> Spoken:
    """Draw a span of time before the noun that it describes: "a 3-day course", "six-to-eight-week"."""
    dash = draw(HYPHENS)
    unit = draw(st.sampled_from(["minute", "hour", "day", "week", "month", "year"]))
    low, step = draw(st.integers(2, 30)), draw(st.integers(1, 20))
    high = low + step
    noun = draw(st.sampled_from(["course", "delay", "trial", "wait", "pause"]))
    ways: list[tuple[str, float, float]] = [
        (f"{low}{dash}{unit}", low, low), (f"{say(low)}{dash}{unit}", low, low), (f"{low}–{high}{dash}{unit}", low, high),
        (f"{say(low)}{dash}to{dash}{say(high)}{dash}{unit}", low, high), (f"{low}{dash}to{dash}{high}{dash}{unit}", low, high), (f"{low}- to {high}-{unit}", low, high),
        (f"{low}-{high}-{unit}", low, high), (f"{say(low)}- to {say(high)}-{unit}", low, high), (f"{low} to {high} {unit}", low, high), (f"{low}.5{dash}{unit}", low + 0.5, low + 0.5),
        (f"half{dash}{unit}", 0.5, 0.5), (f"{low}- or {high}-{unit}", low, high),
    ]  # fmt: skip
    quote, first, last = draw(st.sampled_from(ways))
    return Spoken(quote, "duration", float(first), float(last), unit, words=f"a {quote} {noun}")


@st.composite
def rate_ranges(draw: st.DrawFn) -> Spoken:
    """Draw a range or an alternative of how often."""
    (first, low), (second, high) = draw(ends())
    period = draw(st.sampled_from(["day", "week", "month", "year"]))
    adverb = {"day": "daily", "week": "weekly", "month": "monthly", "year": "yearly"}[period]
    joiners = [" to ", " or "] + (["–", "-"] if first[0].isdigit() else [])
    joiner = draw(st.sampled_from(joiners))
    quote, ends_, unit, modifier = draw(
        st.sampled_from(
            [(f"{first}{joiner}{second} times a {period}", (low, high), period, "per"), (f"{first}{joiner}{second} times per {period}", (low, high), period, "per"),
             (f"{first}{joiner}{second} times {adverb}", (low, high), period, "per"), (f"once or twice a {period}", (1.0, 2.0), period, "per"), (f"once or twice {adverb}", (1.0, 2.0), period, "per"),
             (f"every {first}{joiner}{second} {period}s", (low, high), period, "every"), (f"more than twice a {period}", (2.0, None), period, "more than"),
             (f"less than once a {period}", (None, 1.0), period, "less than"), (f"at least {first} times a {period}", (low, None), period, "at least"),
             (f"up to {second} times a {period}", (None, high), period, "up to"), (f"no more than twice a {period}", (None, 2.0), period, "at most"), (f"two or three times each {period}", (2.0, 3.0), period, "per"),
             (f"about {first} times a {period}", (low, low), period, "about"), (f"at least every {second} {period}s", (high, None), period, "every")]
        )
    )  # fmt: skip
    fields: dict[str, object] = {"modifier": modifier} if not quote.startswith("at least every") else {}
    return Spoken(quote, "frequency", ends_[0], ends_[1], unit, fields)


@st.composite
def counts(draw: st.DrawFn) -> Spoken:
    """Draw a number of counted things."""
    text, value = draw(st.one_of(whole_numbers(), whole_numbers(SMALL)))
    noun, one = draw(
        st.sampled_from(
            [
                ("patients", "patient"),
                ("people", "person"),
                ("mice", "mouse"),
                ("studies", "study"),
                ("boxes", "box"),
                ("children", "child"),
                ("sessions", "session"),
            ]
        )
    )
    adjective = draw(st.sampled_from(["", "", "healthy ", "new "]))
    before = draw(st.sampled_from([("", "", "", "", False), *BOUNDS]))
    spoken = Spoken(f"{text} {adjective}{noun}", "count", value, value, one)
    usable = (
        before[2]
        and not before[1]
        and not any(word in before[0] for word in ("long", "early", "little", "within", "exceeding"))
    )
    return bound(spoken, *before) if usable else spoken


@st.composite
def count_ranges(draw: st.DrawFn) -> Spoken:
    """Draw a range of counted things, with groups of digits and shared scales."""
    low, step = draw(st.integers(2, 40)), draw(st.integers(1, 40))
    high = low + step
    dash = draw(st.sampled_from(["–", " to ", "-", " or "]))
    quote, first, last = draw(
        st.sampled_from(
            [(f"{low},000{dash}{high},000 people", low * 1e3, high * 1e3), (f"{low}{dash}{high} people", low, high), (f"{say(low)} to {say(high)} people", low, high),
             (f"{low} to {high} thousand people", low * 1e3, high * 1e3), (f"{say(low)} to {say(high)} million people", low * 1e6, high * 1e6), (f"between {low} and {high} people", low, high),
             (f"between {low},000 and {high},000 people", low * 1e3, high * 1e3)]
        )
    )  # fmt: skip
    return Spoken(quote, "count", float(first), float(last), "person")


@st.composite
def price_ranges(draw: st.DrawFn) -> Spoken:
    """Draw a range of money, or money per something."""
    low, step = draw(st.integers(2, 400)), draw(st.integers(1, 400))
    high = low + step
    sign, unit = draw(st.sampled_from([("$", "dollar"), ("€", "euro"), ("£", "pound")]))
    quote, first, last, unit, modifier = draw(
        st.sampled_from(
            [(f"{sign}{low}–{high}", low, high, unit, ""), (f"{sign}{low} to {sign}{high}", low, high, unit, ""), (f"{sign}{low}–{sign}{high}", low, high, unit, ""), (f"{sign}{low}-{high} million", low * 1e6, high * 1e6, unit, ""),
             (f"between {sign}{low} and {sign}{high}", low, high, unit, ""), (f"up to {sign}{high}", None, high, unit, "up to"), (f"at least {sign}{low}", low, None, unit, "at least"), (f"{sign}{low} a month", low, low, unit + "/month", "per"),
             (f"{sign}{low} per hour", low, low, unit + "/hour", "per"), (f"{low} to {high} euros", low, high, "euro", ""), (f"{sign}{low},000 a year", low * 1e3, low * 1e3, unit + "/year", "per"), (f"about {sign}{low}", low, low, unit, "about")]
        )
    )  # fmt: skip
    return Spoken(
        quote,
        "money",
        None if first is None else float(first),
        None if last is None else float(last),
        unit,
        {"modifier": modifier},
    )


@st.composite
def powers(draw: st.DrawFn) -> Spoken:
    """Draw a number with a power of ten."""
    above, power = draw(st.integers(2, 9)), draw(st.integers(3, 9))
    raised = str(power).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    value = above * 10.0**power
    quote, value = draw(
        st.sampled_from(
            [(f"{above} × 10{raised} cells", value), (f"{above}×10{raised} cells", value), (f"{above}.5 × 10{raised} cells", value * (above + 0.5) / above), (f"{above} × 10^{power} cells", value), (f"{above} x 10{raised} cells", value), (f"10{raised} cells", 10.0**power)]
        )
    )  # fmt: skip
    return Spoken(quote, "count", value, value, "cell")


@st.composite
def cold(draw: st.DrawFn) -> Spoken:
    """Draw temperatures below zero."""
    low, step = draw(st.integers(12, 80)), draw(st.integers(1, 10))
    high = low - step
    sign = draw(st.sampled_from(["−", "-", "–"]))
    quote, first, last = draw(
        st.sampled_from(
            [(f"{sign}{low} °C", -low, -low), (f"{sign}{low} to {sign}{high} °C", -low, -high), (f"between {sign}{low} and {sign}{high} °C", -low, -high), (f"minus {low} °C", -low, -low), (f"{sign}{low} °C to {high} °C", -low, high),
             (f"minus {say(low)} to minus {say(high)} degrees Celsius", -low, -high), (f"below {sign}{low} °C", None, -low), (f"{sign}{low}°C", -low, -low)]
        )
    )  # fmt: skip
    return Spoken(quote, "measurement", None if first is None else float(first), float(last), "°C")


@st.composite
def framed(draw: st.DrawFn) -> Spoken:
    """Draw a span of time beside words that do not belong to it."""
    unit = draw(st.sampled_from(["day", "week", "month", "year"]))
    count, more = draw(st.integers(2, 40)), draw(st.integers(1, 20))
    write = draw(st.sampled_from([str, say]))
    text = write(count)
    before, quote, low, high, behind = draw(
        st.sampled_from(
            [("anywhere from ", f"{text} to {write(count + more)} {unit}s", count, count + more, ""), ("a further ", f"{text} {unit}s", count, count, ""), ("another ", f"{text} {unit}s", count, count, ""),
             ("well over ", f"{text} {unit}s", count, count, ""), ("", f"{text} {unit}s", count, count, " later"), ("", f"{text} {unit}s", count, count, " ago"), ("not beyond ", f"{text} {unit}s", count, count, ""),
             ("just ", f"{text} {unit}s", count, count, ""), ("a good ", f"{text} {unit}s", count, count, ""), ("more or less ", f"{text} {unit}s", count, count, ""), ("fully ", f"{text} {unit}s", count, count, ""),
             ("", f"just under {text} {unit}s", None, count, ""), ("only ", f"about {text} {unit}s", count, count, ""), ("from ", f"{text} to {write(count + more)} {unit}s", count, count + more, ""), ("a total of ", f"{text} {unit}s", count, count, ""),
             ("anything from ", f"{text} to {write(count + more)} {unit}s", count, count + more, ""), ("for ", f"{text} whole {unit}s", count, count, ""), ("", f"{text} consecutive {unit}s", count, count, ""), ("", f"{text} more {unit}s", count, count, ""),
             ("the ", f"first {text} {unit}s", count, count, ""), ("the ", f"last {text} {unit}s", count, count, ""), ("", f"within the first {text} {unit}s", None, count, ""), ("", f"the better part of a {unit}", 1, 1, ""), ("", f"a full {unit}", 1, 1, ""),
             ("a period of ", f"{text} {unit}s", count, count, " or thereabouts"), ("as much as ", "", 0, 0, "")][:-2]
        )
    )  # fmt: skip
    ends_ = tuple(None if end is None else float(end) for end in (low, high))
    return Spoken(quote, "duration", *ends_, unit, words=f"{before}{quote}{behind}")


@st.composite
def fold_ranges(draw: st.DrawFn) -> Spoken:
    """Draw a range of ratios, or one with words that bound it."""
    low, step = draw(st.integers(2, 9)), draw(st.integers(1, 9))
    high = low + step
    word = {2: "two", 3: "three", 5: "five", 10: "ten"}
    quote, first, last = draw(
        st.sampled_from(
            [(f"{low}- to {high}-fold", low, high), (f"{low}–{high}-fold", low, high), (f"{low}-fold to {high}-fold", low, high), (f"two- to {word.get(high, 'ten')}fold", 2, high if high in word else 10),
             (f"at least {low}-fold", low, None), (f"up to {high}-fold", None, high), (f"more than {low}-fold", low, None), (f"about {low}.5-fold", low + 0.5, low + 0.5), (f"{low}.2-fold (95% CI 1.1–{high + 1})", 1.1, high + 1)]
        )
    )  # fmt: skip
    return Spoken(
        quote, "number", None if first is None else float(first), None if last is None else float(last), "fold"
    )


@st.composite
def odd_rates(draw: st.DrawFn) -> Spoken:
    """Draw alternatives of how often that mix words for times, and ranges of a prescription."""
    low, step = draw(st.integers(3, 12)), draw(st.integers(1, 12))
    high = low + step
    quote, ends_, unit, modifier = draw(
        st.sampled_from(
            [(f"q{low}-{high}h", (low, high), "hour", "every"), (f"q{low}–{high} h", (low, high), "hour", "every"), (f"twice or {say(low)} times a week", (2, low), "week", "per"),
             (f"once to {low} times a day", (1, low), "day", "per"), ("every day or two", (1, 2), "day", "every"), (f"every {low} to {high} h", (low, high), "hour", "every"), (f"every {low}–{high} d", (low, high), "day", "every"),
             (f"every {low} or so days", (low, low), "day", "every"), ("once or twice a month", (1, 2), "month", "per"), (f"{low}-monthly", (low, low), "month", "every"), ("nightly", (1, 1), "night", "every")]
        )
    )  # fmt: skip
    return Spoken(quote, "frequency", float(ends_[0]), float(ends_[1]), unit, {"modifier": modifier})


@st.composite
def dozens_of(draw: st.DrawFn) -> Spoken:
    """Draw dozens of counted things."""
    quote, value = draw(
        st.sampled_from([("a dozen", 12), ("half a dozen", 6), ("a half-dozen", 6), ("two dozen", 24), ("a dozen or so", 12), ("about a dozen", 12), ("half-a-dozen", 6)])
    )  # fmt: skip
    return Spoken(
        f"{quote} eggs", "count", float(value), float(value), "egg", {"approx": "so" in quote or "about" in quote}
    )


FAMILIES = {
    family.__name__: family()
    for family in (
        bounded_spans, short_spans, ranges, bounded_ranges, wide_ranges, lists, compounds, compound_ranges, vague_spans, bare_spans, changes, intervals, counted_times,
        rates, short_rates, amounts_per_time, ages, aged, percents, percent_ranges, shares, folds, prices, measures, hyphenated, spans, rate_ranges, counts, count_ranges, price_ranges, powers, cold, framed, fold_ranges, odd_rates, dozens_of,
    )
}  # fmt: skip

# Sentences that say nothing of the amount; the first letter of a sentence is a capital.
CARRIERS = [
    "The state lasted {} as a rule.", "It was {}.", "It took {} in all.", "{} was the mark.", "{}, they said.", "Some of it (for {}) was kept.", "It was noted ({}).",
    "It was noted: {}.", "It was noted; {}, at that.", "It stood for {}", "“{}” was the reply.", "The mark was {}; it held.", "The mark was {}, and it held.", "It was over\n{}\nand no less.",
]  # fmt: skip
