"""Likeness: a guess at what a business does where no word for it is known, by the likeness of meanings."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from strategybot.profiles.cues import cue
from strategybot.profiles.telling import Found, Telling
from strategybot.profiles.trades import sector_words

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
LEAST, LEAD = 0.62, 0.06
"""Cosine below which nothing is guessed, and by which the best leaf must lead the second.

Tried on thirty trades that the lists lack and phrases that are none: of 10 guesses 8 were right.
"""
SUREST = 0.7


def guess_sector(telling: Telling, encode: Encode) -> Found | None:
    """Return the leaf one of whose words is most like the words for a trade; None if there are none or none is near."""
    span = _trade_span(telling)
    if span is None:
        return None
    names, owners, vectors = _encoded(encode)
    likeness = vectors @ encode([telling.plain[slice(*span)]])[0]
    nearest = np.array([likeness[owners == n].max() for n in range(len(names))])
    second, best = (int(n) for n in np.argsort(nearest, kind="stable")[-2:])
    if nearest[best] < LEAST or nearest[best] - nearest[second] < LEAD:
        return None
    return Found("sector", names[best], *span, certainty=round(min(SUREST, float(nearest[best])), 2))


@lru_cache(maxsize=1)
def _encoded(encode: Encode) -> tuple[Sequence[str], NDArray[np.int64], NDArray[np.float32]]:
    """Return the leaves, the number of the leaf that each word is of, and the words' vectors, made once."""
    words = sector_words()
    owners = np.repeat(np.arange(len(words)), [len(each) for each in words.values()])
    return tuple(words), owners, encode([word for each in words.values() for word in each])


def _trade_span(telling: Telling) -> tuple[int, int] | None:
    """Return where the words for a trade stand."""
    for found in cue("trade_words", "told").finditer(telling.marked):
        group = next(name for name, words in found.groupdict().items() if words)
        words = cue("trade_words", "stop").split(found[group])[0]
        lead = cue("trade_words", "lead").match(words)
        start = found.start(group) + (lead.end() + 1 if lead else 0)
        words = words[lead.end() + 1 :] if lead else words
        if words.strip(" _#¤@%~"):
            return start, start + len(words)
    return None
