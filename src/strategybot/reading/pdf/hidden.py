"""Words that are on a page but cannot be seen on it: drawn in the colour of what is behind them."""

from collections.abc import Sequence

import pypdfium2
from PIL.Image import Image

from strategybot.reading.pdf.geometry import Panel, View, Word

Color = tuple[int, int, int]
WHITE: Color = (255, 255, 255)
SAME = 48  # of 765: colours that cannot be told apart, red, green and blue taken together
VISIBLE = 24  # of 255: difference within a word's box on the rendered page
SCALE = 1.5  # pixels a point


def find_unseen(page: pypdfium2.PdfPage, words: Sequence[Word], panels: Sequence[Panel], view: View) -> frozenset[int]:
    """Return the places, in the sequence, of words that do not stand out from what is behind them.

    The page is rendered only if a word has the colour that it seems to stand on, so that white headings on dark
    pictures stay.
    """
    doubtful = [n for n, word in enumerate(words) if _distance(word.color, _ground(word, panels)) < SAME]
    if not doubtful:
        return frozenset()
    width, _ = view.size
    picture = page.render(scale=min(SCALE, 1500 / max(width, 1))).to_pil().convert("RGB")
    picture = picture.rotate(-90 * (view.turn - page.get_rotation() // 90), expand=True)
    scale = picture.width / width
    return frozenset(n for n in doubtful if not _stands_out(picture, words[n], scale))


def _ground(word: Word, panels: Sequence[Panel]) -> Color:
    """Return the colour of the panel that was drawn last behind a word, or of the paper."""
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    for panel in reversed(panels):
        if panel.fill is not None and panel.left <= x <= panel.right and panel.top <= y <= panel.bottom:
            return panel.fill
    return WHITE


def _distance(one: Color, other: Color) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1]) + abs(one[2] - other[2])


def _stands_out(picture: Image, word: Word, scale: float) -> bool:
    top, bottom = word.baseline - 0.7 * word.size, word.baseline + 0.15 * word.size
    left, upper, right, lower = (round(edge * scale) for edge in (word.left, top, word.right, bottom))
    if right <= left or lower <= upper:
        return False
    bands = picture.crop((left, upper, right, lower)).split()
    extremes = [[int(level) for level in band.getextrema()] for band in bands]  # type: ignore[arg-type]  # one band's two
    return max(high - low for low, high in extremes) >= VISIBLE
