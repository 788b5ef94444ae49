"""A citation as people see it: its paragraph with the quoted words marked, its document's date and status."""

from collections.abc import Sequence
from dataclasses import dataclass

from strategybot.schema import Citation, Reply
from strategybot.serving.seam import Answering
from strategybot.serving.viewing import Run, ShownBlock, quoted_blocks
from strategybot.status import DocumentStatus, describe_status


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A citation with the blocks that hold its quote; ``status`` is None where the document is gone."""

    citation: Citation
    blocks: tuple[ShownBlock, ...]
    status: DocumentStatus | None


def find_cited_passages(assistant: Answering, reply: Reply) -> tuple[CitedPassage, ...]:
    """Look up the paragraphs that a reply cites, in the order of its citations.

    Raises:
        IndexMissingError: Nothing is indexed any more.
    """
    documents = {metadata.id: metadata for metadata in assistant.documents()} if reply.citations else {}
    passages = []
    for citation in reply.citations:
        document = assistant.find_document(citation.document_id, citation.version)
        if document is None:
            passages.append(CitedPassage(citation, _quote_alone(citation), None))
            continue
        blocks = tuple(quoted_blocks(document, (citation.start, citation.end)))
        status = describe_status(document.metadata, documents, reply.as_of)
        passages.append(CitedPassage(citation, blocks or _quote_alone(citation), status))
    return tuple(passages)


def count_documents(citations: Sequence[Citation]) -> int:
    """Return how many documents citations come from."""
    return len({citation.document_id for citation in citations})


def _quote_alone(citation: Citation) -> tuple[ShownBlock, ...]:
    return (ShownBlock(number=citation.paragraph, level=0, runs=(Run(citation.quote, marked=True),)),)
