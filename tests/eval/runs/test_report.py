"""The report of a run of six questions, worked out by hand; `tests.eval_reports.run` tells what they are."""

import json

import pytest

from eval.runs.report import report, table
from tests.eval.cases import A, B
from tests.eval.reports import SETTINGS, run, sample_report


@pytest.fixture(scope="module")
def found():
    return sample_report()


def test_it_is_json_with_the_settings_it_was_given(found):
    assert json.loads(json.dumps(found)) == found | {"questions": json.loads(json.dumps(found["questions"]))}
    assert found["settings"] == SETTINGS
    assert (found["repeats"], found["judge"]) == (None, None)


def test_groups_hold_the_measures_of_their_questions(found):
    assert {group: rows["grounded_correct"]["value"] for group, rows in found["by_category"].items()} == {
        "number": 0.2,
        "unanswerable": 1.0,
    }
    assert {group: rows["grounded_correct"]["n"] for group, rows in found["by_split"].items()} == {
        "test": 5,
        "development": 1,
    }
    assert {group: rows["grounded_correct"]["n"] for group, rows in found["by_lang"].items()} == {"ar": 5, "en": 1}


def test_the_confidence_is_measured_over_answers_and_refusals(found):
    abstention = found["abstention"]
    # Answerable 0.9, 0.8, 0.1, none, 0.9 against 0.1: three above, one tie, the error below.
    assert abstention["auroc"] == pytest.approx(3.5 / 5)
    # At 0.9 one of two is right, at 0.8 one of three, then the error.
    assert abstention["risk_coverage"] == [
        pytest.approx(point) for point in ([2 / 6, 1 / 2], [3 / 6, 2 / 3], [4 / 6, 3 / 4])
    ]
    assert abstention["coverage_at_5_percent_risk"] == 0
    assert abstention["reliability"] == [
        {"confidence": 0.0, "right": 0.0, "n": 1},
        {"confidence": 0.8, "right": 0.0, "n": 1},
        {"confidence": 0.9, "right": 0.5, "n": 2},
    ]


def test_time_tokens_and_quotes_are_of_the_answers_that_have_them(found):
    assert found["latency_ms"] == {"median": 50, "p90": pytest.approx(58), "p99": pytest.approx(59.8)}  # 40 and 60
    assert found["tokens"] == {"prompt": 150, "completion": 25}
    assert found["cited_words"]["median"] == 8  # 8, 9, and the median of 8 and 6


def test_without_times_and_tokens_there_is_nothing_to_tell():
    silent = [judged for judged in run() if judged.case.fact.id in ("silent-1", "failed-1")]
    found = report(silent, {})
    assert (found["latency_ms"], found["tokens"], found["cited_words"]) == (None, None, None)


def test_articles_are_those_that_are_cited_or_gold(found):
    assert found["articles"].keys() == {A.id, B.id}
    for question in found["questions"]:
        for citation in question["answer"]["citations"]:
            text = found["articles"][citation["article_id"]]["text"]
            assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_six_questions_show_only_very_large_differences(found):
    assert found["detectable"]["questions"] == 6
    assert found["detectable"]["difference"] is None or found["detectable"]["difference"] > 0.5


def test_the_table_warns_of_few_articles():
    lines = table(run())
    assert lines[1].split()[:2] == ["grounded_correct", "0.33"]
    assert lines[-1] == "Over only one article, the true intervals are wider than these."
