"""An LLM's reply as it comes in: its words, how it ended, whether it declined."""

import json
import re

from assistant.citations.plain_text import plain
from assistant.generation.events import Piece
from assistant.generation.thinking import Aloud
from assistant.types import Tokens
from index.errors import ModelError
from index.text.arabic import words

LONGEST_REPLY = 200_000
"""Characters with the model's thinking: a reply that passes this does not end by itself."""
LONGEST_ANSWER = 20_000
"""Characters without the thinking; likewise."""
# How endpoints call it that a reply ended before its author did, in lower case.
_TOO_LONG = ("length", "max_tokens", "max_output_tokens", "max_length", "model_length", "token_limit", "incomplete")
_WITHHELD = (
    "content_filter", "refusal", "safety", "recitation", "prohibited_content", "blocklist", "spii", "sensitive",
    "guardrail_intervened",
)  # fmt: skip
_BROKEN = ("error", "network_error", "abort", "aborted", "cancelled", "canceled", "insufficient_system_resource")
_TOOLS = ("tool_calls", "tool_use", "function_call")

_OBJECT = re.compile(r"\s*(?:```\w*\s*)?(\{.*\})\s*(?:```\s*)?", re.DOTALL)
_ANSWERS = ("answer", "response", "reply", "text", "content", "الجواب", "الإجابة")


class Reply:
    """What has been received of a reply so far. `where` names its author in errors."""

    def __init__(self, where: str) -> None:
        self.text = ""
        """What was received, without what a reasoning model thinks aloud first."""
        self.tokens: Tokens | None = None
        self._where = where
        self._aloud = Aloud()
        self._length = 0
        self._finish = ""
        self._ended = self._thought = False

    def add(self, piece: Piece) -> bool:
        """Take in new words, how the reply ended, and the counts at its end; True where `text` changed.

        Raises ModelError for a reply that does not end.
        """
        self._length += len(piece.text)
        if self._finish not in _WITHHELD:
            self._finish = piece.finish or self._finish
        self._ended |= piece.ended
        self._thought |= piece.thought
        self.tokens = piece.tokens or self.tokens
        self._aloud.add(piece.text)
        if self._length > LONGEST_REPLY or len(self._aloud.text) > LONGEST_ANSWER:
            raise ModelError(f"{self._where} does not stop writing: ask again, or use another model.")
        return self._grown()

    def end(self) -> None:
        """Take it that all has come. Raises ModelError for a reply that is empty or was cut short."""
        self._aloud.add("", last=True)
        self.text = _unwrapped(self._aloud.text)
        if problem := self._problem():
            raise ModelError(f"{self._where} {problem}.")

    def _grown(self) -> bool:
        before, self.text = self.text, self._aloud.text
        return self.text != before

    def _problem(self) -> str:
        said = bool(self.text.strip())
        if self._finish in _TOO_LONG:
            return "reached its length limit before the answer ended: raise the limit there"
        if self._finish in _WITHHELD:
            return "withheld its answer by its content filter: ask in other words"
        if self._finish in _BROKEN or ((self._length or self._thought) and not self._ended):
            return "broke off in the middle of the answer: ask again"
        if self._finish in _TOOLS and not said:
            return "asked for a tool in place of an answer: use another model"
        if (self._thought or self._aloud.thought) and not said:
            return "thought, and then answered nothing: ask again, raise its length limit, or use another model"
        return "" if said else "answered nothing: ask again, or use another model"


def _unwrapped(text: str) -> str:
    """The answer of a reply that is a JSON object with one, as some models write unasked; else the reply."""
    found = _OBJECT.fullmatch(text)
    try:
        wrapped = json.loads(found[1]) if found else None
    except (ValueError, RecursionError):
        return text
    answers = [said for key in _ANSWERS if wrapped and isinstance(said := wrapped.get(key), str)]
    return answers[0] if answers else text


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
