"""Which sentence of the passages answers: candidates, their features, and a linear model over them."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.extractive.features import (
    AGAINST_BEST,
    Candidate,
    Held,
    coverage_features,
    form_features,
    in_order,
    place_features,
)
from assistant.linear import Linear
from assistant.question.analysis import Question
from index.text.arabic import fold, sentence_spans, words
from index.text.matching import nearness
from index.types import Encoder, Passage, ScoredPassage

MAXIMUM_CANDIDATES = 50


@dataclass(slots=True)
class _Sentence:
    """A candidate in the making."""

    passage: Passage
    start: int
    end: int
    held: Held
    features: dict[str, float]

    @property
    def text(self) -> str:
        return self.passage.article.text[self.start : self.end]


def candidates(
    question: Question, passages: Sequence[ScoredPassage], model: Linear, encoder: Encoder
) -> list[Candidate]:
    """At most MAXIMUM_CANDIDATES sentences of the passages, best first. A sentence that stands in two comes once."""
    best = max((scored.score for scored in passages), default=1.0) or 1.0
    sentences: dict[str, _Sentence] = {}
    for scored in passages:
        for sentence in _sentences(question, scored, best):
            if len(sentences) < MAXIMUM_CANDIDATES:
                sentences.setdefault(" ".join(fold(sentence.text).split()), sentence)
    found = list(sentences.values())
    for sentence, row in zip(found, encoder.encode([sentence.text for sentence in found]), strict=True):
        sentence.features["cosine"] = float(question.vector @ row)
    highest = {name: max((s.features[name] for s in found), default=0.0) for name in AGAINST_BEST}
    ranked = []
    for s in found:
        features = in_order(question, s.features, highest)
        ranked.append(Candidate(s.passage.article, s.start, s.end, features, model.odds(features), s.held))
    return sorted(ranked, key=lambda candidate: -candidate.score)


def _sentences(question: Question, scored: ScoredPassage, best: float) -> list[_Sentence]:
    """The sentences of a passage with the features that need no other passage.

    Its headline said again is none, nor is a question, which states nothing, in an interview or a title.
    """
    passage = scored.passage
    headline = words(passage.article.title or "")
    every = sentence_spans(passage.text)
    spans = [span for span in every if words(passage.text[slice(*span)]) != headline] or every
    bags = [words(passage.text[start:end]) for start, end in spans]
    title = nearness(question.content, headline)
    near = [nearness(question.content, bag) for bag in bags]
    whole = [max(column) for column in zip(title, *near, strict=True)]
    nothing = [0.0] * len(question.content)
    found = []
    for at, (start, end) in enumerate(spans):
        if passage.text[start:end].rstrip("\"'»”’)] ").endswith(("؟", "?")):
            continue
        held = Held(near[at], near[at - 1] if at else nothing, [*near, nothing][at + 1], title, whole)
        around = [word for bag in bags[max(0, at - 1) : at + 2] for word in bag]
        features = coverage_features(question, held) | {"passage": scored.score / best}
        features |= {"passage_coverage": scored.coverage} | place_features(passage.start + start)
        features |= form_features(question, passage.text[start:end], bags[at], around)
        found.append(_Sentence(passage, passage.start + start, passage.start + end, held, features))
    return found
