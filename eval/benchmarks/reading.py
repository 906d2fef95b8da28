"""What it costs to read where no harm can be done: `python -m eval.benchmarks.reading`.

The same small text files are read by the reader itself, as `isnad index` reads them (small texts in this process),
and all by the other process. Seconds of computing, of both processes, so that a busy machine makes no difference.
"""

import resource
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from index.formats.entry import Document
from index.intake.apart import ReaderProcess
from index.intake.intake import Intake
from index.reading import origin_key, read_file

_PARAGRAPH = "قال وزير النقل إن أعمال الجسر الجديد بلغت 12,500 متر، وإن العمل يستمر سنتين بحسب الخطة المعلنة. "


def main(files: Annotated[int, typer.Option(help="How many files of about 2 KB.")] = 3_000) -> None:
    """Print the seconds and their ratio to the plain reader's."""
    with tempfile.TemporaryDirectory(prefix="isnad-") as folder:
        paths = [Path(folder) / f"{n}.txt" for n in range(files)]
        for n, path in enumerate(paths):
            path.write_text(f"خبر {n}\n\n{_PARAGRAPH * 12}", encoding="utf-8")
        plain = _seconds(lambda: _count(read_file(path) for path in paths))
        ways = {"as indexed": _as_indexed, "all in the other process": _apart}
        typer.echo(f"{files:,} files, the reader itself: {plain:.2f} s")
        for name, way in ways.items():
            seconds = _seconds(lambda way=way: way(paths))  # type: ignore[misc]
            typer.echo(f"{name}: {seconds:.2f} s, {seconds / plain:.2f} times as much")


def _as_indexed(paths: list[Path]) -> None:
    with Intake({}) as intake:
        _count(intake.read(path) for path in paths)


def _apart(paths: list[Path]) -> None:
    process = ReaderProcess()
    for path in paths:
        document = Document.of_file(path, {})
        _count([process.read(document, origin_key(path), path.stat().st_size, str(path))])
    process.close()


def _count(readings: Iterable[Iterable[Any]]) -> int:
    return sum(1 for reading in readings for _ in reading)


def _seconds(run: Callable[[], object]) -> float:
    before = _used()
    run()
    return _used() - before


def _used() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)


if __name__ == "__main__":
    typer.run(main)
