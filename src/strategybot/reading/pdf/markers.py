"""Signs in front of list items, sections and notes."""

import re
import unicodedata
from dataclasses import dataclass

BULLETS = frozenset("•◦▪▫■□●○◆◇–—-*·∙‣⁃➢➤►▶▸✓✔✗➔→§¢¡»")
SIGNS = frozenset("©®™℠℗°№℃℉")  # symbols that belong to the words after them
LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[A-Z])[.)](?=\s)")
BRACKETED = re.compile(r"\((?:\d{1,2}|[a-z]|[ivx]{1,5})\)(?=[^\W_])")
SECTION = re.compile(
    r"(?:(?:chapter|section|part|annex|appendix)\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})\.?(?=\s+\S)", re.IGNORECASE
)
CAPTION = re.compile(r"(?:table|figure|fig\.|chart|box|map|source|sources|note|notes)\s*:?\s*(?:\d|[A-Z]\d|:)", re.I)


@dataclass(frozen=True, slots=True)
class Marker:
    """A list marker: its length with the space after it, and whether it is a number or letter."""

    length: int
    numbered: bool


def find_marker(text: str) -> Marker | None:
    """Return the list marker or number that a line begins with."""
    head, _, rest = text.partition(" ")
    if not rest:
        return None
    if _is_bullet(head):
        return Marker(2, numbered=False)
    if head == "o":
        return Marker(2, numbered=False)
    found = LIST_NUMBER.match(text)
    if found:
        return Marker(found.end() + 1, numbered=True)
    glued = BRACKETED.match(text)
    if glued:
        return Marker(glued.end(), numbered=True)
    section = SECTION.match(text)
    return Marker(section.end() + 1, numbered=True) if section and section.end() <= len(head) else None


def _is_bullet(head: str) -> bool:
    symbol = len(head) == 1 and head not in SIGNS and unicodedata.category(head) in ("Co", "So")
    return symbol or head in BULLETS


def section_depth(text: str) -> int:
    """Return how deep a heading's number is: 1 for "2" or "Chapter 2", 2 for "2.1", 0 for none."""
    found = SECTION.match(text)
    return found[1].count(".") + 1 if found else 0
