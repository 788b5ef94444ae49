"""The words of a slide's paragraphs and the values of its charts."""

from lxml import etree

from strategybot.reading.blocks import Block
from strategybot.reading.bullets import split_bullet
from strategybot.reading.grids import Cell, Grid, fill_grid
from strategybot.reading.slide_layout import A, Shape, bullet_of

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
TINY_HUNDREDTHS = 200
WHITE = "FFFFFF"
FILLS = tuple(A + name for name in ("solidFill", "gradFill", "blipFill", "pattFill"))


def text_of(paragraph: etree._Element) -> str:
    """Return a paragraph's words without slide numbers and dates that fill themselves in; line breaks are spaces."""
    return "".join(_piece(child) for child in paragraph)


def _piece(child: etree._Element) -> str:
    if child.tag == A + "br":
        return " "
    if child.tag == A + "r":
        return "".join(text.text or "" for text in child.iterfind(A + "t"))
    if child.tag == A + "fld" and not child.get("type", "").startswith(("slidenum", "datetime")):
        return "".join(text.text or "" for text in child.iterfind(A + "t"))
    return ""


def paragraph_block(paragraph: etree._Element, shape: Shape, page: int) -> tuple[Block, str]:
    """Return a paragraph as a list item if it shows a bullet, and the words in it that cannot be seen."""
    hidden = [child for child in paragraph if child.tag == A + "r" and _is_hidden(child, shape)]
    shown = "".join(_piece(child) for child in paragraph if child not in hidden)
    properties = paragraph.find(A + "pPr")
    level = "0" if properties is None else properties.get("lvl", "0")
    told = None if properties is None else bullet_of(properties)
    typed, text = split_bullet(shown)
    listed = typed or (told if told is not None else level.isdigit() and int(level) in shape.bullets)
    return Block("list-item" if listed else "paragraph", text, page=page), " ".join(_piece(run) for run in hidden)


def _is_hidden(run: etree._Element, shape: Shape) -> bool:
    """Tell whether a run is tiny or wholly transparent.

    White words are not judged: a slide's background may come from its layout, master, theme or a picture.
    """
    properties = run.find(A + "rPr")
    if properties is None or shape.hidden:
        return False
    size = properties.get("sz", "")
    if size.isdigit() and int(size) <= TINY_HUNDREDTHS:
        return True
    alpha = properties.find(f"{A}solidFill/*/{A}alpha")
    return alpha is not None and alpha.get("val") in ("0", "0%")


def chart_grid(root: etree._Element) -> Grid:
    """Return a chart's values as a table: one row per category, one column per series."""
    series = list(root.iter(C + "ser"))
    categories: dict[int, str] = {}
    for one in series:
        categories = categories or _points(
            one.find(C + "cat") if one.find(C + "cat") is not None else one.find(C + "xVal")
        )
    names = [" ".join(_points(one.find(C + "tx")).values()) for one in series]
    values = [
        _points(one.find(C + "val") if one.find(C + "val") is not None else one.find(C + "yVal")) for one in series
    ]
    indices = sorted(set(categories).union(*values)) if values else []
    rows = [[Cell(categories.get(n, "")), *(Cell(column.get(n, "")) for column in values)] for n in indices]
    return fill_grid([[Cell("", header=True), *(Cell(name, header=True) for name in names)], *rows])


def _points(element: etree._Element | None) -> dict[int, str]:
    """Return the points of a cached list of words or numbers by their index."""
    found: dict[int, str] = {}
    for point in () if element is None else element.iter(C + "pt"):
        index, value = point.get("idx", ""), point.findtext(C + "v") or ""
        if index.isdigit():
            found.setdefault(int(index), _short(value))
    if not found and element is not None and element.findtext(C + "v"):
        found[0] = element.findtext(C + "v") or ""
    return found


def _short(value: str) -> str:
    """Write a stored number without the digits that binary fractions add."""
    try:
        return f"{float(value):.10g}" if "." in value else value
    except ValueError:
        return value
