"""The passages of articles and their vectors: made for the writer when it asks, or by others before it does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.chunking import chunk
from index.storage.deriving import embedded
from index.storage.library import Origin
from index.types import Article, Encoder, Passage, Vectors


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared(Origin):
    """An origin whose article is chunked and embedded already."""

    spans: Sequence[tuple[int, int]]
    """(start, end) of each passage."""
    vectors: Vectors


def prepared(origin: Origin, encoder: Encoder) -> Prepared:
    """The origin with its article chunked and embedded. Raises ModelError for whatever the model raises."""
    passages = chunk(origin.article)
    return Prepared(
        origin.key,
        origin.file,
        origin.article,
        origin.original,
        spans=[(passage.start, passage.end) for passage in passages],
        vectors=embedded(encoder, passages),
    )


def passages_of(
    articles: Iterable[Article], origins: Iterable[Origin], encoder: Encoder
) -> tuple[list[Passage], Vectors]:
    """The passages of articles in order, and their vectors, rows in step; made here where no origin brings them.

    What is embedded is the title too, so that an article that another origin named differently is embedded here.
    """
    brought = {(o.article.id, o.article.title): o for o in origins if isinstance(o, Prepared)}
    passages: list[Passage] = []
    rows: dict[int, Vectors] = {}
    for article in articles:
        ready = brought.get((article.id, article.title))
        if ready is None:
            passages += chunk(article)
            continue
        rows |= enumerate(ready.vectors, start=len(passages))
        passages += [Passage(article, start, end) for start, end in ready.spans]
    missing = [at for at in range(len(passages)) if at not in rows]
    vectors = np.empty((len(passages), encoder.dimensions), dtype=np.float32)
    vectors[missing] = embedded(encoder, [passages[at] for at in missing])
    for at, row in rows.items():
        vectors[at] = row
    return passages, vectors
