"""What readers do beside asking, in a real browser: rate an answer, add what an address holds, measure, switch."""

from contextlib import closing

import pytest

from index.storage.library import Library
from tests.chat.browsing import COUNTED, REFUSED, ask, expect, shot
from tests.chat.test_browser_tabs import check


def ratings(store):
    with closing(Library.open(store)) as library:
        return [(rating.question, rating.verdict, rating.reason, rating.note) for _, rating in library.ratings.all()]


@pytest.mark.parametrize(
    ("language", "good", "bad", "reason", "send", "thanks"),
    [
        ("ar", "إجابة جيدة", "إجابة سيئة", "الجواب في المقالات", "أرسل التقييم", "شكرًا، حُفظ تقييمك."),
        ("en", "Good answer", "Bad answer", "The articles do tell", "Send", "Thank you, your rating is kept."),
    ],
)
def test_an_answer_is_rated_and_the_rating_changed(visit, served, language, good, bad, reason, send, thanks):
    page = visit(locale=language)
    ask(page, COUNTED)
    first, second = page.locator("#t1"), page.locator("#t2")
    first.get_by_role("button", name=good).click()
    expect(first.locator(".rating .told")).to_have_text(thanks)
    expect(first.get_by_role("button", name=good)).to_have_attribute("aria-pressed", "true")
    ask(page, REFUSED, turn=2)
    expect(first.get_by_role("button", name=good)).to_have_attribute("aria-pressed", "true")  # drawn anew above
    assert ratings(served)[-1:] == [(COUNTED, "good", None, None)]

    first.get_by_role("button", name=bad).click()
    expect(first.get_by_text(reason)).to_be_hidden()  # it was no refusal
    page.keyboard.press("Escape")
    expect(first.locator("form.reasons")).to_have_count(0)
    second.get_by_role("button", name=bad).click()
    check(page)
    second.get_by_text(reason).click()
    second.locator("form.reasons [name=note]").fill("المعاهدة صودق عليها")
    shot(page, f"rating-{language}")
    second.get_by_role("button", name=send).click()
    expect(second.locator(".rating .told")).to_have_text(thanks)
    assert ratings(served)[-1] == (REFUSED, "bad", "refused", "المعاهدة صودق عليها")
    shot(page, f"rated-{language}")
    for turn, verdict in ((first, good), (second, bad)):
        turn.get_by_role("button", name=verdict).click()
        expect(turn.get_by_role("button", name=verdict)).to_have_attribute("aria-pressed", "false")
    assert ratings(served) == []
