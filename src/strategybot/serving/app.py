"""The web application: document pages, the chat page, downloads and a health check in one process."""

from http import HTTPStatus
from importlib.resources import files
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteHTTPException

from strategybot.errors import IndexMissingError, IndexStaleError, StrategyBotError
from strategybot.serving.addresses import CHAT, SUPPORT
from strategybot.serving.api import build_api
from strategybot.serving.documents import LIST, build_router, render_message
from strategybot.serving.export import Shelf, render_markdown, render_plain
from strategybot.serving.limits import BodyLimit, SecurityHeaders
from strategybot.serving.pages import Pictures
from strategybot.serving.seam import Answering
from strategybot.serving.support.ui import build_support
from strategybot.serving.theme import build_theme
from strategybot.serving.ui import build_ui
from strategybot.settings import Settings

SUPPORT_HEAD = (
    '<script src="/static/support.js"></script><link rel="stylesheet" href="/static/support-print.css" media="print">'
)
STATIC = Path(str(files("strategybot.serving"))) / "static"
FORMATS = {"md": (render_markdown, "text/markdown"), "txt": (render_plain, "text/plain")}


def create_app(
    assistant: Answering, settings: Settings, *, shelf: Shelf | None = None, pictures: Pictures | None = None
) -> FastAPI:
    """Create the application over an assistant; nothing is asked of it before the first request.

    Args:
        assistant: Answers the questions and gives the documents.
        settings: The longest question allowed and the example questions are taken from them.
        shelf: Where conversations are put for download; a new one if None.
        pictures: Draws the pages of PDF originals, in child processes if None.
    """
    app = FastAPI(title="strategybot", docs_url=None, redoc_url=None, openapi_url=None)
    shelf = shelf or Shelf()
    _add_pages(app, assistant, shelf)
    app.include_router(build_router(assistant, pictures or Pictures()))
    app.include_router(build_api(assistant))
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_exception_handler(StrategyBotError, _show_trouble)
    app.add_exception_handler(StarletteHTTPException, _show_http_error)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders, chat_path=CHAT)
    # The longer path first: the chat's would take what is below it.
    support = build_support(assistant, text_chars=settings.question_chars, examples=settings.situations)
    _mount(app, support, SUPPORT, STATIC / "support.css", head=SUPPORT_HEAD)
    chat = build_ui(assistant, shelf=shelf, question_chars=settings.question_chars, examples=settings.examples)
    _mount(app, chat, CHAT, STATIC / "chat.css")
    return app


def _mount(app: FastAPI, blocks: gr.Blocks, path: str, *styles: Path, head: str | None = None) -> None:
    gr.mount_gradio_app(
        app,
        blocks,
        path=path,
        footer_links=[],
        run_history=False,  # it would keep conversations in the browser of a shared desk
        show_error=False,
        max_file_size="1b",  # closes the upload route
        ssr_mode=False,
        theme=build_theme(),
        css_paths=[STATIC / "gradio.css", *styles],
        head=head,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
    )


def run_server(assistant: Answering, settings: Settings) -> None:
    """Serve the application until it is stopped; requests are not logged, since their addresses are private."""
    uvicorn.run(
        create_app(assistant, settings),
        host=settings.host,
        port=settings.port,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )


def _add_pages(app: FastAPI, assistant: Answering, shelf: Shelf) -> None:
    @app.get("/")
    def enter() -> RedirectResponse:
        return RedirectResponse(CHAT, status_code=307)

    @app.get(SUPPORT)
    def enter_support() -> RedirectResponse:
        # Without the slash, the chat's mount would take it.
        return RedirectResponse(f"{SUPPORT}/", status_code=307)

    @app.get("/healthz")
    def health() -> JSONResponse:
        try:
            return JSONResponse({"status": "ok", "index": assistant.index_version})
        except StrategyBotError as error:
            return JSONResponse({"status": "unavailable", "reason": str(error)}, status_code=503)

    @app.get("/favicon.ico")
    def icon() -> RedirectResponse:
        return RedirectResponse("/static/icon.svg", status_code=308)

    @app.get("/conversations/{token}.{form}")
    def download(request: Request, token: str, form: str) -> Response:
        conversation = shelf.find(token)
        if conversation is None or form not in FORMATS:
            raise HTTPException(404, "This conversation is no longer kept. Ask its questions again to download it.")
        render, media_type = FORMATS[form]
        text = render(conversation, site=str(request.base_url).rstrip("/"))
        name = f'attachment; filename="conversation.{form}"'
        headers = {"content-disposition": name, "cache-control": "no-store"}
        return PlainTextResponse(text, media_type=media_type, headers=headers)


def _show_trouble(_: Request, error: Exception) -> HTMLResponse:
    status = 503 if isinstance(error, IndexMissingError | IndexStaleError) else 500
    return HTMLResponse(render_message("The documents cannot be shown now", str(error), (LIST,)), status_code=status)


def _show_http_error(_: Request, error: Exception) -> HTMLResponse:
    status = error.status_code if isinstance(error, StarletteHTTPException) else 500
    text = str(error.detail) if isinstance(error, StarletteHTTPException) else ""
    reason = "There is no page at this address." if text == "Not Found" else text
    title = "No such page" if status == HTTPStatus.NOT_FOUND else "This cannot be done"
    links = ((CHAT, "Ask a question"), LIST)
    return HTMLResponse(render_message(title, reason, links), status_code=status)
