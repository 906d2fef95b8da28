"""Whether what was typed is a question at all."""

from assistant.settings import LONGEST_QUESTION
from index.errors import InputError


def checked(question: str) -> str:
    """A question without blanks round it. Raises InputError where it is none: empty, too long, or no text."""
    question = question.strip()
    try:
        question.encode()
    except UnicodeEncodeError as error:
        raise InputError("The question holds bytes that are no text. Type it again.") from error
    if not any(char.isalnum() for char in question):
        raise InputError('The question is empty. Ask one, for example: isnad ask "متى وُقّعت المعاهدة؟"')
    if len(question) > LONGEST_QUESTION:
        raise InputError(f"The question is longer than {LONGEST_QUESTION:,} characters. Shorten it.")
    return question
