"""Figures on which articles differ; different things with different numbers are no conflict."""

import pytest

from assistant.conflicts.disagreement import differing, figures, stated_conflicts
from assistant.extractive.features import FEATURES, Candidate
from assistant.extractive.ranking import candidates
from assistant.linear import Linear
from assistant.question.analysis import Question
from assistant.types import Citation
from index.chunking import chunk
from index.reading import make_article
from index.static import load_background
from index.types import ScoredPassage

QUESTION = "كم عدد الجنود في المدينة؟"


def ranked(*texts: str, question: str = QUESTION, dates: tuple[str, ...] = ()) -> list[Candidate]:
    stated = [*dates, *[None] * len(texts)]
    articles = [make_article(text, f"{n}.txt", published=stated[n]) for n, text in enumerate(texts)]
    passages = [passage for article in articles for passage in chunk(article)]
    scored = [ScoredPassage(p, 1.0, 5.0, 0.5, 1.0) for p in passages]
    weigh = Linear(tuple(1.0 if name == "coverage" else 0.0 for name in FEATURES), 0.0)
    asked = Question.of(question, lambda stem: 1.0, load_background())
    return candidates(asked, scored, weigh, load_background())


def values(*texts: str) -> list[float]:
    return [figure.value.value for figure in differing(QUESTION, figures(QUESTION, ranked(*texts)))]


def test_different_counts_of_one_noun_differ() -> None:
    texts = ("قالت الوزارة إن 300 جندي في المدينة.", "قال الحاكم إن 350 جنديا في المدينة.")
    assert sorted(values(*texts)) == [300, 350]
    found = figures(QUESTION, ranked(*texts))
    citations = [Citation(n, f.candidate.article, f.candidate.start, f.candidate.end) for n, f in enumerate(found, 1)]
    (conflict,) = stated_conflicts(QUESTION, found, citations)
    assert conflict.about == "عدد الجنود في المدينة"
    assert {(v.value, v.said_by) for v in conflict.values} == {(300, "الوزارة"), (350, "الحاكم")}
    assert stated_conflicts(QUESTION, found, citations[:1]) == ()


@pytest.mark.parametrize(
    "other",
    [
        "قال الحاكم إن 300 جندي في المدينة.",  # the same figure
        "قال الحاكم إن ثلاثمئة جندي في المدينة.",
        "قال الحاكم إن 350 سيارة في المدينة.",  # another thing
        "قال الحاكم إن 5000 جندي في المدينة.",  # too far apart to be an estimate of the same
        "قال الحاكم إن الجنود في المدينة.",  # no figure
        "شارك 350 جنديا.",  # covers too little of the question
    ],
)
def test_what_is_no_conflict(other: str) -> None:
    assert values("قالت الوزارة إن 300 جندي في المدينة.", other) == []


def test_a_figure_that_may_be_read_in_two_ways_differs_from_none() -> None:
    texts = ("قالت الوزارة إن 12,500 جندي في المدينة.", "قال الحاكم إن 13.500 جندي في المدينة.")
    assert values(*texts) == []
    assert sorted(values(*texts, "قال النائب إن ١٤،٥٠٠ جندي في المدينة.")) == [12_500, 14_500]


def test_only_questions_that_count_something_have_figures() -> None:
    assert figures("متى دخل الجنود المدينة؟", ranked("دخل 300 جندي المدينة.")) == []


@pytest.mark.parametrize(
    ("question", "texts", "given"),
    [
        (
            "كم تبلغ قيمة المساعدات الغذائية؟",
            ("بلغت قيمة المساعدات الغذائية 5 ملايين دولار.", "قال الوزير إن قيمة المساعدات الغذائية 6 ملايين دولار."),
            [5e6, 6e6],
        ),
        (
            "كم تبعد القوات عن الحدود؟",
            ("تبعد القوات عن الحدود 50 كيلومترا.", "قال مسؤول إن القوات تبعد عن الحدود 60 ألف متر."),
            [50, 60_000],
        ),
        (
            "كم تبعد القوات عن الحدود؟",
            ("تبعد القوات عن الحدود 50 كيلومترا.", "قال مسؤول إن القوات تبعد عن الحدود 50 ألف متر."),
            [],  # one distance in two units
        ),
        (
            "كم بلغت نسبة المشاركة في الانتخابات؟",
            ("بلغت نسبة المشاركة في الانتخابات 11 بالمئة.", "قالت الهيئة إن نسبة المشاركة في الانتخابات 12 بالمئة."),
            [11, 12],
        ),
    ],
)
def test_measures_differ_as_counts_do(question: str, texts: tuple[str, ...], given: list[float]) -> None:
    found = figures(question, ranked(*texts, question=question))
    assert sorted(figure.value.value for figure in differing(question, found)) == given


def test_a_later_figure_stands_behind_the_earlier_one() -> None:
    texts = ("قال الحاكم إن 350 جنديا في المدينة.", "قالت الوزارة إن 300 جندي في المدينة.")
    found = figures(QUESTION, ranked(*texts, dates=("2024-10-25", "2024-10-21")))
    assert [figure.value.value for figure in differing(QUESTION, found)] == [300, 350]


def test_of_two_that_give_one_figure_the_one_that_names_its_source_is_shown() -> None:
    texts = (
        "في المدينة جنود عددهم 350 جنديا.",
        "قالت الوزارة إن 300 جندي في المدينة.",
        "قال الحاكم إن 350 جنديا في المدينة.",
    )
    shown = differing(QUESTION, figures(QUESTION, ranked(*texts)))
    assert {figure.candidate.text for figure in shown} == set(texts[1:])


def test_figures_of_one_article_keep_its_order() -> None:
    text = (
        "قالت الوزارة إن 350 جنديا في المدينة. وقال الحاكم إن 300 جندي في المدينة. وقال العمدة إن 320 جنديا في المدينة."
    )
    assert values(text) == [350, 300, 320]


def test_who_asks_for_one_partys_figure_is_not_told_of_the_others() -> None:
    question = "كم عدد الجنود في المدينة بحسب الحاكم؟"
    texts = ("قالت الوزارة إن 300 جندي في المدينة.", "بحسب الحاكم عدد الجنود في المدينة 350 جنديا.")
    assert differing(question, figures(question, ranked(*texts, question=question))) == []
