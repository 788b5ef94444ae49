"""What is proposed of a scheme: by general wordings, from the document's words, and well enough over the corpus."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategybot.eligibility.checking import check_documents, find_quote
from strategybot.eligibility.proposing import Proposal, compared, propose
from strategybot.eligibility.proposing_scheme import build_scheme
from strategybot.reading import find_files, read_document
from strategybot.reading.blocks import Block
from strategybot.schema import Document
from strategybot.schemes import Caution, Criterion, Scheme, Sum, Term
from tests.fakes import GRANTS, document_of, write_document

CORPUS = Path(__file__).parents[3] / "corpus"
FLOORS = {"criteria": (0.70, 0.40), "sums": (0.75, 0.60), "dates": (0.70, 0.65)}
"""Least precision and recall over the corpus: a little under what was measured, for people edit its schemes."""

PIECES = (
    "£", "5", "10,000", "to", "up", "from", "employees", "grants", "of", "must", "only", "Leeds", "20%", "costs",
    "closes", "May", "2024", "not", ".", ",", "(",
)  # fmt: skip


def proposed(sentence: str) -> tuple[Proposal, ...]:
    return propose(document_of(Block("paragraph", sentence)))


def criteria(sentence: str) -> list[tuple[str | None, str | None, object]]:
    found = [each.content for each in proposed(sentence) if isinstance(each.content, Criterion)]
    return [(each.fact, each.operator, each.value) for criterion in found for each in (criterion.any or (criterion,))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Grants go to firms with up to 250 employees.", ("employees", "at_most", 250)),
        ("Grants go to firms with fewer than fifty staff.", ("employees", "below", 50)),
        ("Only businesses with 100 employees or fewer can apply.", ("employees", "at_most", 100)),
        ("Applicants must employ at least five people.", ("employees", "at_least", 5)),
        ("It is for firms with 10 or more workers.", ("employees", "at_least", 10)),
        ("Annual turnover must be under €50 million.", ("turnover", "below", 50_000_000)),
        ("The grants are aimed at SMEs.", ("sme", "is", True)),
        ("The business must have traded for over two years.", ("months_trading", "above", 24)),
        ("Firms trading for less than three years are helped.", ("months_trading", "below", 36)),
        ("The minimum project cost is £50,000.", ("project_cost", "at_least", 50_000)),
        ("The hire must be aged 18 to 24 and out of work for six months.", ("hire_age", "at_most", 24)),
        ("Hires must have been out of work for at least six months.", ("months_out_of_work", "at_least", 6)),
        ("Properties with a rateable value below £51,000 qualify.", ("rateable_value", "below", 51_000)),
        ("Applicants must be based in Leeds or Bradford.", ("district", "is", ("Leeds", "Bradford"))),
        ("The scheme covers Kirklees and Wakefield.", ("district", "is", ("Kirklees", "Wakefield"))),
        ("Retail cannot be supported.", ("sector", "is_not", ("retail",))),
        ("Applicants must be in the manufacturing sector.", ("sector", "is", ("manufacturing",))),
        ("It is only for companies.", ("legal_form", "is", ("company",))),
        ("Charities are excluded.", ("legal_form", "is_not", ("charity",))),
        ("Second-hand assets are excluded.", ("second_hand", "is", False)),
        ("It is for firms that do not pay the levy.", ("levy_payer", "is", False)),
        ("The project must be capital investment in equipment.", ("need", "is", ("equipment",))),
    ],
)
def test_a_condition_is_proposed_as_a_comparison(sentence: str, expected: tuple[str, str, object]) -> None:
    assert expected in criteria(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Leeds City Council approved the plan.",
        "By 2020 the fund had helped 417 SMEs and created 2,000 jobs for employees.",
        "More than 300 firms add £3 billion to the economy.",
        "The report is by the University of Leeds.",
    ],
)
def test_what_is_no_condition_is_not_proposed(sentence: str) -> None:
    assert criteria(sentence) == []


def test_a_range_is_two_limits_and_a_choice_of_places_is_any_of_both() -> None:
    ages = criteria("It is for apprentices aged 16-24.")
    (place,) = proposed("An applicant must be in or moving to Leeds or York.")

    assert ages == [("apprentice_age", "at_least", 16), ("apprentice_age", "at_most", 24)]
    assert isinstance(place.content, Criterion)
    assert [each.fact for each in place.content.any] == ["district", "new_place"]


def test_a_sentence_that_is_not_strict_allows_exceptions() -> None:
    (proposal,) = proposed("Applicants must normally have traded for at least 12 months.")

    assert isinstance(proposal.content, Criterion)
    assert proposal.content.exceptions


def test_sums_are_told_from_budgets_and_from_what_others_pay() -> None:
    found = proposed(
        "The £20m Growth Fund gives grants of £10,000 to £50,000, at least £4 of private finance for every £1 of grant."
    )

    sums = {(each.part, each.content.amount) for each in found if isinstance(each.content, (Sum, Term))}
    shares = [each.content.share for each in found if isinstance(each.content, Term) and each.content.share]
    assert sums == {("least", 10_000), ("terms", 50_000), ("terms", None), ("pot", 20_000_000)}
    assert shares == [0.2]


def test_tiers_of_a_payment_become_conditions_of_its_terms() -> None:
    found = proposed("It paid 20% for firms with under 50 staff and 10% for firms with 50 or more staff.")

    terms = [
        (each.content.share, [(c.operator, c.value) for c in each.content.when])
        for each in found
        if isinstance(each.content, Term)
    ]
    assert terms == [(0.2, [("below", 50)]), (0.1, [("at_least", 50)])]
    assert not [each for each in found if isinstance(each.content, Criterion)]


def test_limits_that_nobody_can_meet_together_are_left_as_words() -> None:
    found = propose(
        document_of(
            Block("list-item", "Employers with fewer than 10 staff pay nothing and are eligible."),
            Block("list-item", "Employers with 250 or more staff pay the first part and are eligible."),
        )
    )

    assert [each.content.fact for each in found if isinstance(each.content, Criterion)] == [None, None]


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        (
            "Applications opened on 30 September and closed on 5 October 2020.",
            {"opens": "2020-09-30", "closes": "2020-10-05"},
        ),
        ("The closing date for applications is 30 September 2022.", {"closes": "2022-09-30"}),
        ("The scheme has been extended to 31 March 2027.", {"closes": "2027-03-31"}),
        ("The scheme is due to start in April 2027.", {"opens": "2027-04"}),
        ("The scheme has been paused since 1 May 2024.", {"paused": "2024-05-01"}),
        ("The consultation closed on 19 January 2026.", {}),
        ("Projects had to be completed by 31 December 2022.", {}),
    ],
)
def test_dates_are_those_of_applications(sentence: str, dates: dict[str, str]) -> None:
    assert {
        each.part: each.content for each in proposed(sentence) if each.part in ("opens", "closes", "paused")
    } == dates


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The grant is paid in arrears.", "arrears"),
        ("The scheme works by open competition.", "competitive"),
        ("Funding is first come, first served.", "budget"),
        ("The grant must be claimed by 31 December 2022.", "deadline"),
        ("Each £1 of grant needs at least £4 of private money.", "match"),
    ],
)
def test_what_people_trip_over_is_proposed_as_a_caution(sentence: str, kind: str) -> None:
    assert kind in [each.content.kind for each in proposed(sentence) if isinstance(each.content, Caution)]


def test_other_conditions_are_proposed_as_prose_and_other_sentences_not_at_all() -> None:
    found = propose(
        document_of(
            Block("heading", "Rules only", 1), Block("paragraph", "Applicants must be of good standing. It rains.")
        )
    )

    assert [(each.content.quote, each.content.proposed) for each in found if isinstance(each.content, Criterion)] == [
        ("Applicants must be of good standing.", True)
    ]
    assert len(found) == 1


def test_a_whole_document_becomes_a_scheme_whose_quotes_stand_in_it(tmp_path: Path) -> None:
    document = read_document(write_document(tmp_path, "grants", GRANTS, kind="support-scheme"))

    scheme = build_scheme(document, propose(document), name="Growth grant")

    assert {(c.fact, c.operator) for c in scheme.criteria} >= {
        ("sme", "is"),
        ("district", "is"),
        ("employees", "at_least"),
    }
    assert scheme.amount is not None
    assert scheme.amount.least is not None
    assert (scheme.amount.least.amount, [term.share for term in scheme.amount.terms]) == (10_000, [None, 0.2])
    assert scheme.window is not None
    assert scheme.window.closes == "2024-03-31"
    checked = with_schemes(document, scheme)
    assert {finding.level for finding in check_documents([checked])} == {"to-confirm"}


def test_a_document_without_a_condition_gives_nothing() -> None:
    assert propose(document_of(Block("paragraph", "It rained in the hills all day."))) == ()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES)))
def test_whatever_is_written_every_proposal_quotes_the_document(words: list[str]) -> None:
    document = document_of(Block("paragraph", " ".join([*words, "end"])))

    assert all(find_quote(each.quote, document) and each.words in each.quote for each in propose(document))


def test_proposals_over_the_corpus_are_good_enough() -> None:
    """Each document with schemes that people have written, against what is proposed for it."""
    documents = [read_document(path) for path in find_files([CORPUS])]
    authored = [document for document in documents if document.metadata.schemes]
    pairs = [(document.metadata.schemes, build_scheme(document, propose(document))) for document in authored]

    scores = {
        "criteria": score((comparisons(known), comparisons([found])) for known, found in pairs),
        "sums": score((sums(known), sums([found])) for known, found in pairs),
        "dates": score((dates(known), dates([found])) for known, found in pairs),
    }

    assert {name: got for name, got in scores.items() if got[0] < FLOORS[name][0] or got[1] < FLOORS[name][1]} == {}


def with_schemes(document: Document, *schemes: Scheme) -> Document:
    return document.model_copy(update={"metadata": document.metadata.model_copy(update={"schemes": schemes})})


def score(pairs: Iterable[tuple[set[object], set[object]]]) -> tuple[float, float]:
    """Precision and recall over all documents together; both are 1 if there is nothing to find and nothing found."""
    counts = [(len(known & found), len(found), len(known)) for known, found in pairs]
    hits, found, known = (sum(each) for each in zip(*counts, strict=True))
    return (hits / found if found else 1.0), (hits / known if known else 1.0)


def comparisons(schemes: Iterable[Scheme]) -> set[object]:
    return {each for scheme in schemes for criterion in scheme.criteria for each in compared(criterion)}


def sums(schemes: Iterable[Scheme]) -> set[object]:
    amounts = [(scheme.amount, scheme.pot) for scheme in schemes]
    least = {("least", amount.least.amount) for amount, _ in amounts if amount and amount.least}
    terms = {(term.share, term.amount) for amount, _ in amounts if amount for term in amount.terms}
    return least | terms | {("pot", pot.amount) for _, pot in amounts if pot}


def dates(schemes: Iterable[Scheme]) -> set[object]:
    windows = [scheme.window for scheme in schemes if scheme.window]
    names = ("opens", "closes", "paused")
    return {(name, getattr(window, name)) for window in windows for name in names if getattr(window, name)}
