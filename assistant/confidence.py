"""How sure the articles are to answer a question at all: what decides between an answer and an abstention."""

import math
from collections.abc import Iterable, Sequence

from assistant.linear import Linear
from assistant.ranking import Candidate
from index.arabic import words
from index.matching import Rarity, content_weights, coverage
from index.types import ScoredPassage

CONFIDENCE_FEATURES = (
    "passage_match", "passage_mass", "sentence_match", "sentence_mass", "coverage_around", "lacks_answer",
    "lacks_beside",
)  # fmt: skip
WHOLE_MASS = 30.0
"""Nats of matched rarity that count as 1: half of two words may match by chance, half of eight do not."""
COUNTED_NOWHERE = 0.17
"""The most where a question counts a noun and no candidate does: of 18 such training questions 3 were answered."""
SAME_WORD = 0.6
"""Dice from which two words are taken for forms of one; below it, likeness is chance, and chance must not look sure."""


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


def confidence(asked: Iterable[str], features: Sequence[float], ranked: Sequence[Candidate], model: Linear) -> float:
    """Probability in [0, 1] that the articles answer a question with the content words `asked`.

    Both outcomes count as equally likely beforehand.
    """
    sure = 1 / (1 + math.exp(-max(-30.0, min(30.0, model.odds(features)))))
    if not any(word.isalpha() for word in asked):
        return 0.0  # a number alone asks nothing
    nowhere = all(c.feature("lacks_beside") for c in ranked)
    return min(sure, COUNTED_NOWHERE) if nowhere else sure
