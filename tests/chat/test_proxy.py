"""The chat behind a reverse proxy on the same machine, which shows it below a path and passes the real Host on."""

import http.client
import json
import shutil
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import httpx
import pytest

from assistant.types import Answer, Citation, Sentence
from assistant.web.rules import Rules
from index.types import Article

ARTICLE = Article("a1", "يغادر 4300 جندي قبل نهاية العام.", "سحب القوات")
WHOLE = Citation(1, ARTICLE, 0, len(ARTICLE.text))
PROXIED = Rules(names=frozenset({"news.example"}), root_path="/isnad")


class Scripted:
    answerer = "scripted"

    def completed(self, question, before):
        return None

    def article(self, article_id):
        return ARTICLE if article_id == "a1" else None

    def stream(self, question, filters=None):
        yield Answer(question, "يغادر 4300 جندي. [1]", (Sentence("يغادر 4300 جندي.", (1,)),), (WHOLE,))


@contextmanager
def proxied(port, cut):
    """A proxy of /isnad/ on a port of its own; it cuts its path off, or leaves it."""

    class Proxy(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def pass_on(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if not self.path.startswith("/isnad/"):
                self.send_error(404)
                return
            kept = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            behind = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            behind.request(
                self.command, self.path.removeprefix("/isnad") if cut else self.path, body,
                kept | {"X-Forwarded-Host": self.headers["Host"], "X-Forwarded-For": "203.0.113.7"},
            )  # fmt: skip
            reply = behind.getresponse()
            self.send_response(reply.status)
            for name, value in reply.getheaders():
                if name.lower() not in ("transfer-encoding", "connection"):
                    self.send_header(name, value)
            self.end_headers()
            while piece := reply.read1(65536):
                self.wfile.write(piece)
                self.wfile.flush()

        do_GET = do_POST = pass_on  # noqa: N815

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


@pytest.fixture(scope="module")
def served():
    """Starts chats; gives the port of each."""
    from assistant.chat.page import serve

    def start(rules):
        urls, ready = [], threading.Event()

        def announce(url):
            urls.append(url)
            ready.set()

        args = (Scripted(), "127.0.0.1", 0, (), announce, rules)
        threading.Thread(target=serve, args=args, daemon=True).start()
        assert ready.wait(120)
        return urlsplit(urls[0]).port

    return start


@pytest.mark.parametrize("cut", [True, False])
def test_a_question_through_the_proxy(served, cut):
    with proxied(served(PROXIED), cut) as port:
        base, real = f"http://127.0.0.1:{port}/isnad", {"Host": f"news.example:{port}"}
        http = httpx.Client(headers=real, timeout=120)
        assert 'href="./chat.css"' in http.get(f"{base}/").text and http.get(f"{base}/chat.css").status_code == 200
        config = http.get(f"{base}/config").json()
        assert config["root"] == f"http://news.example:{port}/isnad"
        asking = next(d for d in config["dependencies"] if "submit" in [name for _, name in d["targets"]])
        body = {"data": ["كم؟", json.dumps({"question": "كم؟"})], "fn_index": asking["id"], "session_hash": "t"}
        body["trigger_id"] = next(target for target, name in asking["targets"] if name == "submit")
        origin = {"Origin": f"http://news.example:{port}"}
        assert http.post(f"{base}/gradio_api/queue/join", json=body, headers=origin).status_code == 200
        told = http.get(f"{base}/gradio_api/queue/data", params={"session_hash": "t"}).text
        assert "4300" in json.dumps([json.loads(line[5:]) for line in told.splitlines() if line.startswith("data:")])
        assert http.get(f"{base}/", headers={"Host": "evil.example"}).status_code == 421


def test_a_browser_through_the_proxy(served):
    api = pytest.importorskip("playwright.sync_api", reason="no browser tests: playwright is not installed")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no browser tests: chromium is not installed (apt-get install chromium)")
    args = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--host-resolver-rules=MAP news.example 127.0.0.1",
    ]
    with proxied(served(PROXIED), cut=True) as port, api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=args)
        page = browser.new_page(locale="ar")
        page.set_default_timeout(120_000)
        wrong = []
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on(
            "request",
            lambda r: (
                wrong.append(r.url) if f"news.example:{port}/isnad/" not in r.url and "data:" not in r.url else None
            ),
        )
        page.goto(f"http://news.example:{port}/isnad/")
        box = page.get_by_placeholder("اسأل عن الأخبار…")
        box.fill("كم جنديًّا؟")
        box.press("Enter")
        page.locator("#t1 .text a.marker").click()
        assert page.locator("#reader mark.here").inner_text() == ARTICLE.text
        browser.close()
        assert wrong == []
