"""Differing figures: told, and tied to those who gave them."""

from dataclasses import replace

import pytest

from assistant.types import Conflict, ConflictValue
from eval.measures.conflicts import conflict_attributed, conflict_stated, names
from eval.types import Variant
from tests.eval.cases import BROKEN, ELEVEN, SEOUL, SILENT, TROOPS, TWELVE, A, B, answer, at, case, fact

PYONGYANG, SEOULS = Variant(12000, "جندي", "كوريا الشمالية"), Variant(11000, "جندي", "سول")
KNOWN = fact(TWELVE, ELEVEN, conflict=(PYONGYANG, SEOULS), category="conflicting_figures")


def both(answer_):
    given = case(KNOWN, answer_)
    return conflict_stated(given), conflict_attributed(given)


@pytest.mark.parametrize(
    ("claims", "stated", "attributed"),
    [
        ([(TROOPS, at(A, TROOPS)), (SEOUL, at(B, SEOUL))], 1, 1),
        ([(TROOPS, at(A, TROOPS))], 0.5, 0.5),
        ([("العدد 12 ألفًا.",), ("وقدّرته سول بنحو 11 ألفًا.",)], 1, 0.5),  # in its own words; the other is nobody's
        ([("العدد 12 ألفًا أو 11 ألفًا.",)], 1, 0),
        ([("العدد 12 ألفًا أو 11 ألفًا.", at(B, SEOUL))], 1, 0.5),  # by a quote that holds name and figure
        ([("العدد 11 ألفًا.", at(A, TROOPS))], 0.5, 0),  # the quote holds another figure
        ([("أحجمت سول عن التعليق.", at(B, SEOUL))], 0, 0),
    ],
)
def test_figures_in_sentences(claims, stated, attributed):
    assert both(answer(*claims)) == (stated, attributed)


@pytest.mark.parametrize(
    ("said_by", "citation", "attributed"), [("سيول", 1, 0.5), (None, 1, 0), (None, 2, 0.5), ("كييف", 1, 0)]
)
def test_figures_among_the_conflicts_of_an_answer(said_by, citation, attributed):
    plain = answer(("تختلف الأرقام.", at(A, A.text), at(B, SEOUL)))
    entry = ConflictValue(11000, "جندي", "11 ألف", said_by, citation)
    assert both(replace(plain, conflicts=(Conflict("عدد الجنود", (entry,)),))) == (0.5, attributed)


def test_abstentions_and_errors_tell_nothing_and_other_facts_have_no_conflict():
    assert both(SILENT) == both(BROKEN) == (0, 0)
    given = case(fact(TWELVE), answer((TROOPS, at(A, TROOPS))))
    assert conflict_stated(given) is conflict_attributed(given) is None


@pytest.mark.parametrize(
    ("text", "source", "named"),
    [
        ("قالت واشنطن إن العدد بلغ 10 آلاف.", "الولايات المتحدة", True),
        ("بحسب وزارة الداخلية", "وزارة الداخلية", True),
        ("بحسب وزارة الدفاع", "وزارة الداخلية", False),  # half of its words
        ("قال نائب وزير الدفاع الكوري الجنوبي", "نائب وزير الدفاع الكوري الشمالي", False),  # another country
        ("يقول المنظمون إنهم مليون", "المنظمين", True),
        ("بلغوا مليونًا", "المنظمون", False),
    ],
)
def test_naming_a_source(text, source, named):
    assert names(text, source) is named
