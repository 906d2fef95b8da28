"""Reading on: a model goes through the passages that were found further down, for one that tells what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.pair_models.readings import Excerpt, Reader, Reading
from index.text.arabic import sentence_spans
from index.types import ScoredPassage

AT_A_TIME = 12
"""Passages that are read together: some 0.3 s on two cores."""
TOLD = 0.9
"""Probability of a sentence from which nothing further is read."""
_RANK, _READ = 10, 2.0
"""How the two orders are fused: by 1/(10 + rank) each, that of the model twice."""


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage with what a model made of its sentences."""

    scored: ScoredPassage
    readings: dict[int, Reading]
    """By where a sentence begins in the article."""

    @property
    def best(self) -> float:
        """The probability of its likeliest sentence."""
        return max((reading.probability for reading in self.readings.values()), default=0.0)


def read_on(question: str, passages: Sequence[ScoredPassage], reader: Reader) -> list[ReadPassage]:
    """The passages in their order, as far as they are read: until one of them tells."""
    found: list[ReadPassage] = []
    for at in range(0, len(passages), AT_A_TIME):
        some = passages[at : at + AT_A_TIME]
        rows = reader.read(question, [_excerpt(scored) for scored in some])
        found += [_read(scored, row) for scored, row in zip(some, rows, strict=True)]
        if any(passage.best >= TOLD for passage in found[-len(some) :]):
            break
    return found


def in_reading_order(question: str, passages: Sequence[ScoredPassage], reader: Reader) -> list[ScoredPassage]:
    """The passages in the order of both who found and who read them; those that were not read come last."""
    read = read_on(question, passages, reader)
    rank = {id(passage): n for n, passage in enumerate(sorted(read, key=lambda passage: -passage.best))}
    mark = {n: 1 / (_RANK + n) + _READ / (_RANK + rank[id(passage)]) for n, passage in enumerate(read)}
    return [passages[n] for n in sorted(mark, key=lambda n: -mark[n])] + [*passages[len(read) :]]


def _excerpt(scored: ScoredPassage) -> Excerpt:
    passage = scored.passage
    return Excerpt(passage.article.title or "", passage.text, tuple(sentence_spans(passage.text)))


def _read(scored: ScoredPassage, row: Sequence[Reading | None]) -> ReadPassage:
    start = scored.passage.start
    spans = sentence_spans(scored.passage.text)
    return ReadPassage(scored, {start + first: mark for (first, _), mark in zip(spans, row, strict=True) if mark})
