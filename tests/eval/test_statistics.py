"""Intervals, paired tests and agreement, against cases worked out by hand."""

import pytest

from eval.statistics import (
    bootstrap,
    design_effect,
    detectable_difference,
    kappa,
    mcnemar,
    paired_bootstrap,
    permutation_test,
)


def test_the_bootstrap_resamples_articles():
    estimate = bootstrap([("A", 1.0), ("A", 1.0), ("A", 1.0), ("B", 0.0)])
    # the draws are AA, AB, BA, BB: 1, 0.75, 0.75, 0
    assert (estimate.value, estimate.low, estimate.high) == (0.75, 0.0, 1.0)
    assert (estimate.n, estimate.clusters) == (4, 2)


def test_the_bootstrap_repeats_and_narrows_with_more_articles():
    few = [(str(n), float(n % 2)) for n in range(10)]
    many = [(str(n), float(n % 2)) for n in range(1000)]
    assert bootstrap(few) == bootstrap(few)
    assert bootstrap(few).low < 0.25 < 0.46 < bootstrap(many).low < 0.5 < bootstrap(many).high < 0.54
    # close to the normal interval of a mean of 1,000 halves: 0.5 ± 1.96 · 0.5 / √1000
    assert bootstrap(many).high - bootstrap(many).low == pytest.approx(2 * 1.96 * 0.5 / 1000**0.5, rel=0.08)


def test_one_article_has_no_interval_and_no_scores_no_estimate():
    one = bootstrap([("A", 1.0), ("A", 0.0)])
    assert (one.value, one.low, one.high) == (0.5, None, None)
    assert bootstrap([]) is None


# ---------------------------------------------------------------- two runs


def test_the_paired_bootstrap_draws_the_same_articles_for_both():
    estimate = paired_bootstrap([("A", 0, 1), ("A", 0, 1), ("A", 0, 1), ("B", 1, 1)])
    # the draws are AA, AB, BA, BB: the differences 1, 0.75, 0.75, 0
    assert (estimate.value, estimate.low, estimate.high) == (0.75, 0.0, 1.0)
    # hard and easy articles alike for both: no spread in the difference
    steady = paired_bootstrap([("A", 0.0, 0.5), ("B", 0.5, 1.0)])
    assert (steady.value, steady.low, steady.high) == (0.5, 0.5, 0.5)
    assert paired_bootstrap([]) is None


@pytest.mark.parametrize(
    ("only_a", "only_b", "p"),
    [
        (5, 0, 2 / 32),
        (0, 6, 2 / 64),
        (1, 8, 2 * (1 + 9) / 512),
        (2, 10, 2 * (1 + 12 + 66) / 4096),
        (3, 3, 1.0),  # twice the tail is more than 1
        (0, 0, 1.0),
    ],
)
def test_exact_mcnemar(only_a, only_b, p):
    assert mcnemar(only_a, only_b) == mcnemar(only_b, only_a) == pytest.approx(p)


@pytest.mark.parametrize(
    ("sums", "p"),
    [
        ((1, 1, 1), 2 / 8),  # of ±1±1±1 only the two extremes reach 3
        ((2, -1), 1.0),  # ±2±1: all reach 1
        ((3, 1, 0), 4 / 8),  # |±3±1| is 4, 2, 2, 4, each twice
        ((0, 0), 1.0),
        ((1,), 1.0),
    ],
)
def test_the_permutation_test_exchanges_articles(sums, p):
    scores = [(str(n), 0.0, float(each)) for n, each in enumerate(sums)]
    assert permutation_test(scores) == p
    # the same sums from several questions each
    halves = [(cluster, 0.0, b / 2) for cluster, _, b in scores for _ in range(2)]
    assert permutation_test(halves) == p


def test_the_permutation_test_of_many_articles():
    """Ten of 13 better, three worse: 7 or more of a sum of 13 signs, 2 · (286 + 78 + 13 + 1) / 2^13."""
    scores = [(str(n), 0.0, 1.0 if n < 10 else -1.0) for n in range(13)]
    assert permutation_test(scores) == pytest.approx(2 * 378 / 8192, abs=0.01)
    assert permutation_test(scores) == permutation_test(scores)
    assert permutation_test([(str(n), 0.0, 1.0) for n in range(100)]) == pytest.approx(1 / 10_001)  # never 0
    assert permutation_test([]) is None


def test_questions_of_one_article_are_not_independent():
    """Ten questions better on each of two articles: much for McNemar, nothing for the articles."""
    assert mcnemar(0, 20) < 0.00001
    assert permutation_test([("AB"[n % 2], 0.0, 1.0) for n in range(20)]) == 0.5


def test_the_smallest_difference_that_can_be_shown():
    # R. J. Connor's n for ψ = 0.2, δ = 0.1: (1.960 √0.2 + 0.842 √0.19)² / 0.1² = 154.6
    assert detectable_difference(154, unlike=0.2) > 0.1 > detectable_difference(155, unlike=0.2)
    assert detectable_difference(155) == pytest.approx(0.1, abs=0.001)
    assert detectable_difference(310, design_effect=2) == detectable_difference(155)
    assert detectable_difference(250) == pytest.approx(0.079, abs=0.001)
    assert detectable_difference(250, power=0.9) > detectable_difference(250) > detectable_difference(1000)


def test_a_difference_is_never_larger_than_the_share_that_differs():
    # of 4 questions, all different in one direction: 1 · √4 ≥ 1.96 · √1 + 0.842 · 0; of 3 not even that
    assert 0.9 < detectable_difference(4) <= 1
    assert detectable_difference(3) is None


def test_the_design_effect():
    """Four articles of five equal scores, two right, two wrong: 4/3 · 4 · 2.5² / 20² over (5/19) / 20 = 19/3."""
    scores = [(cluster, float(cluster in "AB")) for cluster in "ABCD" for _ in range(5)]
    assert design_effect(scores) == pytest.approx(19 / 3)
    assert design_effect([(str(n), float(n % 2)) for n in range(100)]) == pytest.approx(1)
    assert design_effect([("A", 1.0), ("A", 0.0)]) == design_effect([("A", 1.0), ("B", 1.0)]) == 1


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ([[20, 5], [10, 15]], 0.4),  # agree on 0.7; by chance 0.5 · 0.6 + 0.5 · 0.4 = 0.5
        ([[5, 0], [0, 5]], 1.0),
        ([[0, 5], [5, 0]], -1.0),
        ([[2, 2], [2, 2]], 0.0),
        ([[4, 0], [0, 0]], 1.0),
    ],
)
def test_kappa(rows, value):
    assert kappa(rows) == pytest.approx(value)
