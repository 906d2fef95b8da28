"""A second look by a model that reads: it sharpens the ranking of the sentences and how sure the answer is.

What both models make of a sentence, and of a library, is weighed by small regressions: fitted ones for our own
reader, for a hub model one that takes it for an independent witness and, unmeasured as it is, counts it half.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.extractive.features import Candidate, Sureness
from assistant.linear import Linear
from assistant.pair_models.readings import Excerpt, Reader, Reading
from index.text.arabic import is_arabic

MOST_READ = 2_400
"""Characters that are read for one question: what two cores read in 0.4 s. Twice as many found no more."""
LONGEST_EXCERPT = 900
"""Characters of sentences that are read together."""
SUREST = 6.0
"""Log-odds beyond which a reading counts no more: transformers are surer than they are right."""
CORE_FROM = 0.5
"""Probability from which the words that a reader points at are shown as what answers."""
SENTENCE = ("odds", "read", "read_below_best")
"""What the place of a sentence is weighed by."""
LIBRARY = ("odds", "best_read", "second_read", "read_of_first", "some_read", "english", "first_odds", "first_leads")
"""What is weighed for whether the articles are on the topic, and whether they tell."""
NEAR_THE_BEST = 1.5
"""The same without a reader."""
_LEAST = 1e-9
_ALONE = 3.0  # log-odds that stand for the lead of a sentence without another


@dataclass(frozen=True, slots=True)
class Stack:
    """How much a reader counts beside the bare features."""

    sentence: Linear
    topic: Linear
    statement: Linear
    threshold: float | None = None
    """Confidence from which an answer is given; None for that without a reader."""
    near: float = NEAR_THE_BEST
    """How far below the best sentence's log-odds another one may lie and still be quoted beside it."""

    @classmethod
    def of(cls, weights: Callable[[str, Sequence[str]], Linear]) -> "Stack":
        """As it was fitted for our own reader, by the weights of that."""
        topic, statement = (weights(name, LIBRARY) for name in ("read_topic", "read_statement"))
        return cls(weights("read_sentence", SENTENCE), topic, statement, READ_THRESHOLD, READ_NEAR)


READ_THRESHOLD, READ_NEAR = 0.35, 0.5
"""Both of our own reader, by articles that it was not trained on (eval/LOG.md)."""
SURE_UNREAD = 0.6
"""Confidence by the features alone that no reader lowers."""
HALF = Stack(Linear((1, 0.5, 0), 0), Linear((1, *[0] * 7), 0), Linear((1, 0.5, *[0] * 6), 0))
"""For a reader that nobody measured."""


@dataclass(frozen=True)
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

    def odds(self, candidate: Candidate) -> float:
        """The log-odds of a candidate; of one that was not read the lowest of those that were."""
        reading = self.reading(candidate)
        return bounded_odds(reading) if reading else self._sorted[-1]

    def of_sentence(self, candidate: Candidate) -> tuple[float, ...]:
        """A candidate in the order of SENTENCE."""
        return candidate.score, self.odds(candidate), self.odds(candidate) - self._sorted[0]

    def of_library(self, odds: float, question: str, ranked: Sequence[Candidate]) -> tuple[float, ...]:
        """All that was read in the order of LIBRARY, with the log-odds before; `ranked` is in its new order."""
        best, second = self._sorted[0], self._sorted[min(1, len(self._sorted) - 1)]
        some = math.log(sum(map(math.exp, self._sorted)))
        lead = ranked[0].score - ranked[1].score if len(ranked) > 1 else _ALONE
        english = float(not is_arabic(question))
        return odds, best, second, self.odds(ranked[0]), some, english, ranked[0].score, lead

    @cached_property
    def _sorted(self) -> list[float]:
        return sorted(map(bounded_odds, self.of.values()), reverse=True)


NOTHING_READ = Readings({})


def read(question: str, ranked: Sequence[Candidate], reader: Reader) -> Readings:
    """What a reader makes of the best candidates and of those that stand beside them."""
    found: dict[tuple[str, int], Reading] = {}
    groups = together(ranked)
    pages = [excerpt(group) for group in groups]
    for group, row in zip(groups, reader.read(question, pages), strict=True):
        found |= {(c.article.id, c.start): mark for c, mark in zip(group, row, strict=True) if mark}
    return Readings(found)


def reordered(ranked: Sequence[Candidate], readings: Readings, stack: Stack) -> list[Candidate]:
    """The candidates in the order of both models' log-odds. Those that were not read count as the worst that were."""
    if not readings.of:
        return list(ranked)
    again = [replace(c, score=stack.sentence.odds(readings.of_sentence(c)), bare=c.score) for c in ranked]
    return sorted(again, key=lambda candidate: -candidate.score)


def restated(question: str, sure: Sureness, ranked: Sequence[Candidate], readings: Readings, stack: Stack) -> Sureness:
    """How sure it is that the articles answer, after what was read; `ranked` is in the new order."""
    if not readings.of or not sure.answered:
        return sure

    def again(model: Linear, probability: float) -> float:
        return 1 / (1 + math.exp(-model.odds(readings.of_library(odds_of(probability), question, ranked))))

    stated = min(again(stack.statement, sure.stated), sure.limit)
    return Sureness(again(stack.topic, sure.on_topic), stated, sure.limit)


def surer(before: Sureness, after: Sureness) -> Sureness:
    """What holds of how sure it was before and after reading: the surer of both where the features are sure."""
    return max(before, after, key=lambda sure: sure.answered) if before.answered >= SURE_UNREAD else after


def together(ranked: Sequence[Candidate]) -> list[list[Candidate]]:
    """The candidates, given best first, in groups that stand side by side; at most MOST_READ characters in all."""
    groups: list[list[Candidate]] = []
    for candidate in sorted(ranked, key=lambda c: (c.article.id, c.start)):
        last = groups[-1] if groups else None
        near = last and last[0].article.id == candidate.article.id and candidate.end - last[0].start <= LONGEST_EXCERPT
        if last and near and candidate.start - last[-1].end <= _GAP:
            last.append(candidate)
        else:
            groups.append([candidate])
    rank = {(c.article.id, c.start): at for at, c in enumerate(ranked)}
    groups.sort(key=lambda group: min(rank[c.article.id, c.start] for c in group))
    chosen: list[list[Candidate]] = []
    length = 0
    for group in groups:
        length += group[-1].end - group[0].start
        if chosen and length > MOST_READ:
            break
        chosen.append(group)
    return chosen


_GAP = 3
"""Characters between sentences that follow one another: blanks and line ends."""


def excerpt(group: Sequence[Candidate]) -> Excerpt:
    """Candidates that follow one another as they are read."""
    first, article = group[0].start, group[0].article
    spans = tuple((c.start - first, c.end - first) for c in group)
    return Excerpt(article.title or "", article.text[first : group[-1].end], spans)


def bounded_odds(reading: Reading) -> float:
    """The log-odds of a reading, at most SUREST either way."""
    return max(-SUREST, min(SUREST, odds_of(reading.probability)))


def odds_of(probability: float) -> float:
    """The log-odds of a probability."""
    p = max(_LEAST, min(1 - _LEAST, probability))
    return math.log(p / (1 - p))
