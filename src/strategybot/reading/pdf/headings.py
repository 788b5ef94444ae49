"""Headings: which paragraphs are headings, and of which level."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from strategybot.reading.pdf.markers import CAPTION, section_depth
from strategybot.reading.pdf.paragraphs import Draft
from strategybot.reading.pdf.setting import Setting

LARGER = 1.08
BANNER = 1.35  # of the body's size: a chapter's title in a band of colour, not the title of a panel
FEWEST_LETTERS = 3  # a figure, such as £63bn, is no heading
MOST_WORDS = 25
FEW_WORDS = 8
DEEPEST = 6
COVER_CHARS = 900
Style = tuple[float, bool, bool, tuple[int, int, int]]


def find_headings(drafts: Sequence[Draft], setting: Setting) -> dict[int, int]:
    """Return the level of each draft, by its place in the sequence, that is a heading."""
    title = find_title(drafts, setting)
    cover = _cover_page(drafts, title, setting)
    italics = _italic_headings(drafts, setting)
    found = [
        n
        for n, draft in enumerate(drafts)
        if n != title
        and draft.page != cover
        and (n in italics or _is_heading(draft, setting))
        and (not draft.apart or draft.size > BANNER * setting.size)
    ]
    levels = _levels([drafts[n] for n in found], 1 if title is None else 2)
    result = dict(zip(found, levels, strict=True))
    if title is not None:
        result[title] = 1
    return dict(sorted(result.items()))


def find_title(drafts: Sequence[Draft], setting: Setting) -> int | None:
    """Return the place of the document's title: the largest words of its first page, if nothing later is as large."""
    texts = [n for n, draft in enumerate(drafts) if draft.lines and not draft.note]
    if not texts:
        return None
    page = drafts[texts[0]].page
    first = [n for n in texts if drafts[n].page == page and any(c.isalpha() for c in drafts[n].text)]
    best = max(first, key=lambda n: (drafts[n].size, drafts[n].bold, -n), default=None)
    if best is None or drafts[best].size < LARGER * setting.size or len(drafts[best].text.split()) > MOST_WORDS:
        return None
    later = [n for n in texts if n != best and drafts[n].size > 0.98 * drafts[best].size]
    is_cover = sum(len(drafts[n].text) for n in first) < COVER_CHARS and len(texts) > len(first)
    return best if is_cover or not any(_is_heading(drafts[n], setting) for n in later) else None


def _cover_page(drafts: Sequence[Draft], title: int | None, setting: Setting) -> int | None:
    """Return the number of the first page if it is a cover, whose other words are no headings."""
    if title is None:
        return None
    page = drafts[title].page
    here = [draft for draft in drafts if draft.page == page]
    words = sum(len(draft.text) for draft in here)
    plain = words < COVER_CHARS and not any(_is_content(draft, setting) for draft in here)
    return page if plain and len(here) < len(drafts) else None


def _is_content(draft: Draft, setting: Setting) -> bool:
    """Say whether a draft is what covers do not hold: a table, a list, or a paragraph of the body's text."""
    running = len(draft.lines) > 1 and not draft.bold and abs(draft.size - setting.size) < 0.02 * setting.size
    sentence = running and draft.text[-1:] == "."
    return draft.table is not None or (draft.item and not draft.numbered) or (sentence and not draft.apart)


def _is_heading(draft: Draft, setting: Setting) -> bool:
    if not draft.lines or draft.note or draft.table is not None:
        return False
    text = draft.text
    words = text.split()
    if sum(c.isalpha() for c in text) < FEWEST_LETTERS or len(words) > MOST_WORDS or CAPTION.match(text):
        return False
    if (draft.item and not draft.numbered) or text[-1] in ".;," or text[0] in '“"‘•':
        return False
    if draft.size > LARGER * setting.size:
        return len(draft.lines) <= 5  # noqa: PLR2004  # lines
    return _stands_out(draft, setting, words)


def _stands_out(draft: Draft, setting: Setting, words: Sequence[str]) -> bool:
    """Say whether words of the text's own size are a heading by weight, colour or capitals."""
    text = draft.text
    if draft.size < 0.88 * setting.size or len(words) > 16 or text[-1] == ":" or len(draft.lines) > 2:  # noqa: PLR2004  # words, lines
        return False
    if (draft.bold and not setting.bold) or _is_underlined(draft, setting):
        return True
    if re.search(r"https?:|www\.|@", text):
        return False
    coloured = all(_differs(line.color, setting.color) for line in draft.lines)
    capitals = text.isupper() and sum(c.isalpha() for c in text) > 3  # noqa: PLR2004  # an abbreviation
    return (coloured or capitals) and draft.size > 0.97 * setting.size and not draft.item


def _is_underlined(draft: Draft, setting: Setting) -> bool:
    """Say whether a line is underlined as a heading is, not as a link is, which has a colour of its own."""
    line = draft.lines[0]
    plain = not draft.item or draft.numbered
    return len(draft.lines) == 1 and line.underlined and plain and not _differs(line.color, setting.color)


def _italic_headings(drafts: Sequence[Draft], setting: Setting) -> frozenset[int]:
    """Return the places of lines in italics over running text, if the document has several: one may be a remark."""
    found = [
        n
        for n, (draft, below) in enumerate(pairwise(drafts))
        if _is_italic_line(draft, setting) and _runs_under(below, draft)
    ]
    return frozenset(found) if len(found) > 1 else frozenset()


def _is_italic_line(draft: Draft, setting: Setting) -> bool:
    if len(draft.lines) != 1 or not draft.lines[0].italic or draft.note or draft.item or draft.apart:
        return False
    text = draft.text
    short = len(text.split()) <= FEW_WORDS and sum(c.isalpha() for c in text) >= FEWEST_LETTERS
    titled = text[0].isupper() and text[-1] not in ".;,:!" and not CAPTION.match(text)
    return short and titled and draft.size > 0.97 * setting.size


def _runs_under(below: Draft, heading: Draft) -> bool:
    """Say whether upright running text stands below a heading, in its column."""
    if below.table is not None or below.note or below.item or len(below.lines) < 2:  # noqa: PLR2004  # lines
        return False
    return not below.lines[0].italic and below.column == heading.column


def _differs(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) > 90  # noqa: PLR2004  # of 765


def _style(draft: Draft) -> Style:
    line = draft.lines[0]
    return round(line.size * 2) / 2, draft.bold, draft.text.isupper(), line.color


def _levels(headings: Sequence[Draft], top: int) -> list[int]:
    """Return the levels of headings by size, weight, capitals and order of first use, refined by their numbers."""
    first: dict[Style, int] = {}
    depths: defaultdict[Style, Counter[int]] = defaultdict(Counter)
    for n, heading in enumerate(headings):
        style = _style(heading)
        first.setdefault(style, n)
        depths[style][section_depth(heading.text)] += 1
    order = sorted(first, key=lambda style: (-style[0], not style[1], not style[2], first[style]))
    keys = [_key(heading, order, depths) for heading in headings]
    ranks = {key: n for n, key in enumerate(sorted(set(keys)))}
    return [min(top + ranks[key], DEEPEST) for key in keys]


def _key(heading: Draft, order: Sequence[Style], depths: Mapping[Style, Counter[int]]) -> tuple[int, int]:
    style = _style(heading)
    numbered = sorted(depth for depth in depths[style] if depth)
    depth = section_depth(heading.text) or (numbered[0] if numbered else 0)
    return order.index(style), depth
