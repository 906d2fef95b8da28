"""Stand-ins for what a test cannot have: an LLM endpoint that says what it was told to; and small test data."""

import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from index.types import Article, Passage, ScoredPassage


def article(text: str, **fields: Any) -> Article:
    """An Article with this text; its id comes from the text unless given."""
    return Article(**({"id": hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16], "text": text} | fields))


def scored(of: Article, start: int = 0, end: int | None = None, score: float = 1.0) -> ScoredPassage:
    """The passage article.text[start:end] as the retriever would give it; the whole text unless bounded."""
    return ScoredPassage(Passage(of, start, len(of.text) if end is None else end), score)


@dataclass(frozen=True)
class Scripted:
    """One reply of the scripted endpoint."""

    text: str = ""
    status: int = 200
    finish: str | None = "stop"
    """None: the stream ends as if all was said, but never says so."""
    cut: bool = False
    """The connection is lost after the text."""
    hang: bool = False
    """Nothing is sent until the server stops."""
    usage: tuple[int, int] | None = (120, 30)
    page: str | None = None
    """A body of its own, sent as it is with the status."""
    kind: str = "text/html"
    """Of the page."""
    headers: tuple[tuple[str, str], ...] = ()
    """Of the page or of an error."""
    piece: int = 7
    """Characters of one streamed piece."""


@dataclass
class ScriptedLLM:
    """An OpenAI-compatible chat endpoint on loopback: real HTTP, real event streams, every request recorded."""

    url: str
    script: list[Scripted]
    """Replies in order; the last one is repeated."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    """The JSON bodies received, each with its `path` and `authorization`."""
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def prompt(self) -> str:
        """What the last request asked."""
        return str(self.requests[-1]["messages"][-1]["content"])

    def next_reply(self) -> Scripted:
        """The reply to the latest request."""
        return self.script[min(len(self.requests), len(self.script)) - 1]

    def reply_to(self, request: dict[str, Any]) -> Scripted:
        """The reply to a request, for tests that need to see it; several may come at once."""
        return self.next_reply()


@contextmanager
def scripted_llm(*script: Scripted | str) -> Iterator[ScriptedLLM]:
    """Serve the replies on a free port until the block is left."""
    server = _Server(("127.0.0.1", 0), _Handler)
    replies = [Scripted(reply) if isinstance(reply, str) else reply for reply in script]
    llm = ScriptedLLM(f"http://127.0.0.1:{server.server_port}/v1", replies)
    server.llm = llm
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield llm
    finally:
        llm.stopped.set()
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    llm: ScriptedLLM

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of some tests; the client's side of any other error fails them anyway."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        llm = self.server.llm
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        request = body | {"path": self.path, "authorization": self.headers.get("Authorization")}
        llm.requests.append(request)
        reply = llm.reply_to(request)
        with suppress(ConnectionError):  # a client that has given up
            if reply.hang:
                llm.stopped.wait(30)
                self.close_connection = True
            elif reply.page is not None:
                self._whole(reply, reply.kind, reply.page.encode())
            elif reply.status != 200:
                error = {"error": {"message": f"scripted failure {reply.status}", "type": "scripted"}}
                self._whole(reply, "application/json", json.dumps(error).encode())
            else:
                self._stream(reply)

    def _whole(self, reply: Scripted, kind: str, data: bytes) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", kind)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, reply: Scripted) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for start in range(0, len(reply.text), reply.piece):
            self._event([{"index": 0, "delta": {"content": reply.text[start : start + reply.piece]}}])
        if reply.cut:
            self.close_connection = True
            return
        if reply.finish:
            self._event([{"index": 0, "delta": {}, "finish_reason": reply.finish}])
        if reply.usage:
            read, written = reply.usage
            counts = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
            self._event([], usage=counts)
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _event(self, choices: Sequence[Any], **more: Any) -> None:
        head = {"id": "scripted", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
        self._chunk(b"data: " + json.dumps(head | {"choices": choices} | more).encode() + b"\n\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Tests stay quiet."""


def nowhere(monkeypatch: pytest.MonkeyPatch, loader: str, *, hub: bool) -> list[dict[str, bool]]:
    """Make every model that `loader` is asked for missing, with a hub or without; the options it was called with."""
    calls: list[dict[str, bool]] = []

    def fail(name: str, **options: bool) -> None:
        calls.append(options)
        raise OSError("not there")

    monkeypatch.setattr("index.hub.hub_resolves", lambda: hub)
    monkeypatch.setattr(loader, fail)
    return calls
