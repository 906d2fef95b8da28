"""Whether the citations prove what is said: by a judge, as ALCE does, and by the gold spans.

ALCE: T. Gao, H. Yen, J. Yu, D. Chen, Enabling Large Language Models to Generate Text with Citations, EMNLP 2023,
section 4. A quote that is inexact or longer than LONGEST_EVIDENCE words is no evidence anywhere here.
"""

from collections.abc import Iterator
from statistics import median

from assistant.types import Citation, Sentence
from eval.measures.cases import Case
from eval.measures.judges import support
from eval.measures.nuggets import stating
from eval.types import EvidenceSet, Nugget, Span

ENOUGH_OF_EVIDENCE = 0.5
"""Share of an evidence span's characters that a citation must overlap; with less, what proves may be left out."""
_WEIGHTS = {"full": 1.0, "partial": 0.5, "none": 0.0}


# ---------------------------------------------------------------- by a judge


def citation_recall(case: Case) -> float | None:
    """Sentences that all their citations together support / sentences; abstentions left out. (ALCE.)"""
    if case.abstained:
        return None
    return sum(map(case.supported, case.sentences)) / len(case.sentences) if case.sentences else 0.0


def citation_precision(case: Case) -> float | None:
    """Citations that are of use / citations, each counted at each sentence; 0 for none; abstentions left out. (ALCE.)

    Of use: its sentence is supported, and it is not `irrelevant`. ALCE looks at the first three citations of a
    sentence; here there is no cap.
    """
    if case.abstained:
        return None
    of_use = [case.supported(s) and not irrelevant(c, s, case) for s in case.sentences for c in case.cited_by(s)]
    return sum(of_use) / len(of_use) if of_use else 0.0


def citation_f1(case: Case) -> float | None:
    """Harmonic mean of `citation_recall` and `citation_precision` of the case; 0 where both are."""
    recall, precision = citation_recall(case), citation_precision(case)
    if recall is None or precision is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def irrelevant(citation: Citation, sentence: Sentence, case: Case) -> bool:
    """Whether a citation alone does not support its sentence, and the others without it do. (ALCE.)"""
    others = [other for other in case.cited_by(sentence) if other.n != citation.n]
    return not case.proves([citation], sentence) and case.proves(others, sentence)


def supported_sentences(case: Case) -> float | None:
    """Mean support of the sentences by what they cite: full 1, partial 0.5, none 0; abstentions left out.

    Weighted precision of TREC 2024 RAG's support evaluation (N. Thakur et al. 2025), but of all quotes together. By
    the deterministic check, whichever judge the case has, since others know no half support.
    """
    if case.abstained:
        return None
    weights = [_WEIGHTS[support(s.text, tuple(_evidence(s, case)))] for s in case.sentences]
    return sum(weights) / len(weights) if weights else 0.0


def _evidence(sentence: Sentence, case: Case) -> Iterator[str]:
    return (citation.quote for citation in case.cited_by(sentence) if case.counts(citation))


def uncited_sentences(case: Case) -> float | None:
    """Sentences that cite nothing / sentences, so lower is better; 1 for an error, abstentions left out."""
    if case.abstained:
        return None
    uncited = [not case.cited_by(sentence) for sentence in case.sentences]
    return sum(uncited) / len(uncited) if uncited else 1.0


def citation_exact(case: Case) -> float | None:
    """Citations with article.text[start:end] == quote / citations, recomputed from what the answer gives as JSON."""
    if case.answer.error:
        return 0.0
    cited = case.citations
    return sum(map(case.is_exact, cited)) / len(cited) if cited else None


# ---------------------------------------------------------------- by the gold spans


def gold_citation_precision(case: Case) -> float | None:
    """Citations that hit an accepted evidence span of any nugget / citations; 0 for an answer that cites nothing.

    Answerable facts that were not abstained from.
    """
    if not case.fact.answerable or case.abstained:
        return None
    accepted = [span for nugget in case.fact.nuggets for evidence in nugget.evidence for span in evidence]
    cited = case.citations
    return sum(any(hits(c, span, case) for span in accepted) for c in cited) / len(cited) if cited else 0.0


def gold_citation_recall(case: Case) -> float | None:
    """Vital nuggets of which the answer cites an accepted evidence set whole / vital nuggets; answerable facts only."""
    vital = case.fact.vital
    return sum(bool(cited_sets(nugget, case)) for nugget in vital) / len(vital) if vital else None


def hits(citation: Citation, span: Span, case: Case) -> bool:
    """Whether a citation that counts holds at least half of the characters of an evidence span."""
    if citation.article.id != span.article_id or not case.counts(citation):
        return False
    shared = min(citation.end, span.end) - max(citation.start, span.start)
    return shared >= ENOUGH_OF_EVIDENCE * (span.end - span.start)


def cited_sets(nugget: Nugget, case: Case) -> list[EvidenceSet]:
    """The accepted evidence sets of which every span is hit by a citation of the answer."""
    return [e for e in nugget.evidence if all(any(hits(c, span, case) for c in case.citations) for span in e)]


def misattributed(case: Case) -> float | None:
    """Vital nuggets that only sentences citing wrong articles state / vital nuggets stated; lower is better.

    A wrong article holds no span of an accepted evidence set of the nugget. A sentence that cites nothing attributes
    nothing (`uncited_sentences` has it). None where no vital nugget is stated, as for an error: it is wrong in all
    else, but names no source.
    """
    wrong = [_misattributed(nugget, case) for nugget in case.fact.vital if stating(nugget, case)]
    return sum(wrong) / len(wrong) if wrong else None


def _misattributed(nugget: Nugget, case: Case) -> bool:
    accepted = {span.article_id for evidence in nugget.evidence for span in evidence}
    cited = [citation.article.id for sentence in stating(nugget, case) for citation in case.cited_by(sentence)]
    return bool(cited) and accepted.isdisjoint(cited)


def cited_words(case: Case) -> float | None:
    """The median of the words of a quote; None where nothing is cited."""
    counted = [len(citation.quote.split()) for citation in case.citations]
    return float(median(counted)) if counted else None
