"""The index run: what changed is read, chunked, embedded and written; what is gone is removed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from index.errors import InputError, LibraryError
from index.formats.entry import Problem
from index.intake.intake import Intake
from index.preparing import passages_of
from index.reading import ENDINGS, STANDARD_INPUT, WINDOWS, find_files, origin_key
from index.storage.deriving import (
    Derived,
    check_encoder,
    embed_again,
    open_for_writing,
    rebuild,
    settle,
    writing,
)
from index.storage.library import FILE, Library, Origin
from index.types import Article, Encoder, Passage, Vectors

INDEXED = "indexed"
"""The library's mark that an index run has ended once."""
_ARTICLES_A_BATCH = 512

Progress = Callable[[int, int, int], None]
"""Called with (files done, files in all, articles read)."""


class Reading(Protocol):
    """Reads the files of a run one after the other, as `Intake` does."""

    def read(self, named: Path | str) -> Iterator[Origin | Problem]:
        """The articles of a file or an address; what cannot be read as Problems."""
        ...


Spread = Callable[[Intake, list[Path | str], set[str]], AbstractContextManager[Reading]]
"""Who reads the files of a run: knows them all in advance, and the ids of the articles that the library has."""


def here(intake: Intake, files: list[Path | str], known: set[str]) -> AbstractContextManager[Reading]:
    """This process reads."""
    return nullcontext(intake)


@dataclass(slots=True)
class Report:
    """What an index run did, counted in articles."""

    new: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """Files and rows that could not be read."""
        return sum(problem.kind == "failed" for problem in self.problems)

    def lines(self, most: int = 20) -> list[str]:
        """What must be told: every failure, and the first warnings and skipped files with a count of the rest."""
        told = [f"failed: {p}" for p in self.problems if p.kind == "failed"]
        for kind in ("warning", "skipped"):
            minor = [p for p in self.problems if p.kind == kind]
            told += [f"{kind}: {p}" for p in minor[:most]]
            if len(minor) > most:
                told.append(f"{kind}: … and {len(minor) - most} more")
        return told

    def summary(self) -> str:
        """The one line that ends a run."""
        counts = (("new", self.new), ("changed", self.changed), ("same", self.same), ("removed", self.removed))
        return "articles: " + ", ".join(f"{n} {what}" for what, n in (*counts, ("failed", self.failed)))


def index_paths(
    folder: Path,
    paths: Iterable[Path | str],
    encoder: Encoder,
    *,
    again: bool = False,
    names: Mapping[str, str] | None = None,
    private: bool = False,
    patience: float = 0,
    chroma: str = "",
    spread: Spread = here,
    progress: Progress = lambda done, files, articles: None,
) -> Report:
    """Bring the library of `folder` in step with the files at `paths`; it is made where there is none.

    A str is an address to fetch; `private` lets it be one of this machine or its network. `again` makes the derived
    indexes anew, and embeds again where the encoder changed; `names` are the files' own names of our fields; `patience`
    is how many seconds another writer is waited for, `chroma` the server that keeps the vectors; `spread` lets others
    read for this process, which writes the same in the same order. What cannot be read is in the Report.
    Raises LibraryError, and InputError where there is nothing to do at any path; then nothing was changed.
    """
    report, roots = Report(), list(paths)
    files = _files(folder, roots, report)  # before the store is touched: a wrong path leaves no empty library behind
    with writing(folder, patience), closing(Library.create(folder, chroma)) as library:
        run = _Run(library, _prepare(library, encoder, again=again), encoder, report)
        with Intake(names or {}, private=private) as intake, spread(intake, files, run.articles) as reading:
            run.read(files, reading, progress)
        run.drop_missing([root for root in roots if isinstance(root, Path)])
        run.finish()
    return report


def remove_articles(folder: Path, ids: Iterable[str], chroma: str = "", patience: float = 0) -> int:
    """Take articles out of the library; returns how many. Raises LibraryError for an unknown id, removing nothing."""
    with writing(folder, patience), closing(Library.open(folder, chroma)) as library:
        wanted = set(ids)
        missing = sorted(id_ for id_ in wanted if library.article(id_) is None)
        if missing:
            raise LibraryError(
                f"No article {', '.join(missing)} in the library at {folder}. `isnad articles list` shows the ids."
            )
        derived = open_for_writing(library)
        with library.transaction():
            library.mark(dirty=True)
            library.drop_origins([key for key, origin in library.origins().items() if origin.article.id in wanted])
            gone = [passage for id_ in wanted for passage in library.remove_article(id_)]
        derived.apply(gone, (), np.empty((0, 0), dtype=np.float32))
        settle(library, derived)
        return len(wanted)


def put_back(folder: Path, origins: Iterable[Origin], encoder: Encoder, chroma: str = "", patience: float = 0) -> None:
    """Undo a removal: take in articles again as they were read, without their files. Raises LibraryError."""
    with writing(folder, patience), closing(Library.open(folder, chroma)) as library:
        run = _Run(library, _prepare(library, encoder, again=False), encoder, Report())
        run.take(origins)
        run.finish()


def _prepare(library: Library, encoder: Encoder, *, again: bool) -> Derived:
    if again and library.meta("encoder") not in (None, encoder.name):
        embed_again(library, encoder)
    check_encoder(library, encoder)
    library.set_meta("encoder", encoder.name)
    return rebuild(library) if again else open_for_writing(library)


def _files(folder: Path, roots: list[Path | str], report: Report) -> list[Path | str]:
    """The files at all roots, each once. A root without any is a failure, unless the library has articles from it."""
    files: dict[str, Path | str] = {}
    failures = []
    for root in roots:
        if isinstance(root, str):
            files.setdefault(root, root)
            continue
        try:
            found, problems = find_files(root)
        except InputError as error:
            failures.append(Problem(str(root), str(error)))
            continue
        report.problems += problems
        if not found and not _had_articles(folder, root):
            failures.append(Problem(str(root), f"{root} holds no article file ({', '.join(ENDINGS)})."))
        for file in found:
            files.setdefault(origin_key(file), file)
    if failures and len(failures) == len(roots):
        raise InputError(" ".join(problem.why for problem in failures) + " Nothing was changed.")
    report.problems += failures
    return list(files.values())


def _had_articles(folder: Path, root: Path) -> bool:
    if not (folder / FILE).exists():
        return False
    with closing(Library.open(folder)) as library:
        return any(map(_below([root]), {origin.file for origin in library.origins().values()}))


def _below(roots: Iterable[Path]) -> Callable[[str], bool]:
    """Tells whether a file was read from one of the roots: the root itself, or a folder or a zip above it."""
    roots = [root for root in roots if root != STANDARD_INPUT]  # what was piped in once need not be piped in again
    exact, folders = {origin_key(root) for root in roots}, [root.resolve() for root in roots if root.is_dir()]
    packed = tuple(f"{root}/" for root in exact)
    return lambda file: file in exact or file.startswith(packed) or any(map(Path(file).is_relative_to, folders))


class _Run:
    """One pass over files: compares what is read with what the library has, and writes the difference."""

    def __init__(self, library: Library, derived: Derived, encoder: Encoder, report: Report) -> None:
        self._library, self._derived, self._encoder, self._report = library, derived, encoder, report
        self._known, self._originals = library.origins(), library.originals.known()
        self._seen: set[str] = set()
        self._windows: set[str] = set()
        self._pending: list[Origin] = []

    @property
    def articles(self) -> set[str]:
        """The ids of the articles that the library has."""
        return {origin.article.id for origin in self._known.values()}

    def read(self, files: list[Path | str], reading: Reading, progress: Progress) -> None:
        for done, file in enumerate(files):
            if isinstance(file, Path) and file.suffix.lower() in WINDOWS:
                self._windows.add(origin_key(file))
            for item in reading.read(file):
                if isinstance(item, Origin):
                    self._compare(item)
                    progress(done, len(files), len(self._seen))
                    continue
                self._report.problems.append(item)
        self._flush()
        progress(len(files), len(files), len(self._seen))

    def take(self, origins: Iterable[Origin]) -> None:
        for origin in origins:
            self._compare(origin)
        self._flush()

    def drop_missing(self, roots: list[Path]) -> None:
        """Forget what was read below the roots once and is there no more.

        What could not be read at all, a file or a folder that could not be listed, keeps what it had; so does a feed
        that is still there.
        """
        read = _below(roots)
        unread = _below(Path(problem.where) for problem in self._report.problems if problem.kind == "failed")
        missing = [o for key, o in self._known.items() if key not in self._seen and o.file not in self._windows]
        gone = [origin for origin in missing if read(origin.file) and not unread(origin.file)]
        if gone:
            self._report.removed += len(gone)
            self._write([], [origin.key for origin in gone], {origin.article.id for origin in gone})

    def finish(self) -> None:
        """Make everything durable and visible, remember that a run has ended, and close the indexes."""
        if self._library.dirty:
            settle(self._library, self._derived)
        else:
            self._derived.close()
        self._library.set_meta(INDEXED, "1")

    def _compare(self, origin: Origin) -> None:
        old = self._known.get(origin.key)
        now = replace(origin.article, text="")
        if origin.key in self._seen:
            self._report.same += 1  # the same text twice in one file
            return
        self._seen.add(origin.key)
        if origin.file.lower().endswith(WINDOWS):
            self._windows.add(origin.file)  # a feed in a zip
        if old is None:
            self._report.new += 1
        elif replace(old.article, path="") == replace(now, path=""):
            self._report.same += 1
            kept = origin.original is None or origin.key in self._originals
            if old.article == now and kept:
                return  # else it is only named from another folder, or was read before originals were kept
        else:
            self._report.changed += 1
        self._pending.append(origin)
        if len(self._pending) >= _ARTICLES_A_BATCH:
            self._flush()

    def _flush(self) -> None:
        if self._pending:
            before = {self._known[o.key].article.id for o in self._pending if o.key in self._known}
            self._write(self._pending, [], before | {origin.article.id for origin in self._pending})
            self._pending = []

    def _write(self, origins: list[Origin], gone: list[str], touched: set[str]) -> None:
        """Store and forget origins, then bring the articles they touch, and the derived indexes, in step."""
        texts = {origin.article.id: origin.article.text for origin in origins}
        removed: list[int] = []
        articles: list[Article] = []
        with self._library.transaction():
            self._library.mark(dirty=True)
            self._library.drop_origins(gone)
            for origin in origins:
                self._library.put_origin(origin)
            for id_ in sorted(touched):
                stored, wanted = self._library.article(id_), self._library.origin_details(id_)
                if wanted is not None:
                    wanted = replace(wanted, text=texts[id_] if stored is None else stored.text)
                if wanted != stored:
                    removed += self._library.remove_article(id_)
                    articles += [] if wanted is None else [wanted]
            passages, vectors = passages_of(articles, origins, self._encoder)
            added = self._store(articles, passages, vectors)
        self._derived.apply(removed, added, vectors.astype(np.float16).astype(np.float32))

    def _store(self, articles: list[Article], passages: list[Passage], vectors: Vectors) -> list[Passage]:
        for article in articles:
            self._library.put_article(article)
        ids = self._library.put_passages(passages, vectors)
        return [replace(passage, id=id_) for passage, id_ in zip(passages, ids, strict=True)]
