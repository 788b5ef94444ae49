"""Numbering: the exact spans behind claims become citations, each checked against its document's text."""

from collections.abc import Callable, Mapping
from urllib.parse import quote as percent_encode

from strategybot.grounding.laws import QUOTE_WORDS
from strategybot.schema import Citation, Document, Metadata, Paragraph, Sentence

FindDocument = Callable[[str, str | None], Document | None]


class Numbering:
    """Gives each quoted span its citation number, in order of first use."""

    def __init__(self, documents: Mapping[str, Metadata], find_document: FindDocument) -> None:
        """Remember where documents are found; nothing is numbered yet."""
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
