"""What an address answers, as a document that the readers of formats know."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from index.errors import InputError
from index.formats.entry import Document
from index.intake.fetching import Fetched
from index.reading import ENDINGS, begins_as

_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
}
_AS_STATED = (".txt", ".md", ".csv", ".json")
"""What begins as anything may; the others are told by how they begin, whatever a server says of them."""
_ANY = "application/octet-stream"
_MARK = b"\xef\xbb\xbf"


def page_document(name: str, page: Fetched, names: Mapping[str, str]) -> Document:
    """A fetched page under the ending of its format. Raises InputError where it is in none that is read."""
    ending, data = _ending(page), page.data
    if page.charset and ending in (*_AS_STATED, ".html", ".xml", ".rss", ".atom"):
        data = _in_utf8(data, page.charset)
    return Document.of_bytes(name, ending, data, names, page.address)


def _ending(page: Fetched) -> str:
    stated = _KINDS.get(page.kind)
    if stated in _AS_STATED:
        return stated
    begun = begins_as(page.data)
    ending = stated if begun == ".json" else begun or stated
    if ending is None and page.kind == _ANY:
        by_name = PurePosixPath(urlsplit(page.address).path).suffix.lower()
        ending = by_name if by_name in ENDINGS else None
    if ending is None:
        raise InputError(f"is {page.kind[:60]}, which is not read")
    return ending


def _in_utf8(data: bytes, charset: str) -> bytes:
    """A text in UTF-8 that its server says is in another encoding; as it is where it already is, or is not in that."""
    for encoding in ("utf-8", charset):
        try:
            return _MARK + data.decode(encoding).lstrip("\ufeff").encode()
        except (UnicodeError, LookupError):
            continue
    return data
