"""The thumbs below an answer: what a browser sends becomes a rating in a real library, and nothing else does."""

import json
from contextlib import closing
from dataclasses import replace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.chat.keeping import kept
from assistant.chat.library.collection import Collection
from assistant.chat.rating.routes import add_rating
from assistant.chat.rating.thumbs import LONGEST_NOTE, reasons, thumbs
from assistant.chat.rendering import answered
from assistant.chat.texts import ARABIC, ENGLISH
from assistant.types import Answer, Citation, Sentence
from index.static import load_background
from index.storage.library import Library
from index.storage.ratings import REASONS

TEXT = "كلّف جسر النهر الكبير 12 مليون دينار، بحسب الوزارة."
QUESTION = "كم كلّف الجسر؟"


@pytest.fixture
def store(add, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    add(tmp_path / "a.txt")
    return tmp_path / "store"


@pytest.fixture
def answer(store):
    with closing(Library.open(store)) as library:
        (article,) = library.articles()
    return Answer(QUESTION, f"{TEXT} [1]", (Sentence(TEXT, (1,)),), (Citation(1, article, 0, len(article.text)),))


@pytest.fixture
def client(store):
    class Shelf:
        def article(self, article_id):
            with closing(Library.open(store)) as library:
                return library.article(article_id)

    app = FastAPI()
    with closing(Collection(store, load_background)) as library:
        add_rating(app, Shelf(), library)
        yield TestClient(app)


def turn(answer):
    return json.loads(kept(answer.question, answer))


def ratings(store):
    with closing(Library.open(store)) as library:
        return [rating for _, rating in library.ratings.all()]


def test_a_rating_is_kept_changed_and_withdrawn(client, store, answer):
    sent = {"id": "", "verdict": "good", "turn": turn(answer)}
    id_ = client.post("/rating", json=sent).text
    (rating,) = ratings(store)
    assert (rating.verdict, rating.reason, rating.question) == ("good", None, QUESTION)
    assert json.loads(rating.answer) == turn(answer)["answer"] and rating.rated_at.endswith("+00:00")
    bad = {"id": id_, "verdict": "bad", "reason": "missing", "note": " متى؟ " + "x" * 900}
    assert client.post("/rating", json=sent | bad).text == id_
    (rating,) = ratings(store)
    assert (rating.verdict, rating.reason, len(rating.note)) == ("bad", "missing", LONGEST_NOTE)
    assert client.post("/rating", json={"id": id_, "verdict": ""}).text == "" and ratings(store) == []


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "great"},
        {"turn": {"question": "س", "answer": None}},
        {"turn": {"question": "س", "answer": {"answer": "بلا شكل"}}},
        {"turn": "س"},
        {"turn": None},
    ],
)
def test_what_is_no_answer_cannot_be_rated(client, store, answer, change):
    got = client.post("/rating?lang=en", json={"id": "", "verdict": "good", "turn": turn(answer)} | change)
    assert (got.status_code, got.text) == (400, "The rating could not be kept.") and ratings(store) == []


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'"x"', b"{" * 300_000, b"\xff"])
def test_other_bodies_are_refused(client, store, body):
    assert client.post("/rating", content=body).status_code == 400 and ratings(store) == []


def test_a_reason_that_is_none_of_ours_is_another_one(client, store, answer):
    client.post("/rating", json={"id": "", "verdict": "bad", "reason": "<b>", "turn": turn(answer)})
    (rating,) = ratings(store)
    assert (rating.reason, rating.note) == ("other", None)


def test_a_page_of_another_site_rates_nothing(client, store, answer):
    sent = {"id": "", "verdict": "good", "turn": turn(answer)}
    assert client.post("/rating", json=sent, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert ratings(store) == []


def test_answers_and_refusals_have_thumbs_and_failures_none(answer):
    refused = Answer(QUESTION, "لا تذكر المقالات جوابًا.", reason="not_stated")
    for html in (answered(1, QUESTION, answer), answered(1, QUESTION, refused)):
        assert html.count('class="rating"') == 1 and 'aria-label="إجابة سيئة"' in html
    assert "rating" not in answered(1, QUESTION, replace(answer, error="لا نموذج"))
    assert thumbs("one", ARABIC) != thumbs("another", ARABIC)


@pytest.mark.parametrize("words", [ARABIC, ENGLISH])
def test_every_reason_can_be_chosen(words):
    html = reasons(words)
    assert all(f'value="{name}">{words(f"reason_{name}")}' in html for name in REASONS)
