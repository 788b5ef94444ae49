"""From a PDF file's bytes to blocks, metadata and remarks."""

import ctypes
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from strategybot.reading.blocks import ParsedText
from strategybot.reading.pdf.assembly import Reading, add_page, build_blocks
from strategybot.reading.pdf.forms import read_fields
from strategybot.reading.pdf.geometry import Page, Word
from strategybot.reading.pdf.metadata import find_metadata
from strategybot.reading.pdf.ocr import find_tesseract, recognise
from strategybot.reading.pdf.pages import open_document, walk_pages
from strategybot.reading.pdf.spans import spell_words
from strategybot.schema import Remark

LONGEST_REMARK = 300
FEWEST_CHARS = 20  # of a page that is text, not a scan with a stamp on it
NEEDS_OCR = "no text: needs OCR (install tesseract-ocr and ingest again)"
ALL_SCANNED = "no text: it is scanned and needs OCR; install tesseract-ocr and ingest it again"
NO_TEXT = "no text: nothing can be read on its pages"
DAMAGED = "it is damaged: none of its pages can be read; download or export it again"
UNLAID = "the page's tables and columns could not be made out; its lines are given from top to bottom"
Recognised = tuple[tuple[str, ...], ...]


def parse_pdf(data: bytes) -> ParsedText:
    """Parse a PDF file into blocks.

    Raises:
        ValueError: It is encrypted, damaged, empty, longer than is read, or holds no text.
    """
    remarks: list[Remark] = []
    with open_document(data) as document:
        reading = Reading(len(document))
        document.init_forms()
        for page in walk_pages(document):
            remarks.extend(_remarks(page))
            recognised, problem = _recognise(document, page)
            if problem:
                remarks.append(Remark(kind="no-text", text=problem, page=page.number))
            filled = () if page.damaged else read_fields(document, page.number)
            add_page(reading, page, (*recognised, *((value,) for value in filled)))
        properties = {str(k): str(v) for k, v in document.get_metadata_dict(skip_empty=True).items()}
        properties["Lang"] = _language(document)
    blocks = build_blocks(reading)
    remarks.extend(Remark(kind="left-out", text=UNLAID, page=page) for page in sorted(reading.unlaid))
    if not blocks and not any(remark.kind == "hidden-text" for remark in remarks):
        raise ValueError(_reason(remarks))
    return ParsedText(blocks, find_metadata(properties, blocks), tuple(remarks))


def _language(document: pypdfium2.PdfDocument) -> str:
    """Return the language that the file says it is in; empty if it says none."""
    bytes_needed = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    letters = (ctypes.c_ushort * (bytes_needed // 2))()
    pdfium.FPDFCatalog_GetLanguage(document, letters, bytes_needed)
    return bytes(letters).decode("utf-16-le", "replace").strip("\0 ")


def _reason(remarks: Sequence[Remark]) -> str:
    """Return why a document gives no text at all."""
    problems = [remark.text for remark in remarks if remark.kind == "no-text"]
    if problems:
        return ALL_SCANNED if problems[0] == NEEDS_OCR else problems[0]
    return DAMAGED if any(remark.kind == "left-out" for remark in remarks) else NO_TEXT


def _recognise(document: pypdfium2.PdfDocument, page: Page) -> tuple[Recognised, str | None]:
    """Return what OCR finds on a scanned page, and why it finds nothing if that is so."""
    if not page.scanned or sum(len(word.text) for word in page.words) >= FEWEST_CHARS:
        return (), None
    program = find_tesseract()
    if program is None:
        return (), NEEDS_OCR
    image = document[page.number - 1]
    try:
        found = recognise(program, image)
    except ValueError as error:
        return (), f"no text: {error}"
    finally:
        image.close()
    return found, None if found else "no text: OCR has found no words"


def _remarks(page: Page) -> Iterator[Remark]:
    if page.hidden:
        yield from (Remark(kind="hidden-text", text=text, page=page.number) for text in _passages(page.hidden, page))
    if page.damaged:
        yield Remark(kind="left-out", text="the page is damaged and cannot be opened", page=page.number)
    if page.cut:
        yield Remark(kind="left-out", text="the page holds more than is read of one page", page=page.number)


def _passages(words: tuple[Word, ...], page: Page) -> Iterator[str]:
    """Yield hidden words as the passages that they make, each cut to what a remark may hold."""
    start = 0
    for n in range(1, len(words) + 1):
        if n == len(words) or abs(words[n].baseline - words[n - 1].baseline) > 3 * max(words[n].size, 8):
            text = spell_words(words[start:n], page.number).text
            yield text[:LONGEST_REMARK]
            start = n
