"""A document laid out for reading: blocks with their anchors, the quoted words marked."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from strategybot.schema import BlockKind, Document, Paragraph

Span = tuple[int, int]
"""Character offsets into a document's text, end exclusive."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a block's text, marked or not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block as shown: its anchor is ``p<number>``; ``level`` is its HTML heading's, 0 for all else."""

    number: int
    level: int
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The block's whole text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class BlockGroup:
    """Neighbouring blocks of one kind, so that list items stand in one list."""

    kind: BlockKind
    blocks: tuple[ShownBlock, ...]


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


def lay_out(document: Document, span: Span | None) -> tuple[BlockGroup, ...]:
    """Lay out a document's blocks in groups, the words of a span marked.

    A first heading that repeats the title, which stands above the text anyhow, gets level 1; all others 2 to
    6, by their depth and not their own level, so that none is skipped. A document without blocks gives no group.
    """
    first = document.paragraphs[0] if document.paragraphs else None
    titled = bool(first and first.kind == "heading" and _text(document, first) == document.metadata.title)
    shown = (
        (block.kind, show_block(document, block, span, level=_level(block, titled=titled)))
        for block in document.paragraphs
    )
    groups = groupby(enumerate(shown), key=_group_key)
    return tuple(_group([entry for _, entry in entries]) for _, entries in groups)


def show_block(document: Document, block: Paragraph, span: Span | None, *, level: int = 0) -> ShownBlock:
    """Divide a block's text where a span begins and ends; outside a span it is one run."""
    start, end = span or (block.end, block.end)
    first = min(max(start, block.start), block.end)
    last = min(max(end, block.start), block.end)
    pieces = ((block.start, first, False), (first, last, True), (last, block.end, False))
    runs = tuple(Run(document.text[a:b], marked) for a, b, marked in pieces if a < b)
    return ShownBlock(number=block.number, level=level, runs=runs)


def quoted_blocks(document: Document, span: Span) -> Iterator[ShownBlock]:
    """Return the blocks that a span touches, its words marked."""
    start, end = span
    return (show_block(document, b, span) for b in document.paragraphs if b.start < end and start < b.end)


def web_address(address: str | None) -> str | None:
    """Return an address that is safe to link to: http or https with a host; None for all else."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


def _is_offset(text: str | None, length: int) -> bool:
    return bool(text and text.isascii() and text.isdigit() and len(text) <= len(str(length)))


def _level(block: Paragraph, *, titled: bool) -> int:
    if block.kind != "heading":
        return 0
    if titled and block.number == 1:
        return 1
    return min(6, max(2, len(block.headings) + (1 if titled else 2)))


def _text(document: Document, block: Paragraph) -> str:
    return document.text[block.start : block.end]


def _group_key(entry: tuple[int, tuple[BlockKind, ShownBlock]]) -> tuple[BlockKind, int]:
    position, (kind, _) = entry
    return (kind, 0) if kind in ("list-item", "table-row") else (kind, position + 1)


def _group(entries: list[tuple[BlockKind, ShownBlock]]) -> BlockGroup:
    return BlockGroup(kind=entries[0][0], blocks=tuple(block for _, block in entries))
