"""Start a kernel that has made its notebook's imports of the library already.

A kernel is started while the notebook before it still runs; what it imports then costs the run nothing.  Only modules of the
library are imported ahead, for these print nothing and depend on no notebook.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import os
from collections.abc import Iterable

AHEAD = "HOWLONG_IMPORTS"


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
    """Import what is asked for, then be a kernel; a module that fails to import fails again in the notebook, which says so."""
    for name in filter(None, os.environ.pop(AHEAD, "").split(",")):
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()
