"""The words of diagrams (SmartArt) in Word documents and presentations."""

from collections.abc import Iterator

from lxml import etree

from strategybot.reading.archive import Package
from strategybot.reading.blocks import Block

DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"


def diagram_blocks(package: Package, part: str, element: etree._Element, page: int | None) -> Iterator[Block]:
    """Yield each text of the diagrams below an element as a list item, in the order of the outline.

    Args:
        package: The file.
        part: The part that the element is in.
        element: A drawing or frame; one without a diagram yields nothing.
        page: Page or slide.
    """
    wanted = [mark.get(DATA, "") for mark in element.iter(DIAGRAM + "relIds")]
    if not wanted:
        return
    links = {relation.id: relation.part for relation in package.relations(part)}
    for name in wanted:
        root = package.xml(links.get(name))
        for point in () if root is None else root.iter(DIAGRAM + "t"):
            text = " ".join(run.text or "" for run in point.iter(DRAWING + "t"))
            if text.strip():
                yield Block("list-item", text, page=page)
