"""Three logistic regressions: which candidate is the evidence; whether a library is on the topic; whether it tells."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.extractive.confidence import CONFIDENCE_FEATURES, sureness
from assistant.extractive.features import FEATURES
from assistant.linear import Linear
from assistant.training.looks import Judged, Look, Models, is_evidence
from assistant.training.regression import logistic

FOLDS = 5
EVIDENCE_C, TOPIC_C, STATEMENT_C = 1.0, 0.1, 0.01
"""Inverse strengths of the ridge, over features scaled to unit variance; chosen on held-out folds (eval/LOG.md)."""

LIBRARIES = ("news", "events", "paragraphs")
"""What is learned from: the questions written for the reader are worded too far from the articles for words to tell."""
REMEMBERED = 30_000
"""Rows of confidence features; as many as all folds of a run need, for runs that change the confidence alone."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Features that get no weight, by their names: those of sentences, and those of both confidence models."""

    sentences: frozenset[str] = frozenset()
    confidence: frozenset[str] = frozenset()


NOTHING = LeftOut()


def fit(seen: Sequence[Look], without: LeftOut = NOTHING) -> Models:
    """Models of these looks.

    Whether the library is on the topic is learned from answered and off-topic questions of all libraries; whether it
    tells, from answered questions and near-misses of the same articles.
    """
    seen = [look for look in seen if look.library in LIBRARIES]
    judged = [(look, [is_evidence(c, look.example) for c in look.found]) for look in seen if look.kind == "answered"]
    judged = [(look, gold) for look, gold in judged if any(gold)]
    features = [c.features for look, _ in judged for c in look.found]
    unused = [name in without.sentences for name in FEATURES]
    sentences = logistic(features, [y for _, gold in judged for y in gold], EVIDENCE_C, unused, balanced=False)
    signs = [(look, _signs(look, sentences)) for look in seen if look.kind != "deleted"]
    topic = [(row, look.kind == "answered") for look, row in signs if look.kind != "near-miss"]
    asked_both = {look.library for look in seen if look.kind == "near-miss"}
    told = [(look, row) for look, row in signs if look.kind != "off-topic" and look.library in asked_both]
    own = [(row, look.kind == "answered") for look, row in told]
    unused = [name in without.confidence for name in CONFIDENCE_FEATURES]
    return Models(
        sentences,
        logistic([row for row, _ in topic], [y for _, y in topic], TOPIC_C, unused, balanced=True),
        logistic([row for row, _ in own], [y for _, y in own], STATEMENT_C, unused, balanced=True),
    )


def held_out(seen: Sequence[Look], fitted: Callable[[Sequence[Look]], Models] = fit) -> list[Judged]:
    """Every look, judged by models that `fitted` makes of the folds that hold no question on its article."""
    judged: list[Judged] = []
    for fold in range(FOLDS):
        out = [zlib.crc32(look.example.article.encode()) % FOLDS == fold for look in seen]
        models = fitted([look for look, is_out in zip(seen, out, strict=True) if not is_out])
        for look in (look for look, is_out in zip(seen, out, strict=True) if is_out):
            judged.append(judge(look, models))
    return judged


def judge(look: Look, models: Models) -> Judged:
    """What models make of a look."""
    ranked = look.ranked(models.sentences)
    sure = sureness(look.question, _signs(look, models.sentences), models.topic, models.statement)
    return Judged(look, ranked, [is_evidence(c, look.example) for c in ranked], sure)


@lru_cache(maxsize=REMEMBERED)
def _signs(look: Look, sentences: Linear) -> tuple[float, ...]:
    return look.signs(look.ranked(sentences))
