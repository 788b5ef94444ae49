"""What replies cited is compared with what their documents hold now."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from strategybot.index.catalogue import Catalogue, Entry
from strategybot.index.impact import find_impact
from strategybot.passages import split_passages
from strategybot.reading.blocks import Block
from strategybot.schema import Document, Query, Reply
from tests.fakes import document_of
from tests.fakes_assistant import a_reply

FIRST = "Grants pay 20% of the cost."
SECOND = "Firms apply online."


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    yield catalogue
    catalogue.close()


def publish(catalogue: Catalogue, *documents: Document, removed: tuple[str, ...] = ()) -> None:
    for document in documents:
        entry = Entry(document.metadata, document.version, f"/{document.id}.md", document.version)
        catalogue.stage(entry, document, split_passages(document, count_tokens=len), ())
    catalogue.publish(removed, embedder="fake@1")


def plan(*texts: str, document_id: str = "plan") -> Document:
    return document_of(*(Block("paragraph", text) for text in texts), id=document_id)


def cite(catalogue: Catalogue, document: Document, *quotes: str) -> Reply:
    reply = a_reply(Query(text="What is paid?"), *((document, quote) for quote in quotes))
    catalogue.save_citations(reply)
    return reply


def test_words_that_still_stand_elsewhere_are_not_counted(catalogue: Catalogue) -> None:
    old = plan(FIRST, SECOND)
    publish(catalogue, old)
    cite(catalogue, old, FIRST)

    publish(catalogue, plan("A new beginning.", FIRST.upper()))

    assert find_impact(catalogue) == ()


def test_words_that_were_changed_are_named_with_the_replies_that_cited_them(catalogue: Catalogue) -> None:
    old = plan(FIRST, SECOND)
    publish(catalogue, old)
    reply = cite(catalogue, old, FIRST, SECOND)

    publish(catalogue, plan(FIRST.replace("20%", "30%"), SECOND))

    (impact,) = find_impact(catalogue)
    assert (impact.document_id, impact.fate, impact.quote) == ("plan", "changed", FIRST)
    assert impact.replies == (reply.reply_id,)
    assert impact.link == f"/documents/plan/{old.version}?from=0&to={len(FIRST)}"


def test_a_document_that_is_gone_takes_all_its_words_with_it(catalogue: Catalogue) -> None:
    old = plan(FIRST)
    publish(catalogue, old)
    cite(catalogue, old, FIRST)

    publish(catalogue, removed=("plan",))

    assert [impact.fate for impact in find_impact(catalogue)] == ["document-gone"]
    assert find_impact(catalogue, document_ids={"other"}) == ()


def test_a_digest_whose_original_has_come_is_named(catalogue: Catalogue) -> None:
    digest = plan(FIRST)
    publish(catalogue, digest)
    cite(catalogue, digest, FIRST)

    publish(catalogue, plan("The original says it at length.", document_id="plan--original"))

    assert [impact.fate for impact in find_impact(catalogue)] == ["replaced-by-original"]


def test_no_replies_no_impact(catalogue: Catalogue) -> None:
    publish(catalogue, plan(FIRST))

    assert find_impact(catalogue) == ()


def test_replies_of_long_ago_are_forgotten(catalogue: Catalogue) -> None:
    old = plan(FIRST)
    publish(catalogue, old)
    cite(catalogue, old, FIRST)

    catalogue.forget_replies(before="2000-01-01")
    assert len(catalogue.cited_spans()) == 1
    catalogue.forget_replies(before="2999-01-01")
    assert catalogue.cited_spans() == []
