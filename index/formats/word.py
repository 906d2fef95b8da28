"""Word documents (.docx): the paragraphs and tables of the body in order, opened by python-docx."""

import io
from collections.abc import Iterator
from typing import Any

from index.errors import InputError
from index.formats.archive import opened_zip
from index.formats.entry import Document, Entry, Problem, holds_text, prose

_UNSEEN = frozenset("Fallback del delText instrText moveFrom pPr rPr sectPr tblPr tcPr trPr".split())
"""Properties, codes of fields, what a tracked change took out, the second copy of a text box."""
_BLANKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_word(document: Document) -> Iterator[Entry | Problem]:
    """One article; its title is the one of the document's properties, else the first line."""
    import docx

    opened_zip(document).close()  # a bomb is refused before the library unfolds it
    word = docx.Document(io.BytesIO(document.data()))
    original = "\n".join(_lines(word.element.body))
    text = prose(original)
    if not holds_text(text):
        raise InputError("holds no text (a scan? then it needs OCR first)")
    properties = word.core_properties
    stated = {"title": properties.title, "author": properties.author}
    yield Entry(text, stated, first_line_is_title=True, original=original)


def _lines(element: Any) -> Iterator[str]:
    """A line a paragraph; a line a row of a table, cells parted by « | »."""
    for child in element:
        kind = _kind(child)
        if kind == "p":
            yield "".join(_pieces(child))
        elif kind == "tr":
            cells = (" ".join(" ".join(_lines(cell)).split()) for cell in child if _kind(cell) in ("tc", "sdt"))
            yield " | ".join(filter(None, cells))
        elif kind not in _UNSEEN:
            yield from _lines(child)


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        kind = _kind(child)
        if kind == "t":
            yield child.text or ""
        elif kind in _BLANKS:
            yield _BLANKS[kind]
        elif kind == "p":  # of a text box
            yield "\n" + "".join(_pieces(child))
        elif kind not in _UNSEEN and not _is_struck(child):
            yield from _pieces(child)


def _is_struck(run: Any) -> bool:
    """Whether a run of letters is shown struck out."""
    marks = [mark for properties in run if _kind(properties) == "rPr" for mark in properties]
    values = [list(mark.attrib.values()) for mark in marks if _kind(mark) in ("strike", "dstrike")]
    return any(value not in (["0"], ["false"], ["off"]) for value in values)


def _kind(element: Any) -> str:
    """The name of an element without its namespace; "" of a comment."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
