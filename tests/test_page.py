"""The page says what the tables say, shows where it stands, and cannot be made to load or run anything."""

from __future__ import annotations

import csv
import itertools
import json
import posixpath
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from page_example import TEXTS, make_tables, write_review

from howlong.claims import Claim, code_text, load_codebook, read_review
from howlong.quantities import find_quantities
from howlong.report.page import build_page, build_pages, headline, read_tables, write_pages
from howlong.report.page.amounts import say_range
from howlong.report.page.axis import GAP, LAYOUTS, fit_axis
from howlong.report.page.build import hash_source, read_script, say_date
from howlong.report.page.facts import RECORDS
from howlong.report.page.naming import join_words
from howlong.report.page.texts import show_passages
from howlong.sources import Document, Passages
from howlong.spread import Stratum
from howlong.tables import InputError, Shelf, to_frame, to_records
from howlong.verdicts import Orphan

VOID = {"meta", "rect", "line", "circle", "path", "use", "col", "br", "img", "link", "input"}


class Reader(HTMLParser):
    """Collects what a test asks of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.stack: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in ("td", "th", "li", "p", "tr", "dt", "dd"):
            self.words.append(" ")
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.stack):
            self.words.append(data)

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]

    @property
    def links(self) -> list[str]:
        return [attrs["href"] for _, attrs in self.tags if "href" in attrs]

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).replace("\u00a0", " ").split())


def make(folder: Path, texts: Any = None, tables: Any = None, **parameters: Any) -> str:
    """Build the example's page."""
    if not (folder / "seeds").exists():
        write_review(folder, texts)
    found = make_tables(folder, texts, parameters.get("reading", "base")) | (tables or {})
    return build_page(folder, found, {"reading": "base", "as_of": "2026-11-01", **parameters})


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_review(tmp_path_factory.mktemp("review"))


@pytest.fixture(scope="module")
def page(review: Path) -> str:
    return make(review)


@pytest.fixture(scope="module")
def tables(review: Path) -> dict[str, Any]:
    return make_tables(review)


# --- structure ------------------------------------------------------------------------------------------------------


def test_no_id_is_doubled_and_every_inner_link_resolves(page: str) -> None:
    reader = Reader(page)
    assert len(reader.ids) == len(set(reader.ids))
    inner = {link[1:] for link in reader.links if link.startswith("#")}
    assert inner <= set(reader.ids)


def test_every_element_is_closed(page: str) -> None:
    reader = Reader(page)
    assert (reader.wrong, reader.stack) == ([], [])


def test_nothing_is_loaded_and_nothing_runs_but_the_pages_own_script(page: str) -> None:
    reader = Reader(page)
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page, re.S)
    assert scripts == [read_script()]
    assert hash_source(scripts[0]) in page
    assert not {tag for tag, _ in reader.tags} & {"img", "iframe", "link", "object", "embed", "base", "form"}
    assert not [name for _, attrs in reader.tags for name in attrs if name.startswith("on") or name in ("src", "style")]
    assert "target=" not in page
    assert not re.search(r"url\((?!#)|@import|https?://", page)


def test_the_policy_forbids_everything_but_the_pages_own_style(page: str) -> None:
    policy = next(attrs["content"] for _, attrs in Reader(page).tags if "http-equiv" in attrs)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert policy.count("sha256-") == 2


def test_headings_are_in_order(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in Reader(page).tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_same_tables_give_the_same_bytes(review: Path, page: str) -> None:
    assert make(review) == page


def test_tables_read_from_their_files_give_the_same_page(
    review: Path, page: str, tables: dict[str, Any], tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path)
    for record in RECORDS:
        shelf.write(tables[record.TABLE], record)
    assert build_page(review, read_tables(shelf), {"reading": "base", "as_of": "2026-11-01"}) == page


def test_a_chart_row_stays_small(page: str) -> None:
    rows = re.findall(r'<tr id="m-.*?</tr>', page, re.S)
    assert rows
    assert max(map(len, rows)) < 900
    assert sum(map(len, rows)) / len(rows) < 640


# --- links between mark, statement and source -------------------------------------------------------------------------


def test_every_claim_has_a_statement_and_a_place_in_its_source(page: str, tables: dict[str, Any]) -> None:
    ids = set(Reader(page).ids)
    for name in tables["claims"].claim_id:
        assert {f"c-{name}", f"q-{name}"} <= ids


def test_every_claim_of_an_answer_has_a_row_and_a_repeat_leads_to_the_row_it_repeats(
    page: str, tables: dict[str, Any]
) -> None:
    ids = set(Reader(page).ids)
    chosen = tables["spread"][tables["spread"].chosen & tables["spread"].leaf]
    for names in chosen.claim_ids:
        assert {f"m-{name}" for name in names} <= ids
    repeat = tables["claims"][tables["claims"].duplicate_of != ""].iloc[0]
    statement = re.search(rf'<li class="claim" id="c-{repeat.claim_id}".*?</li>', page, re.S)
    assert statement is not None
    assert f'href="#m-{repeat.duplicate_of}"' in statement[0]


def test_the_marked_words_are_the_quote(page: str, tables: dict[str, Any]) -> None:
    for claim in tables["claims"].itertuples():
        statement = re.search(rf'id="c-{claim.claim_id}".*?<mark class=\w+>(.*?)</mark>', page, re.S)
        assert statement is not None
        assert statement[1] == claim.quote


# --- the edition --------------------------------------------------------------------------------------------------------


def test_an_edition_and_what_changed_are_told_where_they_are_known(review: Path, page: str) -> None:
    changes = [{"what": "Article F was added.", "cause": "a source"}]
    compared = {"number": 3, "previous": 2, "state": "compared", "summary": "Articles: 1 new.", "moved": []}
    text = Reader(make(review, edition={**compared, "changes": changes})).text
    assert "edition 3, what changed" in text
    assert "No answer changed since edition 2" in text
    assert "Articles: 1 new." in text
    assert "Article F was added. a source" in text
    text = Reader(make(review, edition={"number": 1, "previous": 0, "state": "first", "changes": []})).text
    assert "edition 1, the first" in text
    assert "This is the first edition" in text
    text = Reader(make(review, edition={"number": 3, "previous": 2, "state": "lost", "changes": []})).text
    assert "What changed since edition 2 cannot be told" in text
    assert "edition" not in Reader(page).text.split("Parameters of this run")[0]


def test_a_figure_of_mixed_outcomes_says_what_each_time_is_of(page: str, tables: dict[str, Any]) -> None:
    claims = tables["claims"]
    onset = claims[(claims.role == "onset") & ~claims.comparator & (claims.outcome == "alertness")]
    assert len(onset)
    figure = page.split('id="fig-roles"')[1].split("</section>")[0]
    assert figure.count("felt alertness</span>") >= len(onset)


def test_the_method_cites_the_readings_of_the_words_that_the_articles_use(page: str) -> None:
    text = Reader(page).text
    assert "“few”: Survey of 46 answers" in text
    assert "“couple”: Survey of 46" not in text


def test_an_end_that_nobody_states_is_said_beside_the_answer(page: str, tables: dict[str, Any]) -> None:
    chosen = tables["spread"][tables["spread"].chosen & tables["spread"].leaf]
    opened = chosen[(chosen.low_open_by.astype(str).str.len() > 2) & chosen.possible_low_days.notna()]
    assert len(opened)
    assert page.split('id="answers"')[1].split("</section>")[0].count("no lower limit") >= len(opened)


def test_the_checklist_counts_what_the_page_tells(review: Path, page: str) -> None:
    changes = [{"what": "Article F was added.", "cause": "a source"}]
    changed = Reader(make(review, edition={"number": 2, "changes": changes})).text
    assert "PRISMA 2020 and PRISMA-LSR: of 31 items a program fills 10, and 6 in part" in Reader(page).text
    assert "PRISMA 2020 and PRISMA-LSR: of 31 items a program fills 12, and 6 in part" in changed


def test_an_unknown_way_to_embed_is_refused(review: Path) -> None:
    with pytest.raises(InputError, match=r"embed: must be sentences, full or none, is 'all'\."):
        make(review, embed="all")


# --- hostile text -----------------------------------------------------------------------------------------------------


def test_text_of_an_article_is_escaped_everywhere(tmp_path: Path) -> None:
    page = make(tmp_path, embed="full")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;em&gt;today&lt;/em&gt;" in page
    assert page.count("<script") == 1
    assert "<img" not in page
    assert "=cmd|" in Reader(page).text


def test_hostile_quotes_sections_and_codes_are_escaped(tmp_path: Path) -> None:
    hostile = "</style></script><img src=x onerror=alert(1)>"
    texts = {"A": ("t", "", f"{hostile}\n\nIt lasts [3 days{hostile}|low=3 high=3].\n")}
    page = make(tmp_path, texts)
    assert "<img" not in page
    assert page.count("</style>") == 1
    assert Reader(page).wrong == []


def test_an_address_that_is_no_web_address_is_no_link(review: Path, tables: dict[str, Any]) -> None:
    sources = tables["sources"].copy()
    sources["url"] = "javascript:alert(1)"
    page = build_page(review, tables | {"sources": sources}, {"reading": "base"})
    assert "javascript:" not in page


# --- sentences are made of the tables ---------------------------------------------------------------------------------


def test_the_answer_names_both_articles_where_they_disagree(page: str) -> None:
    assert "Article E says ½ to 1 hour, Article B says 3 to 10 hours" in Reader(page).text


@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        (
            {"A": "lasts [2 to 3 days|low=2 high=3]", "B": "lasts [3 to 4 days|low=3 high=4]"},
            "Articles say 2 to 4 days for felt alertness",
        ),
        ({"A": "lasts [2 to 3 days|low=2 high=3]"}, "The one article says 2 to 3 days"),
        (
            {"A": "lasts [several days|vague=several]", "B": "lasts [a few days|vague=few]"},
            "No article gives a number for felt alertness",
        ),
        ({"A": "lasts [up to 3 days|high=3 modifier=up_to]"}, "says up to 3 days"),
        ({"A": "lasts [at least 3 days|low=3 modifier=at_least]"}, "says 3 days or more"),
        (
            {"A": "lasts [2 days|low=2 high=2 regimen=series]"},
            "No article gives a time for felt alertness, after one dose, in people",
        ),
    ],
)
def test_the_answer_follows_the_data(tmp_path: Path, changed: dict[str, str], answer: str) -> None:
    texts = {name: ("", "", f"It {words}.\n") for name, words in changed.items()}
    assert answer in Reader(make(tmp_path, texts)).text


def test_prose_titles_and_alternatives_change_with_the_data(review: Path, tmp_path: Path, page: str) -> None:
    changed = {
        **TEXTS,
        "E": (
            *TEXTS["E"][:2],
            TEXTS["E"][2].replace(
                "1 to 3 weeks|regimen=series low=1 high=3", "1 to 5 weeks|regimen=series low=1 high=5"
            ),
        ),
    }
    other = Reader(make(tmp_path, changed)).text
    before = Reader(page).text
    assert "in numbers 1 to 3 weeks" in before
    assert "in numbers 1 to 5 weeks" in other
    assert "in numbers 1 to 3 weeks" not in other


def test_the_reading_moves_only_what_is_vague(tmp_path: Path, page: str) -> None:
    wide = Reader(make(tmp_path, reading="wide")).text
    assert "vague words read widely" in wide
    assert "Article B says 3 to 12 hours" in wide
    assert "Article E says ½ to 1 hour" in wide


def test_the_evidence_maps_title_counts_the_tables_rows(page: str, tables: dict[str, Any]) -> None:
    chosen = tables["spread"][tables["spread"].chosen & tables["spread"].leaf]
    cells = len(chosen) * len(tables["sources"])
    empty = cells - int(chosen.sources.sum())
    assert f"rest on one article; {empty} of {cells} cells are empty" in Reader(page).text
    assert int((chosen.sources == 1).sum()) == 3
    assert "Three of seven rows" in Reader(page).text


def test_the_alternative_of_the_claims_chart_tells_every_group(page: str, tables: dict[str, Any]) -> None:
    caption = re.search(r'<p class="vh alt">(Claims chart\..*?)</p>', page, re.S)
    assert caption is not None
    chosen = tables["spread"][tables["spread"].chosen & tables["spread"].leaf]
    assert caption[1].count(", with vague words ") == len(chosen)
    for stratum in chosen.itertuples():
        if (
            stratum.stated_high_days == stratum.stated_high_days
            and stratum.stated_low_days == stratum.stated_low_days
            and not stratum.high_open
        ):
            unit = "hour" if stratum.stated_high_days < 1 else "week"
            assert (
                f"in numbers {say_range(stratum.stated_low_days, stratum.stated_high_days, usual=unit)}" in caption[1]
            )


def test_the_influence_title_names_the_article_and_both_lengths(page: str) -> None:
    assert "Without Article B, the longest falls from 10 hours to 7 hours" in Reader(page).text


def test_what_the_articles_do_not_tell_is_counted(page: str) -> None:
    text = Reader(page).text
    assert (
        "Disturbed sleep, in animals: no statement was read as saying how long; two statements do not say in whom."
        in text
    )
    assert "Three of the seven answers rest on one article each." in text
    assert "what is named has no author, title or year: “a large survey”" in text
    assert "The review asks first about felt alertness (waking, attention); reaction time, disturbed sleep" in text
    assert "For one of the five articles the level of evidence is not stated." in text


def test_the_ledger_adds_up(page: str, tables: dict[str, Any]) -> None:
    claims, left_out = len(tables["claims"]), len(tables["exclusions"])
    assert (
        f"{claims + left_out} amounts found: {claims} are statements, {left_out} were left out for a reason, 0 unexplained"
        in Reader(page).text
    )


def test_no_sentence_says_zero_days_or_uses_a_decimal_of_days(page: str) -> None:
    text = Reader(page).text
    assert not re.search(r"\b0 (?:minute|hour|day|week|month|year)s?\b", text)
    assert not re.search(r"\d\.\d+ days?\b", text.replace("30.4375 days", ""))
    assert not re.search(r"\b(?:shows?|proves?|significant)\b that", text)


def test_five_articles_have_an_envelope_and_four_a_sentence_why_not(tmp_path: Path, page: str) -> None:
    assert "At least half of five articles certainly still report it up to" in Reader(page).text
    few = {name: text for name, text in TEXTS.items() if name != "E"}
    assert (
        "An envelope over time is drawn from five articles on; the answer with most articles has four."
        in Reader(make(tmp_path, few)).text
    )


# --- parts that are missing -------------------------------------------------------------------------------------------


def test_a_review_without_any_duration_says_so(tmp_path: Path) -> None:
    page = make(tmp_path, {"A": ("", "", "A cup holds [80 mg|kind=dose low=80 high=80 unit=mg] of caffeine.\n")})
    text = Reader(page).text
    assert "No article gives a time for felt alertness" in text
    assert "No statement says how long anything lasts" in text
    assert "80 mg" in text


def test_a_review_without_any_amount_still_has_a_page(tmp_path: Path) -> None:
    reader = Reader(make(tmp_path, {"A": ("", "", "Nothing is said here.\n")}))
    assert "no statements from one article" in reader.text.lower()
    assert {link[1:] for link in reader.links if link.startswith("#")} <= set(reader.ids)


def test_a_review_without_codebook_and_questions_has_an_answer(tmp_path: Path) -> None:
    write_review(tmp_path, {"A": ("", "", "It lasts [2 days|low=2 high=2 outcome= region=].\n")})
    (tmp_path / "seeds" / "codebook.toml").unlink()
    (tmp_path / "seeds" / "review.toml").write_text('question = "How long?"\n', encoding="utf-8")
    texts = {"A": ("", "", "It lasts [2 days|low=2 high=2 outcome= region=].\n")}
    assert "The one article says 2 days for the effect" in Reader(make(tmp_path, texts)).text


def test_embed_decides_how_much_of_the_texts_is_shown(tmp_path: Path) -> None:
    sentence = "Habit keeps people"
    texts = {"A": ("", "", "Habit keeps people busy. It lasts [2 days|low=2 high=2] they say.\n")}
    assert sentence not in make(tmp_path, texts)
    assert sentence in make(tmp_path, texts, embed="full")
    nothing = make(tmp_path, texts, embed="none")
    assert "they say" not in nothing
    assert "#q-" not in nothing
    assert ">2 days</mark>" in nothing


def test_orphaned_verdicts_stand_on_top(review: Path, tables: dict[str, Any]) -> None:
    orphan = Orphan(2, "aaaaaaaa", "A", "nine <b>hours</b>", "reject", "", "", "Kim", "2026-11-01", "words not found")
    page = build_page(review, tables | {"orphans": to_frame([orphan], Orphan)}, {"reading": "base"})
    text = Reader(page).text
    assert "One verdict changed nothing" in text
    assert text.index("words not found") < text.index("How long does the alertness")
    assert "<b>hours</b>" not in page


def test_a_verdict_is_shown_with_its_statement(review: Path, tables: dict[str, Any]) -> None:
    claims = tables["claims"].copy()
    claims.loc[0, "verdict"] = "accepted"
    page = build_page(review, tables | {"claims": claims}, {"reading": "base"})
    assert "accepted by an analyst" in Reader(page).text


def test_changed_parameters_are_marked(tmp_path: Path) -> None:
    write_review(tmp_path)
    (tmp_path / "notebooks").mkdir()
    cell = {
        "cell_type": "code",
        "metadata": {"tags": ["parameters"]},
        "source": 'reading: str = "base"  # how\nleave_out: list = []  # which\n',
    }
    notebook = json.dumps({"nbformat": 4, "cells": [cell]})
    (tmp_path / "notebooks" / "01.ipynb").write_text(notebook, encoding="utf-8")
    text = Reader(make(tmp_path, reading="wide")).text
    assert "reading wide (changed)" in text
    assert "leave_out not set" in text


def test_a_source_left_out_of_the_run_is_named(review: Path, tables: dict[str, Any], tmp_path: Path) -> None:
    few = {name: text for name, text in TEXTS.items() if name != "E"}
    write_review(tmp_path)
    found = make_tables(tmp_path, few)
    found["sources"] = found["sources"][found["sources"].source_id != "E"]
    assert "without E" in Reader(build_page(tmp_path, found, {"reading": "base"})).text


def test_many_rows_are_folded_by_group(tmp_path: Path) -> None:
    texts = {
        f"{name}{number}": text
        for number in range(15)
        for name, text in list(TEXTS.items())[number % 5 : number % 5 + 1]
    }
    texts = {name: ("", level, f"{text}By {name}.") for name, (_, level, text) in texts.items()}
    texts["Z"] = ("", "", TEXTS["A"][2] * 8)
    page = make(tmp_path, texts)
    reader = Reader(page)
    assert re.search(r'<details id="g-persistence-alertness-single-human" open>', page)
    assert {link[1:] for link in reader.links if link.startswith("#")} <= set(reader.ids)
    assert len(reader.ids) == len(set(reader.ids))
    assert "Evidence map, scrolls sideways" in page


# --- the command line, amounts, axis ----------------------------------------------------------------------------------


def test_the_headline_has_a_line_for_every_question(review: Path, tables: dict[str, Any]) -> None:
    lines = headline(tables["spread"], read_review(review))
    assert any(
        line.startswith("Felt alertness, after one dose, people: 30 minutes to 7 hours in numbers") for line in lines
    )
    silent = "no statement was read as saying how long; two statements do not say in whom"
    assert lines[-1] == f"Disturbed sleep, animals: {silent}"
    assert all("\n" not in line and "<" not in line for line in lines)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_labels_of_an_axis_are_apart_at_every_width(layout: str) -> None:
    """Two labels that one width of page shows are never nearer than they are long, whichever was laid out first."""
    days = [0.0007, 1 / 24, 0.3, 1, 5, 25, 150, 1500, 12000, 36500]
    for low, high in itertools.combinations(days, 2):
        axis = fit_axis("x", [low, high], layout)
        for (one, _, first), (other, _, second) in itertools.combinations(axis.ticks, 2):
            wide = LAYOUTS[layout][max(first, second) - 1]
            assert abs(axis.place(one) - axis.place(other)) * wide / 100 >= GAP


def test_the_headline_begins_with_the_answer_of_most_articles(tables: dict[str, Any], review: Path) -> None:
    """The command line begins with the answer that leads the page, wherever its place in the table."""
    (lead, *_) = (row for row in to_records(tables["spread"], Stratum) if row.chosen and row.leaf and row.asked)
    lone = replace(lead, stratum_id=f"{lead.stratum_id}/lone", region="a cellar", place=0, sources=1, source_ids=("Z",))
    lines = headline(to_frame([lone, lead], Stratum), read_review(review))
    assert [line.endswith("(Z alone)") for line in lines] == [False, True]


def test_passages_of_a_long_text_are_shown_in_time_that_grows_with_it() -> None:
    """Each passage looks at its own statements alone."""

    def measure(count: int) -> float:
        text = "The glow lasts two days.\n\n" * count
        document = Document("S", "s", text, Passages(text))
        claims = code_text(document, list(find_quantities(text)), load_codebook(None))
        began = time.process_time()
        shown = list(show_passages(None, document, claims, "sentences"))  # type: ignore[arg-type]
        assert len(shown) == count
        return time.process_time() - began

    measure(20)
    assert measure(1600) < 16 * max(measure(200), 0.02)


CASES = list(csv.DictReader((Path(__file__).parent / "cases" / "amounts.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=[case["reason"] for case in CASES])
def test_an_amount_is_said_as_a_person_would(case: dict[str, str]) -> None:
    low, high = (float(case[name]) if case[name] else None for name in ("low", "high"))
    assert say_range(low, high, case["open_end"] == "true", case["usual"]) == case["said"]


def test_ticks_of_an_axis_keep_their_distance() -> None:
    axis = fit_axis("x", [2 / 24, 365.25])
    narrow = [axis.place(days) * 3 for days, _, width in axis.ticks if width == 1]
    assert all(after - before >= 46 for before, after in itertools.pairwise(narrow))
    assert all(0 <= axis.place(days) <= 100 for days in (1e-9, 0.0, 1e9))


def test_words_are_joined_as_in_a_sentence() -> None:
    assert join_words([]) == ""
    assert join_words(["A", "B"]) == "A and B"


def test_records_of_the_example_are_whole(tables: dict[str, Any]) -> None:
    claims = to_records(tables["claims"], Claim)
    assert len({claim.claim_id for claim in claims}) == len(claims)


def test_past_a_thousand_statements_each_article_has_a_page_and_every_link_between_them_resolves(
    review: Path, tables: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("howlong.report.page.facts.VAST", 10)
    pages = build_pages(review, tables, {"reading": "base"})
    assert set(pages) == {"review.html"} | {f"articles/{name}.html" for name in "abcde"}
    readers = {name: Reader(page) for name, page in pages.items()}
    assert "each article has a page of its own" in readers["review.html"].text
    assert all((reader.wrong, reader.stack) == ([], []) for reader in readers.values())
    ids = {name: reader.ids for name, reader in readers.items()}
    assert all(len(found) == len(set(found)) for found in ids.values())
    for name, reader in readers.items():
        for link in reader.links:
            path, _, fragment = link.partition("#")
            if path.startswith(("data:", "notebooks/")):
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            assert not fragment or fragment in ids[target], (name, link)
    for claim in tables["claims"].itertuples():
        assert f"c-{claim.claim_id}" in ids[f"articles/{claim.source_id.lower()}.html"]
    write_pages(tmp_path, pages)
    write_pages(tmp_path, {"review.html": "x"})
    assert [path.name for path in tmp_path.rglob("*.html")] == ["review.html"]


def test_an_as_of_date_must_be_a_date() -> None:
    """A word in place of the date is named, not printed."""
    with pytest.raises(InputError, match=r"as_of: must be a date like 2026-11-01, or empty; is 'yesterday'"):
        say_date("yesterday")
