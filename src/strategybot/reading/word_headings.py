"""What shows only when a whole Word document is seen: headings without styles, and contents lists that were typed."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from strategybot.reading.blocks import Block, normalise
from strategybot.reading.dating import printed_date

PAGE_NUMBER = re.compile(r"(?:[.…·_]\s*){3,}\d{1,3}$|\t\s*\d{1,3}$")
LONGEST_CONTENTS_LINE = 300
CONTENTS_TITLE = re.compile(r"\W*(?:table of )?contents\W*", re.I)
FEWEST_CONTENTS_LINES = 3
HEADING_WORDS = 15
LARGER = 1.12
BOLD_SHARE = 0.4
LAST_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A block, and what its paragraph looked like.

    Attributes:
        size: Of most of its characters, in half-points; 0 if it is not said.
        bold: All of its words are bold.
        stands: It is a paragraph of the body, not of a table or box.
        title: Its style is the document title's.
    """

    block: Block
    size: int = 0
    bold: bool = False
    stands: bool = False
    title: bool = False


def drop_contents(found: Sequence[Found]) -> list[Found]:
    """Leave out typed tables of contents: three or more lines in a row with a page number after dots or a tab."""
    kept: list[Found] = []
    lines: list[Found] = []
    for item in [*found, Found(Block("paragraph", "."))]:
        if item.block.kind in ("paragraph", "list-item") and _is_contents_line(item.block.text):
            lines.append(item)
            continue
        titled = bool(kept) and bool(CONTENTS_TITLE.fullmatch(kept[-1].block.text))
        dotted = all(re.search(r"[.…·_]{3}", line.block.text) for line in lines)
        if len(lines) < FEWEST_CONTENTS_LINES or not (titled or dotted):
            kept += lines
        elif titled:
            kept.pop()
        lines = []
        kept.append(item)
    return kept[:-1]


def _is_contents_line(text: str) -> bool:
    return len(text) <= LONGEST_CONTENTS_LINE and bool(PAGE_NUMBER.search(text.rstrip()))


def promote_headings(found: Sequence[Found]) -> list[Found]:
    """Make short paragraphs that stand out by size or bold type headings, if no style marks any heading."""
    if any(item.block.kind == "heading" and not item.title for item in found):
        return list(found)
    words = Counter[tuple[int, bool]]()
    for item in found:
        if item.block.kind in ("paragraph", "list-item"):
            words[item.size, item.bold] += len(item.block.text)
    sizes = Counter[int]()
    for (size, _), count in words.items():
        sizes[size] += count
    body = sizes.most_common(1)[0][0] if sizes else 0
    bold_tells = sum(n for (_, bold), n in words.items() if bold) < BOLD_SHARE * max(words.total(), 1)
    chosen = [n for n, item in enumerate(found[:-1]) if _stands_out(item, body, bold_tells=bold_tells)]
    looks = sorted({(found[n].size, found[n].bold) for n in chosen}, reverse=True)
    below_title = any(item.title for item in found)
    levels = {look: min(rank + 1 + below_title, LAST_LEVEL) for rank, look in enumerate(looks)}
    promoted = list(found)
    for n in chosen:
        level = levels[found[n].size, found[n].bold]
        promoted[n] = replace(found[n], block=replace(found[n].block, kind="heading", level=level))
    return promoted


def _stands_out(item: Found, body: int, *, bold_tells: bool) -> bool:
    text = normalise(item.block.text)
    if not item.stands or item.block.kind == "heading" or printed_date(text) or not re.search(r"[^\W\d_]", text):
        return False
    if len(text.split()) > HEADING_WORDS or text.endswith((".", ":", ";", ",")):
        return False
    return (body > 0 and item.size >= LARGER * body) or (item.bold and bold_tells and item.size >= body)
