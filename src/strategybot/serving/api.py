"""The programming interface, version 1: JSON in, JSON out, trouble as problem details (RFC 9457)."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from strategybot.errors import ConfigurationError, IndexMissingError, IndexStaleError, StrategyBotError
from strategybot.schema import Matching, Situation
from strategybot.serving.seam import Answering

PREFIX = "/api/v1"
PROBLEM = "application/problem+json"
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ProblemRoute(APIRoute):
    """A route that answers trouble with problem details: what is wrong, why, and what to do."""

    def get_route_handler(self) -> Handler:
        """Return the handler, trouble caught around it."""
        handle = super().get_route_handler()

        async def handle_with_problems(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                return _refuse_body(error.errors())
            except StrategyBotError as error:
                return _tell_trouble(error)

        return handle_with_problems


def build_api(assistant: Answering) -> APIRouter:
    """Build the routes over an assistant."""
    router = APIRouter(prefix=PREFIX, route_class=ProblemRoute)

    @router.post("/match")
    def match(situation: Situation) -> Matching:
        """Hold all schemes against a situation, best first."""
        return assistant.match(situation)

    return router


def _refuse_body(faults: Sequence[Any]) -> Response:
    errors = [{"where": _place(fault["loc"]), "why": fault["msg"]} for fault in faults]
    named = "; ".join(f"{error['where']}: {error['why']}" for error in errors)
    fields = ", ".join(Situation.model_fields)
    detail = f"The body cannot be read as a situation. {named}. Send JSON with any of these fields: {fields}."
    return _problem(422, "The situation cannot be read", detail, errors=errors)


def _tell_trouble(error: StrategyBotError) -> Response:
    if isinstance(error, ConfigurationError):
        return _problem(422, "A value cannot be read", str(error))
    missing = isinstance(error, IndexMissingError | IndexStaleError)
    return _problem(503 if missing else 500, "The schemes cannot be looked up now", str(error))


def _place(location: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in location[1:]) or "body"


def _problem(status: int, title: str, detail: str, **more: object) -> Response:
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return JSONResponse(content, status_code=status, media_type=PROBLEM)
