"""The nouns of documents and of what is asked about them."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from strategybot.dates import DateText
from strategybot.frozen import Frozen
from strategybot.schemes import Scheme

DocumentKind = Literal["strategy", "consultation", "evidence", "plan", "support-scheme", "news", "guidance"]
Form = Literal["digest", "original"]
Reliability = Literal["official", "third-party", "unknown"]
BlockKind = Literal["heading", "paragraph", "list-item", "table-row", "footnote"]
RemarkKind = Literal["hidden-text", "instruction", "no-text", "wrong-suffix", "left-out"]
LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
PageRun = tuple[int, int, int, int]
"""(start, end, page, index of the first character on that page): text that a page's characters hold one by one."""


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
