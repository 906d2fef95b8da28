"""Which of the LLMs on this machine to use: one by its name, or the one that suits its memory and writes Arabic.

That Gemma 3 leads the small models in Arabic, Aya and Command R7B Arabic after it, is the finding of arXiv:2606.21460
(twelve models, 240 items); sizes are those of ollama.com/library/gemma3. None of it was measured by this project.
"""

import os
import re
from collections.abc import Sequence

from assistant.cli.terminal import shown
from assistant.generation import servers as llm_servers
from assistant.generation.servers import Model, Server
from assistant.types import Answer
from index.addresses import without_password
from index.errors import ModelError

GB = 10**9
SHARE = 0.6
"""Of the memory that a model's file may take: what it computes with, and other programs, need the rest."""
BYTES_A_PARAMETER = 0.7
"""Of a model cut to four bits, with what is left uncut, where no size is told (12.2 billion: 8.1 GB)."""
LEAST_BILLIONS = 3.0
"""Smaller models of these families are made for English, or lose the thread of an Arabic sentence."""
ARABIC = re.compile(
    r"gemma-?[34]|qwen-?[23]|(?<![a-z])aya(?![a-z])|command-?(?:r|a)(?![a-z])|c4ai|allam|fanar|jais|silma|falcon.?(?:h1|arabic)",
    re.IGNORECASE,
)
"""Families made with Arabic among their languages."""
LADDER = (("gemma3:27b", 27.4, 17.0), ("gemma3:12b", 12.2, 8.1), ("gemma3:4b", 4.3, 3.3))
"""What to fetch, the largest first: billions of parameters, and GB of its file, as Ollama's library names them."""


def memory() -> int | None:
    """Bytes of memory that this machine has; None where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None


def recommended(servers: Sequence[Server], room: int | None) -> tuple[Server, Model] | None:
    """Of the models that run here, chat and fit `room` bytes of memory the best for Arabic; None where there is none.

    Families that know Arabic go before others, then the number of parameters counts.
    """
    fit = [(server, model) for server in servers for model in server.models if _fits(model, room)]
    known = [(s, m) for s, m in fit if ARABIC.search(m.name) and (m.billions or LEAST_BILLIONS) >= LEAST_BILLIONS]
    return max(known or fit, key=lambda found: found[1].billions or 0.0, default=None)


def worth_fetching(room: int | None, than: Model | None = None) -> str | None:
    """The model of the ladder for so much memory; None where it has no more parameters `than` the one that is there."""
    fit = [rung for rung in LADDER if room is not None and rung[2] * GB <= SHARE * room]
    name, billions, _ = (fit or LADDER[-1:])[0]
    return name if than is None or (than.billions is not None and than.billions < billions) else None


def named(name: str, servers: Sequence[Server]) -> tuple[Server, Model]:
    """The model of that name. Raises ModelError that tells which there are."""
    for server in servers:
        for model in server.models:
            if name in (model.name, model.name.removesuffix(":latest")):
                if not model.chats:
                    raise ModelError(f"{name} of {server.kind} does not chat: use another; `isnad llm` lists them.")
                return server, model
    there = ", ".join(model.name for server in servers for model in server.models if model.chats)
    if not there:
        raise ModelError(nothing_found(servers, memory()))
    raise ModelError(f"No model called {name!r} on this machine. There are: {there}.")


def nothing_found(servers: Sequence[Server], room: int | None) -> str:
    """One line: that no model chats here, where was looked, and how to get one."""
    fetch = worth_fetching(room)
    get = f"`ollama pull {fetch}`, then `isnad llm use {fetch}`"
    if servers:
        where = f"{servers[0].kind} answers at {without_password(servers[0].url)}"
        return f"{where}, but has no model that chats and fits this machine. Fetch one: {get}."
    looked = ", ".join(f"{kind} ({port})" for kind, port in llm_servers.USUAL)
    return f"No LLM answers on this machine; looked for {looked}. Install Ollama (ollama.com), {get}."


def server_lines(servers: Sequence[Server], room: int | None) -> list[str]:
    """Each server with its models, then which of them is recommended and what to do next."""
    best = recommended(servers, room)
    lines = []
    for server in servers:
        lines += ["", f"{server.kind} at {without_password(server.url)}", *(_line(m, room) for m in server.models)]
    if best is None:
        return lines
    name, of = best[1].name, f" and {room / GB:.0f} GB of memory" if room else ""
    lines += ["", f"Recommended for Arabic{of}: {shown(name)}"]
    lines += [f"  isnad llm try {shown(name)}    one question over five briefs"]
    lines += [f"  isnad llm use {shown(name)}    from now on"]
    if larger := worth_fetching(room, best[1]):
        lines.append(f"  ollama pull {larger}    a larger one that this machine has the memory for")
    return lines


def figures_line(answer: Answer, name: str, seconds: float) -> str:
    """What an answer took, and what is left of it."""
    tokens = f"{answer.tokens.prompt:,} tokens read, {answer.tokens.completion:,} written" if answer.tokens else ""
    kept = f"{len(answer.sentences)} sentence(s) shown with {len(answer.citations)} quote(s), {answer.dropped} dropped"
    return ", ".join(filter(None, (f"{name}: {seconds:.1f} s", tokens, kept)))


def _line(model: Model, room: int | None) -> str:
    size = f"{model.size / GB:.1f} GB" if model.size else ""
    why = "" if model.chats else "does not chat"
    why = why or (f"runs at {model.elsewhere}, not here" if model.elsewhere else "")
    why = why or ("" if _fits(model, room) else "too large for this machine's memory")
    return f"  {shown(model.name):32} {size:>8}  {shown(why)}".rstrip()


def _fits(model: Model, room: int | None) -> bool:
    if not model.chats or model.elsewhere:
        return False
    size = model.size or (model.billions or 0.0) * GB * BYTES_A_PARAMETER
    return model.loaded or room is None or size <= SHARE * room
