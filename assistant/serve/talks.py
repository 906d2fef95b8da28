"""Conversations of an API that keeps none: each request brings its questions, and what they meant is remembered."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import Lock

from assistant.conversation import Conversation, Talking, turn_of
from assistant.types import Answer, Draft, Turn
from index.types import Filters

MOST_TURNS = 2_000
"""Remembered at a time; the one used longest ago goes first."""
LOOKED_BACK = 3
"""Questions that are understood anew, one after the other, where nothing is remembered."""


class Talks:
    """What earlier questions meant and what answered them, by the questions that led there."""

    def __init__(self, assistant: Talking) -> None:
        self._assistant, self._lock = assistant, Lock()
        self._turns: OrderedDict[tuple[str, ...], Turn] = OrderedDict()

    def stream(self, questions: Sequence[str], filters: Filters) -> Iterator[Draft | Answer]:
        """The last of the questions answered, in the light of those before it. Raises IsnadError."""
        *before, question = questions
        for item in Conversation(self._assistant, self._before(before)).stream(question, filters):
            if isinstance(item, Answer):
                self._remember(tuple(questions), turn_of(item))
            yield item

    def _before(self, questions: Sequence[str]) -> Turn | None:
        """The turn before the question; not from here, it lacks the words that answered it."""
        with self._lock:
            known = self._turns.get(tuple(questions))
        turn: Turn | None = None
        if known is None:
            for question in questions[-LOOKED_BACK:]:
                completed = self._assistant.completed(question, turn) if turn else None
                turn = Turn(completed or question)
        return known or turn

    def _remember(self, questions: tuple[str, ...], turn: Turn) -> None:
        with self._lock:
            self._turns[questions] = turn
            self._turns.move_to_end(questions)
            if len(self._turns) > MOST_TURNS:
                self._turns.popitem(last=False)
