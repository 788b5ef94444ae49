"""A web page's elements to blocks in reading order: text, lists, tables, notes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from strategybot.reading.blocks import Block, normalise
from strategybot.reading.bullets import split_bullet
from strategybot.reading.grids import Cell, fill_grid, table_blocks
from strategybot.reading.html_chrome import drop
from strategybot.schema import BlockKind

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
ITEMS = ("li", "dd")
OUTER = (
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li", "main",
    "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    "button", "option",
)  # fmt: skip
BLOCKS = frozenset([*OUTER, *HEADINGS])
LAYOUT_INSIDE = ("table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "form")
BREAKS = re.compile(r"\n[^\S\n]*\n\s*")
SPACE = re.compile(r"\s+")
NOTE_SIGN = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§])[\])]?", re.I)
NOTE_TARGET = re.compile(r"(?:^|[_:-])(?:fn|ftn|edn|note|footnote|endnote|cite[_-]note)", re.I)
BACK = re.compile(r"[\W_]*|(?:(?:back|return|jump|up) ?(?:to)?.*|\W*\d{1,3}\W*)", re.I)
WIDEST = 1_000


def _is_block(element: etree._Element) -> bool:
    """Tell whether an element stands on lines of its own; buttons do if they are headings of parts, not inside one."""
    if element.tag == "button":
        return element.getparent() is not None and element.getparent().tag not in (*HEADINGS, "dt", "summary")
    return element.tag in BLOCKS


def find_notes(content: html.HtmlElement) -> frozenset[str]:
    """Remove the signs that refer to notes, and the links back from them; return the ids of the notes."""
    notes: set[str] = set()
    for link in list(content.iter("a")):
        target = link.get("href", "").rpartition("#")[2]
        if not link.get("href", "").startswith("#") or not target or link.getparent() is None:
            continue
        sign = NOTE_SIGN.fullmatch(normalise(link.text_content()))
        raised = link.getparent() if link.getparent().tag == "sup" else link.find("sup")
        told = link.get("role") == "doc-noteref" or raised is not None or bool(NOTE_TARGET.search(target))
        if sign and told and "ref" not in target.lower():
            notes.add(target)
            drop(link.getparent() if link.getparent().tag == "sup" else link)
    for link in list(content.iter("a")) if notes else ():
        target = link.get("href", "")
        back = target.startswith("#") and (link.get("role") == "doc-backlink" or "ref" in target.lower())
        if back and BACK.fullmatch(normalise(link.text_content())):
            named = {link.get("id"), link.get("name")} & notes
            if named:
                link.getparent().set("id", named.pop())
            drop(link)
    return frozenset(notes)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the words at a place of the page are."""

    kind: BlockKind = "paragraph"
    level: int = 0


def walk_blocks(content: html.HtmlElement, notes: frozenset[str]) -> Iterator[Block]:
    """Yield the blocks of an element in order; some have no text.

    Args:
        content: Without what is not to be read.
        notes: Ids of the elements that are footnotes.
    """
    walk = _Walk(notes)
    yield from walk.inside(content, _Setting())
    yield from walk.flush(_Setting())


def _lines(text: str) -> Iterator[tuple[bool, str]]:
    """Split a paragraph where a line begins with a bullet that was typed."""
    words: list[str] = []
    listed = False
    for line in text.split("\n"):
        bullet, rest = split_bullet(line)
        if bullet:
            yield listed, " ".join(words)
            words, listed = [], True
        words.append(rest)
    yield listed, " ".join(words)


class _Walk:
    """One walk through a page: the words since the last block ended."""

    def __init__(self, notes: frozenset[str]) -> None:
        self._notes = notes
        self._words: list[str] = []

    def flush(self, setting: _Setting) -> Iterator[Block]:
        """Yield the words so far, as several blocks where empty lines part them."""
        text = "".join(self._words)
        self._words.clear()
        if setting.kind in ("heading", "footnote"):
            text = BREAKS.sub("\n", text)
        for part in BREAKS.split(text):
            for bullet, words in _lines(part) if setting.kind == "paragraph" else ((False, part),):
                if words.strip():
                    yield Block("list-item" if bullet else setting.kind, " ".join(words.split()), setting.level)

    def inside(self, element: html.HtmlElement, setting: _Setting) -> Iterator[Block]:
        """Yield the blocks that end within an element; words at its end wait for the next flush."""
        keep = element.tag == "pre"
        self._add(element.text, keep=keep)
        for child in element:
            if not isinstance(child.tag, str):
                self._add(child.tail, keep=keep)
                continue
            if child.tag == "br":
                self._words.append("\n")
            elif _is_block(child):
                yield from self.flush(setting)
                yield from self._block(child, setting)
            else:
                if child.get("id") in self._notes or child.get("name") in self._notes:
                    setting = _Setting("footnote")
                yield from self.inside(child, setting)
            self._add(child.tail, keep=keep)

    def _add(self, text: str | None, *, keep: bool) -> None:
        if text:
            self._words.append(text if keep else SPACE.sub(" ", text))

    def _block(self, element: html.HtmlElement, setting: _Setting) -> Iterator[Block]:
        tag = str(element.tag)
        if element.get("id") in self._notes:
            setting = _Setting("footnote")
        elif tag in HEADINGS and setting.kind != "footnote":
            setting = _Setting("heading", HEADINGS[tag])
        elif tag in ITEMS and setting.kind == "paragraph":
            setting = _Setting("list-item")
        elif tag == "dt" and setting.kind == "list-item":
            setting = _Setting()
        if setting.kind == "heading":
            self._add(normalise(" ".join(_texts(element))), keep=False)
        elif setting.kind == "footnote" and tag not in ("ol", "ul", "div", "section"):
            self._add(" ".join(_texts(element)), keep=False)
        elif tag == "table":
            yield from self._table(element, setting)
        else:
            yield from self.inside(element, setting)
        yield from self.flush(setting)

    def _table(self, table: html.HtmlElement, setting: _Setting) -> Iterator[Block]:
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        if _is_layout(table, rows):
            yield from self.inside(table, setting)
            return
        for caption in table.iterchildren("caption"):
            yield Block("paragraph", normalise(" ".join(_texts(caption))))
        cells = [[_cell(cell, row) for cell in row.iterchildren("td", "th")] for row in rows]
        yield from table_blocks(fill_grid(cells))


def _texts(element: html.HtmlElement) -> Iterator[str]:
    """Yield an element's words: those of one line together, a space where an element of its own line begins or ends."""
    if not len(element):
        yield SPACE.sub(" ", element.text or "")
        return
    words: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node is not element and (node.tag == "br" or _is_block(node)):
            words.append(" ")
        text = node.text if event == "start" else node.tail if node is not element else None
        words.append(SPACE.sub(" ", text or ""))
    yield "".join(words)


def _cell(cell: html.HtmlElement, row: html.HtmlElement) -> Cell:
    """Return a table cell; a header cell of a row is none of its column."""
    spans = (cell.get("colspan", "1"), cell.get("rowspan", "1"))
    columns, rows = (min(max(int(span), 1), WIDEST) if span.isascii() and span.isdigit() else 1 for span in spans)
    head = row.getparent().tag == "thead" or (cell.tag == "th" and cell.get("scope", "") not in ("row", "rowgroup"))
    label = cell.tag == "th" or _is_bold(cell)
    return Cell(normalise(" ".join(_texts(cell))), columns, rows, head, label)


def _is_bold(cell: html.HtmlElement) -> bool:
    """Tell whether all words of a cell stand in one bold element."""
    inner = cell
    while len(inner) == 1 and not (inner.text or "").strip() and not (inner[0].tail or "").strip():
        inner = inner[0]
        if inner.tag in ("b", "strong"):
            return True
    return False


def _is_layout(table: html.HtmlElement, rows: list[html.HtmlElement]) -> bool:
    """Tell whether a table only places text: it says so, has one row or column, or holds lists or headings."""
    if table.get("role") in ("presentation", "none"):
        return True
    if table.find(".//th") is not None or table.find("thead") is not None:
        return False
    if len(rows) <= 1 or max(len(list(row.iterchildren("td"))) for row in rows) <= 1:
        return True
    if next(table.iterdescendants(*LAYOUT_INSIDE), None) is not None:
        return True
    return any(len(cell.findall("p")) > 1 for row in rows for cell in row.iterchildren("td"))
