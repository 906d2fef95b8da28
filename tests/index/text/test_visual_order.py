"""Arabic stored in the order of drawing is told apart, and reads as it was written."""

import pytest

from index.text.visual_order import is_visual, read_line, turned

READ = "قال وزير الزراعة إن محصول الزيتون بلغ هذا الموسم 340 ألف طن، بزيادة عن الموسم الماضي."
DRAWN = ".يضاملا مسوملا نع ةدايزب ،نط فلأ 340 مسوملا اذه غلب نوتيزلا لوصحم نإ ةعارزلا ريزو لاق"


def test_a_drawn_text_is_turned() -> None:
    assert turned(f"نوتيزلا لوصحم\n\n{DRAWN}\n") == f"محصول الزيتون\n\n{READ}\n"


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("(دمحأ) 12.5% نم NATO Summit 2024 يف", "في NATO Summit 2024 من 12.5% (أحمد)"),
        ("10:30 ةعاسلا ١٢٫٥ غلب", "بلغ ١٢٫٥ الساعة 10:30"),
        ("«دج ريبك» 12,500", "12,500 «كبير جد»"),
        ("2024-10-21 موي", "يوم 2024-10-21"),
        ("English only (1)", "English only (1)"),
    ],
)
def test_figures_and_latin_words_keep_their_order(drawn: str, read: str) -> None:
    assert read_line(drawn) == read


@pytest.mark.parametrize("text", [READ, "خبر قصير.", "English text", "لا إله إلا الله", "مَحْصُولُ الزَّيْتُونِ", ""])
def test_what_is_in_the_order_of_reading_stays(text: str) -> None:
    assert not is_visual(text)
    assert turned(text) == text
