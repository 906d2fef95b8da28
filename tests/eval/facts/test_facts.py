"""Known facts: reading, refusing with the line and the reason, and lint."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli.commands import app
from eval.facts.lint import lint
from eval.facts.load import PROJECT_FACTS, load_facts, read_articles
from index.errors import InputError
from tests.doubles import article

TROOPS = article("أرسلت بيونغ يانغ 12 ألف جندي في أكتوبر. وقال كيربي إنهم أهداف مشروعة.", path="briefs/troops.md")
PRICES = article("ارتفع القمح 3.5% يوم الاثنين.", path="briefs/prices.md", external_id="p7")
ARTICLES = [TROOPS, PRICES]


def span(words: str, of: Any = TROOPS, **changed: Any) -> dict[str, Any]:
    start = of.text.index(words)
    row = {"article": Path(of.path).name, "start": start, "end": start + len(words), "quote": words}
    return row | changed


def nugget(**changed: Any) -> dict[str, Any]:
    row = {"text": "12 ألف جندي", "vital": True, "type": "number", "value": 12000, "unit": "جندي", "aliases": []}
    return row | {"evidence": [[span("أرسلت بيونغ يانغ 12 ألف جندي في أكتوبر.")]]} | changed


def record(**changed: Any) -> dict[str, Any]:
    row = {"id": "f1", "question": "كم مقاتلًا وصل؟", "lang": "ar", "category": "number", "as_of": None}
    row |= {"split": "test", "answerable": True, "nuggets": [nugget()], "forbidden": [], "conflict": None}
    return row | changed


def without(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}


def load(tmp_path: Path, *rows: Any) -> Any:
    file = tmp_path / "facts.jsonl"
    file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return load_facts(file, ARTICLES)


def test_a_record_is_read_and_its_article_resolved(tmp_path):
    (fact,) = load(tmp_path, record(about=["prices.md"]), "")
    (evidence,) = fact.nuggets[0].evidence
    assert evidence[0].article_id == TROOPS.id
    assert TROOPS.text[evidence[0].start : evidence[0].end] == evidence[0].quote
    assert fact.articles == (TROOPS.id, PRICES.id)
    assert fact.vital == fact.nuggets and fact.conflict == ()


def test_a_quote_without_offsets_is_found_where_it_stands_once(tmp_path):
    placed = {"article": "troops.md", "quote": "وقال كيربي إنهم أهداف مشروعة."}
    (fact,) = load(tmp_path, record(nuggets=[nugget(evidence=[[placed]])]))
    found = fact.nuggets[0].evidence[0][0]
    assert TROOPS.text[found.start : found.end] == placed["quote"]
    for quote, count in (("قال روبيو", 0), (" أ", 3)):
        with pytest.raises(InputError, match=f"stands {count} times in troops.md: give `start` and `end`"):
            load(tmp_path, record(nuggets=[nugget(evidence=[[placed | {"quote": quote}]])]))


@pytest.mark.parametrize("name", ["prices.md", "p7", PRICES.id])
def test_an_article_is_named_by_file_external_id_or_id(tmp_path, name):
    (fact,) = load(tmp_path, record(answerable=False, nuggets=[], about=[name]))
    assert fact.articles == (PRICES.id,)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("{oops", "is not JSON"),
        ("[1]", "is not a JSON object"),
        (without(record(), "question"), "has no `question`"),
        (record(question=" "), "`question` is empty"),
        (record(split="training"), "`split` is 'training', not one of development, test"),
        (record(answerable="yes"), "`answerable` is not true or false"),
        (record(nuggets=["12"]), "`nuggets` holds something that is not an object"),
        (record(nuggets=[]), "an answerable fact needs a vital nugget"),
        (record(answerable=False), "an answerable fact needs a vital nugget, and an unanswerable one has none"),
        (record(answerable=False, nuggets=[]), "names in `about`"),
        (record(forbidden=[3]), "`forbidden` holds something that is not a text"),
        (record(conflict=[{"value": "many", "unit": "جندي", "said_by": "سول"}]), "the `value` of a conflict is 'many'"),
        (record(nuggets=[nugget(type="amount")]), "`type` is 'amount'"),
        (record(nuggets=[nugget(value=None)]), "the number of '12 ألف جندي' is None"),
        (record(nuggets=[nugget(type="text")]), "has no `aliases`"),
        (record(nuggets=[nugget(type="date", value="أمس", aliases=["أمس"])]), "is 'أمس', not YYYY-MM-DD"),
        (record(nuggets=[nugget(evidence=[])]), "has no `evidence`"),
        (record(nuggets=[nugget(evidence=[[]])]), "`evidence` is not a list of sets"),
        (record(nuggets=[nugget(evidence=[[span("أكتوبر", article="gone.md")]])]), "no article 'gone.md'"),
        (record(nuggets=[nugget(evidence=[[span("أكتوبر", end=999)]])]), "lies outside troops.md"),
        (record(nuggets=[nugget(evidence=[[span("أكتوبر", start=True)]])]), "`start` is not a whole number"),
    ],
)
def test_a_bad_record_is_refused_in_one_line_that_says_where_and_why(tmp_path, row, why):
    with pytest.raises(InputError) as caught:
        load(tmp_path, record(id="f0", question="سؤال آخر"), row)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'facts.jsonl'}:2: ") and why in message and "\n" not in message


def test_a_file_that_is_missing_or_empty_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        load_facts(tmp_path / "none.jsonl", ARTICLES)
    with pytest.raises(InputError, match="holds no facts"):
        load(tmp_path, "", "")


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        ([record()], None),
        ([record(), record(question="سؤال آخر")], "f1: the id stands twice"),
        ([record(), record(id="f2", question="كَم مقاتلا وصل")], "f2: asks what f1 asks"),
        ([record(), record(id="f2", question="غيره", split="development")], "f2: is in the development split"),
        ([record(nuggets=[nugget(evidence=[[span("12 ألف", quote="13 ألف")]])])], "is not the quote '13 ألف'"),
        ([record(nuggets=[nugget(evidence=[[span("أكتوبر.")]])])], "does not hold '12 ألف جندي'"),
        ([record(nuggets=[nugget(text="جنود كثيرون")])], "the number 12000 cannot be read from 'جنود كثيرون'"),
        (
            [record(conflict=[{"value": 9, "unit": "جندي", "said_by": "سول"}])],
            "no nugget states the conflicting figure 9",
        ),
        (
            [record(nuggets=[nugget(type="name", aliases=["كيربي"], evidence=[[span("وقال كيربي إنهم")]])])],
            None,
        ),
        (
            [record(nuggets=[nugget(type="name", aliases=["كيربي"])])],
            "does not hold '12 ألف جندي'",
        ),
        ([record(question="متى أرسلت بيونغ يانغ 12 ألف جندي؟")], "copies 'ارسلت بيونغ يانغ 12 الف' from its evidence"),
        (
            [
                record(
                    question="متى أرسلت بيونغ يانغ جنودها؟",
                    nuggets=[nugget(type="date", value="2024-10", aliases=["في أكتوبر"], text="الشهر العاشر")],
                )
            ],
            "the date 2024-10 cannot be read from 'الشهر العاشر'",
        ),
        (
            [
                record(
                    question="كم جنديًا أرسلت بيونغ يانغ؟",
                    nuggets=[nugget(value=3.5, unit="%", text="3.5%", evidence=[[span("3.5%", PRICES)]]), nugget()],
                )
            ],
            None,
        ),
        (
            [
                record(
                    question="كم جنديًا أرسلت بيونغ يانغ؟",
                    nuggets=[nugget(type="text", aliases=["جندي", "أهداف"], evidence=[[span("أهداف مشروعة")]])],
                )
            ],
            "is also proved by briefs/troops.md: 'أرسلت",
        ),
        (
            [
                record(
                    nuggets=[nugget(type="name", aliases=["كيربي"], evidence=[[span("وقال كيربي إنهم")]])],
                    forbidden=["جون كيربي"],
                )
            ],
            "forbids 'جون كيربي'",
        ),
    ],
)
def test_lint(tmp_path, rows, finding):
    found = lint(load(tmp_path, *rows), ARTICLES)
    assert (not found) if finding is None else any(finding in line for line in found), found


def test_lint_refuses_more_facts_on_one_article_than_its_share(tmp_path):
    rows = [record(id=f"f{n}", question=f"كم مقاتلًا وصل مع الدفعة {n}؟") for n in range(21)]
    assert lint(load(tmp_path, *rows[:20]), ARTICLES) == []
    (finding,) = lint(load(tmp_path, *rows), ARTICLES)
    assert "is the home of 21 facts" in finding


def test_lint_refuses_gold_quotes_too_long_to_count_as_evidence(tmp_path):
    long = article("كلمة " * 60 + "12 ألف جندي", path="long.md")
    file = tmp_path / "facts.jsonl"
    whole = {"article": "long.md", "start": 0, "end": len(long.text), "quote": long.text}
    file.write_text(json.dumps(record(nuggets=[nugget(evidence=[[whole]])])), encoding="utf-8")
    (finding,) = lint(load_facts(file, [long]), [long])
    assert "more than 60 words" in finding


def test_the_projects_facts_are_clean_and_of_every_kind():
    articles = read_articles(None)
    facts = load_facts(PROJECT_FACTS, articles)
    assert lint(facts, articles) == []
    assert Counter(fact.category for fact in facts) == {
        "single_fact": 40,
        "number": 30,
        "date": 25,
        "who_said": 25,
        "several_articles": 20,
        "conflicting_figures": 15,
        "as_of": 15,
        "unanswerable": 30,
        "false_premise": 15,
        "injection": 15,
        "english": 20,
    }
    assert {article for fact in facts for article in fact.articles} == {article.id for article in articles}
    assert all((fact.lang == "en") == (fact.category == "english") for fact in facts)
    assert all(len(fact.conflict) > 1 for fact in facts if fact.category == "conflicting_figures")
    assert all(len(fact.articles) > 1 for fact in facts if fact.category == "several_articles")


def test_the_lint_command(tmp_path):
    clean = CliRunner().invoke(app, ["eval", "lint"])
    assert (clean.exit_code, clean.stdout) == (0, "250 facts, no findings\n")
    lines = PROJECT_FACTS.read_text(encoding="utf-8").splitlines()
    file = tmp_path / "facts.jsonl"
    file.write_text("\n".join([lines[0], lines[0]]), encoding="utf-8")
    found = CliRunner().invoke(app, ["eval", "lint", "--facts", str(file)])
    assert found.exit_code == 1 and "the id stands twice" in found.stdout
