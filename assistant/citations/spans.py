"""Answers as sentences with numbered citations: from the spans that prove each sentence, as text with markers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.citations.abstention import unsupported_flag
from assistant.types import Citation, Extent, Sentence, Support
from index.text.lookalikes import unmarked
from index.types import Article, ScoredPassage


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of evidence: `article.text[start:end]`."""

    article: Article = field(repr=False)
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The words of the piece."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A sentence of an answer, without markers, with the spans that prove it."""

    text: str
    spans: tuple[Span, ...]
    support: Support = "full"
    core: tuple[int, int] | None = None
    """The part of `text` that answers (a value, a name), as offsets."""
    overlap: float | None = None
    """Share in [0, 1] of its words that the spans say, where that was measured."""
    entailment: float | None = None
    """Probability in [0, 1] that the spans entail it, where a model judged it."""


def assemble(claims: Sequence[CitedClaim]) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
    """The claims as sentences with citations, numbered from 1 by first use; equal spans share a number.

    A number in brackets that the article itself has, «[2]», is (2) in the sentence: there it could pass for a marker.
    """
    numbers: dict[Span, int] = {}
    sentences = []
    for claim in claims:
        cited = dict.fromkeys(numbers.setdefault(span, len(numbers) + 1) for span in claim.spans)
        scores = (claim.overlap, claim.entailment)
        sentences.append(Sentence(unmarked(claim.text), tuple(cited), claim.support, claim.core, *scores))
    return tuple(sentences), tuple(Citation(n, span.article, span.start, span.end) for span, n in numbers.items())


def render(sentences: Sequence[Sentence]) -> str:
    """The text of an answer: each sentence, then its markers, as in "… [1][2] … [3]", or that it has no support."""
    return " ".join(f"{s.text} {''.join(f'[{n}]' for n in s.citations) or _flag(s)}".rstrip() for s in sentences)


def _flag(sentence: Sentence) -> str:
    return unsupported_flag(sentence.text) if sentence.support == "none" else ""


def span_of(extent: Extent, passages: Sequence[ScoredPassage]) -> Span:
    """The piece of its article that an extent of these passages is."""
    n, start, end = extent
    return Span(passages[n].passage.article, start, end)


def with_copies(citations: Sequence[Citation], passages: Sequence[ScoredPassage]) -> tuple[Citation, ...]:
    """The citations, each with the other articles that carry the passage that it stands in."""
    carried = [(scored.passage, tuple(copy.article for copy in scored.copies)) for scored in passages if scored.copies]

    def copies(citation: Citation) -> tuple[Article, ...]:
        held = (
            others
            for passage, others in carried
            if passage.article.id == citation.article.id and passage.start < citation.end <= passage.end
        )
        return next(held, ())

    return tuple(replace(citation, copies=copies(citation)) for citation in citations)
