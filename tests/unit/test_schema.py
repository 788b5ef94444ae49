"""The nouns: what cannot be true cannot be made."""

import json

import pytest
from pydantic import ValidationError

from strategybot.schema import Claim, Metadata, Passage, Query, Reply, Statement
from tests.unit.evals.builders import a_citation, a_reply, a_statement, an_abstention

PASSAGE = Passage(document_id="plan", version="0123456789ab", start=3, end=8, text="words", prefix="Plan", paragraph=1)


def test_a_passage_is_named_by_document_version_and_span() -> None:
    assert PASSAGE.id == "plan@0123456789ab#3-8"
    assert PASSAGE.embedded_text == "Plan\nwords"


@pytest.mark.parametrize("reply", [a_reply(), an_abstention()])
def test_a_reply_survives_json(reply: Reply) -> None:
    assert Reply.model_validate_json(reply.model_dump_json()) == reply
    assert Reply.model_validate(json.loads(reply.model_dump_json())) == reply


@pytest.mark.parametrize(
    "changes",
    [
        {"statements": ()},
        {"status": "not_found"},
        {"status": "clarify"},
        {"citations": (a_citation(number=2),)},
        {"citations": (a_citation(), a_citation())},
        {"status": "maybe"},
        {"answerability": 1.1},
        {"other": 1},
    ],
)
def test_a_reply_that_contradicts_itself_is_refused(changes: dict[str, object]) -> None:
    fields = {**a_reply().model_dump(), **changes}

    with pytest.raises(ValidationError):
        Reply.model_validate(fields)


def test_a_statement_without_a_citation_or_words_is_refused() -> None:
    for changes in ({"citations": ()}, {"text": ""}, {"support": 2.0}):
        with pytest.raises(ValidationError):
            a_statement(**changes)


def test_a_claim_without_a_source_is_refused() -> None:
    with pytest.raises(ValidationError):
        Claim(text="It pays.", basis="quote", sources=(), support=1.0)


def test_a_noun_cannot_be_changed() -> None:
    statement: Statement = a_statement()

    with pytest.raises(ValidationError):
        statement.text = "other"  # type: ignore[misc]  # that is the point


@pytest.mark.parametrize(
    "document_id", ["", "Plan", "-plan", "plan one", "plan/one", "../plan", "plan@1", "é", "x" * 122]
)
def test_an_id_that_is_no_slug_is_refused(document_id: str) -> None:
    with pytest.raises(ValidationError):
        Metadata(id=document_id, title="Plan")


@pytest.mark.parametrize(
    "changes", [{"published": "last year"}, {"kind": "poem"}, {"title": ""}, {"valid_to": "2024-13"}]
)
def test_metadata_that_says_nothing_valid_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Metadata.model_validate({"id": "plan", "title": "Plan", **changes})


def test_a_query_without_words_is_refused() -> None:
    with pytest.raises(ValidationError):
        Query(text="")
