"""Answerability: how likely it is that what was found answers the question."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from strategybot.answering.evidence import FEATURES, Asked, Evidence, Rarity, stack
from strategybot.questions.kinds import share_held
from strategybot.questions.understanding import Question

SIGNALS = (
    "best_score", "second_score", "meaning", "meaning_asking", "words", "words_with_headings", "named", "name_run",
    "covered", "missing_weight", "value_score", "value_cover", "value_meaning", "terms", "digits", "wants",
)  # fmt: skip
MANY_TERMS = 12


def read_signals(
    question: Question, evidence: Sequence[Evidence], *, scores: NDArray[np.float64], rarity: Rarity
) -> NDArray[np.float64]:
    """Return one value for each of SIGNALS, shape (n_signals,); zeros if nothing was found."""
    if not evidence:
        return np.zeros(len(SIGNALS))
    asked = Asked.of(question)
    features = stack(evidence)
    order = np.argsort(-scores, kind="stable")
    near = [evidence[n] for n in order[:3]]
    held = frozenset().union(*(each.wide_stems for each in near))
    missing = [rarity.weight(stem) for stem in asked.stems if not rarity.share(frozenset([stem]), held)]
    heaviest = max((rarity.weight(stem) for stem in asked.stems), default=1.0)
    held_values = np.array([share_held(asked.wants, each.sentence.text) if asked.wants else 1.0 for each in evidence])
    meaning, wide = (features[:, FEATURES.index(name)] for name in ("meaning_asking", "words_with_headings"))
    values = {
        "best_score": float(scores[order[0]]),
        "second_score": float(scores[order[1]]) if len(order) > 1 else 0.0,
        "covered": rarity.share(asked.stems, held),
        "missing_weight": max(missing, default=0.0) / heaviest,
        "value_score": float((scores * held_values).max()),
        "value_cover": float((wide * held_values).max()),
        "value_meaning": float((meaning * held_values).max()),
        "wants": float(bool(asked.wants)),
        "terms": min(1.0, len(asked.stems) / MANY_TERMS),
        "digits": float(bool(asked.numbers)),
    }
    for name in ("meaning", "meaning_asking", "words", "words_with_headings", "named", "name_run"):
        values[name] = float(features[:, FEATURES.index(name)].max())
    return np.array([values[name] for name in SIGNALS])
