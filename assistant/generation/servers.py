"""LLM servers as they tell of themselves, as JSON over HTTP; and those that answer on this machine."""

import json
import re
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from index.addresses import is_loopback

USUAL = (("Ollama", 11434), ("llama.cpp", 8080), ("LM Studio", 1234), ("vLLM", 8000))
"""Where the servers that people run listen unless they are told otherwise."""
UNKNOWN = "An LLM server"
"""What one is called that does not tell."""
CONNECT_S, ANSWER_S = 2.0, 5.0
"""Seconds that a server has to take a call, and to have told what it was asked."""
_MOST_BYTES = 8 * 2**20  # of an answer: a hosted service lists hundreds of models
_OWNERS = {
    "library": "Ollama",
    "llamacpp": "llama.cpp",
    "me": "llama.cpp",  # its server in Python
    "organization_owner": "LM Studio",
    "vllm": "vLLM",
}
"""What the servers call the owner of a model in /v1/models, by which they are known on any port."""
_LOADED = ("llama.cpp", "vLLM")
"""These offer what they have in memory, and nothing else."""
VERSION = re.compile(r"/v\d+\w*(?=/|$)")
TOO_FAR = re.compile(r"(?:/chat/completions|(?<=/v1)/(?:chat|completions|responses|models|embeddings))/*$")
"""What of an API's address is its version, and what people copy beyond it."""
_VERSION_LAST = re.compile(r"/v\d+\w*/*\Z")
_NO_CHAT = re.compile(r"embed|bert|minilm|rerank|whisper|(?<![a-z])(?:bge|e5|gte|clip|tts)(?![a-z])", re.IGNORECASE)
_BILLIONS = re.compile(r"(?<![\w.])e?(\d+(?:\.\d+)?)([bm])(?![a-z0-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Model:
    """A model that a server offers."""

    name: str
    size: int | None = None
    """Bytes that its file has, where the server tells."""
    billions: float | None = None
    """Of its parameters, as the server or its name tells."""
    loaded: bool = False
    """Whether the server tells that it is in memory."""
    chats: bool = True
    elsewhere: str = ""
    """The host where it runs, if that is not the server's own."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answered."""

    kind: str
    url: str
    """Of its OpenAI-compatible API."""
    models: tuple[Model, ...]


def told(url: str, body: Mapping[str, Any] | None = None, key: str | None = None, wait_s: float | None = None) -> Any:
    """What is answered at `url`, as JSON; None where nothing is, in time, or anything else. Never an error.

    A `body` is posted. `wait_s` bounds each silence, in seconds; else ANSWER_S does.
    """
    import httpx

    here, wait_s = is_loopback(host_of(url)), wait_s or ANSWER_S
    # The certificates take longer to load than a server here takes to answer, and it shows none at http://.
    options: dict[str, Any] = {
        "trust_env": not here,
        "verify": not url.startswith("http://"),
        "follow_redirects": False,
    }
    silence = httpx.Timeout(wait_s, connect=min(CONNECT_S, wait_s) if here else wait_s)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    data, until = b"", time.monotonic() + 2 * wait_s
    try:
        with (
            httpx.Client(timeout=silence, **options) as client,
            client.stream("POST" if body is not None else "GET", url, json=body, headers=headers) as response,
        ):
            if not response.is_success:
                return None
            for chunk in response.iter_bytes():
                data += chunk
                if len(data) > _MOST_BYTES or time.monotonic() > until:
                    return None
        return json.loads(data)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError):
        return None


def host_of(url: str) -> str:
    """The host of an http address; "" of what is no such address."""
    try:
        parts = urlsplit(url)
        return parts.hostname or "" if parts.scheme in ("http", "https") and parts.port != 0 else ""
    except ValueError:
        return ""


def api_of(url: str) -> str:
    """The OpenAI-compatible API at an address that may lack the version, without a slash at its end."""
    url = TOO_FAR.sub("", url.strip()).rstrip("/")
    return url if VERSION.search(url) else f"{url}/v1"


def root_of(url: str) -> str:
    """Where a server's own API begins: the address without the version."""
    return _VERSION_LAST.sub("", TOO_FAR.sub("", url.strip()).rstrip("/"))


def listed(url: str, key: str | None = None) -> list[dict[str, Any]] | None:
    """The rows of /v1/models, each with an `id`; None where nothing there lists models."""
    answer = told(f"{api_of(url)}/models", key=key)
    rows = answer.get("data") if isinstance(answer, Mapping) else None
    return [row for row in _rows(rows) if isinstance(row.get("id"), str)] if isinstance(rows, list) else None


def kind_of(rows: Iterable[Mapping[str, Any]]) -> str | None:
    """Which server lists such rows; None where they do not tell."""
    owners = (str(row.get("owned_by")) for row in rows)
    return next((_OWNERS[owner] for owner in owners if owner in _OWNERS), None)


# ---------------------------------------------------------------- on this machine


def servers_here(also: str, key: str | None = None) -> list[Server]:
    """The LLM servers that answer on the usual ports of this machine, and at a further address if that is its own.

    The `key` is for that address alone.
    """
    usual = {f"http://127.0.0.1:{port}/v1": kind for kind, port in USUAL}
    if is_loopback(host_of(also)) and urlsplit(also).port not in [port for _, port in USUAL]:
        usual = {also: UNKNOWN} | usual
    return servers_at(usual, {api_of(also): key})


def servers_at(usual: Mapping[str, str], keys: Mapping[str, str | None] | None = None) -> list[Server]:
    """The LLM servers that answer at these addresses, each with what it is unless it tells; all asked at once.

    `keys` are by the address of the API.
    """
    with ThreadPoolExecutor(len(usual)) as pool:
        found = pool.map(_server, usual, usual.values(), [(keys or {}).get(api_of(url)) for url in usual])
        return [server for server in found if server]


def _server(url: str, usual: str, key: str | None) -> Server | None:
    rows = listed(url, key)
    if rows is None:
        return None
    kind = kind_of(rows) or usual
    own = _own_rows(kind, url)
    return Server(kind, api_of(url), tuple(_model(row | own.get(row["id"], {}), kind in _LOADED) for row in rows))


def _own_rows(kind: str, url: str) -> dict[str, dict[str, Any]]:
    """What a server's own API tells of each model beyond /v1/models, by name."""
    path, field, name = {
        "Ollama": ("/api/tags", "models", "name"),
        "LM Studio": ("/api/v0/models", "data", "id"),
    }.get(kind, ("", "", ""))
    answer = told(root_of(url) + path) if path else None
    rows = answer.get(field) if isinstance(answer, Mapping) else None
    return {str(row.get(name)): row for row in _rows(rows)}


def _model(row: Mapping[str, Any], loaded: bool) -> Model:
    details, meta = (part if isinstance(part := row.get(key), Mapping) else {} for key in ("details", "meta"))
    name, size, count = row["id"], row.get("size") or meta.get("size"), meta.get("n_params")
    said = " ".join(map(str, (name, details.get("family"), row.get("type"))))
    remote = row.get("remote_host") or ("ollama.com" if re.search(r"[:-]cloud\Z", name) else "")
    return Model(
        name,
        size if isinstance(size, int) and not remote else None,
        count / 1e9 if isinstance(count, int) else _billions(str(details.get("parameter_size"))) or _billions(name),
        loaded or row.get("state") == "loaded",
        not _NO_CHAT.search(said),
        urlsplit(str(remote)).hostname or str(remote),
    )


def _billions(text: str) -> float | None:
    found = _BILLIONS.search(text)
    return float(found[1]) / (1 if found[2] in "bB" else 1e3) if found else None


def _rows(rows: Any) -> list[dict[str, Any]]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
