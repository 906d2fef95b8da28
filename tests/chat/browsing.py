"""A real browser for the tests of the page: the chat served with the real assistant, a window to visit it in.

What every state looks like is left in `screenshots/`, which git ignores.
"""

import importlib.util
import shutil
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.types import Answer, Citation, Draft, Sentence
from index.errors import ModelError
from index.static import load_background
from index.types import Article

CHROMIUM = shutil.which("chromium")
SHOTS = Path(__file__).resolve().parents[2] / "screenshots"
QUIETLY = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PATIENCE_MS = 60_000
LEAVING = ("AbortError", "Connection errored out")
"""What Gradio's client says of its own open stream when a page is left or loaded anew."""
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}

COUNTED = "كم عدد الجنود الكوريين الشماليين في روسيا؟"
REFUSED = "لماذا رفض مجلس الدوما المعاهدة؟"
SLOW, FAILING = "سؤال يطول جوابه؟", "كم عدد الجنود الذين وصلوا بعد العطل؟"
GEMMA, HERE = "openai/gemma3:12b", "http://127.0.0.1:11434/v1"
MEASURING = """
import json, pathlib, sys, time
out = pathlib.Path(sys.argv[1])
(out / "answers.jsonl").write_text("{}\\n" * 3)
while not (go := out.parent / "go").exists():
    time.sleep(0.05)
go.unlink()
from eval.runs.files import write_report
from tests.eval.reports import sample_report
write_report(sample_report(), out)
"""
"""Answers three questions, waits to be let go on, and reports on six."""
TROOPS = Article(
    "en",
    "\n\n".join(
        (
            "Officials met in Brussels on Wednesday.",
            *["A long afternoon of talks went by."] * 40,
            "The minister said 10,000 soldiers had arrived.",
            "He left the next day.",
        )
    ),
    "Ministers meet over the troops",
    "Example Wire",
    "https://www.example.org/news/1",
    published="2024-10-30",
)
ENGLISH = Answer(
    "How many soldiers arrived?",
    "The minister said 10,000 soldiers had arrived. [1] They met in Brussels. [2]",
    (
        Sentence("The minister said 10,000 soldiers had arrived.", (1,), core=(18, 33)),
        Sentence("They met in Brussels.", (2,)),
    ),
    tuple(
        Citation(n, TROOPS, TROOPS.text.index(words), TROOPS.text.index(words) + len(words))
        for n, words in (
            (1, "The minister said 10,000 soldiers had arrived."),
            (2, "Officials met in Brussels on Wednesday."),
        )
    ),
)


class Bilingual:
    """The real assistant, and three questions of its own: with an English answer over an English article, which the
    shipped briefs do not have; with one that takes its time; with one that fails the first time."""

    def __init__(self, assistant):
        self.assistant, self.waiting, self.failed = assistant, threading.Event(), False

    def __getattr__(self, name):
        return getattr(self.assistant, name)

    def article(self, article_id):
        return TROOPS if article_id == TROOPS.id else self.assistant.article(article_id)

    def stream(self, question, filters=None):
        if question == ENGLISH.question:
            yield ENGLISH
        elif question == SLOW:
            while not self.waiting.wait(0.5):
                yield Draft("كلام لم يُراجَع بعد")
        elif question == FAILING and not self.failed:
            self.failed = True
            raise ModelError("The LLM did not answer.")
        else:
            yield from self.assistant.stream(question, filters)


@pytest.fixture(scope="module")
def served(seeds_store, tmp_path_factory):
    """The library that the page is about."""
    store = tmp_path_factory.mktemp("chat") / "store"
    shutil.copytree(seeds_store, store)
    return store


@pytest.fixture(scope="module")
def address(served):
    from functools import partial

    from assistant.app import open_assistant
    from assistant.chat.answering.switch import Choice, Switch
    from assistant.chat.evaluation.runs import Evaluations
    from assistant.chat.library.collection import Collection
    from assistant.chat.page import Extras, serve
    from assistant.suggestions import further

    urls, ready = [], threading.Event()

    def announce(url):
        urls.append(url)
        ready.set()

    library = Collection(served, load_background, private=True)
    runs = Evaluations(served / "evaluations", [sys.executable, "-c", MEASURING], 4)
    with open_assistant(served, settings=Settings()) as assistant, closing(library), closing(runs):
        found = [Choice("extractive", HERE), Choice(GEMMA, HERE, f"gemma3:12b · Ollama, {HERE}")]
        first, second = Bilingual(assistant), Bilingual(assistant)
        second.answerer = GEMMA
        switch = Switch(first, found[0], lambda: found, lambda choice: second, lambda choice: None)
        extras = Extras((COUNTED, REFUSED), partial(further, assistant), library, True, findings, switch, runs)
        args = (switch, "127.0.0.1", 0, extras, announce)
        threading.Thread(target=serve, args=args, daemon=True).start()
        assert ready.wait(PATIENCE_MS / 1000)
        yield urls[0]


def findings():
    """What an examination finds."""
    return [(True, "embedding: shipped; never touches the network"), (False, "vector index: 3 of 5 passages")]


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="no browser tests: playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no browser tests: chromium is not installed (apt-get install chromium)")
    sync_api.expect.set_options(timeout=PATIENCE_MS)
    with sync_api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, address):
    """Opens the chat in a fresh window; in the end nothing may have gone wrong, nor been asked of another host."""
    contexts, wrong, requests = [], [], []

    def told(error, forgiven):
        if not any(part in error for part in (*LEAVING, *filter(None, [forgiven]))):
            wrong.append(error)

    def go(forgiven=None, path="", **options):
        options = {"viewport": {"width": 1280, "height": 860}, "locale": "ar"} | options
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("console", lambda said: told(said.text, forgiven) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(address + path)
        page.locator("#composer textarea").wait_for(state="attached")
        return page

    yield go
    for context in contexts:
        context.close()
    assert wrong == [], wrong
    strange = [url for url in requests if not url.startswith((address, "data:", "blob:"))]
    assert strange == [], strange


def expect(locator):
    from playwright.sync_api import expect

    return expect(locator)


def ask(page, question, turn=1):
    box = page.locator("#composer textarea")
    expect(page.locator("#send")).to_be_visible()  # while one question is under way, no other is taken
    box.fill(question)
    box.press("Enter")
    page.locator(f'#t{turn} .answer[aria-busy="false"]').wait_for()


def shot(page, name):
    SHOTS.mkdir(exist_ok=True)
    page.wait_for_timeout(300)  # for what slides in
    page.screenshot(path=SHOTS / f"{name}.png")


def opened_quote(page):
    """The words that the open panel leads to, once they are in sight."""
    here = page.locator("#reader mark.here")
    expect(here).to_be_in_viewport()
    expect(here).to_be_focused()
    return here.inner_text()


# ---------------------------------------------------------------- WCAG 2 A and AA, by axe-core

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FAULTS = """async (levels) => {
  const { violations } = await axe.run({ runOnly: levels, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target} ${node.failureSummary}`));
}"""


@pytest.fixture(scope="module")
def axe():
    """The script of axe-core."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None:
        pytest.skip("axe-core is not installed (pip install axe-playwright-python)")
    return Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8")


def faults(page, axe):
    """What axe-core finds wrong with the page as it stands."""
    page.evaluate(axe)
    return page.evaluate(FAULTS, LEVELS)
