"""Another answerer from the next question on: only what is there, and nothing changes where it cannot be had."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.chat.answering.routes import add_answering
from assistant.chat.answering.switch import Choice, Switch
from assistant.types import Answer
from index.errors import ModelError

HERE = "http://127.0.0.1:11434/v1"
QUOTES, SMALL, BROKEN = Choice("extractive", HERE), Choice("openai/<b>:4b", HERE, "<b>:4b"), Choice("openai/no", HERE)


class Named:
    """An assistant that says who it is."""

    sources = ()

    def __init__(self, name):
        self.answerer = name

    def article(self, article_id):
        return None

    def completed(self, question, before):
        return None

    def stream(self, question, filters=None):
        yield Answer(question, self.answerer)


@pytest.fixture
def remembered():
    return []


@pytest.fixture
def switch(remembered):
    def opened(choice):
        if choice == BROKEN:
            raise ModelError("The LLM did not answer.")
        return Named(choice.llm)

    return Switch(Named("extractive"), QUOTES, lambda: [QUOTES, SMALL, BROKEN], opened, remembered.append)


@pytest.fixture
def client(switch):
    app = FastAPI()
    add_answering(app, switch)
    return TestClient(app)


def said(switch):
    (answer,) = switch.stream("س")
    return answer.text


def test_the_next_question_goes_to_what_was_chosen(client, switch, remembered):
    under_way = switch.stream("س")
    html = client.get("/answerers").text
    assert html.count("<label>") == 3 and "&lt;b&gt;:4b" in html and "<b>" not in html
    assert html.index(" checked") < html.index("4b") and "اقتباس بلا نموذج لغوي" in html
    got = client.post("/answerers", params={"llm": SMALL.llm, "url": HERE, "lang": "en"})
    assert (got.status_code, got.text) == (200, "Answers now: <b>:4b") and remembered == []
    assert said(switch) == switch.answerer == SMALL.llm and next(under_way).text == "extractive"
    client.post("/answerers", params={"llm": QUOTES.llm, "url": HERE, "remember": "true"})
    assert said(switch) == "extractive" and remembered == [QUOTES]


@pytest.mark.parametrize(
    ("llm", "url"), [(BROKEN.llm, HERE), ("openai/x", HERE), (SMALL.llm, "http://evil.example/v1"), ("", "")]
)
def test_what_cannot_answer_changes_nothing(client, switch, remembered, llm, url):
    got = client.post("/answerers", params={"llm": llm, "url": url, "remember": "true"})
    assert got.status_code == 400 and said(switch) == "extractive" and remembered == []


def test_a_page_of_another_site_chooses_nothing(client, switch):
    given = {"llm": SMALL.llm, "url": HERE}
    assert client.post("/answerers", params=given, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert said(switch) == "extractive"


def test_what_answers_is_listed_though_it_is_not_found(switch):
    switch.use(SMALL.llm, HERE)
    switch._found = lambda: [QUOTES]
    assert switch.choices() == [SMALL, QUOTES]
