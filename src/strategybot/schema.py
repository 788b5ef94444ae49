"""The nouns: Document, Passage, Query, ScoredPassage, Citation, Statement, Reply and what they hold.

All values are frozen and refuse unknown fields. Offsets are character offsets into ``Document.text``.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from strategybot.dates import DateText
from strategybot.frozen import Frozen
from strategybot.schemes import Profile, Scheme

DocumentKind = Literal["strategy", "consultation", "evidence", "plan", "support-scheme", "news", "guidance"]
Form = Literal["digest", "original"]
Reliability = Literal["official", "third-party", "unknown"]
BlockKind = Literal["heading", "paragraph", "list-item", "table-row", "footnote"]
RemarkKind = Literal["hidden-text", "instruction", "no-text", "wrong-suffix", "left-out"]
LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
PageRun = tuple[int, int, int, int]
"""(start, end, page, index of the first character on that page): text that a page's characters hold one by one."""
Status = Literal["answered", "partial", "not_found", "clarify", "out_of_scope", "refused"]
Basis = Literal["quote", "verdict", "calculation", "written"]
Speaker = Literal["finding", "commitment", "proposal", "respondents", "rule"]
NoticeKind = Literal["superseded", "closed", "conflict", "stale", "undated", "fallback", "partial"]
Mode = Literal["quote", "model"]
Outcome = Literal["met", "not_met", "unknown"]
Verdict = Literal["eligible", "likely", "ineligible"]
Opening = Literal["open", "closed", "not_yet", "paused", "unknown"]


class Metadata(Frozen):
    """What is known about a document besides its text."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,120}$")
    title: str = Field(min_length=1)
    publisher: str = "unknown"
    kind: DocumentKind = "guidance"
    form: Form = "original"
    source_url: str | None = None
    licence: str = "unknown"
    language: str | None = Field(default=None, pattern=LANGUAGE, description="BCP 47 tag, such as en-GB or pl")
    reliability: Reliability = "unknown"
    published: DateText | None = None
    valid_from: DateText | None = None
    valid_to: DateText | None = None
    supersedes: str | None = None
    superseded_by: str | None = None
    relation_basis: Literal["stated", "inferred"] | None = None
    earlier_docs: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    note: str | None = None
    schemes: tuple[Scheme, ...] = Field(default=(), description="The support schemes that it describes")


class Paragraph(Frozen):
    """A block of a document: ``document.text[start:end]``; numbers count all blocks from 1."""

    number: int = Field(ge=1)
    kind: BlockKind
    level: int = Field(default=0, ge=0, le=6, description="Heading level 1-6; 0 for all else")
    headings: tuple[str, ...] = Field(default=(), description="Heading path above the block, outermost first")
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    page: int | None = Field(default=None, ge=1, description="Physical page or slide that it begins on")
    page_label: str | None = Field(default=None, description="That page's number as printed")
    runs: tuple[PageRun, ...] = Field(default=(), description="Where its characters stand on the pages, for PDF")
    instruction: bool = Field(default=False, description="It tells an assistant what to do: shown, never answered from")


class Remark(Frozen):
    """Something about a file that a person should know; ``text`` says what, or holds the words in question."""

    kind: RemarkKind
    text: str
    page: int | None = None


class Document(Frozen):
    """One publication, whole text, at one version."""

    metadata: Metadata
    version: str = Field(pattern=r"^[0-9a-f]{12}$", description="Hash of the text and its blocks")
    text: str
    paragraphs: tuple[Paragraph, ...]
    remarks: tuple[Remark, ...] = ()
    original: str | None = Field(default=None, description="Name of the kept file: its SHA-256 and suffix")

    @property
    def id(self) -> str:
        """The document's slug."""
        return self.metadata.id


class Version(Frozen):
    """One of the texts that a document has had."""

    version: str
    first_seen: datetime = Field(description="When it was first read, with its time zone")
    current: bool


class Passage(Frozen):
    """A span of a document, what is indexed and shown: ``text == document.text[start:end]``."""

    document_id: str
    version: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    prefix: str = Field(description="Title and headings, put in front for embedding and lexical search only")
    headings: tuple[str, ...] = ()
    paragraph: int = Field(ge=1, description="Number of the first paragraph")

    @property
    def id(self) -> str:
        """``<document>@<version>#<start>-<end>``."""
        return f"{self.document_id}@{self.version}#{self.start}-{self.end}"

    @property
    def embedded_text(self) -> str:
        """What the embedder sees."""
        return f"{self.prefix}\n{self.text}"


class Sentence(Frozen):
    """A sentence of a passage, the unit of quotation: ``text == document.text[start:end]``."""

    passage_id: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    prefix: str = Field(description="Title and the nearest headings, put in front for embedding only")
    paragraph: int = Field(ge=1)

    @property
    def embedded_text(self) -> str:
        """What the embedder sees."""
        return f"{self.prefix}\n{self.text}"


class Turn(Frozen):
    """One earlier message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


class Query(Frozen):
    """What was asked, in what conversation, as of which day."""

    text: str = Field(min_length=1)
    history: tuple[Turn, ...] = ()
    as_of: date = Field(default_factory=date.today)
    kinds: tuple[DocumentKind, ...] = Field(default=(), description="Only documents of these kinds; empty for all")
    areas: tuple[str, ...] = Field(default=(), description="Only documents that cover one of these areas")


class ScoredPassage(Frozen):
    """A passage with its score and rank for one query."""

    passage: Passage
    score: float = Field(description="Higher is nearer; comparable within one query only")
    rank: int = Field(ge=1)


class Citation(Frozen):
    """From a statement to the exact words that support it."""

    number: int = Field(ge=1)
    document_id: str
    version: str
    title: str
    publisher: str
    kind: DocumentKind
    form: Form
    reliability: Reliability
    published: DateText | None
    valid_from: DateText | None
    valid_to: DateText | None
    superseded_by: str | None
    section: str
    page: int | None
    page_label: str | None
    paragraph: int = Field(ge=1)
    quote: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    passage_id: str
    link: str
    source_url: str | None


class Calculation(Frozen):
    """Plain arithmetic that a statement rests on; ``expression`` uses + - * / min max and numbers only."""

    expression: str
    result: float
    unit: str


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


class CriterionOutcome(Frozen):
    """One criterion of a scheme held against a profile.

    Attributes:
        kind: The fact that decides, ``any`` or ``all`` for several, ``prose`` where no fact decides.
        outcome: ``unknown`` where the profile, or the document, does not say enough.
        citations: Numbers of the citations that hold the criterion.
        label: Names the criterion in a list: "Employees".
        needs: What the scheme asks for: "at most 100 employees".
        yours: What is known of the applicant; empty if nothing is.
        gap: By how much it is missed: "80 too many"; empty if it is not missed or not by an amount.
        question: What to ask to decide it; None once it is decided or if nothing would.
    """

    kind: str
    outcome: Outcome
    citations: tuple[int, ...] = ()
    label: str = ""
    needs: str = ""
    yours: str = ""
    gap: str = ""
    question: str | None = None


class Noted(Frozen):
    """A remark on a scheme, with the citations that hold it and the calculation that it rests on, if any."""

    text: str = Field(min_length=1)
    citations: tuple[int, ...] = ()
    calculation: Calculation | None = None


class Match(Frozen):
    """A scheme held against a profile.

    Attributes:
        scheme_id: Id of the scheme.
        name: As its document calls it.
        offer: What it gives, in a few words: "capital grant".
        document_id: The document that holds it.
        verdict: ``likely``: no criterion failed and some are unknown.
        opening: ``open`` only if a stated window covers the day.
        standing: Says the opening in a sentence: "closed on 30 September 2022", with the later scheme if one is known.
        criteria: Failed ones first, then unknown ones, then those that are met.
        amount: The most that the applicant could get, in pounds; None if it cannot be worked out.
        steps: How the amount comes about, step by step, and what is to be found besides.
        hints: What would make a near miss fit.
        cautions: What people trip over, in the document's words.
        apply: How to apply, in the document's words.
        contact: Whom to ask.
        later: Id of the scheme that came after it.
        closeness: 0 to 1, how near its purposes are to what is needed; 0.5 if the need is unknown.
    """

    scheme_id: str
    name: str = ""
    offer: str = ""
    document_id: str = ""
    verdict: Verdict
    opening: Opening
    standing: Noted | None = None
    criteria: tuple[CriterionOutcome, ...] = ()
    amount: float | None = None
    steps: tuple[Noted, ...] = ()
    hints: tuple[str, ...] = ()
    cautions: tuple[Noted, ...] = ()
    apply: tuple[Noted, ...] = ()
    contact: str = ""
    later: str | None = None
    closeness: float = Field(default=0.5, ge=0, le=1)


class Asking(Frozen):
    """The one question that settles most, and the fact that it asks for."""

    fact: str
    text: str


class Situation(Frozen):
    """What a person tells in order to learn what support applies: free text, facts set one by one, and the day.

    Attributes:
        text: The situation in the person's own words; may be empty.
        facts: Values by fact, as typed: ``{"employees": "12", "district": "Wakefield"}``. They override the text;
            an empty value makes a fact that was read unknown.
        as_of: The day asked about.
    """

    text: str = Field(default="", max_length=10_000)
    facts: Mapping[str, str] = Field(default_factory=dict)
    as_of: date = Field(default_factory=date.today)


class Matching(Frozen):
    """All schemes held against a situation, best first; the numbers of citations in it are those of ``citations``."""

    as_of: date
    index: str
    profile: Profile
    matches: tuple[Match, ...]
    citations: tuple[Citation, ...] = ()
    clarifying_question: Asking | None = None
    timings_ms: dict[str, float] = Field(default_factory=dict)


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
