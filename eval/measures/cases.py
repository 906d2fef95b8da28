"""What every measure takes: a case, that is a fact, the answer that was given, and the articles by id."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.types import Answer, Citation, Sentence
from eval.measures.judges import Judge, by_words
from eval.measures.matching import LONGEST_EVIDENCE
from eval.types import Fact
from index.types import Article

FALSE_PREMISE = "false_premise"
"""The category of the questions whose right answer is that what they take for granted is wrong."""


@dataclass(frozen=True, slots=True)
class Case:
    """A fact and the answer that was given to its question.

    The articles are read without the help of what answered. An answer with an error has no sentence and no citation,
    and is no abstention. Of a false premise, a refusal that quotes what contradicts it is an answer: each of those
    quotes is a sentence that cites itself.
    """

    fact: Fact
    answer: Answer
    articles: Mapping[str, Article]
    judge: Judge = by_words

    @property
    def corrects(self) -> bool:
        """Whether it refuses a false premise as such and quotes what contradicts it."""
        told = self.answer.reason == "premise_contradicted" and any(c.contradicts for c in self.answer.nearest)
        return told and self.fact.answerable and self.fact.category == FALSE_PREMISE and not self.answer.error

    @property
    def abstained(self) -> bool:
        """Whether the answer is that the articles do not tell."""
        return self.answer.abstained and not self.answer.error and not self.corrects

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All that it cites."""
        if self.answer.error:
            return ()
        if self.corrects:
            return tuple(citation for citation in self.answer.nearest if citation.contradicts)
        return self.answer.citations

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """What it says, each sentence with the numbers of its citations."""
        if self.answer.error:
            return ()
        if self.corrects:
            return tuple(Sentence(citation.quote, (citation.n,)) for citation in self.citations)
        return self.answer.sentences

    def cited_by(self, sentence: Sentence) -> tuple[Citation, ...]:
        """The citations that stand at a sentence."""
        return tuple(citation for citation in self.citations if citation.n in sentence.citations)

    def counts(self, citation: Citation) -> bool:
        """Whether a quote is evidence: exact, and short enough to be checked at a glance."""
        return len(citation.quote.split()) <= LONGEST_EVIDENCE and self.is_exact(citation)

    def is_exact(self, citation: Citation) -> bool:
        """Whether article.text[start:end] == quote, recomputed from what the answer gives as JSON."""
        row = citation.to_dict()
        article = self.articles.get(row["article_id"])
        return article is not None and article.text[row["start"] : row["end"]] == row["quote"]

    def proves(self, citations: Sequence[Citation], sentence: Sentence) -> bool:
        """Whether the quotes that count, taken together, support a sentence: ALCE's φ."""
        quotes = [citation.quote for citation in citations if self.counts(citation)]
        return bool(quotes) and self.judge(sentence.text, quotes)

    def supported(self, sentence: Sentence) -> bool:
        """Whether all that a sentence cites, taken together, supports it."""
        return self.proves(self.cited_by(sentence), sentence)


Measure = Callable[[Case], float | None]
"""A score in [0, 1], or None where the measure does not apply. An error is the worst score, never a missing one."""
