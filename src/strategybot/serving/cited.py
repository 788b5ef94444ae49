"""A citation as people see it: its paragraph with the quoted words marked, its document's date and status."""

from collections.abc import Sequence
from dataclasses import dataclass

from strategybot.schema import Citation, Reply
from strategybot.serving.addresses import address_quotes
from strategybot.serving.marking import Run
from strategybot.serving.originals import address_original
from strategybot.serving.seam import Answering
from strategybot.serving.support.reply import citations_of
from strategybot.serving.viewing import ShownBlock, quoted_blocks, web_address
from strategybot.status import DocumentStatus, describe_status


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A citation with the blocks that hold its quote.

    Attributes:
        status: None where the document is gone.
        link: The citation's, with the other quotes of the same document named in it.
        original: Web address of the original, at the quote where that can be said.
    """

    citation: Citation
    blocks: tuple[ShownBlock, ...]
    status: DocumentStatus | None
    link: str
    original: str | None


def find_cited_passages(assistant: Answering, reply: Reply) -> tuple[CitedPassage, ...]:
    """Look up the paragraphs that what is shown of a reply cites, in the order of its citations.

    Raises:
        IndexMissingError: Nothing is indexed any more.
    """
    citations = citations_of(reply)
    documents = {metadata.id: metadata for metadata in assistant.documents()} if citations else {}
    links = address_quotes(citations)
    passages = []
    for citation in citations:
        document = assistant.find_document(citation.document_id, citation.version)
        if document is None:
            original = web_address(citation.source_url)
            passages.append(CitedPassage(citation, _quote_alone(citation), None, links[citation.number], original))
            continue
        span = (citation.start, citation.end)
        blocks = tuple(quoted_blocks(document, span)) or _quote_alone(citation)
        status = describe_status(document.metadata, documents, reply.as_of)
        original = address_original(document, span)
        passages.append(CitedPassage(citation, blocks, status, links[citation.number], original))
    return tuple(passages)


def count_documents(citations: Sequence[Citation]) -> int:
    """Return how many documents citations come from."""
    return len({citation.document_id for citation in citations})


def _quote_alone(citation: Citation) -> tuple[ShownBlock, ...]:
    return (ShownBlock(number=citation.paragraph, level=0, runs=(Run(citation.quote, ("quote",)),)),)
