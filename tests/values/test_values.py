"""Numbers as typed values, with the words that state them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.values.values import Value, find_values, same_value
from assistant.verification.statement import Statement
from index.text.arabic import FoldedText, fold


@pytest.mark.parametrize(
    ("text", "value", "unit", "words"),
    [
        ("12 ألف جندي", 12_000, "جندي", "12 ألف"),
        ("١٢٬٠٠٠ جندي", 12_000, "جندي", "١٢٬٠٠٠"),
        ("نحو 12,000 دولار", 12_000, "دولار", "12,000"),
        ("اثنا عشر ألفًا", 12_000, "", "اثنا عشر ألفًا"),
        ("أحد عشر لاعبًا", 11, "لاعبا", "أحد عشر"),
        ("أكثر من 10 آلاف جندي", 10_000, "جندي", "10 آلاف"),
        ("عشرة آلاف جندي", 10_000, "جندي", "عشرة آلاف"),
        ("مليون ونصف", 1_500_000, "", "مليون ونصف"),
        ("3.5 مليون نسمة", 3_500_000, "نسمه", "3.5 مليون"),
        ("٣٫٥ درجات", 3.5, "درجات", "٣٫٥"),
        ("3 ملايين و200 ألف", 3_200_000, "", "3 ملايين و200 ألف"),
        ("ألفان وخمسمئة وثلاثة وعشرون رجلا", 2_523, "رجلا", "ألفان وخمسمئة وثلاثة وعشرون"),
        ("ثلاث مئة ألف دينار", 300_000, "دينار", "ثلاث مئة ألف"),
        ("خمسة وعشرون عاما", 25, "عاما", "خمسة وعشرون"),
        ("بعشرة آلاف", 10_000, "", "عشرة آلاف"),
        ("20 في المئة من السكان", 20, "%", "20 في المئة"),
        ("36% من النساء", 36, "%", "36%"),
        ("10 thousand troops", 10_000, "troops", "10 thousand"),
        ("0 ألف", 0, "", "0 ألف"),
        ("نصف مليون نازح", 500_000, "نازح", "نصف مليون"),
        ("ربع مليون", 250_000, "", "ربع مليون"),
        ("ألفا جندي", 2_000, "جندي", "ألفا"),
        ("مليونا دولار", 2_000_000, "دولار", "مليونا"),
        ("½ مليون", 500_000, "", "½ مليون"),
        ("بمليون دولار", 1_000_000, "دولار", "مليون"),
        ("بألف جندي", 1_000, "جندي", "ألف"),
        ("وألفي جندي", 2_000, "جندي", "ألفي"),
        ("وألفان وخمسمئة", 2_500, "", "ألفان وخمسمئة"),
        ("نصف مليون ومئة ألف", 600_000, "", "نصف مليون ومئة ألف"),
        ("مليون ونصف المليون دولار", 1_500_000, "دولار", "مليون ونصف المليون"),
    ],
)
def test_a_number_is_found_with_its_value_unit_and_words(text: str, value: float, unit: str, words: str) -> None:
    (found,) = find_values(text)
    assert (found.value, found.unit, text[found.start : found.end]) == (value, unit, words)


def stated(text: str) -> list[float]:
    return [value.value for value in find_values(text)]


def test_several_numbers_come_in_order() -> None:
    assert stated("قتل ألف وجرح ثلاثة آلاف") == [1000, 3000]
    assert stated("50 كيلومترًا (30 ميلًا) في 14 و15 جانفي 2016") == [50, 30, 14, 15, 2016]


@pytest.mark.parametrize(
    "text", ["", "آلاف الجنود", "ملايين الناس", "نصف النهائي", "قال الوزير إن الاتفاق وشيك", "واحات"]
)
def test_what_states_no_number_gives_none(text: str) -> None:
    assert find_values(text) == []


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_round_trip_in_both_digit_sets(number: int) -> None:
    eastern = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for written in (str(number), f"{number:,}", eastern, f"{number:,}".replace(",", "٬")):
        assert stated(f"بلغ العدد {written}.") == [number]


def only(text: str) -> Value:
    (found,) = find_values(text)
    return found


@pytest.mark.parametrize(
    ("text", "low", "high", "words"),
    [
        ("بين 10 و12 ألف جندي", 10_000, 12_000, "10 و12 ألف"),
        ("ما بين ١٠ و١٢ ألف جندي", 10_000, 12_000, "١٠ و١٢ ألف"),
        ("بين ألف وثلاثة آلاف", 1_000, 3_000, "ألف وثلاثة آلاف"),
        ("بين خمسة وسبعة أيام", 5, 7, "خمسة وسبعة"),
        ("بين عشرين وثلاثين دولارا", 20, 30, "عشرين وثلاثين"),
        ("بين 900 وألف شخص", 900, 1_000, "900 وألف"),
        ("من 5 إلى 7 أيام", 5, 7, "5 إلى 7"),
        ("من 10 ملايين إلى 12 مليون دولار", 10e6, 12e6, "10 ملايين إلى 12 مليون"),
        ("بين 200 ألف دولار و500 ألف دولار", 200e3, 500e3, "200 ألف دولار و500 ألف"),
        ("10-12 ألف دولار", 10_000, 12_000, "10-12 ألف"),
        ("لمدة 3 – 5 أيام", 3, 5, "3 – 5"),
        ("50-99 سريرا", 50, 99, "50-99"),
        ("50 to 70 metres", 50, 70, "50 to 70"),
        ("between 10 and 12 thousand", 10_000, 12_000, "10 and 12 thousand"),
        ("€20-30 billion", 20e9, 30e9, "€20-30 billion"),
        ("5-7 أشخاص", 5, 7, "5-7"),
        ("12-10 ألف جندي", 10_000, 12_000, "12-10 ألف"),  # typed from right to left
        ("10ـ12 ألف جندي", 10_000, 12_000, "10ـ12 ألف"),
        ("70 ـــ 90 في المئة", 70, 90, "70 ـــ 90 في المئة"),
        ("بين -10 و-5 درجات", -10, -5, "-10 و-5"),
        ("بسرعة 15-35 كم/ساعة", 15, 35, "15-35"),
        ("بين 5 و7 في المئة", 5, 7, "5 و7 في المئة"),
        ("بين 20 إلى 30%", 20, 30, "20 إلى 30%"),
    ],
)
def test_two_ends_are_one_value(text: str, low: float, high: float, words: str) -> None:
    value = only(text)
    assert (value.value, value.high, text[value.start : value.end]) == (low, high, words)
    assert value.ends == (low, high)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ارتفع من 5 إلى 7", [5, 7]),
        ("رفع البنك المركزي سعر الفائدة الرئيسي من 5 إلى 7 في المئة", [5, 7]),
        ("تراجعت الصادرات من 10 ملايين إلى 12 مليون طن", [10e6, 12e6]),
        ("rose from 5 to 7 percent", [5, 7]),
        ("موسم 2015-2016 نتيجة", [2015, 2016]),
        ("بين 5 أطفال و7 نساء", [5, 7]),
        ("من 7 إلى 5 أيام", [7, 5]),
        ("من 5 أيام إلى أسبوعين", [5, 2]),
        ("بين 3 و9000 شخص", [3, 9000]),
        ("8 أو 9 أيام", [8, 9]),
    ],
)
def test_what_is_no_range_stays_two_values(text: str, numbers: list[float]) -> None:
    found = find_values(text)
    assert [value.value for value in found] == numbers
    assert all(value.high is None for value in found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("نتيجة 1-2", "1-2"),
        ("خسر 0-1 أمس", "0-1"),
        ("فاز الفريق 2–3 أمس", "2-3"),
        ("تعادلا 1/0", "1-0"),
        ("بنتيجة 3:1", "3-1"),
        ("(1-1 ذهابا)", "1-1"),
        ("القانون عدد 16/2018", "16-2018"),
        ("2024-10-21", "2024-10-21"),
        ("هاتف 71-123-456", "71-123-456"),
        ("1.2.3 مليون", "1.2.3"),
    ],
)
def test_what_a_dash_ties_is_compared_whole(text: str, code: str) -> None:
    found = only(text)
    assert (found.kind, found.unit, found.high) == ("code", code, None)
    assert same_value(found, only(f"أي {text.replace('/', '-')}"))
    assert not same_value(found, only("3-9"))


@pytest.mark.parametrize(
    ("text", "share", "words"),
    [
        ("ثلث السكان", 100 / 3, "ثلث"),
        ("نصف عدد السكان", 50, "نصف"),
        ("نصفهم من النساء", 50, "نصفهم"),
        ("أكثر من ثلاثة أرباع المصانع", 75, "ثلاثة أرباع"),
        ("خمس السكان", 20, "خمس"),
    ],
)
def test_a_fraction_of_something_is_a_percentage(text: str, share: float, words: str) -> None:
    found = only(text)
    assert (found.kind, found.value, text[found.start : found.end]) == ("percent", pytest.approx(share), words)


@pytest.mark.parametrize(
    "text", ["ربع النهائي", "نصف نهائي الكأس", "المواد نصف المصنعة", "نصف القرن", "ربع سنوية الدفع", "الربع"]
)
def test_a_half_that_is_no_share(text: str) -> None:
    assert find_values(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("المركز الثالث", 3),
        ("الدورة الثالثة والعشرين", 23),
        ("القرن الحادي والعشرون", 21),
        ("الثاني عشر من أغسطس", 12),
        ("للمرة الثانية", 2),
        ("the 21st century", 21),
    ],
)
def test_an_ordinal_counts_nothing(text: str, number: int) -> None:
    found = only(text)
    assert (found.kind, found.value, found.unit) == ("ordinal", number, "")
    assert same_value(found, only(f"رقم {number}")) and not same_value(found, only(f"{number} جنود"))


def test_a_speed_is_no_ordinal() -> None:
    assert stated("120 كلم في الثانية") == [120]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("بلغت -5 درجات", -5),
        ("بنسبة −2.5%", -2.5),
        ("(-6.9 في المائة)", -6.9),
        ("ناقص 2 في المائة", -2),
        ("سالب 3", -3),
        ("10 تحت الصفر", -10),
        ("10 degrees below zero", -10),
        ("بلغت 30-", 30),
        ("-5 ملاعق كبيرة", 5),  # an item of a list
        ("الشاب -15عاما- قال", 15),
        ("في 30 -10", [30, 10]),
        ("كوفيد-19", 19),
    ],
)
def test_the_sign_of_what_can_be_below_zero(text: str, value: float | list[float]) -> None:
    assert stated(text) == (value if isinstance(value, list) else [value])


@pytest.mark.parametrize(
    ("text", "courses"),
    [
        ("انخفض السعر بنسبة 5% إلى 82 دولارا", ["by", "to"]),
        ("تراجع بنحو 5%", ["by"]),
        ("ارتفع بأكثر من 5%", ["by"]),
        ("ارتفع 5%", ["by"]),
        ("ارتفع العدد ليبلغ 5", ["to"]),
        ("رفع سعر الفائدة من 5 إلى 7 في المئة", ["from", "to"]),
        ("fell by 5% to 20", ["by", "to"]),
        ("زاد العدد على أكثر من 20", [""]),
        ("وصل إلى 5%", [""]),  # no change is told
    ],
)
def test_what_rises_does_so_by_a_figure_or_to_it(text: str, courses: list[str]) -> None:
    assert [value.course for value in find_values(text)] == courses


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("أكثر من 10 آلاف", "at least"),
        ("بأكثر من 10 آلاف", "at least"),
        ("ما لا يقل عن 20 قتيلا", "at least"),
        ("ما يزيد على 10 آلاف جندي", "at least"),
        ("عدد يفوق 300", "at least"),
        ("تجاوزت 12 مليونا", "at least"),
        ("20 شخصا على الأقل", "at least"),
        ("more than 300 people", "at least"),
        ("over 300 people", "at least"),
        ("أقل من 30 بالمئة", "at most"),
        ("لا يتجاوز 24 ساعة", "at most"),
        ("لا يزيد عن 5 أيام", "at most"),
        ("بما يصل إلى 12,000 جندي", "at most"),
        ("up to 12,000", "at most"),
        ("نحو 1500 جندي", "about"),
        ("بنحو 10 آلاف جندي", "about"),
        ("حَوَالي 20 كم", "about"),
        ("زهاء مئة", "about"),
        ("قرابة مليون ونصف المليون", "about"),
        ("ما يقارب 50 طنا", "about"),
        ("نحو يومين", "about"),
        ("منذ سنتين تقريبا", "about"),
        ("about 30 miles", "about"),
        ("نحو، 20", ""),
        ("over 3 days", ""),
        ("20 جنديا", ""),
        ("حوالي ما بين 10 و12 ألفا", ""),
        ("نحو بين 10 و12 ألفا", "about"),
    ],
)
def test_words_beside_a_number_bound_it(text: str, bound: str) -> None:
    assert only(text).bound == bound


@pytest.mark.parametrize(
    ("text", "value", "quantity", "measure", "whole"),
    [
        ("5 ملايين دولار أمريكي", 5e6, "money", "USD", "5 ملايين دولار أمريكي"),
        ("300 دينار تونسي", 300, "money", "TND", "300 دينار تونسي"),
        ("300 دينار", 300, "money", "دينار", "300 دينار"),
        ("خمسون جنيها إسترلينيا", 50, "money", "GBP", "خمسون جنيها إسترلينيا"),
        ("20 ليرة تركية", 20, "money", "TRY", "20 ليرة تركية"),
        ("مئة درهم", 100, "money", "درهم", "مئة درهم"),
        ("$5 million", 5e6, "money", "USD", "$5 million"),
        ("US$5m", 5e6, "money", "USD", "US$5m"),
        ("£3bn", 3e9, "money", "GBP", "£3bn"),
        ("5€", 5, "money", "EUR", "5€"),
        ("USD 5 million", 5e6, "money", "USD", "USD 5 million"),
        ("5 million euros", 5e6, "money", "EUR", "5 million euros"),
        ("دولارين", 2, "money", "USD", "دولارين"),
        ("32 عاما", 32, "duration", "year", "32 عاما"),
        ("a 32-year-old", 32, "duration", "year", "32-year"),
        ("90 دقيقة", 90, "duration", "minute", "90 دقيقة"),
        ("ساعة ونصف", 1.5, "duration", "hour", "ساعة ونصف"),
        ("ساعتين ونصف الساعة", 2.5, "duration", "hour", "ساعتين ونصف الساعة"),
        ("خمس سنوات ونصف", 5.5, "duration", "year", "خمس سنوات ونصف"),
        ("نصف ساعة", 0.5, "duration", "hour", "نصف ساعة"),
        ("بيومين", 2, "duration", "day", "يومين"),
        ("خلال العامين الماضيين", 2, "duration", "year", "العامين"),
        ("أسبوع واحد", 1, "duration", "week", "أسبوع واحد"),
        ("خمسة كيلو متر", 5, "distance", "kilometre", "خمسة كيلو متر"),
        ("90كلم", 90, "distance", "kilometre", "90كلم"),
        ("كيلومترين", 2, "distance", "kilometre", "كيلومترين"),
        ("30 ميلًا", 30, "distance", "mile", "30 ميلًا"),
        ("5 أميال بحرية", 5, "distance", "nautical mile", "5 أميال بحرية"),
        ("twenty-five metres", 25, "distance", "metre", "twenty-five metres"),
        ("400 كغرام", 400, "number", "", "400 كغرام"),
        ("17 ألف طن", 17_000, "weight", "ton", "17 ألف طن"),
        ("30 درجة مئوية", 30, "temperature", "celsius", "30 درجة مئوية"),
        ("30°C", 30, "temperature", "celsius", "30°C"),
        ("5 درجات مئوية تحت الصفر", -5, "temperature", "celsius", "5 درجات مئوية"),
        ("500دج", 500, "money", "DZD", "500دج"),
        ("30 د.ت.", 30, "money", "TND", "30 د.ت"),
        ("197 م د", 197e6, "money", "دينار", "197 م د"),
        ("1482,2 م د", 1482.2e6, "money", "دينار", "1482,2 م د"),
        ("20كلم", 20, "distance", "kilometre", "20كلم"),
        ("5 كيلومترات مربعة", 5, "number", "", "5 كيلومترات"),
        ("120 كيلومترا في الساعة", 120, "number", "", "120 كيلومترا"),
        ("120 كلم/س", 120, "number", "", "120 كلم"),
        ("نسبة %36 من", 36, "percent", "", "%36"),
        ("\u200f٣٦٪ \u200f", 36, "percent", "", "٣٦٪"),
        ("12 ألـــف جُنديّ", 12_000, "number", "", "12 ألـــف جُنديّ"),
        ("۱۲۳ نفر", 123, "number", "", "۱۲۳ نفر"),
    ],
)
def test_a_unit_of_measure_gives_the_quantity(text: str, value: float, quantity: str, measure: str, whole: str) -> None:
    found = only(text)
    assert (found.value, found.quantity, found.measure) == (value, quantity, measure)
    assert text[found.start : found.unit_end] == whole
    assert found.kind == ("percent" if quantity == "percent" else "number")


@pytest.mark.parametrize("text", ["أمينين عامين", "النائبين العامين", "ميلان", "الساعة ونصف النهائي", "كم ونصف"])
def test_what_only_looks_like_a_unit_states_nothing(text: str) -> None:
    assert find_values(text) == []


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("90 دقيقة", "ساعة ونصف", True),
        ("5 كم", "5000 متر", True),
        ("12 شهرا", "سنة واحدة", True),
        ("أسبوعين", "14 يوما", True),
        ("12 ألف جندي", "اثنا عشر ألف عسكري", True),
        ("12 ألف جندي", "12,000", True),
        ("300 دينار", "300 دينار تونسي", True),
        ("300 دينار كويتي", "300 دينار تونسي", False),
        ("5 دولارات", "5 أيام", False),
        ("5 دولارات", "5 جنود", False),
        ("5 كم", "5 أميال", False),
        ("20%", "20", False),
        ("20%", "20 في المئة", True),
        ("بين 10 و12 ألفا", "10 إلى 12 ألف جندي", True),
        ("بين 10 و12 ألفا", "10 آلاف", False),
        ("أكثر من 10 آلاف", "10 آلاف", True),
        ("أكثر من 10 آلاف", "أقل من 10 آلاف", False),
    ],
)
def test_values_are_compared_across_units(a: str, b: str, same: bool) -> None:
    assert same_value(only(a), only(b)) is same
    assert same_value(only(b), only(a)) is same


def test_a_tolerance_is_relative() -> None:
    assert same_value(only("شهر واحد"), only("30 يوما"), tolerance=0.02)
    assert not same_value(only("شهر واحد"), only("30 يوما"))


def test_a_statement_needs_both_ends_of_a_range() -> None:
    (value,) = Statement("أرسلت بين 10 و12 ألف جندي").values
    assert value.ends == (10_000, 12_000)


PIECES = [*"0123456789٣٫٬,.% و$€-–", "ألف ", "مليون ", "ثلاثة ", "عشر ", "و", "مئة ", "نصف ", "ألفان ", "جندي "]
PIECES += [
    "بين ",
    "من ",
    "إلى ",
    "نحو ",
    "أكثر من ",
    "ساعة ",
    "ساعتين ",
    "كيلو متر ",
    "دولار ",
    "$5m",
    "US",
    "درجة مئوية ",
]
PIECES += [
    ":",
    "،",
    "ر",
    "’",
    "/",
    "−",
    "الساعة ",
    "صباحا ",
    "الثانية ",
    "ناقص ",
    "تحت الصفر ",
    "ارتفع ",
    "م د ",
    "السكان ",
]
PIECES += ["two ", "hundred ", "a ", "million ", "and ", "½", "°C", "\u200f", "ـ", "ً", "في المئة", "على الأقل", "\n"]


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text())
def test_any_text_gives_values_whose_spans_lie_in_order(text: str) -> None:
    found = find_values(text)
    assert all(0 <= v.start < v.end <= len(text) for v in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(v.end <= v.unit_end <= len(text) for v in found)
    assert all(v.high is None or v.value < v.high for v in found)
    assert all(same_value(v, v) for v in found)
    assert all(len(v.other) in (0, len(v.ends)) for v in found)


@given(st.text())
def test_folding_with_and_without_offsets_agree(text: str) -> None:
    """`find_values` reads the one and takes its spans from the other."""
    assert fold(text) == FoldedText.of(text).text
