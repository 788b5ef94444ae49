"""Asking: what the parts of a question are, and which documents are the sides of a comparison."""

import numpy as np
import pytest

from strategybot.answering.asking import MOST_PARTS, Scorer, score_parts
from strategybot.answering.evidence import Evidence
from strategybot.answering.selection import Part
from strategybot.schema import Document
from tests.fakes import FakeEmbedder
from tests.unit.answering.builders import Asking, a_calibration, a_document, asking

LOAN = a_document(
    "# Export loan\n\nThe export loan lends up to £90,000 to firms. The export loan runs for six years.",
    id="loan", title="Export loan", kind="support-scheme", published="2019-02-01",
)  # fmt: skip
VOUCHER = a_document(
    "# Digital voucher\n\nThe digital voucher pays £2,000 to firms. The digital voucher has a deadline in May 2021.",
    id="voucher", title="Digital voucher", kind="support-scheme", published="2016-03-01",
)  # fmt: skip


def asked(text: str, *documents: Document) -> tuple[Asking, list[Evidence], tuple[Part, ...]]:
    found = asking(text, *(documents or (LOAN, VOUCHER)))
    evidence = found.evidence()
    scorer = Scorer(a_calibration().sentence.probabilities, found.rarity, FakeEmbedder().encode)
    return found, evidence, score_parts(found.question, evidence, scorer=scorer)


def best_of(part: Part, evidence: list[Evidence]) -> str:
    return evidence[int(np.argmax(part.scores))].sentence.text


def documents_of(part: Part, evidence: list[Evidence]) -> set[str]:
    return {each.metadata.id for each, score in zip(evidence, part.scores.tolist(), strict=True) if score > 0}


@pytest.mark.parametrize("text", ["What does the export loan lend?", "Is the digital voucher open?"])
def test_a_single_question_has_no_parts(text: str) -> None:
    assert asked(text)[2] == ()


def test_each_part_is_answered_by_its_own_sentence() -> None:
    _, evidence, parts = asked("What does the digital voucher pay, and when is its deadline?")

    assert [part.text for part in parts] == ["What does the digital voucher pay", "when is its deadline?"]
    assert best_of(parts[0], evidence) == "The digital voucher pays £2,000 to firms."
    assert best_of(parts[1], evidence) == "The digital voucher has a deadline in May 2021."
    assert all(len(part.scores) == len(evidence) for part in parts)


@pytest.mark.parametrize(
    "text",
    [
        "What is the difference between the export loan and the digital voucher?",
        "Compare the export loan with the digital voucher",
        "Export loan vs digital voucher?",
    ],
)
def test_the_sides_of_a_comparison_are_their_documents_and_only_these_count(text: str) -> None:
    _, evidence, parts = asked(text)

    assert [documents_of(part, evidence) for part in parts] == [{"loan"}, {"voucher"}]


def test_each_side_is_asked_for_each_thing_that_is_compared() -> None:
    _, evidence, parts = asked("Compare deadlines, payments: the export loan and the digital voucher")

    assert [part.text.split()[0] for part in parts] == ["deadlines", "deadlines", "payments", "payments"]
    assert [documents_of(part, evidence) for part in parts] == [{"loan"}, {"voucher"}] * 2


def test_a_year_names_a_document_in_a_comparison() -> None:
    _, evidence, parts = asked("What is the difference between 2019 and 2016?")

    assert [documents_of(part, evidence) for part in parts] == [{"loan"}, {"voucher"}]


def test_a_comparison_of_what_one_document_says_has_its_sides_as_parts() -> None:
    _, evidence, parts = asked("Compare the years of the loan with the amount of the loan", LOAN)

    assert [part.text for part in parts] == ["years of loan", "amount of loan"]
    assert documents_of(parts[0], evidence) == {"loan"}


def test_two_schemes_that_someone_asks_about_are_sides_too() -> None:
    _, evidence, parts = asked("Can we have the export loan or the digital voucher?")

    assert [documents_of(part, evidence) for part in parts] == [{"loan"}, {"voucher"}]


def test_at_most_so_many_pairs_are_asked() -> None:
    things = "deadlines, payments, sizes"
    documents = [
        a_document(f"# {name} fund\n\nThe {name} fund pays.", id=name.lower(), title=f"{name} fund")
        for name in ("Alder", "Birch", "Cedar", "Damson", "Elder")
    ]

    _, _, parts = asked(f"Compare {things}: Alder fund, Birch fund", *documents)

    assert 0 < len(parts) <= MOST_PARTS


def test_scores_are_probabilities() -> None:
    for part in asked("What does the digital voucher pay, and when is its deadline?")[2]:
        assert ((part.scores >= 0) & (part.scores <= 1)).all()
