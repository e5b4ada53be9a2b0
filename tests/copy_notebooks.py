"""Lay out the notebooks for nbval, and compare what they wrote: the committed ones for a smoke test, the published ones too.

The copies stand under ``work/``, where a notebook finds the review above it and writes beside nothing that is published.
The published ones were executed by a run, which injected its own folders: these give way to the copies' own.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Write ``work/smoke`` and ``work/compare``."""
    for name, source in (("smoke", ROOT / "notebooks"), ("compare", ROOT / "reports" / "notebooks")):
        target = ROOT / "work" / name
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        notebooks = sorted(source.glob("*.ipynb"))
        if not notebooks:
            raise SystemExit(f"{source}: must hold notebooks, holds none. Run make report first.")
        for path in notebooks:
            notebook = json.loads(path.read_text(encoding="utf-8"))
            redirect(notebook, f"work/{name}/out")
            (target / path.name).write_text(json.dumps(notebook), encoding="utf-8")


def redirect(notebook: dict, out: str) -> None:
    """Make a notebook write to `out` (from the review's folder), below its parameters or those a run injected."""
    cells = notebook["cells"]
    tags = [cell["metadata"].get("tags", []) for cell in cells]
    marks = [index for index, names in enumerate(tags) if {"parameters", "injected-parameters"} & set(names)]
    for index in marks[-1:]:
        source = "".join(cells[index]["source"])
        cells[index]["source"] = f'{source}\nreview = ""\nout = {out!r}'


def compare_written() -> None:
    """End with an error when the copies wrote other tables or another page than what is published."""
    written = ROOT / "work" / "compare" / "out"
    published = [*sorted((ROOT / "data").glob("*.csv")), ROOT / "reports" / "review.html"]
    differing = [path.name for path in published if not is_same(path, written / path.name)]
    if differing:
        raise SystemExit(f"{', '.join(differing)}: must be what the notebooks write, differ. Run make report.")
    print(f"{len(published)} published files are what the notebooks write")


def is_same(path: Path, other: Path) -> bool:
    """Tell whether two files are there and hold the same bytes."""
    return path.exists() and other.exists() and path.read_bytes() == other.read_bytes()


if __name__ == "__main__":
    compare_written() if "--compare" in sys.argv else main()
