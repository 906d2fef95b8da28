"""What a question wants to be told, and whether a sentence holds such a thing."""

import pytest

from assistant.question.answer_type import Wanted, expected
from assistant.question.type_match import counts, holds_wanted, same_noun
from assistant.values.values import find_values
from index.text.arabic import stem, words


@pytest.mark.parametrize(
    ("question", "wanted", "head"),
    [
        ("من أحرز هدف الاتحاد؟", "person", "احرز"),
        ("ما اسم صاحب المخزن؟", "person", "اسم"),
        ("كم معصرة زيتون اشتغلت؟", "count", "معصره"),
        ("ما قيمة الدعم المرصود؟", "money", "قيمه"),
        ("بكم غُرّم الفلاح؟", "money", "غرم"),
        ("ما نسبة المشاركة؟", "percent", "نسبه"),
        ("كم كان عمر الحارس؟", "age", "كان"),
        ("متى قُدّم الطلب؟", "date", None),
        ("في أي شهر تُفتح المدرسة؟", "date", "شهر"),
        ("أين انعقد الاجتماع؟", "place", None),
        ("في أي جامعة يدرّس؟", "thing", "جامعه"),
        ("ما هو لقب البطل؟", "thing", "لقب"),
        ("لماذا غادر الوفد؟", "reason", None),
        ("كيف نجا الصياد؟", "manner", None),
        ("How many soldiers are there?", "count", None),
        ("", "thing", None),
    ],
)
def test_what_is_wanted(question: str, wanted: Wanted, head: str | None) -> None:
    found = expected(question)
    assert (found.wanted, found.head) == (wanted, head)


@pytest.mark.parametrize(
    ("question", "sentence", "held"),
    [
        ("ما قيمة الدعم؟", "رصدت الوزارة 5 آلاف دينار للجمعية.", True),
        ("ما قيمة الدعم؟", "رصدت الوزارة دعما للجمعية سنة 2016.", False),
        ("كم كان عمر الحارس؟", "ولد الحارس سنة 1990 وعمره 26 سنة.", True),
        ("كم كان عمر الحارس؟", "شارك الحارس في 26 مباراة.", False),
        ("متى قُدّم الطلب؟", "قدم الطلب يوم الخميس.", True),
        ("متى قُدّم الطلب؟", "قدم الطلب إلى المحكمة.", False),
        ("متى بدأت أشغال يوم الخميس؟", "بدأت الأشغال الخميس.", False),
        ("ما نسبة المشاركة؟", "بلغت المشاركة 11 في المئة.", True),
        ("ما نسبة المشاركة؟", "كانت المشاركة ضعيفة.", False),
        ("لماذا غادر الوفد؟", "غادر الوفد بسبب العاصفة.", True),
        ("من فتح الباب؟", "فتح الباب زافييرو ميلانكوفيتش.", True),
        ("من فتح الباب؟", "فتح الباب.", False),
    ],
)
def test_whether_a_sentence_holds_it(question: str, sentence: str, held: bool) -> None:
    stems = frozenset(map(stem, words(question)))
    assert holds_wanted(expected(question).wanted, sentence, words(sentence), stems, lambda s: 8.0) is held


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("الجنود", "جندي", True),
        ("صاروخا", "صواريخ", True),
        ("سنه", "عاما", True),
        ("قتيلا", "جندي", False),
        ("حاويه", "سياره", False),
    ],
)
def test_forms_of_one_noun(a: str, b: str, same: bool) -> None:
    assert (same_noun(a, b) >= 0.5) is same


def test_anyone_may_be_counted_beside_the_root_of_the_noun() -> None:
    sentence = "أسفر الزلزال عن مقتل 24 شخصا."
    (value,) = find_values(sentence)
    assert counts("قتلي", value, words(sentence)) == 1.0
    assert counts("حاويه", value, words(sentence)) < 0.5
