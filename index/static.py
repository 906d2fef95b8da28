"""The shipped encoder: one vector a term, so that NumPy alone embeds a text; and its file."""

import hashlib
import zlib
from array import array
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import ModelError
from index.text.arabic import STEM_MARK, Remembered, passage_words, word_terms
from index.types import Vectors
from index.wordings.english import in_arabic

SHIPPED_MODEL = Path(__file__).with_name("encoder.safetensors")
SATURATION = 1.2
"""A term that stands n times counts n / (n + SATURATION), as in BM25."""
BUCKETS = 4096
"""Fixed random directions that unknown terms share: the same unknown name points the same way in every text."""


class StaticEncoder:
    """A text is the sum over its terms of their vectors, whose length is how much the term tells."""

    weight = 0.2  # see eval/LOG.md: from 0.1 to 0.4 the hybrid differs by less than the noise

    def __init__(
        self, name: str, terms: Sequence[str], idf: Vectors, vectors: Any, scale: Vectors, unseen: float
    ) -> None:
        """`vectors` int8 of shape (terms, dimensions); `scale` and `idf` float32 of shape (terms,).

        `unseen` is the idf of a term that no training article holds.
        """
        self.name = name
        self.dimensions = int(vectors.shape[1])
        self._known = len(terms)
        self._row_of = {term: row for row, term in enumerate(terms)}
        self._rows = Remembered(self._packed_rows)
        self._idf = idf
        self._unseen = unseen
        self._vectors = np.concatenate([vectors, bucket_signs(self.dimensions)])
        unknown = np.full(BUCKETS, self._unseen / np.sqrt(self.dimensions), dtype=np.float32)
        self._scale = np.concatenate([scale, unknown])

    def encode(self, texts: Sequence[str], *, is_question: bool = False) -> Vectors:
        """Unit rows of shape (len(texts), dimensions); a text without words gets a row of zeros."""
        if is_question:  # it knows Arabic alone
            texts = [in_arabic(text) or text for text in texts]
        out = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for i, text in enumerate(texts):
            found = np.frombuffer(b"".join([self._rows[word] for word in passage_words(text)]), dtype=np.intc)
            if found.size:
                rows, counts = np.unique(found, return_counts=True)
                weights = (counts / (counts + SATURATION)).astype(np.float32) * self._scale[rows]
                out[i] = weights @ self._vectors.take(rows, axis=0).astype(np.float32)
        return normalised(out)

    def _packed_rows(self, word: str) -> bytes:
        """The rows of a word's terms as C ints: bytes are joined far faster than arrays."""
        rows = array("i")
        for term in word_terms(word):
            row = self._row_of.get(term)
            rows.append(self._known + bucket(term) if row is None else row)
        return rows.tobytes()

    def rarity(self, stem: str) -> float:
        """Inverse document frequency of a stem in the training articles; that of the rarest for an unknown one."""
        row = self._row_of.get(STEM_MARK + stem)
        return self._unseen if row is None else float(self._idf[row])


def bucket(term: str) -> int:
    """The bucket of an unknown term."""
    return zlib.crc32(term.encode()) % BUCKETS


def bucket_signs(dimensions: int) -> Any:
    """The directions of the buckets: int8 of shape (BUCKETS, dimensions), each 1 or -1, the same on every machine."""
    bits = np.frombuffer(hashlib.shake_256(b"isnad").digest(BUCKETS * dimensions // 8 + 1), dtype=np.uint8)
    signs = np.unpackbits(bits)[: BUCKETS * dimensions].astype(np.int8) * 2 - 1
    return signs.reshape(BUCKETS, dimensions)


def save_static(path: Path, *, name: str, terms: Sequence[str], idf: Any, vectors: Any, unseen: float) -> None:
    """Write a static encoder: int8 vectors with one scale a row, the terms as UTF-8 lines."""
    from safetensors.numpy import save_file

    scale = np.abs(vectors).max(axis=1) / 127
    scale[scale == 0] = 1
    tensors = {
        "vectors": np.round(vectors / scale[:, None]).astype(np.int8),
        "scale": scale.astype(np.float32),
        "idf": np.asarray(idf, dtype=np.float32),
        "terms": np.frombuffer("\n".join(terms).encode(), dtype=np.uint8),
    }
    save_file(tensors, str(path), metadata={"name": name, "unseen": repr(unseen)})


@cache
def load_static(path: Path) -> StaticEncoder:
    """Read a static encoder. Raises ModelError where the file is missing or broken."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(str(path), framework="np") as file:
            name, unseen = file.metadata()["name"], float(file.metadata()["unseen"])
            terms = file.get_tensor("terms").tobytes().decode().split("\n")
            idf, vectors, scale = (file.get_tensor(tensor) for tensor in ("idf", "vectors", "scale"))
            return StaticEncoder(name, terms, idf, vectors, scale, unseen)
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"The shipped embedding model {path} cannot be read ({error}). Install isnad again."
        ) from error


def load_background() -> StaticEncoder:
    """The shipped encoder, for how rare words are in general news."""
    return load_static(SHIPPED_MODEL)


def normalised(rows: Vectors) -> Vectors:
    """Rows scaled to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    scaled: Vectors = rows / lengths
    return scaled
