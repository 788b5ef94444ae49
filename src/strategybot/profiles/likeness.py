"""Likeness: a guess at what a business does where no word for it is known, by the likeness of meanings."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategybot.eligibility.trees import load_tree
from strategybot.profiles.cues import cue
from strategybot.profiles.telling import Found, Telling

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
LEAST = 0.35
"""Cosine below which nothing is guessed."""
LEAD = 0.02
"""By which the best leaf must lead the second."""


def guess_sector(telling: Telling, encode: Encode) -> Found | None:
    """Return the leaf whose label is most like the words for a trade; None if there are none or none is near."""
    span = _trade_span(telling)
    if span is None:
        return None
    tree = load_tree("sectors")
    leaves = sorted(tree.leaves)
    vectors = encode([telling.plain[slice(*span)], *(tree.label(leaf) for leaf in leaves)])
    likeness: NDArray[Any] = vectors[1:] @ vectors[0]
    best, second = (int(n) for n in np.argsort(-likeness, kind="stable")[:2])
    if likeness[best] < LEAST or likeness[best] - likeness[second] < LEAD:
        return None
    return Found("sector", leaves[best], *span, certainty=round(min(0.9, float(likeness[best])), 2))


def _trade_span(telling: Telling) -> tuple[int, int] | None:
    """Return where the words for a trade stand."""
    for found in cue("trade_words", "told").finditer(telling.named):
        group = next(name for name, words in found.groupdict().items() if words)
        start, words = found.start(group), found[group]
        words = cue("trade_words", "stop").split(words)[0]
        lead = cue("trade_words", "lead").match(words)
        if lead:
            start, words = start + lead.end() + 1, words[lead.end() + 1 :]
        if words.strip(" _#¤@%~"):
            return start, start + len(words)
    return None
