"""Files read, chunked and embedded by Ray's workers, for the one writer. The only file that knows Ray.

Each worker reads as the writer would: within the limits of `Intake`, what is not trusted in a process of its own. What
they read comes back in the order of the files, so that the library is the same as without Ray. Standard input and
addresses are read by the writer.
"""

import logging
import os
import pickle
import re
import secrets
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout, suppress
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from index.errors import IsnadError, WorkerError
from index.formats.entry import Problem
from index.intake.intake import Intake
from index.preparing import prepared
from index.reading import STANDARD_INPUT
from index.storage.library import Origin
from index.types import Encoder

ADDRESS = re.compile(r"(\[[\da-fA-F:.]+\]|[^\s/:]+):\d{1,5}")
"""Of a cluster, as `ray start --head` prints it."""
PATIENCE_S = 30.0
"""Until an address has shown that a cluster is there."""
_STARTS = 3
"""How often a Ray of our own is started: it gives itself half a minute, which a busy machine may not keep."""
_TO_READ, _TO_PREPARE = 0.5, 1.0
"""Cores that a task is counted as: one that reads waits for its process most of the time."""
_RETRIES = 3
"""How often a task is begun again whose worker was lost."""
_ENDS_WITHIN_S = 5.0
"""Until Ray's own threads have let go: one that asks a Ray that is gone takes the process down."""
_MOST_READS = 1_000
"""Tasks that read: more files than that share them, and with them the process that reads what is not trusted."""
_ARTICLES_A_ROW, _BYTES_A_BLOCK = 32, 1 << 20
"""What is handed on at a time: little, so that many workers prepare what one reads from a large file."""
_SHARED_MEMORY = 512 * 2**20
"""Bytes of a Ray of our own, for what waits for the writer."""
_AGAIN = "What was written is kept; run the same command to go on."
_Row = dict[str, Any]
Load = Callable[[str], Encoder]
"""Makes the encoder of a name; a function of a module, which workers import."""


@contextmanager
def ray_workers(address: str, load: Load, embedding: str) -> Iterator["Workers"]:
    """The workers of the cluster at an address (host:port), or with "" of a Ray of our own, which ends with the block.

    Raises WorkerError where Ray is not installed, is not at the address or does not start.
    """
    quiet = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_AUTO_CONNECT": "0"}
    alone = {
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # no cluster, so that all of it listens on 127.0.0.1 alone
        "RAY_AUTH_MODE": "token",  # and takes nothing from other users of this machine
        "RAY_AUTH_TOKEN": secrets.token_hex(32),
    }
    settings = _environment(quiet if address else quiet | alone)
    with settings, TemporaryDirectory(prefix="isnad-", ignore_cleanup_errors=True) as folder:
        try:
            import ray
            import ray.data
        except ImportError as error:
            raise WorkerError(
                f"--ray needs an extra that is not installed: pip install 'isnad[ray]' ({error})"
            ) from error
        for name in ("ray", "ray.data"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        own: _Row = {"include_dashboard": False, "object_store_memory": _SHARED_MEMORY, "_temp_dir": folder}
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):  # where Ray prints what workers met with
            try:
                _start(address, {"address": address} if address else own)
                yield Workers(load, embedding)
            finally:
                ray.shutdown()


class Workers:
    """What `index_paths` takes as `spread`."""

    def __init__(self, load: Load, embedding: str) -> None:
        self._load, self._embedding = load, embedding

    @contextmanager
    def __call__(self, intake: Intake, files: list[Path | str], known: set[str]) -> Iterator["Results"]:
        """Reads these files in this order; articles of a `known` id come without their passages."""
        import ray

        apart = [(number, file) for number, file in enumerate(files) if _is_apart(file)]
        if not apart:
            yield Results(intake, files, iter(()))
            return
        many = -(-len(apart) // _MOST_READS)
        groups = [{"files": pickle.dumps(apart[at : at + many])} for at in range(0, len(apart), many)]
        where = {"folder": Path.cwd(), "names": dict(intake.names)}
        how = {"load": self._load, "embedding": self._embedding, "known": ray.put(frozenset(known))}
        with warnings.catch_warnings():  # Ray takes the number of retries until 2.64, and pyproject.toml no later one
            warnings.simplefilter("ignore", DeprecationWarning)
            rows = ray.data.from_items(groups, override_num_blocks=len(groups))
            rows = rows.flat_map(_read, fn_kwargs=where, num_cpus=_TO_READ, max_retries=_RETRIES)
            rows = rows.map(_prepare, fn_kwargs=how, num_cpus=_TO_PREPARE, max_retries=_RETRIES)
        rows.context.execution_options.preserve_order = True
        rows.context.enable_progress_bars = rows.context.print_on_execution_start = False
        rows.context.target_max_block_size = _BYTES_A_BLOCK
        before, read = set(threading.enumerate()), iter(rows.iter_rows())
        try:
            yield Results(intake, files, read)
        finally:
            read.close()  # ends what still runs, while there is a Ray to end it on
            deadline = time.monotonic() + _ENDS_WITHIN_S
            for thread in set(threading.enumerate()) - before:
                thread.join(max(0.0, deadline - time.monotonic()))


class Results:
    """Reads like an Intake, in the order of the files: what the workers read of one, or what is only here."""

    def __init__(self, here: Intake, files: list[Path | str], rows: Iterator[_Row]) -> None:
        self._here, self._rows = here, rows
        self._numbers = iter([n for n, file in enumerate(files) if _is_apart(file)])

    def read(self, named: Path | str) -> Iterator[Origin | Problem]:
        """The articles of the next of the files; what cannot be read as Problems. Raises WorkerError."""
        if not _is_apart(named):
            yield from self._here.read(named)
            return
        number, last = next(self._numbers), False
        while not last:
            row = self._next()
            if row["number"] != number:
                raise WorkerError(f"Ray lost what its workers read of {named}. {_AGAIN}")
            last = row["last"]
            yield from pickle.loads(row["items"])

    def _next(self) -> _Row:
        try:
            row = next(self._rows)
        except StopIteration as error:
            raise WorkerError(f"Ray ended before all files were read. {_AGAIN}") from error
        except Exception as error:  # of Ray and of what it is made of
            raise WorkerError(f"Ray's workers failed ({_reason(error)}). {_AGAIN}") from error
        if row["failed"]:
            raise WorkerError(f"A worker of Ray failed: {row['failed']} {_AGAIN}")
        return row


def _is_apart(file: Path | str) -> bool:
    """Whether workers read it: a file that lies where they see it too."""
    return isinstance(file, Path) and file != STANDARD_INPUT


def _start(address: str, options: _Row) -> None:
    import ray

    if address:
        _check(address)
    for left in reversed(range(1 if address else _STARTS)):
        try:
            ray.init(log_to_driver=False, logging_level=logging.CRITICAL, **options)
            return
        except Exception as error:
            ray.shutdown()
            if left:
                continue
            what = f"cannot be used from this machine, which has to belong to it ({_reason(error)})"
            named = f"The Ray at {address} {what}" if address else f"Ray does not start ({_reason(error)})"
            raise WorkerError(f"{named}. Nothing was changed.") from error


def _check(address: str) -> None:
    """Raise WorkerError where no cluster answers. Another process asks, as Ray itself waits for minutes."""
    command = [sys.executable, "-P", "-m", "ray.scripts.scripts", "health-check", "--address", address]
    with suppress(subprocess.TimeoutExpired):
        if not subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=False).returncode:
            return
    raise WorkerError(
        f"No Ray of this version answers at {address}. Is `ray start --head` running there? Without an address, --ray "
        "starts one here."
    )


def _reason(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


@contextmanager
def _environment(names: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


# ------------------------------------------------------------ what workers do


def _read(row: _Row, folder: Path, names: Mapping[str, str]) -> Iterator[_Row]:
    """The articles of a few files, a few a row; the last row of a file is marked."""
    os.chdir(folder)  # where the writer is: a file is named as it was there
    with Intake(names) as intake:
        for number, file in pickle.loads(row["files"]):
            items = intake.read(file)
            last = False
            while not last:
                part = list(islice(items, _ARTICLES_A_ROW))
                last = len(part) < _ARTICLES_A_ROW
                yield {"number": number, "last": last, "items": pickle.dumps(part), "failed": ""}


def _prepare(row: _Row, load: Load, embedding: str, known: Any) -> _Row:
    """The same row with each new article chunked and embedded."""
    try:
        encoder, there = _encoder(load, embedding), _known(known)
        items = [
            prepared(item, encoder) if isinstance(item, Origin) and item.article.id not in there else item
            for item in pickle.loads(row["items"])
        ]
        return row | {"items": pickle.dumps(items)}
    except IsnadError as error:
        return row | {"items": b"", "failed": str(error)}


@cache  # for as long as the worker lives
def _encoder(load: Load, embedding: str) -> Encoder:
    return load(embedding)


@cache
def _known(known: Any) -> frozenset[str]:
    import ray

    return frozenset(ray.get(known))
