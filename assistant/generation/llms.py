"""The LLMs that can be named: an OpenAI-compatible endpoint, or a Hugging Face model here, through llama-index."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.generation.context import UNTOLD
from assistant.generation.endpoint import Endpoint
from assistant.generation.events import Piece
from assistant.generation.failures import one_line
from assistant.types import Tokens
from index.errors import ModelError
from index.hub import Role, load_model

MOST_NEW_TOKENS = 1_024
"""For models in process, which need a bound; an answer has about 200."""


class LLM(Protocol):
    """Replies to a prompt."""

    @property
    def where(self) -> str:
        """Its name and, where it has one, its address; for errors."""
        ...

    def context(self) -> int | None:
        """Tokens that it reads and writes at a time; None where that is not known. Never an error."""
        ...

    def stream(self, prompt: str) -> Iterator[Piece]:
        """The reply, piece by piece. Raises ModelError where there is none, or not all of it."""
        ...


def build_llm(
    name: str,
    url: str,
    key: str | None,
    timeout_s: float,
    *,
    temperature: float | None = 0.0,
    extra: Mapping[str, Any] | None = None,
) -> LLM:
    """The LLM called `openai/<model>` at `url`, or `hf/<id or path>` in process.

    `timeout_s` bounds each silence of the endpoint, in seconds; `temperature` and `extra` are fields of the request to
    it. Nothing is sent yet. Raises ModelError.
    """
    kind, _, model = name.partition("/")
    if kind == "openai" and model:
        key = (key or "").strip() or "none"
        if not (key.isascii() and key.isprintable()):
            raise ModelError("The LLM key holds characters that no key has: set ISNAD_LLM_KEY again.")
        return Endpoint(model, url, key, timeout_s, temperature=temperature, extra=extra)
    if kind == "hf" and model:
        return _in_process_llm(name, model)
    raise ModelError(f"No answerer is called {name!r}: use extractive, openai/<model> or hf/<id or path>.")


# ---------------------------------------------------------------- in process


def _in_process_llm(name: str, model: str) -> LLM:
    try:
        import llama_index.llms.huggingface  # type: ignore[import-untyped,import-not-found,unused-ignore]  # noqa: F401
    except ImportError as error:
        raise ModelError(f"hf/{model} needs an extra that is not installed: pip install 'isnad[hf]'") from error
    made = load_model(_build_in_process, model, Role("LLM", "ISNAD_LLM (hf/<id or path>)", "get quoted answers"))
    return _InProcess(name, *made)


def _build_in_process(name: str, /, **where: bool) -> tuple[Any, Callable[[str], int], int]:
    """The llama-index LLM, what counts the tokens of a text, and how many it reads and writes at a time."""
    from llama_index.llms.huggingface import HuggingFaceLLM
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(name, **where)

    def as_prompt(messages: Any) -> str:
        turns = [{"role": message.role.value, "content": message.content} for message in messages]
        if not tokenizer.chat_template:
            return "\n\n".join(turn["content"] for turn in turns)
        return str(tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True))

    llm = HuggingFaceLLM(
        model_name=name,
        tokenizer_name=name,
        tokenizer=tokenizer,
        model_kwargs=where,
        is_chat_model=True,
        messages_to_prompt=as_prompt,
        max_new_tokens=MOST_NEW_TOKENS,
        generate_kwargs={"do_sample": False},
    )
    return llm, lambda text: len(tokenizer(text)["input_ids"]), tokenizer.model_max_length


@dataclass(frozen=True, slots=True)
class _InProcess:
    """A model in process, with the counts of tokens that an endpoint sends by itself."""

    where: str
    llm: Any
    count: Callable[[str], int]
    longest: int  # beyond all measure where a tokenizer does not know

    def context(self) -> int | None:
        """Tokens, as its tokenizer knows; for a machine without a server a longer prompt would take minutes."""
        return min(self.longest, UNTOLD)

    def stream(self, prompt: str) -> Iterator[Piece]:
        """The reply, piece by piece, then the counts. Raises ModelError where the model fails."""
        from llama_index.core.llms import ChatMessage

        messages, written = [ChatMessage(role="user", content=prompt)], ""
        try:
            for response in self.llm.stream_chat(messages):
                written += response.delta or ""
                yield Piece(response.delta or "")
            read = self.count(self.llm.messages_to_prompt(messages))
            yield Piece(ended=True, tokens=Tokens(read, self.count(written)))
        except (ValueError, TypeError, AttributeError, LookupError, RuntimeError) as error:
            raise ModelError(f"{self.where} failed ({one_line(error)}): ask again, or use another model.") from error
