"""PDF by pdfminer.six: characters by their place on the page, which is the same however the file stores them."""

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from index.errors import InputError
from index.formats.entry import Document, Entry, Problem, holds_text, prose
from index.text.cleaning import clean
from index.text.page_layout import Line, page_text
from index.text.visual_order import is_visual, read_line

_WORD_GAP = 0.18
"""Of the letters' size; a wider gap between characters is a blank that the file left out."""
_ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
_PAGE_NUMBER = re.compile(r"(?i)[\W_]*(?:(?:صفحة|الصفحة|page)\s*)?\d{1,4}(?:\s*(?:/|من|of)\s*\d{1,4})?[\W_]*")
_NO_TITLE = re.compile(r"(?i)microsoft word\b|untitled|\.(?:docx?|pdf|indd|qxp|odt)$")
_MOST_PAGES = 5000


def read_pdf(document: Document) -> Iterator[Entry | Problem]:
    """One article; pages that are pictures are named. Raises InputError where no page has text."""
    pages, stated = _pages(document.data())
    drawn = [[_drawn(line) for line in lines] for lines in pages]
    original = "\n".join(line.text for lines in drawn for line in lines)
    text = "\n".join(_without_number(lines, turn=True) for lines in drawn)
    if is_visual(text):  # a program without Arabic put the letters down from left to right
        text = "\n".join(_without_number(lines, turn=False) for lines in drawn)
    text = prose(clean(text))
    if not holds_text(text):
        raise InputError(f"holds no text on its {len(pages)} page(s): a scan? It needs OCR first")
    empty = [str(n) for n, lines in enumerate(pages, start=1) if not lines]
    if empty:
        shown = ", ".join(empty[:10]) + (", …" if len(empty) > 10 else "")
        yield Problem(document.name, f"holds no text on page {shown}, perhaps pictures of it; left out", "warning")
    yield Entry(text, stated, first_line_is_title=True, original=original)


def _pages(data: bytes) -> tuple[list[list[Any]], dict[str, str]]:
    """The lines of each page, as pdfminer has them, and the title and author that the file states."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams, LTTextBox, LTTextLine
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    try:
        parsed = PDFDocument(PDFParser(io.BytesIO(data)))
    except PDFPasswordIncorrect as error:
        raise InputError("is locked with a password") from error
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams(boxes_flow=None))
    interpreter = PDFPageInterpreter(resources, device)
    pages: list[list[Any]] = []
    for page in PDFPage.create_pages(parsed):
        if len(pages) >= _MOST_PAGES:
            raise InputError(f"has more than {_MOST_PAGES} pages, the most that are read of one file; split it")
        interpreter.process_page(page)
        boxes = [box for box in device.get_result() if isinstance(box, LTTextBox)]
        lines = [line for box in boxes for line in box if isinstance(line, LTTextLine)]
        pages.append([line for line in lines if line.get_text().strip()])
    return pages, _stated(parsed.info)


def _drawn(line: Any) -> Line:
    """The characters of a line from left to right, with the blanks that only show as gaps."""
    chars = sorted((char for char in line if hasattr(char, "x0")), key=lambda char: char.x0)
    pieces: list[str] = []
    before = None
    for char in chars:
        text = _glyph_text(char.get_text())
        if before is not None and char.x0 - before.x1 > _WORD_GAP * char.size and pieces[-1] != " " and text != " ":
            pieces.append(" ")
        if before is not None and char.x0 < before.x1 and text and all(map(unicodedata.combining, text)):
            pieces.insert(len(pieces) - 1, text)  # a mark above a letter: turned, it follows the letter
            continue
        pieces.append(text)
        before = char
    text = "".join(pieces).strip()
    return Line(text, line.x0, line.y0, line.x1, line.y1, from_right=bool(_ARABIC.search(text)))


def _glyph_text(text: str) -> str:
    """The letters of a drawn shape, leftmost first: the one of لا stands for two."""
    if not _ARABIC.search(text):
        return text.replace("\xa0", " ")
    return unicodedata.normalize("NFKC", text).strip()[::-1] or " "


def _without_number(lines: Sequence[Line], *, turn: bool) -> str:
    """The text of a page without the number at its head or foot."""
    read = [replace(line, text=read_line(line.text)) if turn else line for line in lines]
    read.sort(key=lambda line: -line.y1)
    for at in (0, -1):
        if len(read) > 1 and _PAGE_NUMBER.fullmatch(read[at].text):
            del read[at]
    return page_text(read)


def _stated(infos: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Title and author of the file's properties; the date there is the file's, not the article's."""
    from pdfminer.utils import decode_text

    stated = {}
    for name, field in (("Title", "title"), ("Author", "author")):
        value = next((info[name] for info in infos if isinstance(info.get(name), bytes)), b"")
        text = clean(decode_text(value)).strip()
        if text and not _NO_TITLE.search(text):
            stated[field] = read_line(text) if is_visual(text) else text
    return stated
