"""Encoders and rerankers: the shipped static model, and any sentence-transformers model by id or path."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from index.errors import ModelError
from index.hub import Role, load_model
from index.static import StaticEncoder, load_background
from index.types import Encoder, Reranker, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SHIPPED = "isnad"
"""The value of ISNAD_EMBEDDING that means the shipped encoder."""
_HEAD = "ForSequenceClassification"
"""How transformers ends the name of a model that marks texts."""


class SentenceTransformerEncoder:
    """A sentence-transformers model with its own prompts for questions and passages."""

    weight = 0.5  # a transformer finds what words cannot; not measured here on Arabic, where no such model is at hand

    def __init__(self, name: str) -> None:
        self.name = name
        self._model = _load_sentence_transformer(name)
        self.dimensions = int(self._model.get_embedding_dimension())
        prompts = set(self._model.prompts)
        self._question_prompt = "query" if self._model.prompts.get("query") else None
        self._passage_prompt = next((p for p in ("passage", "document") if self._model.prompts.get(p)), None)
        if not prompts & {"query", "passage", "document"} and "e5" in Path(name).name.lower():
            # The E5 family was trained with these words in front, and its older cards do not carry them as prompts.
            self._model.prompts.update({"query": "query: ", "passage": "passage: "})
            self._question_prompt, self._passage_prompt = "query", "passage"

    def encode(self, texts: Sequence[str], *, is_question: bool = False) -> Vectors:
        """Unit rows of shape (len(texts), dimensions)."""
        prompt = self._question_prompt if is_question else self._passage_prompt
        rows = self._model.encode(
            list(texts), prompt_name=prompt, normalize_embeddings=True, show_progress_bar=False, batch_size=32
        )
        return np.asarray(rows, dtype=np.float32).reshape(len(texts), self.dimensions)


class CrossEncoderReranker:
    """A cross-encoder: it reads a question and a text in one go, which costs a transformer's time for each text."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._model = _load_cross_encoder(name)

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """The model's raw mark (logit) for each text; of two classes, how far the second is ahead of the first.

        Raises ModelError where it gives something else than one number a text.
        """
        if not texts:
            return []
        from torch.nn import Identity

        marks = self._model.predict(
            [(question, text) for text in texts],
            activation_fn=Identity(),  # a sigmoid would make equal those of which it is surest
            show_progress_bar=False,
        )
        return _one_a_text(np.asarray(marks, dtype=np.float64), len(texts), self.name)


def _one_a_text(marks: Any, texts: int, name: str) -> list[float]:
    """Marks of shape (texts,), (texts, 1) or (texts, 2), the two being no and yes, as one number a text."""
    if marks.shape == (texts, 2):
        marks = marks[:, 1] - marks[:, 0]
    elif marks.shape == (texts, 1):
        marks = marks[:, 0]
    if marks.shape != (texts,) or not np.isfinite(marks).all():
        raise ModelError(
            f"The reranker {name!r} gave no usable marks (shape {marks.shape} for {texts} texts, or not numbers). "
            "Set ISNAD_RERANKER to another one, or unset it to do without."
        )
    return [float(mark) for mark in marks]


def _load_sentence_transformer(name: str) -> Any:
    role = Role("embedding model", "ISNAD_EMBEDDING", "use the shipped model")
    return load_model(partial(_built, "SentenceTransformer"), name, role)


def _load_cross_encoder(name: str) -> Any:
    role = Role("reranker", "ISNAD_RERANKER", "do without one")
    return load_model(partial(_built, "CrossEncoder"), name, role, _check_head)


def _built(kind: Literal["SentenceTransformer", "CrossEncoder"], name: str, /, **options: bool) -> Any:
    import sentence_transformers

    return getattr(sentence_transformers, kind)(name, **options)


def _check_head(model: Any) -> None:
    """Raise ValueError where a cross-encoder cannot mark a pair by one number, or was never trained to.

    transformers gives any model without a head one of random weights, so that an embedding model loads as well.
    """
    if model.num_labels > 2:
        raise ValueError(f"it tells {model.num_labels} classes apart, a reranker gives one mark")
    built = type(model.transformers_model).__name__
    saved = getattr(model.config, "architectures", None) or [built]
    if built.endswith(_HEAD) and not any(architecture.endswith(_HEAD) for architecture in saved):
        raise ValueError(f"it is no cross-encoder but a {saved[0]}")


def load_encoder(name: str) -> Encoder:
    """The encoder that a setting names. Raises ModelError where it cannot be had."""
    return load_background() if name == SHIPPED else SentenceTransformerEncoder(name)


def load_reranker(name: str) -> Reranker | None:
    """The cross-encoder that a setting names, None for an empty name. Raises ModelError where it cannot be had."""
    return CrossEncoderReranker(name) if name else None


def as_sentence_transformer(encoder: StaticEncoder) -> "SentenceTransformer":
    """The encoder as a SentenceTransformer, for tools that take one: `encode` gives the same (texts, dimensions) rows.

    `encode_query` reads a text as a question. It cannot be saved or sent to another process; make it there.
    """
    import torch
    from sentence_transformers import SentenceTransformer

    class Static(torch.nn.Module):
        """NumPy embeds a text before torch sees it, so there is nothing to train or to move to a GPU."""

        def preprocess(
            self, inputs: Sequence[str], prompt: str | None = None, task: str | None = None, **_: Any
        ) -> dict[str, torch.Tensor]:
            rows = encoder.encode([f"{prompt or ''}{text}" for text in inputs], is_question=task == "query")
            return {"sentence_embedding": torch.from_numpy(rows)}

        def forward(self, features: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
            return features

        def get_embedding_dimension(self) -> int:
            return encoder.dimensions

    return SentenceTransformer(modules=[Static()], device="cpu")
