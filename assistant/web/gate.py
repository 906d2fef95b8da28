"""The gate before every route: names, password, rate and length of a request, and the headers of every response."""

import re
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.hosts import hostname, is_foreign, is_misdirected
from assistant.web.passwords import CHALLENGE
from assistant.web.rates import Rates
from assistant.web.rules import MOST_BODY, MOST_UPLOAD, Rules

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
"""Of every response that does not say otherwise."""

Refusal = Callable[[int, str, dict[str, str]], Response]
"""(status, one line, headers) → what a client of the server understands."""


def plainly(status: int, line: str, headers: dict[str, str]) -> Response:
    """A refusal as a line of text."""
    return PlainTextResponse(line, status, headers)


class Gate:
    """ASGI middleware. `counted` matches the paths that cost work, `uploads` those that bring files."""

    def __init__(
        self,
        app: ASGIApp,
        rules: Rules,
        *,
        counted: re.Pattern[str],
        uploads: re.Pattern[str] | None = None,
        refusal: Refusal = plainly,
    ) -> None:
        self._app, self._rules, self._rates = app, rules, Rates(rules.a_minute)
        self._counted, self._uploads, self._refusal = counted, uploads, refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request pass, or refuses it in one line."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":  # no server of ours has a WebSocket
                await self._app(scope, receive, send)
            return
        scope = self._below_root(scope)
        most = MOST_UPLOAD if self._uploads and self._uploads.fullmatch(scope["path"]) else MOST_BODY
        refused = self._refused(scope, Headers(scope=scope), most)
        app, send = refused or self._app, _marked(send)
        await app(scope, _measured(receive, most), send)

    def _below_root(self, scope: Scope) -> Scope:
        """The request as it would be without a proxy, which may or may not have cut its own path off."""
        root, path = self._rules.root_path, scope["path"]
        if not root or not path.startswith(f"{root}/"):
            return scope
        raw = scope.get("raw_path") or b""
        return {**scope, "path": path[len(root) :], "raw_path": raw.removeprefix(root.encode())}

    def _refused(self, scope: Scope, headers: Headers, most: int) -> Response | None:
        """Why not, or None. A wrong password costs as much as a question."""
        rules, listening = self._rules, (scope.get("server") or ("", None))[0]
        name, client = hostname(headers.get("host", "")), (scope.get("client") or ("", None))[0]
        if is_misdirected(name, listening, rules.names):
            return self._refusal(421, f"This server does not go by the name {name!r}: --allow-host tells it one.", {})
        hosts = {headers.get(which, "").lower() for which in ("host", "x-forwarded-host")}
        site = headers.get("sec-fetch-site", "")
        if scope["method"] not in ("GET", "HEAD") and is_foreign(headers.get("origin", ""), site, hosts, rules.names):
            return self._refusal(403, "A page of another site may not ask here.", {})
        opened = rules.password is None or rules.password.opens(headers.get("authorization", ""))
        asks = bool(self._counted.fullmatch(scope["path"])) or (not opened and "authorization" in headers)
        if asks and (seconds := self._rates.wait(client)):
            line = f"Too many questions from this address: ask again in {seconds} s."
            return self._refusal(429, line, {"Retry-After": str(seconds)})
        if not opened:
            return self._refusal(401, "A user's name and password are needed here.", {"WWW-Authenticate": CHALLENGE})
        length = headers.get("content-length", "")
        return self._refusal(413, _too_long(most), {}) if length.isdecimal() and int(length) > most else None


def _too_long(most: int) -> str:
    return f"The request is longer than {most:,} bytes."


def _measured(receive: Receive, most: int) -> Receive:
    """The same body, until it is longer than it said, or than is read here."""
    seen = 0

    async def measured() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise HTTPException(413, _too_long(most))
        return message

    return measured


def _marked(send: Send) -> Send:
    """Every response with the headers that keep a browser to itself."""

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return marked
