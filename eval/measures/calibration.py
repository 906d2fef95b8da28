"""What a confidence is worth: whether it orders (AUROC), and whether it means what it says (reliability, ECE)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.statistics import DRAWS, SEED, Estimate

BINS = 10
_BOUNDS = (2.5, 97.5)  # percentiles that bound 95 %


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose confidence lies in [low, high)."""

    low: float
    high: float
    mean: float
    """Mean confidence."""
    share: float
    """Of the questions, those that hold."""
    n: int


def auroc(positive: Sequence[float] | NDArray[Any], negative: Sequence[float] | NDArray[Any]) -> float | None:
    """Area under the ROC curve: the chance that a positive scores above a negative, ties half; None without either.

    The Mann–Whitney statistic over the number of pairs (J. A. Hanley, B. J. McNeil, Radiology 143, 1982).
    """
    if not len(positive) or not len(negative):
        return None
    ordered = np.sort(np.asarray(negative, dtype=float))
    below = np.searchsorted(ordered, positive, "left") + np.searchsorted(ordered, positive, "right")
    return float(below.mean() / (2 * len(ordered)))


def reliability(confidences: Sequence[float], holds: Sequence[bool], bins: int = BINS) -> list[Bin]:
    """Equally wide bins of the confidence, those that hold any question; 1.0 falls into the last."""
    at = [min(int(confidence * bins), bins - 1) for confidence in confidences]
    found = []
    for number in range(bins):
        here = [(c, h) for c, h, b in zip(confidences, holds, at, strict=True) if b == number]
        if here:
            mean, share = (float(np.mean(column)) for column in zip(*here, strict=True))
            found.append(Bin(number / bins, (number + 1) / bins, mean, share, len(here)))
    return found


def expected_calibration_error(bins: Sequence[Bin]) -> float | None:
    """ECE: the distance of mean confidence and share in each bin, weighted by its questions; None without any.

    M. P. Naeini, G. F. Cooper, M. Hauskrecht, Obtaining Well Calibrated Probabilities Using Bayesian Binning, 2015.
    """
    total = sum(each.n for each in bins)
    return sum(each.n * abs(each.mean - each.share) for each in bins) / total if total else None


def resampled(clusters: Sequence[str], statistic: Callable[[NDArray[Any]], float | None]) -> Estimate | None:
    """A statistic of rows, given by their numbers, with the interval of `eval.statistics.bootstrap`.

    For what is no mean: clusters are drawn with replacement, and a draw in which there is no such statistic is left
    out. None where there is none of all rows.
    """
    value = statistic(np.arange(len(clusters)))
    if value is None:
        return None
    names, cluster_of = np.unique(clusters, return_inverse=True)
    k, n = len(names), len(clusters)
    if k < 2:
        return Estimate(value, None, None, n, k)
    drawn = np.random.default_rng(SEED).multinomial(k, [1 / k] * k, size=DRAWS)
    values = [statistic(np.repeat(np.arange(n), counts[cluster_of])) for counts in drawn]
    low, high = np.percentile([v for v in values if v is not None], _BOUNDS)
    return Estimate(value, float(low), float(high), n, k)
