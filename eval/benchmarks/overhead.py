"""`python -m eval.benchmarks.overhead STORE QUESTIONS…`: what an answer takes beside the LLM, and when words show.

The LLM is a process of its own on loopback, which streams two sentences of the prompt's own passages with markers and
confirms them when they are read again, so that retrieval, prompt, HTTP, streaming and the check of citations are all
real. Times of one machine; the last line compares them with a bare retrieval of the same run.
"""

import json
import re
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.app import Assistant, open_assistant
from assistant.settings import read_settings
from assistant.types import Answer
from index.types import Filters

WARM_UP = 20
"""Questions asked before the first one that is timed."""
PIECE, PAUSE_S = 12, 0.004
"""Characters of one streamed piece, and the time between two: faster than most models."""
BUDGET_MS, BUDGET_FIRST_MS = 30.0, 20.0
_QUOTED = re.compile(r"^(\d+)\. [^\n]+\n   A: ", re.MULTILINE)
_PASSAGE = re.compile(r"^\[(\d+)\][^\n]*\n(.+?[.؟!])(?:\s|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Timing:
    """One question, in milliseconds."""

    beside_llm: float
    """From the question to the Answer, less the time that the LLM had its requests."""
    first_words: float
    """From the LLM's first words to the first draft that is shown."""
    retrieval: float


class _Echo(BaseHTTPRequestHandler):
    """Streams the first sentences of two passages of the prompt, each with its marker; or confirms sentences."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        received = time.perf_counter()
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        prompt = body["messages"][-1]["content"]
        found = _PASSAGE.findall(prompt)[:2]
        text = " ".join(f"{sentence[:-1]} [{n}]." for n, sentence in found)
        text = text or "\n".join(f"{n}: نعم A" for n in _QUOTED.findall(prompt)) or "لا جواب"
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        first = time.perf_counter()
        for start in range(0, len(text), PIECE):
            self._event([{"index": 0, "delta": {"content": text[start : start + PIECE]}}])
            time.sleep(PAUSE_S)
        self._event([{"index": 0, "delta": {}, "finish_reason": "stop"}])
        sent = time.perf_counter()
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")
        self.server.times.put((received, first, sent))  # type: ignore[attr-defined]

    def _event(self, choices: list[Any]) -> None:
        head = {"id": "echo", "object": "chat.completion.chunk", "created": 0, "model": "echo", "choices": choices}
        self._chunk(b"data: " + json.dumps(head).encode() + b"\n\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


def _serve(port: Any, times: Any) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # the client hangs up when it is done
    server.times = times  # type: ignore[attr-defined]
    port.put(server.server_port)
    server.serve_forever()


@contextmanager
def echo() -> Iterator[tuple[str, Any]]:
    """The URL of the LLM while the block lasts, and the queue of (received, first words sent, all sent) seconds."""
    context = get_context("spawn")
    port, times = context.Queue(), context.Queue()
    process = context.Process(target=_serve, args=(port, times), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{port.get(timeout=30)}/v1", times
    finally:
        process.terminate()
        process.join()


def measure(assistant: Assistant, question: str, times: Any) -> Timing | None:
    """One question; None where no passage was found, so that no LLM was asked."""
    started, shown, answer = time.perf_counter(), 0.0, None
    for item in assistant.stream(question):
        shown = shown or time.perf_counter()
        answer = item
    ended = time.perf_counter()
    if not isinstance(answer, Answer) or answer.reason == "off_topic":
        return None
    calls = [times.get(timeout=30) for _ in range(2 if "verify" in answer.timings_ms else 1)]
    had, first = sum(sent - received for received, _, sent in calls), calls[0][1]
    bare = time.perf_counter()
    assistant.retriever.retrieve(question, assistant.settings.passages_read, Filters())
    retrieval = time.perf_counter() - bare
    return Timing(1e3 * (ended - started - had), 1e3 * (shown - first), 1e3 * retrieval)


def main(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="A library, of 100,000 passages for the budget.")],
    questions: Annotated[list[Path], typer.Argument(metavar="QUESTIONS…", help="JSONL rows with `question`.")],
    most: Annotated[int, typer.Option(help="Questions that are timed.")] = 200,
) -> None:
    """Print medians and the ratio to bare retrieval."""
    asked = [
        json.loads(line)["question"] for file in questions for line in file.read_text("utf-8").splitlines() if line
    ]
    with echo() as (url, times):
        settings = read_settings(store=store, llm="openai/echo", llm_url=url)
        with open_assistant(settings=settings) as assistant:
            timed = [measure(assistant, question, times) for question in asked[: WARM_UP + most]][WARM_UP:]
            passages = assistant.library.count()
    found = [timing for timing in timed if timing]
    beside, first = [t.beside_llm for t in found], [t.first_words for t in found]
    typer.echo(f"{passages:,} passages, {len(found)} questions")
    typer.echo(f"beside the LLM: median {statistics.median(beside):.1f} ms, {_p99(beside)} (budget {BUDGET_MS:g})")
    typer.echo(f"first words:    median {statistics.median(first):.1f} ms, {_p99(first)} (budget {BUDGET_FIRST_MS:g})")
    ratio = statistics.median(t.beside_llm / t.retrieval for t in found)
    typer.echo(f"beside the LLM / bare retrieval: {ratio:.2f}")


def _p99(values: list[float]) -> str:
    return f"p99 {sorted(values)[int(0.99 * (len(values) - 1))]:.1f}"


if __name__ == "__main__":
    typer.run(main)
