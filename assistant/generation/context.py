"""How much a model at an endpoint reads and writes at a time, where its server tells; remembered for the process."""

import re
import time
from collections.abc import Mapping
from ipaddress import ip_address
from threading import Lock
from typing import Any

from assistant.generation.servers import host_of, kind_of, listed, root_of, told
from index.addresses import is_loopback

CONTEXT = 4_096
"""Tokens that local servers reserve unasked for what an LLM reads and writes."""
UNTOLD = 8_192
"""Tokens that are counted on where nobody tells: the least of the services, and what our figures were made with."""
LOADING_S = 120.0
"""Seconds that an Ollama may take to load a model; the first question would wait for it anyway."""
_SERVED = ("max_model_len", "context_length", "context_window", "max_context_length")
"""What servers call it in a row of /v1/models: vLLM, then hosted ones; llama.cpp has it a step deeper."""
_NUM_CTX = re.compile(r"^\s*num_ctx\s+(\d+)", re.MULTILINE)
_known: dict[tuple[str, str], int | None] = {}
_missed: dict[tuple[str, str], float] = {}
_asking = Lock()
_ASK_AGAIN_S = 60.0
"""After which a server that lists no models is asked again: it may not have run, or it never will."""


def context_of(model: str, url: str, key: str | None = None) -> int | None:
    """Tokens, prompt and answer together; None where nobody tells. Never an error.

    What a server has in memory counts before what a model was trained for, which only bounds it: an Ollama leaves the
    beginning of a longer prompt out without a word. What may change, such as a model not loaded yet, is asked again.
    """
    with _asking:  # the first questions may come all at once
        return _known[url, model] if (url, model) in _known else _asked(model, url, key)


def _asked(model: str, url: str, key: str | None) -> int | None:
    now = time.monotonic()
    if now - _missed.get((url, model), -_ASK_AGAIN_S) < _ASK_AGAIN_S:
        return None
    rows = listed(url, key)
    if rows is None:
        _missed[url, model] = now
        return None
    row = next((row for row in rows if _is(row["id"], model)), rows[0] if len(rows) == 1 else {})
    said = [*(row.get(name) for name in _SERVED), _mapping(row.get("meta")).get("n_ctx")]
    found, stays = next(filter(None, map(_number, said)), None), True
    if found is None and _is_near(host_of(url)):
        found, stays = _of_its_own_api(kind_of(rows), root_of(url), row, model)
    if stays:
        _known[url, model] = found
    return found


def _of_its_own_api(kind: str | None, root: str, row: Mapping[str, Any], model: str) -> tuple[int | None, bool]:
    """By the API that a kind of server has beside the common one; and whether it stays so."""
    if kind == "LM Studio":
        return _lm_studio(root, model)
    if kind == "Ollama" or (kind is None and _is_ollama(root)):  # models of a user's own name no kind
        return _ollama(root, model)
    return _llama_cpp(root, row), True


def _is_ollama(root: str) -> bool:
    """Not whoever answers: there are servers that give their list of models whatever they are asked."""
    return isinstance(_mapping(told(f"{root}/api/version")).get("version"), str)


def _ollama(root: str, model: str) -> tuple[int | None, bool]:
    shown = _mapping(told(f"{root}/api/show", {"model": model}))
    info = _mapping(shown.get("model_info")).items()
    trained = next((_number(value) for name, value in info if name.endswith(".context_length")), None)
    if shown.get("remote_host"):
        return trained, True
    if set_to := _NUM_CTX.search(str(shown.get("parameters") or "")):
        return int(set_to[1]), True
    loaded = _loaded(root, model)
    if loaded is None:
        told(f"{root}/api/generate", {"model": model}, wait_s=LOADING_S)
        loaded = _loaded(root, model)
    return loaded or min(CONTEXT, trained or CONTEXT), loaded is not None


def _loaded(root: str, model: str) -> int | None:
    rows = _mapping(told(f"{root}/api/ps")).get("models")
    rows = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    return next((_number(row.get("context_length")) for row in rows if _is(str(row.get("name")), model)), None)


def _lm_studio(root: str, model: str) -> tuple[int | None, bool]:
    row = _mapping(told(f"{root}/api/v0/models/{model}"))
    loaded, trained = _number(row.get("loaded_context_length")), _number(row.get("max_context_length"))
    return loaded or (min(CONTEXT, trained) if trained else None), loaded is not None


def _llama_cpp(root: str, row: Mapping[str, Any]) -> int | None:
    props = _mapping(told(f"{root}/props"))
    served = _number(_mapping(props.get("default_generation_settings")).get("n_ctx")) or _number(props.get("n_ctx"))
    trained = _number(_mapping(row.get("meta")).get("n_ctx_train"))
    return served or (min(UNTOLD, trained) if trained else None)


def _is(name: str, model: str) -> bool:
    return name.removesuffix(":latest") == model.removesuffix(":latest")


def _number(value: Any) -> int | None:
    return value if type(value) is int and value > 0 else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _is_near(host: str) -> bool:
    """Whether a host is this machine or one of the reader's network, where people run such servers."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return is_loopback(host) or "." not in host or host.endswith((".local", ".lan", ".internal"))
