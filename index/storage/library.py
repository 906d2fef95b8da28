"""The library in SQLite: the one truth. Articles, where each was read from, passages and their vectors."""

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.errors import InputError, LibraryError
from index.storage.database import Database
from index.storage.migrations import SCHEMA_VERSION, bring_up_to_date
from index.storage.originals import Originals
from index.storage.ratings import Ratings
from index.text.matching import name_key
from index.types import Article, Passage, Vectors

FILE = "library.sqlite"
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE articles (id TEXT PRIMARY KEY, text TEXT NOT NULL, details TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE origins (
    key TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    article_id TEXT NOT NULL,
    details TEXT NOT NULL
);
CREATE INDEX origins_by_article ON origins (article_id);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX passages_by_article ON passages (article_id);
"""
_DETAILS = ("title", "source", "url", "author", "published", "path", "external_id")


@dataclass(frozen=True, slots=True)
class Origin:
    """One place an article was read from: a file, or a row of one. The same text may stand in several."""

    key: str
    """The file where it was named, with the row's id where a file holds many."""
    file: str
    article: Article
    original: bytes | None = None
    """The packed text as it came, where reading changed it; None as well of an origin that comes from the store."""


class Library:
    """An open library. Readers and one writer at a time (who holds `index.storage.deriving.writing`)."""

    def __init__(self, folder: Path, database: Database, chroma: str = "") -> None:
        self.folder, self.chroma = folder, chroma
        self._db = database
        self.originals, self.ratings = Originals(database), Ratings(database)
        bring_up_to_date(database, folder)

    @classmethod
    def create(cls, folder: Path, chroma: str = "") -> "Library":
        """Open the library of a folder, making both where missing. Raises LibraryError where that is not allowed.

        `chroma` is the address of the Chroma server that keeps the vectors; "" for the library's own folder.
        """
        schema = f"{_SCHEMA} INSERT INTO meta VALUES ('schema', '{SCHEMA_VERSION}');"
        library = cls(folder, Database.create(folder, FILE, schema), chroma)
        library.originals.prepare()
        return library

    @classmethod
    def open(cls, folder: Path, chroma: str = "") -> "Library":
        """Open an existing library, also one that may only be read. Raises LibraryError where there is none."""
        database = Database.open(folder, FILE) if (folder / FILE).is_file() else None
        if database is None or not database.one("SELECT 1 FROM sqlite_master WHERE name = 'meta'"):
            raise LibraryError(f"No library at {folder}. Run `isnad index PATH --store {folder}`.")
        return cls(folder, database, chroma)

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All writes inside happen, or none."""
        return self._db.transaction()

    def copy_to(self, file: Path) -> None:
        """Write the library as it stands at this moment into another file, whatever others write meanwhile."""
        self._db.copy_to(file)

    def check(self) -> None:
        """Raise LibraryError where the file is damaged."""
        self._db.check()

    # ------------------------------------------------------------ marks

    def meta(self, key: str) -> str | None:
        """A remembered setting, such as the encoder's name."""
        row = self._db.one("SELECT value FROM meta WHERE key = ?", (key,))
        return None if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Remember a setting."""
        self._db.insert("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (key, value))

    @property
    def key(self) -> str:
        """What tells this library from others on a server; a restored one gets another."""
        if self.meta("key") is None:
            self.set_meta("key", secrets.token_hex(6))
        return self.meta("key") or ""

    @property
    def dirty(self) -> bool:
        """Whether a write to the derived indexes began and was never seen to end."""
        return self.meta("dirty") == "1"

    def mark(self, *, dirty: bool) -> None:
        """Set before a derived write begins, cleared after it; each clearing is a new generation for open readers."""
        self.set_meta("dirty", "1" if dirty else "0")
        if not dirty:
            self.set_meta("generation", str(self.generation + 1))

    def forget_derived(self) -> None:
        """Let the derived indexes be made anew, as if there had never been any."""
        with self.transaction():
            self._db.insert("DELETE FROM meta WHERE key IN ('derived', 'files', 'key')", ())
            self.mark(dirty=True)

    @property
    def generation(self) -> int:
        """Grows with every finished write."""
        return int(self.meta("generation") or 0)

    # ------------------------------------------------------------ articles and origins

    def origins(self) -> dict[str, Origin]:
        """Every origin by its key, articles without their text."""
        rows = self._db.rows("SELECT key, file, article_id, details FROM origins")
        return {key: Origin(key, file, Article(id_, "", **json.loads(d))) for key, file, id_, d in rows}

    def put_origin(self, origin: Origin) -> None:
        """Add or replace where an article was read from."""
        row = (origin.key, origin.file, origin.article.id, _details(origin.article))
        self._db.insert("INSERT OR REPLACE INTO origins VALUES (?, ?, ?, ?)", row)
        if origin.original is not None:
            self.originals.put(origin.key, origin.original)

    def drop_origins(self, keys: Iterable[str]) -> None:
        """Forget origins; articles left without one are the caller's to remove."""
        self._db.many("DELETE FROM origins WHERE key = ?", [(key,) for key in keys])

    def origin_details(self, article_id: str) -> Article | None:
        """The article as its first origin (in the order of keys) names it, without text; None where it has none."""
        row = self._db.one("SELECT details FROM origins WHERE article_id = ? ORDER BY key LIMIT 1", (article_id,))
        return None if row is None else Article(article_id, "", **json.loads(row[0]))

    def put_article(self, article: Article) -> None:
        """Store an article that is not there yet."""
        self._db.insert("INSERT INTO articles VALUES (?, ?, ?)", (article.id, article.text, _details(article)))

    def put_passages(self, passages: Sequence[Passage], vectors: Vectors) -> list[int]:
        """Store passages of stored articles with their vectors (rows in step); returns the ids given to them."""
        insert = 'INSERT INTO passages (article_id, start, "end", vector) VALUES (?, ?, ?, ?)'
        return [
            self._db.insert(insert, (p.article.id, p.start, p.end, vector.astype(np.float16).tobytes()))
            for p, vector in zip(passages, vectors, strict=True)
        ]

    def remove_article(self, article_id: str) -> list[int]:
        """Take an article and its passages out; returns the ids of the passages that were there."""
        ids = [id_ for (id_,) in self._db.rows("SELECT id FROM passages WHERE article_id = ?", (article_id,))]
        self._db.insert("DELETE FROM articles WHERE id = ?", (article_id,))
        return ids

    def article(self, article_id: str) -> Article | None:
        """One article with its text."""
        row = self._db.one("SELECT id, text, details FROM articles WHERE id = ?", (article_id,))
        return None if row is None else Article(row[0], row[1], **json.loads(row[2]))

    def articles(self) -> Iterator[Article]:
        """Every article with its text, by path."""
        for (id_,) in self._db.rows("SELECT id FROM articles ORDER BY json_extract(details, '$.path'), id"):
            if (article := self.article(id_)) is not None:
                yield article

    def newest(self, most: int) -> list[Article]:
        """The latest articles by the day they state, undated ones last."""
        day = "json_extract(details, '$.published')"
        rows = self._db.rows(f"SELECT id FROM articles ORDER BY {day} IS NULL, {day} DESC, id LIMIT ?", (most,))
        return [article for (id_,) in rows if (article := self.article(id_))]

    def overview(self) -> list[tuple[Article, int]]:
        """Every article without its text, with the number of its passages."""
        rows = self._db.rows(
            "SELECT a.id, a.details, count(p.id) FROM articles a LEFT JOIN passages p ON p.article_id = a.id "
            "GROUP BY a.id"
        )
        return [(Article(id_, "", **json.loads(details)), count) for id_, details, count in rows]

    def origins_of(self, article_id: str) -> list[Origin]:
        """Where an article was read from, with its text: all that it takes to put it back."""
        article = self.article(article_id)
        rows = self._db.rows("SELECT key, file, details FROM origins WHERE article_id = ?", (article_id,))
        text = article.text if article else ""
        return [Origin(key, file, Article(article_id, text, **json.loads(details))) for key, file, details in rows]

    # ------------------------------------------------------------ passages

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """The passages of these ids, by id; ids that are gone are left out."""
        marks = ",".join("?" * len(ids))
        rows = self._db.rows(
            f'SELECT p.id, p.start, p."end", a.id, a.text, a.details FROM passages p JOIN articles a '
            f"ON a.id = p.article_id WHERE p.id IN ({marks})",
            list(ids),
        )
        articles: dict[str, Article] = {}
        for _, _, _, article_id, text, details in rows:
            if article_id not in articles:
                articles[article_id] = Article(article_id, text, **json.loads(details))
        return {id_: Passage(articles[article_id], start, end, id_) for id_, start, end, article_id, _, _ in rows}

    def batches(self, size: int) -> Iterator[tuple[list[Passage], Vectors]]:
        """Every passage with its vector, `size` at a time, in order of id."""
        after = 0
        while True:
            rows = self._db.rows("SELECT id, vector FROM passages WHERE id > ? ORDER BY id LIMIT ?", (after, size))
            if not rows:
                return
            found = self.passages([id_ for id_, _ in rows])
            yield [found[id_] for id_, _ in rows], vectors_of([blob for _, blob in rows])
            after = rows[-1][0]

    def sample(self, most: int) -> list[Passage]:
        """At most so many passages, spread evenly over the library."""
        ids = [id_ for (id_,) in self._db.rows("SELECT id FROM passages ORDER BY id")]
        return list(self.passages(ids[:: max(1, -(-len(ids) // most))]).values()) if ids else []

    def set_vectors(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Replace vectors after the encoder changed."""
        rows = [(v.astype(np.float16).tobytes(), id_) for id_, v in zip(ids, vectors, strict=True)]
        self._db.many("UPDATE passages SET vector = ? WHERE id = ?", rows)

    def count(self, what: str = "passages") -> int:
        """How many `passages` or `articles` there are."""
        if what not in ("passages", "articles"):
            raise ValueError(what)
        return int(self._db.one(f"SELECT count(*) FROM {what}")[0])

    def vectors(self, ids: Sequence[int]) -> dict[int, Vectors]:
        """The stored vector of each passage, shape (dimensions,)."""
        marks = ",".join("?" * len(ids))
        rows = self._db.rows(f"SELECT id, vector FROM passages WHERE id IN ({marks})", list(ids))
        return {id_: np.frombuffer(blob, dtype=np.float16).astype(np.float32) for id_, blob in rows}

    def sources(self) -> list[str]:
        """The distinct sources of the articles, sorted, each in one spelling."""
        rows = self._db.rows("SELECT DISTINCT json_extract(details, '$.source') AS s FROM articles ORDER BY s DESC")
        return sorted({name_key(source): source for (source,) in rows if source}.values())

    def check_source(self, source: str | None) -> None:
        """Raise InputError where no article is of this source, however it is spelled."""
        if source is None or any(name_key(source) == name_key(known) for known in self.sources()):
            return
        listed = "، ".join(self.sources()[:20]) or "none"
        raise InputError(f"No article names the source {source!r}. Sources in this library: {listed}.")

    def undated(self, source: str | None = None) -> int:
        """How many articles (of a source, however it is spelled) have no date: a dated search leaves them out."""
        name = "json_extract(details, '$.source')"
        undated = "json_extract(details, '$.published') IS NULL"
        rows = self._db.rows(f"SELECT {name}, count(*) FROM articles WHERE {undated} GROUP BY 1")
        return sum(n for named, n in rows if source is None or name_key(named) == name_key(source))


def vectors_of(blobs: Sequence[bytes]) -> Vectors:
    """Stored vectors as float32 rows."""
    return np.stack([np.frombuffer(blob, dtype=np.float16) for blob in blobs]).astype(np.float32)


def _details(article: Article) -> str:
    return json.dumps({name: getattr(article, name) for name in _DETAILS}, ensure_ascii=False)
