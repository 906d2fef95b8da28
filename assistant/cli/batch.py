"""`isnad ask --batch`: many questions from a file, one row in, one Answer out, in the same order."""

import json
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from assistant.cli.terminal import json_line
from assistant.types import Answer, Answering
from index.errors import InputError, IsnadError
from index.types import Filters


def read_rows(file: Path, out: Path | None) -> list[str]:
    """The lines of a batch, blank ones left out. Raises InputError where none is left, or it would be overwritten."""
    if out is not None and out.exists() and out.resolve() == file.resolve():
        raise InputError(f"--out {out} is the batch itself. Name another file.")
    try:
        text = file.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise InputError(f"--batch {file} cannot be read ({error.strerror}).") from error
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    if not lines:
        raise InputError(f"--batch {file} holds no rows.")
    return lines


def answer_batch(assistant: Answering, rows: list[str], filters: Filters, out: Path | None, jobs: int) -> None:
    """Write one Answer a row, in order, as each is ready; count the errors on standard error.

    Raises InputError where every row failed: that is no batch.
    """
    errors: list[str] = []
    try:
        target = sys.stdout if out is None else out.open("w", encoding="utf-8")
    except OSError as error:
        raise InputError(f"--out {out} cannot be written ({error.strerror}).") from error
    try:
        for answer in answer_rows(assistant, rows, filters, jobs):
            errors += [answer.error] if answer.error is not None else []
            print(json_line(answer.to_dict()), file=target, flush=True)
    finally:
        if target is not sys.stdout:
            target.close()
    typer.echo(f"{len(rows)} questions, {len(errors)} failed", err=True)
    if len(errors) == len(rows):
        raise InputError(f"Every row of --batch failed, the first so: {errors[0]}")


def answer_rows(assistant: Answering, lines: Iterable[str], filters: Filters, jobs: int) -> Iterator[Answer]:
    """One Answer a line of `{"id", "question"}`; a line that cannot be answered gives an Answer with `error`."""
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        yield from pool.map(lambda line: answer_row(assistant, line, filters), lines)


def answer_row(assistant: Answering, line: str, filters: Filters) -> Answer:
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


def _failed(assistant: Answering, id_: Any, question: str, error: str) -> Answer:
    return Answer(question, "", answerer=assistant.answerer, error=error, id=id_)
