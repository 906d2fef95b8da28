"""Keeps the browser on this server: what is served is named one by one, and the page may load nothing else.

Gradio's stock page mentions its makers' hosts and serves far more routes than a chat needs. The policy (CSP) makes
the browser refuse any other host, and any script that this server did not write itself.
"""

import re
import secrets
from importlib.resources import files

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.middleware.base import RequestResponseEndpoint

from assistant.chat.reader import SHELL

SERVED = re.compile(
    r"/|/(chat|reader)\.(css|js)|/article|/theme\.css|/config|/(assets|static)/.+"
    r"|/gradio_api/(queue/(join|data)|heartbeat/\w+|cancel|reset|startup-events)"
)
"""All that the page needs. Uploads, files, the proxy, the API and its description are not among it."""

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'none'; frame-ancestors 'none'"
)
"""'unsafe-eval': Gradio compiles the template of its HTML component with `Function`; our values are arguments to it."""

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32'"
    " rx='7' fill='%230b5c57'/%3E%3Cpath d='M10 9v14M16 9v14M22 9v14' stroke='%23fff' stroke-width='3'/%3E%3C/svg%3E"
)
HEAD = (
    f'<title>إسناد</title><link rel="icon" href="{ICON}">'
    '<link rel="stylesheet" href="./chat.css"><link rel="stylesheet" href="./reader.css">'
    '<script type="module" src="./chat.js"></script><script type="module" src="./reader.js"></script></head>'
)
RESOURCES = {
    "chat.css": "text/css", "chat.js": "text/javascript", "reader.css": "text/css", "reader.js": "text/javascript",
}  # fmt: skip
"""Ours, in this folder, with their types."""


def guarded(app: FastAPI) -> FastAPI:
    """Adds our styles and scripts, and the guard before every route."""

    for name in RESOURCES:
        app.add_route(f"/{name}", _resource)
    app.middleware("http")(_guard)
    return app


async def _guard(request: Request, call_next: RequestResponseEndpoint) -> Response:
    """Refuses what the page does not need, and marks every answer with the policy."""
    nonce = secrets.token_urlsafe(16)
    if not SERVED.fullmatch(request.url.path):
        response: Response = PlainTextResponse("Not found", status_code=404)
    elif request.url.path == "/":
        response = await _page(request, call_next, nonce)
    else:
        response = await call_next(request)
    response.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce)
    return response


async def _page(request: Request, call_next: RequestResponseEndpoint, nonce: str) -> Response:
    """The stock page made ours; asked for uncompressed, because it has to be rewritten."""
    request.scope["headers"] = [(k, v) for k, v in request.scope["headers"] if k != b"accept-encoding"]
    # A query could ask for a stored session of another reader; the chat has none.
    request.scope["query_string"] = b""
    stock = await call_next(request)
    body = b"".join([chunk async for chunk in stock.body_iterator])  # type: ignore[attr-defined]
    return Response(rewritten(body.decode(), nonce), stock.status_code, media_type="text/html")


def rewritten(html: str, nonce: str) -> str:
    """Arabic, right to left, without the makers' links, with our panel, and a nonce on every script of the page."""
    html = re.sub(r'<html\s+lang="en"', '<html lang="ar" dir="rtl"', html, count=1)
    html = re.sub(r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>|<link rel="manifest"[^>]*>', "", html)
    html = html.replace("</head>", HEAD, 1).replace("</body>", f"{SHELL}</body>", 1)
    return re.sub(r"<script(?=[\s>])", f'<script nonce="{nonce}"', html)


def _resource(request: Request) -> Response:
    name = request.url.path.removeprefix("/")
    return Response(files("assistant.chat").joinpath(name).read_text(encoding="utf-8"), media_type=RESOURCES[name])
