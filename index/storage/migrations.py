"""Libraries of earlier versions, brought to this one's schema.

Each step is one transaction: a process that is killed meanwhile leaves the library as it was, and the next one that
opens it does the step again. Steps mark the library dirty, so that the derived indexes are made anew afterwards.
"""

import json
from collections.abc import Callable
from pathlib import Path

from index.errors import LibraryError
from index.storage.database import Database
from index.storage.identity import article_id

SCHEMA_VERSION = "2"


def bring_up_to_date(database: Database, folder: Path) -> None:
    """Run the steps that a library lacks. Raises LibraryError for one of a later version, or where nobody may write."""
    while (version := _version(database)) != SCHEMA_VERSION:
        if version not in _STEPS:
            raise LibraryError(
                f"The library at {folder} was made by another version of isnad. Index into another --store."
            )
        try:
            with database.transaction():
                if _version(database) == version:  # else another process was faster
                    after, step = _STEPS[version]
                    step(database)
                    _set(database, "dirty", "1")
                    _set(database, "schema", after)
        except LibraryError as error:
            raise LibraryError(
                f"The library at {folder} was made by an earlier isnad and cannot be brought up to date now: {error}"
            ) from error


def _known_by_source(database: Database) -> None:
    """1 → 2: one text from two sources was one article; it becomes one of each, known by text and source."""
    database.rows("PRAGMA defer_foreign_keys = ON")
    for (old,) in database.rows("SELECT id FROM articles"):
        text, details = database.one("SELECT text, details FROM articles WHERE id = ?", (old,))
        origins = database.rows("SELECT key, details FROM origins WHERE article_id = ? ORDER BY key", (old,))
        first = article_id(text, json.loads(details)["source"])
        made = {first}
        for key, stated in origins:
            new = article_id(text, json.loads(stated)["source"])
            database.insert("UPDATE origins SET article_id = ? WHERE key = ?", (new, key))
            if new not in made:
                made.add(new)
                database.insert("INSERT INTO articles VALUES (?, ?, ?)", (new, text, stated))
                database.insert(
                    'INSERT INTO passages (article_id, start, "end", vector) '
                    'SELECT ?, start, "end", vector FROM passages WHERE article_id = ? ORDER BY id',
                    (new, old),
                )
        if first != old:
            database.insert("UPDATE articles SET id = ? WHERE id = ?", (first, old))
            database.insert("UPDATE passages SET article_id = ? WHERE article_id = ?", (first, old))


_STEPS: dict[str | None, tuple[str, Callable[[Database], None]]] = {"1": ("2", _known_by_source)}


def _version(database: Database) -> str | None:
    row = database.one("SELECT value FROM meta WHERE key = 'schema'")
    return None if row is None else str(row[0])


def _set(database: Database, key: str, value: str) -> None:
    database.insert("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
