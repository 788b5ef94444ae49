"""The measures, by the names of the field: pure functions, each defined on nothing.

A ranking is document ids, best first, each once; gold is the set of documents that answer. With no gold
document the rank measures are 0, as in trec_eval; the reports leave such questions out.
"""

import math
from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from strategybot.schema import Frozen

Statistic = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""From values of shape (..., n) to a figure for each row, shape (...)."""

RESAMPLES = 1_000
CONFIDENCE = 0.95
_SEED = 20_261_123


class Estimate(Frozen):
    """A figure over some cases, with the interval that resampling the cases gives."""

    value: float
    low: float
    high: float
    count: int = Field(ge=1)


def recall_at(k: int, ranking: Sequence[str], gold: Collection[str]) -> float:
    """Return the share of gold documents among the first k: ``|gold ∩ ranking[:k]| / |gold|``.

    >>> recall_at(2, ["a", "b", "c"], {"a", "c"})
    0.5
    """
    return len(set(ranking[:k]) & set(gold)) / len(set(gold)) if gold else 0.0


def reciprocal_rank(ranking: Sequence[str], gold: Collection[str]) -> float:
    """Return ``1 / rank`` of the first gold document, ranks from 1; 0 if there is none.

    >>> reciprocal_rank(["a", "b", "c"], {"b", "c"})
    0.5
    """
    return next((1 / rank for rank, document in enumerate(ranking, start=1) if document in gold), 0.0)


def ndcg_at(k: int, ranking: Sequence[str], gold: Collection[str]) -> float:
    """Return the normalised discounted cumulative gain of the first k; a gold document gains 1.

    ``DCG = Σ gain / log2(rank + 1)`` over ranks 1 to k, divided by the DCG of a ranking that begins with
    all gold documents (Järvelin and Kekäläinen, TOIS 2002).

    >>> round(ndcg_at(10, ["a", "b"], {"b"}), 4)
    0.6309
    """
    gains = [document in gold for document in ranking[:k]]
    ideal = _discounted([True] * min(k, len(set(gold))))
    return _discounted(gains) / ideal if ideal else 0.0


def estimate(values: Sequence[float], statistic: Statistic) -> Estimate | None:
    """Return a statistic of the values with its bootstrap interval, or None where there are no values.

    The interval is the middle 95 % of the statistic over 1,000 samples of n values drawn with replacement,
    always the same samples for the same n (percentile bootstrap: Efron, Annals of Statistics 1979).
    """
    if not values:
        return None
    cases = np.asarray(values, dtype=np.float64)
    drawn = np.random.default_rng(_SEED).integers(0, len(cases), size=(RESAMPLES, len(cases)))
    low, high = np.quantile(statistic(cases[drawn]), [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Estimate(value=float(statistic(cases)), low=float(low), high=float(high), count=len(cases))


def mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of each row; of zeros and ones it is a share: accuracy, precision, recall."""
    return np.asarray(values.mean(axis=-1))


def total(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sum of each row."""
    return np.asarray(values.sum(axis=-1))


def percentile(share: float) -> Statistic:
    """Return the statistic that a share of a row does not exceed, interpolated linearly; 0.5: the median."""
    return lambda values: np.asarray(np.quantile(values, share, axis=-1))


def sign_test(gained: int, lost: int) -> float:
    """Return the two-sided p-value of a sign test: the chance of a split this uneven between equals.

    ``2 Σ_{i ≤ min} C(n, i) / 2^n`` with n = gained + lost, at most 1 (McNemar's exact test); 1 for no change.

    >>> sign_test(5, 0)
    0.0625
    """
    changed = gained + lost
    tail = sum(math.comb(changed, i) for i in range(min(gained, lost) + 1))
    return min(1.0, float(2 * tail / 2**changed))


def _discounted(gains: Sequence[bool]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
