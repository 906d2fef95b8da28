"""Dates as files state them."""

import pytest

from index.errors import InputError
from index.text.dates import parse_date


@pytest.mark.parametrize(
    "stated",
    [
        "2024-11-13",
        "٢٠٢٤-١١-١٣",
        "2024/11/13",
        "٢٠٢٤/١١/١٣",
        "2024.11.13",
        "13-11-2024",
        "١٣/١١/٢٠٢٤م",
        "13/11/2024 14:30",
        "11/13/2024",
        "20241113",
        20241113,
        "2024-11-13 05:06",
        "2024-11-13T23:06:07.468882-03:00",
        "2024-11-13+03:00",
        "Wed, 13 Nov 2024 05:06:07 GMT",
        "November 13, 2024",
        "Nov 13th, 2024",
        "13-Nov-2024",
        "13 نوفمبر 2024",
        "١٣ تشرين الثاني ٢٠٢٤",
        "الأربعاء، 13 نوفمبر/تشرين الثاني 2024 - 14:30",
        "١١ جمادى الأولى ١٤٤٦هـ الموافق ١٣ نوفمبر ٢٠٢٤م",
        "1446/05/11هـ - 2024/11/13م",
        1731456000,
        1731456000000,
        "1731456000",
        1731456000.5,
    ],
)
def test_a_day_is_read_in_each_common_form(stated: object) -> None:
    assert parse_date(stated) == "2024-11-13"


def test_the_day_comes_first_as_in_the_arab_press() -> None:
    assert parse_date("1.2.2024") == parse_date("1/2/2024") == "2024-02-01"


@pytest.mark.parametrize(
    "stated",
    [
        "أمس",
        "2024-13-01",
        "31/02/2024",
        "2024",
        "2024-11",
        "13/11/24",
        "0000-00-00",
        "2024-10-21garbage",
        "13 نوفمبر",
        "",
        "حضر الوزير الاجتماع الذي عقد في العاصمة " * 4 + "13 نوفمبر 2024",
    ],
)
def test_what_states_no_whole_day_is_refused(stated: str) -> None:
    with pytest.raises(InputError, match="is no date"):
        parse_date(stated)


@pytest.mark.parametrize(
    "stated", ["1446-05-11", "11/5/1446", "١١ جمادى الأولى ١٤٤٦", "12 رمضان 1445هـ", "1446/05/11هـ"]
)
def test_a_hijri_date_is_told_apart(stated: str) -> None:
    with pytest.raises(InputError, match="is a Hijri date"):
        parse_date(stated)


@pytest.mark.parametrize("stated", [True, None, ["2024-11-13"], {"day": 13}])
def test_a_date_is_a_string_or_a_number(stated: object) -> None:
    with pytest.raises(InputError, match="is not a string"):
        parse_date(stated)
