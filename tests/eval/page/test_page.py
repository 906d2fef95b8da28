"""The pages and the table of questions: all that is in the dict, and nothing that foreign text could do."""

import csv
import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from eval.page.charts import risk_coverage_chart, thinned
from eval.page.comparison import compare_page
from eval.page.csv_file import safe, write_csv
from eval.page.highlighting import AROUND, Mark, excerpt, windows
from eval.page.markup import interval, p_value, percent, points
from eval.page.outcomes import outcome, worst_first
from eval.page.page import report_page
from eval.runs.report import report as make_report
from tests.eval.cases import TROOPS, TWELVE, A, at, correcting, fact
from tests.eval.reports import HOSTILE, hostile_report, judged, sample_comparison, sample_report

VOID = {"meta", "img", "input", "br", "link"}
SVG_LEAVES = {"rect", "line", "circle", "polyline"}


class Page(HTMLParser):
    """A page as a browser would see it: every tag with its attributes, and the text; fails where tags do not nest."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self.open = [], "", []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        assert tag in SVG_LEAVES
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.text += data

    def all(self, tag, **attributes):
        return [found for name, found in self.tags if name == tag and attributes.items() <= found.items()]


@pytest.fixture(scope="module")
def report():
    return sample_report()


@pytest.fixture(scope="module")
def page(report):
    return Page(report_page(report))


# ---------------------------------------------------------------- what the page shows


def test_the_headline_is_that_of_the_report(report, page):
    headline = report["measures"]["grounded_correct"]
    assert (headline["n"], headline["value"]) == (6, pytest.approx(2 / 6))
    assert percent(headline["value"]) == "33\u202f%" and percent(headline["value"]) in page.text
    assert "2 of 6 questions." in page.text
    assert "1 right and proved" in page.text and "1 rightly refused" in page.text
    assert "2 answered, but wrong or not proved" in page.text
    assert "1 refused, though the articles tell" in page.text and "1 failed with an error" in page.text
    assert "Over only 1 article, the true interval is wider." in page.text


def test_every_measure_stands_with_its_figures_and_what_it_is(report, page):
    for name, found in report["measures"].items():
        assert name.replace("_", " ") in page.text
        assert percent(found["value"]) in page.text
    assert "Stated vital nuggets / vital nuggets" in page.text
    assert len(page.all("table")) >= 5 and all(head.get("scope") for head in page.all("th"))


def test_a_measure_that_is_not_known_is_shown_by_its_name(report):
    measures = {"grounded_correct": report["measures"]["grounded_correct"]}
    strange = {"value": 0.25, "low": 0.1, "high": 0.4, "n": 8, "clusters": 3}
    shows = Page(report_page(report | {"measures": measures | {"brand_new": strange}})).text
    assert "brand new" in shows and "25\u202f%" in shows and "10\u202f–\u202f40\u202f%" in shows


def test_groups_curves_and_the_run_are_there(report, page):
    for group in ("number", "unanswerable", "development", "test", "ar", "en"):
        assert group in page.text
    charts = [svg["aria-label"] for svg in page.all("svg") if svg.get("class") == "chart"]
    assert [label.split(".")[0] for label in charts] == ["Risk–coverage curve", "Reliability diagram"]
    assert "median 50 ms" in page.text  # 40 and 60 ms
    assert "150 read, 25 written" in page.text
    assert "extractive" in page.text and "facts.jsonl" in page.text


def test_repeats_and_a_judge_are_shown_where_there_are(report):
    judge = {"labels": ["supported", "not supported"], "rows": [[90, 10], [7, 93]], "kappa": 0.83}
    shows = Page(report_page(report | {"repeats": {"runs": 3, "flips": ["x-1"]}, "judge": judge})).text
    assert "Asked 3 times: 1 question is right in some runs only: x-1" in shows
    assert "κ 0.83" in shows and "93" in shows


def test_what_a_report_lacks_is_left_out(report):
    lean = {key: report[key] for key in ("settings", "measures", "by_category", "by_split", "questions")}
    shows = Page(report_page(lean))
    assert "Confidence and abstention" not in shows.text
    assert "is not in this report" in shows.text  # articles


def test_an_empty_report_is_a_page():
    empty = {"settings": {}, "measures": {}, "by_category": {}, "by_split": {}, "questions": [], "articles": {}}
    assert "No question was judged." in Page(report_page(empty)).text


def test_the_questions_stand_worst_first_with_what_the_filters_need(report, page):
    listed = [d for d in page.all("details") if d.get("class") == "question"]
    ends = [outcome(question) for question in worst_first(report["questions"])]
    assert ends == ["failed", "wrong", "wrong", "silent", "abstained", "proved"]
    assert [d["data-reply"] for d in listed] == ["failed", "answered", "answered", "abstained", "abstained", "answered"]
    assert [d["data-verdict"] for d in listed] == ["wrong"] * 4 + ["right"] * 2
    assert {d["data-category"] for d in listed} == {"number", "unanswerable"}
    assert sorted(int(d["data-number"]) for d in listed) == [1, 2, 3, 4, 5, 6]
    assert all(form.get("hidden", "") is None for form in page.all("form"))


def test_a_drill_down_tells_answer_gold_and_why(page):
    for told in ("does not state: ", "says what is wrong: ", "Failed: no endpoint", "Must not say: 11 ألف"):
        assert told in page.text
    assert "No answer: the articles do not tell." in page.text
    assert "cited, not gold" in page.text and "gold, not cited" in page.text
    links = {a["href"] for a in page.all("a") if a["href"].startswith("#q")} - {"#questions"}
    assert links and links <= {f"#{section.get('id')}" for section in page.all("section")}


def test_a_corrected_premise_is_an_answer_with_its_contradicting_quote():
    corrected = judged("p", fact(TWELVE, category="false_premise"), correcting(at(A, TROOPS)), "لماذا لم يُرسل أحد؟")
    found = make_report([corrected], {})
    shows = Page(report_page(found)).text
    assert outcome(found["questions"][0]) == "proved"
    assert "1 right and proved" in shows and "Contradicted by:" in shows and "contradicts the question" in shows


def test_foreign_text_takes_its_own_direction(page):
    heads = page.all("h3")
    assert all(head["dir"] == "auto" for head in heads)
    assert [head.get("lang") for head in heads].count("ar") == 5  # one asks in English
    assert all(quote["dir"] == "auto" for quote in page.all("blockquote"))


# ---------------------------------------------------------------- excerpts


def test_citation_and_gold_are_marked_in_one_excerpt_where_they_overlap():
    html = excerpt("abcdefghij", [Mark(2, 6, "cited", "[1]"), Mark(4, 8, "gold", "gold 1")])
    assert html == (
        '<blockquote dir="auto">ab<mark class="cited"><bdi class="tag cited">[1]</bdi>cd</mark>'
        '<mark class="cited gold"><bdi class="tag gold">gold 1</bdi>ef</mark>'
        '<mark class="gold">gh</mark>ij</blockquote>'
    )


def test_a_long_article_is_trimmed_around_its_marks_at_word_ends():
    text = "قبل " * 200 + TROOPS + " بعد" * 200
    start = text.index(TROOPS)
    (window,) = windows(text, [Mark(start, start + len(TROOPS), "cited", "[1]")])
    before, after = text[window[0] : start], text[start + len(TROOPS) : window[1]]
    assert before.startswith("قبل") and after.endswith("بعد")
    assert AROUND - 4 <= len(before) <= AROUND and AROUND <= len(after) <= AROUND + 4
    html = excerpt(text, [Mark(start, start + len(TROOPS), "cited", "[1]")])
    assert html.count("<i>…</i>") == 2 and TROOPS in html


def test_near_marks_share_a_window_and_far_ones_do_not():
    text = "ا " * 2000
    assert len(windows(text, [Mark(0, 10, "cited", ""), Mark(300, 310, "gold", "")])) == 1
    assert len(windows(text, [Mark(0, 10, "cited", ""), Mark(3000, 3010, "gold", "")])) == 2


def test_marks_outside_the_text_are_cut():
    assert excerpt("abc", [Mark(1, 99, "gold", "g"), Mark(50, 60, "cited", "[1]")]).count("<mark") == 1


# ---------------------------------------------------------------- foreign text does nothing


@pytest.mark.parametrize(
    "html",
    [report_page(hostile_report()), compare_page(sample_comparison(HOSTILE))],
    ids=["report", "comparison"],
)
def test_hostile_text_stays_text(html):
    shows = Page(html)  # fails where a tag of theirs closes one of ours
    assert len(shows.all("script")) == 1 and shows.all("img") == []
    assert "\u202e" not in html and "\u2066" not in html
    attributes = {name for _, found in shows.tags for name in found}
    assert not {name for name in attributes if name.startswith("on") or name == "style"}
    assert all(a["href"].startswith("#") for a in shows.all("a"))
    assert "<script>alert(1)</script>" in shows.text  # as words, where they belong


@pytest.mark.parametrize(
    "html", [report_page(sample_report()), compare_page(sample_comparison())], ids=["report", "comparison"]
)
def test_the_file_names_no_address_and_its_policy_allows_none(html):
    assert re.findall(r"(?i)https?:|//\w|url\(|@import|srcset", html.replace("'none'", "")) == []
    (policy,) = (meta["content"] for meta in Page(html).all("meta") if "http-equiv" in meta)
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy
    assert all("src" not in found for _, found in Page(html).tags)


def test_a_web_address_becomes_a_link_under_its_host(report):
    articles = {id: dict(row, url="https://www.example.org/x?<y>") for id, row in report["articles"].items()}
    (link, *_) = (a for a in Page(report_page(report | {"articles": articles})).all("a") if "://" in a["href"])
    assert link == {"href": "https://www.example.org/x?<y>", "target": "_blank", "rel": "noopener noreferrer nofollow"}


def test_half_a_surrogate_pair_can_be_written(report):
    report_page(report | {"settings": {"answerer": "\ud800"}}).encode("utf-8")


# ---------------------------------------------------------------- the comparison


def test_a_comparison_shows_differences_tests_and_flips():
    shows = Page(compare_page(sample_comparison()))
    for told in ("+10.0", "−5.0 to +25.0", "from A 40\u202f% to B 50\u202f%", "This difference could be chance."):
        assert told in shows.text
    assert "Only A is right on 1, only B on 2: McNemar's p = 1.000" in shows.text
    assert "Only A is right (1)" in shows.text and "Only B is right (2)" in shows.text
    assert TROOPS in shows.text and "Reason: not stated" in shows.text  # both answers of the first flip
    assert "date" not in shows.text  # no flips there
    assert "differs" in shows.text


@pytest.mark.parametrize(("p", "difference", "told"), [(0.01, 0.1, "B is better."), (0.01, -0.1, "A is better.")])
def test_who_is_better_is_told_only_where_it_is_no_chance(p, difference, told):
    found = sample_comparison()
    found["measures"][0] |= {"p": p, "difference": difference}
    assert told in Page(compare_page(found)).text


def test_runs_that_agree_have_no_flips():
    found = sample_comparison() | {"flips": [], "by_category": {}, "mcnemar": {"only_a": 0, "only_b": 0, "p": 1.0}}
    assert "Both are right on the same questions." in Page(compare_page(found)).text


# ---------------------------------------------------------------- numbers, curves, colours


def test_numbers_as_they_are_read():
    assert (percent(0.376), percent(None), percent(1)) == ("38\u202f%", "–", "100\u202f%")
    assert (interval(0.318, 0.44), interval(None, None)) == ("32\u202f–\u202f44\u202f%", "–")
    assert (points(-0.034), points(0.5)) == ("−3.4", "+50.0")
    assert (p_value(0.0004), p_value(0.25), p_value(None)) == ("< 0.001", "0.250", "–")


def test_a_curve_is_drawn_on_axes_that_hold_it():
    html = risk_coverage_chart([(0.5, 0.0), (1.0, 0.3)], 0.5)
    assert 'points="208.0,252.0 366.0,73.5"' in html  # half way; at 3/4 of an axis that ends at 40 %
    assert "Risk is 30\u202f% where 100\u202f% are answered. At most 5\u202f% risk: 50\u202f% answered." in html


def test_a_curve_in_a_table_has_a_row_a_tenth():
    curve = [(n / 100, 0.1) for n in range(1, 101)]
    assert [round(coverage, 2) for coverage, _ in thinned(curve)] == [n / 10 for n in range(1, 11)]
    assert thinned([(0.04, 0.5)]) == [(0.04, 0.5)]


def palettes():
    css = files("eval.page").joinpath("style.css").read_text(encoding="utf-8")
    return [dict(re.findall(r"--(\w+): (#\w+);", block)) for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL)]


def luminance(colour):
    """Relative luminance (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark", "print"])
def test_words_stand_out_from_their_ground(palette):
    grounds = {"paper": ("ink", "soft", "accent", "alarm"), "card": ("ink", "soft", "accent", "alarm", "gold"),
               "tint": ("ink", "soft", "accent", "alarm"), "cited": ("ink", "gold")}  # fmt: skip
    for ground, inks in grounds.items():
        for ink in inks:
            light, dark = sorted((luminance(palette[ground]), luminance(palette[ink])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ground, ink)


# ---------------------------------------------------------------- the table of questions


def test_the_csv_has_a_row_a_question(report, tmp_path):
    file = tmp_path / "questions.csv"
    write_csv(report, file)
    assert not file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(file.open(encoding="utf-8", newline="")))
    assert [row["id"] for row in rows] == [question["id"] for question in report["questions"]]
    assert list(rows[0])[:6] == ["id", "category", "split", "lang", "question", "answer"] and list(rows[0])[-1] == "why"
    first = rows[0]
    assert (first["answer"], first["grounded_correct"], first["refused_unanswerable"]) == (TROOPS, "1.0", "")
    assert rows[4]["answer"] == "no endpoint" and rows[1]["why"].startswith("does not state: ")


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1+1", "'=1+1"), ("+2", "'+2"), ("-3 درجات", "'-3 درجات"), ("@x", "'@x"), (" =1", "' =1"), ("\t=1", "'\t=1"),
     ("＝1", "'＝1"), ("12 - 3", "12 - 3"), ("", "")],
)  # fmt: skip
def test_no_cell_is_a_formula(text, cell):
    assert safe(text) == cell


def test_hostile_questions_are_written_as_text(tmp_path):
    found = sample_report()
    found["questions"][0]["question"] = '=HYPERLINK("http://evil")\n,"x"'
    write_csv(found, tmp_path / "q.csv")
    rows = list(csv.DictReader((tmp_path / "q.csv").open(encoding="utf-8", newline="")))
    assert rows[0]["question"] == '\'=HYPERLINK("http://evil")\n,"x"' and len(rows) == 6
