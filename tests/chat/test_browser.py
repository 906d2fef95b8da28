"""The chat in a real browser: one click leads to the words that prove a sentence, and no other host is asked anything.

What every state looks like is left in `screenshots/`, which git ignores.
"""

import shutil
import threading
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.types import Answer, Citation, Sentence
from index.types import Article

sync_api = pytest.importorskip("playwright.sync_api", reason="no browser tests: playwright is not installed")
CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("no browser tests: chromium is not installed (apt-get install chromium)", allow_module_level=True)

SHOTS = Path(__file__).resolve().parents[2] / "screenshots"
QUIETLY = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PATIENCE_MS = 120_000
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}

COUNTED = "كم عدد الجنود الكوريين الشماليين في روسيا؟"
REFUSED = "لماذا رفض مجلس الدوما المعاهدة؟"
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
    """The real assistant, and one English answer over an English article, which the shipped briefs do not have."""

    def __init__(self, assistant):
        self.assistant = assistant

    def __getattr__(self, name):
        return getattr(self.assistant, name)

    def article(self, article_id):
        return TROOPS if article_id == TROOPS.id else self.assistant.article(article_id)

    def stream(self, question, filters=None):
        if question == ENGLISH.question:
            yield ENGLISH
        else:
            yield from self.assistant.stream(question, filters)


@pytest.fixture(scope="module")
def address(seeds_store):
    from assistant.app import open_assistant
    from assistant.chat.page import serve

    urls, ready = [], threading.Event()

    def announce(url):
        urls.append(url)
        ready.set()

    with open_assistant(seeds_store, settings=Settings()) as assistant:
        args = (Bilingual(assistant), "127.0.0.1", 0, (COUNTED, REFUSED), announce)
        threading.Thread(target=serve, args=args, daemon=True).start()
        assert ready.wait(PATIENCE_MS / 1000)
        yield urls[0]


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, address):
    """Opens the chat in a fresh window; in the end nothing may have gone wrong, nor been asked of another host."""
    contexts, wrong, requests = [], [], []

    def told(error, forgiven):
        if not forgiven or forgiven not in error:
            wrong.append(error)

    def go(forgiven=None, **options):
        context = browser.new_context(viewport=options.pop("viewport", {"width": 1280, "height": 860}), **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("console", lambda said: told(said.text, forgiven) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(address)
        page.get_by_placeholder("اسأل عن الأخبار…").wait_for()
        return page

    yield go
    for context in contexts:
        context.close()
    assert wrong == []
    assert [url for url in requests if not url.startswith((address, "data:"))] == []


def expect(locator):
    return sync_api.expect(locator)


@pytest.fixture(autouse=True, scope="module")
def patience():
    sync_api.expect.set_options(timeout=PATIENCE_MS)


def ask(page, question, turn=1):
    box = page.get_by_placeholder("اسأل عن الأخبار…")
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_click_leads_to_the_quoted_words_and_escape_back(visit, scheme):
    page = visit(color_scheme=scheme)
    shot(page, f"first-{scheme}")
    ask(page, COUNTED)
    shot(page, f"answer-{scheme}")
    marker = page.locator("#t1 .text a.marker").nth(1)
    marker.click()
    assert opened_quote(page) == page.locator("#t1-s2 blockquote").inner_text()
    assert page.locator("#reader mark:not(.here)").inner_text() == page.locator("#t1-s3 blockquote").inner_text()
    painted = page.locator("#reader mark.here").evaluate("e => getComputedStyle(e).backgroundColor")
    assert painted != page.locator("#reader").evaluate("e => getComputedStyle(e).backgroundColor")
    assert page.locator("#reader h2").inner_text() == page.locator("#t1-s2 .title").inner_text()
    shot(page, f"reader-{scheme}")
    page.mouse.move(5, 5)  # else the marker, back under the pointer, shows its quote
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(marker).to_be_focused()
    expect(page.locator("#glimpse")).to_be_hidden()


def test_the_citations_are_gone_through_one_by_one(visit):
    page = visit()
    ask(page, COUNTED)
    page.locator("#t1 .text a.marker").first.click()
    place, following = page.locator("#reader .place"), page.get_by_role("button", name="التالي")
    expect(place).to_have_text("الاقتباس 1 من 3")
    for n in (2, 3, 1):
        following.click()
        expect(place).to_have_text(f"الاقتباس {n} من 3")
        expect(page.locator("#reader mark.here")).to_have_text(page.locator(f"#t1-s{n} blockquote").inner_text())
        expect(page.locator("#reader mark.here")).to_be_in_viewport()
        expect(following).to_be_focused()
    page.get_by_role("button", name="السابق").click()
    expect(place).to_have_text("الاقتباس 3 من 3")
    ask(page, REFUSED, turn=2)  # beside the answer, the panel stays while the conversation goes on
    expect(page.locator("#reader")).to_be_visible()
    shot(page, "reader-goes-on")
    page.get_by_role("button", name="أغلق المقال").click()
    expect(page.locator("#reader")).to_be_hidden()


def test_the_keyboard_alone_is_enough(visit):
    page = visit(reduced_motion="reduce")
    ask(page, COUNTED)
    marker = page.locator("#t1 .text a.marker").first
    page.locator("#t1 .question").click()
    page.keyboard.press("Tab")
    expect(marker).to_be_focused()
    expect(page.locator("#glimpse .quote")).to_have_text(page.locator("#t1-s1 blockquote").inner_text())
    page.keyboard.press("Escape")
    expect(page.locator("#glimpse")).to_be_hidden()
    page.keyboard.press("Enter")
    assert opened_quote(page) == page.locator("#t1-s1 blockquote").inner_text()
    page.keyboard.press("Escape")
    expect(marker).to_be_focused()


def test_pointing_at_a_marker_shows_its_quote(visit):
    page = visit()
    ask(page, COUNTED)
    page.locator("#t1 .text a.marker").nth(1).hover()
    expect(page.locator("#glimpse .quote")).to_have_text(page.locator("#t1-s2 blockquote").inner_text())
    shot(page, "glimpse")
    page.locator("#glimpse").hover()
    expect(page.locator("#glimpse")).to_be_visible()
    page.locator("header h1").hover()
    expect(page.locator("#glimpse")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_article_is_a_sheet_over_the_answer(visit, scheme):
    page = visit(**PHONE, color_scheme=scheme)
    shot(page, f"phone-first-{scheme}")
    ask(page, COUNTED)
    shot(page, f"phone-answer-{scheme}")
    page.locator("#t1 .text a.marker").first.tap()
    assert opened_quote(page) == page.locator("#t1-s1 blockquote").inner_text()
    assert page.locator("#reader").evaluate("e => e.matches(':modal') && e.scrollWidth <= innerWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, f"phone-reader-{scheme}")
    page.touchscreen.tap(195, 30)  # beside the sheet
    expect(page.locator("#reader")).to_be_hidden()


def test_the_nearest_quotes_of_an_abstention_open_too(visit):
    page = visit()
    page.get_by_role("button", name=REFUSED).click()
    page.locator('#t1 .answer[aria-busy="false"]').wait_for()
    shot(page, "abstention")
    title = page.locator("#t1-n1 .open")
    title.click()
    assert opened_quote(page) == page.locator("#t1-n1 blockquote").inner_text()
    shot(page, "abstention-reader")
    page.keyboard.press("Escape")
    expect(title).to_be_focused()


def test_an_english_article_is_read_from_the_left(visit):
    page = visit()
    ask(page, ENGLISH.question)
    shot(page, "english")
    page.locator("#t1 .text a.marker").first.click()
    assert opened_quote(page) == "The minister said 10,000 soldiers had arrived."
    assert page.locator("#reader .words").evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert page.locator("#reader .about a").get_attribute("href") == TROOPS.url
    shot(page, "english-reader")


def test_the_answer_is_copied_with_its_sources(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    ask(page, COUNTED)
    page.get_by_role("button", name="انسخ مع المصادر").click()
    expect(page.locator("#t1 .copy")).to_have_text("نُسخ الجواب ومصادره")
    copied = page.evaluate("navigator.clipboard.readText()")
    quote = page.locator("#t1-s1 blockquote").inner_text()
    assert "[1]" in copied and copied.count("المصادر:") == 1 and f"«{quote}»" in copied and "<" not in copied


def test_an_article_that_is_gone_is_said_in_one_line(visit):
    page = visit(forgiven="404")
    ask(page, COUNTED)
    page.locator("#t1-s1").evaluate("e => e.dataset.at = '0-999999'")
    page.locator("#t1 .text a.marker").first.click()
    expect(page.locator("#reader .failure")).to_contain_text("لم يعد هذا المقال")
