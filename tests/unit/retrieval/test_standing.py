"""How a document stands on a day, by dates of any precision."""

from datetime import date

import pytest

from strategybot.retrieval.standing import Standing, standing_on
from strategybot.schema import Metadata


def about(**fields: str) -> Metadata:
    return Metadata.model_validate({"id": "plan", "title": "Plan", **fields})


@pytest.mark.parametrize(
    ("day", "fields", "standing"),
    [
        ("2024-06-01", {}, "undated"),
        ("2024-06-01", {"published": "2020"}, "in_force"),
        ("2024-06-01", {"valid_from": "2024-06"}, "in_force"),
        ("2024-06-01", {"published": "2024-06-02"}, "future"),
        ("2024-06-01", {"published": "2025"}, "future"),
        ("2024-06-01", {"published": "2024-01", "valid_from": "2025"}, "future"),
        ("2024-06-01", {"published": "2025", "valid_from": "2024"}, "in_force"),
        ("2024-06-01", {"valid_to": "2024-05"}, "closed"),
        ("2024-05-31", {"published": "2020", "valid_to": "2024-05"}, "in_force"),
        ("2024-12-31", {"published": "2020", "valid_to": "2024"}, "in_force"),
        ("2025-01-01", {"published": "2020", "valid_to": "2024"}, "closed"),
        ("2024-03-31", {"published": "2020", "valid_to": "2024-03-31"}, "in_force"),
        ("2024-04-01", {"published": "2020", "valid_to": "2024-03-31"}, "closed"),
    ],
)
def test_dates_decide_by_the_whole_period_that_they_name(day: str, fields: dict[str, str], standing: Standing) -> None:
    assert standing_on(date.fromisoformat(day), about(**fields), {}) == standing


@pytest.mark.parametrize(
    ("day", "later", "standing"),
    [
        ("2024-12-31", {"published": "2025"}, "in_force"),
        ("2025-01-01", {"published": "2025"}, "superseded"),
        ("2024-12-31", {}, "superseded"),
    ],
)
def test_a_document_is_superseded_once_its_successor_has_appeared(
    day: str, later: dict[str, str], standing: Standing
) -> None:
    old = about(published="2020", superseded_by="later")
    documents = {"later": Metadata.model_validate({"id": "later", "title": "Later", **later})}

    assert standing_on(date.fromisoformat(day), old, documents) == standing


def test_a_successor_that_is_not_indexed_supersedes_too() -> None:
    assert standing_on(date(2024, 1, 1), about(published="2020", superseded_by="lost"), {}) == "superseded"
