"""What the evaluation's tab asks for: how far a run is and the reports; one to begin or to end; one to read."""

from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse

from assistant.chat.evaluation.runs import Evaluations
from assistant.chat.evaluation.tab import rows, told
from assistant.chat.routes import from_here
from assistant.chat.texts import texts_of
from index.errors import IsnadError

APART = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
"""The policy of a report: its styles, and nothing that runs or loads; it is whole without its script."""


def add_evaluation(app: FastAPI, evaluations: Evaluations) -> None:
    """Serves them; what cannot be done is one line for the reader."""

    @app.get("/evaluation")
    def state(request: Request) -> Response:
        words, now = texts_of(request.query_params.get("lang")), evaluations.state()
        row = {"running": now.running, "share": now.done / now.total if now.total else 0, "told": told(now, words)}
        return JSONResponse(row | {"failure": now.failure, "html": rows(evaluations.reports(), words)})

    @app.post("/evaluation/{what}", dependencies=[Depends(from_here)])
    def change(what: str) -> Response:
        does = {"start": evaluations.start, "stop": evaluations.stop}.get(what)
        if does is None:
            return PlainTextResponse("Not found", 404)
        try:
            does()
        except IsnadError as error:
            return PlainTextResponse(str(error), 400)
        return Response(status_code=204)

    @app.get("/evaluation/report")
    def report(request: Request) -> Response:
        page = evaluations.page(request.query_params.get("id", ""))
        if page is None:
            return PlainTextResponse("Not found", 404)
        return HTMLResponse(page, headers={"Content-Security-Policy": APART})
