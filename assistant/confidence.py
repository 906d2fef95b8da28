"""How sure the articles are to answer a question at all: what decides between an answer and an abstention."""

import math
from collections.abc import Sequence

from assistant.linear import Linear
from assistant.questions import question_kind
from assistant.ranking import Candidate
from index.arabic import words
from index.matching import SAME_WORD, Rarity, content_weights, coverage, is_content
from index.types import ScoredPassage

CONFIDENCE_FEATURES = (
    "passage_match", "passage_mass", "sentence_match", "sentence_mass", "coverage_around", "lacks_answer",
    "lacks_beside",
)  # fmt: skip
WHOLE_MASS = 30.0
"""Nats of matched rarity that count as 1: half of two words may match by chance, half of eight do not."""
NO_FIGURE = 0.17
"""The most where a number is asked for and the best sentences state none, or a noun is counted and no candidate counts
it: of 18 training questions of the second kind 3 were answered, of 6 of the first none."""


def confidence_features(
    question: str, ranked: Sequence[Candidate], passages: Sequence[ScoredPassage], rarity: Rarity
) -> tuple[float, ...]:
    """What tells an answered question from an unanswered one, over the best three of each; all 0 without any.

    None depends on the size of the library: BM25 scores would, and five articles are a library too.
    """
    if not ranked:
        return (0.0,) * len(CONFIDENCE_FEATURES)
    weights = content_weights(question, rarity)
    mass = sum(weights.values()) / WHOLE_MASS
    top = ranked[:3]
    passage = max(coverage(weights, words(scored.passage.text), SAME_WORD) for scored in passages[:3])
    sentence = max(coverage(weights, words(c.text), SAME_WORD) for c in top)
    return (
        passage,
        min(1.0, passage * mass),
        sentence,
        min(1.0, sentence * mass),
        max(c.feature("coverage_around") for c in top),
        min(c.feature("lacks_answer") for c in top),
        min(c.feature("lacks_beside") for c in top),
    )


def confidence(asked: str, features: Sequence[float], ranked: Sequence[Candidate], model: Linear) -> float:
    """Probability in [0, 1] that the articles answer a question, where both outcomes are as likely beforehand."""
    if not any(word.isalpha() and is_content(word) for word in words(asked)):
        return 0.0  # «كم؟» or a number alone asks of nothing
    sure = 1 / (1 + math.exp(-max(-30.0, min(30.0, model.odds(features)))))
    numberless = question_kind(asked) == "number" and features[CONFIDENCE_FEATURES.index("lacks_answer")]
    nowhere = all(c.feature("lacks_beside") for c in ranked)
    return min(sure, NO_FIGURE) if numberless or nowhere else sure
