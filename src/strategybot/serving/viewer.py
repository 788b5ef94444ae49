"""The pages of one document: its text with marks, what changed since a version, notices on how it stands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from strategybot.dates import render_date
from strategybot.schema import Document, Metadata, Version
from strategybot.serving.addresses import Look, address_of, anchor_of
from strategybot.serving.comparing import Fate, compare, find_fate
from strategybot.serving.finding import Hits, find_words
from strategybot.serving.marking import Mark, Span
from strategybot.serving.originals import address_original, suffix_of
from strategybot.serving.pages import WIDTHS, last_page, pages_of
from strategybot.serving.render import templates
from strategybot.serving.viewing import lay_out, name_page
from strategybot.status import describe_status

MOST_CHANGES = 400
"""Changes shown on one page; more would not be read."""


@dataclass(frozen=True, slots=True)
class Held:
    """A document and what is held beside it.

    Attributes:
        document: The version that is looked at.
        current: The version that answers now; None if the document is no longer held.
        versions: All versions, newest first.
        documents: All documents that answer, by id.
        partner: The original of this summary, or the summary of this original.
        original: Where the file is kept that the text was read from.
    """

    document: Document
    current: Document | None
    versions: tuple[Version, ...]
    documents: Mapping[str, Metadata]
    partner: Metadata | None = None
    original: Path | None = None

    @property
    def pdf(self) -> Path | None:
        """The kept original, if its pages can be drawn."""
        return self.original if suffix_of(self.document.original) == ".pdf" else None

    @property
    def newer(self) -> Document | None:
        """The current version, if that is not the one that is looked at."""
        return self.current if self.current and self.current.version != self.document.version else None


@dataclass(frozen=True, slots=True)
class Steps:
    """Where one is among several places of a document, and the addresses of the neighbours."""

    place: int
    total: int
    previous: str | None
    following: str | None


def render_document(held: Held, look: Look, *, today: date) -> str:
    """Render a document, what is looked at marked."""
    document = held.document
    hits = find_words(document.text, look.words)
    look = replace(look, hit=min(look.hit, max(1, len(hits.spans) if hits else 1)))
    return templates().get_template("document.html").render(
        **frame(held, look, today=today),
        groups=lay_out(document, build_marks(document, look, hits)),
        hits=hits,
        quote_steps=_quote_steps(document, look),
        hit_steps=_hit_steps(document, look, hits),
        marked=anchor_of(document, look.span) if look.span else None,
        fate=find_fate(document, look.span, held.newer) if look.span and held.newer else None,
        fate_address=_fate_address,
        without_find=address_of(document, replace(look, words="", hit=1)),
    )  # fmt: skip


def render_page(held: Held, look: Look, page: int, *, today: date) -> str:
    """Render one page of a PDF: its picture with the quoted words marked, and its text beneath."""
    document = held.document
    last = last_page(document)
    addresses = [_page_address(document, look, n) for n in range(1, last + 1)]
    return templates().get_template("document_page.html").render(
        **frame(held, look, today=today),
        name=name_page(document, page),
        page=page,
        width=WIDTHS[1],
        steps=_steps(page - 1, addresses),
        groups=lay_out(document, build_marks(document, look, None), page=page),
    )  # fmt: skip


def render_changes(held: Held, new: Document, look: Look, *, today: date) -> str:
    """Render what changed from a version to the current one, and what became of the words looked at."""
    comparison = compare(held.document, new)
    steps = comparison.steps[: 2 * MOST_CHANGES]
    return templates().get_template("document_changes.html").render(
        **frame(held, look, today=today),
        comparison=comparison,
        steps=steps,
        left=len(comparison.changes) - sum(hasattr(step, "kind") for step in steps),
        fate=find_fate(held.document, look.span, new, comparison) if look.span else None,
        fate_address=_fate_address,
        texts=(held.document.text, new.text),
    )  # fmt: skip


def frame(held: Held, look: Look, *, today: date) -> Mapping[str, object]:
    """Return what all pages of a document show: its metadata, status, versions and where its original is."""
    document = held.document
    return {
        "document": document,
        "metadata": document.metadata,
        "status": describe_status(document.metadata, held.documents, today),
        "held": held,
        "look": look,
        "address_of": address_of,
        "page_address": (lambda n: _page_address(document, look, n)) if held.pdf else None,
        "figures": _figures(held, look),
        "original_address": address_original(document, look.span),
        "suffix": suffix_of(document.original) if held.original else None,
        "seen": name_versions(held.versions),
    }


def name_versions(versions: Sequence[Version]) -> Mapping[str, str]:
    """Say of each version when it was first read: the day, and the time (UTC) where a day saw several."""
    days = Counter(version.first_seen.date() for version in versions)
    return {
        version.version: f"first read on {render_date(version.first_seen.date().isoformat())}"
        + (f" at {version.first_seen:%H:%M:%S} UTC" if days[version.first_seen.date()] > 1 else "")
        for version in versions
    }


def build_marks(document: Document, look: Look, hits: Hits | None) -> tuple[Mark, ...]:
    """Build the marks of a look; the quoted words carry the anchor of their block, the hit in view carries ``hit``."""
    quote = [Mark(*look.span, "quote", anchor_of(document, look.span))] if look.span else []
    also = [Mark(*span, "also") for span in look.also]
    found = hits.spans if hits else ()
    places = [Mark(*span, "hit", "hit" if n == look.hit else None) for n, span in enumerate(found, 1)]
    return (*quote, *also, *places)


def _quote_steps(document: Document, look: Look) -> Steps | None:
    if look.span is None:
        return None

    def address(span: Span) -> str:
        return address_of(document, look.turn_to(span), anchor=anchor_of(document, span))

    quotes = look.quotes
    return _steps(quotes.index(look.span), [address(span) for span in quotes])


def _hit_steps(document: Document, look: Look, hits: Hits | None) -> Steps | None:
    if not hits or not hits.spans:
        return None
    addresses = [address_of(document, replace(look, hit=n), anchor="hit") for n in range(1, len(hits.spans) + 1)]
    return _steps(look.hit - 1, addresses)


def _figures(held: Held, look: Look) -> tuple[tuple[int, str], ...]:
    """Return number and name of the pages whose pictures are shown beside the quoted words."""
    if held.pdf is None or look.span is None:
        return ()
    return tuple((page, name_page(held.document, page)) for page in pages_of(held.document, look.span))


def _page_address(document: Document, look: Look, page: int) -> str:
    return address_of(document, replace(look, words="", hit=1), part=f"pages/{page}")


def _steps(at: int, addresses: Sequence[str]) -> Steps:
    previous = addresses[at - 1] if at else None
    following = addresses[at + 1] if at + 1 < len(addresses) else None
    return Steps(at + 1, len(addresses), previous, following)


def _fate_address(new: Document, fate: Fate) -> str:
    """Return where the words, or what took their place, stand now."""
    look = Look(fate.span) if fate.kind in ("same", "alike") else None
    return address_of(new, look, anchor=f"p{fate.number}" if fate.number else "")
