"""Addresses of the document pages: what of a document is looked at, read from an address and written into one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams

from strategybot.schema import Citation, Document
from strategybot.serving.finding import MOST_CHARS, MOST_HITS
from strategybot.serving.marking import MOST_ALSO, Span, parse_also, parse_span

CHAT = "/staff"
SUPPORT = f"{CHAT}/find-support"


@dataclass(frozen=True, slots=True)
class Look:
    """What of a document is looked at.

    Attributes:
        span: The words quoted.
        also: Other words quoted in the same reply, in the order of the text.
        words: Words searched for; empty if none are.
        hit: Which place with these words is in view, from 1.
    """

    span: Span | None = None
    also: tuple[Span, ...] = ()
    words: str = ""
    hit: int = 1

    @property
    def quotes(self) -> tuple[Span, ...]:
        """All words quoted, in the order of the text."""
        return tuple(sorted({*self.also, *([self.span] if self.span else [])}))

    def turn_to(self, span: Span) -> "Look":
        """Return the look at another of the quotes."""
        return replace(self, span=span, also=tuple(other for other in self.quotes if other != span))

    def query(self) -> str:
        """Write the part of an address behind the question mark; empty for a look at nothing in particular."""
        pairs = [("from", str(self.span[0])), ("to", str(self.span[1]))] if self.span else []
        pairs += [("also", f"{start}-{end}") for start, end in self.also]
        pairs += [("find", self.words)] if self.words else []
        pairs += [("hit", str(self.hit))] if self.words and self.hit > 1 else []
        return urlencode(pairs)


def parse_look(params: QueryParams, *, length: int) -> Look:
    """Read what of a document an address looks at.

    Args:
        params: What stands behind the question mark.
        length: Characters in the document's text.

    Raises:
        ValueError: Offsets are no spans of the text, or ``hit`` is no number of a hit.
    """
    hit = params.get("hit", "1")
    if not (hit.isascii() and hit.isdigit() and len(hit) <= len(str(MOST_HITS)) and 1 <= int(hit) <= MOST_HITS):
        message = f"hit={hit} is not a whole number from 1 to {MOST_HITS}"
        raise ValueError(message)
    span = parse_span(params.get("from"), params.get("to"), length=length)
    also = parse_also(params.getlist("also"), length=length)
    words = params.get("find", "").strip()[:MOST_CHARS]
    return Look(span, tuple(other for other in also if other != span), words, int(hit))


def address_of(document: Document, look: Look | None = None, *, part: str = "", anchor: str = "") -> str:
    """Write the address of a document at its version.

    Args:
        document: What is looked at.
        look: What of it.
        part: Which of its pages, such as ``changes`` or ``pages/4``; the text if empty.
        anchor: Id of the place in the page.
    """
    path = f"/documents/{quote(document.id, safe='')}/{document.version}"
    query = look.query() if look else ""
    return f"{path}{'/' if part else ''}{part}{'?' if query else ''}{query}{'#' if anchor else ''}{anchor}"


def anchor_of(document: Document, span: Span) -> str:
    """Return the id of the place where a span begins."""
    number = next((p.number for p in document.paragraphs if p.end > span[0]), 1)
    return f"p{number}"


def address_quotes(citations: Sequence[Citation]) -> Mapping[int, str]:
    """Return each citation's link by its number; it names the other quotes of its document too, the nearest first."""
    documents: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        documents.setdefault((citation.document_id, citation.version), []).append(citation)
    return {citation.number: _with_others(citation, same) for same in documents.values() for citation in same}


def _with_others(citation: Citation, same: Sequence[Citation]) -> str:
    near = sorted(same, key=lambda other: abs(other.number - citation.number))
    spans = dict.fromkeys((c.start, c.end) for c in near if (c.start, c.end) != (citation.start, citation.end))
    also = "".join(f"&also={start}-{end}" for start, end in list(spans)[:MOST_ALSO])
    address, mark, anchor = citation.link.partition("#")
    return f"{address}{also}{mark}{anchor}"
