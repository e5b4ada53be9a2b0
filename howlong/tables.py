"""Read and write tables of records.

Law of the room: the same records give the same bytes (sorted rows, fixed columns, shortest numbers), a file is
replaced whole or not at all, and what people wrote is read with one clear line for every mistake.

Table descriptions follow the Table Schema of the Frictionless Data specifications.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import dataclasses
import functools
import inspect
import io
import json
import math
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, get_args, get_type_hints

if TYPE_CHECKING:
    from pandas import DataFrame

LIST_JOINER = "; "
LONGEST_CELL = 2**31 - 1  # the standard library stops at 131,072
DIVIDERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
BLANKS: Mapping[Any, str] = {bool: "false", int: "0", float: "0"}


class InputError(Exception):
    """Say in one line what is wrong with something a person wrote: where, what must be, what is, what to do."""

    def _render_traceback_(self) -> list[str]:
        """Show the line alone in a notebook, where other errors show the code they passed through."""
        return [f"{type(self).__name__}: {self}"]


class Record(Protocol):
    """A frozen dataclass that is a row of a published table.

    Attributes
    ----------
    TABLE : str
        The table's name: the file is ``<TABLE>.csv``.
    NOTEBOOK : str
        The notebook that makes the table.
    KEY : tuple of str
        The columns that order the rows.
    """

    __dataclass_fields__: ClassVar[dict[str, Any]]
    TABLE: ClassVar[str]
    NOTEBOOK: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]


class CellReader(Protocol):
    """What reads a CSV text: an iterator of rows that knows in which line it is."""

    @property
    def line_num(self) -> int: ...
    def __iter__(self) -> Iterator[list[str]]: ...
    def __next__(self) -> list[str]: ...


R = TypeVar("R", bound=Record)


def list_columns(record_type: type[Record]) -> tuple[str, ...]:
    """Return the names of a record type's columns, in order."""
    return tuple(field.name for field in dataclasses.fields(record_type))


@functools.cache
def read_types(record_type: type[Record]) -> dict[str, Any]:
    """Return each column's Python type."""
    hints = get_type_hints(record_type)
    return {name: hints[name] for name in list_columns(record_type)}


def is_nullable(annotation: Any) -> bool:
    """Tell whether a column's type admits None.

    >>> is_nullable(float | None), is_nullable(str)
    (True, False)
    """
    return type(None) in get_args(annotation)


def write_text(path: Path, text: str) -> None:
    """Replace a file by `text` (UTF-8, newlines as given), whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Replace a file by `content`, whole or not at all.

    Raises
    ------
    OSError
        When the folder cannot be written or the disk is full; the old file is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def format_cell(value: Any) -> str:
    """Write one value as a CSV cell.

    >>> [format_cell(value) for value in (3.0, 0.5, None, True, (12.0, 24.0), "a")]
    ['3', '0.5', '', 'true', '12; 24', 'a']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (tuple, list)):
        return LIST_JOINER.join(format_cell(item) for item in value)
    return str(value)


def parse_cell(cell: str, annotation: Any) -> Any:
    """Read one CSV cell back into the type of its column.

    Raises
    ------
    ValueError
        When the cell is no value of that type.
    """
    if is_nullable(annotation):
        return parse_cell(cell, get_args(annotation)[0]) if cell else None
    if annotation is bool:
        if cell not in ("true", "false"):
            raise ValueError(f"must be true or false, is {cell!r}")
        return cell == "true"
    if annotation in (int, float):
        return annotation(cell)
    if annotation is str:
        return cell
    inner = get_args(annotation)[0]
    return tuple(parse_cell(item, inner) for item in cell.split(LIST_JOINER)) if cell else ()


def to_frame(records: Iterable[R], record_type: type[R]) -> DataFrame:
    """Make a table (a DataFrame, a column a field) of records; None becomes NaN in columns of numbers."""
    import pandas

    rows = list(records)
    columns = {}
    for name, annotation in read_types(record_type).items():
        values = [getattr(row, name) for row in rows]
        is_number = is_nullable(annotation) and get_args(annotation)[0] in (int, float)
        dtype = "float64" if is_number else {int: "int64", float: "float64", bool: "bool"}.get(annotation, "object")
        columns[name] = pandas.Series(values, dtype=dtype)
    return pandas.DataFrame(columns)


def to_records(frame: DataFrame, record_type: type[R]) -> list[R]:
    """Make records of a table's rows; columns that the record does not have are left aside.

    Raises
    ------
    InputError
        When a column of the record is missing.
    """
    types = read_types(record_type)
    missing = [name for name in types if name not in frame.columns]
    if missing:
        raise InputError(
            f"{record_type.TABLE}: the table must have the column {missing[0]!r}, it has {', '.join(frame.columns)}. "
            f"Keep the column, or run {record_type.NOTEBOOK} again."
        )
    columns = [[clean_value(value, types[name]) for value in frame[name].tolist()] for name in types]
    return [record_type(*values) for values in zip(*columns, strict=True)]


def clean_value(value: Any, annotation: Any) -> Any:
    """Turn a DataFrame's value into the plain Python value of its column (NaN into None or "")."""
    if isinstance(value, float) and math.isnan(value):
        return "" if annotation is str else None
    base = get_args(annotation)[0] if is_nullable(annotation) else annotation
    if base in (int, float, bool, str):
        return None if value is None else base(value)
    return tuple(value)


def format_table(records: Iterable[R], record_type: type[R]) -> str:
    """Write records as CSV text: header, rows in the order of the record's key, every line ended by one newline."""
    columns = list_columns(record_type)
    rows = sorted(records, key=lambda record: tuple(getattr(record, name) for name in record_type.KEY))
    cells = [columns, *([format_cell(getattr(row, name)) for name in columns] for row in rows)]
    return "".join(",".join(map(quote_cell, row)) + "\n" for row in cells)


def quote_cell(cell: str) -> str:
    """Quote a cell that needs it; unlike the standard library, a lone carriage return does too.

    >>> quote_cell("a"), quote_cell("a, b")
    ('a', '"a, b"')
    """
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\n\r') else cell


def write_table(folder: Path, frame: DataFrame, record_type: type[Record]) -> Path:
    """Write a table of records to ``folder/<TABLE>.csv`` and return its path."""
    path = folder / f"{record_type.TABLE}.csv"
    write_text(path, format_table(to_records(frame, record_type), record_type))
    return path


def decode(content: bytes, where: str) -> str:
    """Decode a file's bytes strictly as UTF-8, newlines untranslated.

    Raises
    ------
    InputError
        Naming the offset and the line of the first byte that is not UTF-8.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"byte {error.start} is 0x{content[error.start]:02x} in line {line}"
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            what = "is UTF-16"
        raise InputError(f"{where}: must be UTF-8, {what}. Save the file as UTF-8.") from None


def read_bytes(path: Path, what_to_do: str) -> bytes:
    """Read a file a person must supply; a missing or unreadable one is named with what to do."""
    try:
        return path.read_bytes()
    except OSError as error:
        what = "is not there" if isinstance(error, FileNotFoundError) else error.strerror
        raise InputError(f"{path}: must be a readable file, {what}. {what_to_do}") from None


def open_cells(text: str) -> CellReader:
    """Return a reader of a CSV text, row by row, however long a cell is: one that lists an answer's claims grows with them."""
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""))


def read_rows(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV file that people write.

    Parameters
    ----------
    path : Path
        The file; a byte order mark (spreadsheets write one) is accepted.
    columns, optional : sequence of str
        The columns that must be there, and those that may.

    Returns
    -------
    list of (int, dict)
        The line number and the cells of each row, by column; cells are stripped, absent columns are "".

    Raises
    ------
    InputError
        When the file, a column or a cell is missing, or a column is unknown or stands twice.
    """
    text = decode(read_bytes(path, "Add the file."), path.name).removeprefix("\ufeff")
    reader = open_cells(text)
    header = [name.strip() for name in next(reader, [])]
    check_header(path.name, header, columns)
    for name in header:
        if name not in (*columns, *optional):
            raise InputError(
                f"{path.name}: the column {name!r} is unknown, the columns are {', '.join((*columns, *optional))}. Rename or remove it."
            )
        if header.count(name) > 1:
            raise InputError(
                f"{path.name}: each column must stand once, {name!r} stands {header.count(name)} times. Remove all but one."
            )
    rows = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise InputError(
                f"{path.name} line {reader.line_num}: must have {len(header)} cells, has {len(cells)}. Check the commas and quotes."
            )
        row = dict.fromkeys((*columns, *optional), "")
        rows.append((reader.line_num, row | {name: cell.strip() for name, cell in zip(header, cells, strict=True)}))
    return rows


def check_header(name: str, header: Sequence[str], columns: Sequence[str]) -> None:
    """Refuse a header that lacks a column, and say what else may be wrong with it: what divides it, or how it is spelled."""
    missing = next((column for column in columns if column not in header), "")
    if not missing:
        return
    divider = next((said for mark, said in DIVIDERS.items() if len(header) == 1 and mark in header[0]), "")
    if divider:
        raise InputError(f"{name}: columns must be divided by commas, are by {divider}. Save the file with commas.")
    spelled = next((column for column in header if column.strip(" _").lower() == missing), "")
    what_to_do = f"Write {missing!r} for {spelled!r}." if spelled else "Add it."
    raise InputError(f"{name}: must have the column {missing!r}, has {', '.join(header) or 'no header'}. {what_to_do}")


@dataclasses.dataclass(frozen=True)
class Shelf:
    """The folder that a notebook reads its tables from and writes them to.

    Run by hand, a notebook writes to ``work/``, which begins as a copy of the published ``data/``, so that every
    notebook runs by itself.  A table older than one of an earlier notebook is not read: results of two kinds are never
    mixed.  In a run nothing is read but what the run made.

    Attributes
    ----------
    out : Path
        Where tables are written, and read from.
    published : Path or None
        Where tables are copied from; None where `out` held tables already, and in a run.
    by_hand : bool
        Whether the age of the tables is looked at.
    ages : dict
        When each table read so far was made, and by which notebook.
    """

    out: Path
    published: Path | None = None
    by_hand: bool = False
    ages: dict[str, tuple[str, float]] = dataclasses.field(default_factory=dict)

    def read(self, record_type: type[Record]) -> DataFrame:
        """Read one table.

        Raises
        ------
        InputError
            When the table is not there or older than one it is made from (naming the notebook that makes it), or was
            changed by hand into something else.
        """
        path = self.out / f"{record_type.TABLE}.csv"
        if self.published and not path.exists():
            self.begin(self.published)
        if not path.exists():
            raise InputError(
                f"{path.name}: must be in {self.out}, is not there. Run the notebook {record_type.NOTEBOOK} first."
            )
        if self.by_hand:
            self.check_age(record_type, path)
        return read_table(path, record_type)

    def begin(self, published: Path) -> None:
        """Begin with a copy of the published tables, all older than whatever a notebook makes."""
        for table in sorted(published.glob("*.csv")):
            if not (self.out / table.name).exists():
                write_bytes(self.out / table.name, table.read_bytes())
                os.utime(self.out / table.name, (0, 0))

    def check_age(self, record_type: type[Record], path: Path) -> None:
        """Refuse a table that is older than one of an earlier notebook."""
        age = path.stat().st_mtime
        own = (record_type.NOTEBOOK, age, path.stem)
        for table, (notebook, made) in self.ages.items():
            (_, before, _), (later, after, stale) = sorted([own, (notebook, made, table)])
            if notebook != record_type.NOTEBOOK and after < before:
                raise InputError(
                    f"{stale}.csv: must be younger than the tables it is made from, is older. Run {later} again."
                )
        self.ages[path.stem] = (record_type.NOTEBOOK, age)

    def write(self, frame: DataFrame, record_type: type[Record]) -> Path:
        """Write one table and return its path."""
        return write_table(self.out, frame, record_type)


def open_shelf(review: Path, out: str = "") -> Shelf:
    """Open the folder `out` of a review (``work/`` when empty) as a shelf of tables."""
    if out and (review / out).resolve() != (review / "work").resolve():
        return Shelf(review / out)
    work = review / "work"
    return Shelf(work, None if any(work.glob("*.csv")) else review / "data", by_hand=True)


def read_table(path: Path, record_type: type[Record]) -> DataFrame:
    """Read a table that a run wrote back into a DataFrame."""
    columns = tuple(read_types(record_type))
    header, lines = read_lines_verbatim(path)
    if header != columns:
        raise InputError(
            f"{path}: must have the columns {', '.join(columns)}, has {', '.join(header)}. Run the notebook that makes it again."
        )
    return parse_rows(path.name, header, lines, record_type)


def read_kept_table(path: Path, record_type: type[Record]) -> DataFrame:
    """Read a table of an earlier edition, which an earlier version may have made: a column that it lacks is empty."""
    return parse_rows(path.name, *read_lines_verbatim(path), record_type)


def read_lines_verbatim(path: Path) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    """Read a table that a run wrote, cells as they stand: its columns, and its rows with their lines."""
    reader = open_cells(decode(path.read_bytes(), path.name))
    header = tuple(next(reader, []))
    return header, [(reader.line_num, cells) for cells in reader]


def parse_rows(
    name: str, header: Sequence[str], lines: Iterable[tuple[int, list[str]]], record_type: type[Record]
) -> DataFrame:
    """Read the rows of a table into their types."""
    types = read_types(record_type)
    blank = {column: BLANKS.get(annotation, "") for column, annotation in types.items()}
    records = []
    for line, cells in lines:
        row = {**blank, **dict(zip(header, cells, strict=False))}
        try:
            if len(cells) != len(header):
                raise ValueError(f"must have {len(header)} cells, has {len(cells)}")
            records.append(record_type(**{column: parse_cell(row[column], types[column]) for column in types}))
        except ValueError as error:
            raise InputError(f"{name} line {line}: {error}. Run {record_type.NOTEBOOK} again.") from None
    return to_frame(records, record_type)


SCHEMA_TYPES: Mapping[Any, str] = {int: "integer", float: "number", bool: "boolean", str: "string"}


def describe_columns(record_type: type[Record]) -> dict[str, str]:
    """Return what the record's docstring says of each column (its ``Attributes`` section)."""
    _, _, attributes = inspect.cleandoc(record_type.__doc__ or "").partition("Attributes\n----------\n")
    described: dict[str, str] = {}
    for names, text in re.findall(r"^(\w[\w, ]*) : [^\n]*\n((?:    [^\n]*\n?)+)", attributes + "\n", re.M):
        described |= dict.fromkeys(names.split(", "), " ".join(text.split()))
    return described


def describe_table(record_type: type[Record]) -> dict[str, Any]:
    """Describe one table as a resource of a data package."""
    texts = describe_columns(record_type)
    fields = []
    for name, annotation in read_types(record_type).items():
        base = get_args(annotation)[0] if is_nullable(annotation) else annotation
        field: dict[str, Any] = {"name": name, "type": SCHEMA_TYPES.get(base, "string"), "description": texts[name]}
        if base is bool:
            field |= {"trueValues": ["true"], "falseValues": ["false"]}
        fields.append(field)
    return {
        "name": record_type.TABLE,
        "path": f"{record_type.TABLE}.csv",
        "description": (record_type.__doc__ or "").strip().splitlines()[0],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "profile": "tabular-data-resource",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def format_datapackage(record_types: Iterable[type[Record]]) -> str:
    """Describe tables as the text of a ``datapackage.json``."""
    resources = [describe_table(record_type) for record_type in record_types]
    package = {"profile": "tabular-data-package", "name": "howlong", "resources": resources}
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"
