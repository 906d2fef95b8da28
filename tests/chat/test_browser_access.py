"""WCAG 2 A and AA on every state of the page, by axe-core, in a real browser; a picture of each."""

import pytest

from tests.chat.browsing import COUNTED, PHONE, REFUSED, ask, expect, faults, shot

LOOKS = {  # each language, each scheme and each size with each of the others
    "ar-light-wide": {"locale": "ar", "color_scheme": "light"},
    "ar-dark-phone": {"locale": "ar", "color_scheme": "dark"} | PHONE,
    "en-dark-wide": {"locale": "en", "color_scheme": "dark"},
    "en-light-phone": {"locale": "en", "color_scheme": "light"} | PHONE,
}


@pytest.mark.parametrize("look", LOOKS)
def test_no_state_of_the_page_has_a_fault(visit, axe, look):
    page = visit(**LOOKS[look], reduced_motion="reduce")
    found = []

    def check(state):
        shot(page, f"{state}-{look}")
        found.extend(f"{state}: {fault}" for fault in faults(page, axe))

    check("first")
    ask(page, COUNTED)
    page.locator(".next button").first.wait_for()
    check("answer")
    page.locator(".filters summary").click()
    page.locator("#t1 .export summary").click()
    check("opened")
    page.locator("#t1 a.marker").first.click()
    page.locator("#reader mark.here").wait_for()
    check("reader")
    page.keyboard.press("Escape")
    page.locator("#t1 .asked .edit").click()
    check("editing")
    page.keyboard.press("Escape")
    page.locator("#top .talks").click()
    check("conversations")
    page.locator("#talks .rename").click()
    check("renaming")
    page.keyboard.press("Escape")
    page.locator("#talks .delete").click()
    check("deleted")
    page.keyboard.press("Escape")
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, REFUSED)
    page.locator("#t1-n1").wait_for()
    check("abstention")
    for tab, ready in (("library", "tbody tr"), ("about", ".health li")):
        page.locator(f'#top nav a[href="#{tab}"]').click()
        page.locator(f"#{tab} {ready}").first.wait_for()
        check(tab)
    assert not found, "\n".join(found)
