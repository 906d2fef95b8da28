"""`isnad` as a script would start it: in a process of its own, or here, which is sixty times as fast."""

import io
import os
import subprocess
import sys
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from assistant.cli.commands import main

RUN = "import sys; from assistant.cli.commands import main; sys.argv[0] = 'isnad'; main()"
COMMAND = [sys.executable, "-c", RUN]
"""`isnad` of this checkout, whatever is installed; options follow."""
Done = subprocess.CompletedProcess[str]


def isnad_process(*arguments: str | Path, stdin: str = "", cwd: Path | None = None, **env: str) -> Done:
    """A run in a process of its own."""
    command = [*COMMAND, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1]), **env}
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, cwd=cwd, env=environment, check=False)
    assert "Traceback" not in done.stderr
    return done


def isnad(*arguments: str | Path, stdin: str = "", cwd: Path | None = None, **env: str) -> Done:
    """The same in this process: nothing is a terminal, and an error that nobody expected is raised."""
    command = ["isnad", *map(str, arguments)]
    given, out, told = (io.TextIOWrapper(io.BytesIO(text), "utf-8") for text in (stdin.encode(), b"", b""))
    status: object = 0
    with ExitStack() as here:
        for change in (redirect_stdout(out), redirect_stderr(told), chdir(cwd or Path.cwd())):
            here.enter_context(change)
        for change in (patch("sys.stdin", given), patch("sys.argv", command), patch.dict(os.environ, env)):
            here.enter_context(change)
        try:
            main()
        except SystemExit as end:
            status = end.code or 0
    assert isinstance(status, int)
    return subprocess.CompletedProcess(command, status, *(_written(stream) for stream in (out, told)))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


def failed(done: Done, *words: str) -> None:
    """Exit status 1, nothing on standard output, one line on standard error that holds the words."""
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.strip().splitlines()
    assert all(word in line for word in words), line
