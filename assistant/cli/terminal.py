"""An Answer as plain lines for a terminal, in the order of speech: one that knows bidi sets them from the right."""

import json
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from assistant.cli.streams import calm_json
from assistant.types import Answer, Citation, ConflictValue
from index.text.arabic import is_arabic
from index.text.lookalikes import rounded, steadied
from index.types import Article

WIDEST = 96
"""Columns; longer lines are hard to follow back in either direction."""
_LABELS = {
    True: {
        "sources": "المصادر",
        "nearest": "أقرب ما ورد في المقالات",
        "conflict": "تختلف الأرقام",
        "untitled": "بلا عنوان",
        "contradicts": "يخالف ما يفترضه السؤال",
        "copies": "ورد أيضًا في",
        "understood": "فُهم السؤال",
    },
    False: {
        "sources": "Sources",
        "nearest": "Nearest in the articles",
        "conflict": "The figures differ",
        "untitled": "untitled",
        "contradicts": "contradicts the question",
        "copies": "also in",
        "understood": "Understood as",
    },
}
_CONTINUED = "  "
"""Stands before the further lines of what is wrapped, so that none of them can pass for a heading or a source."""


def shown(text: str) -> str:
    """Text from an article or a model on one line, with nothing in it that a terminal would obey."""
    return steadied(text).replace("\n", " ").replace("\t", " ")


def answer_lines(answer: Answer, width: int = WIDEST) -> list[str]:
    """The answer, what the articles differ on, then the sources with their quotes (or the nearest quotes)."""
    labels = _LABELS[is_arabic(answer.question)]
    lines = [f"{labels['understood']}: {shown(answer.understood)}", ""] if answer.understood else []
    lines += _wrapped(shown(answer.text), width, _CONTINUED)
    for conflict in answer.conflicts:
        lines += ["", f"{labels['conflict']}:", *map(_value_line, conflict.values)]
    for label, citations in (("sources", answer.citations), ("nearest", answer.nearest)):
        if citations:
            lines += ["", f"{labels[label]}:"]
            lines += [line for c in citations for line in _citation_lines(c, width, labels)]
    return lines


def article_lines(articles: Iterable[Article]) -> list[str]:
    """One line an article: id, date, source, title."""
    return [
        f"{a.id}  {a.published or '—':10}  {shown(a.source or '—')}  {shown(a.title or '—')}  ({shown(a.path)})"
        for a in articles
    ]


def _value_line(value: ConflictValue) -> str:
    who = f" — {rounded(shown(value.said_by))}" if value.said_by else ""
    return f"  {rounded(shown(value.words))}{who} [{value.citation}]"


def _citation_lines(citation: Citation, width: int, labels: Mapping[str, str]) -> list[str]:
    article = citation.article
    about = [article.title or labels["untitled"], *filter(None, (article.source, article.published))]
    if citation.contradicts:
        about.append(labels["contradicts"])
    if citation.copies:
        named = dict.fromkeys(copy.source or copy.title or labels["untitled"] for copy in citation.copies)
        about.append(f"{labels['copies']}: {'، '.join(named)}")
    lines = _wrapped(f"[{citation.n}] {rounded(shown(' — '.join(about)))}", width, _CONTINUED)
    return lines + _wrapped(f"    «{shown(citation.quote)}»", width, "    ")


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    """The text in lines, all but the first behind `indent`."""
    return textwrap.wrap(text, min(width, WIDEST), subsequent_indent=indent, break_long_words=False) or [""]


def json_line(row: Mapping[str, Any]) -> str:
    """A row of JSON on one line of valid UTF-8: an id or a refused question may hold half a character."""
    return calm_json(json.dumps(row, ensure_ascii=False).encode(errors="replace").decode())
