"""Any text at all is read: no exception, each quote at its offsets, every amount token accounted for, the same twice."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from howlong.quantities import find_quantities
from howlong.quantities.ledger import find_uncovered
from howlong.quantities.lexicon import load_lexicon

NEUTRAL = (
    "Nothing was said of it there, and nobody minded, since the talk had turned to the weather and to the garden again."
)

# Pieces that amounts are made of, some of them broken on purpose.
SIGNS = [
    *"()[]{}<>=+-–—−±×x·/%‰°½¾²⁻,.;:…~≈≤≥§#№*'’\"“”\\|_^$€£¥",
    "10⁻³",
    "+/-",
    "p =",
    "n =",
    "95% CI",
    "(95% CI",
    "q12h",
    "t½",
    "[12]",
    "[11C]UCB-J",
    "(SD 4)",
    "&ndash;",
    "&#8211;",
    "&nbsp;",
    "&frac12;",
    "&lt",
    "&#xD800;",
    "&#99999999;",
    "http://a.b/5",
    "doi:10.1000/5",
    "1:1000",
    "5 Jan",
    "2009;373:1234–40",
    "24/7",
    "Figure",
    "Table",
    "Phase",
    "IV",
    "III",
    "XIII",
    "'s",
]
NUMERALS = [
    "0",
    "5",
    "12",
    "0.5",
    ".5",
    "1,000",
    "1,5",
    "12 500",
    "12\u202f500",
    "007",
    "1e5",
    "2019",
    "1990s",
    "3½",
    "3 1/2",
    "٣",
    "１２",
    "10^5",
    "1.2.3",
    "9" * 40,
]
STRANGE = ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u200b", "\u200e", "\u200f", "\u202e", "\u2066", "\ufeff", "\ufffd", "\ufffe", "\ud800", "\udfff", "e\u0301", "\u0301", "\u20dd", "é", "ß", "İ", "ſ", "K", "ﬁ", "😀", "👩\u200d🔬", "中", "ａ", "²", "①", "Ⅳ", "\U0001d7d8", "\U0010ffff"]  # fmt: skip


def list_words() -> list[str]:
    """Return every spelling of the vocabulary, words before and behind amounts and units alike."""
    lexicon = load_lexicon()
    units = {unit.form for _, group in lexicon.units.values() for unit in group.values()}
    return sorted({phrase.form for phrase in lexicon.phrases} | units)


GLUES = st.sampled_from(["", " ", "\u00a0", "\u2009", "\n", "\r\n", "\r", "\t", "  ", "\n\n", "-", "."])
PIECES = st.one_of(
    st.sampled_from(list_words()),
    st.sampled_from(NUMERALS),
    st.sampled_from(SIGNS),
    st.sampled_from(STRANGE),
    st.text(max_size=3),
    st.text(alphabet=st.characters(), max_size=2),
    st.integers(0, 10**12).map(str),
)


@st.composite
def mixtures(draw: st.DrawFn, size: int = 14) -> str:
    """Draw pieces joined by one glue, or each by its own."""
    pieces = draw(st.lists(PIECES, max_size=size))
    if draw(st.booleans()):
        return draw(GLUES).join(pieces)
    return "".join(piece + draw(GLUES) for piece in pieces)


@st.composite
def long_texts(draw: st.DrawFn) -> str:
    """Draw what no cutting helps with: one piece again and again, without a space or with one."""
    piece, glue = draw(PIECES), draw(GLUES)
    return draw(mixtures(size=4)) + (piece + glue) * draw(st.integers(50, 900)) + draw(mixtures(size=4))


def read_rows(text: str) -> list[tuple[object, ...]]:
    """Return what is read in a text, without the text itself."""
    return [row[:-1] for row in find_quantities(text)]


def check_legal(text: str) -> None:
    """Fail unless a text is read as any text must be."""
    found = find_quantities(text)
    assert all(text[one.start : one.end] == one.quote for one in found)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    assert find_uncovered(text, [(one.start, one.end) for one in found]) == []
    assert read_rows(text) == [row[:-1] for row in found]


@given(st.text(max_size=200))
def test_any_text_is_legal(text: str) -> None:
    """Any string is read without an exception, and each quote is the text at its offsets, in order."""
    check_legal(text)


@settings(max_examples=200, derandomize=True)
@given(mixtures())
@example("0/0 0/0")
def test_any_mixture_is_legal(text: str) -> None:
    """Any mixture of amount words is read without an exception, covered by the ledger, with the quotes at their offsets."""
    check_legal(text)


def check_apart(text: str) -> None:
    """Fail unless a text is read alike when it stands alone and when it stands within another, a paragraph away from its words."""
    before = f"It took 3 weeks.\n\n{NEUTRAL}\n\n"
    found = find_quantities(f"{before}{text}\n\n{NEUTRAL}\n\nAll 4 left.")
    inner = [row for row in found if row.start >= len(before) and row.end <= len(before) + len(text)]
    assert len(inner) == len(found) - 2
    moved = [row._replace(start=row.start - len(before), end=row.end - len(before))[:-1] for row in inner]
    assert moved == read_rows(text)


FUZZ = settings(
    max_examples=2500, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.mark.slow
@FUZZ
@given(mixtures(size=30))
def test_many_mixtures_are_legal(text: str) -> None:
    """Thousands of mixtures of amount words, broken signs and strange characters are read as any text must be."""
    check_legal(text)


@pytest.mark.slow
@settings(FUZZ, max_examples=1000)
@given(mixtures(size=20))
def test_a_paragraph_is_read_alone(text: str) -> None:
    """What stands paragraphs away changes nothing."""
    check_apart(text)


@pytest.mark.slow
@settings(FUZZ, max_examples=100)
@given(long_texts())
def test_long_texts_are_legal(text: str) -> None:
    """Long runs without an end are read as any text must be."""
    check_legal(text)
