"""Read the notebooks' parameters and check the values given for them, before any kernel starts.

Law: the only defaults are those in the cells tagged ``parameters``; a value that no notebook knows, or of another type,
never reaches a notebook.  (papermill itself logs an unknown name and enforces no type.)
"""

from __future__ import annotations

import ast
import datetime
import difflib
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from howlong.tables import InputError, decode, read_bytes

RESERVED = ("review", "out")
PLACES = ("cluster",)  # where a run works, not what it says: they change no byte of what is published
COMMENT = re.compile(r"#\s*(?:type:\s*(?P<kind>\w+)\s*)?(?P<meaning>[^\"']*)$")
CHOICES = re.compile(r":\s*(?P<first>\w+(?:, \w+)*) or (?P<last>\w+)\s*$")
RANGE = re.compile(r"\bfrom (?P<low>-?\d+(?:\.\d+)?) to (?P<high>-?\d+(?:\.\d+)?)\b")
EXAMPLE_DATE = re.compile(r"\bsuch as \d{4}-\d{2}-\d{2}\b")
KINDS = ("str", "int", "float", "bool", "list")


@dataclass(frozen=True)
class Parameter:
    """One line of a notebook's parameters cell.

    Attributes
    ----------
    name, kind, meaning : str
        The variable, its type (str, int, float, bool or list) and what its comment says.
    default : object
        The value that stands in the notebook.
    choices : tuple of str
        The values it may have, when its comment ends like "...: narrow, base or wide"; else empty.
    """

    name: str
    kind: str
    default: object
    meaning: str = ""
    choices: tuple[str, ...] = ()

    @property
    def limits(self) -> tuple[float, float] | None:
        """The least and the greatest value, when the comment of a number says "from 1 to 10"."""
        found = RANGE.search(self.meaning) if self.kind in ("int", "float") else None
        return (float(found["low"]), float(found["high"])) if found else None

    @property
    def is_date(self) -> bool:
        """Whether the comment shows a date as an example ("such as 2026-11-01")."""
        return self.kind == "str" and bool(EXAMPLE_DATE.search(self.meaning))


def list_notebooks(folder: Path) -> list[Path]:
    """Return the notebooks that a run executes, in order: those whose names begin with a number.

    Raises
    ------
    InputError
        When there is none.
    """
    found = sorted(path for path in folder.glob("[0-9]*.ipynb") if path.is_file())
    if not found:
        raise InputError(
            f"{folder}: must hold notebooks named like 01-sources.ipynb, holds none. Restore them, or remove the folder to use the project's own."
        )
    return found


def read_notebook(path: Path) -> dict[str, Any]:
    """Read a notebook file as plain data.

    Raises
    ------
    InputError
        When it is no notebook of format 4.
    """
    try:
        notebook = json.loads(decode(read_bytes(path, "Restore the notebook."), path.name))
    except json.JSONDecodeError as error:
        raise InputError(f"{path.name} line {error.lineno}: must be a notebook, is no JSON. Restore it.") from None
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4 or "cells" not in notebook:
        raise InputError(
            f"{path.name}: must be a notebook of format 4, is not. Open it in JupyterLab and save it again."
        )
    return notebook


def read_source(cell: Mapping[str, Any]) -> str:
    """Return a cell's source, which the file holds as one string or as a list of lines."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def read_parameters(path: Path) -> list[Parameter]:
    """Read the parameters cell of one notebook.

    Raises
    ------
    InputError
        When the notebook has no such cell, two of them, or a line in it that is no assignment of a plain value.
    """
    cells = read_notebook(path)["cells"]
    tagged = [cell for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", [])]
    if len(tagged) != 1:
        raise InputError(
            f"{path.name}: must have one cell tagged 'parameters', has {len(tagged)}. Tag the cell in JupyterLab (property inspector)."
        )
    source = read_source(tagged[0])
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise InputError(
            f"{path.name}: the parameters cell must be Python, line {error.lineno} is not ({error.msg}). Mend the line."
        ) from None
    lines = source.splitlines()
    return [parse_parameter(path.name, statement, lines[(statement.end_lineno or 1) - 1]) for statement in body]


def parse_parameter(where: str, statement: ast.stmt, line: str) -> Parameter:
    """Read one line of a parameters cell: ``name: type = value  # meaning`` or ``name = value  # type: int meaning``."""
    target: ast.expr | None = statement.target if isinstance(statement, ast.AnnAssign) else None
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
    value = statement.value if isinstance(statement, (ast.Assign, ast.AnnAssign)) else None
    if not isinstance(target, ast.Name) or value is None:
        raise InputError(
            f"{where}: a line of the parameters cell must be like 'name: str = \"\"  # meaning', is {line.strip()!r}. Mend it."
        )
    try:
        default = ast.literal_eval(value)
    except ValueError:
        raise InputError(
            f"{where}: the default of {target.id!r} must be a plain value, is {ast.unparse(value)!r}. Write the value itself."
        ) from None
    comment = COMMENT.search(line)
    meaning = comment["meaning"].strip() if comment else ""
    kind = (comment["kind"] if comment else None) or type(default).__name__
    if isinstance(statement, ast.AnnAssign):
        kind = ast.unparse(statement.annotation).partition("[")[0]
    parameter = Parameter(target.id, kind, default, meaning, find_choices(meaning, default))
    check_default(where, parameter)
    return parameter


def check_default(where: str, parameter: Parameter) -> None:
    """Hold a default to what its own line says: its type, its choices, its range.

    Raises
    ------
    InputError
        Naming the line.
    """
    name, default, kind = parameter.name, parameter.default, parameter.kind
    types: dict[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (int, float), "bool": (bool,)}
    types["list"] = (list, tuple)
    fits = isinstance(default, types.get(kind, (object,))) and (kind not in ("int", "float") or default is not True)
    if not fits:
        raise InputError(
            f"{where}: the default of {name!r} must be {NAMES.get(kind, 'text')}, as its line says, is {default!r}. Mend the line."
        )
    try:
        if not parameter.choices and isinstance(default, str):
            listed = list_choices(parameter.meaning)
            near = difflib.get_close_matches(default, listed, 1, 0.5)
            if near:
                raise InputError(f"must be one of {', '.join(listed)}, is {default!r}. Did you mean {near[0]!r}?")
        check_allowed(parameter, default)
    except InputError as error:
        raise InputError(f"{where}: the default of {name!r} must {str(error).partition('must ')[2]}") from None


def find_choices(meaning: str, default: object) -> tuple[str, ...]:
    """Return the values that a comment lists, when the default is one of them.

    >>> find_choices("how vague words are read: narrow, base or wide", "base")
    ('narrow', 'base', 'wide')
    """
    choices = list_choices(meaning)
    return choices if default in choices else ()


def list_choices(meaning: str) -> tuple[str, ...]:
    """Return the words that a comment lists at its end; they are choices only where the default is one."""
    match = CHOICES.search(meaning)
    return (*match["first"].split(", "), match["last"]) if match else ()


def gather_given(given: Mapping[str, str] | Sequence[Sequence[str]]) -> dict[str, str]:
    """Return names and values as typed.

    Raises
    ------
    InputError
        When a name is given twice: nobody knows which value was meant.
    """
    pairs = list(given.items()) if isinstance(given, Mapping) else [(name, value) for name, value in given]
    values: dict[str, str] = {}
    for name, value in pairs:
        if name in values:
            raise InputError(
                f"parameter {name!r}: must be given once, is given as {values[name]!r} and as {value!r}. Leave one out."
            )
        values[name] = value
    return values


def check_parameters(notebooks: Iterable[Path], given: Mapping[str, str]) -> dict[str, Any]:
    """Check the values a person gave and turn them into the types their notebooks declare.

    Parameters
    ----------
    notebooks : iterable of Path
        The notebooks of the run.
    given : mapping of str to str
        Names and values as typed.

    Returns
    -------
    dict
        The values, typed.

    Raises
    ------
    InputError
        For a name that no notebook has, a value of another type, a value that is not among the choices, and two
        notebooks that disagree on a default.
    """
    known: dict[str, Parameter] = {}
    for path in notebooks:
        for parameter in read_parameters(path):
            first = known.setdefault(parameter.name, parameter)
            if first.default != parameter.default:
                raise InputError(
                    f"{path.name}: the default of {parameter.name!r} must be the same in all notebooks, is {parameter.default!r} here and {first.default!r} before. Make them equal."
                )
    return {name: check_value(name, value, known) for name, value in given.items()}


def read_default(notebooks: Iterable[Path], name: str) -> object:
    """Return the default of a parameter, None where no notebook has it."""
    found = (parameter for path in notebooks for parameter in read_parameters(path))
    return next((parameter.default for parameter in found if parameter.name == name), None)


def check_value(name: str, value: str, known: Mapping[str, Parameter]) -> Any:
    """Turn one given value into its declared type."""
    open_names = [other for other in known if other not in RESERVED]
    if name in RESERVED:
        raise InputError(
            f"parameter {name!r}: is set by the run itself. Name the review's folder with --review; a run publishes to data/ and reports/."
        )
    if name not in known:
        near = difflib.get_close_matches(name, open_names, 1, 0.5)
        hint = f"Did you mean {near[0]!r}?" if near else "Choose one of these."
        raise InputError(
            f"parameter {name!r}: must be one that a notebook has ({', '.join(open_names) or 'there are none'}). {hint}"
        )
    parameter = known[name]
    try:
        typed = PARSERS.get(parameter.kind, str)(value)
    except ValueError:
        raise InputError(
            f"parameter {name!r}: must be {NAMES.get(parameter.kind, parameter.kind)}, is {value!r}. Mend the value."
        ) from None
    check_allowed(parameter, typed)
    return typed


def check_allowed(parameter: Parameter, value: Any) -> None:
    """Check a typed value against what the parameter's comment allows: choices, a range, a date.

    Raises
    ------
    InputError
        Naming what is allowed, and the nearest choice.
    """
    name, limits = parameter.name, parameter.limits
    if parameter.choices and value not in parameter.choices:
        near = difflib.get_close_matches(str(value), parameter.choices, 1, 0.5)
        hint = f"Did you mean {near[0]!r}?" if near else "Choose one of these."
        raise InputError(f"parameter {name!r}: must be one of {', '.join(parameter.choices)}, is {value!r}. {hint}")
    if limits and not limits[0] <= value <= limits[1]:
        raise InputError(
            f"parameter {name!r}: must be from {limits[0]:g} to {limits[1]:g}, is {value!r}. Mend the value."
        )
    if parameter.is_date and value and not is_date(value):
        raise InputError(f"parameter {name!r}: must be a date such as 2026-11-01, is {value!r}. Mend the value.")


def is_date(value: str) -> bool:
    """Tell whether a text is a date of the calendar, year first.

    >>> is_date("2026-11-01"), is_date("2026-13-01"), is_date("1.11.2026")
    (True, False, False)
    """
    try:
        return datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def parse_float(value: str) -> float:
    """Read a number that is one.

    Raises
    ------
    ValueError
        For anything else, infinity and "nan" among them.
    """
    if not math.isfinite(float(value)):
        raise ValueError(value)
    return float(value)


def parse_bool(value: str) -> bool:
    """Read "true" or "false".

    Raises
    ------
    ValueError
        For anything else.
    """
    if value.lower() not in ("true", "false"):
        raise ValueError(value)
    return value.lower() == "true"


def parse_list(value: str) -> list[Any]:
    """Read a JSON list, or words with commas between them.

    >>> parse_list("A, B"), parse_list('["A"]'), parse_list("")
    (['A', 'B'], ['A'], [])

    Raises
    ------
    ValueError
        When it begins like a JSON list and is none.
    """
    if value.lstrip().startswith("["):
        return list(json.loads(value))
    return [word.strip() for word in value.split(",") if word.strip()]


PARSERS: Mapping[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "float": parse_float,
    "bool": parse_bool,
    "list": parse_list,
}
NAMES = {"int": "a whole number", "float": "a number", "bool": "true or false", "list": "a list such as A,B"}
