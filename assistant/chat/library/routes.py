"""What the library's tab asks for: its rows; files and addresses to take in, articles to take out and to put back."""

from pathlib import PurePath

from fastapi import Depends, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse

from assistant.chat.library.collection import Collection
from assistant.chat.library.listing import A_PAGE, LARGEST_FILE, rows
from assistant.chat.routes import from_here, limited
from assistant.chat.texts import Texts, texts_of
from index.addresses import is_address
from index.building import Report
from index.errors import IsnadError

MOST_TOLD = 5
"""Lines about one file or address."""


def add_library(app: FastAPI, library: Collection, *, writable: bool) -> None:
    """Serves them; what cannot be done is one line for the reader."""

    @app.get("/library")
    def listed(request: Request) -> Response:
        asked = request.query_params
        words, page = texts_of(asked.get("lang")), asked.get("page", "0")
        after = A_PAGE * int(page) if page.isdecimal() and len(page) < len("100000") else 0
        try:
            every = library.listed()
            found = library.listed(asked.get("q", ""), asked.get("order", ""))
        except IsnadError as error:
            return PlainTextResponse(str(error), 503)
        counts = [words.counted(len(some), "articles") for some in (found, every)]
        count = counts[1] if len(found) == len(every) else words("found_of", found=counts[0], all=counts[1])
        html = rows(found[after : after + A_PAGE], words, writable=writable) if after < len(found) or not after else ""
        return JSONResponse({"html": html, "count": count, "more": after + A_PAGE < len(found)})

    if not writable:
        return

    @app.post("/library/upload", dependencies=[Depends(from_here)])
    async def upload(request: Request) -> Response:
        words, name = texts_of(request.query_params.get("lang")), request.query_params.get("name", "")
        data = await limited(request, LARGEST_FILE)
        if data is None:
            return PlainTextResponse(words("too_large", most=LARGEST_FILE >> 20), 413)
        try:
            report = await run_in_threadpool(library.add, name, data)
        except IsnadError as error:
            return PlainTextResponse(str(error), 400)
        return JSONResponse(_told(report, words))

    @app.post("/library/fetch", dependencies=[Depends(from_here)])
    def fetch(request: Request) -> Response:
        asked = request.query_params
        try:
            report = library.fetch(asked.get("address", ""))
        except IsnadError as error:
            return PlainTextResponse(str(error), 400)
        return JSONResponse(_told(report, texts_of(asked.get("lang"))))

    @app.post("/library/{what}", dependencies=[Depends(from_here)])
    def change(what: str, request: Request) -> Response:
        does = {"remove": library.remove, "undo": library.undo}.get(what)
        if does is None:
            return PlainTextResponse("Not found", 404)
        try:
            does(request.query_params.get("id", ""))
        except IsnadError as error:
            return PlainTextResponse(str(error), 400)
        return Response(status_code=204)


def _told(report: Report, words: Texts) -> dict[str, object]:
    """What has become of a file or an address, and what of it could not be read.

    A file's place on the server is nobody's business.
    """
    taken = report.new + report.changed
    line = words("added", articles=words.counted(taken, "articles")) if taken else words("same_again")
    ok = bool(taken or report.same)
    told = ((p.where if is_address(p.where) else PurePath(p.where).name, p.why) for p in report.problems[:MOST_TOLD])
    problems = [f"{where}: {why}" for where, why in told]
    return {"ok": ok, "line": line if ok else words("nothing_read"), "problems": problems}
