"""The document pages: a plain list and a viewer that need no JavaScript."""

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from strategybot.index.originals import ORIGINAL
from strategybot.schema import Document, Metadata
from strategybot.serving.addresses import Look, address_of, parse_look
from strategybot.serving.originals import media_type, suffix_of
from strategybot.serving.pages import Pictures, last_page, order_picture, parse_page, parse_width
from strategybot.serving.render import KIND_NAMES, templates
from strategybot.serving.seam import Answering
from strategybot.serving.viewer import Held, render_changes, render_document, render_page
from strategybot.status import describe_status

Link = tuple[str, str]
"""An address and what the link to it says."""
Show = Callable[[Held, Look], Response]
LIST: Link = ("/documents", "See all documents")
ALONE = "default-src 'none'; sandbox"
"""Policy for originals: what somebody else wrote runs nothing here, should a browser open it."""


def build_router(assistant: Answering, pictures: Pictures) -> APIRouter:
    """Build the routes of the document pages over an assistant's documents and the pictures of their pages."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    _add_ways_in(router, assistant)
    _add_document_pages(router, assistant)
    _add_pictures(router, assistant, pictures)
    return router


def _add_ways_in(router: APIRouter, assistant: Answering) -> None:
    @router.get("/documents")
    def list_documents(words: str = "", kind: str = "") -> HTMLResponse:
        return HTMLResponse(render_list(assistant.documents(), words=words.strip(), kind=kind, today=date.today()))

    @router.get("/documents/{document_id}")
    def find_current(document_id: str) -> Response:
        document = assistant.find_document(document_id)
        if document is None:
            return not_found(document_id)
        # A document changes, so that the address without a version must not be remembered.
        return RedirectResponse(address_of(document), status_code=307, headers={"cache-control": "no-store"})


def _add_document_pages(router: APIRouter, assistant: Answering) -> None:
    @router.get("/documents/{document_id}/{version}")
    def show(request: Request, document_id: str, version: str) -> Response:
        def render(held: Held, look: Look) -> Response:
            return HTMLResponse(render_document(held, look, today=date.today()))

        return open_document(assistant, document_id, version, request, render)

    @router.get("/documents/{document_id}/{version}/changes")
    def show_changes(request: Request, document_id: str, version: str) -> Response:
        def render(held: Held, look: Look) -> Response:
            if held.newer is None:
                return nothing_newer(held)
            return HTMLResponse(render_changes(held, held.newer, look, today=date.today()))

        return open_document(assistant, document_id, version, request, render)

    @router.get("/documents/{document_id}/{version}/original")
    def download(request: Request, document_id: str, version: str) -> Response:
        return open_document(assistant, document_id, version, request, lambda held, _: send_original(held))


def _add_pictures(router: APIRouter, assistant: Answering, pictures: Pictures) -> None:
    @router.get("/documents/{document_id}/{version}/pages/{number}.png")
    def draw(request: Request, document_id: str, version: str, number: str) -> Response:
        def render(held: Held, look: Look) -> Response:
            return draw_picture(pictures, held, look, number, request.query_params.get("width"))

        return open_document(assistant, document_id, version, request, render)

    @router.get("/documents/{document_id}/{version}/pages/{number}")
    def show_page(request: Request, document_id: str, version: str, number: str) -> Response:
        def render(held: Held, look: Look) -> Response:
            page = parse_page(number, last=last_page(held.document))
            if page is None or held.pdf is None:
                return no_such_page(held.document)
            return HTMLResponse(render_page(held, look, page, today=date.today()))

        return open_document(assistant, document_id, version, request, render)


def open_document(assistant: Answering, document_id: str, version: str, request: Request, show: Show) -> Response:
    """Show a document at a version, or say why it cannot be shown as the address asks."""
    document = assistant.find_document(document_id, version)
    current = assistant.find_document(document_id)
    if document is None:
        return not_found(document_id) if current is None else version_not_found(current)
    try:
        look = parse_look(request.query_params, length=len(document.text))
    except ValueError as error:
        return bad_address(document, str(error))
    return show(hold(assistant, document, current), look)


def hold(assistant: Answering, document: Document, current: Document | None) -> Held:
    """Put together what is held beside a document."""
    documents = {metadata.id: metadata for metadata in assistant.documents()}
    if document.id.endswith(ORIGINAL):
        digest = assistant.find_document(document.id.removesuffix(ORIGINAL))
        partner = digest.metadata if digest else None
    else:
        partner = documents.get(document.id + ORIGINAL)
    kept = assistant.original_path(document.original or "") if suffix_of(document.original) else None
    return Held(document, current, assistant.versions(document.id), documents, partner, kept)


def send_original(held: Held) -> Response:
    """Send a document's kept original as a download; its name here is made of the document's id."""
    document = held.document
    suffix = suffix_of(document.original)
    if suffix is None or held.original is None:
        return original_not_found(document)
    name = document.id if held.newer is None else f"{document.id}-{document.version}"
    headers = {"content-security-policy": ALONE, "cache-control": "private, max-age=3600"}
    return FileResponse(held.original, media_type=media_type(suffix), filename=f"{name}{suffix}", headers=headers)


def draw_picture(pictures: Pictures, held: Held, look: Look, number: str, width: str | None) -> Response:
    """Send the picture of a page, or say why there is none."""
    page = parse_page(number, last=last_page(held.document))
    if page is None or held.pdf is None:
        return no_such_page(held.document)
    try:
        width_px = parse_width(width)
    except ValueError as error:
        return bad_address(held.document, str(error))
    try:
        png = pictures.draw(order_picture(held.document, held.pdf, page, look, width_px=width_px))
    except ValueError as error:
        return no_picture(held.document, str(error), status=422)
    if png is None:
        return no_picture(held.document, "too many pages are being drawn now; try again in a minute", status=503)
    return Response(png, media_type="image/png", headers={"cache-control": "private, max-age=86400"})


def render_list(documents: tuple[Metadata, ...], *, words: str, kind: str, today: date) -> str:
    """Render the documents of a kind that hold all words in title or publisher, newest first."""
    by_id = {metadata.id: metadata for metadata in documents}
    wanted = [m for m in documents if kind in ("", m.kind) and _holds(m, words)]
    newest = sorted(sorted(wanted, key=lambda m: m.title.casefold()), key=lambda m: m.published or "", reverse=True)
    listed = [(metadata, describe_status(metadata, by_id, today)) for metadata in newest]
    page = templates().get_template("documents.html")
    return page.render(listed=listed, total=len(documents), words=words, kind=kind, kinds=tuple(KIND_NAMES))


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
    links = ((address_of(current), "Read the current version"), LIST)
    return HTMLResponse(render_message("No such version", text, links), status_code=404)


def bad_address(document: Document, reason: str) -> HTMLResponse:
    """Say that a link marks no words of the document, and where it is without marks."""
    text = f"What this link marks cannot be found in “{document.metadata.title}”: {reason}."
    links = ((address_of(document), "Read the document without marks"), LIST)
    return HTMLResponse(render_message("This link is damaged", text, links), status_code=400)


def nothing_newer(held: Held) -> HTMLResponse:
    """Say that there is no newer version to compare with."""
    title = held.document.metadata.title
    said = "is the current version" if held.current else "is the last version that was held here"
    links = ((address_of(held.document), "Read it"), LIST)
    return HTMLResponse(render_message("Nothing has changed", f"This {said} of “{title}”.", links), status_code=200)


def original_not_found(document: Document) -> HTMLResponse:
    """Say that the original of a document is not kept here."""
    text = f"The file that “{document.metadata.title}” was read from is not kept here."
    links = ((address_of(document), "Read its text"), LIST)
    return HTMLResponse(render_message("No original here", text, links), status_code=404)


def no_such_page(document: Document) -> HTMLResponse:
    """Say that a document has no page of that number, or no pages at all."""
    text = f"“{document.metadata.title}” has no page of that number that could be shown."
    return HTMLResponse(
        render_message("No such page", text, ((address_of(document), "Read its text"), LIST)), status_code=404
    )


def no_picture(document: Document, reason: str, *, status: int) -> HTMLResponse:
    """Say why the picture of a page cannot be shown."""
    links = ((address_of(document), "Read its text"), LIST)
    page = render_message("No picture of this page", f"This page cannot be shown: {reason}.", links)
    return HTMLResponse(page, status_code=status)


def _holds(metadata: Metadata, words: str) -> bool:
    text = f"{metadata.title} {metadata.publisher}".casefold()
    return all(word in text for word in words.casefold().split())
