"""Every measure by its one name, in the order in which they are printed, with what each is in words."""

import inspect

from eval.measures.abstention import answered_answerable, refused_unanswerable
from eval.measures.cases import Measure
from eval.measures.citations import (
    citation_exact,
    citation_f1,
    citation_precision,
    citation_recall,
    gold_citation_precision,
    gold_citation_recall,
    misattributed,
    supported_sentences,
    uncited_sentences,
)
from eval.measures.conflicts import conflict_attributed, conflict_stated
from eval.measures.grounded import grounded_correct
from eval.measures.nuggets import answer_em, answer_f1, nugget_recall, weighted_nugget_recall

MEASURES: dict[str, Measure] = {
    measure.__name__: measure
    for measure in (
        grounded_correct,
        answer_em,
        answer_f1,
        nugget_recall,
        weighted_nugget_recall,
        citation_recall,
        citation_precision,
        citation_f1,
        gold_citation_precision,
        gold_citation_recall,
        citation_exact,
        misattributed,
        supported_sentences,
        uncited_sentences,
        conflict_stated,
        conflict_attributed,
        answered_answerable,
        refused_unanswerable,
    )
}
LOWER_IS_BETTER = frozenset(("misattributed", "uncited_sentences"))
"""Those of which 0 is the best score."""
HEADLINE = "grounded_correct"
"""The measure that a run is told by."""


def explained(name: str) -> str:
    """The first paragraph of a measure's docstring; "" for a measure that is not known here."""
    first = definition(name).split("\n\n")[0].replace("\n", " ")
    told = "lower is better" in first.lower()
    return f"{first} Lower is better." if name in LOWER_IS_BETTER and not told else first


def definition(name: str) -> str:
    """The whole docstring: formula and source; "" for a measure that is not known here."""
    measure = MEASURES.get(name)
    return (inspect.getdoc(measure) or "").replace("`", "") if measure else ""


def goodness(name: str, score: float) -> float:
    """The score, turned round where lower is better."""
    return 1 - score if name in LOWER_IS_BETTER else score
