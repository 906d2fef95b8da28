"""The index run: in step with the files, one writer, and a library that survives a kill at any point."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.building import Report, remove_articles
from index.errors import InputError, LibraryError
from index.formats.entry import Problem
from index.retrieving import HybridRetriever
from index.static import load_background
from index.storage.deriving import open_for_reading, writing
from index.storage.library import Library
from index.types import Filters, Vectors
from tests.command_line import COMMAND
from tests.index.formats.documents import zipped

Add = Callable[..., Report]


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return report.new, report.changed, report.same, report.removed, report.failed


def rows(path: Path, *texts: str, **details: str) -> Path:
    path.write_text("\n".join(json.dumps({"id": str(n), "text": t} | details) for n, t in enumerate(texts)))
    return path


def found(store: Path, question: str) -> list[str]:
    """Texts of the articles whose passages the term arm finds."""
    with closing(Library.open(store)) as library:
        derived = open_for_reading(library)
        passages = library.passages([id_ for id_, _ in derived.terms.search(question, 10, Filters())])
        derived.close()
        return [passage.article.text for passage in passages.values()]


def sound(store: Path) -> bool:
    with closing(Library.open(store)) as library:
        derived = open_for_reading(library)
        agree = library.count() == derived.terms.count() == derived.vectors.count() and not library.dirty
        derived.close()
        return agree


def test_a_run_counts_new_same_changed_and_removed(tmp_path: Path, add: Add) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"خبر عن الملف {name} وفيه كلام كثير.")
    assert counts(add(folder)) == (3, 0, 0, 0, 0)
    assert counts(add(folder)) == (0, 0, 3, 0, 0)
    (folder / "a.txt").write_text("خبر جديد عن الزلزال في المدينة.")
    (folder / "b.txt").unlink()
    assert counts(add(folder)) == (0, 1, 1, 1, 0)
    assert found(tmp_path / "store", "الزلزال")[0].startswith("خبر جديد")
    assert all("الملف b" not in text for text in found(tmp_path / "store", "الملف b"))
    assert sound(tmp_path / "store")


def test_a_moved_file_keeps_its_article_id(tmp_path: Path, add: Add) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("خبر واحد.")
    (folder / "z.txt").write_text("خبر آخر.")
    add(folder)
    with closing(Library.open(tmp_path / "store")) as library:
        before = {a.text: a.id for a in library.articles()}
    (folder / "a.txt").rename(folder / "b.txt")
    assert counts(add(folder)) == (1, 0, 1, 1, 0)
    with closing(Library.open(tmp_path / "store")) as library:
        assert {a.text: a.id for a in library.articles()} == before
        assert {Path(a.path).name for a in library.articles()} == {"b.txt", "z.txt"}


def test_one_text_in_two_files_is_one_article_until_both_are_gone(tmp_path: Path, add: Add) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text("خبر منقول." if name != "c.txt" else "خبر مختلف.")
    add(folder)
    with closing(Library.open(tmp_path / "store")) as library:
        assert library.count("articles") == 2
    (folder / "a.txt").unlink()
    add(folder)
    assert "خبر منقول." in found(tmp_path / "store", "منقول")
    (folder / "b.txt").unlink()
    add(folder)
    assert "خبر منقول." not in found(tmp_path / "store", "منقول")


def test_changed_details_reach_the_indexes(tmp_path: Path, add: Add) -> None:
    file = rows(tmp_path / "rows.jsonl", "نص الخبر.", title="عنوان قديم")
    add(file)
    rows(file, "نص الخبر.", title="الانتخابات البلدية")
    assert counts(add(file)) == (0, 1, 0, 0, 0)
    assert found(tmp_path / "store", "الانتخابات") == ["نص الخبر."]


def test_what_cannot_be_read_at_all_keeps_what_it_had(
    tmp_path: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "articles"
    (folder / "below").mkdir(parents=True)
    (folder / "a.txt").write_text("الخبر الأول.")
    (folder / "below" / "b.txt").write_text("الخبر الثاني.")
    add(folder)
    (folder / "a.txt").write_bytes(b"\xff")
    assert counts(add(folder)) == (0, 0, 1, 0, 1)
    unlisted = ([], [Problem(str(folder / "below"), "cannot be listed (Permission denied)")])
    monkeypatch.setattr("index.building.find_files", lambda root: unlisted)
    (folder / "a.txt").unlink()
    assert counts(add(folder)) == (0, 0, 0, 1, 1)
    with closing(Library.open(tmp_path / "store")) as library:
        assert [a.text for a in library.articles()] == ["الخبر الثاني."]


def test_a_row_that_is_gone_goes_although_another_row_fails(tmp_path: Path, add: Add) -> None:
    file = rows(tmp_path / "rows.jsonl", "بلغ العدد عشرة.", "الخبر الثاني.")
    add(file)
    file.write_text('{"text": "بلغ العدد تسعين."}\nنصف سط')
    assert counts(add(file)) == (1, 0, 0, 2, 1)


def test_a_folder_that_lost_its_last_file_loses_its_article(tmp_path: Path, add: Add) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("خبر.")
    add(folder)
    (folder / "a.txt").unlink()
    assert counts(add(folder)) == (0, 0, 0, 1, 0)


def test_a_link_that_is_removed_takes_its_article_along(tmp_path: Path, add: Add) -> None:
    (tmp_path / "elsewhere.txt").write_text("خبر مرتبط.")
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("خبر آخر.")
    (folder / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    assert counts(add(folder)) == (2, 0, 0, 0, 0)
    (folder / "link.txt").unlink()
    assert counts(add(folder)) == (0, 0, 1, 1, 0)


def test_one_path_that_fails_does_not_stop_the_others(tmp_path: Path, add: Add) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "good.txt").write_text("خبر.")
    report = add(tmp_path / "gone", tmp_path / "empty", tmp_path / "good.txt")
    assert counts(report) == (1, 0, 0, 0, 2)
    assert any("Nothing at" in line for line in report.lines())


def test_odd_files_of_a_folder_are_named_and_the_rest_is_read(tmp_path: Path, add: Add) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("خبر.")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_text("خبر باسم غريب.")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "folder.txt").mkdir()
    report = add(folder)
    assert counts(report) == (1, 0, 0, 0, 1)
    told = "\n".join(report.lines())
    assert all(name in told for name in ("its name is not UTF-8", "self.txt", "pipe.txt", "loop"))


def test_a_wrong_path_makes_no_store_and_an_empty_folder_changes_nothing(tmp_path: Path, add: Add) -> None:
    with pytest.raises(InputError, match="Nothing at"):
        add(tmp_path / "gone")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no article file"):
        add(tmp_path / "empty")
    assert not (tmp_path / "store").exists()


def test_removing_takes_an_article_out_or_changes_nothing(tmp_path: Path, add: Add) -> None:
    add(rows(tmp_path / "rows.jsonl", "خبر الزلزال.", "خبر الانتخابات."))
    with closing(Library.open(tmp_path / "store")) as library:
        id_ = next(a.id for a in library.articles() if "الزلزال" in a.text)
    with pytest.raises(LibraryError, match="No article gone"):
        remove_articles(tmp_path / "store", [id_, "gone"])
    assert remove_articles(tmp_path / "store", [id_]) == 1
    assert all("الزلزال" not in text for text in found(tmp_path / "store", "الزلزال"))
    assert sound(tmp_path / "store")


def test_a_second_writer_ends_at_once_with_one_line(tmp_path: Path, add: Add) -> None:
    file = rows(tmp_path / "rows.jsonl", "خبر.")
    with writing(tmp_path / "store"), pytest.raises(LibraryError, match="Another process is writing"):
        add(file)
    assert counts(add(file)) == (1, 0, 0, 0, 0)


class OtherEncoder:
    name, dimensions = "other", 8

    def encode(self, texts: list[str], *, is_question: bool = False) -> Vectors:
        import numpy as np

        return np.eye(8, dtype=np.float32)[[len(text) % 8 for text in texts]]


def test_another_encoder_is_refused_until_a_rebuild(tmp_path: Path, add: Add) -> None:
    from index.building import index_paths

    file, store = rows(tmp_path / "rows.jsonl", "خبر الزلزال في المدينة."), tmp_path / "store"
    add(file)
    with pytest.raises(LibraryError, match=r"isnad index --rebuild --store"):
        index_paths(store, [file], OtherEncoder())
    index_paths(store, [], OtherEncoder(), again=True)
    with closing(Library.open(store)) as library:
        assert library.meta("encoder") == "other"
        (_, vectors), *_ = library.batches(10)
        assert vectors.shape == (1, 8)
    assert sound(store)
    with pytest.raises(LibraryError, match="was embedded with other"):
        add(file)


def test_a_rebuild_does_not_embed_again(tmp_path: Path, add: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    add(rows(tmp_path / "rows.jsonl", "خبر الزلزال."))
    monkeypatch.setattr(type(load_background()), "encode", lambda *a, **k: pytest.fail("embedded again"))
    with closing(Library.open(tmp_path / "store")) as library:
        library.mark(dirty=True)
    assert sound(tmp_path / "store")
    assert found(tmp_path / "store", "الزلزال") == ["خبر الزلزال."]


@pytest.mark.parametrize("damage", ["vectors", "terms", "both", "count", "cut short"])
def test_damaged_or_missing_indexes_are_made_anew(tmp_path: Path, add: Add, damage: str) -> None:
    import shutil

    add(rows(tmp_path / "rows.jsonl", "خبر الزلزال.", "خبر الانتخابات."))
    (derived,) = (tmp_path / "store").glob("derived-*")
    if damage == "count":
        with closing(Library.open(tmp_path / "store")) as library:
            open_for_reading(library).vectors.remove([1])
    elif damage == "cut short":
        file = max((derived / "vectors").glob("*/*"), key=lambda f: f.stat().st_size)
        file.write_bytes(file.read_bytes()[:50])
    elif damage == "both":
        shutil.rmtree(derived)
    else:
        for file in (f for f in (derived / damage).rglob("*") if f.is_file()):
            file.write_bytes(b"damaged")
    assert sound(tmp_path / "store")
    assert found(tmp_path / "store", "الزلزال")[0] == "خبر الزلزال."


KILLED_RUN = """
import os, signal, sys
from pathlib import Path
import index.building, index.storage.library, index.storage.terms, index.storage.vectors
from index.building import index_paths
from index.static import load_background

def die(*args, **named):
    os.kill(os.getpid(), signal.SIGKILL)

place, store, file = sys.argv[1:]
holder, name = {
    "before the commit": (index.storage.library.Library, "put_passages"),
    "between the two indexes": (index.storage.vectors.VectorIndex, "add"),
    "before the terms are durable": (index.storage.terms.TermIndex, "commit"),
}.get(place, (None, None))
index.building._ARTICLES_A_BATCH = 3
if holder:
    setattr(holder, name, die)
elif place == "before the mark goes":
    mark = index.storage.library.Library.mark
    index.storage.library.Library.mark = lambda self, *, dirty: mark(self, dirty=True) if dirty else die()
index_paths(Path(store), [Path(file)], load_background())
"""


@pytest.mark.parametrize(
    "place", ["before the commit", "between the two indexes", "before the terms are durable", "before the mark goes"]
)
def test_a_killed_run_leaves_a_library_that_opens_and_rebuilds(tmp_path: Path, add: Add, place: str) -> None:
    file, store = rows(tmp_path / "rows.jsonl", *(f"خبر الزلزال رقم {n}." for n in range(5))), tmp_path / "store"
    add(file)
    rows(file, *(f"خبر الزلزال رقم {n}." for n in range(3, 12)))
    killed = subprocess.run([sys.executable, "-c", KILLED_RUN, place, str(store), str(file)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert sound(store)  # opening noticed the mark, or there was nothing to notice
    report = add(file)
    assert report.failed == 0
    with closing(Library.open(store)) as library:
        assert sorted(a.text for a in library.articles()) == sorted(f"خبر الزلزال رقم {n}." for n in range(3, 12))
    assert sound(store)


def test_ctrl_c_is_one_line_and_what_was_written_is_kept(tmp_path: Path) -> None:
    file, store = (
        rows(tmp_path / "rows.jsonl", *(f"خبر الزلزال رقم {n}. " * 40 for n in range(9000))),
        tmp_path / "store",
    )
    command = [*COMMAND, "index", str(file), "--store", str(store)]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not (store / "library.sqlite").exists():
        time.sleep(0.05)
    time.sleep(0.5)
    run.send_signal(signal.SIGINT)
    told, line = run.communicate()
    assert (run.returncode, told, line.count("\n")) == (1, "", 1)
    assert "Interrupted" in line
    assert sound(store)


def test_a_run_killed_at_any_moment_loses_nothing(tmp_path: Path, add: Add) -> None:
    file, caught = rows(tmp_path / "rows.jsonl", *(f"خبر الزلزال رقم {n}. " * 30 for n in range(3000))), 0
    store = tmp_path / "store"
    for delay in (0.1, 0.4, 0.8):
        run = subprocess.Popen([sys.executable, "-c", KILLED_RUN, "anywhere", str(store), str(file)])
        while not (store / "library.sqlite").exists() and run.poll() is None:
            time.sleep(0.02)
        time.sleep(delay)
        run.kill()
        caught += run.wait() != 0
        with closing(Library.create(store)) as library:
            kept = library.count("articles")
        assert sound(store)
    assert caught
    report = add(file)
    assert report.same >= kept
    assert report.new + report.same == 3000
    assert sound(store)


def test_a_reader_beside_a_writer_reads_what_was_there(tmp_path: Path, add: Add) -> None:
    add(rows(tmp_path / "rows.jsonl", "خبر الزلزال.", "خبر الانتخابات."))
    store = tmp_path / "store"
    with writing(store), closing(Library.open(store)) as library:
        library.mark(dirty=True)
        derived = open_for_reading(library)
        assert derived.vectors is None
        encoder = load_background()
        best = HybridRetriever(library, derived, encoder, encoder.rarity).retrieve("الزلزال", 1, Filters())
        assert best[0].passage.text == "خبر الزلزال."
        with pytest.raises(LibraryError, match="for reading"):
            derived.apply([1], (), encoder.encode([]))
    assert sound(store)


def test_failures_of_the_disk_are_one_line(tmp_path: Path, add: Add) -> None:
    store = tmp_path / "store"
    add(rows(tmp_path / "rows.jsonl", *(f"خبر الزلزال رقم {n}." for n in range(200))))
    with closing(Library.open(store)) as library:
        library._db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray((store / "library.sqlite").read_bytes())
    content[8192 : len(content) // 2] = b"\xa5" * (len(content) // 2 - 8192)
    (store / "library.sqlite").write_bytes(content)
    with pytest.raises(LibraryError, match=r"The library at .*store cannot be"):
        add(tmp_path / "rows.jsonl")


def test_a_feed_that_no_longer_shows_an_entry_keeps_it(tmp_path: Path, add: Add) -> None:
    feed = '<rss version="2.0"><channel><title>الوكالة</title>{}</channel></rss>'
    entry = "<item><guid>{0}</guid><title>خبر {0}</title><description>نص الخبر رقم {0}.</description></item>"
    file = tmp_path / "news.rss"
    file.write_text(feed.format(entry.format(1) + entry.format(2)))
    assert counts(add(file)) == (2, 0, 0, 0, 0)
    file.write_text(feed.format(entry.format(2) + entry.format(3)))
    assert counts(add(file)) == (1, 0, 1, 0, 0)
    file.unlink()
    (tmp_path / "a.txt").write_text("خبر آخر.")
    assert counts(add(tmp_path)) == (1, 0, 0, 3, 0)


def test_a_feed_in_a_zip_keeps_its_entries_too(tmp_path: Path, add: Add) -> None:
    feed = '<rss version="2.0"><channel><title>الوكالة</title>{}</channel></rss>'
    entry = "<item><guid>{0}</guid><title>خبر {0}</title><description>نص الخبر رقم {0}.</description></item>"
    file = tmp_path / "news.zip"
    file.write_bytes(zipped({"a.rss": feed.format(entry.format(1) + entry.format(2))}))
    assert counts(add(file)) == (2, 0, 0, 0, 0)
    file.write_bytes(zipped({"a.rss": feed.format(entry.format(2) + entry.format(3))}))
    assert counts(add(file)) == (1, 0, 1, 0, 0)


def test_a_zip_is_in_step_with_its_files(tmp_path: Path, add: Add) -> None:
    file = tmp_path / "news.zip"
    file.write_bytes(zipped({"a.txt": "الخبر الأول.", "b/c.txt": "الخبر الثاني."}))
    assert counts(add(file)) == (2, 0, 0, 0, 0)
    file.write_bytes(zipped({"a.txt": "الخبر الأول."}))
    assert counts(add(file)) == (0, 0, 1, 1, 0)
    file.write_bytes(zipped({"a.txt": b"\xff\x81\x8d\x00\x00"}))
    assert counts(add(file)) == (0, 0, 0, 0, 1)
    file.write_bytes(b"no zip")
    assert counts(add(file)) == (0, 0, 0, 0, 1)
    assert found(tmp_path / "store", "الأول") == ["الخبر الأول."]
