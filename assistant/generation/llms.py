"""The LLMs that can be named, through llama-index: an OpenAI-compatible endpoint, or a Hugging Face model here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from assistant.generation.reply import RETRIES, Response, one_line
from index.addresses import is_loopback
from index.errors import ModelError
from index.hub import Role, load_model

CONTEXT_WINDOW = 128_000
"""Tokens; only tells the adapter not to cut. What we send is bounded by `passage_room`."""
MOST_NEW_TOKENS = 1_024
"""For models in process, which need a bound; an answer has about 200."""


class LLM(Protocol):
    """What we use of a llama-index LLM."""

    def stream_chat(self, messages: Sequence[Any]) -> Iterator[Response]:
        """The reply to the messages, piece by piece."""
        ...


def build_llm(name: str, url: str, key: str | None, timeout_s: float) -> LLM:
    """The llama-index LLM for `openai/<model>` at `url`, or for `hf/<id or path>` in process.

    `timeout_s` bounds each silence of the endpoint, in seconds. Nothing is sent yet. Raises ModelError.
    """
    kind, _, model = name.partition("/")
    if kind == "openai" and model:
        return _endpoint_llm(model, url, (key or "").strip() or "none", timeout_s)
    if kind == "hf" and model:
        return _in_process_llm(model)
    raise ModelError(f"No answerer is called {name!r}: use extractive, openai/<model> or hf/<id or path>.")


def _endpoint_llm(model: str, url: str, key: str, timeout_s: float) -> LLM:
    host = _host(url)
    if not (key.isascii() and key.isprintable()):
        raise ModelError("The LLM key holds characters that no key has: set ISNAD_LLM_KEY again.")
    import httpx
    from llama_index.llms.openai_like import OpenAILike  # type: ignore[import-untyped,unused-ignore]

    # A proxy from the environment is for the world outside; and a redirect would carry the question elsewhere.
    client = httpx.Client(trust_env=not is_loopback(host), follow_redirects=False, timeout=timeout_s)
    try:
        llm: LLM = OpenAILike(
            model=model,
            api_base=url,
            api_key=key,
            is_chat_model=True,
            context_window=CONTEXT_WINDOW,
            temperature=0.0,  # the same question gets the same answer, as far as the model allows
            timeout=timeout_s,
            max_retries=RETRIES,
            http_client=client,
            additional_kwargs={"stream_options": {"include_usage": True}},
        )
    except ValueError as error:  # a few models that only answer through another interface
        raise ModelError(f"The LLM openai/{model} cannot be used: {one_line(error)}") from error
    return llm


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.scheme in ("http", "https") and (parts.port is None or parts.port) else None
    except ValueError:
        host = None
    if not host:
        raise ModelError(
            f"{url!r} is no address of an LLM: set ISNAD_LLM_URL, for example to http://localhost:11434/v1"
        )
    return host


def _in_process_llm(model: str) -> LLM:
    try:
        import llama_index.llms.huggingface  # type: ignore[import-untyped,import-not-found,unused-ignore]  # noqa: F401
    except ImportError as error:
        raise ModelError(f"hf/{model} needs an extra that is not installed: pip install 'isnad[hf]'") from error
    return load_model(_build_in_process, model, Role("LLM", "ISNAD_LLM (hf/<id or path>)", "get quoted answers"))


def _build_in_process(name: str, /, **where: bool) -> LLM:
    from llama_index.llms.huggingface import HuggingFaceLLM
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(name, **where)

    def as_prompt(messages: Sequence[Any]) -> str:
        turns = [{"role": message.role.value, "content": message.content} for message in messages]
        if not tokenizer.chat_template:
            return "\n\n".join(turn["content"] for turn in turns)
        return str(tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True))

    llm: LLM = HuggingFaceLLM(
        model_name=name,
        tokenizer_name=name,
        tokenizer=tokenizer,
        model_kwargs=where,
        is_chat_model=True,
        messages_to_prompt=as_prompt,
        max_new_tokens=MOST_NEW_TOKENS,
        generate_kwargs={"do_sample": False},
    )
    return _Counted(llm, lambda text: len(tokenizer(text)["input_ids"]), as_prompt)


@dataclass(slots=True)
class _Counts:
    """The last response of a model in process: what it read and wrote."""

    additional_kwargs: Mapping[str, Any]
    delta: str | None = ""
    raw: object = None


@dataclass(frozen=True, slots=True)
class _Counted:
    """A model in process, with the counts of tokens that an endpoint sends by itself."""

    llm: LLM
    count: Callable[[str], int]
    as_prompt: Callable[[Sequence[Any]], str]

    def stream_chat(self, messages: Sequence[Any]) -> Iterator[Response]:
        """The reply to the messages, piece by piece, then the counts."""
        written = ""
        for response in self.llm.stream_chat(messages):
            written += response.delta or ""
            yield response
        counts = {"prompt_tokens": self.count(self.as_prompt(messages)), "completion_tokens": self.count(written)}
        yield _Counts(counts)


def as_messages(prompt: str) -> list[Any]:
    """A prompt as the messages that an LLM takes."""
    from llama_index.core.llms import ChatMessage

    return [ChatMessage(role="user", content=prompt)]
