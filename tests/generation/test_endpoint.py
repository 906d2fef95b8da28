"""How an endpoint is asked, over real HTTP: what it does not take is left out once, a wrong address is mended."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

import pytest

from assistant.generation.answerer import GeneratingAnswerer
from assistant.generation.llms import build_llm
from assistant.types import Answer, Draft
from index.errors import ModelError
from tests.doubles import Scripted, ScriptedLLM, article, scored, scripted_llm

PASSAGES = [scored(article("بلغ محصول الزيتون في الشمال 340 ألف طن هذا الموسم."))]
QUESTION = "كم بلغ محصول الزيتون؟"
GOOD = "بلغ محصول الزيتون في الشمال 340 ألف طن [1]."
SHOWN = "بلغ محصول الزيتون في الشمال 340 ألف طن. [1]"
MODELS = (f"m{n}" for n in count())
"""A name for each test: what is learnt about a model is remembered for the process."""


def answerer(url: str, model: str, **options: Any) -> GeneratingAnswerer:
    return GeneratingAnswerer(build_llm(f"openai/{model}", url, None, 30, **options), f"openai/{model}")


@contextmanager
def taking(takes: Callable[[dict[str, Any]], Scripted | None]) -> Iterator[ScriptedLLM]:
    """An endpoint that answers what `takes` says to a request, and GOOD where it says nothing."""
    with scripted_llm(GOOD) as llm:
        llm.reply_to = lambda request: takes(request) or Scripted(GOOD)  # type: ignore[method-assign]
        yield llm


def refusal(message: str, status: int = 400, **more: Any) -> Scripted:
    error = json.dumps({"error": {"message": message, "type": "invalid_request_error", **more}})
    return Scripted(status=status, page=error, kind="application/json")


def extra_forbidden(*path: str) -> Scripted:
    detail = [{"type": "extra_forbidden", "loc": ["body", *path], "msg": "Extra inputs are not permitted"}]
    return Scripted(status=422, page=json.dumps({"detail": detail}), kind="application/json")


# ---------------------------------------------------------------- what it does not take


@pytest.mark.parametrize(
    ("field", "refused"),
    [
        ("stream_options", extra_forbidden("stream_options", "include_usage")),
        ("temperature", refusal("Unsupported value: 'temperature' does not support 0.0 with this model.")),
        ("temperature", refusal("Unsupported value.", param="temperature")),
        ("stream", refusal("This model cannot stream: set stream to false.")),
    ],
)
def test_a_field_that_is_refused_is_left_out_once_and_for_the_process(field: str, refused: Scripted) -> None:
    model = next(MODELS)
    with taking(lambda request: refused if field in request else None) as llm:
        assert answerer(llm.url, model).answer(QUESTION, PASSAGES).text == SHOWN
        assert answerer(llm.url, model).answer(QUESTION, PASSAGES).text == SHOWN
        assert [field in request for request in llm.requests] == [True, False, False]
        answerer(llm.url, next(MODELS)).answer(QUESTION, PASSAGES)
        assert field in llm.requests[3], "another model may take it"


def test_fields_are_left_out_one_after_another() -> None:
    def takes(request: dict[str, Any]) -> Scripted | None:
        refused = next((name for name in ("temperature", "stream_options") if name in request), None)
        return refusal(f"Unknown parameter: {refused}") if refused else None

    with taking(takes) as llm:
        assert answerer(llm.url, next(MODELS)).answer(QUESTION, PASSAGES).text == SHOWN
    assert len(llm.requests) == 3


@pytest.mark.parametrize(
    ("given", "taken"), [("max_tokens", "max_completion_tokens"), ("max_completion_tokens", "max_tokens")]
)
def test_a_limit_goes_by_the_name_that_is_known(given: str, taken: str) -> None:
    told = f"Unsupported parameter: '{given}' is not supported with this model. Use '{taken}' instead."
    with taking(lambda request: refusal(told) if given in request else None) as llm:
        made = answerer(llm.url, next(MODELS), extra={given: 800})
        assert made.answer(QUESTION, PASSAGES).text == SHOWN
    assert [(r.get(given), r.get(taken)) for r in llm.requests] == [(800, None), (None, 800)]


def test_a_field_of_the_users_own_is_not_left_out_in_silence() -> None:
    with (
        taking(lambda request: refusal("Unknown parameter: 'top_k'")) as llm,
        pytest.raises(
            ModelError,
            match=r"does not take 'top_k' \(400: Unknown parameter: 'top_k'\): take it out of ISNAD_LLM_EXTRA",
        ),
    ):
        answerer(llm.url, next(MODELS), extra={"top_k": 5}).answer(QUESTION, PASSAGES)
    assert len(llm.requests) == 1


def test_temperature_and_further_fields_are_set() -> None:
    with scripted_llm(GOOD) as llm:
        extra = {"chat_template_kwargs": {"enable_thinking": False}, "stream_options": None}
        answerer(llm.url, next(MODELS), temperature=0.7, extra=extra).answer(QUESTION, PASSAGES)
        answerer(llm.url, next(MODELS), temperature=None).answer(QUESTION, PASSAGES)
    warm, bare = llm.requests
    assert (warm["temperature"], warm["chat_template_kwargs"]) == (0.7, {"enable_thinking": False})
    assert "stream_options" not in warm
    assert "temperature" not in bare


def test_threads_that_are_refused_at_once_all_get_their_answer() -> None:
    model = next(MODELS)
    together = threading.Barrier(4, timeout=10)

    def takes(request: dict[str, Any]) -> Scripted | None:
        if "temperature" not in request:
            return None
        together.wait()
        return refusal("no temperature here")

    with taking(takes) as llm:
        shared = answerer(llm.url, model)
        with ThreadPoolExecutor(4) as pool:
            texts = list(pool.map(lambda _: shared.answer(QUESTION, PASSAGES).text, range(4)))
        assert shared.answer(QUESTION, PASSAGES).text == SHOWN
    assert texts == [SHOWN] * 4
    assert len(llm.requests) == 9


# ---------------------------------------------------------------- where it is


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("/v1", ["/v1/chat/completions"]),
        ("/v1/", ["/v1/chat/completions"]),
        ("/v1/chat/completions", ["/v1/chat/completions"]),
        ("/v1/chat/completions/", ["/v1/chat/completions"]),
        ("/v1/models", ["/v1/chat/completions"]),
        ("", ["/chat/completions", "/v1/chat/completions"]),
        ("/", ["/chat/completions", "/v1/chat/completions"]),
        (
            "/openai/deployments/m/chat/completions?api-version=1",
            ["/openai/deployments/m/chat/completions?api-version=1"],
        ),
    ],
)
def test_an_address_that_says_too_much_or_too_little_is_mended(given: str, asked: list[str]) -> None:
    there = Scripted(status=404, page="404 page not found", kind="text/plain")
    model = next(MODELS)
    with taking(lambda request: None if request["path"].startswith(("/v1/", "/openai/")) else there) as llm:
        url = llm.url.removesuffix("/v1") + given
        assert answerer(url, model).answer(QUESTION, PASSAGES).text == SHOWN
        assert [request["path"] for request in llm.requests] == asked
        answerer(url, model).answer(QUESTION, PASSAGES)
        assert llm.requests[-1]["path"] == asked[-1] and len(llm.requests) == len(asked) + 1, "remembered"


@pytest.mark.parametrize(
    "elsewhere",
    [
        Scripted(status=404, page='{"detail": "Not Found"}', kind="application/json"),
        Scripted(page='{"error": "Unexpected endpoint or method. (POST /chat/completions)"}', kind="application/json"),
        Scripted(page="<!doctype html><title>Web UI</title>", kind="text/html"),
    ],
)
def test_whatever_answers_beside_the_api_the_api_is_found(elsewhere: Scripted) -> None:
    with taking(lambda request: None if request["path"].startswith("/v1/") else elsewhere) as llm:
        assert answerer(llm.url.removesuffix("/v1"), next(MODELS)).answer(QUESTION, PASSAGES).text == SHOWN


def test_where_there_is_no_api_the_address_is_named() -> None:
    nothing = Scripted(status=404, page="404 page not found", kind="text/plain")
    with (
        taking(lambda request: nothing) as llm,
        pytest.raises(
            ModelError, match=r"nothing there chats \(404: 404 page not found\): check the URL in ISNAD_LLM_URL"
        ),
    ):
        answerer(llm.url.removesuffix("/v1"), next(MODELS)).answer(QUESTION, PASSAGES)
    assert len(llm.requests) == 2


def test_a_model_that_is_missing_is_not_looked_for_elsewhere() -> None:
    missing = refusal("The model `m` does not exist", status=404, code="model_not_found")
    with taking(lambda request: missing) as llm, pytest.raises(ModelError, match="has no model for openai/m"):
        answerer(llm.url.removesuffix("/v1"), next(MODELS)).answer(QUESTION, PASSAGES)
    assert len(llm.requests) == 1


# ---------------------------------------------------------------- in time


class _Slow(BaseHTTPRequestHandler):
    """Sends the first words, and the rest once the reader has them; or signs of life alone."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        while not self.server.words and not self.server.seen.wait(0.02):  # type: ignore[attr-defined]
            self.wfile.write(b": PROCESSING\n\n")
        for half in self.server.words:  # type: ignore[attr-defined]
            self.wfile.write(b"data: " + json.dumps({"choices": [{"delta": {"content": half}}]}).encode() + b"\n\n")
            self.server.seen.wait(10)  # type: ignore[attr-defined]
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, *_: object) -> None:
        """Tests stay quiet."""


@contextmanager
def slow(*words: str) -> Iterator[tuple[str, threading.Event]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Slow)
    server.words, server.seen = words, threading.Event()  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", server.seen  # type: ignore[attr-defined]
    finally:
        server.seen.set()  # type: ignore[attr-defined]
        server.shutdown()
        server.server_close()


def test_the_first_words_show_before_the_next_are_sent() -> None:
    with slow(GOOD[:20], GOOD[20:]) as (url, seen):
        answers = answerer(url, next(MODELS)).stream(QUESTION, PASSAGES)
        first = next(answers)
        assert isinstance(first, Draft) and first.text == GOOD[:20].rstrip()
        assert not seen.is_set()
        seen.set()
        *_, last = answers
    assert isinstance(last, Answer) and last.text == SHOWN


def test_signs_of_life_are_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.generation.endpoint.RETRIES", 0)
    model = next(MODELS)
    with slow() as (url, _), pytest.raises(ModelError, match="did not answer in time"):
        GeneratingAnswerer(build_llm(f"openai/{model}", url, None, 0.2), model).answer(QUESTION, PASSAGES)
