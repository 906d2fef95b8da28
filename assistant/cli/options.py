"""What the commands share: options, and the way they speak beside their result."""

from pathlib import Path
from typing import Annotated, Literal

import typer

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
