"""Two whole reviews, from documents to page, through the notebooks' own cells."""

from pathlib import Path
from typing import Any

import pytest
from run_notebooks import ROOT, run_notebooks

from howlong.claims import Claim
from howlong.durations import Interval
from howlong.quantities import ExclusionRow, QuantityRow, check_ledger
from howlong.sources import Source, read_documents
from howlong.spread import Conflict, Hull, Influence, Step, Stratum
from howlong.tables import Record, read_table, to_records
from howlong.verdicts import Orphan

REPELLENT = Path(__file__).parent / "reviews" / "repellent"
TABLES: tuple[type[Record], ...] = (
    Source,
    QuantityRow,
    ExclusionRow,
    Claim,
    Orphan,
    Interval,
    Stratum,
    Hull,
    Influence,
    Conflict,
    Step,
)


@pytest.fixture(scope="module")
def ketamine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables and page of the first review."""
    out = tmp_path_factory.mktemp("ketamine")
    run_notebooks(ROOT, out)
    return out


@pytest.fixture(scope="module")
def repellent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables and page of another review."""
    out = tmp_path_factory.mktemp("repellent")
    run_notebooks(REPELLENT, out)
    return out


def read(out: Path, record: type[Record]) -> list[Any]:
    """Read one table as records."""
    return to_records(read_table(out / f"{record.TABLE}.csv", record), record)


def find_stratum(out: Path, stratum_id: str, reading: str = "base") -> Stratum:
    """Find one stratum in one reading."""
    (row,) = [row for row in read(out, Stratum) if row.stratum_id == stratum_id and row.reading == reading]
    return row


@pytest.mark.parametrize("record", TABLES, ids=lambda record: record.TABLE)
def test_what_is_published_is_what_the_notebooks_make(record: type[Record], ketamine: Path) -> None:
    """The committed tables are those that the committed rules make of the committed seeds: run `make report`."""
    name = f"{record.TABLE}.csv"
    assert (ROOT / "data" / name).read_bytes() == (ketamine / name).read_bytes()


@pytest.mark.parametrize(("review", "out"), [(ROOT, "ketamine"), (REPELLENT, "repellent")])
def test_every_row_stands_where_it_says(review: Path, out: str, request: pytest.FixtureRequest) -> None:
    """text[start:end] == quote in every table, and no amount is unexplained."""
    folder = request.getfixturevalue(out)
    documents = read_documents(review, read_table(folder / "sources.csv", Source))
    texts = {document.source_id: document.text for document in documents}
    for record in (QuantityRow, ExclusionRow, Claim):
        for row in read(folder, record):
            assert row.quote == texts[row.source_id][row.start : row.end]
            assert row.quote in row.sentence
    tables = [read_table(folder / f"{record.TABLE}.csv", record) for record in (QuantityRow, ExclusionRow)]
    ledger = check_ledger(documents, *tables)
    assert (ledger.uncovered, ledger.unresolved) == ((), 0)


def test_one_dose_relief_rests_on_two_articles(ketamine: Path) -> None:
    """After one dose: about three days at the least, one or two weeks at the most, from two of four articles."""
    row = find_stratum(ketamine, "persistence/clinical/single/human")
    assert (row.sources, row.source_ids) == (2, ("A", "D"))
    assert (row.possible_low_days, row.possible_high_days) == (3.0, 14.0)
    assert (row.stated_low_days, row.stated_high_days) == (None, 14.0)


def test_a_series_rests_on_two_articles_and_reaches_months(ketamine: Path) -> None:
    """After a series: two to six weeks in numbers, months in words."""
    row = find_stratum(ketamine, "persistence/clinical/series/human")
    assert row.source_ids == ("A", "B")
    assert (row.stated_low_days, row.stated_high_days) == (14.0, 42.0)
    assert row.possible_high_days is not None
    assert row.possible_high_days > 300


def test_maintenance_has_no_upper_limit(ketamine: Path) -> None:
    """One article says several months or longer: the upper end stays open."""
    row = find_stratum(ketamine, "persistence/clinical/maintenance/human")
    assert (row.source_ids, row.possible_high_days, row.high_open) == (("D",), None, True)


def test_brain_changes_rest_on_one_article(ketamine: Path) -> None:
    """Structure, potentiation and receptors are told by one article alone."""
    rows = [
        row for row in read(ketamine, Stratum) if row.leaf and row.outcome in ("structural", "functional", "molecular")
    ]
    assert rows
    assert {("B",)} == {row.source_ids for row in rows if row.measure == "persistence" and row.claims}


def test_the_receptive_window_is_an_answer_of_its_own(ketamine: Path) -> None:
    """The window's length is never merged with lasting benefit."""
    rows = [
        row for row in read(ketamine, Stratum) if row.measure == "window" and row.leaf and row.chosen and row.claims
    ]
    assert {("D",)} == {row.source_ids for row in rows}
    assert (min(row.stated_low_days or 99 for row in rows), max(row.stated_high_days or 0 for row in rows)) == (
        3.0,
        7.0,
    )


def test_nobody_tells_of_structure_in_humans(ketamine: Path) -> None:
    """What the review asks and no article answers is printed as a gap."""
    gaps = [(row.outcome, row.population) for row in read(ketamine, Stratum) if row.gap and row.chosen]
    assert ("structural", "human") in gaps


def test_no_figure_comes_with_a_source_that_can_be_located(ketamine: Path) -> None:
    """Four texts are not four studies: whatever origin they name cannot be found by it."""
    assert not any(claim.locatable for claim in read(ketamine, Claim) if claim.answers)


def test_the_reading_moves_the_answer_and_not_the_numbers(ketamine: Path, tmp_path: Path) -> None:
    """A wide reading moves the one-dose answer; claims without vague words stay as they were."""
    run_notebooks(ROOT, tmp_path, reading="wide")
    base, wide = (
        find_stratum(out, "persistence/clinical/single/human", reading)
        for out, reading in ((ketamine, "base"), (tmp_path, "wide"))
    )
    assert wide.chosen
    assert (wide.possible_low_days or 0) < (base.possible_low_days or 0)
    assert (base.stated_low_days, base.stated_high_days) == (wide.stated_low_days, wide.stated_high_days)
    plain = {row.claim_id: row for row in read(ketamine, Interval) if row.reading == "base" and not row.vague}
    for row in read(tmp_path, Interval):
        if row.reading == "wide" and row.claim_id in plain:
            before = plain[row.claim_id]
            assert (before.low_days, before.high_days) == (row.low_days, row.high_days)


def test_a_left_out_source_takes_only_its_rows_along(ketamine: Path, tmp_path: Path) -> None:
    """Claims of the other sources are the same, to the letter."""
    run_notebooks(ROOT, tmp_path, leave_out=["A"])
    assert [row for row in read(ketamine, Claim) if row.source_id != "A"] == read(tmp_path, Claim)


def test_another_review_goes_through(repellent: Path) -> None:
    """Another field, no code changed: numbers, a gap, a stratum of vague words alone, a document without an answer."""
    claims = read(repellent, Claim)
    assert {"skin", "fences", "bench"} == {claim.source_id for claim in claims}
    assert {"bench"}.isdisjoint(claim.source_id for claim in claims if claim.answers)
    rows = [row for row in read(repellent, Stratum) if row.chosen]
    assert any(row.gap for row in rows)
    assert any(
        row.leaf and row.claims and row.vague_claims == row.claims and row.stated_high_days is None for row in rows
    )
    numbers = find_stratum(repellent, "persistence/protection/single/human")
    assert (numbers.possible_high_days or 0) >= (8.0 / 24)


def test_the_page_of_another_review_speaks_of_its_own_question(repellent: Path) -> None:
    """Nothing of the first review is in the second one's page."""
    page = (repellent / "review.html").read_text(encoding="utf-8")
    assert "How long does a repellent keep working?" in page
    assert "ketamine" not in page.lower()
