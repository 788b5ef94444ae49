"""Fusion does not depend on the order of the rankings, and breaks ties by id."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from strategybot.retrieval.fusion import min_max, ranked, weighted_sum

SCORES = arrays(np.float64, st.integers(0, 8), elements=st.floats(-1e6, 1e6))
PARTS = st.integers(1, 6).flatmap(
    lambda n: st.lists(
        st.tuples(st.floats(0, 1), arrays(np.float64, n, elements=st.floats(-1e3, 1e3))), min_size=1, max_size=4
    )
)


@given(SCORES)
def test_scaled_scores_lie_between_0_and_1_and_keep_their_order(scores: NDArray[np.float64]) -> None:
    scaled = min_max(scores)

    assert scaled.shape == scores.shape
    assert ((scaled >= 0) & (scaled <= 1)).all()
    assert (np.diff(scaled[np.argsort(scores, kind="stable")]) >= 0).all()


@pytest.mark.parametrize(
    ("scores", "scaled"), [([], []), ([3.0], [1.0]), ([2.0, 2.0], [1.0, 1.0]), ([1.0, 3.0, 2.0], [0.0, 1.0, 0.5])]
)
def test_scores_are_scaled_to_the_best_and_the_worst(scores: list[float], scaled: list[float]) -> None:
    assert min_max(np.array(scores)).tolist() == scaled


@given(PARTS, st.randoms())
def test_fused_scores_do_not_depend_on_the_order_of_the_rankings(
    parts: list[tuple[float, NDArray[np.float64]]], dice: Random
) -> None:
    shuffled = dice.sample(parts, len(parts))

    assert weighted_sum(shuffled) == pytest.approx(weighted_sum(parts))


def test_weights_count() -> None:
    fused = weighted_sum([(0.8, np.array([0.0, 10.0])), (0.2, np.array([5.0, 1.0]))])

    assert fused == pytest.approx([0.2, 0.8])


def test_equal_scores_are_ranked_by_id() -> None:
    assert ranked({"b": 1.0, "a": 1.0, "c": 2.0}) == [("c", 2.0), ("a", 1.0), ("b", 1.0)]
