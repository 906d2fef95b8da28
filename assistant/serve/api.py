"""`isnad serve`: chat completions as OpenAI has them, search, articles, and a page that describes them."""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from importlib.metadata import version
from typing import Annotated, Any, Protocol

from fastapi import FastAPI, Query
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.types import ASGIApp

from assistant.conversation import Talking
from assistant.serve.completions import DONE, WAITING, completion, events, models
from assistant.serve.description import ABOUT, ANSWERED, described
from assistant.serve.failures import Refused, add_failures, as_event, refusal
from assistant.serve.shapes import MODEL, ChatRequest, article_row, filters_of, passage_row
from assistant.serve.talks import Talks
from assistant.serve.turns import Turns
from assistant.types import Answer, Draft
from assistant.web.gate import Gate
from assistant.web.rules import Rules
from index.types import Article, Filters, ScoredPassage

COUNTED = re.compile(r"/v1/(chat/completions|search|articles/.*)")
MOST_PASSAGES = 50
"""That a search may ask for; fewer are found, as answers are made from fewer."""


class Assisting(Talking, Protocol):
    """What the API needs of the assistant."""

    def find(self, question: str, filters: Filters | None = None) -> list[ScoredPassage]:
        """The passages that an answer would be made from. Raises IsnadError."""
        ...

    def article(self, article_id: str) -> Article | None:
        """One article with its text. Raises IsnadError."""
        ...


def build_api(assistant: Assisting, rules: Rules | None = None, close: Callable[[], object] | None = None) -> ASGIApp:
    """The API behind its gate. `close` is called when it ends."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        if close:
            close()

    rules = rules or Rules()
    app = FastAPI(title="Isnad · إسناد", description=ABOUT, version=version("isnad"), docs_url=None, redoc_url=None,
                  lifespan=lifespan, servers=[{"url": rules.root_path or "/"}])  # fmt: skip
    add_failures(app)
    _add_routes(app, assistant)
    _add_page(app)
    return Gate(app, rules, counted=COUNTED, refusal=refusal)


def _add_routes(app: FastAPI, assistant: Assisting) -> None:
    talks, turns = Talks(assistant), Turns()

    @app.post("/v1/chat/completions", summary="Ask", response_model=None, responses=ANSWERED)
    async def complete(asked: ChatRequest) -> Response:
        """The last question answered, in the light of those before it; every sentence cites the words that prove it.

        Where the articles do not answer, the reply says so and shows the nearest quotes. `isnad` in the reply holds
        the answer as JSON: its citations, conflicting figures, nearest quotes, confidence.
        """
        if asked.model != MODEL:
            raise Refused(404, f"No model {asked.model!r} here; there is {MODEL!r}.", "model_not_found", "model")
        filters, questions = filters_of(asked.since, asked.until, asked.source), asked.questions()
        items = turns.each(lambda: talks.stream(questions, filters))
        if asked.stream:
            first = await anext(items)  # what fails at once is told by its status
            with_usage = bool(asked.stream_options and asked.stream_options.include_usage)
            return StreamingResponse(_streamed(first, items, with_usage), media_type="text/event-stream")
        async with aclosing(items):
            async for item in items:
                if isinstance(item, Answer):
                    return JSONResponse(completion(item))
        raise RuntimeError("a stream ended without an answer")

    @app.get("/v1/models", summary="The one model")
    async def list_models() -> dict[str, Any]:
        """Named `isnad`, whatever answers behind it."""
        return {"object": "list", "data": models(assistant.answerer)}

    @app.get("/v1/models/{model}", summary="That model")
    async def show_model(model: str) -> dict[str, Any]:
        """The same, alone."""
        if model != MODEL:
            raise Refused(404, f"No model {model!r} here; there is {MODEL!r}.", "model_not_found", "model")
        return models(assistant.answerer)[0]

    @app.get("/v1/search", summary="Search")
    async def search(
        q: Annotated[str, Query(description="A question or words, Arabic or English.")],
        limit: Annotated[int, Query(ge=1, le=MOST_PASSAGES)] = 10,
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
    ) -> dict[str, Any]:
        """The passages that an answer would be made from, best first, each with where it stands in its article."""
        filters = filters_of(since, until, source)
        found = await turns.run(lambda: assistant.find(q, filters))
        return {"object": "list", "data": [passage_row(scored) for scored in found[:limit]]}

    @app.get("/v1/articles/{article_id}", summary="An article")
    async def show_article(article_id: str) -> dict[str, Any]:
        """Its text, of which citations quote `text[start:end]`, and what is known of it."""
        article = await turns.run(lambda: assistant.article(article_id))
        if article is None:
            raise Refused(404, f"No article {article_id!r} in the library.", "article_not_found", "article_id")
        return article_row(article)


async def _streamed(
    first: Draft | Answer, items: AsyncGenerator[Draft | Answer, None], with_usage: bool
) -> AsyncIterator[str]:
    """The events of one answer. The turn ends with the answer: who reads slowly keeps nobody waiting."""
    item = first
    try:
        while not isinstance(item, Answer):
            yield WAITING
            item = await anext(items)
    except Exception as error:
        yield as_event(error)
        yield DONE
        return
    finally:
        await items.aclose()
    for line in events(item, with_usage=with_usage):
        yield line


def _add_page(app: FastAPI) -> None:
    """The description as a page of its own, which asks nothing of anyone."""

    @app.get("/", include_in_schema=False)
    async def home() -> Response:
        return RedirectResponse("docs")

    @app.get("/docs", include_in_schema=False)
    async def page() -> Response:
        return HTMLResponse(described(app.openapi()), headers={"Content-Security-Policy": "default-src 'none'; "
                            "style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"})  # fmt: skip
