"""Read what a review asks: its question, its intervention, the order of its facets, and the answers it wants.

Law of the room: review.toml is written by people and never by a run; whatever is wrong in it is one clear line.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from howlong.claims.cues import CueError, split_cue
from howlong.tables import InputError, decode, read_bytes

FILE = "review.toml"
FACETS = ("outcome", "regimen", "population", "region")
KEYS = ("title", "question", "intervention", "facets", "order", "asks")
MEASURES = ("persistence", "window")
QUESTION = "How long does it last?"


@dataclass(frozen=True)
class Review:
    """What a review asks.

    Attributes
    ----------
    title, question : str
        The words on top of the page.
    intervention : tuple of str
        The words that name what is studied.
    facets : tuple of str
        The facets that divide the answers, the widest first.
    order : mapping of str to tuple of str
        The order of each facet's codes on paper: as written, those not named after them as the codebook has them.
    asks : tuple of mapping
        What a reader wants to know: facet to code, and "measure"; the first leads.
    names : mapping of str to str
        The words on the page for a code, by "facet.code", from the codebook.
    """

    title: str = ""
    question: str = ""
    intervention: tuple[str, ...] = ()
    facets: tuple[str, ...] = FACETS
    order: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asks: tuple[Mapping[str, str], ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def read_review(review: Path) -> Review:
    """Read a review's seeds/review.toml and the names of its codes; without the file only the general question is asked.

    Raises
    ------
    InputError
        When the file is no TOML, or holds a key, facet, measure or code that is unknown, or one twice.
    """
    from howlong.claims.codebook import CLOSED_FACETS, read_codebook

    table = read_table(review)
    codebook = read_codebook(review)
    known = {**codebook.codes, **CLOSED_FACETS}
    facets = tuple(read_words(table, "facets")) or FACETS
    order = read_order(table.get("order", {}), known)
    question = read_text(table, "question") or QUESTION
    return Review(
        title=read_text(table, "title") or question,
        question=question,
        intervention=tuple(read_words(table, "intervention")),
        facets=check_facets(facets),
        order=order,
        asks=check_asks(read_list(table, "asks"), known),
        names=dict(codebook.names),
    )


def read_table(review: Path) -> Mapping[str, Any]:
    """Read seeds/review.toml and hold it to its keys; no file asks nothing of its own."""
    path = review / "seeds" / FILE
    if not path.exists():
        return {}
    try:
        table = tomllib.loads(decode(read_bytes(path, "Add the file."), FILE).removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{FILE}: must be TOML, is not: {str(error).rstrip('.')}. Mend that line.") from None
    for key in table:
        if key not in KEYS:
            raise InputError(f"{FILE}: a key must be one of {', '.join(KEYS)}, is {key!r}. Rename or remove it.")
    return table


def read_intervention(review: Path) -> tuple[str, ...]:
    """Return the words that name a review's intervention; none where it has no review.toml."""
    return tuple(read_words(read_table(review), "intervention"))


def read_text(table: Mapping[str, Any], key: str) -> str:
    """Return a value that must be words."""
    value = table.get(key, "")
    if not isinstance(value, str):
        raise InputError(f"{FILE}: {key} must be words in quotes, is {value!r}. Mend it.")
    return value


def read_list(table: Mapping[str, Any], key: str) -> Sequence[Any]:
    """Return a value that must be a list."""
    value = table.get(key, [])
    if not isinstance(value, list):
        raise InputError(f"{FILE}: {key} must be a list, is {value!r}. Mend it.")
    return value


def read_words(table: Mapping[str, Any], key: str) -> list[str]:
    """Return a value that must be a list of words; each word of the intervention is a cue."""
    words = read_list(table, key)
    for word in words:
        if not isinstance(word, str):
            raise InputError(f"{FILE}: {key} must be a list of words in quotes, holds {word!r}. Mend it.")
        try:
            split_cue(word)
        except CueError as error:
            raise InputError(f"{FILE}: {key}: {word!r} {error}. Mend it.") from None
    return list(words)


def check_facet(where: str, facet: str) -> str:
    """Return a facet's name if it is one."""
    if facet not in FACETS:
        raise InputError(f"{FILE}: {where} must be of {', '.join(FACETS)}, is {facet!r}. Rename or remove it.")
    return facet


def check_facets(facets: Sequence[str]) -> tuple[str, ...]:
    """Return the facets that divide the answers if each is one and stands once."""
    for facet in facets:
        if facets.count(check_facet("facets", facet)) > 1:
            raise InputError(f"{FILE}: facets must name each facet once, {facet!r} stands twice. Remove one.")
    return tuple(facets)


def check_code(where: str, facet: str, code: Any, known: Mapping[str, Sequence[str]]) -> str:
    """Return a code if its facet has it; a review without a codebook has no outcomes and regions to check against."""
    codes = known.get(facet, ())
    if not isinstance(code, str) or (codes and code not in codes):
        raise InputError(
            f"{FILE}: {where} {facet} must be of {', '.join(codes)}, is {code!r}. Mend it, or add the code to the codebook."
        )
    return code


def read_order(table: Any, known: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Read the order of the codes of each facet; codes it does not name follow in the order in which they are known."""
    if not isinstance(table, Mapping):
        raise InputError(f"{FILE}: order must be a table, is {table!r}. Write [order] above its lists.")
    written = {
        check_facet("order", facet): [check_code("order:", facet, code, known) for code in read_list(table, facet)]
        for facet in table
    }
    return {facet: tuple(dict.fromkeys([*written.get(facet, ()), *known.get(facet, ())])) for facet in FACETS}


def check_asks(asks: Sequence[Any], known: Mapping[str, Sequence[str]]) -> tuple[Mapping[str, str], ...]:
    """Hold the questions to their keys, and against each other."""
    checked: list[Mapping[str, str]] = []
    for number, ask in enumerate(asks, 1):
        where = f"ask {number} of [[asks]]:"
        found = check_ask(where, ask, known)
        if found in checked:
            raise InputError(
                f"{FILE}: {where} must differ from the others, is the same as ask {checked.index(found) + 1}. Remove one."
            )
        checked.append(found)
    return tuple(checked)


def check_ask(where: str, ask: Any, known: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """Hold one question to its facets, codes and measure."""
    if not isinstance(ask, Mapping):
        raise InputError(f"{FILE}: asks must be tables, holds {ask!r}. Write [[asks]] above each.")
    if not ask:
        raise InputError(f"{FILE}: {where} must have a facet or a measure, is empty. Fill or remove it.")
    for key, value in ask.items():
        if key not in (*FACETS, "measure"):
            raise InputError(
                f"{FILE}: {where} a key must be one of {', '.join((*FACETS, 'measure'))}, is {key!r}. Rename or remove it."
            )
        if key == "measure" and value not in MEASURES:
            raise InputError(f"{FILE}: {where} measure must be of {', '.join(MEASURES)}, is {value!r}. Mend it.")
        if key != "measure":
            check_code(where, key, value, known)
    return {"measure": "persistence", **ask}
