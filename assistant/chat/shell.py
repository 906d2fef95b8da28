"""What of the page stands around Gradio's part and does not change: its head, the bar on top, the reader's panel."""

from collections.abc import Sequence

from assistant.chat.markup import shown
from assistant.chat.reader import panel
from assistant.chat.rendering import files
from assistant.chat.texts import ARABIC, ENGLISH, Texts

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32'"
    " rx='7' fill='%230b5c57'/%3E%3Cpath d='M10 9v14M16 9v14M22 9v14' stroke='%23fff' stroke-width='3'/%3E%3C/svg%3E"
)
RESOURCES = {
    "chat.css": "text/css", "reader.css": "text/css", "drawers.css": "text/css", "chat.js": "text/javascript",
    "conversations.js": "text/javascript", "filters.js": "text/javascript", "reader.js": "text/javascript",
    "taking.js": "text/javascript", "tabs.css": "text/css", "tabs.js": "text/javascript",
    "ratings.js": "text/javascript", "ratings.css": "text/css",
    "library.js": "text/javascript", "evaluation.js": "text/javascript", "about.js": "text/javascript",
}  # fmt: skip
"""Ours, in this folder, with their types."""


def home(words: Texts) -> str:
    """Where the page in this language lies, seen from the root."""
    return "./en/" if words is ENGLISH else "./"


TABS = ("library", "evaluation", "about")
"""Beside the questions; each with a script of its own name."""


def head(words: Texts) -> str:
    """The title and our styles, which have to come after Gradio's."""
    links = "".join(f'<link rel="stylesheet" href="{_root(words)}{name}">' for name in _of_kind("text/css"))
    return f'<title>{words("name")}</title><link rel="icon" href="{ICON}">{links}'


def scripts(words: Texts, tabs: Sequence[str] = ()) -> str:
    """Our scripts, which have to run before Gradio's; of tabs only those that there are."""
    ours = [name for name in _of_kind("text/javascript") if name.removesuffix(".js") not in {*TABS} - {*tabs}]
    return "".join(f'<script type="module" src="{_root(words)}{name}"></script>' for name in ours)


def _of_kind(kind: str) -> list[str]:
    return [name for name, known in RESOURCES.items() if known == kind]


def _root(words: Texts) -> str:
    """The way from the page back to the root."""
    return "../" if words is ENGLISH else "./"


def bar(words: Texts, tabs: Sequence[str] = ()) -> str:
    """The name of the page, the way to its tabs and the conversations, and the switch to the other language."""
    links = "".join(f'<a href="#{name}">{words(f"{name}_tab")}</a>' for name in ("ask", *tabs))
    nav = f'<nav aria-label="{words("sections")}">{links}</nav>' if tabs else ""
    other = ARABIC if words is ENGLISH else ENGLISH
    switch = f'href="{_root(words)}language?to={other.language}" lang="{other.language}" dir="{other.direction}"'
    return (
        f'<header id="top" dir="{words.direction}"><h1>{words("name")}</h1><p>{words("tagline")}</p>{nav}'
        f'<button type="button" class="fresh">{words("new_conversation")}</button>'
        f'<button type="button" class="talks" aria-haspopup="dialog">{words("conversations")}</button>'
        f'<a class="language" {switch}>{words("other_language")}</a></header>'
    )


def start(examples: Sequence[str], answerer: str, words: Texts) -> str:
    """What an empty conversation begins with. Gradio wraps its parts in dir="ltr"; what is ours says its direction."""
    listed = heading(answerer, words) + suggested(examples, words("first_questions"))
    return f'<div dir="{words.direction}"><p class="welcome">{words("welcome")}</p>{listed}</div>'


def heading(answerer: str, words: Texts) -> str:
    """What words the answers: the articles themselves, or a model that is named."""
    model = shown(answerer.partition("/")[2])
    who = words("worded_by", model=f'<bdi dir="ltr">{model}</bdi>') if model else words("quoted")
    return f'<p class="answerer">{who}</p>'


def suggested(questions: Sequence[str], name: str) -> str:
    """Questions to be asked with a click; nothing where there are none."""
    asks = "".join(f'<li><button type="button" class="ask" dir="auto">{shown(one)}</button></li>' for one in questions)
    return f'<ul class="suggested" aria-label="{name}">{asks}</ul>' if asks else ""


def following(words: Texts) -> str:
    """The place of what to ask next, which a script fills below the last answer."""
    head = f"<h3>{words('next_questions')}</h3>"
    return f'<section class="next" dir="{words.direction}" hidden>{head}<div></div></section>'


def filters(words: Texts) -> str:
    """What a question can be narrowed to, beside the question box; the sources come when it is opened."""
    day = '<label>{name} <input type="date" name="{field}"></label>'
    days = "".join(day.format(name=words(name), field=name) for name in ("since", "until"))
    every = f'<option value="">{words("all_sources")}</option>'
    source = f'<label>{words("source")} <select name="source">{every}</select></label>'
    return (
        f'<details class="filters" dir="{words.direction}"><summary>{words("filter")}</summary><div>{source}{days}'
        f'<button type="button" class="none">{words("no_filter")}</button></div></details>'
    )


def below(words: Texts) -> str:
    """What lies over the page when it is called for."""
    return panel(words) + _conversations(words) + _editor(words)


def _conversations(words: Texts) -> str:
    """The drawer of this browser's conversations, which a script fills."""
    tools = "".join(
        f'<button type="button" class="{name}" aria-label="{words(name)}" title="{words(name)}">{sign}</button>'
        for name, sign in (("rename", "✎"), ("delete", "✕"))
    )
    return (
        f'<dialog id="talks" class="drawer" dir="{words.direction}" aria-labelledby="talks-title">'
        f'<header><h2 id="talks-title">{words("conversations")}</h2>'
        f'<button type="button" class="close" aria-label="{words("close")}">✕</button></header>'
        f'<button type="button" class="fresh">{words("new_conversation")}</button>'
        f'<p class="undo" role="status" hidden>{words("deleted")} <button type="button">{words("undo")}</button></p>'
        f'<ul></ul><p class="note none">{words("no_conversations")}</p>'
        f'<p class="actions">{words("export_all")} {files()}</p><p class="note">{words("kept_here")}</p></dialog>'
        f'<template id="talk"><li><button type="button" class="title" dir="auto"></button>{tools}</li></template>'
        f'<template id="talk-name"><input dir="auto" maxlength="120" aria-label="{words("its_name")}"></template>'
    )


def _editor(words: Texts) -> str:
    """What a question is edited in, in its place."""
    return (
        f'<template id="editor"><form class="editor" dir="{words.direction}">'
        f'<textarea dir="auto" rows="2" aria-label="{words("edited_question")}"></textarea><p class="actions">'
        f'<button>{words("ask_again")}</button><button type="button" class="cancel">{words("cancel")}</button></p>'
        "</form></template>"
    )
