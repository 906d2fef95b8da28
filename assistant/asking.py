"""The forms of `isnad ask`: one question, a conversation, a batch."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import typer

from assistant.app import Assistant
from assistant.citing import render
from assistant.settings import LONGEST_QUESTION
from assistant.terminal import WIDEST, answer_lines, shown
from assistant.types import Answer, Draft
from index.errors import InputError, IsnadError
from index.types import Filters

QUOTING = "Quoting the articles. For composed answers name an LLM: --llm openai/<model> (see README)."


def make_filters(since: str | None, until: str | None, source: str | None) -> Filters:
    """The filters of a search; a date that is none is wrong usage."""
    from datetime import date

    for name, value in (("--since", since), ("--until", until)):
        try:
            if value is not None and date.fromisoformat(value).isoformat() != value:
                raise ValueError(value)
        except ValueError as error:
            raise typer.BadParameter(f"{value!r} is no date like 2024-10-21", param_hint=name) from error
    if since and until and since > until:
        raise typer.BadParameter(f"{since} is after --until {until}", param_hint="--since")
    return Filters(since, until, source)


def read_piped() -> str:
    """The question from standard input; of one that is too long, no more than shows that it is."""
    return sys.stdin.buffer.read(8 * LONGEST_QUESTION).decode("utf-8", errors="replace")


def answer_one(assistant: Assistant, question: str, filters: Filters, *, as_json: bool, explain: bool = False) -> None:
    """Print the answer to one question; where a terminal watches, the draft is shown dimmed until it is checked."""
    if explain:
        _explain(assistant, question, filters, as_json=as_json)
        return
    if as_json:
        typer.echo(_json(assistant.ask(question, filters)))
        return
    drafting = sys.stdout.isatty() and assistant.answerer != "extractive"
    answer = _watched(assistant, question, filters) if drafting else assistant.ask(question, filters)
    _print(answer)


def _explain(assistant: Assistant, question: str, filters: Filters, *, as_json: bool) -> None:
    from assistant.explaining_lines import explanation_lines

    explanation = assistant.explain(question, filters)
    if as_json:
        typer.echo(_line(explanation.answer.to_dict() | {"explain": explanation.to_dict()}))
        return
    _print(explanation.answer)
    typer.echo("\n".join(["", *explanation_lines(explanation, _width())]))


def _print(answer: Answer) -> None:
    typer.echo("\n".join(answer_lines(answer, _width())))
    if answer.notice:
        typer.echo(answer.notice, err=True)
    if answer.dropped:
        typer.echo(f"{answer.dropped} sentence(s) of the draft left out: no cited words supported them.", err=True)


def _width() -> int:
    return shutil.get_terminal_size((WIDEST, 24)).columns if sys.stdout.isatty() else WIDEST


def tell_how(assistant: Assistant) -> None:
    """Once: that the answers are quotes, and how to get composed ones."""
    if assistant.answerer == "extractive":
        typer.secho(QUOTING, err=True, dim=True)


def _watched(assistant: Assistant, question: str, filters: Filters) -> Answer:
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    answer: Answer | None = None
    with Live(Text(""), console=Console(), transient=True, refresh_per_second=12) as live:
        for item in assistant.stream(question, filters):
            if isinstance(item, Draft):
                live.update(Text.assemble(shown(render(item.sentences)), " ", (shown(item.text), "dim")))
            else:
                answer = item
    assert answer is not None  # every stream ends with one
    return answer


def converse(assistant: Assistant, filters: Filters, *, as_json: bool, explain: bool = False) -> None:
    """Questions and answers until an empty line or the end of input. A question that fails does not end it."""
    typer.secho("اكتب سؤالك، أو اترك السطر فارغًا للخروج. (An empty line ends.)", err=True, dim=True)
    while True:
        typer.echo("سؤالك: ", nl=False, err=True)  # standard output carries the answers alone
        question = sys.stdin.readline().strip()
        if not question:
            return
        try:
            answer_one(assistant, question, filters, as_json=as_json, explain=explain)
        except IsnadError as error:
            typer.echo(f"isnad: {shown(str(error))}", err=True)
        typer.echo(err=True)


def read_rows(file: Path, out: Path | None) -> list[str]:
    """The lines of a batch. Raises InputError where it cannot be read or would be overwritten."""
    if out is not None and out.exists() and out.resolve() == file.resolve():
        raise InputError(f"--out {out} is the batch itself. Name another file.")
    try:
        text = file.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise InputError(f"--batch {file} cannot be read ({error.strerror}).") from error
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def answer_batch(assistant: Assistant, rows: list[str], filters: Filters, out: Path | None, jobs: int) -> None:
    """Write one Answer a row, in order, as each is ready; count the errors on standard error."""
    from assistant.batch import answer_rows

    failed = 0
    try:
        target = sys.stdout if out is None else out.open("w", encoding="utf-8")
    except OSError as error:
        raise InputError(f"--out {out} cannot be written ({error.strerror}).") from error
    try:
        for answer in answer_rows(assistant, rows, filters, jobs):
            failed += answer.error is not None
            print(_json(answer), file=target, flush=True)
    finally:
        if target is not sys.stdout:
            target.close()
    typer.echo(f"{len(rows)} questions, {failed} failed", err=True)


def _json(answer: Answer) -> str:
    return _line(answer.to_dict())


def _line(row: dict[str, Any]) -> str:
    line = json.dumps(row, ensure_ascii=False)
    return line.encode(errors="replace").decode()  # an id or a refused question may hold half a character
