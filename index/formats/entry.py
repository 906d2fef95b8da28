"""What every reader of a format takes and gives: a Document; entries, which become articles, and problems."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from index.errors import InputError
from index.text.cleaning import clean, unescaped, unwrapped
from index.text.markup import without_markup
from index.text.visual_order import turned

MOST_BYTES = 256 * 2**20
"""Of a file that is read as a whole; rows of JSONL are read one by one, and a file of them may have any size."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reader of the run must be told: `file` or `file:line`, and why."""

    where: str
    why: str
    kind: str = "failed"
    """`failed`: not read; `skipped`: not meant to be read; `warning`: read, with something left out."""

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


@dataclass(frozen=True, slots=True)
class Document:
    """A file as its reader sees it, whether it lies in a folder, in a zip or came from standard input."""

    name: str
    """As problems name it."""
    ending: str
    """`.txt` of a.TXT; "" of a name without one."""
    open: Callable[[], BinaryIO]
    names: Mapping[str, str] = field(default_factory=dict)
    """The user's own name for a field: {"text": "corpo"}."""
    address: str | None = None
    """Where it was fetched from."""

    @classmethod
    def of_file(cls, file: Path, names: Mapping[str, str]) -> "Document":
        """A file of a folder."""
        return cls(str(file), file.suffix.lower(), lambda: file.open("rb"), names)

    @classmethod
    def of_bytes(
        cls, name: str, ending: str, data: bytes, names: Mapping[str, str], address: str | None = None
    ) -> "Document":
        """What was read already."""
        return cls(name, ending, lambda: io.BytesIO(data), names, address)

    def data(self) -> bytes:
        """All of it. Raises InputError for more than MOST_BYTES."""
        with self.open() as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise InputError(f"is larger than {MOST_BYTES >> 20} MB, the most that is read of one file; split it")
        return data


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as a format's reader found it."""

    text: str
    stated: Mapping[str, Any] = field(default_factory=dict)
    """Whatever else the format states, by its own field names."""
    place: str = ""
    """Where in the file, as problems name it: `:3` for a row; "" where the file is the article."""
    external_id: str | None = None
    first_line_is_title: bool = False
    """Whether a short first line serves as the title where none is stated."""
    original: str | None = None
    """The text as it came, before what is no part of it was undone."""


Reader = Callable[[Document], Iterator[Entry | Problem]]
"""Reads a format. Raises InputError, or whatever its library raises, where the document as a whole cannot be read."""


def prose(text: str) -> str:
    """A text without what is no part of it: tags, entities, escapes, hard wraps; in the order of reading."""
    return clean(unwrapped(turned(clean(without_markup(unescaped(clean(text)))))))


def holds_text(text: str) -> bool:
    """Whether there is anything to quote."""
    return any(char.isalnum() for char in text)


def refuse_surrogates(text: str) -> None:
    """Raise InputError for half a character, which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"holds half a character (a lone surrogate at {error.start})") from error
