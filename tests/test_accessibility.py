"""What a screen reader is given of the page, at a desk and on a phone: names, roles, tables, headings, landmarks, links."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest
from accessibility_tree import Node, read_tree
from page_example import make_tables, write_review
from test_browser import BROWSER, FLAGS
from test_page import Reader

from howlong.report.page import build_page

slow = [
    pytest.mark.slow,
    pytest.mark.skipif(not BROWSER, reason="Chromium is not installed; install it, or name it in CHROMIUM"),
]
WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accessibility")
    review = write_review(folder / "review")
    path = folder / "review.html"
    path.write_text(build_page(review, make_tables(review), {"reading": "base"}), encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=WIDTHS)
def tree(request: pytest.FixtureRequest, page: Path) -> Node:
    flags = [flag for flag in FLAGS if "pdf" not in flag]  # one of them makes the browser print and go
    return read_tree([BROWSER, *flags], page, page.parent / f"profile-{request.param}", request.param)


def count_columns(row: str) -> int:
    """Count the columns that the cells of a row take, as far as they are not hidden from who does not see."""
    cells = re.findall(r"<t[hd]\b([^>]*)>", row)
    return sum(int((re.search(r'colspan="(\d+)"', cell) or [0, "1"])[1]) for cell in cells if "aria-hidden" not in cell)


def test_each_row_of_a_table_has_a_cell_under_each_heading(page: Path) -> None:
    """A cell that is hidden from a screen reader would move those after it under the heading before theirs."""
    tables = re.findall(r"<table.*?</table>", page.read_text(encoding="utf-8"), re.S)
    assert len(tables) > 8
    for table in tables:
        rows = re.findall(r"<tr.*?</tr>", table, re.S)
        assert {count_columns(row) for row in rows} == {count_columns(rows[0])}, rows[0]


def test_each_row_of_a_table_has_a_heading_of_its_own(page: Path) -> None:
    for row in re.findall(r"<tbody.*?</tbody>", page.read_text(encoding="utf-8"), re.S):
        for line in re.findall(r"<tr.*?</tr>", row, re.S):
            assert "<th" in line or 'class="gn"' in line, line[:200]


def test_the_alternative_text_is_read_once_and_a_tables_name_is_short(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    captions = [Reader(found).text for found in re.findall(r"<caption.*?</caption>", text, re.S)]
    assert max(map(len, captions)) < 200
    assert {Reader(found).text.split()[0].strip(".") for found in re.findall(r'<p class="vh alt">.*?</p>', text)} == {
        "Claims",
        "Evidence",
        "Chart",
        "Influence",
        "Envelope",
    }


def test_links_that_stand_out_of_their_sentence_tell_where_they_lead(page: Path) -> None:
    """A list of links, as a screen reader offers it, must not hold one name for two files."""
    names = Counter(re.findall(r"<a download=[^>]*>(.*?)</a>", page.read_text(encoding="utf-8")))
    assert len(names) > 4
    assert set(names.values()) == {1}


class TestTree:
    """The tree of a real browser."""

    pytestmark = slow

    def test_what_can_be_pressed_or_filled_in_has_a_name(self, tree: Node) -> None:
        nameless = [node for node in tree.find("link", "button", "searchbox", "combobox", "option") if not node.name]
        nameless += [node for node in tree.find("DisclosureTriangle", "region", "heading") if not node.name]
        assert nameless == []

    def test_headings_go_down_one_level_at_a_time(self, tree: Node) -> None:
        levels = [node.level for node in tree.find("heading")]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))

    def test_all_that_is_read_stands_in_a_landmark(self, tree: Node) -> None:
        marks = ("banner", "main", "link")
        (main,) = tree.find("main")
        outside = [node for node in tree.children if node.role not in (*marks, "generic", "none")]
        assert outside == []
        assert {node.name for node in main.find("navigation")} == {"On this page"}
        regions = [node.name for node in main.find("region")]
        assert len(regions) == len(set(regions)) > 8

    def test_the_answer_is_read_first(self, tree: Node) -> None:
        said = [node.name for node in tree.find("StaticText")]
        question = next(place for place, words in enumerate(said) if words.startswith("How long does the alertness"))
        assert "".join(said[question + 1 : question + 4]).startswith("Articles disagree about felt alertness")

    def test_tables_stay_tables(self, tree: Node) -> None:
        """On a phone the rows are laid out as a grid; to who hears them they are rows and cells all the same."""
        tables = tree.find("table")
        assert len(tables) > 8
        for table in tables:
            cells = [len(row.find("columnheader", "rowheader", "cell", "gridcell")) for row in table.find("row")]
            assert cells
            assert min(cells) >= 1
            assert cells[0] == max(cells) == len(table.find("columnheader")), table.name
            assert all(node.name for node in table.find("columnheader", "rowheader")), table.name

    def test_no_picture_is_without_a_name(self, tree: Node) -> None:
        assert [node for node in tree.find("image", "img", "graphics-document", "SvgRoot") if not node.name] == []
