"""Pairs of texts that are about the same: what the encoder learns from.

A sentence, or the title, and the rest of its passage, with some of its words said otherwise and some of those that
both share left out, so that equal spelling alone does not solve it; a paraphrase written for the project and its
passage; two wordings of one group of the table of synonyms.
"""

from collections.abc import Callable, Sequence

import numpy as np

from index.training.texts import Sentence, Text

Bag = np.ndarray
"""The rows of a text's terms, one entry an occurrence."""
Pair = tuple[Bag, Bag]

SAID_OTHERWISE = 0.4
"""Chance that a span of the query side is said in other words."""
LEFT_OUT = 0.3
"""Chance that a term which both sides share is left out of the query side."""
A_SENTENCE = 0.6
"""Chance that the query side is a sentence of the passage instead of its title."""
SHORTEST_QUERY, LONGEST_QUERY = 8, 25
"""Words of a query cut from a longer sentence."""


class Pairs:
    """Draws pairs from passages, paraphrases and the table of synonyms."""

    def __init__(
        self,
        texts: Sequence[Text],
        paraphrases: Sequence[tuple[Sentence, Text]],
        wordings: Sequence[Sequence[tuple[int, ...]]],
        terms: Callable[[Sequence[int]], Bag],
        rng: np.random.Generator,
    ) -> None:
        self._texts, self._paraphrases, self._wordings = texts, paraphrases, wordings
        self._groups_of_two = [group for group in wordings if len(group) > 1]
        self._terms, self._rng = terms, rng

    def passages(self, n: int) -> list[Pair]:
        """n pairs of a sentence or title and the rest of its passage."""
        return [self._passage(self._texts[i]) for i in self._rng.integers(len(self._texts), size=n)]

    def paraphrases(self, n: int) -> list[Pair]:
        """n pairs of a question or headline in other words and its passage; none where there are no paraphrases."""
        if not self._paraphrases:
            return []
        drawn = [self._paraphrases[i] for i in self._rng.integers(len(self._paraphrases), size=n)]
        return [(self._terms(self._varied(said)), self._whole(text.title, *text.sentences)) for said, text in drawn]

    def synonyms(self, n: int) -> list[Pair]:
        """n pairs of two wordings that mean the same, each of another group."""
        chosen = self._rng.choice(len(self._groups_of_two), size=min(n, len(self._groups_of_two)), replace=False)
        pairs = []
        for group in (self._groups_of_two[i] for i in chosen):
            a, b = self._rng.choice(len(group), size=2, replace=False)
            pairs.append((self._terms(group[a]), self._terms(group[b])))
        return pairs

    def _passage(self, text: Text) -> Pair:
        at = int(self._rng.integers(len(text.sentences)))
        if not text.title.words or (len(text.sentences) > 1 and self._rng.random() < A_SENTENCE):
            said, rest = text.sentences[at], [text.title, *text.sentences[:at], *text.sentences[at + 1 :]]
        else:
            said, rest = text.title, list(text.sentences)
        query, passage = self._terms(self._cut(self._varied(said))), self._whole(*rest)
        kept = query[~(np.isin(query, passage) & (self._rng.random(len(query)) < LEFT_OUT))]
        return (kept if len(kept) > 2 else query), passage

    def _varied(self, sentence: Sentence) -> tuple[int, ...]:
        """The words of a sentence with some spans said otherwise."""
        varied: list[int] = []
        at = 0
        for start, length, groups in sentence.spans:
            if self._rng.random() < SAID_OTHERWISE:
                group = self._wordings[groups[int(self._rng.integers(len(groups)))]]
                varied += [*sentence.words[at:start], *group[int(self._rng.integers(len(group)))]]
                at = start + length
        return (*varied, *sentence.words[at:])

    def _cut(self, query: tuple[int, ...]) -> tuple[int, ...]:
        length = int(self._rng.integers(SHORTEST_QUERY, LONGEST_QUERY + 1))
        start = int(self._rng.integers(max(1, len(query) - length + 1)))
        return query[start : start + length]

    def _whole(self, *sentences: Sentence) -> Bag:
        return self._terms([word for sentence in sentences for word in sentence.words])
