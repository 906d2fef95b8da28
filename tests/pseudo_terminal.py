"""`isnad` in a pseudo-terminal, as a person at a keyboard has it."""

import os
import pty
import signal
import subprocess
import termios
from pathlib import Path

from tests.command_line import COMMAND

ROOT = str(Path(__file__).resolve().parents[1])


def typed(*arguments: str | Path, keys: str = "", cwd: Path | None = None, columns: int = 80, **env: str) -> str:
    """Everything that a terminal of so many columns is sent, lines ending in \\n; the keys are typed ahead."""
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, columns))
    known = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
    environment = {**known, "PYTHONPATH": ROOT, "TERM": "xterm-256color", "PAGER": "cat", **env}
    os.write(master, keys.encode())
    running = subprocess.Popen(
        [*COMMAND, *map(str, arguments)], stdin=slave, stdout=slave, stderr=slave, cwd=cwd, env=environment
    )
    os.close(slave)
    try:
        shown = _read(master)
    except BaseException:
        running.send_signal(signal.SIGKILL)
        raise
    finally:
        os.close(master)
        running.wait()
    return shown.decode().replace("\r\n", "\n")


def _read(master: int) -> bytes:
    """Until nobody holds the other end."""
    shown = b""
    while True:
        try:
            piece = os.read(master, 65_536)
        except OSError:  # how Linux tells the end
            return shown
        if not piece:
            return shown
        shown += piece
