"""Characters of a PDF page, as pdfium has them, put together into words."""

import ctypes
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from strategybot.reading.pdf.doubles import Double, casts, find_doubles, text_box

MOST_CHARS = 200_000
LEAST_SIZE = 2.5  # points; what is smaller cannot be read on the page
LEAST_ALPHA = 13  # of 255
HYPHEN = 0x02  # what pdfium makes of a hyphen at the end of a line
NEW_LINE = 0x0A
BROKEN = 3  # characters from the last of a word to the next, with a carriage return and a new line between
CLOSE = 0.12  # of the font size, between letters of a word
NO_BREAK = frozenset([HYPHEN, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
BOLD_NAMES = ("bold", "black", "heavy", "demi")
BOLD_WEIGHT = 600


def _prototype(function: object, result: type, *arguments: type) -> Callable[..., Any]:
    """Bind a pdfium function to plain pointers, which is twice as fast as to typed ones."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]  # pdfium's functions are untyped
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


_unicode = _prototype(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_font_of = _prototype(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p, ctypes.c_void_p)
_mode_of = _prototype(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int, ctypes.c_void_p)
_matrix_of = _prototype(pdfium.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_fill_of = _prototype(pdfium.FPDFPageObj_GetFillColor, ctypes.c_int, ctypes.c_void_p, *(ctypes.c_void_p,) * 4)
_size_of = _prototype(pdfium.FPDFText_GetFontSize, ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
_box_of = _prototype(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_text_object = _prototype(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)


@dataclass(frozen=True, slots=True)
class Kind:
    """What letters look like; ``direction`` is in quarter turns anticlockwise in the page's own space."""

    size: float
    bold: bool
    italic: bool
    font: str
    color: tuple[int, int, int]
    unseen: bool
    invisible: bool
    direction: int
    straight: bool


class Style(NamedTuple):
    """What all characters of one text object share; ``origin`` is where it begins in the page's own space."""

    kind: Kind
    origin: tuple[float, float]


@dataclass(slots=True)
class Draft:
    """A word being put together: (code, index) of its characters, and its box in the page's own space."""

    style: Style
    chars: list[tuple[int, int]]
    glued: bool
    spaced: bool = False
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


class Characters:
    """The characters of one page; reads a text object's style once."""

    def __init__(self, page: pypdfium2.PdfPage, textpage: object) -> None:
        """Read a text page of pypdfium2, which is that of ``page``."""
        self._page, self._textpage = page, textpage
        self._doubles: tuple[Double, ...] | None = None
        self._handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value  # type: ignore[attr-defined]  # untyped
        self._fonts: dict[int, tuple[str, bool, bool]] = {}
        self._styles: dict[int, Style] = {}
        self._kinds: dict[object, Kind] = {}
        self._matrix, self._rectangle = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
        self._channels = (ctypes.c_uint * 4)()
        self.count: int = pdfium.FPDFText_CountChars(textpage)

    def drafts(self) -> list[Draft]:
        """Return the page's words in the content stream's order."""
        found: list[Draft] = []
        word: Draft | None = None
        last = None
        for index in range(min(self.count, MOST_CHARS)):
            code = _unicode(self._handle, index)
            if code not in NO_BREAK and (code <= 0x20 or chr(code).isspace()):  # noqa: PLR2004  # space and controls
                if word is not None:
                    word.spaced = code == 0x20  # noqa: PLR2004  # a plain space
                word = None
                continue
            if word is None and found and index - found[-1].chars[-1][1] == BROKEN:
                word = self._mend(found[-1], index)
            pointer = _text_object(self._handle, index)
            if word is not None and pointer != last:
                word, glued = self._carry_on(word, pointer, index)
            else:
                glued = False
            last = pointer
            if word is None:
                word = Draft(self._style(pointer, index), [], glued)
                found.append(word)
            word.chars.append((code, index))
        for draft in found:
            draft.box = self._box(draft)
        return found

    def _mend(self, word: Draft, index: int) -> Draft | None:
        """Return the word before a line's end if that is none, for the next character stands close beside it.

        Where little stands on a page, pdfium takes its text for vertical and puts line ends between letters.
        """
        if _unicode(self._handle, index - 1) != NEW_LINE or word.style.kind.direction:
            return None
        here, there, size = self.loose_box(index), self.loose_box(word.chars[-1][1]), word.style.kind.size
        level = abs(here[1] - there[1]) < CLOSE * size and abs(here[3] - there[3]) < CLOSE * size
        return word if level and abs(here[0] - there[2]) < CLOSE * size else None

    def _carry_on(self, word: Draft, pointer: int | None, index: int) -> tuple[Draft | None, bool]:
        """Return the word that a new text object's first character belongs to, and whether it is glued to it."""
        (before, begun), (kind, origin) = word.style, self._style(pointer, index)
        here, there = self.loose_box(index), self.loose_box(word.chars[-1][1])
        gap = here[0] - there[2] if kind.direction == 0 else 0.0
        if not -0.5 * before.size < gap < 0.25 * max(before.size, kind.size):
            return None, False
        drop = abs(begun[1] - origin[1]) / before.size if before.direction == 0 else 0.0
        if drop > 0.8:  # noqa: PLR2004  # the next line, not a superscript
            return None, False
        level = drop < 0.08  # noqa: PLR2004  # rounding
        same = abs(before.size - kind.size) < 0.08 * before.size and before.direction == kind.direction
        return (word, True) if same and level and before.unseen == kind.unseen else (None, True)

    def loose_box(self, index: int) -> tuple[float, float, float, float]:
        """Return left, bottom, right, top of a character in the page's own space."""
        rectangle = self._rectangle
        _box_of(self._handle, index, ctypes.addressof(rectangle))
        return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top

    def _box(self, draft: Draft) -> tuple[float, float, float, float]:
        first = self.loose_box(draft.chars[0][1])
        if len(draft.chars) == 1:
            return first
        last = self.loose_box(draft.chars[-1][1])
        return min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3])

    def _style(self, pointer: int | None, index: int) -> Style:
        key = pointer or 0
        if key not in self._styles:
            self._styles[key] = self._read_style(pointer, index)
        return self._styles[key]

    def _read_style(self, pointer: int | None, index: int) -> Style:
        """Return an object's style; some files have an object for each letter, so like ones are made only once."""
        matrix = self._matrix
        _matrix_of(self._handle, index, ctypes.addressof(matrix))
        font = _font_of(pointer) if pointer else None
        mode = _mode_of(pointer) if pointer else 0
        color, alpha = self._color(pointer)
        size = _size_of(self._handle, index)
        shape = matrix.a, matrix.b, matrix.c, matrix.d
        key = font, mode, color, alpha, size, shape
        if key not in self._kinds:
            self._kinds[key] = _make_kind(self._font(font), mode, color, alpha, size, shape)
        return Style(self._kinds[key], (matrix.e, matrix.f))

    def _font(self, address: int | None) -> tuple[str, bool, bool]:
        if not address:
            return "", False, False
        if address not in self._fonts:
            self._fonts[address] = _read_font(ctypes.cast(address, pdfium.FPDF_FONT))
        return self._fonts[address]

    def _color(self, pointer: int | None) -> tuple[tuple[int, int, int], int]:
        """Return red, green and blue of an object's fill, and how opaque it is: 0-255."""
        self._channels[:] = [0, 0, 0, 255]
        if pointer:
            start = ctypes.addressof(self._channels)
            _fill_of(pointer, start, start + 4, start + 8, start + 12)
        red, green, blue, alpha = self._channels
        if pointer and alpha < LEAST_ALPHA:
            return self._color_of_double(pointer) or ((red, green, blue), alpha)
        return (red, green, blue), alpha

    def _color_of_double(self, pointer: int) -> tuple[tuple[int, int, int], int] | None:
        """Return the colour of the same words drawn a second time, of which the text page has only the shadow."""
        if self._doubles is None:
            kept = frozenset(_text_object(self._handle, n) or 0 for n in range(min(self.count, MOST_CHARS)))
            self._doubles = find_doubles(self._page, kept)
        shadow = text_box(ctypes.cast(pointer, pdfium.FPDF_PAGEOBJECT)) if self._doubles else None
        found = (double for double in self._doubles if shadow and double.alpha >= LEAST_ALPHA and casts(double, shadow))
        return next(((double.color, double.alpha) for double in found), None)


def _make_kind(  # noqa: PLR0913, PLR0917  # all that pdfium says of an object
    font: tuple[str, bool, bool],
    mode: int,
    color: tuple[int, int, int],
    alpha: int,
    size: float,
    shape: tuple[float, float, float, float],
) -> Kind:
    name, bold, italic = font
    a, b, c, d = shape
    angle = math.degrees(math.atan2(b, a))
    direction = round(angle / 90) % 4
    seen = size * math.hypot(c, d)
    return Kind(
        size=seen,
        bold=bold or mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,
        italic=italic or (abs(c) > 0.1 * abs(d) and direction == 0),
        font=name,
        color=color,
        unseen=alpha < LEAST_ALPHA or seen < LEAST_SIZE,
        invisible=mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP),
        direction=direction,
        straight=abs((angle + 45) % 90 - 45) < 3,  # noqa: PLR2004  # degrees
    )


def _read_font(font: object) -> tuple[str, bool, bool]:
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 1))
    pdfium.FPDFFont_GetBaseFontName(font, buffer, length)
    name = buffer.value.decode("utf-8", errors="replace")
    plain = name.lower()
    angle = ctypes.c_int()
    pdfium.FPDFFont_GetItalicAngle(font, angle)
    bold = pdfium.FPDFFont_GetWeight(font) >= BOLD_WEIGHT or any(part in plain for part in BOLD_NAMES)
    return name, bold, angle.value != 0 or "italic" in plain or "oblique" in plain


def main_direction(drafts: list[Draft]) -> int:
    """Return the direction that most characters run in: quarter turns anticlockwise, 0 if there are none."""
    counts = Counter[int]()
    for draft in drafts:
        counts[draft.style.kind.direction] += len(draft.chars)
    return counts.most_common(1)[0][0] if counts else 0
