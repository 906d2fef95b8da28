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
MARKET = Turn("كم خسرت السوق في تونس بحسب الوزارة؟")
FIRE = Turn("متى اندلع حريق السوق في سوسة؟", "الجمعة")
MAYOR = Turn("ماذا قال سامي الطرابلسي عن الجسر الجديد؟")
CLUB = Turn("من يدير جمعية النخلة؟", "هدى بن صالح")


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
        (MARKET, "والنقابة؟", "كم خسرت السوق في تونس بحسب النقابة؟"),
        (MARKET, "وبحسب التجار؟", "كم خسرت السوق في تونس بحسب التجار؟"),
        (Turn("كم بلغ سعر القمح في تونس؟"), "وفي الجزائر؟", "كم بلغ سعر القمح في الجزائر؟"),
        (Turn("كم بلغ سعر القمح في تونس؟"), "وكم في الجزائر؟", "كم بلغ سعر القمح في الجزائر؟"),
        (Turn("كم بلغ سعر القمح؟"), "والشعير؟", "كم بلغ سعر القمح بالنسبة إلى الشعير؟"),
        (Turn("كم بلغ سعر القمح بالنسبة إلى الشعير؟"), "والذرة؟", "كم بلغ سعر القمح بالنسبة إلى الذرة؟"),
        (FIRE, "وكم استغرق إخماده؟", "كم استغرق إخماد حريق السوق في سوسة؟"),
        (FIRE, "ومين قال هالشي؟", "من قال هالشي (اندلع حريق السوق في سوسة)؟"),
        (FIRE, "وليش صار هيك؟", "لماذا اندلع حريق السوق في سوسة؟"),
        (FIRE, "وبأي وسيلة أُخمد؟", "بأي وسيلة أُخمد (اندلع حريق السوق في سوسة)؟"),
        (Turn("كم بلغت كلفة الجسر الجديد؟"), "ومن صمّمه؟", "من صمّم الجسر الجديد؟"),
        (MAYOR, "وما منصبه؟", "ما منصب سامي الطرابلسي؟"),
        (MAYOR, "وقديش كلفته؟", "كم كلفة الجسر الجديد؟"),
        (CLUB, "وكم عمرها؟", "كم عمر هدى بن صالح؟"),
        (CLUB, "وما مهمتها؟", "ما مهمة جمعية النخلة؟"),
        (CLUB, "ومتى تأسست؟", "متى تأسست جمعية النخلة؟"),
        (CLUB, "وبماذا طالبت؟", "بماذا طالبت هدى بن صالح؟"),
        (Turn("من هي رئيسة الجمعية؟"), "وماذا قالت عن الجسر؟", "ماذا قالت رئيسة الجمعية عن الجسر؟"),
        (Turn("كم شخصًا غادر بيته؟"), "ومن قال ذلك؟", "من قال إن شخصًا غادر بيته؟"),
        (Turn("من زار المصنع؟", "وزير الصناعة"), "من رافقه في الزيارة؟", "من رافق وزير الصناعة في الزيارة؟"),
        (Turn("كم جنديًا أُرسل بحسب كييف؟"), "وماذا قالت موسكو؟", "ماذا قالت موسكو بشأن جنديًا أُرسل؟"),
        (Turn("هل كان ذلك بالإجماع (صادق الدوما على المعاهدة)؟"), "وأين؟", "أين صادق الدوما على المعاهدة؟"),
        (Turn("متى كان ذلك بشأن إرسال القوات؟"), "ولماذا؟", "لماذا كان ذلك بشأن إرسال القوات؟"),
        (
            Turn("Who opened the bridge?", "Sami"),
            "where did he say it?",
            "where did Sami say it about opened the bridge?",
        ),
        (Turn("How many are there according to Kyiv?"), "and Seoul?", "How many are there according to Seoul?"),
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
        "وزير الدفاع",
        "وقف إطلاق النار في غزة",
        "كم كلفه الجسر الجديد؟",
        "متى ترك ترامب منصبه؟",
        "من هو المتهم؟",
        "وكم طنًا من القمح استوردت الدولة؟",
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
