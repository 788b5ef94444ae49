"""The laws of a reply, each broken once."""

from evals.laws import find_breaches
from strategybot.schema import Calculation, Notice, Turn
from tests.unit.evals.builders import QUOTE, a_citation, a_question, a_reply, a_statement, an_abstention


def test_a_lawful_reply_breaches_nothing() -> None:
    assert find_breaches(a_question(), a_reply()) == ()


def test_an_abstention_breaches_nothing() -> None:
    assert find_breaches(a_question(), an_abstention()) == ()


def test_a_status_that_claims_nothing_makes_no_statements() -> None:
    assert find_breaches(a_question(), a_reply(status="not_found")) == ("status not_found with 1 statements",)


def test_an_answer_has_statements() -> None:
    assert find_breaches(a_question(), an_abstention(status="answered")) == ("status answered with 0 statements",)


def test_markers_and_citations_match_in_order_of_first_use() -> None:
    reply = a_reply(text=f"{QUOTE} [2] [1]", citations=(a_citation(), a_citation(number=2)))

    assert find_breaches(a_question(), reply) == ("markers in order (2, 1), citations (1, 2)",)


def test_a_citation_that_the_text_does_not_use_is_a_breach() -> None:
    assert find_breaches(a_question(), a_reply(text=QUOTE)) == ("markers in order (), citations (1,)",)


def test_a_quote_has_at_most_sixty_words() -> None:
    long = QUOTE + " more" * 60

    assert find_breaches(a_question(), a_reply(citations=(a_citation(quote=long),))) == ("quote 1 has 73 words",)


def test_a_statement_has_a_citation_that_exists() -> None:
    reply = a_reply(statements=(a_statement(citations=(4,)),))

    assert find_breaches(a_question(), reply) == (f"statement without citation: {QUOTE[:80]}",)


def test_a_quote_statement_is_its_quoted_words() -> None:
    reply = a_reply(statements=(a_statement(text="The Growth Fund gave out grants."),), text="Grants. [1]")

    assert find_breaches(a_question(), reply) == ("not the quoted words: The Growth Fund gave out grants.",)


def test_a_written_statement_may_have_other_words() -> None:
    reply = a_reply(statements=(a_statement(text="The Growth Fund gave out grants.", basis="written"),), text="[1]")

    assert find_breaches(a_question(), reply) == ()


def test_a_quantity_of_a_statement_is_in_its_quotes() -> None:
    statement = a_statement(text="The Growth Fund paid £60,000.", basis="written")

    assert find_breaches(a_question(), a_reply(statements=(statement,), text="It paid. [1]")) == (
        "Amount(value=60000.0, unit='£') not in the quotes: The Growth Fund paid £60,000.",
    )


def test_a_quantity_may_come_from_the_question_its_history_or_the_documents_dates() -> None:
    question = a_question(
        question="I have £60,000",
        history=(Turn(role="user", content="We are 12 people"),),
        as_of="2026-11-23",
    )
    statement = a_statement(
        text="With £60,000 and 12 people on 23 November 2026, as published in May 2021.", basis="written"
    )

    assert find_breaches(question, a_reply(statements=(statement,), text=f"{statement.text} [1]")) == ()


def test_a_quantity_may_be_the_true_result_of_a_calculation() -> None:
    calculation = Calculation(expression="0.2 * 120000", result=24_000, unit="£")
    statement = a_statement(text="20% of £120,000 is £24,000.", basis="calculation", calculation=calculation)
    question = a_question(question="What is 20% of £120,000?")

    assert find_breaches(question, a_reply(statements=(statement,), text=f"{statement.text} [1]")) == ()


def test_a_wrong_calculation_is_a_breach_and_its_result_holds_nothing() -> None:
    calculation = Calculation(expression="0.2 * 120000", result=25_000, unit="£")
    statement = a_statement(text="It is £25,000.", basis="calculation", calculation=calculation)

    assert find_breaches(a_question(), a_reply(statements=(statement,), text="It is this. [1]")) == (
        "0.2 * 120000 is 24000.0, not 25000.0",
        "Amount(value=25000.0, unit='£') not in the quotes: It is £25,000.",
    )


def test_a_calculation_that_is_not_arithmetic_is_a_breach() -> None:
    calculation = Calculation(expression="open('x')", result=1, unit="£")
    reply = a_reply(statements=(a_statement(calculation=calculation),))

    assert find_breaches(a_question(), reply) == ("calculation: open('x') is not plain arithmetic",)


def test_a_quantity_of_the_text_is_held_by_a_statement_or_notice() -> None:
    reply = a_reply(text=f"{QUOTE} [1] It closed in 2021, with 7 left.")
    notice = Notice(kind="closed", text="It closed in 2021.")

    assert find_breaches(a_question(), reply.model_copy(update={"notices": (notice,)})) == (
        "Amount(value=7.0, unit='') held by no statement or notice",
    )
