"""Each figure carries its data, and its alternative text says what the data say."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from page_example import TEXTS, make_tables, write_review
from test_page import Reader, make

from howlong.report.page import build_page
from howlong.report.page.downloads import write_csv


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_review(tmp_path_factory.mktemp("review"))


@pytest.fixture(scope="module")
def page(review: Path) -> str:
    return make(review)


@pytest.fixture(scope="module")
def tables(review: Path) -> dict[str, Any]:
    return make_tables(review)


def read_download(page: str, name: str) -> list[dict[str, str]]:
    """Read the file that a page carries for a figure."""
    found = next(attrs for _, attrs in Reader(page).tags if attrs.get("download") == name)
    kind, _, body = found["href"].partition(",")
    assert kind == "data:text/csv;charset=utf-8"
    return list(csv.DictReader(unquote(body).removeprefix("\ufeff").splitlines()))


def test_every_figure_carries_its_rows(page: str, tables: dict[str, Any]) -> None:
    """The file of a figure holds the numbers of the published table."""
    chosen = tables["spread"][tables["spread"].chosen & tables["spread"].leaf]
    rows = read_download(page, "claims.csv")
    assert [row["claim_id"] for row in rows] == [name for names in chosen.claim_ids for name in names]
    base = tables["durations"][tables["durations"].reading == "base"].set_index("claim_id")
    for row in rows:
        low = base.low_days[row["claim_id"]]
        assert row["low_days"] == ("" if low != low else f"{low:g}" if float(f"{low:g}") == low else repr(float(low)))
    assert len(read_download(page, "answers.csv")) == len(chosen)
    assert len(read_download(page, "evidence-map.csv")) == len(chosen) * len(tables["sources"])
    assert len(read_download(page, "agreement.csv")) == len(tables["agreement"])
    assert sum(int(row["statements"]) for row in read_download(page, "evidence-map.csv")) == len(rows)
    for name in ("onset-peak-window.csv", "influence.csv", "envelope.csv"):
        assert name in page


def test_a_cell_that_a_spreadsheet_would_run_is_defused() -> None:
    said = write_csv(["quote", "days"], [["=cmd|' /C calc'!A0", -1.5], ["@x", 2.0], ["-3 days", None]])
    assert said == "quote,days\n'=cmd|' /C calc'!A0,-1.5\n'@x,2\n'-3 days,\n"


def test_a_figure_with_very_many_rows_names_its_table_instead(
    review: Path, tables: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("howlong.report.page.downloads.MOST_ROWS", 3)
    text = Reader(build_page(review, tables, {"reading": "base"})).text
    assert "rows, too many to carry along): data/durations.csv, data/spread.csv." in text


def test_above_many_statements_a_row_is_one_article_with_its_statements_folded_in(
    review: Path, tables: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("howlong.report.page.chart.MOST_ROWS", 3)
    page = build_page(review, tables, {"reading": "base"})
    reader = Reader(page)
    assert "so each row is one article" in reader.text
    assert "“four to six hours” and 1 more" in reader.text
    assert len(reader.ids) == len(set(reader.ids))
    assert {link[1:] for link in reader.links if link.startswith("#")} <= set(reader.ids)
    chosen = tables["spread"][tables["spread"].chosen & tables["spread"].leaf]
    assert {f"m-{name}" for names in chosen.claim_ids for name in names} <= set(reader.ids)


# --- alternative texts ---


def read_alternatives(page: str) -> dict[str, str]:
    """Return the alternative texts of the figures by their first word, those of one kind joined."""
    found: dict[str, str] = {}
    for caption in re.findall(r'<p class="vh alt">(.*?)</p>', page, re.S):
        kind = caption.split()[0].rstrip(".")
        found[kind] = " ".join(filter(None, [found.get(kind), caption]))
    return found


def test_alternatives_tell_what_a_run_of_the_numbers_by_hand_gives(page: str, tables: dict[str, Any]) -> None:
    """The findings in the alternative texts are recomputed here from the tables, without the page's code."""
    said = read_alternatives(page)
    onset = tables["durations"][(tables["durations"].role == "onset") & (tables["durations"].reading == "base")]
    highs = onset[~onset.comparator].high_days
    within = int((highs <= 15 / 1440 + 1e-9).sum())
    assert (within, len(highs)) == (1, 2)
    assert "One of two statements puts the onset within 15 minutes" in said["Chart"]
    steps = tables["envelope"]
    lead = steps[(steps.stratum_id == "persistence/alertness/single/human") & steps.chosen]
    half = lead[lead.certain * 2 >= lead.sources].to_days.max() * 24
    assert f"At least half of five articles certainly still report it up to {half:g} hours" in said["Envelope"]
    chosen = tables["spread"][tables["spread"].chosen & tables["spread"].leaf]
    influence = tables["influence"]
    for stratum in chosen[chosen.sources > 1].itertuples():
        rows = influence[(influence.stratum_id == stratum.stratum_id) & (influence.reading == "base")]
        for row in rows[rows.left_out != ""].itertuples():
            same = (row.possible_low_days, row.high_open or row.possible_high_days) == (
                row.full_low_days,
                row.full_high_open or row.full_high_days,
            )
            assert same == (f"Without Article {row.left_out}: nothing moves" in find_part(said, stratum, chosen))


def find_part(said: dict[str, str], stratum: Any, chosen: Any) -> str:
    """Return what the influence charts' alternatives say of one stratum: they come in the order of the strata, lead first."""
    parts = said["Influence"].split("Influence chart. ")[1:]
    several = chosen[chosen.sources > 1].sort_values("place")
    order = sorted(several.itertuples(), key=lambda row: (row.asked != 1, row.place))
    lead = next(row for row in order if row.stratum_id == "persistence/alertness/single/human")
    order = [lead, *(row for row in order if row is not lead)]
    return parts[[row.stratum_id for row in order].index(stratum.stratum_id)]


CHANGES = [
    ("four to six hours|low=4 high=6", "four to six hours|low=4 high=13", {"Claims", "Influence"}, "½ to 13 hours"),
    ("within 15 minutes|role=onset high=15", "within 15 minutes|role=onset high=5", {"Chart"}, "within 5 minutes"),
    ("for hours|outcome=reaction", "for hours|outcome=receptors", {"Evidence", "Claims"}, "cells are empty"),
    ("9 hours|population=both low=9", "9 hours|population=both low=8", {"Claims"}, "8 hours or more"),
    ("four to six hours|low=4 high=6", "four to six hours|low=2 high=6", {"Envelope"}, "up to 2 hours"),
]


@pytest.mark.parametrize(("old", "new", "kinds", "now"), CHANGES, ids=[change[3] for change in CHANGES])
def test_each_alternative_follows_its_data(
    tmp_path: Path, page: str, old: str, new: str, kinds: set[str], now: str
) -> None:
    texts = {name: (*rest, text.replace(old, new)) for name, (*rest, text) in TEXTS.items()}
    before, after = read_alternatives(page), read_alternatives(make(tmp_path, texts))
    changed = {kind for kind in before if before[kind] != after.get(kind)}
    assert kinds <= changed
    assert any(now in after[kind] for kind in kinds)


def test_every_mark_leads_to_what_it_draws(page: str) -> None:
    """Marks of claims lead to their statements, those of answers to their rows, articles left out to their sources."""
    sections = {name: page[page.index(f'id="{name}"') :] for name in ("answers", "fig-influence", "agreement")}
    (answers, influence, agreement) = (text[: text.index("</section>")] for text in sections.values())
    tracks = re.findall(r'<td role="cell" class="t">(.*?)</td>', answers, re.S)
    assert tracks
    assert all(track.startswith('<a href="#g-') for track in tracks)
    left_out = re.findall(r'scope="row">(?:<a href="#s-(\w+)">)?without', influence)
    assert left_out
    assert all(left_out)
    rows = re.findall(r'<tr role="row"><th role="rowheader" scope="row".*?</tr>', agreement, re.S)
    assert rows
    for row in rows:
        ids = re.findall(r'href="#c-(\w+)"', row)
        assert len(ids) == 4
        assert ids[:2] == ids[2:]
