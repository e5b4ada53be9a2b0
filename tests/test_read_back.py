"""An amount said in any way is read back as it was meant."""

from __future__ import annotations

import html.entities
import math
import re
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spoken import CARRIERS, FAMILIES, Spoken, plain_unit

from howlong.quantities import Exclusion, Quantity, find_quantities

ROOT = Path(__file__).parent.parent
# White space that may stand for a space inside an amount, and a mark of emphasis around what follows.
GAPS = ["\u00a0", "\u2009", "\u202f", "  ", "\n", "\r\n", "\n    ", " \n", "&nbsp;", " **", "_ _"]
# A number that begins a line behind "day" or "- " may number a list; "fold" that begins one may be an order.
UNBROKEN = {"counted_times", "folds"}
NAMES = {chr(code): f"&{name};" for code, name in html.entities.codepoint2name.items()} | {
    "−": "&#8722;",
    "‑": "&#x2011;",
}


def place(spoken: Spoken, carrier: str) -> tuple[str, Spoken]:
    """Return a sentence that holds an amount, and the amount with a capital where the sentence begins with it."""
    words = spoken.words or spoken.quote
    text = carrier.format(words)
    if text.startswith(words):
        text = text[0].upper() + text[1:]
        if words.startswith(spoken.quote):
            spoken = replace(spoken, quote=text[: len(spoken.quote)])
    return text, spoken


def is_near(number: float | None, expected: float | None) -> bool:
    """Tell whether two numbers are the same to a hundred-thousandth."""
    if number is None or expected is None:
        return number is expected
    return math.isclose(number, expected, rel_tol=1e-5)


def check_read(text: str, spoken: Spoken) -> None:
    """Fail unless the quantities of a text are the ones that were said."""
    found = [row for row in find_quantities(text) if isinstance(row, Quantity)]
    expected = [spoken, *spoken.more]
    assert [row.quote for row in found] == [one.quote for one in expected]
    for row, one in zip(found, expected, strict=True):
        assert (row.kind, plain_unit(row.unit)) == (one.kind, plain_unit(one.unit))
        assert is_near(row.low, one.low), (row.low, one.low)
        assert is_near(row.high, one.high), (row.high, one.high)
        fields = {name: getattr(row, name) for name in one.fields if name != "point"}
        assert fields == {name: value for name, value in one.fields.items() if name != "point"}
        assert "point" not in one.fields or is_near(row.point, one.fields["point"])  # type: ignore[arg-type]


def summarise(text: str) -> list[tuple[object, ...]]:
    """Return what the quantities of a text say, without the words."""
    rows = [row for row in find_quantities(text) if isinstance(row, Quantity)]
    return [(row.kind, row.low, row.low_unit, row.high, row.unit, row.modifier, row.approx, row.vague_low, row.vague_high, row.values, row.point) for row in rows]  # fmt: skip


@pytest.mark.parametrize("family", FAMILIES)
@settings(max_examples=40, derandomize=True)
@given(data=st.data())
def test_an_amount_is_read_back(family: str, data: st.DataObject) -> None:
    """An amount in one of many forms is read back with its span and its fields."""
    check_read(*place(data.draw(FAMILIES[family]), data.draw(st.sampled_from(CARRIERS))))


@pytest.mark.slow
@settings(max_examples=3000, deadline=None)
@given(st.one_of(*FAMILIES.values()), st.sampled_from(CARRIERS))
def test_many_amounts_are_read_back(spoken: Spoken, carrier: str) -> None:
    """The same for thousands of amounts."""
    check_read(*place(spoken, carrier))


@settings(max_examples=300, derandomize=True)
@given(st.sampled_from(sorted(FAMILIES)), st.sampled_from(GAPS), st.data())
def test_another_space_changes_nothing(family: str, gap: str, data: st.DataObject) -> None:
    """Whatever white space or emphasis stands inside an amount, it says the same."""
    spoken = data.draw(FAMILIES[family])
    words = spoken.words or spoken.quote
    spaces = [space.start() for space in re.finditer(" ", words)]
    if not spaces or ("\n" in gap and (family in UNBROKEN or re.search(r" [–-] ", words))):
        return
    at = data.draw(st.sampled_from(spaces))
    if not words[at - 1].isalnum() or not words[at + 1].isalnum():
        gap = gap.replace("*", "").replace("_", "") or " "  # emphasis begins and ends with a word
    said = f"The state lasted {words} as a rule."
    assert summarise(said.replace(words, words[:at] + gap + words[at + 1 :])) == summarise(said)


@given(st.one_of(*FAMILIES.values()))
def test_entities_change_nothing(spoken: Spoken) -> None:
    """An amount written with entities of HTML says the same, and its quote is as it stands in the text."""
    words = spoken.words or spoken.quote
    coded = "".join(NAMES.get(character, character) for character in words)
    assert summarise(f"The state lasted {coded} as a rule.") == summarise(f"The state lasted {words} as a rule.")


def read_plain_texts() -> list[str]:
    """Return the marked articles without their marks, and the seeds."""
    articles = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/cases/articles").glob("[0-9]*.txt"))]
    seeds = [path.read_bytes().decode("utf-8") for path in sorted((ROOT / "seeds/documents").glob("*.txt"))]
    return [re.sub(r"⟦([^|⟧]*)\|[^⟧]*⟧", r"\1", article) for article in articles] + seeds


@pytest.mark.parametrize(("width", "end"), [(60, "\n"), (72, "\r\n"), (80, "\n  ")])
def test_wrapped_lines_change_nothing(width: int, end: str) -> None:
    """Lines of any length hold the same amounts: of some 1,300 rows at most two differ, at the head of a line."""
    count = differ = 0
    for text in read_plain_texts():
        plain = re.sub(r"[ \t]+", " ", text)
        lines = [
            textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in plain.split("\n")
        ]
        wrapped = "\n".join(lines).replace("\n", end)
        first, second = (
            [(" ".join(row.quote.split()), isinstance(row, Exclusion)) for row in find_quantities(one)]
            for one in (plain, wrapped)
        )
        count += len(first)
        differ += len(set(first) ^ set(second))
    assert count > 1200
    assert differ <= 4  # two rows, on either side
