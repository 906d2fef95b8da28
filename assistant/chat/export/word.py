"""A conversation as a Word document, each paragraph in its own direction; only this file of the chat knows docx."""

import io
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.shared import Pt

from index.text.arabic import is_arabic


class Page:
    """A document that grows from the top."""

    def __init__(self, title: str) -> None:
        self._document: Any = docx.Document()
        self._document.core_properties.title = title
        self._add(title, "Title")

    def heading(self, text: str) -> None:
        """A question."""
        self._add(text, "Heading 1")

    def note(self, text: str) -> None:
        """A line about what follows."""
        for run in self._add(text).runs:
            run.italic = True

    def paragraph(self, text: str) -> None:
        """A part of the answer."""
        self._add(text)

    def source(self, title: str, quote: str) -> None:
        """A source with its exact words."""
        for run in self._add(title).runs:
            run.font.size = Pt(9)
        self._add(quote, "Quote")

    def table(self, rows: list[list[str]]) -> None:
        """Cells under their heads, which are the first row."""
        table = self._document.add_table(len(rows), len(rows[0]), style="Table Grid")
        if is_arabic(" ".join(cell for row in rows[1:] for cell in row)):
            table._tbl.tblPr.insert(1, OxmlElement("w:bidiVisual"))  # behind its style, as the format wants it
        for row, cells in zip(rows, table.rows, strict=True):
            for text, cell in zip(row, cells.cells, strict=True):
                cell.paragraphs[0].add_run(_printable(text))
                _turn(cell.paragraphs[0], text)
        self._document.add_paragraph()

    def data(self) -> bytes:
        """The file."""
        stream = io.BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def _add(self, text: str, style: str | None = None) -> Any:
        paragraph = self._document.add_paragraph(_printable(text), style=style)
        _turn(paragraph, text)
        return paragraph


def _turn(paragraph: Any, text: str) -> None:
    """Right to left, where the text is Arabic."""
    if is_arabic(text):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in paragraph.runs:
            run.font.rtl = True


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\n\t")
