"""Progress bars on standard error, where that is a terminal."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from index.building import Progress

Item = TypeVar("Item")


@contextmanager
def index_progress() -> Iterator[Progress]:
    """Shows files done and articles read; silent where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield lambda done, files, articles: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("Indexing"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files, {task.fields[articles]} articles"),
    )
    with Bar(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("index", total=None, articles=0)
        yield lambda done, files, articles: bar.update(task, completed=done, total=files, articles=articles)


def with_progress(items: Sequence[Item], title: str) -> Iterable[Item]:
    """The items, with a bar while they are gone through."""
    if not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, title, console=Console(stderr=True), transient=True)
