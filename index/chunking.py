"""Chunking: an Article becomes Passages of whole sentences with exact offsets."""

from index.arabic import fold, sentence_spans, words
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
        if key in seen or count + length > MAXIMUM_WORDS:
            close()
        if key in seen:
            continue
        seen.add(key)
        if length > MAXIMUM_WORDS:
            spans.extend(_cut(text, start, end))
            continue
        passage, count = (passage[0] if passage else start, end), count + length
        if count >= TARGET_WORDS:
            close()
    close()
    return spans


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Pieces of an overlong sentence, cut at the last blank before TARGET_WORDS words' worth of characters."""
    width = TARGET_WORDS * 7  # an Arabic news word and its blank are about six characters
    pieces = []
    while end - start > width:
        at = text.rfind(" ", start + 1, start + width)
        at = at if at > start else start + width
        pieces.append((start, at))
        start = at + 1 if text[at] == " " else at
    return [*pieces, (start, end)]
