"""The check of an LLM's draft: each sentence tied to the exact words that prove it, or left out."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.citations.markers import DraftSentence, split_draft
from assistant.citations.plain_text import tidy, without_foreign_urls
from assistant.citations.spans import CitedClaim, Span, assemble, span_of
from assistant.types import Doubt, Draft, Supported, SupportJudge, Verdict, Verifier
from index.text.lookalikes import mixes_scripts, unmarked
from index.types import ScoredPassage

MOST_SENTENCES = 30
"""Sentences of a draft that are checked; an answer has one to four, and the rest of a longer draft is dropped."""
_OPEN_MARKER = re.compile(r"\s*\[[^\]]*$")


ReadAgain = Callable[[Sequence[CitedClaim]], Sequence[Sequence[int] | None]]
"""Who reads the sentences of a whole draft with their quotes: for each the numbers of the quotes that bear it out, none
of them where nothing does; None for a sentence left unread."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """What the check makes of one sentence."""

    claim: CitedClaim
    verdict: Verdict | None = None
    """By its words; None where it cites nothing that could be read."""
    cited: tuple[int, ...] = ()
    """The passages, by their indexes."""

    @property
    def is_certain(self) -> bool:
        """Whether it falls whoever reads it: it cites nothing, or a fact of it is not there."""
        return self.verdict is None or self.verdict.certain


@dataclass(frozen=True, slots=True)
class Fallen:
    """A sentence that cites passages and does not stand by them."""

    text: str
    cited: tuple[int, ...]
    """The passages, by their indexes."""
    place: int
    """How many sentences that stand come before it."""


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """What is left of a draft after the check."""

    claims: tuple[CitedClaim, ...]
    dropped: int
    """Sentences that were uncited, or that nothing they cite supports, and that are therefore not among the claims."""
    sought: bool = False
    """Whether the draft cited nothing, so that a source was looked for among the passages for each sentence."""
    says_nothing: bool = False
    """Whether it holds no sentence, but markers or data alone."""
    fallen: tuple[Fallen, ...] = ()
    """Of what was dropped, the sentences that may be written better."""

    @property
    def stands(self) -> bool:
        """Whether any claim is supported."""
        return any(claim.support != "none" for claim in self.claims)


class DraftCheck:
    """The check of one draft as it grows; marker [n] names `passages[n - 1]`. Each sentence is judged once.

    With the question, the words that a sentence adds to it have to be supported by themselves too. (Of drafts that
    joined a question to the answer of another, 45 % passed without this and 2 % with it; true ones, 86 % both times.)

    Dropped and counted: sentences without a marker that names a passage, and sentences without support; with `flag`
    they are kept as claims without spans. A sentence said twice is kept once. Where no sentence of a whole draft cites
    a passage, each is tried against them all, one by one: some models never cite, and what is true is not lost for it.

    A judge that reads, if there is one, lifts what failed for want of common words and lowers what it does not find
    borne out; so does whoever reads the whole draft again. Figures, dates, countries and quotations have to be there
    all the same, and where the words say another thing, a second reading makes it partly supported at most: an article
    may tell an LLM what to say. So too where a figure is there in one of two readings (12.500).
    """

    def __init__(
        self,
        passages: Sequence[ScoredPassage],
        verifier: Verifier,
        question: str = "",
        *,
        judge: SupportJudge | None = None,
        flag: bool = False,
    ) -> None:
        """`verifier` holds the same passages."""
        self._passages, self._verifier, self._question = passages, verifier, question
        self._judge, self._flag = judge, flag
        self._known = "\n".join(scored.passage.text for scored in passages)
        self._judged: dict[DraftSentence, _Judged] = {}

    def so_far(self, draft: str) -> Draft:
        """A draft that is still being written: all sentences but the last are checked, for the next has begun."""
        *ended, last = self._sentences(draft) or [DraftSentence("", ())]
        return Draft(unmarked(_OPEN_MARKER.sub("", last.text)), assemble(self._shown(self._found(ended)))[0])

    def whole(self, draft: str, read_again: ReadAgain | None = None) -> CheckedDraft:
        """A draft that has ended: the sentences that the passages they cite support."""
        sentences = self._sentences(draft)
        sought = not any(sentence.cited for sentence in sentences)
        found = self._found([self._with_a_source(s) for s in sentences[:MOST_SENTENCES]] if sought else sentences)
        if read_again:
            found = self._again(found, read_again)
        claims = tuple(self._shown(found))
        says_nothing = all(sentence.is_data for sentence in sentences)
        fallen = () if self._flag or sought else tuple(_fallen(found))
        return CheckedDraft(claims, len(sentences) - len(claims), sought, says_nothing, fallen)

    def mended(self, checked: CheckedDraft, lines: Sequence[str], read_again: ReadAgain) -> CheckedDraft:
        """The same with what stands of the sentences that were written in place of the fallen, a line for each."""
        anew = [(number, s) for number, line in enumerate(lines) for s in self._sentences(line)][:MOST_SENTENCES]
        found = self._again(self._found([sentence for _, sentence in anew]), read_again)
        claims, better = list(checked.claims), set[int]()
        for (number, _), judged in reversed([*zip(anew, found, strict=True)]):
            if judged.claim.support != "none":
                claims.insert(checked.fallen[number].place, judged.claim)
                better.add(number)
        return replace(checked, claims=tuple(dict.fromkeys(claims)), dropped=checked.dropped - len(better))

    def _sentences(self, draft: str) -> list[DraftSentence]:
        return list(dict.fromkeys(split_draft(draft, len(self._passages), self._known)))

    def _with_a_source(self, sentence: DraftSentence) -> DraftSentence:
        """The sentence as if it cited the passage that says most of it, unless none has all its facts."""
        if sentence.is_data:
            return sentence
        words = _with_addresses_of((), sentence.text)
        verdicts = [self._verifier.verdict(words, (n,), self._question) for n in range(len(self._passages))]
        best = max(range(len(verdicts)), key=lambda n: _standing(verdicts[n]), default=None)
        if best is None or not verdicts[best].group or verdicts[best].certain or verdicts[best].differs:
            return sentence
        return replace(sentence, cited=(best,))

    def _found(self, sentences: Sequence[DraftSentence]) -> list[_Judged]:
        for sentence in sentences[:MOST_SENTENCES]:
            if sentence not in self._judged:
                self._judged[sentence] = self._of(sentence)
        return [self._judged[sentence] for sentence in sentences[:MOST_SENTENCES]]

    def _again(self, found: Sequence[_Judged], read_again: ReadAgain) -> list[_Judged]:
        """The same after somebody read the sentences that are not certain to fall."""
        open_ = [(judged.claim, self._around(judged)) for judged in found if not judged.is_certain]
        asked = [replace(claim, spans=tuple(self._span(n) for n in numbers)) for claim, numbers in open_]
        told = iter(zip(open_, read_again(asked) if asked else [], strict=True))
        return [judged if judged.is_certain else self._taken(judged, *next(told)) for judged in found]

    def _shown(self, found: Sequence[_Judged]) -> list[CitedClaim]:
        standing = [judged.claim for judged in found if judged.claim.support != "none" or self._flag]
        plain = [CitedClaim(_with_addresses_of((), c.text), (), "none") if c.support == "none" else c for c in standing]
        return list(dict.fromkeys(plain))

    def _of(self, sentence: DraftSentence) -> _Judged:
        words = _with_addresses_of((), sentence.text)  # an address is no evidence for the words, nor they for it
        if not sentence.cited or mixes_scripts(sentence.text):
            return _Judged(CitedClaim(words, (), "none"))
        verdict = self._verifier.verdict(words, sentence.cited, self._question)
        if not verdict.group:
            return _Judged(CitedClaim(words, (), "none"), cited=tuple(sentence.cited))
        found, spans = Supported(verdict.support), self._spans(verdict.group)
        if self._judge:
            numbers = self._verifier.around(words, sentence.cited, verdict)
            sets = [self._spans(group) for group in dict.fromkeys((verdict.group, numbers))]
            evidence = tuple(tuple(span.quote for span in spans) for spans in sets)
            signals = self._verifier.signals(words, sentence.cited, verdict, self._question)
            found = self._judge.support(Doubt(words, evidence, verdict, signals))
            spans = sets[found.evidence]
            if verdict.unsure and found.support == "full":
                found = replace(found, support="partial")
        text = _with_addresses_of(spans, sentence.text)
        claim = CitedClaim(text, spans, found.support, None, verdict.share, found.probability)
        return _Judged(claim, verdict, tuple(sentence.cited))

    def _around(self, judged: _Judged) -> tuple[int, ...]:
        assert judged.verdict
        return self._verifier.around(judged.claim.text, judged.cited, judged.verdict, wholly=True)

    def _taken(
        self, judged: _Judged, read: tuple[CitedClaim, tuple[int, ...]], borne_out_by: Sequence[int] | None
    ) -> _Judged:
        """A sentence as who read it again takes it: with the quotes that are named, or all where these lack a fact."""
        claim, numbers = read
        if borne_out_by is None:
            return judged
        if not borne_out_by:
            return replace(judged, claim=replace(claim, support="none"))
        named = [numbers[n] for n in borne_out_by]
        kept = numbers if self._verifier.lacks_a_fact(claim.text, named, self._question) else sorted(named)
        spans, verdict = self._spans(kept), judged.verdict
        contradicted = verdict is not None and verdict.support == "none" and not verdict.few
        in_part = contradicted or (verdict is not None and verdict.unsure)
        text = _with_addresses_of(spans, claim.text)
        return replace(judged, claim=CitedClaim(text, spans, "partial" if in_part else "full"))

    def _spans(self, group: Sequence[int]) -> tuple[Span, ...]:
        return tuple(span_of(extent, self._passages) for extent in self._verifier.extents(group))

    def _span(self, number: int) -> Span:
        (span,) = self._spans([number])
        return span


def _fallen(found: Sequence[_Judged]) -> Iterator[Fallen]:
    standing = 0
    for judged in found:
        if judged.claim.support != "none":
            standing += 1
        elif judged.cited:
            yield Fallen(judged.claim.text, judged.cited, standing)


def _standing(verdict: Verdict) -> tuple[bool, bool, bool, float]:
    """For comparison: the better a sentence stands by a verdict, the greater."""
    return verdict.support == "full", verdict.support == "partial", verdict.few, verdict.share


def _with_addresses_of(spans: Sequence[Span], text: str) -> str:
    """The text with no address but those that its evidence shows."""
    return tidy(without_foreign_urls(text, "\n".join(span.quote for span in spans)))
