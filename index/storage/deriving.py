"""The indexes derived from the library (terms and vectors): opened, checked, made anew.

What makes a kill harmless at any point: SQLite takes a change together with the dirty mark in one transaction, then the
derived indexes take it, and only when both hold everything does the mark go. Whoever opens a marked library makes both
anew from SQLite, in a new folder, so that nobody's open index is pulled away.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IsnadError, LibraryError, ModelError, ServerError
from index.storage.fingerprint import fingerprint, intact
from index.storage.library import Library
from index.storage.terms import TermIndex, indexed_text
from index.storage.vectors import VectorIndex
from index.types import Encoder, Filters, Passage, Vectors

_BATCH = 2_000  # passages in memory at a time during a rebuild


@dataclass(frozen=True, slots=True)
class Derived:
    """The two derived indexes, open; without vectors for a reader beside a writer (see `open_for_reading`)."""

    terms: TermIndex
    vectors: VectorIndex | None
    why: str = ""
    """Why there are no vectors, where a server does not answer."""

    def count(self) -> int:
        """Passages in both; -1 where they differ."""
        terms = self.terms.count()
        return terms if self.vectors is not None and self.vectors.count() == terms else -1

    def apply(self, removed: Sequence[int], added: Sequence[Passage], vectors: Vectors) -> None:
        """Take passages out and add others; visible after `commit`."""
        if self.vectors is None:
            raise LibraryError("The indexes were opened beside a writer, for reading alone.")
        self.terms.remove(removed)
        self.vectors.remove(removed)
        self.terms.add(added)
        self.vectors.add(added, vectors)

    def commit(self) -> None:
        """Make what was applied durable and visible."""
        self.terms.commit()

    def close(self) -> None:
        """Let go of the files."""
        if self.vectors is not None:
            self.vectors.close()


@contextmanager
def writing(folder: Path, patience: float = 0) -> Iterator[None]:
    """Hold the one writer's place.

    Raises LibraryError where nobody may write, or another process has the place for more than `patience` seconds.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "write.lock", timeout=patience)
        lock.acquire()
    except Timeout as error:
        raise LibraryError(
            f"Another process is writing to the library at {folder}. Try again when it has ended."
        ) from error
    except OSError as error:
        reason = error.strerror or error
        raise LibraryError(
            f"The store {folder} cannot be written ({reason}). Name another one with --store."
        ) from error
    try:
        yield
    finally:
        lock.release()


def open_for_reading(library: Library, *, read_all: bool = False) -> Derived:
    """The derived indexes, made anew first where a write was cut short, one is damaged, or counts differ.

    `read_all` looks at each byte and each vector, which takes as long as reading the library. Where another process is
    writing, or nobody may write, they cannot be made: then the terms as they were last committed serve alone, and the
    library's own vectors rank what they find.
    """
    try:
        sound = _sound(library, read_all=read_all)
        if sound is not None:
            return sound
        with writing(library.folder):
            return open_for_writing(library, read_all=read_all)  # another process may have mended it meanwhile
    except LibraryError as error:
        if library.meta("derived") is None:
            raise
        return terms_alone(library, str(error) if isinstance(error, ServerError) else "")


def terms_alone(library: Library, why: str = "") -> Derived:
    """The term index without the vectors: Tantivy may be read beside a writer, Chroma may not."""
    terms = TermIndex(_folder(library) / "terms")
    if not terms.count():
        raise LibraryError(f"The library at {library.folder} is being filled. Try again when `isnad index` has ended.")
    return Derived(terms, None, why)


def open_for_writing(library: Library, *, read_all: bool = False) -> Derived:
    """The same for a caller that holds `writing`."""
    return _sound(library, read_all=read_all) or rebuild(library)


def rebuild(library: Library) -> Derived:
    """Make both indexes anew from SQLite, without embedding. The caller holds `writing`."""
    number = int(library.meta("derived") or 0) + 1
    folder = library.folder / f"derived-{number}"
    shutil.rmtree(folder, ignore_errors=True)  # what a killed rebuild left
    derived = _open(library, number, fresh=True)
    for passages, vectors in library.batches(_BATCH):
        derived.apply((), passages, vectors)
    settle(library, derived, number)
    for old in library.folder.glob("derived-*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    return _open(library, number)


def settle(library: Library, derived: Derived, number: int | None = None) -> None:
    """Make a derived write durable, close the indexes, and take the dirty mark away. The caller holds `writing`.

    What the files are then is remembered: Chroma does not sync its own, and reading one that lost its end to a power
    cut can take the process down, so such an index must be known before it is opened.
    """
    derived.commit()
    if library.chroma and derived.vectors is not None:
        derived.vectors.settle(library.generation + 1)
    derived.close()
    before = library.meta("files") if number is None else None
    number = int(library.meta("derived") or 0) if number is None else number
    files = fingerprint(library.folder / f"derived-{number}", before)
    with library.transaction():
        library.set_meta("derived", str(number))
        library.set_meta("files", files)
        library.set_meta("vectors", library.chroma)
        library.mark(dirty=False)


def embed_again(library: Library, encoder: Encoder) -> None:
    """Replace every stored vector by another encoder's. The caller holds `writing` and rebuilds afterwards."""
    with library.transaction():
        library.mark(dirty=True)
        for passages, _ in library.batches(_BATCH):
            vectors = embedded(encoder, passages)
            library.set_vectors([passage.id for passage in passages], vectors)
        library.set_meta("encoder", encoder.name)


def embedded(encoder: Encoder, passages: Sequence[Passage]) -> Vectors:
    """The vectors of passages, rows in step. Raises ModelError for whatever the model raises."""
    try:
        return encoder.encode([indexed_text(passage) for passage in passages])
    except IsnadError:
        raise
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise ModelError(
            f"The embedding model {encoder.name} failed on {len(passages)} passages ({reason}). What was written "
            "before is kept; run the same command to go on."
        ) from error


def check_encoder(library: Library, encoder: Encoder) -> None:
    """Raise LibraryError where the library holds another encoder's vectors."""
    stored = library.meta("encoder")
    if stored is not None and stored != encoder.name:
        raise LibraryError(
            f"The library at {library.folder} was embedded with {stored}, and ISNAD_EMBEDDING names {encoder.name}. "
            f"Run `isnad index --rebuild --store {library.folder}` to embed it again."
        )


def _sound(library: Library, *, read_all: bool = False) -> Derived | None:
    folder, moved = _folder(library), library.chroma != (library.meta("vectors") or "")
    if library.dirty or moved or not intact(folder, library.meta("files"), read_all=read_all):
        return None
    try:
        vectors = _vectors(library, library.meta("derived"))
        if vectors is None:
            return None  # the server came back empty
        if library.chroma and vectors.generation != library.generation:
            vectors.close()
            return None  # or with what it held long ago
        terms = TermIndex(folder / "terms")
    except ServerError:
        raise
    except LibraryError:
        return None  # made anew by the caller
    derived = Derived(terms, vectors)
    try:
        for _, probe in library.batches(1):
            vectors.search(probe, 1, Filters())  # a count alone does not read the HNSW files
            break
        held = derived.count() == library.count()
        if held and read_all:
            held = all(vectors.holds(passages, rows) for passages, rows in library.batches(_BATCH))
        if held:
            return derived
    except ServerError:
        derived.close()
        raise  # one that is slow has lost nothing
    except LibraryError:
        pass
    derived.close()
    return None


def _folder(library: Library) -> Path:
    return library.folder / f"derived-{library.meta('derived')}"


def _open(library: Library, number: int, *, fresh: bool = False) -> Derived:
    """Both indexes, the vectors first: where they are on a server, it may be away."""
    vectors = _vectors(library, number, fresh=fresh)
    return Derived(TermIndex(library.folder / f"derived-{number}" / "terms"), vectors)


def _vectors(library: Library, number: int | str | None, *, fresh: bool = False) -> VectorIndex | None:
    if library.chroma:
        return VectorIndex.on_server(library.chroma, f"isnad-{library.key}-{number}", fresh=fresh)
    return VectorIndex(library.folder / f"derived-{number}" / "vectors")
