"""Originals and digests: a fetched original answers instead of its digest, and stands where the digest stood."""

import re
from collections.abc import Mapping
from pathlib import Path

from strategybot.schema import Metadata

ORIGINAL = "--original"
"""What the id of a fetched original has behind that of its digest."""
ORIGINALS = "originals"
"""Folder of a home that keeps the files that documents were read from."""
KEPT_NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,8}")
RELATIONS = ("supersedes", "superseded_by")


def resolve_originals(documents: Mapping[str, Metadata]) -> dict[str, Metadata]:
    """Return the documents that answer: digests whose original is there are left out.

    An original takes over what only its digest says of it (dates of validity, area, publisher and the like), and what
    other documents say of the digest (that it supersedes them, say) is said of the original.
    """
    taken = {i.removesuffix(ORIGINAL) for i in documents if i.endswith(ORIGINAL)} & documents.keys()
    answering = {i: metadata for i, metadata in documents.items() if i not in taken}
    return {i: _with_relations(_inherit(metadata, documents), taken) for i, metadata in answering.items()}


def find_described(documents: Mapping[str, Metadata]) -> dict[str, Metadata]:
    """Return the documents that describe schemes: a digest is kept unless its original describes some too."""
    return {
        name: metadata
        for name, metadata in documents.items()
        if metadata.schemes and not (name + ORIGINAL in documents and documents[name + ORIGINAL].schemes)
    }


def find_original(home: Path, name: str) -> Path | None:
    """Return where the file of ``Document.original`` is kept in a home; None if it is not."""
    path = home / ORIGINALS / name
    return path if KEPT_NAME.fullmatch(name) and path.is_file() else None


def _inherit(original: Metadata, documents: Mapping[str, Metadata]) -> Metadata:
    digest = documents.get(original.id.removesuffix(ORIGINAL))
    if digest is None or digest is original:
        return original
    unsaid = {
        name: getattr(digest, name)
        for name, field in Metadata.model_fields.items()
        if name not in ("id", "title", "form", "note", "schemes") and getattr(original, name) == field.default
    }
    return original.model_copy(update=unsaid)


def _with_relations(metadata: Metadata, taken: set[str]) -> Metadata:
    related = {name: _now(getattr(metadata, name), taken) for name in RELATIONS}
    earlier = tuple(str(_now(each, taken)) for each in metadata.earlier_docs)
    return metadata.model_copy(update={**related, "earlier_docs": earlier})


def _now(document_id: str | None, taken: set[str]) -> str | None:
    return document_id + ORIGINAL if document_id in taken else document_id
