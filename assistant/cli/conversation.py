"""`isnad ask` without a question: questions and answers in the terminal."""

import sys
from typing import TYPE_CHECKING

import typer

from assistant.cli.ask import answer_one
from assistant.cli.terminal import shown
from index.errors import IsnadError
from index.types import Filters

if TYPE_CHECKING:
    from assistant.app import Assistant


def converse(assistant: "Assistant", filters: Filters, *, as_json: bool, explain: bool = False) -> None:
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
