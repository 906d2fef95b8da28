"""One function a measure. Each takes a Case and gives a score in [0, 1], or None where the measure does not apply.

An error is the worst score of every measure that it leaves unanswered, never a missing one. No LLM judges anything.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.types import Answer, Citation, Sentence
from assistant.values import find_values
from eval.matching import LONGEST_EVIDENCE, holds_numbers, says, states
from eval.types import EvidenceSet, Fact, Nugget, Span
from index.arabic import words
from index.matching import coverage, plainly
from index.stopwords import is_content
from index.types import Article

ENOUGH_OF_EVIDENCE = 0.5
"""Share of an evidence span's characters that a citation must overlap; with less, what proves may be left out."""
MOST_WORDS = 0.5
"""A sentence is supported by quotes that hold more than this share of its content words."""
SAME_WORD = 0.6
"""Trigram Dice from which two words count as one: joins spellings and prefixes (بموسكو, موسكو)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A fact, the answer that was given, and the articles by id, read without the help of what answered."""

    fact: Fact
    answer: Answer
    articles: Mapping[str, Article]


Measure = Callable[[Case], float | None]


# ---------------------------------------------------------------- what the answer states


def answer_correct(case: Case) -> float | None:
    """1 if a sentence of the answer states a vital nugget and none says anything forbidden; answerable facts only.

    Typed-value match for numbers, else containment of a gold wording (the "accuracy" of N. Kandpal et al. 2023 and
    A. Mallen et al. 2023, here over folded Arabic words).
    """
    if not case.fact.answerable:
        return None
    stated = any(_stating(nugget, case.answer) for nugget in case.fact.vital)
    return float(stated and not _forbidden(case))


def nugget_recall(case: Case) -> float | None:
    """Stated vital nuggets / vital nuggets; answerable facts only. (Vital strict recall of TREC 2024 RAG.)"""
    vital = case.fact.vital
    return sum(bool(_stating(n, case.answer)) for n in vital) / len(vital) if vital else None


def _stating(nugget: Nugget, answer: Answer) -> list[Sentence]:
    return [sentence for sentence in answer.sentences if states(nugget, sentence.text)]


def _forbidden(case: Case) -> list[str]:
    return [wording for wording in case.fact.forbidden if any(says(s.text, wording) for s in case.answer.sentences)]


# ---------------------------------------------------------------- citations


def citation_exact(case: Case) -> float | None:
    """Citations with article.text[start:end] == quote / citations, recomputed from what the answer gives as JSON."""
    if case.answer.error:
        return 0.0
    cited = case.answer.citations
    return sum(_exact(citation, case.articles) for citation in cited) / len(cited) if cited else None


def _exact(citation: Citation, articles: Mapping[str, Article]) -> bool:
    row = citation.to_dict()
    article = articles.get(row["article_id"])
    return article is not None and article.text[row["start"] : row["end"]] == row["quote"]


def citation_precision(case: Case) -> float | None:
    """Citations that hit an accepted evidence span of any nugget / citations; 0 for an answer that cites nothing.

    Against gold spans, not a judge (ALCE, T. Gao et al. 2023, asks an NLI model). Answerable facts that were not
    abstained from.
    """
    if not case.fact.answerable or case.answer.abstained:
        return None
    accepted = [span for nugget in case.fact.nuggets for evidence in nugget.evidence for span in evidence]
    cited = case.answer.citations
    return sum(any(hits(c, span) for span in accepted) for c in cited) / len(cited) if cited else 0.0


def citation_recall(case: Case) -> float | None:
    """Vital nuggets of which the answer cites an accepted evidence set whole / vital nuggets; answerable facts only."""
    vital = case.fact.vital
    return sum(bool(_cited_sets(nugget, case.answer)) for nugget in vital) / len(vital) if vital else None


def hits(citation: Citation, span: Span) -> bool:
    """Whether a citation that counts holds at least half of the characters of an evidence span."""
    if citation.article.id != span.article_id or not counts(citation):
        return False
    shared = min(citation.end, span.end) - max(citation.start, span.start)
    return shared >= ENOUGH_OF_EVIDENCE * (span.end - span.start)


def counts(citation: Citation) -> bool:
    """Whether a quote is short enough to be evidence."""
    return len(citation.quote.split()) <= LONGEST_EVIDENCE


def _cited_sets(nugget: Nugget, answer: Answer) -> list[EvidenceSet]:
    """The accepted evidence sets of which every span is hit by a citation of the answer."""
    return [e for e in nugget.evidence if all(any(hits(c, span) for c in answer.citations) for span in e)]


# ---------------------------------------------------------------- support


def sentence_support(case: Case) -> float | None:
    """Sentences that their citations support / sentences; None for an abstention.

    Deterministic: the quotes that a sentence cites (jointly, as in ALCE's citation recall; those of at most
    LONGEST_EVIDENCE words) hold all its numbers and most of its content words. A negation is not seen.
    """
    if case.answer.abstained:
        return None
    sentences = case.answer.sentences
    return sum(supported(s, case.answer) for s in sentences) / len(sentences) if sentences else 0.0


def supported(sentence: Sentence, answer: Answer) -> bool:
    """Whether the quotes that a sentence cites hold its numbers and most of its content words."""
    quotes = "\n".join(c.quote for c in _cited_by(sentence, answer) if counts(c))
    content = plainly({word for word in words(sentence.text) if is_content(word)})
    enough = coverage(content, words(quotes), SAME_WORD) > MOST_WORDS
    return enough and holds_numbers(quotes, find_values(sentence.text))


def _cited_by(sentence: Sentence, answer: Answer) -> list[Citation]:
    return [citation for citation in answer.citations if citation.n in sentence.citations]


# ---------------------------------------------------------------- abstention


def answered_answerable(case: Case) -> float | None:
    """Answered / answerable facts. 1 minus NoMIRACL's error rate (N. Thakur et al. 2024)."""
    return float(not _refused(case.answer) and not case.answer.error) if case.fact.answerable else None


def refused_unanswerable(case: Case) -> float | None:
    """Abstained / unanswerable facts. 1 minus NoMIRACL's hallucination rate (N. Thakur et al. 2024)."""
    return float(_refused(case.answer)) if not case.fact.answerable else None


def _refused(answer: Answer) -> bool:
    return answer.abstained and not answer.error


# ---------------------------------------------------------------- all of it


def grounded_correct(case: Case) -> float:
    """The headline: 1 if nothing is wrong, as `failures` tells it, else 0."""
    return float(not failures(case))


def failures(case: Case) -> list[str]:
    """Why an answer is not grounded and correct, in words; empty if it is.

    Answerable: every vital nugget is stated, by a sentence that cites into an accepted evidence set that the answer
    cites whole; no sentence is unsupported, no quote inexact, nothing forbidden said. Unanswerable: it abstains.
    """
    fact, answer = case.fact, case.answer
    if answer.error:
        return [f"error: {answer.error}"]
    if not fact.answerable:
        return [] if answer.abstained else ["answers what the articles do not tell"]
    if answer.abstained:
        return [f"abstains ({answer.reason}) although the articles tell"]
    return [*_wrong_nuggets(fact.vital, answer), *_wrong_sentences(answer.sentences, answer), *_wrong_words(case)]


def _wrong_nuggets(vital: Sequence[Nugget], answer: Answer) -> Iterator[str]:
    for nugget in vital:
        stating = _stating(nugget, answer)
        if not stating:
            yield f"does not state: {nugget.text}"
        elif not _proved(nugget, stating, answer):
            yield f"states without an accepted citation: {nugget.text}"


def _proved(nugget: Nugget, stating: Sequence[Sentence], answer: Answer) -> bool:
    own = [citation for sentence in stating for citation in _cited_by(sentence, answer)]
    return any(any(hits(c, span) for c in own for span in e) for e in _cited_sets(nugget, answer))


def _wrong_sentences(sentences: Sequence[Sentence], answer: Answer) -> Iterator[str]:
    for n, sentence in enumerate(sentences, start=1):
        if not supported(sentence, answer):
            yield f"sentence {n} is not supported by what it cites"


def _wrong_words(case: Case) -> Iterator[str]:
    if citation_exact(case) not in (None, 1.0):
        yield "a quote is not in its article as cited"
    for wording in _forbidden(case):
        yield f"says what is wrong: {wording}"


MEASURES: dict[str, Measure] = {
    measure.__name__: measure
    for measure in (
        grounded_correct,
        answer_correct,
        nugget_recall,
        citation_precision,
        citation_recall,
        citation_exact,
        sentence_support,
        answered_answerable,
        refused_unanswerable,
    )
}
"""Every measure by its one name, in the order in which they are printed."""
