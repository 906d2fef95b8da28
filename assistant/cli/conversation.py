"""Questions one after the other: in the terminal, and from one call of `isnad ask` to the next by a file."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import typer

from assistant.cli.terminal import json_line, shown
from assistant.types import Answer, Turn
from index.errors import InputError, IsnadError


def last_turn(file: Path) -> Turn | None:
    """The last question of a conversation, None of one that is not begun. Raises InputError for another file."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        rows = [json.loads(line) for line in lines if line.strip()]
        if not rows:
            return None
        text, core = next(((row["text"], row["core"]) for row in rows[-1]["sentences"]), ("", None))
        return Turn(rows[-1].get("understood") or rows[-1]["question"], text[slice(*(core or (0, 0)))], text)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError(
            f"{file}: holds no conversation ({type(error).__name__}: {error}). Name another --conversation."
        ) from error


def keep(answer: Callable[[str], Answer], file: Path | None) -> Callable[[str], object]:
    """The same, each answer kept as a row of the file, if there is one."""
    if file is None:
        return answer

    def kept(question: str) -> None:
        given = answer(question)
        with file.open("a", encoding="utf-8") as out:
            out.write(json_line(given.to_dict()) + "\n")

    return kept


def converse(answer: Callable[[str], object]) -> None:
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
