"""Offer the rows behind each figure as a CSV file that the page itself carries.

Law of the room: the rows are those that the figure draws, with the numbers of the published tables; a cell that a
spreadsheet would run as a formula is defused here, and only here: ``data/`` stays verbatim.

The danger and the remedy are described by OWASP as "CSV injection".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import quote

from howlong.claims import Claim
from howlong.report.page.facts import Facts
from howlong.spread import Conflict, Influence, Step, Stratum
from howlong.tables import format_cell

MOST_ROWS = 400
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
SAFE = " ,.;:/()-_'!*"
MARK = "\ufeff"  # spreadsheets take a CSV file for UTF-8 only when it begins with this
INTERVAL = (
    "low_days",
    "low_max_days",
    "high_min_days",
    "high_days",
    "low_stated_days",
    "high_stated_days",
    "vague",
    "approx",
    "statistic",
    "subjects",
)


@dataclass(frozen=True)
class Download:
    """The rows of one figure as a file.

    Attributes
    ----------
    name : str
        The file's name.
    address : str
        The file itself as a ``data:`` address; empty where it has too many rows to be carried along.
    rows : int
        How many rows it has.
    """

    name: str
    address: str
    rows: int


def offer_downloads(facts: Facts) -> dict[str, Download]:
    """Return the file of each figure, by the figure's id.

    Returns
    -------
    dict of str to Download
        "answers", "claims", "map", "roles", "influence", "envelope" and "agreement".
    """
    ids = {stratum.stratum_id for stratum in facts.strata}
    influence = [row for row in facts.influence if row.stratum_id in ids]
    influence.sort(key=lambda row: (row.place, row.left_out, row.reading))
    conflicts = [row for row in facts.conflicts if row.stratum_id in ids]
    return {
        "answers": make_download("answers", *list_fields(Stratum, facts.strata)),
        "claims": make_download("claims", *list_claims(facts)),
        "map": make_download("evidence-map", *list_cells(facts)),
        "roles": make_download("onset-peak-window", *list_roles(facts)),
        "influence": make_download("influence", *list_fields(Influence, influence)),
        "envelope": make_download("envelope", *list_fields(Step, facts.steps)),
        "agreement": make_download("agreement", *list_fields(Conflict, conflicts)),
    }


def make_download(name: str, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> Download:
    """Make one figure's file."""
    address = ""
    if len(rows) <= MOST_ROWS:
        address = "data:text/csv;charset=utf-8," + quote(MARK + write_csv(header, rows), safe=SAFE).replace(" ", "%20")
    return Download(f"{name}.csv", address, len(rows))


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Write rows as CSV, each cell defused.

    >>> write_csv(["quote"], [["=1+1"], ["two days"]])
    "quote\\n'=1+1\\ntwo days\\n"
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([defuse(value) for value in row] for row in rows)
    return text.getvalue()


def defuse(value: Any) -> str:
    """Write one cell; words that a spreadsheet would run get an apostrophe before them, numbers stay as they are."""
    cell = format_cell(value)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return f"'{cell}" if cell.startswith(FORMULA) and not is_number else cell


def list_fields(record_type: Any, records: Iterable[Any]) -> tuple[list[str], list[list[Any]]]:
    """Return records as a header and rows; the columns that nobody filled are left out."""
    records = list(records)
    names = [field.name for field in fields(record_type)]
    kept = [name for name in names if any(getattr(row, name) not in (None, "", ()) for row in records)] or names
    return kept, [[getattr(row, name) for name in kept] for row in records]


def list_claims(facts: Facts) -> tuple[list[str], list[list[Any]]]:
    """Return the rows of the claims chart, in its order."""
    rows = [
        [facts.naming.whole(stratum), *tell_claim(facts, facts.by_id[name])]
        for stratum in facts.strata
        for name in stratum.claim_ids
    ]
    return ["group", "claim_id", "source_id", "quote", *INTERVAL], rows


def list_roles(facts: Facts) -> tuple[list[str], list[list[Any]]]:
    """Return the rows of the chart of onset, peak and advised window."""
    rows = [[claim.role, *tell_claim(facts, claim)] for claim in facts.figure_claims()]
    return ["role", "claim_id", "source_id", "quote", *INTERVAL], rows


def tell_claim(facts: Facts, claim: Claim) -> list[Any]:
    """Return one claim with its interval in the page's reading."""
    row = facts.interval(claim.claim_id)
    return [claim.claim_id, claim.source_id, claim.quote, *(getattr(row, name) if row else "" for name in INTERVAL)]


def list_cells(facts: Facts) -> tuple[list[str], list[list[Any]]]:
    """Return the cells of the evidence map: who makes how many statements about what, the empty ones too."""
    rows = []
    for stratum in facts.strata:
        spoken = [facts.by_id[name].source_id for name in stratum.claim_ids]
        rows += [
            [facts.naming.whole(stratum), source.source_id, spoken.count(source.source_id)] for source in facts.sources
        ]
    return ["group", "source_id", "statements"], rows
