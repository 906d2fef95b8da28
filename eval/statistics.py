"""How far a figure could be off: bootstrap over articles."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

DRAWS = 2_000
"""Bootstrap samples: the bounds of a 95 % interval then move by less than a point between seeds."""
SEED = 20241021
"""Any fixed number, so that the same answers give the same interval."""
_TAILS = (2.5, 97.5)  # percentiles that bound 95 %


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
