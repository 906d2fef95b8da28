"""The command line: parses, calls, prints. Standard output carries only the result."""

import os
import sys
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from assistant.cli.backup_commands import backup, restore
from assistant.cli.eval_commands import eval_app
from assistant.cli.llm_commands import Name, Url, ask_once, llm_app
from assistant.cli.options import Bidi, IndexCommand, Llm, Ray, Store, answered_by, notice
from assistant.cli.streams import as_typed, prepare_streams
from assistant.cli.web_commands import chat, mcp, serve
from index.errors import IsnadError
from index.text.lookalikes import steadied

app = typer.Typer(
    name="isnad",
    help="Answers questions about Arabic news and cites the exact words that prove every sentence.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
articles_app = typer.Typer(help="What is in the library.", no_args_is_help=True)
app.add_typer(articles_app, name="articles")
app.add_typer(llm_app, name="llm")
app.add_typer(eval_app, name="eval")

AsJson = Annotated[bool, typer.Option("--json", help="One line of JSON.")]


INTERRUPTED = 130
"""What Typer makes of Ctrl-C."""


def main() -> None:
    """Run the command line; an expected failure is one line on standard error and exit status 1."""
    prepare_streams()
    try:
        status = app(standalone_mode=False)
        if status == INTERRUPTED:
            raise KeyboardInterrupt
        raise SystemExit(status)
    except TyperException as error:
        if hasattr(error, "show"):  # wrong usage shows the usage with the error, which may repeat a file's name
            error.message = steadied(error.message)
            error.show()
        else:
            notice(str(error))
        raise SystemExit(error.exit_code) from error
    except (typer.Abort, KeyboardInterrupt):
        _fail("Interrupted. What was written is kept; run the same command to go on.")
    except BrokenPipeError:  # the reader of the pipe has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (IsnadError, OSError) as error:
        _fail(str(error))


def _fail(line: str) -> None:
    notice(f"isnad: {line}")
    raise SystemExit(1)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"isnad {version('isnad')}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


@app.command(cls=IndexCommand)
def index(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH…",
            help="Files or folders: text, Markdown, JSON, JSONL, CSV, TSV, HTML, PDF, DOCX, EPUB, RSS, Atom, a zip of "
            "them; https://… fetches one page or feed; - is standard input.",
        ),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="FIELD=NAME", help="Your name for text, title, source, url, author, published or id."
        ),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the indexes anew; embeds again where the encoder changed.")
    ] = False,
    ray: Ray = None,
    store: Store = None,
) -> None:
    """Read, chunk, embed and index articles; only what changed is done again."""
    from assistant.app import build_encoder
    from assistant.cli.options import field_names, spread_over
    from assistant.settings import read_settings
    from index.addresses import is_address
    from index.building import index_paths
    from index.progress import index_progress

    if not paths and not rebuild:
        raise typer.BadParameter("name at least one file or folder, or give --rebuild", param_hint="PATH")
    names, settings = field_names(mapped or []), read_settings(store=store)
    roots = [path if is_address(path) else Path(path) for path in paths or []]
    with spread_over(ray, settings.embedding) as spread, index_progress() as progress:
        report = index_paths(
            settings.folder,
            roots,
            build_encoder(settings),
            again=rebuild,
            names=names,
            private=settings.fetch_private,
            chroma=settings.chroma,
            spread=spread,
            progress=progress,
        )
    for line in report.lines():
        notice(line)
    typer.echo(report.summary())
    if report.failed:
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question; without one, a conversation.")] = None,
    as_json: AsJson = False,
    explain: Annotated[bool, typer.Option("--explain", help="Also what each stage saw, and why.")] = False,
    llm: Llm = None,
    since: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Only articles from this day on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Only articles up to this day.")] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Only articles of this source.")] = None,
    batch: Annotated[Path | None, typer.Option(metavar="FILE", help='JSONL rows of {"id", "question"}.')] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where --batch writes; standard output if absent.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, max=64, help="Questions of --batch answered at a time.")] = None,
    conversation: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Go on from the questions in FILE (JSONL), and keep this one.")
    ] = None,
    bidi: Bidi = None,
    store: Store = None,
) -> None:
    """Ask a question; every sentence of the answer cites the words that prove it."""
    from assistant.app import open_assistant
    from assistant.cli.ask import make_filters, read_piped, tell_how
    from assistant.cli.batch import answer_batch, read_rows
    from assistant.cli.conversation import converse, last_turn
    from assistant.cli.explanation_lines import print_explained
    from assistant.cli.screen.screen import Screen
    from assistant.cli.talk.history import FILE
    from assistant.cli.talk.session import Session
    from assistant.settings import read_settings
    from index.text.arabic import is_arabic

    if batch is None and (out is not None or jobs is not None):
        raise typer.BadParameter("goes with --batch only", param_hint="--out" if out is not None else "--jobs")
    if batch is not None and question is not None:
        raise typer.BadParameter("ask one question or a --batch, not both", param_hint="--batch")
    if batch is not None and explain:
        raise typer.BadParameter("explains one question, not a --batch", param_hint="--explain")
    if conversation is not None and (batch is not None or explain):
        raise typer.BadParameter("goes with neither --batch nor --explain", param_hint="--conversation")
    filters = make_filters(since, until, source)
    before = last_turn(conversation) if conversation else None
    settings = read_settings(store=store, llm=llm, bidi=bidi)
    rows = None if batch is None else read_rows(batch, out)
    if question is not None:
        question = as_typed(question)
    elif rows is None and not sys.stdin.isatty():
        question = read_piped()
    with ExitStack() as held:

        @cache
        def opened(llm: str) -> Any:
            return held.enter_context(open_assistant(settings=settings.with_options(llm=llm), notice=notice))

        assistant, screen = opened(settings.llm), Screen.of(sys.stdout, settings.bidi)
        if rows is not None:
            answer_batch(assistant, rows, filters, out, jobs or 1)
            return
        explained = print_explained if explain else None
        session = Session(opened, settings.llm, screen, filters, as_json, explained, conversation, before)
        if question is not None:
            session.ask(question)
        else:
            notice(f"Answers: {answered_by(settings.llm, settings.llm_url)}.")
        tell_how(assistant, screen, arabic=is_arabic(question or ""))
        if question is None:
            converse(session, settings.folder / FILE)


app.command()(chat)
app.command()(serve)
app.command()(mcp)


@llm_app.command("try")
def try_llm(name: Name = None, url: Url = None) -> None:
    """Ask an LLM one question over the briefs that ship with isnad; your library is not touched."""
    from assistant.app import build_encoder, open_assistant

    ask_once(name, url, build_encoder, open_assistant)


@articles_app.command("list")
def list_articles(as_json: AsJson = False, store: Store = None) -> None:
    """One line an article."""
    from assistant.cli.terminal import article_lines

    with closing(_library(store)) as library:
        articles = library.articles()
        for line in map(_article_json, articles) if as_json else article_lines(articles):
            typer.echo(line)


@articles_app.command("show")
def show_articles(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Article ids, as `list` shows them.")],
    as_json: AsJson = False,
    original: Annotated[bool, typer.Option("--original", help="The text as it came, before it was read.")] = False,
    store: Store = None,
) -> None:
    """The text of articles as it is quoted; the address of each on standard error."""
    from index.errors import LibraryError

    with closing(_library(store)) as library:
        for id_ in ids:
            article = library.article(id_)
            if article is None:
                raise LibraryError(f"No article {id_} in the library. `isnad articles list` shows the ids.")
            if original and (came := library.originals.of(id_)) is not None:
                article = replace(article, text=came)
            if article.url and not as_json:
                notice(article.url)  # beside the text, whose characters a citation counts
            text = steadied(article.text) if sys.stdout.isatty() else article.text
            typer.echo(_article_json(article) if as_json else text)


@articles_app.command("remove")
def remove_article(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Article ids, as `list` shows them.")],
    store: Store = None,
) -> None:
    """Take articles out of the library; their files stay."""
    from assistant.settings import read_settings
    from index.building import remove_articles

    settings = read_settings(store=store)
    typer.echo(f"articles: {remove_articles(settings.folder, ids, settings.chroma)} removed")


app.command()(backup)
app.command()(restore)


@app.command()
def doctor(store: Store = None) -> None:
    """Check the library and tell what would touch the network."""
    from assistant.app import build_encoder
    from assistant.cli.terminal import shown
    from assistant.health import examine
    from assistant.settings import read_settings

    sound = True
    for finding in examine(read_settings(store=store), build_encoder):
        typer.echo(f"{'ok  ' if finding.ok else 'FAIL'}  {shown(finding.text)}")
        sound = sound and finding.ok
    if not sound:
        raise typer.Exit(1)


def _library(store: Path | None) -> Any:
    from assistant.settings import read_settings
    from index.storage.library import Library

    return Library.open(read_settings(store=store).folder)


def _article_json(article: Any) -> str:
    from assistant.cli.terminal import json_line

    return json_line(article.to_dict())
