"""How far a figure could be off, and whether two runs differ: intervals and tests that know of articles."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from math import sqrt
from statistics import NormalDist

import numpy as np

DRAWS = 2_000
"""Bootstrap samples: the bounds of a 95 % interval then move by less than a point between seeds."""
SEED = 20241021
"""Any fixed number, so that the same answers give the same interval."""
PERMUTATIONS = 10_000
"""Random ones; a p-value near 0.05 then has a standard error of 0.002."""
FEW_CLUSTERS = 20
"""Below this many articles a percentile interval is too narrow, and whoever shows it says so."""
_TAILS = (2.5, 97.5)  # percentiles that bound 95 %
_EXACT = 12  # clusters up to which all permutations are tried
_UNLIKE = 0.2  # share of the questions on which two runs differ, where nobody has measured it
_ALPHA, _POWER = 0.05, 0.8
_ROUNDING = 1e-9  # sums of the same scores in another order are equal
_STEPS = 50  # halvings of [0, 1]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95 % interval. The bounds are None where fewer than two clusters leave nothing to resample."""

    value: float
    low: float | None
    high: float | None
    n: int
    """Scores."""
    clusters: int
    """Articles that the scores come from."""


def bootstrap(scores: Iterable[tuple[str, float]], *, draws: int = DRAWS, seed: int = SEED) -> Estimate | None:
    """Mean of (cluster, score) pairs with a percentile interval; None for no scores.

    Cluster bootstrap (B. Efron, R. Tibshirani: An Introduction to the Bootstrap, 1993, chapters 8 and 13): whole
    clusters are drawn with replacement, because questions on one article fail together; the statistic of a draw is the
    sum of its scores over their number.
    """
    by_cluster: dict[str, list[float]] = defaultdict(list)
    for cluster, score in scores:
        by_cluster[cluster].append(score)
    if not by_cluster:
        return None
    sums = np.array([sum(group) for group in by_cluster.values()])
    sizes = np.array([len(group) for group in by_cluster.values()])
    k, n, value = len(sums), int(sizes.sum()), float(sums.sum() / sizes.sum())
    if k < 2:
        return Estimate(value, None, None, n, k)
    drawn = np.random.default_rng(seed).multinomial(k, [1 / k] * k, size=draws)
    low, high = np.percentile((drawn @ sums) / (drawn @ sizes), _TAILS)
    return Estimate(value, float(low), float(high), n, k)


# ---------------------------------------------------------------- two runs over the same questions


Paired = tuple[str, float, float]
"""(cluster, score of run a, score of run b) of one question."""


def paired_bootstrap(scores: Iterable[Paired]) -> Estimate | None:
    """Mean of b - a with the interval of `bootstrap`; None for no scores.

    Each draw takes the same articles for both runs (P. Koehn, Statistical Significance Tests for Machine Translation
    Evaluation, 2004), so that what makes an article hard for both is no difference.
    """
    return bootstrap((cluster, b - a) for cluster, a, b in scores)


def mcnemar(only_a: int, only_b: int) -> float:
    """Two-sided p of the counts of questions that only a, or only b, got right: could each as well have been the other?

    The exact form of McNemar's test (Q. McNemar, Psychometrika 12, 1947): twice the lower tail of the binomial
    distribution of only_a + only_b throws of a coin, at most 1. It takes questions for independent; the permutation
    test over articles does not.
    """
    from scipy.stats import binomtest

    n = only_a + only_b
    return float(binomtest(only_a, n).pvalue) if n else 1.0


def permutation_test(scores: Iterable[Paired], *, permutations: int = PERMUTATIONS, seed: int = SEED) -> float | None:
    """Two-sided p of the mean difference of b and a, where the runs are exchanged article by article; None for none.

    Paired permutation test (R. A. Fisher, The Design of Experiments, 1935, section 21; for questions M. D. Smucker,
    J. Allan, B. Carterette, CIKM 2007): the share of sign changes, one a cluster, whose |sum of differences| is at
    least the observed one. All 2^k of them for at most 12 clusters, else random ones with the observed one counted in,
    (1 + hits) / (1 + draws) (B. Phipson, G. K. Smyth, 2010).
    """
    by_cluster: dict[str, float] = defaultdict(float)
    for cluster, a, b in scores:
        by_cluster[cluster] += b - a
    if not by_cluster:
        return None
    sums = np.array(list(by_cluster.values()))
    exact = len(sums) <= _EXACT
    if exact:
        signs = np.array(list(product((-1, 1), repeat=len(sums))))
    else:
        signs = np.random.default_rng(seed).choice((-1, 1), size=(permutations, len(sums)))
    hits = int((abs(signs @ sums) >= abs(sums.sum()) - _ROUNDING).sum())
    return hits / len(signs) if exact else (1 + hits) / (1 + len(signs))


def detectable_difference(
    questions: int, *, unlike: float = _UNLIKE, design_effect: float = 1.0, alpha: float = _ALPHA, power: float = _POWER
) -> float | None:
    """The smallest difference of two shares over the same questions that a two-sided test shows with this power.

    Solves n = (z(1 - alpha/2) √ψ + z(power) √(ψ - δ²))² / δ² for δ, the sample size of McNemar's test (R. J. Connor,
    Biometrics 43, 1987); ψ is the share of the questions on which the runs differ, `unlike` or δ if that is more.
    Clusters leave only n / design_effect questions' worth. In [0, 1]; None where even 1 would not be shown.
    """
    normal, n = NormalDist(), questions / design_effect
    z_alpha, z_power = normal.inv_cdf(1 - alpha / 2), normal.inv_cdf(power)

    def shown(difference: float) -> bool:
        psi = max(unlike, difference)
        return difference * sqrt(n) >= z_alpha * sqrt(psi) + z_power * sqrt(psi - difference**2)

    if not shown(1.0):
        return None
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if shown(middle) else (middle, high)
    return high


def design_effect(scores: Iterable[tuple[str, float]]) -> float:
    """How many times larger than of as many independent questions the variance of a mean is, 1 at least.

    L. Kish, Survey Sampling, 1965, section 8.2: the variance between clusters, of residuals summed by cluster
    (k / (k - 1) · Σ(Σ residuals)² / n²), over that of single scores, s² / n. 1 for one cluster or equal scores.
    """
    by_cluster: dict[str, list[float]] = defaultdict(list)
    for cluster, score in scores:
        by_cluster[cluster].append(score)
    every = np.array([score for group in by_cluster.values() for score in group])
    k, n = len(by_cluster), len(every)
    if k < 2 or not every.var():
        return 1.0
    residuals = np.array([sum(group) - len(group) * every.mean() for group in by_cluster.values()])
    between = k / (k - 1) * float((residuals**2).sum()) / n**2
    return max(1.0, between / (float(every.var(ddof=1)) / n))


# ---------------------------------------------------------------- two annotators


def kappa(rows: Sequence[Sequence[int]]) -> float:
    """Cohen's kappa of a square matrix of counts, rows one annotator's labels, columns the other's; 1 is agreement.

    (p_o - p_e) / (1 - p_e), where p_o is the share on the diagonal and p_e what the margins give by chance (J. Cohen,
    1960). 1 where both use one label alone.
    """
    counts = np.array(rows, dtype=float)
    total = counts.sum()
    observed = float(np.trace(counts) / total)
    chance = float((counts.sum(axis=0) @ counts.sum(axis=1)) / total**2)
    return (observed - chance) / (1 - chance) if chance < 1 else 1.0
