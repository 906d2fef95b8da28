"""The library as its tab shows it: its articles, and what is added and taken out, by a process of its own.

Another process writes, so that readers are answered meanwhile; `Assistant` follows it as it follows `isnad index`.
"""

import hashlib
import multiprocessing
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from index.addresses import is_address
from index.building import Report, index_paths, put_back, remove_articles
from index.errors import InputError, LibraryError
from index.reading import ENDINGS
from index.storage.library import Library, Origin
from index.storage.ratings import Rating
from index.text.arabic import fold
from index.types import Article, Encoder

ORDERS = ("date", "title", "source", "passages")
ADDED = "added"
"""The folder of the library in which files that came through the page are kept."""
PATIENCE_S = 60.0
"""Seconds that another writer is waited for."""
MOST_REMOVED = 100
"""Articles whose removal can be undone, the last ones."""
_LONGEST_NAME = 120

Build = Callable[[], Encoder]
"""Makes the library's encoder in the process that writes; it has to bear pickling."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An article without its text."""

    article: Article
    passages: int


class Collection:
    """A library that is looked through and changed. Close it, to end the process that writes."""

    def __init__(self, folder: Path, encoder: Build, chroma: str = "", *, private: bool = False) -> None:
        """`chroma` is the server that keeps the vectors, if one does; `private` as `index_paths` has it."""
        self._folder, self._encoder, self._chroma, self._private = folder, encoder, chroma, private
        self._removed: dict[str, list[Origin]] = {}
        self._lock = threading.Lock()
        self._writer: ProcessPoolExecutor | None = None

    def close(self) -> None:
        """End the process that writes."""
        if self._writer is not None:
            self._writer.shutdown(cancel_futures=True)

    def listed(self, words: str = "", order: str = "date") -> list[Listed]:
        """The articles whose title, source or file holds all the words, in an order (the latest first by date)."""
        with closing(Library.open(self._folder, self._chroma)) as library:
            every = [Listed(article, passages) for article, passages in library.overview()]
        wanted = fold(words).split()
        found = [one for one in every if all(word in _names(one.article) for word in wanted)]
        return sorted(found, key=_key(order))

    def add(self, name: str, data: bytes) -> Report:
        """Index a file by its name and bytes, which are kept beside the library. Raises IsnadError."""
        name = PurePath(name.replace("\\", "/")).name.strip(". ")
        ending = PurePath(name).suffix.lower()
        if ending not in ENDINGS:
            raise InputError(f"cannot read {ending or 'a file without an ending'}; known: {', '.join(ENDINGS)}.")
        stem = "".join(char if char.isprintable() else "_" for char in PurePath(name).stem)[:_LONGEST_NAME]
        # Two files of one name are two articles; the same file again is the same.
        file = self._folder / ADDED / hashlib.sha256(data).hexdigest()[:12] / f"{stem}{ending}"
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        except OSError as error:
            raise LibraryError(f"The file cannot be kept beside the library ({error.strerror}).") from error
        report: Report = self._write(_add, file)
        self._forget_files({file.resolve()})  # where nothing in it could be read
        return report

    def fetch(self, address: str) -> Report:
        """Index what one address answers: a page, a feed or a file. Raises IsnadError."""
        address = address.strip()
        if not address:
            raise InputError("name an address, such as https://example.org/news.")
        report: Report = self._write(_fetch, (address if is_address(address) else f"https://{address}", self._private))
        return report

    def remove(self, article_id: str) -> None:
        """Take an article out; it can be put back. Raises LibraryError where it is not there."""
        with closing(Library.open(self._folder, self._chroma)) as library:
            origins = library.origins_of(article_id)
        self._write(_remove, article_id)
        self._forget_files({Path(origin.file) for origin in origins})
        with self._lock:
            self._removed[article_id] = origins
            while len(self._removed) > MOST_REMOVED:
                self._removed.pop(next(iter(self._removed)))

    def undo(self, article_id: str) -> None:
        """Put back what was taken out. Raises LibraryError where nobody remembers it."""
        with self._lock:
            origins = self._removed.pop(article_id, None)
        if not origins:
            raise LibraryError("This article was removed too long ago. Add its file again.")
        self._write(_put_back, origins)

    def rate(self, rating: Rating | None, id_: str) -> str:
        """Keep what a reader thinks of an answer, in the place of the rating `id_`, or forget that one.

        Returns the id of the one that is kept. Raises IsnadError.
        """
        with closing(Library.open(self._folder, self._chroma)) as library:
            if rating is not None:
                return library.ratings.put(rating, id_)
            library.ratings.drop(id_)
            return ""

    def elsewhere(self, work: Callable[[], Any]) -> Any:
        """What some work makes of the library, done by the process that writes, so that readers do not wait for it."""
        return self._submitted(work)

    def _forget_files(self, files: set[Path]) -> None:
        """Delete what came through the page and holds no other article."""
        with closing(Library.open(self._folder, self._chroma)) as library:
            used = {Path(origin.file) for origin in library.origins().values()}
        for file in files - used:
            if file.is_relative_to(self._folder.resolve() / ADDED):
                file.unlink(missing_ok=True)
                with suppress(OSError):
                    file.parent.rmdir()  # unless another file lies there

    def _write(self, work: Callable[..., Any], what: Any) -> Any:
        return self._submitted(work, self._folder, self._encoder, self._chroma, what)

    def _submitted(self, work: Callable[..., Any], *given: Any) -> Any:
        with self._lock:
            if self._writer is None:
                # A fresh process: a fork would share the open indexes of this one.
                context, deaf = multiprocessing.get_context("spawn"), (signal.SIGINT, signal.SIG_IGN)
                self._writer = ProcessPoolExecutor(1, context, initializer=signal.signal, initargs=deaf)
        return self._writer.submit(work, *given).result()


def _add(folder: Path, encoder: Build, chroma: str, file: Path) -> Report:
    return index_paths(folder, [file], encoder(), patience=PATIENCE_S, chroma=chroma)


def _fetch(folder: Path, encoder: Build, chroma: str, what: tuple[str, bool]) -> Report:
    address, private = what
    return index_paths(folder, [address], encoder(), private=private, patience=PATIENCE_S, chroma=chroma)


def _remove(folder: Path, encoder: Build, chroma: str, article_id: str) -> None:
    remove_articles(folder, [article_id], patience=PATIENCE_S, chroma=chroma)


def _put_back(folder: Path, encoder: Build, chroma: str, origins: Sequence[Origin]) -> None:
    put_back(folder, origins, encoder(), patience=PATIENCE_S, chroma=chroma)


def _names(article: Article) -> str:
    return fold(" ".join(filter(None, (article.title, article.source, PurePath(article.path).name))))


def _key(order: str) -> Callable[[Listed], Any]:
    """What the articles are sorted by; those that lack it come last."""

    def key(one: Listed) -> tuple[Any, ...]:
        article = one.article
        by: dict[str, tuple[Any, ...]] = {
            "title": (fold(article.title or PurePath(article.path).name),),
            "source": (not article.source, fold(article.source or "")),
            "passages": (-one.passages,),
            "date": (not article.published, *(-ord(char) for char in article.published or "")),
        }
        return (*by.get(order, by["date"]), article.id)

    return key
