"""Controls must score low: on a case worked out by hand, each for its one fault; and over the project's facts."""

import pytest

from eval.facts.load import PROJECT_FACTS, load_facts, read_articles
from eval.measures.cases import Case
from eval.measures.grounded import failures, grounded_correct
from eval.runs import controls
from eval.runs.controls import CONTROLS, Known, answer_of, run_controls
from tests.doubles import article
from tests.eval.cases import SEOUL, TROOPS, fact, gold, number

LEAD = "واجتمع الوزراء في بروكسل. وبحثوا ميزانية الدفاع في جلسة مغلقة."
PADDING = " ".join(["وتواصلت المداولات حتى المساء دون إعلان أي نتائج."] * 10)
FIRST = article(f"{LEAD}\n\n{TROOPS} {PADDING}", id="A")
SECOND = article(f"{SEOUL} وانخفضت أسعار القمح في الأسواق.", id="B")
ARTICLES = {each.id: each for each in (FIRST, SECOND)}
TWELVE = fact(number(12000, (gold(FIRST, TROOPS),)))
ELEVEN = fact(number(11000, (gold(SECOND, SEOUL),)), home="B")
SILENT = fact(home="B")
FACTS = [TWELVE, ELEVEN, SILENT]


def why(name, known=TWELVE):
    given = answer_of(CONTROLS[name], known, Known(FACTS, ARTICLES))
    return failures(Case(known, given, ARTICLES))


def test_the_gold_that_the_controls_start_from_is_right():
    known = Known(FACTS, ARTICLES)
    perfect = answer_of(lambda fact, known: known.gold(fact), TWELVE, known)
    assert failures(Case(TWELVE, perfect, ARTICLES)) == []


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("cite_everything", "citation 1 adds nothing to what else supports sentence 1"),
        ("shuffled_citations", "sentence 1 is not supported by what it cites"),
        ("always_abstain", "abstains (not_stated) although the articles tell"),
        ("closed_book", "sentence 1 cites nothing"),
        ("wrong_article", "states without an accepted citation: 12000 جندي"),
        ("whole_article", "states without an accepted citation: 12000 جندي"),
        ("first_paragraph", "does not state: 12000 جندي"),
    ],
)
def test_each_control_fails_for_its_own_fault(name, fault):
    assert fault in why(name)
    assert bool(why(name, SILENT)) == (name != "always_abstain"), "of what nobody tells, only an abstention is right"


def test_a_single_article_and_a_single_fact_are_no_reason_to_stop():
    found = run_controls([TWELVE], {"A": FIRST})
    assert {name: estimate.value for name, estimate in found.items()} == dict.fromkeys(CONTROLS, 0.0)


def test_what_is_written_and_told():
    found = run_controls(FACTS, ARTICLES)
    row = controls.to_dict(found)["always_abstain"]
    assert (row["grounded_correct"], row["n"], row["clusters"]) == (pytest.approx(1 / 3), 3, 2)
    assert row["low"] <= row["grounded_correct"] <= row["high"]
    assert controls.lines(found)[3].split() == ["always_abstain", "33.3", "0.0", "to", "50.0", "3"]


def test_over_the_projects_facts_every_control_scores_low():
    articles = read_articles(None)
    facts, by_id = load_facts(PROJECT_FACTS, articles), {article.id: article for article in articles}
    found = run_controls(facts, by_id)
    assert list(found) == list(CONTROLS)
    assert found["always_abstain"].value == pytest.approx(sum(not f.answerable for f in facts) / len(facts))
    assert [(name, e.value) for name, e in found.items() if e.value >= 0.15] == []
    known = Known(facts, by_id)
    perfect = (Case(f, answer_of(lambda f, k: k.gold(f), f, known), by_id) for f in facts if f.answerable)
    assert [case.fact.id for case in perfect if not grounded_correct(case)] == []
