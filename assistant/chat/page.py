"""The chat page: one conversation a browser tab, drawn by `rendering` and kept on this machine by `guard`."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

# Read by Gradio and its hub client when they are imported: nothing about the reader leaves the machine.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_RUN_HISTORY"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import gradio as gr
from fastapi import FastAPI
from starlette.types import ASGIApp

from assistant.chat.frames import fault, frames
from assistant.chat.guard import guarded
from assistant.chat.reader import Shelf, add_reader
from assistant.chat.rendering import WELCOME, heading, hinted, stopped, waiting
from assistant.conversation import Conversation, Talking
from assistant.types import Turn
from assistant.web.gate import Gate
from assistant.web.rules import MOST_UPLOAD, Rules
from assistant.web.serving import Announce, address, listen, run

MAX_AT_ONCE = 8
"""Answers composed at the same time; further questions wait their turn."""

MOST_TABS = 1_000
"""Remembered at a time, some 70 kB each; of the tab used longest ago the earlier turns are forgotten first."""

FONTS = ["Noto Sans Arabic", "SF Arabic", "Segoe UI", "Tahoma", "system-ui", "sans-serif"]
"""Of the reader's system; no font is fetched."""

QUIET = {"show_progress": "hidden", "api_visibility": "private"}
"""For every event: no spinner over the text, and nothing that a client library could call."""

COUNTED, UPLOADS = re.compile(r".*/queue/join"), re.compile(r".*/upload")
"""The paths that ask something, and those that would bring files."""

Turns = tuple[str, ...]
"""The rendered turns of one tab, oldest first."""

Changes = dict[Any, Any]
"""What an event does to the page: component → its new value; the others stay as they are."""


class Assisting(Talking, Shelf, Protocol):
    """What the page needs of the assistant."""


@dataclass(frozen=True, eq=False)
class Parts:
    """The components that change, from the top of the page down; `turns` is the memory of one tab."""

    past: gr.HTML
    live: gr.HTML
    samples: gr.Column
    examples: list[gr.Button]
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    hint: gr.HTML
    turns: gr.State
    last: gr.State
    """The question before, as it was understood: a later one may lean on it."""

    def working(self, yes: bool) -> Changes:
        """The two buttons take turns in one place."""
        return {self.send: gr.update(visible=not yes), self.stop: gr.update(visible=yes)}


def build_page(assistant: Talking, examples: Sequence[str] = ()) -> gr.Blocks:
    """The page and its events; its look and its guard come with `build_app`."""
    with gr.Blocks(title="إسناد", analytics_enabled=False) as page:
        parts = _layout(assistant.answerer, examples)
        triggers = [parts.box.submit, parts.send.click, *(example.click for example in parts.examples)]
        shown = [parts.past, parts.live, parts.samples, parts.box, parts.send, parts.stop, parts.hint]
        kept = [parts.turns, parts.last]
        # One event for all triggers, so that "once" holds for the tab: it never has two questions under way.
        asking = gr.on(
            triggers, _asker(assistant, parts), [parts.box, *kept], [*shown, *kept], trigger_mode="once", **QUIET
        )
        parts.stop.click(
            lambda turns: parts.working(False) | {parts.live: turns[-1]},
            parts.turns,
            [parts.live, parts.send, parts.stop],
            cancels=asking,
            **QUIET,
        )
    page.state_session_capacity = MOST_TABS
    return page.queue(api_open=False, default_concurrency_limit=MAX_AT_ONCE)


def build_app(assistant: Assisting, examples: Sequence[str] = (), rules: Rules | None = None) -> ASGIApp:
    """The page as a web application that serves itself, and nothing beyond itself, to the browser."""
    rules = rules or Rules()
    app = guarded(FastAPI(openapi_url=None))
    add_reader(app, assistant)
    page = build_page(assistant, examples)
    off = {"ssr_mode": False, "pwa": False, "mcp_server": False, "enable_monitoring": False, "show_error": False}
    root, most = rules.root_path or None, MOST_UPLOAD
    gr.mount_gradio_app(app, page, path="/", root_path=root, max_file_size=most, footer_links=[], theme=_theme(), **off)
    return Gate(app, rules, counted=COUNTED, uploads=UPLOADS)


def serve(
    assistant: Assisting,
    host: str,
    port: int,
    examples: Sequence[str] = (),
    announce: Announce | None = None,
    rules: Rules | None = None,
) -> None:
    """Serves until interrupted. `announce` gets the address once it is taken; InputError where it cannot be."""
    with listen(host, port) as listener:
        app = build_app(assistant, examples, rules)
        if announce:
            announce(address(host, listener))
        run(app, listener)


def _layout(answerer: str, examples: Sequence[str]) -> Parts:
    """The components, empty but for the welcome and the examples."""
    _html(heading(answerer))
    past, live = _html(WELCOME, "past"), _html("", "live")
    with gr.Column(elem_id="examples", visible=bool(examples)) as samples:
        buttons = [gr.Button(example) for example in examples]
    with gr.Column(elem_id="composer"):
        with gr.Row():
            box = gr.Textbox(
                label="سؤالك",
                show_label=False,
                container=False,
                placeholder="اسأل عن الأخبار…",
                max_lines=6,
                rtl=True,
                html_attributes=gr.InputHTMLAttributes(enterkeyhint="send"),
            )
            send = gr.Button("اسأل", elem_id="send", scale=0)
            stop = gr.Button("أوقف", elem_id="stop", scale=0, visible=False)
        hint = _html("", "hint")
    return Parts(past, live, samples, buttons, box, send, stop, hint, gr.State(()), gr.State(None))


def _asker(assistant: Talking, parts: Parts) -> Callable[[str, Turns, Turn | None, gr.EventData], Iterator[Changes]]:
    """The event behind asking. Until it is answered a turn is kept as a stopped one, so stopping needs no memory."""

    def ask(text: str, before: Turns, last: Turn | None, event: gr.EventData) -> Iterator[Changes]:
        question = (event.target.value if event.target in parts.examples else text).strip()
        if wrong := fault(question):
            yield {parts.hint: hinted(wrong)}
            return
        number = len(before) + 1
        frame = waiting(number, question)
        start: Changes = {parts.past: "".join(before), parts.live: frame, parts.box: "", parts.hint: ""}
        start |= {parts.samples: gr.update(visible=False), parts.turns: (*before, stopped(number, question))}
        yield start | parts.working(True)
        conversation = Conversation(assistant, last)
        for frame in frames(conversation, number, question):
            yield {parts.live: frame}
        yield {parts.turns: (*before, frame), parts.last: conversation.before} | parts.working(False)

    return ask


def _html(value: str, elem_id: str | None = None) -> gr.HTML:
    """A place for markup of our own, without Gradio's styles and scripts."""
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)


def _theme() -> gr.themes.Base:
    """System fonts, and the two colours that are painted before the style sheet arrives."""
    theme = gr.themes.Base(font=FONTS, font_mono=["monospace"])
    return theme.set(body_background_fill="#fbfaf7", body_background_fill_dark="#14171a")
