"""The Markdown reader: CommonMark with tables, and YAML front matter."""

import re
from collections.abc import Iterator, Mapping

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from strategybot.reading.blocks import Block, ParsedText
from strategybot.reading.values import plain_dates

FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)(?:\r?\n)?---[ \t]*(?:\r?\n|\Z)", re.S)


def parse_markdown(text: str) -> ParsedText:
    """Parse Markdown into blocks, its syntax removed.

    Raises:
        ValueError: The front matter is not a YAML mapping.
    """
    found = FRONT_MATTER.match(text)
    metadata = _parse_front_matter(found[1]) if found else {}
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(text[found.end() :] if found else text)
    return ParsedText(tuple(_blocks(tokens)), metadata)


def _parse_front_matter(text: str) -> Mapping[str, object]:
    try:
        values = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        message = (
            f"its front matter is not valid YAML ({' '.join(str(error).split())}); correct it between the two --- lines"
        )
        raise ValueError(message) from error
    if not isinstance(values, dict):
        message = "its front matter is not a list of `name: value` lines; correct it between the two --- lines"
        raise ValueError(message)
    return {str(name): plain_dates(value) for name, value in values.items()}


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    inside: list[str] = []
    header: list[str] = []
    row: list[str] = []
    level = 0
    for token in tokens:
        if token.nesting == 1:
            inside.append(token.type)
            level = int(token.tag[1]) if token.type == "heading_open" else level
            row = [] if token.type == "tr_open" else row
        elif token.nesting == -1:
            inside.pop()
            if token.type == "tr_close":
                header = row if "thead_open" in inside else header
                yield from [] if "thead_open" in inside else [Block("table-row", join_cells(header, row))]
        elif token.type == "inline" and "tr_open" in inside:
            row.append(_plain(token))
        elif token.type == "inline":
            yield _text_block(token, inside, level)
        elif token.type in ("fence", "code_block"):
            yield Block("paragraph", token.content)


def _text_block(token: Token, inside: list[str], level: int) -> Block:
    if "heading_open" in inside:
        return Block("heading", _plain(token), level)
    return Block("list-item" if "list_item_open" in inside else "paragraph", _plain(token))


def join_cells(header: list[str], cells: list[str]) -> str:
    """Write a table row as text, each cell behind the heading of its column."""
    named = [f"{header[n]}: {cell}" if n < len(header) and header[n] else cell for n, cell in enumerate(cells) if cell]
    return "; ".join(named)


def _plain(token: Token) -> str:
    """Return the words of inline Markdown: links keep their words, images their description."""
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline", "image"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)
