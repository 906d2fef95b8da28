"""Questions as they are typed in the dialects, in the words of newsrooms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.arabic import words
from index.wordings.dialects import in_standard


@pytest.mark.parametrize(
    ("typed", "standard"),
    [
        ("ليش أمريكا خايفة من جنود كوريا", "لماذا أمريكا خائفة من جنود كوريا"),
        ("وين تدربوا جنود كوريا الشمالية؟", "أين تدربوا جنود كوريا الشمالية؟"),
        ("قداش سعر البنزين توا في تونس", "كم سعر البنزين الآن في تونس"),
        ("مين اللي فاز بالكورة؟", "من الذي فاز بالكورة؟"),
        ("وشكون حكى في هالقضية", "ومن قال في هذا القضية"),
        ("وش صار عالحدود؟", "ماذا أصبح على الحدود؟"),
        ("قد ايش عدد الجنود متاع كوريا", "كم عدد الجنود كوريا"),
    ],
)
def test_spoken_words_as_they_are_written(typed: str, standard: str) -> None:
    assert in_standard(typed) == standard


@pytest.mark.parametrize(
    "question",
    [
        "متى صارت تونس جمهورية؟",
        "ما الذي أنهى مسيرة المحلل؟",
        "كم شخصا جُرح في العالم وعلى من رُفعت القضية؟",
        "Who is Shin Won-sik?",
        "",
    ],
)
def test_what_is_no_dialect_stays_as_it_is(question: str) -> None:
    assert in_standard(question) == question


@given(st.text(alphabet="ليشوناملتع هقدوً؟، ab1", max_size=60))
def test_no_text_fails_and_twice_is_once(typed: str) -> None:
    once = in_standard(typed)
    assert words(in_standard(once)) == words(once)
