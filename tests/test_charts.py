"""The charts room: it draws the rows it is given, links every mark, and gives the same bytes twice."""

import re
from pathlib import Path

import pytest
from pandas import DataFrame
from run_notebooks import ROOT

from howlong.charts import Chart, draw_claims, draw_evidence_map, draw_influence, draw_roles
from howlong.durations import Interval
from howlong.spread import Influence, Stratum
from howlong.tables import read_table


@pytest.fixture(scope="module")
def durations() -> DataFrame:
    """The published intervals of the first review."""
    return read_table(ROOT / "data" / "durations.csv", Interval)


@pytest.fixture(scope="module")
def spread() -> DataFrame:
    """The published strata of the first review."""
    return read_table(ROOT / "data" / "spread.csv", Stratum)


@pytest.fixture(scope="module")
def influence() -> DataFrame:
    """The published table of what one source does."""
    return read_table(ROOT / "data" / "influence.csv", Influence)


def draw(durations: DataFrame, spread: DataFrame) -> Chart:
    """Draw the claims chart in the base reading."""
    return draw_claims(durations[durations.reading == "base"], spread[spread.chosen & spread.leaf])


def test_every_claim_of_a_stratum_is_a_linked_mark(durations: DataFrame, spread: DataFrame) -> None:
    """A mark leads to its claim, and no claim of a stratum is left out."""
    answers = spread[spread.chosen & spread.leaf]
    claims = {claim for claims in answers.claim_ids for claim in claims}
    assert claims == set(re.findall(r'xlink:href="#c-(\w+)"', draw(durations, spread).svg))


def test_a_chart_has_the_same_bytes_twice(durations: DataFrame, spread: DataFrame) -> None:
    """Nothing in a figure depends on the moment it was drawn."""
    first, second = draw(durations, spread), draw(durations, spread)
    assert first == second
    assert first.png == second.png


def test_charts_open_nothing_in_new_windows(durations: DataFrame, spread: DataFrame) -> None:
    """Links stay in the page, and coordinates are rounded."""
    svg = draw(durations, spread).svg
    assert "_blank" not in svg
    assert not re.search(r"\d\.\d{4,}", svg.split("</metadata>")[-1])


def test_alternative_texts_count_what_is_drawn(durations: DataFrame, spread: DataFrame, influence: DataFrame) -> None:
    """Each chart says in words how much it shows; taking rows away changes the words."""
    answers = spread[spread.chosen & spread.leaf]
    assert draw(durations, spread).alternative.startswith(f"{answers.claims.sum()} claims of ")
    fewer = draw(durations, spread[spread.stratum_id == answers.stratum_id.iloc[0]])
    assert fewer.alternative.startswith(f"{answers.claims.iloc[0]} claims of ")
    assert f"{len(answers)} strata by" in draw_evidence_map(durations, spread, "base").alternative
    assert f"{influence.stratum_id.nunique()} strata" in draw_influence(influence, "base").alternative


def test_empty_tables_make_empty_charts(durations: DataFrame, spread: DataFrame, influence: DataFrame) -> None:
    """A review without an answer still gets its figures."""
    nothing = durations[durations.claim_id == ""]
    for chart in (
        draw_claims(nothing, spread[spread.stratum_id == ""]),
        draw_roles(nothing, "base"),
        draw_evidence_map(nothing, spread[spread.stratum_id == ""], "base"),
        draw_influence(influence[influence.left_out == "nobody"], "base"),
    ):
        assert "<svg" in chart.svg


def test_a_chart_is_saved_as_svg_and_picture(durations: DataFrame, tmp_path: Path) -> None:
    """Figures can be taken along for slides."""
    draw_roles(durations, "base").save(tmp_path, "roles")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["roles.png", "roles.svg"]
    assert (tmp_path / "roles.png").read_bytes().startswith(b"\x89PNG")
