"""The default answerer: quotes the sentences that answer, or says that the articles do not."""

from collections.abc import Iterator, Sequence

from assistant.abstaining import abstention_text
from assistant.citing import Claim, Span, assemble, render
from assistant.confidence import CONFIDENCE_FEATURES, confidence, confidence_features
from assistant.conflicts import Figure, differing, figures, stated_conflicts
from assistant.linear import shipped
from assistant.questions import matching_wording
from assistant.ranking import FEATURES, Candidate, candidates
from assistant.types import Answer, Citation, Draft, Reason
from index.arabic import words
from index.matching import SAME_WORD, Rarity, content_weights, coverage
from index.types import ScoredPassage

THRESHOLD = 0.35
"""Confidence from which an answer is given; see eval/LOG.md for what it refuses."""
OFF_TOPIC_MATCH = 0.2
"""Below this share of the question's weighted words in the best passage, the articles are about something else."""
MAXIMUM_SENTENCES = 3
MAXIMUM_WORDS = 75
NEAR_THE_BEST = 1.0
"""How far below the best sentence's log-odds another one may lie and still be quoted beside it."""
STILL_AN_ANSWER = 6.0
"""The same for a sentence that gives a figure, where one was asked for: those answer, the others talk about it."""


class ExtractiveAnswerer:
    """Picks one to three sentences of the passages. Needs no model but the shipped weights."""

    name = "extractive"

    def __init__(self, rarity: Rarity, threshold: float = THRESHOLD) -> None:
        self._rarity, self._threshold = rarity, threshold
        self._sentences = shipped("sentences", FEATURES)
        self._confidence = shipped("confidence", CONFIDENCE_FEATURES)

    def answer(self, question: str, passages: Sequence[ScoredPassage]) -> Answer:
        """The best quotes with their citations, or an abstention with the nearest ones."""
        asked = matching_wording(question, passages)
        ranked = candidates(asked, passages, self._rarity, self._sentences)
        signs = confidence_features(asked, ranked, passages, self._rarity)
        sure = confidence(asked, signs, ranked, self._confidence)
        if not ranked or sure < self._threshold:
            reason: Reason = "off_topic" if signs[0] < OFF_TOPIC_MATCH else "not_stated"
            near = self._nearest(asked, ranked)
            text = abstention_text(reason, question)
            return Answer(question, text, nearest=near, reason=reason, answerer=self.name, confidence=sure)
        ranked = [c for c in ranked if not c.feature("is_heading")] or ranked
        found = [f for f in figures(asked, ranked) if f.candidate.score > ranked[0].score - STILL_AN_ANSWER]
        chosen = _choose(ranked, [f.candidate for f in differing(asked, found) or found[:1]])
        sentences, citations = assemble([_claim(c, found) for c in _in_reading_order(chosen)])
        return Answer(
            question,
            render(sentences),
            sentences=sentences,
            citations=citations,
            conflicts=stated_conflicts(asked, found, citations),
            answerer=self.name,
            confidence=sure,
        )

    def stream(self, question: str, passages: Sequence[ScoredPassage]) -> Iterator[Draft | Answer]:
        """The whole answer at once: nothing is drafted."""
        yield self.answer(question, passages)

    def _nearest(self, asked: str, ranked: Sequence[Candidate]) -> tuple[Citation, ...]:
        """The best sentences that share a word with the question."""
        weights = content_weights(asked, self._rarity)
        near = [c for c in ranked if coverage(weights, words(c.text), SAME_WORD)][:MAXIMUM_SENTENCES]
        return tuple(Citation(n, c.article, c.start, c.end) for n, c in enumerate(near, start=1))


def _choose(ranked: Sequence[Candidate], stating: Sequence[Candidate]) -> list[Candidate]:
    """The sentences that state the figure asked for (each other figure too), then those nearly as good as the best.

    Three at most, and no more words than a reader takes in at once, the first sentence excepted.
    """
    near = [c for c in ranked if c.score > ranked[0].score - NEAR_THE_BEST]
    chosen: list[Candidate] = []
    for candidate in (*stating, *near):
        length = sum(len(c.text.split()) for c in (*chosen, candidate))
        if candidate not in chosen and len(chosen) < MAXIMUM_SENTENCES and (not chosen or length <= MAXIMUM_WORDS):
            chosen.append(candidate)
    return chosen


def _in_reading_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence first, for it is the answer; then the others, its own article's before those of other ones."""
    best, *others = chosen
    rank_of = {c.article.id: rank for rank, c in reversed(list(enumerate(chosen)))}
    return [best, *sorted(others, key=lambda c: (rank_of[c.article.id], c.start))]


def _claim(candidate: Candidate, found: Sequence[Figure]) -> Claim:
    core = next(((f.value.start, f.value.end) for f in found if f.candidate is candidate), None)
    return Claim(candidate.text, (Span(candidate.article, candidate.start, candidate.end),), core=core)
