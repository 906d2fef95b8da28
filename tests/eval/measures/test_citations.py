"""Citations against a judge, as in ALCE, and against gold spans, worked out by hand."""

from dataclasses import replace

import pytest

from assistant.types import Citation
from eval.measures.citations import (
    citation_exact,
    citation_f1,
    citation_precision,
    citation_recall,
    cited_words,
    gold_citation_precision,
    gold_citation_recall,
    hits,
    irrelevant,
    misattributed,
    supported_sentences,
    uncited_sentences,
)
from eval.types import Span as Gold
from tests.doubles import article
from tests.eval.cases import (
    BROKEN,
    BY_ID,
    ELEVEN,
    KIRBY,
    LONG,
    RIGHT,
    SEOUL,
    SILENCE,
    SILENT,
    TROOPS,
    TWELVE,
    WHEAT,
    A,
    B,
    answer,
    at,
    case,
    fact,
    gold,
    number,
)

# ---------------------------------------------------------------- ALCE, with the judge replaced by a table

PIECES = article("واحد. اثنان. ثلاثة. أربعة.", id="P")
ONE, TWO, THREE, FOUR = (at(PIECES, quote) for quote in ("واحد.", "اثنان.", "ثلاثة.", "أربعة."))


def judged_by(table):
    """A judge for which exactly these quotes of each sentence, and more than these, prove it."""

    def judge(sentence, quotes):
        told = {quote.rstrip(".") for quote in quotes}
        return any(set(enough.split()) <= told for enough in table.get(sentence, ()))

    return judge


def alce(table, *claims):
    return case(fact(TWELVE), answer(*claims), judge=judged_by(table)), claims


def scores(given):
    with_pieces = replace(given, articles=BY_ID | {"P": PIECES})
    return citation_recall(with_pieces), citation_precision(with_pieces), citation_f1(with_pieces)


@pytest.mark.parametrize(
    ("table", "claims", "recall", "precision"),
    [
        pytest.param({"s": ["واحد"]}, [("s", ONE)], 1, 1, id="one citation that proves"),
        pytest.param({}, [("s", ONE)], 0, 0, id="one citation that does not"),
        pytest.param({"s": ["واحد"]}, [("s",)], 0, 0, id="none"),
        # two alone is not enough, and one is without it: irrelevant
        pytest.param({"s": ["واحد"]}, [("s", ONE, TWO)], 1, 1 / 2, id="one of two proves"),
        # neither alone, but neither can go
        pytest.param({"s": ["واحد اثنان"]}, [("s", ONE, TWO)], 1, 1, id="both are needed"),
        # each proves alone, so each supports its sentence
        pytest.param({"s": ["واحد", "اثنان"]}, [("s", ONE, TWO)], 1, 1, id="either would do"),
        # three proves nothing alone, and one with two do without it
        pytest.param({"s": ["واحد اثنان"]}, [("s", ONE, TWO, THREE)], 1, 2 / 3, id="two of three are needed"),
        # where all together are no support, none is precise
        pytest.param({"s": ["واحد اثنان"]}, [("s", ONE, THREE)], 0, 0, id="half of what is needed"),
        # no cap: ALCE looks at three, here the fourth is irrelevant too
        pytest.param({"s": ["واحد"]}, [("s", ONE, TWO, THREE, FOUR)], 1, 1 / 4, id="no cap"),
        # the worked example: recall 2 of 4 sentences; precise are 1 of 3, 2 of 2, 0 of 1, none of none: 3 of 6
        pytest.param(
            {"s": ["واحد"], "t": ["واحد اثنان"]},
            [("s", ONE, TWO, THREE), ("t", ONE, TWO), ("u", THREE), ("v",)],
            1 / 2,
            3 / 6,
            id="four sentences",
        ),
    ],
)
def test_alce_by_hand(table, claims, recall, precision):
    given, _ = alce(table, *claims)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0
    assert scores(given) == pytest.approx((recall, precision, f1))


def test_an_irrelevant_citation_is_one_that_the_others_can_do_without():
    given = replace(alce({"s": ["واحد"]}, ("s", ONE, TWO))[0], articles={"P": PIECES})
    (sentence,), (one, two) = given.sentences, given.citations
    assert [irrelevant(citation, sentence, given) for citation in (one, two)] == [False, True]


def test_a_judge_is_not_asked_about_no_quotes_nor_about_long_or_inexact_ones():
    asked = []

    def judge(sentence, quotes):
        asked.append(list(quotes))
        return True

    long, foreign = at(LONG, LONG.text), at(replace(A, text="." + A.text), KIRBY)
    given = case(fact(TWELVE), answer(("s",), ("t", long), ("u", foreign), ("v", long, at(A, TROOPS))), judge=judge)
    assert citation_recall(given) == 1 / 4
    assert citation_precision(given) == 1 / 4  # of four citations the last alone is evidence
    assert {tuple(quotes) for quotes in asked} == {(TROOPS,)}


def test_citations_of_an_abstention_and_of_an_error():
    for measure in (citation_recall, citation_precision, citation_f1, supported_sentences, uncited_sentences):
        assert measure(case(fact(TWELVE), SILENT)) is None
    for measure in (citation_recall, citation_precision, citation_f1, supported_sentences):
        assert measure(case(fact(TWELVE), BROKEN)) == 0
    assert uncited_sentences(case(fact(TWELVE), BROKEN)) == 1


# ---------------------------------------------------------------- support by the deterministic check


@pytest.mark.parametrize(
    ("sentence", "spans", "holds"),
    [
        ("بيونغ يانغ أرسلت إلى روسيا 12,000 جندي.", [at(A, TROOPS)], True),
        ("بيونغ يانغ أرسلت إلى روسيا 13,000 جندي.", [at(A, TROOPS)], False),
        ("ارتفعت أسعار النفط في أسواق آسيا بعد 12 ألف صفقة.", [at(A, TROOPS)], False),
        ("أرسلت بيونغ يانغ 12 ألف جندي وقدّرت سول 11 ألفًا.", [at(A, TROOPS)], False),
        ("أرسلت بيونغ يانغ 12 ألف جندي وقدّرت سول 11 ألفًا.", [at(A, TROOPS), at(B, SEOUL)], True),
        ("؟", [at(A, TROOPS)], False),
    ],
)
def test_support_of_a_sentence(sentence, spans, holds):
    given = case(fact(TWELVE), answer((sentence, *spans)))
    assert (citation_recall(given), supported_sentences(given)) == (holds, holds)


def test_partial_support_counts_half_and_is_none_for_the_judge():
    told = article("يرجّح خبراء أن تفتح الشركة المصنع الجديد في العاصمة.", id="T")
    doubtful = answer(("تفتح الشركة المصنع الجديد في العاصمة.", at(told, told.text)))
    given = replace(case(fact(TWELVE), doubtful), articles={"T": told})
    assert (supported_sentences(given), citation_recall(given)) == (0.5, 0)


def test_the_share_of_uncited_sentences():
    given = case(fact(TWELVE), answer((TROOPS, at(A, TROOPS)), (SEOUL,), (WHEAT,)))
    assert uncited_sentences(given) == pytest.approx(2 / 3)
    assert uncited_sentences(case(fact(TWELVE), RIGHT)) == 0


# ---------------------------------------------------------------- exactness and length


def test_exactness_is_recomputed_from_the_articles_as_they_are():
    given = case(fact(TWELVE), answer((TROOPS, at(A, TROOPS)), (SEOUL, at(B, SEOUL))))
    assert citation_exact(given) == 1
    assert citation_exact(replace(given, articles=BY_ID | {"A": replace(A, text="." + A.text)})) == 0.5
    assert citation_exact(replace(given, articles={})) == 0
    assert citation_exact(case(fact(TWELVE), SILENT)) is None


def test_the_median_length_of_the_quotes():
    given = case(fact(TWELVE), answer((TROOPS, at(A, TROOPS)), (SILENCE, at(A, SILENCE)), (WHEAT, at(B, WHEAT))))
    assert cited_words(given) == 5  # of 8, 3 and 5
    assert cited_words(case(fact(TWELVE), SILENT)) is None


# ---------------------------------------------------------------- gold spans


@pytest.mark.parametrize(
    ("cited", "right"),
    [
        ((0, 40), True),  # all ten characters of the evidence at 10:20
        ((10, 15), True),  # half of them
        ((10, 14), False),
        ((0, 14), False),
        ((16, 40), False),
        ((20, 30), False),
    ],
)
def test_a_citation_hits_with_half_of_the_evidence(cited, right):
    given = case(fact(TWELVE), RIGHT)
    assert hits(Citation(1, A, *cited), Gold("A", 10, 20, A.text[10:20]), given) is right


def test_a_quote_of_another_article_or_over_sixty_words_hits_nothing():
    span, given = gold(LONG, TROOPS), case(fact(TWELVE), RIGHT)
    assert not hits(Citation(1, A, 0, len(A.text)), span, given)
    assert not hits(Citation(1, LONG, 0, len(LONG.text)), span, given)
    assert hits(Citation(1, LONG, span.start, span.end), span, given)


@pytest.mark.parametrize(
    ("known", "claims", "precision", "recall"),
    [
        ([TWELVE], [(TROOPS, at(A, TROOPS))], 1, 1),
        ([TWELVE], [(TROOPS, at(A, TROOPS), at(A, KIRBY))], 1 / 2, 1),
        ([TWELVE], [(TROOPS, at(A, KIRBY))], 0, 0),
        ([TWELVE], [(TROOPS,)], 0, 0),
        ([TWELVE, ELEVEN], [(TROOPS, at(A, TROOPS)), (WHEAT, at(B, WHEAT))], 1 / 2, 1 / 2),
        ([TWELVE, ELEVEN], [(SEOUL, at(B, SEOUL)), (TROOPS, at(A, TROOPS))], 1, 1),
    ],
)
def test_precision_and_recall_by_gold_spans(known, claims, precision, recall):
    given = case(fact(*known), answer(*claims))
    assert (gold_citation_precision(given), gold_citation_recall(given)) == (precision, recall)


def test_all_spans_of_a_set_are_needed_and_any_set_will_do():
    both = fact(number(12000, (gold(A, TROOPS), gold(B, SEOUL)), (gold(A, KIRBY),)))
    half, whole = (TROOPS, at(A, TROOPS)), (TROOPS, at(A, TROOPS), at(B, SEOUL))
    other = (TROOPS, at(A, TROOPS), at(A, KIRBY))
    assert [gold_citation_recall(case(both, answer(c))) for c in (half, whole, other)] == [0, 1, 1]


@pytest.mark.parametrize(
    ("known", "claims", "share"),
    [
        ([TWELVE], [(TROOPS, at(A, TROOPS))], 0),
        ([TWELVE], [(TROOPS, at(A, SILENCE))], 0),  # the wrong sentence, but of the right article
        ([TWELVE], [(TROOPS, at(B, WHEAT))], 1),
        ([TWELVE], [(TROOPS, at(B, WHEAT)), ("12 ألف جندي.", at(A, TROOPS))], 0),  # a second sentence has it right
        ([TWELVE, ELEVEN], [(TROOPS, at(B, WHEAT)), (SEOUL, at(B, SEOUL))], 1 / 2),
        ([TWELVE], [(TROOPS,)], 0),  # attributed to nobody
        ([TWELVE], [(SEOUL, at(A, TROOPS))], None),  # not stated
    ],
)
def test_the_right_answer_from_the_wrong_article(known, claims, share):
    assert misattributed(case(fact(*known), answer(*claims))) == share
