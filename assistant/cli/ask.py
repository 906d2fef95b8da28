"""`isnad ask`: one question, its answer printed, the draft of an LLM shown until it is checked."""

import sys

import typer

from assistant.citations.spans import render
from assistant.cli.screen.lines import Kind, Line, wrapped
from assistant.cli.screen.screen import Screen
from assistant.cli.terminal import answer_lines, json_line, shown
from assistant.settings import LONGEST_QUESTION
from assistant.types import Answer, Answering, Draft
from index.text.arabic import is_arabic
from index.text.dates import day_of
from index.types import Filters

QUOTING = {
    True: "هذا اقتباس من المقالات. لجواب مصوغ انظر النماذج اللغوية المتاحة: \u2068isnad llm\u2069",
    False: "Quoting the articles. For composed answers see which LLMs are here: isnad llm",
}
"""By whether the question is Arabic."""


def make_filters(since: str | None, until: str | None, source: str | None) -> Filters:
    """The filters of a search; a date that is none is wrong usage."""
    first, last = _day(since, "--since"), _day(until, "--until")
    if first and last and first > last:
        raise typer.BadParameter(f"{first} is after --until {last}", param_hint="--since")
    return Filters(first, last, source)


def _day(written: str | None, option: str) -> str | None:
    day = None if written is None else day_of(written)
    if written is not None and day is None:
        raise typer.BadParameter(f"{written!r} is no date like 2024-10-21", param_hint=option)
    return day


def read_piped() -> str:
    """The question from standard input; of one that is too long, no more than shows that it is."""
    return sys.stdin.buffer.read(8 * LONGEST_QUESTION).decode("utf-8", errors="replace")


def print_answer(assistant: Answering, question: str, filters: Filters, screen: Screen, *, as_json: bool) -> Answer:
    """Print the answer to one question; where a terminal watches, the draft is shown dimmed until it is checked."""
    drafting = screen.terminal and assistant.answerer != "extractive" and not as_json
    answer = _watched(assistant, question, filters, screen) if drafting else assistant.ask(question, filters)
    if as_json:
        typer.echo(json_line(answer.to_dict()))
    else:
        show(answer, screen)
    return answer


def show(answer: Answer, screen: Screen) -> None:
    """Print an answer, and what there is to know beside it on standard error."""
    draw(answer_lines(answer, screen.width, columns=screen.sets_columns), screen)
    if answer.notice:
        tell(shown(answer.notice), screen)
    if answer.dropped:
        tell(_dropped(answer.dropped, is_arabic(answer.question)), screen)


def draw(lines: list[Line], screen: Screen) -> None:
    """Print lines on standard output."""
    typer.echo(screen.drawn(lines), nl=False, color=True)  # whether there are colours the screen has decided


def tell(text: str, screen: Screen) -> None:
    """A line of ours on standard error, as that shows it; what it names was `shown`."""
    beside = screen.beside()
    lines = wrapped(text, beside.width, kind="aside") if beside.terminal else [Line(text)]
    typer.echo(beside.drawn(lines), nl=False, err=True, color=True)


def tell_how(assistant: Answering, screen: Screen, *, arabic: bool) -> None:
    """Once: that the answers are quotes, and how to get composed ones."""
    if assistant.answerer == "extractive":
        tell(QUOTING[arabic], screen)


def _dropped(n: int, arabic: bool) -> str:
    if not arabic:
        return f"{n} sentence(s) of the draft left out: no cited words supported them."
    counted = {1: "جملة واحدة", 2: "جملتان"}.get(n, f"{n} جمل" if 3 <= n % 100 <= 10 else f"{n} جملة")
    return f"حُذفت من المسودّة {counted} لأن المقالات لا {'تسندهما' if n == 2 else 'تسندها'}."


def _watched(assistant: Answering, question: str, filters: Filters, screen: Screen) -> Answer:
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    answer: Answer | None = None
    inner = screen.for_pager()  # what redraws its lines obeys colours alone
    with screen.directed(question), Live(Text(""), console=Console(), transient=True, refresh_per_second=12) as live:
        for item in assistant.stream(question, filters):
            if isinstance(item, Draft):
                live.update(Text.from_ansi(inner.drawn(_draft_lines(item, inner)), no_wrap=True))
            else:
                answer = item
    assert answer is not None  # every stream ends with one
    return answer


def _draft_lines(draft: Draft, screen: Screen) -> list[Line]:
    """What stood the check, then what no check has seen, dimmed."""
    parts: tuple[tuple[str, Kind], ...] = (shown(render(draft.sentences)), "text"), (shown(draft.text), "aside")
    return [line for text, kind in parts if text for line in wrapped(text, screen.width, kind=kind)]
