"""`python -m eval.benchmarks.faults`: what is left of a library after kills, full disks, I/O errors and damaged files.

Each fault strikes a process of its own that brings a small library in step with changed files, or the library's files.
Then another process opens the library, examines it as `isnad doctor` does, indexes the files again and examines that.
"""

import random
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from eval.benchmarks.striking import FailingEncoder, Writes, fail, flip, kill, limit_files, set_clock_back, truncate
from eval.benchmarks.struck import DONE, TOLD, Struck, in_child
from eval.tables import between
from index.errors import IsnadError
from index.static import load_background

RELIABILITY = Path(__file__).resolve().parents[2] / "index" / "RELIABILITY.md"
MARK = "faults"
"""Of the page's comments between which the figures stand."""
LEAST_ROOM = 4096
"""Bytes that a file may have at least where the disk is full."""

Strike = Callable[[Struck, Path, float, random.Random], int]
"""Lets a fault strike a store; `at` in [0, 1) is where in the run. Returns the status of the process, 1 for none."""


@dataclass(slots=True)
class Tally:
    """What became of the libraries that one kind of fault struck."""

    faults: int = 0
    struck: int = 0
    untold: int = 0
    lost: int = 0
    unsound: int = 0
    different: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def bad(self) -> int:
        """How much went wrong."""
        return self.untold + self.lost + self.unsound + self.different


def _writing(strike: Callable[[str], None], *, again: bool = False) -> Strike:
    def struck(shop: Struck, store: Path, at: float, random_: random.Random) -> int:
        writes = Writes(int(at * (shop.writes_again if again else shop.writes)), strike)

        def work() -> None:
            writes.watch()
            shop.index(store, again=again)

        return in_child(work)

    return struck


def _killed_any_time(shop: Struck, store: Path, at: float, random_: random.Random) -> int:
    return in_child(lambda: shop.index(store), seconds=at * shop.seconds)


def _disk_full(shop: Struck, store: Path, at: float, random_: random.Random) -> int:
    sizes = [file.stat().st_size for file in store.rglob("*") if file.is_file()]
    room = random_.randrange(LEAST_ROOM, max(sizes))

    def work() -> None:
        limit_files(room)
        shop.index(store)

    return in_child(work)


def _model_fails(shop: Struck, store: Path, at: float, random_: random.Random) -> int:
    return in_child(lambda: shop.index(store, FailingEncoder(load_background(), int(at * 4))))


def _of_files(damage: Callable[[Path, random.Random], None]) -> Strike:
    def struck(shop: Struck, store: Path, at: float, random_: random.Random) -> int:
        damage(store, random_)
        return TOLD

    return struck


KINDS: dict[str, tuple[int, Strike]] = {
    "killed at a write of the run": (28, _writing(kill)),
    "killed at a write of a rebuild": (10, _writing(kill, again=True)),
    "killed at any moment": (14, _killed_any_time),
    "I/O error at a write": (14, _writing(fail)),
    "disk full (no file may grow past a size)": (9, _disk_full),
    "the embedding model fails": (5, _model_fails),
    "a derived file is cut short": (8, _of_files(truncate)),
    "bytes of a derived file change": (8, _of_files(flip)),
    "the clock goes back": (4, _of_files(set_clock_back)),
}
"""For each kind its share in a hundred, and how it strikes."""


def strike_all(faults: int, seed: int, folder: Path) -> Iterator[tuple[str, Tally]]:
    """Each kind of fault in its share of so many, at least once; spread evenly over the run. Seeded."""
    shop, random_ = Struck(folder), random.Random(seed)
    for kind, (share, strike) in KINDS.items():
        tally = Tally()
        number = max(1, round(faults * share / 100))
        for n in range(number):
            store, at = shop.store(), (n + random_.random()) / number
            status = strike(shop, store, at, random_)
            left = shop.left_of(store, status)
            tally.faults += 1
            tally.struck += status != DONE
            tally.untold += status not in (DONE, TOLD, -signal.SIGKILL)
            tally.lost += not left.kept
            tally.unsound += not left.sound
            tally.different += not left.same
            if status not in (DONE, TOLD, -signal.SIGKILL) or left.notes:
                tally.notes.append(f"at {at:.3f}, ended with {status}: {'; '.join(left.notes)}")
        yield kind, tally


def table(tallies: dict[str, Tally]) -> str:
    """Kinds as rows, what went wrong as columns, in Markdown."""
    heads = ("fault", "faults", "struck", "crash or trace", "articles lost", "doctor at fault", "not in step again")
    rows = [(kind, t.faults, t.struck, t.untold, t.lost, t.unsound, t.different) for kind, t in tallies.items()]
    lines: list[Sequence[object]] = [heads, ("---", *["---:"] * (len(heads) - 1)), *rows]
    lines.append(("**all**", *(sum(int(row[n]) for row in rows) for n in range(1, len(heads)))))
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def main(
    faults: Annotated[int, typer.Option(min=1, help="How many, in all.")] = 300,
    seed: Annotated[int, typer.Option(help="The same seed, the same faults.")] = 14,
    write: Annotated[bool, typer.Option("--write", help="Also replace the table of index/RELIABILITY.md.")] = False,
) -> None:
    """Strike a small library with faults and print what became of it; exit status 1 where anything went wrong."""
    tallies: dict[str, Tally] = {}
    try:
        text = RELIABILITY.read_text(encoding="utf-8") if write else ""
        with tempfile.TemporaryDirectory() as folder:
            for kind, tally in strike_all(faults, seed, Path(folder)):
                tallies[kind] = tally
                typer.echo(f"{kind}: {tally.faults} faults, {tally.bad} bad", err=True)
                for note in tally.notes:
                    typer.echo(f"  {note}", err=True)
        told = sum(tally.faults for tally in tallies.values())
        part = f"{table(tallies)}\n\n{told} faults, seed {seed}: `python -m eval.benchmarks.faults --faults {faults}`."
        if write:
            RELIABILITY.write_text(between(MARK, text, part, str(RELIABILITY)), encoding="utf-8")
    except (IsnadError, OSError) as error:
        typer.echo(f"faults: {error}", err=True)
        sys.exit(1)
    typer.echo(part)
    sys.exit(1 if any(tally.bad for tally in tallies.values()) else 0)


if __name__ == "__main__":
    typer.run(main)
