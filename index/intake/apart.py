"""Documents read in a process of its own: one that hangs, fills the memory or takes its parser down harms no other.

The process is started for the first document, and asked again for the next ones. It is no cell: it keeps accidents and
bombs out of ours, and is the user like ours.
"""

import json
import math
import os
import signal
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

from index.formats.entry import Document, Problem
from index.storage.library import Origin
from index.types import Article

_PATH_AND_RUN = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); import {0}; {0}.main(int(sys.argv[2]))"
"""With our own path, and -P: a module that lies in the current folder, among the articles, is nothing to us."""
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_PATIENCE, _LEAST_PATIENCE = 10, 60
"""Seconds that may pass for each of computing, and beside these: machines are busy, and the process has to start."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading may take."""

    seconds: int = 10
    """Of computing, from one article to the next."""
    seconds_a_megabyte: int = 10
    """Of the document, beside these: books in PDF have thousands of pages."""
    most_seconds: int = 600
    memory: int = 2 * 2**30
    """Bytes."""

    def seconds_for(self, size: int) -> int:
        """Seconds for a document of so many bytes."""
        return min(self.most_seconds, self.seconds + self.seconds_a_megabyte * (size >> 20))


class ReaderProcess:
    """Reads documents one after the other."""

    def __init__(self, limits: Limits | None = None, program: str = "index.intake.worker") -> None:
        self._limits, self._program = limits or Limits(), program
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: _Watch | None = None

    def read(self, document: Document, key: str, size: int, path: str | None) -> Iterator[Origin | Problem]:
        """The articles of a document of so many bytes, which is remembered by `key`, and lies at `path` or nowhere.

        Where reading it takes too much, or its parser takes the process down, that is its last problem.
        """
        seconds = self._limits.seconds_for(size)
        process, watch = self._started()
        request: dict[str, Any] = {"name": document.name, "ending": document.ending, "names": dict(document.names)}
        request |= {"key": key, "address": document.address, "seconds": seconds, "path": path, "size": size}
        assert process.stdin is not None and process.stdout is not None
        with suppress(BrokenPipeError):  # it is down already: why shows below
            process.stdin.write(json.dumps(request).encode() + b"\n" + (document.data() if path is None else b""))
            process.stdin.flush()
        while True:
            watch.deadline = time.monotonic() + _LEAST_PATIENCE + seconds * _PATIENCE
            line = process.stdout.readline()
            watch.deadline = math.inf
            if not line.endswith(b"\n"):
                break
            answer = json.loads(line)
            if "end" in answer:
                if answer["end"]:
                    self.close()
                return
            yield _item(answer)
        yield Problem(document.name, self._why_down(document.ending, seconds))

    def close(self) -> None:
        """End the process."""
        if self._process is not None and self._watch is not None:
            self._watch.over.set()
            self._process.kill()  # it holds nothing that could be lost
            self._process.communicate()
        self._process = self._watch = None

    def _started(self) -> tuple[subprocess.Popen[bytes], "_Watch"]:
        if self._process is None or self._watch is None:
            code = _PATH_AND_RUN.format(self._program)
            command = [sys.executable, "-P", "-c", code, json.dumps(sys.path), str(self._limits.memory)]
            pipe, environment = subprocess.PIPE, os.environ | _ONE_THREAD
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment)
            self._watch = _Watch(self._process)
            self._watch.start()
        return self._process, self._watch

    def _why_down(self, ending: str, seconds: int) -> str:
        assert self._process is not None and self._watch is not None
        status, late = self._process.wait(), self._watch.late
        self.close()
        try:
            name = signal.Signals(-status).name
        except ValueError:
            name = f"status {status}"
        if late or name == "SIGXCPU":
            return (
                f"took more than {seconds} seconds to read, the most that is allowed for a file of its size; left out"
            )
        if name == "SIGKILL":
            return "could not be read to its end: the system ended the process that read it (out of memory?)"
        return f"made the parser of {ending[1:].upper()} break down ({name}); left out"


class _Watch(Thread):
    """Ends a process that is waited for too long."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self._process = process
        self.deadline, self.late, self.over = math.inf, False, Event()

    def run(self) -> None:
        while not self.over.wait(0.2):
            if time.monotonic() > self.deadline:
                self.late = True
                self._process.kill()
                return


def _item(answer: dict[str, Any]) -> Origin | Problem:
    if "problem" in answer:
        return Problem(**answer["problem"])
    row = answer["origin"]
    original = row["original"] and b64decode(row["original"])
    return Origin(row["key"], row["file"], Article(**row["article"]), original)
