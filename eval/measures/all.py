"""Every measure by its one name, in the order in which they are printed."""

from eval.measures.abstaining import answered_answerable, refused_unanswerable
from eval.measures.cases import Measure
from eval.measures.citing import (
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
from eval.measures.stating import answer_em, answer_f1, nugget_recall, weighted_nugget_recall

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
