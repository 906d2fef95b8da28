"""Lines as an output gets them: in the order of speech, wrapped, each with what it is and where it begins."""

import re
import textwrap
from collections.abc import Sequence
from itertools import zip_longest
from typing import Literal

from rich.cells import cell_len

from index.text.arabic import is_arabic

Kind = Literal["text", "heading", "source", "quote", "aside", "marked"]
"""The answer's words and figures, a label above others, what a source is called, its words, words beside the matter,
and words in an article that are pointed out."""
GAP = 2
"""Columns between two columns of a table."""
_HARD_BLANK = "\u00a0"
_ISOLATE = re.compile("\u2068.*?\u2069")


class Line(str):
    """A line with its kind; `rtl` tells whether it begins at the right."""

    kind: Kind
    rtl: bool

    def __new__(cls, text: str, kind: Kind = "text", rtl: bool | None = None) -> "Line":
        """Without `rtl` the letters of the line tell."""
        line = super().__new__(cls, text)
        line.kind, line.rtl = kind, is_arabic(text) if rtl is None else rtl
        return line


def wrapped(text: str, width: int, indent: str = "", first: str = "", kind: Kind = "text") -> list[Line]:
    """The text in lines of one direction, first behind `first`, then behind `indent`; no isolate is parted."""
    text = _ISOLATE.sub(lambda whole: whole[0].replace(" ", _HARD_BLANK), text)
    pieces = textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    rtl = is_arabic(text)
    return [Line(piece.replace(_HARD_BLANK, " "), kind, rtl) for piece in pieces or [""]]


def columned(rows: Sequence[Sequence[str]], widths: Sequence[int], *, rtl: bool) -> list[list[Line]]:
    """Each row of a table in lines, as many as its longest cell needs. A last cell stands at its column's far side."""
    return [[_row(cells, widths, rtl) for cells in zip_longest(*map(_cell, row, widths), fillvalue="")] for row in rows]


def _cell(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]


def _row(cells: Sequence[str], widths: Sequence[int], rtl: bool) -> Line:
    *before, last = [cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True)]
    blanks = len(last) - len(last.rstrip())
    return Line((" " * GAP).join([*before, " " * blanks + last.rstrip()]).rstrip(), "source", rtl)
