"""Tags and entities inside a text: a reader of it never sees them."""

import pytest

from index.text.markup import page_text, without_markup


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("إصابة 12&#160;شخصا، و&quot;الوضع تحت السيطرة&quot;", 'إصابة 12\xa0شخصا، و"الوضع تحت السيطرة"'),
        ("بلغ &#x663;&#x664;&#x660; ألفا", "بلغ ٣٤٠ ألفا"),
        ("R&amp;D و AT&T", "R&D و AT&T"),
        ("قال &amp;quot;نعم&amp;quot;", 'قال "نعم"'),
        ("إذا كان a < 5 و b > 3", "إذا كان a < 5 و b > 3"),
        ("أعلن <اسم محذوف> ذلك", "أعلن <اسم محذوف> ذلك"),
        ("<p>أولى.</p><p>ثانية بلا نقطة</p>ثالثة", "أولى.\nثانية بلا نقطة\nثالثة"),
        ("<div><h2>عنوان</h2>متن<br>سطر</div>", "عنوان\nمتن\nسطر"),
        ("<ul><li>أ<li>ب</ul>", "أ\nب"),
        ("بلغ <b>12</b> ألفًا، وفق <a href='x'>الوزير</a>.", "بلغ 12 ألفًا، وفق الوزير."),
        ("سطر\n\nسطر <b>غامق</b>\nثالث", "سطر\n\nسطر غامق\nثالث"),
        ("<p>سطر\nملفوف في\n  المصدر</p><p>ب</p>", "سطر ملفوف في المصدر\nب"),
        ("<p>بلغ <del>12</del> <s>11</s> 13 قتيلا</p>", "بلغ 13 قتيلا"),
        ("<p>بلغ <s>13 قتيلا", "بلغ 13 قتيلا"),
        ('<p>علن</p><p style="display: none">سر</p><p hidden>سر</p><script>var x</script>', "علن"),
        ("خبر<!-- تعليق --> بعد", "خبر بعد"),
        ("&lt;p&gt;بلغ 340&amp;nbsp;ألفا&lt;/p&gt;", "بلغ 340\xa0ألفا"),
    ],
)
def test_a_text_is_read_as_a_browser_shows_it(written: str, read: str) -> None:
    assert without_markup(written) == read


def test_a_row_of_a_table_is_a_line() -> None:
    table = "<table><tr><th>الولاية</th><th>العدد</th></tr><tr><td><p>الشمال</p></td><td>7200</td></tr></table>"
    assert page_text(f"قبل {table} بعد") == "قبل\nالولاية | العدد\nالشمال | 7200\nبعد"


def test_cells_that_lay_out_a_page_are_no_row() -> None:
    assert page_text("<table><tr><td>قائمة</td><td><p>أولى</p><p>ثانية</p></td></tr></table>") == "قائمة\nأولى\nثانية"


@pytest.mark.parametrize("piece", ["<b ", "<p>", "<td>", "<table>", "<s>", "&#", "<a href='", "</div>"])
def test_hostile_repetition_is_read_all_the_same(piece: str) -> None:
    assert "الخبر" in without_markup(f"<p>الخبر</p> {piece * 50_000}")
