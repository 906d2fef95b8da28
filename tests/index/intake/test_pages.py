"""`isnad index https://…`: a page is an article, a feed's entries are, and what cannot be fetched is told in a line."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.formats.details import at_address
from tests.command_line import Done, isnad
from tests.index.formats.documents import zipped
from tests.index.intake.serving import Page, Site, serving

ARTICLE = """<html lang="ar"><head><title>افتتاح الجسر</title><meta property="og:title" content="افتتاح الجسر الجديد">
{head}</head><body><article><p>افتتح رئيس البلدية الجسر الجديد الذي يربط الميناء بالمدينة القديمة.</p>
<p>وقال إن الكلفة بلغت 12 مليون دينار، وإن العمل استغرق سنتين كاملتين بلا توقف.</p></article></body></html>"""
FEED = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>وكالة الشمس</title>{}</channel></rss>'
ENTRY = (
    "<item><title>خبر {0}</title><link>/n/{0}</link><guid>{0}</guid><description>نص الخبر رقم {0}.</description></item>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


def index(folder: Path, *named: str) -> Done:
    return isnad("index", *named, "--store", "s", cwd=folder, ISNAD_FETCH_PRIVATE="1")


def listed(folder: Path) -> list[dict[str, str]]:
    lines = isnad("articles", "list", "--json", "--store", "s", cwd=folder).stdout.splitlines()
    return [json.loads(line) for line in lines]


def test_a_page_is_an_article_that_shows_its_address(tmp_path: Path, site: Site) -> None:
    site.pages["/a"] = Page(ARTICLE.format(head="").encode())
    assert index(tmp_path, f"{site.url}/a").stdout == "articles: 1 new, 0 changed, 0 same, 0 removed, 0 failed\n"
    (row,) = listed(tmp_path)
    assert (row["title"], row["url"], row["source"]) == ("افتتاح الجسر الجديد", f"{site.url}/a", "127.0.0.1")
    shown = isnad("articles", "show", row["article_id"], "--store", "s", cwd=tmp_path)
    assert shown.stderr == f"{site.url}/a\n" and shown.stdout == row["text"] + "\n"
    assert index(tmp_path, f"{site.url}/a").stdout.startswith("articles: 0 new, 0 changed, 1 same")
    site.pages["/a"] = Page(ARTICLE.format(head="").replace("12", "13").encode())
    assert index(tmp_path, f"{site.url}/a").stdout.startswith("articles: 0 new, 1 changed, 0 same")
    site.pages.clear()
    done = index(tmp_path, f"{site.url}/a")
    assert (done.returncode, done.stderr) == (1, f"failed: {site.url}/a: answers 404 (Not Found)\n")
    assert len(listed(tmp_path)) == 1  # what was read once is not lost


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("https://shams.example/a/1", "https://shams.example/a/1"),
        ("https://bbc.example/arabic/1", "https://www.shams.example/1?from=x"),
        ("http://[half", "https://www.shams.example/1?from=x"),
        (None, "https://www.shams.example/1?from=x"),
    ],
)
def test_no_page_passes_for_another_sites(stated: str | None, kept: str) -> None:
    details = at_address({"url": stated, "source": None}, "https://www.shams.example/1?from=x")
    assert details == {"url": kept, "source": "shams.example"}


def test_of_a_feed_only_what_is_new_is_indexed_and_what_it_drops_stays(tmp_path: Path, site: Site) -> None:
    site.pages["/feed"] = Page(FEED.format(ENTRY.format(1) + ENTRY.format(2)).encode(), "application/rss+xml")
    assert index(tmp_path, f"{site.url}/feed").stdout.startswith("articles: 2 new")
    site.pages["/feed"] = Page(FEED.format(ENTRY.format(2) + ENTRY.format(3)).encode(), "text/html")
    done = index(tmp_path, f"{site.url}/feed")
    assert done.stdout == "articles: 1 new, 0 changed, 1 same, 0 removed, 0 failed\n"
    assert {row["url"] for row in listed(tmp_path)} == {f"{site.url}/n/{n}" for n in (1, 2, 3)}
    assert {row["source"] for row in listed(tmp_path)} == {"وكالة الشمس"}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html; charset=windows-1256", ARTICLE.format(head="").encode("cp1256")),
        ("text/plain; charset=iso-8859-6", "افتتح رئيس البلدية الجسر الجديد.".encode("iso-8859-6")),
        ("application/xml", FEED.format(ENTRY.format("الجسر الجديد")).replace("utf-8", "utf-16").encode("utf-16")),
        ("application/rss+xml; charset=cp1256", FEED.format(ENTRY.format("الجسر الجديد")).encode("cp1256")),
        ("application/json", json.dumps({"text": "افتتح رئيس البلدية الجسر الجديد."}).encode()),
        ("application/octet-stream", zipped({"a.txt": "افتتح رئيس البلدية الجسر الجديد."})),
        (None, ARTICLE.format(head="").encode()),
    ],
)
def test_kinds_and_encodings(tmp_path: Path, site: Site, kind: str | None, body: bytes) -> None:
    site.pages["/x"] = Page(body, kind)
    assert index(tmp_path, f"{site.url}/x").stdout.startswith("articles: 1 new")
    assert "الجسر الجديد" in listed(tmp_path)[0]["text"]


def test_what_cannot_be_fetched_is_one_line_and_the_rest_is_indexed(tmp_path: Path, site: Site) -> None:
    site.pages |= {"/a": Page(ARTICLE.format(head="").encode()), "/p": Page(b"\x89PNG\r\n\x1a\n", "image/png")}
    (tmp_path / "b.txt").write_text("ضرب زلزال مدينة إزمير.")
    done = index(tmp_path, f"{site.url}/p", "ftp://127.0.0.1/x", f"{site.url}/a", "b.txt")
    assert done.stdout == "articles: 2 new, 0 changed, 0 same, 0 removed, 2 failed\n"
    assert done.stderr.splitlines() == [
        f"failed: {site.url}/p: is image/png, which is not read",
        "failed: ftp://127.0.0.1/x: is not fetched: only http:// and https:// are",
    ]
    refused = isnad("index", f"{site.url}/a", "--store", "s", cwd=tmp_path)
    assert refused.returncode == 1 and "which is not public" in refused.stderr and len(refused.stderr.splitlines()) == 1
