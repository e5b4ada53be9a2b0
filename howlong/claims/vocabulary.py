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


@cache
def list_small_words(name: str) -> frozenset[str]:
    """Return one list of ``howlong/vocabulary/small-words.toml``."""
    return frozenset(read_vocabulary("small-words")[name].split())


@cache
def read_costs() -> dict[str, float]:
    """Return how far each small word keeps a cue and a time apart."""
    rows = read_vocabulary("small-words")["distance"]
    return {word: float(cost) for cost, words in rows.items() for word in words.split()}
