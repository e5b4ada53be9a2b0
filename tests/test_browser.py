"""The page in a real browser: it asks for nothing, complains of nothing, fits every width, and its links go round."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from page_example import make_tables, write_review

from howlong.report.page import build_page
from howlong.report.page.trail import render_notebook

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
import print_page

BROWSER = print_page.find_browser()
FLAGS = [*print_page.FLAGS, "--no-sandbox", "--hide-scrollbars"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not BROWSER, reason="Chromium is not installed; install it, or name it in CHROMIUM"),
]

# A window cannot be narrower than 500 px; a frame can.
FRAME = """<!DOCTYPE html><title>x</title><body style="margin:0">
<script>addEventListener("message", e => {{ document.body.dataset.found = e.data; }});</script>
<iframe src="copy.html" style="border:0;width:{width}px;height:880px"></iframe></body>"""
MEASURE = """
const wide = [...document.querySelectorAll('body *')].filter(e => !e.closest('.vh') && !(e instanceof SVGElement)
  && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && e.getBoundingClientRect().width > 1);
const small = [...document.querySelectorAll('body *')].filter(e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim())
  && parseFloat(getComputedStyle(e).fontSize) < 12);
const words = cell => { const range = document.createRange(); range.selectNodeContents(cell); return range.getBoundingClientRect().right; };
const spilt = [...document.querySelectorAll('.map tr>:first-child')].filter(cell =>
  words(cell) > cell.nextElementSibling.getBoundingClientRect().left - 2);
report({width: innerWidth, spilt: spilt.map(e => e.outerHTML.slice(0, 90)), sideways: document.documentElement.scrollWidth - innerWidth, wide: wide.map(e => e.outerHTML.slice(0, 90)),
  small: small.map(e => e.outerHTML.slice(0, 90))});
"""
# Words that leave their cell of the answers table, and marks that a line break parts from the answer's amounts.
ANSWERS = """
const far = cell => { const range = document.createRange(); range.selectNodeContents(cell); return range.getBoundingClientRect().right; };
const cells = [...document.querySelectorAll('.answers tbody tr:not(.band)>*:not(.t)')].filter(cell => cell.getBoundingClientRect().width > 1);
const isParted = b => {
  const mark = document.createRange(); if (!b.nextSibling || !/^[,.]/.test(b.nextSibling.data)) return false;
  mark.setStart(b.nextSibling, 0); mark.setEnd(b.nextSibling, 1);
  const last = [...b.getClientRects()].pop(); return mark.getBoundingClientRect().left < last.right - 2; };
const parted = [], answer = document.querySelector('.answer');
for (let width = 200; width < 360; width += 4) {
  if (innerWidth < 760) answer.style.width = `${width}px`;
  parted.push(...[...answer.querySelectorAll('b')].filter(isParted).map(b => `${b.textContent} at ${width}`));
}
report({cells: cells.length, marks: document.querySelectorAll('.answer b').length, parted,
  spilt: cells.filter(cell => far(cell) > cell.getBoundingClientRect().right + .5).map(e => e.textContent)});
"""
LONG_ANSWERS = {
    "A": "It lasts [10 minutes to 2 weeks|low=10 low_unit=minute high=2 unit=week] or [12 to 20 weeks|low=12 high=20 unit=week].",
    "B": "It lasts [30 minutes to 4 hours|low=30 low_unit=minute high=4 unit=hour].",
    "C": "It lasts [20 to 60 minutes|low=20 high=60 unit=minute].",
    "longname2019": "It lasts [2 to 3 minutes|low=2 high=3 unit=minute]. Sleep suffers [30 minutes to 4 hours|outcome=sleep low=30 low_unit=minute high=4 unit=hour].",
    "E": "It lasts [for weeks|vague=bare unit=week] and [at least 30 weeks|low=30 unit=week modifier=at_least].",
}
GO_ROUND = """
const at = () => { const e = document.querySelector(':target'); if (!e) return {};
  const r = e.getBoundingClientRect(), d = e.closest('details');
  return {id: e.id, shown: r.height > 0 && r.top >= 0 && r.top < innerHeight, open: !d || d.open}; };
const go = link => new Promise(done => { link.click(); setTimeout(() => done(at()), 150); });
(async () => {
  const steps = [];
  const row = document.querySelector('tr[id^="m-"]'), id = row.id.slice(2);
  steps.push(await go(document.querySelector(`.map a[href="#m-${id}"]`)));
  steps.push(await go(row.querySelector('td.t a') ));
  steps.push(await go(document.querySelector(`#c-${id} a[href="#q-${id}"]`)));
  steps.push(await go(document.querySelector(`#q-${id}`)));
  steps.push(await go(document.querySelector(`#c-${id} a[href="#m-${id}"]`)));
  report({id, steps});
})();
"""

FILTER = """
const find = document.getElementById('find'), [words, source, role, order] = find.querySelectorAll('input,select');
const told = () => ({said: find.querySelector('[role=status]').textContent,
  shown: [...document.querySelectorAll('.claim:not([hidden])')].map(e => e.id.slice(2))});
const set = (field, value) => { field.value = value; field.dispatchEvent(new Event(field === words ? 'input' : 'change')); return told(); };
(async () => {
  const found = {start: told(), word: set(words, 'HOURS'), open: [...document.querySelectorAll('#statements details[open]')].length};
  found.both = set(source, 'E');
  const hidden = document.querySelector('.claim[hidden]');
  location.hash = hidden.id;
  await new Promise(done => setTimeout(done, 200));
  const box = hidden.getBoundingClientRect();
  found.followed = {said: told().said, shown: box.height > 0 && box.top >= 0 && box.top < innerHeight};
  found.role = set(role, role.options[1].value);
  set(role, '');
  set(order, 'long');
  found.days = [...document.querySelectorAll('#statements details')].map(d => [...d.querySelectorAll('.claim')].map(e => +(e.dataset.d || 0)));
  set(order, 'sure');
  found.sure = [...document.querySelectorAll('#statements details')].map(d => [...d.querySelectorAll('.claim')].map(e => +(e.dataset.p || 9)));
  set(order, '');
  found.back = told().shown;
  report(found);
})();
"""
CONTRAST = """
const light = c => c.slice(0, 3).map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
const read = text => (text.match(/[\\d.]+/g) || []).map(Number);
const behind = e => { for (; e; e = e.parentElement) { const c = read(getComputedStyle(e).backgroundColor);
  if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
document.querySelectorAll('details').forEach(d => d.open = true);
const ratios = [...document.querySelectorAll('svg text')].map(t => {
  const [a, b] = [light(read(getComputedStyle(t).fill)), light(behind(t))];
  return (Math.max(a, b) + .05) / (Math.min(a, b) + .05); });
report({texts: ratios.length, least: Math.min(...ratios)});
"""
CHECK = """
document.querySelectorAll('details').forEach(d => d.open = true);
axe.run(document).then(found => report(found.violations.map(v => `${v.id} (${v.impact}): ${v.nodes[0].html.slice(0, 150)}`)));
"""
MODES = {
    "light": ("", ""),
    "dark": ("screen and (prefers-color-scheme:dark)", "all"),
    "print": ("@media print", "@media all"),
}


def find_axe() -> Path | None:
    """Return axe-core where it is: named in AXE, or with one of the packages that carry it."""
    if os.environ.get("AXE"):
        return Path(os.environ["AXE"])
    for package in ("axe_playwright_python", "axe_core_python"):
        spec = importlib.util.find_spec(package)
        for folder in (spec.submodule_search_locations or []) if spec else []:
            if (Path(folder) / "axe.min.js").exists():
                return Path(folder) / "axe.min.js"
    return None


AXE = find_axe()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    review = write_review(folder / "review")
    path = folder / "review.html"
    path.write_text(build_page(review, make_tables(review), {"reading": "base"}), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def trail(tmp_path_factory: pytest.TempPathFactory) -> Path:
    table = "<table><tr><th></th><th>low</th></tr><tr><th>0</th><td>3</td></tr></table>"
    drawing = (
        '<svg role="img" aria-label="one claim" width="9" height="9"><a xlink:href="#c-1"><path d="M0 0H9"/></a></svg>'
    )
    outputs = [
        {"output_type": "display_data", "data": {"text/html": content}, "metadata": {}} for content in (table, drawing)
    ]
    code = {"cell_type": "code", "metadata": {}, "source": "show(1)  # why", "execution_count": 1, "outputs": outputs}
    notebook = {"cells": [{"cell_type": "markdown", "metadata": {}, "source": "# 1. Why?\nSo."}, code]}
    path = tmp_path_factory.mktemp("trail") / "01-why.html"
    path.write_text(render_notebook(notebook, "01-why", ["01-why", "02-how"]), encoding="utf-8")
    return path


def run(folder: Path, page: Path, *flags: str, width: int = 1280) -> subprocess.CompletedProcess[str]:
    """Open a page in a fresh browser."""
    profile = folder / f"profile-{len(list(folder.glob('profile-*')))}"
    command = [BROWSER, *FLAGS, f"--user-data-dir={profile}", f"--window-size={width},900", *flags, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)


def ask(folder: Path, page: Path, script: str, width: int = 1280, mode: str = "light") -> Any:
    """Run a script in a copy of the page that allows it, as if in a mode, and return what it reports."""
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text(encoding="utf-8"))
    if MODES[mode][0]:
        assert MODES[mode][0] in text
        text = text.replace(*MODES[mode])
    body = "const report = found => parent.postMessage(encodeURIComponent(JSON.stringify(found)), '*');" + script
    (folder / "copy.html").write_text(
        text.replace("</body>", "<script>" + body.replace("</script", "<\\/script") + "</script></body>"),
        encoding="utf-8",
    )
    frame = folder / "frame.html"
    frame.write_text(FRAME.format(width=width), encoding="utf-8")
    done = run(folder, frame, "--dump-dom", "--virtual-time-budget=5000")
    found = re.search(r'data-found="([^"]*)"', done.stdout)
    assert found is not None, done.stderr[-500:]
    return json.loads(unquote(found[1]))


def test_the_page_asks_for_nothing_and_complains_of_nothing(page: Path, tmp_path: Path) -> None:
    log = tmp_path / "net.json"
    done = run(
        tmp_path,
        page,
        "--dump-dom",
        "--enable-logging=stderr",
        "--v=0",
        f"--log-net-log={log}",
        "--virtual-time-budget=2000",
    )
    assert "</html>" in done.stdout
    assert "CONSOLE" not in done.stderr
    assert find_requests(log) == []


def test_the_log_of_requests_would_show_one(page: Path, tmp_path: Path) -> None:
    log, loud = tmp_path / "net.json", tmp_path / "loud.html"
    loud.write_text('<!DOCTYPE html><title>x</title><img src="http://nowhere.invalid/x.png" alt="">', encoding="utf-8")
    run(tmp_path, loud, "--dump-dom", f"--log-net-log={log}", "--virtual-time-budget=2000")
    assert find_requests(log) == ["http://nowhere.invalid/x.png"]


def find_requests(log: Path) -> list[str]:
    """Return the addresses that the page asked for; the browser's own errands have no origin."""
    asked = set()
    for line in log.read_text(encoding="utf-8").splitlines():
        if '"initiator"' in line and '"url"' in line:
            params = json.loads(line.strip().rstrip(",").removesuffix("]"))["params"]
            if params["initiator"] != "not an origin":
                asked.add(params["url"])
    return sorted(url for url in asked if not url.startswith(("file:", "data:")))


@pytest.mark.parametrize("width", [1280, 900, 390, 375])
def test_nothing_goes_past_the_edge_and_no_text_is_small(page: Path, tmp_path: Path, width: int) -> None:
    frame = "document.querySelectorAll('details').forEach(d => d.open = true);" + MEASURE
    assert ask(tmp_path, page, frame, width) == {"width": width, "spilt": [], "sideways": 0, "wide": [], "small": []}


@pytest.mark.parametrize(
    ("width", "mode"), [(1280, "light"), (900, "light"), (390, "light"), (375, "light"), (800, "print")]
)
def test_long_answers_stay_in_their_cells(page: Path, tmp_path: Path, width: int, mode: str) -> None:
    """Paper is 688 px wide, but a frame as narrow as that has the layout of a phone."""
    script = "document.querySelector('.page').style.width = '688px';" * (mode == "print") + ANSWERS
    texts = {name: ("", "", f"{text}\n") for name, text in LONG_ANSWERS.items()}
    review = write_review(tmp_path / "review", texts)
    path = tmp_path / "review.html"
    path.write_text(build_page(review, make_tables(review, texts), {"reading": "base"}), encoding="utf-8")
    found = [ask(tmp_path, one, script, width, mode) for one in (path, page)]
    assert [one["spilt"] for one in found] == [[], []]
    assert [one["parted"] for one in found] == [[], []]
    assert all(one["cells"] > 7 for one in found)
    assert found[1]["marks"] == 2


def test_a_mark_leads_to_its_row_its_statement_its_source_and_back(page: Path, tmp_path: Path) -> None:
    found = ask(tmp_path, page, GO_ROUND)
    name = found["id"]
    assert [step["id"] for step in found["steps"]] == [f"m-{name}", f"c-{name}", f"q-{name}", f"c-{name}", f"m-{name}"]
    assert all(step["open"] and step["shown"] for step in found["steps"])


def test_statements_are_found_by_words_article_and_role_and_sorted(page: Path, tmp_path: Path) -> None:
    found = ask(tmp_path, page, FILTER)
    every, some = found["start"]["shown"], found["word"]["shown"]
    assert found["start"]["said"] == ""
    assert 0 < len(some) < len(every)
    assert found["word"]["said"] == f"{len(some)} of {len(every)} statements"
    assert found["open"] >= 1
    assert set(found["both"]["shown"]) < set(some)
    assert found["followed"] == {"said": "", "shown": True}
    assert 0 < len(found["role"]["shown"]) < len(every)
    assert all(days == sorted(days, reverse=True) for days in found["days"])
    assert all(shares == sorted(shares) for shares in found["sure"])
    assert any(shares[0] < shares[-1] for shares in found["sure"])
    assert found["back"] == every


def test_the_script_runs_under_the_pages_own_policy(page: Path, tmp_path: Path) -> None:
    done = run(tmp_path, page, "--dump-dom", "--virtual-time-budget=2000")
    assert re.search(r'<div class="find" id="find"[^>]*aria-label="Find a statement">', done.stdout)


@pytest.mark.parametrize("mode", MODES)
def test_text_in_drawings_has_contrast(page: Path, tmp_path: Path, mode: str) -> None:
    found = ask(tmp_path, page, CONTRAST, mode=mode)
    assert found["texts"] > 20
    assert found["least"] >= 4.5


@pytest.mark.skipif(
    AXE is None, reason="axe-core is not here; install axe-playwright-python, or name axe.min.js in AXE"
)
@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing(page: Path, trail: Path, tmp_path: Path, mode: str) -> None:
    assert AXE is not None
    script = AXE.read_text(encoding="utf-8") + ";" + CHECK
    assert ask(tmp_path, page, script, mode=mode) == []
    assert ask(tmp_path, trail, script, mode=mode) == []


def test_the_printed_page_keeps_its_links(page: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "page.pdf"
    run(tmp_path, page, f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
    content = pdf.read_bytes()
    links = content.count(b"/Subtype /Link")
    assert links > 0.8 * page.read_text(encoding="utf-8").count('href="#')


def test_make_pdf_prints_the_report_or_says_in_one_line_why_not(page: Path, tmp_path: Path) -> None:
    tool = [sys.executable, str(Path(__file__).parent.parent / "tools" / "print_page.py"), str(tmp_path)]
    missing = subprocess.run(tool, capture_output=True, text=True, check=False)
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)
    assert "Run make report first." in missing.stderr
    (tmp_path / "reports").mkdir()
    shutil.copyfile(page, tmp_path / "reports" / "review.html")
    broken = subprocess.run(
        tool, capture_output=True, text=True, check=False, env={**os.environ, "CHROMIUM": sys.executable}
    )
    assert "printed nothing. Open" in broken.stderr
    bare = subprocess.run(tool, capture_output=True, text=True, check=False, env={"PATH": str(tmp_path)})
    assert bare.stderr.startswith("pdf: needs Chromium or Chrome, found none.")
    done = subprocess.run(tool, capture_output=True, text=True, check=False, env={**os.environ, "CHROMIUM": BROWSER})
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "reports" / "review.pdf").read_bytes().startswith(b"%PDF")
