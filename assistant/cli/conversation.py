"""`isnad ask` without a question: questions and answers in the terminal."""

import sys
from collections.abc import Callable

import typer

from assistant.cli.terminal import shown
from index.errors import IsnadError


def converse(answer: Callable[[str], None]) -> None:
    """Have questions answered until an empty line or the end of input. One that fails does not end it."""
    typer.secho("اكتب سؤالك، أو اترك السطر فارغًا للخروج. (An empty line ends.)", err=True, dim=True)
    while True:
        typer.echo("سؤالك: ", nl=False, err=True)  # standard output carries the answers alone
        question = sys.stdin.readline().strip()
        if not question:
            return
        try:
            answer(question)
        except IsnadError as error:
            typer.echo(f"isnad: {shown(str(error))}", err=True)
        typer.echo(err=True)
