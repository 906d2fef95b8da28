"""A library of an earlier version: brought up to date at opening, also after a kill in the middle, and nothing lost."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import LibraryError
from index.static import load_background
from index.storage.database import Database
from index.storage.deriving import open_for_reading
from index.storage.library import FILE, Library
from index.types import Filters

SCHEMA_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE articles (id TEXT PRIMARY KEY, text TEXT NOT NULL, details TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE origins (key TEXT PRIMARY KEY, file TEXT NOT NULL, article_id TEXT NOT NULL, details TEXT NOT NULL);
CREATE INDEX origins_by_article ON origins (article_id);
CREATE TABLE passages (id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    vector BLOB NOT NULL);
CREATE INDEX passages_by_article ON passages (article_id);
INSERT INTO meta VALUES ('schema', '1');
"""
TEXTS = ["افتتح الوزير سد الوادي الكبير.", "بدأت الانتخابات البلدية في تونس."]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A library as the first version left it: the first text was read from two sources, and was one article."""
    encoder = load_background()
    with closing(Database.create(tmp_path, FILE, SCHEMA_1)) as db:
        db.insert("INSERT INTO meta VALUES ('encoder', ?)", (encoder.name,))
        for n, text in enumerate(TEXTS):
            details = '{"title": null, "source": %s, "url": null, "author": null, "published": null, "path": "r.jsonl",'
            details += ' "external_id": "%s"}'
            db.insert("INSERT INTO articles VALUES (?, ?, ?)", (f"old-{n}", text, details % ('"وكالة الفجر"', n)))
            for key, source in [("a", '"وكالة الفجر"'), ("b", '"صحيفة المدى"')][: 2 - n]:
                row = (f"{key}{n}", "r.jsonl", f"old-{n}", details % (source, n))
                db.insert("INSERT INTO origins VALUES (?, ?, ?, ?)", row)
            vector = encoder.encode([text]).astype("float16").tobytes()
            values = (f"old-{n}", 0, len(text), vector)
            db.insert('INSERT INTO passages (article_id, start, "end", vector) VALUES (?, ?, ?, ?)', values)
    return tmp_path


def holds_all(store: Path) -> bool:
    with closing(Library.open(store)) as library:
        derived = open_for_reading(library, read_all=True)
        found = {
            (
                article.source,
                article.text,
                len(derived.terms.search(article.text, 9, Filters(source=article.source))) > 0,
            )
            for article in library.articles()
        }
        whole = derived.count() == library.count() == 3
        origins = library.origins().values()
        derived.close()
        ids = {article.id for article in library.articles()}
        expected = {("وكالة الفجر", text, True) for text in TEXTS} | {("صحيفة المدى", TEXTS[0], True)}
        return whole and found == expected and {origin.article.id for origin in origins} == ids


def test_an_earlier_library_keeps_each_source_of_a_text(old: Path) -> None:
    assert holds_all(old)
    assert holds_all(old)


KILLED = """
import os, signal, sys
from pathlib import Path
from index.storage.database import Database
from index.storage.library import Library
insert, left = Database.insert, int(sys.argv[2])
def counted(self, *args):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return insert(self, *args)
Database.insert = counted
Library.open(Path(sys.argv[1]))
"""


def test_a_migration_that_is_killed_at_any_write_is_done_again(old: Path) -> None:
    statuses = []
    for writes in (0, 2, 4, 7):
        run = subprocess.run([sys.executable, "-c", KILLED, str(old), str(writes)], check=False)
        statuses.append(run.returncode)
    assert statuses == [-signal.SIGKILL] * 4
    with closing(Database.open(old, FILE)) as db:
        assert db.one("SELECT value FROM meta WHERE key = 'schema'")[0] == "1"
        assert db.one("SELECT count(*) FROM articles")[0] == 2
    assert holds_all(old)


def test_a_later_library_and_one_that_may_not_be_written_are_told(old: Path) -> None:
    if os.getuid():
        for path in (old / FILE, old):
            path.chmod(0o500)
        with pytest.raises(LibraryError, match="earlier isnad and cannot be brought up to date"):
            Library.open(old)
        for path in (old, old / FILE):
            path.chmod(0o700)
    with closing(Database.open(old, FILE)) as db:
        db.insert("UPDATE meta SET value = '99' WHERE key = 'schema'", ())
    with pytest.raises(LibraryError, match="another version of isnad"):
        Library.open(old)
