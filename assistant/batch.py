"""Many questions from a file: one row in, one Answer out, in the same order."""

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from assistant.app import Assistant
from assistant.types import Answer
from index.errors import IsnadError
from index.types import Filters


def answer_rows(assistant: Assistant, lines: Iterable[str], filters: Filters, jobs: int) -> Iterator[Answer]:
    """One Answer a line of `{"id", "question"}`; a line that cannot be answered gives an Answer with `error`."""
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        yield from pool.map(lambda line: answer_row(assistant, line, filters), lines)


def answer_row(assistant: Assistant, line: str, filters: Filters) -> Answer:
    """The Answer to one line."""
    row: Any = None
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _failed(assistant, None, "", f"The line is not JSON ({error}).")
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        id_ = row.get("id") if isinstance(row, dict) else None
        return _failed(assistant, id_, "", 'The line has no text under "question".')
    try:
        return replace(assistant.ask(row["question"], filters), id=row.get("id"))
    except IsnadError as error:
        return _failed(assistant, row.get("id"), row["question"], str(error))


def _failed(assistant: Assistant, id_: Any, question: str, error: str) -> Answer:
    return Answer(question, "", answerer=assistant.answerer, error=error, id=id_)
