"""Read a review's codebook: its outcomes and regions, their cues, and their names on the page.

Law of the room: a codebook adds cues and codes as data; whatever is wrong in it is one clear line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from howlong.claims.cues import Cue, CueError, Lexicon, split_cue
from howlong.claims.review import read_intervention
from howlong.claims.roles import ROLES, RoleBook, load_roles
from howlong.claims.vocabulary import read_vocabulary
from howlong.tables import InputError, decode, read_bytes

FILE = "codebook.toml"
REGIMENS = ("single", "series", "maintenance", "unspecified")
POPULATIONS = ("human", "animal", "both", "unspecified")
OPEN_FACETS = ("outcome", "region")
CLOSED_FACETS: Mapping[str, tuple[str, ...]] = {"role": ROLES, "regimen": REGIMENS, "population": POPULATIONS}
FACETS = (*OPEN_FACETS, *CLOSED_FACETS)
KEYS = ("name", "cues", "weak", "population")
CODE = re.compile(r"[\w-]+( [\w-]+)*")
WEAK = 7.0
OWN = 11.0


@dataclass(frozen=True)
class Codebook:
    """The cues that code a review's claims.

    Attributes
    ----------
    cues : tuple of Cue
        The review's own cues.
    names : mapping of str to str
        The words on the page for each code, by "facet.code".
    codes : mapping of str to tuple of str
        The codes of each facet, in the codebook's order.
    implied : mapping of str to str
        The population that an outcome implies where nobody names one.
    intervention : tuple of str
        The words that name what the review studies.
    has_outcomes : bool
        Whether the review has a codebook; without one outcome and region stay empty.
    """

    cues: tuple[Cue, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    implied: Mapping[str, str] = field(default_factory=dict)
    intervention: tuple[str, ...] = ()
    has_outcomes: bool = False

    def select(self, facet: str) -> list[Cue]:
        """Return the review's own cues of one facet."""
        return [cue for cue in self.cues if cue.facet == facet]

    @cached_property
    def has_regimens(self) -> bool:
        """Whether the review names regimens of its own: then they count in all its texts, about care or not."""
        return bool(self.select("regimen"))

    @cached_property
    def roles(self) -> RoleBook:
        """The library's roles with the review's own cues."""
        return RoleBook(load_roles(), self.select("role"))

    @cached_property
    def lexicons(self) -> Mapping[str, Lexicon]:
        """The cues of regimen, population, outcome, region and comparator, ready to be found."""
        subjects = [Cue(name, "comparator", "intervention", OWN) for name in self.intervention]
        return {
            "regimen": Lexicon([*read_library("regimens", "regimen"), *self.select("regimen")]),
            "population": Lexicon([*read_library("populations", "population"), *self.select("population")]),
            "outcome": Lexicon(self.select("outcome")),
            "region": Lexicon(self.select("region")),
            "comparator": Lexicon([*subjects, *self.select("comparator")]),
        }


def read_library(name: str, facet: str) -> Iterator[Cue]:
    """Yield the library's cues of one facet."""
    for code, row in read_vocabulary(name).items():
        if code in ("care", "things"):
            continue
        yield from (Cue(text, facet, code) for text in row.get("cues", []))
        yield from (Cue(text, facet, code, WEAK) for text in row.get("weak", []))


def read_codebook(review: Path) -> Codebook:
    """Read a review's seeds/codebook.toml, or the general codebook where it has none.

    Raises
    ------
    InputError
        For a file that is no TOML, an unknown facet, code or key, a code or name that is none, an outcome without cues,
        or a cue that is none.
    """
    path = review / "seeds" / FILE
    intervention = read_intervention(review)
    return parse_codebook(path, intervention) if path.exists() else Codebook(intervention=intervention)


def load_codebook(path: Path | None) -> Codebook:
    """Read one codebook file by itself; None is the general codebook."""
    return parse_codebook(path, ()) if path else load_general()


@cache
def load_general() -> Codebook:
    """Return the codebook of a text without a review; its cues are read once."""
    return Codebook()


def parse_codebook(path: Path, intervention: Sequence[str]) -> Codebook:
    """Read the file `path` as a codebook."""
    text = decode(read_bytes(path, "Add the codebook, or mend its name."), path.name).removeprefix("\ufeff")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path.name}: must be TOML, is not: {str(error).rstrip('.')}. Mend that line.") from None
    rows = list(list_rows(path.name, table))
    check_names(path.name, rows)
    return Codebook(
        cues=tuple(cue for facet, code, row in rows for cue in read_cues(path.name, facet, code, row)),
        names={f"{facet}.{code}": str(row["name"]) for facet, code, row in rows if "name" in row},
        codes={facet: (*(code for name, code, _ in rows if name == facet), "none") for facet in OPEN_FACETS},
        implied={
            code: read_implied(path.name, code, row)
            for facet, code, row in rows
            if facet == "outcome" and "population" in row
        },
        intervention=tuple(intervention) or tuple(read_own_intervention(path.name, table)),
        has_outcomes=True,
    )


def list_rows(where: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield facet, code and content of every entry of a codebook."""
    for facet, codes in table.items():
        if facet == "intervention":
            continue
        if facet == "comparator":
            yield facet, "comparator", check_row(where, facet, codes)
            continue
        if facet not in FACETS:
            raise InputError(
                f"{where}: a facet must be one of {', '.join((*FACETS, 'comparator'))}, is {facet!r}. Rename or remove it."
            )
        if not isinstance(codes, Mapping):
            raise InputError(
                f"{where}: [{facet}.<code>] must be a table with cues, {facet} is {codes!r}. Write [{facet}.<code>] above its cues."
            )
        for code, row in codes.items():
            if facet in CLOSED_FACETS and code not in CLOSED_FACETS[facet]:
                raise InputError(
                    f"{where}: {facet} must be one of {', '.join(CLOSED_FACETS[facet])}, is {code!r}. Rename or remove it."
                )
            if facet in OPEN_FACETS:
                check_code(where, facet, code)
            yield facet, code, check_row(where, f"{facet}.{code}", row)


def check_code(where: str, facet: str, code: str) -> None:
    """Hold a code of the review's own to its letters; "none" is there by itself."""
    if not CODE.fullmatch(code):
        raise InputError(
            f"{where}: a code of {facet} must be letters, digits, - and _, one space between words, is {code!r}. Rename it."
        )
    if code == "none":
        raise InputError(
            f"{where}: [{facet}.none] must not be written, the code is there by itself. Rename or remove it."
        )


def check_names(where: str, rows: Sequence[tuple[str, str, Mapping[str, Any]]]) -> None:
    """Refuse two codes of one facet that a reader of the page could not tell apart."""
    seen: dict[tuple[str, str], str] = {}
    for facet, code, row in rows:
        name = " ".join(row.get("name", code).split())
        if (facet, name) in seen:
            raise InputError(
                f"{where} [{facet}.{code}]: each name must stand once in a facet, {name!r} is that of {facet}.{seen[facet, name]} too. Rename one."
            )
        seen[facet, name] = code


def check_row(where: str, name: str, row: Any) -> Mapping[str, Any]:
    """Hold an entry of a codebook to its keys."""
    if not isinstance(row, Mapping):
        raise InputError(f"{where}: [{name}] must be a table with cues, is {row!r}. Write [{name}] above its cues.")
    for key in row:
        if key not in KEYS:
            raise InputError(
                f"{where} [{name}]: a key must be one of {', '.join(KEYS)}, is {key!r}. Rename or remove it."
            )
    for key in ("cues", "weak"):
        cues = row.get(key, [])
        if not isinstance(cues, list) or not all(isinstance(cue, str) for cue in cues):
            raise InputError(
                f'{where} [{name}]: {key} must be a list of phrases, is {cues!r}. Write {key} = ["phrase", "phrase"].'
            )
    if not isinstance(row.get("name", "-"), str) or not row.get("name", "-").strip():
        raise InputError(f"{where} [{name}]: name must be words in quotes, is {row['name']!r}. Mend it.")
    if name.startswith("outcome.") and not (row.get("cues") or row.get("weak")):
        raise InputError(f"{where} [{name}]: must have cues, has none. Add cues, or remove the outcome.")
    return row


def read_cues(where: str, facet: str, code: str, row: Mapping[str, Any]) -> Iterator[Cue]:
    """Yield the cues of one entry."""
    for key, weight in (("cues", OWN), ("weak", WEAK)):
        for text in row.get(key, []):
            try:
                split_cue(text)
            except CueError as error:
                raise InputError(f"{where} [{facet}.{code}]: the cue {text!r} {error}. Shorten or mend it.") from None
            yield Cue(text, facet, code, weight)


def read_implied(where: str, code: str, row: Mapping[str, Any]) -> str:
    """Return the population that an outcome implies."""
    if row["population"] not in POPULATIONS:
        raise InputError(
            f"{where} [outcome.{code}]: population must be one of {', '.join(POPULATIONS)}, is {row['population']!r}. Mend it."
        )
    return str(row["population"])


def read_own_intervention(where: str, table: Mapping[str, Any]) -> list[str]:
    """Return the intervention that a codebook names itself, for use without a review."""
    words = table.get("intervention", [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise InputError(f'{where}: intervention must be a list of words, is {words!r}. Write intervention = ["word"].')
    return words
