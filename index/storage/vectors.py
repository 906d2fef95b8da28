"""The vector arm, in Chroma. The only file that knows Chroma."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.config import Settings
from chromadb.errors import NotFoundError

from index.errors import LibraryError, ServerError
from index.storage.terms import date_number
from index.text.matching import name_key
from index.types import Filters, Passage, Vectors

SERVER_PATIENCE_S = 10.0
"""Seconds that a Chroma server has for an answer."""
_COLLECTION = "passages"
_CREATED: dict[str, Any] = {
    "embedding_function": None,
    "configuration": {"hnsw": {"space": "cosine", "ef_search": 100}},
}
_REBUILD = "Run `isnad index --rebuild`."
_UNSET = "Start it with `chroma run`, or unset ISNAD_CHROMA to keep the vectors in the library's folder."
_ROUNDING = 2e-3  # Chroma makes rows of length 1 of what half precision left a little off
_BATCH = 1_000  # rows an insert; Chroma refuses more than about 5,400, and a server has SERVER_PATIENCE_S


class VectorIndex:
    """Passages by their vectors, cosine distance: in files of a folder, or on a Chroma server.

    Chroma's HNSW files do not survive a kill during a write, and a server may come back empty: `index.storage.deriving`
    marks the library dirty before a write, and makes this index anew from SQLite where the mark was left, or where what
    is found is not what was written last.
    """

    def __init__(self, folder: Path) -> None:
        self._told_as = f"The vector index at {folder} cannot be used ({{}}). {_REBUILD}"
        self._error: type[LibraryError] = LibraryError
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            self._client: Any = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
            self._collection: Any = self._client.get_or_create_collection(_COLLECTION, **_CREATED)

    @classmethod
    def on_server(cls, url: str, name: str, *, fresh: bool) -> "VectorIndex | None":
        """The index of this name on a Chroma server: an empty one if it shall be `fresh`; else None where it has none.

        Raises ServerError where the server does not answer within SERVER_PATIENCE_S, or not as Chroma does.
        """
        index = cls.__new__(cls)
        index._error = ServerError
        index._told_as = f"The Chroma server at {url} cannot be used ({{}}). {_UNSET}"
        with index._told():
            client = index._client = _connected(url)
            if fresh:
                with suppress(NotFoundError):
                    client.delete_collection(name)
                index._collection = client.create_collection(name, **_CREATED)
                return index
            with suppress(NotFoundError):
                index._collection = client.get_collection(name, embedding_function=None)
                return index
            client.close()
        return None

    def close(self) -> None:
        """Let go of the files, or of the connection."""
        self._client.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever Chroma raises (its own kinds, sqlite3's, httpx's, its Rust core's) becomes one line."""
        try:
            yield
        except Exception as error:
            timed_out = isinstance(error, httpx.TimeoutException)
            reason = f"no answer within {SERVER_PATIENCE_S:g} s" if timed_out else (str(error).splitlines() or [""])[0]
            raise self._error(self._told_as.format(reason[:200] or type(error).__name__)) from error

    @property
    def generation(self) -> int | None:
        """What `settle` left on the server; None where nothing was left."""
        found = (self._collection.metadata or {}).get("generation")
        return None if found is None else int(found)

    def settle(self, generation: int) -> None:
        """Remember on the server which write of the library this is, and drop what earlier rebuilds left there."""
        with self._told():
            self._collection.modify(metadata={"generation": generation})
            family, _, _ = self._collection.name.rpartition("-")
            for other in self._client.list_collections():
                if other.name.startswith(f"{family}-") and other.name != self._collection.name:
                    self._client.delete_collection(other.name)

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Add passages under their ids; vectors of shape (passages, dimensions) in step with them."""
        for at in range(0, len(passages), _BATCH):
            part = passages[at : at + _BATCH]
            details = [_details(p) for p in part]
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

    def holds(self, passages: Sequence[Passage], vectors: Vectors) -> bool:
        """Whether these passages are in the index with these vectors and details."""
        with self._told():
            got = self._collection.get(ids=[str(p.id) for p in passages], include=["embeddings", "metadatas"])
        rows = {int(id_): n for n, id_ in enumerate(got["ids"])}
        if rows.keys() != {p.id for p in passages}:
            return False
        order = [rows[p.id] for p in passages]
        details = [got["metadatas"][n] for n in order] == [_details(p) for p in passages]
        return details and np.allclose(np.asarray(got["embeddings"])[order], vectors, atol=_ROUNDING)

    def search(self, vector: Vectors, k: int, filters: Filters) -> list[tuple[int, float]]:
        """At most k (passage id, cosine), best first; `vector` has shape (1, dimensions)."""
        if k < 1 or not vector.any():
            return []
        with self._told():
            found = self._collection.query(
                query_embeddings=vector, n_results=k, where=_where(filters), include=["distances"]
            )
        return [(int(id_), 1.0 - d) for id_, d in zip(found["ids"][0], found["distances"][0], strict=True)]


def _connected(url: str) -> Any:
    """A client whose every call gives up after SERVER_PATIENCE_S; Chroma's own waits for ever."""
    parts = urlsplit(url)
    httpx.get(f"{url}/api/v2/heartbeat", timeout=SERVER_PATIENCE_S).raise_for_status()
    secure = parts.scheme == "https"
    client = chromadb.HttpClient(
        parts.hostname or "",
        parts.port or (443 if secure else 80),
        ssl=secure,
        settings=Settings(anonymized_telemetry=False),
    )
    client._server._session.timeout = httpx.Timeout(SERVER_PATIENCE_S)  # type: ignore[attr-defined]
    return client


def _details(passage: Passage) -> dict[str, int | str]:
    article = passage.article
    return {"published": date_number(article.published), "source": name_key(article.source)}


def _where(filters: Filters) -> dict[str, Any] | None:
    clauses: list[dict[str, Any]] = []
    if filters.since or filters.until:
        clauses.append({"published": {"$gte": date_number(filters.since) or 1}})
    if filters.until:
        clauses.append({"published": {"$lte": date_number(filters.until)}})
    if filters.source:
        clauses.append({"source": {"$eq": name_key(filters.source)}})
    return {"$and": clauses} if len(clauses) > 1 else clauses[0] if clauses else None
