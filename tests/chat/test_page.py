"""The chat: what foreign text becomes, how a turn develops, and that the browser stays on this machine."""

import json
import re
import socket
import threading
from dataclasses import replace
from html.parser import HTMLParser

import httpx
import pytest
from starlette.testclient import TestClient

from assistant.chat.frames import fault, frames
from assistant.chat.guard import rewritten
from assistant.chat.keeping import Past, kept, leaning_on, restored
from assistant.chat.library.collection import Listed
from assistant.chat.library.listing import rows
from assistant.chat.markup import shown, web_link
from assistant.chat.reader import LONGEST, opened
from assistant.chat.rendering import answered, past, plain
from assistant.chat.shell import heading, suggested
from assistant.chat.texts import ARABIC, ENGLISH, preferred
from assistant.question.follow_up import understood
from assistant.settings import LONGEST_QUESTION
from assistant.types import Answer, Citation, Conflict, ConflictValue, Draft, Sentence
from index.errors import InputError, ModelError
from index.types import Article, Filters

URL = "https://www.aljazeera.net/x"
ARTICLE = Article("a1", "يغادر 4300 جندي قبل نهاية العام.", "سحب القوات", "الجزيرة نت", URL, published="2024-10-21")
CITATION = Citation(1, ARTICLE, 0, len(ARTICLE.text))
ANSWER = Answer(
    "كم جنديًّا؟",
    "يغادر 4300 جندي. [1]",
    (Sentence("يغادر 4300 جندي.", (1,), core=(6, 10)),),
    (CITATION,),
)
EXAMPLE = "كم جنديًّا سيغادر؟"
HOSTILE = (
    '<script>alert(1)</script> [x](http://evil) ![](http://evil/a.png) <img src=x onerror="alert(2)"> '
    "${alert(3)} {{this}} \u202eمعكوس\u2066"
)

OUR_TAGS = re.compile(
    "article|div|section|h2|h3|h4|p|ol|ul|li|blockquote|time|span|small|strong|b|bdi|a|button|mark|table|thead|tbody|tr|"
    "th|td|details|summary"
)
OUR_ATTRIBUTES = re.compile(
    "class|id|dir|href|target|rel|tabindex|role|type|datetime|scope|title|aria-(live|busy|hidden|label|haspopup|pressed)|"
    "data-(article|at|text|done|kept|edit|format|rating)"
)


class Tags(HTMLParser):
    """The names of all tags and attributes, as a browser would see them."""

    def __init__(self, html):
        super().__init__()
        self.names, self.attributes = set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


def cited(**change):
    """The citation with another article behind it."""
    return replace(CITATION, article=replace(ARTICLE, **change))


class Scripted:
    """An assistant that says what it was given, and remembers what it was asked."""

    def __init__(self, *items):
        self.items, self.asked = items, []

    answerer, sources = "scripted", ["الجزيرة نت"]

    def completed(self, question, before):
        return understood(question, before)

    def article(self, article_id):
        return ARTICLE if article_id == ARTICLE.id else None

    def stream(self, question, filters=None):
        self.asked.append(question)
        self.filters = filters
        for item in self.items:
            if isinstance(item, Exception):
                raise item
            yield item


def test_the_head_says_what_words_the_answers():
    assert "مقتبسة من المقالات" in heading("extractive", ARABIC)
    named = heading("openai/org/<b>m:8b", ARABIC)
    assert "org/&lt;b&gt;m:8b" in named and "نموذج" in named and "<b>m" not in named


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<b>&\"'", "&lt;b&gt;&amp;&quot;&#x27;"),
        ("\u202aa\u202bb\u202cc\u202dd\u202ee\u2066f\u2067g\u2068h\u2069", "abcdefgh"),
        ("شِعرٌ\u200f ١٢", "شِعرٌ\u200f ١٢"),
    ],
)
def test_shown(text, html):
    assert shown(text) == html


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.aljazeera.net/news?a=1&b=2", "aljazeera.net"),
        ("http://aljazeera.net@evil.example/", "evil.example"),
        ('https://a.example/"><script>', "a.example"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example/x", None),
        ("https://", None),
        ("http://[x", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url, host):
    link = web_link(url)
    assert (f">{host}<" in link) if host else link == ""
    assert link.count("<") == (4 if host else 0)
    assert not host or 'rel="noopener noreferrer nofollow"' in link


def test_an_answer_shows_its_sources():
    html = answered(3, ANSWER.question, ANSWER)
    assert '<a class="marker" href="#t3-s1"' in html and 'id="t3-s1"' in html
    assert "<strong>4300</strong>" in html
    for words in ("المصادر", "سحب القوات", "الجزيرة نت", "21 أكتوبر 2024", ARTICLE.text, 'datetime="2024-10-21"'):
        assert words in html
    assert "أقرب ما ورد" not in html and "لا تتفق" not in html


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"error": "لا نموذج"}, "تعذّرت الإجابة: <bdi>لا نموذج</bdi>"),
        ({"notice": "بحث مؤرَّخ"}, "بحث مؤرَّخ"),
        ({"dropped": 1}, "جملة واحدة"),
        ({"dropped": 2}, "جملتين"),
        ({"dropped": 3}, "3 جمل "),
        ({"dropped": 11}, "11 جملة"),
        ({"citations": ()}, '<bdi class="marker">[1]</bdi>'),
        ({"sentences": (Sentence("س.", (1,), "partial"),)}, "جزئيًّا"),
        ({"sentences": (), "text": "نصّ بلا جمل"}, "نصّ بلا جمل"),
        ({"citations": (cited(published=None),)}, "بلا تاريخ"),
        ({"citations": (cited(published="أمس"),)}, "<bdi>أمس</bdi>"),
        ({"citations": (cited(title=None, path="d/خبر.txt"),)}, ">خبر.txt<"),
    ],
)
def test_what_else_an_answer_tells(change, words):
    assert words in answered(1, "س", replace(ANSWER, **change))


def test_an_unsupported_sentence_is_shown_dimmed_and_marked():
    sentences = (*ANSWER.sentences, Sentence("زعم بلا سند.", (), "none"))
    shown = answered(1, "س", replace(ANSWER, sentences=sentences))
    assert '<span class="draft">زعم بلا سند. <small class="partial">(لا تسنده المقالات)</small></span>' in shown


def test_a_conflict_names_both_sides():
    values = (ConflictValue(4300, "جندي", "4300 جندي", "البعثة", 1), ConflictValue(5100, "جندي", "5100 جندي", None, 2))
    html = answered(1, "س", replace(ANSWER, conflicts=(Conflict("عدد الجنود", values),)))
    for words in ("تختلف الأرقام", "عدد الجنود", "4300 جندي", "<bdi>البعثة</bdi>", "5100 جندي", "21 أكتوبر 2024"):
        assert words in html
    assert html.index("<table>") < html.index('class="text"')  # before the answer, which has to be read in its light


def test_the_page_has_the_same_words_in_both_languages():
    for name in ARABIC._words:
        for words in (ARABIC, ENGLISH):
            told = words._words[name]
            assert all(map(str.strip, [told] if isinstance(told, str) else told)), name
        fields = [{*re.findall(r"{(\w+)}", str(words._words[name]))} for words in (ARABIC, ENGLISH)]
        assert fields[0] == fields[1], name


def test_an_answer_in_english():
    html = answered(1, "Q", replace(ANSWER, dropped=2, understood="Who?"), ENGLISH)
    for words in ("Sources", "21 October 2024", "2 sentences of the draft", "Understood as: Who?", "Copy with sources"):
        assert words in html


@pytest.mark.parametrize(
    ("chosen", "accepted", "words"),
    [
        (None, "", ARABIC),
        (None, "ar-TN,ar;q=0.9,en;q=0.8", ARABIC),
        (None, "en-US,en;q=0.9,ar;q=0.8", ENGLISH),
        (None, "fr-FR,fr;q=0.9,ar;q=0.5,en;q=0.3", ARABIC),
        (None, "de", ENGLISH),
        (None, "ar;q=0, ;;, en;q=x", ENGLISH),
        ("ar", "en", ARABIC),
        ("en", "ar", ENGLISH),
        ("xx", "ar", ARABIC),
    ],
)
def test_the_language_of_a_reader(chosen, accepted, words):
    assert preferred(chosen, accepted) is words


def test_a_card_tells_where_its_quote_stands():
    html = answered(3, ANSWER.question, ANSWER)
    assert f'id="t3-s1" data-article="a1" data-at="0-{len(ARTICLE.text)}"' in html and 'class="open"' in html


def test_the_answer_is_copied_with_its_sources():
    bare = replace(CITATION, n=2, article=Article("b", "نصّ آخر.", path="d/خبر.txt"), end=8)
    answer = replace(ANSWER, citations=(CITATION, bare))
    assert plain(answer) == (
        "يغادر 4300 جندي. [1]\n\nالمصادر:\n\n"
        f"[1] سحب القوات — الجزيرة نت — 21 أكتوبر 2024 — {URL}\n«{ARTICLE.text}»\n\n"
        "[2] خبر.txt — بلا تاريخ\n«نصّ آخر.»"
    )
    assert f'data-text="{shown(plain(answer))}"' in answered(1, "س", answer)
    assert "data-text" not in answered(1, "س", Answer("س", "لا جواب.", reason="not_stated"))


def marked(html):
    """What is marked in an opened article: the class of each mark and its words."""
    return re.findall(r'<mark(?: class="(here)" tabindex="-1")?>([^<]*)</mark>', html)


@pytest.mark.parametrize(
    ("at", "also", "marks"),
    [
        ((0, 3), [], [("here", "أول")]),
        ((4, 8), [(0, 3), (9, 13)], [("", "أول"), ("here", "ثانٍ"), ("", "ثالث")]),
        ((2, 6), [(0, 8)], [("", "أو"), ("here", "ل ثا"), ("", "نٍ")]),
        ((0, 8), [(2, 6), (2, 6)], [("here", "أو"), ("here", "ل ثا"), ("here", "نٍ")]),
    ],
)
def test_quotes_are_marked_where_they_stand(at, also, marks):
    html = opened(Article("a", "أول ثانٍ ثالث", "عنوان"), at, also)
    assert marked(html) == marks and "".join(re.findall(r">([^<]*)", html.split('class="words"')[1])) == "أول ثانٍ ثالث"


def test_an_article_is_opened_in_its_own_direction_with_its_details():
    html = opened(ARTICLE, (0, 5), [])
    assert (
        html.startswith('<article dir="rtl">')
        and "21 أكتوبر 2024" in html
        and 'href="https://www.aljazeera.net/x"' in html
    )
    assert opened(Article("e", "Troops leave.", "انسحاب"), (0, 6), []).startswith('<article dir="ltr">')


def test_of_a_very_long_article_the_part_around_the_quote_is_opened():
    text = "كلام " * LONGEST
    at = len(text) - 20, len(text) - 1
    html = opened(Article("l", text, "طويل"), at, [(0, 4)])
    assert marked(html) == [("here", shown(text[slice(*at)]))] and len(html) < LONGEST + 1000 and "المقال طويل" in html


def test_an_abstention_shows_the_nearest_as_nearest():
    nearest = (CITATION, replace(CITATION, contradicts=True))
    html = answered(1, "س", Answer("س", "لا تذكر المقالات ذلك.", nearest=nearest, reason="not_stated"))
    assert "لا تذكر المقالات ذلك." in html and "أقرب ما ورد في المقالات" in html
    assert html.count("<blockquote") == html.count('class="open"') == 2 and html.count("يخالف ما يفترضه السؤال") == 1
    assert "<h3>المصادر</h3>" not in html and 'class="number"' not in html


def test_hostile_text_never_becomes_markup():
    article = Article("a", HOSTILE, HOSTILE, HOSTILE, 'https://x.example/"onclick="alert(3)', published=HOSTILE)
    citation = Citation(1, article, 0, len(HOSTILE))
    conflict = Conflict(HOSTILE, (ConflictValue(1, HOSTILE, HOSTILE, HOSTILE, 1),))
    answer = Answer(HOSTILE, HOSTILE, (Sentence(HOSTILE, (1,)),), (citation,), (), (conflict,), notice=HOSTILE)
    pages = [answered(1, HOSTILE, a) for a in (answer, replace(answer, reason="off_topic", nearest=(citation,)))]
    pages += [*frames(Scripted(Draft(HOSTILE), ModelError(HOSTILE)), 1, HOSTILE)]
    pages.append(opened(article, (3, 30), [(10, 50)]))
    pages += [
        answered(1, HOSTILE, replace(answer, error=HOSTILE)),
        answered(1, "س", replace(answer, understood=HOSTILE)),
    ]
    pages += [past(restored(kept_rows(answer), {}.get, ""), ENGLISH), suggested([HOSTILE], "س")]
    pages.append(rows([Listed(article, 3)], ARABIC, writable=True))
    for html in pages:
        seen = Tags(html)
        assert all(OUR_TAGS.fullmatch(name) for name in seen.names)
        assert all(OUR_ATTRIBUTES.fullmatch(name) for name in seen.attributes)
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("", "اكتب سؤالك"),
        (" \n", "اكتب سؤالك"),
        ("؟؟؟", "اكتب سؤالك"),
        ("س" * (LONGEST_QUESTION + 1), "2001"),
        ("س" * LONGEST_QUESTION, None),
    ],
)
def test_what_cannot_be_asked(question, words):
    found = fault(question)
    assert (words in found) if words else found is None


def test_drafts_come_first_and_the_answer_last():
    seen = list(frames(Scripted(Draft("يغادر"), Draft("يغادر 4300"), ANSWER), 1, "كم؟"))
    assert ['class="draft"' in frame for frame in seen] == [True, True, False]
    assert 'aria-busy="true"' in seen[0] and 'aria-busy="false"' in seen[-1] and 'id="t1-s1"' in seen[-1]


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([Draft("زعم"), ModelError("The LLM did not answer.")], "The LLM did not answer."),
        ([Draft("زعم"), RuntimeError("secret")], "خلل غير متوقع"),
        ([Draft("زعم")], "قبل التحقق"),
    ],
)
def test_a_failure_is_one_line_and_keeps_no_draft(items, words):
    last = list(frames(Scripted(*items), 1, "س"))[-1]
    assert words in last and "زعم" not in last and "secret" not in last and "Traceback" not in last


@pytest.fixture(scope="module")
def page_module():
    from assistant.chat import page

    return page


@pytest.fixture
def client(page_module):
    assistant = Scripted(Draft("يغادر"), ANSWER)
    with TestClient(page_module.build_app(assistant, page_module.Extras([EXAMPLE]))) as http:
        http.assistant = assistant
        yield http


def ask(http, question, session, trigger="submit", page="", **sent):
    """Asks as the browser does, and gives the events that it is sent."""
    config = http.get(f"{page}/config").json()
    asking = next(d for d in config["dependencies"] if "submit" in [name for _, name in d["targets"]])
    clicked = [target for target, name in asking["targets"] if name == trigger][-1]
    data = [question, json.dumps({"question": question} | sent)]
    body = {"data": data, "fn_index": asking["id"], "session_hash": session, "trigger_id": clicked}
    assert http.post(f"{page}/gradio_api/queue/join", json=body).status_code == 200
    told = http.get(f"{page}/gradio_api/queue/data", params={"session_hash": session}).text
    return [json.loads(line[5:]) for line in told.splitlines() if line.startswith("data:")]


def shown_in(events):
    return json.dumps(events, ensure_ascii=False)


@pytest.mark.parametrize(
    ("path", "html", "style"),
    [("/", 'lang="ar" dir="rtl"', '"./chat.css'), ("/en/", 'lang="en" dir="ltr"', '"../chat.css')],
)
def test_nothing_served_refers_outside(client, path, html, style):
    page = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert html in page.text and style in page.text
    outside = set(re.findall(r"(?:https?:)?//([\w.-]+\.\w+)", page.text)) - {"www.w3.org"}
    assert not outside
    for path in ("/chat.css", "/reader.css", "/drawers.css", "/tabs.css", "/ratings.css", "/theme.css"):
        assert not re.search(r"url\((?!['\"]?data:)|@import", client.get(path).text)


def test_the_policy_forbids_other_hosts(client):
    first, second = client.get("/"), client.get("/")
    policy = first.headers["content-security-policy"]
    nonce = re.search(r"'nonce-([\w-]+)'", policy)[1]
    scripts = re.findall(r"<script[^>]*>", first.text)
    assert scripts and all(f'nonce="{nonce}"' in tag for tag in scripts)
    assert "default-src 'self'" in policy and "http" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert nonce not in second.text
    assert first.headers["referrer-policy"] == "no-referrer"


def test_the_language_is_chosen_and_remembered(client):
    assert str(client.get("/", headers={"Accept-Language": "en"}).url).endswith("/en/")
    assert client.get("/language?to=en").url == client.get("/").url == client.get("/en").url
    assert client.get("/language?to=xx", headers={"Accept-Language": "en"}).url.path == "/"
    assert client.get("/", headers={"Accept-Language": "en"}).url.path == "/"


def test_a_question_is_answered_in_english_below_en(client):
    told = shown_in(ask(client, "كم جنديًّا؟", "tab1", page="/en"))
    assert "Searching the articles" in told and "21 October 2024" in told and "المصادر" not in told


@pytest.mark.parametrize("base", ["", "/en"])
@pytest.mark.parametrize(
    "path",
    ["upload", "info", "openapi.json", "api/ask", "call/ask", "run/ask", "file=/etc/passwd", "proxy=http://e", "runs"],
)
def test_what_the_page_does_not_need_is_not_served(client, base, path):
    path = f"{base}/gradio_api/{path}"
    assert client.get(path).status_code == client.post(path).status_code == 404
    assert client.get(f"{base}/monitoring").status_code == client.get(f"{base}/docs").status_code == 404


def test_nothing_is_reported_or_shared(client):
    config = client.get("/config").json()
    assert config["analytics_enabled"] is False and config["footer_links"] == []
    assert not config.get("run_history")
    assert {d["api_visibility"] for d in config["dependencies"]} == {"private"}


def test_a_question_over_http(client):
    events = ask(client, "كم جنديًّا؟", "tab1")
    assert client.assistant.asked == ["كم جنديًّا؟"]
    told = shown_in(events)
    assert told.index("نبحث في المقالات") < told.index("مسودّة") < told.index("t1-s1")
    assert all(event["success"] for event in events if event["msg"] == "process_completed")


def test_an_example_is_there_to_be_clicked(client):
    assert f">{EXAMPLE}</button>" in json.dumps(client.get("/config").json(), ensure_ascii=False)


def kept_rows(*answers):
    """Turns as a browser keeps them."""
    return [json.loads(kept(answer.question, answer)) for answer in answers]


def test_the_turns_before_come_with_the_question_and_nothing_is_kept(client):
    ask(client, "سؤال أول", "tab1")
    told = shown_in(ask(client, "سؤال ثان", "tab1", turns=kept_rows(ANSWER)))
    assert "t2-s1" in told and ANSWER.question in told and "سؤال أول" not in told
    other = shown_in(ask(client, "سؤال آخر", "tab2"))
    assert "t1-s1" in other and "t2" not in other and "سؤال" in other and ANSWER.question not in other


def test_a_question_that_leans_on_the_one_before_is_completed(client):
    ask(client, "ومتى كان ذلك؟", "tab", turns=kept_rows(ANSWER))
    assert client.assistant.asked[-1] != "ومتى كان ذلك؟" and "جنديًّا" in client.assistant.asked[-1]


def test_a_question_is_asked_again_in_its_place(client):
    turns = kept_rows(replace(ANSWER, question="الأول"), replace(ANSWER, question="الثاني"))
    told = shown_in(ask(client, "الأول معدّلًا", "tab", turns=turns, at=1))
    assert client.assistant.asked == ["الأول معدّلًا"]
    assert "t1-s1" in told and "t2-s1" in told and ">الأول<" not in told and ">الثاني<" in told


def test_the_search_is_narrowed_and_the_answer_says_so(client):
    told = shown_in(ask(client, "كم؟", "tab", filters={"source": "الجزيرة نت", "since": "2024-10-01", "until": "x"}))
    assert client.assistant.filters == Filters("2024-10-01", None, "الجزيرة نت")
    assert "بحثنا في جزء من المقالات: الجزيرة نت، من تاريخ 2024-10-01." in told


@pytest.mark.parametrize(
    "sent", ["", "[]", "{", '{"turns": 5, "at": "x", "filters": []}', '{"turns": [5, {"answer": 1}]}']
)
def test_whatever_is_sent_does_no_harm(client, page_module, sent):
    events = page_module.Events(client.assistant, ARABIC, None, str)
    packet = events._read(sent)
    assert packet.number == len(packet.turns) + 1 and not packet.filters


def test_a_conversation_is_restored_as_it_was():
    answers = (
        replace(ANSWER, understood="كم؟", notice="ملاحظة", dropped=2),
        Answer("س", "لا جواب.", nearest=(replace(CITATION, contradicts=True),), reason="not_stated", confidence=0.5),
        Answer("س", "", error="خلل"),
    )
    found = restored(kept_rows(*answers), {"a1": ARTICLE}.get, "لا يُقرأ")
    assert [past.answer for past in found] == list(answers)
    assert restored([json.loads(kept("س"))], {}.get, "") == [Past("س", None)]
    assert leaning_on(found).question == "س" and leaning_on(found[:1]).core == "4300"


def test_a_quote_whose_article_is_gone_is_shown_as_it_was_kept():
    (past,) = restored(kept_rows(ANSWER), {}.get, "")
    (citation,) = past.answer.citations
    assert citation.quote == ARTICLE.text and citation.article.title == "سحب القوات"
    assert citation.article.url == URL and "سحب القوات" in answered(1, "س", past.answer)


@pytest.mark.parametrize("change", [{"sentences": 5}, {"citations": [{}]}, {"reason": "<b>"}, {"confidence": "x"}])
def test_what_cannot_be_read_of_a_conversation_says_so(change):
    (row,) = kept_rows(ANSWER)
    (past,) = restored([row | {"answer": row["answer"] | change}], {"a1": ARTICLE}.get, "لا يُقرأ")
    assert past.answer.error == "لا يُقرأ"


def test_questions_to_go_on_with(page_module):
    seen = []

    def further(articles, asked):
        seen.append(([article.id for article in articles], list(asked)))
        return ("ومن <b>بعد</b>؟",)

    extras = page_module.Extras(further=further)
    with TestClient(page_module.build_app(Scripted(), extras)) as http:
        got = http.get("/next", params={"article": ["a1", "a1", "gone"], "asked": ["كم؟"]})
        assert http.get("/sources").json() == ["الجزيرة نت"]
    assert seen == [(["a1"], ["كم؟"])] and "ومن &lt;b&gt;بعد" in got.text and 'class="ask"' in got.text


def test_the_panel_is_given_an_article(client):
    got = client.get("/article", params={"id": "a1", "at": "6-10", "also": ["0-5", "9-9", "x", "0-999"]})
    assert got.status_code == 200 and marked(got.text) == [("", "يغادر"), ("here", "4300")]
    assert "nonce" in got.headers["content-security-policy"] and got.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "query", ["", "id=b", "id=a1&at=5", "id=a1&at=5-5", "id=a1&at=0-999", "id=b&at=0-3", "id=a1&at=-1-3"]
)
def test_what_is_no_quote_of_an_article_is_not_opened(client, query):
    got = client.get(f"/article?{query}")
    assert (
        got.status_code == 404
        and "لم يعد هذا المقال" in got.text
        and got.headers["content-type"].startswith("text/plain")
    )


def test_an_article_is_opened_for_itself_too(client):
    got = client.get("/article", params={"id": "a1"})
    assert got.status_code == 200 and ARTICLE.text in got.text and "<mark" not in got.text


def test_another_site_cannot_read_articles(page_module):
    with TestClient(page_module.build_app(Scripted()), client=("127.0.0.1", 1), base_url="http://127.0.0.1") as http:
        assert http.get("/article?id=a1&at=0-3").status_code == 200
        assert http.get("/article?id=a1&at=0-3", headers={"Host": "evil.example"}).status_code == 421


def test_an_empty_question_is_not_asked(client):
    assert "اكتب سؤالك" in shown_in(ask(client, " ", "tab1"))
    assert client.assistant.asked == []


def test_the_server_opens_no_connection(page_module, monkeypatch):
    seen = []
    real = socket.socket.connect

    def connect(self, address):
        seen.append(address)
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    with TestClient(page_module.build_app(Scripted(ANSWER))) as http:
        http.get("/")
        ask(http, "كم؟", "tab")
    assert [a for a in seen if isinstance(a, tuple) and a[0] not in ("127.0.0.1", "::1")] == []


def test_a_taken_port_is_one_line(page_module):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(InputError, match="already in use"):
        page_module.serve(Scripted(), "127.0.0.1", taken.getsockname()[1])


def test_the_real_server_answers_to_its_own_name_only(page_module):
    urls, ready = [], threading.Event()

    def announce(url):
        urls.append(url)
        ready.set()

    args = (Scripted(ANSWER), "127.0.0.1", 0, None, announce)
    threading.Thread(target=page_module.serve, args=args, daemon=True).start()
    assert ready.wait(60)
    assert "إسناد" in httpx.get(urls[0], timeout=60).text
    assert httpx.get(urls[0], headers={"Host": "evil.example"}, timeout=60).status_code == 421


def test_rewriting_touches_every_script_once():
    html = '<html lang="en"><head><meta property="og:url" content="https://x" /></head><script src="a"></script></body>'
    page = rewritten(html, "N")
    assert page.count('<script nonce="N"') == page.count("<script") > 3 and "https" not in page
    assert page.count('<dialog id="reader"') == 1


@pytest.mark.parametrize(
    "path",
    [
        "gradio_api/file=/etc/passwd",
        "file=/etc/passwd",
        "gradio_api/file%3D/etc/passwd",
        "static/..%2f..%2f..%2f..%2f..%2f..%2fetc/passwd",
        "static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "assets/..%5c..%5cetc/passwd",
        "assets//etc/passwd",
        "static//etc/passwd",
        "gradio_api/stream/x/1/1/playlist-file",
        "gradio_api/custom_component/x/client/component/../../../../etc/passwd",
    ],
)
def test_no_file_of_this_machine_is_served(client, path):
    got = client.get(f"/{path}")
    assert got.status_code in (403, 404) and "root:" not in got.text


def test_a_long_request_is_refused(client):
    body = {"data": ["س" * 2**20], "fn_index": 0, "session_hash": "tab1"}
    assert client.post("/gradio_api/queue/join", json=body).status_code == 413
    assert client.assistant.asked == []
