"""The `isnad llm` commands: which LLMs answer on this machine, one tried, one chosen."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import answered_by, notice
from assistant.cli.streams import tell

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.types import Answering
    from index.types import Encoder

llm_app = typer.Typer(
    help="Which LLMs on this machine can compose answers; `try` one, `use` one from now on.",
    invoke_without_command=True,
)

TRIED = "كم عدد الجنود الكوريين الشماليين في روسيا؟"
"""A question that the briefs answer with figures that differ: there is something to compose, and to cite."""
EncoderOf = Callable[["Settings"], "Encoder"]
AssistantOf = Callable[..., AbstractContextManager["Answering"]]
Name = Annotated[str | None, typer.Argument(help="The model; else the one in use, or the recommended one.")]
Url = Annotated[
    str | None,
    typer.Option("--url", metavar="URL", help="Where it answers, if on no usual port of this machine."),
]


@llm_app.callback()
def list_llms(context: typer.Context) -> None:
    """List what answers on the usual ports of this machine, and recommend one for Arabic."""
    if context.invoked_subcommand is not None:
        return
    from assistant.cli.llm_choice import memory, nothing_found, recommended, server_lines
    from assistant.generation.servers import servers_here
    from assistant.settings import read_settings

    settings, room = read_settings(), memory()
    servers = servers_here(settings.llm_url, settings.llm_key)
    tell(f"In use: {answered_by(settings.llm, settings.llm_url)}")
    for line in server_lines(servers, room):
        tell(line)
    if not recommended(servers, room):
        notice(nothing_found(servers, room))
        raise typer.Exit(1)


@llm_app.command("use")
def use_llm(
    name: Annotated[str, typer.Argument(help="A model that `isnad llm` lists; `extractive` quotes again.")],
    url: Url = None,
) -> None:
    """Have answers composed by this LLM from now on: `isnad ask`, the conversation and the chat."""
    from assistant.settings import choose_llm, read_settings

    if name == "extractive":
        choose_llm(name)
        typer.echo("Answers are quoted from the articles again, without an LLM.")
    else:
        llm, at = _chosen(name, url)
        choose_llm(llm, at)
        tell(f"Answers are composed by {answered_by(llm, at)}. `isnad llm use extractive` undoes it.")
    for variable, wins in (("ISNAD_LLM", True), ("ISNAD_LLM_URL", name != "extractive")):
        if wins and os.environ.get(variable):
            notice(f"{variable} in the environment goes before it.")
    read_settings()  # tells at once what of it cannot be used


def ask_once(name: str | None, url: str | None, build_encoder: EncoderOf, open_assistant: AssistantOf) -> None:
    """One question over the briefs, in a library of its own: its answer, then what that took. Raises ModelError."""
    from assistant.cli.ask import print_answer
    from assistant.cli.llm_choice import figures_line
    from assistant.cli.screen.screen import Screen
    from assistant.generation.servers import api_of
    from assistant.settings import read_settings, seeds_folder
    from index.building import index_paths
    from index.types import Filters

    llm, at = _chosen(name, url)
    notice(f"Asking {answered_by(llm, at)}: {TRIED}")
    with tempfile.TemporaryDirectory(prefix="isnad-") as folder:
        own = read_settings()  # a key for one address is not sent to another
        key = own.llm_key if api_of(at) == api_of(own.llm_url) else ""
        settings = own.with_options(store=Path(folder), llm=llm, llm_url=at, llm_key=key)
        index_paths(settings.folder, [seeds_folder()], build_encoder(settings))
        with open_assistant(settings=settings) as assistant:
            started = time.perf_counter()
            answer = print_answer(assistant, TRIED, Filters(), Screen.of(sys.stdout, settings.bidi), as_json=False)
            tell(f"\n{figures_line(answer, llm, time.perf_counter() - started)}")


def _chosen(name: str | None, url: str | None) -> tuple[str, str]:
    """The setting and the address of the LLM that a command names. Raises ModelError where it is not there."""
    from assistant.cli.llm_choice import memory, named, nothing_found, recommended
    from assistant.generation.servers import UNKNOWN, api_of, host_of, servers_at, servers_here
    from assistant.settings import read_settings
    from index.addresses import is_loopback
    from index.errors import ModelError

    if url is not None and not host_of(url):
        raise typer.BadParameter(f"{url!r} is no address like http://127.0.0.1:8080/v1", param_hint="--url")
    settings = read_settings()
    if name is None and url is None and settings.llm != "extractive":
        return settings.llm, settings.llm_url
    if name and name.startswith("hf/"):
        return name, settings.llm_url
    name = name and name.removeprefix("openai/")
    if name and url and not is_loopback(host_of(url)):
        return f"openai/{name}", url  # nothing is sent there before there is a question for it
    own = {api_of(settings.llm_url): settings.llm_key}
    servers = servers_at({api_of(url): UNKNOWN}, own) if url else servers_here(settings.llm_url, settings.llm_key)
    found = named(name, servers) if name else recommended(servers, memory())
    if found is None:
        raise ModelError(nothing_found(servers, memory()))
    server, model = found
    if model.elsewhere:
        notice(f"{model.name} does not run here: {server.kind} sends questions and passages on to {model.elsewhere}.")
    return f"openai/{model.name}", server.url
