"""Text that knows which characters of which page it is made of."""

from collections.abc import Iterable
from dataclasses import dataclass

from strategybot.reading.blocks import BlockRun, normalise
from strategybot.reading.pdf.geometry import Word


@dataclass(frozen=True, slots=True)
class Span:
    """Text and the runs of page characters in it, in order."""

    text: str = ""
    runs: tuple[BlockRun, ...] = ()

    def cut(self, start: int, end: int | None = None) -> "Span":
        """Return text[start:end] as a span."""
        text = self.text[start:end]
        end = start + len(text)
        kept = (
            (max(a, start) - start, min(b, end) - start, page, first + max(start - a, 0))
            for a, b, page, first in self.runs
        )
        return Span(text, tuple(run for run in kept if run[0] < run[1]))

    def strip(self) -> "Span":
        """Return the span without white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, len(self.text.rstrip())) if self.text.strip() else Span()


def join(spans: Iterable[Span], separator: str = "") -> Span:
    """Return spans one after the other, with the separator between them."""
    pieces: list[str] = []
    runs: list[BlockRun] = []
    at = 0
    for span in spans:
        if pieces and separator:
            pieces.append(separator)
            at += len(separator)
        runs.extend((a + at, b + at, page, first) for a, b, page, first in span.runs)
        pieces.append(span.text)
        at += len(span.text)
    return Span("".join(pieces), tuple(runs))


def sound(span: Span) -> Span:
    """Return a span as it stands in a block: without runs if its text had to be changed for that."""
    text = normalise(span.text)
    return span if text == span.text else Span(text)


def spell_words(words: Iterable[Word], page: int) -> Span:
    """Return words as text with one space between them, none before a glued word.

    The space belongs to the runs where the page has that very character.
    """
    pieces: list[str] = []
    runs: list[BlockRun] = []
    at = 0
    before: Word | None = None
    for word in words:
        bridged = False
        if before is not None and not (word.glued and touches(before, word)):
            bridged = before.spaced
            pieces.append(" ")
            at += 1
        for start, end, first in word.runs:
            a, b = at + start, at + end
            last = runs[-1] if runs else (0, -2, 0, 0)
            follows = last[3] + (a - last[0]) == first
            if follows and (last[1] == a or (bridged and start == 0 and last[1] == a - 1)):
                runs[-1] = (last[0], b, page, last[3])
            else:
                runs.append((a, b, page, first))
        pieces.append(word.text)
        at += len(word.text)
        before = word
    return Span("".join(pieces), tuple(runs))


def touches(before: Word, after: Word) -> bool:
    """Say whether no space is seen between two words of one line."""
    return after.left - before.right < 0.25 * max(before.size, after.size)  # a word space's width
