"""One conversation: who answers, within which filters, and what was answered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from assistant.cli.ask import print_answer
from assistant.cli.screen.screen import Screen
from assistant.cli.terminal import json_line
from assistant.conversation import Conversation, Talking
from assistant.types import Answer, Turn
from index.text.arabic import is_arabic
from index.types import Filters


class Opened(Talking, Protocol):
    """What a conversation needs of an assistant."""

    library: Any


@dataclass
class Session:
    """A reader's questions to one library. `opened` gives the assistant with an answerer, by the answerer's name."""

    opened: Callable[[str], Opened]
    llm: str
    screen: Screen
    filters: Filters
    as_json: bool = False
    explained: Callable[..., Answer] | None = None
    """Prints how an answer came about too, where that is wanted; then no question leans on another."""
    file: Path | None = None
    """Where each answer is kept as a row of JSON."""
    before: Turn | None = None
    """The last turn of a conversation that goes on."""
    answers: list[Answer] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Raises IsnadError where the assistant cannot be had."""
        self.talk = Conversation(self.opened(self.llm), self.before)

    @property
    def assistant(self) -> Opened:
        """What answers now."""
        return self.opened(self.llm)

    @property
    def arabic(self) -> bool:
        """Whether the last question was; so before the first one."""
        return is_arabic(self.answers[-1].question) if self.answers else True

    @property
    def library(self) -> Any:
        """That of whoever answers."""
        return self.assistant.library

    def ask(self, question: str) -> None:
        """Print and remember an answer. Raises IsnadError."""
        if self.explained:
            answer = self.explained(self.assistant, question, self.filters, self.screen, as_json=self.as_json)
        else:
            answer = print_answer(self.talk, question, self.filters, self.screen, as_json=self.as_json)
        self.answers.append(answer)
        if self.file is not None:
            with self.file.open("a", encoding="utf-8") as out:
                out.write(json_line(answer.to_dict()) + "\n")

    def change(self, llm: str) -> None:
        """Let another answerer answer from now on. Raises IsnadError; then nothing has changed."""
        talk = Conversation(self.opened(llm), self.talk.before)
        self.talk, self.llm = talk, llm
