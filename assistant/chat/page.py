"""The chat page: one conversation a browser tab, drawn by `rendering` and kept on this machine by `guard`."""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

# Read by Gradio and its hub client when they are imported: nothing about the reader leaves the machine.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_RUN_HISTORY"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import gradio as gr
from fastapi import FastAPI
from starlette.types import ASGIApp

from assistant.chat import about
from assistant.chat.about import Examine, add_about
from assistant.chat.answering.routes import add_answering, place
from assistant.chat.answering.switch import Switch
from assistant.chat.evaluation import tab
from assistant.chat.evaluation.routes import add_evaluation
from assistant.chat.evaluation.runs import Evaluations
from assistant.chat.events import Assisting, Events, Parts
from assistant.chat.guard import guarded
from assistant.chat.library import listing
from assistant.chat.library.collection import Collection
from assistant.chat.library.routes import add_library
from assistant.chat.rating.routes import add_rating
from assistant.chat.reader import add_reader
from assistant.chat.routes import Further, add_routes
from assistant.chat.shell import filters, following, start
from assistant.chat.texts import ARABIC, ENGLISH, Texts
from assistant.web.gate import Gate
from assistant.web.rules import MOST_UPLOAD, Rules
from assistant.web.serving import Announce, address, listen, run

MAX_AT_ONCE = 8
"""Answers composed at the same time; further questions wait their turn."""

FONTS = ["Noto Sans Arabic", "SF Arabic", "Segoe UI", "Tahoma", "system-ui", "sans-serif"]
"""Of the reader's system; no font is fetched."""

QUIET = {"show_progress": "hidden", "api_visibility": "private"}
"""For every event: no spinner over the text, and nothing that a client library could call."""


@dataclass(frozen=True)
class Extras:
    """What the page offers beside answers."""

    examples: Sequence[str] = ()
    """Questions to begin with."""
    further: Further = lambda articles, asked: ()
    library: Collection | None = None
    """What its tab shows; without one there is none."""
    writable: bool = True
    """Whether readers may add articles and take them out."""
    examine: Examine = lambda: ()
    switch: Switch | None = None
    """The assistant, where readers may choose what answers: where the page is for this machine alone."""
    evaluations: Evaluations | None = None
    """What measures; without it, and where readers may not write, there is no tab for it."""


COUNTED, UPLOADS = re.compile(r".*/queue/join|/rating|/library/fetch"), re.compile(r".*/upload")
"""The paths that cost work, and those that bring files."""

WIRE = """
document.addEventListener("isnad:ask", () => trigger("submit"));
document.addEventListener("isnad:show", () => trigger("select"));
"""
"""By which our scripts have a question asked, and a conversation shown. What is meant comes with the event, as JSON."""
QUESTION = "(text, packet) => [text, window.isnad.question(text)]"
CONVERSATION = "(text, packet) => [text, window.isnad.conversation()]"


def build_page(assistant: Assisting, words: Texts, examples: Sequence[str] = ()) -> gr.Blocks:
    """The page and its events; its look and its guard come with `build_app`."""
    with gr.Blocks(title=words("name"), analytics_enabled=False) as page:
        parts = _layout(words, assistant.answerer, examples)
        wire = gr.HTML("", elem_id="wire", apply_default_css=False, js_on_load=WIRE)
        sent = [parts.box, gr.Textbox(visible=False)]
        events = Events(assistant, words, parts, lambda: start(examples, assistant.answerer, words))
        # One event for all triggers, so that "once" holds for the tab: it never has two questions under way.
        triggers = [parts.box.submit, parts.send.click, wire.submit]
        asking = gr.on(triggers, events.ask, sent, parts.all(), js=QUESTION, trigger_mode="once", **QUIET)
        for event in (parts.stop.click, wire.select):
            event(events.show, sent, parts.all(), js=CONVERSATION, cancels=asking, **QUIET)
        page.load(events.show, sent, parts.all(), js=CONVERSATION, **QUIET)
    return page.queue(api_open=False, default_concurrency_limit=MAX_AT_ONCE)


def build_app(assistant: Assisting, extras: Extras | None = None, rules: Rules | None = None) -> ASGIApp:
    """The page as a web application that serves itself, and nothing beyond itself, to the browser."""
    extras, rules = extras or Extras(), rules or Rules()
    app = guarded(FastAPI(openapi_url=None), _tabs(extras))
    add_reader(app, assistant)
    add_routes(app, assistant, extras.further)
    if extras.library:
        add_library(app, extras.library, writable=extras.writable)
        add_rating(app, assistant, extras.library)
        if extras.evaluations and extras.writable:
            add_evaluation(app, extras.evaluations)
        if extras.switch:
            add_answering(app, extras.switch)
        add_about(app, assistant, extras.library, extras.examine)
    off = {"ssr_mode": False, "pwa": False, "mcp_server": False, "enable_monitoring": False, "show_error": False}
    for path, words in (("/en", ENGLISH), ("/", ARABIC)):  # what lies at / would take in /en too
        page = build_page(assistant, words, extras.examples)
        root = f"{rules.root_path}{path.rstrip('/')}" if rules.root_path else None
        own = {"root_path": root, "max_file_size": MOST_UPLOAD, "footer_links": [], "theme": _theme()}
        gr.mount_gradio_app(app, page, path=path, **own, **off)
    return Gate(app, rules, counted=COUNTED, uploads=UPLOADS)


def serve(
    assistant: Assisting,
    host: str,
    port: int,
    extras: Extras | None = None,
    announce: Announce | None = None,
    rules: Rules | None = None,
) -> None:
    """Serves until interrupted. `announce` gets the address once it is taken; InputError where it cannot be."""
    with listen(host, port) as listener:
        app = build_app(assistant, extras, rules)
        if announce:
            announce(address(host, listener))
        run(app, listener)


def _tabs(extras: Extras) -> dict[str, Callable[[Texts], str]]:
    """What makes the tabs that there are, by their names."""
    if extras.library is None:
        return {}
    made: dict[str, Callable[[Texts], str]] = {"library": partial(listing.frame, writable=extras.writable)}
    if extras.evaluations and extras.writable:
        made["evaluation"] = tab.frame
    return made | {"about": lambda words: about.frame(words, place(words) if extras.switch else "")}


def _layout(words: Texts, answerer: str, examples: Sequence[str]) -> Parts:
    """The components, empty but for the welcome and the examples."""
    first = _html(start(examples, answerer, words), "start")
    past, live, later = _html("", "past"), _html("", "live"), _html("", "later")
    _html(following(words), "following")
    with gr.Column(elem_id="composer"):
        with gr.Row():
            box = gr.Textbox(
                label=words("your_question"),
                show_label=False,
                container=False,
                placeholder=words("placeholder"),
                max_lines=6,
                rtl=words is ARABIC,
                html_attributes=gr.InputHTMLAttributes(enterkeyhint="send"),
            )
            send = gr.Button(words("ask"), elem_id="send", scale=0)
            stop = gr.Button(words("stop"), elem_id="stop", scale=0, visible=False)
        _html(filters(words), "filters")
        hint = _html("", "hint")
    return Parts(first, past, live, later, box, send, stop, hint)


def _html(value: str, elem_id: str | None = None) -> gr.HTML:
    """A place for markup of our own, without Gradio's styles and scripts."""
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)


def _theme() -> gr.themes.Base:
    """System fonts, and the two colours that are painted before the style sheet arrives."""
    theme = gr.themes.Base(font=FONTS, font_mono=["monospace"])
    return theme.set(body_background_fill="#fbfaf7", body_background_fill_dark="#14171a")
