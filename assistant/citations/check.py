"""The check of an LLM's draft: each sentence tied to the exact words that prove it, or left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citations.markers import DraftSentence, split_draft
from assistant.citations.plain_text import tidy, without_foreign_urls
from assistant.citations.spans import CitedClaim, Span, assemble, span_of
from assistant.types import Draft, Entailment, Support, Verdict, Verifier
from index.text.lookalikes import mixes_scripts, unmarked
from index.types import ScoredPassage

MOST_SENTENCES = 30
"""Sentences of a draft that are checked; an answer has one to four, and the rest of a longer draft is dropped."""
ENTAILED = 0.5
"""Probability from which an entailment model is taken at its word."""
_LOWER: dict[Support, Support] = {"full": "partial", "partial": "none", "none": "none"}
_OPEN_MARKER = re.compile(r"\s*\[[^\]]*$")


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """What is left of a draft after the check."""

    claims: tuple[CitedClaim, ...]
    dropped: int
    """Sentences that were uncited, or that nothing they cite supports, and that are therefore not among the claims."""

    @property
    def stands(self) -> bool:
        """Whether any claim is supported."""
        return any(claim.support != "none" for claim in self.claims)


class DraftCheck:
    """The check of one draft as it grows; marker [n] names `passages[n - 1]`. Each sentence is judged once.

    With the question, the words that a sentence adds to it have to be supported by themselves too. (Of drafts that
    joined a question to the answer of another, 45 % passed without this and 2 % with it; true ones, 86 % both times.)

    Dropped and counted: sentences without a marker that names a passage, and sentences without support; with `flag`
    they are kept as claims without spans. A sentence said twice is kept once.

    An entailment model, if there is one, lifts what failed only for want of common words, and lowers by one step what
    it does not find entailed; figures, dates, names and quotations have to be there all the same.
    """

    def __init__(
        self,
        passages: Sequence[ScoredPassage],
        verifier: Verifier,
        question: str = "",
        *,
        entailment: Entailment | None = None,
        flag: bool = False,
    ) -> None:
        """`verifier` holds the same passages."""
        self._passages, self._verifier, self._question = passages, verifier, question
        self._entailment, self._flag = entailment, flag
        self._known = "\n".join(scored.passage.text for scored in passages)
        self._judged: dict[DraftSentence, CitedClaim | None] = {}

    def so_far(self, draft: str) -> Draft:
        """A draft that is still being written: all sentences but the last are checked, for the next has begun."""
        *ended, last = self._sentences(draft) or [DraftSentence("", ())]
        return Draft(unmarked(_OPEN_MARKER.sub("", last.text)), assemble(self._claims(ended))[0])

    def whole(self, draft: str) -> CheckedDraft:
        """A draft that has ended: the sentences that the passages they cite support."""
        sentences = self._sentences(draft)
        claims = tuple(self._claims(sentences))
        return CheckedDraft(claims, len(sentences) - len(claims))

    def _sentences(self, draft: str) -> list[DraftSentence]:
        return list(dict.fromkeys(split_draft(draft, len(self._passages), self._known)))

    def _claims(self, sentences: Sequence[DraftSentence]) -> list[CitedClaim]:
        for sentence in sentences[:MOST_SENTENCES]:
            if sentence not in self._judged:
                unsupported = CitedClaim(_with_addresses_of((), sentence.text), (), "none") if self._flag else None
                self._judged[sentence] = self._claim(sentence) or unsupported
        return [claim for sentence in sentences[:MOST_SENTENCES] if (claim := self._judged[sentence])]

    def _claim(self, sentence: DraftSentence) -> CitedClaim | None:
        if not sentence.cited or mixes_scripts(sentence.text):
            return None
        words = _with_addresses_of((), sentence.text)  # an address is no evidence for the words, nor they for it
        verdict = self._verifier.verdict(words, sentence.cited, self._question)
        spans = tuple(span_of(extent, self._passages) for extent in self._verifier.extents(verdict))
        support, entailed = self._after_reading(verdict, spans, words)
        text = _with_addresses_of(spans, sentence.text)
        return CitedClaim(text, spans, support, None, verdict.share, entailed) if spans and support != "none" else None

    def _after_reading(self, verdict: Verdict, spans: Sequence[Span], text: str) -> tuple[Support, float | None]:
        """The support once an entailment model has read the spans too, and the probability that it gave."""
        if not self._entailment or not (verdict.few or verdict.support != "none"):
            return verdict.support, None
        premise = " ".join(span.quote for span in spans)
        (entailed,) = self._entailment.entailed([premise], [text])
        if entailed >= ENTAILED:
            return "full", entailed
        return _LOWER[verdict.support], entailed


def _with_addresses_of(spans: Sequence[Span], text: str) -> str:
    """The text with no address but those that its evidence shows."""
    return tidy(without_foreign_urls(text, "\n".join(span.quote for span in spans)))
