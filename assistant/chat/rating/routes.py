"""What takes the ratings of readers, for the library to keep."""

import json
from datetime import UTC, datetime
from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse

from assistant.chat.keeping import kept, restored
from assistant.chat.library.collection import Collection
from assistant.chat.rating.thumbs import LONGEST_NOTE
from assistant.chat.reader import Shelf
from assistant.chat.routes import from_here, limited
from assistant.chat.texts import Texts, texts_of
from index.errors import InputError, IsnadError
from index.storage.ratings import REASONS, Rating

LARGEST = 256 * 2**10
"""Bytes of an answer that is rated."""


def add_rating(app: FastAPI, shelf: Shelf, library: Collection) -> None:
    """Takes ratings; the answer is the id by which the browser may change or withdraw its own."""

    @app.post("/rating", dependencies=[Depends(from_here)])
    async def rate(request: Request) -> Response:
        words = texts_of(request.query_params.get("lang"))
        body = await limited(request, LARGEST)
        return await run_in_threadpool(_kept, body or b"", words)

    def _kept(body: bytes, words: Texts) -> Response:
        try:
            row = json.loads(body)
            id_ = library.rate(_rating(row, shelf) if row["verdict"] else None, str(row["id"]))
        except (ValueError, KeyError, TypeError):
            return PlainTextResponse(words("rating_failed"), 400)
        except IsnadError as error:
            return PlainTextResponse(f"{words('rating_failed')} {error}", 400 if isinstance(error, InputError) else 503)
        return PlainTextResponse(id_)


def _rating(row: dict[str, Any], shelf: Shelf) -> Rating:
    """What a browser sent; its answer goes through the same reading as all that browsers keep. Raises ValueError."""
    (past,) = restored([row["turn"]], shelf.article, "")
    if past.answer is None or past.answer.error is not None or row["verdict"] not in ("good", "bad"):
        raise ValueError("nothing that can be rated")
    answer = json.dumps(json.loads(kept(past.question, past.answer))["answer"], ensure_ascii=False)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if row["verdict"] == "good":
        return Rating("good", past.question, answer, now)
    reason = row.get("reason") if row.get("reason") in REASONS else "other"
    note = str(row.get("note") or "").strip()[:LONGEST_NOTE] or None
    return Rating("bad", past.question, answer, now, reason, note)
