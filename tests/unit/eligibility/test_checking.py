"""What is found wrong in schemes, why, and what to do."""

from collections.abc import Mapping

import pytest

from strategybot.eligibility.checking import Finding, check_documents
from strategybot.reading.blocks import Block
from strategybot.schema import Document
from tests.fakes import document_of

SENTENCES = (
    "Only businesses with 100 employees or fewer can apply.",
    "Firms that have traded for less than three years can apply.",
    "Grants of up to £5,000 are paid.",
    "Applications closed on 30 September 2022.",
    "An applicant must be in Kirklees and must work in manufacturing.",
)


def holding(*schemes: Mapping[str, object], name: str = "plan") -> Document:
    blocks = [Block("paragraph", sentence) for sentence in SENTENCES]
    rows = [{"id": "fund", "name": "Fund", "offer": "grant", **scheme} for scheme in schemes]
    return document_of(*blocks, id=name, schemes=rows)


def found(**scheme: object) -> tuple[Finding, ...]:
    return check_documents([holding(scheme)])


def criterion(**changes: object) -> dict[str, object]:
    return {"fact": "employees", "operator": "at_most", "value": 100, "quote": SENTENCES[0], **changes}


def test_a_scheme_that_holds_together_gives_no_findings() -> None:
    months = criterion(fact="months_trading", operator="below", value=36, quote=SENTENCES[1])
    window = {"closes": "2022-09-30", "quotes": [SENTENCES[3]]}

    findings = found(
        criteria=[criterion(), months],
        amount={"terms": [{"amount": 5000, "quote": SENTENCES[2]}]},
        window=window,
        purposes=["equipment"],
    )

    assert findings == ()


@pytest.mark.parametrize(
    ("changes", "text", "remedy"),
    [
        ({"quote": "Only firms with 100 employees or fewer can apply."}, "is not in the document", SENTENCES[0]),
        ({"quote": f"{SENTENCES[0]} {SENTENCES[1]}"}, "is not in the document", "two paragraphs"),
        ({"quote": "Zebras."}, "is not in the document", "copy a sentence"),
        ({"fact": "employes"}, "criterion 1: there is no known fact 'employes'", "did you mean employees"),
        ({"operator": "is"}, "criterion 1, employees: is a number", "`value: 100`"),
        ({"value": True}, "criterion 1, employees: is a number", "`value: 100`"),
        ({"fact": "sme", "operator": "is"}, "criterion 1, sme: is true or false", "`value: true`"),
        ({"fact": "sme", "operator": "at_most"}, "criterion 1, sme: is not a number", "`operator: is`"),
        (
            {"fact": "district", "operator": "is", "value": ["Kirkles"]},
            "no name among the places, 'Kirkles'",
            "Kirklees",
        ),
        ({"fact": "district", "operator": "is", "value": 7}, "needs names", "list of names of the places"),
        (
            {"fact": "sector", "operator": "is", "value": "factory manufacturing"},
            "'factory manufacturing'",
            "manufacturing",
        ),
        (
            {"fact": "legal_form", "operator": "is", "value": "compny"},
            "there is no value 'compny'",
            "did you mean company",
        ),
        ({"fact": "apprentice_start", "value": 2026}, "is a date", "2026-04-01"),
    ],
)
def test_what_is_wrong_in_a_criterion_is_said_with_what_to_do(
    changes: Mapping[str, object], text: str, remedy: str
) -> None:
    (finding,) = found(criteria=[criterion(**changes)])

    assert (finding.level, finding.document_id, finding.scheme_id) == ("wrong", "plan", "fund")
    assert text in finding.text
    assert remedy in finding.remedy
    assert finding.why


def test_a_long_quote_and_one_that_is_missing_are_wrong() -> None:
    (missing,) = found(criteria=[criterion(quote=None)])
    texts = [finding.text for finding in found(decides=["word " * 60 + "word"])]

    assert "criterion 1 on employees has no quote" in missing.text
    assert any("more than 60 words" in text for text in texts)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"value": 250}, "250 is not in its quote"),
        ({"fact": "turnover", "value": 100, "currency": "EUR"}, "names no euros"),
        (
            {"fact": "apprentice_start", "operator": "at_least", "value": "2026-04-01"},
            "1 April 2026 is not in its quote",
        ),
    ],
)
def test_a_figure_that_its_quote_does_not_hold_is_to_be_looked_at(changes: Mapping[str, object], text: str) -> None:
    (finding,) = found(criteria=[criterion(**changes)])

    assert finding.level == "look"
    assert text in finding.text


@pytest.mark.parametrize(("operator", "value"), [("at_most", 100), ("below", 101), ("at_least", 1)])
def test_neighbouring_counts_and_one_of_something_need_no_figure(operator: str, value: int) -> None:
    assert found(criteria=[criterion(operator=operator, value=value)]) == ()


def test_sums_shares_and_dates_are_held_against_their_quotes() -> None:
    findings = found(
        amount={"terms": [{"share": 0.2, "quote": SENTENCES[2]}, {"amount": 5000, "most": 3, "quote": SENTENCES[2]}]},
        pot={"amount": 1_000_000, "quote": SENTENCES[2]},
        window={"opens": "2022-01", "closes": "2022-09", "quotes": [SENTENCES[3]]},
    )

    assert [(finding.level, finding.text.partition(": “")[0]) for finding in findings] == [
        ("look", "pot, amount: 1e+06 is not in its quote"),
        ("look", "amount, term 1, share: 20 is not in its quote"),
        ("look", "amount, term 2, most: 3 is not in its quote"),
        ("look", "window, opens: January 2022 is not in its quotes"),
    ]


def test_the_quote_of_a_choice_is_that_of_the_conditions_in_it() -> None:
    inner = [{"fact": "employees", "operator": "at_most", "value": value} for value in (100, 50)]

    (finding,) = found(criteria=[{"quote": SENTENCES[0], "any": inner}])

    assert "50 is not in its quote" in finding.text


def test_windows_terms_and_purposes_are_checked() -> None:
    findings = found(
        purposes=["equipmnt"],
        window={"opens": "2022-10-01", "closes": "2022-09-30", "quotes": [SENTENCES[3]]},
        amount={"terms": [{"amount": 5000, "per": "socket", "quote": SENTENCES[2]}]},
    )

    texts = [finding.text for finding in findings if finding.level == "wrong"]
    assert any(text.startswith("purposes") and "'equipmnt'" in text for text in texts)
    assert any("it opens (2022-10-01) after it closes" in text for text in texts)
    assert any("amount, term 1, per: there is no fact 'socket'" in text for text in texts)


def test_ids_are_unique_and_later_schemes_exist() -> None:
    twice = holding({}, {})
    other = holding({"later": "fundd"}, name="other")

    texts = {finding.text for finding in check_documents([twice, other])}
    part = [finding for finding in check_documents([other], complete=False) if "fundd" in finding.text]

    assert "this id is used twice in the document" in texts
    assert "plan has a scheme of this id as well" in texts
    assert any("there is no scheme 'fundd'" in text for text in texts)
    assert [finding.level for finding in part] == ["look"]


def test_what_was_proposed_is_to_be_confirmed() -> None:
    (finding,) = found(criteria=[criterion(proposed=True)])

    assert finding.level == "to-confirm"
    assert "criterion 1, employees at most 100" in finding.text


def test_an_unknown_fact_may_have_a_question_of_its_own() -> None:
    assert found(criteria=[criterion(fact="has_a_dog", operator="is", value=True, question="Do you have a dog?")]) == ()
