"""Search within a document: words found whatever their capitals, accents, quotation marks and dashes."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

from strategybot.reading.blocks import normalise
from strategybot.serving.marking import Span

MOST_HITS = 500
MOST_CHARS = 100
_ALIKE = {"'": "‘’‚‛ʼ′", '"': "“”„‟″«»", "-": "‐‑‒–—―−", ".": "․"}
LAST_LATIN = 0x250


def _table() -> dict[int, str]:
    """Return what a character is read as; one for one, so that offsets stay."""
    table = {ord(other): plain for plain, others in _ALIKE.items() for other in others}
    for code in range(0xC0, LAST_LATIN):
        parts = unicodedata.normalize("NFD", chr(code))
        if len(parts) > 1 and parts[0].isascii():
            table[code] = parts[0]
    return table


PLAIN = _table()


@dataclass(frozen=True, slots=True)
class Hits:
    """Where words stand, in order.

    Attributes:
        words: What was searched for, as it is read.
        spans: At most ``MOST_HITS``.
        more: There are more than that.
        apart: The words do not stand together anywhere; the spans are of single words.
    """

    words: str
    spans: tuple[Span, ...] = ()
    more: bool = False
    apart: bool = False


def find_words(text: str, words: str) -> Hits | None:
    """Find words, together or else apart, whole or as part of longer ones; None without a word to search for."""
    wanted = normalise(words[:MOST_CHARS])
    if not wanted:
        return None
    plain = text.translate(PLAIN)
    together = _find(plain, [wanted])
    if together or " " not in wanted:
        return Hits(wanted, together[:MOST_HITS], more=len(together) > MOST_HITS)
    apart = _find(plain, wanted.split(" "))
    return Hits(wanted, apart[:MOST_HITS], more=len(apart) > MOST_HITS, apart=bool(apart))


def find_same(text: str, quote: str) -> tuple[Span, ...]:
    """Find a quote whatever its capitals, accents, spaces, quotation marks and dashes."""
    wanted = normalise(quote)
    return _find(text.translate(PLAIN), [wanted]) if wanted else ()


def _find(plain: str, phrases: list[str]) -> tuple[Span, ...]:
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    parts = (r"\s+".join(re.escape(word) for word in phrase.translate(PLAIN).split(" ")) for phrase in ordered)
    found = re.finditer("|".join(parts), plain, re.I)
    return tuple(match.span() for match in islice(found, MOST_HITS + 1))
