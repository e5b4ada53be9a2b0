"""The page in a real browser: it asks for nothing, complains of nothing, fits every width, and its links go round."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from page_example import make_tables, write_review

from howlong.report.page import build_page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER = os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), "")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
]
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
report({width: innerWidth, sideways: document.documentElement.scrollWidth - innerWidth, wide: wide.map(e => e.outerHTML.slice(0, 90)),
  small: small.map(e => e.outerHTML.slice(0, 90))});
"""
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


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    review = write_review(folder / "review")
    path = folder / "review.html"
    path.write_text(build_page(review, make_tables(review), {"reading": "base"}), encoding="utf-8")
    return path


def run(folder: Path, page: Path, *flags: str, width: int = 1280) -> subprocess.CompletedProcess[str]:
    """Open a page in a fresh browser."""
    profile = folder / f"profile-{len(list(folder.glob('profile-*')))}"
    command = [BROWSER, *FLAGS, f"--user-data-dir={profile}", f"--window-size={width},900", *flags, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)


def ask(folder: Path, page: Path, script: str, width: int = 1280) -> dict[str, Any]:
    """Run a script in a copy of the page that allows it, and return what it reports."""
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text(encoding="utf-8"))
    body = "const report = found => parent.postMessage(encodeURIComponent(JSON.stringify(found)), '*');" + script
    (folder / "copy.html").write_text(text.replace("</body>", f"<script>{body}</script></body>"), encoding="utf-8")
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


@pytest.mark.parametrize("width", [1280, 900, 390])
def test_nothing_goes_past_the_edge_and_no_text_is_small(page: Path, tmp_path: Path, width: int) -> None:
    frame = "document.querySelectorAll('details').forEach(d => d.open = true);" + MEASURE
    assert ask(tmp_path, page, frame, width) == {"width": width, "sideways": 0, "wide": [], "small": []}


def test_a_mark_leads_to_its_row_its_statement_its_source_and_back(page: Path, tmp_path: Path) -> None:
    found = ask(tmp_path, page, GO_ROUND)
    name = found["id"]
    assert [step["id"] for step in found["steps"]] == [f"m-{name}", f"c-{name}", f"q-{name}", f"c-{name}", f"m-{name}"]
    assert all(step["open"] and step["shown"] for step in found["steps"])


def test_the_printed_page_keeps_its_links(page: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "page.pdf"
    run(tmp_path, page, f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
    content = pdf.read_bytes()
    links = content.count(b"/Subtype /Link")
    assert links > 0.8 * page.read_text(encoding="utf-8").count('href="#')
