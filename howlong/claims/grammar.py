"""Tell the verbs of a sentence from its nouns, as far as words and their neighbours show it.

Law of the room: a form is a verb where the vocabulary lists it and no article or preposition before it makes it a noun;
what is not listed is no verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from howlong.claims.inflection import inflect_verb, list_forms
from howlong.claims.vocabulary import list_small_words, read_vocabulary


@cache
def list_verbs() -> frozenset[str]:
    """Return every form of the verbs that the vocabulary lists."""
    rows = read_vocabulary("roles-verbs")
    listed = {form for table in ("verbs", "upkeep") for _, _, form in list_forms(table)}
    plain = {form for verb in rows["neutral"]["verbs"].split() for form in inflect_verb(verb)}
    forms = {form for form in listed | plain if " " not in form}
    return frozenset(forms | list_small_words("helpers"))


def find_verbs(words: Sequence[str]) -> list[bool]:
    """Tell for every word whether it is a verb; of a verb and its helpers ("has been used") the last one counts.

    >>> find_verbs("the milk was heated and stirred".split())
    [False, False, False, True, False, True]
    """
    verbs, helpers, makers = list_verbs(), list_small_words("helpers"), list_small_words("determiners")
    found = [False] * len(words)
    helper = -9
    for number, word in enumerate(words):
        if word not in verbs:
            continue
        before = words[number - 1] if number else ""
        if word in helpers:
            found[number], helper = True, number
            continue
        is_helped = number - helper <= 3
        if before in makers:
            continue
        if word.endswith("ing") and not is_helped:
            continue
        found[number] = True
        if is_helped:
            found[helper] = False
    return found
