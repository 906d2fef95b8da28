"""The gate of the chat and of the API: whom it lets in, by which name, how often and with how much."""

import base64
import re

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.web.gate import Gate
from assistant.web.hosts import is_foreign, is_misdirected
from assistant.web.passwords import Password
from assistant.web.rates import MOST_ADDRESSES, Rates
from assistant.web.rules import MOST_BODY, MOST_UPLOAD, Rules, exposure, rules_of
from index.errors import InputError


async def told(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{request.url.path} {len(await request.body())}")


def client(listening="127.0.0.1", peer="127.0.0.1", **rules):
    app = Starlette(routes=[Route("/{rest:path}", told, methods=["GET", "POST"])])
    app.add_middleware(Gate, rules=Rules(**rules), counted=re.compile("/ask"), uploads=re.compile("/upload"))
    return TestClient(app, base_url=f"http://{listening}", client=(peer, 1))


@pytest.mark.parametrize(
    ("host", "listening", "allowed", "refused"),
    [
        ("localhost", "127.0.0.1", (), False),
        ("127.0.0.1", "127.0.0.1", (), False),
        ("::1", "::1", (), False),
        ("evil.example", "127.0.0.1", (), True),
        ("192.168.1.5", "127.0.0.1", (), True),
        ("", "127.0.0.1", (), True),
        ("news.example", "127.0.0.1", ("news.example",), False),
        ("evil.example", "127.0.0.1", ("news.example",), True),
        ("192.168.1.5", "192.168.1.5", (), False),
        ("10.0.0.9", "192.168.1.5", (), False),
        ("evil.example", "192.168.1.5", (), True),
        ("news.example", "192.168.1.5", ("news.example",), False),
    ],
)
def test_a_server_answers_to_its_own_names(host, listening, allowed, refused):
    assert is_misdirected(host, listening, frozenset(allowed)) is refused


@pytest.mark.parametrize(
    ("origin", "site", "foreign"),
    [
        ("", "", False),
        ("http://localhost:7860", "", False),
        ("https://news.example", "", False),
        ("null", "same-origin", False),
        ("null", "", True),
        ("http://localhost:3000", "", True),
        ("http://evil.example", "cross-site", True),
        ("http://[x", "", True),
    ],
)
def test_pages_of_other_sites_ask_nothing(origin, site, foreign):
    assert is_foreign(origin, site, {"localhost:7860", ""}, frozenset({"news.example"})) is foreign


def test_another_name_is_refused_and_told_how_to_be_allowed():
    http = client()
    assert http.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert "--allow-host" in http.get("/", headers={"Host": "evil.example"}).text
    allowed = client(names=frozenset({"news.example"}))
    assert allowed.get("/", headers={"Host": "News.Example:8443"}).status_code == 200


def test_a_page_of_another_site_cannot_ask_by_a_form():
    http = client()
    assert http.post("/ask", content="x", headers={"Origin": "http://evil.example"}).status_code == 403
    assert http.post("/ask", content="x", headers={"Origin": "http://127.0.0.1"}).status_code == 200
    assert http.get("/", headers={"Origin": "http://evil.example"}).status_code == 200


def test_a_proxy_may_cut_its_path_off_or_leave_it():
    http = client(root_path="/isnad")
    assert http.get("/isnad/ask").text.startswith("/ask ")
    assert http.get("/ask").text.startswith("/ask ")
    assert http.get("/isnadx/ask").text.startswith("/isnadx/ask ")


def basic(user, secret):
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        (basic("قارئ", "سرّ طويل جدًّا"), 200),
        (basic("قارئ", "سرّ قصير"), 401),
        (basic("آخر", "سرّ طويل جدًّا"), 401),
        ({"Authorization": "Basic %%%"}, 401),
        ({"Authorization": "Basic"}, 401),
        ({"Authorization": "Digest x"}, 401),
    ],
)
def test_the_password_opens(headers, status):
    got = client(password=Password("قارئ", "سرّ طويل جدًّا")).get("/", headers=headers)
    assert got.status_code == status
    assert ("basic" in got.headers.get("www-authenticate", "").lower()) is (status == 401)


def test_an_api_client_sends_the_password_as_its_key():
    http = client(password=Password("reader", "long-enough-secret"))
    assert http.get("/", headers={"Authorization": "Bearer long-enough-secret"}).status_code == 200
    assert http.get("/", headers={"Authorization": "Bearer reader"}).status_code == 401


def test_questions_are_counted_and_nothing_else_is():
    http = client(listening="192.168.1.5", peer="192.168.1.7", a_minute=2)
    assert [http.get("/ask").status_code for _ in range(4)] == [200, 200, 429, 429]
    refused = http.get("/ask")
    assert int(refused.headers["retry-after"]) in range(1, 31) and "ask again" in refused.text
    assert http.get("/chat.css").status_code == 200
    at_home = client(a_minute=1)
    assert {at_home.get("/ask").status_code for _ in range(9)} == {200}


def test_guessing_passwords_is_slow():
    http = client(
        listening="192.168.1.5", peer="192.168.1.7", a_minute=3, password=Password("reader", "long-enough-secret")
    )
    guesses = [http.get("/", headers=basic("reader", f"guess-{n}")).status_code for n in range(5)]
    assert guesses == [401, 401, 401, 429, 429]


def test_the_bucket_fills_by_the_minute():
    now = [0.0]
    rates = Rates(2, lambda: now[0])
    assert [rates.wait("10.0.0.1") for _ in range(3)] == [0, 0, 30]
    assert rates.wait("10.0.0.2") == 0
    now[0] = 29.0
    assert rates.wait("10.0.0.1") == 1
    now[0] = 30.0
    assert rates.wait("10.0.0.1") == 0
    now[0] = 1e6
    assert [rates.wait("10.0.0.1") for _ in range(3)] == [0, 0, 30]


def test_addresses_are_forgotten():
    rates = Rates(1, lambda: 0.0)
    assert rates.wait("10.0.0.1") == 0 and rates.wait("10.0.0.1") > 0
    for n in range(MOST_ADDRESSES):
        rates.wait(f"2001:db8::{n:x}")
    assert rates.wait("10.0.0.1") == 0


def test_bodies_are_bounded():
    http = client()
    assert http.post("/ask", content=b"x" * MOST_BODY).status_code == 200
    for path, most in (("/ask", MOST_BODY), ("/upload", MOST_UPLOAD)):
        assert http.post(path, content=b"x" * (most + 1)).status_code == 413
    pieces = (b"x" * 2**16 for _ in range(MOST_BODY // 2**16 + 1))  # a body that does not say how long it is
    assert http.post("/ask", content=pieces).status_code == 413


def test_every_response_keeps_the_browser_to_itself():
    http = client()
    for got in (http.get("/"), http.get("/", headers={"Host": "evil.example"})):
        assert got.headers["x-content-type-options"] == "nosniff" and got.headers["x-frame-options"] == "DENY"
        assert "default-src 'self'" in got.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"auth": "reader"}, "USER:FILE"),
        ({"auth": ":x"}, "USER:FILE"),
        ({"auth": "reader:/no/such"}, "/no/such cannot be read"),
        ({"names": ["https://news.example"]}, "without scheme"),
        ({"names": ["news.example:8443"]}, "without scheme"),
        ({"root_path": "isnad"}, "--root-path"),
        ({"root_path": "/a b"}, "--root-path"),
    ],
)
def test_wrong_options_are_told(options, words):
    with pytest.raises(InputError, match=words):
        rules_of(**options)


def test_the_rules_as_they_are_written(tmp_path):
    file = tmp_path / "password"
    file.write_text("long-enough-secret\nsecond line\n", encoding="utf-8")
    rules = rules_of(f"reader:{file}", ["News.Example"], "/isnad/")
    assert rules_of(names=["[2001:DB8::1]"]).names == {"2001:db8::1"}
    assert rules.names == {"news.example"} and rules.root_path == "/isnad"
    assert rules.password == Password("reader", "long-enough-secret") and "secret" not in repr(rules)
    file.write_text("short\n", encoding="utf-8")
    with pytest.raises(InputError, match="fewer than 8"):
        rules_of(f"reader:{file}")


def test_a_warning_without_a_password():
    secret = Password("reader", "long-enough-secret")
    assert exposure("127.0.0.1", Rules()) is None
    assert "--auth" in exposure("0.0.0.0", Rules())
    assert "proxy" in exposure("127.0.0.1", Rules(names=frozenset({"news.example"})))
    assert exposure("0.0.0.0", Rules(password=secret)) is None
