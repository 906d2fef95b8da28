"""First questions for a reader who does not know the library yet: from its newest articles, which answer them."""

import math
import time

from assistant.extractive.answerer import ExtractiveAnswerer
from assistant.question.suggesting import Suggested, questions_of
from assistant.settings import Settings
from index.retrieving import HybridRetriever
from index.static import load_background
from index.storage.library import Library
from index.types import Article, Filters

MOST = 3
LOOKED_AT = 20
"""Articles, the newest first."""
SECONDS = 0.4
"""After that no further question is tried: whoever opens the chat is waiting. What the first one loads is not counted:
the first reader's question would have to load it."""
KINDS = ("count", "when", "said")
"""From the most telling to the least."""


def suggested(library: Library, retriever: HybridRetriever) -> tuple[str, ...]:
    """At most three questions, each about another article, which the default answerer answers from that article."""
    answerer = ExtractiveAnswerer(retriever.rarity, load_background())

    def answers(question: str, article: Article) -> bool:
        _, passages = retriever.search(question, Settings().passages_read, Filters())
        answer = answerer.answer(question, passages)
        return any(citation.article.id == article.id for citation in answer.citations)

    open_ones = [(one, article) for article in library.newest(LOOKED_AT) for one in questions_of(article)]
    found: list[Suggested] = []
    started = math.inf
    while open_ones and len(found) < MOST and time.perf_counter() - started < SECONDS:
        # What has not been asked yet comes first, so that the questions show different things; then the newest.
        kinds = [one.kind for one in found]
        one, article = min(open_ones, key=lambda o: (kinds.count(o[0].kind), KINDS.index(o[0].kind)))
        open_ones.remove((one, article))
        if answers(one.question, article):
            found.append(one)
            open_ones = [other for other in open_ones if other[1] is not article and other[0] != one]
        started = min(started, time.perf_counter())
    return tuple(one.question for one in found)
