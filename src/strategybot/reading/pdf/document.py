"""From a PDF file's bytes to blocks, metadata and remarks."""

from collections.abc import Iterator

import pypdfium2

from strategybot.reading.blocks import ParsedText
from strategybot.reading.pdf.assembly import Reading, add_page, build_blocks
from strategybot.reading.pdf.geometry import Page
from strategybot.reading.pdf.metadata import find_metadata
from strategybot.reading.pdf.pages import open_document, walk_pages
from strategybot.schema import Remark

LONGEST_REMARK = 300


def parse_pdf(data: bytes) -> ParsedText:
    """Parse a PDF file into blocks.

    Raises:
        ValueError: It is encrypted, damaged, empty, longer than is read, or holds no text.
    """
    reading = Reading([], [])
    remarks: list[Remark] = []
    with open_document(data) as document:
        for page in walk_pages(document):
            remarks.extend(_remarks(page))
            add_page(reading, page)
        properties = _properties(document)
    blocks = build_blocks(reading)
    return ParsedText(blocks, find_metadata(properties, blocks), tuple(remarks))


def _properties(document: pypdfium2.PdfDocument) -> dict[str, str]:
    return {str(name): str(value) for name, value in document.get_metadata_dict(skip_empty=True).items()}


def _remarks(page: Page) -> Iterator[Remark]:
    if page.hidden:
        text = " ".join(word.text for word in page.hidden)[:LONGEST_REMARK]
        yield Remark(kind="hidden-text", text=text, page=page.number)
    if page.cut:
        yield Remark(kind="left-out", text="the page holds more than is read of one page", page=page.number)
