"""A linear model over named features, and the shipped weights in a file that a person can read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

SHIPPED = "sentence_model.json"
"""In this package; `python -m assistant.training` writes it."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Log-odds as a weighted sum; `weights` stand in the order of the features they were fitted on."""

    weights: tuple[float, ...]
    bias: float

    def odds(self, features: Sequence[float]) -> float:
        """The log-odds of features given in the same order."""
        return self.bias + sum(weight * x for weight, x in zip(self.weights, features, strict=True))


@cache
def shipped(name: str, features: tuple[str, ...]) -> Linear:
    """The weights of `name` for these features. A missing one is a KeyError: code and file belong together."""
    row = json.loads((resources.files("assistant") / SHIPPED).read_text(encoding="utf-8"))[name]
    return Linear(tuple(row["weights"][feature] for feature in features), row["bias"])
