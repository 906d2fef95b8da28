"""Reports in equal words but for a name, a place, a date or a denial: those not picked stand beside the answer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.citations.spans import Span, render
from assistant.types import Answer, Citation, Sentence
from index.text.arabic import sentence_spans, words
from index.text.lookalikes import unmarked
from index.text.stopwords import telling_words
from index.types import ScoredPassage

MOST = 2
"""Sentences that are added to an answer."""
SAME_WORDS = 0.8
"""Jaccard coefficient of two sentences' telling words from which they are about the same."""
SHORTEST = 8
"""Telling words of such a sentence: shorter ones are alike by chance."""


def with_others_beside(answer: Answer, passages: Sequence[ScoredPassage]) -> Answer:
    """The answer with what other articles say in the words of a cited sentence, all but a few that change the news.

    Who is told that Kamal will head the committee has to see that another source says Jamal, in the same words.
    """
    cited = {citation.article.id for citation in answer.citations}
    others = [scored.passage for scored in passages if scored.passage.article.id not in cited]
    told = {telling_words(words(citation.quote)) for citation in answer.citations}
    added: list[Span] = []
    for passage in others if answer.citations else []:
        for start, end in sentence_spans(passage.text):
            said = telling_words(words(passage.text[start:end]))
            if len(added) < MOST and said not in told and any(_alike(said, other) for other in told):
                added.append(Span(passage.article, passage.start + start, passage.start + end))
                told.add(said)
    if not added:
        return answer
    sentences = (*answer.sentences, *_sentences(added, len(answer.citations)))
    new = (Citation(n, s.article, s.start, s.end) for n, s in enumerate(added, len(answer.citations) + 1))
    return replace(answer, sentences=sentences, citations=(*answer.citations, *new), text=render(sentences))


def _sentences(spans: Sequence[Span], cited: int) -> Iterator[Sentence]:
    for n, span in enumerate(spans, cited + 1):
        yield Sentence(unmarked(" ".join(span.quote.split())), (n,))


def _alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    one, other = set(a), set(b)
    return min(len(a), len(b)) >= SHORTEST and len(one & other) >= SAME_WORDS * len(one | other)
