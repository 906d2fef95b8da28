"""Our own judge of support: a model that reads, weighed together with what the words tell."""

import math

from assistant.pair_models.own import OwnModel
from assistant.types import Doubt, Supported
from assistant.verification.support import SIGNALS

FEATURES = ("read", *SIGNALS)
FULL_FROM = 0.5
"""Probability from which a sentence counts as fully supported."""
SHOWN_FROM = 0.35
"""The same for a part of it; what lies lower is not shown. Both chosen on articles kept from training (eval/LOG.md)."""


class WeighingJudge:
    """Log-odds of the model and the signals of the words, weighed by a logistic regression."""

    def __init__(self, model: OwnModel) -> None:
        self._model, self._weights, self.name = model, model.weights("support", FEATURES), model.name

    def support(self, asked: Doubt) -> Supported:
        """By the probability; none where a fact is not there, whatever the model makes of it."""
        if asked.verdict.certain:
            return Supported("none")
        read = [judged.odds for judged in self._model.judge([asked.text] * len(asked.evidence), asked.evidence)]
        best = max(range(len(read)), key=lambda at: (read[at], -at))
        p = 1 / (1 + math.exp(-self._weights.odds((read[best], *asked.signals))))
        whole = self._model.layout.holds(asked.text, asked.evidence[best])  # of what is cut off nothing is known
        return Supported("full" if p >= FULL_FROM and whole else "partial" if p >= SHOWN_FROM else "none", p, best)
