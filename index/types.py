"""The nouns of the index: articles, their passages, and the two protocols behind which vendors stay."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""Shape (texts, dimensions); every row has length 1, or 0 for a text without known words."""


@dataclass(frozen=True, slots=True)
class Article:
    """A news article as it was read. `text` is what citations quote; `title` is matched, never quoted."""

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    """`YYYY-MM-DD`, or None where nobody states it."""
    path: str = ""
    external_id: str | None = None

    def to_dict(self) -> dict[str, str | None]:
        """The article in the shape that `isnad articles show --json` prints."""
        row = {"article_id": self.id, "external_id": self.external_id, "title": self.title, "source": self.source}
        row |= {"url": self.url, "author": self.author, "published": self.published}
        return row | {"path": self.path, "text": self.text}


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article: `article.text[start:end] == text`."""

    article: Article = field(repr=False)
    start: int
    end: int
    id: int = 0
    """The library's number for it; 0 before it is stored."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.article.text):
            raise ValueError(f"passage {self.start}:{self.end} lies outside article {self.article.id}")

    @property
    def text(self) -> str:
        """The exact words."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage that the retriever found, with what each arm thought of it."""

    passage: Passage
    score: float
    """Fused score, higher is better; comparable within one question only."""
    term_score: float = 0.0
    """BM25 of the term arm, 0 where that arm did not find it."""
    vector_score: float = 0.0
    """Cosine of the vector arm in [-1, 1]."""
    coverage: float = 0.0
    """Share in [0, 1] of the question's content words, weighted by rarity, that the passage holds."""
    copies: tuple[Passage, ...] = ()
    """Passages of other articles that carry the same report in the same words."""


@dataclass(frozen=True, slots=True)
class Arms:
    """What both arms found for a question, by passage id."""

    wordings: Sequence[str]
    """The question, and its Arabic wording where it was not asked in Arabic."""
    terms: dict[int, float]
    """BM25 of the passages that the term arm found, best first."""
    near: dict[int, float]
    """Cosine of those that the vector arm found, nearest first."""
    fused: dict[int, float]
    """The score from both arms of all these, before the second look."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to. Dates are `YYYY-MM-DD` and inclusive; an undated article fails any date filter."""

    since: str | None = None
    until: str | None = None
    source: str | None = None

    def __bool__(self) -> bool:
        return bool(self.since or self.until or self.source)


class Encoder(Protocol):
    """Turns texts into vectors. `name` is remembered by the library, which refuses vectors of another encoder."""

    name: str
    dimensions: int
    weight: float
    """What its nearest passage adds to the best BM25 score, which counts 1."""

    def encode(self, texts: Sequence[str], *, is_question: bool = False) -> Vectors:
        """One row a text; models with separate query and passage prompts look at `is_question`."""
        ...


class Retriever(Protocol):
    """Finds passages for a question."""

    def retrieve(self, question: str, k: int, filters: Filters) -> list[ScoredPassage]:
        """At most k passages, best first."""
        ...


class Reranker(Protocol):
    """Reads a question and passages together; slower and sharper than either arm."""

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers, higher is better; comparable within one question only."""
        ...
