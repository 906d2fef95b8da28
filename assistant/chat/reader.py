"""The side panel in which a reader sees a quote where it stands: the whole article as HTML, with the words marked.

The page asks for it at `/article?id=…&at=START-END&also=START-END…&lang=…` (without `at` from its top); offsets count
characters of the text.
"""

import re
from itertools import pairwise
from typing import Protocol

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from assistant.chat.cards import about, named
from assistant.chat.markup import shown
from assistant.chat.texts import ARABIC, Texts, texts_of
from index.errors import IsnadError
from index.text.arabic import is_arabic
from index.types import Article

LONGEST = 60_000
"""Characters of an article that are shown at a time, so that a book does not hold up the browser."""
MOST_MARKS = 50
"""Other quotes of the same article that are marked."""
NONE = "0-0"
"""Of an article that is opened for itself, without a quote."""

Span = tuple[int, int]


class Shelf(Protocol):
    """What the panel needs of the assistant."""

    def article(self, article_id: str) -> Article | None:
        """One article with its text. Raises IsnadError."""
        ...


def panel(words: Texts) -> str:
    """The empty panel, and what shows a quote while a marker is pointed at. Outside of what Gradio draws anew."""
    place = words("quote_place", n='<bdi class="n"></bdi>', m='<bdi class="m"></bdi>')
    return (
        f'<dialog id="reader" dir="{words.direction}" aria-labelledby="reader-title"><header>'
        f'<p class="place" role="status">{place}</p>'
        f'<button type="button" class="step" data-step="-1">{words("previous")}</button>'
        f'<button type="button" class="step" data-step="1">{words("next")}</button>'
        f'<button type="button" class="close" aria-label="{words("close_article")}">✕</button></header>'
        f'<div class="page" role="region" aria-labelledby="reader-title" tabindex="0"'
        f' data-failed="{words("article_failed")}"></div></dialog>'
        '<div id="glimpse" role="tooltip" hidden><div><p class="quote"></p><p class="title"></p></div></div>'
    )


def add_reader(app: FastAPI, shelf: Shelf) -> None:
    """Serves articles to the panel; what cannot be shown is one line for the reader."""

    @app.get("/article")
    def article(request: Request) -> Response:
        asked = request.query_params
        words = texts_of(asked.get("lang"))
        try:
            found = shelf.article(asked.get("id", ""))
        except IsnadError as error:
            return PlainTextResponse(str(error), 503)
        length = len(found.text) if found else 0
        at, *also = [_span(span, length) for span in (asked.get("at", NONE), *asked.getlist("also")[:MOST_MARKS])]
        if found is None or at is None:
            return PlainTextResponse(words("article_gone"), 404)
        return HTMLResponse(opened(found, at, [span for span in also if span and span[1]], words))


def opened(article: Article, at: Span, also: list[Span], words: Texts = ARABIC) -> str:
    """The article in its own direction, the words `at` marked as the ones looked for and `also` as further quotes."""
    start, end = _window(len(article.text), at)
    note = (
        f'<p class="note" dir="{words.direction}">{words("article_long")}</p>'
        if end - start < len(article.text)
        else ""
    )
    return (
        f'<article dir="{"rtl" if is_arabic(article.text) else "ltr"}">'
        f'<div class="head"><h2 id="reader-title" dir="auto">{shown(named(article))}</h2>'
        f'<p class="about">{about(article, words)}</p></div>{note}'
        f'<div class="words" dir="auto">{_marked(article.text, start, end, at, also)}</div></article>'
    )


def _marked(text: str, start: int, end: int, at: Span, also: list[Span]) -> str:
    """text[start:end], cut wherever a quote begins or ends: quotes may overlap, tags may not."""
    edges = {edge for span in (at, *also) for edge in span if start < edge < end}
    html = ""
    for left, right in pairwise(sorted({start, end, *edges})):
        piece = shown(text[left:right])
        if at[0] <= left < at[1]:
            # tabindex lets the script move the focus, and with it a screen reader, to the words.
            piece = f'<mark class="here" tabindex="-1">{piece}</mark>'
        elif any(first <= left < last for first, last in also):
            piece = f"<mark>{piece}</mark>"
        html += piece
    return html


def _window(length: int, at: Span) -> Span:
    """The part of a very long text that is shown: around the quote."""
    start = max(0, min(at[0] - LONGEST // 2, length - LONGEST))
    return start, min(length, start + LONGEST)


def _span(asked: str, length: int) -> Span | None:
    """`12-80` as offsets in a text of this length; None where they are none."""
    found = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", asked)
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    return (start, end) if start < end <= length or asked == NONE else None
