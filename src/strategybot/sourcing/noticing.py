"""Dates noticed in a page: when a scheme opens and closes, as proposals for a person to take over or not."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from htmldate import find_date

from strategybot.dates import MONTHS, first_day
from strategybot.schema import Frozen

Field = Literal["valid_from", "valid_to", "note", "published"]
MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS).replace("Sep(?:", "Sept?(?:") + r")\.?"
DATES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTH},? (?P<year>20\d\d)\b",
        rf"\b{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>20\d\d)\b",
        r"\b(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b",
        r"\b(?P<day>\d{1,2})[/.](?P<number>\d{1,2})[/.](?P<year>20\d\d)\b",
        rf"\b{MONTH} (?P<year>20\d\d)\b",
    )
)
"""Days as British pages write them, the day before the month; the most precise way of writing comes first."""
CLOSING = re.compile(
    r"\b(?:clos(?:e[sd]?|ing)|deadline|open until|open to|until|end(?:s|ed|ing)|expires?"
    r"|(?:appl(?:y|ications?)|submi\w+|received|returned|expressions? of interest)\b[^.]{0,40}"
    r"\b(?:by|before|no later than)"
    r")\b",
    re.I,
)
OPENING = re.compile(r"\b(?:open(?:s|ed|ing)?|launch(?:es|ed)?|start(?:s|ed|ing)?|beg[ia]ns?|from|since)\b", re.I)
RANGE = re.compile(r"\s*(?:to|until|and|–|-)\s*(?:\d{1,2}(?:[.:]\d\d)?\s*(?:am|pm|noon)?\s*(?:on )?)?\w*\s*$", re.I)
APPLYING = re.compile(
    r"\b(?:appl(?:y|ication|ications|ying)|scheme|fund|funding|grants?|programme|submi\w+|expressions? of interest"
    r"|round|window|voucher|support|loans?|deadline|open until|clos(?:e[sd]?|ing) date)\b",
    re.I,
)
SHUT = re.compile(
    r"\b(?:(?:now |currently |is |are )closed|closed (?:to|for) (?:new )?applications?"
    r"|no longer (?:open|accepting|available)|paused|suspended|fully (?:subscribed|allocated|committed)"
    r"|not (?:currently )?accepting)\b",
    re.I,
)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"])")
REACH = 80
"""Characters between a word such as "closes" and its date, at most."""
LONGEST_QUOTE = 300


class Proposal(Frozen):
    """A line for a sidecar, and the sentence that it comes from."""

    field: Field
    value: str
    sentence: str

    @property
    def line(self) -> str:
        """The line as YAML."""
        return f'{self.field}: "{self.value}"'


def propose_dates(paragraphs: Sequence[str]) -> tuple[Proposal, ...]:
    """Return what the sentences of a scheme's page say of its opening and closing, each field and value once."""
    found: dict[tuple[str, str], Proposal] = {}
    for paragraph in paragraphs:
        for sentence in SENTENCE_END.split(paragraph):
            for field, value in _noticed(sentence):
                quote = sentence if len(sentence) <= LONGEST_QUOTE else sentence[: LONGEST_QUOTE - 1] + "…"
                found.setdefault((field, value), Proposal(field=field, value=value, sentence=quote))
    return tuple(found.values())


def find_published(page: str) -> str | None:
    """Return the date of publication that the markup of a web page gives, with the precision that it gives."""
    found = find_date(page, extensive_search=False, original_date=True)
    if found is None or found in page:
        return found
    # htmldate fills in the first day and month where only a year or a month is written.
    written = [_value(match) for pattern in DATES for match in pattern.finditer(page)]
    return next((value for value in (found, found[:7]) if value in written), found[:4])


def _noticed(sentence: str) -> Iterator[tuple[Field, str]]:
    if SHUT.search(sentence):
        yield "note", "The page says that it is closed, paused or full."
    if not APPLYING.search(sentence):
        return
    previous: tuple[int, Field] | None = None
    for start, end, value in _dates(sentence):
        field = _meaning(sentence, start, previous)
        if field:
            yield field, value
            previous = (end, field)


def _meaning(sentence: str, start: int, previous: tuple[int, Field] | None) -> Field | None:
    """Return what a date stands for: the nearest word before it decides, or its place in "from … to …"."""
    begin = previous[0] if previous else 0
    if previous and previous[1] == "valid_from" and RANGE.fullmatch(sentence[begin:start]):
        return "valid_to"
    before = sentence[max(begin, start - REACH) : start]
    closing = max((match.end() for match in CLOSING.finditer(before)), default=-1)
    opening = max((match.end() for match in OPENING.finditer(before)), default=-1)
    if closing == opening:
        return None
    return "valid_to" if closing > opening else "valid_from"


def _dates(sentence: str) -> list[tuple[int, int, str]]:
    """Return (start, end, date) of the dates of a sentence in their order, none inside another."""
    found: list[tuple[int, int, str | None]] = []
    for pattern in DATES:
        for match in pattern.finditer(sentence):
            if not any(match.start() < end and start < match.end() for start, end, _ in found):
                found.append((match.start(), match.end(), _value(match)))
    return sorted((start, end, value) for start, end, value in found if value)


def _value(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    month = parts.get("number") or str(_month(parts["month"]))
    pieces = [parts["year"], month.zfill(2), *([parts["day"].zfill(2)] if parts.get("day") else [])]
    try:
        first_day("-".join(pieces))
    except ValueError:
        return None
    return "-".join(pieces)


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, start=1) if month.lower().startswith(name[:3].lower()))
