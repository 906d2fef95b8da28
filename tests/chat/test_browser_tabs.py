"""The library's and the other tabs in a real browser."""

import pytest

from tests.chat.browsing import PHONE, ask, expect, shot

BRIDGE = "افتتح الوزير سالم المنصوري جسر النهر الكبير يوم الخميس.\n\nوكلّف الجسر 12 مليون دينار، بحسب الوزارة.\n"


def test_files_are_added_read_removed_and_put_back(visit, tmp_path):
    page = visit(forgiven="400")
    page.get_by_role("link", name="المكتبة").click()
    for name, data in (("جسر.txt", BRIDGE.encode()), ("x.pdf", b"%PDF"), ("x.exe", b"MZ")):
        (tmp_path / name).write_bytes(data)
    page.locator("#library input[type=file]").set_input_files([*tmp_path.iterdir()])
    lines = page.locator("#library .adding li")
    expect(lines.filter(has_text="جسر.txt")).to_contain_text("أُضيف: مقال واحد")
    expect(lines.filter(has_text="x.pdf")).to_contain_text("لم يُقرأ منه شيء")
    expect(lines.filter(has_text="x.exe")).to_contain_text("cannot read .exe")
    shot(page, "library-added")

    page.get_by_label("ابحث في العناوين والمصادر").fill("النهر")
    expect(page.locator("#library .item")).to_have_count(1)
    page.locator("#library .item .open").click()
    expect(page.locator("#reader .words")).to_contain_text("12 مليون دينار")
    shot(page, "library-reader")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="الأسئلة").click()
    ask(page, "كم كلّف جسر النهر الكبير؟")
    expect(page.locator("#t1 .text")).to_contain_text("12 مليون دينار")

    page.go_back()
    page.locator("#library .item .delete").click()
    expect(page.locator("#library .undo")).to_be_visible()
    expect(page.locator("#library .item")).to_have_count(0)
    shot(page, "library-removed")
    page.get_by_role("button", name="تراجع").click()
    expect(page.locator("#library .item")).to_have_count(1)


def test_dragged_files_are_added_too(visit):
    page = visit(path="#library")
    drop = """([name, text]) => {
      const dragged = new DataTransfer();
      dragged.items.add(new File([text], name));
      document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { bubbles: true, dataTransfer: dragged }));
    }"""
    page.evaluate(drop, ["قمح.txt", "ارتفع سعر القمح في الأسواق إلى 300 دولار للطن.\n"])
    expect(page.locator("#library .adding li")).to_contain_text("أُضيف: مقال واحد")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_tabs_fit_a_phone(visit, language):
    page = visit(**PHONE, path="en/#library" if language == "en" else "#library", locale=language)
    for tab, ready in (("library", "tbody tr"), ("about", ".health li")):
        page.locator(f'#top nav a[href="#{tab}"]').tap()
        page.locator(f"#{tab} {ready}").first.wait_for()
        assert page.evaluate(
            "document.documentElement.scrollWidth <= screen.width"
        )  # a phone zooms out of a wider page
        shot(page, f"phone-{tab}-{language}")
