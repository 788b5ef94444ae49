"""When a reply is right."""

from typing import Literal

import pytest

from evals.grading import cited_documents, find_fault, grade_verdicts
from evals.questions import ExpectedVerdict
from strategybot.schema import Match, Notice
from tests.unit.evals.builders import a_citation, a_question, a_reply, an_abstention, an_unanswerable_question


def test_a_reply_that_shows_and_cites_the_gold_is_right() -> None:
    assert find_fault(a_question(), a_reply()) is None


def test_an_abstention_is_right_where_the_documents_do_not_answer() -> None:
    assert find_fault(an_unanswerable_question(), an_abstention()) is None


def test_a_claim_is_wrong_where_the_documents_do_not_answer() -> None:
    assert find_fault(an_unanswerable_question(), a_reply()) == "should abstain, was answered"


def test_an_abstention_is_wrong_where_the_documents_answer() -> None:
    assert find_fault(a_question(), an_abstention()) == "should answer, was not_found"


def test_a_group_without_any_of_its_strings_is_lacking() -> None:
    question = a_question(must_contain=(("£10,000",), ("Leeds", "Wakefield")))

    assert find_fault(question, a_reply()) == "lacks Leeds | Wakefield"


def test_a_notice_shows_strings_too() -> None:
    reply = a_reply(notices=(Notice(kind="closed", text="The fund has closed."),))

    assert find_fault(a_question(must_contain=(("closed",),)), reply) is None


def test_a_forbidden_string_is_wrong() -> None:
    assert find_fault(a_question(must_not_contain=("until 30 September",)), a_reply()) == (
        "must not say until 30 September"
    )


def test_citing_no_gold_document_is_wrong() -> None:
    assert find_fault(a_question(gold_docs=("another",)), a_reply()) == "cites none of another"


def test_without_gold_documents_any_citation_will_do() -> None:
    assert find_fault(a_question(gold_docs=()), a_reply()) is None


def test_a_fetched_original_counts_for_its_digest() -> None:
    reply = a_reply(citations=(a_citation(document_id="growth-fund--original"),))

    assert find_fault(a_question(), reply) is None
    assert cited_documents(reply) == ("growth-fund",)


@pytest.mark.parametrize(("kind", "limit"), [("factual", 160), ("comparison", 220), ("drafting", 450)])
def test_a_reply_keeps_to_the_words_that_its_type_allows(
    kind: Literal["factual", "comparison", "drafting"], limit: int
) -> None:
    question = a_question(type=kind, must_contain=())

    assert find_fault(question, a_reply(text="word " * limit)) is None
    assert find_fault(question, a_reply(text="word " * (limit + 1))) == f"{limit + 1} words"


@pytest.mark.parametrize(
    ("expected", "verdict", "opening", "agrees"),
    [
        ("eligible", "eligible", "open", True),
        ("eligible", "likely", "unknown", True),
        ("eligible", "eligible", "closed", False),
        ("ineligible", "ineligible", "open", True),
        ("ineligible", "eligible", "paused", True),
        ("ineligible", "likely", "unknown", False),
        ("likely", "likely", "open", True),
        ("likely", "eligible", "unknown", True),
        ("likely", "eligible", "open", False),
    ],
)
def test_a_verdict_agrees_in_substance(
    expected: Literal["eligible", "likely", "ineligible"],
    verdict: Literal["eligible", "likely", "ineligible"],
    opening: Literal["open", "closed", "paused", "unknown"],
    agrees: bool,
) -> None:
    wanted = ExpectedVerdict(scheme_id="s", scheme="S", verdict=expected)

    assert grade_verdicts([wanted], [Match(scheme_id="s", verdict=verdict, opening=opening)]) == (agrees,)


def test_a_scheme_that_the_reply_does_not_match_disagrees() -> None:
    wanted = ExpectedVerdict(scheme_id="s", scheme="S", verdict="ineligible")

    assert grade_verdicts([wanted], []) == (False,)


def test_nothing_expected_gives_no_verdicts() -> None:
    assert grade_verdicts([], []) == ()
