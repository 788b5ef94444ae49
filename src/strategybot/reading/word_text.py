"""The words of a Word paragraph: insertions and field results in, deletions, field codes and hidden words out."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from strategybot.reading.word_styles import Look, Styles, W, fill_of, is_on, value_of

MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
EQUATIONS = tuple(MATH_TEXT.removesuffix("t") + name for name in ("oMath", "oMathPara"))
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
THROUGH_NAMES = ("hyperlink", "ins", "moveTo", "smartTag", "sdtContent", "customXml", "dir", "bdo", "rubyBase", "ruby")
THROUGH = frozenset(W + name for name in THROUGH_NAMES)
SPACES = frozenset(W + name for name in ("tab", "br", "cr", "ptab"))
FIELD_PARTS = (W + "fldChar", W + "instrText")
NOTES = (W + "footnoteReference", W + "endnoteReference")
DRAWN = (W + "drawing", W + "pict", W + "object")
SYMBOLS = {0xB7: "•", 0xA7: "▪", 0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0xD8: "➢", 0xE0: "→"}
OUT_FIELD = re.compile(r"\s*(?:TOC|INDEX|TOA|PAGE|NUMPAGES)\b", re.I)


def chosen(alternative: etree._Element) -> etree._Element | tuple[()]:
    """Return the one branch of an ``mc:AlternateContent`` that is to be read."""
    branches = alternative.findall(MC + "Choice") + alternative.findall(MC + "Fallback")
    full = [branch for branch in branches if len(branch)]
    return full[0] if full else ()


def find_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes in a drawing, outermost only."""
    for child in chosen(element) if element.tag == MC + "AlternateContent" else element:
        if child.tag == W + "txbxContent":
            yield child
        else:
            yield from find_boxes(child)


@dataclass(slots=True)
class Line:
    """A paragraph as read.

    Attributes:
        text: What can be seen; tabs kept.
        hidden: What cannot.
        notes: Kind of part and id of each note referred to, as ``("footnote", "2")``.
        boxes: Text boxes anchored in it.
        drawings: All drawings in it.
        sizes: How many characters it has of each size in half-points.
        bold_chars: How many of its characters are bold.
        page: Page that its text begins on.
    """

    text: str = ""
    hidden: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    drawings: list[etree._Element] = field(default_factory=list)
    sizes: Counter[int] = field(default_factory=Counter)
    bold_chars: int = 0
    page: int | None = None

    @property
    def is_bold(self) -> bool:
        """Whether all of its words are bold."""
        return 0 < self.bold_chars >= len(self.text) - self.text.count(" ") - self.text.count("\t")

    @property
    def size(self) -> int:
        """The size of most of its characters, in half-points; 0 if it is not said."""
        return self.sizes.most_common(1)[0][0] if self.sizes else 0


@dataclass(slots=True)
class _Field:
    code: str = ""
    shows: bool = False


class LineReader:
    """Reads paragraphs in order, keeping count of pages and of fields that go over several paragraphs."""

    def __init__(self, body: etree._Element, styles: Styles) -> None:
        """Look through the body for how its pages and fields are marked."""
        self._styles = styles
        self._rendered = next(body.iter(W + "lastRenderedPageBreak"), None) is not None
        breaks = (b.get(W + "type") == "page" for b in body.iter(W + "br"))
        known = self._rendered or any(breaks) or next(body.iter(W + "pageBreakBefore"), None) is not None
        self.page: int | None = 1 if known else None
        marks = Counter(mark.get(W + "fldCharType") for mark in body.iter(W + "fldChar"))
        self._balanced = marks["begin"] == marks["end"]
        self._fields: list[_Field] = []

    def read(self, paragraph: etree._Element, background: str) -> Line:
        """Read a paragraph that stands on a background, RRGGBB or ``unknown``."""
        line = Line()
        properties = paragraph.find(W + "pPr")
        if not self._rendered and is_on(properties, "pageBreakBefore"):
            self._turn()
        line.page = self.page
        ground = fill_of(properties) or background
        self._inline(paragraph, line, (self._styles.style_of(properties), ground))
        section = None if properties is None else properties.find(W + "sectPr")
        if section is not None and not self._rendered and value_of(section, "type") != "continuous":
            self._turn()
        if not self._balanced:
            self._fields.clear()
        return line

    def _turn(self) -> None:
        self.page = self.page + 1 if self.page else None

    def _inline(self, parent: etree._Element, line: Line, setting: tuple[str, str]) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child, line, setting)
            elif tag == W + "sdt":
                placeholder = child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
                self._inline(() if placeholder else child, line, setting)
            elif tag in THROUGH or (tag == W + "fldSimple" and not OUT_FIELD.match(child.get(W + "instr", ""))):
                self._inline(child, line, setting)
            elif tag == MC + "AlternateContent":
                self._inline(chosen(child), line, setting)
            elif tag in EQUATIONS:
                line.text += "".join(text.text or "" for text in child.iter(MATH_TEXT))

    def _run(self, run: etree._Element, line: Line, setting: tuple[str, str]) -> None:
        look = self._styles.run_look(run, setting[0])
        for child in run:
            tag = child.tag
            if tag in DRAWN or tag == MC + "AlternateContent":
                line.boxes += find_boxes(child)
                line.drawings.append(child)
            elif tag in FIELD_PARTS:
                self._field(child)
            elif tag in NOTES:
                line.notes.append((tag[len(W) :].removesuffix("Reference"), child.get(W + "id", "")))
            elif tag == W + "lastRenderedPageBreak" or (tag == W + "br" and child.get(W + "type") == "page"):
                self._break(tag, line)
            elif tag == W + "ruby":
                self._inline(child, line, setting)
            elif all(field.shows and not OUT_FIELD.match(field.code) for field in self._fields):
                self._add(_text_of(child), line, look, setting[1])

    def _field(self, part: etree._Element) -> None:
        mark = part.get(W + "fldCharType")
        if mark == "begin":
            self._fields.append(_Field())
        elif part.tag == W + "instrText" and self._fields:
            self._fields[-1].code += part.text or ""
        elif mark == "separate" and self._fields:
            self._fields[-1].shows = True
        elif mark == "end" and self._fields:
            self._fields.pop()

    def _break(self, tag: str, line: Line) -> None:
        if self._rendered == (tag == W + "lastRenderedPageBreak"):
            self._turn()
        if not line.text.strip():
            line.page = self.page
        line.text += " " if tag == W + "br" else ""

    @staticmethod
    def _add(text: str, line: Line, look: Look, background: str) -> None:
        if look.is_hidden(background):
            line.hidden += text
            return
        line.text += text
        solid = len("".join(text.split()))
        line.sizes[look.size or 0] += solid
        line.bold_chars += solid if look.bold else 0


def _text_of(element: etree._Element) -> str:
    tag = element.tag
    if tag == W + "t":
        return element.text or ""
    if tag in SPACES:
        return "\t" if tag == W + "tab" else " "
    if tag == W + "noBreakHyphen":
        return "-"
    return _symbol(element.get(W + "char", "")) if tag == W + "sym" else ""


def _symbol(code: str) -> str:
    """Return the character of a symbol: those of symbol fonts by a short list, all others by their own code."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:  # noqa: PLR2004 - where Word puts the characters of symbol fonts
        return SYMBOLS.get(number - 0xF000, "")
    return chr(number) if 0x20 <= number < 0xD800 else ""  # noqa: PLR2004 - printable, below the surrogates
