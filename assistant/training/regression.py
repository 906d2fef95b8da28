"""Logistic regression, its weights for features as they are."""

from collections.abc import Sequence

import numpy as np

from assistant.linear import Linear
from index.errors import InputError


def logistic(
    rows: Sequence[Sequence[float]], labels: Sequence[bool], c: float, unused: Sequence[bool], *, balanced: bool
) -> Linear:
    """Logistic regression on scaled features, its weights for the features as they are; 0 for unused ones.

    `balanced` gives both labels the same weight in sum.
    """
    from sklearn.linear_model import LogisticRegression

    if len(set(labels)) < 2:
        raise InputError("Too few questions to learn from: each fold needs answered and unanswered ones.")
    table = np.array(rows)
    table[:, unused] = 0.0
    mean, scale = table.mean(axis=0), table.std(axis=0)
    scale[scale < 1e-6] = 1.0  # a constant feature tells nothing
    weight = "balanced" if balanced else None
    fitted = LogisticRegression(C=c, max_iter=5000, class_weight=weight).fit((table - mean) / scale, labels)
    weights = fitted.coef_[0] / scale
    bias = float(fitted.intercept_[0] - weights @ mean)
    return Linear(tuple(round(float(w), 4) for w in weights), round(bias, 4))
