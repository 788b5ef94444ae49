"""Pieces of a page that are read as one: a marker with its text, an initial with its word, what a panel holds."""

from collections.abc import Sequence
from dataclasses import replace

from strategybot.reading.pdf.geometry import Area, Panel
from strategybot.reading.pdf.layout import Box, Item, lay_out
from strategybot.reading.pdf.lines import TALL_CAP, Line, merge_lines
from strategybot.reading.pdf.markers import find_marker
from strategybot.reading.pdf.spans import join

LONGEST_MARKER = 9  # such as "12.10.3."
FULL = 0.6  # share of a page's characters above which a panel is the page's background


def prepare(items: Sequence[Item], panels: Sequence[Panel]) -> list[Item]:
    """Return a page's items with markers and initials joined to their text, and what panels hold put into boxes."""
    return _box_panels(join_initials(join_markers(items)), panels)


def join_markers(items: Sequence[Item]) -> list[Item]:
    """Put list markers and section numbers, which stand apart, together with the text that they belong to."""
    lines = [item for item in items if isinstance(item, Line)]
    taken: set[int] = set()
    joined: dict[int, Line] = {}
    for line in lines:
        marker = find_marker(line.text + " x")
        if marker is None or len(line.text) > LONGEST_MARKER:
            continue
        partners = [other for other in lines if _is_marked_by(other, line, numbered=marker.numbered)]
        partner = min(partners, key=lambda other: other.left, default=None)
        if partner is not None and id(partner) not in taken and id(partner) not in joined:
            joined[id(partner)] = merge_lines([line, partner])
            taken.add(id(line))
    return [joined.get(id(item), item) if isinstance(item, Line) else item for item in items if id(item) not in taken]


def _is_marked_by(line: Line, marker: Line, *, numbered: bool) -> bool:
    """Say whether a line stands beside a marker, close by; a number has the size of its text."""
    level = abs(line.baseline - marker.baseline) < 0.35 * max(line.size, marker.size)
    beside = line.left > marker.left and line.left - marker.right < (4 if numbered else 5) * line.size
    alike = not numbered or (abs(line.size - marker.size) < 0.1 * line.size and line.italic == marker.italic)
    return line is not marker and level and beside and alike


def join_initials(items: Sequence[Item]) -> list[Item]:
    """Put a large initial together with its line, the first of them if it hangs over several."""
    lines = [item for item in items if isinstance(item, Line)]
    found: dict[int, Line | None] = {}
    for initial in lines:
        if len(initial.text) != 1 or not initial.text.isalpha():
            continue
        beside = [
            line
            for line in lines
            if TALL_CAP * line.size < initial.size
            and -0.2 * line.size < line.left - initial.right < 1.2 * line.size
            and initial.top <= line.baseline <= initial.baseline + line.size
        ]
        if len(beside) > 1 or any(abs(line.baseline - initial.baseline) < 1 for line in beside):
            first = min(beside, key=lambda line: line.baseline)
            found[id(initial)] = None
            found[id(first)] = _with_initial(initial, first)
    return [kept for item in items if (kept := found.get(id(item), item)) is not None]


def _with_initial(initial: Line, line: Line) -> Line:
    return replace(line, span=join([initial.span, line.span]), raised=tuple((a + 1, b + 1) for a, b in line.raised))


def _box_panels(items: Sequence[Item], panels: Sequence[Panel]) -> list[Item]:
    """Return items with those of each panel put into a box, outermost panels only."""
    left = list(items)
    whole = sum(_weight(item) for item in items)
    for panel in sorted(panels, key=lambda p: -(p.right - p.left) * (p.bottom - p.top)):
        inside = [item for item in left if _holds(panel, item)]
        count = sum(_weight(item) for item in inside)
        baselines = {round(item.baseline) for item in inside if isinstance(item, Line)}
        if len(baselines) < 2 or count > FULL * whole or _crosses(panel, left):  # noqa: PLR2004  # a band with one line is no panel
            continue
        smaller = [p for p in panels if p is not panel and _within(p, panel)]
        columns = lay_out(_box_panels(inside, smaller), ())
        inner = {id(item) for item in inside}
        left = [item for item in left if id(item) not in inner]
        left.append(Box(panel.left, panel.top, panel.right, panel.bottom, columns))
    return left


def _weight(item: Item) -> int:
    if isinstance(item, Line):
        return len(item.text)
    return sum(_weight(inner) for column in item.columns for inner in column.items)


def _holds(panel: Area, item: Item) -> bool:
    middle = (item.top + item.bottom) / 2
    return panel.left - 2 <= item.left and item.right <= panel.right + 2 and panel.top <= middle <= panel.bottom


def _crosses(panel: Area, items: Sequence[Item]) -> bool:
    """Say whether a line runs over a panel's side, so that the panel is no frame of text."""
    return any(
        panel.top < (item.top + item.bottom) / 2 < panel.bottom
        and (item.left < panel.left - 2 < item.right - 2 or item.left + 2 < panel.right + 2 < item.right)
        for item in items
    )


def _within(inner: Area, outer: Area) -> bool:
    return (
        outer.left - 1 <= inner.left
        and inner.right <= outer.right + 1
        and outer.top - 1 <= inner.top
        and inner.bottom <= outer.bottom + 1
        and (inner.right - inner.left) * (inner.bottom - inner.top)
        < 0.98 * (outer.right - outer.left) * (outer.bottom - outer.top)
    )
