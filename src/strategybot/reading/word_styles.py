"""What Word's styles say of a paragraph or run: heading level, list, contents list, and whether it can be seen."""

import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import cache

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING = re.compile(r"heading (\d)")
HEADING_ID = re.compile(r"Heading(\d)")
CONTENTS = re.compile(r"(?:toc|index) \d|toc heading|table of figures|table of authorities")
OFF = ("0", "false", "off", "none")
TINY_HALF_POINTS = 4
ALIKE = 12
WHITE = "FFFFFF"
UNKNOWN_FILL = "unknown"
LAST_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Look:
    """Character formatting; None is what is not said. Sizes are in half-points, colours and fills in RRGGBB."""

    hidden: bool | None = None
    bold: bool | None = None
    size: int | None = None
    colour: str | None = None
    fill: str | None = None

    def over(self, below: "Look") -> "Look":
        """Return this formatting, with what it does not say taken from another."""
        return Look(
            *(mine if mine is not None else theirs for mine, theirs in zip(astuple(self), astuple(below), strict=True))
        )

    def is_hidden(self, background: str) -> bool:
        """Tell whether text of this look cannot be seen on a background."""
        tiny = self.size is not None and self.size <= TINY_HALF_POINTS
        return bool(self.hidden) or tiny or _is_alike(self.colour, self.fill or background)


def _is_alike(colour: str | None, background: str) -> bool:
    try:
        ours, theirs = bytes.fromhex(colour or ""), bytes.fromhex(background)
    except ValueError:
        return False
    return (
        bool(ours) and len(ours) == len(theirs) and sum(abs(a - b) for a, b in zip(ours, theirs, strict=True)) <= ALIKE
    )


def value_of(parent: etree._Element | None, name: str) -> str | None:
    """Return the ``w:val`` of a child, ``"1"`` for a child without one, None if there is no such child."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(W + "val", "1")


def number_of(parent: etree._Element | None, name: str) -> int | None:
    """Return the ``w:val`` of a child as a whole number, None if there is none."""
    value = value_of(parent, name)
    return int(value) if value and re.fullmatch(r"-?\d{1,9}", value) else None


def is_on(parent: etree._Element | None, name: str) -> bool | None:
    """Return whether a switch is on, None if it is not there."""
    value = value_of(parent, name)
    return None if value is None else value not in OFF


def fill_of(properties: etree._Element | None) -> str | None:
    """Return the fill colour that properties give as shading, None if they give none."""
    shading = None if properties is None else properties.find(W + "shd")
    if shading is None:
        return None
    fill = shading.get(W + "color" if shading.get(W + "val") == "solid" else W + "fill", "auto")
    return None if fill == "auto" else fill


def read_look(properties: etree._Element | None) -> Look:
    """Return the formatting that run properties give."""
    if properties is None:
        return Look()
    colour, highlight = value_of(properties, "color"), value_of(properties, "highlight")
    fill = fill_of(properties)
    if highlight and highlight != "none":
        fill = WHITE if highlight == "white" else UNKNOWN_FILL
    size = number_of(properties, "sz")
    return Look(is_on(properties, "vanish"), is_on(properties, "b"), size, None if colour == "auto" else colour, fill)


class Styles:
    """The styles of a document; each inherits from the one that it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read the root of the styles part; None is a document without styles."""
        styles = [] if root is None else root.findall(W + "style")
        self._styles = {style.get(W + "styleId", ""): style for style in styles}
        self._default = next(
            (
                s.get(W + "styleId", "")
                for s in styles
                if s.get(W + "type") == "paragraph" and s.get(W + "default") in ("1", "true")
            ),
            "",
        )
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._base = read_look(defaults)
        self.look = cache(self._look)
        self.heading_level = cache(self._heading_level)

    def style_of(self, paragraph_properties: etree._Element | None) -> str:
        """Return the id of a paragraph's style."""
        return value_of(paragraph_properties, "pStyle") or self._default

    def name(self, style: str) -> str:
        """Return a style's name in lower case; built-in styles are named in English in every language."""
        return (value_of(self._styles.get(style), "name") or style).lower()

    def _chain(self, style: str | None) -> Iterator[etree._Element]:
        seen = set[str]()
        while style and style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = value_of(self._styles[style], "basedOn")

    def _look(self, style: str | None, *, base: bool = True) -> Look:
        look = Look()
        for element in self._chain(style):
            look = look.over(read_look(element.find(W + "rPr")))
            look = look.over(Look(fill=fill_of(element.find(W + "pPr"))))
        return look.over(self._base) if base else look

    def run_look(self, run: etree._Element, style: str) -> Look:
        """Return the formatting of a run in a paragraph of a style."""
        properties = run.find(W + "rPr")
        if properties is None:
            return self.look(style)
        character = value_of(properties, "rStyle")
        own = read_look(properties)
        return (own.over(self.look(character, base=False)) if character else own).over(self.look(style))

    def _heading_level(self, style: str) -> int:
        for element in self._chain(style):
            identity = element.get(W + "styleId", "")
            name = (value_of(element, "name") or "").lower()
            found = HEADING.fullmatch(name) or HEADING_ID.fullmatch(identity)
            if found:
                return min(int(found[1]), LAST_LEVEL)
            if name == "title":
                return 1
            outline = number_of(element.find(W + "pPr"), "outlineLvl")
            if outline is not None:
                return outline + 1 if 0 <= outline < LAST_LEVEL else 0
        found = None if style in self._styles else HEADING_ID.fullmatch(style)
        return min(int(found[1]), LAST_LEVEL) if found else 0

    def level(self, properties: etree._Element | None) -> int:
        """Return a paragraph's heading level from 1, 0 if it is no heading."""
        outline = number_of(properties, "outlineLvl")
        if outline is not None:
            return outline + 1 if 0 <= outline < LAST_LEVEL else 0
        return self.heading_level(self.style_of(properties))

    def is_title(self, properties: etree._Element | None) -> bool:
        """Tell whether a paragraph is the document's title."""
        return any((value_of(e, "name") or "").lower() == "title" for e in self._chain(self.style_of(properties)))

    def is_contents(self, properties: etree._Element | None) -> bool:
        """Tell whether a paragraph belongs to a table of contents or figures."""
        return bool(CONTENTS.fullmatch(self.name(self.style_of(properties))))

    def is_list_item(self, properties: etree._Element | None) -> bool:
        """Tell whether a paragraph has a bullet or number, of its own or through its style."""
        styles = [element.find(W + "pPr") for element in self._chain(self.style_of(properties))]
        for given in (properties, *styles):
            numbering = None if given is None else given.find(W + "numPr")
            if numbering is not None:
                return number_of(numbering, "numId") != 0
        return self.name(self.style_of(properties)).startswith(("list bullet", "list number"))

    def table_is_filled(self, table_properties: etree._Element | None) -> bool:
        """Tell whether a table's style fills any of its cells with a colour."""
        return any(
            fill_of(properties)
            for element in self._chain(value_of(table_properties, "tblStyle"))
            for properties in element.iter(W + "tcPr")
        )

    def marks_first_row(self, table_properties: etree._Element | None) -> bool:
        """Tell whether a table's style sets its first row apart."""
        look = None if table_properties is None else table_properties.find(W + "tblLook")
        if look is not None and look.get(W + "firstRow") in OFF:
            return False
        styles = self._chain(value_of(table_properties, "tblStyle"))
        return any(part.get(W + "type") == "firstRow" for style in styles for part in style.iter(W + "tblStylePr"))
