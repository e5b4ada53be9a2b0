"""Find the runs of a text that may hold amounts, in one linear pass.

Law: the scanner finds and does not judge.  A run is a maximal row of lexicon words, numbers and units around at least one
word that could state an amount.  The pattern is made from the lexicon and matched by RE2, which is linear in the text on
every input (Cox 2010, https://swtch.com/~rsc/regexp/regexp3.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
SINGULAR = "(?i:(?:kilo|centi|milli)?(?:met(?:re|er)|gram|lit(?:re|er))|mile|inch|hectare|teaspoon|tablespoon)"
SHORT = "dcmµμunpfkMGTPE"
LONG = "deci centi milli micro nano pico femto kilo mega giga tera peta exa".split()
ANCHORS = ("numeral", "scale", "half", "quarter", "times", "multiple", "rate", "part")
PREFIXES = ("silent", "bound", "about", "age", "article", "plusminus")
INNER = ("after", "joiner", "timesword", "fold", "andhalf", "per", "of")


def join_forms(forms: Iterable[tuple[str, bool]], edge: str = "\\b") -> str:
    """Return one alternative for many spellings, sorted so that RE2 shares their common beginnings."""
    groups: dict[tuple[bool, bool], list[str]] = {}
    for form, exact in sorted(set(forms)):
        body = re.escape(form).replace("\\ ", f"{_S}+").replace("\\-", "(?:-|‐|‑)")
        right = form[-1].isascii() and form[-1].isalnum()
        left = form[0].isascii() and form[0].isalnum()
        groups.setdefault((left, exact), []).append(body + ("\\b" if right else ""))
    parts = []
    for (left, exact), bodies in sorted(groups.items()):
        parts.append((edge if left else "") + ("(?:" if exact else "(?i:") + "|".join(bodies) + ")")
    return "|".join(parts)


def join_phrases(phrases: Iterable[Phrase]) -> str:
    """Return one alternative for the spellings of many phrases."""
    return join_forms((phrase.form, phrase.exact) for phrase in phrases)


def join_units(time: bool) -> str:
    """Return one alternative for the unit spellings: words of time, or all others; SI prefixes are taken out once."""
    units = {unit for _, group in load_lexicon().units.values() for unit in group.values()}
    forms = {(unit.form, unit.exact) for unit in units if (unit.kind == "time" and not unit.exact) == time}
    symbols = {form for form, exact in forms if exact}
    words = {form for form, exact in forms if not exact}
    bases = [(form, True) for form in symbols if not (form[0] in SHORT and form[1:] in symbols)]
    stems = [(form, False) for form in words if not any(form.startswith(p) and form[len(p) :] in words for p in LONG)]
    long = "\\b(?i:" + "|".join(LONG) + ")?" + "(?:" + join_forms(stems, edge="") + ")"
    short = f"|[{SHORT}]?(?:" + join_forms(bases, edge="") + ")" if bases else ""
    return (long + short).replace("0", "[0-9]")


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
    anchor = rf"{URL}|{CITE}|{CHUNK}{DECIMALS}|[.][0-9]+{DECIMALS}|{words}|{times}|\b[IVX]{{1,5}}[ab]?\b|\b(?i:an?|one){_S}+{SINGULAR}\b"
    token = rf"{INTERVAL}|\([0-9]{{1,3}}\)|[(\[][0-9]+\.[0-9]+{_S}?(?:[-–—,;]|to){_S}?[-−]?[0-9]+\.[0-9]+[)\]]|\bper{_S}+[a-z]+\b|\b[apAP]\.?[mM]\b\.?|{anchor}|{inner}|{join_units(time=False)}|\b{MONTH}\b|{SIGNS}|\b(?:more|even|only|full|whole)\b|/[a-z]+\b"
    pattern = rf"(?:(?:{prefixes}){GLUE}[:=(]?{_S}?)*(?:{anchor})(?:{GLUE}(?:{token}))*"
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.never_capture = True
    options.longest_match = True
    options.log_errors = False
    options.max_mem = 256 << 20
    return re2.compile(to_pattern(pattern), options)


def find_runs(image: bytes) -> Iterator[tuple[int, int]]:
    """Yield the offsets of every run in the image of a text."""
    for match in build_scanner().finditer(image):
        yield match.span()
