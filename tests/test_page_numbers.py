"""Every number on the page is made from the tables: other data leave no number where it stood."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from page_example import MARK, TEXTS
from test_page import make

BLOCKS = ("title", "h1", "h2", "h3", "p", "li", "caption", "summary", "dd")
NUMBER = re.compile(r"\d|½|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|both)\b", re.I)
HASH = re.compile(r"[0-9a-f]{64}")
CONSTANT = (
    "How long does the alertness from one cup",  # the question, from review.toml
    "Figure ",
    "Each row is one statement",
    "How many articles still report the effect",
    "Every digit, number word",
    "Method, in four notebooks",
    "one month is 30.4375 days",
    "stands in the folder notebooks",
    "Each vague wording of the articles with its three readings",
    "count as two",
    "PRISMA",
    "All 31 items",
    "howlong 0.1.0",
    "after one dose",  # the name of a way of dosing
    "one dose or several",
)
"""What the page says in the same words of every review: names, rules of reading, and how to read a figure."""


MORE = "More is said of [77 days|outcome=none population=animal low=77 high=77] and [88 mg|kind=dose low=88 high=88 unit=mg]. "


class Blocks(HTMLParser):
    """Collects the text of every block of a page, each as one line."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, list[str]]] = []
        self.found: list[str] = []
        self.feed(re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.S))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.open.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            text = " ".join("".join(self.open.pop()[1]).replace("\u00a0", " ").split())
            self.found += [text] if text else []
            if self.open:
                self.open[-1][1].append(f" {text} ")

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1][1].append(data)


def change(texts: dict[str, tuple[str, str, str]]) -> dict[str, tuple[str, str, str]]:
    """Change every amount, and how many there are: other numbers, other vague words, more articles and exclusions."""
    other = {name: (title, level, MORE + MARK.sub(change_mark, text)) for name, (title, level, text) in texts.items()}
    return other | {
        name: (f"More {name}", "primary study", f"{text}{{{9}|date}} {{{8}|date}} of {name}.\n")
        for name, (_, _, text) in zip("FGHIJK", [*other.values(), other["A"]], strict=True)
    }


def change_mark(found: re.Match[str]) -> str:
    """Change one marked amount: thrice and a bit as long, in other words."""
    if found[3]:
        return found[0]
    words, coding = found[1], found[2]
    coding = re.sub(r"(low|high)=([\d.]+)", lambda number: f"{number[1]}={float(number[2]) * 3 + 13:g}", coding)
    coding = coding.replace("several", "many").replace("few", "couple").replace("bare", "some")
    return f"[{re.sub(r'[0-9A-Za-z]', 'x', words)}|{coding}]"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[str]]:
    """Return the blocks with a number of two pages that share no data."""
    pages = (
        make(tmp_path_factory.mktemp("first")),
        make(tmp_path_factory.mktemp("second"), change(TEXTS), as_of="2025-03-04"),
    )
    blocks = [[text for text in dict.fromkeys(Blocks(page).found) if NUMBER.search(text)] for page in pages]
    return blocks[0], blocks[1]


def test_other_data_leave_no_number_where_it_stood(pages: tuple[list[str], list[str]]) -> None:
    """A sentence that says the same number of two reviews that share none is typed by hand, or a constant named above."""
    first, second = pages
    assert len(first) > 150
    repeated = [text for text in first if text in second and not HASH.fullmatch(text) and "<script>" not in text]
    assert [text for text in repeated if not any(words in text for words in CONSTANT)] == []
    assert [words for words in CONSTANT if not any(words in text for text in repeated)] == []
