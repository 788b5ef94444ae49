"""Originals and digests: a fetched original answers instead of its digest, and stands where the digest stood."""

from collections.abc import Mapping

from strategybot.schema import Metadata

ORIGINAL = "--original"
"""What the id of a fetched original has behind that of its digest."""
RELATIONS = ("supersedes", "superseded_by")


def resolve_originals(documents: Mapping[str, Metadata]) -> dict[str, Metadata]:
    """Return the documents that answer: digests whose original is there are left out.

    An original takes over what only its digest says of it (dates of validity, area, publisher and the like), and what
    other documents say of the digest (that it supersedes them, say) is said of the original.
    """
    taken = {i.removesuffix(ORIGINAL) for i in documents if i.endswith(ORIGINAL)} & documents.keys()
    answering = {i: metadata for i, metadata in documents.items() if i not in taken}
    return {i: _with_relations(_inherit(metadata, documents), taken) for i, metadata in answering.items()}


def _inherit(original: Metadata, documents: Mapping[str, Metadata]) -> Metadata:
    digest = documents.get(original.id.removesuffix(ORIGINAL))
    if digest is None or digest is original:
        return original
    unsaid = {
        name: getattr(digest, name)
        for name, field in Metadata.model_fields.items()
        if name not in ("id", "title", "form", "note") and getattr(original, name) == field.default
    }
    return original.model_copy(update=unsaid)


def _with_relations(metadata: Metadata, taken: set[str]) -> Metadata:
    related = {name: _now(getattr(metadata, name), taken) for name in RELATIONS}
    earlier = tuple(str(_now(each, taken)) for each in metadata.earlier_docs)
    return metadata.model_copy(update={**related, "earlier_docs": earlier})


def _now(document_id: str | None, taken: set[str]) -> str | None:
    return document_id + ORIGINAL if document_id in taken else document_id
