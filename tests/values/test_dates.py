"""Dates in all their written forms; words that only look like months state none."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.values.dates import Date, find_dates, same_date

FRIDAY = "2024-10-25"
Fields = tuple[int | None, int | None, int | None]


def only(text: str, published: str | None = None) -> Date:
    (found,) = find_dates(text, published)
    return found


def fields(found: Date) -> Fields:
    return found.year, found.month, found.day


@pytest.mark.parametrize(
    ("text", "stated", "words"),
    [
        ("في 2024-10-21 صباحا", (2024, 10, 21), "2024-10-21"),
        ("يوم 21/10/2024.", (2024, 10, 21), "21/10/2024"),
        ("10/21/2024", (2024, 10, 21), "10/21/2024"),
        ("21.10.2024", (2024, 10, 21), "21.10.2024"),
        ("٢١/١٠/٢٠٢٤م", (2024, 10, 21), "٢١/١٠/٢٠٢٤م"),
        ("۲۱ أكتوبر ۲۰۲۴", (2024, 10, 21), "۲۱ أكتوبر ۲۰۲۴"),
        ("21 أكتوبر/تشرين الأول 2024", (2024, 10, 21), "21 أكتوبر/تشرين الأول 2024"),
        ("21 تشرين الأول/أكتوبر", (None, 10, 21), "21 تشرين الأول/أكتوبر"),
        ("خلال حزيران (يونيو) انخفض", (None, 6, None), "حزيران (يونيو)"),
        ("30 يونيو/ حزيران من العام 2013", (2013, 6, 30), "30 يونيو/ حزيران من العام 2013"),
        ("25 من يوليو", (None, 7, 25), "25 من يوليو"),
        ("الأول من مايو 2021", (2021, 5, 1), "الأول من مايو 2021"),
        ("12 غشت 2023", (2023, 8, 12), "12 غشت 2023"),
        ("3 شتنبر", (None, 9, 3), "3 شتنبر"),
        ("5 دجنبر 2022", (2022, 12, 5), "5 دجنبر 2022"),
        ("10 جويلية 2021", (2021, 7, 10), "10 جويلية 2021"),
        ("5 ماي 2023", (2023, 5, 5), "5 ماي 2023"),
        ("15 آب", (None, 8, 15), "15 آب"),
        ("أوت 2020", (2020, 8, None), "أوت 2020"),
        ("كانون الثاني/يناير 2024", (2024, 1, None), "كانون الثاني/يناير 2024"),
        ("ديسمبر من عام 2013", (2013, 12, None), "ديسمبر من عام 2013"),
        ("في مارس", (None, 3, None), "مارس"),
        ("شهر آب", (None, 8, None), "آب"),
        ("بين يونيو", (None, 6, None), "يونيو"),
        ("وأُكـتُوبَر 2023", (2023, 10, None), "وأُكـتُوبَر 2023"),
        ("عام 2024", (2024, None, None), "عام 2024"),
        ("لسنة 1978", (1978, None, None), "لسنة 1978"),
        ("العام 622", (622, None, None), "العام 622"),
        ("في 2024، أعلن", (2024, None, None), "2024"),
        ("منذ 2011", (2011, None, None), "2011"),
        ("October 21, 2024", (2024, 10, 21), "October 21, 2024"),
        ("21 Oct 2024", (2024, 10, 21), "21 Oct 2024"),
        ("21-Oct-2024", (2024, 10, 21), "21-Oct-2024"),
        ("Oct. 21", (None, 10, 21), "Oct. 21"),
        ("the 21st of October", (None, 10, 21), "the 21st of October"),
        ("July 2023", (2023, 7, None), "July 2023"),
        ("in May", (None, 5, None), "May"),
        ("in 2024", (2024, None, None), "2024"),
        ("7 مارس2017", (2017, 3, 7), "7 مارس2017"),
        ("\u200f٢١\u200e أكتوبر\u200f", (None, 10, 21), "٢١\u200e أكتوبر\u200f"),
    ],
)
def test_a_stated_date(text: str, stated: Fields, words: str) -> None:
    found = only(text)
    assert (fields(found), text[found.start : found.end], found.hijri) == (stated, words, False)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("21 ربيع الأول 1446 هـ", (1446, 3, 21)),
        ("10 محرم 1446", (1446, 1, 10)),
        ("1 ذي القعدة", (None, 11, 1)),
        ("12 جمادى الآخرة 1445هـ", (1445, 6, 12)),
        ("شهر رجب", (None, 7, None)),
        ("في رمضان", (None, 9, None)),
        ("3 صفر 1446", (1446, 2, 3)),
        ("عام ١٤٤٥ هـ", (1445, None, None)),
        ("مهرجان 1436هـ", (1436, None, None)),
        ("4/11/1435هـ", (1435, 11, 4)),
        ("21/4/1446", (1446, 4, 21)),
    ],
)
def test_hijri_dates_stay_hijri(text: str, stated: Fields) -> None:
    found = only(text)
    assert (fields(found), found.hijri) == (stated, True)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("14 و15 جانفي 2016", [(2016, 1, 14), (2016, 1, 15)]),
        ("من 5 إلى 7 أكتوبر", [(None, 10, 5), (None, 10, 7)]),
        ("5-7 October", [(None, 10, 5), (None, 10, 7)]),
        ("عامي 2010 و2012", [(2010, None, None), (2012, None, None)]),
        ("من 5 أكتوبر إلى 7 نوفمبر", [(None, 10, 5), (None, 11, 7)]),
    ],
)
def test_several_dates(text: str, stated: list[Fields]) -> None:
    assert [fields(found) for found in find_dates(text)] == stated


@pytest.mark.parametrize(
    ("text", "expected", "weekday"),
    [
        ("أمس", "2024-10-24", 3),
        ("وأمس", "2024-10-24", 3),
        ("أول أمس", "2024-10-23", 2),
        ("أول من أمس", "2024-10-23", 2),
        ("أمس الأول", "2024-10-23", 2),
        ("اليوم", "2024-10-25", 4),
        ("اليوم الجمعة", "2024-10-25", 4),
        ("أمس الخميس", "2024-10-24", 3),
        ("أمس (الأربعاء)", "2024-10-23", 2),  # the weekday decides
        ("غدًا", "2024-10-26", 5),
        ("غدا السبت", "2024-10-26", 5),
        ("بعد غد", "2024-10-27", 6),
        ("الثلاثاء", "2024-10-22", 1),
        ("الجمعة", "2024-10-25", 4),
        ("الجمعة الماضي", "2024-10-18", 4),
        ("الخميس الماضي", "2024-10-24", 3),
        ("الجمعة المقبل", "2024-11-01", 4),
        ("الثلاثاء القادم", "2024-10-29", 1),
        ("للإثنين", "2024-10-21", 0),
        ("yesterday", "2024-10-24", 3),
        ("last Thursday", "2024-10-24", 3),
        ("next Sunday", "2024-10-27", 6),
    ],
)
def test_a_day_told_from_the_publication(text: str, expected: str, weekday: int) -> None:
    told, untold = only(text, FRIDAY), only(text)
    assert (told.year, told.month, told.day) == tuple(map(int, expected.split("-")))
    assert told.weekday == weekday
    assert fields(untold) == (None, None, None)
    assert untold.weekday in (weekday, None)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("الشهر الماضي", (2024, 9, None)),
        ("مطلع الشهر المقبل", (2024, 11, None)),
        ("خلال العام الماضي", (2023, None, None)),
        ("العام الجاري", (2024, None, None)),
        ("هذا العام", (2024, None, None)),
        ("السنة المقبلة", (2025, None, None)),
        ("next year", (2025, None, None)),
        ("في يونيو الماضي", (2024, 6, None)),
        ("ديسمبر الماضي", (2023, 12, None)),
        ("مارس المقبل", (2025, 3, None)),
        ("24 أكتوبر الجاري", (2024, 10, 24)),
        ("last June", (2024, 6, None)),
    ],
)
def test_months_and_years_told_from_the_publication(text: str, stated: Fields) -> None:
    assert fields(only(text, FRIDAY)) == stated
    untold = only(text)
    assert (untold.year, untold.month) in ((None, None), (None, stated[1]))


@pytest.mark.parametrize(
    ("text", "stated", "weekday"),
    [
        ("الخميس 24 أكتوبر", (None, 10, 24), 3),
        ("يوم الخميس، 24 أكتوبر 2024، في", (2024, 10, 24), 3),
        ("الجمعة الموافق 25 أكتوبر", (None, 10, 25), 4),
        ("اليوم الإثنين 30 جانفي 2017", (2017, 1, 30), 0),
        ("الأحد القادم 19 مارس", (None, 3, 19), 6),
        ("Thursday, October 24, 2024", (2024, 10, 24), 3),
    ],
)
def test_a_weekday_and_its_date_are_one(text: str, stated: Fields, weekday: int) -> None:
    found = only(text, FRIDAY)
    assert (fields(found), found.weekday) == (stated, weekday)


@pytest.mark.parametrize(
    "text",
    [
        "مارس مهنته",
        "من مارس هذه المهنة",
        "تيريزا ماي",
        "قالت ماي إن",
        "أب لخمسة أطفال",
        "15 أب",
        "آب إلى رشده",
        "3 صفر",
        "رجب طيب أردوغان",
        "في 2024 مدرسة",
        "في أمس الحاجة",
        "اليوم الأول",
        "في اليوم التالي",
        "اليوم العالمي للمرأة",
        "المصري اليوم",
        "غدا واضحا أن",
        "بين الاثنين",
        "صلاة الجمعة",
        "الأمين العام الحالي",
        "عاد خمسة",
        "باب المدينة",
        "he may go",
        "the march began",
        "31 فبراير",
        "2.5 مارس",
        "2ر1482 م د",
        "20% أكتوبر",
        "أكتوبر",
        "1.2.3",
        "45/10/2024",
        "10:30",
        "",
    ],
)
def test_what_states_no_date(text: str) -> None:
    assert find_dates(text, FRIDAY) == []


def test_a_listed_day_shares_the_year_too() -> None:
    assert [fields(found) for found in find_dates("من 14 إلى 28 ماي القادم", FRIDAY)] == [(2025, 5, 14), (2025, 5, 28)]


@pytest.mark.parametrize("published", ["", "أمس", "2024", "2024-13-01", "25/10/2024"])
def test_a_publication_that_is_no_day_is_not_used(published: str) -> None:
    assert fields(only("أمس", published)) == (None, None, None)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("21 أكتوبر 2024", "21 تشرين الأول", True),
        ("21 أكتوبر 2024", "2024-10-21", True),
        ("21 أكتوبر 2024", "October 2024", True),
        ("21 أكتوبر 2024", "22 أكتوبر 2024", False),
        ("21 أكتوبر 2024", "21 أكتوبر 2023", False),
        ("الخميس", "الخميس 24 أكتوبر", True),
        ("الخميس", "الجمعة", False),
        ("الخميس", "24 أكتوبر", False),  # nothing in common
        ("عام 2024", "أكتوبر 2024", True),
        ("عام 1446 هـ", "عام 1446", False),
    ],
)
def test_dates_are_the_same_where_all_that_both_state_is(a: str, b: str, same: bool) -> None:
    assert same_date(only(a), only(b)) is same
    assert same_date(only(b), only(a)) is same


FAMILIES = [
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split(),
    [
        *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول"),
        *("تشرين الأول", "تشرين الثاني", "كانون الأول"),
    ],
]
ENGLISH = "January February March April May June July August September October November December".split()
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(DAYS, st.sampled_from(FAMILIES), st.booleans())
def test_every_written_form_gives_the_day_back(day: date, family: list[str], eastern: bool) -> None:
    month, other = family[day.month - 1], FAMILIES[0][day.month - 1]
    forms = [
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.day} {month}، {day.year}",
        f"{day.day} {month}/{other} {day.year}",
        f"{day.day} من {month} عام {day.year}",
        f"{ENGLISH[day.month - 1]} {day.day}, {day.year}",
        f"{day.day} {ENGLISH[day.month - 1][:3]} {day.year}",
    ]
    for form in forms:
        written = form.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")) if eastern else form
        text = f"عقد الاجتماع يوم {written}."
        found = only(text)
        assert fields(found) == (day.year, day.month, day.day), form
        assert text[found.start : found.end] == written


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_the_last_one_up_to_publication(published: date, weekday: int) -> None:
    name = "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split()[weekday]

    def resolved(text: str) -> date:
        found = only(text, published.isoformat())
        return date(found.year or 0, found.month or 0, found.day or 0)

    assert resolved(name).weekday() == weekday
    assert timedelta(0) <= published - resolved(name) <= timedelta(6)
    assert timedelta(1) <= published - resolved(f"{name} الماضي") <= timedelta(7)
    assert timedelta(1) <= resolved(f"{name} المقبل") - published <= timedelta(7)


PIECES = [*"0123456789٣/-.,،() ", "أكتوبر ", "تشرين ", "الأول ", "و", "من ", "عام ", "سنة ", "الخميس ", "أمس ", "أول "]
PIECES += ["اليوم ", "غدا ", "الماضي ", "المقبل ", "ماي ", "May ", "October ", "st", "the ", "هـ", "رمضان ", "عامي "]
PIECES += ["العام ", "2024 ", "15 ", "\u200f", "ـ", "ً", "next ", "Friday ", "\n"]
PUBLISHED = st.none() | st.just(FRIDAY) | st.just("0001-01-01") | st.just("9999-12-31")


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text(), PUBLISHED)
def test_any_text_gives_dates_whose_spans_lie_in_order(text: str, published: str | None) -> None:
    found = find_dates(text, published)
    assert all(0 <= d.start < d.end <= len(text) for d in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(d.month is None or 1 <= d.month <= 12 for d in found)
    assert all(d.weekday is None or 0 <= d.weekday <= 6 for d in found)
    assert all(same_date(d, d) for d in found if any(f is not None for f in (d.year, d.month, d.day, d.weekday)))


def test_millions_of_dinars_are_no_year() -> None:
    assert [date.year for date in find_dates("383 م د مقابل 1142 م د سنة 2016")] == [2016]
    assert [date.year for date in find_dates("سنة 1142 م")] == [1142]
