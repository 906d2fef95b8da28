"""What readers thought of answers, kept beside the articles that they came from; nothing about the readers."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.errors import InputError
from index.storage.database import Database

Verdict = Literal["good", "bad"]
REASONS = ("wrong", "off", "missing", "source", "refused", "other")
"""Why an answer was bad: untrue, not about the question, incomplete, from the wrong source, or refused without need."""

MOST = 100_000
"""Ratings of one library: strangers may rate, and it must not grow without end."""
_TABLE = """
CREATE TABLE IF NOT EXISTS ratings (
    id TEXT PRIMARY KEY,
    rated_at TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT,
    note TEXT,
    question TEXT NOT NULL,
    answer TEXT NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Rating:
    """One reader's verdict on one answer."""

    verdict: Verdict
    question: str
    answer: str
    """JSON in the shape of `isnad ask --json`."""
    rated_at: str
    """UTC, ISO 8601."""
    reason: str | None = None
    """One of `REASONS`, of a bad answer."""
    note: str | None = None


class Ratings:
    """The table of a library. One made without it gets it with its first rating; nothing else of it changes."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, rating: Rating, id_: str = "") -> str:
        """Keep a rating, in the place of the one of this id if it is there; returns the id by which it is known."""
        with self._db.transaction():
            self._db.rows(_TABLE)
            if not self._db.one("SELECT 1 FROM ratings WHERE id = ?", (id_,)):
                if self._db.one("SELECT count(*) FROM ratings")[0] >= MOST:
                    raise InputError(f"The library keeps {MOST:,} ratings and takes no more.")
                id_ = secrets.token_hex(8)
            row = (id_, rating.rated_at, rating.verdict, rating.reason, rating.note, rating.question, rating.answer)
            self._db.insert("INSERT OR REPLACE INTO ratings VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return id_

    def drop(self, id_: str) -> None:
        """Forget a rating, if it is there."""
        if self._are_there():
            self._db.insert("DELETE FROM ratings WHERE id = ?", (id_,))

    def all(self) -> Iterator[tuple[str, Rating]]:
        """Every rating with its id, the oldest first."""
        columns = "verdict, question, answer, rated_at, reason, note"
        query = f"SELECT id, {columns} FROM ratings ORDER BY rated_at, id"
        for id_, *row in self._db.rows(query) if self._are_there() else ():
            yield id_, Rating(*row)

    def _are_there(self) -> bool:
        return self._db.one("SELECT 1 FROM sqlite_master WHERE name = 'ratings'") is not None
