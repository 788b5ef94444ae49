"""Where a slide's shapes stand, what they stand for, and in which order a person reads them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from strategybot.reading.archive import Package

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SHAPES = tuple(P + name for name in ("sp", "graphicFrame", "cxnSp"))
BULLETED = ("body", "obj", "")
WIDE_SHARE = 0.6
SLACK = 0.1
Box = tuple[float, float, float, float]
Scale = tuple[float, float, float, float]
NO_SCALE: Scale = (1, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape of a slide.

    Attributes:
        element: The shape.
        role: Its placeholder's type, ``text`` for a shape that is no placeholder, empty for a general one.
        box: Left, top, right and bottom in EMU.
        hidden: It is marked as hidden or stands off the slide.
        bullets: Levels of its text, from 0, that show a bullet if they do not say otherwise.
    """

    element: etree._Element
    role: str
    box: Box
    hidden: bool
    bullets: frozenset[int]


class SlideLayout:
    """A slide's layout and master, from which placeholders take their place and bullets."""

    def __init__(self, package: Package, slide: str) -> None:
        """Find both and the size of the slides."""
        layout = package.related(slide, "slideLayout")
        master = package.related(layout, "slideMaster") if layout else None
        self._roots = [root for root in (package.xml(layout), package.xml(master)) if root is not None]
        presentation = package.xml("ppt/presentation.xml")
        size = None if presentation is None else presentation.find(P + "sldSz")
        self._size = (_number(size, "cx"), _number(size, "cy")) if size is not None else (0.0, 0.0)

    @property
    def height(self) -> float:
        """The slides' height in EMU; 0 if the file does not say it."""
        return self._size[1]

    def shapes(self, tree: etree._Element, scale: Scale = NO_SCALE) -> list[Shape]:
        """Return the shapes of a tree in the file's order, groups taken apart."""
        found: list[Shape] = []
        for child in tree:
            if child.tag == P + "grpSp":
                found += self.shapes(child, _group_scale(child, scale))
            elif child.tag == MC + "AlternateContent":
                branches = child.findall(MC + "Choice") + child.findall(MC + "Fallback")
                found += self.shapes(branches[0], scale) if branches else []
            elif child.tag in SHAPES:
                found.append(self._shape(child, scale))
        return found

    def _shape(self, element: etree._Element, scale: Scale) -> Shape:
        mark = element.find(f"*/{P}nvPr/{P}ph")
        role = "text" if mark is None else mark.get("type", "")
        inherited = [] if mark is None else list(self._placeholders(mark))
        boxes = [box for shape in (element, *inherited) if (box := _box(shape))]
        box = _scaled(boxes[0], scale) if boxes else (0.0, 0.0, 0.0, 0.0)
        named = element.find(f"*/{P}cNvPr")
        hidden = named is not None and named.get("hidden") in ("1", "true")
        return Shape(
            element, role, box, hidden or (bool(boxes) and self._is_off(box)), self._bullets(role, element, inherited)
        )

    def _is_off(self, box: Box) -> bool:
        width, height = self._size
        return bool(width) and (box[2] <= 0 or box[3] <= 0 or box[0] >= width or box[1] >= height)

    def _placeholders(self, mark: etree._Element) -> Iterator[etree._Element]:
        """Yield the placeholders of layout and master that a slide's placeholder takes after."""
        index, role = mark.get("idx", "0"), mark.get("type", "obj")
        alike = {"obj": ("obj", "body"), "ctrTitle": ("ctrTitle", "title"), "subTitle": ("subTitle", "body")}.get(
            role, (role,)
        )
        for n, root in enumerate(self._roots):
            marks = [ph for ph in root.iter(P + "ph")]
            same = [ph for ph in marks if n == 0 and ph.get("idx", "0") == index]
            same += [ph for ph in marks if ph.get("type", "obj") in alike]
            if same:
                yield same[0].getparent().getparent().getparent()

    def _bullets(self, role: str, element: etree._Element, inherited: Sequence[etree._Element]) -> frozenset[int]:
        """Return the levels that show a bullet by list styles of the shape, its layout and its master."""
        styles = [style for shape in (element, *inherited) for style in shape.iterfind(f"{P}txBody/{A}lstStyle")]
        if role in BULLETED:
            styles += [style for root in self._roots for style in root.iterfind(f"{P}txStyles/{P}bodyStyle")]
        return frozenset(level for level in range(9) if _shows_bullet(styles, level))


def _shows_bullet(styles: Sequence[etree._Element], level: int) -> bool:
    for style in styles:
        properties = style.find(f"{A}lvl{level + 1}pPr")
        told = None if properties is None else bullet_of(properties)
        if told is not None:
            return told
    return False


def bullet_of(properties: etree._Element) -> bool | None:
    """Return whether paragraph properties show a bullet, None if they do not say."""
    if properties.find(A + "buNone") is not None:
        return False
    return True if any(properties.find(A + name) is not None for name in ("buChar", "buAutoNum", "buBlip")) else None


def _number(element: etree._Element, name: str) -> float:
    value = element.get(name, "0")
    return float(value) if value.lstrip("-").isdigit() else 0.0


def _box(shape: etree._Element) -> Box | None:
    place = shape.find(f"{P}spPr/{A}xfrm")
    place = shape.find(P + "xfrm") if place is None else place
    offset, size = (None, None) if place is None else (place.find(A + "off"), place.find(A + "ext"))
    if offset is None or size is None:
        return None
    left, top = _number(offset, "x"), _number(offset, "y")
    return left, top, left + _number(size, "cx"), top + _number(size, "cy")


def _group_scale(group: etree._Element, outer: Scale) -> Scale:
    """Return how a group's own coordinates become those of the slide."""
    place = group.find(f"{P}grpSpPr/{A}xfrm")
    parts = [None if place is None else place.find(A + name) for name in ("off", "ext", "chOff", "chExt")]
    if any(part is None for part in parts):
        return outer
    offset, size, inner, inner_size = parts
    x = _number(size, "cx") / (_number(inner_size, "cx") or 1)
    y = _number(size, "cy") / (_number(inner_size, "cy") or 1)
    left, top = _number(offset, "x") - x * _number(inner, "x"), _number(offset, "y") - y * _number(inner, "y")
    return outer[0] * x, outer[1] * y, outer[0] * left + outer[2], outer[1] * top + outer[3]


def _scaled(box: Box, scale: Scale) -> Box:
    x, y, left, top = scale
    return box[0] * x + left, box[1] * y + top, box[2] * x + left, box[3] * y + top


def in_reading_order(shapes: Sequence[Shape]) -> list[Shape]:
    """Return shapes as read: wide ones part the slide into bands; in a band columns from the left, each downwards."""
    bands = _split(shapes, 1)
    width = max((shape.box[2] for shape in shapes), default=0) - min((shape.box[0] for shape in shapes), default=0)
    groups: list[list[list[Shape]]] = []
    last_wide: list[Shape] | None = None
    for band in bands:
        wide = any(shape.box[2] - shape.box[0] >= WIDE_SHARE * width for shape in band)
        if wide or not groups or groups[-1][-1] is last_wide:
            groups.append([])
        last_wide = band if wide else None
        groups[-1].append(band)
    return [shape for group in groups for shape in _by_columns(group)]


def _by_columns(bands: Sequence[Sequence[Shape]]) -> list[Shape]:
    """Return bands read column by column if they have columns, else one after the other."""
    columns = _split([shape for band in bands for shape in band], 0)
    if len(columns) > 1:
        return [shape for column in columns for shape in in_reading_order(column)]
    if len(bands) > 1:
        return [shape for band in bands for shape in _by_columns([band])]
    return sorted(bands[0], key=lambda shape: (shape.box[1], shape.box[0]))


def _split(shapes: Sequence[Shape], axis: int) -> list[list[Shape]]:
    """Split shapes where a straight line goes between them, across (axis 1) or down (axis 0)."""
    groups: list[list[Shape]] = []
    end = float("-inf")
    for shape in sorted(shapes, key=lambda shape: (shape.box[axis], shape.box[1 - axis])):
        slack = SLACK * (shape.box[axis + 2] - shape.box[axis])
        if not groups or shape.box[axis] >= end - slack:
            groups.append([])
        groups[-1].append(shape)
        end = max(end, shape.box[axis + 2])
    return groups
