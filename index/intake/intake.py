"""What a run is given: files and folders' files, standard input, addresses; each read where it can do no harm."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from index.errors import InputError
from index.formats.entry import Document, Problem
from index.intake.apart import Limits, ReaderProcess
from index.reading import STANDARD_INPUT, origin_key, read_document, standard_input
from index.storage.library import Origin

if TYPE_CHECKING:
    from index.intake.fetching import Fetcher

_TEXTS = frozenset((".txt", ".md", ".markdown", ".json", ".jsonl", ".ndjson", ".csv", ".tsv"))
MOST_HARMLESS = 1 << 16
"""Bytes of a text that is read in this process: nothing in it unfolds, and what costs the square of so little is soon
over. Thousands of small files are read so without a word between two processes, and no process is started for them."""


class Intake(AbstractContextManager["Intake"]):
    """Reads one file or address after the other; what it needs for the next it keeps until it is closed."""

    def __init__(self, names: Mapping[str, str], *, private: bool = False, limits: Limits | None = None) -> None:
        """`names` are the user's own names of fields; `private` lets it fetch from this machine and its network."""
        self.names, self._private = names, private
        self._fetcher: Fetcher | None = None
        self._apart = ReaderProcess(limits)

    def read(self, named: Path | str) -> Iterator[Origin | Problem]:
        """The articles of a file, or of what a str as an address answers; what cannot be read as Problems."""
        try:
            if isinstance(named, str):
                document = self._page(named)
                yield from self._read(document, named, len(document.data()))
            elif named == STANDARD_INPUT:
                document = standard_input(self.names)
                yield from self._read(document, origin_key(named), len(document.data()))
            else:
                document, size = Document.of_file(named, self.names), named.stat().st_size
                yield from self._read(document, origin_key(named), size, str(named))
        except InputError as error:
            yield Problem(str(named), str(error))
        except OSError as error:
            yield Problem(str(named), f"cannot be read ({error.strerror or error})")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close connections, end the other process."""
        self._apart.close()
        if self._fetcher is not None:
            self._fetcher.close()

    def _read(self, document: Document, key: str, size: int, path: str | None = None) -> Iterator[Origin | Problem]:
        if document.ending in _TEXTS and size <= MOST_HARMLESS:
            return read_document(document, key)
        return self._apart.read(document, key, size, path)

    def _page(self, address: str) -> Document:
        from index.intake.fetching import Fetcher
        from index.intake.pages import page_document

        self._fetcher = self._fetcher or Fetcher(private=self._private)
        return page_document(address, self._fetcher.fetch(address), self.names)
