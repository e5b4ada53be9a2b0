"""A document that did not change is not read again, and what is read is the same with a memory and without."""

from __future__ import annotations

import json
import shutil
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from pandas import DataFrame
from tiny_review import read_published

from howlong.claims import Claim, code_claims, coding, read_codebook
from howlong.quantities import ExclusionRow, QuantityRow, ledger, tabulate
from howlong.report.run import Request, run_report
from howlong.sources import Document, Memory, memory, open_memory, read_documents, read_sources
from howlong.tables import format_table, to_records

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def review(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "seeds", tmp_path / "review" / "seeds")
    return tmp_path / "review"


def read_all(review: Path, kept: bool = True) -> tuple[DataFrame, DataFrame, DataFrame]:
    """Read a review's documents as notebook 02 does."""
    documents = read_documents(review, read_sources(review))
    if not kept:
        documents = [replace(document, memory=None) for document in documents]
    quantities, exclusions = tabulate(documents)
    return quantities, exclusions, code_claims(documents, quantities, read_codebook(review))


def write_all(tables: tuple[DataFrame, DataFrame, DataFrame]) -> list[str]:
    """Write tables as they are published."""
    kinds = (QuantityRow, ExclusionRow, Claim)
    return [format_table(to_records(table, kind), kind) for table, kind in zip(tables, kinds, strict=True)]


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What was really read and coded, by source."""
    found: dict[str, list[str]] = {"read": [], "coded": []}
    read, code = ledger.read_document, coding.code_document

    def note_read(document: Document) -> object:
        found["read"].append(document.source_id)
        return read(document)

    def note_code(document: Document, *given: object) -> object:
        found["coded"].append(document.source_id)
        return code(document, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger, "read_document", note_read)
    monkeypatch.setattr(coding, "code_document", note_code)
    return found


def list_kept(review: Path) -> list[Path]:
    return sorted(path for path in open_memory(review).folder.iterdir() if path.name != ".gitignore")


def test_the_same_rows_come_back_with_and_without_a_memory(review: Path, readings: dict[str, list[str]]) -> None:
    wanted = write_all(read_all(review, kept=False))
    assert write_all(read_all(review)) == wanted
    assert readings["read"] == readings["coded"] == ["A", "B", "C", "D"] * 2
    assert write_all(read_all(review)) == wanted
    assert len(readings["read"]) == len(readings["coded"]) == 8


def test_one_changed_document_is_read_again_alone(review: Path, readings: dict[str, list[str]]) -> None:
    read_all(review)
    readings["read"].clear(), readings["coded"].clear()
    path = next((review / "seeds" / "documents").glob("001*"))
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more effect lasted nine weeks.\n", encoding="utf-8")
    tables = read_all(review)
    assert readings == {"read": ["B"], "coded": ["B"]}
    assert write_all(tables) == write_all(read_all(review, kept=False))


def test_a_changed_codebook_codes_again_and_reads_nothing(review: Path, readings: dict[str, list[str]]) -> None:
    read_all(review)
    readings["read"].clear(), readings["coded"].clear()
    path = review / "seeds" / "codebook.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[outcome.sleep]\ncues = ["sleep*"]\n', encoding="utf-8")
    tables = read_all(review)
    assert readings == {"read": [], "coded": ["A", "B", "C", "D"]}
    assert write_all(tables) == write_all(read_all(review, kept=False))


def test_quantities_that_an_analyst_drops_are_not_coded_from_memory(review: Path) -> None:
    documents = read_documents(review, read_sources(review))
    quantities, _ = tabulate(documents)
    codebook = read_codebook(review)
    every = code_claims(documents, quantities, codebook)
    fewer = code_claims(documents, quantities[quantities.kind == "duration"], codebook)
    assert len(fewer) == (quantities.kind == "duration").sum() < len(every)


@pytest.mark.parametrize("damage", ["", "cut", "x\n[[]]", "[]", "0" * 64 + "\n[[], []]"])
def test_a_damaged_memory_heals(review: Path, readings: dict[str, list[str]], damage: str) -> None:
    wanted = write_all(read_all(review))
    before = {path.name: path.read_bytes() for path in list_kept(review)}
    for path in list_kept(review):
        path.write_bytes(path.read_bytes()[:-9] if damage == "cut" else damage.encode())
    assert write_all(read_all(review)) == wanted
    assert readings["read"] == ["A", "B", "C", "D"] * 2
    assert {path.name: path.read_bytes() for path in list_kept(review)} == before


def test_a_memory_that_cannot_be_written_is_no_failure(review: Path) -> None:
    (review / memory.FOLDER).write_text("a file where the folder should be")
    assert write_all(read_all(review)) == write_all(read_all(review, kept=False))


def test_a_memory_is_bounded_and_forgets_first_what_was_not_asked_for_longest(tmp_path: Path) -> None:
    kept = Memory(tmp_path / "kept", most=3 * 70)
    for number in range(5):
        kept.recall(str(number), (), (), lambda: ())
        (tmp_path / "kept" / ".x.part").write_text("left by a killed run")
        kept.recall("0", (), (), lambda: ())
        kept.trim()
    held = sum(path.stat().st_size for path in kept.folder.iterdir())
    assert held <= 3 * 70
    assert any(name.startswith(memory.hash_all(["0"])) for name in kept.names())
    assert not (tmp_path / "kept" / ".x.part").exists()


def test_a_memory_may_be_used_by_two_at_once(review: Path) -> None:
    wanted = write_all(read_all(review, kept=False))

    def work(number: int) -> list[str]:
        if number % 3 == 0:
            open_memory(review).forget()
        return write_all(read_all(review))

    with ThreadPoolExecutor(4) as pool:
        assert all(found == wanted for found in pool.map(work, range(8)))


def test_git_looks_away_from_a_memory(review: Path) -> None:
    read_all(review)
    assert (review / memory.FOLDER / ".gitignore").read_text().splitlines()[-1] == "*"
    assert f"{memory.FOLDER}/" in (ROOT / ".gitignore").read_text().splitlines()


def test_what_is_kept_depends_on_every_room_that_reads() -> None:
    """The rooms up to the claims, as the contract of imports names them, and the vocabulary."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = contract["contracts"][0]["layers"]
    rooms = layers[layers.index("claims") :]
    assert {name.removesuffix(".py") for name in memory.READERS} == {*rooms, "vocabulary"}


def test_rows_are_kept_as_plain_text_that_nobody_executes(review: Path) -> None:
    read_all(review)
    assert all(json.loads(path.read_bytes().partition(b"\n")[2]) for path in list_kept(review))


@pytest.mark.slow
def test_a_run_after_one_change_leaves_the_bytes_of_a_run_that_read_everything(review: Path) -> None:
    published = []
    for forgets in (False, True):
        folder = review.parent / f"forgets-{forgets}"
        shutil.copytree(review, folder)
        shutil.copytree(ROOT / "notebooks", folder / "notebooks")
        run_report(Request(review=str(folder)))
        path = next((folder / "seeds" / "documents").glob("003*"))
        path.write_bytes(path.read_bytes() + b"\nOne more effect lasted nine weeks.\n")
        if forgets:
            open_memory(folder).forget()
        assert run_report(Request(review=str(folder))).edition == 2
        published.append(read_published(folder))
    assert published[0] == published[1]


@pytest.mark.slow
def test_a_run_says_how_many_documents_it_read(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "notebooks", review / "notebooks")
    run_report(Request(review=str(review)))
    assert "read:" not in capsys.readouterr().err
    path = next((review / "seeds" / "documents").glob("003*"))
    path.write_bytes(path.read_bytes() + b"\nMore.\n")
    run_report(Request(review=str(review)))
    assert "read: 1 document; of the others nothing has changed" in capsys.readouterr().err
    kept = open_memory(review).names()
    run_report(Request(review=str(review), force=True))
    assert len(open_memory(review).names()) == 8 < len(kept)
