"""The page's sentences are fair: they name who says what, do not overstate agreement, and agree in number."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from page_example import fill, make_tables, write_review
from test_page import Reader, make

from howlong.claims import Claim
from howlong.report.page import build_page
from howlong.report.page.texts import read_value, word_hedge


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_review(tmp_path_factory.mktemp("review"))


@pytest.fixture(scope="module")
def page(review: Path) -> str:
    return build_page(review, make_tables(review), {"reading": "base"})


def build(folder: Path, *sentences: str, **parameters: Any) -> str:
    """Build the page of some articles, named A, B and so on."""
    names = "ABCDEFGH"[: len(sentences)]
    texts = {name: ("", "", f"{text}\nBy {name}.\n") for name, text in zip(names, sentences, strict=True)}
    return make(folder, texts, **parameters)


def read(folder: Path, *sentences: str) -> str:
    """Return the words of the page of some articles."""
    return Reader(build(folder, *sentences)).text


# --- agreement --------------------------------------------------------------------------------------------------------


def test_what_cannot_be_told_is_not_called_agreement(tmp_path: Path) -> None:
    """Pairs within one article are counted apart from those that set two side by side."""
    text = read(
        tmp_path,
        "It lasts [several days|vague=several] and then [4 days|low=4 high=4].",
        "Others say [4 days|low=4 high=4] of it.",
    )
    assert (
        "No pair is shown to contradict: one of two pairs of two articles fits together, for one it cannot be told"
        in text
    )
    assert "One of three pairs lies within one article; two set two articles side by side." in text
    assert "None of three" not in text


def test_a_distance_that_cannot_be_told_is_called_the_widest_gap(tmp_path: Path) -> None:
    text = read(tmp_path, "It lasts [several days|vague=several].", "It lasts [a few days|vague=few].")
    assert "Whether the one pair of two articles contradicts cannot be told" in text
    assert "vague word: from none to at most 1 week" in text
    assert "the distance is then the widest gap that their words allow" in text


def test_pairs_that_share_a_time_agree(tmp_path: Path) -> None:
    text = read(tmp_path, "It lasts [2 to 4 days|low=2 high=4].", "It lasts [3 to 5 days|low=3 high=5].")
    assert "The one pair of two articles agrees: some time fits both" in text
    assert "the widest gap" not in text


def test_a_pair_that_speaks_of_some_people_says_of_whom(tmp_path: Path) -> None:
    text = read(
        tmp_path,
        "Many find that it lasts [2 days|low=2 high=2 subjects=Many].",
        "It lasts [5 days|low=5 high=5].",
    )
    assert "A says it of “Many”, B does not say of whom: 3 days" in text


# --- who says what ----------------------------------------------------------------------------------------------------


def test_a_vague_word_gives_no_lower_end_where_the_numbers_have_none(tmp_path: Path) -> None:
    """ "Up to two weeks" beside "weeks" is no "2 to 10 weeks"."""
    text = read(tmp_path, "It lasts [weeks|vague=bare unit=week], or [up to 2 weeks|high=2 unit=week modifier=up_to].")
    assert "Counting their vague words, up to 10 weeks." in text
    assert "“weeks” (A) makes the upper end; “up to 2 weeks” (A) states no lower limit" in text


def test_an_answer_says_what_softens_it(tmp_path: Path) -> None:
    """Softening words, some people, and means stand beside the answer that they qualify."""
    text = read(
        tmp_path,
        "For some it may last [several days|vague=several hedge=may subjects=some].",
        "It lasts [4 days|low=4 high=4 statistic=mean].",
    )
    assert "softened by “may” (A); said of “some” (A); “4 days” (B) is a mean" in text


def test_the_paragraph_names_who_says_what_in_numbers(tmp_path: Path) -> None:
    """A range that one article alone stretches is not left to "articles"."""
    text = read(tmp_path, "It lasts [up to 3 days|high=3 modifier=up_to].", "It lasts [2 to 9 days|low=2 high=9].")
    assert "Articles say 2 to 9 days for felt alertness" in text
    assert "Article A says up to 3 days and Article B says 2 to 9 days." in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2 days|low=2 high=2", "2 days|low=2 high=2"), "Both say the same."),
        (("2 to 4 days|low=2 high=4", "days|vague=bare"), "Article A says 2 to 4 days and Article B gives no number."),
        (
            ("2 to 4 days|low=2 high=4", "3 days|low=3 high=3", "2 to 4 days|low=2 high=4"),
            "Articles A and C say 2 to 4 days and Article B says 3 days.",
        ),
        (
            ("2 to 5 days|low=2 high=5", *["3 to 5 days|low=3 high=5"] * 3),
            "The shortest, 2 days, is from Article A; the longest, 5 days, is from four articles.",
        ),
    ],
    ids=["the same", "no number", "two alike", "many"],
)
def test_sides_are_told_as_far_as_they_are_few(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    assert said in read(tmp_path, *(f"It lasts [{amount}]." for amount in words))


def test_the_question_is_led_to_what_the_answer_is_about(tmp_path: Path) -> None:
    text = read(
        tmp_path,
        "It lasts [2 days|low=2 high=2]. Reactions are quick for [3 hours|outcome=reaction low=3 high=3 unit=hour].",
    )
    assert (
        "The review asks first about felt alertness (waking, attention); reaction time has an answer of its own."
        in text
    )


def test_an_article_without_a_duration_is_told_with_what_it_gives(tmp_path: Path) -> None:
    onset = "It starts in [10 minutes|role=onset low=10 high=10 unit=minute]."
    text = read(tmp_path, "It lasts [2 days|low=2 high=2].", onset)
    assert "Article B was read, but gives no duration, only when it begins." in text


def test_ends_that_several_statements_make_name_them_all(tmp_path: Path) -> None:
    text = read(
        tmp_path,
        "It lasts [several days|vague=several] or [4 days|low=4 high=4].",
        "It lasts [several days to 9 days|vague_low=several low_unit=day high=9].",
    )
    assert "“several days” (A) and “several days to 9 days” (B) make the lower end" in text


# --- influence --------------------------------------------------------------------------------------------------------


def test_that_nothing_moves_says_in_which_reading(tmp_path: Path) -> None:
    """ "A few" and "several" begin alike as usual, not when read narrowly or widely."""
    text = read(tmp_path, "It lasts [a few days|vague=few].", "It lasts [several days|vague=several].")
    moves = "nothing moves if read as usual; read narrowly, shortest 3 days → 4 days; read widely, shortest 2 days"
    assert moves in text
    assert "Read as usual, only Article B moves the answer" in text


def test_what_moves_or_stays_in_every_reading_says_so(page: str) -> None:
    text = Reader(page).text
    assert "in every reading" in text
    assert "nothing moves, in any reading" in text
    assert not re.search(r"nothing moves(?!, in any reading| if read)", text)


def test_pairs_of_two_articles_stand_open_and_pairs_of_one_are_folded(tmp_path: Path) -> None:
    page = build(
        tmp_path,
        "It lasts [several days|vague=several]. Or [a few days|vague=few].",
        "It lasts [2 to 4 days|low=2 high=4].",
    )
    figure = page[page.index('id="agreement"') :]
    figure = figure[: figure.index("</section>")]
    assert "<h3>It cannot be told: two pairs of two articles</h3>" in figure
    assert re.findall(r"<summary>(.*?)</summary>", figure) == ["It cannot be told: one pair within one article"]


# --- disagreement -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        (
            "[2 days|low=2 high=2] or [3 days|low=3 high=3]",
            "[10 days|low=10 high=10] or [20 days|low=20 high=20]",
            "Articles disagree about felt alertness, after one dose, in people: "
            "Article A says 2 to 3 days, Article B says 10 to 20 days.",
        ),
        (
            "[2 days|low=2 high=2]",
            "[20 days|low=20 high=20] or [1 to 3 days|low=1 high=3]",
            "Articles say 1 to 20 days for felt alertness",
        ),
        (
            "[2 days|low=2 high=2] or [at least 3 days|low=3 modifier=at_least]",
            "[20 days|low=20 high=20]",
            "Articles say 2 days or more for felt alertness",
        ),
        (
            "[2 to 3 days|low=2 high=3]",
            "[3 to 4 days|low=3 high=4], in some [several weeks|vague=several unit=week]",
            "Articles say 2 to 4 days for felt alertness",
        ),
    ],
)
def test_articles_disagree_by_all_that_each_says(tmp_path: Path, first: str, second: str, answer: str) -> None:
    """One statement that lies apart from another article's is no article that does."""
    assert answer in read(tmp_path, f"It lasts {first}.", f"It lasts {second}.")


# --- who gives a number -----------------------------------------------------------------------------------------------


def test_a_number_from_some_of_the_articles_names_them(tmp_path: Path) -> None:
    vague, counted = "It lasts [several days|vague=several].", "It lasts [2 to 4 days|low=2 high=4]."
    row = re.search(r'<td role="cell" class="in">.*?</td>', build(tmp_path, counted, vague))
    assert row is not None
    assert Reader(row[0]).text == "2 to 4 days, from A alone"
    assert "from A" not in read(tmp_path, counted, counted)


def test_without_the_one_article_that_counts_no_number_is_left(tmp_path: Path) -> None:
    text = read(tmp_path, "It lasts [2 to 4 days|low=2 high=4].", "It lasts [several days|vague=several].")
    assert "in numbers 2 to 4 days → none" in text


def test_a_number_from_several_of_the_articles_names_them_all(tmp_path: Path) -> None:
    vague, counted = "It lasts [several days|vague=several].", "It lasts [2 to 4 days|low=2 high=4]."
    text = read(tmp_path, counted, counted, vague)
    assert "2 to 4 days, from A, B " in text
    assert "from A, B alone" not in text


def test_leaving_an_article_out_keeps_the_end_that_others_leave_open(tmp_path: Path) -> None:
    """What moves in numbers is told beside the answer's own open end, and not after "nothing moves"."""
    page = build(
        tmp_path,
        "It lasts [4 days|low=4 high=4] or [a few days|vague=few].",
        "It lasts [at least 5 days|low=5 modifier=at_least].",
        "It lasts [2 to 9 days|low=2 high=9], [several days|vague=several] and [a few days|vague=few].",
        "It lasts [a couple of days|vague=couple].",
    )
    table = re.search(r'<table class="chart infl".*?</table>', page, re.S)
    assert table is not None
    rows = {
        row.split(" ", 3)[2]: row for row in re.findall(r"without Article . .*?(?=without|$)", Reader(table[0]).text)
    }
    assert "in numbers 2 days or more without Article A nothing moves, in any reading" in Reader(table[0]).text
    assert "in numbers 2 days or more → 2 to 9 days" in rows["B"]
    assert "nothing moves, in any reading of vague words, but in numbers 2 days or more → 4 days or more" in rows["C"]


# --- windows ----------------------------------------------------------------------------------------------------------


def test_windows_of_two_articles_stand_side_by_side(tmp_path: Path) -> None:
    """What one article calls the window's length and another a time to act is brought together, and not merged."""
    page = build(
        tmp_path,
        "The open window lasts [3 to 5 days|role=window answers=window low=3 high=5].",
        "Act in the [first two hours|role=window low=2 high=2 unit=hour modifier=first].",
    )
    text = Reader(page).text
    assert "Article B names a receptive or advised time: “first two hours”, see figure 3" in text
    figure = Reader(page[page.index('id="fig-roles"') : page.index('id="fig-influence"')])
    assert "how long it lasts, from figure 1, to compare" in figure.text
    assert "Receptive window" in figure.text
    ids = Reader(page).ids
    assert len(ids) == len(set(ids))
    assert re.search(
        r"Of [\w ]+ B tells a receptive or advised time and A tells how long a window stays open", figure.text
    )


def test_onsets_in_the_same_vague_words_are_quoted(tmp_path: Path) -> None:
    onset = "It begins [within hours|role=onset vague=bare high=1 unit=day]."
    lasting = "It lasts [2 to 4 days|low=2 high=4]."
    text = read(tmp_path / "second", f"{onset} {lasting}", f"{onset} {lasting}")
    assert "put the onset “within hours”, read as up to" in text


def test_an_onset_is_told_in_the_number_that_is_stated(tmp_path: Path) -> None:
    onset = "It begins after [roughly 20 minutes|role=onset low=20 high=20 unit=minute approx=1]."
    text = read(tmp_path, f"{onset} It lasts [2 to 4 days|low=2 high=4].")
    assert "The one statement puts the onset within about 20 minutes" in text


# --- names, gaps, numbers ---------------------------------------------------------------------------------------------


def test_what_is_not_stated_is_said_so_of_each_facet(page: str) -> None:
    text = Reader(page).text
    assert "one dose or several, people or animals: not stated" in text
    assert "dosing not stated" not in text


def test_the_heading_counts_kinds_of_thing(tmp_path: Path, page: str) -> None:
    assert "Seven answers about four kinds of thing" in Reader(page).text
    assert "kept apart by dosing and by people or animals" in Reader(page).text
    reaction = "Reactions are quick for [3 hours|outcome=reaction low=3 high=3 unit=hour]."
    text = read(tmp_path, f"It lasts [2 days|low=2 high=2]. {reaction}")
    assert "Two answers, because two things were measured" in text


def test_cells_that_nobody_fills_beside_filled_ones_are_gaps(tmp_path: Path) -> None:
    text = read(
        tmp_path,
        "It lasts [2 days|low=2 high=2] or [9 days|regimen=series population=animal low=9 high=9]. "
        "Reactions are quick for [3 hours|outcome=reaction low=3 high=3 unit=hour], "
        "sleep is bad for [4 hours|outcome=sleep regimen=unspecified population=unspecified low=4 high=4 unit=hour].",
    )
    assert "Reaction time: no statement was read as saying how long after a series or in animals." in text
    assert "Disturbed sleep: no duration was read as saying after which dosing or in whom." in text
    assert "Felt alertness: no statement was read as saying" not in text


CASES = list(csv.DictReader((Path(__file__).parent / "cases" / "page-values.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=[case["reason"] for case in CASES])
def test_a_value_is_said_as_worded_and_in_its_number(case: dict[str, str]) -> None:
    low, high = (float(case[name]) if case[name] else None for name in ("low", "high"))
    texts = {name: case[name] for name in ("kind", "quote", "unit", "modifier")}
    assert read_value(fill(Claim, **texts, low=low, high=high)) == case["said"]


@pytest.mark.parametrize(
    ("sentence", "hedge", "said"),
    [
        ("Trials suggest it lasts 5 days.", "suggests", "suggest"),
        ("It seemed to last 5 days.", "appears", "seemed"),
        ("It may, or might, last 5 days.", "might", "might"),
    ],
)
def test_a_softening_word_is_quoted_as_it_stands(sentence: str, hedge: str, said: str) -> None:
    assert word_hedge(fill(Claim, sentence=sentence, quote="5 days", hedge=hedge)) == said


def test_one_answer_of_one_article_is_not_one_each(tmp_path: Path) -> None:
    waking, sleep = "It lasts [2 to 4 days|low=2 high=4].", "Sleep suffers [3 days|outcome=sleep low=3 high=3]."
    text = read(tmp_path, f"{waking} {sleep}", waking)
    assert "One of the two answers rests on one article." in text
    assert "One article each" not in text


def test_the_page_says_what_kind_of_page_it_is(page: str) -> None:
    assert "<title>How long a cup keeps you awake: a literature review</title>" in page
    assert "the page’s title says that it is a literature review" in page


def test_numbers_agree_with_their_nouns(page: str) -> None:
    """No count of one stands before a plural, and no other count before a singular."""
    text = Reader(page).text
    nouns = "article|statement|answer|passage|pair|row|cell|duration|amount|item|group|word|day|week|hour|minute|month"
    several = r"[2-9]|\d{2,}|two|three|four|five|six|seven|eight|nine|ten"
    assert re.findall(rf"(?<![\d.,–½])\b(?:1|one) (?:{nouns})s\b", text, re.I) == []
    assert re.findall(rf"(?<![\d.,])\b(?:{several}) (?:{nouns})\b", text, re.I) == []
    assert "else than" not in text


def test_one_article_is_not_one_of_one(tmp_path: Path) -> None:
    text = read(tmp_path, "It lasts [2 days|low=2 high=2].")
    assert "The one article says 2 days for felt alertness" in text
    assert "One of the one" not in text
    assert "What this article does not tell" in text
    assert "1 amount found: 1 is a statement, 0 were left out" in text
    assert "it says how long it lasts" in text
    assert "no cell is empty" in text


def test_a_question_that_nobody_answers_leads_where_it_is_the_first(tmp_path: Path) -> None:
    """The first question of review.toml leads, whatever order its codes have on paper."""
    write_review(tmp_path, {"A": ("", "", "A cup holds [80 mg|kind=dose low=80 high=80 unit=mg].\n")})
    asks = '\n[[asks]]\noutcome = "sleep"\n[[asks]]\noutcome = "alertness"\n'
    path = tmp_path / "seeds" / "review.toml"
    path.write_text(path.read_text(encoding="utf-8").split("[[asks]]")[0] + asks, encoding="utf-8")
    text = Reader(make(tmp_path, {"A": ("", "", "A cup holds [80 mg|kind=dose low=80 high=80 unit=mg].\n")})).text
    assert "No article gives a time for disturbed sleep." in text
    assert text.index("Disturbed sleep: no article says how long.") < text.index("Felt alertness: no article says")


def test_an_open_end_has_no_longest(tmp_path: Path) -> None:
    words = [
        "2 to 5 days|low=2 high=5",
        "3 days|low=3 high=3",
        "4 days|low=4 high=4",
        "at least 3 days|low=3 modifier=at_least",
    ]
    text = read(tmp_path, *(f"It lasts [{amount}]." for amount in words))
    assert "The shortest, 2 days, is from Article A. " in text
    assert "the longest" not in text.split("Figure 1")[0]


def test_a_row_that_is_denied_says_so(tmp_path: Path) -> None:
    """Who reads "more than 4 days" beside a mark that ends there learns why."""
    denied = "It never lasts [more than 4 days|low=4 modifier=more_than denied=1]."
    text = read(tmp_path, denied, "It lasts [2 to 3 days|low=2 high=3].")
    assert "“more than 4 days” its sentence denies so long at most 4 days" in re.sub(r"[,\s]+", " ", text)


def test_figures_are_numbered_as_they_stand(tmp_path: Path, page: str) -> None:
    numbers = [int(number) for number in re.findall(r'<p class="no">Figure (\d)</p>', page)]
    assert numbers == [1, 2, 3, 4, 5, 6]
    few = build(tmp_path, "It lasts [2 to 4 days|low=2 high=4].", "It lasts [3 to 5 days|low=3 high=5].")
    assert re.findall(r'<p class="no">Figure (\d)</p>', few) == ["1", "2", "3", "4"]
    assert "An envelope over time is drawn from five articles on" in Reader(few).text


def test_one_statement_is_not_one_of_one(tmp_path: Path) -> None:
    text = read(
        tmp_path, "It lasts [2 days|low=2 high=2]. It starts in [10 minutes|role=onset low=10 high=10 unit=minute]."
    )
    assert "The one statement puts the onset within 10 minutes" in text


def test_the_first_answer_of_the_table_is_that_of_the_first_question(tmp_path: Path) -> None:
    """Reaction time comes first on paper, but the first screen speaks of alertness."""
    write_review(tmp_path)
    path = tmp_path / "seeds" / "review.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('["alertness", "reaction"', '["reaction", "alertness"'), "utf-8"
    )
    page = make(tmp_path)
    names = re.findall(r'<a class="name" href="#g-[\w-]+">(.*?)</a>', page[: page.index('id="gaps"')])
    assert names[:2] == ["Felt alertness", "Reaction time"]


def test_an_article_lists_whom_it_names_as_origin(page: str) -> None:
    """An authority that nobody can look up is told as such beside the article."""
    sources = Reader(page[page.index('<section id="sources"') : page.index('<section id="method"')]).text
    assert "Named as origin “a large survey”, which cannot be looked up" in sources


def test_the_paragraph_says_whether_the_articles_agree(tmp_path: Path) -> None:
    vague = "One stays awake for [several hours|vague=several unit=hour]. "
    other = "One stays awake for [six hours|low=6 high=6 unit=hour]. "
    texts = {name: (name, "secondary web article", text) for name, text in (("A", vague), ("B", other))}
    assert "Whether they agree cannot be told." in Reader(make(tmp_path / "vague", texts)).text
    exact = "One stays awake for [two to four hours|low=2 high=4 unit=hour]. "
    texts = {name: (name, "secondary web article", f"{exact}{name}.") for name in "AB"}
    assert "They agree: some time fits both." in Reader(make(tmp_path / "exact", texts)).text
    text = "One stays awake for [nine hours|low=9 high=9 unit=hour]. "
    texts["B"] = ("B", "secondary web article", text)
    said = Reader(make(tmp_path / "apart", texts)).text
    assert "They agree" not in said
    assert "Whether they agree" not in said
