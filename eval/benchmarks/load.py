"""`python -m eval.benchmarks.load`: many readers asking at once, over the chat's own API and over `isnad serve`.

Each reader asks one question after another, as fast as the answers come, and every answer is held against the one that
the same question gets alone. The servers are the real commands, each in a process of its own, over a library of the
shipped briefs or the one that is named.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from assistant.settings import seeds_folder

RUN = "import sys; from assistant.cli.commands import main; sys.argv[0] = 'isnad'; main()"
QUESTIONS = (
    "كم عدد الجنود الكوريين الشماليين في روسيا؟",
    "لماذا رفض مجلس الدوما المعاهدة؟",
    "متى صادق مجلس الدوما على المعاهدة؟",
    "من هو مارك روته؟",
    "ما لون علم كوريا الشمالية؟",
)
PATIENCE_S = 600.0
MIB = 2**20
EVERY_S = 1.0
"""Between two looks at the memory."""

Ask = Callable[[httpx.AsyncClient, str, str], Awaitable[str]]
"""(client, reader, question) → the answer as text. Raises where there is none."""


@dataclass
class Figures:
    """What was seen of one server."""

    waits: list[float] = field(default_factory=list)
    """Seconds of each answer."""
    failed: list[str] = field(default_factory=list)
    mixed: int = 0
    """Answers that were another question's, or other than alone."""
    seconds: float = 0.0
    memory: list[int] = field(default_factory=list)
    """Bytes resident, all processes of the server, every second."""

    def row(self, name: str) -> str:
        """A row of the table: shares of the run tell whether memory still grows at its end."""
        waits = sorted(self.waits) or [float("nan")]
        at = (0, len(self.memory) // 2, -1)
        memory = " → ".join(f"{self.memory[i] / MIB:.0f}" for i in at) if self.memory else "—"
        p50, p99 = statistics.median(waits), waits[int(0.99 * (len(waits) - 1))]
        rate = len(self.waits) / self.seconds if self.seconds else 0.0
        return (
            f"| {name} | {len(self.waits)} | {len(self.failed)} | {self.mixed} | {rate:.1f} | {p50:.2f} | {p99:.2f} "
            f"| {memory} |"
        )


HEAD = (
    "| server | answers | errors | mixed | answers/s | p50 s | p99 s | MiB: start → half → end |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
)


async def ask_api(client: httpx.AsyncClient, reader: str, question: str) -> str:
    """Over `/v1/chat/completions`."""
    body = {"model": "isnad", "messages": [{"role": "user", "content": question}]}
    got = await client.post("/v1/chat/completions", json=body)
    got.raise_for_status()
    return str(got.json()["choices"][0]["message"]["content"])


class AskChat:
    """Over the queue of the chat's page, as a browser's tab does; a tab for each question, else turns pile up."""

    def __init__(self, config: dict[str, Any]) -> None:
        """`config` is the page's own."""
        submitted = next(d for d in config["dependencies"] if "submit" in [name for _, name in d["targets"]])
        self._fn, self._inputs = submitted["id"], len(submitted["inputs"])
        self._trigger = next(target for target, name in submitted["targets"] if name == "submit")
        self._tabs = 0

    async def __call__(self, client: httpx.AsyncClient, reader: str, question: str) -> str:
        """The last frame of the turn."""
        self._tabs += 1
        tab = f"{reader}-{self._tabs}"
        body = {"data": [question, *[None] * (self._inputs - 1)], "fn_index": self._fn, "session_hash": tab}
        (await client.post("/gradio_api/queue/join", json=body | {"trigger_id": self._trigger})).raise_for_status()
        frame = ""
        async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": tab}) as told:
            async for event in _events(told):
                if event["msg"] == "process_generating":
                    frame = _frame(event["output"]["data"]) or frame
                elif event["msg"] in ("process_completed", "close_stream"):
                    if not event.get("success", True):
                        raise RuntimeError(json.dumps(event, ensure_ascii=False)[:200])
                    break
        return frame


async def _events(told: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    async for line in told.aiter_lines():
        if line.startswith("data:"):
            yield json.loads(line[5:])


def _frame(values: Sequence[Any]) -> str:
    """The turn that a message of the queue holds: whole, or as the pieces by which it changed."""
    return next((text for text in map(str, values) if 'class="answer"' in text or "blockquote" in text), "")


async def load(url: str, ask: Ask, readers: int, seconds: float, memory: Callable[[], int]) -> Figures:
    """Readers who ask for so long; what each question is answered alone is asked first."""
    figures = Figures()
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE_S, limits=limits, trust_env=False) as client:
        alone = {question: await ask(client, "alone", question) for question in QUESTIONS}
        started = time.perf_counter()

        async def read(reader: int) -> None:
            for turn in range(10**9):
                if time.perf_counter() - started > seconds:
                    return
                question = QUESTIONS[(reader + turn) % len(QUESTIONS)]
                asked = time.perf_counter()
                try:
                    answer = await ask(client, f"r{reader}", question)
                except Exception as error:
                    figures.failed.append(f"{type(error).__name__}: {error}")
                    continue
                figures.waits.append(time.perf_counter() - asked)
                figures.mixed += answer != alone[question]

        async def watch() -> None:
            while True:
                figures.memory.append(memory())
                await asyncio.sleep(EVERY_S)

        watching = asyncio.create_task(watch())
        await asyncio.gather(*(read(reader) for reader in range(readers)))
        watching.cancel()
        figures.seconds = time.perf_counter() - started
    return figures


@contextmanager
def served(*arguments: str) -> Iterator[tuple[str, Callable[[], int]]]:
    """A command that serves, its address, and a look at its memory."""
    command = [sys.executable, "-c", RUN, *arguments, "--port", str(_free_port())]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "ISNAD_LLM": "extractive"}
    )
    assert process.stderr is not None
    try:
        line = next((line for line in process.stderr if "http://" in line), "")
        if not line:
            raise typer.BadParameter(f"isnad {' '.join(arguments)} did not start")
        yield (
            line[line.index("http://") :].split()[0].removesuffix(",").removesuffix("v1"),
            lambda: _resident(process.pid),
        )
    finally:
        process.terminate()
        process.wait(60)


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _resident(pid: int) -> int:
    """Bytes of a process and its children, by Linux's /proc."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(_resident(int(child)) for child in children)


def main(
    readers: Annotated[int, typer.Option(min=1, help="Who ask at once.")] = 64,
    seconds: Annotated[float, typer.Option(help="How long, for each server.")] = 240.0,
    workers: Annotated[list[int] | None, typer.Option(help="Processes of `isnad serve`; may be repeated.")] = None,
    store: Annotated[Path | None, typer.Option(help="A library; else one of the shipped briefs is made.")] = None,
) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        library = str(store or Path(folder) / "store")
        if store is None:
            index = [sys.executable, "-c", RUN, "index", str(seeds_folder()), "--store", library]
            subprocess.run(index, check=True, capture_output=True)
        typer.echo(f"{readers} readers, {seconds:.0f} s each, {os.cpu_count()} cores\n\n{HEAD}")
        with served("chat", "--store", library) as (url, memory):
            chat = AskChat(httpx.get(f"{url}config", timeout=PATIENCE_S, trust_env=False).json())
            _tell("chat", asyncio.run(load(url, chat, readers, seconds, memory)))
        for count in workers or [1, 2]:
            with served("serve", "--workers", str(count), "--store", library) as (url, memory):
                figures = asyncio.run(load(url, ask_api, readers, seconds, memory))
                _tell(f"serve, {count} process{'es' if count > 1 else ''}", figures)


def _tell(name: str, figures: Figures) -> None:
    typer.echo(figures.row(name))
    for line in dict.fromkeys(figures.failed):
        typer.echo(f"{name}: {line}", err=True)


if __name__ == "__main__":
    typer.run(main)
