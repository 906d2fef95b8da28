"""What happens between a question and its checked answer, as a sequence of HTML frames; knows no web framework."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from assistant.chat.rendering import answered, drafted, failed
from assistant.chat.texts import ARABIC, Texts
from assistant.settings import LONGEST_QUESTION
from assistant.types import Answer, Draft
from index.errors import IsnadError
from index.types import Filters

logger = logging.getLogger(__name__)


class Asking(Protocol):
    """What the page needs of the assistant. Every `next` may come from another thread."""

    def stream(self, question: str, filters: Filters | None = None) -> Iterator[Draft | Answer]:
        """Drafts as the words come, then the checked Answer; raises IsnadError."""
        ...


def fault(question: str, words: Texts = ARABIC) -> str | None:
    """Why this cannot be asked, in one line for the reader, or None."""
    length = len(question.strip())
    if not any(char.isalnum() for char in question):
        return words("empty_question")
    return words("long_question", length=length, most=LONGEST_QUESTION) if length > LONGEST_QUESTION else None


def frames(
    assistant: Asking, number: int, question: str, words: Texts = ARABIC, filters: Filters | None = None
) -> Iterator[str]:
    """Turn `number` as it develops; the last frame is an answer or says why there is none. Never raises."""
    frame = failed(number, question, words("cut_off"), words)
    try:
        for item in assistant.stream(question, filters):
            if isinstance(item, Answer):
                frame = answered(number, question, _noticed(item, filters, words), words)
                break
            yield drafted(number, question, item, words)
    except IsnadError as error:
        frame = failed(number, question, str(error), words)
    except Exception:
        # The last line before the reader: the details belong in the log, not on the page.
        logger.exception("the question could not be answered")
        frame = failed(number, question, words("unexpected"), words)
    yield frame


def _noticed(answer: Answer, filters: Filters | None, words: Texts) -> Answer:
    """The answer, which says what it was looked for in, where that was not the whole library."""
    if not filters:
        return answer
    days = [f"{words(name)} {day}" for name in ("since", "until") if (day := getattr(filters, name))]
    told = words("filtered", what=words("comma").join([*filter(None, [filters.source]), *days]))
    return replace(answer, notice=" ".join(filter(None, [told, answer.notice])))
