"""What the commands share: options, and the way they speak beside their result."""

from pathlib import Path
from typing import Annotated

import typer

Store = Annotated[
    Path | None,
    typer.Option("--store", metavar="DIR", help="The library's folder (else ISNAD_STORE, else your data folder)."),
]
Llm = Annotated[
    str | None,
    typer.Option("--llm", metavar="NAME", help="extractive (the default), openai/<model> or hf/<id or path>."),
]


def notice(line: str) -> None:
    """A line on standard error."""
    from assistant.cli.terminal import shown

    typer.echo(shown(line), err=True)  # it may hold a file's name, and a name may hold anything
