"""The words of the room `claims`: how cues are found, how words are inflected, and what a sentence says besides."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_claims import code, read_cases

from howlong.claims.cues import Cue, CueError, Lexicon, Span, Words, split_cue
from howlong.claims.found import FACETS, Found, read_cue, write_cue
from howlong.claims.inflection import inflect_noun, inflect_verb, list_forms
from howlong.claims.origins import find_attribution
from howlong.claims.precision import find_precision, load_counts, name_rule
from howlong.claims.wording import find_statistic, find_subjects

# --- wording --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "attribution", "locatable"),
    [
        ("A study published in the Lancet found that it lasts # days.", "A study published in the Lancet", False),
        ("Rodent studies show that it lasts # days.", "Rodent studies", False),
        ("It lasts # days (Miller 2014).", "Miller 2014", True),
        ("According to the World Health Organization, it lasts # days.", "the World Health Organization", False),
        ("It lasts # days [12].", "[12]", True),
        ("It lasts # days.", "", False),
        ("The fault was reported by 40% of those asked and lasted # days.", "", False),
        (
            "It was long, as reported by the keepers of the northern lighthouse: it lasted # days.",
            "the keepers of the northern lighthouse",
            False,
        ),
    ],
)
def test_attribution(sentence: str, attribution: str, locatable: bool) -> None:
    """The study or body that a sentence names is read verbatim, and whether it can be found."""
    words, start, found = find_attribution(sentence, sentence.index("#"))
    assert (words, found) == (attribution, locatable)
    assert not words or sentence[start:].startswith(words)


@pytest.mark.parametrize(
    ("sentence", "statistic"),
    [
        ("The median time was # days.", "median"),
        ("On average it lasted # days.", "mean"),
        ("It typically lasts # days.", "typical"),
        ("The longest case lasted # days.", "maximum"),
        ("It lasted # days.", ""),
        ("A fitter needs # days for an average roof.", ""),
        ("It takes # on average.", "mean"),
        ("Maximal oxygen uptake falls after # days.", ""),
        ("The maximum stay was # days.", "maximum"),
    ],
)
def test_statistic(sentence: str, statistic: str) -> None:
    """What a figure is of is said by the words beside it."""
    at = sentence.index("#")
    assert find_statistic(sentence, at, at + 1)[0] == statistic


@pytest.mark.parametrize(
    ("sentence", "subjects"),
    [
        ("In most patients it lasts # days.", "most patients"),
        ("It lasts # days in some people.", "some people"),
        ("Some report relief for # days.", "Some"),
        ("Nine out of ten patients slept for # days.", "Nine out of ten patients"),
        ("It lasts # days.", ""),
    ],
)
def test_subjects(sentence: str, subjects: str) -> None:
    """Of whom a figure speaks is read verbatim."""
    at = sentence.index("#")
    assert find_subjects(sentence, at, at + 1)[0] == subjects


# --- cues -----------------------------------------------------------------------------------------------------------


def test_longest_cue_wins() -> None:
    """Of two cues at one place the longer is found."""

    lexicon = Lexicon([Cue("dose", "f", "short"), Cue("last dose", "f", "long"), Cue("dos*", "f", "stem")])
    hits = lexicon.find(["the", "last", "dose", "and", "dosing"])
    assert [hit.cue.code for hit in hits] == ["long", "stem"]


@pytest.mark.parametrize("text", ["", "a b c d e", "a(b", "m*", "a*b", "a//b"])
def test_broken_cue(text: str) -> None:
    """A cue that cannot be read is refused."""
    with pytest.raises(CueError):
        split_cue(text)


@given(st.text(alphabet="ab —(–)[]#,.;'’-\n1", max_size=120), st.integers(0, 100), st.integers(0, 100))
@settings(max_examples=150, deadline=None)
def test_distance_is_never_negative(text: str, one: int, two: int) -> None:
    """Words keep their offsets, and no distance is below nothing."""
    words = Words(text, 0, len(text), [Span(3, 5)] if len(text) > 5 else [])
    assert len(words.words) == len(words.starts) == len(words.ends)
    if words.words:
        assert words.distance(one % len(words.words), two % len(words.words)) >= 0


# --- inflection -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("simmer", "simmer simmers simmered simmering"),
        ("bake", "bake bakes baked baking"),
        ("carry", "carry carries carried carrying"),
        ("dig", "dig digs dug digging"),
        ("wear off", "wear off, wears off, wore off, worn off, wearing off"),
        ("travel", "travel travels traveled travelled traveling travelling"),
        ("stop", "stop stops stopped stopping"),
        ("lie", "lie lies lay lain lying"),
        ("document+", "documented documenting"),
    ],
)
def test_verb_has_all_its_forms(verb: str, forms: str) -> None:
    """A verb of the vocabulary stands for all its forms, in both spellings."""
    assert inflect_verb(verb) == (forms.split(", ") if "," in forms else forms.split())


def test_noun_has_its_plural() -> None:
    """A noun of the vocabulary stands for its plural too."""
    assert [inflect_noun(noun)[1] for noun in ("journey", "ferry", "class")] == ["journeys", "ferries", "classes"]


@pytest.mark.parametrize("table", ["verbs", "nouns", "upkeep"])
def test_every_form_is_a_cue(table: str) -> None:
    """Each word of the vocabulary is a cue of at most four words, and names a grade."""
    for _, grade, form in list_forms(table):
        assert grade in ("sure", "plain", "weak")
        assert split_cue(form)


# --- precision ------------------------------------------------------------------------------------------------------

RULES = st.sampled_from(sorted({" + ".join((kind[2], kind[1])) for kind in load_counts()[1] if len(kind) > 2}))


@given(role=st.sampled_from(["persistence", "onset", "other"]), rule=st.text() | RULES)
def test_precision_is_a_share(role: str, rule: str) -> None:
    """Whatever the rule, known or not, its precision lies between nothing and all."""
    assert 0 <= find_precision(role, rule) <= 1


def test_a_rule_that_nobody_counted_is_as_certain_as_those_like_it() -> None:
    """What is like it gave the same role, by a word of the same class or by none."""
    rules = ("a rule of tomorrow", "another 'one'", "a rule + beginning", "another + beginning")
    first, second, third, fourth = (find_precision("onset", rule) for rule in rules)
    assert first == second < third == fourth


def test_a_rule_s_words_are_no_part_of_its_name() -> None:
    """What a question or a column says changes from review to review."""
    assert name_rule("question 'how long does it take'") == "question"
    assert name_rule("within # + changing, told of") == "within # + changing, told of"


RULES = st.sampled_from(
    ("within # + changing", "the document's subject", "lasting # of 'relief'", "kind count", "last 'em #", "named")
)
PROSE = st.text("abc x;'=:\u2019\"-1", min_size=1, max_size=20).filter(lambda text: text == " ".join(text.split()))


@st.composite
def make_found(draw: st.DrawFn) -> Found:
    """Make a code that words of a document gave."""
    words = draw(PROSE)
    start = draw(st.integers(0, 10_000))
    return Found(draw(st.sampled_from(("onset", "prefrontal cortex"))), draw(RULES), words, start, start + len(words))


@given(st.dictionaries(st.sampled_from(FACETS), make_found(), min_size=1))
def test_a_cue_is_read_as_it_was_written(coding: dict[str, Found]) -> None:
    assert read_cue(write_cue(coding)) == coding


def test_a_cue_is_silent_where_nothing_was_said() -> None:
    coding = {"region": Found("none", "not stated"), "attribution": Found("", "not stated")}
    assert write_cue(coding) == ""
    assert read_cue("") == {}


def test_words_without_a_place_are_read() -> None:
    asked = Found("onset", "question", "how soon")
    assert read_cue(write_cue({"role": asked})) == {"role": asked}


# --- origins --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", read_cases("origins"), ids=lambda row: row["reason"])
def test_whom_a_sentence_names_is_read(row: dict[str, str]) -> None:
    """The origin is verbatim where a sentence names one, and empty where it names none."""
    claim = next(one for one in code(row["text"]) if one.kind in ("duration", "frequency"))
    assert claim.attribution == row["attribution"]
    assert claim.locatable == (row["locatable"] == "true")


# --- statistics and subjects ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", read_cases("subjects"), ids=lambda row: row["reason"])
def test_what_and_whom_a_figure_is_of_is_read(row: dict[str, str]) -> None:
    """A mean, a median or the like, and the part of people or things, are read as the sentence has them."""
    claim = [one for one in code(row["text"]) if one.kind in ("duration", "frequency")][-1]
    assert (claim.statistic, claim.subjects) == (row["statistic"], row["subjects"])
