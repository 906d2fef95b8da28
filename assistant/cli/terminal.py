"""An Answer as lines for a terminal or a pipe, in the order of speech; how they are drawn is the screen's matter."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.cells import cell_len

from assistant.cli.screen.lines import GAP, Line, columned, wrapped
from assistant.cli.screen.screen import WIDEST
from assistant.cli.streams import calm_json
from assistant.types import Answer, Citation, ConflictValue
from index.text.arabic import is_arabic
from index.text.lookalikes import rounded, steadied
from index.types import Article

LEAST_FOR_COLUMNS = 72
"""Columns of a screen; on a narrower one a title in a column of its own would be broken after each word."""
_WIDEST_SOURCE = 24
_LABELS = {
    True: {
        "sources": "المصادر",
        "nearest": "أقرب ما ورد في المقالات",
        "conflict": "تختلف الأرقام",
        "untitled": "بلا عنوان",
        "contradicts": "يخالف ما يفترضه السؤال",
        "copies": "ورد أيضًا في",
        "undated": "بلا تاريخ",
        "unsourced": "بلا مصدر",
        "understood": "فُهم السؤال",
    },
    False: {
        "sources": "Sources",
        "nearest": "Nearest in the articles",
        "conflict": "The figures differ",
        "untitled": "untitled",
        "contradicts": "contradicts the question",
        "copies": "also in",
        "undated": "undated",
        "unsourced": "no source",
        "understood": "Understood as",
    },
}
BLANK = Line("")
_CONTINUED = "  "
"""Stands before the further lines of what is wrapped, so that none of them can pass for a heading or a source."""


def shown(text: str) -> str:
    """Text from an article or a model on one line, with nothing in it that a terminal would obey."""
    return steadied(text).replace("\n", " ").replace("\t", " ")


def answer_lines(answer: Answer, width: int = WIDEST, *, columns: bool = False) -> list[Line]:
    """The answer, what the articles differ on, then the sources with their quotes (or the nearest quotes).

    With `columns` the sources stand as a table where it is wide enough.
    """
    labels, width = _LABELS[is_arabic(answer.question)], min(width, WIDEST)
    lines = []
    if answer.understood:
        lines = [
            *wrapped(f"{labels['understood']}: {shown(answer.understood)}", width, _CONTINUED, kind="aside"),
            BLANK,
        ]
    lines += wrapped(shown(answer.text), width, _CONTINUED)
    for conflict in answer.conflicts:
        lines += [BLANK, Line(f"{labels['conflict']}:", "heading"), *map(_value_line, conflict.values)]
    return lines + source_lines(answer, width, columns=columns)


def source_lines(answer: Answer, width: int = WIDEST, *, columns: bool = False) -> list[Line]:
    """The sources of an answer with their quotes, or the nearest quotes, below their label."""
    labels = _LABELS[is_arabic(answer.question)]
    lines: list[Line] = []
    for label, citations in (("sources", answer.citations), ("nearest", answer.nearest)):
        if citations:
            lines += [BLANK, Line(f"{labels[label]}:", "heading")]
            lines += (
                _table(citations, width, labels)
                if columns and width >= LEAST_FOR_COLUMNS
                else [line for c in citations for line in _citation_lines(c, width, labels)]
            )
    return lines


def article_lines(articles: Iterable[Article]) -> list[str]:
    """One line an article: id, date, source, title."""
    return [
        f"{a.id}  {a.published or '—':10}  {shown(a.source or '—')}  {shown(a.title or '—')}  ({shown(a.path)})"
        for a in articles
    ]


def _value_line(value: ConflictValue) -> Line:
    who = f" — {rounded(shown(value.said_by))}" if value.said_by else ""
    return Line(f"  {rounded(shown(value.words))}{who} [{value.citation}]")


def _citation_lines(citation: Citation, width: int, labels: Mapping[str, str]) -> list[Line]:
    article = citation.article
    about = [_title(citation, labels), *filter(None, (article.source, article.published)), *_remarks(citation, labels)]
    lines = wrapped(f"[{citation.n}] {rounded(shown(' — '.join(about)))}", width, _CONTINUED, kind="source")
    return lines + _quote(citation, width)


def _table(citations: Sequence[Citation], width: int, labels: Mapping[str, str]) -> list[Line]:
    """Number, title, source and date of each in columns of one direction, the quote below it."""
    rows = [[f"[{c.n}]", *(rounded(shown(cell)) for cell in _cells(c, labels))] for c in citations]
    number, _, source, date = (max(cell_len(row[at]) for row in rows) for at in range(4))
    source = min(source, _WIDEST_SOURCE)
    widths = (number, width - number - source - date - 3 * GAP, source, date)
    lines: list[Line] = []
    for c, row in zip(citations, columned(rows, widths, rtl=is_arabic("".join(r[1] for r in rows))), strict=True):
        remarks = rounded(shown(" — ".join(_remarks(c, labels))))
        lines += [*row, *(wrapped(remarks, width, "    ", "    ", "aside") if remarks else ()), *_quote(c, width)]
    return lines


def _cells(citation: Citation, labels: Mapping[str, str]) -> list[str]:
    article = citation.article
    return [_title(citation, labels), article.source or labels["unsourced"], article.published or labels["undated"]]


def _title(citation: Citation, labels: Mapping[str, str]) -> str:
    return citation.article.title or labels["untitled"]


def _remarks(citation: Citation, labels: Mapping[str, str]) -> list[str]:
    """What is to be told of a source beside its name."""
    told = [labels["contradicts"]] if citation.contradicts else []
    if citation.copies:
        named = dict.fromkeys(copy.source or copy.title or labels["untitled"] for copy in citation.copies)
        told.append(f"{labels['copies']}: {'، '.join(named)}")
    return told


def _quote(citation: Citation, width: int) -> list[Line]:
    return wrapped(f"«{shown(citation.quote)}»", width, "    ", "    ", "quote")


def json_line(row: Mapping[str, Any]) -> str:
    """A row of JSON on one line of valid UTF-8: an id or a refused question may hold half a character."""
    return calm_json(json.dumps(row, ensure_ascii=False).encode(errors="replace").decode())
