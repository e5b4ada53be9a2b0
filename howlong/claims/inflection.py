"""Spell every form of a verb or noun, so that a vocabulary lists each word once.

Law of the room: a regular form follows a rule, an irregular one stands in the vocabulary; a form that no writer uses does
no harm, for it is never met.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from howlong.claims.vocabulary import read_vocabulary

NOUNLIKE = "+"
SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
CONSONANT_Y = re.compile(r"[^aeiou]y$")
SHORT_VOWEL = re.compile(r"^(?:qu|[^aeiou])*[aeiou][^aeiouwxy]$")
LONG_L = re.compile(r"[aeiou]l$")


@cache
def load_irregular() -> dict[str, list[str]]:
    """Read the irregular verbs: each base form with its own past forms, and verbs that double their last letter."""
    table = read_vocabulary("roles-verbs")["irregular"]
    irregular = {row.split()[0]: row.split()[1:] for row in table["past"].split(",")}
    doubled = {verb: [f"{verb}{verb[-1]}ed"] for verb in table["doubling"].split()}
    return doubled | irregular


def inflect_verb(phrase: str) -> list[str]:
    """Return the forms of a verb, or of a phrase whose first word is one.

    >>> inflect_verb("wipe off")
    ['wipe off', 'wipes off', 'wiped off', 'wiping off']
    >>> inflect_verb("document+")
    ['documented', 'documenting']
    """
    word, _, rest = phrase.partition(" ")
    verb = word.removesuffix(NOUNLIKE)
    plain = [] if word.endswith(NOUNLIKE) else [verb, add_s(verb)]
    forms = dict.fromkeys([*plain, *add_past(verb), *add_ing(verb)])
    return [f"{form} {rest}".rstrip() for form in forms]


def inflect_noun(phrase: str) -> list[str]:
    """Return a noun, or a phrase that ends in one, and its plural.

    >>> inflect_noun("bus journey")
    ['bus journey', 'bus journeys']
    """
    return [phrase, add_s(phrase)]


def add_s(word: str) -> str:
    """Return the plural of a noun, or the third person of a verb.

    >>> add_s("carry"), add_s("stay"), add_s("wash"), add_s("go")
    ('carries', 'stays', 'washes', 'goes')
    """
    if CONSONANT_Y.search(word):
        return f"{word[:-1]}ies"
    return f"{word}es" if SIBILANT.search(word) or word in ("go", "do", "undergo", "undo") else f"{word}s"


def add_past(verb: str) -> Iterator[str]:
    """Yield the past forms of a verb."""
    irregular = load_irregular().get(verb)
    if irregular:
        yield from irregular
    elif verb.endswith("e"):
        yield f"{verb}d"
    elif CONSONANT_Y.search(verb):
        yield f"{verb[:-1]}ied"
    elif SHORT_VOWEL.search(verb):
        yield f"{verb}{verb[-1]}ed"
    else:
        yield f"{verb}ed"
        if LONG_L.search(verb):
            yield f"{verb}led"


def add_ing(verb: str) -> Iterator[str]:
    """Yield the present participle of a verb, in both spellings where there are two."""
    doubles = verb in read_vocabulary("roles-verbs")["irregular"]["doubling"].split()
    if verb.endswith("ie"):
        yield f"{verb[:-2]}ying"
    elif verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        yield f"{verb[:-1]}ing"
    elif SHORT_VOWEL.search(verb) or doubles:
        yield f"{verb}{verb[-1]}ing"
    else:
        yield f"{verb}ing"
        if LONG_L.search(verb):
            yield f"{verb}ling"


def list_forms(table: str) -> Iterator[tuple[str, str, str]]:
    """Yield the class, the grade and the spelling of every form of the words of ``roles-verbs.toml``.

    Parameters
    ----------
    table : str
        "verbs", "nouns" or "upkeep".
    """
    inflect = inflect_noun if table == "nouns" else inflect_verb
    for name, grades in read_vocabulary("roles-verbs")[table].items():
        for grade, phrases in grades.items():
            for phrase in filter(None, (" ".join(phrase.split()) for phrase in phrases.split(","))):
                yield from ((name, grade, form) for form in inflect(phrase))
