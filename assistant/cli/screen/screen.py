"""An output and what it shows: columns, colours, the order of Arabic."""

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TextIO

import typer
from rich.cells import cell_len

from assistant.cli.screen.bidi import Order, arranged, order_of
from assistant.cli.screen.lines import Kind, Line

WIDEST = 96
"""Columns; longer lines are hard to follow back in either direction."""
_MARKER = re.compile(r"\[\d{1,3}\]")  # in these kinds of lines no other brackets hold a number: terminal.py sees to it
_MARKED: tuple[Kind, ...] = ("text", "source")
_STYLES: dict[Kind, str] = {"heading": "1", "source": "1", "aside": "2", "marked": "30;43"}
_MARKER_STYLE = "36"
# SCP of ECMA-48, as VTE and mintty have it: the paragraphs that follow run from the right, or as they did before.
FROM_RIGHT, AS_BEFORE = "\x1b[2 k", "\x1b[0 k"


@dataclass(frozen=True, slots=True)
class Screen:
    """An output. One that is no terminal has neither colours nor turned lines, unless that was asked for."""

    terminal: bool = False
    width: int = WIDEST
    """Columns that a line may fill."""
    colours: bool = False
    order: Order = "logical"
    bidi: str = "auto"
    """What was asked for: `on` turns lines whatever the output is, `off` none, `auto` where a terminal needs it."""

    @classmethod
    def of(cls, out: TextIO, bidi: str = "auto", environment: Mapping[str, str] = os.environ) -> "Screen":
        """The screen behind an output."""
        terminal, known = out.isatty(), order_of(environment)
        columns = shutil.get_terminal_size((WIDEST, 24)).columns if terminal else WIDEST
        order: Order = known if terminal and bidi == "auto" else "logical"
        if bidi == "on":
            order = "words" if known == "words" else "visual"
        return cls(terminal, min(columns, WIDEST), _coloured(terminal, environment), order, bidi)

    def beside(self) -> "Screen":
        """That of standard error."""
        return Screen.of(sys.stderr, self.bidi)

    @property
    def sets_columns(self) -> bool:
        """Whether the columns of an Arabic table stand below each other here."""
        return self.terminal and self.order != "logical"

    def drawn(self, lines: Iterable[Line]) -> str:
        """The lines, each with its end, as text for the output."""
        text, from_right = "", False
        for line in [*lines, None]:  # a direction is told where a line begins: elsewhere it would be that of the next
            rtl = line is not None and line.rtl
            if self.order == "paragraphs" and rtl != from_right:
                text += FROM_RIGHT if rtl else AS_BEFORE
            from_right = rtl
            text += "" if line is None else f"{self._line(line)}\n"
        return text

    @contextmanager
    def directed(self, text: str) -> Iterator[None]:
        """While a program of its own writes such text: paragraphs run as the text does."""
        turned = self.order == "paragraphs" and Line(text).rtl
        typer.echo(FROM_RIGHT if turned else "", nl=False, color=True)
        try:
            yield
        finally:
            typer.echo(AS_BEFORE if turned else "", nl=False, color=True)

    def plain(self, text: str) -> str:
        """A short text of ours in its order, where no line is filled."""
        return arranged(text, self.order, rtl=Line(text).rtl)

    def for_pager(self) -> "Screen":
        """The same for a program that draws the lines and obeys colours alone."""
        return replace(self, order="logical") if self.order == "paragraphs" else self

    def _line(self, line: Line) -> str:
        """A line that we turn is set at the right edge: the terminal would begin it at the left."""
        if not line.strip():
            return ""
        text = arranged(line, self.order, rtl=line.rtl)
        ours = self.order in ("words", "visual") and line.rtl
        return (" " * (self.width - cell_len(text)) if ours else "") + self._painted(text, line.kind)

    def _painted(self, text: str, kind: Kind) -> str:
        if not self.colours:
            return text
        style = _STYLES.get(kind)
        if kind in _MARKED:
            back = f"\x1b[0m\x1b[{style}m" if style else "\x1b[0m"
            text = _MARKER.sub(lambda marker: f"\x1b[{_MARKER_STYLE}m{marker[0]}{back}", text)
        inner = text.strip(" ")
        return text.replace(inner, f"\x1b[{style}m{inner}\x1b[0m", 1) if style else text


def _coloured(terminal: bool, environment: Mapping[str, str]) -> bool:
    """As no-color.org and bixense.com/clicolors have it."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    return terminal and environment.get("CLICOLOR", "1") != "0" and environment.get("TERM") != "dumb"
