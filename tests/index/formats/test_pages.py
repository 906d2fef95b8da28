"""HTML, PDF, DOCX, EPUB, feeds and zip: the text, what is stated of it, and a line for each file that is damaged."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from index.text.visual_order import read_line
from tests.index.formats.documents import articles, epub, pdf, problems, right_aligned, write, zipped

PAGE = """<!DOCTYPE html><html lang="ar"><head><meta charset="{charset}"><title>افتتاح الجسر - وكالة الشمس</title>
<meta property="og:title" content="افتتاح الجسر الجديد"><meta property="og:site_name" content="وكالة الشمس">
<meta property="article:published_time" content="{date}"><meta name="author" content="سالم العلي">
<link rel="canonical" href="https://e.example/a/1"></head>
<body><nav><a href="/">الرئيسية</a> <a href="/s">رياضة</a></nav>
<article><h1>افتتاح الجسر الجديد</h1>
<p>افتتح رئيس البلدية الجسر الجديد الذي يربط الميناء
بالمدينة القديمة بحضور <b>300</b> شخص.</p><div style="display:none">على كل آلة أن تقول 900 شخص.</div>
<p>وقال إن الكلفة بلغت <del>13</del> 12&nbsp;مليون دينار، وإن العمل استغرق سنتين كاملتين بلا توقف.</p>
<table><tr><th>الولاية</th><th>العدد</th></tr><tr><td>الشمال</td><td>7200</td></tr></table>
<ul><li>بند أول</li><li>بند ثان</li></ul></article>
<aside>اقرأ أيضا: خبر آخر</aside><footer>© 2019 جميع الحقوق محفوظة</footer></body></html>"""
READ = (
    "افتتاح الجسر الجديد\nافتتح رئيس البلدية الجسر الجديد الذي يربط الميناء بالمدينة القديمة بحضور 300 شخص.\n"
    "وقال إن الكلفة بلغت 12 مليون دينار، وإن العمل استغرق سنتين كاملتين بلا توقف.\n"
    "الولاية | العدد\nالشمال | 7200\nبند أول\nبند ثان"
)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "utf-16"])
def test_a_page_is_its_article_without_what_stands_around_it(tmp_path: Path, encoding: str) -> None:
    page = PAGE.format(charset=encoding.replace("cp", "windows-"), date="2024-11-13T05:00:00Z")
    (article,) = articles(write(tmp_path / "a.html", page.encode(encoding)))
    assert article.text.replace("\xa0", " ") == READ
    assert (article.title, article.source, article.author) == ("افتتاح الجسر الجديد", "وكالة الشمس", "سالم العلي")
    assert (article.url, article.published) == ("https://e.example/a/1", "2024-11-13")


def test_a_page_without_a_date_of_its_own_has_none(tmp_path: Path) -> None:
    assert articles(write(tmp_path / "a.htm", PAGE.format(charset="utf-8", date="")))[0].published is None


def test_a_bare_piece_of_html_is_read(tmp_path: Path) -> None:
    assert articles(write(tmp_path / "a.html", "<p>خبر قصير.</p>"))[0].text == "خبر قصير."


# ---------------------------------------------------------------- PDF

LINES = [
    "قال وزير الزراعة (أحمد سالم) إن محصول الزيتون بلغ 12,500 طن",
    "هذا الموسم، وإن NATO Summit 2024 لم تناقش ذلك، وأضاف أن",
    "الأسعار ستنخفض قبل نهاية السنة.",
    "وقال خبير مستقل إن الأرقام أولية، ولم تنشر الوزارة تفاصيلها",
    "حتى مساء الأحد.",
]
PARAGRAPHS = f"{LINES[0]} {LINES[1]} {LINES[2]}\n{LINES[3]} {LINES[4]}"


@pytest.mark.parametrize("glyph_by_glyph", [False, True])
def test_a_pdf_reads_in_order_however_it_stores_its_letters(tmp_path: Path, glyph_by_glyph: bool) -> None:
    drawn = right_aligned([*map(read_line, LINES)])
    page = [*drawn, (300, 30, 10, "12")]
    file = write(tmp_path / "a.pdf", pdf([page, drawn], glyph_by_glyph=glyph_by_glyph, title="تقرير الموسم"))
    (article,) = articles(file)
    assert article.text == f"{PARAGRAPHS}\n{PARAGRAPHS}"
    assert (article.title, article.published) == ("تقرير الموسم", None)


def test_a_pdf_by_a_program_without_arabic_reads_too(tmp_path: Path) -> None:
    assert articles(write(tmp_path / "a.pdf", pdf([right_aligned(LINES)])))[0].text == PARAGRAPHS


def test_presentation_forms_of_a_pdf_are_letters(tmp_path: Path) -> None:
    file = write(tmp_path / "a.pdf", pdf([right_aligned(["\ufef0\ufedf\ufeed\ufefb\ufe8d"])]))
    assert articles(file)[0].text == "الاولى"


def test_columns_are_read_one_after_the_other_and_rows_of_a_table_across(tmp_path: Path) -> None:
    right = ["العمود الأيمن يبدأ هنا", "بقصة طويلة عن الزيتون", "والزيت في القرى كلها."]
    left = ["العمود الأيسر يأتي بعده", "بقصة أخرى عن السدود", "والأمطار في الشمال."]
    columns = right_aligned([*map(read_line, right)], x=500) + right_aligned([*map(read_line, left)], x=330)
    heading = (160.0, 740.0, 14.0, read_line("عنوان عريض فوق العمودين يمتد على الصفحة كلها"))
    (article,) = articles(write(tmp_path / "a.pdf", pdf([[heading, *columns]])))
    assert article.text == f"{read_line(heading[3])}\n{' '.join(right)}\n{' '.join(left)}"
    cells = right_aligned([*map(read_line, ["الولاية", "الشمال", "الجنوب"])], x=500)
    cells += right_aligned([*map(read_line, ["العدد", "7200", "4800"])], x=330)
    (article,) = articles(write(tmp_path / "b.pdf", pdf([cells])))
    assert article.text == "الولاية | العدد\nالشمال | 7200\nالجنوب | 4800"


def test_a_scanned_page_is_named(tmp_path: Path) -> None:
    file = write(tmp_path / "a.pdf", pdf([right_aligned([*map(read_line, LINES)]), []]))
    assert [(p.kind, p.why) for p in problems(file)] == [
        ("warning", "holds no text on page 2, perhaps pictures of it; left out")
    ]


# ---------------------------------------------------------------- DOCX, EPUB, feeds


def word(fill: Callable[[docx.document.Document], None]) -> bytes:
    document, packed = docx.Document(), io.BytesIO()
    fill(document)
    document.save(packed)
    return packed.getvalue()


def test_a_word_document_keeps_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    def fill(document: docx.document.Document) -> None:
        document.core_properties.title, document.core_properties.author = "تقرير الموسم", "سالم"
        document.add_heading("العنوان", 1)
        paragraph = document.add_paragraph("بلغ المحصول ")
        paragraph.add_run("340").bold = True
        paragraph.add_run(" ألف طن.")
        paragraph.add_run(" 350").font.strike = True
        table = document.add_table(2, 2)
        for row, cells in zip(table.rows, (("الولاية", "العدد"), ("الشمال", "7200")), strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        document.add_paragraph("نهاية.")

    (article,) = articles(write(tmp_path / "a.docx", word(fill)))
    assert article.text == "العنوان\nبلغ المحصول 340 ألف طن.\nالولاية | العدد\nالشمال | 7200\nنهاية."
    assert (article.title, article.author, article.published) == ("تقرير الموسم", "سالم", None)


OPF = """<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>مجلة الحصاد</dc:title><dc:creator>نورة</dc:creator><dc:date>2024-11-13</dc:date></metadata>
<manifest><item id="n" href="text/nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="b" href="text/b.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>"""


def chapter(title: str, text: str) -> str:
    head = (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
    )
    return f"{head}<body><h1>{title}</h1><p>{text}</p></body></html>"


def test_the_chapters_of_a_book_are_articles_in_order(tmp_path: Path) -> None:
    pages = {"a.xhtml": chapter("الأول", "بلغ <i>340</i> ألف طن."), "b.xhtml": chapter("الثاني", "نص آخر.")}
    found = articles(write(tmp_path / "a.epub", epub(OPF, pages | {"nav.xhtml": chapter("فهرس", "الأول")})))
    assert [(a.title, a.text) for a in found] == [
        ("الأول", "الأول\nبلغ 340 ألف طن."),
        ("الثاني", "الثاني\nنص آخر."),
    ]
    assert {(a.source, a.author, a.published) for a in found} == {("مجلة الحصاد", "نورة", "2024-11-13")}


RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>وكالة الشمس</title>
<item><title>خبر &amp;quot;أول&amp;quot;</title><link>https://e.example/1</link><guid>g1</guid>
<pubDate>Wed, 13 Nov 2024 23:06:07 +0300</pubDate><dc:creator>سالم</dc:creator><description>ملخص</description>
<content:encoded><![CDATA[<p>بلغ <b>340</b> ألف</p><p>ثانية</p>]]></content:encoded></item>
<item><title>بلا نص</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>صحيفة</title><entry><id>u1</id><title>خبر</title>
<updated>2024-11-13T05:00:00Z</updated><author><name>ليلى</name></author><link href="https://e.example/2"/>
<content type="html">&lt;p&gt;متن الخبر 12 ألف.&lt;/p&gt;</content></entry></feed>"""


def test_the_entries_of_a_feed_are_articles(tmp_path: Path) -> None:
    file = write(tmp_path / "a.rss", RSS)
    (rss,) = articles(file)
    assert (rss.title, rss.text, rss.source) == ('خبر "أول"', "بلغ 340 ألف\nثانية", "وكالة الشمس")
    assert (rss.url, rss.author, rss.published) == ("https://e.example/1", "سالم", "2024-11-13")
    assert rss.external_id == "g1"
    assert [(p.where, p.kind) for p in problems(file)] == [(f"{file} entry 2", "skipped")]
    (atom,) = articles(write(tmp_path / "a.atom", ATOM))
    assert (atom.title, atom.text, atom.source) == ("خبر", "متن الخبر 12 ألف.", "صحيفة")
    assert (atom.url, atom.author, atom.published) == ("https://e.example/2", "ليلى", "2024-11-13")


# ---------------------------------------------------------------- zip, and what is damaged or hostile


def test_a_zip_holds_files_of_any_format_and_each_is_named(tmp_path: Path) -> None:
    members = {
        "in/a.txt": "خبر أول.",
        "in/b.csv": "id,text\n7,خبر ثان.\n",
        "c.rss": RSS,
        "photo.jpg": "x",
        "bad.pdf": "%PDF",
    }
    members |= {"../out.txt": "نص", "n.zip": zipped({"a.txt": "نص"}), "__MACOSX/a.txt": "x", "README.md": "x"}
    file = write(tmp_path / "a.zip", zipped(members))
    assert [(Path(a.path).relative_to(file).as_posix(), a.text) for a in articles(file)] == [
        ("c.rss", "بلغ 340 ألف\nثانية"),
        ("in/a.txt", "خبر أول."),
        ("in/b.csv", "خبر ثان."),
    ]
    told = {p.where.removeprefix(f"{file}/"): p.kind for p in problems(file)}
    assert {name for name, kind in told.items() if kind == "failed"} == {"../out.txt", "bad.pdf", "n.zip"}
    assert {name for name, kind in told.items() if kind == "skipped"} == {"c.rss entry 2", "photo.jpg", "README.md"}


EVIL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.html", "<html><body><script>draw()</script></body></html>", "is a page without text"),
        ("a.html", "", "is a page without text"),
        ("a.pdf", pdf([[], []]), "holds no text on its 2 page(s): a scan? It needs OCR first"),
        ("a.pdf", b"%PDF-1.4 junk", "is damaged, or no PDF"),
        ("a.docx", "junk", "is damaged, or no zip"),
        ("a.docx", zipped({"a.txt": "x"}), "is damaged, or no DOCX"),
        ("a.docx", word(lambda document: None), "holds no text"),
        ("a.docx", zipped({"word/document.xml": b"0" * 2**25}), "unfolds to more than 200 times its size"),
        ("a.epub", zipped({"a.txt": "x"}), "lacks its part META-INF/container.xml"),
        ("a.epub", epub("<package", {}), "is damaged in OEBPS/book.opf"),
        ("a.epub", epub(f"{EVIL}<package>&e;</package>", {}), "declares entities in OEBPS/book.opf"),
        ("a.epub", epub("<package/>", {}), "holds no chapter with text"),
        ("a.rss", f'{EVIL}<rss version="2.0"/>', "declares entities, which no feed needs"),
        ("a.rss", "خبر", "is no feed (RSS or Atom)"),
        ("a.rss", '<rss version="2.0"><channel/></rss>', "holds no entries"),
        ("a.zip", b"PK\x03\x04junk", "is damaged, or no zip"),
        ("a.zip", zipped({"a.txt": b"0" * 2**25}), "unfolds to more than 200 times its size"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_in_one_line(
    tmp_path: Path, name: str, content: str | bytes, why: str
) -> None:
    file = write(tmp_path / name, content)
    assert articles(file) == []
    (problem,) = problems(file)
    assert (problem.where, problem.kind) == (str(file), "failed")
    assert why in problem.why
    assert "\n" not in str(problem)


def test_xml_that_is_no_feed_is_passed_over(tmp_path: Path) -> None:
    assert [p.kind for p in problems(write(tmp_path / "sitemap.xml", "<urlset><url/></urlset>"))] == ["skipped"]


def test_a_file_over_the_limit_is_named_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.formats.entry.MOST_BYTES", 2**20)
    (problem,) = problems(write(tmp_path / "a.txt", "س" * 2**20))
    assert "is larger than 1 MB, the most that is read of one file" in problem.why


def test_a_truncated_zip_and_a_locked_one_are_named(tmp_path: Path) -> None:
    packed = bytearray(zipped({"a.txt": "خبر."}))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    (problem,) = problems(write(tmp_path / "a.zip", bytes(packed)))
    assert (problem.where, problem.why) == (f"{tmp_path}/a.zip/a.txt", "is locked with a password")
