"""Read the documents of a review and divide them into passages.

Law of the room: a document's text is never altered.  It is decoded strictly as UTF-8 with its newlines as they are, and
every offset is a Python ``str`` index into it.

Sentence ends follow the usual full-stop rules with a list of abbreviations (compare Kiss & Strunk 2006, Computational
Linguistics 32:485-525, for what such a list must hold).
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from howlong.tables import InputError, decode, read_bytes, read_rows, to_frame, to_records

if TYPE_CHECKING:
    from pandas import DataFrame

BYTE_ORDER_MARK = "\ufeff"
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


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, heading or caption of a document.

    Attributes
    ----------
    number : int
        Its place among the document's passages, from 0.
    kind : str
        "sentence", "heading" or "caption"; list items and table cells are sentences.
    start, end : int
        Offsets into the decoded text, end exclusive, without outer white space.
    section : str
        The nearest heading above, empty when there is none; a heading's section is itself.
    paragraph : int
        The running number of the block of lines it stands in.
    """

    number: int
    kind: str
    start: int
    end: int
    section: str
    paragraph: int


class Passages:
    """The passages of one text, found when first asked for.

    Readers of quantities pass through millions of characters and need sentences only where an amount stands; so the
    text is divided on demand.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def items(self) -> tuple[Passage, ...]:
        """All passages, in order of offset."""
        return tuple(find_passages(self.text))

    @cached_property
    def _starts(self) -> list[int]:
        return [passage.start for passage in self.items]

    def at(self, start: int) -> Passage:
        """Return the passage that holds the offset `start` (the one before it, for white space between two)."""
        if not self.items:
            return Passage(number=0, kind="sentence", start=0, end=len(self.text), section="", paragraph=0)
        return self.items[max(0, bisect_right(self._starts, start) - 1)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets of the passage, or run of passages, that hold a span."""
        first, last = self.at(start), self.at(max(start, end - 1))
        return min(first.start, start), max(last.end, end)

    def sentence(self, start: int, end: int) -> str:
        """Return the text of the passage, or run of passages, that hold a span."""
        first, last = self.span(start, end)
        return self.text[first:last]

    def section(self, start: int) -> str:
        """Return the nearest heading above an offset, "" where there is none."""
        return self.at(start).section


@dataclass(frozen=True)
class Document:
    """A source's text with its passages."""

    source_id: str
    file: str
    text: str
    passages: Passages


# --- passages -------------------------------------------------------------------------------------------------------

LINE = re.compile(r"[^\r\n\u2028\u2029]+")
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[.!?][\"”’»)\]]*\[\d+(?:[,–-]\d+)*\](?=\s)")
ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|viz|etc|al|approx|ca|circa|Dr|Drs|Mr|Mrs|Ms|Prof|St|Jr|Sr|Inc|Ltd|Co|Corp|No|Nos|Vol|vol|pp|Fig|Figs|Tab|Eq|Eqs"
    r"|Ref|Refs|Sect|Sec|Ch|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|max|min|avg|est|resp|incl|excl|spp|sp|subsp|var)|\b[A-Z]|\.[A-Za-z])\.$"
)
ALWAYS_INSIDE = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|viz|approx|ca|Dr|Drs|Mr|Mrs|Ms|Prof|Fig|Figs|Eq|Eqs|Nos?|Vol|pp))\.$"
)
STARTS_NEW = re.compile(r"\s+[\"'“‘«(\[]*[A-Z0-9À-ÞΑ-Ω•✅❌💡]")
BULLET = re.compile(r"^[\s\ufeff]*(?:[•●▪◦‣*–—-]\s*(?=\S)|\(?[0-9a-z]{1,2}[.)]\s+)")
MARKDOWN_HEADING = re.compile(r"^\s*#{1,6}\s+\S")
CAPTION = re.compile(r"^\s*(?:Figure|Fig\.|Table|Image|Photo|Chart|Box|Credit|Source)\s*(?:S?\d+|[A-Z]\b|:)", re.I)
SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "nor",
        "of",
        "on",
        "onto",
        "or",
        "over",
        "per",
        "the",
        "to",
        "up",
        "via",
        "vs",
        "with",
    ]
)
TERMINAL = (".", "!", ";", ",", "…", ".”", '."', ".)", "!”")


def find_passages(text: str) -> Iterator[Passage]:
    """Yield the passages of a text, in order of offset.

    Blocks of lines come first: a line is a block of its own unless it is visibly wrapped.  A block is a heading, a
    caption, or running text that is divided into sentences.
    """
    blocks = list(find_blocks(text))
    repeated = find_repeated_openings([text[start:end] for start, end in blocks])
    section, number = "", 0
    for paragraph, (start, end) in enumerate(blocks):
        kind = name_block(text[start:end], repeated)
        if kind == "heading":
            section = text[start:end].lstrip("# \t")
        for first, last in [(start, end)] if kind != "sentence" else find_sentences(text, start, end):
            yield Passage(number=number, kind=kind, start=first, end=last, section=section, paragraph=paragraph)
            number += 1


def find_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of blocks: single lines, or runs of lines that are one wrapped paragraph."""
    start, end = -1, -1
    for match in LINE.finditer(text):
        line = match[0].strip()
        if not line:
            continue
        left = match.start() + match[0].index(line)
        if start >= 0 and is_wrapped(text, start, end, left, line):
            end = left + len(line)
            continue
        if start >= 0:
            yield start, end
        start, end = left, left + len(line)
    if start >= 0:
        yield start, end


def is_wrapped(text: str, start: int, end: int, left: int, line: str) -> bool:
    """Tell whether a line goes on with the sentence of the block before it.

    It does when only one newline lies between, the line before is long, and this line begins in lower case, or with a
    digit, or with a capital where the lines before it were wrapped already.
    """
    gap = text[end:left]
    if gap.count("\n") + gap.count("\r") - gap.count("\r\n") > 1 or BULLET.match(line):
        return False
    last_line = text[start:end].splitlines()[-1]
    if len(last_line) < 40 or last_line.endswith((":", "?")):
        return False
    if line[0].islower():
        return True
    filled = 55 <= len(last_line) <= 100 and len(line) <= 100
    if not filled or name_block(line, frozenset()) != "sentence":
        return False
    return line[0].isdigit() or "\n" in text[start:end]


def find_repeated_openings(lines: Sequence[str]) -> frozenset[str]:
    """Return the openings (24 characters) that three or more unfinished lines share: captions made by a template."""
    counts = Counter(line[:24] for line in lines if len(line) > 24 and not line.endswith(TERMINAL))
    return frozenset(opening for opening, count in counts.items() if count >= 3)


def name_block(block: str, repeated: frozenset[str]) -> str:
    """Tell what a block is: "heading", "caption" or "sentence" (running text, list items, table cells)."""
    if MARKDOWN_HEADING.match(block):
        return "heading"
    if CAPTION.match(block) and len(block) < 300:
        return "caption"
    if block[:24] in repeated and block[-1].isdigit():
        return "caption"
    return "heading" if is_heading(block) else "sentence"


def is_heading(block: str) -> bool:
    """Tell whether a line is a heading: short, unfinished, and a question or written in title case.

    >>> is_heading("Modulating Factors for Long-Term Response"), is_heading("Rapid (hours to days)")
    (True, False)
    """
    words = re.findall(r"[^\W\d_][\w’'-]*", block)
    if not words or len(words) > 16 or len(block) > 120 or BULLET.match(block) or block.endswith((*TERMINAL, ":")):
        return False
    if block.endswith("?"):
        return not SENTENCE_END.search(block)
    if "\n" in block or re.search(r"[(,;=]|\d\s*$", block):
        return False
    content = [word for word in words if word.lower() not in SMALL_WORDS]
    titled = sum(word[0].isupper() for word in content)
    if len(content) == 1:
        return len(words) == 1 and words[0][0].isupper() and len(words[0]) > 3 and block[-1].isalpha()
    return bool(content) and words[0][0].isupper() and titled >= 0.75 * len(content)


def find_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the sentences of one block of running text."""
    first = start
    for match in SENTENCE_END.finditer(text, start, end):
        stop = match.end()
        if stop >= end or not is_sentence_end(text, first, stop, end):
            continue
        yield first, stop
        first = stop + len(text[stop:end]) - len(text[stop:end].lstrip())
    if first < end:
        yield first, end


def is_sentence_end(text: str, first: int, stop: int, end: int) -> bool:
    """Tell whether the stop at `stop` ends a sentence, and not an abbreviation."""
    before, after = text[max(first, stop - 12) : stop], text[stop : min(end, stop + 8)]
    if ALWAYS_INSIDE.search(before):
        return False
    starts_new = bool(STARTS_NEW.match(after))
    if ABBREVIATION.search(before):
        return (
            starts_new
            and bool(re.search(r"(?:etc|al|\.[a-z]|[a-z]{3})\.$", before))
            and not after.lstrip()[:1].isdigit()
        )
    return starts_new or before[-1] not in "…"


# --- documents ------------------------------------------------------------------------------------------------------


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
        For a document without a row, a row without a document, a doubled row, a file that is empty or not UTF-8.
    """
    rows = read_rows(review / "seeds" / "sources.csv", SOURCE_COLUMNS[:2], SOURCE_COLUMNS[2:])
    check_rows(review, rows)
    sources = [describe_source(review, line, row) for line, row in rows]
    known = [source.source_id for source in sources]
    for name in leave_out:
        if name not in known:
            raise InputError(
                f"leave_out: {name!r} must be a source of seeds/sources.csv, which has {', '.join(known)}. Mend the name."
            )
    records = [source for source in sources if source.source_id not in leave_out]
    return to_frame(records, Source)


def check_rows(review: Path, rows: Sequence[tuple[int, dict[str, str]]]) -> None:
    """Hold the rows of sources.csv against each other and against the folder of documents."""
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
    folder = review / "seeds" / "documents"
    present = (
        sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
        if folder.is_dir()
        else []
    )
    for name in present:
        if name not in named:
            raise InputError(
                f"sources.csv: every file of seeds/documents must have a row, {name!r} has none. Add the row {suggest_row(name)}"
            )


def suggest_row(name: str) -> str:
    """Return the shortest row that would describe a document: a short name and the file."""
    return f"'{Path(name).stem[:12]},{name}' (source_id and file; the other columns may stay empty)."


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
    text = decode(content, f"seeds/documents/{row['file']}")
    if not text.strip(BYTE_ORDER_MARK + " \t\r\n"):
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
        documents.append(Document(source.source_id, source.file, text, Passages(text)))
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
