"""What became of each question, and the figures of one kind of library."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.extractive.answerer import chosen_sentences
from assistant.extractive.premise import contradicted_by
from assistant.training.looks import Judged, Kind, is_evidence
from eval.measures.calibration import Bin, auroc, expected_calibration_error, reliability, resampled
from eval.statistics import Estimate, bootstrap

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
MANY = 90
"""Percentile of the words of an answer."""
UNANSWERED: tuple[Kind, ...] = ("near-miss", "deleted", "off-topic")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question in one library, judged by models that saw no question on its article."""

    library: str
    kind: Kind
    category: str
    article: str
    question: str
    first: bool
    """Whether the best sentence is evidence."""
    three: bool
    """Whether one of the best three is."""
    quoted: bool
    """Whether a sentence of the answer is, whatever the confidence."""
    words: int
    """Of the answer; 0 where no sentence was found."""
    confidence: float
    contradicted: bool
    """Whether it is refused for a premise that an article contradicts, whatever the confidence."""
    best: str
    """The best sentence."""
    gold: str
    """The first gold quote."""

    def is_answered(self, threshold: float) -> bool:
        """Whether an answer is given at this threshold."""
        return bool(self.words) and not self.contradicted and self.confidence >= threshold


def outcome(judged: Judged) -> Outcome:
    """What became of a judged question."""
    look, ranked = judged.look, judged.ranked
    example = look.example
    answer, _ = chosen_sentences(look.question.text, ranked, judged.near)
    return Outcome(
        look.library,
        look.kind,
        example.category,
        example.article,
        example.question,
        any(judged.hits[:1]),
        any(judged.hits[:3]),
        any(is_evidence(sentence, example) for sentence in answer),
        sum(len(sentence.text.split()) for sentence in answer),
        judged.sure.answered,
        contradicted_by(look.question, ranked) is not None,
        ranked[0].text if ranked else "",
        next(iter(example.quotes), ""),
    )


@dataclass(frozen=True, slots=True)
class Answers:
    """With the threshold off, over the questions that the library answers; shares in [0, 1]."""

    first: Estimate | None
    three: Estimate | None
    quoted: Estimate | None
    median_words: Estimate | None
    many_words: Estimate | None
    """The 90th percentile."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a threshold lets through."""

    threshold: float
    answered: Estimate | None
    """Share of the questions that the library answers that get an answer."""
    right: Estimate | None
    """Share of those answers that quote evidence: selective accuracy."""
    refused: dict[str, Estimate | None]
    """Share of each kind that the library does not answer that gets none."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one kind of library."""

    questions: dict[str, int]
    """By kind."""
    contradicted: dict[str, int]
    """Of these, those that are refused for a contradicted premise, whatever the confidence."""
    articles: int
    answers: dict[str, Answers]
    """All, then by category."""
    aurocs: dict[str, Estimate | None]
    """Of the confidence, answered questions against each kind that is not."""
    decisions: list[Decision]
    """The threshold in use, then THRESHOLDS."""
    answerable_bins: list[Bin]
    """Reliability of the confidence, over all questions: that the library answers them."""
    quoted_bins: list[Bin]
    """The same: that it does and the answer quotes evidence."""
    answerable_ece: float | None
    quoted_ece: float | None


def figures(outcomes: Sequence[Outcome], threshold: float) -> Figures:
    """The figures of one kind of library."""
    answerable = [o for o in outcomes if o.kind == "answered"]
    unanswered = unanswered_kinds(outcomes)
    confidences = [o.confidence for o in outcomes]
    answerable_bins = reliability(confidences, [o.kind == "answered" for o in outcomes])
    quoted_bins = reliability(confidences, [o.kind == "answered" and o.quoted for o in outcomes])
    return Figures(
        _counted(outcomes),
        _counted([o for o in outcomes if o.contradicted]),
        len({o.article for o in answerable}),
        {name: answers(group) for name, group in _with_categories("all", answerable).items()},
        {name: area(answerable, group) for name, group in unanswered.items()},
        [decision(answerable, unanswered, at) for at in (threshold, *THRESHOLDS)],
        answerable_bins,
        quoted_bins,
        expected_calibration_error(answerable_bins),
        expected_calibration_error(quoted_bins),
    )


def _counted(outcomes: Sequence[Outcome]) -> dict[str, int]:
    return {kind: sum(o.kind == kind for o in outcomes) for kind in ("answered", *UNANSWERED)}


def unanswered_kinds(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """The questions that the library does not answer, by kind, near-misses by category too."""
    groups: dict[str, list[Outcome]] = {}
    for kind in UNANSWERED:
        here = [o for o in outcomes if o.kind == kind]
        groups |= (_with_categories(kind, here) if kind == "near-miss" else {kind: here}) if here else {}
    return groups


def _with_categories(name: str, outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    categories = sorted({o.category for o in outcomes} - {""})
    return {name: list(outcomes)} | {c: [o for o in outcomes if o.category == c] for c in categories}


def answers(outcomes: Sequence[Outcome]) -> Answers:
    """Figures of answers to questions that a library answers."""
    given = [o for o in outcomes if o.words]

    def words(percentile: int) -> Estimate | None:
        counts = np.array([o.words for o in given], dtype=float)
        return resampled(
            [o.article for o in given],
            lambda rows: float(np.percentile(counts[rows], percentile)) if len(rows) else None,
        )

    return Answers(
        bootstrap((o.article, o.first) for o in outcomes),
        bootstrap((o.article, o.three) for o in outcomes),
        bootstrap((o.article, o.quoted) for o in outcomes),
        words(50),
        words(MANY),
    )


def area(answerable: Sequence[Outcome], others: Sequence[Outcome]) -> Estimate | None:
    """AUROC of the confidence between questions that a library answers and others."""
    both = [*answerable, *others]
    confidence = np.array([o.confidence for o in both])
    is_answerable = np.array([o.kind == "answered" for o in both], dtype=bool)

    def statistic(rows: NDArray[Any]) -> float | None:
        drawn, positive = confidence[rows], is_answerable[rows]
        return auroc(drawn[positive], drawn[~positive])

    return resampled([o.article for o in both], statistic)


def decision(answerable: Sequence[Outcome], unanswered: dict[str, list[Outcome]], threshold: float) -> Decision:
    """What a threshold lets through."""
    given = [o for o in answerable if o.is_answered(threshold)]
    return Decision(
        threshold,
        bootstrap((o.article, o.is_answered(threshold)) for o in answerable),
        bootstrap((o.article, o.quoted) for o in given),
        {
            name: bootstrap((o.article, not o.is_answered(threshold)) for o in group)
            for name, group in unanswered.items()
        },
    )
