"""Every reply that is assembled from any draft, also a false one, keeps the laws."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategybot.grounding.assemble import Frame, assemble
from strategybot.grounding.laws import MARKER, find_breaches
from strategybot.reading.blocks import Block
from strategybot.schema import Calculation, Claim, Document, Draft, Metadata, Notice, Query, Reply, Sentence, Turn
from tests.fakes import document_of

GRANT = document_of(
    Block("heading", "Growth grant", 1),
    Block("paragraph", "The growth grant pays £10,000 to £50,000. It covers 20% of the cost, as source [7] says."),
    Block("paragraph", "It closed on 31 March 2024. May 2019 was its first month, and it ended in 12"),
    Block("list-item", " ".join(["many"] * 70)),
    id="grant", title="Growth grant", published="2023-05-01", valid_to="2024-03-31", kind="support-scheme",
)  # fmt: skip
PLAN = document_of(Block("paragraph", "Emissions fall by 14% a year. The target is net zero by 2038."))
DOCUMENTS: Mapping[str, Document] = {document.id: document for document in (GRANT, PLAN)}
QUERY = Query(text="What would 20% of £120,000 be?", as_of=date(2026, 11, 23))
FRAME = Frame(standalone_question=QUERY.text, index="index")
FIGURES = st.sampled_from(
    ["£10,000", "£24,000", "14%", "31 March 2024", "May 2019", "12", "[1]", "[7]", "£", "million", "ſept 2019",
     "APRıL 2019", "2024-03", "1,2,3", "9" * 400, "20 per cent", "grant", "pays", "."]
)  # fmt: skip
TEXTS = st.one_of(st.text(min_size=1, max_size=40), st.lists(FIGURES, min_size=1, max_size=6).map(" ".join))
EXPRESSIONS = st.one_of(
    st.sampled_from(
        ["min(0.20 * 120000, 50000)", "1/0", "min()", "9" * 400, "1e308*10", "__import__('os')", "-" * 3000 + "1"]
    ),
    st.text("0123456789+-*/(). minax,", max_size=20),
)  # fmt: skip


@st.composite
def spans(draw: st.DrawFn) -> Sentence:
    """A span of a document, whole and true, or with one thing wrong about it."""
    document = draw(st.sampled_from([GRANT, PLAN]))
    block = draw(st.sampled_from(document.paragraphs))
    start = draw(st.integers(block.start, block.end))
    end = draw(st.integers(start, block.end))
    true = Sentence(
        passage_id=f"{document.id}@{document.version}#0-9", start=start, end=end, text=document.text[start:end],
        prefix="", paragraph=block.number,
    )  # fmt: skip
    wrong: dict[str, st.SearchStrategy[object]] = {
        "passage_id": st.sampled_from(["grant", "grant@", "lost@0123456789ab#0-9", "grant@000000000000#0-9"]),
        "text": st.sampled_from(["other words", ""]),
        "paragraph": st.integers(1, 9),
    }
    name = draw(st.sampled_from(["", "", "", *wrong]))
    return true.model_copy(update={name: draw(wrong[name])}) if name else true


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """A claim that quotes its spans, or says anything at all."""
    sources = draw(st.lists(spans(), min_size=1, max_size=3))
    quoted = [source.text for source in sources if source.text]
    calculation = st.builds(Calculation, expression=EXPRESSIONS, result=st.floats(), unit=st.just("£"))
    return Claim(
        text=draw(st.one_of(TEXTS, st.sampled_from(quoted))) if quoted else draw(TEXTS),
        basis=draw(st.sampled_from(["quote", "verdict", "calculation", "written"])),
        sources=tuple(sources + draw(st.sampled_from([[], sources[:1]]))),
        support=draw(st.floats(0, 1)),
        calculation=draw(st.none() | calculation),
    )


DRAFTS = st.builds(
    Draft,
    status=st.sampled_from(["answered", "partial", "not_found", "clarify", "out_of_scope", "refused"]),
    answerability=st.floats(0, 1),
    claims=st.lists(claims(), max_size=5).map(tuple),
    opening=st.just("") | TEXTS,
    closing=st.just("") | TEXTS,
    notices=st.lists(st.builds(Notice, kind=st.just("closed"), text=TEXTS), max_size=2).map(tuple),
)
HISTORY = st.lists(st.builds(Turn, role=st.just("user"), content=TEXTS), max_size=2).map(tuple)


@given(draft=DRAFTS, history=HISTORY)
@settings(max_examples=200, deadline=None)
def test_every_reply_keeps_the_laws_whatever_the_draft(draft: Draft, history: tuple[Turn, ...]) -> None:
    query = QUERY.model_copy(update={"history": history})

    reply = reply_to(draft, query)

    assert find_breaches(reply, history=[turn.content for turn in history]) == ()
    assert bool(reply.statements) == (reply.status in ("answered", "partial"))
    for citation in reply.citations:
        assert DOCUMENTS[citation.document_id].text[citation.start : citation.end] == citation.quote
        assert f"from={citation.start}&to={citation.end}#p{citation.paragraph}" in citation.link


@given(draft=DRAFTS)
@settings(max_examples=50, deadline=None)
def test_a_reply_survives_json(draft: Draft) -> None:
    reply = reply_to(draft)

    assert Reply.model_validate_json(reply.model_dump_json()) == reply


@given(draft=DRAFTS)
@settings(max_examples=50, deadline=None)
def test_the_markers_of_the_text_are_the_citations_in_order(draft: Draft) -> None:
    reply = reply_to(draft)

    markers = list(dict.fromkeys(int(number) for number in MARKER.findall(reply.text)))

    assert markers == [citation.number for citation in reply.citations]
    assert {n for s in reply.statements for n in s.citations} == set(markers)


def reply_to(draft: Draft, query: Query = QUERY) -> Reply:
    documents: dict[str, Metadata] = {document.id: document.metadata for document in DOCUMENTS.values()}
    return assemble(draft, query=query, frame=FRAME, documents=documents, find_document=find_document)


def find_document(document_id: str, version: str | None) -> Document | None:
    document = DOCUMENTS.get(document_id)
    return document if document and version in (None, "", document.version) else None


def span_of(document: Document, words: str) -> Sentence:
    start = document.text.index(words)
    block = next(b for b in document.paragraphs if b.start <= start < b.end)
    name = f"{document.id}@{document.version}#0-9"
    return Sentence(passage_id=name, start=start, end=start + len(words), text=words, prefix="", paragraph=block.number)


def quote(document: Document, words: str) -> Claim:
    return Claim(text=words, basis="quote", sources=(span_of(document, words),), support=1.0)


def answered(*claims: Claim, **changes: object) -> Draft:
    return Draft.model_validate({"status": "answered", "answerability": 1.0, "claims": claims, **changes})


def test_quotes_are_numbered_in_order_and_equal_spans_share_a_number() -> None:
    pays, zero = "The growth grant pays £10,000 to £50,000.", "The target is net zero by 2038."

    reply = reply_to(answered(quote(PLAN, zero), quote(GRANT, pays), quote(PLAN, zero), opening="In short:"))

    assert reply.text == f"In short:\n\n- {zero} [1]\n- {pays} [2]\n- {zero} [1]"
    assert [citation.document_id for citation in reply.citations] == ["plan", "grant"]


def test_a_single_statement_is_no_list() -> None:
    reply = reply_to(answered(quote(PLAN, "The target is net zero by 2038.")))

    assert reply.text == "The target is net zero by 2038. [1]"


def test_a_number_in_brackets_that_is_the_documents_own_is_no_marker() -> None:
    words = "It covers 20% of the cost, as source [7] says."

    reply = reply_to(answered(quote(GRANT, words)))

    assert reply.statements[0].text == reply.citations[0].quote == words
    assert MARKER.findall(reply.text) == ["1"]


@pytest.mark.parametrize(
    "wrong",
    [
        quote(GRANT, "The growth grant pays £10,000 to £50,000.").model_copy(update={"text": "The grant pays a lot."}),
        quote(GRANT, "The growth grant pays £10,000 to £50,000.").model_copy(update={"text": "rowth gran"}),
        quote(GRANT, "It covers 20% of the cost").model_copy(update={"text": "…"}),
        quote(GRANT, " ".join(["many"] * 70)),
        Claim(text="It pays £60,000.", basis="written", sources=(span_of(GRANT, "The growth grant"),), support=1.0),
        Claim(
            text="That would be £25,000.", basis="calculation", sources=(span_of(GRANT, "It covers 20%"),), support=1.0,
            calculation=Calculation(expression="0.20 * 120000", result=25000, unit="£"),
        ),
    ],
    ids=["other words", "parts of words", "no words", "a long quote", "an unknown figure", "a wrong calculation"],
)  # fmt: skip
def test_a_false_claim_is_left_out(wrong: Claim) -> None:
    right = quote(PLAN, "The target is net zero by 2038.")

    reply = reply_to(answered(wrong, right))

    assert [statement.text for statement in reply.statements] == [right.text]


def test_a_calculation_that_is_right_is_said() -> None:
    claim = Claim(
        text="20% of £120,000 is £24,000.", basis="calculation", sources=(span_of(GRANT, "It covers 20%"),),
        support=1.0, calculation=Calculation(expression="min(0.20 * 120000, 50000)", result=24000, unit="£"),
    )  # fmt: skip

    assert reply_to(answered(claim)).text == "20% of £120,000 is £24,000. [1]"


def test_an_answer_of_which_nothing_is_left_is_not_found_and_says_something() -> None:
    false = quote(GRANT, "The growth grant").model_copy(update={"text": "Something else"})

    reply = reply_to(answered(false))

    assert (reply.status, reply.statements, reply.citations) == ("not_found", (), ())


def test_the_id_of_a_reply_depends_on_what_was_asked_and_of_which_index() -> None:
    draft = answered(quote(PLAN, "The target is net zero by 2038."))
    other = QUERY.model_copy(update={"text": "Another question?"})

    assert reply_to(draft).reply_id == reply_to(draft).reply_id
    assert reply_to(draft).reply_id != reply_to(draft, other).reply_id


def test_a_quote_names_the_page_that_it_stands_on_not_that_of_its_paragraph() -> None:
    first, second = "Rates rose in May.", "They fell in June."
    long = Block("paragraph", f"{first} {second}", page=3, page_label="i", runs=((0, 19, 3, 700), (19, 37, 4, 0)))
    report = document_of(long, Block("paragraph", "The rest.", page=4, page_label="ii"), id="report")

    reply = assemble(
        answered(quote(report, first), quote(report, second)), query=QUERY, frame=FRAME,
        documents={"report": report.metadata}, find_document=lambda _id, _version: report,
    )  # fmt: skip

    assert [(c.page, c.page_label) for c in reply.citations] == [(3, "i"), (4, "ii")]
