"""The room `claims`: what a claim is, how it is coded, and how a codebook is read."""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from howlong.claims import (
    Claim,
    Codebook,
    audit_cues,
    code_claims,
    code_text,
    explain,
    load_codebook,
    read_codebook,
    read_cue,
)
from howlong.claims.claim import ANCHOR, make_anchor
from howlong.claims.codebook import CLOSED_FACETS
from howlong.claims.cues import split_cue
from howlong.claims.found import write_cue
from howlong.claims.roles import ROLES, load_roles
from howlong.claims.vocabulary import read_vocabulary
from howlong.quantities import find_quantities, tabulate
from howlong.sources import Document, Passages, read_documents, read_sources
from howlong.tables import InputError, describe_columns, format_table, list_columns, to_frame, to_records

REVIEW = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"


def read_cases(name: str) -> list[dict[str, str]]:
    """Read a table of cases."""
    with open(CASES / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def code(text: str, codebook: Codebook | None = None, source_id: str = "S") -> list[Claim]:
    """Code a text that stands alone."""
    document = Document(source_id, f"{source_id}.txt", text, Passages(text))
    return code_text(document, find_quantities(text, document.passages), codebook or load_codebook(None))


def code_case(row: dict[str, str]) -> Claim:
    """Code the amount that a case marks."""
    first, last = int(row["start"]), int(row["start"]) + len(row["quote"])
    times = [claim for claim in code(row["text"]) if claim.start < last and claim.end > first]
    assert times, f"no quantity at {row['quote']!r}"
    return times[0]


def write_codebook(tmp_path: Path, text: str) -> Path:
    """Write a codebook of its own."""
    path = tmp_path / "codebook.toml"
    path.write_text(text, encoding="utf-8")
    return path


MOOD = """
[outcome.mood]
name = "mood"
population = "human"
cues = ["mood", "sadness"]
[outcome.grey]
population = "unspecified"
cues = ["grey matter"]
[region.front]
cues = ["front"]
[comparator]
cues = ["older drug*"]
"""


@pytest.fixture
def mood(tmp_path: Path) -> Codebook:
    """A codebook with two outcomes, a region and a comparator."""
    return load_codebook(write_codebook(tmp_path, MOOD))


# --- cases ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", read_cases("roles"), ids=lambda row: row["text"][:50])
def test_role(row: dict[str, str]) -> None:
    """A time says what its frame and its governing word say."""
    claim = code_case(row)
    assert claim.role == row["role"], f"{row['reason']}: {claim.cue}"


@pytest.mark.parametrize("row", read_cases("regimens"), ids=lambda row: row["text"][:50])
def test_regimen(row: dict[str, str]) -> None:
    """A regimen is one that the text names, or that the claim itself states."""
    claim = code_case(row)
    assert claim.regimen == row["regimen"], f"{row['reason']}: {claim.cue}"


@pytest.mark.parametrize("row", read_cases("populations"), ids=lambda row: row["text"][:50])
def test_population(row: dict[str, str]) -> None:
    """A population is one that the text names."""
    claim = code_case(row)
    assert claim.population == row["population"], f"{row['reason']}: {claim.cue}"


@pytest.mark.parametrize("row", read_cases("codebook-mistakes"), ids=lambda row: row["reason"])
def test_codebook_mistake(row: dict[str, str], tmp_path: Path) -> None:
    """A mistake in a codebook is one clear line."""
    with pytest.raises(InputError, match=re.escape(row["message"])) as caught:
        load_codebook(write_codebook(tmp_path, row["codebook"]))
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("codebook.toml")


# --- the four seed documents ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seeds() -> dict[str, Document]:
    """The documents of the first review."""
    return {document.source_id: document for document in read_documents(REVIEW, read_sources(REVIEW))}


def pair_seeds(seeds: dict[str, Document], codebook: Codebook) -> Iterator[tuple[dict[str, str], Claim]]:
    """Yield each reading by hand with the claim that was coded."""
    claims = {}
    for document in seeds.values():
        for claim in code_text(document, find_quantities(document.text, document.passages), codebook):
            claims[claim.source_id, claim.start] = claim
    for row in read_cases("seeds"):
        text = seeds[row["source_id"]].text
        places = [match.start() for match in re.finditer(re.escape(row["quote"]), text)]
        yield row, claims[row["source_id"], places[int(row["occurrence"]) - 1]]


def test_seeds_are_coded_as_read_by_hand(seeds: dict[str, Document]) -> None:
    """Every amount of the four documents is coded as two readings by hand coded it."""
    wrong = []
    pairs = list(pair_seeds(seeds, read_codebook(REVIEW)))
    for row, claim in pairs:
        coded = {name: str(getattr(claim, name)) for name in row if name not in ("source_id", "occurrence", "reason")}
        coded["comparator"] = coded["comparator"].lower()
        wrong += [(row["quote"], name, row[name], value) for name, value in coded.items() if value != row[name]]
    assert wrong == []
    assert len(pairs) == 59


def test_library_cues_alone_give_most_roles_of_the_seeds(seeds: dict[str, Document]) -> None:
    """Without a codebook at least four of five roles of the seeds are right."""
    pairs = list(pair_seeds(seeds, load_codebook(None)))
    right = sum(row["role"] == claim.role for row, claim in pairs)
    assert right >= 0.8 * len(pairs)


def test_repeated_claims_of_the_seeds(seeds: dict[str, Document]) -> None:
    """The answers at the end of a document repeat claims that stand above."""
    repeated = {
        (claim.source_id, claim.quote) for _, claim in pair_seeds(seeds, read_codebook(REVIEW)) if claim.duplicate_of
    }
    assert {("D", "several days to a few weeks"), ("D", "months")} <= repeated
    assert ("B", "several days") not in repeated


def test_no_figure_of_the_seeds_has_a_source_that_can_be_located(seeds: dict[str, Document]) -> None:
    """The four documents name studies, and none so that a reader could find it."""
    claims = [claim for _, claim in pair_seeds(seeds, read_codebook(REVIEW))]
    assert any(claim.attribution for claim in claims)
    assert not any(claim.locatable for claim in claims)


def test_no_cue_is_a_piece_of_one_sentence_only() -> None:
    """A cue has at most four words."""
    for name in ("regimens", "populations"):
        for row in read_vocabulary(name).values():
            for text in [*row.get("cues", []), *row.get("weak", [])]:
                assert split_cue(text)
    for grades in load_roles()["words"].values():
        for cues in grades.values():
            assert all(split_cue(text) for text in cues)


def test_general_vocabulary_names_no_drug() -> None:
    """What is special to one review stands in its codebook, not in the library."""
    folder = REVIEW / "howlong" / "vocabulary"
    for name in ("roles", "roles-verbs", "regimens", "populations"):
        text = (folder / f"{name}.toml").read_text(encoding="utf-8").lower()
        assert not re.search(r"ketamine|antidepress|synap|plasticity|dendrit|bdnf", text)


# --- claims ---------------------------------------------------------------------------------------------------------


def test_regimens_of_a_codebook_count_in_every_text(tmp_path: Path) -> None:
    """A review that names its regimens means them, whether its texts speak of patients or of beehives."""
    text = "After a single dribble the mites stayed away for 3 weeks."
    path = write_codebook(tmp_path, '[regimen.single]\ncues = ["single dribble"]\n')
    assert [claim.regimen for claim in code(text)] == ["unspecified"]
    assert [claim.regimen for claim in code(text, load_codebook(path))] == ["single"]


def test_quote_stands_at_its_offsets() -> None:
    """A claim's quote, prefix and suffix are the text at its offsets."""
    text = "😀 The calm lasted two weeks.\r\nIt came back after\nten days."
    for claim in code(text):
        assert text[claim.start : claim.end] == claim.quote
        assert (claim.prefix, claim.suffix) == make_anchor(text, claim.start, claim.end)
        assert text[: claim.start].endswith(claim.prefix)
        assert len(claim.prefix) <= ANCHOR


def test_claim_id_survives_edits_elsewhere() -> None:
    """An id stays when other sentences change, and changes with its own."""
    before = code("Pain is common. The calm lasted two weeks.")[0]
    after = code("Pain is rare, for three days. The calm lasted two weeks.")[-1]
    other = code("The long calm lasted two weeks.")[0]
    assert before.claim_id == after.claim_id
    assert other.claim_id != before.claim_id
    assert re.fullmatch("[0-9a-f]{8}", before.claim_id)


def test_claim_ids_are_unique() -> None:
    """The same sentence said twice gives two ids."""
    ids = [claim.claim_id for claim in code("It lasts two days. It lasts two days. It lasts two days, then two days.")]
    assert len(set(ids)) == len(ids) == 4


def test_exclusions_become_no_claims() -> None:
    """Years, labels and citations are no claims."""
    assert [claim.quote for claim in code("In 2019 the Phase 2 study [12] ran for two years.")] == ["two years"]


def test_other_kinds_have_the_role_other() -> None:
    """An amount that is no time has the role other."""
    claims = code("The dose was 5 mg/kg in 30% of 12 patients.")
    assert claims
    assert {claim.role for claim in claims} == {"other"}


def test_every_column_is_described() -> None:
    """Each column of the claims table has a description."""
    assert set(describe_columns(Claim)) == set(list_columns(Claim))


def test_codes_are_those_of_the_manual() -> None:
    """Without a codebook outcome and region are empty and every other facet has a code."""
    claim = code("The calm lasted two weeks.")[0]
    assert (claim.outcome, claim.region) == ("", "")
    assert claim.role in ROLES
    assert claim.regimen in CLOSED_FACETS["regimen"]
    assert claim.population in CLOSED_FACETS["population"]


def test_stage_agrees_with_core(seeds: dict[str, Document]) -> None:
    """The stage that takes tables gives what the core gives."""
    documents = list(seeds.values())
    quantities, _ = tabulate(documents)
    table = code_claims(documents, quantities, read_codebook(REVIEW))
    core = [
        claim
        for document in documents
        for claim in code_text(document, find_quantities(document.text, document.passages), read_codebook(REVIEW))
    ]
    assert to_records(table, Claim) == core
    assert format_table(core, Claim) == format_table(to_records(to_frame(core, Claim), Claim), Claim)


# --- context --------------------------------------------------------------------------------------------------------


def test_outcome_is_the_nearest_named(mood: Codebook) -> None:
    """An outcome is read from its own sentence, else from the paragraph."""
    first, second, third = code("Mood stays up for two days. This lasts ten days. Grey matter grew for a week.", mood)
    assert (first.outcome, second.outcome, third.outcome) == ("mood", "mood", "grey")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("How long does the mood lift last?\n\nFor six months.", "mood"),
        ("How long does the mood lift last?\n\nThe clinic opens for six hours a day.", "none"),
        ("Why does the mood lift?\n\nIt lasts for six months.", "none"),
    ],
)
def test_outcome_is_that_of_the_question_answered(text: str, outcome: str, mood: Codebook) -> None:
    """An answer without a word of its own is about what the question above asks of."""
    assert code(text, mood)[0].outcome == outcome


def test_outcome_is_none_where_nothing_is_named(mood: Codebook) -> None:
    """With a codebook a silent text gives "none"."""
    claim = code("The calm lasted two weeks.", mood)[0]
    assert (claim.outcome, claim.region) == ("none", "none")


def test_outcome_implies_a_population_unless_an_animal_is_named(mood: Codebook) -> None:
    """A clinical outcome is human; in rats it is animal."""
    assert code("The better mood lasted two days.", mood)[0].population == "human"
    assert code("In rats the better mood lasted two days.", mood)[0].population == "animal"


def test_comparator_is_something_else_than_the_intervention(mood: Codebook) -> None:
    """A claim about a comparator answers nothing."""
    book = replace(mood, intervention=("newdrug",))
    text = "Newdrug lifts mood for two days. Older drugs lift mood for a month. Unlike older drugs, newdrug acts for ten days."
    claims = code(text, book)
    assert [claim.comparator for claim in claims] == [False, True, False]
    assert [claim.answers for claim in claims] == ["persistence", "", "persistence"]


def test_paragraph_ends_what_it_named() -> None:
    """A regimen and a population end with their paragraph."""
    text = "After a single infusion the rats slept for ten hours.\n\nThe coating of the tin lasts two years."
    first, second = code(text)
    assert (first.regimen, first.population) == ("single", "animal")
    assert (second.regimen, second.population) == ("unspecified", "unspecified")


def test_answers_tell_benefit_from_window() -> None:
    """A window that lasts answers its own question; a window to act in answers none."""
    text = "The relief lasts two days. The window of change lasts three days. Wait five hours before you drive."
    assert [claim.answers for claim in code(text)] == ["persistence", "window", ""]


def test_second_time_shares_the_words_of_the_first() -> None:
    """A time without words of its own says what the time before it says."""
    claims = code("The lip stays numb for two hours, the tongue three hours.")
    assert [claim.role for claim in claims] == ["persistence", "persistence"]


def test_heading_of_a_table_labels_its_rows() -> None:
    """A row of a table is read under its header."""
    claims = code("Onset of action\nSpray: 5 minutes\nSyrup: 20 minutes")
    assert [claim.role for claim in claims] == ["onset", "onset"]


def test_duplicate_names_the_claim_it_repeats() -> None:
    """A claim said again in a summary names the first; another claim with the same number does not."""
    text = (
        "After one dose the calm of patients lasts two weeks in most cases.\n\nA visit to the clinic takes two weeks to book.\n\n"
        "Summary: the calm of patients after one dose lasts two weeks."
    )
    first, second, third = (claim for claim in code(text) if claim.kind == "duration")
    assert (second.duplicate_of, third.duplicate_of) == ("", first.claim_id)


def test_head_of_a_column_labels_its_cells() -> None:
    """A cell of a table is read under the head of its column."""
    claims = code("Drug | Onset | Peak | Duration\nAlpha | 10 min | 1 h | 4 h\nBeta | 30 min | 3 h | 12 h")
    assert [claim.role for claim in claims] == ["onset", "peak", "persistence"] * 2


# --- denial ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", read_cases("denials"), ids=lambda row: row["reason"])
def test_how_long_something_lasts_may_be_denied(row: dict[str, str]) -> None:
    """The word that denies it stands in the cue; what is absent for a time is not denied."""
    claim = next(one for one in code(row["text"]) if one.kind == "duration")
    found = read_cue(claim.cue).get("denied")
    assert (row["text"][found.start : found.end] if found else "") == row["word"]
    assert claim.denied == bool(row["word"])


# --- explaining -----------------------------------------------------------------------------------------------------


def test_every_code_names_its_words() -> None:
    """The cue of a code names the rule and words that stand at its offsets."""
    text = "Rodent studies found that after a single dose the relief of most patients lasted a mean of two weeks."
    found = read_cue(code(text)[0].cue)
    assert {"role", "regimen", "population", "subjects", "statistic", "attribution"} <= set(found)
    for facet, said in found.items():
        assert said.words == text[said.start : said.end] or facet == "answers"


def test_every_part_of_a_cue_is_read(seeds: dict[str, Document]) -> None:
    """What gave a claim its codes is read from its cue as it was written."""
    for document in seeds.values():
        for claim in code_text(
            document,
            find_quantities(document.text, document.passages),
            load_codebook(REVIEW / "seeds" / "codebook.toml"),
        ):
            found = read_cue(claim.cue)
            assert write_cue(found) == claim.cue
            assert len(found) == claim.cue.count("=")


def test_explanation_shows_sentence_and_codes() -> None:
    """A claim is shown with its quote marked, as text and as HTML that is escaped."""
    claim = code("After <b>tea</b> the relief lasted two weeks.")[0]
    show = explain(to_frame([claim], Claim))
    shown = show(claim.claim_id)
    assert "[[two weeks]]" in str(shown)
    assert "<mark>two weeks</mark>" in shown._repr_html_()
    assert "<b>" not in shown._repr_html_()


def test_unknown_claim_is_named() -> None:
    """Asking for a claim that is not there says what to do."""
    with pytest.raises(InputError, match="must be a claim_id"):
        explain(to_frame([], Claim))("deadbeef")


def test_audit_lists_cues_that_do_nothing(mood: Codebook) -> None:
    """A cue of the codebook that stands nowhere or once is listed."""
    text = "Mood and mood and mood. Sadness."
    uses = {use.cue: use.found for use in audit_cues([Document("S", "s", text, Passages(text))], mood)}
    assert uses == {"sadness": 1, "grey matter": 0, "front": 0, "older drug*": 0}


# --- cues -----------------------------------------------------------------------------------------------------------


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_coded(text: str) -> None:
    """Any string is legal, and every quote is the text at its offsets."""
    for claim in code(text + " It lasts two days. " + text):
        assert claim.role in ROLES


def list_vocabulary() -> list[str]:
    """Return every word that the rules know, and the marks that part sentences and clauses."""
    tables = [read_vocabulary(name) for name in ("roles", "roles-verbs", "small-words", "regimens", "populations")]
    words = {word for table in tables for word in re.findall(r"[a-z']+", repr(table))}
    return sorted(words) + [",", ".", ":", ";", "(", ")", "\n"] * (len(words) // 20)


SPANS = (
    "13 weeks",
    "up to two days",
    "twice a day",
    "every 4 h",
    "week 6",
    "months",
    "10 min",
    "half a year",
    "6-month",
)


@given(st.lists(st.sampled_from(list_vocabulary()) | st.sampled_from(SPANS), max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_jumble_of_words_is_coded(words: list[str]) -> None:
    """Words of the rules in any order raise nothing, a time may open or end a sentence or a clause."""
    for claim in code(" ".join(words)):
        assert claim.kind not in ("duration", "frequency") or claim.role in ROLES


def test_time_after_a_colon_is_coded() -> None:
    """A clause may have no word before its time."""
    (claim, *_) = code("That is what the licence says: up to 13 weeks, one tablet nightly.")
    assert claim.quote == "up to 13 weeks"


@pytest.mark.slow
@pytest.mark.parametrize(
    "sentence",
    [
        "In rats the effect lasts for two days and peaks within an hour, while ",
        "do not drive or use tools for 24 hours or drink ",
    ],
)
def test_time_grows_with_the_text(sentence: str) -> None:
    """One long line is coded in time that grows with its length."""

    def measure(count: int) -> float:
        text = sentence * count
        found: list[Any] = list(find_quantities(text))
        document = Document("S", "s", text, Passages(text))
        began = time.process_time()
        code_text(document, found, load_codebook(None))
        return time.process_time() - began

    measure(20)
    assert measure(1600) < 12 * max(measure(200), 0.02)
