"""The tables room: the same records give the same bytes, and every mistake of a person gets one clear line."""

import csv
import os
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from howlong import tables
from howlong.tables import InputError


@dataclass(frozen=True, slots=True)
class Row:
    """A row for these tests.

    Attributes
    ----------
    name : str
        The key.
    low, high : float or None
        Two numbers,
        the second line of their text.
    count : int
        A count.
    sure : bool
        A flag.
    values : tuple of float
        A list.
    """

    TABLE: ClassVar[str] = "rows"
    NOTEBOOK: ClassVar[str] = "00-rows"
    KEY: ClassVar[tuple[str, ...]] = ("name",)

    name: str
    low: float | None
    high: float | None
    count: int
    sure: bool
    values: tuple[float, ...]


NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
NAMES = st.text(st.characters(codec="utf-8"), max_size=20)
ROWS = st.builds(
    Row,
    name=NAMES,
    low=NUMBERS,
    high=NUMBERS,
    count=st.integers(-(2**40), 2**40),
    sure=st.booleans(),
    values=st.tuples() | st.tuples(st.floats(0, 1e6)),
)
TWO = [Row("b", None, 2.0, 1, True, (12.0, 24.0)), Row("a", 0.5, None, 2, False, ())]


def write(folder: Path, records: list[Row]) -> Path:
    """Write records as their table."""
    return tables.write_table(folder, tables.to_frame(records, Row), Row)


def test_rows_are_sorted_and_numbers_are_short(tmp_path: Path) -> None:
    """A table is written in the order of its key, with the shortest numbers and one newline a row."""
    expected = b"name,low,high,count,sure,values\na,0.5,,2,false,\nb,,2,1,true,12; 24\n"
    assert expected == write(tmp_path, TWO).read_bytes()


def test_the_order_of_records_does_not_matter(tmp_path: Path) -> None:
    """Two orders of the same records give the same bytes."""
    assert write(tmp_path / "one", TWO).read_bytes() == write(tmp_path / "two", TWO[::-1]).read_bytes()


@given(st.lists(ROWS, max_size=5))
def test_records_survive_a_frame(records: list[Row]) -> None:
    """What goes into a DataFrame comes out of it as it was."""
    assert records == tables.to_records(tables.to_frame(records, Row), Row)


@given(row=ROWS)
def test_cells_survive_a_file(row: Row) -> None:
    """Every cell that is written reads back as the same value."""
    for name, annotation in tables.read_types(Row).items():
        value = getattr(row, name)
        assert value == tables.parse_cell(tables.format_cell(value), annotation)


@given(records=st.lists(ROWS, max_size=3, unique_by=lambda row: row.name))
def test_tables_survive_a_file(records: list[Row]) -> None:
    """Whatever stands in a cell, every line break of the world among it, the table reads back the same."""
    with TemporaryDirectory() as folder:
        read = tables.to_records(tables.read_table(write(Path(folder), records), Row), Row)
    assert sorted(records, key=lambda row: row.name) == read


def test_a_table_reads_back_as_it_was_written(tmp_path: Path) -> None:
    """Text with commas, quotes and line breaks survives the file."""
    row = Row('a "quoted", text\nin two lines', 1.0, 2.5, 3, True, (1.0,))
    assert [row] == tables.to_records(tables.read_table(write(tmp_path, [row]), Row), Row)


def test_a_table_of_an_earlier_version_is_read_with_empty_columns(tmp_path: Path) -> None:
    """An edition before may lack a column, and may have one that is no longer made."""
    path = tmp_path / "rows.csv"
    path.write_text("gone,name,low\n1,a,2.5\n", encoding="utf-8")
    assert tables.to_records(tables.read_kept_table(path, Row), Row) == [Row("a", 2.5, None, 0, False, ())]
    with pytest.raises(
        InputError, match=r"rows\.csv: must have the columns name, low, .*, has gone, name, low\. Run the notebook"
    ):
        tables.read_table(path, Row)


def test_a_cell_may_be_as_long_as_a_long_document_makes_it(tmp_path: Path) -> None:
    """A cell that lists the claims of an answer outgrows what the standard library reads by itself."""
    csv.field_size_limit(1_000)
    row = replace(TWO[0], name="a" * 200_000)
    assert tables.to_records(tables.read_table(write(tmp_path, [row]), Row), Row) == [row]


def test_a_row_that_lost_a_cell_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, TWO)
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n").rpartition(",")[0] + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"rows\.csv line 3: must have 6 cells, has 5\. Run 00-rows again\."):
        tables.read_table(path, Row)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is replaced whole or not at all, and no rest is left behind."""
    path = tmp_path / "file.txt"
    tables.write_text(path, "old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="No space"):
        tables.write_text(path, "new")
    assert ("old", [path]) == (path.read_text(), list(tmp_path.iterdir()))


def test_a_missing_table_names_its_notebook(tmp_path: Path) -> None:
    """Who runs a notebook too early reads which one comes first."""
    with pytest.raises(InputError, match=r"rows\.csv: must be in .*, is not there\. Run the notebook 00-rows first\."):
        tables.Shelf(tmp_path).read(Row)


def test_by_hand_a_table_comes_from_the_published_ones(tmp_path: Path) -> None:
    """An empty work folder reads what was published, so each notebook runs by itself."""
    write(tmp_path / "data", TWO)
    assert len(tables.open_shelf(tmp_path).read(Row)) == 2


def test_a_started_work_folder_is_not_mixed_with_published_tables(tmp_path: Path) -> None:
    """Once a notebook wrote to the work folder, later ones read from it alone."""
    write(tmp_path / "data", TWO)
    tables.write_text(tmp_path / "work" / "sources.csv", "")
    with pytest.raises(InputError, match="Run the notebook 00-rows first"):
        tables.open_shelf(tmp_path).read(Row)


@dataclass(frozen=True, slots=True)
class LaterRow(Row):
    """A row that a later notebook makes of rows.

    Attributes
    ----------
    name, low, high, count, sure, values : as in Row
        As in Row.
    """

    TABLE: ClassVar[str] = "laters"
    NOTEBOOK: ClassVar[str] = "01-laters"


def test_a_copied_table_is_kept_for_the_notebooks_that_follow(tmp_path: Path) -> None:
    """Who starts in the middle finds the earlier tables beside the new ones, in every notebook after that."""
    write(tmp_path / "data", TWO)
    shelf = tables.open_shelf(tmp_path)
    shelf.write(tables.to_frame([], LaterRow), LaterRow)
    assert len(shelf.read(Row)) == 2
    later = tables.open_shelf(tmp_path)
    assert (len(later.read(Row)), len(later.read(LaterRow))) == (2, 0)


@pytest.mark.parametrize("order", [(Row, LaterRow), (LaterRow, Row)])
def test_a_table_older_than_its_makings_is_not_read(order: tuple[type[Row], ...], tmp_path: Path) -> None:
    """After an earlier notebook ran again, the later one's table is out of date: the message names its notebook."""
    for record_type in (Row, LaterRow):
        tables.write_table(tmp_path / "work", tables.to_frame([], record_type), record_type)
    os.utime(tmp_path / "work" / "laters.csv", (0, 0))
    shelf = tables.open_shelf(tmp_path)
    shelf.read(order[0])
    with pytest.raises(InputError, match=r"laters\.csv: must be younger .* Run 01-laters again"):
        shelf.read(order[1])


def test_a_run_reads_only_its_own_tables(tmp_path: Path) -> None:
    """A run that writes elsewhere never falls back to the published tables."""
    write(tmp_path / "data", TWO)
    with pytest.raises(InputError, match="is not there"):
        tables.open_shelf(tmp_path, "staging").read(Row)


def test_a_dropped_column_is_named() -> None:
    """A cell that drops a column is told which one."""
    with pytest.raises(InputError, match="rows: the table must have the column 'high'"):
        tables.to_records(tables.to_frame(TWO, Row).drop(columns="high"), Row)


MISTAKES = [
    ("", "must have the column 'file', has no header"),
    ("file\n", "must have the column 'id'"),
    ("file;id\na;b\n", r"columns must be divided by commas, are by semicolons\. Save the file with commas"),
    ("file\tid\na\tb\n", "columns must be divided by commas, are by tabs"),
    ("File,id\na,b\n", r"must have the column 'file', has File, id\. Write 'file' for 'File'"),
    ("id,file,colour\n", "the column 'colour' is unknown"),
    ("id,file,id\n", "each column must stand once, 'id' stands 2 times"),
    ("id,file\na,b,c\n", "line 2: must have 2 cells, has 3"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_mistakes_in_a_written_table_get_one_line(text: str, message: str, tmp_path: Path) -> None:
    """A person's CSV file is checked cell by cell."""
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        tables.read_rows(path, ("file", "id"))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_utf8_names_the_byte(tmp_path: Path) -> None:
    """A wrong encoding is named by its offset and line."""
    path = tmp_path / "people.csv"
    path.write_bytes(b"file,id\n\xe9,a\n")
    with pytest.raises(InputError, match=r"people\.csv: must be UTF-8, byte 8 is 0xe9 in line 2"):
        tables.read_rows(path, ("file", "id"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_file_in_utf16_is_called_so(tmp_path: Path, encoding: str) -> None:
    """Some spreadsheets save "Unicode text" as UTF-16, which its byte order mark tells."""
    path = tmp_path / "people.csv"
    path.write_bytes("\ufefffile,id\na,b\n".encode(encoding))
    with pytest.raises(InputError, match=r"people\.csv: must be UTF-8, is UTF-16\. Save the file as UTF-8\."):
        tables.read_rows(path, ("file", "id"))


def test_a_spreadsheet_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    """Spreadsheets write a byte order mark; blank rows they add are passed over."""
    path = tmp_path / "people.csv"
    path.write_bytes("\ufefffile,id\r\na,b\r\n,\r\n".encode())
    assert tables.read_rows(path, ("file", "id")) == [(2, {"file": "a", "id": "b"})]


def test_every_column_is_described() -> None:
    """The data package takes the description of a column from the record's docstring."""
    fields = tables.describe_table(Row)["schema"]["fields"]
    assert fields[2]["description"] == "Two numbers, the second line of their text."
    assert [field["type"] for field in fields] == ["string", "number", "number", "integer", "boolean", "string"]


def test_a_notebook_shows_a_mistake_in_one_line() -> None:
    """An analyst who errs reads the line and no traceback."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    with capture_output() as shown:
        InteractiveShell.instance().run_cell(
            "from howlong.tables import InputError\nraise InputError('a: must be b, is c. Mend it.')"
        )
    assert shown.stdout.strip() == "InputError: a: must be b, is c. Mend it."
