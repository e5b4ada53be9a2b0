"""Read the documents of a review and divide them into passages.

Law of the room: a document's text is never altered.  It is decoded strictly as UTF-8 with its newlines as they are, and
every offset is a Python ``str`` index into it.
"""

from howlong.sources.documents import (
    Document,
    Source,
    count_passages,
    decode_text,
    find_review,
    read_documents,
    read_sources,
    trim_memory,
)
from howlong.sources.memory import Memory, open_memory
from howlong.sources.passages import Passage, Passages
from howlong.sources.workers import Work, read_all

__all__ = [
    "Document",
    "Memory",
    "Passage",
    "Passages",
    "Source",
    "Work",
    "count_passages",
    "decode_text",
    "find_review",
    "open_memory",
    "read_all",
    "read_documents",
    "read_sources",
    "trim_memory",
]
