"""The status of a document in words: in force, superseded, closed, undated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from strategybot.dates import render_date
from strategybot.retrieval.standing import standing_on
from strategybot.schema import Metadata

Tone = Literal["current", "past", "unknown"]
WINDOWED = ("support-scheme", "consultation")
"""Kinds that are open or closed; all else is in force or not."""
BINDING = ("strategy", "plan", "guidance")


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """How a document stands on a day.

    Attributes:
        text: A few words, without a full stop; complete unless ``later`` is set, whose title follows it.
        tone: Whether the document may be relied on: ``past`` and ``unknown`` deserve a warning.
        later: The document that came after it, if it is indexed.
    """

    text: str
    tone: Tone
    later: Metadata | None = None


def describe_status(metadata: Metadata, documents: Mapping[str, Metadata], as_of: date) -> DocumentStatus:
    """Describe how a document stands on a day, given the metadata of all documents by id."""
    later = documents.get(metadata.superseded_by or "")
    match standing_on(as_of, metadata, documents):
        case "superseded":
            return _superseded(metadata, later)
        case "closed":
            return DocumentStatus(_ended(metadata) + ("; followed by" if later else ""), "past", later)
        case "future":
            return DocumentStatus(f"Not yet in force: {_start(metadata)}", "unknown")
        case "undated":
            return DocumentStatus("Undated: it may be out of date", "unknown")
        case _:
            return _in_force(metadata)


def _superseded(metadata: Metadata, later: Metadata | None) -> DocumentStatus:
    stated = metadata.relation_basis != "inferred"
    if later is None:
        text = "Superseded by a document that is not held here" if stated else "A later document exists"
        return DocumentStatus(text, "past")
    return DocumentStatus("Superseded by" if stated else "A later document on this subject:", "past", later)


def _ended(metadata: Metadata) -> str:
    verb = "Closed" if metadata.kind in WINDOWED else "No longer in force: ended"
    return f"{verb} {_end(metadata)}"


def _in_force(metadata: Metadata) -> DocumentStatus:
    if metadata.kind in WINDOWED:
        if metadata.valid_to:
            return DocumentStatus(f"Open, closes {_end(metadata)}", "current")
        return DocumentStatus("Not stated whether it is still open", "unknown")
    if metadata.valid_to:
        return DocumentStatus(f"In force, ends {_end(metadata)}", "current")
    return DocumentStatus("In force" if metadata.kind in BINDING else "No later version is held here", "current")


def _end(metadata: Metadata) -> str:
    text = metadata.valid_to or ""
    # A date without a day names a period, and an end date means the end of it.
    return f"on {render_date(text)}" if len(text) == len("2019-10-29") else f"at the end of {render_date(text)}"


def _start(metadata: Metadata) -> str:
    dates = sorted(text for text in (metadata.published, metadata.valid_from) if text)
    return f"starts {render_date(dates[0])}" if dates else "no start is given"
