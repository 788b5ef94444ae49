"""Words of a PDF page as shown: their characters as text, and which of the page's characters these are."""

import unicodedata
from collections.abc import Iterator

from strategybot.reading.blocks import LIGATURES
from strategybot.reading.pdf.characters import HYPHEN, Draft
from strategybot.reading.pdf.geometry import View, Word, WordRun


def build_word(draft: Draft, view: View) -> Word:
    """Return a draft as a word of the page as shown."""
    style, origin = draft.style
    text, runs = spell(draft.chars)
    return Word(
        *view.box(*draft.box),
        text=text,
        baseline=view.point(*origin)[1],
        size=style.size,
        bold=style.bold,
        italic=style.italic,
        font=style.font,
        color=style.color,
        runs=runs,
        glued=draft.glued,
        spaced=draft.spaced,
    )


def spell(chars: list[tuple[int, int]]) -> tuple[str, tuple[WordRun, ...]]:
    """Return characters as text, and which of the text's characters are the page's own, one by one."""
    text = "".join(map(chr, (code for code, _ in chars)))
    first = chars[0][1]
    if text.isascii() and text.isprintable() and chars[-1][1] - first == len(chars) - 1:
        return text, ((0, len(text), first),)
    pieces: list[str] = []
    runs: list[WordRun] = []
    at = 0
    for piece, index in _clusters(chars):
        if index is not None:
            start, end, begun = runs[-1] if runs else (0, -1, 0)
            grows = end == at and begun + end - start == index
            runs[-1 if grows else len(runs) :] = [(start, at + 1, begun) if grows else (at, at + 1, index)]
        pieces.append(piece)
        at += len(piece)
    return "".join(pieces), tuple(runs)


def _clusters(chars: list[tuple[int, int]]) -> Iterator[tuple[str, int | None]]:
    """Yield (text, index): index is None where the text is not that very character of the page."""
    waiting: list[tuple[str, int]] = []
    for code, index in chars:
        char = chr(code)
        if unicodedata.combining(char) == 0:
            yield from _compose(waiting)
            waiting = []
        waiting.append((char, index))
    yield from _compose(waiting)


def _compose(group: list[tuple[str, int]]) -> Iterator[tuple[str, int | None]]:
    text = "".join(char for char, _ in group)
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        yield composed, None
        return
    for char, index in group:
        if ord(char) == HYPHEN:
            yield "-", None
        elif char in LIGATURES:
            yield LIGATURES[char], None
        elif unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn"):
            yield char, index
