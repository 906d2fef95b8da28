"""The measures and the interval, against cases worked out by hand."""

from dataclasses import replace

import pytest

from assistant.citing import Claim, Span, assemble
from assistant.types import Answer, Citation
from eval import metrics
from eval.matching import says, states
from eval.metrics import Case, failures, hits
from eval.statistics import bootstrap
from eval.types import Fact, Nugget
from eval.types import Span as Gold
from tests.doubles import article

A = article(
    "أرسلت بيونغ يانغ 12 ألف جندي إلى روسيا. وقال كيربي إنهم سيصبحون أهدافًا مشروعة. ورفضت موسكو التعليق.", id="A"
)
B = article("قدّرت سول عدد الجنود المرسلين بنحو 11 ألف جندي. وانخفضت أسعار القمح في الأسواق.", id="B")
LONG = article("كلمة " * 60 + A.text, id="L")
TROOPS, KIRBY, SILENCE = (
    "أرسلت بيونغ يانغ 12 ألف جندي إلى روسيا.",
    "وقال كيربي إنهم سيصبحون أهدافًا مشروعة.",
    "ورفضت موسكو التعليق.",
)
SEOUL, WHEAT = "قدّرت سول عدد الجنود المرسلين بنحو 11 ألف جندي.", "وانخفضت أسعار القمح في الأسواق."
BY_ID = {each.id: each for each in (A, B, LONG)}


def at(of, quote):
    start = of.text.index(quote)
    return Span(of, start, start + len(quote))


def gold(of, quote):
    span = at(of, quote)
    return Gold(of.id, span.start, span.end, quote)


def number(value, *evidence, vital=True):
    return Nugget(f"{value} جندي", vital, "number", value, "جندي", (), evidence)


def name(alias, *evidence):
    return Nugget(alias, True, "name", None, None, (alias,), evidence)


TWELVE, ELEVEN = number(12000, (gold(A, TROOPS),)), number(11000, (gold(B, SEOUL),))
WHO = name("كيربي", (gold(A, KIRBY),))


def fact(*nuggets, forbidden=()):
    answerable = any(nugget.vital for nugget in nuggets)
    return Fact("f", "سؤال؟", "ar", "number", None, "test", answerable, nuggets, forbidden, (), ("A",))


def answer(*claims):
    """An answer of (sentence, cited spans …)."""
    sentences, citations = assemble([Claim(text, tuple(spans)) for text, *spans in claims])
    return Answer("سؤال؟", "", sentences=sentences, citations=citations)


SILENT = Answer("سؤال؟", "لا جواب", reason="not_stated")
BROKEN = Answer("سؤال؟", "", error="no endpoint")
RIGHT = answer((TROOPS, at(A, TROOPS)))


def scores(known, given):
    return {name: measure(Case(known, given, BY_ID)) for name, measure in metrics.MEASURES.items()}


def expected(*row):
    return dict(zip(metrics.MEASURES, row, strict=True))


# ---------------------------------------------------------------- stating


@pytest.mark.parametrize(
    ("text", "wording", "holds"),
    [
        ("وقال جون كيربي، المتحدث", "جون كِيربي", True),
        ("بحسب ما أعلنه لكيربي", "كيربي", True),
        ("بيان للمتحدث الأمريكي", "المتحدث الأمريكي", True),
        ("جون الثاني كيربي", "جون كيربي", False),
        ("في 13 نوفمبر 2024", "في نوفمبر", False),
        ("121 ألف", "21 ألف", False),
        ("John Kirby said", "kirby", True),
        ("أي شيء", "؟", False),
    ],
)
def test_says(text, wording, holds):
    assert says(text, wording) is holds


@pytest.mark.parametrize(
    ("text", "value", "unit", "holds"),
    [
        ("نحو ١٢ ألف جندي", 12000, "جندي", True),
        ("اثنا عشر ألف مقاتل", 12000, "جندي", True),
        ("12,000 troops", 12000, "جندي", True),
        ("12 جنديًا", 12000, "جندي", False),
        ("بنسبة 3.5%", 3.5, "%", True),
        ("بنسبة 3.5%", 3.5, "نقطة", False),
    ],
)
def test_a_number_is_stated_by_its_value(text, value, unit, holds):
    assert states(Nugget("", True, "number", value, unit, (), ()), text) is holds


@pytest.mark.parametrize(
    ("text", "value", "holds"),
    [
        ("يوم الاثنين 21 أكتوبر/تشرين الأول 2024", "2024-10-21", True),
        ("في 21 أكتوبر", "2024-10-21", True),  # the year is understood
        ("on 21 October 2024", "2024-10-21", True),
        ("في أكتوبر 2024", "2024-10-21", False),
        ("في 21 أكتوبر 2023", "2024-10-21", False),
        ("في 21 أكتوبر 2024", "2024-10", True),
        ("في أكتوبر", "2024", False),
        ("عشية الانتخابات", None, True),  # by its wording
    ],
)
def test_a_date_is_stated_by_its_value_or_a_wording(text, value, holds):
    assert states(Nugget("", True, "date", value, None, ("عشية الانتخابات",), ()), text) is holds


# ---------------------------------------------------------------- citations


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
    assert hits(Citation(1, A, *cited), Gold("A", 10, 20, A.text[10:20])) is right


def test_a_quote_of_another_article_or_over_sixty_words_hits_nothing():
    span = gold(LONG, TROOPS)
    assert not hits(Citation(1, A, 0, len(A.text)), span)
    assert not hits(Citation(1, LONG, 0, len(LONG.text)), span)
    assert hits(Citation(1, LONG, span.start, span.end), span)


def test_exactness_is_recomputed_from_the_articles_as_they_are():
    case = Case(fact(TWELVE), RIGHT, BY_ID)
    assert metrics.citation_exact(case) == 1
    assert metrics.citation_exact(replace(case, articles={"A": replace(A, text="." + A.text)})) == 0
    assert metrics.citation_exact(replace(case, articles={})) == 0


# ---------------------------------------------------------------- the table: nine measures of a case
# grounded, correct, nugget recall, citation precision, citation recall, exact, support, answered, refused


@pytest.mark.parametrize(
    ("known", "given", "row"),
    [
        pytest.param(fact(TWELVE), RIGHT, (1, 1, 1, 1, 1, 1, 1, 1, None), id="right and proved"),
        pytest.param(fact(TWELVE), SILENT, (0, 0, 0, None, 0, None, None, 0, None), id="abstains wrongly"),
        pytest.param(fact(TWELVE), BROKEN, (0, 0, 0, 0, 0, 0, 0, 0, None), id="an error is wrong"),
        pytest.param(fact(), SILENT, (1, None, None, None, None, None, None, None, 1), id="abstains rightly"),
        pytest.param(fact(), RIGHT, (0, None, None, None, None, 1, 1, None, 0), id="answers the unanswerable"),
        pytest.param(fact(), BROKEN, (0, None, None, None, None, 0, 0, None, 0), id="an error is no abstention"),
        pytest.param(
            fact(TWELVE),
            answer((TROOPS, at(A, KIRBY))),
            (0, 1, 1, 0, 0, 1, 0, 1, None),
            id="right, wrong sentence cited",
        ),
        pytest.param(fact(TWELVE), answer((TROOPS,)), (0, 1, 1, 0, 0, None, 0, 1, None), id="right, nothing cited"),
        pytest.param(
            fact(TWELVE), answer((KIRBY, at(A, KIRBY))), (0, 0, 0, 0, 0, 1, 1, 1, None), id="wrong, though supported"
        ),
        pytest.param(
            fact(TWELVE),
            answer((TROOPS, at(LONG, LONG.text))),
            (0, 1, 1, 0, 0, 1, 0, 1, None),
            id="whole article cited",
        ),
        pytest.param(
            fact(TWELVE, ELEVEN),
            answer((TROOPS, at(A, TROOPS)), (WHEAT, at(B, WHEAT))),
            (0, 1, 0.5, 0.5, 0.5, 1, 1, 1, None),
            id="half of a conflict and an aside",
        ),
        pytest.param(
            fact(TWELVE, ELEVEN),
            answer((TROOPS, at(A, TROOPS)), (SEOUL, at(B, SEOUL))),
            (1, 1, 1, 1, 1, 1, 1, 1, None),
            id="both sides of a conflict",
        ),
        pytest.param(
            fact(TWELVE, ELEVEN),
            answer((TROOPS, at(B, SEOUL)), (SEOUL, at(A, TROOPS))),
            (0, 1, 1, 1, 1, 1, 0, 1, None),
            id="citations exchanged",
        ),
        pytest.param(
            fact(WHO),
            answer((TROOPS, at(A, TROOPS)), (KIRBY, at(A, KIRBY)), (SILENCE, at(A, SILENCE))),
            (1, 1, 1, 1 / 3, 1, 1, 1, 1, None),
            id="one right citation of three",
        ),
        pytest.param(
            fact(WHO, forbidden=("رفضت موسكو",)),
            answer((KIRBY, at(A, KIRBY)), (SILENCE, at(A, SILENCE))),
            (0, 0, 1, 0.5, 1, 1, 1, 1, None),
            id="says what is forbidden",
        ),
    ],
)
def test_every_measure_of_a_case(known, given, row):
    assert scores(known, given) == pytest.approx(expected(*row))


def test_all_spans_of_a_set_are_needed_and_any_set_will_do():
    both = fact(number(12000, (gold(A, TROOPS), gold(B, SEOUL)), (gold(A, KIRBY),)))
    half, whole = (TROOPS, at(A, TROOPS)), (TROOPS, at(A, TROOPS), at(B, SEOUL))
    other = (TROOPS, at(A, TROOPS), at(A, KIRBY))
    assert [metrics.citation_recall(Case(both, answer(c), BY_ID)) for c in (half, whole, other)] == [0, 1, 1]


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
    given = answer((sentence, *spans))
    assert metrics.supported(given.sentences[0], given) is holds


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (RIGHT, []),
        (BROKEN, ["error: no endpoint"]),
        (SILENT, ["abstains (not_stated) although the articles tell"]),
        (answer((KIRBY, at(A, KIRBY))), ["does not state: 12000 جندي"]),
        (
            answer((TROOPS, at(A, KIRBY))),
            ["states without an accepted citation: 12000 جندي", "sentence 1 is not supported by what it cites"],
        ),
        (
            answer((TROOPS, at(LONG, TROOPS)), ("أرسلت بيونغ يانغ جنودًا إلى روسيا.", at(A, TROOPS))),
            ["states without an accepted citation: 12000 جندي"],  # the right citation stands at another sentence
        ),
    ],
)
def test_failures_are_told_in_words(given, why):
    assert failures(Case(fact(TWELVE), given, BY_ID)) == why


# ---------------------------------------------------------------- intervals


def test_the_bootstrap_resamples_articles():
    estimate = bootstrap([("A", 1.0), ("A", 1.0), ("A", 1.0), ("B", 0.0)])
    # the draws are AA, AB, BA, BB: 1, 0.75, 0.75, 0
    assert (estimate.value, estimate.low, estimate.high) == (0.75, 0.0, 1.0)
    assert (estimate.n, estimate.clusters) == (4, 2)


def test_the_bootstrap_repeats_and_narrows_with_more_articles():
    few = [(str(n), float(n % 2)) for n in range(10)]
    many = [(str(n), float(n % 2)) for n in range(1000)]
    assert bootstrap(few) == bootstrap(few)
    assert bootstrap(few).low < 0.25 < 0.46 < bootstrap(many).low < 0.5 < bootstrap(many).high < 0.54
    # close to the normal interval of a mean of 1,000 halves: 0.5 ± 1.96 · 0.5 / √1000
    assert bootstrap(many).high - bootstrap(many).low == pytest.approx(2 * 1.96 * 0.5 / 1000**0.5, rel=0.08)


def test_one_article_has_no_interval_and_no_scores_no_estimate():
    one = bootstrap([("A", 1.0), ("A", 0.0)])
    assert (one.value, one.low, one.high) == (0.5, None, None)
    assert bootstrap([]) is None
