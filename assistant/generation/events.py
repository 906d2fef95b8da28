"""What an endpoint sends as pieces of a reply: an event stream, JSON lines or one JSON object, in any dialect.

Whatever holds words of the reply is read, and whatever holds none is passed over. Only what is broken in the middle of
words is an error: half a sentence may say the opposite of the whole.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from assistant.generation.failures import Refused, error_in, refusal_of, status_of
from assistant.types import Tokens

MOST_BYTES = 32 * 2**20
"""Of a whole response; a reply has far fewer, with all that a model thinks aloud."""
_FIELD = re.compile(r":|(?:data|event|id|retry)(?::|$)")  # what a line of an event stream begins with
_DONE = "[DONE]"
_THOUGHTS = ("reasoning_content", "reasoning", "reasoning_details", "thinking", "thoughts")
_THINKING = ("thinking", "reasoning", "redacted_thinking", "thought")


@dataclass(frozen=True, slots=True)
class Piece:
    """What has come of a reply since the piece before."""

    text: str = ""
    thought: bool = False
    """Whether the model thought meanwhile, apart from its words."""
    finish: str = ""
    """Why the reply ended, in the endpoint's word, where it gives one."""
    ended: bool = False
    """Whether no more of its words will come."""
    tokens: Tokens | None = None


class Endless(Exception):  # noqa: N818 (the fault is not ours)
    """A response that does not come to an end."""


def pieces(chunks: Iterable[bytes]) -> Iterator[Piece]:
    """The pieces of a response as its body comes in; an empty one for what only keeps the connection open.

    Raises Refused for an error, or for what is no reply at all; Endless.
    """
    recognised, strange = False, ""
    for event in _events(_lines(chunks)):
        if event == _DONE:
            yield Piece(ended=True)
            return
        if isinstance(event, Mapping) and (error := error_in(event)) is not None:
            raise Refused(refusal_of(status_of(error), "", error))
        if isinstance(event, Mapping) and ("choices" in event or "usage" in event):
            recognised = True
            yield _piece(event)
        else:
            strange = strange or _shown(event)
            yield Piece()
    if strange and not recognised:
        raise _no_reply(strange)


def _shown(event: Any) -> str:
    return event if isinstance(event, str) else json.dumps(event, ensure_ascii=False) if event is not None else ""


def _no_reply(text: str) -> Refused:
    return Refused(replace(refusal_of(200, text), is_strange=True))


# ---------------------------------------------------------------- lines and events


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """The lines of a body, each as soon as it is whole: a letter cut between two chunks stays whole."""
    held, received = bytearray(), 0
    for chunk in chunks:
        received += len(chunk)
        if received > MOST_BYTES:
            raise Endless
        held += chunk
        if b"\n" in chunk:
            *whole, rest = held.split(b"\n")
            held = bytearray(rest)
            yield from map(_decoded, whole)
    if held:
        yield _decoded(held)


def _decoded(line: bytes | bytearray) -> str:
    return line.decode(errors="replace").removeprefix("\ufeff").rstrip("\r")


def _events(lines: Iterator[str]) -> Iterator[Any]:
    """The events of a stream, or of a body that is none, as JSON; as text what is not, as None what is empty."""
    for line in lines:
        if _FIELD.match(line):
            yield from _streamed(chain([line], lines))
        elif line.strip():
            yield from _whole("\n".join([line, *lines]))


def _streamed(lines: Iterable[str]) -> Iterator[Any]:
    """The events of a stream. A line that is JSON is one of its own: some send no blank line between two."""
    data, name = "", ""
    for line in lines:
        field, _, value = ("data", "", line) if line.startswith("{") else line.partition(":")
        if field == "data":
            data = f"{data}\n{value.strip()}".strip()
            event = _DONE if data == _DONE else _json(data) if data[-1:] in ("}", "]") else None
            if event is not None:
                yield _named(name, event)
                data = ""
        elif field == "event":
            name = value.strip()
        else:
            yield None
        if not line:
            yield from _unread(name, data)
            data, name = "", ""


def _named(name: str, event: Any) -> Any:
    return {"error": event} if name == "error" and not (isinstance(event, Mapping) and event.get("error")) else event


def _unread(name: str, data: str) -> Iterator[Any]:
    """What is left of an event and is no JSON: an error in words, a greeting. What begins like JSON was broken."""
    if data.startswith("{"):
        raise _no_reply(data)
    if data:
        yield _named(name, data)


def _whole(text: str) -> Iterator[Any]:
    """The events of a body that is one JSON value, or one a line; then its end."""
    body = _json(text)
    rows = [_json(line) for line in text.split("\n") if line.strip()] if body is None else [body]
    if None in rows:
        raise _no_reply(text)
    events = [event for row in rows for event in (row if isinstance(row, list) else [row])]
    yield from events
    if any(isinstance(event, Mapping) and event.get("choices") for event in events):
        yield _DONE


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


# ---------------------------------------------------------------- one event


def _piece(event: Mapping[str, Any]) -> Piece:
    tokens, choices = _tokens(event.get("usage")), event.get("choices")
    choices = choices if isinstance(choices, list) else []
    choice = next((one for one in choices if isinstance(one, Mapping) and not one.get("index")), None)
    if choice is None:  # the counts of a whole reply come after its last words
        return Piece(tokens=tokens, ended=bool(not choices and tokens and tokens.completion))
    said = next((part for key in ("delta", "message") if isinstance(part := choice.get(key), Mapping)), {})
    content, finish = said.get("content"), choice.get("finish_reason")
    thought = any(said.get(key) for key in _THOUGHTS) or _is_thought(content)
    finish = finish.lower() if isinstance(finish, str) and finish != "null" else ""
    finish = "refusal" if said.get("refusal") else finish
    return Piece(_text(content) or _text(choice.get("text")), thought, finish, bool(finish), tokens)


def _text(content: Any) -> str:
    """The words of a content: a string, or parts, of which what is thought is no part of the reply."""
    return "".join(map(_words, content if isinstance(content, list) else [content]))


def _words(part: Any) -> str:
    if isinstance(part, Mapping):
        part = "" if _is_thought(part) else part.get("text")
        part = part.get("value") if isinstance(part, Mapping) else part
    return part if isinstance(part, str) else ""


def _is_thought(content: Any) -> bool:
    parts = content if isinstance(content, list) else [content]
    return any(isinstance(part, Mapping) and part.get("type") in _THINKING for part in parts)


def _tokens(usage: Any) -> Tokens | None:
    if not isinstance(usage, Mapping):
        return None
    read, written = (
        next((n for key in keys if type(n := usage.get(key)) is int), None)
        for keys in (("prompt_tokens", "input_tokens"), ("completion_tokens", "output_tokens"))
    )
    return None if read is None or written is None else Tokens(read, written)
