"""How much our own reader counts beside the bare features: fitted on articles that it was not trained on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.extractive.confidence import sureness
from assistant.extractive.features import Candidate, Sureness
from assistant.extractive.stacking import (
    LIBRARY,
    READ_NEAR,
    SENTENCE,
    Readings,
    Stack,
    odds_of,
    read,
    reordered,
    restated,
    surer,
)
from assistant.linear import Linear
from assistant.pair_models.readings import Reader
from assistant.training.looks import Judged, Look, Models, is_evidence
from assistant.training.pairs import HELD_OUT, part_of
from assistant.training.regression import logistic

SENTENCE_C, LIBRARY_C = 1.0, 0.3


@dataclass(frozen=True, slots=True)
class Seen:
    """A look with what the bare models and the reader make of it."""

    look: Look
    ranked: list[Candidate]
    """By the bare features."""
    sure: Sureness
    readings: Readings


def seen_by(reader: Reader, looks: Iterable[Look], models: Models) -> list[Seen]:
    """The looks at articles that the reader was not trained on, read."""
    found = []
    for look in looks:
        ranked = look.ranked(models.sentences)
        if part_of(look.example.article) >= HELD_OUT or not ranked:
            continue
        sure = sureness(look.question, look.signs(ranked), models.topic, models.statement)
        readings = read(look.example.question, ranked, reader)
        found += [Seen(look, ranked, sure, readings)] if readings.of else []
    return found


def fit_stack(seen: Sequence[Seen]) -> Stack:
    """Regressions of what both models make of sentences, and of libraries."""
    features: list[tuple[float, ...]] = []
    labels: list[bool] = []
    for s in seen:
        gold = [is_evidence(c, s.look.example) for c in s.ranked]
        if s.look.kind == "answered" and any(gold):
            features += [s.readings.of_sentence(c) for c in s.ranked]
            labels += gold
    sentence = logistic(features, labels, SENTENCE_C, [False] * len(SENTENCE), balanced=False)
    blank = Linear((0.0,) * len(LIBRARY), 0.0)
    stack = Stack(sentence, blank, blank)
    about = [s for s in seen if s.look.kind in ("answered", "off-topic")]
    told = [s for s in seen if s.look.kind in ("answered", "near-miss")]
    return Stack(sentence, _library(about, stack, "on_topic"), _library(told, stack, "stated"))


def _library(seen: Sequence[Seen], stack: Stack, name: str) -> Linear:
    rows = []
    for s in seen:
        ranked = reordered(s.ranked, s.readings, stack)
        rows.append(s.readings.of_library(odds_of(getattr(s.sure, name)), s.look.example.question, ranked))
    return logistic(rows, [s.look.kind == "answered" for s in seen], LIBRARY_C, [False] * len(LIBRARY), balanced=True)


def judged_by(seen: Sequence[Seen]) -> list[Judged]:
    """Every look through a stack that was fitted on the other held-out articles."""
    found = []
    for part in range(HELD_OUT):
        stack = fit_stack([s for s in seen if part_of(s.look.example.article) != part])
        found += [judge(s, stack) for s in seen if part_of(s.look.example.article) == part]
    return found


def judge(seen: Seen, stack: Stack) -> Judged:
    """What models and reader make of a look."""
    ranked = reordered(seen.ranked, seen.readings, stack)
    sure = restated(seen.look.example.question, seen.sure, ranked, seen.readings, stack)
    sure = surer(seen.sure, sure)
    return Judged(seen.look, ranked, [is_evidence(c, seen.look.example) for c in ranked], sure, READ_NEAR)
