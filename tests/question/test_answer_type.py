"""What a question asks for."""

import pytest

from assistant.question.answer_type import counted_as, counted_noun, question_kind
from assistant.question.type_match import holds_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("كم عدد الجنود في روسيا؟", "number"),
        ("بكم بيع المصنع؟", "number"),
        ("ما نسبة التضخم؟", "number"),
        ("ما المسافة بين المدينتين؟", "number"),
        ("متى وُقّعت المعاهدة؟", "date"),
        ("في أي عام تأسست الشركة؟", "date"),
        ("لماذا استقال الوزير؟", "reason"),
        ("ما سبب تأجيل القمة؟", "reason"),
        ("ماذا قال الوزير عن القمة؟", "saying"),
        ("أين عقدت القمة؟", "place"),
        ("من هو رئيس الوفد؟", "person"),
        ("هل وصل الوفد؟", "other"),
        ("How many soldiers are there?", "number"),
        ("Why did he resign?", "reason"),
    ],
)
def test_kinds(question: str, kind: str) -> None:
    assert question_kind(question) == kind


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("كم جنديًا وصل؟", "جنديا"),
        ("كم عدد الجنود؟", "الجنود"),
        ("ما عدد القتلى؟", "القتلي"),
        ("متى وصل؟", None),
        ("كم بلغ العجز؟", None),
        ("كم كانوا؟", None),
        ("كم", None),
    ],
)
def test_the_noun_that_is_counted(question: str, noun: str | None) -> None:
    assert counted_noun(question) == noun


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("كم جنديًا وصل؟", "وصل 300 جندي.", True),
        ("كم جنديًا وصل في 2024؟", "وصل الجنود في 2024.", False),
        ("متى وصل؟", "وصل يوم الخميس.", True),
        ("متى وصل؟", "وصل الوفد.", False),
        ("لماذا غادر؟", "غادر بسبب المرض.", True),
        ("هل غادر؟", "غادر.", None),
    ],
)
def test_whether_a_sentence_holds_what_is_asked_for(question: str, sentence: str, holds: bool | None) -> None:
    assert holds_kind(question_kind(question), sentence, question) is holds


@pytest.mark.parametrize(
    ("question", "adjective"),
    [
        ("كم عدد الجنود الجرحى في المدينة؟", "الجرحي"),
        ("كم عدد الجنود في المدينة؟", None),
        ("متى وصل الجنود الجرحى؟", None),
    ],
)
def test_the_adjective_of_the_noun_that_is_counted(question: str, adjective: str | None) -> None:
    assert counted_as(question) == adjective
