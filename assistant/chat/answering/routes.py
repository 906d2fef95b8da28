"""The part of the about tab in which what answers is chosen."""

from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from assistant.chat.answering.switch import Choice, Switch
from assistant.chat.markup import shown
from assistant.chat.routes import from_here
from assistant.chat.texts import Texts, texts_of
from index.errors import IsnadError


def place(words: Texts) -> str:
    """Where a script puts the choices."""
    data = f'data-wait="{words("looking_for_llms")}" data-failed="{words("connection_lost")}"'
    return (
        f'<form id="answering" {data}><fieldset><legend>{words("choose_answerer")}</legend><div class="choices"></div>'
        f'</fieldset><p><label><input type="checkbox" name="remember"> {words("remember_answerer")}</label></p>'
        f'<p class="note">{words("answerer_for_all")}</p><p class="told" role="status"></p></form>'
    )


def add_answering(app: FastAPI, switch: Switch) -> None:
    """Serves the choices and takes one; what cannot be done is one line for the reader."""

    @app.get("/answerers")
    def choices(request: Request) -> Response:
        words = texts_of(request.query_params.get("lang"))
        found = switch.choices()
        alone = f'<p class="note">{words("no_llms")}</p>' if len(found) == 1 else ""
        now = (switch.now.llm, switch.now.url)
        return HTMLResponse("".join(_choice(one, (one.llm, one.url) == now, words) for one in found) + alone)

    @app.post("/answerers", dependencies=[Depends(from_here)])
    def choose(request: Request) -> Response:
        asked = request.query_params
        words = texts_of(asked.get("lang"))
        try:
            switch.use(asked.get("llm", ""), asked.get("url", ""), remember=asked.get("remember") == "true")
        except IsnadError as error:
            return PlainTextResponse(str(error), 400)
        return PlainTextResponse(words("answers_now", who=_named(switch.now, words)))


def _choice(choice: Choice, now: bool, words: Texts) -> str:
    given = f'value="{shown(choice.llm)}" data-url="{shown(choice.url)}"{" checked" if now else ""}'
    return f'<label><input type="radio" name="llm" {given}> <bdi>{shown(_named(choice, words))}</bdi></label>'


def _named(choice: Choice, words: Texts) -> str:
    return words("quoted_short") if choice.llm == "extractive" else choice.told or choice.llm
