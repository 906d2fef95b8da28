"""Which sentence of the passages answers: candidates, a few honest features, and a linear model over them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.counting import SAME_NOUN, counts
from assistant.linear import Linear
from assistant.questions import QuestionKind, counted_as, counted_noun, holds_answer, question_kind
from assistant.values import find_values
from index.arabic import fold, sentence_spans, words
from index.matching import SAME_WORD, Rarity, content_weights, coverage
from index.types import Article, ScoredPassage

MAXIMUM_CANDIDATES = 50
FEATURES = (
    "coverage", "coverage_around", "coverage_squared", "passage", "passage_coverage", "holds_answer", "lacks_answer",
    "number_beside", "lacks_beside", "is_heading", "is_first", "length", "is_fragment",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage: `article.text[start:end]`, with its features in the order of FEATURES."""

    article: Article
    start: int
    end: int
    features: tuple[float, ...]
    score: float
    """Log-odds that the sentence answers the question."""

    @property
    def text(self) -> str:
        """The exact words."""
        return self.article.text[self.start : self.end]

    def feature(self, name: str) -> float:
        """One feature by its name."""
        return self.features[FEATURES.index(name)]


def candidates(question: str, passages: Sequence[ScoredPassage], rarity: Rarity, model: Linear) -> list[Candidate]:
    """At most MAXIMUM_CANDIDATES sentences of the passages, best first. A sentence that stands in two comes once."""
    asked = _Question.of(question, rarity)
    best = max((scored.score for scored in passages), default=1.0) or 1.0
    found: list[Candidate] = []
    seen: set[str] = set()
    for scored in passages:
        passage = scored.passage
        spans = sentence_spans(passage.text)
        bags = [words(passage.text[start:end]) for start, end in spans]
        for at, (start, end) in enumerate(spans):
            key = " ".join(fold(passage.text[start:end]).split())
            if key in seen or len(found) >= MAXIMUM_CANDIDATES:
                continue
            seen.add(key)
            around = [word for bag in bags[max(0, at - 1) : at + 2] for word in bag]
            text = passage.text[start:end]
            features = asked.features(text, bags[at], around, scored, best, first=passage.start + start == 0)
            score = model.odds(features)
            found.append(Candidate(passage.article, passage.start + start, passage.start + end, features, score))
    return sorted(found, key=lambda c: -c.score)


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    kind: QuestionKind
    noun: str | None
    adjective: str | None
    weights: dict[str, float]

    @classmethod
    def of(cls, question: str, rarity: Rarity) -> "_Question":
        kind = question_kind(question)
        noun = counted_noun(question) if kind == "number" else None
        return cls(question, kind, noun, counted_as(question) if noun else None, content_weights(question, rarity))

    def features(
        self, text: str, own: list[str], around: list[str], scored: ScoredPassage, best: float, *, first: bool
    ) -> tuple[float, ...]:
        covered = coverage(self.weights, own)
        holds, beside = holds_answer(self.kind, text, self.text), self._number_beside(text, own, around)
        ends = text.rstrip("\"'»”’)] ")[-1:] in ".!?؟…"
        return (
            covered,
            coverage(self.weights, around),
            covered * covered,
            scored.score / best,
            scored.coverage,
            float(holds is True),
            float(holds is False),
            beside,
            float(self.noun is not None and beside < SAME_NOUN),
            float(not ends and len(own) < 16),
            float(first),
            math.log(1 + len(own)) / 4,
            float(len(own) < 6),
        )

    def _number_beside(self, text: str, own: Sequence[str], around: Sequence[str]) -> float:
        """How far a number of the sentence counts the noun asked for: «كم جنديًا» wants a number beside جندي.

        0 where the adjective of that noun stands nowhere near: the soldiers are not the wounded soldiers.
        """
        if self.noun is None or (self.adjective and not coverage({self.adjective: 1.0}, around, SAME_WORD)):
            return 0.0
        return max((counts(self.noun, value, own) for value in find_values(text)), default=0.0)
