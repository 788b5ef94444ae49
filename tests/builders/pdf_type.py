"""Typesetting for the PDF builder: faces, words, hyphenation and lines, as a design program sets them."""

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Literal

import matplotlib
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

Setting = Literal["line", "word", "piece"]
"""How a line is written: as one string, word by word without any space, or in pieces of words as kerning leaves it."""
DEJAVU = Path(matplotlib.get_data_path()) / "fonts/ttf"
LIBERATION = Path("/usr/share/fonts/truetype/liberation")
VOWELS = "aeiouy"
LIGATURES = (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("fi", "ﬁ"), ("fl", "ﬂ"))


@dataclass(frozen=True, slots=True)
class Face:
    """Font names of a family, and the ligatures it may set."""

    regular: str
    bold: str
    italic: str
    ligatures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set; sizes in points; ``first`` is the indent of the first line and ``left`` of all."""

    font: str
    bold: str
    size: float
    leading: float
    colour: str = "#222222"
    align: Literal["left", "justify", "right", "centre"] = "left"
    first: float = 0
    left: float = 0
    before: float = 0
    after: float = 6
    hyphen: str = ""
    ligatures: tuple[tuple[str, str], ...] = ()
    setting: Setting = "line"


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    font: str
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    words: tuple[Word, ...]
    indent: float
    width: float
    last: bool


def choose_face(random: Random) -> Face:
    """Return one of the families at hand; Liberation only where it is installed."""
    families = ["helvetica", "times", "dejavu", "dejavu-serif"]
    if LIBERATION.is_dir():
        families += ["LiberationSans", "LiberationSerif", "LiberationSansNarrow"]
    name = random.choice(families)
    if name == "helvetica":
        return Face("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")
    if name == "times":
        return Face("Times-Roman", "Times-Bold", "Times-Italic")
    if name.startswith("Liberation"):
        regular, bold, italic = (_register(LIBERATION / f"{name}-{cut}.ttf") for cut in ("Regular", "Bold", "Italic"))
        return Face(regular, bold, italic, LIGATURES[2:] if random.random() < 0.6 else ())
    stem, slant = ("DejaVuSerif", "Italic") if name.endswith("serif") else ("DejaVuSans", "Oblique")
    regular, bold, italic = (_register(DEJAVU / f"{stem}{cut}.ttf") for cut in ("", "-Bold", f"-{slant}"))
    return Face(regular, bold, italic, LIGATURES if random.random() < 0.6 else ())


def _register(path: Path) -> str:
    if path.stem not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(path.stem, str(path)))
    return path.stem


def words_of(text: str, style: Style, *, lead: int = 0, marks: tuple[tuple[int, str], ...] = ()) -> list[Word]:
    """Return the words of a text, the first ``lead`` characters in bold, with note markers at their offsets."""
    words = []
    for match in re.finditer(r"\S+", text):
        marker = "".join(mark for at, mark in marks if match.start() < at <= match.end())
        words.append(Word(match.group(), style.bold if match.start() < lead else style.font, marker))
    return words


def break_lines(words: list[Word], style: Style, width: float) -> list[Line]:
    """Return the words in lines of a width, breaking at real hyphens and, if the style has one, with its hyphen."""
    lines: list[Line] = []
    current: list[Word] = []
    queue = list(words)
    while queue:
        indent = style.left + (0 if lines else style.first)
        room = width - indent
        word = queue.pop(0)
        if _width([*current, word], style) <= room:
            current.append(word)
            continue
        parts = _split(word, style, room - _width([*current, Word("", style.font)], style)) if current else None
        if parts is None and not current:
            current.append(word)  # longer than a line: it stands out, as in print
        elif parts is None:
            queue.insert(0, word)
        else:
            current.append(parts[0])
            queue.insert(0, parts[1])
        lines.append(Line(tuple(current), indent, room, last=False))
        current = []
    indent = style.left + (0 if lines else style.first)
    if current:
        lines.append(Line(tuple(current), indent, width - indent, last=True))
    return lines


def _split(word: Word, style: Style, room: float) -> tuple[Word, Word] | None:
    """Return the longest head of a word that fits, with its hyphen, and the rest; None if none fits."""
    for at, sign in _breaks(word.text, style.hyphen):
        head = Word(word.text[:at] + sign, word.font)
        if word_width(head, style) <= room:
            return head, Word(word.text[at:], word.font, word.marker)
    return None


def _breaks(text: str, hyphen: str) -> list[tuple[int, str]]:
    """Return where a word may be divided, last place first: after its own hyphen, or between consonants."""
    own = [(n + 1, "") for n, c in enumerate(text) if c == "-" and 1 < n < len(text) - 3]
    if not hyphen or "-" in text or not text.strip("“”‘’.,;:()?").isalpha() or len(text) < 7:
        return own[::-1]
    start = len(text) - len(text.lstrip("“‘("))
    end = len(text.rstrip("”’.,;:)?"))
    low = text.lower()
    places = [
        (n, hyphen)
        for n in range(start + 3, end - 2)
        if low[n - 2] in VOWELS and low[n - 1] not in VOWELS and low[n] not in VOWELS and low[n + 1] in VOWELS
    ]
    return places[::-1]


def _width(words: list[Word], style: Style) -> float:
    space = float(pdfmetrics.stringWidth(" ", style.font, style.size))
    return sum(word_width(word, style) for word in words) + space * (len(words) - 1)


def word_width(word: Word, style: Style) -> float:
    """Return the width of a word with its marker in points."""
    width = float(pdfmetrics.stringWidth(_ligate(word.text, style), word.font, style.size))
    return width + float(pdfmetrics.stringWidth(word.marker, style.font, style.size * 0.62))


def _ligate(text: str, style: Style) -> str:
    for plain, ligature in style.ligatures:
        text = text.replace(plain, ligature)
    return text


def draw_line(canvas: Any, line: Line, style: Style, x: float, y: float) -> None:  # noqa: ANN401 - reportlab is untyped
    """Write a line with its left edge at x and its baseline at y."""
    space = pdfmetrics.stringWidth(" ", style.font, style.size)
    natural = _width(list(line.words), style)
    slack = line.width - natural
    if style.align == "justify" and not line.last and len(line.words) > 1 and slack < line.width * 0.35:
        space += slack / (len(line.words) - 1)
    at = x + line.indent + {"right": slack, "centre": slack / 2}.get(style.align, 0)
    canvas.setFillColor(style.colour)
    run: list[str] = []
    run_at = at
    extra = space - pdfmetrics.stringWidth(" ", style.font, style.size)
    for n, word in enumerate(line.words):
        canvas.setFont(word.font, style.size)
        text = _ligate(word.text, style)
        if style.setting == "line":
            run_at = at if not run else run_at
            run.append(text)
            following = line.words[n + 1] if n + 1 < len(line.words) else None
            if following is None or word.marker or following.font != word.font:
                end = " " if following else ""
                canvas.drawString(run_at, y, " ".join(run) + end, wordSpace=extra)
                run = []
        else:
            _draw_word(canvas, text, at, y, word.font, style)
        at += word_width(word, style)
        if word.marker:
            _draw_marker(canvas, word, style, at, y)
        at += space


def _draw_word(canvas: Any, text: str, x: float, y: float, font: str, style: Style) -> None:  # noqa: ANN401, PLR0913, PLR0917 - reportlab is untyped; a pen needs a place
    middle = len(text) // 2 if style.setting == "piece" and len(text) > 5 else 0
    if middle:
        canvas.drawString(x, y, text[:middle])
        x += pdfmetrics.stringWidth(text[:middle], font, style.size)
    canvas.drawString(x, y, text[middle:])


def _draw_marker(canvas: Any, word: Word, style: Style, end: float, y: float) -> None:  # noqa: ANN401 - reportlab is untyped
    canvas.setFont(style.font, style.size * 0.62)
    width = pdfmetrics.stringWidth(word.marker, style.font, style.size * 0.62)
    canvas.drawString(end - width, y + style.size * 0.36, word.marker)
