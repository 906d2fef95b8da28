"""The vector arm, in Chroma. The only file that knows Chroma."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings

from index.errors import LibraryError
from index.storage.terms import date_number
from index.text.matching import name_key
from index.types import Filters, Passage, Vectors

_COLLECTION = "passages"
_BATCH = 2_000  # rows an insert; Chroma refuses more than about 5,400


class VectorIndex:
    """Passages by their vectors, cosine distance.

    Chroma's HNSW files do not survive a kill during a write, so `index.storage.deriving` marks the library dirty before
    one and makes this index anew from SQLite where the mark was left.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            self._client: Any = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
            self._collection: Any = self._client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 100}}
            )

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever Chroma raises (its own kinds, sqlite3's, its Rust core's) becomes one line."""
        try:
            yield
        except Exception as error:
            raise LibraryError(
                f"The vector index at {self._folder} cannot be used ({str(error).splitlines()[0][:200]}). "
                "Run `isnad index --rebuild`."
            ) from error

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Add passages under their ids; vectors of shape (passages, dimensions) in step with them."""
        for at in range(0, len(passages), _BATCH):
            part = passages[at : at + _BATCH]
            details = [
                {"published": date_number(p.article.published), "source": name_key(p.article.source)} for p in part
            ]
            with self._told():
                self._collection.add(
                    ids=[str(p.id) for p in part], embeddings=vectors[at : at + _BATCH], metadatas=details
                )

    def remove(self, ids: Sequence[int]) -> None:
        """Take passages out."""
        for at in range(0, len(ids), _BATCH):
            with self._told():
                self._collection.delete(ids=[str(id_) for id_ in ids[at : at + _BATCH]])

    def count(self) -> int:
        """Passages in the index."""
        with self._told():
            return int(self._collection.count())

    def search(self, vector: Vectors, k: int, filters: Filters) -> list[tuple[int, float]]:
        """At most k (passage id, cosine), best first; `vector` has shape (1, dimensions)."""
        if k < 1 or not vector.any():
            return []
        with self._told():
            found = self._collection.query(
                query_embeddings=vector, n_results=k, where=_where(filters), include=["distances"]
            )
        return [(int(id_), 1.0 - d) for id_, d in zip(found["ids"][0], found["distances"][0], strict=True)]


def _where(filters: Filters) -> dict[str, Any] | None:
    clauses: list[dict[str, Any]] = []
    if filters.since or filters.until:
        clauses.append({"published": {"$gte": date_number(filters.since) or 1}})
    if filters.until:
        clauses.append({"published": {"$lte": date_number(filters.until)}})
    if filters.source:
        clauses.append({"source": {"$eq": name_key(filters.source)}})
    return {"$and": clauses} if len(clauses) > 1 else clauses[0] if clauses else None
