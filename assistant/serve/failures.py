"""Failures in the shape that OpenAI's clients understand: `{"error": {"message", "type", "param", "code"}}`."""

import json
import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from index.errors import InputError, IsnadError, LibraryError, ModelError

logger = logging.getLogger(__name__)

UNEXPECTED = "Something unforeseen went wrong; the server's log has the details."
_KINDS = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error"}
_STATUS: list[tuple[type[IsnadError], int, str]] = [
    (InputError, 400, "invalid_request"),
    (LibraryError, 503, "library_unavailable"),
    (ModelError, 502, "model_failed"),
]


class Refused(Exception):  # noqa: N818 (the fault is the asker's)
    """A request that cannot be answered, with its status."""

    def __init__(self, status: int, line: str, code: str | None = None, param: str | None = None) -> None:
        super().__init__(line)
        self.status, self.code, self.param = status, code, param


def error_row(status: int, line: str, code: str | None = None, param: str | None = None) -> dict[str, Any]:
    """A failure as JSON."""
    kind = _KINDS.get(status, "server_error" if status >= 500 else "invalid_request_error")
    return {"error": {"message": line, "type": kind, "param": param, "code": code}}


def status_of(error: Exception) -> tuple[int, dict[str, Any]]:
    """The status and the JSON of what was raised; what nobody foresaw is logged and says nothing more."""
    if isinstance(error, Refused):
        return error.status, error_row(error.status, str(error), error.code, error.param)
    for kind, status, code in _STATUS:
        if isinstance(error, kind):
            return status, error_row(status, str(error), code)
    logger.error("a request failed", exc_info=error)
    return 500, error_row(500, UNEXPECTED)


def refusal(status: int, line: str, headers: dict[str, str]) -> Response:
    """What the gate answers with."""
    return JSONResponse(error_row(status, line), status, headers)


def add_failures(app: FastAPI) -> None:
    """Every failure of an application in that shape."""

    def raised(_: Request, error: Exception) -> Response:
        status, row = status_of(error)
        return JSONResponse(row, status)

    def wrong(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        param = ".".join(str(part) for part in first["loc"][1:]) or None
        return JSONResponse(error_row(400, f"{param or 'The request'}: {first['msg']}.", "invalid_request", param), 400)

    def http(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return JSONResponse(error_row(error.status_code, str(error.detail)), error.status_code, error.headers)

    app.add_exception_handler(RequestValidationError, wrong)
    app.add_exception_handler(HTTPException, http)
    for kind in (Refused, IsnadError, Exception):
        app.add_exception_handler(kind, raised)


def as_event(error: Exception) -> str:
    """A failure in the middle of a stream."""
    return f"data: {json.dumps(status_of(error)[1], ensure_ascii=False)}\n\n"
