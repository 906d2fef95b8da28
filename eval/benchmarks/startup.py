"""`python -m eval.benchmarks.startup`: how long a cold command takes, beside the import of Chroma.

Times differ from machine to machine; the ratios are what the budgets are stated in.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import seeds_folder

RUN = "import sys; from assistant.cli.commands import main; sys.argv[0] = 'isnad'; main()"
QUESTION = "كم عدد الجنود الكوريين الشماليين في روسيا؟"
BUDGET_ASK = 2.0
"""Times the import of Chroma."""
BUDGET_HELP_S = 0.3


def timed(command: list[str]) -> float:
    """Seconds of wall time for a whole process."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "ISNAD_LLM": "extractive"})
    return time.perf_counter() - started


def main(runs: Annotated[int, typer.Option(min=1, help="Rounds counted, after one that warms up.")] = 7) -> None:
    """Print the medians and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "store")
        isnad = [sys.executable, "-c", RUN]
        subprocess.run([*isnad, "index", str(seeds_folder()), "--store", store], check=True, capture_output=True)
        commands = {
            "import chromadb": [sys.executable, "-c", "import chromadb"],
            "isnad ask": [*isnad, "ask", QUESTION, "--store", store],
            "isnad --help": [*isnad, "--help"],
        }
        rounds = [{name: timed(command) for name, command in commands.items()} for _ in range(runs + 1)][1:]
    for name in commands:
        typer.echo(f"{name:16} median {statistics.median(r[name] for r in rounds):.3f} s")
    ratio = statistics.median(r["isnad ask"] / r["import chromadb"] for r in rounds)
    typer.echo(f"cold ask / import chromadb: {ratio:.2f} (budget {BUDGET_ASK}); --help budget {BUDGET_HELP_S} s")


if __name__ == "__main__":
    typer.run(main)
