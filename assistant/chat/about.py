"""What the page is: what answers, from how many articles, and whether everything is sound."""

from collections.abc import Callable, Sequence
from typing import Protocol

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from assistant.chat.library.collection import Collection
from assistant.chat.markup import shown
from assistant.chat.texts import Texts, texts_of
from index.errors import IsnadError

Finding = tuple[bool, str]
"""Whether something is as it should be, and the line that says so."""
Examine = Callable[[], Sequence[Finding]]
"""Looks at the library and the settings; it has to bear pickling, for another process does it."""


class Answerers(Protocol):
    """What this tab needs of the assistant."""

    @property
    def answerer(self) -> str:
        """The name of what answers."""
        ...


def frame(words: Texts, more: str = "") -> str:
    """The tab before anything is known; a script asks for the rest. `more` is what stands below it."""
    data = f'data-wait="{words("examining")}" data-failed="{words("not_examined")}"'
    return (
        f'<main id="about" class="tab" dir="{words.direction}" hidden><h2>{words("about_tab")}</h2>'
        f'<p>{words("welcome")}</p><p class="note">{words("keys")}</p>'
        f'<div class="facts" aria-live="polite" {data}></div>{more}</main>'
    )


def add_about(app: FastAPI, assistant: Answerers, library: Collection, examine: Examine) -> None:
    """Serves what the tab shows."""

    @app.get("/about")
    def about(request: Request) -> Response:
        words = texts_of(request.query_params.get("lang"))
        try:
            listed, findings = library.listed(), library.elsewhere(examine)
        except IsnadError as error:
            return PlainTextResponse(str(error), 503)
        articles = words.counted(len(listed), "articles")
        passages = words.counted(sum(one.passages for one in listed), "passages_counted")
        answers = words("quoted") if assistant.answerer == "extractive" else assistant.answerer
        facts = ((words("answers_from"), answers), (words("in_library"), articles + words("comma") + passages))
        return HTMLResponse(_facts(facts) + _health(findings, words))


def _facts(facts: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f'<tr><th scope="row">{name}</th><td><bdi>{shown(value)}</bdi></td></tr>' for name, value in facts)
    return f"<table><tbody>{rows}</tbody></table>"


def _health(findings: Sequence[Finding], words: Texts) -> str:
    rows = "".join(
        f'<li class="{"sound" if ok else "unsound"}" dir="ltr"><b>{words("sound" if ok else "unsound")}</b>'
        f"<span>{shown(line)}</span></li>"
        for ok, line in findings
    )
    return f'<h3>{words("health")}</h3><ul class="health">{rows}</ul>'
