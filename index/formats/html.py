"""Web pages: the article without what stands around it, by trafilatura, and what the page states of it."""

import re
from collections.abc import Iterator
from typing import Any

from index.errors import InputError
from index.formats.encoding import decoded
from index.formats.entry import Document, Entry, Problem, holds_text, prose
from index.text.cleaning import clean
from index.text.markup import element_text, is_unseen, page_text

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_HEAD = 4096
_HTML_TAGS = {
    "row": "tr",
    "cell": "td",
    "list": "ul",
    "item": "li",
    "head": "h2",
    "lb": "br",
    "quote": "blockquote",
}
"""The elements of trafilatura's tree (TEI) that lay out its text, as those of HTML."""
_STATING = ("head", "script")
"""What a page does not show, but says of itself (meta tags, JSON-LD)."""
_STATED_DATES = {"extensive_search": False, "original_date": True}
"""Only a date that the page states as its own, none that its text or its footer mentions."""


def read_html(document: Document) -> Iterator[Entry | Problem]:
    """One article, a paragraph a line. Raises InputError for a page without text."""
    data = document.data()
    text, note = _decoded(data)
    if note:
        yield Problem(document.name, note, "warning")
    article, stated = _article(clean(text))
    if not holds_text(article):
        raise InputError("is a page without text (a script may make it: save it from the browser)")
    yield Entry(article, stated, first_line_is_title=True, original=text)


def _decoded(data: bytes) -> tuple[str, str | None]:
    """By a byte order mark or as UTF-8, else as the page itself says, else as any text file."""
    stated = _CHARSET.search(data[:_HEAD])
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        try:
            return data.decode(stated.group(1).decode() if stated else "utf-8"), None
        except (UnicodeDecodeError, LookupError):
            read = decoded(data)
            return read.text, read.note


def _article(source: str) -> tuple[str, dict[str, Any]]:
    """The article's text, and its details by our names; the text of the whole page where none stands out."""
    from trafilatura import bare_extraction, load_html

    page = load_html(source)
    if page is None:
        return prose(page_text(source)), {}
    for element in [element for element in page.iter() if is_unseen(element) and element.tag not in _STATING]:
        if element.getparent() is not None:
            element.drop_tree()
    found = bare_extraction(
        page,
        with_metadata=True,
        favor_recall=True,
        include_comments=False,
        include_formatting=True,
        date_extraction_params=_STATED_DATES,
    )
    if found is None or found.body is None:
        return prose(page_text(source)), {}
    for element in found.body.iter():
        element.tag = _HTML_TAGS.get(element.tag, element.tag)
    text = prose(element_text(found.body)) or prose(page_text(source))
    stated = {"title": found.title, "author": found.author, "published": found.date, "url": found.url}
    return text, {**stated, "source": found.sitename or found.hostname}
