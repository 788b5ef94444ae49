"""Impact: which replies cited words that their document no longer holds."""

import re
from collections.abc import Collection
from typing import Literal

from strategybot.index.catalogue import Catalogue, CitedSpan
from strategybot.index.originals import ORIGINAL
from strategybot.schema import Document, Frozen

Fate = Literal["changed", "document-gone", "replaced-by-original"]


class Impact(Frozen):
    """Words that replies cited and that no longer stand in the current version of their document.

    Attributes:
        fate: Whether the words were changed or taken out, the document is no longer held, or its original answers now.
        link: Where the words can still be read, at the version that was cited.
        replies: Ids of the replies that cited them, newest first.
    """

    document_id: str
    version: str
    fate: Fate
    quote: str
    link: str
    replies: tuple[str, ...]
    last_given: str


def find_impact(catalogue: Catalogue, *, document_ids: Collection[str] | None = None) -> tuple[Impact, ...]:
    """Return what replies cited and no longer stands, by document and place.

    Words that stand elsewhere in the current version are not counted, however the text around them has changed.

    Args:
        catalogue: Where replies and versions are kept.
        document_ids: Only these documents; all if None.
    """
    current = catalogue.entries()
    texts: dict[str, str] = {}
    found: dict[tuple[str, str, int, int], tuple[CitedSpan, Fate, list[str]]] = {}
    for span in catalogue.cited_spans():
        document_id = span.document_id
        if document_ids is not None and document_id not in document_ids:
            continue
        if document_id in current and current[document_id].version == span.version:
            if document_id + ORIGINAL not in current:
                continue
            fate: Fate = "replaced-by-original"
        elif document_id not in current:
            fate = "document-gone"
        else:
            if document_id not in texts:
                texts[document_id] = _folded_text(catalogue.find_document(document_id))
            if _fold(span.quote) in texts[document_id]:
                continue
            fate = "changed"
        key = (document_id, span.version, span.start, span.end)
        found.setdefault(key, (span, fate, []))[2].append(span.reply_id)
    return tuple(_impact(span, fate, replies) for _, (span, fate, replies) in sorted(found.items()))


def _impact(span: CitedSpan, fate: Fate, replies: list[str]) -> Impact:
    return Impact(
        document_id=span.document_id,
        version=span.version,
        fate=fate,
        quote=span.quote,
        link=f"/documents/{span.document_id}/{span.version}?from={span.start}&to={span.end}",
        replies=tuple(replies),
        last_given=span.given,
    )


def _folded_text(document: Document | None) -> str:
    return _fold(document.text) if document else ""


def _fold(text: str) -> str:
    """Make alike what differs in typography only: quotation marks, dashes, spaces, case."""
    plain = text.translate(str.maketrans("‘’“”–—‑", "''\"\"---"))
    return re.sub(r"\s+", " ", plain).casefold().strip()
