"""Marks: which words of a document are set off, as its address says, and text cut where they begin and end."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

MarkKind = Literal["quote", "also", "hit"]
"""The quoted words, other words quoted in the same reply, and words that were searched for."""
Span = tuple[int, int]
"""Character offsets into a document's text, end exclusive."""
MOST_ALSO = 30


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that is set off; ``anchor`` is the id that its first character gets in the page."""

    start: int
    end: int
    kind: MarkKind = "quote"
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a block's text, with the kinds of marks upon it, and the ids of those that begin with it."""

    text: str
    kinds: tuple[MarkKind, ...] = ()
    anchors: tuple[str, ...] = ()

    @property
    def marked(self) -> bool:
        """Whether any mark is upon it."""
        return bool(self.kinds)


def parse_span(first: str | None, last: str | None, *, length: int) -> Span | None:
    """Read a link's ``from`` and ``to``.

    Args:
        first: Offset of the first character quoted, as written in the address; None if absent.
        last: Offset behind the last character quoted.
        length: Characters in the document's text.

    Returns:
        The span, or None if neither is given.

    Raises:
        ValueError: Only one is given, one is not a whole number, or they are no span of the text.
    """
    if first is None and last is None:
        return None
    if not (_is_offset(first, length) and _is_offset(last, length)):
        message = f"from={first} and to={last} are not two offsets within the text"
        raise ValueError(message)
    start, end = int(first or ""), int(last or "")
    if not start < end <= length:
        message = f"from={start} and to={end} do not fit a text of {length} characters"
        raise ValueError(message)
    return start, end


def parse_also(values: Sequence[str], *, length: int) -> tuple[Span, ...]:
    """Read a link's ``also``: spans as ``120-180``, each once, in the order of the text.

    Raises:
        ValueError: There are more than 30, or one is no span of the text.
    """
    if len(values) > MOST_ALSO:
        message = f"also= stands {len(values)} times; at most {MOST_ALSO} are read"
        raise ValueError(message)
    spans: set[Span] = set()
    for value in values:
        first, _, last = value.partition("-")
        span = parse_span(first, last, length=length)
        assert span is not None, "both offsets are texts"
        spans.add(span)
    return tuple(sorted(spans))


def cut(text: str, span: Span, marks: Sequence[Mark]) -> tuple[Run, ...]:
    """Cut ``text[start:end]`` where marks begin and end; marks may overlap. Without a mark it is one run."""
    start, end = span
    borders = {start, end}
    for mark in marks:
        borders |= {min(max(mark.start, start), end), min(max(mark.end, start), end)}
    ordered = sorted(borders)
    return tuple(_run(text, (a, b), start, marks) for a, b in pairwise(ordered))


def _run(text: str, piece: Span, block_start: int, marks: Sequence[Mark]) -> Run:
    a, b = piece
    upon = [mark for mark in marks if mark.start <= a and b <= mark.end]
    anchors = tuple(mark.anchor for mark in upon if mark.anchor and a == max(mark.start, block_start))
    kinds = tuple(dict.fromkeys(mark.kind for mark in upon))
    return Run(text[a:b], kinds, anchors)


def _is_offset(text: str | None, length: int) -> bool:
    return bool(text and text.isascii() and text.isdigit() and len(text) <= len(str(length)))
