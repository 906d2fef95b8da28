"""Plain text, with front matter or without."""

from collections.abc import Iterator

from index.errors import InputError
from index.formats.encoding import decoded
from index.formats.entry import Document, Entry, Problem, holds_text, prose
from index.formats.front_matter import split_front_matter
from index.text.cleaning import clean, control_share

_BINARY_SHARE = 0.05
"""A file with a larger share of control characters than this is no text, whatever its name."""


def read_plain(document: Document) -> Iterator[Entry | Problem]:
    """One article; its first line is its title unless front matter states one."""
    original, notes = read_text(document)
    yield from notes
    stated, text = split_front_matter(clean(original))
    text = prose(text)
    if not holds_text(text):
        raise InputError("holds no text")
    yield Entry(text, stated, first_line_is_title=True, original=original)


def read_text(document: Document) -> tuple[str, list[Problem]]:
    """The text of a file as it is, and how it was read where that must be told. Raises InputError."""
    read = decoded(document.data())
    if control_share(read.text) > _BINARY_SHARE:
        raise InputError("is not text (many control characters)")
    return read.text, [Problem(document.name, read.note, "warning")] if read.note else []
