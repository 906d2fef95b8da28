"""The process that reads documents for the one that indexes, within limits that end it where it takes too much.

A request is a line of JSON, and behind it the document's bytes where it lies in no file. The answer is a line for each
origin and problem, and one that ends it. Neither side runs anything that the other one sent.
"""

import json
import os
import signal
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from index.formats.entry import Document
from index.reading import read_document
from index.storage.library import Origin

try:
    import resource
except ImportError:  # where there is none, only the time is limited, by who waits
    resource = None  # type: ignore[assignment]

_TIRED = 4
"""A process that took this part of its memory once is not asked again: parsers may keep what they took."""


def main(memory: int) -> None:
    """Answer requests on standard input until it ends, within so many bytes of memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who waits, and that one closes the input
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):  # what a parser prints is none of our answer, nor for the user's terminal
        os.dup2(nowhere, stream)
    _limit("RLIMIT_AS", memory)
    _limit("RLIMIT_FSIZE", 0)  # reading writes no file
    _limit("RLIMIT_CORE", 0)
    while line := requests.readline():
        request = json.loads(line)
        for answer in _answers(request, requests):
            answers.write(json.dumps(answer).encode() + b"\n")
            answers.flush()
            _allow(request["seconds"])
        answers.write(json.dumps({"end": _peak() * _TIRED > memory}).encode() + b"\n")
        answers.flush()


def _answers(request: dict[str, Any], stream: BinaryIO) -> Iterator[dict[str, Any]]:
    _allow(request["seconds"])
    document = _document(request, stream)
    for item in read_document(document, request["key"]):
        yield {"origin": _row(item)} if isinstance(item, Origin) else {"problem": asdict(item)}


def _row(origin: Origin) -> dict[str, Any]:
    original = origin.original and b64encode(origin.original).decode()
    return asdict(origin) | {"original": original}


def _document(request: dict[str, Any], stream: BinaryIO) -> Document:
    name, ending, names = request["name"], request["ending"], request["names"]
    if (path := request["path"]) is not None:
        return Document(name, ending, lambda: Path(path).open("rb"), names)
    return Document.of_bytes(name, ending, stream.read(request["size"]), names, request["address"])


def _limit(name: str, most: int) -> None:
    """Set a limit where the system has it, and lets us; a lower one that holds already stays."""
    if resource is not None:
        kind: Any = getattr(resource, name, None)
        with suppress(TypeError, ValueError, OSError):
            _, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _allow(seconds: int) -> None:
    """Let so many further seconds of computing pass; the system then ends the process."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit("RLIMIT_CPU", int(used.ru_utime + used.ru_stime) + 1 + seconds)


def _peak() -> int:
    """Bytes of memory that the process had at most.

    Linux counts in `ru_maxrss` what the process that started it had: a large one would be followed by a tired one.
    """
    with suppress(OSError, StopIteration, ValueError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
    if resource is None:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
