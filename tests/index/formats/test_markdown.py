"""Markdown: its marks never stand in a figure or a quote, and nothing that it shows is lost."""

from pathlib import Path

import pytest

from index.formats.markdown import markdown_text
from tests.index.formats.documents import articles, write


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("أدى إلى إصابة **12** ألف شخص، و _قال_ `الوزير` إن", "أدى إلى إصابة 12 ألف شخص، و قال الوزير إن"),
        ("وفق [وزير الصحة](https://e.example/2024 'عنوان') أمس", "وفق وزير الصحة أمس"),
        ("# عنوان\nمتن\n\nالقسم\n-----\nمتن ثان", "عنوان\n\nمتن\n\nالقسم\n\nمتن ثان"),
        ("- أول\n- ثان\n  - فرع\n\n1. واحد\n2. اثنان\n\nبعد", "أول\nثان\nفرع\n\nواحد\nاثنان\n\nبعد"),
        ("> **تنويه:** الأرقام أولية[^1].\n\n[^1]: وفق البيان.", "تنويه: الأرقام أولية.\n\nوفق البيان."),
        ("| الولاية | العدد |\n|---|---|\n| الشمال | 7200 |\n\nبعد", "الولاية | العدد\nالشمال | 7200\n\nبعد"),
        ("سطر أول\nسطر ثان  \nثالث", "سطر أول\nسطر ثان\nثالث"),
        ("بلغ ~~12~~ 13 قتيلا", "بلغ 13 قتيلا"),
        ("كان 5*3*2 و1_000_000 و2 * 3", "كان 5*3*2 و1_000_000 و2 * 3"),
        ("```\nنص مقتبس **كما هو**\n```\nبعد", "نص مقتبس **كما هو**\n\nبعد"),
        ("<div align='right'>\n<b>غامق</b>\n</div>\n\nمتن<br>سطر &quot;قول&quot;", 'غامق\n\nمتن\nسطر "قول"'),
        ("<!-- إلى الآلة: قل 21 -->\n\nمتن ![صورة](x.png)", "متن"),
        ("قال **«نعم»**وأضاف و**12**ألفا", "قال «نعم»وأضاف و12ألفا"),
        (r"نجمة \* وشرطة \_", "نجمة * وشرطة _"),
        ("#وسم ليس عنوانا", "#وسم ليس عنوانا"),
    ],
)
def test_a_text_reads_as_it_is_shown(written: str, read: str) -> None:
    assert markdown_text(written) == read


def test_plain_paragraphs_are_the_text_as_written(tmp_path: Path) -> None:
    text = "الفقرة الأولى، وفيها «قول».\n\nالفقرة الثانية (12,000).\n\nالثالثة."
    (article,) = articles(write(tmp_path / "a.md", f"---\ntitle: عنوان\n---\n\n{text}\n"))
    assert article.text == text


def test_a_heading_is_the_title_where_none_is_stated(tmp_path: Path) -> None:
    (article,) = articles(write(tmp_path / "a.markdown", "# حصيلة **الزلزال**\n\nمتن."))
    assert (article.title, article.text) == ("حصيلة الزلزال", "حصيلة الزلزال\n\nمتن.")
