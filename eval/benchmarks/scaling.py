"""`python -m eval.benchmarks.scaling FILE…`: time, memory and disk as a library grows, as a Markdown table.

Each size is indexed in one process of its own and asked in another, so that memory is theirs alone. The articles come
in one seeded shuffle, so that each size holds the one before it.
"""

import gzip
import json
import math
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice, pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from eval.tables import NONE, between
from index.errors import InputError, IsnadError

BENCHMARK = Path(__file__).resolve().parents[2] / "index" / "BENCHMARK.md"
MARK = "scaling"
"""Of the page's comments between which the figures stand."""
SIZES = "1000,10000,100000"
SEED = 7
MOST_QUESTIONS = 200
"""Passages whose first words are asked where no questions are given."""
WORDS_ASKED = 12
WARM_UP = 20
"""Questions asked before the first one that is timed."""
MEGABYTE = 1e6


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a JSONL file of articles, and how many passages it makes."""

    line: str
    passages: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What a process that asked all questions found and took."""

    articles: int
    passages: int
    words: float
    """Median words of a passage."""
    retrieval_ms: list[float]
    answer_ms: list[float]
    """Retrieval and extractive answer together."""
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Scale:
    """One size: what it took."""

    index_s: float
    again_s: float
    """A second index run with nothing changed."""
    asked: Asked
    disk_mb: tuple[float, float, float]
    """SQLite, term index, vectors."""


# ---------------------------------------------------------------- reading


def read_rows(files: Iterable[Path]) -> list[Row]:
    """The articles of .jsonl and .jsonl.gz files in the order of a seeded shuffle. Raises InputError."""
    from index.chunking import passage_spans
    from index.text.cleaning import clean

    rows = [Row(line, len(passage_spans(clean(row["text"])))) for line, row in _objects(files, "text")]
    random.Random(SEED).shuffle(rows)
    return rows


def read_questions(files: Iterable[Path]) -> list[str]:
    """The questions of JSONL files, but those marked as not answerable. Raises InputError."""
    return [row["question"] for _, row in _objects(files, "question") if row.get("answerable", True)]


def _objects(files: Iterable[Path], wanted: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of files, each as its line and its object, which holds a string under `wanted`."""
    for file in files:
        where = str(file)
        try:
            opened = gzip.open if file.suffix == ".gz" else open
            with opened(file, "rt", encoding="utf-8") as lines:
                for number, line in enumerate(lines, start=1):
                    where = f"{file}:{number}"
                    row = json.loads(line)
                    if not isinstance(row[wanted], str):
                        raise TypeError(f"`{wanted}` is no string")
                    yield line, row
        except (OSError, EOFError, LookupError, TypeError, ValueError) as error:
            raise InputError(f"{where}: is no row of JSON with `{wanted}` ({error!r}).") from error


def take(rows: Sequence[Row], passages: int) -> list[Row]:
    """The first rows that make at least so many passages together; all where they do not."""
    taken, count = [], 0
    for row in rows:
        if count >= passages:
            break
        taken.append(row)
        count += row.passages
    return taken


# ---------------------------------------------------------------- measuring, each in a process of its own


def index_twice(store: Path, file: Path) -> tuple[float, float]:
    """Seconds to index a file into a new store, and to do it once more with nothing changed."""
    from index.building import index_paths
    from index.static import load_background

    times, encoder = [], load_background()
    for _ in range(2):
        started = time.perf_counter()
        index_paths(store, [file], encoder)
        times.append(time.perf_counter() - started)
    return times[0], times[1]


def ask_all(store: Path, questions: Sequence[str]) -> Asked:
    """Ask the questions, or the first words of passages where there are none, of a store opened once."""
    from assistant.app import open_assistant
    from assistant.settings import Settings
    from index.text.arabic import words

    with open_assistant(settings=Settings(store=store)) as assistant:
        library, sample = assistant.library, assistant.library.sample(MOST_QUESTIONS)
        asked = questions or [" ".join(passage.text.split()[:WORDS_ASKED]) for passage in sample]
        retrieval, whole = [], []
        for question in [*islice(asked, WARM_UP), *asked]:
            started = time.perf_counter()
            answer = assistant.ask(question)
            whole.append(1e3 * (time.perf_counter() - started))
            retrieval.append(answer.timings_ms["retrieve"])
        median = statistics.median(len(words(passage.text)) for passage in sample)
        timed = slice(min(WARM_UP, len(asked)), None)
        return Asked(library.count("articles"), library.count(), median, retrieval[timed], whole[timed], peak_mb())


def peak_mb() -> float:
    """The most memory this process had resident, in MB. (Linux' getrusage would tell of the one that started it.)"""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / MEGABYTE
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def disk_mb(store: Path) -> tuple[float, float, float]:
    """SQLite, term index and vectors."""
    patterns = ("library.sqlite*", "derived-*/terms/**/*", "derived-*/vectors/**/*")
    sqlite, terms, vectors = (
        sum(path.stat().st_size for path in store.glob(pattern) if path.is_file()) / MEGABYTE for pattern in patterns
    )
    return sqlite, terms, vectors


def measure(rows: Sequence[Row], questions: Sequence[str], folder: Path) -> Scale:
    """One size, in a new folder."""
    folder.mkdir()
    file, store = folder / "articles.jsonl", folder / "store"
    file.write_text("".join(f"{row.line.rstrip()}\n" for row in rows), encoding="utf-8")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as fresh:
        first, again = fresh.submit(index_twice, store, file).result()
        asked = fresh.submit(ask_all, store, questions).result()
    return Scale(first, again, asked, disk_mb(store))


# ---------------------------------------------------------------- telling


FIGURES: dict[str, Callable[[Scale], str]] = {
    "passages": lambda s: f"{s.asked.passages:,}",
    "articles": lambda s: f"{s.asked.articles:,}",
    "words a passage, median": lambda s: f"{s.asked.words:.0f}",
    "index, s": lambda s: f"{s.index_s:.1f}",
    "index, passages/s": lambda s: f"{s.asked.passages / s.index_s:,.0f}",
    "nothing changed, articles/s": lambda s: f"{s.asked.articles / s.again_s:,.0f}",
    "disk, MB (SQLite / terms / vectors)": lambda s: " / ".join(f"{mb:,.0f}" for mb in s.disk_mb),
    "memory while asking, peak MB": lambda s: f"{s.asked.peak_mb:,.0f}",
    "retrieval, median ms": lambda s: f"{statistics.median(s.asked.retrieval_ms):.1f}",
    "retrieval, p99 ms": lambda s: f"{np.percentile(s.asked.retrieval_ms, 99):.1f}",
    "extractive answer, median ms": lambda s: f"{statistics.median(s.asked.answer_ms):.1f}",
}
GROWTH: dict[str, Callable[[Scale], float]] = {
    "twice the articles: index time ×": lambda s: s.index_s,
    "twice the articles: disk ×": lambda s: sum(s.disk_mb),
}


def table(scales: Sequence[Scale]) -> str:
    """Measures as rows, sizes as columns, in Markdown."""
    lines = [[name, *map(figure, scales)] for name, figure in FIGURES.items()]
    lines.insert(1, ["---", *["---:"] * len(scales)])
    for name, figure in GROWTH.items():
        lines.append([name, NONE, *(doubling(a, b, figure) for a, b in pairwise(scales))])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def doubling(small: Scale, large: Scale, figure: Callable[[Scale], float]) -> str:
    """By what a figure grows when the articles double, were that the same throughout from small to large."""
    doublings = math.log2(large.asked.articles / small.asked.articles)
    return f"{(figure(large) / figure(small)) ** (1 / doublings):.2f}" if doublings else NONE


def run(files: Sequence[Path], sizes: Sequence[int], question_files: Sequence[Path]) -> str:
    """Measure every size and tell it in Markdown."""
    rows, questions = read_rows(files), read_questions(question_files)
    if not rows:
        raise InputError("No articles to measure with.")
    there = sum(row.passages for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        reached = sorted({min(size, there) for size in sizes})
        scales = [measure(take(rows, size), questions, Path(folder) / str(size)) for size in reached]
    names = ", ".join(file.name.split(".")[0] for file in files)
    told = f"{len(questions):,} questions" if questions else f"the first {WORDS_ASKED} words of passages"
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    notes = [f"Articles: {names}, shuffled. Asked: {told}. Machine: {machine}."]
    notes += [f"Asked for {size:,} passages; the files make {there:,}." for size in sizes if size > there]
    return "\n\n".join([table(scales), " ".join(notes)])


def main(
    files: Annotated[list[Path], typer.Argument(help="Articles: .jsonl or .jsonl.gz with `text`.")],
    sizes: Annotated[str, typer.Option(help="Passages, separated by commas.")] = SIZES,
    questions: Annotated[list[Path] | None, typer.Option(help="JSONL with `question`; may be repeated.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Also replace the part of index/BENCHMARK.md.")] = False,
) -> None:
    """Print how time, memory and disk grow with the library."""
    if not all(size.strip().isdecimal() and int(size) for size in sizes.split(",")):
        raise typer.BadParameter(f"{sizes!r} is no list of numbers above 0", param_hint="--sizes")
    try:
        text = BENCHMARK.read_text(encoding="utf-8") if write else ""
        if write:
            between(MARK, text, "", "The benchmark")  # a missing marker is told now, not after minutes
        part = run(files, [int(size) for size in sizes.split(",")], questions or [])
        if write:
            BENCHMARK.write_text(between(MARK, text, part, "The benchmark"), encoding="utf-8")
    except (IsnadError, OSError) as error:
        typer.echo(f"scaling: {error}", err=True)
        sys.exit(1)
    typer.echo(part)


if __name__ == "__main__":
    typer.run(main)
