"""What happens between a question and its checked answer, as a sequence of HTML frames; knows no web framework."""

import logging
from collections.abc import Iterator
from typing import Protocol

from assistant.chat.rendering import answered, drafted, failed
from assistant.settings import LONGEST_QUESTION
from assistant.types import Answer, Draft
from index.errors import IsnadError

logger = logging.getLogger(__name__)


class Asking(Protocol):
    """What the page needs of the assistant. Every `next` may come from another thread."""

    def stream(self, question: str) -> Iterator[Draft | Answer]:
        """Drafts as the words come, then the checked Answer; raises IsnadError."""
        ...


def fault(question: str) -> str | None:
    """Why this cannot be asked, in one line for the reader, or None."""
    length = len(question.strip())
    if not any(char.isalnum() for char in question):
        return "اكتب سؤالك أولًا."
    if length > LONGEST_QUESTION:
        return f"طول السؤال {length} حرفًا، والحدّ {LONGEST_QUESTION}. اختصره ثم أعد إرساله."
    return None


def frames(assistant: Asking, number: int, question: str) -> Iterator[str]:
    """Turn `number` as it develops; the last frame is an answer or says why there is none. Never raises."""
    frame = failed(number, question, "انقطعت قبل التحقق من اقتباساتها.")
    try:
        for item in assistant.stream(question):
            if isinstance(item, Answer):
                frame = answered(number, question, item)
                break
            yield drafted(number, question, item)
    except IsnadError as error:
        frame = failed(number, question, str(error))
    except Exception:
        # The last line before the reader: the details belong in the log, not on the page.
        logger.exception("the question could not be answered")
        frame = failed(number, question, "حدث خلل غير متوقع، وتفاصيله في سجلّ الخادم.")
    yield frame
