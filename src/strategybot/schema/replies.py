"""The nouns of replies: what is said, what it rests on, and what it is made of."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from strategybot.frozen import Frozen
from strategybot.schema.documents import Sentence
from strategybot.schema.matches import Calculation, Citation, Match
from strategybot.schemes import Profile

Status = Literal["answered", "partial", "not_found", "clarify", "out_of_scope", "refused"]
Basis = Literal["quote", "verdict", "calculation", "written"]
Speaker = Literal["finding", "commitment", "proposal", "respondents", "rule"]
NoticeKind = Literal["superseded", "closed", "conflict", "stale", "undated", "fallback", "partial"]
Mode = Literal["quote", "model"]


class Statement(Frozen):
    """One sentence that claims something, with the numbers of the citations that hold it."""

    text: str = Field(min_length=1)
    basis: Basis
    citations: tuple[int, ...] = Field(min_length=1)
    support: float = Field(ge=0, le=1)
    speaker: Speaker | None = None
    calculation: Calculation | None = None


class Part(Frozen):
    """One question inside the question, and what became of it."""

    question: str
    status: Status


class Notice(Frozen):
    """A remark on time, conflict or completeness that belongs to the answer."""

    kind: NoticeKind
    text: str


class NearestDocument(Frozen):
    """A document to look into when nothing was found."""

    document_id: str
    title: str
    link: str


class Reply(Frozen):
    """The answer to a query, as the command line, the API, the pages and the evals see it."""

    reply_id: str
    question: str
    standalone_question: str
    as_of: date
    mode: Mode
    model: str | None = None
    prompt_hash: str | None = None
    index: str
    status: Status
    answerability: float = Field(ge=0, le=1)
    text: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    parts: tuple[Part, ...] = ()
    matches: tuple[Match, ...] = ()
    profile: Profile | None = None
    notices: tuple[Notice, ...] = ()
    clarifying_question: str | None = None
    suggestions: tuple[str, ...] = ()
    nearest: tuple[NearestDocument, ...] = ()
    timings_ms: dict[str, float] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _claims_only_when_answered(self) -> Self:
        claims = self.status in ("answered", "partial")
        if claims != bool(self.statements):
            message = f"a reply that is {self.status} has {len(self.statements)} statements"
            raise ValueError(message)
        if [c.number for c in self.citations] != list(range(1, len(self.citations) + 1)):
            message = "citations are not numbered 1 to n"
            raise ValueError(message)
        return self


class Feedback(Frozen):
    """What a person thought of a reply."""

    reply_id: str
    helpful: bool
    reason: str | None = Field(default=None, max_length=100)
    comment: str | None = Field(default=None, max_length=2000)


class Claim(Frozen):
    """A statement as drafted, with the exact spans that hold it, before citations are numbered."""

    text: str = Field(min_length=1)
    plainer: tuple[str, ...] = Field(default=(), description="Wordings to show instead if a quantity has no quote")
    basis: Basis
    sources: tuple[Sentence, ...] = Field(min_length=1)
    support: float = Field(ge=0, le=1)
    speaker: Speaker | None = None
    calculation: Calculation | None = None


class Draft(Frozen):
    """What answering hands to grounding: claims and all that stands around them."""

    status: Status
    answerability: float = Field(ge=0, le=1)
    claims: tuple[Claim, ...] = ()
    opening: str = ""
    closing: str = ""
    parts: tuple[Part, ...] = ()
    matches: tuple[Match, ...] = ()
    profile: Profile | None = None
    notices: tuple[Notice, ...] = ()
    clarifying_question: str | None = None
    suggestions: tuple[str, ...] = ()
    nearest: tuple[NearestDocument, ...] = ()
