"""Articles and quotes as cards: the title, who published it and when, the exact words, and what opens the article."""

from datetime import date
from html import escape
from pathlib import PurePath

from assistant.chat.markup import shown, web_link
from assistant.chat.texts import Texts
from assistant.types import Citation
from index.types import Article


def sources(citations: tuple[Citation, ...], anchors: dict[int, str], words: Texts) -> str:
    """The numbered sources of an answer; `anchors` are the ids of their cards by number."""
    if not citations:
        return ""
    numbers = (f'<span class="number" aria-hidden="true">{c.n}</span>' for c in citations)
    cards = "".join(_card(c, anchors[c.n], n, words) for c, n in zip(citations, numbers, strict=True))
    return f'<section class="sources"><h3>{words("sources")}</h3><ol>{cards}</ol></section>'


def nearest(number: int, citations: tuple[Citation, ...], words: Texts) -> str:
    """Quotes that do not answer turn `number`: without numbers, so that nobody takes them for sources."""
    if not citations:
        return ""
    flag = f'<p class="contradicts" dir="{words.direction}">{words("contradicts")}</p>'
    cards = "".join(_card(c, f"t{number}-n{c.n}", flag if c.contradicts else "", words) for c in citations)
    note = f'<p class="note"><bdi>{words("not_an_answer")}</bdi></p>'
    return f'<section class="sources nearest"><h3>{words("nearest")}</h3>{note}<ul>{cards}</ul></section>'


def _card(citation: Citation, id_: str, mark: str, words: Texts) -> str:
    """The card takes the direction of its title, which opens the article; it holds what the reader's panel asks for."""
    article = citation.article
    opens = f'data-article="{escape(article.id)}" data-at="{citation.start}-{citation.end}"'
    return (
        f'<li class="card" dir="auto" id="{id_}" {opens}>{mark}<h4 class="title">'
        f'<button type="button" class="open" aria-haspopup="dialog">{shown(named(article))}</button></h4>'
        f'<p class="about">{about(article, words)}</p><blockquote dir="auto">{shown(citation.quote)}</blockquote></li>'
    )


def about(article: Article, words: Texts) -> str:
    """Who published an article and when, and a link to it."""
    source = f"<bdi>{shown(article.source)}</bdi>" if article.source else ""
    return " · ".join(filter(None, (source, published(article, words), web_link(article.url))))


def named(article: Article) -> str:
    """The title, or the name of the file: a source must have a name that the reader can look up."""
    return article.title or PurePath(article.path).name or article.id


def dated(article: Article, words: Texts) -> str:
    """The day in words, or that there is none."""
    day = _day(article)
    return f"{day.day} {words.month(day.month)} {day.year}" if day else article.published or words("undated")


def published(article: Article, words: Texts) -> str:
    """The day as markup."""
    day = _day(article)
    if day is None:
        return f"<bdi>{shown(dated(article, words))}</bdi>"
    return f'<time dir="{words.direction}" datetime="{day}">{dated(article, words)}</time>'


def _day(article: Article) -> date | None:
    try:
        return date.fromisoformat(article.published or "")
    except ValueError:
        return None
