"""The evaluation's tab: runs in real processes, one at a time, and the reports that they leave."""

import json
import sys
import time
from contextlib import closing

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.chat.evaluation.routes import add_evaluation
from assistant.chat.evaluation.runs import Evaluations
from assistant.chat.evaluation.tab import frame
from assistant.chat.texts import ARABIC, ENGLISH

MEASURES = """
import json, pathlib, sys, time
out = pathlib.Path(sys.argv[1])
(out / "answers.jsonl").write_text("{}\\n" * 3)
while not (out.parent / "go").exists():
    time.sleep(0.02)
figure = {"value": 0.84, "low": 0.78, "high": 0.9}
report = {"measures": {"grounded_correct": figure}, "questions": [{}] * 4, "settings": {"answerer": "openai/<b>m"}}
(out / "report.html").write_text("<h1>Isnad evaluation</h1><script>1</script>")
(out / "report.json").write_text(json.dumps(report))
"""
"""Answers three of four questions, waits to be let go on, and reports."""
FAILS = "print('asking'); raise SystemExit('The facts cannot be read.')"


@pytest.fixture
def made(tmp_path):
    """Evaluations by a program, and a client of theirs."""
    opened = []

    def make(program):
        evaluations = Evaluations(tmp_path / "evaluations", [sys.executable, "-c", program], 4)
        opened.append(evaluations)
        app = FastAPI()
        add_evaluation(app, evaluations)
        return evaluations, TestClient(app)

    yield make
    for evaluations in opened:
        evaluations.close()


def until(look, found):
    """What is seen once it is what is waited for."""
    while not found(seen := look()):
        time.sleep(0.02)
    return seen


def test_a_run_tells_how_far_it_is_and_leaves_a_report(made, tmp_path):
    _, http = made(MEASURES)
    begun = http.get("/evaluation").json()
    assert not begun["running"] and "لا تقارير" in begun["html"]
    assert http.post("/evaluation/start").status_code == 204
    now = until(lambda: http.get("/evaluation").json(), lambda row: row["share"])
    assert now["running"] and now["share"] == 0.75 and now["told"] == "سُئل 3 من أصل 4"
    again = http.post("/evaluation/start")
    assert again.status_code == 400 and "running already" in again.text
    (tmp_path / "evaluations" / "go").touch()
    done = until(lambda: http.get("/evaluation?lang=en").json(), lambda row: not row["running"])
    assert done["failure"] == "" and "84%" in done["html"] and "(78%–90%)" in done["html"]
    assert "openai/&lt;b&gt;m" in done["html"] and done["html"].count("<tr") == 1


def test_a_report_is_read_apart_from_the_page(made, tmp_path):
    evaluations, http = made(MEASURES)
    (tmp_path / "evaluations").mkdir()
    (tmp_path / "evaluations" / "go").touch()
    evaluations.start()
    (report,) = until(evaluations.reports, len)
    got = http.get("/evaluation/report", params={"id": report.id})
    assert got.status_code == 200 and "Isnad evaluation" in got.text
    policy = got.headers["content-security-policy"]
    assert "sandbox" in policy and "script-src" not in policy and "default-src 'none'" in policy


@pytest.mark.parametrize("id_", ["", "..", "../../etc", "20260101-000000", "20260101-000000/../x", "x" * 5000])
def test_nothing_else_is_read(made, tmp_path, id_):
    (tmp_path / "report.html").write_text("secret")
    _, http = made(MEASURES)
    assert http.get("/evaluation/report", params={"id": id_}).status_code == 404


def test_a_run_that_fails_says_why_and_leaves_nothing(made, tmp_path):
    _, http = made(FAILS)
    http.post("/evaluation/start")
    done = until(lambda: http.get("/evaluation").json(), lambda row: not row["running"])
    assert done["failure"] == "The facts cannot be read." and not [*(tmp_path / "evaluations").iterdir()]


def test_a_run_is_ended_by_the_reader_and_with_the_server(made, tmp_path):
    evaluations, http = made(MEASURES)
    assert http.post("/evaluation/stop").status_code == 204  # there is none
    http.post("/evaluation/start")
    assert http.post("/evaluation/stop").status_code == 204
    assert not evaluations.state().running and not [*(tmp_path / "evaluations").iterdir()]
    evaluations.start()
    process = evaluations._process
    evaluations.close()
    assert process.poll() is not None


def test_a_page_of_another_site_begins_nothing(made):
    evaluations, http = made(MEASURES)
    got = http.post("/evaluation/start", headers={"Sec-Fetch-Site": "cross-site"})
    assert got.status_code == 403 and not evaluations.state().running
    assert http.post("/evaluation/other").status_code == 404


def test_what_is_no_report_is_not_listed(tmp_path):
    for name, text in (("20260101-000000", "{"), ("20260101-000001", "[]"), ("mine", "{}")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report.json").write_text(text)
    figure = {"value": 1.0, "low": None, "high": None}
    row = {"measures": {"grounded_correct": figure}, "questions": [], "settings": {"answerer": "extractive"}}
    (tmp_path / "20260101-000002").mkdir()
    (tmp_path / "20260101-000002" / "report.json").write_text(json.dumps(row))
    with closing(Evaluations(tmp_path, [], 0)) as evaluations:
        assert [report.id for report in evaluations.reports()] == ["20260101-000002"]


@pytest.mark.parametrize(("words", "run"), [(ARABIC, "ابدأ التقييم"), (ENGLISH, "Run the evaluation")])
def test_the_tab_in_both_languages(words, run):
    assert f">{run}</button>" in frame(words) and f'dir="{words.direction}"' in frame(words)
