"""Lay out the notebooks for nbval: the committed ones for a smoke test, the published ones for a comparison.

The copies stand under ``work/``, where a notebook finds the review above it and writes beside nothing that is published.
The published ones were executed by a run, which injected its own folders: these give way to the copies' own.
"""

from __future__ import annotations

import json
import shutil
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


if __name__ == "__main__":
    main()
