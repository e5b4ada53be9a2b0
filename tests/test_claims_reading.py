"""The room `claims`: how review.toml is read, and what it says of its own mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from howlong.claims import read_codebook, read_review
from howlong.tables import InputError

REVIEW = Path(__file__).parent.parent


def test_review_is_read() -> None:
    """The first review asks for relief after one dose first, and names its codes."""
    review = read_review(REVIEW)
    assert review.asks[0] == {
        "measure": "persistence",
        "outcome": "clinical",
        "regimen": "single",
        "population": "human",
    }
    assert review.order["regimen"][0] == "single"
    assert review.names["region.striatum"] == "striatum"


def test_codes_that_no_order_names_stand_as_the_codebook_has_them(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    codebook = '[outcome.zest]\ncues = ["zest"]\n[outcome.mood]\ncues = ["mood"]\n[outcome.anger]\ncues = ["anger"]\n'
    (tmp_path / "seeds" / "codebook.toml").write_text(codebook, encoding="utf-8")
    order = read_review(tmp_path).order
    assert order["outcome"] == ("zest", "mood", "anger", "none")
    assert order["population"] == ("human", "animal", "both", "unspecified")
    (tmp_path / "seeds" / "review.toml").write_text('[order]\noutcome = ["anger"]\n', encoding="utf-8")
    assert read_review(tmp_path).order["outcome"] == ("anger", "zest", "mood", "none")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colour = 1", "a key must be one of"),
        ('title = ["a"]', "title must be words in quotes"),
        ('intervention = "ketamine"', "intervention must be a list"),
        ('facets = ["mood"]', "facets must be of"),
        ('[order]\nregimen = ["double"]', "regimen must be of"),
        ('[[asks]]\nmeasure = "onset"', "measure must be of"),
        ('[[asks]]\noutcome = "none"\n[[asks]]\ncolour = "red"', "ask 2 of [[asks]]: a key must be one of"),
        ('[[asks]]\ncolour = "red"', "outcome, regimen, population, region, measure, is 'colour'"),
        ('[[asks]]\nmeasure = "window"\n[[asks]]', "ask 2 of [[asks]]: must have a facet or a measure, is empty"),
        (
            '[[asks]]\nregimen = "single"\n[[asks]]\nmeasure = "persistence"\nregimen = "single"',
            "ask 2 of [[asks]]: must differ from the others, is the same as ask 1",
        ),
        ('facets = ["outcome", "region", "outcome"]', "facets must name each facet once, 'outcome' stands twice"),
        ("title =", "must be TOML"),
    ],
)
def test_review_mistake(text: str, message: str, tmp_path: Path) -> None:
    """A mistake in review.toml is one clear line."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "review.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        read_review(tmp_path)
    assert "\n" not in str(caught.value)


def test_review_without_codebook_has_no_outcomes(tmp_path: Path) -> None:
    """A review may have no codebook: the general cues serve."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "review.toml").write_text('intervention = ["tea"]', encoding="utf-8")
    book = read_codebook(tmp_path)
    assert book.intervention == ("tea",)
    assert not book.has_outcomes
