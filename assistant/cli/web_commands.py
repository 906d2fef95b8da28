"""`isnad chat`, `isnad serve` and `isnad mcp`: the library for readers in a browser, for programs and for models."""

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import Llm, Store, answered_by, notice

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from assistant.settings import Settings
    from assistant.web.rules import Rules

_MEASURE = "import os; getattr(os, 'nice', int)(10); from assistant.cli.commands import main; main()"
MEASURE = (sys.executable, "-c", _MEASURE, "eval")
"""`isnad eval` of this installation, in a process that lets those go first that answer readers."""
Host = Annotated[str, typer.Option(help="Address to listen on; the default is this machine alone.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]
Auth = Annotated[
    str | None,
    typer.Option(
        metavar="USER:FILE", help="Ask for this user and the password in FILE (its first line). Do where others reach."
    ),
]
AllowHost = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="A name under which a reverse proxy passes requests on; may be repeated."),
]
RootPath = Annotated[
    str, typer.Option(metavar="PATH", help="Below which a reverse proxy shows this server, such as /isnad.")
]
Rate = Annotated[
    int, typer.Option(min=1, metavar="N", help="Questions a minute from one address; this machine has no limit.")
]


def chat(
    host: Host = "127.0.0.1",
    port: Port = 7860,
    auth: Auth = None,
    allow_host: AllowHost = None,
    root_path: RootPath = "",
    rate: Rate = 60,
    llm: Llm = None,
    store: Store = None,
) -> None:
    """Ask in a web page on this machine."""
    from assistant.app import build_encoder, open_assistant
    from assistant.settings import read_settings

    rules, settings = _rules(host, auth, allow_host, root_path, rate), read_settings(store=store, llm=llm)
    notice(f"Answers: {answered_by(settings.llm, settings.llm_url)}.")
    with (
        open_assistant(settings=settings, notice=notice) as assistant,
        ThreadPoolExecutor(1) as background,
        ExitStack() as held,
    ):
        from assistant.suggestions import further, suggested

        examples = background.submit(suggested, assistant)  # while Gradio is imported
        from assistant.chat.evaluation.runs import Evaluations
        from assistant.chat.library.collection import Collection
        from assistant.chat.page import Extras
        from assistant.chat.page import serve as serve_page
        from assistant.cli.llm_switch import switch_of
        from assistant.health import findings
        from eval.facts.load import PROJECT_FACTS
        from index.addresses import is_loopback

        encoder, private = partial(build_encoder, settings), settings.fetch_private
        command, folder = [*MEASURE, "--llm", settings.llm, "--out"], settings.folder / "evaluations"
        runs = Evaluations(folder, command, PROJECT_FACTS.read_bytes().count(b"\n"))
        library = Collection(settings.folder, encoder, settings.chroma, private=private)
        held.enter_context(closing(runs))
        held.enter_context(closing(library))
        here = is_loopback(host) and not rules.names
        alone = here and rules.password is None and not rules.root_path  # for others it would change too
        switch = switch_of(assistant, settings, open_assistant, held) if alone else None
        look, more = partial(findings, settings, build_encoder), partial(further, assistant)
        extras = Extras(examples.result(), more, library, here or rules.password is not None, look, switch, runs)
        serve_page(switch or assistant, host, port, extras, lambda url: notice(f"Open {url} — Ctrl-C ends."), rules)


def serve(
    host: Host = "127.0.0.1",
    port: Port = 7861,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer, all on this port.")] = 1,
    auth: Auth = None,
    allow_host: AllowHost = None,
    root_path: RootPath = "",
    rate: Rate = 60,
    llm: Llm = None,
    store: Store = None,
) -> None:
    """Answer other programs: an API in the shapes of OpenAI's."""
    from assistant.app import open_assistant
    from assistant.serve.api import build_api
    from assistant.settings import read_settings
    from assistant.web.serving import address, listen, run, run_several

    settings, rules = read_settings(store=store, llm=llm), _rules(host, auth, allow_host, root_path, rate)
    with listen(host, port) as listener:
        with open_assistant(settings=settings, notice=notice) as assistant:  # what is wrong with it is told here, once
            url = address(host, listener)
            notice(f"Serving {url}v1, described at {url}docs — Ctrl-C ends.")
            if workers == 1:
                run(build_api(assistant, rules), listener)
                return
        each = replace(rules, a_minute=max(1, rules.a_minute // workers))  # each counts for itself
        run_several(partial(_api, settings, each), listener, workers)


def mcp(llm: Llm = None, store: Store = None) -> None:
    """Lend the library to a model as tools (MCP), over standard input and output."""
    from assistant.app import open_assistant
    from assistant.serve.tools import serve_tools

    with open_assistant(store, llm=llm, notice=notice) as assistant:
        serve_tools(assistant)


def _api(settings: "Settings", rules: "Rules") -> "ASGIApp":
    """What one of several processes serves."""
    from assistant.app import open_assistant
    from assistant.cli.streams import prepare_streams
    from assistant.serve.api import build_api

    prepare_streams()
    assistant = open_assistant(settings=settings, notice=notice)
    return build_api(assistant, rules, close=assistant.close)


def _rules(host: str, auth: str | None, names: list[str] | None, root_path: str, a_minute: int) -> "Rules":
    """Who may ask a server, with a warning where that is anyone. Raises InputError."""
    from assistant.web.rules import exposure, rules_of

    rules = rules_of(auth, names or (), root_path, a_minute)
    if warning := exposure(host, rules):
        notice(warning)
    return rules
