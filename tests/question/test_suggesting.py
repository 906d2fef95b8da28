"""Which questions an article's sentences suggest, and which sentences suggest none."""

import pytest

from assistant.question.suggesting import SENTENCES, questions_of
from index.types import Article


def suggested(text: str) -> list[str]:
    return [one.question for one in questions_of(Article("a", text))]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "صادق البرلمان يوم الثلاثاء، بأغلبية كبيرة، على اتفاق الصيد مع موريتانيا.",
            "متى صادق البرلمان على اتفاق الصيد مع موريتانيا؟",
        ),
        ("انطلقت في 3 مارس/آذار 2024 أعمال القمة العربية في المنامة.", "متى انطلقت أعمال القمة العربية في المنامة؟"),
        ("وبلغ عدد السكان المتضررين في الجنوب نحو 3200 شخص.", "كم عدد السكان المتضررين في الجنوب؟"),
        ("يناهز عدد المدارس الريفية التي أغلقت 40 مدرسة.", "كم عدد المدارس الريفية؟"),
        ("وقال وزير النقل سالم الحداد، أمس، إن الخط سيُفتح قريبًا.", "ماذا قال وزير النقل سالم الحداد؟"),
        ("أكّدت منظمة الصحة العالمية في بيان أن اللقاح متوفر.", "ماذا أكدت منظمة الصحة العالمية؟"),
    ],
)
def test_a_sentence_suggests_a_question(sentence: str, question: str) -> None:
    assert suggested(sentence) == [question]


@pytest.mark.parametrize(
    "sentence",
    [
        "صادق البرلمان على اتفاق الصيد مع موريتانيا.",  # no day
        "وصل 10 آلاف مسافر إلى المطار.",  # a figure, not a day
        "أطلقت على الساعة الحادية عشرة صباحا يوم الخميس قذيفة واحدة.",  # nobody did it
        "ارتفع عدد السكان كثيرًا.",  # no figure
        "بلغ عدد الركاب 30.",  # of what?
        "وقال مسؤول كبير إن الخط سيُفتح.",  # somebody
        "قال الوزير إن الخط سيُفتح.",  # which one?
        "وقال رئيس اللجنة إن الخط سيُفتح.",  # of which one?
        "قال مدير المركز بالجامعة والمشرف على المشروع إن الخط سيُفتح.",  # cut short
        "قال «رجل الظل» إن الخط سيُفتح.",
        "Officials said 40 people left on 3 March.",
    ],
)
def test_a_sentence_suggests_none(sentence: str) -> None:
    assert suggested(sentence) == []


def test_the_top_of_an_article_is_looked_at() -> None:
    telling = "بلغ عدد السكان المتضررين 3200 شخص."
    assert suggested("خبر قصير. " * (SENTENCES - 1) + telling)
    assert not suggested("خبر قصير. " * SENTENCES + telling)
