"""What the articles tell of a topic, without an LLM: of each article that tells of it the most telling sentences."""

from collections.abc import Sequence

from assistant.extractive.features import Candidate
from assistant.question.overview import Overview

ARTICLES, SENTENCES, WORDS = 5, 6, 170
"""How much an overview holds at most."""
NEAR_THE_BEST = 2.5
"""How far below the best sentence of all an article's best one may lie, in log-odds."""
NEAR_ITS_BEST = 1.0
"""The same for a second sentence of one article."""


def overview_sentences(request: Overview, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Sentences of several articles, best first; the newest article first where the latest is asked for.

    Every article gets its best one before any gets a second.
    """
    best: dict[str, Candidate] = {}
    for candidate in ranked:
        if candidate.score > ranked[0].score - NEAR_THE_BEST:
            best.setdefault(candidate.article.id, candidate)
    first = list(best.values())[:ARTICLES]
    second = [
        candidate
        for candidate in ranked
        if candidate not in first
        and candidate.article.id in {c.article.id for c in first}
        and candidate.score > best[candidate.article.id].score - NEAR_ITS_BEST
    ]
    chosen: list[Candidate] = []
    for candidate in [*first, *second]:
        length = sum(len(c.text.split()) for c in [*chosen, candidate])
        if len(chosen) < SENTENCES and (not chosen or length <= WORDS):
            chosen.append(candidate)
    order = [c.article.id for c in first]
    if request.kind == "latest":
        order = [c.article.id for c in sorted(first, key=lambda c: c.article.published or "", reverse=True)]
    return sorted(chosen, key=lambda c: (order.index(c.article.id), c.start))
