"""Line ends, controls, escapes and hard wraps go; everything else of a text stays."""

import textwrap

import pytest

from index.text.arabic import words
from index.text.cleaning import clean, unescaped, unwrapped

PARAGRAPH = (
    "قالت وزارة الزراعة في بيان أصدرته يوم الأحد إن محصول الزيتون بلغ هذا الموسم 340 ألف طن، وإن الأسعار ستنخفض "
    "قبل نهاية السنة، وأضافت أن الصادرات بدأت من ميناء النخيل في منتصف الشهر"
)


def test_clean_keeps_text_as_read_but_for_line_ends_and_controls() -> None:
    assert clean("أ\r\nب\rج\x00\x1b[31m\tد\u200f") == "أ\nب\nج[31m\tد\u200f"


@pytest.mark.parametrize("end", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\r"])
def test_every_kind_of_line_end_parts_words(end: str) -> None:
    assert clean(f"بلغ{end}340 ألف") == "بلغ\n340 ألف"


def test_blanks_without_width_part_the_words_of_a_line_that_has_no_others() -> None:
    assert clean("بلغ\u200b340\u200bألف\u200bطن.\nسطر ثان") == "بلغ 340 ألف طن.\nسطر ثان"


def test_a_blank_without_width_inside_a_word_does_not_part_it() -> None:
    assert words(clean("في هذا النص كل\u200bمة واحدة مقسومة")) == words("في هذا النص كلمة واحدة مقسومة")


def test_lone_diacritics_of_the_presentation_forms_do_not_part_words() -> None:
    assert words("الز\ufe7eراعة م\ufe76حصول") == words("الزراعة محصول")
    assert words("قال \ufdfa إن") == words("قال صلى الله عليه وسلم إن")


def test_what_was_escaped_twice_is_read_once() -> None:
    assert unescaped('العنوان\\nقال إنه \\"الأفضل\\".\\r\\nثم') == 'العنوان\nقال إنه "الأفضل".\nثم'


def test_a_path_with_a_backslash_is_no_line_end() -> None:
    assert unescaped(r"الملف في C:\news\new.txt") == r"الملف في C:\news\new.txt"


@pytest.mark.parametrize("width", [50, 60, 72])
def test_hard_wrapped_lines_are_joined(width: int) -> None:
    wrapped = "\n\n".join(["العنوان", textwrap.fill(PARAGRAPH, width), textwrap.fill(f"{PARAGRAPH} أيضا", width)])
    assert unwrapped(wrapped) == f"العنوان\n\n{PARAGRAPH}\n\n{PARAGRAPH} أيضا"


def test_the_items_of_a_list_stay_on_their_lines() -> None:
    text = textwrap.fill(PARAGRAPH, 60) + "\n- بند أول\n- بند ثان"
    assert unwrapped(text) == f"{PARAGRAPH}\n- بند أول\n- بند ثان"


@pytest.mark.parametrize(
    "text",
    [
        "عنوان الخبر\nكتب: سالم العلي\nالعاصمة\nنص الخبر هنا وهو قصير.",
        "\n".join(f"الجملة رقم {n} في هذا النص القصير." + " كلمة" * (n % 5) for n in range(12)),
        "\n".join(f"{n}. قالت الوزارة إن العدد بلغ {n} آلاف في الولاية." for n in range(9)),
    ],
)
def test_lines_that_were_meant_stay(text: str) -> None:
    assert unwrapped(text) == text
