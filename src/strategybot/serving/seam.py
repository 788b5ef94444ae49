"""The seam between the pages and the assistant: what serving asks of it, and nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from strategybot.schema import Document, Feedback, Matching, Metadata, Query, Reply, Situation, Version


class Answering(Protocol):
    """The part of the assistant that pages use; called from several threads at once."""

    @property
    def index_version(self) -> str:
        """Version of the published index; raises IndexMissingError or IndexStaleError."""

    def stream(self, query: Query) -> Iterator[Reply]:
        """Answer as lawful replies that grow; the last is the whole reply."""

    def match(self, situation: Situation) -> Matching:
        """Hold all schemes against a situation; raises ConfigurationError for a fact that cannot be read."""

    def documents(self) -> tuple[Metadata, ...]:
        """Return the documents that answer."""

    def find_document(self, document_id: str, version: str | None = None) -> Document | None:
        """Return a document, the current version if none is given; None if there is none."""

    def versions(self, document_id: str) -> tuple[Version, ...]:
        """Return the versions of a document that were ever published, newest first; none if there is none."""

    def original_path(self, name: str) -> Path | None:
        """Return where the file of ``Document.original`` is kept; None if it is not."""

    def record_citations(self, reply: Reply) -> None:
        """Keep what a reply that was shown cites."""

    def record_feedback(self, feedback: Feedback) -> None:
        """Keep what a person thought of a reply."""
