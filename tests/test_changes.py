"""What changed between two editions is told claim by claim, each difference laid to its cause."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from made_claims import REVIEW, make_claim, read_all

from howlong.claims import Claim
from howlong.report.changes import Change, State, count_kinds, find_changes, tell_changes
from howlong.report.changes.differences import match_claims
from howlong.report.changes.state import compare_lines
from howlong.sources import Source
from howlong.spread import find_strata
from howlong.tables import to_frame, to_records

FILES = {
    "seeds/documents/a.txt": ["It lasts two days in rats."],
    "seeds/codebook.toml": ["[region.cortex]", 'cues = ["cortex", "frontal"]'],
    "seeds/verdicts.csv": ["claim_id,quote,decision"],
    "vocabulary/roles.toml": ['lasting = ["last*", "persist*"]'],
}
SENTENCE = "It lasts two days in rats."


def make_source(name: str, digest: str = "1") -> Source:
    return Source(name, f"{name.lower()}.txt", "", "", "", "", "", "", True, "", digest, 1, 1, False)


def make_state(*claims: Claim, files: dict[str, list[str]] | None = None, **given: Any) -> State:
    """Return one side of a comparison; a file's hash is its text, a source's likewise."""
    from howlong.spread import Stratum

    kept = {**FILES, **(files or {})}
    strata = to_records(find_strata(to_frame_of(claims), REVIEW, "base"), Stratum)
    described: dict[str, Any] = {
        "inputs": {name: "\n".join(lines) for name, lines in kept.items()},
        "code": "1",
        "versions": {"python": "3.11"},
        "parameters": {},
        "sources": {"A": make_source("A", "\n".join(kept["seeds/documents/a.txt"]))},
        "claims": claims,
        "strata": tuple(row for row in strata if row.chosen),
        "read": lambda name: kept.get(name, []),
    }
    return State(**{**described, **given})


def to_frame_of(claims: tuple[Claim, ...]) -> Any:
    from howlong.durations import Interval

    return to_frame(read_all(*claims), Interval)


def make(claim_id: str = "c1", **given: Any) -> Claim:
    """Return a claim of two days, changed as given."""
    usual = {"quote": "two days", "sentence": SENTENCE, "start": 9, "end": 17, "low": 2, "high": 2}
    return make_claim(claim_id, **{**usual, **given})


def find(before: State, after: State, about: str = "claim") -> list[Change]:
    return [change for change in find_changes(before, after) if change.about == about]


def test_equal_editions_have_no_changes() -> None:
    assert find_changes(make_state(make()), make_state(make())) == []
    assert count_kinds([]) == "nothing changed"


def test_a_claim_of_a_new_source_is_added_because_of_it() -> None:
    files = {"seeds/documents/b.txt": ["New."]}
    sources = {"A": make_source("A", SENTENCE), "B": make_source("B")}
    after = make_state(make(), make("c2", source_id="B", quote="x"), files=files, sources=sources)
    (change,) = find(make_state(make()), after)
    assert (change.kind, change.claim_id, change.cause, change.because) == ("added", "c2", "source", "b.txt is new")


def test_a_claim_of_a_source_that_is_left_out_is_gone_because_of_the_parameter() -> None:
    (change,) = find(make_state(make()), make_state(sources={}, parameters={"leave_out": ["A"]}))
    assert (change.kind, change.cause, change.because) == ("gone", "parameter", "leave_out names A")


def test_a_claim_whose_number_was_edited_in_the_text_is_changed_not_gone_and_added() -> None:
    text = "It lasts three days in rats."
    after = make("c2", quote="three days", sentence=text, low=3, high=3, end=19)
    changes = find(make_state(make()), make_state(after, files={"seeds/documents/a.txt": [text]}))
    assert {change.kind for change in changes} == {"changed"}
    assert {change.field: (change.before, change.after) for change in changes}["low"] == ("2", "3")
    assert {change.because for change in changes} == {"a.txt changed"}


def test_a_claim_that_stands_elsewhere_is_moved_and_its_answer_stays() -> None:
    files = {"seeds/documents/a.txt": ["Well. " + SENTENCE]}
    before, after = make_state(make()), make_state(make(start=15, end=23), files=files)
    (change,) = find_changes(before, after)
    assert (change.kind, change.field, change.before, change.after) == ("moved", "start", "9", "15")


CUE = "role=persistence: lasting 'lasts' 3-8; region=cortex: same sentence 'frontal' 20-27"


@pytest.mark.parametrize(
    ("files", "cue", "cause", "because"),
    [
        (
            {"seeds/codebook.toml": [*FILES["seeds/codebook.toml"][:1], 'cues = ["cortex"]']},
            CUE,
            "rule",
            "line 2 (no longer frontal)",
        ),
        ({"seeds/codebook.toml": FILES["seeds/codebook.toml"][:1]}, CUE, "rule", "line 2 (removed)"),
        ({"vocabulary/roles.toml": ['lasting = ["persist*"]']}, CUE, "rule", "vocabulary/roles.toml"),
        ({}, CUE, "program", "howlong itself"),
    ],
    ids=["a cue of a line", "a line of the codebook", "a file of the vocabulary without the words", "the program"],
)
def test_a_re_coded_claim_is_laid_to_the_line_with_its_cue(
    files: dict[str, list[str]], cue: str, cause: str, because: str
) -> None:
    before = make_state(make(region="cortex", cue=cue))
    after = make_state(make(region="none", cue=cue.partition(";")[0]), files=files, code="2" if not files else "1")
    (change,) = find(before, after)
    assert (change.kind, change.field, change.before, change.after) == ("re-coded", "region", "cortex", "none")
    assert (change.cause, change.because.endswith(because)) == (cause, True)


JUDGED = "claim_id,source_id,quote,prefix,suffix,decision,field,value,analyst,date,reason"
REJECTS = "c1,A,two days,,,reject,,,ann,2026-01-31,in rats only"
CORRECTS = "c1,A,two days,,,correct,regimen,series,bob,,"


def judge(*rows: str) -> dict[str, list[str]]:
    """Return seeds/verdicts.csv with some rows, as a state's files."""
    return {"seeds/verdicts.csv": [JUDGED, *rows]}


def test_a_difference_that_a_person_made_names_the_person_the_line_and_the_reason() -> None:
    changes = find(make_state(make(), files=judge()), make_state(make(verdict="rejected"), files=judge(REJECTS)))
    assert [(change.field, change.cause, change.because) for change in changes] == [
        ("verdict", "verdict", "ann rejects “two days” (seeds/verdicts.csv line 2: in rats only)")
    ]


def test_of_two_people_who_judge_each_is_named_for_what_they_decided() -> None:
    after = make_state(make(regimen="series", verdict="rejected"), files=judge(REJECTS, CORRECTS))
    causes = {change.field: change.because for change in find(make_state(make(), files=judge()), after)}
    assert causes["regimen"] == "bob corrects regimen of “two days” (seeds/verdicts.csv line 3)"
    assert "ann rejects" in causes["verdict"]


def test_a_verdict_that_is_withdrawn_names_who_gave_it() -> None:
    changes = find(make_state(make(verdict="rejected"), files=judge(REJECTS)), make_state(make(), files=judge()))
    assert [change.because for change in changes] == [
        "no longer in force: ann rejects “two days” (was seeds/verdicts.csv line 2)"
    ]


def test_a_verdict_that_is_overruled_is_withdrawn_and_the_new_one_named() -> None:
    accepts = "c1,A,two days,,,accept,,,bob,2026-02-01,in people too"
    before = make_state(make(verdict="rejected"), files=judge(REJECTS))
    (change,) = find(before, make_state(make(verdict="accepted"), files=judge(REJECTS, accepts)))
    assert change.because == (
        "bob accepts “two days” (seeds/verdicts.csv line 3: in people too); "
        "no longer in force: ann rejects “two days” (was seeds/verdicts.csv line 2)"
    )


def test_a_judged_claim_that_a_rule_codes_otherwise_is_laid_to_the_rule() -> None:
    """Another verdict changed too, which does not speak of this claim."""
    other = "c9,A,nine days,,,accept,,,bob,,"
    files = judge(REJECTS, other) | {"seeds/codebook.toml": ["[region.cortex]", 'cues = ["cortex"]']}
    before = make_state(make(region="cortex", cue=CUE, verdict="rejected"), files=judge(REJECTS))
    (change,) = find(before, make_state(make(region="none", cue=CUE, verdict="rejected"), files=files))
    assert (change.cause, change.because) == ("rule", "seeds/codebook.toml line 2 (no longer frontal)")


def test_a_parameter_of_the_page_moves_no_answer_and_a_source_left_out_is_told_once() -> None:
    sources = {"A": make_source("A"), "B": make_source("B")}
    claims = (make(), make("c2", source_id="B", low=9, high=9))
    before = make_state(*claims, sources=sources)
    given = {"leave_out": ["B"], "as_of": "2026-01-31", "embed": "none"}
    after = make_state(make(), sources={"A": make_source("A")}, parameters=given)
    (change,) = find(before, after, "answer")
    assert (change.cause, change.because) == ("parameter", "leave_out names B")


def test_of_a_table_of_vague_words_the_rows_of_the_answer_are_named() -> None:
    vague = make(low=None, high=None, vague_low="several", vague_high="several", quote="several days")
    before = make_state(vague)
    wider = tuple(replace(row, possible_high_days=12.0) for row in before.strata)
    files = {"seeds/vague-words.csv": ["word,unit,low,high", "few,,3,5", "several,,3,12"]}
    (change,) = find(before, make_state(vague, strata=wider, files=files), "answer")
    assert change.because == "seeds/vague-words.csv line 3"
    kept = {"vocabulary/vague-words.csv": ["word,unit,low,high", "several,,3,7"]}
    (change,) = find(make_state(vague, files=files | kept), make_state(vague, strata=wider, files=kept), "answer")
    assert change.because == "seeds/vague-words.csv line 3 (removed)"
    same = make_state(
        vague, strata=wider, files=kept | {"seeds/vague-words.csv": ["word,unit,low,high", "several,,3,7"]}
    )
    (change,) = find(make_state(vague, files=kept), same, "answer")
    assert change.cause == "unknown"


def test_an_answer_that_moves_is_laid_to_the_cause_of_its_claim() -> None:
    text = "It lasts five days in rats."
    after = make("c2", quote="five days", sentence=text, low=5, high=5)
    changes = find(make_state(make()), make_state(after, files={"seeds/documents/a.txt": [text]}), "answer")
    assert [(change.kind, change.because) for change in changes] == [("moved", "a.txt changed")]
    assert (changes[0].before, changes[0].after) == ("2 days (A; 1 claim)", "5 days (A; 1 claim)")


def test_an_answer_that_moves_under_equal_claims_is_laid_to_the_parameter_or_the_vague_words() -> None:
    vague = make(low=None, high=None, vague_low="several", vague_high="several", quote="several days")
    before = make_state(vague)
    wider = tuple(replace(row, possible_high_days=12.0) for row in before.strata)
    (change,) = find(before, make_state(vague, strata=wider, parameters={"reading": "wide"}), "answer")
    assert (change.cause, change.because) == ("parameter", "reading: the default before, wide now")
    files = {"seeds/vague-words.csv": ["several,,3,12"]}
    (change,) = find(before, make_state(vague, strata=wider, files=files), "answer")
    assert (change.cause, change.because) == ("rule", "seeds/vague-words.csv line 1")


def test_a_version_is_the_cause_where_nothing_else_differs() -> None:
    (change,) = find(make_state(make()), make_state(make(role="onset"), versions={"python": "3.12"}))
    assert (change.cause, change.because) == ("version", "python 3.11 before, 3.12 now")


def test_the_program_is_named_by_its_files_where_both_editions_keep_them() -> None:
    library = {"howlong/claims/roles.py": ["a"], "howlong/report/page/page.css": ["p {}"]}
    other = {"howlong/claims/roles.py": ["b"], "howlong/report/page/page.css": ["p { }"]}
    before, after = make_state(make(), files=library), make_state(make(role="onset"), files=other, code="2")
    (change,) = find(before, after)
    assert (change.cause, change.because) == ("program", "howlong itself (howlong/claims/roles.py)")
    (change,) = find(make_state(make()), after)
    assert change.because == "howlong itself"


def test_two_possible_causes_are_both_named() -> None:
    after = make_state(make(role="onset"), versions={"python": "3.12"}, code="2")
    (change,) = find(make_state(make()), after)
    assert change.cause == "program or version"


def test_every_claim_is_matched_once() -> None:
    before = [make(f"b{number}", start=number, quote="a day") for number in range(4)]
    after = [make(f"a{number}", start=number, quote="a day") for number in range(3)]
    pairs = match_claims(before, after)
    assert sorted(old.claim_id for old, _ in pairs if old) == ["b0", "b1", "b2", "b3"]
    assert sorted(new.claim_id for _, new in pairs if new) == ["a0", "a1", "a2"]


def test_only_the_words_that_differ_in_a_line_count() -> None:
    edits = list(compare_lines("f", ['cues = ["cortex", "spine"]'], ['cues = ["cortex"]']))
    assert [(edit.removed, sorted(edit.words)) for edit in edits] == [(False, []), (True, ["spine"])]


def test_changes_are_told_in_one_sentence_a_claim_and_counted_past_a_limit() -> None:
    after = make_state(make(role="onset", answers=""), code="2")
    changes = find_changes(make_state(make()), after)
    told = tell_changes(changes)
    assert [line.what for line in told][
        1
    ] == "Statement re-coded: A “two days”: role persistence → onset; answers persistence → none"
    assert tell_changes(changes, most=1)[1].what == "1 more change"
    assert count_kinds(changes) == "1 answer gone, 1 claim re-coded"
