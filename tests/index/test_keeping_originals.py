"""The text as it came stays in the library beside the one that is quoted, also in a library that was made before."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.building import Report
from index.storage.library import Library
from tests.command_line import isnad
from tests.index.formats.documents import write

Add = Callable[..., Report]
PAGE = "<html><body><article><p>ضرب زلزال <b>مدينة</b> إزمير فجر اليوم.</p></article></body></html>"
PLAIN = "ضرب زلزال مدينة إزمير فجر اليوم."
MARKED = "---\ntitle: خبر\n---\nضرب **زلزال** مدينة إزمير.\r\n"


def originals(store: Path) -> dict[str, str | None]:
    with closing(Library.open(store)) as library:
        return {article.path.rpartition("/")[2]: library.originals.of(article.id) for article in library.articles()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "in" / "a.html", PAGE)
    write(tmp_path / "in" / "b.md", MARKED)
    write(tmp_path / "in" / "c.jsonl", json.dumps({"id": 1, "text": "<p>هبط &quot;السهم&quot; اليوم.</p>"}))
    write(tmp_path / "in" / "d.txt", "بلغ عدد الزوار 300.")
    return tmp_path / "in"


def test_what_reading_changed_is_kept_as_it_came(folder: Path, tmp_path: Path, add: Add) -> None:
    assert add(folder).new == 4
    kept = {"a.html": PAGE, "b.md": MARKED, "c.jsonl": "<p>هبط &quot;السهم&quot; اليوم.</p>", "d.txt": None}
    assert originals(tmp_path / "store") == kept
    write(folder / "a.html", PLAIN)  # what follows has no mark of a page, and says the same
    write(folder / "b.md", "هدأ البحر.")
    (folder / "c.jsonl").unlink()
    add(folder)
    assert originals(tmp_path / "store")["b.md"] is None
    with closing(sqlite3.connect(tmp_path / "store" / "library.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM originals WHERE origin LIKE '%c.jsonl%'").fetchone() == (0,)


def test_a_library_made_before_gets_them_at_its_next_run(folder: Path, tmp_path: Path, add: Add) -> None:
    add(folder)
    with closing(sqlite3.connect(tmp_path / "store" / "library.sqlite")) as database:
        database.execute("DROP TABLE originals")
        passages = database.execute("SELECT max(id) FROM passages").fetchone()
    assert set(originals(tmp_path / "store").values()) == {None}  # a reader does without
    report = add(folder)
    assert (report.new, report.changed, report.same, report.removed) == (0, 0, 4, 0)
    assert originals(tmp_path / "store")["a.html"] == PAGE
    with closing(sqlite3.connect(tmp_path / "store" / "library.sqlite")) as database:
        assert database.execute("SELECT max(id) FROM passages").fetchone() == passages  # nothing was embedded again


def test_show_prints_the_original_or_the_text_that_is_one(folder: Path, tmp_path: Path) -> None:
    isnad("index", "in", "--store", "s", cwd=tmp_path)
    lines = isnad("articles", "list", "--json", "--store", "s", cwd=tmp_path).stdout.splitlines()
    ids = {Path(row["path"]).name: row["article_id"] for row in map(json.loads, lines)}
    for name, text in (("a.html", PAGE), ("d.txt", "بلغ عدد الزوار 300.")):
        shown = isnad("articles", "show", ids[name], "--original", "--store", "s", cwd=tmp_path)
        assert shown.stdout == text + "\n"
