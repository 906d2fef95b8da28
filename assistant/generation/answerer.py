"""The LLM answerer: a prompt of numbered passages, a streamed draft, checked citations.

Half a draft is never shown as an answer.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress

from assistant.citations.abstention import abstention_text
from assistant.citations.check import CheckedDraft, DraftCheck
from assistant.citations.notices import sought_notice, unread_notice
from assistant.citations.spans import CitedClaim, assemble, render, span_of
from assistant.generation.context import UNTOLD
from assistant.generation.failures import TooLong
from assistant.generation.llms import LLM
from assistant.generation.mending import MOST, mended, mending_prompt
from assistant.generation.prompt import answer_prompt, fitting
from assistant.generation.reply import Reply, declines, regrets
from assistant.generation.rewriting import rewriting_prompt, rewritten
from assistant.generation.second_reading import faults, readable, second_prompt, verdicts
from assistant.pair_models.passage_order import in_reading_order
from assistant.pair_models.readings import Reader
from assistant.question.follow_up import understood
from assistant.types import Answer, Citation, Draft, Reason, SupportJudge, Tokens, Turn
from assistant.verification.support import WordVerifier
from index.errors import ModelError
from index.text.matching import Rarity
from index.types import ScoredPassage

NEAREST = 3
"""Quotes shown with an abstention: enough to see what the articles do say."""


class GeneratingAnswerer:
    """Answers in the words of an LLM, of which only what the passages support is shown."""

    def __init__(
        self,
        llm: LLM,
        name: str,
        *,
        judge: SupportJudge | None = None,
        reads_again: bool = False,
        flag: bool = False,
        rarity: Rarity = lambda stem: 0.0,
        context: int | None = None,
        reader: Reader | None = None,
        first: int | None = None,
    ) -> None:
        """`llm` is what build_llm returned for `name`.

        `judge` reads each sentence with its quotes, and so does the LLM itself once more where it `reads_again`; with
        `flag` those without support are shown marked; `rarity` tells how rare a stem is in general news; `context` is
        what the LLM reads and writes at a time, in tokens, None for what it tells itself. A `reader` puts the passages
        in its order before the `first` of them are shown.
        """
        self.name = name
        self._llm, self._judge, self._reads_again = llm, judge, reads_again
        self._flag, self._rarity = flag, rarity
        self._given, self._most = context, sys.maxsize
        self._reader, self._first = reader, first

    def answer(self, question: str, passages: Sequence[ScoredPassage]) -> Answer:
        """The whole answer, citations checked. Raises ModelError where the LLM gives none."""
        for last in self.stream(question, passages):
            if isinstance(last, Answer):
                return last
        raise AssertionError("a stream always ends with an Answer")

    def stream(self, question: str, passages: Sequence[ScoredPassage]) -> Iterator[Draft | Answer]:
        """Drafts as the words come, checked up to the last whole sentence, then the Answer. Raises ModelError."""
        if not passages:
            yield self._abstention("off_topic", question, ())
            return
        if self._reader and self._first and len(passages) > self._first:
            passages = in_reading_order(question, passages, self._reader)
        passages = passages[: self._first]
        while True:
            shown = fitting(passages, self._context)
            try:
                yield from self._composed(question, shown)
                return
            except TooLong:
                if self._given or len(shown) == 1:
                    raise
                self._most = min(self._context, 2 * UNTOLD) // 2

    @property
    def _context(self) -> int:
        """As set; else as its server tells, or as it was found to be where the server does not."""
        return self._given or min(self._llm.context() or UNTOLD, self._most)

    def _composed(self, question: str, shown: Sequence[ScoredPassage]) -> Iterator[Draft | Answer]:
        """Drafts and the Answer from the passages that the LLM is shown. Raises ModelError."""
        verifier = WordVerifier(shown, self._rarity)
        check = DraftCheck(shown, verifier, question, judge=self._judge, flag=self._flag)
        reply = Reply(self._llm.where)
        for piece in self._llm.stream(answer_prompt(question, shown)):
            if reply.add(piece):
                yield check.so_far(reply.text)
        reply.end()
        yield self._checked(question, shown, reply, check)

    def _checked(self, question: str, passages: Sequence[ScoredPassage], reply: Reply, check: DraftCheck) -> Answer:
        """The Answer that is left of a whole reply, or the abstention."""
        if declines(reply.text):
            return self._abstention("not_stated", question, passages, reply.tokens)
        second = _SecondReading(self, question) if self._reads_again else None
        checked = check.whole(reply.text, second)
        if second and checked.fallen and not regrets(reply.text):
            checked = second.mended(checked, check, passages)
        tokens = _sum(reply.tokens, second.tokens) if second else reply.tokens
        timings = {"verify": second.milliseconds} if second else {}
        if not checked.stands:
            reason: Reason = "not_stated" if regrets(reply.text) else "unsupported"
            if checked.says_nothing and reason == "unsupported":
                raise ModelError(f"{self._llm.where} wrote no sentence: ask again, or use another model.")
            dropped = checked.dropped + len(checked.claims)
            return self._abstention(reason, question, passages, tokens, dropped).with_timings(**timings)
        sentences, citations = assemble(checked.claims)
        told = [sought_notice(question)] if checked.sought else []
        told += [second.notice] if second and second.notice else []
        return Answer(
            question=question,
            text=render(sentences),
            sentences=sentences,
            citations=citations,
            answerer=self.name,
            confidence=_confidence(checked),
            tokens=tokens,
            dropped=checked.dropped,
            timings_ms=timings,
            notice=" ".join(told) or None,
        )

    def told(self, prompt: str) -> Reply:
        """The whole reply to a further prompt. Raises ModelError."""
        reply = Reply(self._llm.where)
        for piece in self._llm.stream(prompt):
            reply.add(piece)
        reply.end()
        return reply

    def readable(self, claims: Sequence[CitedClaim]) -> Sequence[CitedClaim]:
        """As many of the sentences, from the first, as the LLM reads at a time."""
        return claims[: readable(claims, self._context)]

    def completed(self, question: str, before: Turn) -> str | None:
        """In the LLM's words; by rule where its reply is no question. Costs no call where the rule sees no need."""
        by_rule = understood(question, before)
        if by_rule is None:
            return None
        with suppress(ModelError):  # if it cannot be reached, that is told when the question itself is asked
            return rewritten(self.told(rewriting_prompt(question, before)).text) or by_rule
        return by_rule

    def _abstention(
        self,
        reason: Reason,
        question: str,
        passages: Sequence[ScoredPassage],
        tokens: Tokens | None = None,
        dropped: int = 0,
    ) -> Answer:
        return Answer(
            question=question,
            text=abstention_text(reason, question),
            nearest=nearest(question, passages),
            reason=reason,
            answerer=self.name,
            confidence=_ABSTENTION_CONFIDENCE[reason],
            tokens=tokens,
            dropped=dropped,
        )


class _SecondReading:
    """The further calls of an LLM about its draft, with the time and the tokens that they took."""

    def __init__(self, answerer: GeneratingAnswerer, question: str) -> None:
        self._answerer, self._question = answerer, question
        self._faults: dict[str, str] = {}
        self.tokens: Tokens | None = None
        self.milliseconds = 0.0
        self.notice: str | None = None

    def __call__(self, claims: Sequence[CitedClaim]) -> list[tuple[int, ...] | None]:
        found: list[tuple[int, ...] | None] = [None] * len(claims)
        failure = None
        try:
            asked = self._answerer.readable(claims)
            said = self._told(second_prompt(asked))
            found[: len(asked)] = verdicts(said, asked)
            self._faults |= faults(said, asked)
        except ModelError as error:  # the answer is there, and was checked without it
            failure = str(error)
        if unread := sum(borne_out is None for borne_out in found):
            self.notice = unread_notice(self._question, unread, len(found), failure)
        return found

    def mended(self, checked: CheckedDraft, check: DraftCheck, passages: Sequence[ScoredPassage]) -> CheckedDraft:
        """With what fell written once more by the LLM and checked like the first; as it was, where that fails."""
        fallen = checked.fallen[:MOST]
        with suppress(ModelError):
            said = self._told(mending_prompt(self._question, fallen, passages, self._faults))
            return check.mended(checked, mended(said, len(fallen)), self)
        return checked

    def _told(self, prompt: str) -> str:
        started = time.perf_counter()
        try:
            reply = self._answerer.told(prompt)
        finally:
            self.milliseconds += 1e3 * (time.perf_counter() - started)
        self.tokens = _sum(self.tokens, reply.tokens)
        return reply.text


def _sum(a: Tokens | None, b: Tokens | None) -> Tokens | None:
    return Tokens(a.prompt + b.prompt, a.completion + b.completion) if a and b else a or b


# What a reply amounts to as a probability that the articles answer. Set by hand, not fitted: an answer that passed the
# check is likelier right than not, and an LLM that declines is likelier right than one whose draft failed the check.
_ABSTENTION_CONFIDENCE: dict[Reason, float] = {
    "off_topic": 0.05,
    "not_stated": 0.15,
    "premise_contradicted": 0.15,
    "unsupported": 0.3,
}
_ANSWER_CONFIDENCE = (0.5, 0.95)
"""Of an answer with no sentence, and with every sentence, of its draft fully supported."""


def _confidence(checked: CheckedDraft) -> float:
    """Between the two by the share of the draft's sentences that stand; partial support counts half."""
    standing = sum({"full": 1.0, "partial": 0.5, "none": 0.0}[claim.support] for claim in checked.claims)
    low, high = _ANSWER_CONFIDENCE
    return low + (high - low) * standing / (len(checked.claims) + checked.dropped)


def nearest(question: str, passages: Sequence[ScoredPassage], limit: int = NEAREST) -> tuple[Citation, ...]:
    """The sentences that share most content words with the question, for an abstention to show; numbered from 1."""
    spans = dict.fromkeys(span_of(extent, passages) for extent in WordVerifier(passages).nearest(question, limit))
    return tuple(Citation(n, span.article, span.start, span.end) for n, span in enumerate(spans, start=1))
