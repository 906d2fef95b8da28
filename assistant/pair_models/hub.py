"""Hub models that take two texts at a time, with their tokenizer: loaded, run, their marks checked.

The only file that runs these models of transformers.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import ModelError

LONGEST_INPUT = 512
"""Tokens read at a time; most models were made for no more."""

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PairModel:
    """A model with its tokenizer, on the device where it runs."""

    name: str
    setting: str
    """The setting that named it, for errors."""
    tokenizer: Any
    model: Any
    lock: threading.Lock = field(default_factory=threading.Lock)
    """Held while reading: a tokenizer bears one user at a time, and a model takes all cores anyway."""

    @property
    def longest(self) -> int:
        """Tokens that it can read at a time."""
        places = getattr(self.model.config, "max_position_embeddings", None) or LONGEST_INPUT
        return min(int(self.tokenizer.model_max_length), int(places), LONGEST_INPUT)

    def run(self, first: Sequence[str], second: Sequence[str]) -> tuple[Any, Any]:
        """The encoded pairs, and what the model gives for them; the longer text of a pair that is too long is cut.

        Raises ModelError where the model does not bear them.
        """
        try:
            with self.lock:
                encoded = self.tokenizer(
                    list(first),
                    list(second),
                    truncation="longest_first",
                    max_length=self.longest,
                    padding=True,
                    return_offsets_mapping=self.tokenizer.is_fast,
                    return_tensors="pt",
                )
                return encoded, self._marks(encoded)
        except Exception as error:  # whatever the tokenizer, the model and the device raise
            raise self._unusable((str(error).strip() or type(error).__name__).splitlines()[0][:160]) from error

    def _marks(self, encoded: Any) -> Any:
        import torch

        given = {name: rows.to(self.model.device) for name, rows in encoded.items() if name != "offset_mapping"}
        with torch.inference_mode():
            return self.model(**given)

    def usable(self, marks: Any) -> Scores:
        """A tensor as an array. Raises ModelError where it holds what is no number."""
        array = marks.double().cpu().numpy()
        if not np.isfinite(array).all():
            raise self._unusable("its marks are no numbers")
        return np.asarray(array, dtype=np.float64)

    def _unusable(self, reason: str) -> ModelError:
        return ModelError(
            f"The model {self.name!r} could not read the sentences ({reason}). Set {self.setting} to another one, or "
            "unset it to do without."
        )


def pair_model(name: str, setting: str, tokenizer: Any, kind: Any, options: dict[str, bool]) -> PairModel:
    """The model of a transformers class, on the device where it runs best."""
    import torch

    model = kind.from_pretrained(name, **options).eval()
    return PairModel(name, setting, tokenizer, model.to("cuda" if torch.cuda.is_available() else "cpu"))


def entailment_class(labels: dict[int, str]) -> int:
    """The class that means entailment, by its name."""
    found = [number for number, label in labels.items() if label.lower().startswith("entail")]
    if len(found) != 1:
        raise ValueError(f"none of its classes is called entailment: {', '.join(labels.values())}")
    return found[0]


def shares(marks: Scores, number: int) -> Scores:
    """The softmax of each row at one class."""
    weights = np.exp(marks - marks.max(axis=1, keepdims=True))
    return np.asarray(weights[:, number] / weights.sum(axis=1), dtype=np.float64)
