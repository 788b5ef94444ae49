"""Terms: long forms and short forms stand for one another, and amounts are searched for as phrases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.questions.terms import lexical_terms, load_vocabulary, said_stems, stem, stems

VOCABULARY = load_vocabulary()


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("the Local Growth Plan of 2025", "the lgp of 2025"),
        ("the local  growth-plan", "the lgp"),
        ("research and development", "r&d"),
        ("West Yorkshire Combined Authority", "wyca"),
        ("West Yorkshire", "wy"),
        ("West Yorks", "wy"),
        ("Tracy Brabin opened it", "mayor opened it"),
        ("locally growth plans", "locally growth plans"),
        ("", ""),
    ],
)
def test_long_forms_and_other_names_become_short_ones(text: str, short: str) -> None:
    assert VOCABULARY.shorten(text) == short


@given(st.text(max_size=60))
def test_shortening_any_text_twice_changes_no_more_than_once(text: str) -> None:
    once = VOCABULARY.shorten(text)

    assert VOCABULARY.shorten(once) == once


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("The Local Growth Plan and the Local Transport Plan", {"lgp", "ltp"}),
        ("The Local Growth Plan, the local growth plan", {"lgp"}),
        ("The LGP", set()),
        ("The growth plan", set()),
    ],
)
def test_the_short_forms_of_what_is_written_out_are_found(text: str, short: set[str]) -> None:
    assert VOCABULARY.short_forms(text) == {stem(each) for each in short}


def test_a_text_says_its_words_and_the_short_forms_of_what_it_writes_out() -> None:
    text = "The Local Growth Plan is for firms."

    assert said_stems(text) == stems(text) | {stem("lgp")}
    assert said_stems("It is for firms.") == stems("It is for firms.")


def test_whoever_asks_by_the_long_form_meets_who_writes_the_short_one() -> None:
    asked = stems(VOCABULARY.shorten("the Local Growth Plan"))

    assert asked <= said_stems("The LGP.")
    assert asked <= said_stems("The Local Growth Plan.")
    assert not asked & said_stems("A plan for local growth.")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("It is worth £130 billion", ["worth", "£130", "billion", "£130 billion"]),
        ("£10,000 of grants", ["£10000", "grants", "£10,000"]),
        ("£ 2.5 Million", ["2.5", "million", "£ 2.5 million"]),
        ("the of", []),
        ("20% of £5", ["20%", "£5"]),
    ],
)
def test_amounts_are_searched_for_as_phrases_beside_their_words(text: str, terms: list[str]) -> None:
    assert lexical_terms(text) == terms
