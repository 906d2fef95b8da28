"""Faults that strike a process while it writes a library, or the library's files while nobody does."""

import errno
import os
import random
import resource
import signal
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from index.types import Encoder, Vectors

_READING = ("SELECT", "PRAGMA", "BEGIN")
_WRITES = ("execute", "executemany", "add_document", "delete_documents_by_term", "commit", "add", "delete", "upsert")
DAY = 86_400


class Writes:
    """Counts what a process writes through SQLite, Tantivy and Chroma; at the one chosen, the fault strikes."""

    def __init__(self, at: int = -1, strike: Callable[[str], None] = lambda vendor: None) -> None:
        self.count, self._at, self._strike = 0, at, strike

    def watch(self) -> None:
        """From now on every writing call of this process is seen. For a process that ends soon."""
        from index.storage import database
        from index.storage.terms import TermIndex
        from index.storage.vectors import VectorIndex

        connect, open_writer, opened = database._connect, TermIndex._open_writer, VectorIndex.__init__

        def watched_connect(address: str) -> Any:
            return _Watched(connect(address), self, "sqlite")

        def watched_writer(index: TermIndex) -> Any:
            if not isinstance(index._writer, _Watched):
                index._writer = _Watched(open_writer(index), self, "tantivy")  # type: ignore[assignment]
            return index._writer

        def watched_collection(index: VectorIndex, *args: Any) -> None:
            opened(index, *args)
            index._collection = _Watched(index._collection, self, "chroma")

        patch.object(database, "_connect", watched_connect).start()
        patch.object(TermIndex, "_open_writer", watched_writer).start()
        patch.object(VectorIndex, "__init__", watched_collection).start()

    def seen(self, vendor: str) -> None:
        """One more write is about to happen."""
        self.count += 1
        if self.count - 1 == self._at:
            self._strike(vendor)


class _Watched:
    """Stands for a vendor's object, and tells of each writing call before it happens."""

    def __init__(self, inner: Any, writes: Writes, vendor: str) -> None:
        self._inner, self._writes, self._vendor = inner, writes, vendor

    def __getattr__(self, name: str) -> Any:
        inner = getattr(self._inner, name)
        if name not in _WRITES:
            return inner

        def call(*args: Any, **named: Any) -> Any:
            if not (self._vendor == "sqlite" and str(args[0]).lstrip().upper().startswith(_READING)):
                self._writes.seen(self._vendor)
            return inner(*args, **named)

        return call


def kill(vendor: str) -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail(vendor: str) -> None:
    """What each vendor raises when the disk gives an error."""
    if vendor == "sqlite":
        raise sqlite3.OperationalError("disk I/O error")
    if vendor == "tantivy":
        raise ValueError("An IO error occurred: 'Input/output error (os error 5)'")
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def limit_files(most: int) -> None:
    """From now on no file of this process grows past so many bytes: to who writes it, the disk is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


class FailingEncoder:
    """An embedding model that runs out of memory at one of its calls."""

    def __init__(self, inner: Encoder, at: int) -> None:
        self._inner, self._left = inner, at
        self.name, self.dimensions, self.weight = inner.name, inner.dimensions, inner.weight

    def encode(self, texts: Sequence[str], *, is_question: bool = False) -> Vectors:
        """The inner model's rows, or RuntimeError."""
        self._left -= 1
        if self._left < 0:
            raise RuntimeError("CUDA error: out of memory")
        return self._inner.encode(texts, is_question=is_question)


# ---------------------------------------------------------------- of files, while nobody writes


def _derived_file(store: Path, random_: random.Random) -> Path:
    files = [file for file in sorted(store.glob("derived-*/**/*")) if file.is_file() and file.stat().st_size]
    return random_.choice(files)


def truncate(store: Path, random_: random.Random) -> None:
    """Take the end off a derived file."""
    file = _derived_file(store, random_)
    os.truncate(file, random_.randrange(file.stat().st_size))


def flip(store: Path, random_: random.Random) -> None:
    """Change some bytes of a derived file."""
    file = _derived_file(store, random_)
    content = bytearray(file.read_bytes())
    for _ in range(random_.choice((1, 8, 64))):
        content[random_.randrange(len(content))] ^= random_.randrange(1, 256)
    file.write_bytes(content)


def set_clock_back(store: Path, random_: random.Random) -> None:
    """Make every file one of the future, as it is after the clock went back a day or a year."""
    later = time.time() + random_.choice((1, 365)) * DAY
    for file in store.rglob("*"):
        os.utime(file, (later, later))
