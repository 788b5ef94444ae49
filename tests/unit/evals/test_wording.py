"""How wordings are compared."""

import pytest

from evals.wording import count_words, fold, is_shown, is_worded, parse_markers


def test_folding_drops_case_typography_and_thousands_commas() -> None:
    assert fold("The LEP’s 1,000\u00a0firms – 40 per cent") == "the lep's 1000 firms - 40%"


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("£11bn", "grew by £11bn."),
        ("1,000", "some 1000 people"),
        ("20%", "a rate of 20 per cent"),
        ("NHS", "the nhs"),
    ],
)
def test_a_string_is_shown_as_whole_words(wanted: str, text: str) -> None:
    assert is_shown(wanted, text)


@pytest.mark.parametrize(
    ("wanted", "text"), [("Level 4", "Level 40"), ("1,000", "11,000"), ("art", "a party"), ("£5", "£50")]
)
def test_a_part_of_a_word_is_not_shown(wanted: str, text: str) -> None:
    assert not is_shown(wanted, text)


def test_a_claim_is_worded_as_its_quotes_but_for_punctuation_and_markers() -> None:
    assert is_worded("The fund pays £1,000 [1].", "Since May, the fund pays £1,000; it")


def test_a_claim_in_other_words_is_not_worded_as_its_quotes() -> None:
    assert not is_worded("The fund paid £1,000.", "The fund pays £1,000.")


def test_markers_stand_once_in_order_of_first_use() -> None:
    assert parse_markers("One [2], two [1] [2] and [10].") == (2, 1, 10)


def test_an_empty_text_has_no_words_and_no_markers() -> None:
    assert count_words("") == 0
    assert parse_markers("") == ()
