"""Folding, words, stems, terms and sentence bounds."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.arabic import (
    FoldedText,
    fold,
    is_arabic,
    joined_terms,
    sentence_spans,
    stem,
    word_spans,
    word_terms,
    words,
)
from index.text.matching import content_words, coverage, dice, plainly

ARABIC = st.text(alphabet=st.sampled_from(list("ابتثةىأإآؤئءـ َُِّْ٠١٢٫٬ﻻﷲﷺکیa1. \n«»\u200f\u202e،؟")), max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("المُعَلِّمة", "المعلمه"),
        ("الأُمّة وإلى آخر", "الامه والي اخر"),
        ("بيـــونغ", "بيونغ"),
        ("١٢٬٠٠٠ و٣٫٥ و۴", "12,000 و3.5 و4"),
        ("ﻻ ﺑﻐﺪاد", "لا بغداد"),
        ("کیم", "كيم"),
        ("ڤيينا وڨفصة", "فيينا وقفصه"),
        ("\u202bروسيا\u202c\u200f", "روسيا"),
        ("NATO و Ⅸ", "nato و ix"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.one_of(ARABIC, st.text(max_size=60)))
def test_every_folded_span_maps_to_a_span_that_folds_to_it(text: str) -> None:
    folded = FoldedText.of(text)
    assert folded.text == fold(text)
    for start in range(len(folded.text)):
        for end in range(start + 1, min(start + 8, len(folded.text)) + 1):
            a, b = folded.original_span(start, end)
            # A ligature (ﷲ) folds to several letters: a span that cuts one maps to the whole of it.
            whole = fold(text[a:b])
            assert folded.text[start:end] in whole
            if (
                folded.starts[start] != (folded.starts[start - 1] if start else -1)
                and folded.starts[end] != folded.starts[end - 1]
            ):
                assert whole == folded.text[start:end]


@given(st.one_of(ARABIC, st.text(max_size=80)))
def test_word_spans_fold_to_their_words(text: str) -> None:
    for word, start, end in word_spans(text):
        assert words(text[start:end])[:1] == [word] or len(fold(text[start:end])) > len(word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال ١٢٬٠٠٠ و12,000", ["قال", "12000", "12000"]),
        ("نسبة 3,5 و٣٫٥", ["نسبه", "3.5", "3.5"]),
        ("و في 14ماي 2016", ["في", "14", "ماي", "2016"]),
        ("مقاتلات إف-16 وF16", ["مقاتلات", "اف", "16", "وf", "16"]),
        ("https://www.example.com/a", ["https", "www", "example", "com"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("والكتاب", "كتاب"),
        ("بالمدرسه", "مدرس"),
        ("للجنود", "جنود"),
        ("الكوريين", "كور"),
        ("معلمون", "معلم"),
        ("سياراتها", "سيار"),
        ("وقف", "وقف"),
        ("في", "في"),
        ("putin", "putin"),
        ("2024", "2024"),
    ],
)
def test_light10_stems(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_terms_are_marked_grams_and_one_stem() -> None:
    assert word_terms("روسيا") == ("_روس", "روسي", "وسيا", "سيا_", "=روسيا")
    assert word_terms("في") == ("_في_", "=في")
    assert joined_terms("").strip() == ""


def test_coverage_counts_equal_stems_whole_and_likeness_in_part() -> None:
    weights = content_words("هل زار الرئيس بيونغ", lambda s: 2.0 if s == "بيونغ" else 1.0)
    assert {word for word, _, _ in weights} == {"زار", "الرئيس", "بيونغ"}
    assert coverage(weights, words("زار رئيس بيونغ")) == 1.0
    assert coverage(weights, words("شيء آخر"), at_least=0.6) == 0.0
    assert 0.5 < coverage(weights, words("زار رئيس بيونج")) < 1.0
    assert coverage([], ["شيء"]) == 0.0
    assert dice("بيونغ", "بيونج") == dice("بيونج", "بيونغ") > 0.5


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الوفد، ثم غادر. وعاد؟ نعم!", ["وصل الوفد، ثم غادر.", "وعاد؟", "نعم!"]),
        ("سطر\nآخر", ["سطر", "آخر"]),
        ("قال د. أحمد لوكالة أ.ف.ب. إن النسبة ٣٫٥ في المئة.", ["قال د. أحمد لوكالة أ.ف.ب. إن النسبة ٣٫٥ في المئة."]),
        ('قال: "انتهى. سنغادر." وخرج.', ['قال: "انتهى. سنغادر."', "وخرج."]),
        ("قال: «انتهى. سنغادر» وخرج.", ["قال: «انتهى. سنغادر» وخرج."]),
        ('قال "نعم". وخرج.', ['قال "نعم".', "وخرج."]),
        ("انتهى اللقاء.وقال الوزير", ["انتهى اللقاء.", "وقال الوزير"]),
        ("وقعت موسكو . اتفاقية شاملة.", ["وقعت موسكو . اتفاقية شاملة."]),
        ("في روسيا،. حيث أعرب", ["في روسيا،. حيث أعرب"]),
        ("« .\n.\n،", []),
        ("https://www.rfi.fr/a.b", ["https://www.rfi.fr/a.b"]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.one_of(ARABIC, st.text(max_size=120)))
def test_sentence_spans_are_ordered_trimmed_and_lose_no_letter(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)
    covered = "".join(text[a:b] for a, b in spans)
    assert sum(c.isalnum() for c in covered) == sum(c.isalnum() for c in text)


def test_a_long_line_takes_time_in_proportion_to_its_length() -> None:
    """Each stop was once looked at with the whole line around it: 400 KB took a minute."""
    line = "قال الوزير «نعم» إن الاجتماع انتهى. " * 30_000
    assert len(sentence_spans(line)) == 30_000


@given(
    st.sets(st.text(alphabet=st.sampled_from(list("ابتجدرس")), min_size=1, max_size=6)), st.text("ابتجدرس", min_size=1)
)
def test_coverage_finds_the_best_dice_of_all_words(held: set[str], word: str) -> None:
    expected = 1.0 if word in held else max((dice(word, other) for other in held), default=0.0)
    assert coverage(plainly([word]), held) in (pytest.approx(expected), 0.9, 1.0)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("10ـ12 ألف", "10-12 الف"), ("٧٠ ـــ ٩٠", "70 - 90"), ("كتـــاب", "كتاب"), ("1425هـ 30", "1425ه 30")],
)
def test_a_tatweel_between_digits_is_a_dash(text: str, folded: str) -> None:
    assert fold(text) == FoldedText.of(text).text == folded


def test_marks_and_letters_in_the_forms_of_old_files_fold_to_the_plain_ones() -> None:
    shaped = "ﻛﻢ ﺑﻠﻎ ﻣﺤﺼﻮﻝ ﺍﻟﺰﻳﺘﻮﻥ؟"
    assert is_arabic(shaped) and words(shaped) == words("كم بلغ محصول الزيتون؟")
    assert words("الزﹾراعة مﹶحصول الزﹼيتون مـﹷديرة") == words("الزراعة محصول الزيتون مديرة")
    assert not is_arabic("How much ﺯﻳﺘﻮﻥ is there")
