"""Changed figures and deleted articles: how a text is changed, and what a real library answers from then on."""

from dataclasses import replace

import pytest

from assistant.settings import read_settings
from assistant.types import Answer
from eval.runs.answers import Kept
from eval.runs.changes import changed, follows
from eval.runs.counterfactuals import run_counterfactuals
from index.reading import make_article
from index.types import Article
from tests.doubles import article
from tests.eval.cases import answer, at, fact, gold, number

WHEAT = make_article(
    "حصدت المزارع الكبرى في ولاية سيدي بوزيد 340 طنًا من القمح هذا العام. وتعهدت الوزارة بشراء المحصول كله.\n\n"
    "وكانت الوزارة تنتظر 340 طنًا منذ 3 أشهر.",
    "wheat.md",
    title="محصول القمح",
)
TROOPS = make_article("أرسلت بيونغ يانغ 12 ألف جندي إلى روسيا في 12 أكتوبر. ورفضت موسكو التعليق.", "troops.md")
ARTICLES = {each.id: each for each in (WHEAT, TROOPS)}
HARVEST = "حصدت المزارع الكبرى في ولاية سيدي بوزيد 340 طنًا من القمح هذا العام."


def asked(of: Article, quote: str, value: float, unit: str, question: str = "كم؟"):
    known = fact(number(value, (gold(of, quote),), unit=unit), home=of.id)
    return replace(known, id=of.id, question=question)


@pytest.mark.parametrize(
    ("text", "value", "unit", "after"),
    [
        ("زرع 340 طنًا. وباع 340 طنًا.", 340, "طن", "زرع 370 طنًا. وباع 370 طنًا."),  # wherever it stands
        ("أرسلت 12 ألف جندي في 12 أكتوبر.", 12000, "جندي", "أرسلت 15 ألف جندي في 12 أكتوبر."),  # not in a date
        ("أرسلت ١٢ ألف جندي.", 12000, "جندي", "أرسلت 15 ألف جندي."),
        ("بلغ السعر 1,437 وونًا.", 1437, "وون", "بلغ السعر 1440 وونًا."),
        ("قدّر العدد بخمسة عشر طنًا.", 15, "طن", "قدّر العدد ب18 طنًا."),
        ("القيمة 132.9 مليون دولار.", 132_900_000, "دولار", "القيمة 133.2 مليون دولار."),
        ("تراجع 60 في المئة.", 60, "%", "تراجع 57 في المئة."),
        ("تراجع أربعين في المئة.", 40, "%", "تراجع 43 في المئة."),
        ("باع 340 طنًا، ثم 370 طنًا.", 340, "طن", "باع 380 طنًا، ثم 370 طنًا."),  # not one that is there already
        ("وصل 5 إلى fly5.example.", 5, "مقاتل", "وصل 8 إلى fly5.example."),
    ],
)
def test_a_figure_is_changed_wherever_its_article_states_it(text, value, unit, after):
    of = article(text, id="a")
    change = changed(asked(of, text, value, unit), {"a": of})
    assert change is not None and change.after.text == after
    assert change.after.id != of.id and change.nugget.value != value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("وصل ما بين 10 و15 جنديًا.", 10),  # a range is two figures
        ("وصل جنديان.", 2),  # no number of its own to replace
    ],
)
def test_what_cannot_be_changed_by_replacing_words_is_left_out(text, value):
    of = article(text, id="a")
    assert changed(asked(of, text, value, "جندي"), {"a": of}) is None


def test_only_facts_with_one_figure_that_one_span_proves_are_changed():
    two = fact(number(12000, (gold(TROOPS, TROOPS.text[:20]),)), number(340, (gold(WHEAT, HARVEST),)))
    alternatives = fact(number(340, (gold(WHEAT, HARVEST),), (gold(WHEAT, "340 طنًا منذ 3 أشهر."),)))
    assert changed(two, ARTICLES) is changed(alternatives, ARTICLES) is changed(fact(), ARTICLES) is None


def test_an_answer_follows_if_it_states_the_new_figure_and_nowhere_the_old_one():
    change = changed(asked(WHEAT, HARVEST, 340, "طن"), ARTICLES)
    new, old = (answer((text, at(change.after, change.after.text[:10]))) for text in ("بلغ 370 طنًا.", "بلغ 340 طنًا."))
    both = answer(*((text, at(WHEAT, HARVEST)) for text in ("بلغ 370 طنًا.", "وكان 340 طنًا.")))
    assert [follows(change, given) for given in (new, old, both)] == [True, False, False]
    assert not follows(change, Answer("كم؟", "", reason="not_stated"))


def test_the_default_answerer_follows_a_changed_figure_and_notices_a_deletion(tmp_path):
    question = "كم طنًا من القمح حصدت المزارع في سيدي بوزيد؟"
    facts = [asked(WHEAT, HARVEST, 340, "طن", question)]
    settings, articles = read_settings(), list(ARTICLES.values())
    kept = Kept.open(tmp_path / "answers.jsonl", settings, articles)
    found = run_counterfactuals(facts, articles, frozenset([WHEAT.id]), settings, kept)
    assert [(outcome.right, "370 طنًا" in outcome.answer.text) for outcome in found.changed] == [(True, True)]
    assert [(outcome.right, outcome.answer.abstained) for outcome in found.deleted] == [(True, True)]
    assert {name: e.value for name, e in found.shares().items()} == {
        "figure followed": 1,
        "deletion noticed": 1,
        "deletion noticed, all facts": 1,
    }
    assert found.to_dict()["figure_followed"]["n"] == 1 and found.lines()[1].startswith("figure followed")
    again = run_counterfactuals(facts, articles, frozenset(), settings, Kept.open(kept.file, settings, articles))
    assert again.changed == [] and again.deleted[0].answer == found.deleted[0].answer, "it was kept"
    assert list(again.shares()) == ["deletion noticed, all facts"]


def test_a_library_that_loses_its_only_article_has_no_answer(tmp_path):
    facts = [asked(WHEAT, HARVEST, 340, "طن", "كم طنًا من القمح حصدت المزارع؟")]
    kept = Kept.open(tmp_path / "answers.jsonl", read_settings(), [WHEAT])
    found = run_counterfactuals(facts, [WHEAT], frozenset([WHEAT.id]), read_settings(), kept)
    assert [outcome.right for outcome in (*found.changed, *found.deleted)] == [True, True]
