"""Render an executed notebook as a page: its text, its code, and what each cell printed, the audit trail of a report.

Law of the room: what a cell printed passes the door of `outputs`; nothing is loaded, nothing runs, nothing is left out in
silence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from howlong.report.page.build import make_policy, open_environment, read_style
from howlong.report.page.outputs import clean_html
from howlong.tables import write_text

PICTURES = ("image/png", "image/jpeg")
HEADING = re.compile(r"(#{1,6})\s+(.*)")
ITEM = re.compile(r"\s*(?:[-*]|\d+\.)\s+(.*)")
SPAN = re.compile(r"`([^`]+)`|\*\*(.+?)\*\*|\[([^\]]+)\]\((https?://[^)\s]+|#[^)\s]*)\)")


@dataclass(frozen=True)
class Cell:
    """One cell as the page shows it.

    Attributes
    ----------
    kind : str
        "text" or "code".
    text : Markup
        The text, or the code with its words coloured.
    anchor, label : str
        The cell's id and its name above the code; empty for text.
    is_given : bool
        Whether the run put this cell in, to give parameters.
    outputs : tuple of Markup
        What it printed.
    """

    kind: str
    text: Markup
    anchor: str = ""
    label: str = ""
    is_given: bool = False
    outputs: tuple[Markup, ...] = ()


def render_notebook(notebook: Mapping[str, Any], name: str = "notebook", names: Sequence[str] = ()) -> str:
    """Render an executed notebook.

    Parameters
    ----------
    notebook : mapping
        The notebook as nbformat 4 writes it.
    name : str
        The notebook's file name without its ending.
    names : sequence of str
        Those of all notebooks of the run, to lead from one to the next.

    Returns
    -------
    str
        A page as HTML: it loads nothing, runs nothing, and shows every cell.
    """
    style = read_style("base", "trail")
    cells = [cell for number, raw in enumerate(notebook["cells"]) if (cell := show_cell(raw, number)) is not None]
    title = find_title(notebook) or name
    page = open_environment().get_template("trail.html.j2")
    return page.render(
        title=title if title.endswith(("?", ".", "!")) else f"{title}.",
        has_title=bool(find_title(notebook)),
        style=Markup(style),
        policy=make_policy(style),
        name=name,
        names=names or (name,),
        cells=cells,
    )


def write_trail(folder: Path) -> list[Path]:
    """Write a page beside each executed notebook of a folder, and return the pages."""
    paths = sorted(folder.glob("*.ipynb"))
    for path in paths:
        page = render_notebook(json.loads(path.read_text(encoding="utf-8")), path.stem, [other.stem for other in paths])
        write_text(path.with_suffix(".html"), page)
    return [path.with_suffix(".html") for path in paths]


def read_text(value: str | Sequence[str]) -> str:
    """Return a text that a notebook keeps as one string or as lines."""
    return value if isinstance(value, str) else "".join(value)


def find_title(notebook: Mapping[str, Any]) -> str:
    """Return the heading of a notebook, "" when it has none."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            for line in read_text(cell["source"]).splitlines():
                match = HEADING.fullmatch(line)
                if match and len(match[1]) == 1:
                    return match[2]
    return ""


def show_cell(cell: Mapping[str, Any], number: int) -> Cell | None:
    """Lay out one cell; None where it is empty."""
    source = read_text(cell["source"])
    if not source.strip():
        return None
    if cell["cell_type"] == "markdown":
        return Cell("text", render_text(source))
    if cell["cell_type"] != "code":
        return Cell("text", Markup("<pre>{}</pre>").format(source))
    anchor = f"cell-{number + 1}"
    tags = cell.get("metadata", {}).get("tags", [])
    is_given = "injected-parameters" in tags
    told = "the values that this run was given" if is_given else "parameters" if "parameters" in tags else ""
    count = cell.get("execution_count")
    outputs = tuple(
        shown
        for place, output in enumerate(cell.get("outputs", []))
        if (shown := show_output(output, f"{anchor}-{place + 1}", count))
    )
    label = f"In [{count if count is not None else ' '}]" + (f", {told}" if told else "")
    return Cell("code", colour_code(source), anchor, label, is_given, outputs)


def colour_code(source: str) -> Markup:
    """Return Python code with its words marked for colour."""
    return Markup(highlight(source.rstrip("\n"), PythonLexer(stripnl=False), HtmlFormatter(nowrap=True)).rstrip("\n"))


def show_output(output: Mapping[str, Any], anchor: str, count: int | None) -> Markup:
    """Lay out what a cell printed: the richest form that a page can show."""
    if output["output_type"] == "stream":
        return Markup('<pre class="out">{}</pre>').format(read_text(output["text"]).rstrip("\n"))
    if output["output_type"] == "error":
        return Markup('<pre class="out">{}: {}</pre>').format(output["ename"], output["evalue"])
    data = {kind: read_text(value) for kind, value in output["data"].items() if isinstance(value, (str, list))}
    for kind in ("text/html", "image/svg+xml"):
        if kind in data:
            return wrap_output(clean_html(data[kind], anchor), anchor, count)
    for kind in PICTURES:
        if kind in data:
            alternative = data.get("text/plain") or f"Picture that cell {count or anchor} made; it has no description"
            picture = Markup('<img alt="{}" src="data:{};base64,{}">')
            content = picture.format(alternative, kind, "".join(data[kind].split()))
            return Markup('<div class="out pic">{}</div>').format(content)
    if "text/markdown" in data:
        return Markup('<div class="out md">{}</div>').format(render_text(data["text/markdown"]))
    return Markup('<pre class="out">{}</pre>').format(data.get("text/plain", f"an output of kind {', '.join(data)}"))


def wrap_output(content: Markup, anchor: str, count: int | None) -> Markup:
    """Put an output into a frame; what may be wider than the page scrolls by itself and can be reached by keyboard."""
    is_picture = content.lstrip().startswith("<svg")
    if not is_picture and "<table" not in content:
        return Markup('<div class="out">{}</div>').format(content)
    said = "Picture" if is_picture else "Table"
    kind = "out pic" if is_picture else "out wide"
    frame = '<div class="{}" id="{}" tabindex="0" role="region" aria-label="{} {}">{}</div>'
    return Markup(frame).format(kind, anchor, said, f"that cell {count or '?'} made, {anchor}", content)


# --- the little Markdown that notebooks use -------------------------------------------------------------------------


def render_text(source: str) -> Markup:
    """Render headings, paragraphs, lists and fenced code; anything else is shown as it is written.

    >>> str(render_text("# Why?\\nBecause **so**."))
    '<h1>Why?</h1>\\n<p>Because <b>so</b>.</p>'
    """
    return Markup("\n").join(render_block(kind, lines) for kind, lines in part_blocks(source.splitlines()))


def part_blocks(lines: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Part lines into blocks: "h1" to "h6", "li", "pre" and "p"."""
    blocks: list[tuple[str, list[str]]] = []
    kind = ""
    for line in lines:
        if line.startswith("```"):
            kind = "" if kind == "pre" else "pre"
            blocks += [("pre", [])] if kind else []
            continue
        heading, item = HEADING.fullmatch(line), ITEM.fullmatch(line)
        if kind == "pre":
            blocks[-1][1].append(line)
        elif heading:
            kind = ""
            blocks.append((f"h{len(heading[1])}", [heading[2]]))
        elif item:
            blocks += [("li", [])] if kind != "li" else []
            kind = "li"
            blocks[-1][1].append(item[1])
        elif not line.strip():
            kind = ""
        else:
            blocks += [("p", [])] if kind != "p" else []
            kind = "p"
            blocks[-1][1].append(line.strip())
    return blocks


def render_block(kind: str, lines: Sequence[str]) -> Markup:
    """Render one block."""
    if kind == "pre":
        return Markup("<pre>{}</pre>").format("\n".join(lines))
    if kind == "li":
        return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(mark_words(x)) for x in lines))
    return Markup("<{0}>{1}</{0}>").format(Markup(kind), mark_words(" ".join(lines)))


def mark_words(text: str) -> Markup:
    """Render code, bold words and links inside a line."""
    parts, at = [], 0
    for match in SPAN.finditer(text):
        parts.append(escape(text[at : match.start()]))
        if match[1]:
            parts.append(Markup("<code>{}</code>").format(match[1]))
        elif match[2]:
            parts.append(Markup("<b>{}</b>").format(match[2]))
        else:
            parts.append(Markup('<a href="{}">{}</a>').format(match[4], match[3]))
        at = match.end()
    return Markup("").join([*parts, escape(text[at:])])
