"""The commands of a conversation: /sources, /open 2, /save FILE, …; each in either language."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import typer

from assistant.cli.ask import draw, tell
from assistant.cli.screen.lines import Line, wrapped
from assistant.cli.talk.article import show_article
from assistant.cli.talk.saving import save
from assistant.cli.talk.session import Session
from assistant.cli.talk.texts import COMMANDS, HELP_COLUMN, help_lines, named, told
from assistant.cli.terminal import shown, source_lines
from index.errors import InputError
from index.text.arabic import fold, is_arabic
from index.text.dates import day_of

QUIT = "quit"
_OFF = ("off", "الكل", "-")


def obey(session: Session, line: str) -> bool:
    """Do what a line that begins with / asks; False where it ends the conversation. Raises IsnadError."""
    word, _, rest = line.removeprefix("/").partition(" ")
    command = named(word)
    arabic = session.arabic if word.isascii() else is_arabic(word)
    if command is None:
        names = " ".join(f"\u2068/{c.arabic}\u2069" if arabic else f"/{c.name}" for c in COMMANDS)
        tell(told("unknown", arabic=arabic, name=shown(f"/{word}"), names=names), session.screen)
    elif command.name == QUIT:
        return False
    else:
        _DOING[command.name](session, shown(rest.strip()), arabic)
    return True


def _sources(session: Session, _: str, arabic: bool) -> None:
    if not session.answers:
        tell(told("nothing_yet", arabic=arabic), session.screen)
    elif lines := source_lines(session.answers[-1], session.screen.width, columns=session.screen.sets_columns):
        draw(lines[1:], session.screen)
    else:
        tell(told("no_sources", arabic=arabic), session.screen)


def _open(session: Session, number: str, arabic: bool) -> None:
    last = session.answers[-1] if session.answers else None
    there = {str(c.n): c for c in (last.citations or last.nearest if last else ())}
    number = fold(number).strip("[]") or (next(iter(there)) if len(there) == 1 else "")
    if last is None or not there:
        tell(told("no_sources" if last else "nothing_yet", arabic=arabic), session.screen)
    elif number not in there:
        numbers = "، ".join(there) if arabic else ", ".join(there)
        tell(told("which", arabic=arabic, numbers=numbers, first=next(iter(there))), session.screen)
    else:
        show_article(there[number], session.screen)


def _save(session: Session, name: str, arabic: bool) -> None:
    if not name or not session.answers:
        tell(told("save_where" if session.answers else "nothing_yet", arabic=arabic), session.screen)
        return
    try:
        save(session.answers, Path(name).expanduser())
        tell(told("saved", arabic=arabic, file=name), session.screen)
    except FileExistsError:
        tell(told("exists", arabic=arabic, file=name), session.screen)
    except (OSError, ValueError, RuntimeError) as error:  # of a name with a NUL, of ~nobody
        tell(told("unwritable", arabic=arabic, file=name, why=getattr(error, "strerror", error)), session.screen)


def _llm(session: Session, name: str, arabic: bool) -> None:
    if name:
        session.change(name)
    tell(told("answers", arabic=arabic, name=shown(session.assistant.answerer)), session.screen)


def _source(session: Session, name: str, arabic: bool) -> None:
    names = ("، " if arabic else ", ").join(map(shown, session.library.sources()))
    if not name:
        tell(told("sources_are", arabic=arabic, names=names), session.screen)
        return
    if name not in _OFF:
        try:
            session.library.check_source(name)
        except InputError:
            tell(told("no_such_source", arabic=arabic, name=name, names=names), session.screen)
            return
    session.filters = replace(session.filters, source=None if name in _OFF else name)
    _filters(session, arabic)


def _since(session: Session, written: str, arabic: bool) -> None:
    _bound(session, "since", written, arabic)


def _until(session: Session, written: str, arabic: bool) -> None:
    _bound(session, "until", written, arabic)


def _bound(session: Session, which: str, written: str, arabic: bool) -> None:
    day = day_of(written)
    if written and written not in _OFF and day is None:
        tell(told("no_date", arabic=arabic, written=written), session.screen)
        return
    asked = replace(session.filters, **{which: day}) if written else session.filters
    if asked.since and asked.until and asked.since > asked.until:
        tell(told("order", arabic=arabic, since=asked.since, until=asked.until), session.screen)
        return
    session.filters = asked
    _filters(session, arabic)


def _filters(session: Session, arabic: bool) -> None:
    f = session.filters
    every, first, latest = (told(name, arabic=arabic) for name in ("all", "first", "latest"))
    known = {"source": shown(f.source or every), "since": f.since or first, "until": f.until or latest}
    tell(told("filters", arabic=arabic, **known), session.screen)


def _help(session: Session, _: str, arabic: bool) -> None:
    both = not session.answers
    for language in (True, False) if both else (arabic,):
        beside = session.screen.beside()
        indent = "    " if language else " " * (HELP_COLUMN + 3)
        lines = [piece for text in help_lines(arabic=language) for piece in wrapped(text, beside.width, indent)]
        typer.echo(beside.drawn([Line(line, "text", language) for line in lines]), nl=False, err=True, color=True)


_DOING: dict[str, Callable[[Session, str, bool], None]] = {
    "sources": _sources,
    "open": _open,
    "save": _save,
    "llm": _llm,
    "source": _source,
    "since": _since,
    "until": _until,
    "help": _help,
}
