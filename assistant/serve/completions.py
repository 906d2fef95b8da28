"""Answers in the shape of OpenAI's chat completions: whole, or as the events of a stream."""

import json
import time
import uuid
from collections.abc import Iterator
from typing import Any

from assistant.serve.footnotes import pieces
from assistant.serve.shapes import MODEL, answer_row
from assistant.types import Answer, Tokens

DONE = "data: [DONE]\n\n"
WAITING = ": checking\n\n"
"""A comment, which keeps the connection open while a draft is written: unchecked words are not sent, as no client
takes them back."""


def completion(answer: Answer) -> dict[str, Any]:
    """The whole answer; `isnad` holds it in our own contract."""
    message = {"role": "assistant", "content": "".join(pieces(answer)), "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return _head("chat.completion") | {"choices": [choice], "usage": _usage(answer.tokens), "isnad": answer_row(answer)}


def events(answer: Answer, *, with_usage: bool = False) -> Iterator[str]:
    """The answer piece by piece; the last one with a choice holds `isnad` too."""
    head = _head("chat.completion.chunk")
    for at, piece in enumerate(pieces(answer)):
        role = {} if at else {"role": "assistant"}
        yield event(head | {"choices": [_delta(role | {"content": piece})]})
    yield event(head | {"choices": [_delta({}, "stop")], "isnad": answer_row(answer)})
    if with_usage:
        yield event(head | {"choices": [], "usage": _usage(answer.tokens)})
    yield DONE


def event(row: dict[str, Any]) -> str:
    """A row as an event of a stream."""
    return f"data: {json.dumps(row, ensure_ascii=False).encode(errors='replace').decode()}\n\n"


def models(answerer: str) -> list[dict[str, Any]]:
    """The one model."""
    return [{"id": MODEL, "object": "model", "created": 0, "owned_by": "isnad", "answerer": answerer}]


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": MODEL}


def _delta(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}


def _usage(tokens: Tokens | None) -> dict[str, int] | None:
    """What an LLM read and wrote; None where none was asked, or its endpoint does not count."""
    if tokens is None:
        return None
    row = {"prompt_tokens": tokens.prompt, "completion_tokens": tokens.completion}
    return row | {"total_tokens": tokens.prompt + tokens.completion}
