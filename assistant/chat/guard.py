"""Keeps the browser on this server: what is served is named one by one, and the page may load nothing else.

Gradio's stock page mentions its makers' hosts and serves far more routes than a chat needs. The policy (CSP) makes
the browser refuse any other host, and any script that this server did not write itself.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from functools import partial
from importlib.resources import files

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.middleware.base import RequestResponseEndpoint

from assistant.chat.rating.thumbs import reasons
from assistant.chat.shell import RESOURCES, bar, below, head, home, scripts
from assistant.chat.texts import ARABIC, COOKIE, ENGLISH, Texts, preferred, texts_of

OURS = re.compile(
    r"/[a-z]+\.(css|js)|/(article|language|export|next|sources|rating|about|answerers|(library|evaluation)(/\w+)?)"
)
"""What we serve beside Gradio's page; a file of ours that is not there is not found."""
SERVED = re.compile(
    r"(/en)?(/|/theme\.css|/config|/(assets|static)/.+"
    r"|/gradio_api/(queue/(join|data)|heartbeat/\w+|cancel|reset|startup-events))"
)
"""All that the page needs of Gradio, in Arabic and below /en in English. Uploads, files, the proxy, the API and its
description are not among it."""
PAGES = {"/": ARABIC, "/en/": ENGLISH}
YEAR_S = 365 * 24 * 3600
Tabs = Mapping[str, Callable[[Texts], str]]
"""What makes the parts of the page beside the questions, by their names."""

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'none'; frame-ancestors 'none'"
)
"""'unsafe-eval': Gradio compiles the template of its HTML component with `Function`; our values are arguments to it."""


def guarded(app: FastAPI, tabs: Tabs | None = None) -> FastAPI:
    """Adds our styles and scripts, and the guard before every route; `tabs` are there beside the questions."""

    for name in RESOURCES:
        app.add_route(f"/{name}", _resource)
    app.add_route("/language", _switched)
    app.middleware("http")(partial(_guard, tabs or {}))
    return app


async def _guard(tabs: Tabs, request: Request, call_next: RequestResponseEndpoint) -> Response:
    """Refuses what the page does not need, and marks every answer with the policy."""
    nonce = secrets.token_urlsafe(16)
    if request.url.path == "/en" or (request.url.path == "/" and _reads(request) is ENGLISH):
        response: Response = RedirectResponse("en/", 307, {"Vary": "Accept-Language, Cookie"})
    elif words := PAGES.get(request.url.path):
        stock = await _stock(request, call_next)
        response = HTMLResponse(rewritten(stock, nonce, words, tabs))
    elif not (OURS.fullmatch(request.url.path) or SERVED.fullmatch(request.url.path)):
        response = PlainTextResponse("Not found", status_code=404)
    else:
        response = await call_next(request)
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce))  # a report's own is stricter
    return response


def _reads(request: Request) -> Texts:
    """The language in which this reader gets the page."""
    return preferred(request.cookies.get(COOKIE), request.headers.get("accept-language", ""))


async def _stock(request: Request, call_next: RequestResponseEndpoint) -> str:
    """Gradio's page; asked for uncompressed, because it has to be rewritten."""
    request.scope["headers"] = [(k, v) for k, v in request.scope["headers"] if k != b"accept-encoding"]
    # A query could ask for a stored session of another reader; the chat has none.
    request.scope["query_string"] = b""
    stock = await call_next(request)
    return b"".join([chunk async for chunk in stock.body_iterator]).decode()  # type: ignore[attr-defined]


def rewritten(html: str, nonce: str, words: Texts = ARABIC, tabs: Tabs | None = None) -> str:
    """In the reader's language and direction, without the makers' links, framed by ours, a nonce on every script."""
    tabs = tabs or {}
    html = re.sub(r'<html\s+lang="en"', f'<html lang="{words.language}" dir="{words.direction}"', html, count=1)
    html = re.sub(r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>|<link rel="manifest"[^>]*>', "", html)
    html = html.replace("<script", f"{scripts(words, [*tabs])}<script", 1)
    html = html.replace("</head>", f"{head(words)}</head>", 1)
    top = bar(words, [*tabs]) + "".join(make(words) for make in tabs.values())
    html = re.sub(r"<body[^>]*>", lambda body: body[0] + top, html, count=1)
    html = html.replace("</body>", f"{below(words)}{reasons(words) if tabs else ''}</body>", 1)
    return re.sub(r"<script(?=[\s>])", f'<script nonce="{nonce}"', html)


def _resource(request: Request) -> Response:
    name = request.url.path.removeprefix("/")
    return Response(files("assistant.chat").joinpath(name).read_text(encoding="utf-8"), media_type=RESOURCES[name])


def _switched(request: Request) -> Response:
    """Remembers the language that was chosen, and leads to the page in it."""
    words = texts_of(request.query_params.get("to"))
    response = RedirectResponse(home(words), 303)
    response.set_cookie(COOKIE, words.language, max_age=YEAR_S, samesite="strict", httponly=True)
    return response
