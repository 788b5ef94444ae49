"""The status of a document in words."""

from datetime import date

import pytest

from strategybot.status import describe_status
from tests.fakes_assistant import a_metadata

TODAY = date(2026, 11, 23)
LATER = a_metadata(id="later", title="Later Plan", published="2025")


@pytest.mark.parametrize(
    ("changes", "text", "tone"),
    [
        ({}, "In force", "current"),
        ({"valid_to": "2027-03"}, "In force, ends at the end of March 2027", "current"),
        ({"valid_to": "2025-03-31"}, "No longer in force: ended on 31 March 2025", "past"),
        ({"kind": "news"}, "No later version is held here", "current"),
        ({"kind": "support-scheme"}, "Not stated whether it is still open", "unknown"),
        ({"kind": "support-scheme", "valid_to": "2027-01-05"}, "Open, closes on 5 January 2027", "current"),
        ({"kind": "support-scheme", "valid_to": "2022"}, "Closed at the end of 2022", "past"),
        ({"published": None}, "Undated: it may be out of date", "unknown"),
        ({"published": "2027-02"}, "Not yet in force: starts February 2027", "unknown"),
        ({"superseded_by": "gone"}, "Superseded by a document that is not held here", "past"),
        ({"superseded_by": "gone", "relation_basis": "inferred"}, "A later document exists", "past"),
    ],
)
def test_status_says_how_a_document_stands(changes: dict[str, object], text: str, tone: str) -> None:
    status = describe_status(a_metadata(**changes), {}, TODAY)

    assert (status.text, status.tone, status.later) == (text, tone, None)


def test_status_names_what_superseded_a_document() -> None:
    status = describe_status(a_metadata(superseded_by="later"), {"later": LATER}, TODAY)

    assert (status.text, status.later) == ("Superseded by", LATER)


def test_inferred_supersession_is_only_called_later() -> None:
    metadata = a_metadata(superseded_by="later", relation_basis="inferred")

    status = describe_status(metadata, {"later": LATER}, TODAY)

    assert (status.text, status.later) == ("A later document on this subject:", LATER)


def test_a_document_was_in_force_before_it_was_superseded() -> None:
    status = describe_status(a_metadata(superseded_by="later"), {"later": LATER}, date(2022, 1, 1))

    assert status.text == "In force"


def test_a_closed_scheme_names_what_followed_it() -> None:
    metadata = a_metadata(kind="support-scheme", valid_to="2022-09-30", superseded_by="later")

    status = describe_status(metadata, {"later": LATER}, TODAY)

    assert (status.text, status.later) == ("Closed on 30 September 2022; followed by", LATER)
