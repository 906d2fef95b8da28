"""The pages in a real browser: phone, desktop, dark, print. Screenshots lie in pytest's temporary folder."""

import pytest

pytest.importorskip("websockets")

from eval.page.comparison import compare_page
from eval.page.page import report_page
from tests.eval.page.browser import NAMES, browser, installed
from tests.eval.reports import hostile_report, sample_comparison, sample_report

pytestmark = pytest.mark.skipif(not installed(), reason=f"no browser: none of {', '.join(NAMES)} is installed")

PAGES = {
    "report": report_page(sample_report()),
    "hostile": report_page(hostile_report()),
    "comparison": compare_page(sample_comparison()),
}
OPEN_ALL = "for (const each of document.querySelectorAll('details')) each.open = true"
# What reaches beyond the window, but for what scrolls in a box of its own or is there for screen readers alone.
TOO_WIDE = """(() => {
  const width = document.documentElement.clientWidth;
  const inside = (e) => e.closest(".scroll, nav, .narrow, .figures thead");
  const wide = [...document.body.querySelectorAll("*")].filter((e) => !inside(e) && e.getBoundingClientRect().width)
    .filter((e) => e.getBoundingClientRect().right > width + 1 || e.getBoundingClientRect().left < -1);
  const page = document.documentElement.scrollWidth > width ? ["the page"] : [];
  return [...page, ...wide.map((e) => e.outerHTML.slice(0, 90))];
})()"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("pages")
    for name, html in PAGES.items():
        (found / f"{name}.html").write_text(html, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def tab(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(autouse=True)
def nothing_leaves(tab):
    """No test of this file makes a page ask for anything but itself, or complain."""
    tab.requests.clear()
    tab.complaints.clear()
    yield
    assert [address for address in tab.requests if not address.startswith("file:")] == []
    assert len(tab.requests) == 1
    assert tab.complaints == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_everything_fits_the_window(tab, folder, name, scheme, width):
    tab.open(folder / f"{name}.html", width=width, scheme=scheme)
    assert tab.run(TOO_WIDE) == []
    assert tab.screenshot(folder / f"{name}-{scheme}-{width}.png").startswith(b"\x89PNG")
    tab.run(OPEN_ALL)
    assert tab.run(TOO_WIDE) == []
    tab.screenshot(folder / f"{name}-{scheme}-{width}-open.png")


def test_dark_is_dark(tab, folder):
    tab.open(folder / "report.html", width=360, scheme="dark")
    assert tab.run("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 26)"


def test_in_print_every_detail_is_open_and_controls_are_gone(tab, folder):
    tab.open(folder / "report.html", width=700, media="print")
    assert tab.run("[...document.querySelectorAll('.drill')].every((e) => e.getBoundingClientRect().height > 40)")
    assert tab.run("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert tab.run(TOO_WIDE) == []
    tab.screenshot(folder / "report-print.png")
    assert tab.pdf(folder / "report.pdf").startswith(b"%PDF")


def test_filters_show_what_they_say(tab, folder):
    tab.open(folder / "report.html", width=1200)
    shown = (
        "[...document.querySelectorAll('.question')].filter((e) => !e.hidden).map((e) => e.dataset.number).join(' ')"
    )
    form = "const form = document.querySelector('form')"
    choose = f"{form}; form.elements.{{}}.value = '{{}}'; form.dispatchEvent(new Event('input'))"
    told = "document.querySelector('output').textContent"
    assert tab.run(told) == "6 of 6 shown"
    tab.run(f"{{{choose.format('verdict', 'right')}}}")
    assert (tab.run(shown), tab.run(told)) == ("4 1", "2 of 6 shown")
    tab.run(f"{{{choose.format('reply', 'abstained')}}}")
    assert tab.run(shown) == "4"
    tab.run("document.querySelector('[data-filter=number]').click()")
    assert tab.run(told) == "5 of 6 shown"
    tab.run(f"{{{choose.format('order', 'number')}}}")
    assert tab.run(shown) == "1 2 3 5 6"
    tab.run(f"{{{choose.format('words', 'troops')}}}")
    assert tab.run(shown) == "6"


def test_arabic_runs_from_right_to_left_and_english_from_left_to_right(tab, folder):
    tab.open(folder / "report.html", width=1200)
    directions = tab.run("[...document.querySelectorAll('h3')].map((e) => getComputedStyle(e).direction).sort().join()")
    assert directions == "ltr,rtl,rtl,rtl,rtl,rtl"
    assert tab.run("document.documentElement.dir") == "ltr"


def test_a_marker_leads_to_the_article(tab, folder):
    tab.open(folder / "report.html", width=360)
    tab.run("document.querySelector('.question[data-number=\"1\"]').open = true")
    tab.run("document.querySelector('.question[data-number=\"1\"] a.marker').click()")
    assert tab.run("document.activeElement.id || document.querySelector(':target').id") == "q1-articles"
