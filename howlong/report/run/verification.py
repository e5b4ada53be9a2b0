"""Verify what the notebooks made, before it is published.

Law: a quote that is not in its document where the table says, a number word that nobody accounts for, a missing table or a
page that would ask the network for something stops the run.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

from howlong.report.run.execution import RunError, Stage
from howlong.tables import Record, format_datapackage, list_columns, open_cells, read_table, write_text

ANCHORED = ("quantities", "exclusions", "claims")
PAGE = "review.html"
LOADED_BY = ("src", "srcset", "poster", "data", "action", "background", "manifest", "ping", "cite")
LOADING_TAGS = ("link", "use", "image", "base", "iframe", "feimage")
ADDRESS = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.I)
STYLE_ADDRESS = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"]?)\s*(?:https?:)?//", re.I)


def list_record_types() -> tuple[type[Record], ...]:
    """Return the record types of all published tables, in the order in which the notebooks make them."""
    from howlong.claims import Claim
    from howlong.durations import Interval
    from howlong.quantities import ExclusionRow, QuantityRow
    from howlong.report.changes import Change
    from howlong.sources import Source
    from howlong.spread import Conflict, Hull, Influence, Step, Stratum
    from howlong.verdicts import Orphan

    read = (Source, QuantityRow, ExclusionRow, Claim, Orphan)
    return (*read, Interval, Stratum, Hull, Step, Influence, Conflict, Change)


def verify_stage(stage: Stage, notebooks: Sequence[Path]) -> dict[str, int]:
    """Verify everything in a stage, describe its tables, and return the counts of the ledger.

    Parameters
    ----------
    stage : Stage
        What the notebooks made; ``datapackage.json`` is added.
    notebooks : sequence of Path
        The notebooks that ran.

    Returns
    -------
    dict
        How many documents, quantities, exclusions, claims, orphans, and what is unexplained (0).

    Raises
    ------
    RunError
        Naming what is wrong and where.
    """
    record_types = list_record_types()
    verify_tables(stage, notebooks, record_types)
    verify_anchors(stage)
    counts = verify_ledger(stage, {record_type.TABLE: record_type for record_type in record_types})
    for page in sorted({stage.out / PAGE, *stage.out.rglob("*.html")}):
        verify_page(page)
    write_text(stage.out / "datapackage.json", describe_tables(stage.out, record_types))
    return counts


def verify_tables(stage: Stage, notebooks: Sequence[Path], record_types: Sequence[type[Record]]) -> None:
    """Check that each notebook wrote its tables, with the columns their records have."""
    names = {path.stem: path.name for path in notebooks}
    for record_type in record_types:
        path = stage.out / f"{record_type.TABLE}.csv"
        if not path.exists():
            if record_type.NOTEBOOK in names:
                raise RunError(
                    f"{names[record_type.NOTEBOOK]}: must write {path.name}, did not. Restore the cell that writes it."
                )
            continue
        header = read_header(path)
        if header != list_columns(record_type):
            raise RunError(
                f"{path.name}: must have the columns {', '.join(list_columns(record_type))}, has {', '.join(header)}. Write it with shelf.write."
            )


def read_header(path: Path) -> tuple[str, ...]:
    """Return the column names of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(next(csv.reader(file), []))


def read_cells(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file as text, nothing when there is no such file."""
    if path.exists():
        rows = open_cells(path.read_text(encoding="utf-8"))
        header = next(rows, [])
        yield from (dict(zip(header, cells, strict=True)) for cells in rows)


def verify_anchors(stage: Stage) -> None:
    """Check that every quote stands in its document where its row says."""
    texts = {
        row["source_id"]: (stage.review / "seeds" / "documents" / row["file"]).read_bytes().decode("utf-8")
        for row in read_cells(stage.out / "sources.csv")
    }
    for table in ANCHORED:
        for number, row in enumerate(read_cells(stage.out / f"{table}.csv"), start=2):
            found = texts.get(row["source_id"], "")[int(row["start"]) : int(row["end"])]
            if found != row["quote"] or not found:
                raise RunError(
                    f"{table}.csv row {number}: {row['source_id']} {row['start']}-{row['end']} must read {row['quote']!r}, reads {found!r}. Nothing was published; mend the rule that made the row."
                )


def verify_ledger(stage: Stage, record_types: dict[str, type[Record]]) -> dict[str, int]:
    """Check that every number word of every document is a quantity or an exclusion, and count them."""
    from howlong.quantities import LedgerError, check_ledger
    from howlong.sources import read_documents

    frames = {
        name: read_table(stage.out / f"{name}.csv", record_types[name])
        for name in ("sources", "quantities", "exclusions")
    }
    documents = read_documents(stage.review, frames["sources"])
    try:
        ledger = check_ledger(documents, frames["quantities"], frames["exclusions"])
    except LedgerError as error:
        raise RunError(f"ledger: {error}") from None
    return {
        "documents": len(documents),
        "quantities": len(frames["quantities"]),
        "exclusions": len(frames["exclusions"]),
        "unexplained": ledger.unexplained,
        "claims": sum(1 for _ in read_cells(stage.out / "claims.csv")),
        "orphans": sum(1 for _ in read_cells(stage.out / "orphans.csv")),
    }


def list_orphans(stage: Stage, left_out: Sequence[str]) -> int:
    """Count the verdicts without a claim; those on a source that this run was told to leave out do not count."""
    return sum(row["source_id"] not in left_out for row in read_cells(stage.out / "orphans.csv"))


def describe_tables(out: Path, record_types: Sequence[type[Record]]) -> str:
    """Describe all tables of a folder as a data package; one that an analyst added is described by its header."""
    ours = [record_type for record_type in record_types if (out / f"{record_type.TABLE}.csv").exists()]
    package = json.loads(format_datapackage(ours))
    known = {record_type.TABLE for record_type in ours}
    for path in sorted(out.glob("*.csv")):
        if path.stem not in known:
            fields = [{"name": name, "type": "any"} for name in read_header(path)]
            package["resources"].append(
                {"name": path.stem.lower(), "path": path.name, "encoding": "utf-8", "schema": {"fields": fields}}
            )
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


# --- the page -------------------------------------------------------------------------------------------------------


class PageReader(HTMLParser):
    """Collect what a page would load, where its inner links lead, and which names it gives.

    Attributes
    ----------
    loads : list of str
        Network addresses that a browser would ask for by itself.
    targets, names : set of str
        The ids that links point to, and those that exist.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.loads: list[str] = []
        self.targets: set[str] = set()
        self.names: set[str] = set()
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read one element."""
        self.inside = tag
        for name, raw in attrs:
            value = raw or ""
            if name in ("id", "name"):
                self.names.add(value)
            if name in ("href", "xlink:href") and value.startswith("#"):
                self.targets.add(value[1:])
            if self.is_load(tag, name, value):
                self.loads.append(f"<{tag} {name}={value[:80]!r}>")

    @staticmethod
    def is_load(tag: str, name: str, value: str) -> bool:
        """Tell whether an attribute makes the browser ask the network."""
        if name == "style" or name in ("fill", "stroke", "filter", "mask", "clip-path"):
            return bool(STYLE_ADDRESS.search(value))
        if name in ("href", "xlink:href") and tag not in LOADING_TAGS:
            return False
        is_loading = name in LOADED_BY or name in ("href", "xlink:href")
        return is_loading and name != "cite" and any(ADDRESS.match(part) for part in value.split(","))

    def handle_data(self, data: str) -> None:
        """Read the text of a style element."""
        if self.inside == "style" and STYLE_ADDRESS.search(data):
            self.loads.append("<style>")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        self.inside = ""


def verify_page(path: Path) -> None:
    """Check that the page is there, asks the network for nothing, and that its inner links lead somewhere."""
    if not path.exists():
        raise RunError(f"{path.name}: must be written by the last notebook, is not. Restore the cell that writes it.")
    reader = PageReader()
    reader.feed(path.read_text(encoding="utf-8"))
    if reader.loads:
        raise RunError(
            f"{path.name}: must ask the network for nothing, holds {reader.loads[0]}. Nothing was published; embed it."
        )
    dead = sorted(reader.targets - reader.names - {"", "top"})
    if dead:
        raise RunError(
            f"{path.name}: every inner link must lead somewhere, '#{dead[0]}' does not ({len(dead)} in all). Nothing was published; mend the page."
        )
