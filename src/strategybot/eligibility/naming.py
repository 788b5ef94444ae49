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
class _Name:
    held: Held
    run: str
    stems: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class NamedSchemes:
    """The names of schemes as stems, prepared once.

    Attributes:
        names: Every name of every scheme.
        rarity: The weight of each stem.
    """

    names: tuple[_Name, ...]
    rarity: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Naming:
    held: Held
    share: float
    words: frozenset[str]


def prepare_names(schemes: Sequence[Held]) -> NamedSchemes:
    """Prepare the names of schemes to be looked for."""
    rarity = _rarity(schemes)
    names = tuple(
        _Name(held, " ".join(ordered_stems(name)), stems(name), sum(rarity[word] for word in stems(name)))
        for held in schemes
        for name in _names(held)
    )
    return NamedSchemes(names, rarity)


def find_named(text: str, schemes: NamedSchemes) -> tuple[Held, ...]:
    """Return the schemes that a text names, the most fully named first.

    Of two schemes the one is left out whose words in the text are only part of the words of the other.
    """
    run, words = ordered_stems(text), stems(text)
    best: dict[str, _Naming] = {}
    for name in schemes.names:
        naming = _naming(name, run, words, schemes.rarity)
        known = best.get(name.held.scheme.id)
        if naming and (known is None or (naming.share, len(naming.words)) > (known.share, len(known.words))):
            best[name.held.scheme.id] = naming
    kept = [one for one in best.values() if not any(one.words < other.words for other in best.values())]
    return tuple(n.held for n in sorted(kept, key=lambda n: (-n.share, -len(n.words), n.held.scheme.id)))


def _naming(name: _Name, run: Sequence[str], words: frozenset[str], rarity: Mapping[str, float]) -> _Naming | None:
    shared = name.stems & words
    if f" {name.run} " in f" {' '.join(run)} ":
        return _Naming(name.held, 1.0, shared)
    share = sum(rarity[word] for word in shared) / name.weight if name.weight else 0.0
    enough = share >= NAMED_SHARE and shared - GENERIC and longest_run(name.run, " ".join(run)) >= IN_A_ROW
    return _Naming(name.held, share, shared) if enough else None


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
