"""Damage of the derived indexes that leaves their sizes as they were: seen at opening, or by doctor at the latest."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.building import Report
from index.storage.deriving import open_for_reading
from index.storage.library import Library
from index.types import Filters
from tests.command_line import isnad

Add = Callable[..., Report]


def flip(file: Path, at: int) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 0x55
    file.write_bytes(content)


def folder_of(store: Path) -> Path:
    (folder,) = store.glob("derived-*")
    return folder


@pytest.fixture
def store(tmp_path: Path, add: Add) -> Path:
    (tmp_path / "a.txt").write_text("ضرب زلزال قوي مدينة إزمير.")
    (tmp_path / "b.txt").write_text("بدأت الانتخابات البلدية في تونس.")
    add(tmp_path)
    return tmp_path / "store"


def found(store: Path) -> list[str]:
    with closing(Library.open(store)) as library:
        derived = open_for_reading(library)
        hits = derived.terms.search("زلزال إزمير", 1, Filters())
        derived.close()
        return [passage.text for passage in library.passages([id_ for id_, _ in hits]).values()]


@pytest.mark.parametrize("ending", ["idx", "term", "fast", "fieldnorm", "json"])
def test_a_flipped_byte_is_seen_at_opening(store: Path, ending: str) -> None:
    before = folder_of(store)
    (file,) = (f for f in (before / "terms").glob(f"*.{ending}") if not f.name.startswith("."))
    flip(file, file.stat().st_size // 2)
    assert found(store) == ["ضرب زلزال قوي مدينة إزمير."]
    assert folder_of(store) != before  # made anew


def test_what_was_only_copied_or_touched_is_not_made_anew(store: Path) -> None:
    before = folder_of(store)
    for file in before.rglob("*"):
        os.utime(file, (1, 1))
    assert found(store) == ["ضرب زلزال قوي مدينة إزمير."]
    assert folder_of(store) == before


def test_doctor_finds_what_the_clock_does_not_tell_and_mends_it(store: Path) -> None:
    before = folder_of(store)
    (file,) = (before / "terms").glob("*.idx")
    stat = file.stat()
    flip(file, stat.st_size // 2)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    done = isnad("doctor", "--store", store)
    assert done.returncode == 0 and "made anew from the library" in done.stdout
    assert folder_of(store) != before
    assert "made anew" not in isnad("doctor", "--store", store).stdout


def test_doctor_finds_a_vector_that_is_not_the_librarys(store: Path) -> None:
    with closing(Library.open(store)) as library:
        derived = open_for_reading(library)
        assert derived.vectors is not None
        ((passages, rows),) = library.batches(10)
        derived.vectors.remove([passages[0].id])
        derived.vectors.add(passages[:1], rows[1:])
        derived.close()
    assert "made anew" in isnad("doctor", "--store", store).stdout
    done = isnad("doctor", "--store", store)
    assert done.returncode == 0 and "made anew" not in done.stdout
