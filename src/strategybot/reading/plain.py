"""The plain text reader: paragraphs between empty lines, bullets as list items, a short first line as title."""

import re
from collections.abc import Iterator

from strategybot.dates import MONTHS
from strategybot.reading.blocks import Block, ParsedText

BULLET = re.compile(r"^\s*(?:[•▪◦‣*·–-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
DATE_LINE = re.compile(
    rf"^(?:\w+day,?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(MONTHS)}),?\s+((?:19|20)\d\d)\.?$", re.I
)
TITLE_WORDS = 25
DATE_BLOCKS = 6


def parse_plain(text: str) -> ParsedText:
    """Parse plain text; the first line is its title if it is short and stands alone, a date line its date."""
    groups = [
        group for group in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")) if group.strip()
    ]
    blocks = [block for group in groups for block in _blocks(group)]
    metadata: dict[str, object] = {}
    if blocks and len(groups) > 1 and _is_title(groups[0]):
        metadata["title"] = " ".join(blocks[0].text.split())
        blocks[0] = Block("heading", blocks[0].text, 1)
    for block in blocks[:DATE_BLOCKS]:
        found = DATE_LINE.match(block.text.strip())
        if found:
            month = [m.lower() for m in MONTHS].index(found[2].lower()) + 1
            metadata["published"] = f"{found[3]}-{month:02d}-{int(found[1]):02d}"
            break
    return ParsedText(tuple(blocks), metadata)


def _is_title(group: str) -> bool:
    line = group.strip()
    return "\n" not in line and len(line.split()) <= TITLE_WORDS and not line.endswith((".", ":", ";"))


def _blocks(group: str) -> Iterator[Block]:
    """Split a group of lines at its bullets; other lines are one paragraph, wrapped."""
    kind, lines = "paragraph", list[str]()
    for line in group.strip("\n").split("\n"):
        if BULLET.match(line):
            if lines:
                yield Block("list-item" if kind == "list-item" else "paragraph", " ".join(lines))
            kind, lines = "list-item", [BULLET.sub("", line)]
        else:
            lines.append(line)
    yield Block("list-item" if kind == "list-item" else "paragraph", " ".join(lines))
