"""The fixed phrases: blanks are filled, and none says a figure of its own."""

import tomllib
from importlib.resources import files

import pytest

from strategybot.answering.phrases import phrase
from strategybot.grounding.quantities import find_quantities

TABLE = tomllib.loads(files("strategybot.answering").joinpath("phrases.toml").read_text("utf-8"))


def test_blanks_are_filled() -> None:
    assert phrase("notice", "closed", title="A plan", on="in May 2021") == "“A plan” closed in May 2021."


def test_a_phrase_that_does_not_exist_is_empty() -> None:
    assert phrase("opening", "lookup") == ""


def test_a_group_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        phrase("no such group", "lookup")


def test_a_blank_that_is_not_filled_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        phrase("notice", "closed", title="A plan")


@pytest.mark.parametrize("text", [text for group in TABLE.values() for text in group.values()])
def test_no_phrase_has_a_figure_of_its_own(text: str) -> None:
    assert find_quantities(text) == frozenset()
