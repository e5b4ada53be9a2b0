"""The sources room: a document's text is never altered, and passages point into it."""

import csv
import re
import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from howlong.sources import Passages, Source, count_passages, find_review, read_documents, read_sources
from howlong.tables import InputError, to_records

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parent.parent


def make_review(folder: Path, rows: str, **documents: bytes) -> Path:
    """Make a review of the given rows and documents (``one=b"..."`` becomes one.txt)."""
    (folder / "seeds" / "documents").mkdir(parents=True)
    (folder / "seeds" / "sources.csv").write_text("source_id,file\n" + rows, encoding="utf-8")
    for name, content in documents.items():
        (folder / "seeds" / "documents" / f"{name}.txt").write_bytes(content)
    return folder


def read_cases() -> list[list[str]]:
    """Read the cases of passages: text and its passages, each with the first letter of its kind."""
    with (CASES / "passages.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.mark.parametrize(("text", "expected", "reason"), read_cases())
def test_text_is_divided_into_passages(text: str, expected: str, reason: str) -> None:
    """Sentences, headings and captions are found as a reader would find them."""
    text = text.replace("\\n", "\n")
    found = [f"{passage.kind[0]}:{text[passage.start : passage.end]}" for passage in Passages(text).items]
    assert re.split(r" \| (?=[shc]:)", expected.replace("\\n", "\n")) == found, reason


@given(st.text(st.characters(codec="utf-8"), max_size=300) | st.text("aB. ?\n\r•1", max_size=80))
def test_passages_cover_every_visible_character(text: str) -> None:
    """Passages lie in order, do not overlap, and leave out nothing but white space."""
    place = 0
    for passage in Passages(text).items:
        assert place <= passage.start < passage.end
        assert not text[place : passage.start].strip()
        place = passage.end
    assert not text[place:].strip()


def test_a_span_over_two_sentences_has_both() -> None:
    """The sentence of a quote that crosses a full stop is the run of passages that hold it."""
    text = "It takes 2 min. It lasts. End."
    assert Passages(text).sentence(text.index("min"), text.index("lasts") + 2) == "It takes 2 min. It lasts."


def test_sections_are_the_nearest_heading_above() -> None:
    """A passage before any heading has no section."""
    text = "First words here.\n\nA Second Part\n\nMore words here."
    assert [passage.section for passage in Passages(text).items] == ["", "A Second Part", "A Second Part"]


def test_the_seeds_are_described_from_their_own_words() -> None:
    """The first review knows what its documents say of themselves, and nothing else."""
    sources = to_records(read_sources(ROOT), Source)
    assert [source.publisher for source in sources] == ["", "", "", "NeuroTech Insider"]
    assert sources[2].title == ""
    assert {"secondary web article"} == {source.evidence_level for source in sources}
    for source, document in zip(sources, read_documents(ROOT, read_sources(ROOT)), strict=True):
        assert source.title in document.text
        assert source.publisher in document.text


def test_a_left_out_source_is_not_read() -> None:
    """Leaving a source out removes its row and nothing else."""
    assert [document.source_id for document in read_documents(ROOT, read_sources(ROOT, ["C"]))] == ["A", "B", "D"]


def test_a_byte_order_mark_stays_and_is_reported(tmp_path: Path) -> None:
    """The text of a file is exactly what its bytes say."""
    review = make_review(tmp_path, "a,one.txt\n", one="\ufeffIt lasts.\r\nYes.".encode())
    sources = read_sources(review)
    assert bool(sources.byte_order_mark[0])
    assert read_documents(review, sources)[0].text == "\ufeffIt lasts.\r\nYes."


MISTAKES = [
    ("", {"one": b"x"}, r"sources\.csv: must have one row a document, has none"),
    (
        "a,one.txt\n",
        {"one": b"x", "two": b"y"},
        r"'two\.txt' has none\. Add the row 'two,two\.txt'.* To leave it out, take the file away or write false under include",
    ),
    (
        "a,one.txt\na,two.txt\n",
        {"one": b"x", "two": b"y"},
        r"line 3: source_id 'a' must stand once, stands in line 2 too",
    ),
    ("a,one.txt\nb,one.txt\n", {"one": b"x"}, r"line 3: file 'one\.txt' must stand once"),
    ("a,\n", {}, r"line 2: file must be filled, is empty"),
    ("a,one.txt\n", {}, r"'a' names 'one\.txt', which must be a file in seeds/documents, is not"),
    ("a,../sources.csv\n", {}, r"must be a file in seeds/documents"),
    ("a,one.txt\n", {"one": b"caf\xe9"}, r"seeds/documents/one\.txt: must be UTF-8, byte 3 is 0xe9"),
    ("a,one.txt\n", {"one": b" \n"}, r"seeds/documents/one\.txt: must hold text, is empty"),
    ("a,one.txt\n", {"one": "\ufeff\u200b \xa0\u2060\n".encode()}, r"must hold text, is empty"),
    ("a,one.txt\n", {"one": b"x", "a,b": b"y"}, r"""Add the row '"a,b","a,b\.txt"' \(source_id and file"""),
    ("a,one.txt\n", {"one": b"x", 'a"b': b"y"}, r"""Add the row '"a""b","a""b\.txt"' \(source_id and file"""),
]


@pytest.mark.parametrize(("rows", "documents", "message"), MISTAKES)
def test_mistakes_in_sources_get_one_line(rows: str, documents: dict[str, bytes], message: str, tmp_path: Path) -> None:
    """Every mistake in seeds/sources.csv says where, what must be, what is, and what to do."""
    with pytest.raises(InputError, match=message) as caught:
        read_sources(make_review(tmp_path, rows, **documents))
    assert "\n" not in str(caught.value)


NO_TEXT = [
    (b"<!DOCTYPE html>\n<html><p>It lasts.", "HTML"),
    (b"\xef\xbb\xbf\r\n <HTML lang='en'>", "HTML"),
    (b"<?xml version='1.0'?>\n<!-- saved from <html> -->\n<!-- -->\n<html>", "HTML"),
    (b"%PDF-1.7\n\xe2\xe3", "a PDF"),
    (b"PK\x03\x04\x14\x00", "a zip or Word file"),
    (rb"{\rtf1\ansi It lasts.}", "RTF"),
]


@pytest.mark.parametrize(("content", "name"), NO_TEXT)
def test_a_document_that_is_no_plain_text_is_refused(content: bytes, name: str, tmp_path: Path) -> None:
    """A saved page, a PDF or a word processor's file has words that no reader of it would see."""
    message = rf"seeds/documents/one\.txt: must be plain text, looks like {name}\. Save it as text\."
    with pytest.raises(InputError, match=message):
        read_sources(make_review(tmp_path, "a,one.txt\n", one=content))


TEXT = [
    "<!-- a remark --> # It lasts\n\n<p>3 days</p>",
    "<b>It</b> lasts, says <html>.",
    "<htmlish> It lasts.",
    "\x00\x01 It lasts.",
    "<!-- -->" * 3000 + "It lasts.",
]


@pytest.mark.parametrize("text", TEXT, ids=range(len(TEXT)))
def test_text_that_merely_holds_marks_is_read(text: str, tmp_path: Path) -> None:
    """Markdown, some HTML in a text, and any control character are legal."""
    assert len(read_sources(make_review(tmp_path, "a,one.txt\n", one=text.encode()))) == 1


def test_what_lies_among_the_documents_and_is_none_is_named(tmp_path: Path) -> None:
    """A folder with files and a link that leads nowhere are not passed over; empty and hidden folders are."""
    review = make_review(tmp_path, "a,one.txt\n", one=b"It lasts.")
    documents = review / "seeds" / "documents"
    (documents / "empty").mkdir()
    (documents / ".hidden").mkdir()
    (documents / ".hidden" / "two.txt").touch()
    assert len(read_sources(review)) == 1
    (documents / "empty" / "two.txt").touch()
    with pytest.raises(InputError, match=r"seeds/documents: must hold the files themselves, 'empty' is a folder"):
        read_sources(review)
    (documents / "a link.txt").symlink_to("nowhere.txt")
    with pytest.raises(InputError, match=r"every link must lead to a file, 'a link\.txt' leads nowhere\. Mend"):
        read_sources(review)


@pytest.mark.parametrize(("table", "disk"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_name_is_found_however_its_accents_are_composed(
    table: Literal["NFC", "NFD"], disk: Literal["NFC", "NFD"], tmp_path: Path
) -> None:
    """A Mac's archive spells accents apart; the file is the same to whoever reads its name."""
    written = unicodedata.normalize(table, "séance")
    review = make_review(tmp_path, f"a,{written}.txt\n", **{unicodedata.normalize(disk, "séance"): b"It lasts."})
    assert [document.text for document in read_documents(review, read_sources(review))] == ["It lasts."]


def test_a_source_that_nobody_knows_cannot_be_left_out() -> None:
    """A misspelt name in leave_out is no silent no-op."""
    with pytest.raises(
        InputError, match=r"leave_out: 'E' must be a source of seeds/sources\.csv, which has A, B, C, D"
    ):
        read_sources(ROOT, ["E"])


def test_a_document_that_changed_is_noticed(tmp_path: Path) -> None:
    """A table of sources speaks of the bytes it was made from."""
    review = make_review(tmp_path, "a,one.txt\n", one=b"It lasts.")
    sources = read_sources(review)
    (review / "seeds" / "documents" / "one.txt").write_bytes(b"It ends.")
    with pytest.raises(InputError, match=r"it changed since\. Run 01-sources again"):
        read_documents(review, sources)


def test_a_folder_without_seeds_is_no_review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The review's folder is found from below, and a wrong one is named."""
    with pytest.raises(InputError, match="must be a folder that holds seeds/"):
        find_review(tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="must hold seeds/, none does"):
        find_review()
    monkeypatch.chdir(ROOT / "notebooks")
    assert find_review() == ROOT


def test_passages_are_counted_by_kind() -> None:
    """The first notebook shows what each document is made of."""
    counts = count_passages(read_documents(ROOT, read_sources(ROOT)))
    assert counts.caption["D"] == 10
    assert counts.heading["C"] == 0


def test_a_copy_of_a_document_is_no_second_source(tmp_path: Path) -> None:
    """The same bytes under two names would count twice, so they are refused until one is left out."""
    review = make_review(tmp_path, "a,one.txt\nb,two.txt\n", one=b"It lasts.", two=b"It lasts.")
    with pytest.raises(InputError, match=r"'b' is the same file as 'a'\. Remove one"):
        read_sources(review)
    assert ["a"] == list(read_sources(review, ["b"]).source_id)


@pytest.mark.parametrize("text", ["word " * 4000, "x" * 20_000, "a 3 " * 5000])
def test_a_sentence_that_never_ends_is_cut(text: str) -> None:
    """A dump of words without a full stop is divided, so that no quote drags the whole document along."""
    passages = Passages(text).items
    assert max(passage.end - passage.start for passage in passages) <= 3000
    assert text.replace(" ", "") == "".join(text[passage.start : passage.end] for passage in passages).replace(" ", "")


def test_a_review_reads_at_least_one_source() -> None:
    """Leaving out everything is a mistake, not an empty report."""
    with pytest.raises(InputError, match=r"sources\.csv: at least one source must be included, none is"):
        read_sources(ROOT, ["A", "B", "C", "D"])
