"""The documents: every command stands in the README, every record and column in the glossary, every link leads somewhere."""

import csv
import re
import sys
from pathlib import Path

from howlong.claims import code_text, load_codebook
from howlong.quantities import find_quantities
from howlong.sources import Document, Passages

ROOT = Path(__file__).parent.parent
DOCS = [path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if path.is_file()]


def read(name: str) -> str:
    """Read one document of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_glossary_holds_every_record_and_column() -> None:
    """What docs/glossary.md says of the tables is what the records' docstrings say: `python tools/make_glossary.py`."""
    sys.path.insert(0, str(ROOT / "tools"))
    from make_glossary import format_glossary

    glossary = read("docs/glossary.md")
    assert format_glossary(glossary) == glossary


def read_manual() -> list[tuple[list[str], list[str], str]]:
    """Return the examples of docs/coding-manual.md: the words in bold, the other cells of the row, the sentence."""
    rows = (line.strip("|").split("|") for line in read("docs/coding-manual.md").splitlines() if "**" in line)
    cells = ([cell.strip() for cell in row] for row in rows)
    return [(re.findall(r"\*\*(.+?)\*\*", first), rest, first.replace("**", "")) for first, *rest in cells]


def test_the_manual_is_read_as_it_says() -> None:
    """The reader finds the words in bold of every example, and the example's code where it has one."""
    codebook = load_codebook(None)
    for spans, rest, sentence in read_manual():
        passages = Passages(sentence)
        document = Document("manual", "manual.txt", sentence, passages)
        claims = code_text(document, find_quantities(sentence, passages), codebook)
        assert [claim.quote for claim in claims] == spans, sentence
        if len(rest) > 1:
            assert [claim.role for claim in claims if claim.kind in ("duration", "frequency")] == rest[:1], sentence


def test_links_lead_to_files() -> None:
    """A path that a document links to exists."""
    for path in DOCS:
        for target in re.findall(r"\]\(([^)#\s]+)\)", path.read_text(encoding="utf-8")):
            assert "://" in target or (path.parent / target).exists(), f"{path.name}: {target}"


def test_paths_that_the_readme_names_exist() -> None:
    """The README speaks of files that are there."""
    readme = read("README.md")
    for name in re.findall(r"`((?:notebooks|seeds|docs|data|reports|howlong)/[\w./-]+\w/?)`", readme):
        assert (ROOT / name).exists(), name


def test_every_command_stands_in_the_readme() -> None:
    """Who reads the README knows every command, and every make target is printed by make."""
    from howlong.cli import build_parser

    parser = build_parser()
    commands = next(action.choices for action in parser._actions if action.choices)
    assert all(f"`howlong {name}" in read("README.md") for name in commands or ())
    targets = set(re.findall(r"^([a-z]+):.*##", read("Makefile"), re.M)) - {"help"}
    printed = set(re.findall(r'@echo "make ([a-z]+)', read("Makefile")))
    assert targets == printed


def test_decisions_are_numbered_without_gaps() -> None:
    """Decision records are pages 1, 2, 3 ..., each with context, options, choice and consequences."""
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [f"{number:04d}" for number in range(1, len(pages) + 1)] == [page.name[:4] for page in pages]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert all(word in text for word in ("Context", "Options", "Choice", "Consequences")), page.name


def test_the_project_names_no_machine() -> None:
    """No document holds a path of a machine or the address of a package index."""
    for path in [*DOCS, *(ROOT / "requirements").glob("*"), ROOT / "Makefile"]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"(?<![\w.])/(?:home|root|tmp|opt)/|--(?:extra-)?index-url|--find-links|pypi\.org|files\.pythonhosted", text
        ), path.name


def test_every_reason_of_the_coding_manual_is_given() -> None:
    """A reason that no case shows is a promise that the reader may not keep."""
    manual = (ROOT / "docs" / "coding-manual.md").read_text(encoding="utf-8")
    section = manual.partition("## Exclusions")[2].partition("\n## ")[0]
    promised = set(re.findall(r"`([a-z ]+)`", section)) - {"unresolved"}
    with (ROOT / "tests" / "cases" / "quantities.csv").open(encoding="utf-8", newline="") as file:
        given = {row["extra"] for row in csv.DictReader(file) if row["kind"] == "excluded"}
    assert promised - given == set()
    assert len(promised) > 8
