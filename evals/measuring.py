"""Questions -> rows: each question is put to a system, its reply graded and timed."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from evals.grading import cited_documents, digest_id, find_fault, grade_verdicts
from evals.laws import find_breaches
from evals.questions import Question
from evals.records import Row, System
from evals.wording import count_words
from strategybot.schema import Query, Reply, ScoredPassage

logger = logging.getLogger(__name__)

SEARCH_DEPTH = 20
"""Passages retrieved for the rank measures, before only the first of each document is kept."""
Track = Callable[[Sequence[Question]], Iterable[Question]]


class Answerer(Protocol):
    """What the evals need of a system that answers questions."""

    @property
    def index_version(self) -> str:
        """Version of the index that it answers from."""

    def ask(self, query: Query) -> Reply:
        """Answer a query."""

    def search(self, query: Query, k: int) -> tuple[ScoredPassage, ...]:
        """Return at most k passages, best first."""


def measure(name: str, answerer: Answerer, *, questions: Sequence[Question], track: Track = iter) -> System:
    """Put each question to a system and grade what it says.

    The first question is asked once more beforehand, untimed, so that no row pays for loading. A question
    that raises gets a row that says so.

    Args:
        name: Of the system, as the reports call it.
        answerer: The system.
        questions: May be empty.
        track: Wraps the questions, to show progress.
    """
    for question in questions[:1]:
        _attempt(answerer, question)
    rows = tuple(_attempt(answerer, question) for question in track(questions))
    return System(name=name, index=answerer.index_version, rows=rows)


def _attempt(answerer: Answerer, question: Question) -> Row:
    try:
        return _row(answerer, question)
    except Exception as error:  # noqa: BLE001 - whatever a question breaks is a row of the report, not its end
        logger.warning("%s raised %r", question.id, error)
        return Row(
            id=question.id,
            type=question.type,
            question=question.question,
            answerable=question.answerable,
            gold_docs=question.gold_docs,
            status=None,
            fault=f"raised {error!r}",
            words=0,
            verdicts=tuple(False for _ in question.expected),
            ask_ms=0,
            search_ms=0,
        )


def _row(answerer: Answerer, question: Question) -> Row:
    started = time.perf_counter()
    found = answerer.search(question.query, SEARCH_DEPTH)
    searched = time.perf_counter()
    reply = answerer.ask(question.query)
    replied = time.perf_counter()
    return Row(
        id=question.id,
        type=question.type,
        question=question.question,
        answerable=question.answerable,
        gold_docs=question.gold_docs,
        status=reply.status,
        fault=find_fault(question, reply),
        text=reply.text,
        words=count_words(reply.text),
        cited=cited_documents(reply),
        ranking=rank_documents(found),
        verdicts=grade_verdicts(question.expected, reply.matches),
        breaches=find_breaches(question, reply),
        ask_ms=1000 * (replied - searched),
        search_ms=1000 * (searched - started),
    )


def rank_documents(found: Sequence[ScoredPassage]) -> tuple[str, ...]:
    """Return the documents of ranked passages, by their digests' ids, each at its best rank."""
    return tuple(dict.fromkeys(digest_id(hit.passage.document_id) for hit in found))
