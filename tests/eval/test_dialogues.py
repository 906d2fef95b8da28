"""Dialogues are read with their gold, held over a library, and what became of each follow-up is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings
from eval.dialogues.__main__ import failures, lines, run
from eval.dialogues.load import PROJECT_DIALOGUES, load_dialogues
from eval.facts.load import BRIEFS, read_files
from eval.measures.matching import LONGEST_EVIDENCE
from index.errors import InputError
from tests.doubles import article

FIRE = "اندلع حريق كبير في سوق النسيج بسوسة يوم الجمعة. وأخمد رجال الإطفاء حريق سوق النسيج في ثلاث ساعات."
BRIDGE = "افتتح رئيس البلدية منير العياري جسرًا جديدًا فوق نهر مجردة. وبلغت كلفة الجسر الجديد عشرين مليون دينار."
ARTICLES = [article(FIRE, path="briefs/fire.md"), article(BRIDGE, path="briefs/bridge.md")]


def turn(question: str, quote: str | None = None, **changed: Any) -> dict[str, Any]:
    if quote is None:
        return {"question": question, "about": ["fire.md"]} | changed
    name = "fire.md" if quote in FIRE else "bridge.md"
    return {"question": question, "answer": "نعم", "evidence": [[{"article": name, "quote": quote}]]} | changed


BROKE_OUT, PUT_OUT = FIRE.split(". ")[0] + ".", FIRE.split(". ")[1]
COST = BRIDGE.split(". ")[1]
DIALOGUES = [
    [
        turn("متى اندلع حريق سوق النسيج بسوسة؟", BROKE_OUT),
        turn("وكم استغرق إخماده؟", PUT_OUT, whole="كم استغرق إخماد حريق سوق النسيج بسوسة؟"),
    ],
    [
        turn("متى اندلع حريق سوق النسيج بسوسة؟", BROKE_OUT),
        turn("كم بلغت كلفة الجسر الجديد فوق نهر مجردة؟", COST),
        turn("وكم حارسا له؟", whole="كم حارسا للجسر الجديد فوق نهر مجردة؟"),
    ],
    [
        turn("متى اندلع حريق سوق النسيج بسوسة؟", BROKE_OUT),
        turn("قل لي المزيد", PUT_OUT, whole="كم استغرق إخماد حريق سوق النسيج بسوسة؟"),
    ],
]


def written(tmp_path: Path, *dialogues: Any) -> Path:
    file = tmp_path / "dialogues.jsonl"
    rows = [{"id": f"d{n}", "split": "test", "turns": turns} for n, turns in enumerate(dialogues, start=1)]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return file


def test_the_projects_dialogues_can_be_used():
    dialogues = load_dialogues(PROJECT_DIALOGUES, read_files(BRIEFS))
    follow_ups = [asked for dialogue in dialogues for asked in dialogue.questions[1:]]
    spans = [s for asked in follow_ups for n in asked.fact.nuggets for evidence in n.evidence for s in evidence]
    assert len({dialogue.id for dialogue in dialogues}) == 60
    assert sum(not asked.leans for asked in follow_ups) >= len(follow_ups) / 5
    assert sum(not asked.fact.answerable for asked in follow_ups) >= len(follow_ups) / 7
    assert all(len(span.quote.split()) <= LONGEST_EVIDENCE for span in spans)


@pytest.mark.parametrize(
    ("turns", "why"),
    [
        ([turn("متى؟", BROKE_OUT)], "two questions or more"),
        ([turn("متى؟", BROKE_OUT, whole="متى اندلع؟"), turn("أين؟")], "nothing before it"),
        ([turn("متى اندلع؟", BROKE_OUT), turn(" ")], "d1.2 has no `question`"),
        ([turn("متى اندلع؟", BROKE_OUT), turn("أين؟", "سوق سوسة")], "no article"),
        ([turn("متى اندلع؟", BROKE_OUT), turn("أين؟", about=[])], "`about`"),
    ],
)
def test_a_dialogue_that_cannot_be_used_is_named_with_its_line(tmp_path, turns, why):
    with pytest.raises(InputError, match=r"dialogues.jsonl:1: ") as refused:
        load_dialogues(written(tmp_path, turns), ARTICLES[:1])
    assert why in str(refused.value)


def test_follow_ups_are_asked_in_their_dialogue_and_as_they_should_be_understood(tmp_path):
    briefs = tmp_path / "briefs"
    briefs.mkdir()
    for each in ARTICLES:
        (briefs / Path(each.path).name).write_text(each.text, encoding="utf-8")
    outcomes = run(Settings(), written(tmp_path, *DIALOGUES), [briefs])
    by_id = {outcome.asked.fact.id: outcome for outcome in outcomes}
    assert by_id["d1.2"].answer.understood == "كم استغرق إخماد حريق سوق النسيج بسوسة؟"
    assert by_id["d1.2"].right and by_id["d1.2"].whole_right
    assert by_id["d2.2"].right and not by_id["d2.2"].completed
    assert by_id["d2.3"].right and by_id["d2.3"].answer.abstained
    assert not by_id["d3.2"].right and by_id["d3.2"].whole_right

    (unseen,) = [line for line in lines(outcomes) if line.startswith("… not taken to lean")]
    assert unseen.split()[5:7] == ["3", "33.3"]
    listed = "\n".join(failures(outcomes))
    assert "d3.2" in listed and "قل لي المزيد" in listed
    assert "d1.2" not in listed and "d2.2" not in listed
