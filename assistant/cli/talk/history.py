"""Typed lines, with those of earlier conversations at the arrow keys where the terminal allows it."""

import os
import sys
from pathlib import Path

import typer

from assistant.cli.talk.texts import COMMANDS

FILE = "history"
"""In the library's folder: what was asked of one library is no matter of another."""
MOST = 1_000
"""Lines remembered."""


class TypedLines:
    """What the reader types, remembered in a file that only they may read."""

    def __init__(self, file: Path) -> None:
        """The file need not be there, nor need it be writable: `failure` then tells why nothing is kept."""
        self._file, self.failure = file, ""
        self._edits = sys.stdin.isatty() and sys.stdout.isatty()
        if self._edits:
            self._set_up()

    def next(self, prompt: str) -> str:
        """A line without what surrounds it; empty at the end of input."""
        if not self._edits:  # standard output then carries the answers alone
            typer.echo(prompt, nl=False, err=True)
            return sys.stdin.readline().strip()
        try:
            line = input(prompt).strip()
        except EOFError:
            typer.echo()
            return ""
        except UnicodeDecodeError:  # half a character was typed
            return self.next(prompt)
        if line:
            self._keep([line])
        return line

    def _set_up(self) -> None:
        try:
            import readline
        except ImportError:  # Windows, and Pythons built without it: lines are typed, not edited
            return
        readline.set_completer_delims("")
        readline.set_completer(_completed)
        readline.parse_and_bind("tab: complete")
        readline.clear_history()
        try:
            lines = self._file.read_text(encoding="utf-8", errors="replace").splitlines() if self._file.exists() else []
        except OSError as error:
            self.failure = str(error.strerror)
            return
        for line in lines[-MOST:]:
            readline.add_history(line)
        self._keep([] if len(lines) <= 2 * MOST else lines[-MOST:], anew=len(lines) > 2 * MOST)

    def _keep(self, lines: list[str], *, anew: bool = False) -> None:
        if self.failure:
            return
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if anew else os.O_APPEND)
        try:
            with open(os.open(self._file, flags, 0o600), "a", encoding="utf-8", errors="replace") as out:  # noqa: PTH123
                out.writelines(f"{line}\n" for line in lines)
        except OSError as error:
            self.failure = str(error.strerror)


def _completed(begun: str, state: int) -> str | None:
    """The commands that begin with what was typed."""
    names = [f"/{name}" for c in COMMANDS for name in (c.name, c.arabic) if begun and f"/{name}".startswith(begun)]
    return names[state] if state < len(names) else None
