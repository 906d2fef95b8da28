"""The words of a sentence that answer."""

import pytest

from assistant.extractive.core import core_of


@pytest.mark.parametrize(
    ("question", "sentence", "core"),
    [
        (
            "متى صادق المجلس على المعاهدة؟",
            "صادق المجلس يوم 24 أكتوبر/تشرين الأول 2024 عليها.",
            "24 أكتوبر/تشرين الأول 2024",
        ),
        ("متى وقع الانفجار في عام 2020؟", "وقع الانفجار عام 2020 في شهر أغسطس.", "أغسطس"),
        ("ما قيمة الغرامة؟", "سُلطت عليه سنة 2016 غرامة بقيمة 239.40 يورو.", "239.40 يورو"),
        ("كم بلغت نسبة المشاركة؟", "بلغت نسبة المشاركة 11 في المئة.", "11 في المئة"),
        ("كم عمر الحارس؟", "يبلغ الحارس من العمر 26 سنة.", "26 سنة"),
        ("متى وقع الانفجار؟", "وقع الانفجار في المرفأ.", None),
        ("لماذا غادر الوفد؟", "غادر الوفد يوم 24 أكتوبر 2024.", None),
    ],
)
def test_the_core_is_what_is_asked_for(question: str, sentence: str, core: str | None) -> None:
    found = core_of(question, sentence)
    assert (sentence[slice(*found)] if found else None) == core
