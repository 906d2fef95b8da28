"""Reading a file in SQuAD's format: paragraphs, questions on them, and the words that answer."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import InputError
from index.text.cleaning import clean


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question with the one paragraph that answers it."""

    text: str
    document: str
    """A key of the file's documents."""
    answers: tuple[str, ...]
    """Gold wordings, at least one, as the file has them."""


@dataclass(frozen=True, slots=True)
class Squad:
    """A file's distinct paragraphs by their id, and its questions."""

    name: str
    """The file's stem."""
    documents: dict[str, str]
    questions: tuple[SquadQuestion, ...]


def read_squad(file: Path) -> Squad:
    """The paragraphs, those with equal text once, and the questions that have an answer.

    SQuAD 2.0's questions without one are left out: no paragraph is relevant to them. Raises InputError, naming the
    file, where it cannot be read, has another shape, or holds no such question.
    """
    try:
        keys: dict[str, str] = {}
        questions: list[SquadQuestion] = []
        for paragraph in _paragraphs(_parsed(file)):
            context = clean(_text(paragraph, "context"))
            document = keys.setdefault(context, f"d{len(keys) + 1}")
            questions += _questions(paragraph, document)
        if not questions:
            raise InputError("holds no question with an answer")
    except InputError as error:
        raise InputError(f"{file}: {error}.") from error
    return Squad(file.stem, {document: context for context, document in keys.items()}, tuple(questions))


def _parsed(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 (byte {error.start})") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not JSON ({error})") from error
    if not isinstance(data, dict):
        raise InputError("is not in SQuAD's format (it is no JSON object)")
    return data


def _paragraphs(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for article in _objects(data, "data"):
        yield from _objects(article, "paragraphs")


def _questions(paragraph: dict[str, Any], document: str) -> Iterator[SquadQuestion]:
    for row in _objects(paragraph, "qas"):
        answers = tuple(_string(answer, "text") for answer in _objects(row, "answers"))
        if answers:
            yield SquadQuestion(_text(row, "question"), document, answers)


def _objects(row: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = row.get(name)
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise InputError(f"is not in SQuAD's format (`{name}` is {'no list of objects' if name in row else 'missing'})")
    return value


def _text(row: dict[str, Any], name: str) -> str:
    value = _string(row, name)
    if not any(char.isalnum() for char in value):
        raise InputError(f"cannot be used (a `{name}` is empty)")
    return value


def _string(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise InputError(f"is not in SQuAD's format (a `{name}` is {'no text' if name in row else 'missing'})")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"cannot be used (a `{name}` holds half a character, a lone surrogate)") from error
    return value
