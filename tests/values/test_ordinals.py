"""Times of day: compared whole, with the half of the day where it is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.values.values import Value, bears_out, find_values, surely_bears_out


def only(text: str) -> Value:
    (found,) = find_values(text)
    return found


@pytest.mark.parametrize(
    ("text", "time", "words"),
    [
        ("الساعة 10:30 صباحا", "10:30", "10:30 صباحا"),
        ("١٠:٣٠ مساءً", "22:30", "١٠:٣٠ مساءً"),
        ("الساعة العاشرة والنصف صباحا", "10:30", "العاشرة والنصف صباحا"),
        ("عند الثالثة عصرا", "15:00", "الثالثة عصرا"),
        ("الساعة الثانية إلا ربعا ظهرا", "13:45", "الثانية إلا ربعا ظهرا"),
        ("الساعة الواحدة بعد الظهر", "13:00", "الواحدة بعد الظهر"),
        ("الساعة الثانية عشرة ليلا", "00:00", "الثانية عشرة ليلا"),
        ("الثانية ليلا", "02:00", "الثانية ليلا"),
        ("الساعة العاشرة وعشرون دقيقة من مساء", "22:20", "العاشرة وعشرون دقيقة من مساء"),
        ("الساعة 12.30 ظهرا", "12:30", "12.30 ظهرا"),
        ("الساعة الرابعة و النصف زوالا", "16:30", "الرابعة و النصف زوالا"),
        ("الساعة الواحدة والربع بعد الزوال", "13:15", "الواحدة والربع بعد الزوال"),
        ("8:40 دقيقة صباحاً", "08:40", "8:40 دقيقة صباحاً"),
        ("11 مساء", "23:00", "11 مساء"),
        ("at 10:30 pm", "22:30", "10:30 pm"),
        ("الساعة 14:00 بتوقيت غرينتش", "14:00", "14:00"),
    ],
)
def test_a_time_is_read_with_its_half_of_the_day(text: str, time: str, words: str) -> None:
    found = only(text)
    hours, minutes = map(int, time.split(":"))
    assert (found.kind, found.value, found.other) == ("time", 60 * hours + minutes, ())
    assert text[found.start : found.end] == words


@pytest.mark.parametrize("text", ["30:10", "الساعات الأولى من صباح اليوم", "ثلاث ساعات", "الدورة الثالثة", "10 صفوف"])
def test_what_is_no_time(text: str) -> None:
    assert all(value.kind != "time" for value in find_values(text))


@given(st.integers(0, 23), st.integers(0, 59))
def test_hours_and_minutes_read_back(hour: int, minute: int) -> None:
    found = only(f"بدأ في {hour}:{minute:02} أمس")
    assert found.value == 60 * hour + minute
    assert found.other == (() if hour in (0, *range(13, 24)) else ((60 * hour + minute + 720) % 1440,))


@pytest.mark.parametrize(
    ("shown", "stated", "proved", "surely"),
    [
        ("10:30 صباحا", "الساعة العاشرة والنصف صباحا", True, True),
        ("10:30", "10:30", True, True),
        ("10:30", "10:30 مساء", True, False),
        ("10:30 صباحا", "10:30 مساء", False, False),
        ("10:30 صباحا", "الساعة 10 صباحا", False, False),
        ("10:30 صباحا", "30 شخصا", False, False),
    ],
)
def test_times_are_compared_whole(shown: str, stated: str, proved: bool, surely: bool) -> None:
    pair = only(shown), only(stated)
    assert (bears_out(*pair), surely_bears_out(*pair)) == (proved, surely)
