"""Numbers in words, read back from a speller that knows nothing of the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.values.numerals import read_numeral, tokenise
from index.text.arabic import fold

ONES = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
TEENS = ["أحد عشر", "اثنا عشر", *(f"{one} عشر" for one in ONES[3:10])]
TENS = ["", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
HUNDREDS = ["", "مئة", "مئتان", "ثلاثمئة", "أربعمائة", "خمسمئة", "ستمائة", "سبعمئة", "ثمانمائة", "تسعمئة"]
SCALES = [("ألف", "ألفان", "آلاف"), ("مليون", "مليونان", "ملايين"), ("مليار", "ملياران", "مليارات")]


def below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if rest <= 10:
        small = ONES[rest]
    elif rest < 20:
        small = TEENS[rest - 11]
    else:
        tens, one = divmod(rest, 10)
        small = f"{ONES[one]} و{TENS[tens]}" if one else TENS[tens]
    return " و".join(part for part in (HUNDREDS[hundreds], small) if part)


def spelled(number: int) -> str:
    """The number in Arabic words, from 1 to below a trillion."""
    parts = []
    for power in (3, 2, 1):
        count, number = divmod(number, 1000**power)
        single, dual, plural = SCALES[power - 1]
        if count == 1:
            parts.append(single)
        elif count == 2:
            parts.append(dual)
        elif count:
            parts.append(f"{below_thousand(count)} {plural if 3 <= count <= 10 else single}")
    if number:
        parts.append(below_thousand(number))
    return " و".join(parts)


def value(text: str) -> float | None:
    """The number that a whole text states."""
    folded = fold(text)
    tokens = tokenise(folded)
    read = read_numeral(tokens, 0, folded)
    return read.value if read and read.after == len(tokens) else None


@given(st.integers(1, 999_999))
def test_words_give_the_number_they_spell(number: int) -> None:
    assert value(spelled(number)) == number


@given(st.integers(1, 999), st.sampled_from([10**3, 10**6, 10**9]), st.integers(0, 999))
def test_scales_in_words(count: int, scale: int, rest: int) -> None:
    assert value(spelled(count * scale + rest)) == count * scale + rest


@given(st.integers(3, 999), st.sampled_from([("ألف", 1e3), ("مليون", 1e6), ("مليار", 1e9), ("تريليون", 1e12)]))
def test_digits_before_a_scale(count: int, scale: tuple[str, float]) -> None:
    assert value(f"{count} {scale[0]}") == count * scale[1]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("اثنا عشر ألفًا", 12_000),
        ("الأربعة عشر", 14),
        ("إحدى وعشرون", 21),
        ("ألف وإحدى عشرة", 1_011),
        ("ثلاثمئة وخمسة وستون", 365),
        ("ثلاث مئة ألف", 300_000),
        ("ستة ونصف", 6.5),
        ("3 ملايين ونصف المليون", 3_500_000),
        ("ثلاثة ونصف مليون", 3_500_000),
        ("نصف مليون", 500_000),
        ("ألف و 200", 1_200),
        ("16 ألفا و500", 16_500),
        ("twelve", 12),
        ("twenty-five", 25),
        ("twenty one", 21),
        ("ten thousand", 10_000),
        ("a hundred", 100),
        ("one million", 1e6),
        ("half a million", 500_000),
        ("two hundred and fifty thousand", 250_000),
        ("two and a half million", 2.5e6),
        ("خمسة وسبعة", None),  # two numbers
        ("عشرين وثلاثين", None),
        ("ثلاثة وعشرة", None),
        ("آلاف", None),
        ("a", None),
        ("one", None),
    ],
)
def test_words_of_numbers(text: str, number: float | None) -> None:
    assert value(text) == number


def test_a_group_of_digits_with_blanks_is_one_token() -> None:
    assert [token.text for token in tokenise("12 000 دينار")] == ["12 000", "دينار"]
    assert [token.text for token in tokenise("عام 2023 500 جندي")] == ["عام", "2023", "500", "جندي"]
