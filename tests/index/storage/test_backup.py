"""A library as one file and back: whole beside a writer, never over another one, damage told in one line."""

import json
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.app import open_assistant
from index.building import Report
from index.storage.deriving import open_for_reading
from index.storage.library import Library
from index.types import Filters
from tests.command_line import COMMAND, failed, isnad

Add = Callable[..., Report]
QUESTION = "كم عدد الجنود الكوريين الشماليين في روسيا؟"


def test_a_restored_library_answers_the_same(seeds_store: Path, tmp_path: Path) -> None:
    done = isnad("backup", tmp_path / "b", "--store", seeds_store)
    assert (done.returncode, done.stdout) == (0, f"articles: 5 in {tmp_path / 'b'}\n")
    done = isnad("restore", tmp_path / "b", "--store", tmp_path / "new")
    assert (done.returncode, done.stdout) == (0, f"articles: 5 restored into {tmp_path / 'new'}\n")
    with open_assistant(seeds_store) as before, open_assistant(tmp_path / "new") as after:
        assert after.ask(QUESTION).citations == before.ask(QUESTION).citations
        assert [s.score for s in after.retriever.retrieve(QUESTION, 9, Filters())] == [
            s.score for s in before.retriever.retrieve(QUESTION, 9, Filters())
        ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "new"]


def test_nothing_is_overwritten(seeds_store: Path, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    failed(isnad("backup", tmp_path / "there", "--store", seeds_store), "there already", "Name another file")
    assert (tmp_path / "there").read_text() == "mine"
    assert isnad("backup", tmp_path / "b", "--store", seeds_store).returncode == 0
    failed(isnad("restore", tmp_path / "b", "--store", seeds_store), "There is a library at", "--store")


def test_what_is_no_backup_or_damaged_is_told_and_makes_no_library(seeds_store: Path, tmp_path: Path) -> None:
    assert isnad("backup", tmp_path / "whole", "--store", seeds_store).returncode == 0
    whole = (tmp_path / "whole").read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 4
    files = {"cut": whole[:-100], "flipped": bytes(flipped), "empty": b"", "text": "خبر.".encode()}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        failed(isnad("restore", tmp_path / name, "--store", tmp_path / "new"), str(tmp_path / name))
    failed(isnad("restore", tmp_path / "gone", "--store", tmp_path / "new"), "No backup at", "isnad backup FILE")
    failed(isnad("backup", tmp_path / "gone" / "b", "--store", seeds_store), "cannot be written")
    failed(isnad("backup", tmp_path / "b", "--store", tmp_path / "new"), "No library at")
    assert (
        isnad("restore", tmp_path / "whole", "--store", tmp_path / "new").returncode == 0
    )  # what failed left no trace


def test_a_backup_made_while_another_process_indexes_is_whole(tmp_path: Path, add: Add) -> None:
    rows, store = tmp_path / "rows.jsonl", tmp_path / "store"
    texts = [" ".join([f"افتتحت البلدية المكتبة رقم {n} في حي جديد."] * 9) for n in range(700)]
    rows.write_text("\n".join(json.dumps({"text": text}) for text in texts[:40]))
    add(rows)
    rows.write_text("\n".join(json.dumps({"text": text}) for text in texts))
    run = subprocess.Popen([*COMMAND, "index", str(rows), "--store", str(store)], stdout=subprocess.DEVNULL)
    made: list[Path] = []
    while run.poll() is None and len(made) < 9:
        made.append(tmp_path / f"backup-{len(made)}")
        assert isnad("backup", made[-1], "--store", store).returncode == 0
    assert run.wait() == 0
    for n, file in enumerate({made[0], made[len(made) // 2], made[-1]}):
        assert isnad("restore", file, "--store", tmp_path / f"new-{n}").returncode == 0
        with closing(Library.open(tmp_path / f"new-{n}")) as library:
            kept = {article.text for article in library.articles()}
            assert kept >= set(texts[:40])
            assert {passage.article.text for passage in library.sample(9999)} == kept
            derived = open_for_reading(library, read_all=True)
            assert derived.count() == library.count()
            derived.close()


@pytest.mark.parametrize("left", ["-wal", "-journal"])
def test_what_a_deleted_library_left_does_not_get_into_the_restored_one(
    seeds_store: Path, tmp_path: Path, left: str
) -> None:
    assert isnad("backup", tmp_path / "b", "--store", seeds_store).returncode == 0
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / f"library.sqlite{left}").write_bytes(b"what was left" * 999)
    assert isnad("restore", tmp_path / "b", "--store", tmp_path / "new").returncode == 0
    assert isnad("doctor", "--store", tmp_path / "new").returncode == 0
