"""Assembling: a draft becomes a Reply; a claim that breaks a law is left out, and the reply says so by its status."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote as percent_encode

from strategybot.grounding.laws import (
    MARKER,
    QUOTE_WORDS,
    find_asked,
    fold,
    is_calculated,
    is_quoted,
    loose_quantities,
    own_dates,
    unsupported_quantities,
)
from strategybot.grounding.quantities import Quantity
from strategybot.schema import (
    Citation,
    Claim,
    Document,
    Draft,
    Metadata,
    Mode,
    Paragraph,
    Query,
    Reply,
    Sentence,
    Statement,
)

FindDocument = Callable[[str, str | None], Document | None]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a reply says of itself: how it came about, from which index."""

    standalone_question: str
    index: str
    mode: Mode = "quote"
    model: str | None = None
    prompt_hash: str | None = None


def assemble(
    draft: Draft,
    *,
    query: Query,
    frame: Frame,
    documents: Mapping[str, Metadata],
    find_document: FindDocument,
) -> Reply:
    """Number the citations of a draft, check every claim, and write the text.

    Args:
        draft: As answering made it.
        query: What was asked.
        frame: What the reply says of itself.
        documents: The current documents by id.
        find_document: Finds a document's text at a version; a quote is checked against it.
    """
    numbered = _Numbering(documents, find_document)
    asked = find_asked(query.text, query.as_of, [turn.content for turn in query.history])
    statements = []
    for claim in draft.claims:
        sources = [numbered.look_up(source) for source in claim.sources]
        if all(sources) and _is_lawful(claim, [s for s in sources if s], asked):
            numbers = tuple(dict.fromkeys(numbered.number(source) for source in sources if source))
            statements.append(_statement(claim, numbers))
    status = draft.status if statements or draft.status not in ("answered", "partial") else "not_found"
    claiming = status in ("answered", "partial")
    return Reply(
        reply_id=_reply_id(query, frame),
        question=query.text,
        standalone_question=frame.standalone_question,
        as_of=query.as_of,
        mode=frame.mode,
        model=frame.model,
        prompt_hash=frame.prompt_hash,
        index=frame.index,
        status=status,
        answerability=draft.answerability,
        text=_text(draft, statements, asked) if claiming else _unmarked(draft.opening),
        statements=tuple(statements) if claiming else (),
        citations=tuple(numbered.citations) if claiming else (),
        parts=draft.parts,
        notices=draft.notices if claiming else (),
        clarifying_question=draft.clarifying_question,
        suggestions=draft.suggestions,
        nearest=draft.nearest,
    )


class _Numbering:
    """Gives each quoted span its citation number, in order of first use."""

    def __init__(self, documents: Mapping[str, Metadata], find_document: FindDocument) -> None:
        self.citations: list[Citation] = []
        self._documents = documents
        self._find_document = find_document
        self._texts: dict[tuple[str, str], Document | None] = {}

    def look_up(self, source: Sentence) -> Citation | None:
        """Return the citation of a span, numbered as if it came next; None if the text is not there."""
        document_id, _, rest = source.passage_id.partition("@")
        version = rest.partition("#")[0]
        metadata = self._documents.get(document_id)
        document = self._text(document_id, version)
        if not version or metadata is None or document is None or not _is_in(source, document):
            return None
        block = document.paragraphs[source.paragraph - 1]
        link = f"/documents/{percent_encode(document_id)}/{version}?from={source.start}&to={source.end}#p{block.number}"
        page, page_label = _page(document, block, source.start)
        section = " › ".join(heading for heading in block.headings if heading != metadata.title)
        return Citation(
            number=len(self.citations) + 1, document_id=document_id, version=version, title=metadata.title,
            publisher=metadata.publisher, kind=metadata.kind, form=metadata.form, reliability=metadata.reliability,
            published=metadata.published, valid_from=metadata.valid_from, valid_to=metadata.valid_to,
            superseded_by=metadata.superseded_by, section=section, page=page, page_label=page_label,
            paragraph=block.number, quote=source.text, start=source.start, end=source.end,
            passage_id=source.passage_id, link=link, source_url=metadata.source_url,
        )  # fmt: skip

    def number(self, citation: Citation) -> int:
        """Return the number of a citation, a new one at its first use."""
        span = (citation.document_id, citation.version, citation.start, citation.end)
        for known in self.citations:
            if (known.document_id, known.version, known.start, known.end) == span:
                return known.number
        self.citations.append(citation.model_copy(update={"number": len(self.citations) + 1}))
        return len(self.citations)

    def _text(self, document_id: str, version: str) -> Document | None:
        name = (document_id, version)
        if name not in self._texts:
            self._texts[name] = self._find_document(document_id, version)
        return self._texts[name]


def _page(document: Document, block: Paragraph, start: int) -> tuple[int | None, str | None]:
    """Return the page that a quote begins on, with its printed number: a paragraph may go on over pages."""
    page = next((page for first, last, page, _ in block.runs if first <= start < last), block.page)
    if page == block.page:
        return page, block.page_label
    return page, next((other.page_label for other in document.paragraphs if other.page == page), None)


def _is_in(source: Sentence, document: Document) -> bool:
    """Tell whether a span has words, not too many, and stands where it says in the document."""
    if not source.text.strip() or len(source.text.split()) > QUOTE_WORDS:
        return False
    blocks = document.paragraphs[source.paragraph - 1 : source.paragraph]
    inside = any(block.start <= source.start < block.end for block in blocks)
    return inside and document.text[source.start : source.end] == source.text


def _is_lawful(claim: Claim, sources: Sequence[Citation], asked: frozenset[Quantity]) -> bool:
    quotes = list(dict.fromkeys(source.quote for source in sources))
    if not fold(claim.text) or (claim.basis == "quote" and not is_quoted(claim.text, quotes)):
        return False
    if claim.calculation and not is_calculated(claim.calculation):
        return False
    return not unsupported_quantities(
        claim.text, quotes, asked=asked, dates=own_dates(sources), calculation=claim.calculation
    )


def _statement(claim: Claim, numbers: tuple[int, ...]) -> Statement:
    return Statement(
        text=claim.text, basis=claim.basis, citations=numbers, support=claim.support, speaker=claim.speaker,
        calculation=claim.calculation,
    )  # fmt: skip


def _text(draft: Draft, statements: Sequence[Statement], asked: frozenset[Quantity]) -> str:
    """Write statements with their markers, then notices, between the fixed phrases, as Markdown."""
    lines = [write_statement(statement) for statement in statements]
    body = lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)
    notices = "\n".join(f"> {_unmarked(notice.text)}" for notice in draft.notices)
    pieces = (_unmarked(draft.opening), body, notices, _unmarked(draft.closing))
    text = "\n\n".join(piece for piece in pieces if piece)
    said = [*(statement.text for statement in statements), *(notice.text for notice in draft.notices)]
    # A fixed phrase has no figures; one that has is left out.
    return "\n\n".join(filter(None, (body, notices))) if loose_quantities(text, said, asked) else text


def write_statement(statement: Statement) -> str:
    """Write a statement with its markers."""
    return f"{_unmarked(statement.text)} {''.join(f'[{n}]' for n in statement.citations)}"


def _unmarked(text: str) -> str:
    """Leave out the numbers in brackets that a document has of its own: in a reply they would be markers."""
    return MARKER.sub(" ", text)


def _reply_id(query: Query, frame: Frame) -> str:
    parts = [query.model_dump_json(), frame.mode, frame.model or "", frame.prompt_hash or "", frame.index]
    return f"r_{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:20]}"
