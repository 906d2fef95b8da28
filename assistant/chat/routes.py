"""What our scripts ask for beside Gradio's events: files to keep, questions to go on with, sources to choose from."""

import json
from collections.abc import Callable, Sequence
from typing import Protocol
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse

from assistant.chat.export.files import FORMATS
from assistant.chat.keeping import restored
from assistant.chat.reader import Shelf
from assistant.chat.shell import suggested
from assistant.chat.texts import Texts, texts_of
from index.errors import IsnadError
from index.types import Article

LARGEST = 8 * 2**20
"""Bytes of a conversation that is exported."""
MOST_ARTICLES = 10
"""Whose questions are looked at."""

Further = Callable[[Sequence[Article], Sequence[str]], Sequence[str]]
"""Questions that articles suggest and the library answers, other than those asked already."""


class Shelves(Shelf, Protocol):
    """What these routes need of the assistant."""

    @property
    def sources(self) -> Sequence[str]:
        """The names of who published the articles."""
        ...


def add_routes(app: FastAPI, shelves: Shelves, further: Further) -> None:
    """Serves them; what cannot be done is one line for the reader."""

    @app.post("/export")
    async def export(request: Request) -> Response:
        words = texts_of(request.query_params.get("lang"))
        body = await limited(request, LARGEST)
        if body is None:
            return PlainTextResponse(words("too_large", most=LARGEST >> 20), 413)
        return await run_in_threadpool(_exported, body, request.query_params.get("format", ""), words)

    def _exported(body: bytes, ending: str, words: Texts) -> Response:
        try:
            row = json.loads(body)
            name, turns = str(row["name"]), restored(row["turns"], shelves.article, words("unreadable"))
        except (ValueError, KeyError, TypeError):
            turns = []
        if not turns or ending not in FORMATS:
            return PlainTextResponse(words("nothing_to_export"), 400)
        make, kind = FORMATS[ending]
        saved = f"attachment; filename*=UTF-8''{quote(name[:80])}.{ending}"
        return Response(make(name, turns, words), media_type=kind, headers={"Content-Disposition": saved})

    @app.get("/next")
    def following(request: Request) -> Response:
        asked = request.query_params
        words = texts_of(asked.get("lang"))
        try:
            found = [shelves.article(id_) for id_ in dict.fromkeys(asked.getlist("article")[:MOST_ARTICLES])]
            questions = further([article for article in found if article], asked.getlist("asked"))
        except IsnadError:
            questions = ()  # nobody asked for them
        return HTMLResponse(suggested(questions, words("next_questions")))

    @app.get("/sources")
    def sources() -> Response:
        return JSONResponse(list(shelves.sources))


def from_here(request: Request) -> None:
    """Refuses what a page of another site sends through the reader's browser."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "A page of another site may not change anything here.")


async def limited(request: Request, most: int) -> bytes | None:
    """The body of a request; None where it is larger."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return body
