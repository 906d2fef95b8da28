"""Which questions ask for an overview and of what; and that those which ask for one thing do not."""

import pytest

from assistant.question.overview import MOST_OF_ONE, overview_of, sides, spread
from index.types import Article, Passage, ScoredPassage


@pytest.mark.parametrize(
    ("question", "kind", "topic"),
    [
        ("لخص لي موقف كوريا الجنوبية", "summary", "موقف كوريا الجنوبية"),
        ("ممكن تلخّص لي ما حدث في بروكسل؟", "summary", "بروكسل"),
        ("أعطني ملخصًا عن زيارة بلينكن", "summary", "زيارة بلينكن"),
        ("ماذا قيل عن الجنود الكوريين؟", "summary", "الجنود الكوريين"),
        ("ما آخر أخبار المعاهدة؟", "latest", "المعاهدة"),
        ("شنوة الجديد في حكاية الجنود", "latest", "حكاية الجنود"),
        ("قارن بين موقفي واشنطن وسول", "comparison", "موقفي واشنطن وسول"),
        ("كيف تناولت الصحف إضراب الميناء؟", "comparison", "إضراب الميناء"),
        ("ماذا قالت المصادر عن إضراب الميناء؟", "comparison", "إضراب الميناء"),
        ("How do the sources differ on the port strike?", "comparison", "port strike"),
        ("What is the latest on the treaty?", "latest", "treaty"),
        ("Summarize South Korea's position", "summary", "South Korea's position"),
    ],
)
def test_an_overview_is_asked_for_with_its_topic(question: str, kind: str, topic: str) -> None:
    found = overview_of(question)
    assert found
    assert (found.kind, found.topic) == (kind, topic)


@pytest.mark.parametrize(
    "question",
    [
        "ماذا قال روته عن المعاهدة؟",
        "كم عدد الجنود؟",
        "ما آخر موعد للتسجيل؟",
        "ما هي الفرق الإيطالية التي هنأت المسلمين؟",
        "ماذا قالت الصحف الإيطالية عن اللاعب؟",
        "ماذا جاء في بيان الوزارة؟",
        "ما الجديد؟",
        "",
        "؟!",
    ],
)
def test_a_question_for_one_thing_or_on_nothing_is_none(question: str) -> None:
    assert overview_of(question) is None


def test_the_passages_of_an_overview_are_not_all_of_one_article() -> None:
    long, short = Article("1", "نص طويل هنا."), Article("2", "نص قصير.")
    found = [ScoredPassage(Passage(long, 0, at), 10.0 - at) for at in range(1, 7)]
    found.append(ScoredPassage(Passage(short, 0, 3), 1.0))
    kept = [scored.passage.article.id for scored in spread(found, 12)]
    assert kept == ["1"] * MOST_OF_ONE + ["2"] + ["1"] * 3, "the others come after all articles had their turn"
    assert [scored.passage.article.id for scored in spread(found, 4)] == ["1"] * MOST_OF_ONE + ["2"]
    assert len(spread(found, 2)) == 2


@pytest.mark.parametrize(
    ("topic", "one", "other"),
    [
        ("موقفي واشنطن وسول من المعاهدة", "موقفي واشنطن من المعاهدة", "موقفي سول من المعاهدة"),
        ("تقدير الجيش وتقدير الوزارة لعدد القتلى", "تقدير الجيش لعدد القتلى", "تقدير الوزارة لعدد القتلى"),
        ("سعر القمح و الشعير", "سعر القمح", "سعر الشعير"),
        ("wheat and barley prices", "wheat prices", "barley prices"),
    ],
)
def test_a_comparison_names_two_sides(topic: str, one: str, other: str) -> None:
    assert sides(topic) == [one, other]


@pytest.mark.parametrize("topic", ["إضراب الميناء", "موقف وزير الخارجية", "واشنطن", "و"])
def test_a_topic_of_one_thing_has_no_sides(topic: str) -> None:
    assert sides(topic) == []
