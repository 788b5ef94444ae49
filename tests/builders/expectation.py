"""What a built document holds: its bytes, and the blocks that a good reader finds in them."""

from dataclasses import dataclass
from typing import Literal

ExpectedKind = Literal["heading", "paragraph", "list-item", "table-row", "footnote"]


@dataclass(frozen=True, slots=True)
class Expected:
    """A block that a reader must find.

    Attributes:
        text: Its words; a table row as "Header: cell; Header: cell"; markers of footnotes are no part of a sentence.
        level: 1-6 for headings (only the relation between them is scored), 0 for all else.
        page: Physical page on which it begins, from 1.
        also: Other texts that are as good, such as a footnote with its number in front.
        floating: Stands beside the flow (panel, pull quote, caption, footnote): its place in the order is free.
        either: Is as right as a heading as it is as a paragraph (the title of a panel, the words of a cover).
    """

    kind: ExpectedKind
    text: str
    level: int = 0
    page: int | None = None
    also: tuple[str, ...] = ()
    floating: bool = False
    either: bool = False


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """A document made for the tests.

    Attributes:
        suffix: With its dot: ".pdf".
        expected: In reading order.
        furniture: Running headers, footers, page numbers, lines of the contents, navigation, cookie words: none may
            survive, alone or inside a block.
        indifferent: Words that a reader may keep or leave out, such as the labels of a chart.
        hidden: Words that no person sees on the page: none may be in a block, as with ``furniture``.
        title: As the file's own properties have it.
        published: As the file's own properties have it: ISO date, or year and month.
    """

    name: str
    suffix: str
    data: bytes
    expected: tuple[Expected, ...]
    furniture: tuple[str, ...] = ()
    indifferent: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    title: str | None = None
    published: str | None = None
