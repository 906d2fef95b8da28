"""RSS and Atom files: each entry is an article, by feedparser."""

import re
from collections.abc import Iterator
from typing import Any

from index.errors import InputError
from index.formats.entry import Document, Entry, Problem, holds_text, prose

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def read_feed(document: Document) -> Iterator[Entry | Problem]:
    """The entries, with the longest text that each has. Raises InputError for a file that is no feed."""
    import feedparser

    data = document.data()
    if _ENTITY.search(data.replace(b"\0", b"")):
        raise InputError("declares entities, which no feed needs: not read")
    feed = feedparser.parse(data, response_headers=_headers(document))
    if not feed.version and not feed.entries:
        if document.ending == ".xml" and not feed.bozo:
            yield Problem(document.name, "is XML, but no feed (RSS or Atom)", "skipped")
            return
        raise InputError("is no feed (RSS or Atom)" + (f": {feed.bozo_exception}" if feed.bozo else ""))
    if not feed.entries:
        raise InputError("holds no entries")
    if feed.bozo and not isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
        yield Problem(document.name, f"is damaged ({feed.bozo_exception}); read as far as it can be", "warning")
    for number, item in enumerate(feed.entries, start=1):
        place = f" entry {number}"
        text, original = max(((prose(found), found) for found in _texts(item)), key=_length, default=("", ""))
        if holds_text(text):
            identity = item.get("id") or item.get("link")
            yield Entry(text, _stated(item, feed.feed), place, identity, original=original)
        else:
            yield Problem(document.name + place, "has no text", "skipped")


def _headers(document: Document) -> dict[str, str] | None:
    """What the parser completes the feed's relative addresses by."""
    return {"content-location": document.address, "content-type": "application/xml"} if document.address else None


def _length(found: tuple[str, str]) -> int:
    return len(found[0])


def _texts(item: Any) -> Iterator[str]:
    yield from (part.value for part in item.get("content", ()) if part.get("value"))
    yield from filter(None, (item.get("summary"),))


def _stated(item: Any, feed: Any) -> dict[str, Any]:
    return {
        "title": item.get("title"),
        "url": item.get("link"),
        "author": item.get("author"),
        "published": item.get("published") or item.get("updated"),
        "source": (item.get("source") or {}).get("title") or feed.get("title"),
    }
