"""Numbers as typed values, with the words that state them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.values import find_values


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
    assert stated("بين ألف وثلاثة آلاف") == [1000, 3000]
    assert stated("50 كيلومترًا (30 ميلًا) في 14 و15 جانفي 2016") == [50, 30, 14, 15, 2016]


@pytest.mark.parametrize(
    "text", ["", "آلاف الجنود", "ملايين الناس", "نصف السكان", "قال الوزير إن الاتفاق وشيك", "واحات"]
)
def test_what_states_no_number_gives_none(text: str) -> None:
    assert find_values(text) == []


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_round_trip_in_both_digit_sets(number: int) -> None:
    eastern = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for written in (str(number), f"{number:,}", eastern, f"{number:,}".replace(",", "٬")):
        assert stated(f"بلغ العدد {written}.") == [number]


PIECES = [*"0123456789٣٫٬,.% و", "ألف ", "مليون ", "ثلاثة ", "عشر ", "و", "مئة ", "نصف ", "ألفان ", "جندي "]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_gives_values_whose_spans_lie_in_order(text: str) -> None:
    found = find_values(text)
    assert all(0 <= v.start < v.end <= len(text) for v in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
