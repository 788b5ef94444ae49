"""What has been filled into the fields of a form, which is no text of the page."""

import ctypes
import re
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

LONGEST = 20_000  # characters of one value
MADE_UP = re.compile(r"[\[\]]|^[\w.]*\d[\w.]*$|^\w+$")  # names that a program gave: Text1, topmostSubform[0], amount
WRITTEN = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)


def read_fields(document: pypdfium2.PdfDocument, number: int) -> tuple[str, ...]:
    """Return what is written in the fields of page ``number``, from 1, each behind its name if that is words."""
    if document.formenv is None:
        return ()
    page = document[number - 1]
    try:
        return tuple(_fields(document.formenv, page))
    finally:
        page.close()


def _fields(form: pypdfium2.PdfFormEnv, page: pypdfium2.PdfPage) -> Iterator[str]:
    for n in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, n)
        if pdfium.FPDFAnnot_GetFormFieldType(form, note) in WRITTEN:
            value = _text(pdfium.FPDFAnnot_GetFormFieldValue, form, note)
            shown = _text(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, note)
            name = shown or _text(pdfium.FPDFAnnot_GetFormFieldName, form, note)
            if value:
                yield value if MADE_UP.search(name) or not name else f"{name.rstrip(' :')}: {value}"
        pdfium.FPDFPage_CloseAnnot(note)


def _text(read: Callable[..., int], form: pypdfium2.PdfFormEnv, note: Any) -> str:  # noqa: ANN401  # pdfium's handle
    length = min(read(form, note, None, 0), 2 * LONGEST)
    buffer = (ctypes.c_ushort * max(length // 2, 1))()
    read(form, note, buffer, length)
    return bytes(buffer).decode("utf-16-le", errors="replace").rstrip("\0").strip()
