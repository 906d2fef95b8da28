"""What a run is given: files and folders' files, standard input, addresses."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from index.errors import InputError
from index.formats.entry import Problem
from index.reading import read_document, read_file
from index.storage.library import Origin

if TYPE_CHECKING:
    from index.intake.fetching import Fetcher


class Intake(AbstractContextManager["Intake"]):
    """Reads one file or address after the other; what it needs for the next it keeps until it is closed."""

    def __init__(self, names: Mapping[str, str], *, private: bool = False) -> None:
        """`names` are the user's own names of fields; `private` lets it fetch from this machine and its network."""
        self._names, self._private = names, private
        self._fetcher: Fetcher | None = None

    def read(self, named: Path | str) -> Iterator[Origin | Problem]:
        """The articles of a file, or of what a str as an address answers; what cannot be read as Problems."""
        if isinstance(named, str):
            yield from self._read_page(named)
        else:
            yield from read_file(named, self._names)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close connections."""
        if self._fetcher is not None:
            self._fetcher.close()

    def _read_page(self, address: str) -> Iterator[Origin | Problem]:
        from index.intake.fetching import Fetcher
        from index.intake.pages import page_document

        try:
            self._fetcher = self._fetcher or Fetcher(private=self._private)
            document = page_document(address, self._fetcher.fetch(address), self._names)
        except InputError as error:
            yield Problem(address, str(error))
        else:
            yield from read_document(document, address)
