"""Runs of the evaluation, one at a time in a process of its own, and the reports that they left."""

import json
import shutil
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.errors import InputError, LibraryError

LOG, ANSWERS, REPORT, PAGE = "log.txt", "answers.jsonl", "report.json", "report.html"
"""What a run writes into its folder; all but the first as `isnad eval --out` does."""
HEADLINE = "grounded_correct"
STAMP = "%Y%m%d-%H%M%S"
"""The name of a run's folder: when it began, UTC."""
PATIENCE_S = 10.0
"""Seconds that a run has to end once it is told to."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found, in short."""

    id: str
    begun: datetime
    answerer: str
    questions: int
    value: float
    """Grounded-Correct, in [0, 1], with the bounds of its interval if it has one."""
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class State:
    """How far the run is, counted in questions."""

    running: bool
    done: int
    total: int
    failure: str = ""
    """Why the last run left no report."""


class Evaluations:
    """The runs over one set of questions. Close it, to end the one that is under way."""

    def __init__(self, folder: Path, command: Sequence[str], total: int) -> None:
        """`command` measures `total` questions into the folder that is its last argument; `folder` holds those."""
        self._folder, self._command, self._total = folder, list(command), total
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._out, self._failure = folder, ""

    def close(self) -> None:
        """End the run that is under way."""
        self.stop()

    def start(self) -> None:
        """Begin a run. Raises InputError while there is one, LibraryError where it cannot be begun."""
        if self.state().running:
            raise InputError("An evaluation is running already.")
        with self._lock:
            self._out = self._folder / datetime.now(UTC).strftime(STAMP)
            try:
                self._out.mkdir(parents=True)
                with (self._out / LOG).open("wb") as log:
                    streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": subprocess.STDOUT}
                    self._process = subprocess.Popen([*self._command, str(self._out)], **streams)  # type: ignore[call-overload]
            except OSError as error:
                raise LibraryError(f"The evaluation cannot be begun in {self._folder} ({error.strerror}).") from error
            self._failure = ""

    def stop(self) -> None:
        """End the run that is under way, if there is one; nothing is left of it."""
        with self._lock:
            if self._process is None:
                return
            self._process.terminate()
            try:
                self._process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
            shutil.rmtree(self._out, ignore_errors=True)

    def state(self) -> State:
        """How far it is; what a failed run left is cleared away."""
        with self._lock:
            if self._process is not None and (status := self._process.poll()) is not None:
                self._process = None
                if status or not (self._out / REPORT).is_file():
                    self._failure = _last_line(self._out / LOG) or f"exit status {status}"
                    shutil.rmtree(self._out, ignore_errors=True)
            running = self._process is not None
            return State(running, _lines(self._out / ANSWERS) if running else 0, self._total, self._failure)

    def reports(self, most: int = 20) -> list[Report]:
        """The latest reports, the newest first; that of a run which has not ended yet is not there."""
        unfinished = self._out if self.state().running else None
        files = sorted(self._folder.glob(f"*/{REPORT}"), reverse=True)[:most]
        return [report for file in files if file.parent != unfinished and (report := _read(file))]

    def page(self, id_: str) -> str | None:
        """The page of one report; None where there is none by that id."""
        with suppress(ValueError, OSError):
            datetime.strptime(id_, STAMP)  # and no path
            return (self._folder / id_ / PAGE).read_text(encoding="utf-8")
        return None


def _read(file: Path) -> Report | None:
    """A report in short; None where the file is not one of ours."""
    with suppress(ValueError, KeyError, TypeError, OSError):
        begun = datetime.strptime(file.parent.name, STAMP).replace(tzinfo=UTC)
        row = json.loads(file.read_text(encoding="utf-8"))
        figure = row["measures"][HEADLINE]
        made = (str(row["settings"]["answerer"]), len(row["questions"]), float(figure["value"]))
        return Report(file.parent.name, begun, *made, figure["low"], figure["high"])
    return None


def _lines(file: Path) -> int:
    try:
        return file.read_bytes().count(b"\n")
    except OSError:
        return 0


def _last_line(file: Path) -> str:
    try:
        told = file.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return ""
    return next((line.strip() for line in reversed(told) if line.strip()), "")
