"""A linear model over named features, and the shipped weights in a file that a person can read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

SHIPPED = resources.files("assistant.extractive") / "sentence_model.json"
"""The weights that answers are picked and judged by; `python -m assistant.training` writes them."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Log-odds as a weighted sum; `weights` stand in the order of the features they were fitted on."""

    weights: tuple[float, ...]
    bias: float

    def odds(self, features: Sequence[float]) -> float:
        """The log-odds of features given in the same order."""
        return self.bias + sum(weight * x for weight, x in zip(self.weights, features, strict=True))


@dataclass(frozen=True, slots=True)
class Share:
    """What one feature adds to log-odds."""

    name: str
    value: float
    weight: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Odds:
    """Log-odds of a linear model: the bias and all contributions together. Features whose value is 0 are left out."""

    log_odds: float
    bias: float
    features: tuple[Share, ...]
    """The largest contribution, for or against, first."""

    @classmethod
    def of(cls, model: Linear, names: Sequence[str], values: Sequence[float]) -> "Odds":
        """What a model makes of features."""
        rows = zip(names, values, model.weights, strict=True)
        shares = [Share(name, value, weight, value * weight) for name, value, weight in rows if value]
        return cls(model.odds(values), model.bias, tuple(sorted(shares, key=lambda s: -abs(s.contribution))))


@cache
def shipped(name: str, features: tuple[str, ...]) -> Linear:
    """The shipped weights of `name` for these features. A missing one is a KeyError: code and file belong together."""
    return weights_in(SHIPPED.read_text(encoding="utf-8"), name, features)


def weights_in(text: str, name: str, features: Sequence[str]) -> Linear:
    """The weights of `name` for these features, from the text of a file. Raises KeyError, ValueError."""
    row = json.loads(text)[name]
    return Linear(tuple(row["weights"][feature] for feature in features), row["bias"])


def written(models: Mapping[str, tuple[Sequence[str], Linear]]) -> str:
    """Models, each with the names of its features, as the text of a file of weights."""
    rows = {n: {"weights": dict(zip(f, m.weights, strict=True)), "bias": m.bias} for n, (f, m) in models.items()}
    return json.dumps(rows, indent=1) + "\n"
