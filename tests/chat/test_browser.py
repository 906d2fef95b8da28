"""The chat in a real browser: one click leads to the words that prove a sentence, and no other host is asked."""

import pytest

from tests.chat.browsing import COUNTED, ENGLISH, PHONE, REFUSED, TROOPS, ask, expect, opened_quote, shot


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
    marker = page.locator("#t1 a.marker").first
    page.locator("#t1 .asked .edit").focus()
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
    assert page.locator("#reader").evaluate("e => e.matches(':modal') && e.scrollWidth <= screen.width")
    assert page.evaluate("document.documentElement.scrollWidth <= screen.width")
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


@pytest.mark.parametrize(("look", "scheme"), [({}, "dark"), (PHONE, "light")])
def test_an_english_browser_gets_an_english_page_and_may_switch(visit, look, scheme):
    page = visit(**look, color_scheme=scheme, locale="en-GB")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["en", "ltr"]
    size = "phone" if look else "wide"
    shot(page, f"english-first-{size}")
    ask(page, COUNTED)
    expect(page.locator("#t1 .conflict")).to_contain_text("The figures differ")
    for name, direction in ((".question", "rtl"), (".text", "rtl"), (".actions .copy", "rtl")):
        assert page.locator(f"#t1 {name}").first.evaluate("e => getComputedStyle(e).direction") == direction
    shot(page, f"english-answer-{size}")
    page.locator("#t1 .text a.marker").first.click()
    expect(page.locator("#reader .place")).to_have_text("Quote 1 of 3")
    expect(page.locator("#reader .about")).to_contain_text("undated")
    shot(page, f"english-reader-{size}")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="العربية").click()
    expect(page.get_by_role("button", name="اسأل")).to_be_visible()
    page.reload()  # remembered, though the browser prefers English
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


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
