"""The measures, worked by hand, and their laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics import estimate, mean, ndcg_at, percentile, recall_at, reciprocal_rank, sign_test, total

RANKING = ("a", "b", "c", "d")
documents = st.lists(st.sampled_from("abcdefghijklmno"), unique=True)


def test_recall_is_the_share_of_gold_documents_found() -> None:
    assert recall_at(2, RANKING, {"b", "d"}) == 0.5
    assert recall_at(4, RANKING, {"b", "d"}) == 1.0
    assert recall_at(4, RANKING, {"z"}) == 0.0


def test_reciprocal_rank_looks_at_the_first_gold_document() -> None:
    assert reciprocal_rank(RANKING, {"c", "d"}) == pytest.approx(1 / 3)
    assert reciprocal_rank(RANKING, {"z"}) == 0.0


def test_ndcg_discounts_by_rank() -> None:
    # Gold at ranks 2 and 4 of 2: (1/log2 3 + 1/log2 5) / (1 + 1/log2 3) = 1.061606 / 1.630930
    assert ndcg_at(10, RANKING, {"b", "d"}) == pytest.approx(0.650921, abs=1e-6)


def test_ndcg_with_more_gold_than_places_can_be_perfect() -> None:
    assert ndcg_at(2, RANKING, {"a", "b", "c"}) == 1.0


def test_without_gold_or_without_ranking_the_rank_measures_are_zero() -> None:
    assert recall_at(5, RANKING, set()) == reciprocal_rank(RANKING, set()) == ndcg_at(10, RANKING, set()) == 0.0
    assert recall_at(5, (), {"a"}) == reciprocal_rank((), {"a"}) == ndcg_at(10, (), {"a"}) == 0.0


@given(ranking=documents, gold=documents)
def test_rank_measures_lie_between_zero_and_one(ranking: list[str], gold: list[str]) -> None:
    for value in (recall_at(10, ranking, gold), reciprocal_rank(ranking, gold), ndcg_at(10, ranking, gold)):
        assert 0 <= value <= 1 + 1e-12


@given(gold=documents.filter(bool), rest=documents)
def test_rank_measures_are_one_when_all_gold_comes_first(gold: list[str], rest: list[str]) -> None:
    ranking = gold + [document for document in rest if document not in gold]

    assert reciprocal_rank(ranking, gold) == 1.0
    assert recall_at(15, ranking, gold) == 1.0
    assert ndcg_at(10, ranking, gold) == pytest.approx(1.0)


def test_an_estimate_of_nothing_is_none() -> None:
    assert estimate([], mean) is None


def test_an_estimate_of_equal_values_has_no_width() -> None:
    found = estimate([0.5] * 7, mean)

    assert found is not None
    assert (found.value, found.low, found.high, found.count) == (0.5, 0.5, 0.5, 7)


def test_an_interval_of_shares_is_near_the_normal_approximation() -> None:
    found = estimate([1.0] * 80 + [0.0] * 20, mean)

    # 0.8 ± 1.96 · sqrt(0.8 · 0.2 / 100) = 0.7216 … 0.8784
    assert found is not None
    assert found.low == pytest.approx(0.7216, abs=0.015)
    assert found.high == pytest.approx(0.8784, abs=0.015)


def test_an_estimate_is_the_same_each_time() -> None:
    values = [0.1, 0.9, 0.4]

    assert estimate(values, mean) == estimate(values, mean)


def test_statistics_work_row_by_row() -> None:
    rows = np.array([[1.0, 2.0, 3.0, 4.0], [0.0, 0.0, 0.0, 8.0]])

    assert mean(rows).tolist() == [2.5, 2.0]
    assert total(rows).tolist() == [10.0, 8.0]
    assert percentile(0.5)(rows).tolist() == [2.5, 0.0]


@pytest.mark.parametrize(
    ("gained", "lost", "p_value"),
    [(0, 0, 1.0), (5, 0, 0.0625), (3, 1, 0.625), (2, 2, 1.0), (10, 2, 0.03857421875)],
)
def test_the_sign_test_is_exact(gained: int, lost: int, p_value: float) -> None:
    assert sign_test(gained, lost) == pytest.approx(p_value)
