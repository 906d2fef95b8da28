"""Answers as lines for a terminal."""

from dataclasses import replace

from assistant.cli.terminal import answer_lines, article_lines, shown
from assistant.types import Answer, Citation, Conflict, ConflictValue, Sentence
from index.reading import make_article

ARTICLE = make_article(
    "قدّرت أوكرانيا العدد بنحو 12 ألف جندي.", "a.md", title="العنوان", source="الوكالة", published="2024-10-21"
)
ANSWER = Answer(
    "كم العدد؟",
    "قدّرت أوكرانيا العدد بنحو 12 ألف جندي. [1]",
    sentences=(Sentence("قدّرت أوكرانيا العدد بنحو 12 ألف جندي.", (1,)),),
    citations=(Citation(1, ARTICLE, 0, len(ARTICLE.text)),),
)


def test_an_answer_shows_number_title_source_date_and_quote() -> None:
    lines = answer_lines(ANSWER)
    assert lines[0] == ANSWER.text
    assert "المصادر:" in lines
    assert "[1] العنوان — الوكالة — 2024-10-21" in lines
    assert "    «قدّرت أوكرانيا العدد بنحو 12 ألف جندي.»" in lines


def test_labels_follow_the_questions_language_and_missing_details_are_left_out() -> None:
    bare = replace(ARTICLE, title=None, source=None, published=None)
    lines = answer_lines(replace(ANSWER, question="How many?", citations=(Citation(1, bare, 0, 5),)))
    assert "Sources:" in lines
    assert "[1] untitled" in lines


def test_an_abstention_shows_the_nearest_quotes_as_nearest() -> None:
    refusal = Answer("من؟", "لا تذكر المقالات جوابًا.", reason="not_stated", nearest=(Citation(1, ARTICLE, 0, 13),))
    lines = answer_lines(refusal)
    assert "أقرب ما ورد في المقالات:" in lines
    assert "المصادر:" not in lines


def test_differing_figures_are_listed_with_who_said_them() -> None:
    values = (ConflictValue(12_000, "جندي", "12 ألف", "أوكرانيا", 1), ConflictValue(10_000, "جندي", "10 آلاف", None, 1))
    lines = answer_lines(replace(ANSWER, conflicts=(Conflict("عدد الجنود", values),)))
    assert "  12 ألف جندي — أوكرانيا [1]" in lines
    assert "  10 آلاف جندي [1]" in lines


def test_nothing_from_an_article_can_drive_the_terminal() -> None:
    hostile = make_article("خبر\x1b]0;x\x07\x1b[2J\u202eمقلوب\u2066", "a\x1b[31m.txt", title="عنوان\x1b[31m")
    answer = replace(ANSWER, text="نص\x1b[2J\x9b31m", citations=(Citation(1, hostile, 0, len(hostile.text)),))
    for line in (*answer_lines(answer), *article_lines([hostile])):
        assert not any(c in line for c in "\x1b\x07\x9b\u202e\u2066")
    assert shown("سطر\nآخر") == "سطر آخر"


def test_long_lines_are_wrapped_between_words() -> None:
    long = make_article("كلمة " * 100, "a.txt")
    lines = answer_lines(replace(ANSWER, citations=(Citation(1, long, 0, 499),)), width=60)
    assert all(len(line) <= 60 for line in lines)


def test_no_wrapped_line_poses_as_a_heading_or_a_source() -> None:
    text = "س" * 95 + " المصادر: " + "ه" * 100 + " [1]"
    posing = replace(ARTICLE, title="س " * 46 + "[2] رويترز", source="⟦3⟧ و" * 30)
    lines = answer_lines(replace(ANSWER, text=text, citations=(Citation(1, posing, 0, 9),)))
    assert [line for line in lines if line == "المصادر:"] == ["المصادر:"]
    assert [line[:3] for line in lines if line.startswith(("[", "⟦"))] == ["[1]"]
    assert any("(2) رويترز" in line for line in lines) and not any(c in line for line in lines for c in "⟦⟧")


def test_a_quote_that_contradicts_and_copies_of_a_report_are_told() -> None:
    other = replace(ARTICLE, id="other", source="جريدة أخرى")
    near = Citation(1, ARTICLE, 0, 13, contradicts=True, copies=(other,))
    lines = answer_lines(Answer("من؟", "ما يفترضه السؤال مخالف.", reason="premise_contradicted", nearest=(near,)))
    assert any("يخالف ما يفترضه السؤال" in line and "ورد أيضًا في: جريدة أخرى" in line for line in lines)
    assert near.to_dict()["copies"] == [
        {"article_id": "other", "title": "العنوان", "source": "جريدة أخرى", "published": "2024-10-21"}
    ]
