"""Judges: does what is quoted support a sentence?

The default needs no model: the check by words, figures, names and dates of `assistant.verification`. What judges see is
sentence and quotes alone, without title and date, so «أمس» in a quote proves no day.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Protocol

from assistant.types import Support
from assistant.verification.entailment import ENTAILED
from assistant.verification.support import WordVerifier
from index.types import Article, Passage, ScoredPassage

Judge = Callable[[str, Sequence[str]], bool]
"""(sentence, quotes) → whether the quotes together support the sentence fully."""


class Entailment(Protocol):
    """Judges whether one text entails another."""

    name: str

    def entailed(self, premises: Sequence[str], hypotheses: Sequence[str]) -> list[float]:
        """For each pair the probability in [0, 1] that the premise entails the hypothesis. Raises ModelError."""
        ...


_REMEMBERED = 1 << 16  # verdicts; a run over 250 facts asks for about a thousand


@lru_cache(maxsize=_REMEMBERED)
def support(sentence: str, quotes: tuple[str, ...]) -> Support:
    """How well quotes together support a sentence, by the deterministic check; none at all by no quotes."""
    articles = [Article(id=str(n), text=quote) for n, quote in enumerate(quotes)]
    passages = [ScoredPassage(Passage(article, 0, len(article.text)), 1.0) for article in articles]
    return WordVerifier(passages).support(sentence, range(len(passages)))[0]


def by_words(sentence: str, quotes: Sequence[str]) -> bool:
    """The default judge: full support by the deterministic check."""
    return support(sentence, tuple(quotes)) == "full"


def by_model(model: Entailment) -> Judge:
    """A judge that asks an entailment model, with the quotes as one premise (ALCE's use of TRUE: T. Gao et al. 2023).

    It remembers its verdicts, and raises ModelError where the model fails.
    """

    @lru_cache(maxsize=_REMEMBERED)
    def entails(premise: str, sentence: str) -> bool:
        return model.entailed([premise], [sentence])[0] >= ENTAILED

    return lambda sentence, quotes: bool(quotes) and entails(" ".join(quotes), sentence)
