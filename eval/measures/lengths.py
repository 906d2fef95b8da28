"""How much is quoted; no score, for the shortest quote is not the best."""

from statistics import median

from eval.measures.cases import Case


def cited_words(case: Case) -> float | None:
    """The median of the words of a quote; None where nothing is cited."""
    counted = [len(citation.quote.split()) for citation in case.citations]
    return float(median(counted)) if counted else None
