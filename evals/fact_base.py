"""The fact base that the corpus is written from; ``evals/facts/README.md`` describes it."""

from pathlib import Path

from pydantic import Field, ValidationError

from strategybot.errors import CorpusError
from strategybot.schema import Frozen

FACTS = Path(__file__).parent / "facts" / "facts.jsonl"


class Fact(Frozen):
    """One fact in our words; ``key`` are strings that any right statement of it holds."""

    doc: str
    fact_id: str
    section: str
    fact: str
    key: tuple[str, ...] = Field(min_length=1)


def read_facts(path: Path = FACTS) -> tuple[Fact, ...]:
    """Read the facts, one JSON row per line.

    Raises:
        CorpusError: The file cannot be read or a row is not a fact.
    """
    try:
        return tuple(Fact.model_validate_json(line) for line in path.read_text("utf-8").split("\n") if line)
    except (OSError, ValidationError) as error:
        raise CorpusError(path, str(error)) from error
