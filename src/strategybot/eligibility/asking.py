"""Asking: the one question that settles most of what is unknown."""

import math
from collections import defaultdict
from collections.abc import Sequence

from strategybot.eligibility.matching import Fit
from strategybot.schema import Asking

EVEN = 0.5
"""How likely an unknown criterion is taken to be met: nothing is known of it."""
LOOKED_AT = 20
"""Schemes, best first, that a question is to settle."""


def find_question(fits: Sequence[Fit]) -> Asking | None:
    """Return the question with the highest expected information gain over the schemes that may fit; None if none gains.

    The verdict on a scheme with n undecided criteria, each met with probability 1/2, has the entropy h(2^-n). A fact
    that decides k of them leaves h(2^-(n-k)) if all k are met, and nothing to be known otherwise; the gain is
    h(2^-n) - 2^-k h(2^-(n-k)) (mutual information; Cover and Thomas, Elements of Information Theory, 2.4), summed over
    schemes, each counting by its closeness to what is needed.
    """
    gains: defaultdict[str, float] = defaultdict(float)
    questions: dict[str, str] = {}
    for fit in [fit for fit in fits if fit.fits and fit.closeness > 0][:LOOKED_AT]:
        unknown = len(fit.unknown)
        for fact in dict.fromkeys(judged.asks for judged in fit.unknown if judged.asks):
            decided = [judged for judged in fit.unknown if judged.asks == fact]
            gains[fact] += fit.closeness * _gain(unknown, len(decided))
            questions.setdefault(fact, next((j.question for j in decided if j.question), ""))
    best = max((fact for fact in gains if questions[fact]), key=lambda fact: (gains[fact], fact), default=None)
    return Asking(fact=best, text=questions[best]) if best else None


def _gain(unknown: int, decided: int) -> float:
    return _entropy(EVEN**unknown) - EVEN**decided * _entropy(EVEN ** (unknown - decided))


def _entropy(p: float) -> float:
    """Return the entropy in bits of an event of probability p."""
    if p in (0.0, 1.0):
        return 0.0
    return -p * math.log2(p) - (1 - p) * math.log2(1 - p)
