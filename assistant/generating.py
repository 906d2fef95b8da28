"""The LLM answerer, through llama-index: a prompt of numbered passages, a streamed draft, checked citations.

The LLM is reached at the one endpoint it was built for and nowhere else. Half a draft is never shown as an answer.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

from assistant.abstaining import abstention_text
from assistant.addresses import is_loopback, without_password
from assistant.citing import CheckedDraft, DraftCheck, assemble, nearest, render
from assistant.prompting import answer_prompt, fitting
from assistant.replying import RETRIES, Reply, Response, declines, explain, one_line, regrets
from assistant.types import Answer, Draft, Entailment, Reason, Tokens
from index.errors import ModelError
from index.types import ScoredPassage

CONTEXT_WINDOW = 128_000
"""Tokens; only tells the adapter not to cut. What we send is bounded by prompting.MOST_PASSAGE_CHARACTERS."""
MOST_NEW_TOKENS = 1_024
"""For models in process, which need a bound; an answer has about 200."""


# ---------------------------------------------------------------- building


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
        from llama_index.llms.huggingface import HuggingFaceLLM  # type: ignore[import-untyped,import-not-found,unused-ignore]
        from transformers import AutoTokenizer
    except ImportError as error:
        raise ModelError(f"hf/{model} needs an extra that is not installed: pip install 'isnad[hf]'") from error
    try:
        tokenizer = AutoTokenizer.from_pretrained(model)

        def as_prompt(messages: Sequence[Any]) -> str:
            turns = [{"role": message.role.value, "content": message.content} for message in messages]
            if not tokenizer.chat_template:
                return "\n\n".join(turn["content"] for turn in turns)
            return str(tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True))

        llm: LLM = HuggingFaceLLM(
            model_name=model,
            tokenizer_name=model,
            tokenizer=tokenizer,
            is_chat_model=True,
            messages_to_prompt=as_prompt,
            max_new_tokens=MOST_NEW_TOKENS,
            generate_kwargs={"do_sample": False},
        )
    except (OSError, ValueError, ImportError, RuntimeError, KeyError) as error:
        raise ModelError(f"The model {model} cannot be loaded: {one_line(error)}") from error
    return llm


# ---------------------------------------------------------------- answering


class GeneratingAnswerer:
    """Answers in the words of an LLM, of which only what the passages support is shown."""

    def __init__(
        self, llm: LLM, name: str, endpoint: str, *, entailment: Entailment | None = None, flag: bool = False
    ) -> None:
        """`llm` is what build_llm returned; `endpoint` is the URL that errors name, unused for a model in process.

        `entailment` judges each sentence a second time; with `flag` those without support are shown marked.
        """
        self.name = name
        self._llm, self._entailment, self._flag = llm, entailment, flag
        self._endpoint = "" if name.startswith("hf/") else without_password(endpoint)

    def answer(self, question: str, passages: Sequence[ScoredPassage]) -> Answer:
        """The whole answer, citations checked. Raises ModelError where the LLM gives none."""
        for last in self.stream(question, passages):
            if isinstance(last, Answer):
                return last
        raise AssertionError("a stream always ends with an Answer")

    def stream(self, question: str, passages: Sequence[ScoredPassage]) -> Iterator[Draft | Answer]:
        """Drafts as the words come, checked up to the last whole sentence, then the Answer. Raises ModelError."""
        if not passages:
            yield self._abstention("off_topic", question, ())
            return
        shown = fitting(passages)
        check = DraftCheck(shown, question, entailment=self._entailment, flag=self._flag)
        reply = Reply(f"{self.name} at {self._endpoint}" if self._endpoint else self.name)
        for response in self._responses(answer_prompt(question, shown)):
            if reply.add(response):
                yield check.so_far(reply.text)
        reply.check_ended()
        yield self._checked(question, shown, reply, check)

    def _responses(self, prompt: str) -> Iterator[Response]:
        """The adapter's responses one by one; whatever fails inside it becomes a ModelError."""
        import httpx
        import openai
        from llama_index.core.llms import ChatMessage

        shapeless = (ValueError, TypeError, AttributeError, LookupError, RuntimeError)  # a reply that is no chat reply
        try:
            yield from self._llm.stream_chat([ChatMessage(role="user", content=prompt)])
        except (openai.OpenAIError, httpx.HTTPError, *shapeless) as error:
            raise ModelError(explain(error, self.name, self._endpoint)) from error

    def _checked(self, question: str, passages: Sequence[ScoredPassage], reply: Reply, check: DraftCheck) -> Answer:
        """The Answer that is left of a whole reply, or the abstention."""
        if declines(reply.text):
            return self._abstention("not_stated", question, passages, reply.tokens)
        checked = check.whole(reply.text)
        if not checked.stands:
            reason: Reason = "not_stated" if regrets(reply.text) else "unsupported"
            return self._abstention(reason, question, passages, reply.tokens, checked.dropped + len(checked.claims))
        sentences, citations = assemble(checked.claims)
        return Answer(
            question=question,
            text=render(sentences),
            sentences=sentences,
            citations=citations,
            answerer=self.name,
            confidence=_confidence(checked),
            tokens=reply.tokens,
            dropped=checked.dropped,
        )

    def _abstention(
        self,
        reason: Reason,
        question: str,
        passages: Sequence[ScoredPassage],
        tokens: Tokens | None = None,
        dropped: int = 0,
    ) -> Answer:
        return Answer(
            question=question,
            text=abstention_text(reason, question),
            nearest=nearest(question, passages),
            reason=reason,
            answerer=self.name,
            confidence=_ABSTENTION_CONFIDENCE[reason],
            tokens=tokens,
            dropped=dropped,
        )


# What a reply amounts to as a probability that the articles answer. Set by hand, not fitted: an answer that passed the
# check is likelier right than not, and an LLM that declines is likelier right than one whose draft failed the check.
_ABSTENTION_CONFIDENCE: dict[Reason, float] = {
    "off_topic": 0.05,
    "not_stated": 0.15,
    "premise_contradicted": 0.15,
    "unsupported": 0.3,
}
_ANSWER_CONFIDENCE = (0.5, 0.95)
"""Of an answer with no sentence, and with every sentence, of its draft fully supported."""


def _confidence(checked: CheckedDraft) -> float:
    """Between the two by the share of the draft's sentences that stand; partial support counts half."""
    standing = sum({"full": 1.0, "partial": 0.5, "none": 0.0}[claim.support] for claim in checked.claims)
    low, high = _ANSWER_CONFIDENCE
    return low + (high - low) * standing / (len(checked.claims) + checked.dropped)
