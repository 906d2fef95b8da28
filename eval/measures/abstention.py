"""Whether the answerer knows what the articles do not tell: a case's abstention, and a run's confidences."""

from collections.abc import Sequence
from itertools import groupby

from eval.measures import calibration
from eval.measures.calibration import Bin
from eval.measures.cases import Case
from eval.measures.grounded import grounded_correct

RISK = 0.05
"""The risk that `coverage_at_5_percent_risk` allows."""

# ---------------------------------------------------------------- one case


def answered_answerable(case: Case) -> float | None:
    """Answered / answerable facts. 1 minus NoMIRACL's error rate (N. Thakur et al. 2024)."""
    return float(not case.abstained and not case.answer.error) if case.fact.answerable else None


def refused_unanswerable(case: Case) -> float | None:
    """Abstained / unanswerable facts. 1 minus NoMIRACL's hallucination rate (N. Thakur et al. 2024)."""
    return float(case.abstained) if not case.fact.answerable else None


# ---------------------------------------------------------------- many cases


def auroc(confidences: Sequence[float | None], answerable: Sequence[bool]) -> float | None:
    """The chance that an answerable question is given more confidence than an unanswerable one, ties half.

    Area under the ROC curve (J. A. Hanley, B. J. McNeil, Radiology 143, 1982). No confidence, as of an error, is the
    wrong one: 0 for an answerable question, 1 for another. None without questions of both kinds.
    """
    pairs = list(zip(confidences, answerable, strict=True))
    positive = [0.0 if confidence is None else confidence for confidence, tells in pairs if tells]
    return calibration.auroc(positive, [1.0 if c is None else c for c, tells in pairs if not tells])


def risk_coverage(cases: Sequence[Case]) -> list[tuple[float, float]]:
    """(coverage, risk) at each confidence that an answer was given with, the highest first.

    Coverage: answers given with at least this confidence / questions. Risk: those of them that are not
    `grounded_correct` / them. (R. El-Yaniv, Y. Wiener, On the Foundations of Noise-free Selective Classification,
    JMLR 2010.) An abstention covers nothing, so that the curve ends where the answerer abstains; an error is a wrong
    answer of confidence 0.
    """
    points, covered, wrong = [], 0, 0
    for _, group in groupby(sorted(_given(cases), reverse=True), key=lambda row: row[0]):
        rights = [right for _, right in group]
        covered, wrong = covered + len(rights), wrong + rights.count(False)
        points.append((covered / len(cases), wrong / covered))
    return points


def coverage_at_risk(cases: Sequence[Case], risk: float) -> float:
    """The most questions, as a share, that can be answered at no more than this risk; 0 where no confidence allows it.

    (Coverage at 80 % accuracy of A. Kamath, R. Jia, P. Liang, Selective Question Answering under Domain Shift, 2020.)
    """
    return max((coverage for coverage, wrong in risk_coverage(cases) if wrong <= risk), default=0.0)


def reliability(cases: Sequence[Case]) -> list[Bin]:
    """The answers given in equally wide bins of their confidence, with the share that is grounded and correct.

    A. Niculescu-Mizil, R. Caruana, Predicting Good Probabilities with Supervised Learning, 2005.
    """
    given = _given(cases)
    return calibration.reliability([confidence for confidence, _ in given], [right for _, right in given])


def _given(cases: Sequence[Case]) -> list[tuple[float, bool]]:
    """(confidence, whether grounded and correct) of every answer that is no abstention."""
    given = [case for case in cases if not case.abstained]
    return [(0.0 if c.answer.error else c.answer.confidence or 0.0, bool(grounded_correct(c))) for c in given]
