"""Blocks: what a reader finds, put together into canonical text with exact offsets."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from strategybot.reading.instructions import is_instruction
from strategybot.schema import BlockKind, Paragraph, Remark

BlockRun = tuple[int, int, int, int]
"""(start, end, page, index of the first character on that page) within a block's text."""
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
SPACES = re.compile(r"[^\S\n]+|\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, table row or footnote as read.

    Attributes:
        level: 1-6 for headings, 0 for all else.
        page: Physical page, slide or sheet that it begins on, from 1.
        page_label: That page's number as printed.
        runs: Which of a page's characters hold which part of the text; given only with text that ``normalise``
            leaves as it is.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    page_label: str | None = None
    runs: tuple[BlockRun, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedText:
    """What a reader makes of a file: its blocks in order, metadata by the names of Metadata's fields, and remarks."""

    blocks: tuple[Block, ...]
    metadata: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    remarks: tuple[Remark, ...] = ()


def join_blocks(blocks: Iterable[Block]) -> tuple[str, tuple[Paragraph, ...]]:
    """Return canonical text and its paragraphs.

    Blocks without text are left out; list items of one list are a line apart, all other blocks an empty line.
    """
    pieces: list[str] = []
    paragraphs: list[Paragraph] = []
    path: list[tuple[int, str]] = []
    position = 0
    for block in blocks:
        text = normalise(block.text)
        if not text:
            continue
        if paragraphs:
            together = block.kind == paragraphs[-1].kind and block.kind in ("list-item", "table-row")
            pieces.append("\n" if together else "\n\n")
            position += len(pieces[-1])
        if block.kind == "heading":
            path = [(level, title) for level, title in path if level < block.level]
        paragraphs.append(
            Paragraph(
                number=len(paragraphs) + 1,
                kind=block.kind,
                level=block.level,
                headings=tuple(title for _, title in path),
                start=position,
                end=position + len(text),
                page=block.page,
                page_label=block.page_label,
                runs=tuple((position + a, position + b, *c) for a, b, *c in block.runs) if text == block.text else (),
                instruction=is_instruction(text),
            )
        )
        if block.kind == "heading" and not paragraphs[-1].instruction:
            path.append((block.level, text))
        pieces.append(text)
        position += len(text)
    return "".join(pieces), tuple(paragraphs)


def normalise(text: str) -> str:
    """Return text in composed Unicode form on one line: no control characters, ligatures or repeated spaces."""
    return SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(PLAIN)).strip()


class _Plain(dict[int, str | int | None]):
    """What becomes of a character, by its code; worked out when it is first met."""

    def __missing__(self, code: int) -> str | int | None:
        character = chr(code)
        dropped = unicodedata.category(character) in ("Cc", "Cf") and character not in "\n\t"
        self[code] = None if dropped else LIGATURES.get(character, code)
        return self[code]


PLAIN = _Plain()
