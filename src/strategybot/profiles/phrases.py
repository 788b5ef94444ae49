"""Phrases: where words of a list stand in a text, whatever their hyphens, accents and plurals."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

T = TypeVar("T")
WORD = re.compile(r"[^\W_]+(?:['&][^\W_]+)*")
JOINT = re.compile(r"(?: ?[-&/] ?| )\Z")
SHORT = 3
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase(Generic[T]):
    """A phrase of a list where it stands in a text, with what the list says of it."""

    start: int
    end: int
    meaning: T


def phrase_key(phrase: str) -> Key:
    """Return what a phrase is found by: its words without accents and plural endings."""
    return tuple(_singular(found[0]) for found in WORD.finditer(phrase.lower()))


class PhraseTable(Generic[T]):
    """What phrases mean, by key, with how many words the longest phrase has that begins with a word."""

    def __init__(self, meanings: Iterable[tuple[str, T]]) -> None:
        """Take phrases with what they mean; of two with the same key the later one counts."""
        self.meanings = {phrase_key(phrase): meaning for phrase, meaning in meanings}
        self.reach: dict[str, int] = {}
        for key in self.meanings:
            if key:
                self.reach[key[0]] = max(len(key), self.reach.get(key[0], 0))

    def get(self, phrase: str) -> T | None:
        """Return what a whole text means as a phrase; None if it is none."""
        return self.meanings.get(phrase_key(phrase))


def find_phrases(text: str, table: PhraseTable[T]) -> Iterator[Phrase[T]]:
    """Yield the phrases of a table that stand in a text in lower case, the longest at each place.

    Words of a phrase are joined by one space, hyphen, slash or ampersand.
    """
    words = list(WORD.finditer(text))
    keys = [_singular(word[0]) for word in words]
    at = 0
    while at < len(words):
        reach = _reach(text, words, at, table.reach.get(keys[at], 0))
        size = next((n for n in range(reach, 0, -1) if tuple(keys[at : at + n]) in table.meanings), 0)
        if size:
            end = words[at + size - 1].end()
            yield Phrase(words[at].start(), end, table.meanings[tuple(keys[at : at + size])])
        at += size or 1


def _reach(text: str, words: Sequence[re.Match[str]], at: int, longest: int) -> int:
    """Return how many words from a place on stand close enough together to be one phrase."""
    n = min(longest, 1)
    while n < longest and at + n < len(words) and JOINT.match(text[words[at + n - 1].end() : words[at + n].start()]):
        n += 1
    return n


def overlaps(phrase: Phrase[Any], spans: Iterable[tuple[int, int]]) -> bool:
    """Tell whether a phrase shares characters with one of some spans."""
    return any(start < phrase.end and phrase.start < end for start, end in spans)


@lru_cache(maxsize=20_000)
def _singular(word: str) -> str:
    word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).replace("'", "")
    if len(word) <= SHORT or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word.removesuffix("s")
