"""Quotes that stand by themselves: what ties them to the text before is cut, who speaks is quoted along."""

import pytest

from assistant.extractive.standing import MOST_WORDS, standing_start
from index.text.arabic import sentence_spans

SPEAKER = "وقال وزير الداخلية هادي المجدوب في ندوة صحفية إن الحدود مؤمنة."


def quote(text: str, sentence: str) -> str:
    start = text.index(sentence)
    return text[standing_start(text, start, start + len(sentence)) : start + len(sentence)]


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        (
            "غير أن تقارير استخباراتية تفيد بأن العدد بلغ 12 ألف جندي.",
            "تقارير استخباراتية تفيد بأن العدد بلغ 12 ألف جندي.",
        ),
        ("يذكر أن النادي فاز بالبطولة ثلاث مرات.", "النادي فاز بالبطولة ثلاث مرات."),
        ("ومن جهة أخرى، أعلنت الوزارة فتح باب الترشح للمناظرة.", "أعلنت الوزارة فتح باب الترشح للمناظرة."),
        ("غير أنه رفض الإجابة عن أسئلة الصحفيين أمس.", "غير أنه رفض الإجابة عن أسئلة الصحفيين أمس."),
        ("غير أن الوزير رفض.", "غير أن الوزير رفض."),  # too little would be left
        ("إلا أن يتفق الطرفان على موعد جديد للمحادثات.", "إلا أن يتفق الطرفان على موعد جديد للمحادثات."),
        ("من جهة أخرى غير معلومة تلقى الحزب تمويلات.", "من جهة أخرى غير معلومة تلقى الحزب تمويلات."),
        ("هذا القرار يدخل حيز التنفيذ مطلع العام.", "هذا القرار يدخل حيز التنفيذ مطلع العام."),
        ("هذه جملة عادية لا رابط في أولها.", "هذه جملة عادية لا رابط في أولها."),
    ],
)
def test_what_ties_a_sentence_to_the_text_before_is_cut(sentence: str, left: str) -> None:
    assert quote(f"{SPEAKER} {sentence}", sentence) == left


@pytest.mark.parametrize("verb", ["وأضاف أن", "وأوضح أنّ", "وأشار إلى أن", "وتابع قائلا إن", "وشدد على أن"])
def test_a_verb_of_saying_without_its_subject_brings_the_sentence_that_names_it(verb: str) -> None:
    sentence = f"{verb} عدد الموقوفين بلغ خمسة أشخاص."
    assert quote(f"{SPEAKER} {sentence}", sentence) == f"{SPEAKER} {sentence}"
    assert quote(sentence, sentence) == sentence, "there is none before it"


def test_the_one_who_speaks_may_be_named_two_sentences_before_but_not_in_another_paragraph() -> None:
    first, last = "وأضاف أن التحقيق مستمر.", "وتابع أن النتائج تعلن غدا."
    assert quote(f"{SPEAKER} {first} {last}", last) == f"{SPEAKER} {first} {last}"
    assert quote(f"{SPEAKER}\n{last}", last) == last


@pytest.mark.parametrize(
    "sentence", ["بين أنقرة وموسكو خط جوي جديد.", "قال أنور السادات كلمته.", "أعلن أنصار الفريق فرحتهم."]
)
def test_a_name_that_begins_like_a_conjunction_is_a_name(sentence: str) -> None:
    assert quote(f"{SPEAKER} {sentence}", sentence) == sentence


def test_who_speaks_is_in_the_sentence_or_too_far_away() -> None:
    named = "وأضاف الوزير أن عدد الموقوفين بلغ خمسة أشخاص."
    assert quote(f"{SPEAKER} {named}", named) == named
    long = f"{'كلمة ' * MOST_WORDS}ثم صمت."
    told = "وأضاف أن عدد الموقوفين بلغ خمسة أشخاص."
    assert len(sentence_spans(f"{long} {told}")) == 2
    assert quote(f"{long} {told}", told) == told
