"""Whole runs over the shipped briefs: the real answerer, and assistants that must score low."""

import json
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from assistant.citing import Claim, assemble
from assistant.citing import Span as Cited
from assistant.types import Answer
from eval import running
from eval.reporting import estimates
from eval.running import judge, read_articles, run_and_report, sound_facts
from index.building import index_paths
from index.errors import InputError, LibraryError, ModelError


@pytest.fixture(scope="module")
def articles():
    return read_articles(None)


@pytest.fixture(scope="module")
def facts(articles):
    return sound_facts(None, articles)


@pytest.fixture(autouse=True)
def own_settings(monkeypatch, tmp_path):
    """No setting or library of whoever runs the tests; one that is opened by mistake is not there."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "nobody"))
    for name in ("ISNAD_STORE", "ISNAD_LLM", "ISNAD_EMBEDDING"):
        monkeypatch.delenv(name, raising=False)


def quoting(fact, article_of, articles):
    """A perfect answer: the gold quotes of the vital nuggets, cited from the article that `article_of` gives."""
    by_id = {article.id: article for article in articles}
    claims = []
    for nugget in fact.vital:
        for span in nugget.evidence[0]:
            cited = article_of(by_id[span.article_id])
            end = min(span.end, len(cited.text))
            claims.append(Claim(span.quote, (Cited(cited, min(span.start, end - 1), end),)))
    sentences, citations = assemble(claims)
    return Answer(fact.question, "", sentences=sentences, citations=citations)


def means(judged):
    return {name: estimate.value for name, estimate in estimates(judged).items()}


# ---------------------------------------------------------------- controls


def test_always_abstaining_gets_exactly_the_unanswerable_share(facts, articles):
    found = means(judge(facts, lambda question: Answer(question, "لا جواب", reason="not_stated"), articles))
    assert found["grounded_correct"] == pytest.approx(5 / 30)
    assert (found["refused_unanswerable"], found["answered_answerable"], found["answer_correct"]) == (1, 0, 0)


def test_gold_quotes_are_grounded_and_correct_everywhere(facts, articles):
    answerable = [fact for fact in facts if fact.answerable]
    by_question = {fact.question: fact for fact in answerable}
    judged = judge(answerable, lambda q: quoting(by_question[q], lambda a: a, articles), articles)
    assert [(j.case.fact.id, j.why) for j in judged if j.why] == []
    assert set(means(judged).values()) == {1.0}


def test_right_words_from_the_wrong_article_score_zero(facts, articles):
    answerable = [fact for fact in facts if fact.answerable]
    by_question = {fact.question: fact for fact in answerable}
    after = {article: articles[n - 1] for n, article in enumerate(articles)}
    judged = judge(answerable, lambda q: quoting(by_question[q], after.__getitem__, articles), articles)
    found = means(judged)
    assert found["answer_correct"] == 1
    assert found["grounded_correct"] == found["citation_recall"] == 0


def test_a_question_that_fails_is_wrong_and_told(facts, articles):
    def ask(question):
        raise ModelError("the endpoint is gone")

    judged = judge(facts[:2], ask, articles)
    assert [j.why for j in judged] == [("error: the endpoint is gone",)] * 2
    assert means(judged)["grounded_correct"] == 0


def test_what_is_no_expected_failure_ends_the_run(facts, articles):
    with pytest.raises(ZeroDivisionError):
        judge(facts, lambda question: 1 / 0, articles)


# ---------------------------------------------------------------- whole runs


def test_a_run_with_the_real_answerer(tmp_path, articles):
    told = []
    lines = run_and_report(None, tmp_path / "out", store=None, llm="extractive", notice=told.append)
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))

    assert lines[0].split()[0] == "measure" and lines[-1] == f"Report: {tmp_path / 'out' / 'report.json'}"
    assert len(told) == 1 and "5 new" in told[0]
    assert not (tmp_path / "nobody").exists(), "the reader's own library was touched"

    assert (report["settings"]["answerer"], report["settings"]["facts"]) == ("extractive", 30)
    headline = report["measures"]["grounded_correct"]
    assert (headline["n"], headline["clusters"]) == (30, 5)
    assert 0 <= headline["low"] <= headline["value"] <= headline["high"] <= 1
    assert report["measures"]["citation_exact"]["value"] == 1
    assert len(report["by_category"]) == 9 and set(report["by_split"]) == {"development", "test"}

    texts = {article.id: article.text for article in articles}
    cited = [citation for question in report["questions"] for citation in question["answer"]["citations"]]
    assert cited and all(texts[c["article_id"]][c["start"] : c["end"]] == c["quote"] for c in cited)
    for question in report["questions"]:
        assert question["answer"]["error"] is None
        assert bool(question["why"]) == (question["measures"]["grounded_correct"] == 0)


def test_a_named_store_is_asked_and_no_other(tmp_path):
    from assistant.app import build_encoder, read_settings, seeds_folder

    store = tmp_path / "library"
    index_paths(store, [seeds_folder()], build_encoder(read_settings()))
    told = []
    run_and_report(None, tmp_path / "out", store=store, llm=None, notice=told.append)
    assert told == [] and (tmp_path / "out" / "report.json").stat().st_size > 1000
    with pytest.raises(LibraryError):
        run_and_report(None, tmp_path / "out", store=tmp_path / "none", llm=None, notice=told.append)


def test_a_run_opens_its_assistant_through_the_composition_root(tmp_path, monkeypatch):
    opened = []

    @contextmanager
    def scripted(*, settings, notice):
        opened.append(settings)
        yield SimpleNamespace(ask=lambda question: Answer(question, "لا جواب", reason="not_stated"))

    monkeypatch.setattr(running, "open_assistant", scripted)
    lines = run_and_report(None, tmp_path, store=None, llm="openai/some", notice=lambda line: None)
    assert [(s.llm, s.store is not None) for s in opened] == [("openai/some", True)]
    assert lines[1].split()[:2] == ["grounded_correct", "0.17"]


def test_unsound_facts_and_a_bad_place_for_the_report_are_refused_before_anything_is_asked(tmp_path):
    line = running.PROJECT_FACTS.read_text(encoding="utf-8").splitlines()[0]
    file = tmp_path / "facts.jsonl"
    file.write_text(f"{line}\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"the id stands twice .*isnad eval lint"):
        run_and_report(file, tmp_path / "out", store=None, llm=None, notice=lambda line: None)
    with pytest.raises(InputError, match="the report cannot be written there"):
        run_and_report(None, file, store=None, llm=None, notice=lambda line: None)
