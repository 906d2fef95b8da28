"""A question that leans on the one before it, completed by the LLM."""

from assistant.generation.prompt import harmless, render_prompt
from assistant.types import Turn
from index.text.arabic import is_arabic

LONGEST = 300
"""Characters of a completed question; a longer reply is no question."""


def rewriting_prompt(question: str, before: Turn) -> str:
    """The prompt that asks for the question as it stands alone, in its own language."""
    name = "rewrite.ar" if is_arabic(question) else "rewrite.en"
    said = (before.question, before.core or before.answer, question)
    earlier, answered, asked = (" ".join(harmless(text).split()) for text in said)
    return render_prompt(name, before=earlier, answered=answered or "-", question=asked)


def rewritten(reply: str) -> str | None:
    """The question in a reply: its one line, without quotes around it. None where it is no such thing."""
    lines = [line.strip(" \"'«»*`-") for line in reply.strip().splitlines() if line.strip()]
    return lines[0] if len(lines) == 1 and 0 < len(lines[0]) <= LONGEST else None
