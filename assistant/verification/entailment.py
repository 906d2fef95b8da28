"""A hub model of natural language inference (NLI) as a second judge: do the quoted words bear out the sentence?"""

from collections.abc import Sequence
from typing import Any

from assistant.pair_models.hub import PairModel, entailment_class, pair_model, shares
from assistant.types import Doubt, Support, Supported
from index.hub import Role, load_model

ENTAILED = 0.5
"""Probability from which an entailment model is taken at its word."""
_LOWER: dict[Support, Support] = {"full": "partial", "partial": "none", "none": "none"}
_ROLE = Role("entailment model", "ISNAD_NLI", "do without one")


class EntailmentModel:
    """A classifier of pairs (premise, hypothesis), one of whose classes is entailment."""

    def __init__(self, model: PairModel, label: int) -> None:
        """`label` is the number of the class that means entailment."""
        self._model, self._label, self.name = model, label, model.name

    def entailed(self, premises: Sequence[str], hypotheses: Sequence[str]) -> list[float]:
        """For each pair the probability in [0, 1] that the premise entails the hypothesis. Raises ModelError."""
        if not premises:
            return []
        _, out = self._model.run(premises, hypotheses)
        return [float(p) for p in shares(self._model.usable(out.logits), self._label)]

    def support(self, asked: Doubt) -> Supported:
        """Lifts what failed only for want of common words; lowers by one step what it does not find entailed."""
        if asked.verdict.support == "none" and not asked.verdict.few:
            return Supported("none")
        (entailed,) = self.entailed([" ".join(asked.evidence[0])], [asked.text])
        return Supported("full" if entailed >= ENTAILED else _LOWER[asked.verdict.support], entailed)


def load_entailment(name: str) -> EntailmentModel | None:
    """The model that a setting names, None for an empty name. Raises ModelError where it cannot be had."""
    return load_model(_build, name, _ROLE) if name else None


def _build(name: str, /, **options: bool) -> EntailmentModel:
    import transformers

    config: Any = transformers.AutoConfig.from_pretrained(name, **options)
    label = entailment_class(config.id2label)
    tokenizer = transformers.AutoTokenizer.from_pretrained(name, **options)
    kind = transformers.AutoModelForSequenceClassification
    return EntailmentModel(pair_model(name, _ROLE.setting, tokenizer, kind, options), label)
