"""Naming: which schemes a question calls by name, in full, by another name or by what is distinctive of the name."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from strategybot.eligibility.matching import Held
from strategybot.questions.terms import longest_run, ordered_stems, stems

NAMED_SHARE = 0.75
"""Share of a name, by how rare its words are among all names, from which a question is taken to say it."""
BRACKETS = re.compile(r"\s*\([^)]*\)")
GENERIC = stems(
    "scheme fund grant programme program support service loan business growth relief help call page start-up"
)
"""Words that many names share: alone they name nothing."""


GENERIC_WEIGHT = 0.3
IN_A_ROW = 2
"""Words of a name that must stand in a row in a text that does not say the whole name."""


@dataclass(frozen=True, slots=True)
class _Naming:
    held: Held
    share: float
    words: frozenset[str]


def find_named(text: str, schemes: Sequence[Held]) -> tuple[Held, ...]:
    """Return the schemes that a text names, the most fully named first.

    Of two schemes the one is left out whose words in the text are only part of the words of the other.
    """
    rarity = _rarity(schemes)
    found = [naming for held in schemes if (naming := _naming(held, text, rarity))]
    kept = [one for one in found if not any(one.words < other.words for other in found)]
    return tuple(n.held for n in sorted(kept, key=lambda n: (-n.share, -len(n.words), n.held.scheme.id)))


def _naming(held: Held, text: str, rarity: Mapping[str, float]) -> _Naming | None:
    run, words = f" {' '.join(ordered_stems(text))} ", stems(text)
    best: _Naming | None = None
    for name in _names(held):
        own = stems(name)
        shared = own & words
        weight = sum(rarity.get(word, 0.0) for word in own)
        whole = f" {' '.join(ordered_stems(name))} " in run
        share = 1.0 if whole else sum(rarity.get(word, 0.0) for word in shared) / weight if weight else 0.0
        enough = whole or (share >= NAMED_SHARE and bool(shared - GENERIC) and longest_run(name, text) >= IN_A_ROW)
        if enough and (best is None or (share, len(shared)) > (best.share, len(best.words))):
            best = _Naming(held, share, shared)
    return best


def _names(held: Held) -> tuple[str, ...]:
    scheme = held.scheme
    return tuple(dict.fromkeys((scheme.name, BRACKETS.sub("", scheme.name), *scheme.aliases)))


def _rarity(schemes: Sequence[Held]) -> dict[str, float]:
    """Return the weight of each stem: its inverse document frequency over the names of schemes, less if generic."""
    counts = Counter(word for held in schemes for word in stems(" ".join(_names(held))))
    return {
        word: math.log(1 + len(schemes) / count) * (GENERIC_WEIGHT if word in GENERIC else 1.0)
        for word, count in counts.items()
    }
