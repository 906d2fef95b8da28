"""An LLM's reply as it comes in: its words, how it ended, whether it declined, and what a failure means in one line."""

import re
from collections.abc import Mapping
from typing import Any, Protocol

from assistant.citations.plain_text import plain
from assistant.types import Tokens
from index.errors import ModelError
from index.text.arabic import words

RETRIES = 2
"""Further tries after a refusal that may pass (429, 5xx, a lost connection) or a silence, before anything was said."""
LONGEST_REPLY = 200_000
"""Characters with the model's thinking: a reply that passes this does not end by itself."""
LONGEST_ANSWER = 20_000
"""Characters without the thinking; likewise."""
_LONGEST_QUOTED_ERROR = 200  # characters of a foreign message in ours


class Response(Protocol):
    """What we read of the responses that a llama-index LLM streams."""

    delta: str | None
    raw: object
    additional_kwargs: Mapping[str, Any]


class Reply:
    """What has been received of a reply so far. `where` names its author in errors."""

    def __init__(self, where: str) -> None:
        self.text = ""
        """What was received, without what a reasoning model thinks aloud first."""
        self.tokens: Tokens | None = None
        self._where = where
        self._received = ""
        self._finish: str | None = None
        self._from_endpoint = False

    def add(self, response: Response) -> bool:
        """Take in new words, how the reply ended, and the counts at its end; True where `text` grew.

        Raises ModelError for a reply that does not end.
        """
        self._received += response.delta or ""
        choices = getattr(response.raw, "choices", None)
        self._from_endpoint |= choices is not None
        if choices:
            self._finish = choices[0].finish_reason or self._finish
        read, written = (response.additional_kwargs.get(kind) for kind in ("prompt_tokens", "completion_tokens"))
        if isinstance(read, int) and isinstance(written, int):
            self.tokens = Tokens(read, written)
        before, self.text = self.text, _without_thinking(self._received)
        if len(self._received) > LONGEST_REPLY or len(self.text) > LONGEST_ANSWER:
            raise ModelError(f"{self._where} does not stop writing: ask again, or use another model.")
        return self.text != before

    def check_ended(self) -> None:
        """Raises ModelError for a reply that is empty, or that ended before its author did."""
        if self._finish == "length":
            raise ModelError(f"{self._where} reached its length limit before the answer ended: raise the limit there.")
        if self._finish == "content_filter":
            raise ModelError(f"{self._where} withheld its answer by its content filter: ask in other words.")
        if self._received and self._from_endpoint and not self._finish:
            raise ModelError(f"{self._where} broke off in the middle of the answer: ask again.")
        if not self.text.strip():
            raise ModelError(f"{self._where} answered nothing: ask again, or use another model.")


def _without_thinking(received: str) -> str:
    _, closed, after = received.rpartition("</think>")
    return after if closed or not received.lstrip().startswith("<think>") else ""


# ---------------------------------------------------------------- declining

_NO_ANSWER = {("لا", "جواب"), ("no", "answer")}
"""The line that the prompts ask for where the passages do not answer, as folded words."""
_REFUSAL = re.compile(
    r"\b(?:لا|لم)\s+\w+\s+(?:(?:في|من)\s+)?(?:المقالات|المقاطع|النصوص|المقال|المقطع|النص|معلومات)\b"
    r"|\b(?:passages?|articles?|texts?)\s+(?:do|does|did)\s+not\b|\bno\s+information\b",
    re.IGNORECASE,
)


def declines(draft: str) -> bool:
    """Whether the draft is, or begins with, the line that the prompts ask for where there is no answer."""
    return next(iter(_said(draft)), None) in _NO_ANSWER


def regrets(draft: str) -> bool:
    """Whether the draft says in any other way that the passages do not answer; for drafts of which nothing stands."""
    return any(line[:2] in _NO_ANSWER for line in _said(draft)) or bool(_REFUSAL.search(plain(draft)))


def _said(draft: str) -> list[tuple[str, ...]]:
    """The words of each line or sentence, without numbers."""
    lines = (tuple(w for w in words(line) if w.isalpha()) for line in re.split(r"[\n.!]", plain(draft)))
    return [line for line in lines if line]


# ---------------------------------------------------------------- failures


def explain(error: Exception, name: str, endpoint: str) -> str:
    """One line about a failed request to `endpoint`: what failed, where, the next step."""
    import httpx
    import openai

    where, status = f"{name} at {endpoint}" if endpoint else name, getattr(error, "status_code", None)
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return f"{where} did not answer in time: ask again, raise ISNAD_LLM_TIMEOUT, or use a faster model."
    if isinstance(error, openai.APIConnectionError):
        return f"No LLM answers at {endpoint}: start it, or set ISNAD_LLM_URL."
    if isinstance(error, httpx.HTTPError):
        return f"{where} broke off in the middle of the answer: ask again."
    if status in (401, 403):
        return f"{endpoint} refused the key ({status}): set ISNAD_LLM_KEY."
    if status == 404:
        return (
            f"{endpoint} has no model for {name} (404): load it there, name another with --llm, or set ISNAD_LLM_URL."
        )
    if status == 429:
        return f"{endpoint} takes no more requests for now (429, tried {RETRIES + 1} times): wait and ask again."
    if isinstance(error, openai.OpenAIError):
        return f"{where} failed ({one_line(error)}): look at its log, then ask again."
    if not endpoint:
        return f"{where} failed ({one_line(error)}): ask again, or use another model."
    # What an adapter raises on a reply in another shape than the protocol's, that of a web page for example.
    return f"{where} sent what no LLM sends ({one_line(error)}): check ISNAD_LLM_URL."


def one_line(error: Exception) -> str:
    """The first line of an error's message, shortened; its kind where it has none."""
    line = " ".join(str(error).strip().partition("\n")[0].split()) or type(error).__name__
    return line if len(line) <= _LONGEST_QUOTED_ERROR else line[: _LONGEST_QUOTED_ERROR - 1] + "…"
