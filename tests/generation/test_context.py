"""How many passages an LLM is shown: as its server tells what it reads, over real HTTP; and where none tells."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from assistant.generation.answerer import GeneratingAnswerer
from assistant.generation.context import UNTOLD, context_of
from assistant.generation.llms import build_llm
from index.errors import ModelError
from tests.doubles import Scripted, article, scored, scripted_llm
from tests.llm_servers import LLAMA_CPP, LM_STUDIO, OLLAMA, VLLM, Told, completion, models, telling

QUESTION = "كم بلغ محصول الزيتون؟"
NEWS = [scored(article(f"بلغ محصول الزيتون في المنطقة {n} نحو {n}00 طن. " + f"كلام آخر {n} " * 60)) for n in range(18)]
LONG = {"error": {"message": "This model's maximum context length is 4096 tokens.", "code": "context_length_exceeded"}}


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    for memory in ("_known", "_missed"):
        monkeypatch.setattr(f"assistant.generation.context.{memory}", {})
    for wait in ("CONNECT_S", "ANSWER_S"):
        monkeypatch.setattr(f"assistant.generation.servers.{wait}", 60.0)


def ollama(loaded: int | None = None, parameters: str = "", trained: int = 131_072) -> dict[str, Any]:
    """One that has the model in memory, or loads it with 16,384 tokens when it is told to."""
    memory = {"gemma3:4b": loaded} if loaded else {}

    def load(body: Mapping[str, Any]) -> dict[str, Any]:
        memory[body["model"]] = 16_384
        return {"model": body["model"], "done": True, "done_reason": "load"}

    return OLLAMA | {
        "/api/show": {"parameters": parameters, "model_info": {"gemma3.context_length": trained}},
        "/api/ps": lambda _: {"models": [{"name": n, "context_length": c} for n, c in memory.items()]},
        "/api/generate": load,
    }


UNLOADED = {"/api/v0/models/m": {"id": "m", "state": "not-loaded", "max_context_length": 131_072}}
TOLD: dict[str, tuple[str, dict[str, Any], int | None]] = {
    "vLLM": ("CohereLabs/aya-expanse-8b", VLLM, 6144),
    "llama.cpp": ("gemma-3-12b-it", LLAMA_CPP, 12288),
    "llama.cpp, whatever it is called": ("gpt-3.5-turbo", LLAMA_CPP, 12288),
    "llama.cpp that shows no /props": ("gemma-3-12b-it", {"/v1/models": LLAMA_CPP["/v1/models"]}, UNTOLD),
    "LM Studio, loaded": (
        "qwen3-8b", LM_STUDIO | {"/api/v0/models/qwen3-8b": LM_STUDIO["/api/v0/models"]["data"][0]}, 16384,
    ),
    "LM Studio, not loaded": ("m", {"/v1/models": models("organization_owner", "m")} | UNLOADED, 4096),
    "Ollama, loaded": ("gemma3:4b", ollama(4096), 4096),
    "Ollama, not loaded": ("gemma3:4b", ollama(), 16384),
    "Ollama, set": ("gemma3:4b", ollama(parameters="stop    <end>\nnum_ctx                        32768"), 32768),
    "Ollama of before": ("gemma3:4b", ollama() | {"/api/ps": {"models": []}}, 4096),
    "Ollama, a model of a user's": (
        "me/own", ollama() | {"/v1/models": models("me-myself", "me/own"), "/api/version": {"version": "1"}}, 16384,
    ),
    "Ollama, elsewhere": (
        "gpt-oss:120b-cloud",
        ollama() | {"/api/show": {"remote_host": "https://ollama.com", "model_info": {"x.context_length": 131072}}},
        131072,
    ),
    "a router": ("a/b", {"/v1/models": models("x", {"id": "a/b", "context_length": 65536}, "c")}, 65536),
    "one that tells nothing": ("m", {"/v1/models": models("me", "m", "n")}, None),
    "one that gives its list whatever it is asked": (
        "m", dict.fromkeys(("/v1/models", "/api/version", "/props", "/api/show", "/api/ps"), models("me", "m")), None,
    ),
    "one that tells nonsense": ("m", {"/v1/models": models("vllm", {"id": "m", "max_model_len": "8k"})}, None),
    "a list that is none": ("m", {"/v1/models": [1, "m"]}, None),
}  # fmt: skip


@pytest.mark.parametrize(("model", "answers", "context"), TOLD.values(), ids=TOLD)
def test_a_server_tells_what_it_reads(model: str, answers: dict[str, Any], context: int | None) -> None:
    with telling(answers) as server:
        assert context_of(model, server.url) == context
        assert context_of(model, server.url.removesuffix("/v1")) == context


def test_it_is_asked_once_a_process_unless_it_may_change() -> None:
    with telling(VLLM) as server:
        for _ in range(3):
            context_of("CohereLabs/aya-expanse-8b", server.url)
        assert server.asked == ["/v1/models"]
    with telling({"/v1/models": models("organization_owner", "m")} | UNLOADED) as server:
        assert context_of("m", server.url) == 4096
        server.answers = {**server.answers, "/api/v0/models/m": {"state": "loaded", "loaded_context_length": 20480}}
        assert context_of("m", server.url) == 20480


def test_one_that_lists_no_models_is_asked_again_after_a_while_only(monkeypatch: pytest.MonkeyPatch) -> None:
    with telling({}) as server:
        for _ in range(3):
            assert context_of("CohereLabs/aya-expanse-8b", server.url) is None
        assert server.asked == ["/v1/models"]
        monkeypatch.setattr("assistant.generation.context._ASK_AGAIN_S", 0.0)
        server.answers = VLLM
        assert context_of("CohereLabs/aya-expanse-8b", server.url) == 6144


# ---------------------------------------------------------------- what it is for


def shown(server: Told, context: int | None = None) -> int:
    """How many of the passages are in the prompt that a server gets."""
    model = build_llm("openai/m", server.url, None, 30)
    answer = GeneratingAnswerer(model, "openai/m", context=context).answer(QUESTION, NEWS)
    assert not answer.abstained
    prompt = str(server.bodies[-1]["messages"])
    return sum(f"المنطقة {n} نحو" in prompt for n in range(len(NEWS)))


CHAT = {"/v1/chat/completions": completion("بلغ محصول الزيتون في المنطقة 0 نحو 000 طن [1].")}


def row(length: int) -> dict[str, Any]:
    return CHAT | {"/v1/models": models("vllm", {"id": "m", "max_model_len": length})}


def test_a_model_that_reads_more_sees_more_and_what_is_set_wins() -> None:
    counts = []
    for answers in (row(2048), row(4096), row(131_072), CHAT):
        with telling(answers) as server:
            counts.append(shown(server))
    small, middle, large, untold = counts
    assert 1 <= small < middle < untold <= large == len(NEWS)
    with telling(row(131_072)) as server:
        assert shown(server, context=4096) == middle
        assert "/v1/models" not in server.asked


def test_one_that_refuses_so_much_and_told_nothing_is_sent_less_and_it_is_remembered() -> None:
    refused = Scripted(status=400, page=json.dumps(LONG), kind="application/json")
    with scripted_llm("بلغ محصول الزيتون في المنطقة 0 نحو 000 طن [1].") as llm:
        good = llm.script[0]
        llm.reply_to = lambda request: refused if len(llm.prompt) > 9_000 else good  # type: ignore[method-assign]
        answerer = GeneratingAnswerer(build_llm("openai/refusing", llm.url, None, 30), "openai/refusing")
        assert not answerer.answer(QUESTION, NEWS).abstained
        assert len(llm.requests) == 2
        answerer.answer(QUESTION, NEWS)
        assert len(llm.requests) == 3
        told = GeneratingAnswerer(build_llm("openai/refusing", llm.url, None, 30), "openai/refusing", context=8192)
        with pytest.raises(ModelError, match=r"reads less at a time .*set ISNAD_LLM_CONTEXT"):
            told.answer(QUESTION, NEWS)


def test_one_that_refuses_even_one_passage_is_told() -> None:
    refused = Scripted(status=400, page=json.dumps(LONG), kind="application/json")
    with scripted_llm(refused) as llm:
        answerer = GeneratingAnswerer(build_llm("openai/tiny", llm.url, None, 30), "openai/tiny")
        with pytest.raises(ModelError, match="maximum context length is 4096 tokens"):
            answerer.answer(QUESTION, NEWS)
        assert len(llm.requests) < 6
