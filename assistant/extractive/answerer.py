"""The default answerer: quotes the sentences that answer, or says that the articles do not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.citations.abstention import abstention_text
from assistant.citations.spans import CitedClaim, Span, assemble, render
from assistant.conflicts.disagreement import StatedFigure, differing, figures, stated_conflicts
from assistant.extractive.confidence import CONFIDENCE_FEATURES, confidence_features, sureness
from assistant.extractive.core import core_of
from assistant.extractive.dating import on_the_day
from assistant.extractive.features import FEATURES, Candidate, Sureness
from assistant.extractive.introduction import introducing
from assistant.extractive.overview import overview_sentences
from assistant.extractive.premise import contradicted_by
from assistant.extractive.ranking import candidates
from assistant.extractive.stacking import (
    HALF,
    NEAR_THE_BEST,
    NOTHING_READ,
    Readings,
    Stack,
    read,
    reordered,
    restated,
    surer,
)
from assistant.extractive.standing import standing_start
from assistant.linear import shipped
from assistant.pair_models.readings import Reader
from assistant.question.analysis import Question, matching_wording
from assistant.question.follow_up import understood
from assistant.question.overview import Overview, overview_of
from assistant.types import Answer, Citation, Draft, Reason, Turn
from index.text.arabic import is_arabic
from index.text.matching import SAME_WORD, Rarity
from index.types import Encoder, ScoredPassage

THRESHOLD = 0.35
"""Confidence from which an answer is given; see eval/LOG.md for what it refuses."""
ON_TOPIC = 0.6
"""Share of the question's weighted words in the best passages below which they are about something else."""
NEAR_AT_ALL = 0.25
"""Share of the question's weighted words that a sentence must hold to be shown as a nearest one."""
MAXIMUM_SENTENCES = 3
MAXIMUM_WORDS = 90
STILL_AN_ANSWER = 6.0
"""How far below the best sentence's log-odds one may lie and still be quoted that gives a figure, where one was asked
for: those answer, the others talk about it."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the answerer makes of a question and its passages before it answers or abstains."""

    question: Question
    ranked: list[Candidate]
    """Sentences, the likeliest answer first."""
    signs: tuple[float, ...]
    """What the confidence was judged by, in the order of CONFIDENCE_FEATURES."""
    sure: Sureness
    unread: Sureness
    """The same before a reader was asked."""
    readings: Readings = NOTHING_READ
    """What a reader made of the best of them, where one is set."""
    request: Overview | None = None
    """What the question asks for, where it is no single thing."""
    introduced: tuple[int, int] | None = None
    """The words of the first sentence that say who a person is, where that is asked."""


class ExtractiveAnswerer:
    """Picks one to three sentences of the passages. Needs no model but the shipped weights."""

    name = "extractive"

    def __init__(
        self,
        rarity: Rarity,
        encoder: Encoder,
        threshold: float | None = None,
        reader: Reader | None = None,
        stack: Stack = HALF,
    ) -> None:
        """`encoder` is the shipped one, whatever the library was embedded with: the weights were fitted on it.

        `stack` tells how much the reader counts; `threshold` from which confidence is answered, if not as usual.
        """
        self._rarity, self._encoder = rarity, encoder
        usual = THRESHOLD if reader is None or stack.threshold is None else stack.threshold
        self.threshold = usual if threshold is None else threshold
        self._reader, self._stack = reader, stack
        self._sentences = shipped("sentences", FEATURES)
        self._topic, self._statement = (shipped(name, CONFIDENCE_FEATURES) for name in ("topic", "statement"))

    def answer(self, question: str, passages: Sequence[ScoredPassage]) -> Answer:
        """The best quotes with their citations, or an abstention with the nearest ones."""
        return self.conclude(question, self.weigh(question, passages))

    def conclude(self, question: str, weighed: Weighed) -> Answer:
        """The answer that follows from what was weighed."""
        asked, ranked, request = weighed.question.text, weighed.ranked, weighed.request
        # An overview states no single thing: it is enough that the articles are on its topic.
        sure = weighed.sure.on_topic if request else weighed.sure.answered
        contradiction = None if request else contradicted_by(weighed.question, ranked)
        if contradiction or not ranked or sure < self.threshold:
            reason = _reason(weighed, contradiction)
            near, text = _nearest(weighed, contradiction), abstention_text(reason, question)
            return Answer(question, text, nearest=near, reason=reason, answerer=self.name, confidence=sure)
        within = self._stack.near if weighed.readings.of else NEAR_THE_BEST
        chosen, found = (
            (overview_sentences(request, ranked), []) if request else chosen_sentences(asked, ranked, within)
        )
        sentences, citations = assemble([_claim(asked, c, found, weighed, chosen) for c in chosen])
        return Answer(
            question,
            render(sentences),
            sentences=sentences,
            citations=citations,
            conflicts=stated_conflicts(asked, found, citations),
            answerer=self.name,
            confidence=sure,
        )

    def weigh(self, question: str, passages: Sequence[ScoredPassage]) -> Weighed:
        """The sentences of the passages ranked, and how sure it is that they answer."""
        request = overview_of(question)
        question = request.question if request else question
        asked = Question.of(matching_wording(question, passages), self._rarity, self._encoder)
        ranked = candidates(asked, passages, self._sentences, self._encoder)
        signs = confidence_features(asked, ranked, passages, self._rarity)
        sure = sureness(asked, signs, self._topic, self._statement)
        readings, again = NOTHING_READ, sure
        if self._reader is not None and ranked:
            readings = read(question, ranked, self._reader)
            ranked = reordered(ranked, readings, self._stack)
            again = surer(sure, restated(question, sure, ranked, readings, self._stack))
        ranked, again = on_the_day(asked.text, ranked, again)
        ranked, again, introduced = introducing(asked.text, ranked, again, is_spelled=not is_arabic(question))
        return Weighed(asked, ranked, signs, again, sure, readings, request, introduced)

    def stream(self, question: str, passages: Sequence[ScoredPassage]) -> Iterator[Draft | Answer]:
        """The whole answer at once: nothing is drafted."""
        yield self.answer(question, passages)

    def completed(self, question: str, before: Turn) -> str | None:
        """By rule."""
        return understood(question, before)


def _reason(weighed: Weighed, contradiction: Candidate | None) -> Reason:
    if contradiction:
        return "premise_contradicted"
    held = weighed.signs[CONFIDENCE_FEATURES.index("best_share")]
    return "off_topic" if held < ON_TOPIC else "not_stated"


def chosen_sentences(
    asked: str, ranked: Sequence[Candidate], near: float = NEAR_THE_BEST
) -> tuple[list[Candidate], list[StatedFigure[Candidate]]]:
    """The sentences of an answer as they are read, and the figures that candidates give for what is counted.

    A reader picks one of several that answer; who else gives a figure is therefore told by the features alone.
    """
    if not ranked:
        return [], []
    unread = sorted(ranked, key=lambda c: -c.unread)
    found = [f for f in figures(asked, unread) if f.candidate.unread > unread[0].unread - STILL_AN_ANSWER]
    disputed = [figure.candidate for figure in differing(asked, found)]
    if disputed:
        return _choose(ranked, disputed, near), found  # those who differ have an order of their own
    found = [f for f in figures(asked, ranked) if f.candidate.score > ranked[0].score - STILL_AN_ANSWER]
    return _in_reading_order(_choose(ranked, [figure.candidate for figure in found[:1]], near)), found


def _nearest(weighed: Weighed, contradiction: Candidate | None) -> tuple[Citation, ...]:
    """What contradicts the question, and the best sentences that hold a telling part of it."""

    def told(candidate: Candidate) -> float:
        return weighed.question.share([near if near >= SAME_WORD else 0.0 for near in candidate.held.sentence])

    near = [c for c in weighed.ranked if c is contradiction or told(c) >= NEAR_AT_ALL]
    near.sort(key=lambda c: c is not contradiction)
    return tuple(
        Citation(n, c.article, c.start, c.end, contradicts=c is contradiction)
        for n, c in enumerate(near[:MAXIMUM_SENTENCES], start=1)
    )


def _choose(ranked: Sequence[Candidate], stating: Sequence[Candidate], within: float) -> list[Candidate]:
    """The sentences that state the figure asked for (each other figure too), then those nearly as good as the best.

    Three at most, and no more words than a reader takes in at once, the first sentence excepted.
    """
    near = [c for c in ranked if c.score >= ranked[0].score - within]
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


def _claim(
    asked: str,
    candidate: Candidate,
    found: Sequence[StatedFigure[Candidate]],
    weighed: Weighed,
    chosen: Sequence[Candidate],
) -> CitedClaim:
    figure = next(((f.value.start, f.value.end) for f in found if f.candidate is candidate), None)
    introduced = weighed.introduced if candidate is weighed.ranked[0] else None
    core = introduced or figure or weighed.readings.core(candidate) or core_of(asked, candidate.text)
    article, start = candidate.article, standing_start(candidate.article.text, candidate.start, candidate.end)
    if any(c.article.id == article.id and start <= c.start < candidate.start for c in chosen):
        start = candidate.start  # what would be quoted along is quoted already
    moved = candidate.start - start
    if core:
        core = (core[0] + moved, core[1] + moved) if core[0] + moved >= 0 else None
    return CitedClaim(article.text[start : candidate.end], (Span(article, start, candidate.end),), core=core)
