"""Endpoints as they are, over real HTTP: a usable reply is shown whatever its dialect, a failure is told."""

import json
from typing import Any

import pytest

from assistant.generation.answerer import GeneratingAnswerer
from assistant.generation.llms import build_llm
from assistant.types import Answer, Tokens
from index.errors import ModelError
from tests.doubles import Scripted, article, scored, scripted_llm

PASSAGES = [
    scored(article("بلغ محصول الزيتون في الشمال 340 ألف طن هذا الموسم. وبدأ التصدير يوم السبت.", source="وكالة"))
]
QUESTION = "كم بلغ محصول الزيتون؟"
GOOD = "بلغ محصول الزيتون في الشمال 340 ألف طن [1]."
SHOWN = "بلغ محصول الزيتون في الشمال 340 ألف طن. [1]"
HALVES = (GOOD[:20], GOOD[20:])
DONE = "[DONE]"


def chunk(content: Any = None, finish: str | None = None, **more: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": {"content": content}, "finish_reason": finish}]} | more


WORDS = [chunk(half) for half in HALVES]
STOP = chunk(finish="stop")
COUNTS = {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}


def stream(*events: Any, end: str = "\n\n", begin: str = "data: ") -> Scripted:
    """A stream of these events; what is text is sent as it is."""
    lines = (event if isinstance(event, str) else json.dumps(event, ensure_ascii=False) for event in events)
    return Scripted(page="".join(f"{begin}{line}{end}" for line in lines), kind="text/event-stream")


def body(value: Any, kind: str = "application/json", **more: Any) -> Scripted:
    page = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Scripted(page=page, kind=kind, **more)


def completion(content: Any, **more: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "message": {"role": "assistant", "content": content}} | more]}


def ask(*script: Scripted | str, reads_again: bool = False, timeout_s: float = 30.0) -> Answer:
    with scripted_llm(*script) as llm:
        model = build_llm("openai/m", llm.url, None, timeout_s)
        return GeneratingAnswerer(model, "openai/m", reads_again=reads_again).answer(QUESTION, PASSAGES)


@pytest.fixture(autouse=True)
def retries_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.generation.endpoint.FIRST_PAUSE_S", 0.01)


# ---------------------------------------------------------------- a usable reply

USABLE = {
    "as the protocol has it": stream(*WORDS, STOP, {"choices": [], "usage": COUNTS}, DONE),
    "no choices at first": stream({"choices": [], "prompt_filter_results": []}, *WORDS, STOP, DONE),
    "choices null": stream(*WORDS, STOP, {"choices": None, "usage": COUNTS}, DONE),
    "choices missing": stream({"id": "x"}, *WORDS, STOP, {"usage": COUNTS}, DONE),
    "delta null": stream(*WORDS, {"choices": [{"index": 0, "delta": None, "finish_reason": "stop"}]}, DONE),
    "delta missing": stream({"choices": [{"index": 0}]}, *WORDS, STOP, DONE),
    "error null": stream(*(event | {"error": None} for event in WORDS), STOP, DONE),
    "content null": stream(chunk(None), *WORDS, STOP, DONE),
    "an empty finish": stream(chunk(HALVES[0], ""), chunk(HALVES[1], ""), DONE),
    "no finish, but the end": stream(*WORDS, DONE),
    "no finish, but the counts": stream(*WORDS, {"choices": [], "usage": COUNTS}),
    "a finish, but no end": stream(*WORDS, STOP),
    "another word for it": stream(*WORDS, chunk(finish="eos_token"), DONE),
    "one completion": body(completion(GOOD, finish_reason="stop")),
    "one completion, no finish": body(completion(GOOD)),
    "one completion over lines": body(json.dumps(completion(GOOD), ensure_ascii=False, indent=2)),
    "one completion as text": body(completion(GOOD), kind="text/plain"),
    "one completion as an event": stream(completion(GOOD, finish_reason="stop")),
    "the older kind of completion": body({"choices": [{"text": GOOD, "finish_reason": "stop"}]}),
    "JSON lines": body("\n".join(json.dumps(event) for event in (*WORDS, STOP)), kind="application/x-ndjson"),
    "a list of chunks": body([*WORDS, STOP]),
    "parts": stream(chunk([{"type": "text", "text": HALVES[0]}]), chunk([{"type": "text", "text": HALVES[1]}]), DONE),
    "parts that are thought": stream(chunk([{"type": "thinking", "thinking": "كذا [1]."}]), *WORDS, STOP, DONE),
    "parts in a completion": body(completion([{"type": "output_text", "text": {"value": GOOD}}])),
    "thinking in a field": stream({"choices": [{"delta": {"reasoning_content": "كذا [1]."}}]}, *WORDS, STOP, DONE),
    "another choice beside it": stream(*WORDS, {"choices": [{"index": 1, "delta": {"content": "شيء"}}]}, STOP, DONE),
    "comments": body(f": PROCESSING\n\n: PROCESSING\n\n{stream(*WORDS, STOP, DONE).page}", kind="text/event-stream"),
    "events with names and numbers": body(
        "".join(f"id: 7\nevent: message\nretry: 3\ndata: {json.dumps(e)}\n\n" for e in (*WORDS, STOP)),
        kind="text/event-stream",
    ),
    "greetings": stream("ping", *WORDS, STOP, DONE),
    "CRLF": stream(*WORDS, STOP, DONE, end="\r\n\r\n"),
    "no blank after the colon": stream(*WORDS, STOP, DONE, begin="data:"),
    "no line between events": stream(*WORDS, STOP, DONE, end="\n"),
    "an event over lines": body(
        f"data: {json.dumps(WORDS[0])[:-1]}\ndata: }}\n\ndata: {json.dumps(chunk(HALVES[1], 'stop'))}\n\n",
        kind="text/event-stream",
    ),
    "a mark of the byte order": body("\ufeff" + str(stream(*WORDS, STOP, DONE).page), kind="text/event-stream"),
    "in no known kind": body(str(stream(*WORDS, STOP, DONE).page), kind="application/octet-stream"),
}


@pytest.mark.parametrize("reply", USABLE.values(), ids=USABLE)
@pytest.mark.parametrize("reads_again", [False, True], ids=["once", "and its second reading"])
def test_a_usable_reply_is_shown(reply: Scripted, reads_again: bool) -> None:
    answer = ask(reply, reads_again=reads_again)
    assert (answer.text, answer.dropped) == (SHOWN, 0)


@pytest.mark.parametrize("dialect", ["choices null", "no finish, but the end", "parts", "one completion"])
def test_a_second_reading_comes_in_any_dialect_too(dialect: str) -> None:
    verdict = USABLE[dialect].page
    assert verdict is not None
    for half, said in zip((GOOD, *HALVES), ("1: نعم A", "1: نعم ", "A"), strict=True):
        verdict = verdict.replace(half, said)
    assert ask(GOOD, Scripted(page=verdict, kind=USABLE[dialect].kind), reads_again=True).notice is None


def test_the_counts_are_those_that_came_last() -> None:
    counted = [
        event | {"usage": {"prompt_tokens": 12, "completion_tokens": n}} for n, event in enumerate(WORDS, start=1)
    ]
    assert ask(stream(*counted, STOP, DONE)).tokens == Tokens(12, 2)
    assert ask(stream(*(event | {"usage": None} for event in (*WORDS, STOP)), DONE)).tokens is None
    assert ask(stream(*WORDS, STOP, {"usage": {"input_tokens": 5, "output_tokens": 6}}, DONE)).tokens == Tokens(5, 6)


# ---------------------------------------------------------------- thinking

THINKING = {
    "<think>": f"<think>ورد في المقطع [1] كذا.</think>\n{GOOD}",
    "nothing within": f"<think>\n\n</think>\n\n{GOOD}",
    "closed, never opened": f"ورد كذا [1].\n</think>\n{GOOD}",
    "in capitals": f"<THINK>ورد كذا [1].</THINK>{GOOD}",
    "<thinking>": f"<thinking>ورد كذا [1].</thinking>{GOOD}",
    "<reasoning>": f'<reasoning effort="low">ورد كذا [1].</reasoning>{GOOD}',
    "[THINK]": f"[THINK]ورد كذا [1].[/THINK]{GOOD}",
    "◁think▷": f"◁think▷ورد كذا [1].◁/think▷{GOOD}",
    "<|START_THINKING|>": f"<|START_THINKING|>كذا [1].<|END_THINKING|><|START_RESPONSE|>{GOOD}<|END_RESPONSE|>",
    "channels": "<|channel|>analysis<|message|>We need [1].<|end|><|start|>assistant<|channel|>final<|message|>" + GOOD,
    "bare channels": f"analysisWe need to answer. No need to browse [1].assistantfinal{GOOD}",
    "twice": f"<think>كذا [1].</think>{GOOD}<think>وهكذا [1].</think>",
    "one within another": f"<think>كذا <think>هكذا</think> [1].</think>{GOOD}",
}


@pytest.mark.parametrize("piece", [1, 7, 10_000])
@pytest.mark.parametrize("reply", THINKING.values(), ids=THINKING)
def test_thinking_in_any_dress_is_no_part_of_the_answer(reply: str, piece: int) -> None:
    answer = ask(Scripted(reply, piece=piece))
    assert (answer.text, answer.dropped) == (SHOWN, 0)


def test_a_mark_that_a_sentence_names_is_a_word_of_it() -> None:
    answer = ask(f"{GOOD} والوسم </think> ينهي التفكير.")
    assert (answer.text, answer.dropped) == (SHOWN, 1)


def test_words_that_only_begin_like_a_mark_are_shown() -> None:
    held = [scored(article("analysis of the harvest took two days."))]
    with scripted_llm("analysis of the harvest took two days [1].") as llm:
        answer = GeneratingAnswerer(build_llm("openai/m", llm.url, None, 30), "openai/m").answer("How long?", held)
    assert answer.text == "analysis of the harvest took two days. [1]"


@pytest.mark.parametrize(
    "reply",
    [
        Scripted("<think>كذا [1]. " + GOOD),
        Scripted("analysisWe need to answer."),
        stream({"choices": [{"delta": {"reasoning_content": "كذا [1]."}}]}, STOP, DONE),
        stream(chunk([{"type": "thinking", "thinking": [{"type": "text", "text": GOOD}]}]), STOP, DONE),
    ],
)
def test_a_model_that_only_thinks_is_told_of(reply: Scripted) -> None:
    with pytest.raises(ModelError, match=r"thought, and then answered nothing"):
        ask(reply)


# ---------------------------------------------------------------- a reason

ERROR = {"error": {"message": "CUDA out of memory", "type": "server_error", "code": 500}}
REASONS = {
    "an error in place of a reply": (body({"error": "model is loading"}), r"failed \(model is loading\)"),
    "in the stream": (stream(WORDS[0], ERROR), r"failed \(500: CUDA out of memory\)"),
    "in the stream, not as an event": (
        body(f"data: {json.dumps(WORDS[0])}\n\n{json.dumps(ERROR)}\n", kind="text/event-stream"),
        r"CUDA out of memory",
    ),
    "as an event": (
        body('event: error\ndata: {"message": "overloaded"}\n\n', kind="text/event-stream"),
        r"failed \(overloaded\)",
    ),
    "as an event in words": (body("event: error\ndata: busy\n\n", kind="text/event-stream"), r"failed \(busy\)"),
    "beside a choice": (stream(WORDS[0], chunk(finish="error", error={"message": "upstream died"})), r"upstream died"),
    "as a detail": (body({"detail": "no such deployment"}), r"no such deployment"),
    "of an older kind": (body({"object": "error", "message": "too many beams", "code": 40001}), r"too many beams"),
    "from behind a proxy": (
        body({"error": {"message": "Provider returned error", "code": 502, "metadata": {"raw": "upstream died"}}}),
        r"502: Provider returned error: upstream died",
    ),
    "of a field": (
        body({"detail": [{"loc": ["body", "messages"], "msg": "Field required"}]}, status=422),
        r"422: body\.messages: Field required",
    ),
    "in words": (body("no GPU is free", kind="text/plain", status=500), r"500: no GPU is free"),
    "a page in place of a reply": (
        body("<!doctype html><html><title>Open WebUI</title></html>", kind="text/html"),
        r"a web page answered \(Open WebUI\), no LLM: check the URL",
    ),
    "a page for an error": (
        body("<html><head><title>502 Bad Gateway</title></head></html>", kind="text/html", status=502),
        r"failed \(502: 502 Bad Gateway\)",
    ),
    "a redirect": (
        body("", status=308, headers=(("Location", "https://user:secret@llm.example/v1/chat/completions"),)),
        r"redirects to https://llm\.example/v1, which is not followed: set ISNAD_LLM_URL",
    ),
    "nothing left to pay": (
        body({"error": {"message": "You exceeded your quota.", "code": "insufficient_quota"}}, status=429),
        r"has no credit left for this key \(429: You exceeded your quota\.\)",
    ),
    "payment required": (body({"error": {"message": "Add funds"}}, status=402), r"has no credit left for this key"),
    "a rate": (body({"error": {"message": "slow down"}}, status=429), r"no more requests .*429: slow down, tried 3"),
    "a long wait": (
        body({"error": {"message": "slow down"}}, status=429, headers=(("Retry-After", "90"),)),
        r"429: slow down\): wait 90 s and ask again",
    ),
    "the key": (body({"error": {"message": "Incorrect key"}}, status=401), r"refused the key \(401: Incorrect key\)"),
    "the model": (
        body({"error": {"message": "model 'm' not found, try pulling it first"}}, status=404),
        r"has no model for openai/m \(404: model 'm' not found, try pulling it first\): load it there",
    ),
    "the length of the prompt": (
        body({"error": {"message": "This model's maximum context length is 2048 tokens."}}, status=400),
        r"400: This model's maximum context length is 2048 tokens\.\): start it with more, or set ISNAD_LLM_CONTEXT",
    ),
    "the length of the reply": (stream(*WORDS, chunk(finish="MAX_TOKENS"), DONE), r"reached its length limit"),
    "a filter": (stream(chunk(finish="SAFETY"), DONE), r"withheld its answer"),
    "a refusal": (stream({"choices": [{"delta": {"refusal": "I cannot"}}]}, STOP, DONE), r"withheld its answer"),
    "a tool": (stream(chunk(tool_calls=[{}]), chunk(finish="tool_calls"), DONE), r"asked for a tool"),
    "it breaks off": (stream(WORDS[0]), r"broke off in the middle"),
    "it breaks off in a word": (stream(WORDS[0], '{"choices": [{"delta": {"content": "لا'), r"sent what no LLM sends"),
    "it ends with an error": (stream(WORDS[0], chunk(finish="error"), DONE), r"broke off in the middle"),
    "another API": (body({"object": "list", "data": []}), r'sent what no LLM sends \(\{"object": "list"'),
    "nothing": (body(""), r"answered nothing"),
    "nothing but the end": (stream(DONE), r"answered nothing"),
}  # fmt: skip


@pytest.mark.parametrize(("reply", "said"), REASONS.values(), ids=REASONS)
def test_what_is_no_answer_has_its_reason_in_one_line(reply: Scripted, said: str) -> None:
    with pytest.raises(ModelError, match=said) as failure:
        ask(reply)
    assert "\n" not in str(failure.value)
    assert "http://127.0.0.1:" in str(failure.value)
    assert "secret" not in str(failure.value)


def test_a_wait_that_is_asked_for_is_kept_and_a_quota_is_not_asked_twice() -> None:
    later = body({"error": {"message": "slow down"}}, status=429, headers=(("Retry-After", "0.01"),))
    assert ask(later, later, GOOD).text == SHOWN
    with scripted_llm(REASONS["nothing left to pay"][0]) as llm, pytest.raises(ModelError):
        GeneratingAnswerer(build_llm("openai/m", llm.url, None, 30), "openai/m").answer(QUESTION, PASSAGES)
    assert len(llm.requests) == 1


def test_a_key_that_an_error_repeats_is_not_told() -> None:
    reply = body({"error": {"message": "Incorrect API key provided: sk-secret"}}, status=401)
    with scripted_llm(reply) as llm, pytest.raises(ModelError, match="provided: …") as failure:
        model = build_llm("openai/m", llm.url, "sk-secret", 30)
        GeneratingAnswerer(model, "openai/m").answer(QUESTION, PASSAGES)
    assert "secret" not in str(failure.value)
