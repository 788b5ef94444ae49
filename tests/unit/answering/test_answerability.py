"""Answerability: the signals of what was found, finite and zero if nothing was."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from strategybot.answering.answerability import SIGNALS, read_signals
from strategybot.answering.evidence import stack
from strategybot.schema import Turn
from tests.fakes import FakeEmbedder
from tests.unit.answering.builders import Asking, a_calibration, asking


def signals_of(found: Asking) -> NDArray[np.float64]:
    evidence = found.evidence()
    scores = a_calibration().sentence.probabilities(stack(evidence))
    encode = FakeEmbedder().encode
    return read_signals(found.question, evidence, scores=scores, rarity=found.rarity, encode=encode)


def signal(found: Asking, name: str) -> float:
    return float(signals_of(found)[SIGNALS.index(name)])


def test_no_evidence_gives_zeros() -> None:
    assert signals_of(asking("What does the growth grant pay?", k=0)).tolist() == [0.0] * len(SIGNALS)


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_signals_of_any_question_are_finite(text: str) -> None:
    signals = signals_of(asking(text))

    assert signals.shape == (len(SIGNALS),)
    assert np.isfinite(signals).all()


def test_a_question_whose_words_are_said_is_covered_and_one_whose_are_not_is_not() -> None:
    said, unsaid = asking("Retailers and restaurants?"), asking("Submarines and volcanoes?")

    assert signal(said, "covered") == 1 > signal(unsaid, "covered") == 0
    assert signal(said, "missing_weight") == 0 < signal(unsaid, "missing_weight") == 1
    assert signal(said, "best_score") > signal(unsaid, "best_score")
    assert signal(said, "words_with_headings") == 1 > signal(unsaid, "words_with_headings") == 0


def test_figures_that_are_asked_about_are_looked_for() -> None:
    held, other, none = (asking(f"Is the growth grant {figure}?") for figure in ("£50,000", "£51,000", "large"))

    assert (signal(held, "figures"), signal(held, "figures_asked")) == (1, 1)
    assert (signal(other, "figures"), signal(other, "figures_asked")) == (0, 1)
    assert (signal(none, "figures"), signal(none, "figures_asked")) == (0, 0)


def test_the_best_score_is_not_below_the_second() -> None:
    found = asking("What does the growth grant pay?")

    assert 1 >= signal(found, "best_score") >= signal(found, "second_score") > 0


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Compare the grants with the plan", "comparison"),
        ("Can a retailer apply?", "eligibility"),
        ("Are grants still open?", "status"),
        ("Draft a reply about grants", "drafting"),
        ("What is the growth grant, and when does it close?", "parts"),
        ("How much is the growth grant?", "wants"),
    ],
)
def test_the_sort_of_question_is_signalled(text: str, name: str) -> None:
    assert signal(asking(text), name) == 1
    assert signal(asking("What of Leeds?"), name) == 0


def test_a_question_that_leans_on_the_conversation_is_signalled() -> None:
    history = (Turn(role="user", content="What does the growth grant pay?"),)

    assert signal(asking("And who can apply?", history=history), "conversation") == 1
    assert signal(asking("And who can apply?"), "conversation") == 0
