"""Pages of a PDF file, one by one."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from strategybot.reading.pdf.characters import MOST_CHARS, Characters, Draft, main_direction
from strategybot.reading.pdf.drawings import find_drawings
from strategybot.reading.pdf.geometry import Page, Picture, View, Word
from strategybot.reading.pdf.hidden import find_unseen
from strategybot.reading.pdf.words import build_word

MOST_PAGES = 5_000
DOMINANT = 0.5  # share of a page that a scan's image covers at least


def open_document(data: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF file.

    Raises:
        ValueError: It is encrypted, damaged, empty, or longer than is read.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
            message = "it is encrypted; save it without a password"
        else:
            message = "it cannot be read as a PDF: it is damaged or cut short; download or export it again"
        raise ValueError(message) from error
    count = len(document)
    if not count:
        message = "it has no pages"
    elif count > MOST_PAGES:
        message = f"it has {count:,} pages; at most {MOST_PAGES:,} are read; split it"
    else:
        return document
    document.close()
    raise ValueError(message)


def read_pages(data: bytes) -> Iterator[Page]:
    """Yield the pages of a PDF file in order, holding one at a time.

    Raises:
        ValueError: It is encrypted, damaged, empty, or longer than is read.
    """
    with open_document(data) as document:
        yield from walk_pages(document)


def walk_pages(document: pypdfium2.PdfDocument) -> Iterator[Page]:
    """Yield the pages of an open document in order, holding one at a time."""
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            yield Page(index + 1, None, 0.0, 0.0, (), (), (), (), damaged=True)
            continue
        try:
            yield _read_page(document, page, index)
        finally:
            page.close()


def _read_page(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, index: int) -> Page:
    textpage = page.get_textpage()
    try:
        characters = Characters(page, textpage)
        drafts = characters.drafts()
    finally:
        textpage.close()
    direction = main_direction(drafts)
    view = page_view(page, direction if drafts else None)
    drawings = find_drawings(page, view)
    width, height = view.size
    scanned = covers(drawings.pictures, width, height)
    built = [(draft, word) for draft in drafts if (word := build_word(draft, view)).text]
    unseen = find_unseen(page, [word for _, word in built], drawings.panels, view)
    words: list[Word] = []
    hidden: list[Word] = []
    sideways: list[Word] = []
    for n, (draft, word) in enumerate(built):
        covered = n in unseen and not draft.style.kind.invisible
        if covered or not _is_shown(draft, word, view, scanned=scanned):
            hidden.append(word)
        elif draft.style.kind.direction == direction and draft.style.kind.straight:
            words.append(word)
        else:
            sideways.append(word)
    return Page(
        index + 1,
        _label(document, index),
        width,
        height,
        tuple(words),
        tuple(drawings.rules),
        tuple(drawings.panels),
        tuple(drawings.pictures),
        tuple(drawings.dots),
        tuple(hidden),
        tuple(sideways),
        scanned=scanned,
        cut=characters.count > MOST_CHARS or drawings.left <= 0,
    )


def page_view(page: pypdfium2.PdfPage, direction: int | None = None) -> View:
    """Return how a page is shown; with ``direction``, how it is read: turned so that such text is level."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    turn = pdfium.FPDFPage_GetRotation(page) if direction is None else direction
    return View(box.left, box.bottom, box.right, box.top, turn % 4)


def covers(pictures: list[Picture], width: float, height: float) -> bool:
    """Say whether pictures cover most of a page; a scan may come in strips."""
    return sum((p.right - p.left) * (p.bottom - p.top) for p in pictures) > DOMINANT * width * height


def _is_shown(draft: Draft, word: Word, view: View, *, scanned: bool) -> bool:
    width, height = view.size
    middle, centre = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    inside = 0 <= middle <= width and 0 <= centre <= height
    return inside and not draft.style.kind.unseen and (scanned or not draft.style.kind.invisible)


def _label(document: pypdfium2.PdfDocument, index: int) -> str | None:
    length = pdfium.FPDF_GetPageLabel(document, index, None, 0)
    if length <= 2:  # noqa: PLR2004  # only the closing zero
        return None
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDF_GetPageLabel(document, index, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", errors="replace").strip() or None
