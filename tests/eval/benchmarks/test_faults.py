"""The fault harness: a short run of every kind of fault leaves nothing lost; and a library that is at fault is told."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eval.benchmarks import struck
from eval.benchmarks.faults import KINDS, MARK, Tally, table
from eval.benchmarks.struck import HUNG, UNTOLD, in_child
from eval.tables import between
from index.errors import InputError

ROOT = Path(__file__).resolve().parents[3]


def test_twenty_faults_of_all_kinds_lose_nothing() -> None:
    command = [sys.executable, "-m", "eval.benchmarks.faults", "--faults", "20", "--seed", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")][1:]
    assert {row[0].removeprefix("| ") for row in rows[1:-1]} == {*KINDS}
    assert int(rows[-1][1]) >= 20 and int(rows[-1][2]) >= 10
    assert [cell.strip(" |") for cell in rows[-1][3:]] == ["0", "0", "0", "0"]


def test_what_goes_wrong_is_counted_and_a_missing_marker_is_told() -> None:
    tally = Tally(faults=3, struck=2, lost=1)
    assert tally.bad == 1
    assert table({"a kind": tally}).splitlines()[-1] == "| **all** | 3 | 2 | 0 | 1 | 0 | 0 |"
    assert between(MARK, "a<!-- faults -->old<!-- /faults -->b", "new", "it") == (
        "a<!-- faults -->\nnew\n<!-- /faults -->b"
    )
    with pytest.raises(InputError, match="it lacks the markers"):
        between(MARK, "a", "new", "it")


def test_a_process_that_crashes_or_hangs_is_told_from_one_that_ends_with_a_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert in_child(lambda: [][1]) == UNTOLD
    assert in_child(lambda: time.sleep(60), seconds=0.2) == -signal.SIGKILL
    monkeypatch.setattr(struck, "SECONDS", 0.2)
    assert in_child(lambda: time.sleep(60), seconds=0.2) == HUNG
