"""Phrases: where words of a list stand in a text, whatever their hyphens, accents and plurals."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def find_phrases(text: str, table: Mapping[Key, T]) -> Iterator[Phrase[T]]:
    """Yield the phrases of a table that stand in a text in lower case, the longest at each place.

    Words of a phrase are joined by one space, hyphen, slash or ampersand.
    """
    words = list(WORD.finditer(text))
    keys = [_singular(word[0]) for word in words]
    longest = max(map(len, table), default=0)
    at = 0
    while at < len(words):
        size = next((n for n in range(_reach(text, words, at, longest), 0, -1) if tuple(keys[at : at + n]) in table), 0)
        if size:
            last = words[at + size - 1]
            yield Phrase(words[at].start(), last.end(), table[tuple(keys[at : at + size])])
        at += size or 1


def _reach(text: str, words: Sequence[re.Match[str]], at: int, longest: int) -> int:
    """Return how many words from a place on stand close enough together to be one phrase."""
    n = 1
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
