"""One vector a term, fitted so that two texts about the same lie closer than each to any other of its batch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn.functional import cross_entropy, embedding_bag, normalize

from index.static import BUCKETS, SATURATION, bucket_signs
from index.training.pairs import Bag, Pair, Pairs

TEMPERATURE = 0.05
LEARNING_RATE = 0.01
BATCH, PARAPHRASES, SYNONYMS = 480, 32, 256
"""Pairs a step of each kind."""
SYNONYMS_WEIGHT = 0.3
WARMUP_STEPS = 30
LAST_RATE = 0.1
"""The share of the learning rate that is left at the last step; it falls in a line."""


@dataclass(frozen=True, slots=True)
class Model:
    """Term rows of shape (terms, dimensions), free to move; bucket rows of shape (BUCKETS, dimensions), fixed.

    `rarity` of shape (terms + BUCKETS,) weights the rows of a text, which number the terms first.
    """

    terms: torch.nn.Parameter
    buckets: torch.Tensor
    rarity: np.ndarray

    @classmethod
    def start(cls, rarity: np.ndarray, unknown: float, dimensions: int, seed: int) -> "Model":
        """Random directions, as long as the term is rare: at first, texts are compared by their spelling alone."""
        signs = np.random.default_rng(seed).integers(0, 2, size=(len(rarity), dimensions)) * 2 - 1
        rows = signs * (rarity / unknown)[:, None] / np.sqrt(dimensions)
        buckets = bucket_signs(dimensions) / np.sqrt(dimensions)
        whole = np.concatenate([rarity, np.full(BUCKETS, unknown)]).astype(np.float32)
        return cls(torch.nn.Parameter(torch.tensor(rows.astype(np.float32))), torch.tensor(buckets).float(), whole)

    def embed(self, bags: Sequence[Bag]) -> torch.Tensor:
        """Unit rows of shape (bags, dimensions)."""
        known = len(self.terms)
        parts = []
        for table, low, high in ((self.terms, 0, known), (self.buckets, known, known + BUCKETS)):
            rows, weights, offsets = [], [], [0]
            for bag in bags:
                row, count = np.unique(bag[(bag >= low) & (bag < high)], return_counts=True)
                rows.append(row - low)
                weights.append((count / (count + SATURATION) * self.rarity[row]).astype(np.float32))
                offsets.append(offsets[-1] + len(row))
            at, by = torch.from_numpy(np.concatenate(rows)).long(), torch.from_numpy(np.concatenate(weights))
            sparse = table is self.terms
            parts.append(
                embedding_bag(at, table, torch.tensor(offsets[:-1]), mode="sum", per_sample_weights=by, sparse=sparse)
            )
        return normalize(parts[0] + parts[1], dim=1)


def contrast(model: Model, pairs: Sequence[Pair]) -> torch.Tensor:
    """The symmetric InfoNCE loss with the other pairs of the batch as negatives (van den Oord and others, 2018)."""
    left, right = model.embed([a for a, _ in pairs]), model.embed([b for _, b in pairs])
    near = left @ right.T / TEMPERATURE
    own = torch.arange(len(pairs))
    return (cross_entropy(near, own) + cross_entropy(near.T, own)) / 2


def fit(model: Model, pairs: Pairs, steps: int, told: Callable[[int, float, float], None]) -> None:
    """Move the term rows for so many steps; `told` gets the step and the losses of passages and of synonyms."""
    optimizer = torch.optim.SparseAdam([model.terms], lr=LEARNING_RATE)
    for step in range(1, steps + 1):
        for group in optimizer.param_groups:
            group["lr"] = LEARNING_RATE * min(1, step / WARMUP_STEPS) * (1 - (1 - LAST_RATE) * step / steps)
        passages = contrast(model, pairs.passages(BATCH) + pairs.paraphrases(PARAPHRASES))
        synonyms = contrast(model, pairs.synonyms(SYNONYMS))
        optimizer.zero_grad()
        (passages + SYNONYMS_WEIGHT * synonyms).backward()  # type: ignore[no-untyped-call]
        optimizer.step()  # type: ignore[no-untyped-call]
        told(step, float(passages.detach()), float(synonyms.detach()))
