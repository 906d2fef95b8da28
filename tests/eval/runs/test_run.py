"""Whole runs: what is asked and judged, what is kept and goes on, what is written, and the real answerer once."""

import json
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from assistant.cli.commands import app
from assistant.settings import Settings
from assistant.types import Answer, Citation, Conflict, ConflictValue, Sentence, Tokens
from eval.facts.load import read_articles
from eval.runs import answers as answering
from eval.runs import readme
from eval.runs import run as running
from eval.runs.answers import Kept, answer_all, run_key
from eval.runs.report import estimates
from eval.runs.run import Plan, check_lower_bound, flips, judge, run_and_report, sound_facts
from index.building import index_paths
from index.errors import InputError, IsnadError, LibraryError, ModelError
from tests.eval.cases import ELEVEN, RIGHT, SEOUL, TROOPS, TWELVE, A, B, at, fact
from tests.eval.cases import answer as answered

ABSTAINS = Answer("س", "لا جواب", reason="not_stated", confidence=0.2)


@pytest.fixture(scope="module")
def articles():
    return read_articles(None)


@pytest.fixture(scope="module")
def facts(articles):
    return sound_facts(None, articles)


def means(judged):
    return {name: estimate.value for name, estimate in estimates(judged).items()}


def quiet(line):
    pass


# ---------------------------------------------------------------- a library and its facts, tiny


FIRST = "أرسلت بيونغ يانغ 12 ألف جندي إلى روسيا. وقال كيربي إنهم سيصبحون أهدافًا مشروعة."
SECOND = "قدّرت وزارة الزراعة محصول القمح بنحو 340 طنًا هذا العام. وانخفضت الأسعار في الأسواق."


def record(name, question, quote, value, unit):
    evidence = [[{"article": name, "quote": quote}]]
    nugget = {"text": f"{value} {unit}", "vital": True, "type": "number", "value": value, "unit": unit, "aliases": []}
    row = {"id": name, "question": question, "lang": "ar", "category": "number", "split": "test", "answerable": True}
    return row | {"nuggets": [nugget | {"evidence": evidence}]}


@pytest.fixture
def own(tmp_path):
    """(facts file, store): two articles, one question about each, one that neither answers."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "first.txt").write_text(FIRST, encoding="utf-8")
    (folder / "second.txt").write_text(SECOND, encoding="utf-8")
    from index.static import load_background

    index_paths(tmp_path / "store", [folder], load_background())
    silent = {"id": "none", "question": "من يرأس بلدية باريس؟", "lang": "ar", "category": "unanswerable"}
    rows = [
        record("first.txt", "كم مقاتلًا بعثت كوريا الشمالية؟", FIRST.split(". ")[0] + ".", 12000, "جندي"),
        record("second.txt", "كم طنًا من القمح حُصد؟", SECOND.split(". ")[0] + ".", 340, "طن"),
        silent | {"split": "development", "answerable": False, "nuggets": [], "about": ["third.txt"]},
    ]
    (folder / "third.txt").write_text("افتتح معرض الكتاب أبوابه أمام الزوار في العاصمة.", encoding="utf-8")
    index_paths(tmp_path / "store", [folder], load_background())
    file = tmp_path / "own.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return file, tmp_path / "store"


@pytest.fixture
def scripted(monkeypatch):
    """Assistants that answer from a script, one function a question; how often each question was asked."""
    asked = []

    def use(ask):
        def counted(question):
            asked.append(question)
            return ask(question)

        @contextmanager
        def opened(*, settings, notice=None):
            yield SimpleNamespace(ask=counted)

        monkeypatch.setattr(running, "open_assistant", opened)
        return asked

    return use


# ---------------------------------------------------------------- judging


def test_always_abstaining_is_right_on_what_is_unanswerable_and_on_nothing_else(facts, articles):
    found = means(judge(facts, lambda question: Answer(question, "لا جواب", reason="not_stated"), articles))
    assert found["grounded_correct"] == pytest.approx(sum(not f.answerable for f in facts) / len(facts))
    assert (found["refused_unanswerable"], found["answered_answerable"], found["nugget_recall"]) == (1, 0, 0)


def test_a_question_that_fails_is_wrong_and_told(facts, articles):
    def ask(question):
        raise ModelError("the endpoint is gone")

    judged = judge(facts[:2], ask, articles)
    assert [j.why for j in judged] == [("error: the endpoint is gone",)] * 2
    assert means(judged)["grounded_correct"] == 0


def test_what_is_no_expected_failure_ends_the_run(facts, articles):
    with pytest.raises(ZeroDivisionError):
        judge(facts, lambda question: 1 / 0, articles)


def test_questions_that_are_right_in_some_runs_only_are_flips():
    def run(*answers):
        given = iter(answers)
        return judge([fact(TWELVE), fact(ELEVEN)], lambda question: next(given), [A, B])

    wrong = answered((SEOUL, at(B, SEOUL)))
    assert flips([run(RIGHT, wrong), run(RIGHT, wrong)]) == {"runs": 2, "flips": []}
    assert flips([run(RIGHT, wrong), run(RIGHT, wrong), run(wrong, wrong)]) == {"runs": 3, "flips": ["f"]}


# ---------------------------------------------------------------- answers that are kept


FULL = Answer(
    "كم؟",
    f"{TROOPS} [1]",
    sentences=(Sentence(TROOPS, (1,), "partial", (3, 9), overlap=0.75, entailment=0.5),),
    citations=(Citation(1, A, 0, len(TROOPS), copies=(B,)),),
    nearest=(Citation(1, B, 0, len(SEOUL), contradicts=True),),
    conflicts=(Conflict("جندي", (ConflictValue(12000.0, "جندي", "12 ألف", "سول", 1),)),),
    answerer="openai/some",
    confidence=0.123456789,
    tokens=Tokens(120, 30),
    dropped=1,
    timings_ms={"retrieve": 1.23456},
    notice="n",
)


def kept(tmp_path, **options):
    return Kept.open(tmp_path / "answers.jsonl", Settings(), [A, B], **options)


@pytest.mark.parametrize("given", [FULL, ABSTAINS])
def test_an_answer_is_read_back_as_it_was_written(tmp_path, given):
    kept(tmp_path).keep(fact(TWELVE), given)
    read = kept(tmp_path).answer(fact(TWELVE))
    assert read == given and read.timings_ms == given.timings_ms


def test_nothing_is_asked_twice_and_errors_are_asked_again(tmp_path):
    asked = []

    def ask(question):
        asked.append(question)
        if question == "ب؟" and len(asked) < 3:
            raise ModelError("gone")
        return RIGHT

    facts = [replace(fact(TWELVE), question=question) for question in ("ا؟", "ب؟")]
    assert [a.error for a in answer_all(facts, ask, kept(tmp_path))] == [None, "gone"]
    assert [a.error for a in answer_all(facts, ask, kept(tmp_path))] == [None, None]
    answer_all(facts, ask, kept(tmp_path))
    assert asked == ["ا؟", "ب؟", "ب؟"]
    answer_all(facts, ask, kept(tmp_path, fresh=True))
    assert asked[3:] == ["ا؟", "ب؟"]


def test_another_library_another_setting_or_other_code_is_asked_anew(monkeypatch):
    key = run_key(Settings(), [A, B])
    assert key == run_key(Settings(store=Path("x"), llm_key="k", llm_timeout=5.0), [B, A])
    assert key != run_key(Settings(), [A])
    assert key != run_key(Settings(llm="openai/some"), [A, B])
    assert key != run_key(Settings(passages=3), [A, B])
    monkeypatch.setattr(answering, "_installed", lambda: "other prompts or code")
    assert key != run_key(Settings(), [A, B])


def test_a_line_that_was_cut_short_costs_that_answer_alone(tmp_path):
    file = tmp_path / "answers.jsonl"
    kept(tmp_path).keep(fact(TWELVE), RIGHT)
    file.write_text(file.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    assert kept(tmp_path).answer(fact(TWELVE)) is None
    kept(tmp_path).keep(fact(TWELVE), RIGHT)
    assert kept(tmp_path).answer(fact(TWELVE)) == RIGHT


def test_an_interrupted_run_goes_on_where_it_stopped(own, tmp_path, scripted):
    file, store = own
    plan = Plan(tmp_path / "out", facts=file, store=store)

    def interrupt(question):
        if "باريس" in question:
            raise KeyboardInterrupt
        return ABSTAINS

    asked = scripted(interrupt)
    with pytest.raises(IsnadError, match=r"Interrupted after 2 of 3 questions\. .*answers\.jsonl.*goes on from there"):
        run_and_report(plan, quiet)
    told = []
    scripted(lambda question: ABSTAINS)
    run_and_report(plan, told.append)
    assert len(asked) == 4 and asked.count("من يرأس بلدية باريس؟") == 2
    assert told[0].startswith("2 of 3 answers are kept")
    told.clear()
    run_and_report(plan, told.append)
    assert len(asked) == 4 and told[0].startswith("Every answer is kept")


def test_repeated_runs_ask_everything_again_and_keep_nothing(own, tmp_path, scripted):
    file, store = own
    asked = scripted(lambda question: ABSTAINS)
    found = run_and_report(Plan(tmp_path / "out", facts=file, store=store, repeat=3), quiet)
    assert len(asked) == 9 and found.report["repeats"] == {"runs": 3, "flips": []}
    assert "3 runs: 0 questions are grounded_correct in some of them only" in found.lines
    assert (tmp_path / "out" / "answers.jsonl").read_text() == ""


# ---------------------------------------------------------------- whole runs


def test_a_run_with_the_real_answerer_over_ones_own_library(own, tmp_path):
    file, store = own
    found = run_and_report(Plan(tmp_path / "out", facts=file, store=store), quiet)
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert found.lines[0].split()[0] == "measure" and found.lines[-1].startswith(f"Report: {tmp_path / 'out'}")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        *("answers.jsonl", "report.json", "report.html", "questions.csv"),
    }
    assert (report["settings"]["answerer"], report["settings"]["facts"], report["repeats"]) == ("extractive", 3, None)
    headline = report["measures"]["grounded_correct"]
    assert (headline["n"], headline["clusters"]) == (3, 3)
    assert set(report["by_split"]) == {"development", "test"}
    for question in report["questions"]:
        assert question["answer"]["error"] is None
        assert bool(question["why"]) == (question["measures"]["grounded_correct"] == 0)
        for cited in question["answer"]["citations"]:
            text = report["articles"][cited["article_id"]]["text"]
            assert text[cited["start"] : cited["end"]] == cited["quote"]
    with pytest.raises(LibraryError):
        run_and_report(Plan(tmp_path / "out", facts=file, store=tmp_path / "none"), quiet)


def test_without_a_store_a_library_of_the_briefs_is_asked_through_the_composition_root(tmp_path, monkeypatch):
    opened = []

    @contextmanager
    def scripted(*, settings, notice):
        opened.append((settings.llm, settings.store))
        yield SimpleNamespace(ask=lambda question: Answer(question, "لا", reason="not_stated", tokens=Tokens(10, 2)))

    monkeypatch.setattr(running, "open_assistant", scripted)
    told = []
    found = run_and_report(Plan(tmp_path / "out", llm="openai/some", price=(0.4, 1.6)), told.append)
    assert [(llm, store is not None) for llm, store in opened] == [("openai/some", True)]
    assert "25 new" in told[0]
    assert found.lines[1].split()[:2] == ["grounded_correct", "0.12"]
    (line,) = (line for line in found.lines if line.startswith("tokens: 2,500 read, 500 written (250 of 250 answers"))
    assert "; cost: 0.0018;" in line


def test_unsound_facts_and_a_bad_place_for_the_report_are_refused_before_anything_is_asked(tmp_path):
    line = running.PROJECT_FACTS.read_text(encoding="utf-8").splitlines()[0]
    file = tmp_path / "facts.jsonl"
    file.write_text(f"{line}\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"the id stands twice .*isnad eval lint"):
        run_and_report(Plan(tmp_path / "out", facts=file), quiet)
    with pytest.raises(InputError, match="the report cannot be written there"):
        run_and_report(Plan(file), quiet)


# ---------------------------------------------------------------- the gate, and the figures in README


@pytest.mark.parametrize(
    ("low", "least", "why"),
    [
        (0.40, 0.40, None),
        (0.39, 0.40, r"grounded_correct may be below 0\.4: 0\.500, 95 % interval 0\.390 to 0\.600\."),
        (None, 0.10, "no interval over a single article"),
    ],
)
def test_the_gate_looks_at_the_lower_bound(low, least, why):
    report = {"measures": {"grounded_correct": {"value": 0.5, "low": low, "high": 0.6}}}
    if why is None:
        check_lower_bound(report, least)
        return
    with pytest.raises(IsnadError, match=why):
        check_lower_bound(report, least)


def test_the_command_prints_the_figures_and_fails_under_the_bound(own, tmp_path):
    file, store = own
    command = ["eval", "--facts", str(file), "--store", str(store), "--out", str(tmp_path / "out")]
    assert CliRunner().invoke(app, [*command, "--fail-under", "0"]).exit_code == 0
    done = CliRunner().invoke(app, [*command, "--fail-under", "1"])
    assert done.exit_code != 0 and isinstance(done.exception, IsnadError)
    assert done.stdout.startswith("measure")
    refused = CliRunner().invoke(app, [*command, "--write-readme"])
    assert refused.exit_code == 2 and not (tmp_path / "README.md").exists()


ROW = {"value": 0.5, "low": 0.25, "high": 0.75, "n": 4, "clusters": 2}
REPORT = {
    "settings": {"articles": 25},
    "by_split": {"test": {"grounded_correct": ROW, "nugget_recall": ROW | {"low": None, "high": None}}},
    "questions": [{"split": "test"}] * 4 + [{"split": "development"}],
}


def test_the_figures_of_the_test_split_stand_between_the_markers(tmp_path):
    file = tmp_path / "README.md"
    file.write_text("before\n<!-- eval -->\nold\n<!-- /eval -->\nafter\n", encoding="utf-8")
    for _ in range(2):
        readme.write_readme(REPORT, file)
    lines = file.read_text(encoding="utf-8").splitlines()
    assert (lines[:2], lines[-2:]) == (["before", "<!-- eval -->"], ["<!-- /eval -->", "after"])
    assert lines[4:6] == [
        "| `grounded_correct` | 0.50 | 0.25 – 0.75 | 4 | 2 |",
        "| `nugget_recall` | 0.50 | – | 4 | 2 |",
    ]
    assert lines[7].startswith("4 questions of the test split, 25 articles")


def test_figures_that_are_not_those_of_a_fresh_checkout_are_refused(tmp_path):
    file = tmp_path / "README.md"
    with pytest.raises(InputError, match="there is no README"):
        readme.check(Settings(), file)
    file.write_text("<!-- eval -->", encoding="utf-8")
    with pytest.raises(InputError, match="lacks the markers"):
        readme.check(Settings(), file)
    with pytest.raises(InputError, match="leave llm, reranker unset"):
        readme.check(Settings(llm="openai/some", reranker="r"), file)
