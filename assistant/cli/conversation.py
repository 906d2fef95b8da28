"""Questions one after the other: in the terminal, and from one call of `isnad ask` to the next by a file."""

import json
from pathlib import Path

import typer

from assistant.cli.ask import tell
from assistant.cli.talk.commands import obey
from assistant.cli.talk.history import TypedLines
from assistant.cli.talk.session import Session
from assistant.cli.talk.texts import told
from assistant.cli.terminal import shown
from assistant.types import Turn
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


def converse(session: Session, history: Path) -> None:
    """Have questions answered and commands done until an empty line or the end of input. A failure does not end it."""
    for arabic in (True, False):
        tell(told("begin", arabic=arabic), session.screen)
    typed = TypedLines(history)
    if typed.failure:
        tell(told("no_history", arabic=session.arabic, why=typed.failure), session.screen)
    while True:
        line = typed.next(session.screen.beside().plain(told("prompt", arabic=session.arabic)))
        if not line:
            return
        try:
            if not line.startswith("/"):
                session.ask(line)
            elif not obey(session, line):
                return
        except IsnadError as error:
            typer.echo(f"isnad: {shown(str(error))}", err=True)
        except KeyboardInterrupt:  # ends the answer, not the conversation
            tell(told("stopped", arabic=session.arabic), session.screen)
        typer.echo(err=True)
