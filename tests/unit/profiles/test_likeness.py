from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from strategybot.profiles.reading import read_profile

TODAY = date(2026, 11, 23)


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return one axis for ostriches and farming, one for gizmoids, and one for every other text."""
    axes = [0 if text in ("ostriches", "farming") else 1 if text == "gizmoids" else 2 for text in texts]
    return np.eye(3, dtype=np.float32)[axes]


def test_a_trade_without_a_known_word_is_guessed_and_marked_as_a_guess() -> None:
    known = read_profile("we breed ostriches in Otley", encode=encode, today=TODAY).get("sector")

    assert known is not None
    assert known.value == "farming"
    assert known.said == "ostriches"
    assert known.certainty < 1


@pytest.mark.parametrize("text", ["is there a grant in Otley", "we sell gizmoids", ""])
def test_nothing_is_guessed_without_a_trade_or_a_likeness(text: str) -> None:
    assert read_profile(text, encode=encode, today=TODAY).get("sector") is None


def test_a_known_word_is_not_guessed_again() -> None:
    known = read_profile("we run a bakery", encode=encode, today=TODAY).get("sector")

    assert known is not None
    assert known.certainty == 1
