"""Whether the words of passages support a statement, and which of their sentences do; pure functions.

Lexical on purpose: every verdict can be checked by eye against the span that is quoted for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.stating import Need, Statement
from assistant.types import Support
from index.arabic import sentence_spans
from index.types import Passage, ScoredPassage

FULL_SHARE = 0.6
"""Share of a statement's content words in the span for full support: a restatement changes verbs and function words,
and keeps the names and nouns, which are more than half."""
PARTIAL_SHARE = 0.4
"""Below this, span and statement share little more than their subject."""
MOST_SENTENCES = 4
"""A statement that needs more sentences than this together is an essay, not a citation."""
LONGEST_STATEMENT = 1_000
"""Characters; nobody can check a longer sentence at a glance."""

Extent = tuple[int, int, int]
"""(index of the passage, start, end): a piece of its article's text."""
Group = tuple[int, ...]
_RANK: dict[Support, int] = {"none": 0, "partial": 1, "full": 2}


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a passage, with its bounds in the article and what it states."""

    passage: int
    start: int
    end: int
    statement: Statement


@dataclass(frozen=True, slots=True)
class _Verdict:
    support: Support
    share: float
    group: Group


def _stated(passage: Passage, start: int, end: int) -> Statement:
    return Statement.of(passage.text[start:end], source=passage.article.source or "")


def _share(words: Sequence[str], absent: set[str]) -> float:
    return 1 - sum(word in absent for word in words) / len(words) if words else 1.0


class Evidence:
    """The sentences of passages, ready to be asked what they support."""

    def __init__(self, passages: Sequence[ScoredPassage]) -> None:
        self._sentences = [
            _Sentence(n, passage.start + start, passage.start + end, _stated(passage, start, end))
            for n, passage in enumerate(scored.passage for scored in passages)
            for start, end in sentence_spans(passage.text)
        ]
        self._holders: dict[Need, frozenset[int]] = {}

    def support(self, text: str, cited: Sequence[int], question: str = "") -> tuple[Support, tuple[Extent, ...]]:
        """How well the passages with the indexes `cited` support `text`, and the smallest extents that do.

        The words that `text` adds to the question are its answer: they have to be supported as well as all its words,
        because the question's own words stand in any passage about its subject.

        One sentence is tried first, then two that follow one another, then several; more are taken only where fewer do
        not support the text fully. Without support there are no extents.
        """
        statement = Statement.of(text, question=question)
        best = _Verdict("none", 0.0, ())
        if len(text) > LONGEST_STATEMENT or not statement.needs:
            return "none", ()
        pool = [n for n, sentence in enumerate(self._sentences) if sentence.passage in set(cited)]
        for groups in (self._singles(pool), self._pairs(pool), self._several(statement, pool)):
            verdicts = [self._judge(statement, group) for group in groups]
            found = max(verdicts, key=lambda v: (_RANK[v.support], v.share, -self._length(v.group)), default=best)
            if _RANK[found.support] > _RANK[best.support]:
                best = found
            if best.support == "full":
                break
        return best.support, tuple(self._extents(best.group))

    def nearest(self, text: str, limit: int) -> list[Extent]:
        """At most `limit` sentences, those first that share most content words with `text`; at least one word."""
        words = Statement.of(text).words
        shared = {n: sum(n in self._holding(("word", word)) for word in words) for n in range(len(self._sentences))}
        best = sorted((n for n, count in shared.items() if count), key=lambda n: (-shared[n], n))
        return [extent for n in best[:limit] for extent in self._extents((n,))]

    # ------------------------------------------------------------ candidates

    def _singles(self, pool: list[int]) -> Iterator[Group]:
        return ((n,) for n in pool)

    def _pairs(self, pool: list[int]) -> Iterator[Group]:
        return (pair for pair in pairwise(pool) if self._adjacent(*pair))

    def _several(self, statement: Statement, pool: list[int]) -> Iterator[Group]:
        """One group, gathered greedily; a sentence joins it for two new words, or one new number or quotation."""
        met: set[Need] = set()
        group: list[int] = []
        brings = {n: {need for need in statement.needs if n in self._holding(need)} for n in pool}
        while pool and len(group) < MOST_SENTENCES:
            n = max(pool, key=lambda n: sum(1 if kind == "word" else 2 for kind, _ in brings[n] - met))
            new = brings[n] - met
            if len(new) < 2 and not any(kind != "word" for kind, _ in new):
                break
            group.append(n)
            met |= new
        if len(group) > 1:
            yield tuple(sorted(group))

    def _adjacent(self, a: int, b: int) -> bool:
        return b == a + 1 and self._sentences[a].passage == self._sentences[b].passage

    def _length(self, group: Group) -> int:
        return sum(self._sentences[n].end - self._sentences[n].start for n in group)

    def _extents(self, group: Group) -> Iterator[Extent]:
        """The group's sentences, those that follow one another as one extent."""
        at = 0
        while at < len(group):
            last = at
            while last + 1 < len(group) and self._adjacent(group[last], group[last + 1]):
                last += 1
            first, end = self._sentences[group[at]], self._sentences[group[last]].end
            yield first.passage, first.start, end
            at = last + 1

    # ------------------------------------------------------------ judging

    def _holding(self, need: Need) -> frozenset[int]:
        """The sentences that meet a need; remembered, because the sentences of a draft share their subject."""
        if need not in self._holders:
            self._holders[need] = frozenset(n for n, s in enumerate(self._sentences) if s.statement.meets(need))
        return self._holders[need]

    def _judge(self, statement: Statement, group: Group) -> _Verdict:
        """Full, partial or no support of the statement by the group's sentences together."""
        missing = {need for need in statement.needs if self._holding(need).isdisjoint(group)}
        absent = {what for kind, what in missing if kind == "word"}
        share = min(_share(statement.words, absent), _share(statement.new_words, absent))
        evidence = [self._sentences[n].statement for n in group]
        if share < PARTIAL_SHARE or len(missing) > len(absent) or statement.contradicts(evidence):
            return _Verdict("none", share, group)
        unnamed = bool(statement.names & absent) or statement.lacks_facet(evidence)
        doubtful = share < FULL_SHARE or unnamed or statement.differs_in_negation(evidence)
        return _Verdict("partial" if doubtful else "full", share, group)
