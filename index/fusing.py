"""One score from two ranked lists, each arm weighted by how far it can be trusted; and copies of one report told."""

import re
from collections.abc import Hashable, Mapping

from index.text.arabic import fold, words
from index.text.matching import name_key
from index.text.stopwords import telling_words
from index.types import Passage

COVERAGE_WEIGHT = 0.7
"""What full coverage adds to the best BM25 score, which counts 1."""
UNSURE, SURE = 0.3, 0.45
"""The best BM25 score beside what the question's terms tell in all: up to the first, the term arm found chance matches
only; from the second on it is trusted whole."""
VECTORS_INSTEAD = 0.8
"""What the nearest passage's cosine adds where the term arm is not trusted at all."""

SHORTEST_REPORT = 8
"""Words; of what is shorter (a byline, «يتبع») only whole articles are copies."""


def fuse(
    terms: Mapping[int, float], cosines: Mapping[int, float], mass: float, vector_weight: float
) -> dict[int, float]:
    """A score for each passage id of `cosines`, which holds all those of `terms`.

    The term arm's part is its BM25 score beside the best one. The vectors' part is the cosine, stretched from the
    least to the greatest found, since models differ in the range they use. `mass` is what the question's terms tell
    in all, in nats: where the best BM25 score is small beside it, the vectors count more.
    """
    if not cosines:
        return {}
    best = max(terms.values(), default=0.0)
    reached = best / mass if mass else 0.0
    trust = min(1.0, max(0.0, (reached - UNSURE) / (SURE - UNSURE)))
    weight = trust * vector_weight + (1 - trust) * max(VECTORS_INSTEAD, vector_weight)
    least, greatest = min(cosines.values()), max(cosines.values())
    stretch = weight / ((greatest - least) or 1.0)
    scores = {id_: stretch * (cosine - least) for id_, cosine in cosines.items()}
    for id_, score in terms.items():
        scores[id_] += trust * score / best
    return scores


def report_key(passage: Passage) -> Hashable:
    """What copies of one report have in common: the words that tell anything, in order.

    A name, place, figure, month or negation that differs makes another report. Where the source signs with its own
    name, in brackets or on a line of its own, that name is no part of it.
    """
    article = passage.article
    told = telling_words(words(_unsigned(fold(passage.text), name_key(article.source))))
    return told if len(told) >= SHORTEST_REPORT else (article.text, passage.start)


def _unsigned(folded: str, source: str) -> str:
    if not source:
        return folded
    name = r"\s+".join(map(re.escape, source.split()))
    return re.sub(rf"[(\[]\s*{name}\s*[)\]]|^\W*{name}\W*$", " ", folded, flags=re.MULTILINE)
