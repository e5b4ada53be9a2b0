"""Read the table of sources and the documents it names, and describe them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from howlong.sources.memory import Memory, open_memory
from howlong.sources.passages import Passages
from howlong.tables import InputError, Record, decode, quote_cell, read_bytes, read_rows, to_frame, to_records

if TYPE_CHECKING:
    from pandas import DataFrame

BYTE_ORDER_MARK = "\ufeff"
FORMATS = (
    (re.compile(rb"%PDF-"), "a PDF"),
    (re.compile(rb"PK\x03\x04"), "a zip or Word file"),
    (re.compile(rb"{\\rtf"), "RTF"),
    (re.compile(rb"(?>\s+|<!--.*?-->|<\?xml.*?\?>)*+<(?:!doctype\s+html|html)[\s>]", re.I | re.S), "HTML"),
)
EVIDENCE_LEVELS = (
    "systematic review",
    "primary study",
    "guideline",
    "narrative review",
    "secondary web article",
    "other",
    "",
)
SOURCE_COLUMNS = (
    "source_id",
    "file",
    "title",
    "publisher",
    "url",
    "published",
    "retrieved",
    "evidence_level",
    "include",
    "reason",
)


@dataclass(frozen=True, slots=True)
class Source:
    """One document of the review, as people described it and as it was received.

    Attributes
    ----------
    source_id : str
        The short name that tables and the report use.
    file : str
        The file's name in seeds/documents.
    title, publisher, url, published, retrieved : str
        What the document itself or the person who added it says; empty where nothing is known.
    evidence_level : str
        The kind of document, such as "secondary web article".
    include : bool
        Whether the review reads it.
    reason : str
        Why it was included or left out.
    sha256 : str
        The hash of the file's bytes.
    characters : int
        The length of the decoded text in code points.
    passages : int
        How many sentences, headings and captions it has.
    byte_order_mark : bool
        Whether the file begins with a byte order mark; it stays in the text.
    """

    TABLE: ClassVar[str] = "sources"
    NOTEBOOK: ClassVar[str] = "01-sources"
    KEY: ClassVar[tuple[str, ...]] = ("source_id",)

    source_id: str
    file: str
    title: str
    publisher: str
    url: str
    published: str
    retrieved: str
    evidence_level: str
    include: bool
    reason: str
    sha256: str
    characters: int
    passages: int
    byte_order_mark: bool


@dataclass(frozen=True)
class Document:
    """A source's text with its passages.

    Attributes
    ----------
    source_id, file : str
        The source and its file.
    text : str
        The decoded text.
    passages : Passages
        The text, divided.
    memory : Memory or None
        Where what is read from it is kept; None: nowhere.
    """

    source_id: str
    file: str
    text: str
    passages: Passages
    memory: Memory | None = None

    def recall(
        self, made_of: Iterable[str], record_types: Sequence[type[Record]], read: Callable[[], Sequence[Sequence[Any]]]
    ) -> Sequence[Sequence[Any]]:
        """Return what was read from this very text before, by the same rules, or read it now."""
        if self.memory is None:
            return read()
        return self.memory.recall(self.text, [self.source_id, *made_of], record_types, read)

    def remembers(self, made_of: Iterable[str], record_types: Sequence[type[Record]]) -> bool:
        """Tell whether rows of these makings are kept."""
        place = self.memory and self.memory.place(self.text, [self.source_id, *made_of], record_types)
        return bool(place and place.exists())


def trim_memory(documents: Sequence[Document]) -> None:
    """Hold the memory of documents to its size."""
    for memory in dict.fromkeys(document.memory for document in documents):
        if memory:
            memory.trim()


def find_review(folder: str | Path = "") -> Path:
    """Find the review's folder: the one named, else the nearest one above the current folder that holds ``seeds/``.

    Raises
    ------
    InputError
        When there is none.
    """
    if folder:
        if not (Path(folder) / "seeds").is_dir():
            raise InputError(
                f"review: {str(folder)!r} must be a folder that holds seeds/, it does not. Name the review's folder."
            )
        return Path(folder).resolve()
    here = Path.cwd()
    for candidate in (here, *here.parents):
        if (candidate / "seeds").is_dir():
            return candidate
    raise InputError(
        f"review: {here} and the folders above it must hold seeds/, none does. Change to the review's folder, or name it."
    )


def read_sources(review: Path, leave_out: Sequence[str] = ()) -> DataFrame:
    """Read seeds/sources.csv and describe each document it names.

    Parameters
    ----------
    review : Path
        The review's folder.
    leave_out : sequence of str
        Names of sources to leave out of this run, whatever the table says.

    Returns
    -------
    DataFrame
        A row a `Source`, in the table's order.

    Raises
    ------
    InputError
        For a document without a row, a row without a document, a doubled row, a file that is empty, no plain text or
        not UTF-8, and when no source is left.
    """
    rows = read_rows(review / "seeds" / "sources.csv", SOURCE_COLUMNS[:2], SOURCE_COLUMNS[2:])
    present = list_documents(review)
    rows = [(line, row | {"file": find_name(row["file"], present)}) for line, row in rows]
    check_rows(rows, present)
    sources = [describe_source(review, line, row) for line, row in rows]
    known = [source.source_id for source in sources]
    for name in leave_out:
        if name not in known:
            raise InputError(
                f"leave_out: {name!r} must be a source of seeds/sources.csv, which has {', '.join(known)}. Mend the name."
            )
    records = [source for source in sources if source.source_id not in leave_out]
    check_copies(records)
    if not any(source.include for source in records):
        raise InputError("sources.csv: at least one source must be included, none is. Include one, or leave fewer out.")
    return to_frame(records, Source)


def list_documents(review: Path) -> list[str]:
    """Return the names of the files in seeds/documents; what is there and no document is named."""
    folder = review / "seeds" / "documents"
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    present = [path for path in paths if not path.name.startswith(".")]
    for path in present:
        if not path.exists():
            raise InputError(
                f"seeds/documents: every link must lead to a file, {path.name!r} leads nowhere. Mend or remove the link."
            )
        if path.is_dir() and any(inner.is_file() for inner in path.rglob("[!.]*")):
            raise InputError(
                f"seeds/documents: must hold the files themselves, {path.name!r} is a folder with files. "
                "Move them out of it and add a row for each, or remove the folder."
            )
    return [path.name for path in present if path.is_file()]


def find_name(name: str, present: Sequence[str]) -> str:
    """Return a file's name as the disk spells it, where one name alone differs in how accents are composed."""
    same = [other for other in present if unicodedata.normalize("NFC", other) == unicodedata.normalize("NFC", name)]
    return same[0] if len(same) == 1 else name


def check_rows(rows: Sequence[tuple[int, dict[str, str]]], present: Sequence[str]) -> None:
    """Hold the rows of sources.csv against each other and against the files of seeds/documents."""
    if not rows:
        raise InputError("sources.csv: must have one row a document, has none. Add a row with source_id and file.")
    for column in ("source_id", "file"):
        seen: dict[str, int] = {}
        for line, row in rows:
            value = row[column]
            if not value:
                raise InputError(f"sources.csv line {line}: {column} must be filled, is empty. Fill it.")
            if value in seen:
                raise InputError(
                    f"sources.csv line {line}: {column} {value!r} must stand once, stands in line {seen[value]} too. Remove one."
                )
            seen[value] = line
    named = {row["file"] for _, row in rows}
    for name in present:
        if name not in named:
            raise InputError(
                f"sources.csv: every file of seeds/documents must have a row, {name!r} has none. Add the row {suggest_row(name)} To leave it out, take the file away or write false under include."
            )


def check_copies(sources: Sequence[Source]) -> None:
    """Refuse a document that is included twice: a source counts once."""
    seen: dict[str, str] = {}
    for source in sources:
        if source.include and source.sha256 in seen:
            raise InputError(
                f"sources.csv: each included document must differ, {source.source_id!r} is the same file as {seen[source.sha256]!r}. "
                "Remove one, or set its include to false."
            )
        if source.include:
            seen[source.sha256] = source.source_id


def suggest_row(name: str) -> str:
    """Return the shortest row that would describe a document: a short name and the file."""
    cells = ",".join(map(quote_cell, (Path(name).stem[:12], name)))
    return f"'{cells}' (source_id and file; the other columns may stay empty)."


def decode_text(content: bytes, where: str) -> str:
    """Decode a document; one that begins as another format does is no plain text.

    Raises
    ------
    InputError
        Naming the format, or the first byte that is not UTF-8.
    """
    beginning = content.removeprefix(BYTE_ORDER_MARK.encode())
    for pattern, name in FORMATS:
        if pattern.match(beginning):
            raise InputError(f"{where}: must be plain text, looks like {name}. Save it as text.")
    return decode(content, where)


def describe_source(review: Path, line: int, row: dict[str, str]) -> Source:
    """Read one document and describe it."""
    where = f"sources.csv line {line}: {row['source_id']!r}"
    path = review / "seeds" / "documents" / row["file"]
    if Path(row["file"]).name != row["file"] or not path.is_file():
        raise InputError(
            f"{where} names {row['file']!r}, which must be a file in seeds/documents, is not. Add the file or mend the row."
        )
    if row["evidence_level"] not in EVIDENCE_LEVELS:
        levels = ", ".join(level for level in EVIDENCE_LEVELS if level)
        raise InputError(
            f"{where}: evidence_level must be one of {levels}, or empty; is {row['evidence_level']!r}. Mend the row."
        )
    if row["include"].lower() not in ("", "true", "false", "yes", "no"):
        raise InputError(f"{where}: include must be true or false, is {row['include']!r}. Mend the row.")
    content = read_bytes(path, "Add the file.")
    text = decode_text(content, f"seeds/documents/{row['file']}")
    if all(letter.isspace() or unicodedata.category(letter) == "Cf" for letter in text):
        raise InputError(
            f"seeds/documents/{row['file']}: must hold text, is empty. Replace the file, or remove it and its row."
        )
    described = {column: row[column] for column in SOURCE_COLUMNS if column != "include"}
    return Source(
        **described,
        include=row["include"].lower() in ("", "true", "yes"),
        sha256=hashlib.sha256(content).hexdigest(),
        characters=len(text),
        passages=len(Passages(text).items),
        byte_order_mark=text.startswith(BYTE_ORDER_MARK),
    )


def read_documents(review: Path, sources: DataFrame) -> list[Document]:
    """Read the included documents of a table of sources.

    Raises
    ------
    InputError
        When a document changed since the table was made.
    """
    documents = []
    for source in to_records(sources, Source):
        if not source.include:
            continue
        content = read_bytes(
            review / "seeds" / "documents" / source.file, "Add the file, or remove its row from sources.csv."
        )
        if hashlib.sha256(content).hexdigest() != source.sha256:
            raise InputError(
                f"seeds/documents/{source.file}: must be the file that 01-sources described, it changed since. Run 01-sources again."
            )
        text = decode(content, source.file)
        documents.append(Document(source.source_id, source.file, text, Passages(text), open_memory(review)))
    return documents


def count_passages(documents: Sequence[Document]) -> DataFrame:
    """Count the passages of each document by kind: a row a source, a column a kind."""
    import pandas

    kinds = ("sentence", "heading", "caption")
    counts = [Counter(passage.kind for passage in document.passages.items) for document in documents]
    columns = {kind: [count[kind] for count in counts] for kind in kinds}
    return pandas.DataFrame(
        columns, index=pandas.Index([document.source_id for document in documents], name="source_id")
    )
