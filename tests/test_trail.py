"""The audit trail shows every cell and what it printed, loads nothing, runs nothing, and leads to the report."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from test_page import Reader

from howlong.report.page.outputs import clean_html
from howlong.report.page.trail import render_notebook

ROOT = Path(__file__).parent.parent
TABLE = '<style scoped>td{color:red}</style><table border="1"><tr style="text-align: right;"><th></th><th>low</th></tr><tr><th>0</th><td>3</td></tr></table>'
PICTURE = """<svg role="img" aria-label="two claims" viewBox="0 0 9 9"><defs><path id="m1" d="M0 0"/></defs>
<a xlink:href="#c-11111111"><use xlink:href="#m1" style="fill: #0072b2; behavior: url(x)"/></a>
<path clip-path="url(#m1)" style="fill: url(http://x.invalid/a)" d="M 1 1"/><script>alert(1)</script></svg>"""


def make_notebook(*outputs: dict[str, Any], source: str = "print(1)", text: str = "# What?\nIt **is** `so`.") -> dict:
    """Make a notebook of one text and one code cell."""
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": text},
        {"cell_type": "code", "metadata": {}, "source": source, "execution_count": 3, "outputs": list(outputs)},
    ]
    return {"cells": cells}


def show(kind: str, content: str) -> dict[str, Any]:
    """Make an output of one kind."""
    return {"output_type": "display_data", "data": {kind: content, "text/plain": "<a table>"}, "metadata": {}}


def test_every_cell_is_shown_with_its_code_and_what_it_printed() -> None:
    printed = {"output_type": "stream", "name": "stdout", "text": ["one <b>\n", "two\n"]}
    reader = Reader(render_notebook(make_notebook(printed), "01-x", ["01-x", "02-y"]))
    assert "What? It is so." in reader.text
    assert "In [3] print(1)" in reader.text
    assert "one <b> two" in reader.text
    assert {"../review.html", "02-y.html", "01-x.ipynb"} <= set(reader.links)
    assert (reader.wrong, reader.stack) == ([], [])


def test_the_values_of_a_run_are_marked() -> None:
    notebook = make_notebook(source='reading = "wide"')
    notebook["cells"][1]["metadata"] = {"tags": ["injected-parameters"]}
    assert "the values that this run was given" in render_notebook(notebook)


def test_a_table_keeps_its_cells_and_loses_its_styles() -> None:
    page = render_notebook(make_notebook(show("text/html", TABLE)))
    assert "<td></td><th>low</th>" in page
    assert "color:red" not in page
    assert 'tabindex="0" role="region"' in page


def test_a_drawing_keeps_its_paint_and_leads_to_the_report() -> None:
    shown = clean_html(PICTURE, "o1")
    assert 'href="../review.html#c-11111111"' in shown
    assert 'fill="#0072b2" href="#o1-m1"' in shown
    assert 'clip-path="url(#o1-m1)"' in shown
    assert not re.search(r"script|behavior|invalid|style", shown)


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x onerror=alert(1)>",
        "<iframe src='https://x.invalid'></iframe>",
        "<a href='javascript:alert(1)'>press</a>",
        "<svg><style>@import url(//x.invalid)</style><image href='http://x.invalid/a.png'/></svg>",
        "<form action='http://x.invalid'><input name=a></form>",
        "</div></main><script>alert(1)</script>",
        "<table><tr><td>open",
    ],
)
def test_an_output_loads_nothing_runs_nothing_and_breaks_nothing(hostile: str) -> None:
    page = render_notebook(make_notebook(show("text/html", hostile)))
    reader = Reader(page)
    assert (reader.wrong, reader.stack) == ([], [])
    assert not {tag for tag, _ in reader.tags} & {"script", "iframe", "form", "input", "image", "link"}
    assert not [name for _, attrs in reader.tags for name in attrs if name.startswith("on") or name == "style"]
    assert not re.search(r"invalid|javascript:", page)


def test_a_picture_has_an_alternative() -> None:
    page = render_notebook(make_notebook(show("image/png", "aGk=\n")))
    assert '<img alt="&lt;a table&gt;" src="data:image/png;base64,aGk=">' in page


def test_the_published_notebooks_render_without_doubled_ids() -> None:
    """Whatever the last run published can be shown."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        executed = ROOT / "reports" / "notebooks" / path.name
        notebook = json.loads((executed if executed.exists() else path).read_text(encoding="utf-8"))
        reader = Reader(render_notebook(notebook, path.stem))
        assert len(reader.ids) == len(set(reader.ids))
        inner = {link[1:] for link in reader.links if link.startswith("#")}
        assert inner <= set(reader.ids)
        levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch("h[1-6]", tag)]
        assert levels.count(1) == 1
