"""An SQLite file. The only file that knows sqlite3: every failure of it is a LibraryError that names the folder."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from index.errors import LibraryError


class Database:
    """A connection whose every failure is a LibraryError that names the folder."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self._folder, self._connection = folder, connection

    @classmethod
    def create(cls, folder: Path, file: str, schema: str) -> "Database":
        """Open the file of a folder, making both where missing; a new one gets the schema."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            connection = _connect(str(folder / file))
            connection.execute("PRAGMA journal_mode = WAL")
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                connection.executescript(f"BEGIN; {schema} COMMIT;")
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(
                f"The store {folder} cannot be written ({error}). Name another one with --store."
            ) from error
        return cls(folder, connection)

    @classmethod
    def open(cls, folder: Path, file: str) -> "Database":
        """Open an existing file, also one that may only be read."""
        try:
            try:
                connection = _connect(str(folder / file))
            except sqlite3.OperationalError as error:
                if not error.sqlite_errorname.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
                    raise
                # Where nobody may write, nothing changes: SQLite need not lock, nor look for a log of changes.
                connection = _connect((folder / file).absolute().as_uri() + "?mode=ro&immutable=1")
            return cls(folder, connection)
        except sqlite3.Error as error:
            raise LibraryError(
                f"The library at {folder} cannot be read ({error}). Index the articles again into another --store."
            ) from error

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a statement."""
        with self._told():
            return self._connection.execute(sql, values).fetchall()

    def one(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first row, or None."""
        return next(iter(self.rows(sql, values)), None)

    def insert(self, sql: str, values: Sequence[Any]) -> int:
        """Run a statement that writes; the id of a row it inserted, else 0."""
        with self._told():
            return int(self._connection.execute(sql, values).lastrowid or 0)

    def many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each tuple of values."""
        with self._told():
            self._connection.executemany(sql, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside happen, or none."""
        self.rows("BEGIN IMMEDIATE")
        try:
            yield
            self.rows("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # a disk that is full has rolled back by itself
                self._connection.execute("ROLLBACK")
            raise

    def copy_to(self, file: Path) -> None:
        """Write all that is committed at this moment into a new file."""
        with self._told(), closing(sqlite3.connect(file)) as copy:
            self._connection.backup(copy)  # in one step: nobody's commit comes between its pages

    def check(self) -> None:
        """Raise LibraryError where the file's pages, or what its indexes say of its tables, do not fit together."""
        found = self.one("PRAGMA quick_check(1)")[0]
        if found != "ok":
            raise LibraryError(f"The library at {self._folder} is damaged ({' '.join(found.split())}).")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LibraryError(
                f"The library at {self._folder} cannot be used ({error}). Is the disk full, or the folder read-only?"
            ) from error


def _connect(address: str) -> sqlite3.Connection:
    # check_same_thread: the web chat answers from a pool of threads, and takes turns.
    uri = address.startswith("file:")
    connection = sqlite3.connect(address, uri=uri, isolation_level=None, check_same_thread=False, timeout=5)
    connection.executescript("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
    connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # what is no database shows it here
    return connection
