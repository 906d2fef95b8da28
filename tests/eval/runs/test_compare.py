"""Two runs side by side: differences, tests and flips worked out by hand, and reports that are none."""

import json

import pytest
from typer.testing import CliRunner

from assistant.cli.commands import app
from eval.runs.compare import compare, compare_and_write, lines, read_report
from index.errors import InputError

ANSWER = {"answer": "نص", "sentences": [], "citations": [], "nearest": [], "conflicts": [], "abstained": False}
ANSWER |= {"reason": None, "error": None, "confidence": 0.5, "tokens": None, "timings_ms": {}, "dropped": 0}


def report(scores, **settings):
    """A report of questions q1, q2 …, each with (home article, category, right, precision)."""
    questions = [
        {"id": f"q{n}", "question": f"سؤال {n}؟", "category": category, "home_article": home, "answer": ANSWER}
        | {"why": [] if right else ["wrong"], "measures": {"grounded_correct": right, "citation_precision": precision}}
        for n, (home, category, right, precision) in enumerate(scores, start=1)
    ]
    named = {"answerer": "extractive", "isnad": "0.1.0"} | settings
    return {"settings": named, "measures": {"grounded_correct": {}, "citation_precision": {}}, "questions": questions}


A = report(
    [("x", "number", 1, 1.0), ("x", "number", 0, None), ("y", "date", 0, 0.5), ("y", "date", 0, 0.0)],
    passages=12,
)
B = report(
    [("x", "number", 0, 1.0), ("x", "number", 1, 1.0), ("y", "date", 1, 1.0), ("y", "date", 1, None)],
    answerer="openai/b",
)


def test_differences_are_of_b_from_a_over_what_applies_in_both():
    found = compare(A, B)
    right, precision = found["measures"]
    assert (right["a"], right["b"], right["difference"], right["n"]) == (0.25, 0.75, 0.5, 4)
    # article x gains 1 - 1 = 0, article y 2: the draws reach from both x (0) to both y (2 of 2)
    assert (right["low"], right["high"], right["clusters"]) == (0.0, 1.0, 2)
    assert right["p"] == 1.0  # signs of (0, 2): every sum is as far from 0 as the one observed
    assert (precision["a"], precision["b"], precision["n"]) == (0.75, 1.0, 2)


def test_flips_are_counted_by_who_alone_is_right():
    found = compare(A, B)
    # p: of 4 throws of a coin at most 1 on one side, both tails: 2 · (1 + 4) / 16
    assert found["mcnemar"] == {"only_a": 1, "only_b": 3, "p": 0.625}
    assert found["by_category"] == {"number": {"only_a": 1, "only_b": 1}, "date": {"only_a": 0, "only_b": 2}}
    assert [(flip["id"], flip["a"], flip["b"]) for flip in found["flips"]] == [
        ("q1", True, False),
        ("q2", False, True),
        ("q3", False, True),
        ("q4", False, True),
    ]
    assert found["flips"][0]["why"] == {"a": [], "b": ["wrong"]}
    assert (found["a"]["answerer"], found["b"]["answerer"]) == ("extractive", "openai/b")


def test_a_run_compared_with_itself_differs_in_nothing():
    found = compare(A, A)
    assert [(m["difference"], m["p"]) for m in found["measures"]] == [(0, 1.0), (0, 1.0)]
    assert found["mcnemar"] == {"only_a": 0, "only_b": 0, "p": 1.0} and found["flips"] == []


def test_the_table():
    told = lines(compare(A, B))
    assert told[0] == "4 questions. A: extractive, passages 12. B: openai/b, passages –."
    assert told[2].split() == "grounded_correct 25.0 75.0 +50.0 +0.0 to +100.0 1.000".split()
    assert told[4] == "Only A is right on 1, only B on 3 questions; McNemar's p = 0.625."
    assert [line.split() for line in told[5:8]] == [["category", "A", "B"], ["number", "1", "1"], ["date", "0", "2"]]
    assert told[8] == "  A  q1  سؤال 1؟"


@pytest.fixture
def runs(tmp_path):
    for name, found in (("a", A), ("b", B)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report.json").write_text(json.dumps(found), encoding="utf-8")
    return tmp_path


def test_the_command_takes_folders_or_files_and_writes_beside_its_page(runs):
    command = ["eval", "compare", str(runs / "a"), str(runs / "b" / "report.json"), "--out", str(runs / "out")]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0 and "only B on 3 questions" in done.stdout
    assert json.loads((runs / "out" / "compare.json").read_text(encoding="utf-8"))["mcnemar"]["only_b"] == 3
    assert "openai/b" in (runs / "out" / "compare.html").read_text(encoding="utf-8")


def test_questions_that_one_run_alone_was_asked_are_left_out_and_told(runs):
    other = report([("x", "number", 1, 1.0)])
    (runs / "b" / "report.json").write_text(json.dumps(other), encoding="utf-8")
    told = compare_and_write(runs / "a", runs / "b", runs / "out")
    assert told[0].startswith("1 questions.")
    assert "Left out: 3 questions of A and 0 of B that the other was not asked." in told
    other["questions"][0]["question"] = "غيره؟"
    with pytest.raises(InputError, match="share no question"):
        compare(A, other)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"settings": {}, "measures": {}, "questions": []}'])
def test_what_is_no_report_is_refused_by_name(tmp_path, text):
    with pytest.raises(InputError, match=r"report\.json: no report can be read .*isnad eval --out DIR"):
        read_report(tmp_path)
    (tmp_path / "report.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"report\.json: is no report of `isnad eval`"):
        read_report(tmp_path)
