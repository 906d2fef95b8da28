"""A library as one file: a zip with a snapshot of its SQLite file, from which the derived indexes are made anew."""

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from index.errors import LibraryError
from index.storage.deriving import open_for_writing, writing
from index.storage.library import FILE, Library

_COMMENT = b"isnad backup"
_UNFINISHED = ".isnad-"
_ENDINGS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside its file; of a library that was deleted, they may have been left."""


def back_up(folder: Path, file: Path) -> int:
    """Write the library as it stands at this moment into a new file; returns how many articles it holds.

    Other processes may read and write meanwhile. Raises LibraryError where the file is there already, cannot be
    written, or the library is damaged; then no file is left.
    """
    if file.exists():
        raise LibraryError(f"{file} is there already, and is not overwritten. Name another file.")
    with closing(Library.open(folder)) as library, _told(f"The backup {file} cannot be written"), _beside(file) as here:
        library.copy_to(here / FILE)
        with closing(Library.open(here)) as copy:
            copy.check()
            articles = copy.count("articles")
        with zipfile.ZipFile(here / file.name, "x", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.comment = _COMMENT
            archive.write(here / FILE, FILE)
        _sync(here / file.name)
        if file.exists():
            raise LibraryError(f"{file} was made by another process meanwhile, and is not overwritten.")
        (here / file.name).rename(file)
    return articles


def restore(file: Path, folder: Path, chroma: str = "") -> int:
    """Make the library of a backup in a folder that has none; returns how many articles it holds.

    Raises LibraryError where the folder holds a library already, or the file is no backup or damaged; then there is no
    library afterwards either.
    """
    if not file.is_file():
        raise LibraryError(f"No backup at {file}. `isnad backup FILE` makes one.")
    _refuse_library(folder)
    with _told(f"{file} is damaged or cannot be read"), _opened(file) as archive, writing(folder):
        _refuse_library(folder)
        for left in folder.glob(f"{_UNFINISHED}*"):  # by a restore that was killed
            shutil.rmtree(left, ignore_errors=True)
        with _beside(folder / FILE) as here:
            with archive.open(FILE) as packed, (here / FILE).open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked, 1 << 20)  # the zip's checksum is looked at on the way
            articles = _prepare(here)
            for ending in _ENDINGS:
                (folder / f"{FILE}{ending}").unlink(missing_ok=True)
            (here / FILE).rename(folder / FILE)
        with closing(Library.open(folder, chroma)) as library:
            open_for_writing(library).close()
    return articles


def _prepare(folder: Path) -> int:
    """Check what was unpacked, and forget the derived indexes that it had where it came from."""
    with closing(Library.open(folder)) as library:
        library.check()
        library.forget_derived()
        articles = library.count("articles")
    _sync(folder / FILE)
    return articles


def _refuse_library(folder: Path) -> None:
    if (folder / FILE).exists():
        raise LibraryError(f"There is a library at {folder} already, and it is not overwritten. Name another --store.")


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A folder for what is not whole yet, on the disk where the file will be."""
    with TemporaryDirectory(dir=file.absolute().parent, prefix=_UNFINISHED) as folder:
        yield Path(folder)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    with file.open("rb") as stream:
        if stream.read(4) != b"PK\x03\x04":
            raise LibraryError(f"{file} is no backup of isnad. `isnad backup FILE` makes one.")
    with zipfile.ZipFile(file) as archive:
        if FILE not in archive.namelist() or archive.comment != _COMMENT:
            raise LibraryError(f"{file} is no backup of isnad. `isnad backup FILE` makes one.")
        yield archive


@contextmanager
def _told(what: str) -> Iterator[None]:
    """What the disk, the zip or its compression raise becomes one line."""
    try:
        yield
    except LibraryError:
        raise
    except Exception as error:
        reason = getattr(error, "strerror", None) or " ".join(str(error).split()) or type(error).__name__
        raise LibraryError(f"{what} ({reason}).") from error


def _sync(file: Path) -> None:
    with file.open("rb") as stream:
        os.fsync(stream.fileno())
