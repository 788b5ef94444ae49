"""Dates noticed on the pages of schemes."""

import pytest

from strategybot.sourcing.noticing import find_published, propose_dates


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Applications close on 30 September 2022.", {"valid_to": "2022-09-30"}),
        ("The scheme is open until 5pm on Friday, 31st March 2023.", {"valid_to": "2023-03-31"}),
        ("The deadline for applications is 12 noon on 01/02/2024.", {"valid_to": "2024-02-01"}),
        ("The fund launched on May 3, 2021 for firms in Leeds.", {"valid_from": "2021-05-03"}),
        (
            "The programme runs from 1 April 2022 to 31 March 2025.",
            {"valid_from": "2022-04-01", "valid_to": "2025-03-31"},
        ),
        ("The fund opens in January 2023 and closes in Sept 2023.", {"valid_from": "2023-01", "valid_to": "2023-09"}),
        ("Closing date: 2024-11-05", {"valid_to": "2024-11-05"}),
        ("The scheme is now closed to new applications.", {"note": "The page says that it is closed, paused or full."}),
        (
            "The grant has been paused until further notice.",
            {"note": "The page says that it is closed, paused or full."},
        ),
        ("The council met on 3 May 2021 to discuss the weather.", {}),
        ("Applications close on 31 February 2022.", {}),
        ("The grant was described in a report of 3 May 2021.", {}),
    ],
)
def test_opening_and_closing_are_noticed(sentence: str, expected: dict[str, str]) -> None:
    assert {p.field: p.value for p in propose_dates([sentence])} == expected


def test_each_proposal_is_made_once_and_carries_its_sentence() -> None:
    sentence = "Applications close on 30 September 2022."

    (proposal,) = propose_dates([f"We give grants. {sentence}", sentence])

    assert proposal.sentence == sentence
    assert proposal.line == 'valid_to: "2022-09-30"'


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta property="article:published_time" content="2021-03-04T10:00:00Z">', "2021-03-04"),
        ('<script type="application/ld+json">{"@type":"Article","datePublished":"2020-02-03"}</script>', "2020-02-03"),
        ("", None),
    ],
)
def test_the_date_of_publication_is_read_from_the_markup(head: str, expected: str | None) -> None:
    assert find_published(f"<html><head>{head}</head><body><p>Words without a date.</p></body></html>") == expected
