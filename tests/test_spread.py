"""The spread room: strata are never pooled, bounds never averaged, and a source counts once."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_claims import REVIEW, make_claim, make_vague, patient, read_all

from howlong.claims import Claim, Review
from howlong.durations import READINGS, Interval, keep_only
from howlong.spread import (
    Conflict,
    Hull,
    Influence,
    Step,
    Stratum,
    find_conflicts,
    find_envelope,
    find_hulls,
    find_influence,
    find_strata,
)
from howlong.spread.agreement import relate
from howlong.spread.envelope import bootstrap
from howlong.spread.hulls import take_hull
from howlong.spread.strata import is_within
from howlong.tables import InputError, describe_columns, list_columns, to_frame, to_records

CASES = Path(__file__).parent / "cases"
LEAD = "persistence/mood/single/human"


def spread(*claims: Claim, reading: str = "base", review: Review = REVIEW) -> dict[str, Stratum]:
    """Return the strata of claims in one reading, by id."""
    frame = find_strata(to_frame(read_all(*claims), Interval), review, "base")
    return {row.stratum_id: row for row in to_records(frame, Stratum) if row.reading == reading}


def influence(*claims: Claim) -> list[Influence]:
    """Return the influence table of claims."""
    intervals = to_frame(read_all(*claims), Interval)
    return to_records(find_influence(intervals, REVIEW, "base"), Influence)


def conflicts(*claims: Claim) -> list[Conflict]:
    """Return the agreement table of claims in the base reading."""
    return to_records(find_conflicts(to_frame(read_all(*claims), Interval), REVIEW, "base"), Conflict)


# --- strata ---------------------------------------------------------------------------------------------------------


def test_a_stratum_keeps_numbers_and_vague_words_apart() -> None:
    claims = (
        make_claim(
            "c1", "A", high=1.0, unit="week", low_unit="day", vague_low="few", quote="a few days up to one week"
        ),
        make_claim("c2", "D", high=2.0, unit="week", low_unit="day", vague_low="several"),
    )
    lead = spread(*claims)[LEAD]
    assert (lead.stated_low_days, lead.stated_high_days) == (None, 14)
    assert (lead.possible_low_days, lead.possible_high_days) == (3, 14)
    assert (lead.moved_low_by, lead.moved_low_quote, lead.moved_low_source) == ("c1", "a few days up to one week", "A")
    assert (lead.moved_high_by, lead.stated_high_by, lead.possible_high_by) == ("", "c2", "c2")
    assert (lead.sources, lead.claims, lead.vague_claims, lead.source_ids) == (2, 2, 2, ("A", "D"))
    assert (lead.low_open, lead.high_open, lead.certain_high_days, lead.contradictions) == (False, False, 3, 0)


def test_the_reading_moves_only_what_was_read_from_a_vague_word() -> None:
    claims = (make_vague("c1", "A", "several"), make_claim("c2", "B", low=2.0, high=4.0, outcome="spines"))
    narrow, base, wide = (spread(*claims, reading=reading) for reading in READINGS)
    assert [rows[LEAD].possible_high_days for rows in (narrow, base, wide)] == [7, 10, 12]
    assert (
        len(
            {
                replace(rows["persistence/spines/single/human"], reading="", chosen=False)
                for rows in (narrow, base, wide)
            }
        )
        == 1
    )


def test_every_reading_is_there_and_one_is_marked_as_chosen() -> None:
    frame = find_strata(to_frame(read_all(make_vague("c1", "A", "few")), Interval), REVIEW, "wide")
    rows = [row for row in to_records(frame, Stratum) if row.leaf]
    assert [(row.reading, row.chosen) for row in rows] == [("narrow", False), ("base", False), ("wide", True)]


def test_a_source_counts_once_and_a_repeated_claim_counts_once() -> None:
    claims = (
        make_claim("c1", "A", start=5, low=2.0, high=3.0),
        make_claim("c2", "A", start=9, low=4.0, high=5.0),
        make_claim("c3", "A", start=20, low=2.0, high=3.0, duplicate_of="c1"),
    )
    lead = spread(*claims)[LEAD]
    assert (lead.sources, lead.claims, lead.claim_ids) == (1, 2, ("c1", "c2"))
    assert (lead.duplicates, lead.duplicate_ids) == (1, ("c3",))


def test_a_repetition_speaks_when_the_claim_it_repeats_was_rejected() -> None:
    claims = (
        make_claim("c1", "A", start=5, low=2.0, high=3.0, verdict="rejected"),
        make_claim("c3", "A", start=20, low=2.0, high=3.0, duplicate_of="c1"),
        make_claim("c4", "A", start=30, low=2.0, high=3.0, duplicate_of="c1"),
    )
    lead = spread(*claims)[LEAD]
    assert (lead.claim_ids, lead.duplicate_ids) == (("c3",), ("c4",))


def test_a_repetition_speaks_when_the_first_mention_answers_nothing() -> None:
    claims = (
        make_claim("c1", "A", start=5, low=2.0, high=3.0, role="other", answers=""),
        make_claim("c3", "A", start=20, low=2.0, high=3.0, duplicate_of="c1"),
    )
    assert spread(*claims)[LEAD].claim_ids == ("c3",)


def test_claims_that_repeat_each_other_in_a_circle_count_once() -> None:
    claims = (
        make_claim("c1", "A", low=2.0, high=3.0, duplicate_of="c2"),
        make_claim("c2", "A", low=2.0, high=3.0, duplicate_of="c1"),
    )
    assert spread(*claims)[LEAD].claims == 1


def test_words_that_two_sources_share_are_two_sources_words() -> None:
    claims = (make_claim("c1", "A", low=2.0, high=3.0), make_claim("c2", "B", low=2.0, high=3.0, duplicate_of="c1"))
    assert spread(*claims)[LEAD].sources == 2


def test_persistence_and_windows_are_never_merged() -> None:
    rows = spread(
        make_claim("c1", "A", low=2.0, high=3.0),
        make_claim("c2", "A", low=3.0, high=7.0, role="window", answers="window"),
        make_claim("c3", "A", low=1.0, high=1.0, role="onset", answers=""),
    )
    assert (rows[LEAD].claim_ids, rows["window/mood/single/human"].claim_ids) == (("c1",), ("c2",))
    assert all("c3" not in row.claim_ids for row in rows.values())


def test_a_parent_lists_children_and_sources_and_no_numbers() -> None:
    rows = spread(
        make_claim("c1", "A", low=2.0, high=3.0), make_claim("c2", "B", low=9.0, high=9.0, population="animal")
    )
    parent = rows["persistence/mood/single"]
    assert (parent.leaf, parent.children) == (False, (LEAD, "persistence/mood/single/animal"))
    assert (parent.sources, parent.claims, parent.parent) == (2, 2, "persistence/mood")
    numbers = [name for name in list_columns(Stratum) if name.endswith(("_days", "_by"))]
    assert {getattr(parent, name) for name in numbers} == {None, "", ()}


def test_a_region_divides_only_where_an_article_names_one() -> None:
    plain = make_claim("c1", "A", low=2.0, high=3.0)
    assert spread(plain)[LEAD].leaf
    rows = spread(plain, make_claim("c2", "B", low=2.0, high=3.0, region="hippocampus"))
    assert not rows[LEAD].leaf
    assert rows[LEAD].children == (f"{LEAD}/hippocampus", f"{LEAD}/none")


def test_a_claim_that_names_no_region_stays_a_leaf_of_its_own_however_deep_its_siblings_go() -> None:
    facets = ("outcome", "region", "population")
    review = replace(REVIEW, facets=facets, order={}, asks=())
    shallow = make_claim("c1", "A", low=2.0, high=3.0, region="none", population="none")
    deep = make_claim("c2", "B", low=2.0, high=3.0, region="none", population="human")
    rows = spread(shallow, deep, review=review)
    assert [row.stratum_id for row in rows.values() if row.leaf] == [
        "persistence/mood/none/human",
        "persistence/mood/none/none",
    ]


CODES = st.sampled_from(["none", "x", "y", ""])


@patient
@given(st.lists(st.tuples(CODES, CODES, CODES, CODES), min_size=1, max_size=8))
def test_no_leaf_lies_below_another_and_every_claim_stands_in_one(coded: list[tuple[str, ...]]) -> None:
    facets = ("outcome", "regimen", "population", "region")
    claims = [
        make_claim(f"c{place}", low=1.0, high=2.0, **dict(zip(facets, codes, strict=True)))
        for place, codes in enumerate(coded)
    ]
    rows = spread(*claims, review=Review())
    leaves = [row for row in rows.values() if row.leaf]
    assert sorted(name for row in leaves for name in row.claim_ids) == sorted(claim.claim_id for claim in claims)
    assert not [row for row in leaves if row.children]
    parents = {row.parent for row in rows.values()}
    assert not [row for row in leaves if row.stratum_id in parents]


def test_unspecified_is_marked_and_stands_last_inside_its_parent() -> None:
    rows = spread(
        make_claim("c1", "A", low=2.0, high=3.0, regimen="unspecified"), make_claim("c2", "B", low=2.0, high=3.0)
    )
    assert rows["persistence/mood"].children == ("persistence/mood/single", "persistence/mood/unspecified")
    assert rows["persistence/mood/unspecified/human"].unstated
    assert not rows[LEAD].unstated


def test_a_review_without_a_codebook_has_strata_all_the_same() -> None:
    rows = spread(make_claim("c1", "A", low=2.0, high=3.0, outcome="", region=""), review=Review())
    assert rows["persistence/none/single/human"].leaf


def test_a_question_that_no_article_answers_is_a_row_without_sources() -> None:
    rows = spread(make_claim("c1", "A", low=2.0, high=3.0))
    gap = rows["persistence/spines/*/human"]
    assert (gap.gap, gap.leaf, gap.sources, gap.asked, gap.regimen, gap.population) == (True, False, 0, 3, "", "human")
    assert rows["window"].gap
    assert rows[LEAD].asked == 1


def test_nothing_but_gaps_is_left_when_no_article_answers() -> None:
    rows = spread(make_claim("c1", "A", low=2.0, high=3.0, answers=""))
    assert {row.asked for row in rows.values() if row.gap} == {1, 2, 3}
    assert len(rows) == 3


def test_what_is_said_of_people_and_animals_together_is_no_gap() -> None:
    rows = spread(make_claim("c1", "A", low=2.0, high=3.0, outcome="spines", population="both"))
    assert "persistence/spines/*/human" not in rows
    assert rows["persistence/spines/single/both"].asked == 3


def test_rows_stand_in_the_order_of_the_review_with_parents_first() -> None:
    rows = spread(
        make_claim("c1", "A", low=1.0, high=1.0, outcome="zest"),
        make_claim("c2", "A", low=1.0, high=1.0, outcome="spines", regimen="series", population="animal"),
        make_claim("c3", "A", low=1.0, high=1.0),
    )
    ordered = [row.stratum_id for row in sorted(rows.values(), key=lambda row: row.place)]
    assert ordered == [
        "persistence",
        "persistence/mood",
        "persistence/mood/single",
        LEAD,
        "persistence/spines",
        "persistence/spines/*/human",
        "persistence/spines/series",
        "persistence/spines/series/animal",
        "persistence/zest",
        "persistence/zest/single",
        "persistence/zest/single/human",
        "window",
    ]


def test_only_keeps_some_strata_and_asks_for_no_others() -> None:
    claims = (make_claim("c1", "A", low=2.0, high=3.0), make_claim("c2", "A", low=2.0, high=3.0, regimen="series"))
    only = "outcome=mood, regimen=single"
    kept = keep_only(to_frame(read_all(*claims), Interval), only, REVIEW)
    rows = to_records(find_strata(kept, REVIEW, "base", only), Stratum)
    assert {row.stratum_id for row in rows if row.leaf} == {LEAD}
    assert not [row.stratum_id for row in rows if row.gap]


@pytest.mark.parametrize(
    ("only", "message"),
    [
        ("outcome", "only: must be like 'outcome=clinical, regimen=single' with facets of outcome"),
        ("colour=red", "only: must be like 'outcome=clinical, regimen=single' with facets of outcome"),
        ("outcome=moood", "only: outcome must be one of mood, spines, none; is 'moood'. Mend the parameter."),
    ],
)
def test_a_mistake_in_only_gets_one_clear_line(only: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        keep_only(to_frame(read_all(make_claim(low=1.0, high=1.0)), Interval), only, REVIEW)
    assert str(caught.value).startswith(message)


def test_an_unknown_reading_gets_one_clear_line() -> None:
    with pytest.raises(InputError, match="reading: must be one of narrow, base, wide; is 'broad'"):
        find_strata(to_frame([], Interval), REVIEW, "broad")


# --- hulls ----------------------------------------------------------------------------------------------------------


def test_an_open_end_stays_open_whatever_the_other_articles_say() -> None:
    lead = spread(
        make_claim("c1", "A", low=2.0, high=6.0, unit="week"),
        make_claim("c2", "B", vague_low="several", unit="month", modifier="at least"),
    )[LEAD]
    assert (lead.high_open, lead.high_open_by, lead.low_open) == (True, ("c2",), False)
    assert (lead.stated_low_days, lead.stated_high_days) == (14, 42)
    assert (lead.possible_low_days, lead.possible_high_days) == (14, 304.375)


def test_up_to_states_no_lower_limit_and_is_never_certain() -> None:
    lead = spread(make_claim("c1", "A", high=6.0), make_claim("c2", "B", low=3.0, high=4.0))[LEAD]
    assert (lead.low_open, lead.low_open_by, lead.possible_low_days, lead.possible_high_days) == (True, ("c1",), 3, 6)
    assert lead.certain_high_days is None
    alone = spread(make_claim("c1", "A", high=6.0))[LEAD]
    assert (alone.stated_low_days, alone.possible_low_days) == (None, None)


def test_a_hull_never_ends_before_it_begins() -> None:
    lead = spread(make_claim("c1", "A", high=6.0), make_claim("c2", "B", low=9.0))[LEAD]
    assert (lead.stated_low_days, lead.stated_high_days) == (6, 9)
    assert (lead.low_open, lead.high_open, lead.contradictions) == (True, True, 1)


def test_differences_carry_no_noise_of_floats() -> None:
    rows = influence(
        make_claim("c1", "A", low=19.0, high=19.0, approx=True), make_claim("c2", "B", low=20.9, high=21.0)
    )
    assert next(row.low_change_days for row in rows if row.left_out == "A") == 3.8


def test_about_moves_the_possible_ends_and_not_the_stated_ones() -> None:
    lead = spread(make_claim("c1", "A", low=19.0, high=19.0, approx=True))[LEAD]
    assert (lead.stated_low_days, lead.stated_high_days) == (19, 19)
    assert (lead.possible_low_days, lead.possible_high_days, lead.moved_low_by) == (17.1, 20.9, "c1")


def test_each_source_has_a_hull_of_its_own() -> None:
    claims = (make_claim("c1", "A", low=2.0, high=3.0), make_claim("c2", "A", low=5.0), make_claim("c3", "B", high=4.0))
    hulls = to_records(find_hulls(to_frame(read_all(*claims), Interval), REVIEW, "base"), Hull)
    ends = [(hull.source_id, hull.all_until_days, hull.some_until_days) for hull in hulls if hull.chosen]
    assert ends == [("A", 2, None), ("B", None, 4)]


DAYS = st.integers(1, 60).map(float)
VAGUE = st.sampled_from(["couple", "few", "several", "many", "bare"])


@st.composite
def many_claims(draw: st.DrawFn) -> Sequence[Claim]:
    """Draw claims of one stratum by up to four sources, with stated, vague and open ends."""
    drawn = []
    for number in range(draw(st.integers(1, 7))):
        ends = sorted([draw(DAYS), draw(DAYS)])
        sort = draw(st.sampled_from(["range", "up to", "at least", "vague", "vague up to", "vague or longer"]))
        word = draw(VAGUE) if sort.startswith("vague") else ""
        drawn.append(
            make_claim(
                f"c{number}",
                draw(st.sampled_from("ABCD")),
                start=number,
                low=ends[0] if sort in ("range", "at least") else None,
                high=ends[1] if sort in ("range", "up to") else None,
                vague_low=word if sort in ("vague", "vague or longer") else "",
                vague_high=word if sort in ("vague", "vague up to") else "",
                approx=draw(st.booleans()),
            )
        )
    return drawn


@patient
@given(many_claims())
def test_taking_a_source_away_never_widens_a_hull(claims: Sequence[Claim]) -> None:
    for reading in READINGS:
        intervals = [item for item in read_all(*claims) if item.reading == reading]
        full = take_hull(intervals)
        for source in "ABCD":
            rest = take_hull([item for item in intervals if item.source_id != source])
            for low, least in ((rest.stated_low, full.stated_low), (rest.possible_low, full.possible_low)):
                assert low.days is None or (least.days is not None and low.days >= least.days)
            for high, most in ((rest.stated_high, full.stated_high), (rest.possible_high, full.possible_high)):
                assert high.days is None or (most.days is not None and high.days <= most.days)
            assert set(rest.low_open_by) <= set(full.low_open_by)
            assert set(rest.high_open_by) <= set(full.high_open_by)


@patient
@given(many_claims())
def test_stated_lies_inside_possible_and_narrow_inside_base_inside_wide(claims: Sequence[Claim]) -> None:
    hulls = [take_hull([item for item in read_all(*claims) if item.reading == reading]) for reading in READINGS]
    for hull in hulls:
        low, high = hull.possible_low.days, hull.possible_high.days
        assert low is None or high is None or low <= high
        assert hull.stated_low.days is None or (low is not None and low <= hull.stated_low.days)
        assert hull.stated_high.days is None or (high is not None and high >= hull.stated_high.days)
    for inner, outer in pairwise(hulls):
        for a, b in ((outer.possible_low, inner.possible_low), (inner.possible_high, outer.possible_high)):
            assert a.days is None or b.days is None or a.days <= b.days


# --- influence ------------------------------------------------------------------------------------------------------


def test_leaving_a_source_out_says_which_end_moves_and_by_how_much() -> None:
    rows = influence(make_claim("c1", "A", low=2.0, high=7.0), make_claim("c2", "B", low=3.0, high=14.0))
    chosen = [
        (row.left_out, row.low_moves, row.high_moves, row.low_change_days, row.high_change_days)
        for row in rows
        if row.chosen
    ]
    assert chosen == [("", False, False, 0, 0), ("A", True, False, 1, 0), ("B", False, True, 0, -7)]
    assert len(rows) == 9


def test_leaving_the_open_article_out_closes_the_end() -> None:
    rows = influence(make_claim("c1", "A", low=2.0, high=7.0), make_claim("c2", "B", low=5.0))
    without = next(row for row in rows if row.left_out == "B" and row.chosen)
    assert (without.high_moves, without.high_open, without.full_high_open, without.high_change_days) == (
        True,
        False,
        True,
        0,
    )


def test_a_stratum_with_one_source_has_no_influence() -> None:
    assert influence(make_claim("c1", "A", low=2.0, high=7.0), make_claim("c2", "A", low=3.0, high=14.0)) == []


# --- agreement ------------------------------------------------------------------------------------------------------


def make_interval(words: str) -> Interval:
    """Make an interval of four ends, "-" for one that is not stated."""
    low, low_max, high_min, high = (None if word == "-" else float(word) for word in words.split())
    plain = read_all(make_claim(low=1.0, high=1.0))[1]
    vague = (low != low_max, high_min != high)
    ends = {"low_days": low, "low_max_days": low_max, "high_min_days": high_min, "high_days": high}
    return replace(plain, **ends, low_vague=vague[0], high_vague=vague[1], vague=any(vague))  # type: ignore[arg-type]


def read_table(name: str) -> list[dict[str, str]]:
    """Read a table of cases."""
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", read_table("relations.csv"), ids=lambda case: case["reason"])
def test_each_pair_stands_as_its_words_allow(case: dict[str, str]) -> None:
    expected = (case["relation"], case["because"], float(case["distance_days"]), float(case["distance_max_days"]))
    for first, second in (("a", "b"), ("b", "a")):
        assert tuple(relate(make_interval(case[first]), make_interval(case[second]))) == expected


@pytest.mark.parametrize("case", read_table("differences.csv"), ids=lambda case: case["reason"])
def test_two_claims_that_do_not_meet_contradict_only_when_they_speak_of_the_same(case: dict[str, str]) -> None:
    weeks = make_claim(
        "c1", "A", low=2.0, high=6.0, unit="week", subjects=case["subjects_a"], statistic=case["statistic_a"]
    )
    months = make_claim(
        "c2", "B", low=3.0, high=4.0, unit="month", subjects=case["subjects_b"], statistic=case["statistic_b"]
    )
    pair = conflicts(weeks, months)[0]
    assert (pair.relation, pair.because) == (case["relation"], case["because"])


def test_pairs_stand_worst_first_and_pairs_of_one_source_after_the_others() -> None:
    claims = (
        make_claim("c1", "A", start=1, low=1.0, high=2.0),
        make_claim("c2", "A", start=2, low=9.0, high=9.0),
        make_claim("c3", "B", start=1, low=2.0, high=3.0),
        make_claim("c4", "B", start=2, low=1.0, high=9.0, outcome="spines"),
    )
    pairs = [(pair.rank, pair.claim_a, pair.claim_b, pair.relation, pair.same_source) for pair in conflicts(*claims)]
    assert pairs == [
        (1, "c2", "c3", "contradict", False),
        (2, "c1", "c2", "contradict", True),
        (3, "c1", "c3", "overlap", False),
    ]


def test_a_stratum_counts_the_contradictions_between_sources() -> None:
    claims = (
        make_claim("c1", "A", low=1.0, high=2.0),
        make_claim("c2", "A", low=9.0, high=9.0),
        make_claim("c3", "B", low=2.0, high=3.0),
    )
    assert spread(*claims)[LEAD].contradictions == 1


def test_a_crowded_stratum_lists_its_worst_pairs_and_counts_them_all() -> None:
    claims = [
        make_claim(f"c{number:03}", "A", start=number, low=float(number + 1), high=float(number + 1))
        for number in range(40)
    ]
    pairs = conflicts(*claims)
    assert len(pairs) == 500
    assert pairs[0].distance_days == 39
    assert spread(*claims)[LEAD].pairs == 780


@patient
@given(many_claims())
def test_a_relation_is_the_same_from_both_sides(claims: Sequence[Claim]) -> None:
    intervals = [item for item in read_all(*claims) if item.reading == "base"]
    for a in intervals:
        assert relate(a, a).relation == "inside"
        for b in intervals:
            there, back = relate(a, b), relate(b, a)
            assert (there.relation, there.distance_days, there.distance_max_days) == (
                back.relation,
                back.distance_days,
                back.distance_max_days,
            )


# --- envelope -------------------------------------------------------------------------------------------------------


def envelope(*claims: Claim) -> list[Step]:
    """Return the envelope of claims in the base reading."""
    intervals = to_frame(read_all(*claims), Interval)
    frame = find_envelope(find_strata(intervals, REVIEW, "base"), find_hulls(intervals, REVIEW, "base"))
    return [step for step in to_records(frame, Step) if step.chosen]


def test_the_envelope_steps_exactly_where_articles_stop() -> None:
    claims = [make_claim(f"c{number}", source, low=3.0, high=7.0) for number, source in enumerate("ABC")]
    claims += [make_claim("c3", "D", high=14.0), make_claim("c4", "E", low=7.0)]
    steps = [(step.from_days, step.to_days, step.certain, step.possible) for step in envelope(*claims)]
    assert steps == [(0, 3, 4, 5), (3, 7, 1, 5), (7, 14, 0, 2), (14, None, 0, 1)]


def test_four_articles_make_no_envelope() -> None:
    assert (
        envelope(*(make_claim(f"c{number}", source, low=3.0, high=7.0) for number, source in enumerate("ABCD"))) == []
    )


def test_shares_have_an_interval_from_thirty_sources_and_none_below() -> None:
    few = envelope(*(make_claim(f"c{number}", f"S{number:02}", low=3.0, high=7.0) for number in range(29)))
    many = envelope(
        *(make_claim(f"c{number}", f"S{number:02}", low=3.0 + number % 2, high=7.0) for number in range(30))
    )
    assert few[0].certain_share_low is None
    assert [(step.certain, step.certain_share_low, step.certain_share_high) for step in many[:2]] == [
        (30, 1, 1),
        (15, 1 / 3, 2 / 3),
    ]


def test_the_interval_of_a_share_holds_the_share_and_needs_no_large_floats() -> None:
    for count in (0, 1, 250, 499, 500):
        low, high = bootstrap(count, 500)
        assert low is not None
        assert high is not None
        assert low <= count / 500 <= high


# --- tables ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("record_type", [Conflict, Hull, Influence, Step, Stratum])
def test_every_column_is_described(record_type: type) -> None:
    assert set(describe_columns(record_type)) == set(list_columns(record_type))


def test_no_claims_make_tables_without_rows_but_for_gaps() -> None:
    empty = to_frame([], Interval)
    strata = find_strata(empty, REVIEW, "base")
    assert set(strata["gap"]) == {True}
    assert find_influence(empty, REVIEW, "base").empty
    assert find_conflicts(empty, REVIEW, "base").empty
    assert find_envelope(strata, find_hulls(empty, REVIEW, "base")).empty


@patient
@given(many_claims())
def test_the_order_of_rows_given_changes_nothing(claims: Sequence[Claim]) -> None:
    intervals = read_all(*claims)
    forwards, backwards = to_frame(intervals, Interval), to_frame(intervals[::-1], Interval)
    assert to_records(find_strata(forwards, REVIEW, "base"), Stratum) == to_records(
        find_strata(backwards, REVIEW, "base"), Stratum
    )


def test_what_a_run_leaves_aside_is_no_gap() -> None:
    """A question that reaches beyond the strata of a run cannot be called unanswered by it."""
    only = {"population": "human"}
    assert is_within({"measure": "persistence", "outcome": "structural", "population": "human"}, only)
    assert not is_within({"measure": "window"}, only)
    assert not is_within({"outcome": "structural"}, only)
