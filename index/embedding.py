"""Encoders: the shipped static model, and any sentence-transformers model by id or path."""

import logging
import os
import socket
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from index.arabic import STEM_MARK, word_terms, words
from index.english import in_arabic
from index.errors import ModelError
from index.types import Encoder, Vectors

SHIPPED_MODEL = Path(__file__).with_name("encoder.safetensors")
SHIPPED = "isnad"
"""The value of ISNAD_EMBEDDING that means the shipped encoder."""


MOST_WORDS_REMEMBERED = 500_000


class StaticEncoder:
    """One vector a term; a text is the sum over its terms, weighted by rarity and the logarithm of their count."""

    def __init__(self, name: str, terms: Sequence[str], idf: Vectors, vectors: Vectors) -> None:
        self.name = name
        self.dimensions = int(vectors.shape[1])
        self._row_of = {term: row for row, term in enumerate(terms)}
        self._rows_of_word: dict[str, tuple[int, ...]] = {}
        self._idf = idf
        self._vectors = vectors

    def encode(self, texts: Sequence[str], *, is_question: bool = False) -> Vectors:
        """Unit rows of shape (len(texts), dimensions); a text without known terms gets a row of zeros."""
        if is_question:  # it knows Arabic alone
            texts = [in_arabic(text) or text for text in texts]
        out = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for i, text in enumerate(texts):
            known = [row for word in words(text) for row in self._rows(word)]
            if known:
                rows, counts = np.unique(known, return_counts=True)
                weights = (1 + np.log(counts)) * self._idf[rows]
                out[i] = weights.astype(np.float32) @ self._vectors[rows]
        return normalised(out)

    def _rows(self, word: str) -> tuple[int, ...]:
        """The known terms of a word, remembered: words repeat."""
        rows = self._rows_of_word.get(word)
        if rows is None:
            if len(self._rows_of_word) > MOST_WORDS_REMEMBERED:
                self._rows_of_word.clear()
            found = (self._row_of.get(term) for term in word_terms(word))
            rows = self._rows_of_word[word] = tuple(row for row in found if row is not None)
        return rows

    def rarity(self, stem: str) -> float:
        """Inverse document frequency of a stem in the training articles; that of the rarest for an unknown one."""
        row = self._row_of.get(STEM_MARK + stem)
        return float(self._idf.max() if row is None else self._idf[row])


class SentenceTransformerEncoder:
    """A sentence-transformers model with its own prompts for questions and passages."""

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


def _load_sentence_transformer(name: str) -> Any:
    for library in ("sentence_transformers", "huggingface_hub", "transformers"):
        logging.getLogger(library).setLevel(logging.ERROR)
    from sentence_transformers import SentenceTransformer

    try:
        try:
            return SentenceTransformer(name, trust_remote_code=False, local_files_only=True)
        except Exception:  # not on disk; what a model's absence raises is each library's own
            if Path(name).exists() or not _hub_resolves():
                raise
            return SentenceTransformer(name, trust_remote_code=False)
    except Exception as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0][:160]
        raise ModelError(
            f"The embedding model {name!r} is not on disk, or not usable, and could not be fetched ({reason}). "
            "Set ISNAD_EMBEDDING to a folder that holds one, or unset it to use the shipped model."
        ) from error


def _hub_resolves() -> bool:
    """Whether there is a way to the model hub; its client would retry for a minute without one."""
    from urllib.parse import urlsplit

    from huggingface_hub import constants

    try:
        socket.getaddrinfo(urlsplit(constants.ENDPOINT).hostname, 443)
    except OSError:
        return bool(os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy"))
    return not constants.HF_HUB_OFFLINE


def load_background() -> StaticEncoder:
    """The shipped encoder, for how rare words are in general news."""
    return load_static(SHIPPED_MODEL)


def load_encoder(name: str) -> Encoder:
    """The encoder that a setting names. Raises ModelError where it cannot be had."""
    return load_background() if name == SHIPPED else SentenceTransformerEncoder(name)


def save_static(path: Path, *, name: str, terms: Sequence[str], idf: Any, vectors: Any) -> None:
    """Write a static encoder: int8 vectors with one scale a row, the terms as UTF-8 lines."""
    from safetensors.numpy import save_file

    scale = np.abs(vectors).max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    tensors = {
        "vectors": np.round(vectors / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "idf": np.asarray(idf, dtype=np.float32),
        "terms": np.frombuffer("\n".join(terms).encode(), dtype=np.uint8),
    }
    save_file(tensors, str(path), metadata={"name": name})


@cache
def load_static(path: Path) -> StaticEncoder:
    """Read a static encoder. Raises ModelError where the file is missing or broken."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(str(path), framework="np") as file:
            name = file.metadata()["name"]
            terms = file.get_tensor("terms").tobytes().decode().split("\n")
            vectors = file.get_tensor("vectors").astype(np.float32) * file.get_tensor("scale")
            return StaticEncoder(name, terms, file.get_tensor("idf"), vectors)
    except (OSError, SafetensorError, KeyError, TypeError) as error:
        raise ModelError(
            f"The shipped embedding model {path} cannot be read ({error}). Install isnad again."
        ) from error


def normalised(rows: Vectors) -> Vectors:
    """Rows scaled to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    scaled: Vectors = rows / lengths
    return scaled
