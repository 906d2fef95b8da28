"""What an abstention, and an answer that is shown with a reservation, says in the language of the question."""

from collections.abc import Sequence

from assistant.types import Reason
from index.text.arabic import is_arabic

_ARABIC: dict[Reason, str] = {
    "off_topic": "لا تتناول المقالات موضوع هذا السؤال.",
    "not_stated": "لا تذكر المقالات جوابًا عن هذا السؤال.",
    "premise_contradicted": "ما يفترضه السؤال يخالف ما تذكره المقالات.",
    "unsupported": "لم نعرض الجواب الذي صيغ لهذا السؤال، لأن المقالات لا تسنده.",
}
_ENGLISH: dict[Reason, str] = {
    "off_topic": "The articles do not cover the subject of this question.",
    "not_stated": "The articles do not state an answer to this question.",
    "premise_contradicted": "What this question assumes differs from what the articles say.",
    "unsupported": "The answer drafted for this question is not shown, because the articles do not support it.",
}


def unsupported_flag(sentence: str) -> str:
    """What stands behind a sentence that no article supports, in its own language."""
    return "(لا تسنده المقالات)" if is_arabic(sentence) else "(not supported by the articles)"


def unanswered_notice(question: str, parts: Sequence[str]) -> str:
    """Which parts of a question the articles do not answer."""
    if is_arabic(question):
        return f"لم نجد في المقالات جوابًا عن: {' '.join(f'«{part}»' for part in parts)}."
    return f"The articles do not answer: {' '.join(parts)}"


def abstention_text(reason: Reason, question: str) -> str:
    """One sentence that tells the reader why there is no answer."""
    return (_ARABIC if is_arabic(question) else _ENGLISH)[reason]
