"""Markdown as a reader sees it: marks gone, headings, list items and rows of tables on lines of their own."""

import re
from collections.abc import Iterator
from typing import Any

from index.errors import InputError
from index.formats.entry import Document, Entry, Problem, holds_text, prose
from index.formats.front_matter import split_front_matter
from index.formats.plain import read_text
from index.text.cleaning import clean
from index.text.markup import without_markup

_BETWEEN_DIGITS = re.compile(r"(?<=\d)([*_])(?=\d)")  # «5*3» is no emphasis: 53 would be invented
_FOOTNOTE = re.compile(r"(?m)^\[\^[^\]\s]+\]:[ \t]*|\[\^[^\]\s]+\]")
# «**«قول»**وأضاف»: by CommonMark's rules no mark ends between a quotation mark and a letter.
_UNREAD_MARK = re.compile(r"(\*\*|__)(?=\S)([^\n]{0,500}?\S)\1")
_BLANK_RUN = re.compile(" {2,}")
_ROW_END = re.compile(r"(?: \| )+\n")


def read_markdown(document: Document) -> Iterator[Entry | Problem]:
    """One article; its first line is its title unless front matter states one."""
    original, notes = read_text(document)
    yield from notes
    stated, text = split_front_matter(clean(original))
    text = prose(markdown_text(text))
    if not holds_text(text):
        raise InputError("holds no text")
    yield Entry(text, stated, first_line_is_title=True, original=original)


def markdown_text(source: str) -> str:
    """The text of CommonMark with tables; a blank line parts what stands apart, as in the source.

    Line ends inside a paragraph stay: a line of its own is often meant. What is struck out is left out.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(_FOOTNOTE.sub("", _BETWEEN_DIGITS.sub(r"\\\1", source)))
    return _ROW_END.sub("\n", "".join(_pieces(tokens))).strip("\n")


def _pieces(tokens: list[Any]) -> Iterator[str]:
    tight = 0  # list items and rows follow one another without a blank line
    for token in tokens:
        kind = token.type
        if kind == "inline":
            yield inline_text(token.children or [])
        elif kind in ("fence", "code_block"):
            yield token.content.rstrip("\n") + "\n\n"
        elif kind == "html_block":
            shown = without_markup(token.content).strip("\n")
            yield f"{shown}\n\n" if shown else ""
        elif kind in ("th_close", "td_close"):
            yield " | "
        elif kind == "tr_close":
            yield "\n"
        elif kind in ("bullet_list_open", "ordered_list_open", "table_open"):
            tight += 1
        elif kind in ("bullet_list_close", "ordered_list_close", "table_close"):
            tight -= 1
            yield "" if tight else "\n"
        elif kind in ("paragraph_close", "heading_close"):
            yield "\n" if tight else "\n\n"


def inline_text(tokens: list[Any]) -> str:
    """The text of a line's tokens: of a link what it shows, of a picture nothing."""
    pieces, struck = [], 0
    for token in tokens:
        struck += token.nesting if token.type.startswith("s_") else 0
        if struck:
            continue
        if token.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif token.type in ("text", "code_inline", "text_special", "html_inline"):
            pieces.append(token.content)
    text = _UNREAD_MARK.sub(r"\2", without_markup("".join(pieces)))
    return _BLANK_RUN.sub(" ", text).strip(" ")
