"""Questions with their golds: one JSON row each, see ``evals/README.md`` for the card of each set."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, ValidationError

from strategybot.errors import CorpusError
from strategybot.schema import Frozen, Query, Turn

QuestionType = Literal[
    "factual",
    "multi-part",
    "comparison",
    "eligibility",
    "temporal",
    "drafting",
    "follow-up",
    "unanswerable",
    "out-of-domain",
    "adversarial",
]
DEVELOPMENT = Path(__file__).parent / "questions" / "development.jsonl"
QUESTION_TYPES: tuple[QuestionType, ...] = get_args(QuestionType)


class ExpectedVerdict(Frozen):
    """What the match of one scheme should be; ``ineligible`` is also met by a scheme that is not open."""

    scheme_id: str
    scheme: str
    verdict: Literal["eligible", "likely", "ineligible", "unknown"]
    because: str = ""


class Question(Frozen):
    """A question as a user types it, and what a right reply holds.

    Attributes:
        gold_docs: Documents that answer it, of which a reply cites at least one where any is named; of a
            question that is not answerable, the documents that might be expected to.
        must_contain: Groups of alternatives; a reply shows at least one string of each group.
        must_not_contain: Strings that no right reply shows.
    """

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    history: tuple[Turn, ...] = ()
    type: QuestionType
    as_of: date
    answerable: bool
    gold_docs: tuple[str, ...] = ()
    gold_fact_ids: tuple[str, ...] = ()
    must_contain: tuple[tuple[str, ...], ...] = ()
    must_not_contain: tuple[str, ...] = ()
    expected: tuple[ExpectedVerdict, ...] = ()

    @property
    def query(self) -> Query:
        """The question as the assistant takes it."""
        return Query(text=self.question, history=self.history, as_of=self.as_of)


class QuestionSet(Frozen):
    """A file of questions; ``sha256`` tells two states of it apart."""

    name: str
    sha256: str
    questions: tuple[Question, ...]


def read_questions(path: Path) -> QuestionSet:
    """Read a file of questions, one JSON row per line; blank lines are skipped.

    Raises:
        CorpusError: The file cannot be read, a row is not a question, or an id stands twice.
    """
    try:
        raw = path.read_bytes()
        lines = [line for line in raw.decode("utf-8").split("\n") if line.strip()]
        questions = tuple(Question.model_validate_json(line) for line in lines)
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise CorpusError(path, str(error)) from error
    _refuse_repeated_ids(path, questions)
    return QuestionSet(name=path.stem, sha256=hashlib.sha256(raw).hexdigest(), questions=questions)


def _refuse_repeated_ids(path: Path, questions: Sequence[Question]) -> None:
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise CorpusError(path, f"the id {question.id} stands twice")
        seen.add(question.id)
