"""Read the library's own cues, which are data files with their syntax explained on top."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_vocabulary(name: str) -> dict[str, Any]:
    """Return the content of ``howlong/vocabulary/<name>.toml``."""
    return tomllib.loads(files("howlong").joinpath("vocabulary", f"{name}.toml").read_text(encoding="utf-8"))
