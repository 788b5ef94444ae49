"""Putting questions to a system."""

from evals.measuring import SEARCH_DEPTH, measure, rank_documents
from strategybot.schema import Passage, Query, Reply, ScoredPassage
from tests.unit.evals.builders import a_question, a_reply, an_unanswerable_question


class ScriptedAnswerer:
    """Answers every question with one reply, and raises at the text ``raise``."""

    index_version = "index-1"

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.asked: list[str] = []

    def ask(self, query: Query) -> Reply:
        self.asked.append(query.text)
        if query.text == "raise":
            message = "broken"
            raise RuntimeError(message)
        return self.reply

    def search(self, query: Query, k: int) -> tuple[ScoredPassage, ...]:
        assert query.text
        assert k == SEARCH_DEPTH
        return (a_hit("growth-fund", rank=1), a_hit("growth-fund", rank=2))


def a_hit(document_id: str, *, rank: int) -> ScoredPassage:
    passage = Passage(
        document_id=document_id,
        version="0123456789ab",
        start=rank,
        end=rank + 1,
        text="x",
        prefix="",
        paragraph=1,
    )
    return ScoredPassage(passage=passage, score=1 / rank, rank=rank)


def test_a_row_holds_grade_ranking_and_times() -> None:
    system = measure("bot", ScriptedAnswerer(a_reply()), questions=[a_question()])

    (row,) = system.rows
    assert (system.name, system.index) == ("bot", "index-1")
    assert (row.id, row.status, row.right, row.breaches) == ("q1", "answered", True, ())
    assert (row.cited, row.ranking, row.words) == (("growth-fund",), ("growth-fund",), 16)
    assert row.ask_ms > 0
    assert row.search_ms > 0


def test_a_question_that_raises_is_a_row_and_the_next_is_asked() -> None:
    questions = [a_question(id="q1", question="raise"), an_unanswerable_question(id="q2")]

    raised, asked = measure("bot", ScriptedAnswerer(a_reply()), questions=questions).rows

    assert (raised.status, raised.fault) == (None, "raised RuntimeError('broken')")
    assert asked.fault == "should abstain, was answered"


def test_the_first_question_is_asked_beforehand_to_warm_up() -> None:
    answerer = ScriptedAnswerer(a_reply())

    measure("bot", answerer, questions=[a_question(question="one"), a_question(id="q2", question="two")])

    assert answerer.asked == ["one", "one", "two"]


def test_no_questions_give_no_rows() -> None:
    assert measure("bot", ScriptedAnswerer(a_reply()), questions=[]).rows == ()


def test_documents_rank_by_their_best_passage_and_originals_count_for_digests() -> None:
    found = [a_hit("b--original", rank=1), a_hit("a", rank=2), a_hit("b", rank=3)]

    assert rank_documents(found) == ("b", "a")
    assert rank_documents([]) == ()
