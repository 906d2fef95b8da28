"""Facts that come of ratings: what a good answer proves, and what a bad one leaves to be done."""

import json
from contextlib import closing

import pytest
from typer.testing import CliRunner

from assistant.cli.commands import app
from eval.facts.lint import lint
from eval.facts.load import load_facts, read_articles
from eval.facts.rated import facts_of
from index.storage.library import Library
from index.storage.ratings import Rating

TEXT = "كلّف جسر النهر الكبير 12 مليون دينار، بحسب الوزارة. وافتتحه الوزير سالم المنصوري يوم الخميس."
FIRST = TEXT[: TEXT.index(".") + 1]


@pytest.fixture
def article(add, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    add(tmp_path / "a.txt")
    with closing(Library.open(tmp_path / "store")) as library:
        return next(library.articles())


def answer(article, quote=FIRST, core="12 مليون دينار", abstained=False):
    start = TEXT.find(quote)
    span = {"n": 1, "article_id": article.id, "start": start, "end": start + len(quote), "quote": quote}
    at = quote.find(core)
    sentence = {"text": quote, "citations": [1], "support": "full", "core": [at, at + len(core)] if core else None}
    shown = {"sentences": [], "citations": [], "nearest": [span]} if abstained else {}
    return {
        "answer": quote,
        "abstained": abstained,
        "sentences": [sentence],
        "citations": [span],
        "nearest": [],
    } | shown


def rating(answer, verdict="good", reason=None, question="ما ثمن الجسر؟", note=None):
    row = json.dumps(answer, ensure_ascii=False)
    return Rating(verdict, question, row, "2026-01-01T10:00:00+00:00", reason, note)


def made(article, *ratings):
    return list(facts_of(((str(n), one) for n, one in enumerate(ratings)), {article.id: article}))


def test_a_good_answer_becomes_a_fact_with_its_figure_and_quote(article):
    (row,) = made(article, rating(answer(article)))
    (nugget,) = row["nuggets"]
    assert (row["id"], row["question"], row["lang"], row["answerable"]) == ("rated-0", "ما ثمن الجسر؟", "ar", True)
    assert (nugget["type"], nugget["value"], nugget["unit"]) == ("number", 12_000_000, "دينار")
    assert nugget["evidence"] == [[{"article": article.id, "start": 0, "end": len(FIRST), "quote": FIRST}]]


def test_without_a_core_the_quote_is_what_an_answer_must_say(article):
    (row,) = made(article, rating(answer(article, core="")))
    assert [(n["type"], n["aliases"]) for n in row["nuggets"]] == [("text", [FIRST])]


def test_a_good_refusal_becomes_a_question_without_an_answer(article):
    (row,) = made(article, rating(answer(article, abstained=True)))
    assert (row["answerable"], row["nuggets"], row["about"]) == (False, [], [article.id])


@pytest.mark.parametrize(("reason", "abstained"), [("wrong", False), ("refused", True)])
def test_a_bad_answer_is_left_to_be_completed(article, reason, abstained):
    (row,) = made(article, rating(answer(article, abstained=abstained), "bad", reason, note="راجع الأول"))
    assert row["question"].startswith("TODO, ") and row["question"].endswith("(راجع الأول): ما ثمن الجسر؟")
    assert [nugget["text"] for nugget in row["nuggets"]] == [FIRST]


def test_of_other_ratings_it_is_told_why_there_is_none(article):
    gone = answer(article) | {"citations": [answer(article)["citations"][0] | {"quote": "كلام آخر"}]}
    elsewhere = answer(article) | {"citations": [], "sentences": []}
    told = made(
        article,
        *(rating(answer(article)), rating(answer(article)), rating(answer(article), "bad", "source")),
        *(rating(gone, question="متى؟"), rating(elsewhere, question="أين؟")),
    )
    assert told[1:] == ["the same again", "rated bad (source)", "whose quotes are gone", "about articles that are gone"]


def test_a_follow_up_is_asked_as_it_was_understood(article):
    (row,) = made(article, rating(answer(article) | {"understood": "كم كلّف الجسر؟"}, question="وكم كلّف؟"))
    assert row["question"] == "كم كلّف الجسر؟"


def test_the_command_writes_facts_that_can_be_linted(article, tmp_path):
    store, out = tmp_path / "store", tmp_path / "facts.jsonl"
    command = ["eval", "draft", "--from-ratings", "--store", str(store)]
    done = CliRunner().invoke(app, command)
    assert done.exit_code != 0 and "No ratings" in str(done.exception)
    with closing(Library.open(store)) as library:
        library.ratings.put(rating(answer(article)))
        library.ratings.put(rating(answer(article, abstained=True), "bad", "refused", question="بكم؟"))
        library.ratings.put(rating(answer(article), "bad", "off"))
    done = CliRunner().invoke(app, [*command, "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "2 facts from 3 ratings, 1 of them to be completed; left out: 1 rated bad (off)." in done.stderr
    articles = read_articles(store)
    (finding,) = lint(load_facts(out, articles), articles)
    assert "still to be written" in finding


def test_articles_or_ratings(tmp_path):
    assert CliRunner().invoke(app, ["eval", "draft"]).exit_code == 2
    assert CliRunner().invoke(app, ["eval", "draft", "--from-ratings", "a.txt"]).exit_code == 2
