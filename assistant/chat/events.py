"""What happens on the page: a question is asked or stopped, a conversation shown. Nothing is kept between events."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, Protocol

import gradio as gr

from assistant.chat.frames import fault, frames
from assistant.chat.keeping import Past, leaning_on, restored
from assistant.chat.rendering import hinted, past, waiting
from assistant.chat.routes import Shelves
from assistant.chat.texts import Texts
from assistant.conversation import Conversation, Talking
from index.text.dates import day_of
from index.types import Filters

Changes = dict[Any, Any]
"""What an event does to the page: component → its new value; the others stay as they are."""


class Assisting(Talking, Shelves, Protocol):
    """What the page needs of the assistant."""


@dataclass(frozen=True, eq=False)
class Parts:
    """The components that change, from the top of the page down."""

    first: gr.HTML
    """What an empty conversation begins with."""
    past: gr.HTML
    live: gr.HTML
    later: gr.HTML
    """The turns below one that is asked again."""
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    hint: gr.HTML

    def all(self) -> list[Any]:
        """Every one of them."""
        return [getattr(self, part.name) for part in fields(self)]

    def working(self, yes: bool) -> Changes:
        """The two buttons take turns in one place."""
        return {self.send: gr.update(visible=not yes), self.stop: gr.update(visible=yes)}


@dataclass(frozen=True)
class Packet:
    """What the browser sends along: the conversation so far, and which of its turns is meant."""

    question: str
    turns: list[Past]
    number: int
    """Of the turn that is asked, or asked again, from 1."""
    filters: Filters
    run: int
    """By which the browser tells what comes of this question from what comes of another."""


class Events:
    """What the page does for one reader's click, in one language."""

    def __init__(self, assistant: Assisting, words: Texts, parts: Parts, begin: Callable[[], str]) -> None:
        """`begin` makes what an empty conversation begins with: it names what answers, which may change."""
        self._assistant, self._words, self._parts, self._begin = assistant, words, parts, begin

    def ask(self, text: str, sent: str) -> Iterator[Changes]:
        """The answer as it develops, below the turns before it; the question box is free again at once."""
        parts, words, packet = self._parts, self._words, self._read(sent)
        if wrong := fault(packet.question, words):
            yield {parts.hint: hinted(wrong, words)}
            return
        number, question = packet.number, packet.question.strip()
        before, after = packet.turns[: number - 1], packet.turns[number:]
        live = partial(_of_run, packet.run)
        start = {parts.past: past(before, words), parts.live: live(waiting(number, question, words)), parts.hint: ""}
        start |= {parts.later: past(after, words, number + 1)} | ({parts.box: ""} if text == packet.question else {})
        yield start | parts.working(True)
        conversation = Conversation(self._assistant, leaning_on(before))
        for frame in frames(conversation, number, question, words, packet.filters):
            yield {parts.live: live(frame)}
        yield parts.working(False)

    def show(self, text: str, sent: str) -> Changes:
        """The whole conversation that the browser has kept; a turn that was under way is one that was stopped."""
        parts = self._parts
        shown = {parts.past: past(self._read(sent).turns, self._words), parts.live: "", parts.later: "", parts.hint: ""}
        return shown | {parts.first: self._begin()} | parts.working(False)

    def _read(self, sent: str) -> Packet:
        """The packet of our script; whatever else may be sent reads as an empty conversation."""
        try:
            row = json.loads(sent)
        except (TypeError, ValueError):
            row = {}
        row = row if isinstance(row, dict) else {}
        turns = restored(row.get("turns"), self._assistant.article, self._words("unreadable"))
        number = at if 0 < (at := _whole(row.get("at"))) <= len(turns) else len(turns) + 1
        return Packet(
            str(row.get("question") or ""), turns, number, _filters(row.get("filters")), _whole(row.get("run"))
        )


def _of_run(run: int, frame: str) -> str:
    return f'<div data-run="{run}">{frame}</div>'


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _filters(row: Any) -> Filters:
    """What the search is narrowed to; a day that is none is left out, for the browser sends whole ones."""
    row = row if isinstance(row, dict) else {}
    since, until = (day_of(str(row.get(name))) for name in ("since", "until"))
    return Filters(since, until, str(row["source"]) if row.get("source") else None)
