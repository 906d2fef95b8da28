"""The library that every fault strikes: its files before and after, a run in a process of its own, and what is left."""

import json
import os
import shutil
import signal
import time
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.health import examine
from assistant.settings import Settings
from eval.benchmarks.striking import Writes
from index import building
from index.errors import IsnadError
from index.static import load_background
from index.storage.library import Library
from index.types import Encoder

ARTICLES_A_BATCH = 4
"""So that a run over a few articles has several transactions."""
BEFORE, AFTER = range(24), range(6, 40)
"""Numbers of the articles that the files hold at first, and then; every fifth of those that stay is changed."""
DONE, TOLD, UNTOLD, HUNG = 0, 1, 2, 3
"""How a process ended: well, with one line, with anything else, or not by itself and not when it was to be killed."""
SECONDS = 900.0
"""After so long a process is taken to hang, and killed."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a process found of a library that a fault had struck."""

    kept: bool
    """No article is missing that was there before and still is in the files, nor any of a run that ended well."""
    sound: bool
    """Doctor finds no fault once the library has been opened."""
    same: bool
    """After the next run over the files the library holds exactly their articles, and doctor finds no fault."""
    notes: tuple[str, ...] = ()


class Struck:
    """Files of articles in a folder, and the library of how they were before."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._files, self._base = folder, folder / "articles.jsonl", folder / "base"
        load_background()  # once, before any process is forked
        self._write(BEFORE, changed=False)
        assert in_child(lambda: self.index(self._base)) == DONE
        self._write(AFTER, changed=True)
        self._wanted = {_text(n, changed=not n % 5) for n in AFTER}
        self._stay = {_text(n, changed=False) for n in {*BEFORE} & {*AFTER} if n % 5}
        started = time.monotonic()
        self.writes = self._count_writes(again=False)
        """How many writing calls a whole run makes."""
        self.seconds = time.monotonic() - started
        """How long it takes."""
        self.writes_again = self._count_writes(again=True)
        """The same of a run that makes the derived indexes anew first."""

    def store(self) -> Path:
        """A fresh copy of the library of before; the one that was handed out last is gone."""
        store = self._folder / "store"
        shutil.rmtree(store, ignore_errors=True)
        shutil.copytree(self._base, store)
        return store

    def index(self, store: Path, encoder: Encoder | None = None, *, again: bool = False) -> None:
        """Bring a library in step with the files."""
        building._ARTICLES_A_BATCH = ARTICLES_A_BATCH
        building.index_paths(store, [self._files], encoder or load_background(), again=again)

    def left_of(self, store: Path, status: int) -> Left:
        """What another process finds after one that ended with this status."""
        found = self._folder / "found.json"
        found.unlink(missing_ok=True)
        ended = in_child(lambda: self._look(store, found, finished=status == DONE))
        stages = [json.loads(line) for line in found.read_text().splitlines()] if found.exists() else []
        notes = tuple(note for stage in stages for note in stage["notes"])
        if ended != DONE:
            notes = (*notes, f"looking at it ended with {ended} after stage {len(stages)}")
        before = stages[0] if stages else {}
        after = stages[1] if len(stages) > 1 else {}
        return Left(bool(before.get("kept")), bool(before.get("ok")), bool(after.get("ok")), notes)

    def _look(self, store: Path, found: Path, *, finished: bool) -> None:
        ok, notes = _examined(store)
        texts = _texts(store)
        kept = texts >= self._stay and (texts == self._wanted or not finished)
        _append(found, {"kept": kept, "ok": ok, "notes": notes})
        self.index(store)
        ok, notes = _examined(store)
        _append(found, {"ok": ok and _texts(store) == self._wanted, "notes": notes})

    def _write(self, numbers: range, *, changed: bool) -> None:
        rows = ({"id": str(n), "text": _text(n, changed=changed and not n % 5)} for n in numbers)
        self._files.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")

    def _count_writes(self, *, again: bool) -> int:
        writes, store, file = Writes(), self.store(), self._folder / "writes"

        def work() -> None:
            writes.watch()
            self.index(store, again=again)
            file.write_text(str(writes.count))

        assert in_child(work) == DONE
        return int(file.read_text())


def in_child(work: Callable[[], None], seconds: float = SECONDS) -> int:
    """Do the work in a forked process, killed after so many seconds; its exit status, or minus the signal's number.

    HUNG where nobody wanted it killed and it had not ended after SECONDS.
    """
    child = os.fork()
    if child == 0:
        status = UNTOLD
        try:
            work()
            status = DONE
        except (IsnadError, OSError):  # what the command line tells in one line
            status = TOLD
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    deadline, late = time.monotonic() + seconds, False
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return HUNG if late and seconds == SECONDS else os.waitstatus_to_exitcode(status)
        if not late and time.monotonic() > deadline:
            late = True
            os.kill(child, signal.SIGKILL)
        time.sleep(0.002)


def _text(n: int, *, changed: bool) -> str:
    plan = "بعد تعديل الخطة" if changed else "وفق الخطة"
    return f"افتتحت بلدية المدينة {n} مكتبة الحي رقم {n} {plan}. وحضر الافتتاح {n + 20} ضيفا من الحي والأحياء المجاورة."


def _texts(store: Path) -> set[str]:
    with closing(Library.open(store)) as library:
        return {article.text for article in library.articles()}


def _examined(store: Path) -> tuple[bool, list[str]]:
    findings = [*examine(Settings(store=store), lambda settings: load_background())]
    bad = [finding.text for finding in findings if not finding.ok]
    return not bad, bad


def _append(file: Path, stage: dict[str, object]) -> None:
    with file.open("a") as out:
        out.write(json.dumps(stage) + "\n")
