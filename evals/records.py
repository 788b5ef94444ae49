"""What a run leaves behind: a row per question and system, the figures made of them, and how it was run."""

from datetime import datetime
from pathlib import Path
from typing import Self

from pydantic import Field, JsonValue, ValidationError

from evals.metrics import Estimate
from evals.provenance import Machine
from evals.questions import QuestionType
from strategybot.errors import CorpusError
from strategybot.schema import Frozen, Status

ALL = "all"
"""The group of figures over the questions of every type."""


class Row(Frozen):
    """One question put to one system.

    Attributes:
        status: None if the system raised instead of replying.
        fault: Why the reply is not right; None if it is.
        ranking: Documents found by search alone, best first, each once.
        verdicts: Agreement of each expected verdict.
        ask_ms: Wall time of the whole reply; ``search_ms`` of search alone.
    """

    id: str
    type: QuestionType
    question: str
    answerable: bool
    gold_docs: tuple[str, ...] = ()
    status: Status | None
    fault: str | None
    text: str = ""
    words: int = Field(ge=0)
    cited: tuple[str, ...] = ()
    ranking: tuple[str, ...] = ()
    verdicts: tuple[bool, ...] = ()
    breaches: tuple[str, ...] = ()
    ask_ms: float = Field(ge=0)
    search_ms: float = Field(ge=0)

    @property
    def right(self) -> bool:
        """Whether the reply is right."""
        return self.fault is None


class Figure(Frozen):
    """A measure of a system over the questions of one type, or of all; no estimate if none counts for it."""

    system: str
    group: str
    measure: str
    estimate: Estimate | None


class System(Frozen):
    """A system that was asked, with its rows in the order of the questions."""

    name: str
    index: str = Field(description="Version of the index it answered from")
    rows: tuple[Row, ...]


class Run(Frozen):
    """One run of the evals: the first system is the one that is evaluated, any other is a reference."""

    started: datetime
    commit: str
    machine: Machine
    settings: dict[str, JsonValue]
    question_set: str
    questions_sha256: str
    systems: tuple[System, ...] = Field(min_length=1)
    figures: tuple[Figure, ...]

    @property
    def label(self) -> str:
        """Commit and minute, by which people tell runs apart; also the name of the run's files."""
        return f"{self.started:%Y-%m-%dT%H%M}-{self.commit}"

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a run that was written before.

        Raises:
            CorpusError: The file cannot be read or is not a run.
        """
        try:
            return cls.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise CorpusError(path, f"is not a run of the evals: {error}") from error

    def figure(self, measure: str, *, system: str | None = None, group: str = ALL) -> Estimate | None:
        """Return one estimate, of the first system if none is named; None if the run has no such figure."""
        name = system or self.systems[0].name
        wanted = (name, group, measure)
        return next((f.estimate for f in self.figures if (f.system, f.group, f.measure) == wanted), None)
