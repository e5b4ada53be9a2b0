"""Start a kernel that has made its notebook's imports of the library already.

A kernel is started while the notebook before it still runs; what it imports then costs the run nothing.  Only modules of the
library are imported ahead, for these print nothing and depend on no notebook.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import os
import sys
from collections.abc import Iterable
from typing import Any

AHEAD = "HOWLONG_IMPORTS"
LATER = {
    "howlong.tables": ("pandas", "pandas.io.formats.html"),
    "howlong.charts": ("matplotlib.figure", "matplotlib.backends.backend_svg", "seaborn"),
}


def find_imports(sources: Iterable[str]) -> list[str]:
    """Return the library's modules that cells import, in order.

    >>> find_imports(["from howlong.claims import Claim", "import pandas", "%magic"])
    ['howlong.claims']
    """
    found: dict[str, None] = {}
    for source in sources:
        with contextlib.suppress(SyntaxError):
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("howlong."):
                    found[str(node.module)] = None
    return list(found)


def main() -> None:
    """Import what is asked for, then be a kernel."""
    load(filter(None, os.environ.pop(AHEAD, "").split(",")))
    serve()


def load(modules: Iterable[str]) -> None:
    """Import modules, and what they import when first used; one that fails fails again in the notebook, which says so."""
    for name in [late for module in modules for late in (module, *LATER.get(module, ()))]:
        with contextlib.suppress(Exception):
            importlib.import_module(name)


def serve(arguments: list[str] | None = None) -> None:
    """Be a kernel, with the arguments given or those of the command line."""
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.initialize(arguments)
    refuse_exit(app.shell)
    if "pandas" in sys.modules:  # imported before there was a kernel, it took the process for a terminal
        sys.modules["pandas"].set_option("display.max_columns", 20)
    app.start()


def refuse_exit(shell: Any) -> None:
    """Make ``exit`` and ``quit``, called or alone on a line, an error like ``sys.exit``.

    A kernel's own would end it after the cell without an error, and what comes after the cell would never run.
    """
    import builtins

    from IPython.core.autocall import IPyAutocall

    class Exit(IPyAutocall):
        rewrite = False

        def __call__(self, code: object = None) -> None:
            raise SystemExit(code)

    for name in ("exit", "quit"):
        shell.user_ns[name] = Exit()
        setattr(builtins, name, shell.user_ns[name])
    shell.user_ns_hidden.update(exit=shell.user_ns["exit"], quit=shell.user_ns["quit"])
