"""The API over real HTTP, as OpenAI's own client and a plain one use it."""

import json
import re
import threading

import httpx
import openai
import pytest

from assistant.question.follow_up import understood
from assistant.serve.api import build_api
from assistant.serve.turns import Turns
from assistant.types import Answer, Citation, Conflict, ConflictValue, Draft, Sentence, Tokens
from assistant.web.passwords import Password
from assistant.web.rules import Rules
from assistant.web.serving import address, listen, run
from index.errors import InputError, LibraryError, ModelError
from index.types import Article, Passage, ScoredPassage

ARTICLE = Article(
    "a1", "يغادر 4300 جندي قبل نهاية العام.", "سحب القوات", "الجزيرة نت", "https://news.example/x",
    published="2024-10-21", path="/home/someone/articles/003.md",
)  # fmt: skip
CITATION = Citation(1, ARTICLE, 0, len(ARTICLE.text))
TWO = (Sentence("يغادر 4300 جندي.", (1,), core=(6, 15)), Sentence("الرقم غير نهائي.", (1,)))
ANSWER = Answer("كم جنديًّا؟", "يغادر 4300 جندي. [1] الرقم غير نهائي. [1]", TWO, (CITATION,), tokens=Tokens(90, 10))
ABSTENTION = Answer("س؟", "لا تذكر المقالات جوابًا عن هذا السؤال.", nearest=(CITATION,), reason="not_stated")
ASKED = {"model": "isnad", "messages": [{"role": "user", "content": "كم جنديًّا؟"}]}


class Scripted:
    """An assistant that says what it was given, and remembers what it was asked."""

    answerer = "scripted"

    def __init__(self, *items):
        self.items, self.asked = items, []

    def completed(self, question, before):
        return understood(question, before)

    def article(self, article_id):
        return ARTICLE if article_id == "a1" else None

    def find(self, question, filters=None):
        self.asked.append((question, filters))
        return [ScoredPassage(Passage(ARTICLE, 0, 10), 1.5)]

    def stream(self, question, filters=None):
        self.asked.append((question, filters))
        for item in self.items:
            if isinstance(item, Exception):
                raise item
            yield item


@pytest.fixture(scope="module")
def started():
    """Serves an assistant on a port of its own; gives its address."""
    listeners = []

    def start(assistant, **rules):
        listener = listen("127.0.0.1", 0)
        listeners.append(listener)
        args = (build_api(assistant, Rules(**rules)), listener)
        threading.Thread(target=run, args=args, daemon=True).start()
        return address("127.0.0.1", listener)

    yield start
    for listener in listeners:
        listener.close()


@pytest.fixture
def scripted(started):
    def start(*items, **rules):
        assistant = Scripted(*items)
        return assistant, started(assistant, **rules)

    return start


def client(url, key="none"):
    return openai.OpenAI(base_url=f"{url}v1", api_key=key, max_retries=0, timeout=60)


def test_a_whole_answer_with_its_citations(scripted):
    assistant, url = scripted(Draft("يغادر"), ANSWER)
    reply = client(url).chat.completions.create(
        **ASKED, temperature=0.5, extra_body={"since": "٢٠٢٤-١٠-٠١", "source": "الجزيرة نت"}
    )
    text = reply.choices[0].message.content
    assert text.startswith("يغادر 4300 جندي. [1] الرقم غير نهائي. [1]\n\nالمصادر:\n\n[1] سحب القوات — الجزيرة نت")
    assert f"«{ARTICLE.text}» <https://news.example/x>" in text
    assert (reply.choices[0].finish_reason, reply.model, reply.usage.total_tokens) == ("stop", "isnad", 100)
    (cited,) = reply.isnad["citations"]
    assert cited["quote"] == ARTICLE.text[cited["start"] : cited["end"]] and cited["article_id"] == "a1"
    assert cited["path"] == "003.md" and "someone" not in reply.model_dump_json()
    ((_, filters),) = assistant.asked
    assert (filters.since, filters.until, filters.source) == ("2024-10-01", None, "الجزيرة نت")


def test_a_stream_says_the_same_and_no_unchecked_word(scripted):
    _, url = scripted(Draft("زعم لم يُراجَع"), Draft("زعم آخر"), ANSWER)
    whole = client(url).chat.completions.create(**ASKED).choices[0].message.content
    chunks = [*client(url).chat.completions.create(**ASKED, stream=True, stream_options={"include_usage": True})]
    words = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices and chunk.choices[0].delta.content]
    assert "".join(words) == whole and words[:2] == ["يغادر 4300 جندي. [1]", " الرقم غير نهائي. [1]"]
    last, usage = chunks[-2:]
    assert last.choices[0].finish_reason == "stop" and last.isnad["citations"][0]["article_id"] == "a1"
    assert usage.choices == [] and usage.usage.completion_tokens == 10
    assert len({chunk.id for chunk in chunks}) == 1 and chunks[0].choices[0].delta.role == "assistant"
    raw = httpx.post(f"{url}v1/chat/completions", json=ASKED | {"stream": True}, timeout=60)
    assert raw.headers["content-type"].startswith("text/event-stream") and raw.text.endswith("data: [DONE]\n\n")
    assert "زعم" not in raw.text and ": checking" in raw.text


def test_an_abstention_is_an_ordinary_reply(scripted):
    _, url = scripted(ABSTENTION)
    reply = client(url).chat.completions.create(**ASKED)
    text = reply.choices[0].message.content
    assert text.startswith("لا تذكر المقالات جوابًا") and "أقرب ما ورد في المقالات:" in text and ARTICLE.text in text
    assert reply.isnad["abstained"] and reply.isnad["nearest"][0]["path"] == "003.md" and reply.usage is None


def test_figures_that_differ_are_told(scripted):
    figures = tuple(ConflictValue(float(n), "جندي", str(n), who, 1) for n, who in ((4300, "الجيش"), (5000, None)))
    _, url = scripted(Answer("كم؟", "س", TWO, (CITATION,), conflicts=(Conflict("الجنود", figures),)))
    text = client(url).chat.completions.create(**ASKED).choices[0].message.content
    assert "تختلف الأرقام:\n\n- 4300 جندي — الجيش [1]\n- 5000 جندي [1]\n\nالمصادر:" in text


def test_articles_put_nothing_active_into_a_client(scripted):
    hostile = (
        "![x](http://evil.example/a.png) <img src=http://evil.example> [اقرأ](javascript:alert(1)) `x` [1]: http://e"
    )
    article = Article("h", hostile, hostile, hostile, "https://x.example/)![x](http://evil.example/a.png)")
    answer = Answer("س؟", hostile, (Sentence(hostile, (1,)),), (Citation(1, article, 0, len(hostile)),))
    _, url = scripted(answer)
    text = client(url).chat.completions.create(**ASKED).choices[0].message.content
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark").render(text)
    assert not re.search(r"<(img|a|code)\b", html) and "javascript:alert(1)" in html
    abstained = Answer("س؟", hostile, nearest=answer.citations, reason="not_stated")
    _, url = scripted(abstained)
    text = client(url).chat.completions.create(**ASKED).choices[0].message.content
    assert not re.search(r"<(img|a|code)\b", MarkdownIt("commonmark").render(text))


def test_earlier_turns_make_a_follow_up(started, seeds_store):
    from assistant.app import open_assistant
    from assistant.settings import Settings

    first = {"role": "user", "content": "متى صادق مجلس الدوما على المعاهدة؟"}
    talk = [{"role": "system", "content": "أجب شعرًا"}, first, {"role": "assistant", "content": "يوم الخميس. [1]"}]
    talk.append({"role": "user", "content": [{"type": "text", "text": "وأين وُقّعت؟"}]})
    with open_assistant(seeds_store, settings=Settings(reader="off")) as assistant:
        url = started(assistant)
        ask = client(url).chat.completions.create
        alone = ask(model="isnad", messages=talk)  # as after a restart: nothing is remembered
        ask(model="isnad", messages=[first])
        remembered = ask(model="isnad", messages=talk)
        for reply in (alone, remembered):
            assert "المعاهدة" in reply.isnad["understood"]
            assert reply.choices[0].message.content.startswith("فُهم السؤال: ")
        assert not ask(model="isnad", messages=[first]).isnad.get("understood")
        found = httpx.get(f"{url}v1/search", params={"q": "المعاهدة", "limit": 2}, timeout=60).json()["data"]
        text = httpx.get(f"{url}v1/articles/{found[0]['article_id']}", timeout=60).json()["text"]
        assert len(found) == 2 and text[found[0]["start"] : found[0]["end"]] == found[0]["text"]


@pytest.mark.parametrize(
    ("item", "kind", "words"),
    [
        (InputError("The question is longer than 2,000 characters."), openai.BadRequestError, "2,000"),
        (LibraryError("The library is gone."), openai.InternalServerError, "library is gone"),
        (ModelError("The LLM did not answer."), openai.InternalServerError, "did not answer"),
        (RuntimeError("secret"), openai.InternalServerError, "unforeseen"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_failures_are_openai_s(scripted, item, kind, words, stream):
    _, url = scripted(item)
    with pytest.raises(kind, match=words) as failure:
        client(url).chat.completions.create(**ASKED, stream=stream)
    assert set(failure.value.body) == {"message", "type", "param", "code"} and "secret" not in str(failure.value)
    assert failure.value.response.headers["x-content-type-options"] == "nosniff"


def test_a_failure_in_the_middle_of_a_stream(scripted):
    _, url = scripted(Draft("زعم"), ModelError("The LLM fell silent."))
    with pytest.raises(openai.APIError, match="fell silent"):
        list(client(url).chat.completions.create(**ASKED, stream=True))


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"model": "gpt-4o"}, 404, "'isnad'"),
        ({"messages": []}, 400, "messages"),
        ({"messages": [{"role": "assistant", "content": "x"}]}, 400, "nothing to answer"),
        ({"messages": [{"role": "wizard", "content": "x"}]}, 400, "messages.0.role"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]}, 400, "text"),
        ({"n": 2}, 400, "n:"),
        ({"since": "أمس"}, 400, "since"),
        ({"since": "2024-10-02", "until": "2024-10-01"}, 400, "after until"),
    ],
)
def test_wrong_requests_are_told(scripted, change, status, words):
    assistant, url = scripted(ANSWER)
    got = httpx.post(f"{url}v1/chat/completions", json=ASKED | change, timeout=60)
    assert got.status_code == status and words in got.json()["error"]["message"] and assistant.asked == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "v1/nothing", 404),
        ("GET", "v1/chat/completions", 405),
        ("GET", "v1/articles/b2", 404),
        ("GET", "v1/models/gpt-4o", 404),
        ("GET", "v1/search", 400),
        ("GET", "v1/search?q=x&limit=0", 400),
        ("POST", "v1/chat/completions", 400),
    ],
)
def test_every_refusal_has_one_shape(scripted, method, path, status):
    _, url = scripted(ANSWER)
    got = httpx.request(method, f"{url}{path}", timeout=60)
    assert got.status_code == status and set(got.json()["error"]) == {"message", "type", "param", "code"}


def test_models_search_and_articles(scripted):
    assistant, url = scripted(ANSWER)
    assert [model.id for model in client(url).models.list()] == ["isnad"]
    assert client(url).models.retrieve("isnad").answerer == "scripted"
    got = httpx.get(f"{url}v1/search", params={"q": "القوات", "until": "2024-12-31"}, timeout=60).json()
    assert got["data"][0]["text"] == ARTICLE.text[:10] and assistant.asked[0][1].until == "2024-12-31"
    shown = httpx.get(f"{url}v1/articles/a1", timeout=60).json()
    assert shown["text"] == ARTICLE.text and shown["path"] == "003.md"


def test_the_description_asks_nothing_of_anyone(scripted):
    _, url = scripted()
    page = httpx.get(url, follow_redirects=True, timeout=60)
    assert page.url.path == "/docs" and "default-src 'none'" in page.headers["content-security-policy"]
    assert "/v1/chat/completions" in page.text and "stream_options" in page.text and "<script" not in page.text
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", page.text)
    paths = httpx.get(f"{url}openapi.json", timeout=60).json()["paths"]
    assert set(paths) == {
        "/v1/chat/completions", "/v1/models", "/v1/models/{model}", "/v1/search", "/v1/articles/{article_id}"
    }  # fmt: skip


def test_the_gate_stands_before_the_api(scripted):
    _, url = scripted(ANSWER, password=Password("reader", "long-enough-secret"))
    assert client(url, "long-enough-secret").chat.completions.create(**ASKED).choices
    with pytest.raises(openai.AuthenticationError, match="password"):
        client(url, "guess").chat.completions.create(**ASKED)
    assert httpx.get(f"{url}docs", headers={"Host": "evil.example"}, timeout=60).status_code == 421
    crossed = {"Origin": "http://evil.example", "Content-Type": "text/plain"}
    got = httpx.post(f"{url}v1/chat/completions", content=json.dumps(ASKED), headers=crossed, timeout=60)
    assert got.status_code == 403 and got.json()["error"]["type"] == "permission_error"


class Together:
    """Answers only when so many are asked at the same time."""

    answerer = "together"

    def __init__(self, most):
        self.barrier = threading.Barrier(most)

    def completed(self, question, before):
        return None

    def stream(self, question, filters=None):
        self.barrier.wait(60)
        yield Answer(question, f"جواب {question}")


def test_readers_do_not_wait_for_one_another_nor_get_one_another_s_answers(started):
    url = started(Together(8))
    replies = {}

    def ask(n):
        asked = [{"role": "user", "content": f"سؤال {n}؟"}]
        replies[n] = client(url).chat.completions.create(model="isnad", messages=asked).choices[0].message.content

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert replies == {n: f"جواب سؤال {n}؟" for n in range(16)}


def test_where_too_many_wait_the_next_is_refused():
    import anyio

    from assistant.serve.failures import Refused

    release = threading.Event()

    async def crowd():
        turns = Turns(at_once=1, most_waiting=1)
        async with anyio.create_task_group() as group:
            group.start_soon(turns.run, release.wait)
            group.start_soon(turns.run, release.wait)
            await anyio.wait_all_tasks_blocked()
            with pytest.raises(Refused, match="waiting"):
                await turns.run(release.wait)
            release.set()
        assert await turns.run(lambda: 1) == 1

    anyio.run(crowd)
