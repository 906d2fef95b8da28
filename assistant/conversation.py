"""Questions one after the other: one that leans on the one before it is completed, and the reader told how."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from assistant.types import Answer, Draft, Turn
from index.types import Filters


class Talking(Protocol):
    """What a conversation needs of an assistant."""

    @property
    def answerer(self) -> str:
        """The name of what answers."""
        ...

    def stream(self, question: str, filters: Filters | None = None) -> Iterator[Draft | Answer]:
        """Drafts as they come, then the checked Answer. Raises IsnadError."""
        ...

    def completed(self, question: str, before: Turn) -> str | None:
        """The question as it stands alone; None where it does."""
        ...


class Conversation:
    """One reader's questions to an assistant. Each reader has one of their own."""

    def __init__(self, assistant: Talking, before: Turn | None = None) -> None:
        """`before` is the last turn of a conversation that goes on."""
        self._assistant, self.before = assistant, before

    @property
    def answerer(self) -> str:
        """The name of what answers."""
        return self._assistant.answerer

    def ask(self, question: str, filters: Filters | None = None) -> Answer:
        """The checked answer. Raises IsnadError where there can be none."""
        *_, last = self.stream(question, filters)
        assert isinstance(last, Answer)
        return last

    def stream(self, question: str, filters: Filters | None = None) -> Iterator[Draft | Answer]:
        """Drafts as the answerer writes them, then the checked Answer, which tells how the question was understood."""
        completed = self._assistant.completed(question, self.before) if self.before else None
        for item in self._assistant.stream(completed or question, filters):
            if isinstance(item, Answer):
                item = replace(item, question=question, understood=completed)
                self.before = turn_of(item)
            yield item


def turn_of(answer: Answer) -> Turn:
    """What a later question may lean on."""
    first = answer.sentences[0] if answer.sentences else None
    core = first.text[slice(*first.core)] if first and first.core else ""
    return Turn(answer.understood or answer.question, core, first.text if first else "")
