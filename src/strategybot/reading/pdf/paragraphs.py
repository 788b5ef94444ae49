"""Paragraphs of a column: which lines belong together."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from strategybot.dates import MONTHS
from strategybot.reading.pdf.layout import Box, Column
from strategybot.reading.pdf.lines import Line
from strategybot.reading.pdf.markers import find_marker
from strategybot.reading.pdf.setting import Setting

SLACK = 0.2  # of the leading
OTHER_SIZE = 1.07
SMALL = 0.95
LONGEST_NUMBER = 2
HANGS = 0.8  # of the font size, from a list's number to its text at least
WIDEST = 4.0
ENDINGS = ".!?:;…"
CLOSING = "\"'”’)]»"
DATE = re.compile(rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{'|'.join(MONTHS)})\s+(?:19|20)\d\d", re.IGNORECASE)
LED = re.compile(r"[^\W\d].*(?:[.…_]\s?){6,}\s*\S*\d\S*$")  # a name, leaders and a price
DASHES = frozenset("–—-*o·")


@dataclass(slots=True)
class Draft:
    """Lines that belong together, or a table.

    Attributes:
        apart: It stands beside the flow, in a panel.
        indented: Its first line is set further in than the others.
        item: It is an item of a list.
        marker: Number of characters of a list marker in front, 0 if it has none or a drawn one.
        edge: Where lines of its column end at the latest.
        column: Where its column begins and ends from left to right.
        first, last: It is the first or last of its column.
    """

    lines: list[Line]
    page: int
    edge: float = 0.0
    column: tuple[float, float] = (0.0, 0.0)
    table: int | None = None
    apart: bool = False
    item: bool = False
    marker: int = 0
    numbered: bool = False
    first: bool = False
    last: bool = False
    note: bool = False
    joins: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words, lines joined with a space."""
        return " ".join([line.text for line in self.lines])

    @property
    def size(self) -> float:
        """Font size of its first line."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """All its words are bold."""
        return all(line.bold for line in self.lines)


def draft_column(column: Column, setting: Setting, page: int) -> list[Draft]:
    """Return a column's paragraphs, list items, tables and panels from top to bottom."""
    drafts: list[Draft] = []
    for block in _blocks(column, setting):
        if isinstance(block, Box):
            drafts.extend(_draft_box(block, setting, page))
        else:
            drafts.extend(_draft_block(block, setting, page, column.right))
    for draft in drafts:
        draft.column = draft.column if draft.apart else (column.left, column.right)
    flow = [draft for draft in drafts if not draft.apart and draft.table is None]
    if flow:
        flow[0].first = flow[-1].last = True
    return drafts


def _draft_box(box: Box, setting: Setting, page: int) -> list[Draft]:
    if box.table is not None:
        return [Draft([], page, table=box.table)]
    inside: list[Draft] = []
    for column in box.columns:
        inside.extend(draft_column(column, setting, page))
    for draft in inside:
        draft.apart = True
    return inside


def _blocks(column: Column, setting: Setting) -> Iterator[list[Line] | Box]:
    """Yield runs of lines without more room between them than within a paragraph, and boxes."""
    block: list[Line] = []
    for item in column.items:
        if isinstance(item, Box):
            if block:
                yield block
            yield item
            block = []
        elif block and _parts(block, item, setting):
            yield block
            block = [item]
        else:
            block.append(item)
    if block:
        yield block


def _parts(block: Sequence[Line], line: Line, setting: Setting) -> bool:
    """Say whether room or another font size parts a line from the block above it."""
    above = block[-1]
    if not 1 / OTHER_SIZE < line.size / above.size < OTHER_SIZE:
        return True
    gap = line.baseline - above.baseline
    leading = min(setting.leading(line.size), 1.9 * line.size)
    if len(block) > 1:
        leading = min(leading, block[-1].baseline - block[-2].baseline) if leading < gap else leading
    return gap > leading * (1 + SLACK) or gap < 0.3 * line.size


def _draft_block(block: Sequence[Line], setting: Setting, page: int, right: float) -> list[Draft]:
    """Cut a block into paragraphs by markers, indents, short last lines and changes of weight or colour.

    ``right`` is where the column ends; lines of text as a rule end where the block's longest does.
    """
    edge = max(line.right for line in block)
    if len(block) == 2 and edge < block[0].left + 0.6 * (right - block[0].left) and not is_large(block[0], setting):  # noqa: PLR2004  # two words under each other, as on covers
        edge = right
    margin = _usual_left(block)
    drafts: list[Draft] = []
    for line in block:
        draft = drafts[-1] if drafts else None
        if draft is None or _begins(draft, line, margin):
            marker = find_list_marker(line, draft)
            item = line.dotted or marker[0] > 0
            drafts.append(Draft([line], page, edge, item=item, marker=marker[0], numbered=marker[1]))
        else:
            draft.lines.append(line)
    return drafts


def is_large(line: Line, setting: Setting) -> bool:
    """Say whether a line is set as titles are, whose lines are broken by sense."""
    return line.bold or line.size > 1.6 * setting.size


def _usual_left(block: Sequence[Line]) -> float:
    lefts = Counter(round(line.left) for line in block)
    return float(min(left for left, count in lefts.items() if count == max(lefts.values())))


def find_list_marker(line: Line, before: Draft | None) -> tuple[int, bool]:
    """Return the length of the list marker that a paragraph's first line begins with, and whether it is a number."""
    marker = find_marker(line.text)
    if marker is None:
        return 0, False
    head = line.text[: marker.length].strip()
    if marker.numbered and "." in head[:-1]:
        return 0, False  # a numbered paragraph, 3.14: its number is how people cite it
    if marker.numbered and head[-1].isalnum():
        return (marker.length, True) if _hangs(line, head) else (0, False)
    if head in DASHES and before is not None and not before.item and not ends(before.lines[-1]):
        fits = before.edge - before.lines[-1].right > line.first_width
        return (marker.length, False) if fits else (0, False)
    return marker.length, marker.numbered


def _hangs(line: Line, head: str) -> bool:
    """Say whether a plain number in front stands so far from the text that it is a list's, not the text's own."""
    room = line.second_left - line.left - line.first_width
    return head.isdecimal() and len(head) <= LONGEST_NUMBER and not line.bold and HANGS < room / line.size < WIDEST


def _begins(draft: Draft, line: Line, margin: float) -> bool:
    """Say whether a line of the same block begins a new paragraph."""
    above = draft.lines[-1]
    over = has_room(draft, line)
    done = ends(above) or over
    alone = DATE.fullmatch(line.text) or DATE.fullmatch(above.text) or LED.search(above.text)
    if alone or _begins_item(draft, line, done=done):
        return True
    if above.bold != line.bold:
        run_in = above.bold and line.opens_bold and not over
        if (above.bold and not run_in and not _runs_in(draft, line)) or (line.bold and done):
            return True
    if above.color != line.color and done:
        return True
    if _is_centred(draft, line, margin):
        return over and ends(above)
    if _is_indented(draft, line, margin) and done:
        return True
    return over and (ends(above) or not _starts_within(line.text))


def _runs_in(draft: Draft, line: Line) -> bool:
    """Say whether a bold lead-in fills its line, so that the sentence goes on in plain type below."""
    above = draft.lines[-1]
    return draft.edge - above.right < line.first_width and line.text[:1].islower()


def _begins_item(draft: Draft, line: Line, *, done: bool) -> bool:
    marker = find_marker(line.text)
    if marker is None or line.dotted:
        return line.dotted
    head = line.text[: marker.length].strip()
    again = draft.item and abs(line.left - draft.lines[0].left) < 2  # noqa: PLR2004  # points
    if not marker.numbered and head not in DASHES:
        return True
    return again if head in DASHES and draft.item else (again and _is_next(draft, head)) or done


def _is_next(draft: Draft, head: str) -> bool:
    """Say whether a marker can follow that of the item before."""
    before = draft.lines[0].text[: draft.marker].strip()
    if before.isdecimal() and head.isdecimal():
        return int(head) == int(before) + 1
    return not before[:-1].isdigit() or not head[:-1].isdigit() or int(head[:-1]) == int(before[:-1]) + 1


def _is_indented(draft: Draft, line: Line, margin: float) -> bool:
    """Say whether a line stands further in, or further out, than its paragraph goes on."""
    above = draft.lines[-1]
    step = 0.6 * line.size
    if draft.item:
        first = draft.lines[0]
        hang = draft.lines[1].left if len(draft.lines) > 1 else first.second_left if draft.marker else first.left
        return min(abs(line.left - hang), abs(line.left - first.left)) > 0.2 * line.size
    if line.left > above.left + step:
        return True
    out = line.left < above.left - step
    return out and (len(draft.lines) > 1 or above.left > margin + 6 * line.size)


def _is_centred(draft: Draft, line: Line, margin: float) -> bool:
    """Say whether two lines of different length stand in the middle of their block."""
    above = draft.lines[-1]
    off = max(abs((each.left - margin) - (draft.edge - each.right)) for each in (above, line))
    return off < 4 and abs(above.left - line.left) > 3  # noqa: PLR2004  # points


def has_room(draft: Draft, line: Line) -> bool:
    """Say whether the first word of a line would have had room on the line above it."""
    above = draft.lines[-1]
    return draft.edge - above.right > line.first_width + 0.5 * above.size


def ends(line: Line) -> bool:
    """Say whether a line ends as sentences do; its notes' markers do not count."""
    text = line.text
    for start, end in reversed(line.raised):
        if end == len(text):
            text = text[:start]
    return text.rstrip().rstrip(CLOSING)[-1:] in set(ENDINGS)


def _starts_within(text: str) -> bool:
    """Say whether a text begins as the middle of a sentence may."""
    return text[:1].islower() or text[:1] in "(–—-&,;"


def starts_small(text: str) -> bool:
    """Say whether a text begins with a small letter, after any quotation mark or bracket."""
    return text.lstrip("\"'“‘([")[:1].islower()


def is_endnote(draft: Draft, marks: frozenset[str], setting: Setting) -> bool:
    """Say whether a paragraph is a note at the end of a chapter: small, and numbered as the text refers to it."""
    if not draft.numbered or not draft.item or draft.size > SMALL * setting.size:
        return False
    return draft.lines[0].text[: draft.marker].strip(" .()[]") in marks
