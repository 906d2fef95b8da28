"""The words that a model points at: from marks for beginning and end to a span of whole words."""

import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np

LONGEST_SPAN = 30
"""Tokens of an answer; longer ones are sentences, and we have those."""


def span_marks(starts: Any, ends: Any, longest: int = LONGEST_SPAN) -> Any:
    """The sum of both marks for each span (first, last) of tokens; -inf for those that run backwards or too long."""
    length = np.arange(len(ends))[None, :] - np.arange(len(starts))[:, None] + 1
    return np.where((length >= 1) & (length <= longest), starts[:, None] + ends[None, :], -np.inf)


def likeliest_span(starts: Any, ends: Any, longest: int = LONGEST_SPAN) -> tuple[int, int]:
    """The first and the last token of the span that is marked highest."""
    first, last = divmod(int(span_marks(starts, ends, longest).argmax()), len(ends))
    return first, last


def whole_words(text: str, within: Sequence[int], start: int, end: int) -> tuple[int, int] | None:
    """`text[start:end]` without blanks at its ends and with its words whole, as offsets in `text[within]`.

    Tokens may be parts of words. None where nothing is left of it inside.
    """
    first, last = within
    start, end = max(start, first), min(end, last)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    while first < start < end and _of_one_word(text, start):
        start -= 1
    while start < end < last and _of_one_word(text, end):
        end += 1
    return (start - first, end - first) if start < end else None


def _of_one_word(text: str, at: int) -> bool:
    """Whether the characters on both sides of an offset are of one word or one figure («20», «18», «2,5»)."""
    before, after = text[at - 1], text[at]
    if before in _MARKS or after in _MARKS:
        return (
            text[at - 2 : at - 1].isdigit() and after.isdigit()
            if before in _MARKS
            else (before.isdigit() and text[at + 1 : at + 2].isdigit())
        )
    if before.isdigit() or after.isdigit():
        return before.isdigit() and after.isdigit()
    return all(char.isalpha() or bool(unicodedata.combining(char)) for char in (before, after))


_MARKS = frozenset(".,٫٬/")
"""What stands inside figures."""
