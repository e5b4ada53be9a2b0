"""The room of quantities: every stated amount is read, every other amount word is accounted for."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from pathlib import Path

import pytest

from howlong.quantities import Exclusion, LedgerError, Quantity, check_ledger, find_quantities, tabulate
from howlong.quantities.ledger import find_tokens, find_uncovered
from howlong.quantities.lexicon import load_lexicon
from howlong.sources import Document, Passages

CASES = Path(__file__).parent / "cases" / "quantities.csv"
SEEDS = Path(__file__).parent.parent / "seeds" / "documents"


def read_cases() -> list[dict[str, str]]:
    """Return the cases, one a row."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_document(text: str) -> Document:
    """Return a document that holds a text."""
    return Document("one", "one.txt", text, Passages(text))


def parse_extra(extra: str) -> dict[str, str]:
    """Return the further fields of a case: `approx`, `vague=few,few`, `values=1;2`, `point=3`, `low_unit=day`."""
    return {name: value for name, _, value in (part.partition("=") for part in extra.split())}


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case["why"])
def test_case(case: dict[str, str]) -> None:
    """Each case's amount is found with its span and all its fields."""
    found = [one for one in find_quantities(case["text"]) if one.quote == case["quote"]]
    assert found, f"not found: {case['quote']!r}"
    one = found[0]
    assert one.kind == case["kind"]
    if isinstance(one, Exclusion):
        assert one.reason == case["extra"]
        return
    extra = parse_extra(case["extra"])
    expected = [float(case[end]) if case[end] else None for end in ("low", "high")]
    assert [one.low, one.high] == [pytest.approx(value, rel=1e-5) if value is not None else None for value in expected]
    assert (one.unit, one.modifier, one.approx) == (case["unit"], case["modifier"], "approx" in extra)
    assert (one.vague_low, one.vague_high) == tuple(extra.get("vague", ",").split(","))
    assert one.low_unit == extra.get("low_unit", case["unit"])
    assert one.values == tuple(float(value) for value in extra.get("values", "").split(";") if value)
    assert one.point == (float(extra["point"]) if "point" in extra else None)


def test_cases_are_many() -> None:
    """There are at least 270 cases and no two are alike."""
    cases = [(case["text"], case["quote"]) for case in read_cases()]
    assert len(cases) >= 270
    assert len(cases) == len(set(cases))


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_seed_ledger(path: Path) -> None:
    """Nothing in a source of the review is uncovered or unresolved."""
    text = path.read_bytes().decode("utf-8")
    found = find_quantities(text)
    assert find_uncovered(text, [(one.start, one.end) for one in found]) == []
    assert not [one for one in found if isinstance(one, Exclusion) and one.reason == "unresolved"]
    assert all(text[one.start : one.end] == one.quote for one in found)


def test_hedge_governs_its_clause() -> None:
    """A hedge belongs to the amounts of its own clause only."""
    first, second = find_quantities("It usually lasts 3 days. It lasts 5 days.")
    assert isinstance(first, Quantity)
    assert isinstance(second, Quantity)
    assert (first.hedge, second.hedge) == ("usually", "")


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("It may, in adults, last 3 days.", "may"),
        ("Often, it lasts 3 days.", "often"),
        ("Typically, after one dose, it lasts 3 days.", "typically"),
        ("The notes suggest that it lasts 3 days.", "suggests"),
        ("Relief can last, in some people, for 3 days.", "can"),
        ("Tablets, usually red, act for 3 days.", ""),
        ("It is often called a gate that stays open for 3 days.", ""),
        ("They usually rest, and the pain lasts 3 days.", ""),
        ("It is believed to last 3 days.", "thought"),
        ("As a rule it lasts 3 days.", "generally"),
        ("In May it lasted 3 days.", ""),
        ("A can of soup keeps for 3 days.", ""),
        ("So the notes suggest. It lasts 3 days.", ""),
        ("It is wet on average, and you have 3 days.", ""),
        ("Rust appears after 3 days.", ""),
        ("The glow appears to last 3 days.", "appears"),
    ],
)
def test_a_hedge_ends_with_its_clause(text: str, hedge: str) -> None:
    """A single comma or a relative word ends what a hedge governs; an aside between two commas does not."""
    first = find_quantities(text)[0]
    assert isinstance(first, Quantity)
    assert first.hedge == hedge


def test_ledger_counts() -> None:
    """The ledger counts documents, tokens, quantities and reasons."""
    documents = [read_document("Two days passed in 1999. PSD-95 stayed.")]
    quantities, exclusions = tabulate(documents)
    ledger = check_ledger(documents, quantities, exclusions)
    assert (ledger.documents, ledger.quantities, ledger.exclusions, ledger.unexplained) == (1, 1, 2, 0)
    assert ledger.reasons == {"date": 1, "identifier": 1}


def test_ledger_stops_the_run() -> None:
    """A token that no row accounts for stops the run, and the message names it."""
    documents = [read_document("It took two days. It cost 40 euros.")]
    quantities, exclusions = tabulate(documents)
    with pytest.raises(LedgerError, match=r"one at 26.*'40'.*It cost 40 euros"):
        check_ledger(documents, quantities[quantities["kind"] != "money"], exclusions)


def test_ledger_has_its_own_eyes() -> None:
    """The check's tokeniser sees number words, time words, Roman labels and digits."""
    text = "Schedule IV, several dozen weeks, 5 mg, ½ cup"
    assert [text[start:end] for start, end in find_tokens(text)] == ["IV", "several", "dozen", "weeks", "5", "½"]


def test_import_is_light() -> None:
    """Importing the reader loads no table, chart or unit library."""
    code = "import sys, howlong.quantities; print([m for m in ('pandas', 'numpy', 'pint', 'matplotlib') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "a ",
        "x",
        "5",
        "(",
        "1-",
        "up to ",
        "two ",
        "days ",
        "\n",
        "5 mg, ",
        "é",
        "http://a",
        "1/",
        "3 long days ",
        "4 h, 5 on ",
        "one man in ",
        "over 60, ",
        "III-",
        "&ndash;",
        "_a_ ",
        "minus 5 to ",
    ],
)
def test_time_is_linear(unit: str) -> None:
    """Ten times the text takes not much more than ten times as long, whatever is repeated."""

    def measure(times: int) -> float:
        text = unit * (times // len(unit))
        started = time.process_time()
        find_quantities(text)
        return time.process_time() - started

    measure(2_000)
    assert measure(200_000) < 20 * max(measure(20_000), 0.02)


@pytest.mark.slow
def test_ten_million_digits() -> None:
    """Ten million digits in one line are one identifier or number, found in linear time."""
    found = find_quantities("7" * 10_000_000)
    assert found[0].start == 0


def test_a_lexicon_entry_is_read() -> None:
    """Each modifier of the lexicon that bounds an amount is read as its normal form."""
    for phrase in load_lexicon().of("bound"):
        if phrase.effect in ("high", "low") and not phrase.form.endswith(" the"):
            amount = "5 days" if phrase.form == "inside" else "5 mg"  # it bounds times alone
            found = [one for one in find_quantities(f"it is {phrase.form} {amount} here") if isinstance(one, Quantity)]
            assert [one.modifier for one in found] == [phrase.normal], phrase.form


def test_lexicon_page_is_fresh() -> None:
    """The lists in docs/lexicon.md are those of the vocabulary."""
    root = Path(__file__).parent.parent
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.path.insert(0, 'tools'); import list_lexicon as l; print(l.make_page(l.PAGE.read_text(encoding='utf-8')) == l.PAGE.read_text(encoding='utf-8'))",
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
    )
    assert done.stdout.strip() == "True"


@pytest.mark.parametrize("break_", ["\r\n", "\r"])
def test_the_line_breaks_of_other_systems_change_nothing(break_: str) -> None:
    """The same words are found whatever ends the lines."""
    text = "A Wash – part 1\nIt lasts 3 days.\nA Wash – part 2\n2. Rinse for 5 minutes.\n"
    expected = [(row.quote, row.kind) for row in find_quantities(text)]
    assert expected == [(row.quote, row.kind) for row in find_quantities(text.replace("\n", break_))]


@pytest.mark.parametrize("text", ["It lasts ٣ days.", "It lasts ３ days.", "It lasts ३ days."])
def test_digits_of_other_scripts_are_digits(text: str) -> None:
    """A number is a number in every script, quoted as it stands."""
    (found,) = find_quantities(text)
    assert (text[9:15], 3.0, "day") == (found.quote, found.low, found.unit)  # type: ignore[union-attr]
