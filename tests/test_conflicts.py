"""Figures on which articles differ; different things with different numbers are no conflict."""

import pytest

from assistant.conflicts import differing, figures, stated_conflicts
from assistant.counting import counts, same_noun
from assistant.linear import Linear
from assistant.ranking import FEATURES, Candidate, candidates
from assistant.types import Citation
from assistant.values import find_values
from index.arabic import words
from index.chunking import chunk
from index.reading import make_article
from index.types import ScoredPassage

QUESTION = "كم عدد الجنود في المدينة؟"


def ranked(*texts: str) -> list[Candidate]:
    passages = [p for n, text in enumerate(texts) for p in chunk(make_article(text, f"{n}.txt"))]
    scored = [ScoredPassage(p, 1.0, 5.0, 0.5, 1.0) for p in passages]
    weigh = Linear(tuple(1.0 if name == "coverage" else 0.0 for name in FEATURES), 0.0)
    return candidates(QUESTION, scored, lambda stem: 1.0, weigh)


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


def test_only_questions_that_count_something_have_figures() -> None:
    assert figures("متى دخل الجنود المدينة؟", ranked("دخل 300 جندي المدينة.")) == []


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("الجنود", "جندي", True),
        ("صاروخا", "صواريخ", True),
        ("سنه", "عاما", True),
        ("قتيلا", "جندي", False),
        ("حاويه", "سياره", False),
    ],
)
def test_forms_of_one_noun(a: str, b: str, same: bool) -> None:
    assert (same_noun(a, b) >= 0.5) is same


def test_anyone_may_be_counted_beside_the_root_of_the_noun() -> None:
    sentence = "أسفر الزلزال عن مقتل 24 شخصا."
    (value,) = find_values(sentence)
    assert counts("قتلي", value, words(sentence)) == 1.0
    assert counts("حاويه", value, words(sentence)) < 0.5
