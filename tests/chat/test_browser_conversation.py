"""Conversations in a real browser: kept there, restored, renamed, deleted; questions edited, stopped, tried again."""

import pytest

from tests.chat.browsing import COUNTED, FAILING, PHONE, REFUSED, SLOW, ask, expect, shot


def settled(page, turn, place="#live"):
    page.locator(f'{place} #t{turn} .answer[aria-busy="false"]').wait_for()


def questions(page):
    return page.locator(".turn .question").all_inner_texts()


@pytest.mark.parametrize(("look", "scheme"), [({}, "light"), (PHONE, "dark")])
def test_a_conversation_is_kept_restored_renamed_and_deleted(visit, look, scheme):
    page = visit(**look, color_scheme=scheme)
    size = "phone" if look else "wide"
    page.get_by_role("button", name=COUNTED).click()
    settled(page, 1)
    ask(page, "ومتى كان ذلك؟", 2)
    expect(page.locator("#t2 .understood")).to_contain_text("فُهم السؤال")
    shot(page, f"conversation-{size}")
    told = page.locator(".turn").all_inner_texts()
    page.reload()
    page.locator("#past #t2").wait_for()
    assert page.locator(".turn").all_inner_texts() == told

    page.get_by_role("button", name="المحادثات").click()
    page.get_by_role("button", name="غيّر اسم المحادثة").click()
    page.get_by_label("اسم المحادثة", exact=True).fill("جنود")
    page.keyboard.press("Enter")
    expect(page.locator("#talks .title")).to_have_text("جنود")
    shot(page, f"conversations-{size}")
    page.locator("#talks .fresh").click()
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, REFUSED)
    page.get_by_role("button", name="المحادثات").click()
    expect(page.locator("#talks .title")).to_have_text([REFUSED, "جنود"])
    page.locator("#talks .delete").first.click()
    expect(page.locator("#talks .title")).to_have_text(["جنود"])
    shot(page, f"conversation-deleted-{size}")
    page.get_by_role("button", name="تراجع").click()
    expect(page.locator("#talks .title")).to_have_text([REFUSED, "جنود"])
    page.get_by_role("button", name="جنود", exact=True).click()
    page.locator("#past #t2").wait_for()
    assert questions(page) == [COUNTED, "ومتى كان ذلك؟"]


def test_two_people_do_not_see_each_other(visit):
    one, other = visit(), visit()
    ask(one, COUNTED)
    other.reload()
    expect(other.locator(".welcome")).to_be_visible()
    other.get_by_role("button", name="المحادثات").click()
    expect(other.locator("#talks .none")).to_be_visible()


def test_a_question_is_edited_and_asked_again_in_its_place(visit):
    page = visit()
    ask(page, COUNTED)
    ask(page, "ومتى كان ذلك؟", 2)
    page.locator("#t1 .asked .edit").click()
    expect(page.get_by_label("السؤال بعد التعديل")).to_have_value(COUNTED)
    shot(page, "editing")
    page.keyboard.press("Escape")
    expect(page.locator("#t1 .asked .edit")).to_be_focused()
    page.locator("#t1 .asked .edit").click()
    page.get_by_label("السؤال بعد التعديل").fill(REFUSED)
    page.keyboard.press("Enter")
    settled(page, 1)
    expect(page.locator("#later #t2")).to_be_visible()
    assert questions(page) == [REFUSED, "ومتى كان ذلك؟"]
    shot(page, "edited")
    page.locator("#t2 .understood .edit").click()
    page.get_by_label("السؤال بعد التعديل").fill("متى صادق مجلس الدوما على المعاهدة؟")
    page.get_by_role("button", name="اسأل من جديد").click()
    settled(page, 2)
    expect(page.locator("#t2 .understood")).to_have_count(0)
    page.reload()
    page.locator("#past #t2").wait_for()
    assert questions(page) == [REFUSED, "متى صادق مجلس الدوما على المعاهدة؟"]


def test_an_answer_under_way_is_stopped_and_asked_again(visit):
    page = visit()
    page.locator("#composer textarea").fill(SLOW)
    page.keyboard.press("Enter")
    page.locator("#t1 .draft").wait_for()
    shot(page, "under-way")
    page.get_by_role("button", name="أوقف").click()
    expect(page.locator("#t1 .again")).to_be_visible()
    expect(page.locator("#t1 .draft")).to_have_count(0)
    shot(page, "stopped")
    ask(page, COUNTED, 2)
    assert questions(page) == [SLOW, COUNTED]


def test_an_error_is_said_in_place_and_tried_again_there(visit):
    page = visit()
    ask(page, FAILING)
    expect(page.locator("#t1 .failure")).to_contain_text("The LLM did not answer.")
    shot(page, "failed")
    page.get_by_role("button", name="حاول مجدّدًا").click()
    expect(page.locator("#t1 .failure")).to_have_count(0)
    settled(page, 1)
    assert questions(page) == [FAILING]


def test_what_follows_an_answer(visit):
    page = visit()
    ask(page, COUNTED)
    first = page.locator(".next button").first
    first.wait_for()
    assert page.locator(".next button").count() <= 3 and COUNTED not in page.locator(".next button").all_inner_texts()
    page.locator("#t1 .export summary").click()
    shot(page, "export")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Markdown").click()
    text = kept.value.path().read_text(encoding="utf-8")
    assert kept.value.suggested_filename.endswith(".md") and f"## {COUNTED}" in text and "[1]" in text
    asked = first.inner_text()
    first.click()
    settled(page, 2)
    assert questions(page) == [COUNTED, asked] and page.locator("#t2 a.marker").count()
    shot(page, "followed")


def test_the_question_is_narrowed_to_a_source_and_days(visit):
    page = visit()
    page.get_by_text("تصفية", exact=True).click()
    source = page.locator(".filters select")
    page.locator(".filters option", has_text="أسوشيتد برس").wait_for(state="attached")
    source.select_option("أسوشيتد برس")
    shot(page, "filters")
    ask(page, COUNTED)
    expect(page.locator("#t1")).to_contain_text("بحثنا في جزء من المقالات: أسوشيتد برس.")
    assert {*page.locator("#t1 .card .about bdi").all_inner_texts()} <= {"أسوشيتد برس", "بلا تاريخ"}
    shot(page, "filtered")
    page.get_by_role("button", name="ألغِ التصفية").click()
    ask(page, COUNTED, 2)
    expect(page.locator("#t2")).not_to_contain_text("بحثنا في جزء")
