"""How models cite, over real HTTP: a marker in any dress, or none at all."""

import json

import pytest

from assistant.generation.answerer import GeneratingAnswerer
from assistant.generation.llms import build_llm
from assistant.types import Answer
from index.errors import ModelError
from tests.doubles import Scripted, article, scored, scripted_llm

PASSAGES = [
    scored(article("وعد الوزير بخطة جديدة لحماية السواحل قبل نهاية الشتاء.", title="خطة السواحل")),
    scored(article("بلغ محصول الزيتون في الشمال 340 ألف طن هذا الموسم. وبدأ التصدير يوم السبت.", source="وكالة")),
]
QUESTION = "كم بلغ محصول الزيتون؟"
SENTENCE = "بلغ محصول الزيتون في الشمال 340 ألف طن"
SHOWN = f"{SENTENCE}. [1]"


def ask(*script: Scripted | str, question: str = QUESTION, reads_again: bool = False) -> Answer:
    with scripted_llm(*script) as llm:
        model = build_llm("openai/m", llm.url, None, 30)
        return GeneratingAnswerer(model, "openai/m", reads_again=reads_again).answer(question, PASSAGES)


@pytest.mark.parametrize(
    "marker",
    [
        "[2]", "[٢]", "【2】", "【2†source】", "【2:0†source】", "［2］", "[[2]]", "[^2]", "[^2^]", "\\[2\\]",
        "**[2]**", "[#2]", "[2.]", "[2:2]", "[citation:2]", "[cite: 2]", "[ID:2]", "[ID: 2]", "[ref:2]",
        "[passage_2]", "[doc2]", "[doc_2]", "[Source 2]", "[Source: 2]", "[المصدر 2]", "[المصدر: 2]",
        "[المقطع رقم 2]", "[رقم 2]", "[الفقرة 2]", "[المرجع 2]", "[مصدر رقم 2]", "[2، ص. 1]",
        "[2 - وكالة الأنباء]", "[Source 2: Agency, 2024]", "[2 و 2]", "[2 و2]", "[2 & 2]", "[2/2]", "[2|2]",
        "[2,2]", "[المصدر 2، المصدر 2]", "[2] و[2]", "[[2]](#2)", "[2](https://a.example/2)", "[المصدر 2](#2)",
        "<sup>2</sup>", "<sup>[2]</sup>", "<cite>2</cite>", '<cite id="2"/>', "^[2]^", "²", "②", "(2)",
        "(2) (2)", "{2}", "﴿2﴾", "(المصدر 2)", "(المصدر [2])", "(المصدر: [2]، [2])", "(انظر [2])",
        ". المصدر: [2]",
    ],
)  # fmt: skip
def test_a_marker_in_any_dress_resolves_and_leaves_nothing_behind(marker: str) -> None:
    answer = ask(f"{SENTENCE} {marker}.")
    assert (answer.text, answer.dropped, answer.notice) == (SHOWN, 0, None)
    assert answer.citations[0].article is PASSAGES[1].passage.article


@pytest.mark.parametrize(
    "draft",
    [
        f"{SENTENCE}.",
        f"{SENTENCE} (المصدر: وكالة).",
        f"**الجواب:** {SENTENCE}.",
        f"{SENTENCE} [9].",
        f"المصدر 2: {SENTENCE}.",
        f"{SENTENCE}.\n\nالمصادر:\n[2] وكالة",
        json.dumps({"answer": f"{SENTENCE}.", "citations": [2]}, ensure_ascii=False),
    ],
)
def test_a_reply_that_cites_nothing_is_shown_with_the_citation_found(draft: str) -> None:
    answer = ask(draft)
    assert (answer.text, answer.dropped) == (SHOWN, 0)
    assert answer.citations[0].quote == "بلغ محصول الزيتون في الشمال 340 ألف طن هذا الموسم."
    assert answer.notice is not None and answer.notice.startswith("لم يشر النموذج إلى مصادر جوابه")


def test_of_such_a_reply_only_what_the_passages_support_is_shown() -> None:
    answer = ask(f"{SENTENCE}. وبلغت الصادرات 90 ألف طن. وعد الوزير بخطة جديدة لحماية السواحل.")
    assert answer.text == f"{SENTENCE}. [1] وعد الوزير بخطة جديدة لحماية السواحل. [2]"
    assert answer.dropped == 1


def test_two_passages_do_not_prove_together_what_none_of_them_says() -> None:
    answer = ask("وعد الوزير بمحصول الزيتون في الشمال قبل نهاية الشتاء.")
    assert answer.reason == "unsupported"


def test_what_was_found_is_read_again_too() -> None:
    answer = ask(f"{SENTENCE}.", "1: لا | 340", reads_again=True)
    assert answer.reason == "unsupported"


def test_the_notice_speaks_the_language_of_the_question() -> None:
    notice = ask(f"{SENTENCE}.", question="How large was the harvest?").notice
    assert notice is not None and notice.startswith("The model cited nothing")


def test_a_reply_that_cites_something_is_not_added_to() -> None:
    answer = ask(f"{SENTENCE} [2]. وعد الوزير بخطة جديدة لحماية السواحل.")
    assert (answer.text, answer.dropped, answer.notice) == (SHOWN, 1, None)


def test_the_articles_are_blamed_only_where_they_were_compared_with_a_sentence() -> None:
    assert ask("بلغ محصول الزيتون في الشمال 900 ألف طن.").text.endswith("لأن المقالات لا تسنده.")
    for draft in ("[1] [2]", "المصادر:\n[1] وكالة", '{"n": 340, "unit": "ألف طن"}', "..."):
        with pytest.raises(ModelError, match="wrote no sentence"):
            ask(draft)
