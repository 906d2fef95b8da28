"""The headline: an answer is grounded and correct if nothing is wrong with it."""

from collections.abc import Iterator

from eval.measures.cases import Case
from eval.measures.citations import cited_sets, hits, irrelevant
from eval.measures.matching import LONGEST_EVIDENCE
from eval.measures.nuggets import forbidden, stating
from eval.types import Nugget


def grounded_correct(case: Case) -> float:
    """1 if nothing is wrong, as `failures` tells it, else 0."""
    return float(next(_failures(case), None) is None)


def failures(case: Case) -> list[str]:
    """Why an answer is not grounded and correct, in words; empty if it is.

    Answerable: every vital nugget is stated, by a sentence that cites into an accepted evidence set that the answer
    cites whole; every sentence is supported by what it cites; no citation is irrelevant (ALCE) or stands at no
    sentence; no quote is inexact; nothing forbidden is said. Unanswerable: it abstains. An error is wrong.

    Quotes are LONGEST_EVIDENCE words at most for each vital nugget, and as many beside: otherwise an article cut into
    sentences, each citing itself, would answer every question about it.
    """
    return list(_failures(case))


def _failures(case: Case) -> Iterator[str]:
    """One by one, for the first is enough to be wrong."""
    if case.answer.error:
        yield f"error: {case.answer.error}"
    elif not case.fact.answerable:
        if not case.abstained:
            yield "answers what the articles do not tell"
    elif case.abstained:
        yield f"abstains ({case.answer.reason}) although the articles tell"
    else:
        for wrong in (_wrong_nuggets, _wrong_sentences, _wrong_citations, _wrong_words):
            yield from wrong(case)


def _wrong_nuggets(case: Case) -> Iterator[str]:
    for nugget in case.fact.vital:
        if not stating(nugget, case):
            yield f"does not state: {nugget.text}"
        elif not _proved(nugget, case):
            yield f"states without an accepted citation: {nugget.text}"


def _proved(nugget: Nugget, case: Case) -> bool:
    own = [citation for sentence in stating(nugget, case) for citation in case.cited_by(sentence)]
    return any(any(hits(c, span, case) for c in own for span in e) for e in cited_sets(nugget, case))


def _wrong_sentences(case: Case) -> Iterator[str]:
    for n, sentence in enumerate(case.sentences, start=1):
        if not case.cited_by(sentence):
            yield f"sentence {n} cites nothing"
        elif not case.supported(sentence):
            yield f"sentence {n} is not supported by what it cites"


def _wrong_citations(case: Case) -> Iterator[str]:
    for n, sentence in enumerate(case.sentences, start=1):
        for citation in case.cited_by(sentence):
            if irrelevant(citation, sentence, case):
                yield f"citation {citation.n} adds nothing to what else supports sentence {n}"
    cited = {n for sentence in case.sentences for n in sentence.citations}
    for citation in case.citations:
        if citation.n not in cited:
            yield f"citation {citation.n} stands at no sentence"
        if not case.is_exact(citation):
            yield f"quote {citation.n} is not in its article as cited"
    quoted = sum(len(citation.quote.split()) for citation in case.citations)
    most = LONGEST_EVIDENCE * (len(case.fact.vital) + 1)
    if quoted > most:
        yield f"quotes {quoted} words, more than {most}"


def _wrong_words(case: Case) -> Iterator[str]:
    for wording in forbidden(case):
        yield f"says what is wrong: {wording}"
