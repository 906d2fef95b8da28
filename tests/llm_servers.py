"""LLM servers on loopback that tell of themselves as the real ones do: real HTTP, every request recorded."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GOOD = "تقدّر الولايات المتحدة عدد الجنود الكوريين الشماليين الموجودين في روسيا بنحو 10 آلاف جندي [1]."


@dataclass
class Told:
    """A server that answers by path; what is text is sent as it is."""

    port: int
    answers: Mapping[str, Any]
    asked: list[str] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    keys: set[str | None] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


@contextmanager
def telling(answers: Mapping[str, Any]) -> Iterator[Told]:
    """Serve these answers, 404 for any other path, until the block is left."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.path)
            told.keys.add(self.headers.get("Authorization"))
            length = int(self.headers.get("Content-Length") or 0)
            told.bodies.append(json.loads(self.rfile.read(length)) if length else None)
            answer = told.answers.get(self.path)
            answer = answer(told.bodies[-1]) if callable(answer) else answer
            data = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
            with suppress(ConnectionError):
                self.send_response(404 if answer is None else 200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Tests stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told = Told(server.server_port, answers)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


def completion(text: str) -> dict[str, Any]:
    """A whole reply of a chat endpoint."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return {"choices": [choice], "usage": {"prompt_tokens": 812, "completion_tokens": 34}}


def models(owner: str, *rows: str | Mapping[str, Any]) -> dict[str, Any]:
    """What /v1/models answers."""
    data = [{"id": row} if isinstance(row, str) else row for row in rows]
    return {"object": "list", "data": [{"object": "model", "owned_by": owner, **row} for row in data]}


OLLAMA: dict[str, Any] = {
    "/v1/models": models("library", "gemma3:4b", "bge-m3:latest", "qwen3:32b", "gpt-oss:120b-cloud"),
    "/api/tags": {
        "models": [
            {"name": "gemma3:4b", "size": 3_338_801_804, "details": {"family": "gemma3", "parameter_size": "4.3B"}},
            {
                "name": "bge-m3:latest",
                "size": 1_157_672_605,
                "details": {"family": "bert", "parameter_size": "566.70M"},
            },
            {"name": "qwen3:32b", "size": 20_201_253_588, "details": {"family": "qwen3", "parameter_size": "32.8B"}},
            {"name": "gpt-oss:120b-cloud", "size": 384, "remote_host": "https://ollama.com:443", "details": {}},
        ]
    },
}
LM_STUDIO: dict[str, Any] = {
    "/v1/models": models("organization_owner", "qwen3-8b", "text-embedding-nomic-embed-text-v1.5"),
    "/api/v0/models": {
        "data": [
            {"id": "qwen3-8b", "type": "llm", "state": "loaded", "max_context_length": 40960,
             "loaded_context_length": 16384},
            {"id": "text-embedding-nomic-embed-text-v1.5", "type": "embeddings", "state": "not-loaded"},
        ]
    },
}  # fmt: skip
LLAMA_CPP: dict[str, Any] = {
    "/v1/models": {
        "models": [{"name": "gemma-3-12b-it"}],
        **models("llamacpp", {"id": "gemma-3-12b-it", "meta": {"n_ctx_train": 131072, "n_params": 11765788416,
                                                                "size": 7300574976}}),
    },
    "/props": {"default_generation_settings": {"n_ctx": 12288}, "total_slots": 1},
}  # fmt: skip
VLLM: dict[str, Any] = {"/v1/models": models("vllm", {"id": "CohereLabs/aya-expanse-8b", "max_model_len": 6144})}
