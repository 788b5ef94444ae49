"""What stands where on a page: words, rules, panels and pictures.

Lengths are points. The origin is the top left corner of the page as shown (cropped, rotated); y grows downwards.
"""

from dataclasses import dataclass

WordRun = tuple[int, int, int]
"""(start, end, first_char): word.text[start:end] is, one by one, the page's characters from first_char on."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Word(Area):
    """Characters without white space between them, of one size on one baseline.

    The box spans the font's ascent and descent. Neighbours in the text need not be apart: see ``glued``.

    Attributes:
        text: Ligatures expanded, control and format characters dropped.
        size: Size of the font as shown, in points.
        runs: Which of the page's characters hold which part of the text.
        glued: No white space stands between this word and the one before it in the content stream.
        spaced: The page's character after the word is a plain space.
        raised: It is a superscript or subscript.
    """

    text: str
    baseline: float
    size: float
    bold: bool
    italic: bool
    font: str
    color: tuple[int, int, int]
    runs: tuple[WordRun, ...]
    raised: bool = False
    glued: bool = False
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Rule(Area):
    """A thin line; horizontal if it is wider than high."""


@dataclass(frozen=True, slots=True)
class Panel(Area):
    """A rectangle drawn on the page, not thin; ``fill`` is None if only its outline is drawn."""

    fill: tuple[int, int, int] | None
    stroked: bool


@dataclass(frozen=True, slots=True)
class Picture(Area):
    """An image."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        number: From 1.
        label: The file's own label of the page, if it has labels.
        words: Visible ones, in the content stream's order.
        dots: Small round or square shapes, as drawn in front of list items; also among the rules or panels.
        hidden: Words that a reader of the page cannot see.
        sideways: Words written in another direction than most of the page's.
        scanned: Images cover most of it.
        cut: The page holds more than is read of it.
        damaged: The page cannot be opened; it has no size and no words.
    """

    number: int
    label: str | None
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    panels: tuple[Panel, ...]
    pictures: tuple[Picture, ...]
    dots: tuple[Area, ...] = ()
    hidden: tuple[Word, ...] = ()
    sideways: tuple[Word, ...] = ()
    scanned: bool = False
    cut: bool = False
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """How a page's own coordinates (origin bottom left, y upwards) become those of the page as shown.

    Attributes:
        turn: Quarter turns clockwise, 0-3.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        across, up = self.right - self.left, self.top - self.bottom
        return (up, across) if self.turn % 2 else (across, up)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page's own space is shown."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:  # noqa: PLR2004  # half a turn
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom of a box of the page's own space as shown."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
