"""Score the reader on sets of data that somebody has and that do not ship with the project.

A set is a file of JSON lines, one text each: ``{"id", "text", "gold": [{"start", "end", "low", "high", "unit", "kind", "vague",
"seconds_low", "seconds_high"}], "ignore": [[start, end]]}``.  Offsets are code points, end exclusive; every field but `text` and
`gold` may be missing or null.  Law: sets differ in what they count as a quantity; nothing here bends the reader towards one.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench_articles import Amount, Article
from bench_peers import Reader
from bench_score import NONE, Rates, gives_value, is_time, leave_out, pair_amounts, rate_spans, rate_values

BEFORE = re.compile(
    r"(?:(?:up to|as \w+ as|at (?:least|most)|no (?:more|less|fewer) than|(?:more|less|fewer|greater|longer|shorter|higher|lower|larger"
    r"|smaller|older|younger) than|about|around|approximately|approx\.?|roughly|nearly|almost|circa|ca\.?|c\.|some|over|under|above"
    r"|below|within|for|from|between|after|during|in|the|first|last|past|next|every|each|only|just|another|exceeding|mean of"
    r"|average of|total of)(?=\W)|[~≈∼<>≤≥=±+]|\s)+",
    re.I,
)
AFTER = re.compile(
    r"(?:[\s.,;:)\]]|\s(?:or (?:more|less|longer|so|fewer)|and (?:more|above|older)|ago|later|earlier|old))+$", re.I
)
HEADS = ("set", "texts", "what", "marked", "overlap P / R / F1", "core span F1", "value and unit P / R / F1")


def read_set(path: Path) -> Iterator[Article]:
    """Yield the texts of a set with their gold amounts; those without a place have start and end -1."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            marks = tuple(make_mark(row["text"], gold) for gold in row["gold"])
            ignored = tuple((start, end) for start, end in row.get("ignore") or ())
            yield Article(str(row.get("id", number)), row["text"], marks, ignored)


def make_mark(text: str, gold: Mapping[str, Any]) -> Amount:
    """Turn one gold entry into an amount."""
    start, end = (-1 if gold.get(key) is None else gold[key] for key in ("start", "end"))
    low, high, unit = gold.get("low"), gold.get("high"), gold.get("unit") or ""
    if low is None and high is None and not gold.get("vague"):
        low, high = gold.get("seconds_low"), gold.get("seconds_high")
        unit = unit if low is None and high is None else "second"
    word = "vague" if gold.get("vague") else ""
    given = not (low is None and high is None) or bool(word)
    quote = text[start:end] if start >= 0 else gold.get("quote") or ""
    return Amount(
        start,
        end,
        quote,
        gold.get("kind") or "",
        low,
        high,
        unit,
        gold.get("low_unit") or "",
        vague_high=word,
        valued=given,
    )


def find_core(amount: Amount) -> tuple[int, int]:
    """Return the span of an amount without the modifiers, which sets count in or out as they please."""
    ahead = BEFORE.match(amount.quote)
    skip = ahead.end() if ahead and ahead.end() < len(amount.quote) else 0
    behind = AFTER.search(amount.quote, skip)
    return amount.start + skip, amount.start + (behind.start() if behind else len(amount.quote))


def rate_cores(marks: Sequence[Amount], found: Sequence[Amount]) -> Rates:
    """Count the marks whose core some find has exactly."""
    pairs = pair_amounts(marks, found)
    return Rates(sum(find_core(mark) == find_core(find) for mark, find in pairs), len(marks), len(found))


def rate_bag(marks: Sequence[Amount], found: Sequence[Amount]) -> Rates:
    """Count the values and units that a text's finds give, wherever they stand: for sets without places."""
    left = list(found)
    right = 0
    for mark in marks:
        match = next((find for find in left if gives_value(mark, find)), None)
        if match:
            left.remove(match)
            right += 1
    return Rates(right, len(marks), len(found))


def rate_part(
    article: Article, found: Sequence[Amount], belongs: Callable[[Amount], bool]
) -> tuple[Rates, Rates, Rates]:
    """Rate the amounts of one text that belong to a part: spans, cores, values with units."""
    marks = [mark for mark in article.marks if belongs(mark)]
    placed = [mark for mark in marks if mark.start >= 0]
    others = [(mark.start, mark.end) for mark in article.marks if not belongs(mark)]
    kept = leave_out([find for find in found if belongs(find)], [*others, *article.ignored], placed)
    if len(placed) < len(marks):
        return NONE, NONE, rate_bag([mark for mark in marks if mark.valued], kept)
    return rate_spans(marks, kept), rate_cores(marks, kept), rate_values(marks, kept)


def age_as_time(find: Amount) -> Amount:
    """Call an age a length of time, as sets do."""
    return replace(find, kind="duration") if find.kind == "age" else find


def rate_set(path: Path, read: Reader) -> list[tuple[str, ...]]:
    """Return a row for the times and one for all amounts of a set, as `HEADS` names the columns."""
    articles = list(read_set(path))
    began = time.process_time()
    found = [[age_as_time(find) for find in read(article.text)] for article in articles]
    seconds = max(time.process_time() - began, 1e-9)
    size = sum(len(article.text.encode()) for article in articles) / 1000
    name = f"{path.stem} ({size / seconds:.0f} KB/s)"
    rows: list[tuple[str, ...]] = []
    for what, belongs in (("times", is_time), ("all", lambda _: True)):
        totals = [NONE, NONE, NONE]
        for article, finds in zip(articles, found, strict=True):
            totals = [total + rates for total, rates in zip(totals, rate_part(article, finds, belongs), strict=True)]
        spans, cores, values = totals
        marked = str(max(spans.marked, values.marked))
        rows.append((name, str(len(articles)), what, marked, show_rates(spans), show_f1(cores), show_rates(values)))
    return rows


def show_rates(rates: Rates) -> str:
    """Write precision, recall and F1; a dash where nothing was asked."""
    return f"{rates.precision:.1f} / {rates.recall:.1f} / {rates.f1:.1f}" if rates.marked else "–"


def show_f1(rates: Rates) -> str:
    """Write F1; a dash where nothing was asked."""
    return f"{rates.f1:.1f}" if rates.marked else "–"
