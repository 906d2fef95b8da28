"""EPUB: each chapter that holds text is an article, in the order of reading."""

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from index.errors import InputError
from index.formats.archive import opened_zip, read_member
from index.formats.details import first_line
from index.formats.encoding import decoded
from index.formats.entry import Document, Entry, Problem, holds_text, prose
from index.text.cleaning import clean
from index.text.markup import page_text

_CONTAINER = "META-INF/container.xml"
_PAGES = ("application/xhtml+xml", "text/html")


def read_epub(document: Document) -> Iterator[Entry | Problem]:
    """The chapters; their source is the book's title, author and date are the book's."""
    with opened_zip(document) as archive:
        package_at = next(_elements(_parsed(archive, _CONTAINER), "rootfile")).get("full-path", "")
        package = _parsed(archive, package_at)
        book = _stated(package)
        empty = True
        for path in _spine(package, posixpath.dirname(package_at)):
            try:
                original = decoded(read_member(archive, path)).text
                text = prose(page_text(clean(original)))
            except InputError as error:
                yield Problem(f"{document.name}/{path}", str(error))
                continue
            if holds_text(text):
                empty = False
                stated = {**book, "title": first_line(text) or book["source"]}
                yield Entry(text, stated, f"/{path}", original=original)
    if empty:
        raise InputError("holds no chapter with text")


def _parsed(archive: Any, name: str) -> Any:
    """The root of an XML member; one that declares entities is refused by the parser."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        return fromstring(read_member(archive, name), forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise InputError(f"declares entities in {name}, which no book needs: not read") from error
    except ParseError as error:
        raise InputError(f"is damaged in {name} ({error})") from error


def _elements(root: Any, kind: str) -> Iterator[Any]:
    found = False
    for element in root.iter():
        if element.tag.rpartition("}")[2] == kind:
            found = True
            yield element
    if not found and kind == "rootfile":
        raise InputError(f"names no book in {_CONTAINER}")


def _stated(package: Any) -> dict[str, str | None]:
    def first(kind: str) -> str | None:
        return next((element.text for element in _elements(package, kind) if element.text), None)

    return {"source": first("title"), "author": first("creator"), "published": first("date")}


def _spine(package: Any, folder: str) -> Iterator[str]:
    """The paths of the pages in the order of reading; the table of contents is none."""
    items = {item.get("id"): item for item in _elements(package, "item")}
    for reference in _elements(package, "itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES or "nav" in (item.get("properties") or "").split():
            continue
        yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "")).partition("#")[0]))
