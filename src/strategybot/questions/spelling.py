"""Spelling: a word that no document holds, near to one that many do."""

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from strategybot.questions.terms import content_words, load_vocabulary, stem

SHORTEST = 5
LONG = 9


def correct_words(text: str, frequencies: Mapping[str, int]) -> tuple[str, ...]:
    """Return the stems that misspelt words of a text were probably meant to be.

    Args:
        text: What was typed.
        frequencies: Every stem of the index with the number of passages that hold it.
    """
    places = load_vocabulary().places
    unknown = {
        stem(word)
        for word in content_words(text)
        if len(word) >= SHORTEST and word.isalpha() and stem(word) not in frequencies and word not in places
    }
    return tuple(found for each in sorted(unknown) if (found := _nearest(each, frequencies)))


def _nearest(misspelt: str, frequencies: Mapping[str, int]) -> str | None:
    """Return the most frequent stem one slip away (two in a long word) that begins with the same letter."""
    reach = 1 if len(misspelt) < LONG else 2
    same = [word for word in frequencies if word[:1] == misspelt[:1]]
    near = process.extract(misspelt, same, scorer=OSA.distance, score_cutoff=reach, limit=5)
    return min(near, key=lambda hit: (hit[1], -frequencies[hit[0]], hit[0]))[0] if near else None
