"""A conversation as the reader's browser keeps it: JSON, each turn with its answer in the shape of `isnad ask --json`.

The server keeps nothing between two questions; whoever asks brings the turns before. What comes back is as untrusted as
any other text, and is drawn by the same builder; a quote is drawn from the library as long as it stands there.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.conversation import turn_of
from assistant.types import Answer, Citation, Conflict, ConflictValue, Sentence, Support, Turn
from index.types import Article

MOST_TURNS = 200
_LEFT_OUT = ("id", "question", "tokens", "timings_ms")
"""Of an answer: what no reader sees."""

Row = dict[str, Any]
Find = Callable[[str], Article | None]
"""Gives the article of an id."""


@dataclass(frozen=True, slots=True)
class Past:
    """A turn that has ended; without an answer where the reader stopped it."""

    question: str
    answer: Answer | None


def kept(question: str, answer: Answer | None = None) -> str:
    """A turn for the browser to keep."""
    row = answer and {name: value for name, value in answer.to_dict().items() if name not in _LEFT_OUT}
    return json.dumps({"question": question, "answer": row}, ensure_ascii=False)


def restored(rows: Any, find: Find, unreadable: str) -> list[Past]:
    """What a browser has kept, as turns; one whose answer cannot be read any more says so in the words given."""
    turns = []
    for row in rows[:MOST_TURNS] if isinstance(rows, list) else []:
        row = row if isinstance(row, dict) else {}
        question = str(row.get("question"))
        try:
            answer = None if row.get("answer") is None else _answer(question, row["answer"], find)
        except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError):
            answer = Answer(question, "", error=unreadable)
        turns.append(Past(question, answer))
    return turns


def leaning_on(turns: list[Past]) -> Turn | None:
    """What the next question may lean on: the last one that was answered, or refused."""
    answers = (past.answer for past in reversed(turns))
    return next((turn_of(answer) for answer in answers if answer and not answer.error), None)


def _answer(question: str, row: Row, find: Find) -> Answer:
    return Answer(
        question,
        str(row["answer"]),
        tuple(_sentence(sentence) for sentence in row["sentences"]),
        tuple(_citation(citation, find) for citation in row["citations"]),
        tuple(_citation(citation, find) for citation in row["nearest"]),
        tuple(Conflict(str(c["about"]), tuple(_values(c["values"]))) for c in row["conflicts"]),
        _one_of(row["reason"], ("off_topic", "not_stated", "premise_contradicted", "unsupported")),
        str(row["answerer"]),
        row["confidence"] and float(row["confidence"]),
        dropped=int(row["dropped"]),
        error=_text(row["error"]),
        notice=_text(row["notice"]),
        understood=_text(row.get("understood")),
    )


def _sentence(row: Row) -> Sentence:
    core = row["core"] and (int(row["core"][0]), int(row["core"][1]))
    support: Support = _one_of(row["support"], ("full", "partial", "none")) or "none"
    return Sentence(str(row["text"]), tuple(map(int, row["citations"])), support, core)


def _citation(row: Row, find: Find) -> Citation:
    """The quote where it stands in the library; the kept words where it stands there no more."""
    n, start, end, quote = int(row["n"]), int(row["start"]), int(row["end"]), str(row["quote"])
    article = find(str(row["article_id"]))
    contradicts = bool(row.get("contradicts"))
    if article is not None and quote and article.text[start:end] == quote:
        return Citation(n, article, start, end, contradicts)
    named = {name: _text(row[name]) for name in ("title", "source", "url", "published")}
    gone = Article(str(row["article_id"]), quote, path=str(row["path"]), **named)
    return Citation(n, gone, 0, len(quote), contradicts)


def _values(rows: list[Row]) -> Iterator[ConflictValue]:
    for row in rows:
        text, unit = str(row["text"]), str(row["unit"])
        yield ConflictValue(float(row["value"]), unit, text, _text(row["said_by"]), int(row["citation"]))


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _one_of(value: Any, known: tuple[str, ...]) -> Any:
    """A value that has to be one of those that we write, or none."""
    if value is not None and value not in known:
        raise ValueError(value)
    return value
