"""Questions, replies and rows for the tests of the evals: lawful unless a test changes something."""

from datetime import UTC, date, datetime

from evals.measures import compute_figures
from evals.provenance import Machine
from evals.questions import Question
from evals.records import Row, Run, System
from strategybot.schema import Citation, Reply, Statement

QUOTE = "The Growth Fund paid grants of £10,000 to £50,000 until 30 September 2022."


def a_question(**changes: object) -> Question:
    fields: dict[str, object] = {
        "id": "q1",
        "question": "What did the Growth Fund pay?",
        "type": "factual",
        "as_of": date(2026, 11, 23),
        "answerable": True,
        "gold_docs": ("growth-fund",),
        "must_contain": (("£10,000", "£10k"), ("£50,000",)),
    }
    return Question.model_validate(fields | changes)


def an_unanswerable_question(**changes: object) -> Question:
    fields = {"id": "q2", "type": "unanswerable", "answerable": False, "gold_docs": (), "must_contain": ()}
    return a_question(**fields | changes)


def a_citation(**changes: object) -> Citation:
    fields: dict[str, object] = {
        "number": 1,
        "document_id": "growth-fund",
        "version": "0123456789ab",
        "title": "Growth Fund",
        "publisher": "A combined authority",
        "kind": "support-scheme",
        "form": "digest",
        "reliability": "official",
        "published": "2021-05",
        "valid_from": None,
        "valid_to": None,
        "superseded_by": None,
        "section": "Offer",
        "page": None,
        "page_label": None,
        "paragraph": 2,
        "quote": QUOTE,
        "start": 0,
        "end": len(QUOTE),
        "passage_id": f"growth-fund@0123456789ab#0-{len(QUOTE)}",
        "link": "/documents/growth-fund/0123456789ab?from=0&to=75#p2",
        "source_url": None,
    }
    return Citation.model_validate(fields | changes)


def a_statement(**changes: object) -> Statement:
    fields: dict[str, object] = {"text": QUOTE, "basis": "quote", "citations": (1,), "support": 0.9}
    return Statement.model_validate(fields | changes)


def a_reply(**changes: object) -> Reply:
    """A reply that is changed after its own validation, so that a test can break the laws."""
    reply = Reply(
        reply_id="r_1",
        question="What did the Growth Fund pay?",
        standalone_question="What did the Growth Fund pay?",
        as_of=date(2026, 11, 23),
        mode="quote",
        index="index-1",
        status="answered",
        answerability=0.9,
        text=f"{QUOTE} [1]",
        statements=(a_statement(),),
        citations=(a_citation(),),
    )
    return reply.model_copy(update=changes)


def an_abstention(**changes: object) -> Reply:
    silent = {"status": "not_found", "text": "The documents do not say.", "statements": (), "citations": ()}
    return a_reply(**silent | changes)


def a_row(**changes: object) -> Row:
    fields: dict[str, object] = {
        "id": "q1",
        "type": "factual",
        "question": "What did the Growth Fund pay?",
        "answerable": True,
        "gold_docs": ("growth-fund",),
        "status": "answered",
        "fault": None,
        "text": f"{QUOTE} [1]",
        "words": 13,
        "cited": ("growth-fund",),
        "ranking": ("growth-fund", "other"),
        "ask_ms": 40.0,
        "search_ms": 8.0,
    }
    return Row.model_validate(fields | changes)


def a_silent_row(**changes: object) -> Row:
    fields = {"id": "q2", "type": "unanswerable", "answerable": False, "gold_docs": (), "status": "not_found"}
    return a_row(**fields | changes)


def a_system(*rows: Row, name: str = "strategybot") -> System:
    return System(name=name, index="index-1", rows=rows)


def a_run(*systems: System, **changes: object) -> Run:
    fields: dict[str, object] = {
        "started": datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
        "commit": "0a1b2c3",
        "machine": Machine(processor="a processor", processors=2, python="3.11.9"),
        "settings": {"embedder": "all-MiniLM-L6-v2"},
        "question_set": "development",
        "questions_sha256": "ab" * 32,
        "systems": systems,
        "figures": tuple(figure for system in systems for figure in compute_figures(system)),
    }
    return Run.model_validate(fields | changes)
