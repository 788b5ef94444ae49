"""Running headers, footers and page numbers: found by their places and dropped; the printed page numbers are kept."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strategybot.reading.pdf.geometry import Panel, Rule
from strategybot.reading.pdf.lines import Line
from strategybot.reading.pdf.markers import CAPTION

ZONE = 0.15  # share of the page's height, at its top and at its foot
SAME_PLACE = 4.0  # points
LEVEL = 2.0  # points
OFTEN = 3  # pages
MOSTLY = 0.5  # share of the pages
SHORT = 8  # pages of a document in which twice is often
NUMBER = re.compile(r"\d{1,4}|[ivxlc]{1,6}", re.IGNORECASE)
PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—|\[ ]*(?:\d{1,4}|[ivxlc]{1,6})[-–—|\] ]*(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+[^\W\d]")
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's lines and drawings, small enough to keep all pages of a document.

    Attributes:
        label: As printed; the file's own until the printed one is known.
        tables: Area and number of each table.
        recognised: Paragraphs, as lines, that OCR has found on a scanned page, and what is filled into a form.
    """

    number: int
    label: str | None
    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    panels: tuple[Panel, ...]
    tables: tuple[tuple[float, float, float, float, int], ...] = ()
    recognised: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A line in a margin: which sheet's, at the top or at the foot, and how far from that edge."""

    sheet: int
    foot: bool
    depth: float
    line: Line
    isolated: bool


def find_furniture(sheets: Sequence[Sheet], size: float, notes: frozenset[int]) -> dict[int, list[Line]]:
    """Return the lines of each page, by its number, that are furniture.

    Args:
        sheets: The pages in order.
        size: Font size of the body's text.
        notes: Ids of the lines of footnotes, which are none.
    """
    places = [place for n, sheet in enumerate(sheets) for place in _places(n, sheet) if id(place.line) not in notes]
    places = [place for place in places if not CAPTION.match(place.line.text)]
    found = [p for p in places if _is_number(p, sheets)] + _repeated(places, sheets, size)
    found += _in_slots(places, found, len(sheets), size)
    lines: defaultdict[int, list[Line]] = defaultdict(list)
    for place in _outermost(found, sheets):
        lines[sheets[place.sheet].number].append(place.line)
    return dict(lines)


def _outermost(found: Sequence[Place], sheets: Sequence[Sheet]) -> Iterator[Place]:
    """Yield places, once each, with nothing but furniture between them and the paper's edge.

    What stands below a heading is text, even if the same words stand below the headings of other pages.
    """
    known: set[int] = set()
    for place in sorted(found, key=lambda place: place.depth):
        line = place.line
        over = (other for other in sheets[place.sheet].lines if other.left < line.right and line.left < other.right)
        outer = (other for other in over if _is_outside(other, place))
        if id(line) not in known and all(id(other) in known for other in outer):
            known.add(id(line))
            yield place


def _is_outside(line: Line, place: Place) -> bool:
    """Say whether a line stands further out, towards the paper's edge, than a place in a margin."""
    by = line.baseline - place.line.baseline
    return by > LEVEL if place.foot else by < -LEVEL


def _places(number: int, sheet: Sheet) -> Iterator[Place]:
    """Yield the lines in a page's margins; isolated ones have more room towards the text than lines have between."""
    for line in sheet.lines:
        middle = line.baseline - 0.3 * line.size
        foot = middle > sheet.height / 2
        depth = sheet.height - line.baseline if foot else line.baseline
        if depth < ZONE * sheet.height:
            towards = [
                abs(other.baseline - line.baseline)
                for other in sheet.lines
                if (other.baseline < line.baseline - 2 if foot else other.baseline > line.baseline + 2)
            ]
            away = [
                abs(other.baseline - line.baseline)
                for other in sheet.lines
                if (other.baseline > line.baseline + 2 if foot else other.baseline < line.baseline - 2)
            ]
            isolated = min(towards, default=99.0) > 1.7 * line.size and (
                not away or min(away) > 1.05 * line.size or len(away) < 3  # noqa: PLR2004  # a few lines of furniture
            )
            yield Place(number, foot, depth, line, isolated)


def _is_number(place: Place, sheets: Sequence[Sheet]) -> bool:
    """Say whether a line is nothing but the number of a page, on the outermost line."""
    sheet = sheets[place.sheet]
    text = place.line.text.strip()
    if not place.isolated or not PAGE_NUMBER.fullmatch(text) or place.depth > 0.1 * sheet.height:
        return False
    numbers = [int(word) for word in re.findall(r"\d+", text)]
    return sheet.number in numbers[:1] or "page" in text.lower()


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.casefold().split()))


def _repeated(places: Sequence[Place], sheets: Sequence[Sheet], size: float) -> list[Place]:
    """Return places where the same words, but for their numbers, stand on several pages."""
    groups: defaultdict[tuple[bool, str], list[Place]] = defaultdict(list)
    for place in places:
        key = _key(place.line.text)
        groups[place.foot, "#" if PAGE_NUMBER.fullmatch(place.line.text.strip()) else key].append(place)
    found = []
    for (_, key), group in groups.items():
        for place in group:
            same = [p for p in group if abs(p.depth - place.depth) < SAME_PLACE and p.sheet != place.sheet]
            pages = len({p.sheet for p in same}) + 1
            often = pages >= OFTEN or (pages > 1 and len(sheets) <= SHORT)
            apart = place.isolated or pages >= max(OFTEN, MOSTLY * len(sheets))
            exact = sum(p.line.text == place.line.text for p in same) + 1
            small = place.line.size <= 1.12 * size and _runs_along(place, same) and not _is_section(place)
            if (
                often
                and apart
                and not _are_all_there_is([place, *same], sheets)
                and (small or exact >= OFTEN or key == "#")
            ):
                found.append(place)
    return found


def _are_all_there_is(places: Sequence[Place], sheets: Sequence[Sheet]) -> bool:
    """Say whether most of the pages hold nothing but these lines, which are then the text."""
    alone = sum(len(sheets[p.sheet].lines) == 1 and not sheets[p.sheet].tables for p in places)
    return alone > 0.5 * len(places) and not PAGE_NUMBER.fullmatch(places[0].line.text.strip())


def _is_section(place: Place) -> bool:
    """Say whether a line has a section's number, or is a heading close to the text below it.

    Numbers of sections grow with the pages too, where each section begins a new page.
    """
    return bool(SECTION.match(place.line.text)) or (place.line.bold and not place.isolated)


def _runs_along(place: Place, same: Sequence[Place]) -> bool:
    """Say whether the numbers in a line stay, or grow with the pages, as those of captions and headings do not."""
    if any(p.line.text == place.line.text for p in same) or "#" not in _key(place.line.text):
        return True
    offsets = {value - place.sheet for value, _ in _numbers(place.line.text, roman=False)}
    return any(value - p.sheet in offsets for p in same for value, _ in _numbers(p.line.text, roman=False))


def _in_slots(places: Sequence[Place], known: Sequence[Place], count: int, size: float) -> list[Place]:
    """Return places whose words change but which stand where furniture stands: a chapter's title, for one."""
    styles = {(p.foot, round(p.depth), p.line.font, round(p.line.size, 1)) for p in known}
    slots = Counter[tuple[bool, int, str, float]]()
    for place in places:
        if place.isolated and place.line.size <= size:
            slots[_slot(place)] += 1
    found = []
    for place in places:
        slot = _slot(place)
        level = any(p.sheet == place.sheet and abs(p.line.baseline - place.line.baseline) < 1 for p in known)
        beside = level or any((slot[0], slot[1] + d, *slot[2:]) in styles for d in (-1, 0, 1))
        usual = not place.foot and slots[slot] >= max(4, 0.4 * count) and place.line.size < 0.97 * size
        if place.isolated and place.line.size <= 1.02 * size and (beside or usual):
            found.append(place)
    return found


def _slot(place: Place) -> tuple[bool, int, str, float]:
    return place.foot, round(place.depth), place.line.font, round(place.line.size, 1)


def printed_labels(furniture: dict[int, list[Line]]) -> dict[int, str]:
    """Return the number printed on each page, by the page's number, where the numbers run with the pages."""
    labels: dict[int, str] = {}
    for roman in (True, False):
        votes = Counter[int]()
        found: list[tuple[int, int, str]] = []
        for number, lines in furniture.items():
            values = {value: word for line in lines for value, word in _numbers(line.text, roman=roman)}
            found.extend((number, value, word) for value, word in values.items())
            votes.update(value - number for value in values)
        if not votes:
            continue
        offset, often = votes.most_common(1)[0]
        if often > 1 or len(furniture) == 1:
            labels.update({number: word for number, value, word in found if value - number == offset})
    return labels


def _numbers(text: str, *, roman: bool) -> Iterator[tuple[int, str]]:
    words = re.findall(r"[^\W_]+", text)
    for at, word in enumerate(words):
        if roman and at in (0, len(words) - 1) and re.fullmatch(r"[ivxlc]{1,6}", word):
            yield _roman(word), word
        elif not roman and re.fullmatch(r"\d{1,4}", word):
            yield int(word), word


def _roman(word: str) -> int:
    values = [ROMAN[letter] for letter in word.lower()]
    return sum(-v if any(later > v for later in values[n + 1 : n + 2]) else v for n, v in enumerate(values))
