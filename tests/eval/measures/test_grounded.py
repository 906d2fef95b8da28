"""The headline, and every measure of the same few cases side by side."""

from dataclasses import replace

import pytest

from eval.measures.all import LOWER_IS_BETTER, MEASURES
from eval.measures.grounded import failures, grounded_correct
from index.text.arabic import sentence_spans
from tests.doubles import article
from tests.eval.cases import (
    BROKEN,
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
    WHO,
    A,
    B,
    answer,
    at,
    case,
    correcting,
    fact,
    gold,
    name,
)


@pytest.mark.parametrize(
    ("known", "given", "why"),
    [
        (fact(TWELVE), RIGHT, []),
        (fact(TWELVE), BROKEN, ["error: no endpoint"]),
        (fact(), BROKEN, ["error: no endpoint"]),  # no abstention
        (fact(TWELVE), SILENT, ["abstains (not_stated) although the articles tell"]),
        (fact(), SILENT, []),
        (fact(), RIGHT, ["answers what the articles do not tell"]),
        (fact(TWELVE), answer((KIRBY, at(A, KIRBY))), ["does not state: 12000 جندي"]),
        (
            fact(TWELVE),
            answer((TROOPS, at(A, KIRBY))),
            ["states without an accepted citation: 12000 جندي", "sentence 1 is not supported by what it cites"],
        ),
        (
            fact(TWELVE),
            answer((TROOPS,)),
            ["states without an accepted citation: 12000 جندي", "sentence 1 cites nothing"],
        ),
        (
            fact(TWELVE),  # the right citation stands at another sentence
            answer((TROOPS, at(LONG, TROOPS)), ("أرسلت بيونغ يانغ جنودًا إلى روسيا.", at(A, TROOPS))),
            ["states without an accepted citation: 12000 جندي"],
        ),
        (
            fact(TWELVE),
            answer((TROOPS, at(A, TROOPS), at(B, WHEAT))),
            ["citation 2 adds nothing to what else supports sentence 1"],
        ),
        (
            fact(TWELVE, ELEVEN),  # citations exchanged
            answer((TROOPS, at(B, SEOUL)), (SEOUL, at(A, TROOPS))),
            [
                "states without an accepted citation: 12000 جندي",
                "states without an accepted citation: 11000 جندي",
                "sentence 1 is not supported by what it cites",
                "sentence 2 is not supported by what it cites",
            ],
        ),
        (fact(TWELVE, ELEVEN), answer((TROOPS, at(A, TROOPS)), (SEOUL, at(B, SEOUL))), []),
        (fact(WHO), answer((TROOPS, at(A, TROOPS)), (KIRBY, at(A, KIRBY)), (SILENCE, at(A, SILENCE))), []),
        (
            fact(WHO, forbidden=("رفضت موسكو",)),
            answer((KIRBY, at(A, KIRBY)), (SILENCE, at(A, SILENCE))),
            ["says what is wrong: رفضت موسكو"],
        ),
        (
            fact(TWELVE),
            replace(RIGHT, citations=(*RIGHT.citations, replace(RIGHT.citations[0], n=2))),
            ["citation 2 stands at no sentence"],
        ),
    ],
)
def test_failures_are_told_in_words(known, given, why):
    assert failures(case(known, given)) == why
    assert grounded_correct(case(known, given)) == (not why)


def test_a_quote_that_is_not_in_its_article_fails():
    moved = replace(case(fact(TWELVE), RIGHT), articles={"A": replace(A, text="." + A.text)})
    assert "quote 1 is not in its article as cited" in failures(moved)


def test_the_judge_of_the_case_decides_about_its_sentences():
    given = case(fact(TWELVE), RIGHT, judge=lambda sentence, quotes: False)
    assert failures(given) == ["sentence 1 is not supported by what it cites"]


CORRECTION = name("رفضت موسكو التعليق", evidence=(gold(A, SILENCE),))


@pytest.mark.parametrize(
    ("category", "given", "why"),
    [
        ("false_premise", correcting(at(A, SILENCE)), []),
        ("false_premise", correcting(at(A, KIRBY)), ["does not state: رفضت موسكو التعليق"]),
        ("false_premise", SILENT, ["abstains (not_stated) although the articles tell"]),
        ("false_premise", replace(SILENT, reason="premise_contradicted"), None),  # quotes nothing that contradicts
        ("single_fact", correcting(at(A, SILENCE)), None),
        ("false_premise", answer((SILENCE, at(A, SILENCE))), []),  # the correction as an answer
    ],
)
def test_a_false_premise_is_answered_by_what_contradicts_it(category, given, why):
    refused = ["abstains (premise_contradicted) although the articles tell"]
    assert failures(case(fact(CORRECTION, category=category), given)) == (refused if why is None else why)


def test_an_article_cut_into_sentences_is_no_answer():
    text = f"{TROOPS} " + " ".join(f"وجاء في الفقرة رقم {n} كلام آخر لا صلة له بالسؤال." for n in range(20))
    whole = article(text, id="A")
    claims = [(text[start:end], at(whole, text[start:end])) for start, end in sentence_spans(text)]
    known = fact(replace(TWELVE, evidence=((gold(whole, TROOPS),),)))
    dumped = replace(case(known, answer(*claims)), articles={"A": whole})
    assert failures(dumped) == [f"quotes {len(text.split())} words, more than 120"]


# ---------------------------------------------------------------- all measures side by side

NAMES = list(MEASURES)
X = None


def test_the_names():
    names = """
        grounded_correct answer_em answer_f1 nugget_recall weighted_nugget_recall citation_recall citation_precision
        citation_f1 gold_citation_precision gold_citation_recall citation_exact misattributed supported_sentences
        uncited_sentences conflict_stated conflict_attributed answered_answerable refused_unanswerable
    """
    assert names.split() == NAMES
    assert set(NAMES) > LOWER_IS_BETTER


THIRD = 2 / (5 + 1)  # F1 of «أرسلت بيونغ يانغ 12000 روسيا» with 12000


@pytest.mark.parametrize(
    ("known", "given", "row"),
    [
        # headline em f1 nuggets weighted | ALCE r p f1 | gold p r | exact misattributed supported uncited
        # | conflict stated attributed | answered refused
        pytest.param(
            fact(TWELVE), RIGHT, (1, 0, THIRD, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, X, X, 1, X), id="right and proved"
        ),
        pytest.param(
            fact(TWELVE), SILENT, (0, 0, 0, 0, 0, X, X, X, X, 0, X, X, X, X, X, X, 0, X), id="abstains wrongly"
        ),
        pytest.param(
            fact(TWELVE), BROKEN, (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, X, 0, 1, X, X, 0, X), id="an error is wrong"
        ),
        pytest.param(fact(), SILENT, (1, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, 1), id="abstains rightly"),
        pytest.param(
            fact(), RIGHT, (0, X, X, X, X, 1, 1, 1, X, X, 1, X, 1, 0, X, X, X, 0), id="answers the unanswerable"
        ),
        pytest.param(
            fact(), BROKEN, (0, X, X, X, X, 0, 0, 0, X, X, 0, X, 0, 1, X, X, X, 0), id="an error is no abstention"
        ),
        pytest.param(
            fact(TWELVE),
            answer((TROOPS, at(A, KIRBY))),
            (0, 0, THIRD, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, X, X, 1, X),
            id="right, wrong sentence cited",
        ),
        pytest.param(
            fact(TWELVE),
            answer((TROOPS, at(B, WHEAT))),
            (0, 0, THIRD, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, X, X, 1, X),
            id="right, wrong article cited",
        ),
        pytest.param(
            fact(TWELVE),
            answer((TROOPS,)),
            (0, 0, THIRD, 1, 1, 0, 0, 0, 0, 0, X, 0, 0, 1, X, X, 1, X),
            id="right, nothing cited",
        ),
        pytest.param(
            fact(TWELVE),
            answer((TROOPS, at(LONG, LONG.text))),
            (0, 0, THIRD, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, X, X, 1, X),
            id="whole article cited",
        ),
        pytest.param(
            fact(TWELVE),
            answer((TROOPS, at(A, TROOPS), at(A, KIRBY), at(A, SILENCE))),
            (0, 0, THIRD, 1, 1, 1, 1 / 3, 1 / 2, 1 / 3, 1, 1, 0, 1, 0, X, X, 1, X),
            id="everything cited",
        ),
    ],
)
def test_every_measure_of_a_case(known, given, row):
    scores = {name: measure(case(known, given)) for name, measure in MEASURES.items()}
    assert scores == pytest.approx(dict(zip(NAMES, row, strict=True)))


@pytest.mark.parametrize("name", NAMES)
def test_scores_lie_between_0_and_1_and_an_error_is_the_worst(name):
    for known in (fact(TWELVE), fact()):
        score = MEASURES[name](case(known, BROKEN))
        assert score in (None, float(name in LOWER_IS_BETTER))
