"""Calculating: one rate times one cost, at most the highest grant; anything less clear gives nothing."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.answering.calculating import calculate_grant, find_cost, parse_money
from strategybot.grounding.arithmetic import evaluate
from strategybot.grounding.laws import find_asked, is_calculated, unsupported_quantities
from strategybot.schema import Claim
from tests.unit.answering.builders import AS_OF, a_metadata, an_evidence

RATED = "The grant covers 20% of the cost of new machines."


def claim_for(question: str, *texts: str) -> Claim | None:
    evidence = [an_evidence(text, start=1000 * n) for n, text in enumerate(texts)]
    return calculate_grant(question, evidence, document_id="grants")


def a_claim_for(question: str, *texts: str) -> Claim:
    claim = claim_for(question, *texts)
    assert claim is not None
    return claim


def is_lawful(claim: Claim, question: str) -> bool:
    asked = find_asked(question, AS_OF, ())
    quotes = [source.text for source in claim.sources]
    loose = unsupported_quantities(claim.text, quotes, asked=asked, dates=(), calculation=claim.calculation)
    return claim.calculation is not None and is_calculated(claim.calculation) and not loose


def expression_of(claim: Claim) -> tuple[str, float]:
    assert claim.calculation is not None
    return claim.calculation.expression, claim.calculation.result


@pytest.mark.parametrize(
    ("question", "cost"),
    [
        ("We buy a machine for £40,000, what can we get?", 40_000),
        ("The project costs £1.5m.", 1_500_000),
        ("The project costs £2 million.", 2_000_000),
        ("The project costs £75k.", 75_000),
        ("The project costs £ 30 thousand.", 30_000),
        ("It costs £40,000. Is £40k too much?", 40_000),
        ("It costs £40,000 and our turnover is £3 million.", 40_000),
        ("We turn over £3 million.", None),
        ("Our turnover is £3 million.", None),
        ("We have sales of about £300,000.", None),
        ("Can we have a loan of £25,000?", None),
        ("It costs £40,000, or £50,000 with fitting.", None),
        ("It costs £999.", None),
        ("It costs £1,000.", 1_000),
        ("What can we get?", None),
        ("It costs 40,000 euros.", None),
    ],
)
def test_one_amount_that_is_no_turnover_is_the_cost(question: str, cost: float | None) -> None:
    assert find_cost(question) == cost


@pytest.mark.parametrize(
    ("text", "amount"),
    [("£40,000 and more", 40_000), ("£1.5m", 1_500_000), ("£2 Million", 2_000_000), ("£7.50", 7.5), ("£3K", 3_000)],
)
def test_money_is_parsed(text: str, amount: float) -> None:
    assert parse_money(text) == amount


@pytest.mark.parametrize("text", ["", "40,000", "about £5", "£"])
def test_what_does_not_begin_with_an_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount in pounds"):
        parse_money(text)


def test_the_result_is_rate_times_cost() -> None:
    claim = a_claim_for("It costs £40,000.", RATED)

    assert expression_of(claim) == ("0.2 * 40000", 8_000)
    assert claim.basis == "calculation"
    assert claim.text == "Our sum: 20% of £40,000 would be at most £8,000."
    assert [source.text for source in claim.sources] == [RATED]


def test_the_result_is_at_most_the_highest_grant_and_cites_where_it_stands() -> None:
    cap = "Grants of up to £5,000 are paid, or up to £6,000 in towns."

    claim = a_claim_for("It costs £40,000.", RATED, cap)

    assert expression_of(claim) == ("min(0.2 * 40000, 6000)", 6_000)
    assert [source.text for source in claim.sources] == [RATED, cap]


def test_a_grant_beside_the_rate_goes_before_one_elsewhere() -> None:
    beside = "The grant covers 20% of the cost, capped at £7,000."

    claim = a_claim_for("It costs £40,000.", "Other grants are up to £1,000.", beside)

    assert expression_of(claim)[1] == 7_000
    assert [source.text for source in claim.sources] == [beside]


def test_a_highest_grant_that_is_not_reached_is_not_said() -> None:
    assert expression_of(a_claim_for("It costs £40,000.", RATED, "Grants are up to £9,000.")) == ("0.2 * 40000", 8_000)


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("It costs £40,000, or £50,000 with fitting.", [RATED]),
        ("Our turnover is £3 million.", [RATED]),
        ("It costs £40,000.", []),
        ("It costs £40,000.", ["The fund covers 20% of the cost of new machines."]),
        ("It costs £40,000.", ["The grant is for 20% of firms."]),
        ("It costs £40,000.", ["The grant covers 20% of the cost, or 30% of the cost in towns."]),
        ("It costs £40,000.", [RATED, "The other grant covers 30% of the costs."]),
    ],
    ids=["two costs", "turnover", "nothing found", "no grant", "no rate of cost", "two rates", "two rated sentences"],
)
def test_what_is_not_clear_gives_no_sum(question: str, texts: Sequence[str]) -> None:
    assert claim_for(question, *texts) is None


def test_only_the_document_that_is_answered_from_counts() -> None:
    other = an_evidence(RATED, metadata=a_metadata("other"))

    assert calculate_grant("It costs £40,000.", [other], document_id="grants") is None
    assert calculate_grant("It costs £40,000.", [other], document_id="other") is not None


@given(
    thousands=st.integers(1, 1_000),
    rate=st.integers(1, 100),
    cap=st.none() | st.integers(1, 500),
    million=st.booleans(),
)
def test_a_sum_is_always_what_its_expression_gives_and_lawful(
    thousands: int, rate: int, cap: int | None, million: bool
) -> None:
    cost = thousands * (1_000_000 if million else 1_000)
    written = f"£{thousands:,} million" if million else f"£{cost:,}"
    question = f"We buy machines for {written}, what can we get?"
    capped = f"Grants are up to £{cap},000." if cap else "Grants are paid later."

    claim = a_claim_for(question, f"The grant covers {rate}% of the cost.", capped)

    expression, result = expression_of(claim)
    assert evaluate(expression) == pytest.approx(result, abs=0.01)
    assert result == pytest.approx(min(rate * cost / 100, cap * 1_000 if cap else float("inf")))
    assert is_lawful(claim, question)


@pytest.mark.parametrize("question", ["It costs £1,001.", "It costs £1,500.50."])
def test_a_sum_with_pence_is_lawful_too(question: str) -> None:
    assert is_lawful(a_claim_for(question, "The grant covers 33% of the cost."), question)


@pytest.mark.parametrize("question", ["Can we get a £5,000 grant?", "We are a firm with a £2 million turnover."])
def test_an_amount_before_its_noun_is_no_cost_either(question: str) -> None:
    assert find_cost(question) is None


@pytest.mark.parametrize("cap", ["£50 thousand", "£1 billion"])
def test_a_highest_grant_in_words_is_read(cap: str) -> None:
    assert expression_of(a_claim_for("It costs £40,000.", RATED, f"Grants are up to {cap}."))[1] == 8_000
