"""Standing: whether a document is in force on a day, and what came after it."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from strategybot.dates import first_day, last_day
from strategybot.schema import Metadata

Standing = Literal["in_force", "superseded", "closed", "future", "undated"]


def standing_on(day: date, metadata: Metadata, documents: Mapping[str, Metadata]) -> Standing:
    """Return how a document stands on a day.

    ``closed`` when its stated end lies before the day, ``future`` when it had not appeared or begun yet,
    ``superseded`` when a later document had replaced it by then, ``undated`` when it bears no date at all.
    """
    if _starts(metadata) and _starts(metadata) > day:  # type: ignore[operator]  # checked just before
        return "future"
    if metadata.valid_to and last_day(metadata.valid_to) < day:
        return "closed"
    later = documents.get(metadata.superseded_by or "")
    if metadata.superseded_by and (later is None or (_starts(later) or day) <= day):
        return "superseded"
    return "in_force" if metadata.published or metadata.valid_from else "undated"


def _starts(metadata: Metadata) -> date | None:
    begins = metadata.valid_from or metadata.published
    return first_day(begins) if begins else None
