"""Call the readers that are measured side by side, each as its own documents say, and bring what they say into one form.

Law: a reader is imported only when it is asked for, so that the time of its import can be measured, and one that is not there is
skipped with the reason.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import TZPATH

from bench_articles import Amount
from bench_units import fold_unit

if TYPE_CHECKING:
    from howlong.claims import Claim

Reader = Callable[[str], list[Amount]]

MULTIPLE = re.compile(r"\n\s*\n")
TIMEX_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}


def split_paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of a text with their offsets; peers are given one at a time, which is faster for all of them."""
    start = 0
    for match in MULTIPLE.finditer(text):
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]


def read_by_paragraph(read: Callable[[str], Iterable[Amount]]) -> Reader:
    """Return a reader of whole texts made of a reader of paragraphs."""

    def read_text(text: str) -> list[Amount]:
        return [shift(amount, offset) for offset, paragraph in split_paragraphs(text) for amount in read(paragraph)]

    return read_text


def shift(amount: Amount, offset: int) -> Amount:
    """Move an amount to where its paragraph begins."""
    return replace(amount, start=amount.start + offset, end=amount.end + offset)


def load_howlong() -> Reader:
    """Return the reader of this project."""
    from howlong.quantities import find_quantities

    return lambda text: [make_amount(found) for found in find_quantities(text) if found.kind != "excluded"]


def load_coding() -> Reader:
    """Return the reader of this project with the general coding of roles, regimens and populations."""
    code = load_claims()
    return lambda text: [make_amount(claim) for claim in code(text)]


def load_claims() -> Callable[[str], list[Claim]]:
    """Return what codes a text by the general coding."""
    from howlong.claims import code_text, load_codebook
    from howlong.quantities import find_quantities
    from howlong.sources import Document, Passages

    codebook = load_codebook(None)

    def code(text: str) -> list[Claim]:
        passages = Passages(text)
        document = Document("bench", "bench.txt", text, passages)
        return code_text(document, find_quantities(text, passages), codebook)

    return code


def make_amount(found: Any) -> Amount:
    """Take the fields over from a quantity or a claim."""
    return Amount(**{name: getattr(found, name) for name in Amount.__dataclass_fields__ if hasattr(found, name)})


def load_quantulum() -> Reader:
    """Return quantulum3 without its optional classifier."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from quantulum3 import parser

    def read(text: str) -> Iterator[Amount]:
        for found in parser.parse(text):
            start, end = found.span
            spread = found.uncertainty or 0.0  # it tells a range as its middle and half its width
            yield Amount(
                start, end, text[start:end], low=found.value - spread, high=found.value + spread, unit=found.unit.name
            )

    return read_by_paragraph(read)


def load_duckling() -> Reader:
    """Return Duckling, Haskell code in a wheel; dates and clock times are not asked for."""
    from duckling import (
        Context,
        default_locale_lang,
        load_time_zones,
        parse,
        parse_dimensions,
        parse_lang,
        parse_locale,
        parse_ref_time,
    )

    now = parse_ref_time(load_time_zones(find_zones()), "UTC", 0)
    context = Context(now, parse_locale("EN_US", default_locale_lang(parse_lang("EN"))))
    dimensions = parse_dimensions(
        ["amount-of-money", "distance", "duration", "number", "quantity", "temperature", "volume"]
    )

    def read(text: str) -> Iterator[Amount]:
        for found in parse(text, context, dimensions, False):
            start, end, value = found["start"], found["end"], found["value"]
            ends = [value.get("from", {}), value.get("to", {})] if value["type"] == "interval" else [value, value]
            low, high = (side.get("value") for side in ends)
            unit = ends[1].get("unit") or ends[0].get("unit") or ""
            yield Amount(start, end, text[start:end], low=low, high=high, unit=unit)

    return read_by_paragraph(read)


def find_zones() -> str:
    """Return the folder of time zones, which Duckling asks for; the first on Python's list where none is there."""
    return next((folder for folder in TZPATH if Path(folder).is_dir()), TZPATH[0] if TZPATH else "")


def load_recognizers() -> Reader:
    """Return Recognizers-Text with its models of numbers, numbers with units, and lengths and rates of time."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import recognizers_date_time as times
        import recognizers_number as numbers
        import recognizers_number_with_unit as units
    models = [times.recognize_datetime, units.recognize_age, units.recognize_currency, units.recognize_dimension]
    models += [units.recognize_temperature, numbers.recognize_percentage, numbers.recognize_number]

    def read(text: str) -> list[Amount]:
        found = [make_recognized(result) for model in models for result in model(text, "en-us")]
        return drop_inner([amount for amount in found if amount])

    return read_by_paragraph(read)


def make_recognized(result: Any) -> Amount | None:
    """Turn a result of Recognizers-Text into an amount, None for dates and clock times."""
    start, end, resolution = result.start, result.end + 1, result.resolution or {}
    if not result.type_name.startswith("datetimeV2"):
        value = re.match(r"-?[\d.]+(?:E[-+]?\d+)?", str(resolution.get("value") or ""))
        number = float(value[0]) if value else None
        unit = "%" if result.type_name == "percentage" else resolution.get("unit") or ""
        return Amount(start, end, result.text, low=number, high=number, unit=unit)
    if result.type_name.rpartition(".")[2] not in ("duration", "set"):
        return None
    values = resolution.get("values") or [{}]
    length, unit = read_timex(values[0])
    kind = "duration" if result.type_name.endswith("duration") else "frequency"
    return Amount(start, end, result.text, kind, low=length, high=length, unit=unit)


def read_timex(value: dict[str, str]) -> tuple[float | None, str]:
    """Return the length and unit of a TIMEX period; a compound in seconds."""
    match = re.fullmatch(r"P(T?)([\d.]+)([YMWDHS])", value.get("timex", ""))
    if match:
        return float(match[2]), TIMEX_UNITS[match[1] + match[3]]
    seconds = value.get("value", "")
    return (float(seconds), "second") if re.fullmatch(r"[\d.]+", seconds) else (None, "")


def drop_inner(found: list[Amount]) -> list[Amount]:
    """Drop what stands inside or beside a longer find of another model."""
    kept: list[Amount] = []
    for amount in sorted(found, key=lambda amount: amount.start - amount.end):
        if not any(amount.start < other.end and other.start < amount.end for other in kept):
            kept.append(amount)
    return sorted(kept, key=lambda amount: amount.start)


def load_dateparser() -> Reader:
    """Return dateparser's search; it tells a moment for each find, no amount."""
    from dateparser.search import search_dates

    def read(text: str) -> Iterator[Amount]:
        at = 0
        for words, _ in search_dates(text, languages=["en"]) or ():
            start = text.find(words, at)
            if start >= 0:
                at = start + len(words)
                yield Amount(start, at, words, kind="duration" if has_unit(words) else "")

    return read_by_paragraph(read)


def has_unit(words: str) -> bool:
    """Tell whether some words name a unit of time, so that they are no date."""
    return any(
        fold_unit(word) in ("hour", "day", "week", "month", "year", "minute", "second")
        for word in re.findall(r"[A-Za-z]{3,}", words)
    )


OURS = {"howlong": load_howlong, "howlong, roles coded": load_coding}
PEERS = {
    "quantulum3": load_quantulum,
    "Recognizers-Text": load_recognizers,
    "Duckling": load_duckling,
    "dateparser": load_dateparser,
}
READERS = OURS | PEERS
PACKAGES = {
    "howlong": "howlong",
    "howlong, roles coded": "howlong",
    "quantulum3": "quantulum3",
    "Recognizers-Text": "recognizers-text-suite",
    "Duckling": "pyduckling-native-phihos",
    "dateparser": "dateparser",
}
VALUELESS = ("dateparser",)
