"""Check what people wrote in a review, without running a notebook.

Law: what is wrong raises, as a run would raise it; what is merely doubtful is one line each.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from howlong.report.run.driver import check_seeds, find_notebooks
from howlong.report.run.parameters import check_parameters, read_notebook, read_source
from howlong.sources import find_review

ABSOLUTE = re.compile(r"""["'](?:/(?:home|Users|root|tmp|mnt|work|var)/|[A-Za-z]:\\\\)""")
RANDOM = re.compile(r"\b(?:random\.(?!seed|Random|default_rng)\w+\(|default_rng\(\s*\))")


def validate_review(folder: str) -> list[str]:
    """Check a review's seeds and notebooks.

    Parameters
    ----------
    folder : str
        The review's folder; empty: the one that is stood in.

    Returns
    -------
    list of str
        What could be better, and last that all can be run.

    Raises
    ------
    InputError
        For the first thing that is wrong.
    """
    review = find_review(folder)
    notebooks = find_notebooks(review)
    check_parameters(notebooks, {})
    check_seeds(review, {})
    doubts = [doubt for path in notebooks for doubt in find_doubts(path)]
    return [*doubts, *audit_codebook(review), f"valid: seeds/ and {len(notebooks)} notebooks can be run"]


def find_doubts(path: Path) -> Iterator[str]:
    """Yield what is doubtful about one notebook."""
    for cell in read_notebook(path)["cells"]:
        source = read_source(cell)
        if cell["cell_type"] != "code":
            continue
        where = f"{path.name}, cell {source.splitlines()[0][:40] if source else ''!r}"
        if cell.get("outputs"):
            yield f"{where}: holds outputs; commit notebooks without (make lab sets up nbstripout)"
        if ABSOLUTE.search(source):
            yield f"{where}: names an absolute path; it holds on one machine only"
        if RANDOM.search(source):
            yield f"{where}: draws random numbers without a seed; two runs will differ"
        if "parameters" not in cell.get("metadata", {}).get("tags", []) and calls_exit(source):
            yield f"{where}: ends the notebook early; a run takes that for a failure"


def calls_exit(source: str) -> bool:
    """Tell whether a cell calls exit, quit or sys.exit."""
    try:
        calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    except SyntaxError:
        return False
    return any(ast.unparse(call) in ("exit", "quit", "sys.exit", "os._exit") for call in calls)


def audit_codebook(review: Path) -> list[str]:
    """Name the cues of the codebook that never fire on this review's documents, or fire once."""
    from howlong.claims import audit_cues, read_codebook
    from howlong.sources import read_documents, read_sources

    documents = read_documents(review, read_sources(review))
    return [
        f"codebook.toml: the cue {use.cue!r} of {use.facet} {use.code!r} {'fires once' if use.found else 'never fires'} in these documents"
        for use in audit_cues(documents, read_codebook(review))
    ]
