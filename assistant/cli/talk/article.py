"""An article opened at a quote: its lines, the quote's marked, in a pager where there is one."""

import os
import shlex
import shutil
import subprocess
import sys

from assistant.cli.ask import draw
from assistant.cli.screen.lines import Line, wrapped
from assistant.cli.screen.screen import Screen
from assistant.cli.terminal import BLANK, shown
from assistant.types import Citation

BAR = "┃ "
"""Stands before each line of the quote, so that it is seen without colours too."""


def article_view(citation: Citation, width: int) -> tuple[list[Line], int]:
    """The whole article, the quote on lines of its own; and the number of the quote's first line, from 0."""
    article, (start, end) = citation.article, (citation.start, citation.end)
    about = " — ".join(shown(part) for part in (article.source, article.published, article.url) if part)
    lines = wrapped(shown(article.title), width, kind="heading") if article.title else []
    lines += wrapped(about, width, kind="aside") if about else []
    lines += [BLANK, *_paragraphs(article.text[:start], width)]
    at = len(lines)
    quote = wrapped(shown(article.text[start:end].strip()), width, BAR, BAR, "marked")
    return [*lines, *quote, *_paragraphs(article.text[end:], width)], at


def _paragraphs(text: str, width: int) -> list[Line]:
    lines: list[Line] = []
    for paragraph in text.strip().splitlines():
        lines += wrapped(shown(paragraph.strip()), width, kind="quote") if paragraph.strip() else [BLANK]
    return lines


def show_article(citation: Citation, screen: Screen) -> None:
    """Print the article, or hand it to the pager of the terminal at the quote."""
    lines, at = article_view(citation, screen.width)
    pager = _pager() if screen.terminal and sys.stdin.isatty() else []
    if not pager:
        draw(lines, screen)
        return
    if pager[0].endswith("less"):
        pager.append(f"+{max(1, at - 2)}")  # with what stands above it
    text = screen.for_pager().drawn(lines)
    settings = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ, "LESSSECURE": "1"}
    with screen.directed(lines[at]):
        subprocess.run(pager, input=text.encode(), env=settings, check=False)


def _pager() -> list[str]:
    """The command of $PAGER, else less; empty where there is none, or it would show nothing otherwise than we."""
    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:  # a quotation mark without the other
        command = []
    if not command or command[0] == "cat" or os.environ.get("TERM") == "dumb" or not shutil.which(command[0]):
        return []
    return command
