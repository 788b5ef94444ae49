"""Dates that a document prints about itself near its top, and titles that name it."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from strategybot.dates import MONTHS, first_day
from strategybot.reading.blocks import Block, normalise

LABEL = (
    r"(?:(?P<label>(?:first |last |date )?(?:of )?(?:published|publication|updated|issued|issue|reviewed|released)"
    r"(?: date| by [\w ,&]{3,60}?)?|dated?|updated?)\s*(?:on|in)?\s*[:–-]?\s*)?"
)
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
SHORT = [month[:3].lower() for month in MONTHS]
MONTH = rf"(?P<month>{'|'.join(MONTHS)}|{'|'.join(SHORT)}|sept)\.?"
PRINTED = re.compile(
    rf"\W*{LABEL}{WEEKDAY}(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?{MONTH},?\s+(?P<year>(?:19|20)\d\d)\W*",
    re.I,
)
NUMERIC = re.compile(
    rf"\W*{LABEL}(?:(?P<day>\d{{1,2}})[/.](?P<month>\d{{1,2}})[/.](?P<year>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d))\W*",
    re.I,
)
NEAR_TOP = 8
LONGEST_LINE = 120
TITLE_BLOCKS = 30
TITLE_SHARE = 0.8
POOR_TITLE = re.compile(
    r"\W*(?:microsoft (?:word|powerpoint|excel)\b.*|word document|document\s?\d*|presentation\s?\d*|book\s?\d*"
    r"|powerpoint presentation|slide \d+|untitled.*|template|home|.*\.(?:docx?|pptx?|xlsx?|dotx?|pdf|indd))\W*",
    re.I,
)


def printed_date(text: str) -> tuple[str, str] | None:
    """Return a line's label (``published``, ``updated``, empty …) and its date, if the line says nothing else."""
    line = normalise(text)
    if len(line) > LONGEST_LINE:
        return None
    found = PRINTED.fullmatch(line)
    if found:
        month = SHORT.index(found["month"][:3].lower()) + 1
        value = f"{found['year']}-{month:02d}" + (f"-{int(found['day']):02d}" if found["day"] else "")
    else:
        found = NUMERIC.fullmatch(line)
        if not found:
            return None
        value = found["iso"] or f"{found['year']}-{int(found['month']):02d}-{int(found['day']):02d}"
    return ((found["label"] or "").lower(), value) if _is_date(value) else None


def find_published(texts: Iterable[str]) -> str | None:
    """Return the first date that stands on a line of its own near the top, a date of updating only if alone."""
    dates = [date for text in islice(texts, NEAR_TOP) if (date := printed_date(text))]
    dates.sort(key=lambda date: "updated" in date[0] or "reviewed" in date[0])
    return dates[0][1] if dates else None


def is_poor_title(text: str) -> bool:
    """Tell whether a title names a program, a template or a file rather than the document."""
    return not text.strip() or bool(POOR_TITLE.fullmatch(text)) or not re.search(r"[^\W\d_]{3}", text)


def _is_date(value: str) -> bool:
    try:
        first_day(value)
    except ValueError:
        return False
    return True


def choose_title(stored: str, printed: str, blocks: Sequence[Block]) -> str | None:
    """Choose a document's title: the stored one if the document begins with its words, the printed one, a heading.

    Args:
        stored: From the file's properties; often of a template or an earlier document.
        printed: From the paragraph or slide that is its title, empty if none is.
        blocks: The whole document.
    """
    start = normalise(" ".join(block.text for block in blocks[:TITLE_BLOCKS])).lower()
    words = [word for word in re.findall(r"\w{3,}", stored.lower()) if word not in ("the", "and", "for")]
    if words and not is_poor_title(stored) and sum(word in start for word in words) >= TITLE_SHARE * len(words):
        return stored
    first = next((block.text for block in blocks if block.kind == "heading" and block.text.strip()), "")
    return normalise(printed) or normalise(first) or (None if is_poor_title(stored) else stored)
