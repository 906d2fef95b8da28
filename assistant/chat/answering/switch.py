"""An assistant in whose place another one may answer from the next question on."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.conversation import Talking
from assistant.types import Answer, Draft, Turn
from index.errors import InputError
from index.types import Article, Filters


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can answer."""

    llm: str
    """As the setting names it; `extractive` for none."""
    url: str
    """Where it answers."""
    told: str = ""
    """Its name for readers, and where questions go if not to this machine."""


class Answers(Talking, Protocol):
    """What the page needs of an assistant."""

    @property
    def sources(self) -> Sequence[str]:
        """The names of who published the articles."""
        ...

    def article(self, article_id: str) -> Article | None:
        """One article with its text. Raises IsnadError."""
        ...


class Switch:
    """Whoever answers now, as the assistant that the page asks. A question that is under way ends as it began."""

    def __init__(
        self,
        first: Answers,
        now: Choice,
        found: Callable[[], Sequence[Choice]],
        opened: Callable[[Choice], Answers],
        remember: Callable[[Choice], None],
    ) -> None:
        """`first` answers as `now`; `found` looks what there is, `opened` raises IsnadError where it cannot answer."""
        self._assistants = {_key(now): first}
        self._assistant, self.now = first, now
        self._found, self._opened, self._remember = found, opened, remember
        self._lock = threading.Lock()

    @property
    def answerer(self) -> str:
        """The name of what answers."""
        return self._assistant.answerer

    @property
    def sources(self) -> Sequence[str]:
        """The names of who published the articles."""
        return self._assistant.sources

    def article(self, article_id: str) -> Article | None:
        """One article with its text. Raises IsnadError."""
        return self._assistant.article(article_id)

    def completed(self, question: str, before: Turn) -> str | None:
        """A question that leans on the turn before it, as it stands alone."""
        return self._assistant.completed(question, before)

    def stream(self, question: str, filters: Filters | None = None) -> Iterator[Draft | Answer]:
        """Drafts as the words come, then the checked Answer; raises IsnadError."""
        return self._assistant.stream(question, filters)

    def choices(self) -> list[Choice]:
        """What can answer, the one that does first if it is not found any more."""
        found = list(self._found())
        return found if any(_key(one) == _key(self.now) for one in found) else [self.now, *found]

    def use(self, llm: str, url: str, *, remember: bool = False) -> None:
        """Let one of the choices answer from now on. Raises IsnadError; then nothing has changed."""
        chosen = next((one for one in self.choices() if _key(one) == (llm, url)), None)
        if chosen is None:
            raise InputError(f"{llm} is not there any more.")
        with self._lock:
            key = _key(chosen)
            if key not in self._assistants:
                self._assistants[key] = self._opened(chosen)
            self._assistant, self.now = self._assistants[key], chosen
        if remember:
            self._remember(chosen)


def _key(choice: Choice) -> tuple[str, str]:
    return choice.llm, choice.url
