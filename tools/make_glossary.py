"""Write the tables' part of docs/glossary.md from the docstrings of the records.

The words above the mark are written by people; what stands below it is replaced.
"""

from __future__ import annotations

from pathlib import Path

from howlong.report.run.verification import list_record_types
from howlong.tables import describe_columns, read_types

GLOSSARY = Path(__file__).resolve().parent.parent / "docs" / "glossary.md"
MARK = "<!-- Below: made by `python tools/make_glossary.py` from the records' docstrings. -->\n"


def format_glossary(words: str) -> str:
    """Return the whole glossary: the words written by people, then every table with its columns."""
    parts = [words.partition(MARK)[0], MARK]
    for record in list_record_types():
        summary = (record.__doc__ or "").strip().splitlines()[0]
        texts = describe_columns(record)
        parts.append(f"\n## {record.TABLE}.csv: `{record.__name__}`\n\n{summary}\n\n| column | meaning |\n|---|---|\n")
        parts += [f"| `{name}` | {texts[name].replace('|', chr(92) + '|')} |\n" for name in read_types(record)]
    return "".join(parts)


if __name__ == "__main__":
    GLOSSARY.write_text(format_glossary(GLOSSARY.read_text(encoding="utf-8")), encoding="utf-8")
