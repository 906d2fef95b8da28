"""`isnad ask`: one question, its answer printed, the draft of an LLM shown until it is checked."""

import shutil
import sys

import typer

from assistant.citations.spans import render
from assistant.cli.options import notice
from assistant.cli.terminal import WIDEST, answer_lines, json_line, shown
from assistant.settings import LONGEST_QUESTION
from assistant.types import Answer, Answering, Draft
from index.text.arabic import fold
from index.types import Filters

QUOTING = "Quoting the articles. For composed answers see which LLMs are here: isnad llm"


def make_filters(since: str | None, until: str | None, source: str | None) -> Filters:
    """The filters of a search; a date that is none is wrong usage."""
    first, last = _day(since, "--since"), _day(until, "--until")
    if first and last and first > last:
        raise typer.BadParameter(f"{first} is after --until {last}", param_hint="--since")
    return Filters(first, last, source)


def _day(written: str | None, option: str) -> str | None:
    """A date as filters have it, its digits of either set: ٢٠٢٤-١٠-٢١ is 2024-10-21."""
    from datetime import date

    if written is None:
        return None
    day = fold(written).strip()
    try:
        if date.fromisoformat(day).isoformat() != day:
            raise ValueError(day)
    except ValueError as error:
        raise typer.BadParameter(f"{written!r} is no date like 2024-10-21", param_hint=option) from error
    return day


def read_piped() -> str:
    """The question from standard input; of one that is too long, no more than shows that it is."""
    return sys.stdin.buffer.read(8 * LONGEST_QUESTION).decode("utf-8", errors="replace")


def print_answer(assistant: Answering, question: str, filters: Filters, *, as_json: bool) -> Answer:
    """Print the answer to one question; where a terminal watches, the draft is shown dimmed until it is checked."""
    drafting = sys.stdout.isatty() and assistant.answerer != "extractive" and not as_json
    answer = _watched(assistant, question, filters) if drafting else assistant.ask(question, filters)
    if as_json:
        typer.echo(json_line(answer.to_dict()))
    else:
        show(answer)
    return answer


def show(answer: Answer) -> None:
    """Print an answer, and what there is to know beside it on standard error."""
    typer.echo("\n".join(answer_lines(answer, width())))
    if answer.notice:
        notice(answer.notice)
    if answer.dropped:
        typer.echo(f"{answer.dropped} sentence(s) of the draft left out: no cited words supported them.", err=True)


def width() -> int:
    """Columns that a line may fill."""
    return shutil.get_terminal_size((WIDEST, 24)).columns if sys.stdout.isatty() else WIDEST


def tell_how(assistant: Answering) -> None:
    """Once: that the answers are quotes, and how to get composed ones."""
    if assistant.answerer == "extractive":
        typer.secho(QUOTING, err=True, dim=True)


def _watched(assistant: Answering, question: str, filters: Filters) -> Answer:
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
