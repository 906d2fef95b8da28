"""What an answer states: matching by value and wording, exact match, F1 and nugget recall, worked out by hand."""

import pytest

from assistant.values.dates import find_dates
from eval.measures.matching import equals, says, states
from eval.measures.nuggets import answer_em, answer_f1, answer_words, nugget_recall, weighted_nugget_recall, word_f1
from eval.types import Nugget
from tests.eval.cases import (
    BROKEN,
    ELEVEN,
    KIRBY,
    SEOUL,
    SILENT,
    TROOPS,
    TWELVE,
    answer,
    case,
    date,
    fact,
    name,
    number,
)


@pytest.mark.parametrize(
    ("text", "wording", "holds"),
    [
        ("وقال جون كيربي، المتحدث", "جون كِيربي", True),
        ("بحسب ما أعلنه لكيربي", "كيربي", True),
        ("بيان للمتحدث الأمريكي", "المتحدث الأمريكي", True),
        ("جون الثاني كيربي", "جون كيربي", False),
        ("في 13 نوفمبر 2024", "في نوفمبر", False),
        ("121 ألف", "21 ألف", False),
        ("John Kirby said", "kirby", True),
        ("أي شيء", "؟", False),
    ],
)
def test_says(text, wording, holds):
    assert says(text, wording) is holds


@pytest.mark.parametrize(
    ("text", "value", "unit", "holds"),
    [
        ("نحو ١٢ ألف جندي", 12000, "جندي", True),
        ("اثنا عشر ألف مقاتل", 12000, "جندي", True),
        ("12,000 troops", 12000, "جندي", True),
        ("بين 10 و12 ألف جندي", 12000, "جندي", True),
        ("12 جنديًا", 12000, "جندي", False),
        ("بنسبة 3.5%", 3.5, "%", True),
        ("بنسبة 3.5%", 3.5, "نقطة", False),
    ],
)
def test_a_number_is_stated_by_its_value(text, value, unit, holds):
    assert states(number(value, unit=unit), text) is holds


@pytest.mark.parametrize(
    ("text", "value", "holds"),
    [
        ("يوم الاثنين 21 أكتوبر/تشرين الأول 2024", "2024-10-21", True),
        ("في 21 أكتوبر", "2024-10-21", True),  # the year is understood
        ("on 21 October 2024", "2024-10-21", True),
        ("في أكتوبر 2024", "2024-10-21", False),
        ("في 21 أكتوبر 2023", "2024-10-21", False),
        ("في 21 أكتوبر 2024", "2024-10", True),
        ("في أكتوبر", "2024", False),
        ("عشية الانتخابات", None, True),  # by its wording
    ],
)
def test_a_date_is_stated_by_its_value_or_a_wording(text, value, holds):
    nugget = date(value, "عشية الانتخابات")
    assert states(nugget, text) is holds
    assert any(equals(found, nugget) for found in find_dates(text)) is (holds and value is not None)


# ---------------------------------------------------------------- words of an answer

TEXT = Nugget("", True, "text", None, None, ("x",), ())


@pytest.mark.parametrize(
    ("text", "nugget", "expected"),
    [
        # the article only as a prefix that leaves two letters, and as it is written
        ("الرئيس الأمريكي", TEXT, "رئيس امريكي"),
        ("ٱلرَّئيس", TEXT, "رئيس"),
        ("الآلي", TEXT, "الي"),
        ("ألمانيا إلكترونية", TEXT, "المانيا الكترونيه"),
        ("الله التقى الذين", TEXT, "الله التقي الذين"),
        ("التقاء التقرير", TEXT, "التقاء تقرير"),
        ("إلى الآن ألف", TEXT, "الي ان 1000"),
        ("بالرئيس والرئيس للرئيس", TEXT, "بالرئيس والرئيس للرئيس"),  # inside a word it is no prefix
        # figures and dates by value; a text keeps its function words, for a negation is one
        ("لم يتوقف في ١٢ يومًا", TEXT, "لم يتوقف في 12 يوما"),
        ("نحو 12 ألف جندي", TWELVE, "12000"),
        ("اثنا عشر ألف مقاتل كوري", TWELVE, "12000 كوري"),
        ("بين 10 و12 ألف جندي", TWELVE, "10000 12000"),
        ("3.5% تقريبًا", number(3.5, unit="%"), "3.5% تقريبا"),
        ("في 21 أكتوبر/تشرين الأول", date("2024-10-21", "x"), "2024-10-21"),  # the year is understood
        ("مساء 21 أكتوبر 2023", date("2024-10-21", "x"), "مساء 2023-10-21"),
        ("أكتوبر 2024", TEXT, "2024-10-"),
    ],
)
def test_the_words_of_an_answer(text, nugget, expected):
    assert " ".join(answer_words(text, nugget)) == expected


@pytest.mark.parametrize(
    ("given", "right", "f1"),
    [
        ("a b", "a b", 1.0),
        ("a b c d", "a b", 2 * 0.5 * 1 / 1.5),  # precision 2/4, recall 2/2
        ("a a b", "a b b", 2 / 3),  # bags: one a, one b of three each
        ("a", "b", 0.0),
        ("", "b", 0.0),
    ],
)
def test_word_f1(given, right, f1):
    assert word_f1(tuple(given.split()), tuple(right.split())) == pytest.approx(f1)


SAID = "قال المتحدث الأمريكي جون كيربي ذلك أمس."  # 7 words
KIRBY_OR_SPOKESMAN = name("جون كيربي", "متحدث أمريكي")


@pytest.mark.parametrize(
    ("known", "sentences", "core", "em", "f1"),
    [
        (KIRBY_OR_SPOKESMAN, [SAID], None, 0, 2 * 2 / (7 + 2)),  # either wording has its two words there
        (KIRBY_OR_SPOKESMAN, [SAID], "جون كيربي", 1, 1),
        (KIRBY_OR_SPOKESMAN, [SAID], "المتحدث الأمريكي", 1, 1),  # but for the article
        (KIRBY_OR_SPOKESMAN, [SAID], "الأمريكي جون كيربي", 0, 0.8),  # 2·2/(3+2)
        (KIRBY_OR_SPOKESMAN, ["هو جون كيربي."], None, 0, 0.8),
        (TWELVE, ["اثنا عشر ألف مقاتل."], None, 1, 1),
        (TWELVE, [TROOPS], None, 0, 2 / (5 + 1)),  # أرسلت بيونغ يانغ 12000 روسيا
        (TWELVE, ["١٢ ألفًا.", "وقيل 11 ألفًا."], None, 1, 1),  # the best sentence
        (TWELVE, ["13 ألف جندي."], None, 0, 0),
        (date("2024-10-21", "يوم الاثنين"), ["في 21 أكتوبر."], None, 1, 1),
    ],
)
def test_exact_match_and_f1(known, sentences, core, em, f1):
    marked = (sentences[0].index(core), sentences[0].index(core) + len(core)) if core else None
    given = case(fact(known), answer(*((sentence,) for sentence in sentences), core=marked))
    assert (answer_em(given), answer_f1(given)) == (em, pytest.approx(f1))


def test_several_nuggets_are_averaged():
    given = case(fact(TWELVE, ELEVEN), answer(("12 ألف جندي.",)))
    assert (answer_em(given), answer_f1(given), nugget_recall(given)) == (0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("sentences", "vital", "weighted"),
    [
        ([TROOPS, SEOUL, KIRBY], 1, 1),
        ([TROOPS, SEOUL], 1, 2 / 2.5),  # two vital ones of weight 1, one of 0.5
        ([TROOPS, KIRBY], 0.5, 1.5 / 2.5),
        ([KIRBY], 0, 0.5 / 2.5),
    ],
)
def test_vital_and_weighted_nugget_recall(sentences, vital, weighted):
    okay = Nugget("كيربي", False, "name", None, None, ("كيربي",), ())
    given = case(fact(TWELVE, ELEVEN, okay), answer(*((sentence,) for sentence in sentences)))
    assert (nugget_recall(given), weighted_nugget_recall(given)) == (vital, pytest.approx(weighted))


@pytest.mark.parametrize("measure", [answer_em, answer_f1, nugget_recall, weighted_nugget_recall])
def test_abstentions_and_errors_state_nothing_and_the_unanswerable_has_nothing_to_state(measure):
    assert [measure(case(fact(TWELVE), given)) for given in (SILENT, BROKEN)] == [0, 0]
    assert measure(case(fact(), answer((TROOPS,)))) is None
