"""The LLM answerer: a prompt of numbered passages, a streamed draft, checked citations.

The LLM is reached at the one endpoint it was built for and nowhere else. Half a draft is never shown as an answer.
"""

from collections.abc import Iterator, Sequence

from assistant.citations.abstention import abstention_text
from assistant.citations.check import CheckedDraft, DraftCheck
from assistant.citations.spans import assemble, render, span_of
from assistant.generation.llms import LLM, as_messages
from assistant.generation.prompt import CONTEXT, answer_prompt, fitting
from assistant.generation.reply import Reply, Response, declines, explain, regrets
from assistant.types import Answer, Citation, Draft, Entailment, Reason, Tokens
from assistant.verification.support import WordVerifier
from index.addresses import without_password
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
        endpoint: str,
        *,
        entailment: Entailment | None = None,
        flag: bool = False,
        rarity: Rarity = lambda stem: 0.0,
        context: int = CONTEXT,
    ) -> None:
        """`llm` is what build_llm returned; `endpoint` is the URL that errors name, unused for a model in process.

        `entailment` judges each sentence a second time; with `flag` those without support are shown marked; `rarity`
        tells how rare a stem is in general news; `context` is what the LLM reads and writes at a time, in tokens.
        """
        self.name = name
        self._llm, self._entailment, self._flag, self._rarity = llm, entailment, flag, rarity
        self._context = context
        self._endpoint = "" if name.startswith("hf/") else without_password(endpoint)

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
        shown = fitting(passages, self._context)
        verifier = WordVerifier(shown, self._rarity)
        check = DraftCheck(shown, verifier, question, entailment=self._entailment, flag=self._flag)
        reply = Reply(f"{self.name} at {self._endpoint}" if self._endpoint else self.name)
        for response in self._responses(answer_prompt(question, shown)):
            if reply.add(response):
                yield check.so_far(reply.text)
        reply.check_ended()
        yield self._checked(question, shown, reply, check)

    def _responses(self, prompt: str) -> Iterator[Response]:
        """The adapter's responses one by one; whatever fails inside it becomes a ModelError."""
        import httpx
        import openai

        shapeless = (ValueError, TypeError, AttributeError, LookupError, RuntimeError)  # a reply that is no chat reply
        try:
            yield from self._llm.stream_chat(as_messages(prompt))
        except (openai.OpenAIError, httpx.HTTPError, *shapeless) as error:
            raise ModelError(explain(error, self.name, self._endpoint)) from error

    def _checked(self, question: str, passages: Sequence[ScoredPassage], reply: Reply, check: DraftCheck) -> Answer:
        """The Answer that is left of a whole reply, or the abstention."""
        if declines(reply.text):
            return self._abstention("not_stated", question, passages, reply.tokens)
        checked = check.whole(reply.text)
        if not checked.stands:
            reason: Reason = "not_stated" if regrets(reply.text) else "unsupported"
            return self._abstention(reason, question, passages, reply.tokens, checked.dropped + len(checked.claims))
        sentences, citations = assemble(checked.claims)
        return Answer(
            question=question,
            text=render(sentences),
            sentences=sentences,
            citations=citations,
            answerer=self.name,
            confidence=_confidence(checked),
            tokens=reply.tokens,
            dropped=checked.dropped,
        )

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
