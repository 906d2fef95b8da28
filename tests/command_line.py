"""The command line in a process of its own, as a script would start it."""

import os
import subprocess
import sys
from pathlib import Path

RUN = "import sys; from assistant.cli.commands import main; sys.argv[0] = 'isnad'; main()"
COMMAND = [sys.executable, "-c", RUN]
"""`isnad` of this checkout, whatever is installed; options follow."""


def isnad(
    *arguments: str | Path, stdin: str = "", cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1]), **env}
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, cwd=cwd, env=environment, check=False)
    assert "Traceback" not in done.stderr
    return done


def failed(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Exit status 1, nothing on standard output, one line on standard error that holds the words."""
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.strip().splitlines()
    assert all(word in line for word in words), line
