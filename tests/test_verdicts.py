"""The verdicts room: people's word wins, is never overwritten, and is never lost in silence."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from made_claims import make_claim, read_all

from howlong.claims import Claim, explain
from howlong.tables import InputError, to_frame, to_records
from howlong.verdicts import Orphan, Ruling, Verdict, apply_verdicts, list_verdicts, read_verdicts, rule

CASES = Path(__file__).parent / "cases"
HEADER = "claim_id,source_id,quote,prefix,suffix,decision,field,value,analyst,date,reason"
CLAIM = make_claim(
    "c1", "A", quote="two to six\nweeks", prefix="relief lasting ", suffix=", with some", low=2.0, high=6.0, unit="week"
)
OTHER = make_claim(
    "c2", "A", quote="a week", prefix="lasts up to ", suffix=" in the prefrontal cortex", high=1.0, unit="week"
)
TWIN = make_claim("c3", "A", quote="a week", prefix="fades after ", suffix=".", low=1.0, high=1.0, unit="week")


def write_verdicts(review: Path, *rows: str) -> Path:
    """Write seeds/verdicts.csv of a review."""
    (review / "seeds").mkdir(parents=True, exist_ok=True)
    (review / "seeds" / "verdicts.csv").write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    return review


def judge(review: Path, claims: list[Claim], *rows: str) -> tuple[dict[str, Claim], list[Orphan], list[Ruling]]:
    """Apply verdicts to claims; return the claims by id, the orphans and what became of every verdict."""
    verdicts = read_verdicts(write_verdicts(review, *rows))
    frame = to_frame(claims, Claim)
    after, orphans = apply_verdicts(frame, verdicts)
    rulings = rule(claims, to_records(verdicts, Verdict))
    return {claim.claim_id: claim for claim in to_records(after, Claim)}, to_records(orphans, Orphan), rulings


def test_verdicts_that_were_read_before_are_read_from_their_lines(tmp_path: Path) -> None:
    row = 'c1,A,"two to six\nweeks",,,reject,,,ann,2026-01-31,"not, ours"'
    review = write_verdicts(tmp_path, row, "c2,A,a week,,,correct,high,2,ann,,")
    wanted = to_records(read_verdicts(review), Verdict)
    lines = (review / "seeds" / "verdicts.csv").read_text(encoding="utf-8").splitlines()
    assert list_verdicts(lines) == wanted
    assert list_verdicts([]) == list_verdicts(["a,b", "1,2"]) == []


def test_a_review_without_verdicts_changes_nothing(tmp_path: Path) -> None:
    for review in (write_verdicts(tmp_path / "one"), tmp_path / "none"):
        after, orphans = apply_verdicts(to_frame([CLAIM], Claim), read_verdicts(review))
        assert to_records(after, Claim) == [CLAIM]
        assert orphans.empty


def test_a_rejected_claim_stays_and_leaves_the_spread(tmp_path: Path) -> None:
    after, orphans, _ = judge(tmp_path, [CLAIM, OTHER], "c1,A,two to six weeks,,,reject,,,ann,2026-01-31,not ours")
    assert after["c1"].verdict == "rejected"
    assert after["c2"] == OTHER
    assert {interval.claim_id for interval in read_all(*after.values())} == {"c2"}
    assert not orphans


def test_an_accepted_claim_is_marked_and_else_unchanged(tmp_path: Path) -> None:
    after, _, _ = judge(tmp_path, [CLAIM], "c1,A,two to six weeks,,,accept,,,ann,,")
    assert after["c1"].verdict == "accepted"
    assert after["c1"].low == CLAIM.low


def test_a_corrected_column_takes_the_value_and_the_claim_is_marked(tmp_path: Path) -> None:
    after, _, rulings = judge(
        tmp_path,
        [CLAIM],
        "c1,A,two to six weeks,,,correct,high,8,ann,,misread",
        "c1,A,two to six weeks,,,accept,,,ann,,",
    )
    assert (after["c1"].high, after["c1"].verdict) == (8.0, "corrected")
    assert [(ruling.before, ruling.value, ruling.effect) for ruling in rulings] == [
        ("6", "8", "applied"),
        ("", "", "applied"),
    ]


def test_a_corrected_role_takes_the_claim_out_of_the_answers_and_brings_it_back(tmp_path: Path) -> None:
    out, _, _ = judge(tmp_path, [CLAIM], "c1,A,two to six weeks,,,correct,role,onset,ann,,")
    assert out["c1"].answers == ""
    back, _, _ = judge(tmp_path, list(out.values()), "c1,A,two to six weeks,,,correct,role,persistence,ann,,")
    assert back["c1"].answers == "persistence"
    other, _, _ = judge(tmp_path, [CLAIM], "c1,A,two to six weeks,,,correct,comparator,true,ann,,")
    assert other["c1"].answers == ""


def test_a_drafted_row_finds_its_claim_once_a_person_has_filled_it_in(tmp_path: Path) -> None:
    """Whatever quotes, commas and line breaks stand in the words."""
    claim = replace(CLAIM, prefix='the "relief",\nlasting ', suffix=', or “more”; with\r\n a "few"')
    shown = explain(to_frame([claim, TWIN], Claim))("c1")
    row = shown.draft_verdict()
    assert row in str(shown)
    with pytest.raises(InputError, match=r"verdicts\.csv line 2: analyst must be filled, is empty"):
        judge(tmp_path, [claim, TWIN], row)
    head, _, _ = row.rpartition(",,,,,,")
    after, orphans, _ = judge(tmp_path, [claim, TWIN], f"{head},reject,,,ann,,")
    assert (after["c1"].verdict, after["c3"].verdict, orphans) == ("rejected", "", [])


@pytest.mark.parametrize(
    ("decision", "kept"),
    [("accept,,", None), ("reject,,", None), ("correct,role,onset", None), ("correct,high,8", 0.7)],
)
def test_a_role_that_a_person_looked_at_has_no_precision(tmp_path: Path, decision: str, kept: float | None) -> None:
    """A correction of something else says nothing about the role."""
    claim = replace(CLAIM, role_precision=0.7)
    after, _, _ = judge(tmp_path, [claim], f"c1,A,two to six weeks,,,{decision},ann,,")
    assert after["c1"].role_precision == kept


def test_a_window_answers_only_when_the_analyst_says_so(tmp_path: Path) -> None:
    row = "c1,A,two to six weeks,,,correct,{},window,ann,,"
    advised, _, _ = judge(tmp_path, [CLAIM], row.format("role"))
    asked, _, _ = judge(tmp_path, [CLAIM], row.format("role"), row.format("answers"))
    assert (advised["c1"].answers, asked["c1"].answers) == ("", "window")


def test_a_verdict_finds_its_claim_by_its_words_when_the_id_changed(tmp_path: Path) -> None:
    after, orphans, _ = judge(tmp_path, [OTHER, TWIN], "gone,A,a week,lasts up to,in the prefrontal,reject,,,ann,,")
    assert (after["c2"].verdict, after["c3"].verdict) == ("rejected", "")
    assert not orphans


def test_one_neighbour_is_enough_when_the_other_was_edited(tmp_path: Path) -> None:
    after, orphans, _ = judge(tmp_path, [OTHER, TWIN], "gone,A,a week,holds up to,in the prefrontal,reject,,,ann,,")
    assert after["c2"].verdict == "rejected"
    assert not orphans


def test_an_id_whose_words_changed_is_not_followed(tmp_path: Path) -> None:
    after, orphans, rulings = judge(tmp_path, [CLAIM], "c1,A,two to eight weeks,,,reject,,,ann,,")
    assert after["c1"].verdict == ""
    assert [(orphan.line, orphan.quote, orphan.cause) for orphan in orphans] == [
        (2, "two to eight weeks", "words not found")
    ]
    assert [ruling.effect for ruling in rulings] == ["orphan"]


def test_words_that_stand_twice_without_neighbours_are_an_orphan(tmp_path: Path) -> None:
    _, orphans, _ = judge(tmp_path, [OTHER, TWIN], "gone,A,a week,,,reject,,,ann,,")
    assert [orphan.cause for orphan in orphans] == ["words found more than once"]


def test_a_verdict_on_a_source_that_is_not_read_is_an_orphan(tmp_path: Path) -> None:
    _, orphans, _ = judge(tmp_path, [CLAIM], "c1,Z,two to six weeks,,,reject,,,ann,,")
    assert [orphan.cause for orphan in orphans] == ["no claim in this source"]


def test_the_last_word_on_a_claim_and_field_wins_and_the_first_is_listed(tmp_path: Path) -> None:
    rows = ("c1,A,two to six weeks,,,reject,,,ann,,not ours", "c1,A,two to six weeks,,,accept,,,bob,,read it again")
    after, _, rulings = judge(tmp_path, [CLAIM], *rows)
    assert after["c1"].verdict == "accepted"
    assert [(ruling.effect, ruling.overruled_by) for ruling in rulings] == [("overruled", 3), ("applied", None)]


def test_who_overrules_must_say_why(tmp_path: Path) -> None:
    rows = ("c1,A,two to six weeks,,,correct,high,8,ann,,", "c1,A,two to six weeks,,,correct,high,9,bob,,")
    with pytest.raises(
        InputError, match=r"verdicts.csv line 3: a verdict that overrules line 2 must give a reason, gives none\."
    ):
        read_verdicts(write_verdicts(tmp_path, *rows))


def test_two_who_agree_need_no_reason(tmp_path: Path) -> None:
    after, _, rulings = judge(
        tmp_path, [CLAIM], "c1,A,two to six weeks,,,accept,,,ann,,", "c1,A,two to six weeks,,,accept,,,bob,,"
    )
    assert after["c1"].verdict == "accepted"
    assert [ruling.effect for ruling in rulings] == ["applied", "applied"]


def read_mistakes() -> list[dict[str, str]]:
    """Read the table of mistakes."""
    with (CASES / "verdict-mistakes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", read_mistakes(), ids=lambda case: case["reason"])
def test_each_mistake_in_a_verdict_gets_one_clear_line(case: dict[str, str], tmp_path: Path) -> None:
    row = (
        f"c1,A,two to six weeks,,,{case['decision']},{case['field']},{case['value']},{case['analyst']},{case['date']},"
    )
    with pytest.raises(InputError) as caught:
        read_verdicts(write_verdicts(tmp_path, row))
    assert str(caught.value).startswith(case["message"])
    assert "\n" not in str(caught.value)


def test_an_outcome_must_be_in_the_codebook_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "codebook.toml").write_text(
        '[outcome.mood]\nname = "Mood"\ncues = ["mood"]\n', encoding="utf-8"
    )
    row = "c1,A,two to six weeks,,,correct,outcome,{},ann,,"
    assert len(read_verdicts(write_verdicts(tmp_path, row.format("none")))) == 1
    with pytest.raises(InputError, match="outcome must be one of mood, none; is 'moood'"):
        read_verdicts(write_verdicts(tmp_path, row.format("moood")))


def test_a_correction_that_turns_a_range_round_is_a_mistake(tmp_path: Path) -> None:
    """A low end above the high end is named with its line, never swapped."""
    with pytest.raises(InputError, match=r"verdicts\.csv line 2: low must not be above high, is 9 above 6"):
        judge(tmp_path, [CLAIM], "c1,A,two to six weeks,,,correct,low,9,ann,,")


def test_a_number_takes_the_place_of_a_vague_word(tmp_path: Path) -> None:
    """Who gives an end a number says that it is no longer read from a word."""
    vague = make_claim(
        "c4",
        "A",
        quote="several weeks",
        prefix="for ",
        suffix=".",
        vague_low="several",
        vague_high="several",
        unit="week",
    )
    after, _, _ = judge(
        tmp_path,
        [vague],
        "c4,A,several weeks,,,correct,low,3,ann,,",
        "c4,A,several weeks,,,correct,high,4,ann,,",
    )
    assert (3.0, 4.0, "", "") == tuple(
        getattr(after["c4"], name) for name in ("low", "high", "vague_low", "vague_high")
    )
