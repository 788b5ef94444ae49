"""A fetched original takes over from its digest; what pointed at the digest still finds its way."""

import sqlite3
from contextlib import closing

import pytest

from strategybot.index.catalogue import CATALOGUE
from strategybot.schema import Query
from tests.desk import Desk
from tests.fakes import GRANTS, write_document
from tests.fakes_assistant import a_reply

ORIGINAL = "# Growth grants 2026\n\nA growth grant covers a quarter of what new machines cost, at most £50,000.\n"


def test_the_original_answers_and_the_digest_does_not(desk: Desk) -> None:
    old = desk.snapshot().find_document("grants")
    write_document(desk.folder, "grants--original", ORIGINAL)

    desk.ingest()

    snapshot = desk.snapshot()
    assert old is not None
    assert {i.partition("@")[0] for i in snapshot.ids} == {"climate", "grants--original"}
    assert snapshot.find_document("grants", old.version) == old


def test_the_original_is_as_valid_as_its_digest_says(desk: Desk) -> None:
    write_document(desk.folder, "grants", GRANTS, form="digest", valid_to="2022-09-30", publisher="LEP")
    write_document(desk.folder, "grants--original", ORIGINAL)

    desk.ingest()

    metadata = desk.snapshot().documents["grants--original"]
    assert (metadata.form, metadata.valid_to, metadata.publisher) == ("original", "2022-09-30", "LEP")


def test_replies_that_cited_the_digest_are_named(desk: Desk) -> None:
    snapshot = desk.snapshot()
    digest = snapshot.find_document("grants")
    assert digest is not None
    block = next(b for b in digest.paragraphs if b.kind == "paragraph")
    quote = digest.text[block.start : block.end].partition(". ")[0] + "."
    snapshot.save_citations(a_reply(Query(text="Who can apply?"), (digest, quote)))
    write_document(desk.folder, "grants--original", ORIGINAL)

    report = desk.ingest()

    assert [(impact.document_id, impact.fate) for impact in report.impact] == [("grants", "replaced-by-original")]


def test_a_reply_whose_words_were_changed_is_named_in_the_report_of_the_ingest(desk: Desk) -> None:
    snapshot = desk.snapshot()
    document = snapshot.find_document("grants")
    assert document is not None
    quote = "Firms need at least five employees."
    snapshot.save_citations(a_reply(Query(text="How many employees?"), (document, quote)))
    write_document(desk.folder, "grants", GRANTS.replace("five employees", "ten employees"), title="Growth grants")

    report = desk.ingest()

    assert [(impact.quote, impact.fate) for impact in report.impact] == [(quote, "changed")]


def test_an_answer_is_not_lost_where_what_it_cites_cannot_be_kept(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    snapshot = desk.snapshot()
    document = snapshot.find_document("grants")
    assert document is not None
    with closing(sqlite3.connect(desk.home / CATALOGUE)) as connection:
        connection.execute("DROP TABLE cited")

    snapshot.save_citations(a_reply(Query(text="How many?"), (document, "Firms need at least five employees.")))

    assert "cites was not kept: no such table" in caplog.text
