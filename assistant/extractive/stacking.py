"""A second look by a model that reads: it sharpens the ranking of the sentences and how sure the answer is.

The models are added in log-odds, as independent witnesses would be, each reading bounded and halved: it is not known
here how far any such model can be trusted on Arabic news, and none was at hand to fit these numbers to.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.extractive.features import Candidate
from assistant.types import Excerpt, Reader, Reading
from index.text.arabic import sentence_spans

MOST_READ = 12
"""Sentences that are read. The right one is among the first eight for 88 % of questions; each costs a transformer."""
READER_WEIGHT = 0.5
"""What a log-odd of the reader counts beside one of the sentence model. Not fitted."""
CONFIDENCE_WEIGHT = 0.5
"""The same beside the log-odds that the articles state what is asked for. Not fitted."""
SUREST = 5.0
"""Log-odds beyond which a reading counts no more: transformers are surer than they are right."""
CORE_FROM = 0.5
"""Probability from which the words that a reader points at are shown as what answers."""
AROUND = 300
"""Characters before and after a sentence within which its neighbours are read, so that it stays in sight itself."""
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Readings:
    """What a reader made of the candidates that it read, by article and beginning; empty without a reader."""

    of: Mapping[tuple[str, int], Reading]

    def reading(self, candidate: Candidate) -> Reading | None:
        """The reading of a candidate, None where it was not read."""
        return self.of.get((candidate.article.id, candidate.start))

    def core(self, candidate: Candidate) -> tuple[int, int] | None:
        """The part of a candidate that answers, where the reader is sure enough of it."""
        reading = self.reading(candidate)
        return reading.span if reading and reading.probability >= CORE_FROM else None

    def gain(self, candidate: Candidate) -> float:
        """What is added to a candidate's log-odds; for one that was not read, the least of those that were."""
        reading = self.reading(candidate)
        if reading:
            return READER_WEIGHT * bounded_odds(reading)
        return READER_WEIGHT * min(map(bounded_odds, self.of.values()), default=0.0)

    @property
    def gain_of_all(self) -> float:
        """What is added to the log-odds that the articles state what is asked for: by the reading most for it."""
        return CONFIDENCE_WEIGHT * max(map(bounded_odds, self.of.values()), default=0.0)


NOTHING_READ = Readings({})


def reread(question: str, ranked: Sequence[Candidate], reader: Reader) -> tuple[list[Candidate], Readings]:
    """The candidates, given best first, in the order of both models' log-odds, and what was read of the best of them.

    Those that were not read stay behind those that were.
    """
    best = ranked[:MOST_READ]
    marks = reader.read(question, [excerpt(candidate) for candidate in best])
    readings = Readings({(c.article.id, c.start): mark for c, mark in zip(best, marks, strict=True) if mark})
    again = [replace(c, score=c.score + readings.gain(c)) for c in ranked]
    return sorted(again, key=lambda candidate: -candidate.score), readings


def restated(stated: float, readings: Readings) -> float:
    """The probability that the articles state what is asked for, after the reading that speaks for it most."""
    if not stated or not readings.of:
        return stated
    return 1 / (1 + math.exp(-(_odds(stated) + readings.gain_of_all)))


def excerpt(candidate: Candidate) -> Excerpt:
    """A candidate with the sentences beside it, as far as they lie within AROUND characters."""
    text, start, end = candidate.article.text, candidate.start, candidate.end
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    first = start - len(before) + (sentence_spans(before) or [(len(before), 0)])[-1][0]
    last = end + (sentence_spans(after) or [(0, 0)])[0][1]
    return Excerpt(text[first:last], start - first, end - first)


def bounded_odds(reading: Reading) -> float:
    """The log-odds of a reading, at most SUREST either way."""
    return max(-SUREST, min(SUREST, _odds(reading.probability)))


def _odds(probability: float) -> float:
    p = max(_LEAST, min(1 - _LEAST, probability))
    return math.log(p / (1 - p))
