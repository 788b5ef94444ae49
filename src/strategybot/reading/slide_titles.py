"""What a slide without placeholders shows by place and size: its title, and its number where that was typed."""

import re
from collections.abc import Sequence

from strategybot.reading.blocks import normalise
from strategybot.reading.slide_layout import A, Shape
from strategybot.reading.slide_text import text_of

USUAL_HUNDREDTHS = 1_800
"""Size of words in a text box that does not say one, in hundredths of a point."""
LONGEST_TITLE = 120
TITLE_ZONE = 0.3
"""A typed title begins in this upper share of the slide."""
MARGIN = 0.12
"""Typed slide numbers stand within this share of the slide's height from its upper or lower edge."""
NUMBER = re.compile(r"(?:slide |page )?0*(\d{1,4})(?: ?(?:/|of) ?\d{1,4})?", re.I)


def find_typed_title(shapes: Sequence[Shape], height: float) -> Shape | None:
    """Return the uppermost text box if it looks like the slide's title: short, and larger than all other words.

    Words as large, but not bold as it is, may stand below it.

    Args:
        shapes: The slide's shapes, of which none is a placeholder for the title.
        height: The slide's height in EMU.
    """
    spoken = [shape for shape in shapes if words_of(shape)]
    first = min(spoken, key=lambda shape: shape.box[1], default=None)
    if first is None or len(spoken) < 2 or first.box[1] > TITLE_ZONE * height or not _is_short(first):  # noqa: PLR2004
        return None
    others = max(_weight(shape) for shape in spoken if shape is not first)
    return first if _weight(first) > others else None


def is_typed_number(shape: Shape, number: int, height: float) -> bool:
    """Return whether a shape is the slide's number in its margin and nothing else."""
    found = NUMBER.fullmatch(words_of(shape))
    at_edge = shape.box[3] <= MARGIN * height or shape.box[1] >= (1 - MARGIN) * height
    return bool(found) and int(found[1] if found else 0) == number and at_edge


def _is_short(shape: Shape) -> bool:
    filled = [text for paragraph in shape.element.iter(A + "p") if (text := normalise(text_of(paragraph)))]
    return len(filled) == 1 and len(filled[0]) <= LONGEST_TITLE and not filled[0].endswith((".", ";", ","))


def words_of(shape: Shape) -> str:
    """Return all words of a shape."""
    return normalise(" ".join(text_of(paragraph) for paragraph in shape.element.iter(A + "p")))


def _weight(shape: Shape) -> tuple[int, bool]:
    """Return the size of a shape's largest words in hundredths of a point, and whether such are bold."""
    found = []
    for run in shape.element.iter(A + "r"):
        properties = run.find(A + "rPr")
        size, bold = ("", "") if properties is None else (properties.get("sz", ""), properties.get("b", ""))
        found.append((int(size) if size.isdigit() else USUAL_HUNDREDTHS, bold in ("1", "true")))
    return max(found, default=(0, False))
