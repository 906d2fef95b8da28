"""What models that read two texts are given, and what they make of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Sentences of an article that stand together, under its headline."""

    title: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    """The offsets of each in `text`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model that read a question and a sentence makes of them."""

    probability: float
    """In [0, 1], that the sentence answers."""
    span: tuple[int, int] | None = None
    """The part that answers, as offsets in the sentence; None from a model that points at nothing."""


class Reader(Protocol):
    """Reads a question and sentences together; slower and sharper than a model over features."""

    name: str

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[Reading | None]]:
        """One Reading a sentence of each excerpt; None where it lies beyond what the model can read."""
        ...


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a model that read a claim with its quotes makes of them."""

    odds: float
    """Log-odds that the quotes bear the claim out."""
    kind: str
    """What is likeliest to be wrong, if anything is: "figure", "name", "negation" …"""
