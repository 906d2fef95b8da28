"""Questions that lean on the one before them are completed; those that stand alone stay as they are."""

import json
from pathlib import Path

import pytest

from assistant.question.follow_up import understood
from assistant.types import Turn

DUMA = Turn("متى صادق مجلس الدوما على المعاهدة؟", "الخميس")
SOLDIERS = Turn("كم عدد الجنود الكوريين الشماليين في روسيا؟")
WASHINGTON = Turn("كم عدد الجنود في روسيا بحسب واشنطن؟")
RUTTE = Turn("من هو الأمين العام لحلف الأطلسي؟", "مارك روته")


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (DUMA, "وأين كان ذلك؟", "أين صادق مجلس الدوما على المعاهدة؟"),
        (DUMA, "ولماذا؟", "لماذا صادق مجلس الدوما على المعاهدة؟"),
        (DUMA, "لماذا؟", "لماذا صادق مجلس الدوما على المعاهدة؟"),
        (DUMA, "هل كان ذلك بالإجماع؟", "هل كان ذلك بالإجماع (صادق مجلس الدوما على المعاهدة)؟"),
        (SOLDIERS, "وماذا قالت واشنطن؟", "ماذا قالت واشنطن بشأن الجنود الكوريين الشماليين في روسيا؟"),
        (SOLDIERS, "ومتى كان ذلك؟", "متى كان ذلك بشأن الجنود الكوريين الشماليين في روسيا؟"),
        (WASHINGTON, "وماذا عن سول؟", "كم عدد الجنود في روسيا بحسب سول؟"),
        (DUMA, "وماذا عن الكرملين؟", "متى صادق مجلس الدوما على المعاهدة بالنسبة إلى الكرملين؟"),
        (RUTTE, "وماذا قال عن القوات؟", "ماذا قال مارك روته عن القوات؟"),
        (Turn("ماذا قال روته عن إرسال القوات؟"), "ومتى قال ذلك؟", "متى قال ذلك بشأن إرسال القوات؟"),
        (Turn("أين تدرب الجنود؟"), "وكم عددهم؟", "كم عدد الجنود؟"),
        (Turn("Who is Shin Won-sik?"), "and when did he speak?", "when did Shin Won-sik speak?"),
        (Turn("How many are there according to Kyiv?"), "what about Seoul?", "How many are there according to Seoul?"),
    ],
)
def test_a_question_that_leans_on_the_one_before_is_completed(before: Turn, question: str, whole: str) -> None:
    assert understood(question, before) == whole


@pytest.mark.parametrize(
    "question",
    [
        "كم حاوية أرسلتها كوريا الشمالية؟",
        "ومتى زار بلينكن بروكسل مع وفده الرسمي؟",
        "من هو شين وون سيك؟",
        "ما هو موقف واشنطن من المعاهدة؟",
        "What did Rutte say about the troops?",
        "لخص لي موقف كوريا الجنوبية",
        "",
    ],
)
def test_a_question_that_stands_alone_stays(question: str) -> None:
    assert understood(question, DUMA) is None


WRITTEN = Path(__file__).parents[2] / "assistant" / "training" / "reading"


def test_of_the_written_questions_hardly_one_is_taken_for_a_follow_up() -> None:
    rows = [json.loads(line) for file in WRITTEN.glob("*.jsonl") for line in file.read_text().splitlines()]
    asked = [q["q"] for row in rows for q in row["questions"] + row["unanswerable"]]
    taken = [q for q in asked if understood(q, DUMA)]
    assert len(asked) > 5_000
    assert len(taken) <= len(asked) / 200, taken
