"""The texts of articles as they came, kept beside the ones that are quoted where reading changed anything."""

import zlib

from index.storage.database import Database

_TABLE = """
CREATE TABLE IF NOT EXISTS originals (
    origin TEXT PRIMARY KEY REFERENCES origins (key) ON DELETE CASCADE,
    text BLOB NOT NULL
)
"""


def packed(text: str) -> bytes:
    """A text as it is stored."""
    return zlib.compress(text.encode(errors="replace"))


class Originals:
    """The table of a library. One that was made without it gets it from its next writer; readers do without."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def prepare(self) -> None:
        """Make the table where it is missing."""
        self._db.rows(_TABLE)

    def put(self, origin: str, text: bytes) -> None:
        """Keep the packed text of a stored origin; it goes with the origin."""
        self._db.insert("INSERT OR REPLACE INTO originals VALUES (?, ?)", (origin, text))

    def known(self) -> set[str]:
        """The keys of the origins that have one."""
        return {key for (key,) in self._db.rows("SELECT origin FROM originals")} if self._are_there() else set()

    def of(self, article_id: str) -> str | None:
        """An article's text as its first origin (in the order of keys) had it; None where it is the quoted one."""
        row = self._are_there() and self._db.one(
            "SELECT text FROM origins LEFT JOIN originals ON origin = key WHERE article_id = ? ORDER BY key LIMIT 1",
            (article_id,),
        )
        return zlib.decompress(row[0]).decode() if row and row[0] is not None else None

    def _are_there(self) -> bool:
        return self._db.one("SELECT 1 FROM sqlite_master WHERE name = 'originals'") is not None
