"""What readers do beside asking, in a real browser: rate an answer, add what an address holds, measure, switch."""

from contextlib import closing

import pytest

from index.storage.library import Library
from tests.chat.browsing import COUNTED, GEMMA, REFUSED, ask, expect, faults, shot
from tests.index.intake.serving import Page, serving


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
def test_an_answer_is_rated_and_the_rating_changed(visit, axe, served, language, good, bad, reason, send, thanks):
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
    assert faults(page, axe) == []
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


ARTICLE = """<html><head><title>سعر القمح</title></head><body><article><h1>سعر القمح</h1>
<p>ارتفع سعر القمح في أسواق الحبوب إلى 317 دولارًا للطن، بحسب اتحاد المصدّرين، وهو أعلى سعر منذ عامين كاملين.</p>
<p>وقال رئيس الاتحاد جميل الحداد إن الجفاف في مناطق الزراعة سبب الارتفاع.</p></article></body></html>"""


@pytest.mark.parametrize(
    ("language", "label", "button", "added", "failed"),
    [
        ("ar", "أو الصق عنوان مقال أو خلاصة (RSS)", "أضف", "أُضيف: مقال واحد", "لم يُقرأ منه شيء."),
        ("en", "Or paste the address of an article", "Add", "Added: 1 article", "Nothing could be read of it."),
    ],
)
def test_addresses_are_pasted_and_each_says_what_became_of_it(visit, axe, language, label, button, added, failed):
    page = visit(path="en/#library" if language == "en" else "#library", locale=language)
    price = {"ar": "317", "en": "329"}[language]
    wheat = Page(ARTICLE.replace("317", price).encode())
    with serving({"/wheat": wheat}) as site:
        page.get_by_label(label).fill(f"{site.url}/wheat\n{site.url}/gone")
        page.get_by_role("button", name=button, exact=True).click()
        lines = page.locator("#library .adding li")
        expect(lines.nth(0)).to_contain_text(added)
        expect(lines.nth(1)).to_contain_text(failed)
        expect(lines.nth(1).locator("p")).to_contain_text("404")
    expect(page.locator("#library .item").filter(has_text="سعر القمح")).not_to_have_count(0)
    assert faults(page, axe) == []
    shot(page, f"library-addresses-{language}")
    page.locator('#top nav a[href="#ask"]').click()
    ask(page, "كم بلغ سعر القمح في أسواق الحبوب؟")
    expect(page.locator("#t1 .answer")).to_contain_text(price)


@pytest.mark.parametrize(
    ("language", "run", "asked", "stop"),
    [("ar", "ابدأ التقييم", "سُئل 3 من أصل 4", "أوقف"), ("en", "Run the evaluation", "3 of 4 asked", "Stop")],
)
def test_the_answers_are_measured_and_the_report_is_read(visit, axe, served, language, run, asked, stop):
    page = visit(path="en/#evaluation" if language == "en" else "#evaluation", locale=language)
    tab = page.locator("#evaluation")
    tab.get_by_role("button", name=run).click()
    expect(tab.locator(".how")).to_have_text(asked)
    expect(tab.get_by_role("button", name=run)).to_be_disabled()
    assert faults(page, axe) == []
    shot(page, f"evaluation-running-{language}")
    tab.get_by_role("button", name=stop).click()
    expect(tab.locator("progress")).to_be_hidden()

    before = tab.locator(".report").count()
    tab.get_by_role("button", name=run).click()
    expect(tab.locator(".how")).to_have_text(asked)
    (served / "evaluations" / "go").touch()
    expect(tab.locator(".report")).to_have_count(before + 1)
    assert faults(page, axe) == []
    shot(page, f"evaluation-{language}")
    with page.context.expect_page() as opened:
        tab.locator(".report a").first.click()
    expect(opened.value.locator("h1")).to_have_text("Isnad evaluation")
    assert opened.value.url.startswith(page.url.split("#")[0].removesuffix("en/") + "evaluation/report?id=")
    opened.value.set_viewport_size({"width": 1280, "height": 860})
    shot(opened.value, f"evaluation-report-{language}")


@pytest.mark.parametrize(
    ("language", "quotes", "told", "heading"),
    [
        ("ar", "اقتباس بلا نموذج لغوي", "يجيب الآن: gemma3:12b", "يصوغ الإجابات نموذج gemma3:12b"),
        ("en", "quotes, without an LLM", "Answers now: gemma3:12b", "The LLM gemma3:12b words the answers"),
    ],
)
def test_another_llm_answers_from_now_on(visit, axe, language, quotes, told, heading):
    page = visit(path="en/#about" if language == "en" else "#about", locale=language)
    about = page.locator("#about")
    expect(about.get_by_label(quotes)).to_be_checked()
    about.get_by_label("gemma3:12b").check()
    expect(about.locator(".told")).to_contain_text(told)
    expect(about.locator(".facts td").first).to_have_text(GEMMA)
    assert faults(page, axe) == []
    shot(page, f"about-switched-{language}")
    page.reload()
    expect(about.get_by_label("gemma3:12b")).to_be_checked()
    page.locator('#top nav a[href="#ask"]').click()
    expect(page.locator("#start .answerer")).to_contain_text(heading)
    page.locator('#top nav a[href="#about"]').click()
    about.get_by_label(quotes).check()
    expect(about.locator(".told")).to_contain_text(quotes)
