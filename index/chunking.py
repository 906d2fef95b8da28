"""Chunking: an Article becomes Passages of whole sentences with exact offsets."""

import re
from collections.abc import Iterator

from index.text.arabic import fold, sentence_spans, words
from index.types import Article, Passage

TARGET_WORDS = 100
"""A passage is closed once it has this many: long enough to be found, short enough to point at."""
MAXIMUM_WORDS = 160
"""A sentence that would take a passage past this begins the next one; a longer sentence is cut at blanks."""


def chunk(article: Article) -> list[Passage]:
    """The passages of an article in order. They do not overlap, and none crosses a line said before (see below)."""
    return [Passage(article, start, end) for start, end in passage_spans(article.text)]


def passage_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each passage.

    A sentence that stands in the text for the second time (a headline repeated under a picture, a caption) belongs to
    no passage: it would match every question about the article and crowd out what the article says.
    """
    spans: list[tuple[int, int]] = []
    seen: set[str] = set()
    passage: tuple[int, int] | None = None
    count = 0

    def close() -> None:
        nonlocal passage, count
        if passage:
            spans.append(passage)
        passage, count = None, 0

    for start, end in sentence_spans(text):
        key = " ".join(fold(text[start:end]).split())  # not its words: «المجموعة أ» is not «المجموعة ب»
        length = len(words(key))
        too_long = passage is not None and end - passage[0] > MAXIMUM_CHARACTERS
        if key in seen or too_long or count + length > MAXIMUM_WORDS:
            close()
        if key in seen:
            continue
        seen.add(key)
        if length > MAXIMUM_WORDS or end - start > MAXIMUM_CHARACTERS:
            close()
            spans.extend(_cut(text, start, end))
            continue
        passage, count = (passage[0] if passage else start, end), count + length
        if count >= TARGET_WORDS:
            close()
    close()
    return spans


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of an overlong sentence, cut at blanks; a word longer than a passage is cut where the passage ends."""
    for word in _RUN.finditer(text, start, end):
        first, last = word.span()
        while first < last:
            yield first, min(last, first + WIDTH)
            first += WIDTH


WIDTH = TARGET_WORDS * 7
"""Characters of a passage: an Arabic news word and its blank are about six."""
MAXIMUM_CHARACTERS = MAXIMUM_WORDS * 10
"""What has few words for its length (a table of letters, a word without end) is cut by its length."""
_RUN = re.compile(rf"\S(?:.{{0,{WIDTH - 2}}}\S)?(?!\S)|\S+", re.DOTALL)
