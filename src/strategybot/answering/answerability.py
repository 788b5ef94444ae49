"""Answerability: how likely it is that what was found answers the question."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from strategybot.answering.evidence import FEATURES, OWN, Asked, Evidence, Rarity, numbers, stack
from strategybot.questions.kinds import VALUE_WORDS, share_held
from strategybot.questions.terms import said_stems, soft_matches, stems
from strategybot.questions.understanding import Question
from strategybot.retrieval.retriever import Encode

SIGNALS = (
    "best_score", "second_score", "words_with_headings", "covered", "missing_weight", "value_score", "bare_meaning",
    "predicate", "complete", "figures", "figures_asked", "name_run", "wants", "drafting",
    "comparison", "eligibility", "status", "parts", "conversation",
)  # fmt: skip
BARE = 5
"""Sentences that are compared with the question without their title and headings."""
NEAR = 10
"""Sentences among which one that says all that is asked is looked for."""


def read_signals(
    question: Question,
    evidence: Sequence[Evidence],
    *,
    scores: NDArray[np.float64],
    rarity: Rarity,
    encode: Encode,
) -> NDArray[np.float64]:
    """Return one value for each of SIGNALS, shape (n_signals,); zeros if nothing was found."""
    if not evidence:
        return np.zeros(len(SIGNALS))
    asked = Asked.of(question)
    asked = replace(asked, stems=asked.stems - stems(VALUE_WORDS) or asked.stems)
    order = np.argsort(-scores, kind="stable")
    near = [evidence[n] for n in order[:BARE]]
    held = frozenset().union(*(each.wide_stems for each in near[:3]))
    missing = [rarity.weight(word) for word in asked.stems if not soft_matches(word, held)]
    heaviest = max((rarity.weight(word) for word in asked.stems), default=1.0)
    values = {
        "best_score": float(scores[order[0]]),
        "second_score": float(scores[order[1]]) if len(order) > 1 else 0.0,
        "words_with_headings": float(stack(evidence)[:, FEATURES.index("words_with_headings")].max()),
        "covered": rarity.share(asked.stems, held),
        "missing_weight": max(missing, default=0.0) / heaviest,
        "value_score": float((scores * _values_held(question, asked, evidence)).max()),
        "bare_meaning": _bare_meaning(question, near, encode),
        "predicate": max(_predicate_share(asked, each, rarity=rarity) for each in near),
        "complete": max(
            _predicate_share(asked, each, rarity=rarity) * bool(share_held(asked.wants, each.sentence.text))
            for each in [evidence[n] for n in order[:NEAR]]
        ),
        "figures": max(len(asked.numbers & numbers(each.sentence.text)) for each in near) / max(1, len(asked.numbers)),
        "figures_asked": float(bool(asked.numbers)),
        "name_run": max(float(each.own[OWN.index("name_run")]) for each in near),
        "wants": float(bool(asked.wants)),
        **{kind: float(question.kind == kind) for kind in ("drafting", "comparison", "eligibility", "status")},
        "parts": float(len(question.parts) > 1),
        "conversation": float(question.text != question.standalone),
    }
    return np.array([values[name] for name in SIGNALS])


def _values_held(question: Question, asked: Asked, evidence: Sequence[Evidence]) -> NDArray[np.float64]:
    """Return how far each sentence holds the values asked for: any of them will do where several things are asked."""
    if not asked.wants:
        return np.ones(len(evidence))
    shares = np.array([share_held(asked.wants, each.sentence.text) for each in evidence])
    return np.asarray(shares > 0, dtype=np.float64) if len(question.parts) > 1 else shares


def _bare_meaning(question: Question, near: Sequence[Evidence], encode: Encode) -> float:
    """Return the best cosine of the question, or of its asking sentences, to the bare words of the best sentences."""
    asked = list(dict.fromkeys((question.standalone, question.asking)))
    vectors = encode([*asked, *(each.sentence.text for each in near)])
    return float((vectors[len(asked) :] @ vectors[: len(asked)].T).max())


def _predicate_share(asked: Asked, evidence: Evidence, *, rarity: Rarity) -> float:
    """Return how much of what is asked about a document, its name aside, one of its sentences says; 1 if nothing is."""
    predicate = asked.stems - said_stems(evidence.metadata.title)
    return rarity.share(predicate, evidence.stems) if predicate else 1.0
