"""Every quote of a scheme has its citation; what has lost its quote decides nothing."""

from datetime import date

from strategybot.eligibility.matching import match_schemes
from strategybot.grounding.matches import cite_anew, write_matches
from strategybot.grounding.register import Register, build_register
from strategybot.reading.blocks import Block
from strategybot.schema import Document
from tests.builders.schemes import criterion, profile, scheme
from tests.fakes import document_of

SMALL, OLD = "Only firms with 100 employees or fewer can apply.", "A firm must have traded for a year."
SHARE, TOP, END = "The grant pays 20% of the cost.", "It pays at most £50,000.", "It closed on 30 September 2022."
GROWTH = scheme(
    criterion("employees", "at_most", 100, quote=SMALL),
    criterion("months_trading", "at_least", 12, quote=OLD),
    amount={"terms": [{"share": 0.2, "quote": SHARE}, {"amount": 50000, "quote": TOP}]},
    window={"closes": "2022-09-30", "quotes": [END]},
    cautions=[{"kind": "deadline", "quote": END}],
    apply=[SMALL],
)


def document(*sentences: str) -> Document:
    return document_of(*(Block("paragraph", text) for text in sentences), id="growth", schemes=(GROWTH,))


def register(one: Document) -> Register:
    return build_register(
        {one.id: one.metadata},
        find_document=lambda name, _: one if name == one.id else None,
        find_passage=lambda *_: None,
    )


WHOLE = register(document(SMALL, f"{OLD} {SHARE}", TOP, END))


def test_each_quote_has_one_citation_that_holds_it() -> None:
    assert [c.number for c in WHOLE.citations] == [1, 2, 3, 4, 5]
    assert {c.quote for c in WHOLE.citations} == {SMALL, OLD, SHARE, TOP, END}
    assert all(WHOLE.citations[number - 1].quote == quote for (_, quote), number in WHOLE.numbers.items())


def test_a_quote_stands_where_its_citation_says() -> None:
    one = document(SMALL, f"{OLD} {SHARE}", TOP, END)

    assert all(one.text[c.start : c.end] == c.quote for c in register(one).citations)


def test_a_criterion_whose_quote_is_lost_decides_nothing() -> None:
    lost = register(document("Rewritten.", f"{OLD} {SHARE}", TOP, END))

    fit = match_schemes(profile(employees=180, months_trading=24), lost.schemes, as_of=date(2022, 6, 1))[0]

    assert [judged.outcome for judged in fit.criteria] == ["unknown", "met"]
    assert lost.schemes[0].scheme.apply == ()


def test_a_window_and_an_amount_whose_quote_is_lost_are_not_claimed() -> None:
    lost = register(document(SMALL, f"{OLD} {SHARE}"))

    fit = match_schemes(profile(project_cost=100_000), lost.schemes, as_of=date(2026, 1, 1))[0]

    assert (fit.opening, fit.worked_out.most, fit.held.scheme.cautions) == ("unknown", None, ())


def test_a_document_that_is_gone_leaves_nothing_decided() -> None:
    one = document(SMALL)
    gone = build_register({one.id: one.metadata}, find_document=lambda *_: None, find_passage=lambda *_: None)

    fit = match_schemes(profile(employees=180), gone.schemes, as_of=date(2022, 6, 1))[0]

    assert (fit.verdict, gone.citations) == ("likely", ())


def test_matches_are_cited_by_the_register_and_then_by_a_reply() -> None:
    fits = match_schemes(profile(employees=180), WHOLE.schemes, as_of=date(2022, 6, 1))
    match = write_matches(fits, WHOLE)[0]
    first = WHOLE.citations[match.criteria[0].citations[0] - 1]

    anew = cite_anew([match], WHOLE, [first.model_copy(update={"number": 1})])[0]

    assert first.quote == SMALL
    assert [c.citations for c in anew.criteria] == [(1,), ()]
    assert anew.standing is not None
    assert anew.standing.citations == ()
