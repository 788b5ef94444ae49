"""A document laid out for reading: blocks with their anchors, lists, tables and page breaks, words marked."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlsplit

from strategybot.schema import BlockKind, Document, Paragraph
from strategybot.serving.marking import Mark, Run, Span, cut
from strategybot.serving.rows import Table, rebuild_table

PAGE_NOUNS = {".pptx": "Slide", ".xlsx": "Sheet"}


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block as shown; ``level`` is its HTML heading's, 0 for all else.

    Attributes:
        anchor: Its id in the page, ``p<number>``; None where its first quoted word has it.
        instruction: It tells an assistant what to do.
    """

    number: int
    level: int
    runs: tuple[Run, ...]
    anchor: str | None = None
    instruction: bool = False

    @property
    def text(self) -> str:
        """The block's whole text."""
        return "".join(run.text for run in self.runs)

    @property
    def quoted(self) -> bool:
        """Whether it holds quoted words."""
        return any("quote" in run.kinds for run in self.runs)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The beginning of a page: what is said there, and its physical number."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class BlockGroup:
    """Neighbouring blocks of one kind and page, so that list items stand in one list and rows in one table."""

    kind: BlockKind
    blocks: tuple[ShownBlock, ...]
    page: PageBreak | None = None
    table: Table | None = None

    @property
    def quoted(self) -> bool:
        """Whether a block of it holds quoted words."""
        return any(block.quoted for block in self.blocks)


def lay_out(document: Document, marks: Sequence[Mark] = (), *, page: int | None = None) -> tuple[BlockGroup, ...]:
    """Lay out a document's blocks in groups, words marked.

    A first heading that repeats the title, which stands above the text anyhow, gets level 1; all others 2 to
    6, by their depth and not their own level, so that none is skipped. A document without blocks gives no group.

    Args:
        document: What is shown.
        marks: What is set off.
        page: Only the blocks that stand, at least in part, on this physical page.
    """
    first = document.paragraphs[0] if document.paragraphs else None
    titled = bool(first and first.kind == "heading" and _text(document, first) == document.metadata.title)
    by_block = _marks_by_block(document, marks)
    entries = [
        (block, _show(document, block, by_block.get(n, ()), level=_level(block, titled=titled)))
        for n, block in enumerate(document.paragraphs)
        if page is None or stands_on(block, page)
    ]
    return tuple(_groups(document, entries, page=page))


def stands_on(block: Paragraph, page: int) -> bool:
    """Whether a block begins on a page or goes on there."""
    return block.page == page or any(run[2] == page for run in block.runs)


def quoted_blocks(document: Document, span: Span) -> Iterator[ShownBlock]:
    """Return the blocks that a span touches, its words marked."""
    marks = (Mark(*span),)
    start, end = span
    return (_show(document, b, marks) for b in document.paragraphs if b.start < end and start < b.end)


def page_noun(document: Document) -> str:
    """Return what the pages of a document are: ``Page``, ``Slide`` or ``Sheet``."""
    original = document.original or ""
    return next((noun for suffix, noun in PAGE_NOUNS.items() if original.endswith(suffix)), "Page")


def name_page(document: Document, number: int) -> str:
    """Name a page as printed, and as counted in the file where the two differ."""
    label = next((p.page_label for p in document.paragraphs if p.page == number and p.page_label), None)
    return _name(page_noun(document), number, label)


def web_address(address: str | None) -> str | None:
    """Return an address that is safe to link to: http or https with a host; None for all else."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


def _marks_by_block(document: Document, marks: Sequence[Mark]) -> Mapping[int, tuple[Mark, ...]]:
    """Return the marks on each block by its place; a mark keeps its anchor on the first block only."""
    starts = [block.start for block in document.paragraphs]
    found: dict[int, tuple[Mark, ...]] = {}
    for mark in marks:
        left = mark
        for n in range(max(0, bisect_right(starts, mark.start) - 1), len(starts)):
            block = document.paragraphs[n]
            if block.start >= mark.end:
                break
            if block.end > mark.start:
                found[n] = (*found.get(n, ()), left)
                left = replace(left, anchor=None)
    return found


def _show(document: Document, block: Paragraph, marks: Sequence[Mark], *, level: int = 0) -> ShownBlock:
    runs = cut(document.text, (block.start, block.end), marks)
    anchor = f"p{block.number}"
    taken = any(anchor in run.anchors for run in runs)
    return ShownBlock(block.number, level, runs, None if taken else anchor, block.instruction)


def _level(block: Paragraph, *, titled: bool) -> int:
    if block.kind != "heading":
        return 0
    if titled and block.number == 1:
        return 1
    return min(6, max(2, len(block.headings) + (1 if titled else 2)))


def _text(document: Document, block: Paragraph) -> str:
    return document.text[block.start : block.end]


def _groups(
    document: Document, entries: Sequence[tuple[Paragraph, ShownBlock]], *, page: int | None
) -> Iterator[BlockGroup]:
    noun = page_noun(document)
    seen = page
    for _, members in groupby(enumerate(entries), key=_group_key):
        pairs = [pair for _, pair in members]
        first = pairs[0][0]
        begins = None
        if first.page is not None and first.page != seen and page is None:
            begins = PageBreak(_name(noun, first.page, first.page_label), first.page)
            seen = first.page
        yield from _group(first.kind, tuple(shown for _, shown in pairs), begins)


def _name(noun: str, number: int, label: str | None) -> str:
    if label in (None, str(number)):
        return f"{noun} {number}"
    return f"{noun} {label} ({noun.lower()} {number} of the file)"


def _group_key(entry: tuple[int, tuple[Paragraph, ShownBlock]]) -> tuple[BlockKind, int | None]:
    position, (block, _) = entry
    together = block.kind in ("list-item", "table-row")
    return (block.kind, block.page) if together else (block.kind, -position - 1)


def _group(kind: BlockKind, blocks: tuple[ShownBlock, ...], begins: PageBreak | None) -> Iterator[BlockGroup]:
    if kind != "table-row":
        yield BlockGroup(kind, blocks, begins)
        return
    at = 0
    for table, count in rebuild_table([block.runs for block in blocks]):
        yield BlockGroup(kind, blocks[at : at + count], begins if at == 0 else None, table)
        at += count
