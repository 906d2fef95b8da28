"""Abstention: one case's, and what a run's confidences are worth, worked out by hand."""

from dataclasses import replace

import pytest

from eval.measures.abstention import (
    answered_answerable,
    auroc,
    coverage_at_risk,
    refused_unanswerable,
    reliability,
    risk_coverage,
)
from tests.eval.cases import BROKEN, KIRBY, RIGHT, SILENT, TWELVE, WHO, A, answer, at, case, correcting, fact

WRONG = answer((KIRBY, at(A, KIRBY)))


@pytest.mark.parametrize(
    ("known", "given", "answered", "refused"),
    [
        (fact(TWELVE), RIGHT, 1, None),
        (fact(TWELVE), WRONG, 1, None),
        (fact(TWELVE), SILENT, 0, None),
        (fact(TWELVE), BROKEN, 0, None),
        (fact(), SILENT, None, 1),
        (fact(), correcting(at(A, KIRBY)), None, 1),
        (fact(), RIGHT, None, 0),
        (fact(), BROKEN, None, 0),
        (fact(WHO, category="false_premise"), correcting(at(A, KIRBY)), 1, None),
        (fact(WHO, category="single_fact"), correcting(at(A, KIRBY)), 0, None),  # there the premise holds
    ],
)
def test_who_answers_and_who_refuses(known, given, answered, refused):
    given = case(known, given)
    assert (answered_answerable(given), refused_unanswerable(given)) == (answered, refused)


@pytest.mark.parametrize(
    ("confidences", "answerable", "area"),
    [
        ([0.9, 0.8, 0.1], [True, True, False], 1.0),
        ([0.9, 0.2, 0.5], [True, True, False], 0.5),
        ([0.5, 0.5], [True, False], 0.5),
        # pairs: .9>.5, .9>.1, .3<.5, .3>.1 → 3 of 4
        ([0.9, 0.3, 0.5, 0.1], [True, True, False, False], 0.75),
        ([None, 0.5], [True, False], 0.0),  # no confidence is the wrong one
        ([0.5, None], [True, False], 0.0),
        ([0.5], [True], None),
    ],
)
def test_auroc(confidences, answerable, area):
    assert auroc(confidences, answerable) == area


def run():
    """Six questions: answers at 0.9 (right), 0.8 (right), 0.8 (wrong), 0.3 (right), one abstention, one error."""
    answers = [RIGHT, replace(RIGHT, confidence=0.8), replace(WRONG, confidence=0.8), replace(RIGHT, confidence=0.3)]
    return [case(fact(TWELVE), given) for given in (*answers, SILENT, BROKEN)]


def test_risk_and_coverage():
    expected = [(1 / 6, 0), (3 / 6, 1 / 3), (4 / 6, 1 / 4), (5 / 6, 2 / 5)]  # equal confidences enter together
    assert risk_coverage(run()) == [pytest.approx(point) for point in expected]
    assert risk_coverage([case(fact(TWELVE), SILENT)]) == risk_coverage([]) == []


@pytest.mark.parametrize(("risk", "coverage"), [(0.05, 1 / 6), (0.25, 4 / 6), (0.3, 4 / 6), (0.4, 5 / 6)])
def test_coverage_at_a_risk(risk, coverage):
    assert coverage_at_risk(run(), risk) == pytest.approx(coverage)
    assert coverage_at_risk([case(fact(TWELVE), WRONG)], risk) == 0


def test_an_answer_to_the_unanswerable_is_a_risk():
    assert risk_coverage([case(fact(), RIGHT), case(fact(), SILENT)]) == [(0.5, 1.0)]


def test_reliability_bins():
    bins = reliability(run())
    assert [(b.low, b.n, b.mean, b.share) for b in bins] == [
        (0.0, 1, 0.0, 0.0),  # the error
        (0.3, 1, pytest.approx(0.3), 1.0),
        (0.8, 2, pytest.approx(0.8), 0.5),
        (0.9, 1, pytest.approx(0.9), 1.0),
    ]
