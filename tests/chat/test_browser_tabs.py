"""The library's and the other tabs in a real browser; labels, contrast and the keyboard on every one of them."""

import pytest

from tests.chat.browsing import COUNTED, PHONE, ask, expect, shot

BRIDGE = "افتتح الوزير سالم المنصوري جسر النهر الكبير يوم الخميس.\n\nوكلّف الجسر 12 مليون دينار، بحسب الوزارة.\n"

UNNAMED = """() => [...document.querySelectorAll("button, a, input, select, textarea, summary, [role=img], dialog")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }))
  .filter((e) => ![
      e.getAttribute("aria-label"), e.textContent, e.title, ...[...(e.labels ?? [])].map((l) => l.textContent),
      document.getElementById(e.getAttribute("aria-labelledby"))?.textContent].some((name) => name?.trim()))
  .map((e) => e.outerHTML.slice(0, 200))"""
"""What a screen reader has no name for."""

PALE = """() => {
  const parsed = (css) => (css.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const colour = parsed(getComputedStyle(e).backgroundColor);
      if ((colour[3] ?? 1) === 1 && getComputedStyle(e).backgroundColor !== "transparent") return colour;
    }
    return [255, 255, 255];
  };
  const pale = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const e = node.parentElement;
    if (!node.data.trim() || !e.checkVisibility({ visibilityProperty: true })) continue;
    if (e.closest(".unseen, script, style")) continue;
    const [one, other] = [light(parsed(getComputedStyle(e).color)), light(behind(e))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) pale.push(`${ratio.toFixed(2)} ${e.className} ${node.data.trim().slice(0, 40)}`);
  }
  return pale;
}"""
"""Words below the contrast that WCAG 2 asks for at level AA: 4.5 to 1 (relative luminance as it defines it)."""


def check(page):
    """Everything has a name and can be read."""
    assert page.evaluate(UNNAMED) == []
    assert page.evaluate(PALE) == []


@pytest.mark.parametrize(("language", "scheme"), [("ar", "light"), ("en", "dark")])
def test_every_part_has_names_and_contrast(visit, language, scheme):
    page = visit(locale=language, color_scheme=scheme, reduced_motion="reduce")
    check(page)
    ask(page, COUNTED)
    page.locator(".next button").first.wait_for()
    page.locator(".filters summary").click()
    check(page)
    page.locator("#t1 a.marker").first.click()
    page.locator("#reader mark.here").wait_for()
    check(page)
    page.keyboard.press("Escape")
    page.locator("#top .talks").click()
    check(page)
    page.keyboard.press("Escape")
    for tab, ready in (("library", "tbody tr"), ("about", ".health li")):
        page.locator(f'#top nav a[href="#{tab}"]').click()
        page.locator(f"#{tab} {ready}").first.wait_for()
        check(page)
        shot(page, f"{tab}-{language}-{scheme}")


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
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        shot(page, f"phone-{tab}-{language}")
