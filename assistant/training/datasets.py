"""The files that the weights are fitted on: articles, questions on them, paragraphs with questions."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.errors import InputError
from index.text.arabic import fold, sentence_spans

Rows = dict[str, dict[str, Any]]
"""Articles by their external id, as the files have them."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the article (its external id) and quotes that answer it; no quotes where nothing does."""

    question: str
    article: str
    quotes: tuple[str, ...]
    answers: tuple[str, ...] = ()
    """Short answers, where any sentence that holds one counts as evidence."""
    category: str = ""


def read_articles(file: Path) -> Rows:
    """JSONL rows of `{id, title, text}`, packed or not. Raises InputError."""
    rows = {_text(row, "id", where): row for where, row in _objects(file)}
    for row in rows.values():
        _text(row, "text", f"{file}: article {row['id']!r}")
    if not rows:
        raise InputError(f"{file}: holds no article.")
    return rows


def read_questions(file: Path, articles: Rows) -> list[Example]:
    """JSONL rows of `{question, article, quotes, answerable, category}` on these articles. Raises InputError."""
    examples = []
    for where, row in _objects(file):
        article, quotes = _text(row, "article", where), row.get("quotes")
        if article not in articles:
            raise InputError(f"{where}: no article {article!r} among the articles.")
        if not isinstance(quotes, list) or not all(isinstance(quote, str) and quote.strip() for quote in quotes):
            raise InputError(f"{where}: `quotes` is no list of texts.")
        if row.get("answerable", bool(quotes)) is not bool(quotes):
            raise InputError(f"{where}: an answerable question has quotes, another one has none.")
        category = _text(row, "category", where) if row.get("category") else ""
        examples.append(Example(_text(row, "question", where), article, tuple(quotes), (), category))
    if not examples:
        raise InputError(f"{file}: holds no question.")
    return examples


def read_squad(file: Path) -> tuple[Rows, list[Example]]:
    """The paragraphs of a SQuAD-format file as articles, and its questions, each with the sentence that answers.

    Questions without an answer are left out. Raises InputError.
    """
    examples: list[Example] = []
    rows: Rows = {}
    try:
        for document in json.loads("\n".join(_lines(file)))["data"]:
            for paragraph in document["paragraphs"]:
                id_ = f"paragraph {len(rows)}"
                rows[id_] = {"id": id_, "text": paragraph["context"]}
                examples += [_example(row, id_, paragraph["context"]) for row in paragraph["qas"] if row["answers"]]
    except (InputError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise InputError(f"{file}: is not in SQuAD's format ({type(error).__name__}: {error}).") from error
    if not examples:
        raise InputError(f"{file}: holds no question with an answer.")
    return rows, examples


@cache
def plain(text: str) -> str:
    """A text folded, with single spaces: what quotes and answers are compared by."""
    return " ".join(fold(text).split())


def _example(row: dict[str, Any], id_: str, text: str) -> Example:
    at = row["answers"][0]["answer_start"]
    quotes = tuple(text[start:end] for start, end in sentence_spans(text) if start <= at < end)
    answers = tuple(plain(answer["text"]) for answer in row["answers"])
    return Example(_text(row, "question", f"paragraph {id_}"), id_, quotes, tuple(filter(None, answers)))


def _objects(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a JSONL file, each with its `file:line`."""
    for number, line in enumerate(_lines(file), start=1):
        if line.strip():
            where = f"{file}:{number}"
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise InputError(f"{where}: is not JSON ({error}).") from error
            if not isinstance(row, dict):
                raise InputError(f"{where}: is not a JSON object.")
            yield where, row


def _lines(file: Path) -> list[str]:
    try:
        raw = file.read_bytes()
        return (gzip.decompress(raw) if file.suffix == ".gz" else raw).decode().split("\n")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise InputError(f"{file}: cannot be read ({error}).") from error


def _text(row: dict[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{where}: `{name}` is not a text." if name in row else f"{where}: has no `{name}`.")
    return value
