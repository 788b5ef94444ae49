"""Selection: which sentences answer, found by their scores, by what they add, and by the parts of the question."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strategybot.answering.evidence import Evidence, Rarity
from strategybot.schema import Frozen


class Budget(Frozen):
    """How much a reply may say."""

    words: int
    sentences: int


class SelectionWeights(Frozen):
    """How selection weighs what a sentence adds; set by calibration."""

    coverage: float = 0.3
    repeat: float = 0.6
    section: float = 0.05
    floor: float = 0.05
    part_floor: float = 0.3
    documents: int = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A question inside the question: its stems, and how well each candidate answers it, shape (n,)."""

    text: str
    stems: frozenset[str]
    scores: NDArray[np.float64]


def select(
    evidence: Sequence[Evidence],
    scores: NDArray[np.float64],
    *,
    parts: Sequence[Part],
    asked: frozenset[str],
    rarity: Rarity,
    limits: tuple[Budget, SelectionWeights],
) -> tuple[list[int], tuple[int | None, ...]]:
    """Choose sentences: the best for each part, its second best if nearly as good, then what scores well and adds.

    Args:
        evidence: Candidates; none gives nothing.
        scores: Their probability of answering, shape (n,).
        parts: Of the question; none if it is single.
        asked: Stems of the whole question.
        rarity: Of words in this index.
        limits: The budget and the weights.

    Returns:
        The chosen rows in order of choice, and for each part the row that answers it, None if none fitted.
    """
    budget, weights = limits
    chosen: list[int] = []
    answers: list[int | None] = []
    for part in parts:
        best = _first_that_fits(np.argsort(-part.scores, kind="stable"), evidence, chosen, budget)
        chosen += [best] if best is not None and best not in chosen else []
        answers.append(best)
    pooled = np.max([scores, *(part.scores for part in parts)], axis=0)
    while (best := _next(evidence, pooled, chosen, asked=asked, rarity=rarity, limits=limits)) is not None:
        chosen.append(best)
    return chosen, tuple(answers)


def _first_that_fits(
    order: NDArray[np.intp], evidence: Sequence[Evidence], chosen: Sequence[int], budget: Budget
) -> int | None:
    """Return the first in order that was chosen before or still fits the budget."""
    return next((int(n) for n in order if n in chosen or _fits(evidence, [*chosen, int(n)], budget)), None)


def _next(
    evidence: Sequence[Evidence],
    scores: NDArray[np.float64],
    chosen: Sequence[int],
    *,
    asked: frozenset[str],
    rarity: Rarity,
    limits: tuple[Budget, SelectionWeights],
) -> int | None:
    budget, weights = limits
    said = frozenset().union(*(evidence[n].wide_stems for n in chosen)) if chosen else frozenset()
    held = rarity.share(asked, said)
    floor = weights.floor * float(scores.max(initial=0.0))
    best, best_gain = None, -1.0
    for n, each in enumerate(evidence):
        if n in chosen or scores[n] < floor or not _fits(evidence, [*chosen, n], budget):
            continue
        new = rarity.share(asked, said | each.wide_stems) - held
        repeats = max((float(each.vector @ evidence[c].vector) for c in chosen), default=0.0)
        near = bool(chosen) and each.sentence.prefix == evidence[chosen[0]].sentence.prefix
        gain = float(scores[n]) + weights.coverage * new + weights.section * near
        gain -= weights.repeat * max(0.0, repeats - 0.85)
        if gain > best_gain:
            best, best_gain = n, gain
    return best


def _fits(evidence: Sequence[Evidence], chosen: Sequence[int], budget: Budget) -> bool:
    words = sum(len(evidence[n].sentence.text.split()) for n in chosen)
    return len(chosen) <= budget.sentences and (words <= budget.words or len(chosen) == 1)
