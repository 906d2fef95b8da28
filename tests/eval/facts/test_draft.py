"""Facts that are drafted from articles: what is proposed, and that a person has to write the question."""

import json

import pytest
from typer.testing import CliRunner

from assistant.cli.commands import app
from eval.facts.draft import draft_facts, proposals, write_drafts
from eval.facts.lint import UNWRITTEN, lint
from eval.facts.load import load_facts
from index.building import index_paths
from index.errors import InputError
from index.static import load_background
from tests.doubles import article

TEXT = "وقال جون كيربي إن 12 ألف جندي وصلوا في 24 أكتوبر/تشرين الأول 2024. وانتهت الجلسة مساءً."


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("أرسلت بيونغ يانغ 12 ألف جندي.", [("number", "12 ألف جندي", 12000, "جندي", ())]),
        ("تراجع السعر 3.5 في المئة.", [("number", "3.5 في المئة", 3.5, "%", ())]),
        (
            "وُقّعت المعاهدة في 24 أكتوبر/تشرين الأول 2024.",
            [
                (
                    *("date", "24 أكتوبر/تشرين الأول 2024", "2024-10-24", None),
                    ("24 أكتوبر/تشرين الأول 2024", "24 أكتوبر 2024", "24 تشرين الأول 2024"),
                )
            ],
        ),
        ("وبدأت الأزمة عام 2016.", [("date", "عام 2016", "2016", None, ("عام 2016",))]),
        ("واجتمعوا في 9 أغسطس.", [("date", "9 أغسطس", None, None, ("9 أغسطس",))]),
        ("وقال جون كيربي إن الجنود أهداف.", [("who_said", "جون كيربي", None, None, ("جون كيربي",))]),
        ("وصل ما بين 10 و15 جنديًا.", []),  # a range is two figures
        ("وحضر 3.", []),  # nothing tells of what
    ],
)
def test_what_a_sentence_proposes(sentence, found):
    assert [(p.category, p.text, p.value, p.unit, p.aliases) for p in proposals(sentence)] == found


def test_a_date_told_from_the_day_of_publication_gets_its_value():
    (date,) = proposals("ووصلوا أمس.", "2024-10-25")
    assert (date.text, date.value, date.aliases) == ("أمس (2024-10-24)", "2024-10-24", ("أمس",))


def test_a_sentence_too_long_to_be_evidence_is_passed_over():
    long = article("كلمة " * 60 + "12 ألف جندي.", path="long.md")
    assert list(draft_facts([long])) == []


def test_drafts_are_refused_until_their_questions_are_written(tmp_path):
    of = article(TEXT, path="briefs/troops.md")
    rows = list(draft_facts([of]))
    assert [(row["id"], row["category"]) for row in rows] == [
        ("troops-1", "who_said"),
        ("troops-2", "date"),
        ("troops-3", "number"),
    ]
    for row in rows:
        (((span,),),) = (nugget["evidence"] for nugget in row["nuggets"])
        assert of.text[span["start"] : span["end"]] == span["quote"]
    file = tmp_path / "facts.jsonl"

    def findings():
        file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        return lint(load_facts(file, [of]), [of])

    assert rows[0]["question"] == f"{UNWRITTEN}: «جون كيربي»"
    assert findings() == [f"troops-{n}: its question is still to be written" for n in (1, 2, 3)]
    for row, question in zip(rows, ("من تحدث؟", "متى حدث ذلك؟", "كم مقاتلًا بلغها؟"), strict=True):
        row["question"] = question
    assert findings() == []


def test_the_command_writes_files_or_standard_output_and_overwrites_nothing(tmp_path):
    source, out = tmp_path / "troops.txt", tmp_path / "facts.jsonl"
    source.write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(app, ["eval", "draft", str(source)])
    assert done.exit_code == 0 and len([json.loads(line) for line in done.stdout.splitlines()]) == 3
    assert "3 facts proposed" in done.stderr
    done = CliRunner().invoke(app, ["eval", "draft", str(source), "--out", str(out)])
    assert (done.exit_code, done.stdout, len(out.read_text().splitlines())) == (0, "", 3)
    with pytest.raises(InputError, match="is there already"):
        write_drafts([str(source)], None, out)


def test_articles_of_a_library_are_named_as_facts_name_them(tmp_path):
    (tmp_path / "troops.txt").write_text(TEXT, encoding="utf-8")
    index_paths(tmp_path / "store", [tmp_path / "troops.txt"], load_background())
    rows, told = write_drafts(["troops.txt"], tmp_path / "store", None)
    assert len(rows) == 3 and f"--store {tmp_path / 'store'}" in told
    with pytest.raises(InputError, match=r"No article gone\.txt"):
        write_drafts(["gone.txt"], tmp_path / "store", None)
    (tmp_path / "dull.txt").write_text("لا شيء يُذكر هنا.", encoding="utf-8")
    with pytest.raises(InputError, match="no figure, no date and no speaker"):
        write_drafts([str(tmp_path / "dull.txt")], None, None)
