"""Questions that ask several things, told apart by their form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.parts import MOST_PARTS, parts_of


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "كم عدد سكان سودجا، وكم عدد سكان كورتشاتوف؟",
            ["كم عدد سكان سودجا؟", "كم عدد سكان كورتشاتوف؟"],
        ),
        ("متى وأين ضرب الزلزال تركيا؟", ["متى ضرب الزلزال تركيا؟", "أين ضرب الزلزال تركيا؟"]),
        (
            "كم ملجأ أقيم في المدينة، بحسب البلدية وبحسب صحيفة محلية؟",
            ["كم ملجأ أقيم في المدينة بحسب البلدية؟", "كم ملجأ أقيم في المدينة بحسب صحيفة محلية؟"],
        ),
        (
            "بكم قدّرت كل من واشنطن وسول وكييف عدد الجنود؟",
            ["بكم قدّرت واشنطن عدد الجنود؟", "بكم قدّرت سول عدد الجنود؟", "بكم قدّرت كييف عدد الجنود؟"],
        ),
        (
            "When did the quake strike Izmir, and how many people died there?",
            ["When did the quake strike Izmir?", "how many people died there?"],
        ),
    ],
)
def test_each_thing_is_asked_by_itself(question: str, parts: list[str]) -> None:
    assert [ways[0] for ways in parts_of(question)] == parts


def test_a_part_that_leans_on_the_first_is_completed_too() -> None:
    _, (alone, completed) = parts_of("كم بلغ عدد النازحين في 12 أغسطس، وكم بلغ في 22 منه؟")
    assert alone == "كم بلغ في 22 منه؟"
    assert "عدد النازحين" in completed


@pytest.mark.parametrize(
    "question",
    [
        "متى خرج اللاجئون من تونس ومن ليبيا؟",
        "ما العلاقة بين تونس وما يحدث في ليبيا؟",
        "كم وصل عدد القتلى والجرحى؟",
        "متى وقّعت المعاهدة؟",
        "لخص موقف روسيا وكوريا",
        "What did Blinken and Austin say?",
        "",
    ],
)
def test_one_thing_is_left_as_it_is(question: str) -> None:
    assert parts_of(question) == []


@given(st.text(alphabet="كممتىأينوبحسب ،؟عندلا and how", max_size=80))
def test_any_text_has_no_part_or_several_that_can_be_asked(question: str) -> None:
    parts = parts_of(question)
    assert not parts or 2 <= len(parts) <= MOST_PARTS
    assert all(any(char.isalnum() for char in way) for ways in parts for way in ways)
