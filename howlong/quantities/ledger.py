"""Tabulate the quantities of documents and check that nothing was dropped.

Law: the check has eyes of its own.  Its tokeniser shares no word list with the reader, so that it can fail when the reader
overlooks something; an uncovered token stops the run.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from howlong.quantities.reader import find_quantities
from howlong.quantities.records import Exclusion, ExclusionRow, Quantity, QuantityRow
from howlong.sources import Document, Work, read_all, trim_memory
from howlong.tables import InputError, to_frame

if TYPE_CHECKING:
    from pandas import DataFrame

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_NUMERALS = f"zero|{_ONES}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|{_TENS}|(?:{_TENS})[-‑](?:{_ONES})"
_SCALES = "dozens?|hundreds?|thousands?|millions?|billions?|trillions?"
_TIMES = (
    "seconds|minutes?|hours?|days?|weeks?|fortnights?|months?|years?|decades?|century|centuries|millennium|millennia|hourly|daily|nightly|weekly|"
    "fortnightly|monthly|yearly|annually"
)
_OTHERS = "several|few|couple|half|twice|thrice|twofold|threefold|tenfold"
AMOUNT_TOKEN = re.compile(
    rf"(?<!\S)\S*?\d\S*|(?<![^\W_])(?:{_NUMERALS}|{_SCALES}|{_TIMES}|{_OTHERS})(?![^\W_])"
    r"|(?:(?<=\bphase )|(?<=\bschedule )|(?<=\btype ))(?-i:[IV]+)\b|(?-i:\b(?:II|III|VI|VII|VIII|IX|XI|XII|XIII)\b)|[½¼¾⅓⅔⅛]",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\d+")


class LedgerError(InputError):
    """A word that could state an amount is neither a quantity nor an exclusion."""


@dataclass(frozen=True)
class Ledger:
    """The account of every word that could state an amount.

    Attributes
    ----------
    documents, tokens, quantities, exclusions : int
        How many were read and found.
    uncovered : tuple of str
        Tokens that no row accounts for: empty, or the check has stopped the run.
    unresolved : int
        Exclusions that no rule explains.
    reasons : dict
        How many exclusions each reason has.
    """

    documents: int
    tokens: int
    quantities: int
    exclusions: int
    uncovered: tuple[str, ...] = ()
    unresolved: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    @property
    def unexplained(self) -> int:
        """Uncovered and unresolved tokens together."""
        return len(self.uncovered) + self.unresolved


def tabulate(documents: Iterable[Document], cluster: str = "") -> tuple[DataFrame, DataFrame]:
    """Return the tables of quantities and exclusions of all documents.

    Parameters
    ----------
    documents : iterable of Document
        The documents.
    cluster : str
        The address of a Dask scheduler whose workers read; empty: this process.

    Returns
    -------
    quantities, exclusions : DataFrame
        Rows as QuantityRow and ExclusionRow describe them.
    """
    read = list(documents)
    kinds = (QuantityRow, ExclusionRow)
    tables = read_all((Work(document, read_document, (), kinds) for document in read), cluster)
    trim_memory(read)
    quantities, exclusions = ([row for table in tables for row in table[place]] for place in (0, 1))
    return to_frame(quantities, QuantityRow), to_frame(exclusions, ExclusionRow)


def read_document(document: Document) -> tuple[list[QuantityRow], list[ExclusionRow]]:
    """Read the rows of one document."""
    found = find_quantities(document.text, document.passages)
    source = document.source_id
    quantities = [to_quantity_row(source, item) for item in found if not isinstance(item, Exclusion)]
    return quantities, [to_exclusion_row(source, item) for item in found if isinstance(item, Exclusion)]


def to_quantity_row(source_id: str, found: Quantity) -> QuantityRow:
    """Return a quantity as a row of its table."""
    low_unit = found.low_unit
    return QuantityRow(
        source_id, found.start, found.end, found.quote, found.sentence, found.section, found.kind, found.low, low_unit, found.high,
        found.unit, found.modifier, found.approx, found.hedge, found.vague_low, found.vague_high, found.values, found.point,
    )  # fmt: skip


def to_exclusion_row(source_id: str, found: Exclusion) -> ExclusionRow:
    """Return an exclusion as a row of its table."""
    return ExclusionRow(
        source_id, found.start, found.end, found.quote, found.sentence, found.section, found.kind, found.reason
    )


def find_tokens(text: str) -> list[tuple[int, int]]:
    """Return the offsets of every amount token, by the check's own eyes.

    >>> find_tokens("Schedule III, two days, 5 mg")
    [(9, 12), (14, 17), (18, 22), (24, 25)]
    """
    found = []
    for match in AMOUNT_TOKEN.finditer(text):
        digits = [(match.start() + d.start(), match.start() + d.end()) for d in DIGITS.finditer(match[0])]
        found += digits or [match.span()]
    return found


def find_uncovered(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the amount tokens of a text that no span touches; the spans stand in order of offset."""
    return leave_uncovered(find_tokens(text), spans)


def leave_uncovered(tokens: Iterable[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the tokens that no span touches."""
    starts = [start for start, _ in spans]
    uncovered = []
    for start, end in tokens:
        place = bisect_right(starts, end - 1) - 1
        if place < 0 or spans[place][1] <= start:
            uncovered.append((start, end))
    return uncovered


def gather_spans(*tables: DataFrame) -> dict[str, list[tuple[int, int]]]:
    """Return the spans of tables' rows by source, in order of offset."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for table in tables:
        for source, start, end in zip(table["source_id"], table["start"], table["end"], strict=True):
            spans[source].append((int(start), int(end)))
    for found in spans.values():
        found.sort()
    return spans


def check_ledger(documents: Sequence[Document], quantities: DataFrame, exclusions: DataFrame) -> Ledger:
    """Check that every amount token of every document is accounted for.

    Parameters
    ----------
    documents : sequence of Document
    quantities, exclusions : DataFrame
        The tables of `tabulate`.

    Returns
    -------
    Ledger

    Raises
    ------
    LedgerError
        A token is neither in a quantity nor in an exclusion; the message names the first one.
    """
    tokens = 0
    spans = gather_spans(quantities, exclusions)
    for document in documents:
        found = find_tokens(document.text)
        tokens += len(found)
        for start, end in leave_uncovered(found, spans[document.source_id]):
            raise LedgerError(
                f"{document.source_id} at {start}: every amount must be a quantity or an exclusion, "
                f"'{document.text[start:end]}' is neither, in '{document.passages.sentence(start, end)}'. Report the sentence: the reader lacks a rule."
            )
    reasons = Counter(exclusions["reason"])
    return Ledger(
        documents=len(documents), tokens=tokens, quantities=len(quantities), exclusions=len(exclusions),
        unresolved=reasons.get("unresolved", 0), reasons=dict(sorted(reasons.items())),
    )  # fmt: skip
