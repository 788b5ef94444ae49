"""The document pages: a plain list and a plain viewer that need no JavaScript."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from strategybot.schema import Document, Metadata
from strategybot.serving.render import KIND_NAMES, templates
from strategybot.serving.seam import Answering
from strategybot.serving.viewing import Span, lay_out, parse_span, quoted_blocks
from strategybot.status import describe_status

Link = tuple[str, str]
"""An address and what the link to it says."""
LIST: Link = ("/documents", "See all documents")


def build_router(assistant: Answering) -> APIRouter:
    """Build the routes of the document pages over an assistant's documents."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @router.get("/documents")
    def list_documents(words: str = "", kind: str = "") -> HTMLResponse:
        return HTMLResponse(render_list(assistant.documents(), words=words.strip(), kind=kind, today=date.today()))

    @router.get("/documents/{document_id}")
    def find_current(document_id: str) -> Response:
        document = assistant.find_document(document_id)
        if document is None:
            return not_found(document_id)
        # A document changes, so that the address without a version must not be remembered.
        return RedirectResponse(_address(document), status_code=307, headers={"cache-control": "no-store"})

    @router.get("/documents/{document_id}/{version}")
    def show(
        document_id: str,
        version: str,
        first: Annotated[str | None, Query(alias="from")] = None,
        last: Annotated[str | None, Query(alias="to")] = None,
    ) -> HTMLResponse:
        document = assistant.find_document(document_id, version)
        current = assistant.find_document(document_id)
        if document is None:
            return not_found(document_id) if current is None else version_not_found(current)
        try:
            span = parse_span(first, last, length=len(document.text))
        except ValueError as error:
            return bad_span(document, str(error))
        newer = current.version if current and current.version != version else None
        documents = {metadata.id: metadata for metadata in assistant.documents()}
        return HTMLResponse(render_document(document, span, newer=newer, documents=documents, today=date.today()))

    return router


def render_list(documents: tuple[Metadata, ...], *, words: str, kind: str, today: date) -> str:
    """Render the documents of a kind that hold all words in title or publisher, newest first."""
    by_id = {metadata.id: metadata for metadata in documents}
    wanted = [m for m in documents if kind in ("", m.kind) and _holds(m, words)]
    newest = sorted(sorted(wanted, key=lambda m: m.title.casefold()), key=lambda m: m.published or "", reverse=True)
    listed = [(metadata, describe_status(metadata, by_id, today)) for metadata in newest]
    page = templates().get_template("documents.html")
    return page.render(listed=listed, total=len(documents), words=words, kind=kind, kinds=tuple(KIND_NAMES))


def render_document(
    document: Document,
    span: Span | None,
    *,
    newer: str | None,
    documents: Mapping[str, Metadata],
    today: date,
) -> str:
    """Render a document, a span of it marked; ``newer`` is the current version if this is an earlier one."""
    marked = next((block.number for block in quoted_blocks(document, span)), None) if span else None
    return templates().get_template("document.html").render(
        metadata=document.metadata,
        status=describe_status(document.metadata, documents, today),
        groups=lay_out(document, span),
        current_version=newer,
        marked=marked,
    )  # fmt: skip


def render_message(title: str, text: str, links: tuple[Link, ...]) -> str:
    """Render a page that says one thing and where to go from there."""
    return templates().get_template("message.html").render(title=title, text=text, links=links)


def not_found(document_id: str) -> HTMLResponse:
    """Say that there is no such document."""
    text = f"There is no document named “{document_id}” here. It may have been renamed, or never indexed."
    return HTMLResponse(render_message("No such document", text, (LIST,)), status_code=404)


def version_not_found(current: Document) -> HTMLResponse:
    """Say that there is no such version, and where the current one is."""
    text = f"“{current.metadata.title}” is here, but not in the version that this link names."
    links = ((_address(current), "Read the current version"), LIST)
    return HTMLResponse(render_message("No such version", text, links), status_code=404)


def bad_span(document: Document, reason: str) -> HTMLResponse:
    """Say that a link marks no words of the document, and where it is without marks."""
    text = f"The words that this link marks cannot be found in “{document.metadata.title}”: {reason}."
    links = ((_address(document), "Read the document without marks"), LIST)
    return HTMLResponse(render_message("This link is damaged", text, links), status_code=400)


def _address(document: Document) -> str:
    return f"/documents/{quote(document.id, safe='')}/{document.version}"


def _holds(metadata: Metadata, words: str) -> bool:
    text = f"{metadata.title} {metadata.publisher}".casefold()
    return all(word in text for word in words.casefold().split())
