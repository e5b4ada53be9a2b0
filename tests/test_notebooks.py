"""The notebooks: thin, without outputs, each parameter with a type, a comment and one default."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PARAMETER = re.compile(r"(\w+): (\w+) = (.+?)  # (.+)")


def read_cells(path: Path, kind: str = "code") -> list[dict[str, Any]]:
    """Read a notebook's cells of one kind."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == kind]


def read_parameters(path: Path) -> dict[str, tuple[str, str]]:
    """Read the type and default of each parameter from the tagged cell."""
    (cell,) = [cell for cell in read_cells(path) if "parameters" in cell["metadata"].get("tags", [])]
    lines = "".join(cell["source"]).splitlines()
    matches = [PARAMETER.fullmatch(line) for line in lines]
    assert all(matches), lines
    return {match[1]: (match[2], match[3]) for match in matches if match}


def test_there_are_four_questions() -> None:
    """Each notebook asks one question, numbered like its file."""
    titles = ["".join(read_cells(path, "markdown")[0]["source"]).splitlines()[0] for path in NOTEBOOKS]
    assert [path.stem for path in NOTEBOOKS] == ["01-sources", "02-claims", "03-durations", "04-review"]
    assert all(re.fullmatch(rf"# {number}\. .+\?", title) for number, title in enumerate(titles, start=1))


def test_the_readme_tells_the_same_method() -> None:
    """The README's method steps are the notebooks' titles."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in NOTEBOOKS:
        title = "".join(read_cells(path, "markdown")[0]["source"]).splitlines()[0].removeprefix("# ")
        number, question = title.split(" ", 1)
        assert f"{number} **{question}**" in readme


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_thin_and_without_outputs(path: Path) -> None:
    """Cells are short, hold no definition and no loop, and keep no result."""
    for cell in read_cells(path):
        source = "".join(cell["source"])
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        assert len(source.splitlines()) <= 15
        kinds = {type(node) for node in ast.walk(ast.parse(source))}
        assert not kinds & {ast.FunctionDef, ast.ClassDef, ast.For, ast.While}, source


def test_shared_parameters_have_one_default() -> None:
    """A parameter that two notebooks share has the same type and default in both."""
    seen: dict[str, tuple[str, str]] = {}
    for path in NOTEBOOKS:
        for name, described in read_parameters(path).items():
            assert seen.setdefault(name, described) == described, f"{path.stem}: {name}"
    assert {"review", "out", "leave_out", "reading", "only", "as_of"} <= set(seen)


def test_papermill_shows_every_parameter() -> None:
    """``papermill --help-notebook`` knows each parameter's type and meaning."""
    from papermill.inspection import inspect_notebook

    for path in NOTEBOOKS:
        found = inspect_notebook(str(path))
        assert set(read_parameters(path)) == set(found)
        assert all(parameter["help"] and parameter["inferred_type_name"] for parameter in found.values())
