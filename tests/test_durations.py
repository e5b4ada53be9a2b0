"""The durations room: claims become intervals in days, and no word becomes a number without saying so."""

import csv
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_claims import WORDS, make_claim, make_vague, patient, read_all

from howlong.claims import Claim
from howlong.durations import READINGS, UNIT_DAYS, Interval, read_vague_words, to_interval, to_intervals
from howlong.tables import InputError, to_frame, to_records

CASES = Path(__file__).parent / "cases"
HEADER = "word,unit,narrow_low,narrow_high,base_low,base_high,wide_low,wide_high"
ENDS = ("low_days", "low_max_days", "high_min_days", "high_days", "low_stated_days", "high_stated_days")


def read_cases(name: str) -> list[dict[str, str]]:
    """Read a table of cases."""
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_number(cell: str) -> float | None:
    """Read a cell that may be empty."""
    return float(cell) if cell else None


@pytest.mark.parametrize("case", read_cases("intervals.csv"), ids=lambda case: f"{case['quote']} ({case['reading']})")
def test_each_claim_becomes_the_interval_its_words_allow(case: dict[str, str]) -> None:
    words = ("low_unit", "unit", "modifier", "vague_low", "vague_high", "quote")
    ends = {"low": read_number(case["low"]), "high": read_number(case["high"])}
    claim = make_claim(**{name: case[name] for name in words}, **ends, approx=bool(case["approx"]))
    interval = to_interval(claim, WORDS, case["reading"])
    assert interval is not None
    assert {name: getattr(interval, name) for name in ENDS} == {name: read_number(case[name]) for name in ENDS}, case[
        "reason"
    ]


def test_an_end_that_the_words_exclude_is_not_closed() -> None:
    less = to_interval(make_claim(high=3.0, modifier="less than"), WORDS, "base")
    more = to_interval(make_claim(low=3.0, modifier="more than"), WORDS, "base")
    least = to_interval(make_claim(low=3.0, modifier="at least"), WORDS, "base")
    assert less
    assert more
    assert least
    assert [(item.low_closed, item.high_closed) for item in (less, more, least)] == [
        (False, False),
        (False, False),
        (True, False),
    ]


def test_frequencies_and_claims_without_an_end_have_no_interval() -> None:
    assert to_interval(make_claim(kind="frequency", low=1.0, high=1.0), WORDS, "base") is None
    assert to_interval(make_claim(), WORDS, "base") is None


def test_a_number_that_an_analyst_gives_a_vague_end_is_read_and_not_called_stated() -> None:
    interval = to_interval(make_vague("c1", "A", "several", low=5.0, high=6.0), WORDS, "wide")
    assert interval
    assert (interval.low_days, interval.high_days, interval.low_stated_days, interval.vague) == (5, 6, None, True)


def test_a_rejected_claim_has_no_interval_and_every_other_has_three() -> None:
    claims = [make_claim("c1", low=1.0, high=2.0), make_claim("c2", low=1.0, high=2.0, verdict="rejected")]
    intervals = to_records(to_intervals(to_frame(claims, Claim), WORDS), Interval)
    assert [(item.claim_id, item.reading) for item in intervals] == [("c1", reading) for reading in READINGS]


def test_a_duration_in_another_unit_than_time_is_one_clear_line() -> None:
    with pytest.raises(
        InputError, match=r"claim c1 \('2 mg'\): a duration's unit must be one of .*; is 'mg'\. Correct unit or kind"
    ):
        to_interval(make_claim(low=2.0, high=2.0, unit="mg", quote="2 mg"), WORDS, "base")


def test_an_unknown_reading_is_one_clear_line() -> None:
    with pytest.raises(InputError, match="reading: must be one of narrow, base, wide; is 'broad'"):
        to_interval(make_claim(low=2.0, high=2.0), WORDS, "broad")


def test_a_vague_word_without_a_row_is_one_clear_line() -> None:
    with pytest.raises(InputError, match=r"vague-words\.csv: must have a row for 'oodles', has couple, few"):
        to_interval(make_vague("c1", "A", "oodles"), WORDS, "base")


def test_every_unit_of_time_that_the_reader_knows_has_a_length() -> None:
    path = Path(__file__).parent.parent / "howlong" / "vocabulary" / "units.csv"
    if not path.exists():
        pytest.skip("the table of units is not there")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            row for row in csv.DictReader(line for line in file if not line.startswith("#")) if row["kind"] == "time"
        ]
    assert {row["name"] for row in rows} <= set(UNIT_DAYS)


# --- vague words ----------------------------------------------------------------------------------------------------


def write_words(review: Path, rows: str) -> Path:
    """Write seeds/vague-words.csv of a review."""
    (review / "seeds").mkdir(parents=True, exist_ok=True)
    (review / "seeds" / "vague-words.csv").write_text(f"{HEADER}\n{rows}\n", encoding="utf-8")
    return review


@pytest.mark.parametrize("case", read_cases("vague-words.csv"), ids=lambda case: case["reason"])
def test_each_mistake_in_the_words_gets_one_clear_line(case: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_vague_words(write_words(tmp_path, case["rows"].replace("|", "\n")))
    assert str(caught.value).startswith(case["message"])
    assert "\n" not in str(caught.value)


def test_a_row_of_the_review_replaces_the_row_for_the_same_word_and_unit_only(tmp_path: Path) -> None:
    words = read_vague_words(write_words(tmp_path, "several,day,5,6,5,6,5,6"))
    assert words.read("several", "day", "base") == (5, 6)
    assert words.read("several", "week", "base") == (3, 10)
    assert words.find("several", "day").origin == "review"


def test_a_bare_plural_follows_several_when_a_review_reads_several_higher(tmp_path: Path) -> None:
    words = read_vague_words(write_words(tmp_path, "several,,4,20,3,20,3,20"))
    assert words.read("bare", "day", "base") == (2, 20)


def test_the_library_names_a_source_or_a_convention_for_every_reading() -> None:
    assert all(row.citation for row in WORDS.rows.values())
    assert {word for word, _ in WORDS.rows} == {"couple", "few", "some", "several", "many", "bare"}


# --- the algebra ----------------------------------------------------------------------------------------------------

UNITS = st.sampled_from([*UNIT_DAYS])
VAGUE = st.sampled_from(["couple", "few", "some", "several", "many", "bare"])
NUMBERS = st.floats(min_value=0.01, max_value=1e4, allow_nan=False) | st.integers(1, 400).map(float)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Draw a claim whose ends are numbers, vague words or nothing, in any units and any order."""
    low, high = draw(st.none() | NUMBERS | VAGUE), draw(st.none() | NUMBERS | VAGUE)
    return make_claim(
        low=low if isinstance(low, float) else None,
        high=high if isinstance(high, float) else None,
        vague_low=low if isinstance(low, str) else "",
        vague_high=high if isinstance(high, str) else "",
        low_unit=draw(UNITS | st.just("")),
        unit=draw(UNITS),
        approx=draw(st.booleans()),
    )


def is_inside(inner: Interval, outer: Interval) -> bool:
    """Tell whether every end of one interval lies within the ends of the other; a missing end must be missing in both."""
    pairs = [(inner.low_days, outer.low_days, 1), (inner.high_days, outer.high_days, -1)]
    if any(a is None and b is not None for a, b, _ in pairs):
        return False
    return all(b is None or (a is not None and a * sign >= b * sign) for a, b, sign in pairs)


@patient
@given(claims())
def test_narrow_lies_inside_base_and_base_inside_wide(claim: Claim) -> None:
    readings = [to_interval(claim, WORDS, reading) for reading in READINGS]
    if None in readings:
        assert readings == [None, None, None]
        return
    narrow, base, wide = (reading for reading in readings if reading)
    assert is_inside(narrow, base)
    assert is_inside(base, wide)


@patient
@given(claims())
def test_no_interval_holds_a_negative_or_ends_before_it_begins(claim: Claim) -> None:
    for interval in read_all(claim):
        ends = [interval.low_days, interval.low_max_days, interval.high_min_days, interval.high_days]
        assert all(end is None or (end > 0 and math.isfinite(end)) for end in ends)
        for first, last in ((0, 1), (2, 3), (0, 2), (0, 3), (1, 3)):
            low, high = ends[first], ends[last]
            assert low is None or high is None or low <= high


@patient
@given(claims())
def test_an_open_end_stays_open_in_every_reading(claim: Claim) -> None:
    for interval in read_all(claim):
        stated = sum(
            end is not None or bool(word)
            for end, word in ((claim.low, claim.vague_low), (claim.high, claim.vague_high))
        )
        assert stated == 2 or (interval.low_days is None) != (interval.high_min_days is None)


@patient
@given(claims())
def test_a_claim_without_a_vague_word_is_the_same_in_every_reading(claim: Claim) -> None:
    plain = replace(claim, vague_low="", vague_high="")
    assert len({replace(interval, reading="") for interval in read_all(plain)}) <= 1


@pytest.mark.parametrize(
    ("given", "low", "high", "modifier"),
    [
        ({"low": 4.0, "modifier": "more than"}, None, 4.0, "at most"),
        ({"low": 4.0, "high": 4.0}, None, 4.0, "at most"),
        ({"low": 2.0, "high": 3.0}, None, 3.0, "at most"),
        ({"high": 3.0, "modifier": "up to"}, None, 3.0, "at most"),
        ({"high": 2.0, "modifier": "less than"}, 2.0, None, "at least"),
    ],
)
def test_a_denied_time_is_the_end_that_it_does_not_go_beyond(
    given: dict[str, Any], low: float | None, high: float | None, modifier: str
) -> None:
    """What does not last longer than four days lasts at most four."""
    interval = to_interval(make_claim(denied=True, **given), WORDS, "base")
    assert interval is not None
    assert (interval.low_days, interval.high_days, interval.modifier) == (low, high, modifier)


def test_a_denied_vague_time_is_read_as_its_word() -> None:
    """What does not last for several days lasts at most as long as several days may be."""
    interval = to_interval(make_vague("c1", "A", "several", denied=True), WORDS, "base")
    assert interval is not None
    assert (interval.low_days, interval.high_days) == (None, 10.0)
