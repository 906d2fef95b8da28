"""What the commands share: options, and the way they speak beside their result."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from index.building import Spread

Store = Annotated[
    Path | None,
    typer.Option("--store", metavar="DIR", help="The library's folder (else ISNAD_STORE, else your data folder)."),
]
Llm = Annotated[
    str | None,
    typer.Option(
        "--llm",
        metavar="NAME",
        help="extractive (the default), openai/<model> (see isnad llm), hf/<id or path>.",
    ),
]
Bidi = Annotated[
    Literal["auto", "on", "off"] | None,
    typer.Option(
        "--bidi", help="Set Arabic in order for a terminal that cannot: auto (the default; only where one is known)."
    ),
]

Ray = Annotated[
    str | None,
    typer.Option(
        "--ray",
        metavar="[HOST:PORT]",
        help="Read and embed on the workers of the Ray there, else of one that runs here meanwhile (isnad[ray]).",
    ),
]


class IndexCommand(TyperCommand):
    """`isnad index`, whose --ray may stand without a value: only what looks like an address is taken for one."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments as Typer takes them: --ray=ADDRESS, and `--ray=` where there is none."""
        end = args.index("--") if "--" in args else len(args)
        if "--ray" in args[:end]:
            from index.intake.on_ray import ADDRESS

            at = args.index("--ray")
            address = [a for a in args[at + 1 : min(at + 2, end)] if ADDRESS.fullmatch(a)]
            args = [*args[:at], f"--ray={''.join(address)}", *args[at + 1 + len(address) :]]
        return super().parse_args(ctx, args)


@contextmanager
def spread_over(address: str | None, embedding: str) -> Iterator["Spread"]:
    """Who reads for `isnad index`: Ray's workers, or this process without --ray."""
    from index.building import here
    from index.embedding import load_encoder
    from index.intake.on_ray import ADDRESS, ray_workers

    if address is None:
        yield here
        return
    if address and not ADDRESS.fullmatch(address):
        raise typer.BadParameter(f"{address!r} is no address of a Ray, such as 10.0.0.5:6379", param_hint="--ray")
    with ray_workers(address, load_encoder, embedding) as workers:
        yield workers


def notice(line: str) -> None:
    """A line on standard error."""
    from assistant.cli.terminal import shown

    typer.echo(shown(line), err=True)  # it may hold a file's name, and a name may hold anything


def answered_by(llm: str, url: str) -> str:
    """What answers, in words, and where questions go."""
    from urllib.parse import urlsplit

    from index.addresses import is_loopback, without_password

    if llm == "extractive":
        return "quoted from the articles, without an LLM"
    if llm.startswith("hf/"):
        return f"{llm}, in this process"
    try:
        host, at = urlsplit(url).hostname or "", without_password(url)
    except ValueError:
        return f"{llm} at {url!r}, which is no address"
    return f"{llm} at {at} ({'this machine' if is_loopback(host) else f'questions and passages are sent to {host}'})"


def field_names(mapped: list[str]) -> dict[str, str]:
    """The names that --map gives to fields; wrong usage where one is no FIELD=NAME."""
    from index.formats.details import FIELDS

    names = {}
    for pair in mapped:
        field, _, name = pair.partition("=")
        if field not in FIELDS or not name:
            raise typer.BadParameter(f"{pair!r} is no FIELD=NAME with FIELD of {', '.join(FIELDS)}", param_hint="--map")
        names[field] = name
    return names
