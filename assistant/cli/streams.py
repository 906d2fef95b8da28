"""The standard streams, whatever the system takes them for: UTF-8, and without anything that a terminal would obey."""

import io
import logging
import os
import re
import sys
import traceback
from types import TracebackType

import typer

from index.text.lookalikes import steadied

_OBEYED = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What JSON leaves as it is, and `steadied` takes out: controls beyond ASCII, those that turn a line."""


def prepare_streams() -> None:
    """Let the streams be UTF-8 where the system has them otherwise, and calm what others than the commands write.

    A Windows code page or PYTHONIOENCODING knows no Arabic; a character that no encoding knows becomes a question mark.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # None in a program without a console; others are a test's own
            stream.reconfigure(encoding="utf-8", errors="replace")
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(_Calm())
    sys.excepthook = _show


def as_typed(argument: str) -> str:
    """An argument, whose bytes are UTF-8 also where Python was told that arguments are ASCII."""
    if sys.getfilesystemencoding().lower() in ("utf-8", "utf8") or sys.platform == "win32":
        return argument
    return os.fsencode(argument).decode(errors="replace")


def tell(line: str) -> None:
    """A line of the result on standard output, with nothing in it that a terminal would obey."""
    typer.echo(steadied(line))


def calm_json(line: str) -> str:
    """The same JSON, with what a terminal would obey written as an escape."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


class _Calm(logging.Formatter):
    """Log lines quote what failed, and that may be an article's or a model's words."""

    def format(self, record: logging.LogRecord) -> str:
        return steadied(super().format(record))


def _show(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    sys.stderr.write(steadied("".join(traceback.format_exception(kind, error, where))))
