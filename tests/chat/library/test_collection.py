"""The library's tab: what is listed, added, taken out and put back, with a real library and a process that writes."""

from contextlib import closing
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.app import open_assistant
from assistant.chat.library.collection import ADDED, ORDERS, Collection
from assistant.chat.library.listing import LARGEST_FILE
from assistant.chat.library.routes import add_library
from assistant.settings import Settings
from index.errors import InputError, LibraryError
from index.static import load_background
from tests.index.intake.serving import Page, serving

BRIDGE = "افتتح الوزير سالم المنصوري جسر النهر الكبير يوم الخميس.\n\nوكلّف الجسر 12 مليون دينار، بحسب الوزارة.\n"
ARTICLES = (("a", "قطار المدينة", "وكالة ب", "2024-01-05"), ("b", "أسعار القمح", "وكالة أ", None))


@pytest.fixture
def store(add, tmp_path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, title, source, day in ARTICLES:
        head = f"---\ntitle: {title}\nsource: {source}\n" + (f"published: {day}\n" if day else "") + "---\n\n"
        (folder / f"{name}.md").write_text(f"{head}هذا خبر عن {title} وفيه كلام كثير.\n", encoding="utf-8")
    add(folder)
    return tmp_path / "store"


@pytest.fixture
def library(store):
    collection = Collection(store, load_background)
    yield collection
    collection.close()


def titles(listed):
    return [one.article.title for one in listed]


def test_articles_are_found_by_their_words_and_sorted(library):
    assert titles(library.listed()) == ["قطار المدينة", "أسعار القمح"]  # the undated one last
    assert (
        titles(library.listed(order="title"))
        == titles(library.listed(order="source"))
        == ["أسعار القمح", "قطار المدينة"]
    )
    assert titles(library.listed("اسعار")) == ["أسعار القمح"] == titles(library.listed("وكالة القمح"))
    assert library.listed("لا شيء") == [] and {len(library.listed(order=order)) for order in ORDERS} == {2}


def test_a_file_is_added_answers_and_leaves_without_a_trace(library, store):
    with open_assistant(store, settings=Settings(reader="off")) as assistant:
        report = library.add("../../جسر.txt", BRIDGE.encode())
        (file,) = (store / ADDED).rglob("*.txt")
        assert report.new == 1 and file.name == "جسر.txt"
        answer = assistant.ask("كم كلّف جسر النهر الكبير؟")
        assert "12 مليون دينار" in answer.text and not answer.abstained
        assert library.add("جسر.txt", BRIDGE.encode()).same == 1
        id_ = answer.citations[0].article.id
        library.remove(id_)
        assert len(library.listed()) == 2 and not list((store / ADDED).rglob("*.txt"))
        assert all(c.article.id != id_ for c in assistant.ask(answer.question).citations)
        library.undo(id_)
        assert assistant.ask(answer.question).text == answer.text
    with pytest.raises(LibraryError, match="too long ago"):
        library.undo(id_)


@pytest.mark.parametrize(("name", "why"), [("x.exe", "cannot read .exe"), ("..", "without an ending"), ("", "ending")])
def test_other_files_are_refused_by_name(library, store, name, why):
    with pytest.raises(InputError, match=why):
        library.add(name, b"x")
    assert not (store / ADDED).exists()


@pytest.fixture
def client(library):
    app = FastAPI()
    add_library(app, library, writable=True)
    return TestClient(app)


def test_over_http_a_file_says_what_became_of_it(client, store):
    told = client.post("/library/upload?name=جسر.txt", content=BRIDGE.encode()).json()
    assert told == {"ok": True, "line": "أُضيف: مقال واحد", "problems": []}
    broken = client.post("/library/upload?name=x.pdf&lang=en", content=b"%PDF").json()
    assert not broken["ok"] and broken["line"] == "Nothing could be read of it." and str(store) not in str(broken)
    assert broken["problems"][0].startswith("x.pdf: ") and not list((store / ADDED).rglob("*.pdf"))
    assert client.post("/library/upload?name=x.exe", content=b"MZ").status_code == 400
    listed = client.get("/library", params={"q": "جسر"}).json()
    assert listed["html"].count("<tr") == 1 and listed["count"] == "مقال واحد من أصل 3 مقالات" and not listed["more"]


def test_a_file_that_is_too_large_is_refused(client, store):
    got = client.post("/library/upload?name=x.txt", content=b"x" * (LARGEST_FILE + 1))
    assert got.status_code == 413 and "32" in got.text and not (store / ADDED).exists()


def test_a_page_of_another_site_changes_nothing(client, library):
    foreign = {"Sec-Fetch-Site": "cross-site"}
    for path in (
        "upload?name=x.txt",
        "fetch?address=https://example.org",
        f"remove?id={library.listed()[0].article.id}",
    ):
        assert client.post(f"/library/{path}", content=b"x", headers=foreign).status_code == 403
    assert len(library.listed()) == 2


FEED = """<rss version="2.0"><channel><title>وكالة النهر</title>
<item><title>جسر</title><guid>1</guid><description>افتتح الوزير سالم المنصوري جسر النهر الكبير.</description></item>
<item><title>قمح</title><guid>2</guid><description>ارتفع سعر القمح في الأسواق إلى 300 دولار.</description></item>
<item><title>بلا كلام</title><guid>3</guid></item></channel></rss>"""


def test_what_an_address_holds_is_added(store):
    pages = {"/feed": Page(FEED.encode(), "application/rss+xml")}
    with closing(Collection(store, load_background, private=True)) as library, serving(pages) as site:
        app = FastAPI()
        add_library(app, library, writable=True)
        http = TestClient(app)
        told = http.post("/library/fetch", params={"address": f" {site.url}/feed "}).json()
        assert told["ok"] and told["line"] == "أُضيف: مقالان" and len(told["problems"]) == 1
        assert told["problems"][0].startswith(f"{site.url}/feed")
        assert http.post("/library/fetch", params={"address": f"{site.url}/feed"}).json()["line"] == "موجود من قبل"
        gone = http.post("/library/fetch", params={"address": f"{site.url}/gone", "lang": "en"}).json()
        assert (gone["ok"], gone["line"]) == (False, "Nothing could be read of it.") and "404" in gone["problems"][0]
        assert len(library.listed()) == 4


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1:1/", "localhost", "http://169.254.169.254/"]
)
def test_addresses_are_checked_as_the_command_checks_them(client, library, address):
    told = client.post("/library/fetch", params={"address": address}).json()
    assert not told["ok"] and told["problems"] and len(library.listed()) == 2


def test_no_address_is_told(client):
    assert client.post("/library/fetch").status_code == 400


def test_what_is_not_there_cannot_be_removed(client):
    assert client.post("/library/remove?id=none").status_code == client.post("/library/undo?id=none").status_code == 400
    assert client.post("/library/other").status_code == 404


def test_where_readers_may_not_write_they_may_look(library):
    app = FastAPI()
    add_library(app, library, writable=False)
    http = TestClient(app)
    got = http.get("/library?page=x").json()
    assert got["html"].count("<tr") == 2 and "delete" not in got["html"]
    assert (
        http.get("/library?q=zzz").json()["html"].count("<td") == 1 and http.get("/library?page=9").json()["html"] == ""
    )
    assert http.post("/library/upload?name=a.txt", content=b"x").status_code in (404, 405)
    assert http.post("/library/remove?id=a").status_code in (404, 405)
    assert http.post("/library/fetch?address=https://example.org").status_code in (404, 405)
