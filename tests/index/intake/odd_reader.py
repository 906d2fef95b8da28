"""A reading process whose parsers misbehave, each in the way that its ending says."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from index import reading
from index.formats.entry import Document, Entry
from index.intake import worker


def _busy(document: Document) -> Iterator[Entry]:
    yield Entry("قبل أن يتوقف.")
    while True:
        pass


def _asleep(document: Document) -> Iterator[Entry]:
    time.sleep(600)
    yield Entry("")


def _greedy(document: Document) -> Iterator[Entry]:
    yield Entry(str(len(bytearray(1 << 34))))


def _broken(document: Document) -> Iterator[Entry]:
    os.kill(os.getpid(), signal.SIGSEGV)
    yield Entry("")


def _talkative(document: Document) -> Iterator[Entry]:
    print("\x1b[2J{}", flush=True)
    os.write(2, b"\x1b[2J")
    yield Entry(f"{os.getpid()} {document.data().decode()}")


def _writing(document: Document) -> Iterator[Entry]:
    Path(document.data().decode()).write_text("a")
    yield Entry("كُتب.")


def main(memory: int) -> None:
    """As the real one."""
    reading._READERS |= {
        ".busy": _busy,
        ".asleep": _asleep,
        ".greedy": _greedy,
        ".broken": _broken,
        ".talkative": _talkative,
        ".writing": _writing,
    }
    worker.main(memory)
