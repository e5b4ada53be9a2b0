"""Run the notebooks' code cells in this process: the real pipeline, without kernels."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


def run_notebooks(review: Path, out: Path, **parameters: Any) -> dict[str, Any]:
    """Execute the four notebooks in order and return the last one's names.

    A parameter goes to every notebook that has it, as papermill would inject it: below the tagged cell.
    """
    names: dict[str, Any] = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        names = {"__name__": path.stem}
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for cell in cells:
            if cell["cell_type"] != "code":
                continue
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile("".join(cell["source"]), path.name, "exec"), names)
            if "parameters" in cell["metadata"].get("tags", []):
                given = {"review": str(review), "out": str(out), **parameters}
                names |= {name: value for name, value in given.items() if name in names}
    return names
