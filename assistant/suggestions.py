"""Questions for a reader who does not know the library yet, or wants to go on: what articles suggest, and answer."""

import math
import time
from collections.abc import Iterable, Sequence
from typing import Protocol

from assistant.extractive.answerer import ExtractiveAnswerer
from assistant.question.suggesting import Suggested, questions_of
from index.retrieving import HybridRetriever
from index.static import load_background
from index.storage.library import Library
from index.text.arabic import fold
from index.types import Article, ScoredPassage

MOST = 3
LOOKED_AT = 20
"""Articles, the newest first."""
SECONDS = 0.4
"""After that no further question is tried: whoever opens the chat is waiting. What the first one loads is not counted:
the first reader's question would have to load it."""
KINDS = ("count", "when", "said")
"""From the most telling to the least."""
SAME = 0.6
"""Of the words of two questions together, the share that both have, from which on they ask the same."""


class Searchable(Protocol):
    """What questions are tried on: an open assistant."""

    library: Library
    retriever: HybridRetriever

    def find(self, question: str) -> list[ScoredPassage]:
        """The passages that an answer would be made from."""
        ...


def suggested(assistant: Searchable) -> tuple[str, ...]:
    """At most three questions, each about another article, which the default answerer answers from that article."""
    return _answered(assistant, assistant.library.newest(LOOKED_AT), (), each_once=True)


def further(assistant: Searchable, articles: Sequence[Article], asked: Sequence[str]) -> tuple[str, ...]:
    """At most three questions that the articles of an answer suggest and answer, other than those asked already."""
    return _answered(assistant, articles, asked, each_once=False)


def _answered(
    assistant: Searchable, articles: Iterable[Article], asked: Sequence[str], *, each_once: bool
) -> tuple[str, ...]:
    answerer = ExtractiveAnswerer(assistant.retriever.rarity, load_background())
    known = [_words(question) for question in asked]
    open_ones = [(one, article) for article in articles for one in questions_of(article)]
    found: list[Suggested] = []
    started = math.inf
    while open_ones and len(found) < MOST and time.perf_counter() - started < SECONDS:
        # What has not been asked yet comes first, so that the questions show different things; then the newest.
        kinds = [one.kind for one in found]
        one, article = min(open_ones, key=lambda o: (kinds.count(o[0].kind), KINDS.index(o[0].kind)))
        open_ones.remove((one, article))
        if any(_alike(_words(one.question), words) for words in known):
            continue
        answer = answerer.answer(one.question, assistant.find(one.question))
        if any(citation.article.id == article.id for citation in answer.citations):
            found.append(one)
            known.append(_words(one.question))
            open_ones = [other for other in open_ones if not each_once or other[1] is not article]
        started = min(started, time.perf_counter())
    return tuple(one.question for one in found)


def _words(question: str) -> frozenset[str]:
    return frozenset(fold(question).strip(" ؟?").split())


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SAME * len(one | other)
