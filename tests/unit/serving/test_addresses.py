"""What of a document is looked at, read from an address and written into one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from strategybot.serving.addresses import Look, address_of, address_quotes, parse_look
from strategybot.serving.finding import MOST_HITS
from tests.fakes_assistant import CLIMATE, FUND, LOANS, cite


def parse(query: str) -> Look:
    return parse_look(QueryParams(query), length=100)


SPANS = st.integers(0, 98).flatmap(lambda start: st.tuples(st.just(start), st.integers(start + 1, 100)))


@given(
    span=st.none() | SPANS,
    also=st.sets(SPANS, max_size=5),
    words=st.text(max_size=100).map(str.strip),
    hit=st.integers(1, MOST_HITS),
)
def test_an_address_says_what_was_looked_at(span, also, words, hit) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # hypothesis gives these
    look = Look(span, tuple(sorted(also - {span})), words, hit if words else 1)

    assert parse(look.query()) == look


@pytest.mark.parametrize(
    "query", ["hit=0", "hit=-1", "hit=x", "hit=501", "hit=", f"hit={'9' * 5000}", "from=1", "also=3", "from=3&to=1"]
)
def test_what_is_no_look_is_refused(query: str) -> None:
    with pytest.raises(ValueError, match="="):
        parse(query)


def test_turning_to_another_quote_keeps_all_of_them() -> None:
    look = Look((10, 20), ((1, 5), (30, 40)))

    assert look.turn_to((30, 40)) == Look((30, 40), ((1, 5), (10, 20)))
    assert look.quotes == ((1, 5), (10, 20), (30, 40))


def test_an_address_names_part_look_and_anchor() -> None:
    assert address_of(FUND) == f"/documents/growth-fund/{FUND.version}"
    assert address_of(FUND, Look((1, 4), words="a b"), part="pages/2", anchor="p1") == (
        f"/documents/growth-fund/{FUND.version}/pages/2?from=1&to=4&find=a+b#p1"
    )


def test_a_citations_link_names_the_other_quotes_of_its_document() -> None:
    fund, size = cite(FUND, "The fund paid grants", 1), cite(FUND, "Firms with fewer", 3)
    loan = cite(LOANS, "A loan", 2)

    links = address_quotes([fund, loan, size])

    address, _, anchor = links[1].partition("#")
    assert address == f"{fund.link.partition('#')[0]}&also={size.start}-{size.end}"
    assert anchor == "p3"
    assert links[2] == loan.link
    assert parse_look(QueryParams(address.partition("?")[2]), length=len(FUND.text)) == Look(
        (fund.start, fund.end), ((size.start, size.end),)
    )


def test_a_quote_cited_twice_is_no_other_quote() -> None:
    once, again = cite(CLIMATE, "Solar panels", 1), cite(CLIMATE, "Solar panels", 2)

    assert address_quotes([once, again]) == {1: once.link, 2: again.link}
