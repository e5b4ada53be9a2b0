"""Find the runs of a text that may hold amounts, in one linear pass.

Law: the scanner finds and does not judge.  A run is a maximal row of lexicon words, numbers and units around at least one
word that could state an amount.  The pattern is made from the lexicon and matched by RE2, which is linear in the text on
every input (Cox 2010, https://swtch.com/~rsc/regexp/regexp3.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import re2

from howlong.quantities.alphabet import CURRENCIES, FRACTIONS, SPACES, to_pattern
from howlong.quantities.lexicon import Phrase, load_lexicon
from howlong.quantities.tokens import MONTH

_F = "".join(FRACTIONS)
_W = "A-Za-z0-9_µμαβγδκηρχσλΩéöüä₂"
_S = f"[ \\t{SPACES}]"
GLUE = f"{_S}*(?:\\r?\\n{_S}*)?"
SIGNS = f"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺=<>≤≥⩽⩾~∼≈±+/%％°º˚′″–—−‒,·×…&:#§{CURRENCIES}-]|‐|‑|\\.[ ]?(?:[0-9])|'s"
URL = r"(?:https?://|www\.|doi:)[^\s]+"
CITE = r"\[ ?[0-9]{1,3}(?: ?[,;–-] ?[0-9]{1,3})* ?\]|\[[0-9]{1,3}m?[A-Z][a-z]?\][A-Za-z0-9_-]*"
INTERVAL = (
    rf"[(\[,;]?{_S}?(?:with{_S}a{_S})?[0-9]+(?:\.[0-9]+)?{_S}?[%％]{_S}?-?{_S}?"
    rf"(?:CrI|CI|HDI|confidence interval|credible interval|confidence limits|prediction interval)s?{_S}?(?:\[CI\])?[:,=(]?{_S}?(?:of |from |was )?"
)
CHUNK = rf"(?:[{_W}]+[-‑]?)*[0-9{_F}][{_W}⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]*"
DECIMALS = rf"(?:[.,·'][0-9][{_W}]*)*"
ANCHORS = ("numeral", "scale", "half", "quarter", "times", "multiple", "rate", "part", "veto alone")
PREFIXES = ("silent", "sample", "bound", "about", "age", "veto before", "article", "plusminus")
INNER = ("after", "joiner", "timesword", "fold", "andhalf", "per", "of", "veto after", "hedge")


def join_phrases(phrases: list[Phrase]) -> str:
    """Return one alternative for many spellings, the longest first."""
    forms = []
    for phrase in sorted(phrases, key=lambda one: -len(one.form)):
        body = re.escape(phrase.form).replace("\\ ", f"{_S}+").replace("\\-", "(?:-|‐|‑)")
        left = "\\b" if phrase.form[0].isascii() and phrase.form[0].isalnum() else ""
        right = "\\b" if phrase.form[-1].isascii() and phrase.form[-1].isalnum() else ""
        forms.append(left + (body if phrase.exact else f"(?i:{body})") + right)
    return "|".join(forms)


def join_units(time: bool) -> str:
    """Return one alternative for the unit spellings: words of time, or all others."""
    forms = {}
    for group in load_lexicon().units.values():
        for unit in group:
            if (unit.kind == "time" and not unit.exact) == time:
                forms[unit.form] = unit.exact
    bodies = []
    for form in sorted(forms, key=len, reverse=True):
        body = re.escape(form).replace("\\ ", f"{_S}").replace("\\-", "(?:-|‐|‑)").replace("0", "[0-9]")
        left = "\\b" if form[0].isascii() and form[0].isalnum() else ""
        bodies.append(left + (body if forms[form] else f"(?i:{body})") + ("\\b" if form[-1].isascii() and form[-1].isalnum() else ""))
    return "|".join(bodies)


@cache
def build_scanner() -> Any:
    """Compile the scanner from the lexicon."""
    lexicon = load_lexicon()
    strong = [p for p in lexicon.of("vague") if p.effect != "weak"] + [p for p in lexicon.of("bound") if "first" in p.form]
    weak = [p for p in lexicon.of("vague") if p.effect == "weak"]
    times = join_units(time=True)
    words = join_phrases([*lexicon.of(*ANCHORS), *strong])
    prefixes = join_phrases([*lexicon.of(*PREFIXES), *weak]) + rf"|\b{MONTH}\b\.?,?|(?:\b[A-Z]{{1,3}})?[{CURRENCIES}]|[+−=<>≤≥~∼≈-]|\b(?:of|was|is|only|even|just|full|whole|single|mere|good|solid)\b"
    inner = join_phrases([*lexicon.of(*INNER, *PREFIXES), *weak])
    anchor = rf"{URL}|{CITE}|{CHUNK}{DECIMALS}|[.][0-9]+{DECIMALS}|{words}|{times}|\b[IVX]{{1,5}}[ab]?\b"
    token = rf"{INTERVAL}|\bper{_S}+[a-z]+\b|\b[apAP]\.?[mM]\b\.?|{anchor}|{inner}|{join_units(time=False)}|\b{MONTH}\b|{SIGNS}|\b(?:more|even|only|full|whole)\b|/[a-z]+\b"
    pattern = rf"(?:(?:{prefixes}){GLUE}[:=(]?{_S}?)*(?:{anchor})(?:{GLUE}(?:{token}))*"
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.never_capture = True
    options.log_errors = False
    options.max_mem = 256 << 20
    return re2.compile(to_pattern(pattern), options)


def find_runs(image: bytes) -> Iterator[tuple[int, int]]:
    """Yield the offsets of every run in the image of a text."""
    for match in build_scanner().finditer(image):
        yield match.span()
