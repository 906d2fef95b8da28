"""The side panel in which a reader sees a quote where it stands: the whole article as HTML, with the words marked.

The page asks for it at `/article?id=…&at=START-END&also=START-END…`; offsets count characters of the article's text.
"""

import re
from itertools import pairwise
from typing import Protocol

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from assistant.chat.rendering import about, named, shown
from index.errors import IsnadError
from index.text.arabic import is_arabic
from index.types import Article

LONGEST = 60_000
"""Characters of an article that are shown at a time, so that a book does not hold up the browser."""
MOST_MARKS = 50
"""Other quotes of the same article that are marked."""
GONE = "لم يعد هذا المقال في المكتبة، أو تغيّر نصّه منذ الإجابة."

SHELL = (
    '<dialog id="reader" dir="rtl" aria-labelledby="reader-title"><header>'
    '<p class="place" role="status">الاقتباس <bdi class="n"></bdi> من <bdi class="m"></bdi></p>'
    '<button type="button" class="step" data-step="-1">السابق</button>'
    '<button type="button" class="step" data-step="1">التالي</button>'
    '<button type="button" class="close" aria-label="أغلق المقال">✕</button></header>'
    '<div class="page" role="region" aria-labelledby="reader-title" tabindex="0" data-failed="تعذّر فتح المقال."></div>'
    '</dialog><div id="glimpse" role="tooltip" hidden><div><p class="quote"></p><p class="title"></p></div></div>'
)
"""The empty panel, and what shows a quote while a marker is pointed at. Outside of what Gradio draws anew."""

Span = tuple[int, int]


class Shelf(Protocol):
    """What the panel needs of the assistant."""

    def article(self, article_id: str) -> Article | None:
        """One article with its text. Raises IsnadError."""
        ...


def add_reader(app: FastAPI, shelf: Shelf) -> None:
    """Serves articles to the panel; what cannot be shown is one line for the reader."""

    @app.get("/article")
    def article(request: Request) -> Response:
        asked = request.query_params
        try:
            found = shelf.article(asked.get("id", ""))
        except IsnadError as error:
            return PlainTextResponse(str(error), 503)
        length = len(found.text) if found else 0
        spans = [_span(words, length) for words in (asked.get("at", ""), *asked.getlist("also")[:MOST_MARKS])]
        at, *also = spans
        if found is None or at is None:
            return PlainTextResponse(GONE, 404)
        return HTMLResponse(opened(found, at, [span for span in also if span]))


def opened(article: Article, at: Span, also: list[Span]) -> str:
    """The article in its own direction, the words `at` marked as the ones looked for and `also` as further quotes."""
    start, end = _window(len(article.text), at)
    note = (
        '<p class="note" dir="rtl">المقال طويل، وهذا ما حول الاقتباس منه.</p>'
        if end - start < len(article.text)
        else ""
    )
    return (
        f'<article dir="{"rtl" if is_arabic(article.text) else "ltr"}">'
        f'<div class="head"><h2 id="reader-title" dir="auto">{shown(named(article))}</h2>'
        f'<p class="about">{about(article)}</p></div>{note}'
        f'<div class="words" dir="auto">{_marked(article.text, start, end, at, also)}</div></article>'
    )


def _marked(text: str, start: int, end: int, at: Span, also: list[Span]) -> str:
    """text[start:end], cut wherever a quote begins or ends: quotes may overlap, tags may not."""
    edges = {edge for span in (at, *also) for edge in span if start < edge < end}
    html = ""
    for left, right in pairwise(sorted({start, end, *edges})):
        words = shown(text[left:right])
        if at[0] <= left < at[1]:
            # tabindex lets the script move the focus, and with it a screen reader, to the words.
            words = f'<mark class="here" tabindex="-1">{words}</mark>'
        elif any(first <= left < last for first, last in also):
            words = f"<mark>{words}</mark>"
        html += words
    return html


def _window(length: int, at: Span) -> Span:
    """The part of a very long text that is shown: around the quote."""
    start = max(0, min(at[0] - LONGEST // 2, length - LONGEST))
    return start, min(length, start + LONGEST)


def _span(words: str, length: int) -> Span | None:
    """`12-80` as offsets in a text of this length; None where they are none."""
    found = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", words)
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    return (start, end) if start < end <= length else None
