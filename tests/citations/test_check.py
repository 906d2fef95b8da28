"""Drafts: every sentence shown is tied to the exact words that prove it; everything else is dropped."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.citations.spans import CitedClaim, Span, assemble, render
from assistant.generation.answerer import nearest
from assistant.types import Citation, Sentence
from tests.citations.claims import PASSAGES, PRICES, TROOPS, check_draft, only, quotes
from tests.doubles import article, scored

# ---------------------------------------------------------------- support


@pytest.mark.parametrize(
    ("sentence", "support"),
    [
        ("نشرت كوريا الشمالية 12,000 جندي في روسيا", "full"),
        ("نشرت كوريا الشمالية اثني عشر ألف جندي في روسيا", "full"),
        ("أعلنت رويترز أن كوريا الشمالية نشرت 12 ألف جندي بروسيا", "full"),
        ("نشرت كوريا الشمالية 10 آلاف جندي في روسيا", "none"),  # a wrong number
        ("نشرت كوريا الشمالية 12 ألف جندي في روسيا عام 2024", "none"),  # a number from elsewhere
        ("نشرت كوريا الجنوبية 12 ألف جندي في روسيا", "none"),  # the other one
        ("نشرت كوريا الشمالية 12 ألف جندي في روسيا خلال نوفمبر", "none"),  # another month
        ("نشرت كوريا الشمالية 12 ألف جندي في روسيا يوم الأحد", "none"),  # a day that is not told
        ("لم تنشر كوريا الشمالية 12 ألف جندي في روسيا", "none"),  # a negation that is not there
        ("قال الرئيس يون إن بلاده «لن تقف مكتوفة الأيدي»", "full"),
        ('قال الرئيس يون إن بلاده "لن تقف مكتوفة الأيدي"', "full"),
        ("قال الرئيس يون إن بلاده «سترد على هذا التطور»", "none"),  # an invented quotation
        ("قال الرئيس بايدن إن بلاده لن تقف مكتوفة الأيدي", "none"),  # another president
        ("زار وفد تجاري العاصمة الفرنسية لبحث الطاقة", "none"),
    ],
)
def test_support_in_the_first_passage(sentence, support):
    checked = check_draft(f"{sentence} [1].", PASSAGES)
    assert (checked.claims[0].support if checked.claims else "none") == support
    assert checked.dropped == (support == "none")


@pytest.mark.parametrize(
    ("sentence", "support"),
    [
        ("نفى المتحدث باسم الكرملين إرسال قوات إلى أوكرانيا", "full"),
        ("أرسل الكرملين قوات إلى أوكرانيا بحسب المتحدث باسمه", "none"),  # the denial is lost
        ("لم تعلن موسكو عدد الضحايا", "full"),
        ("تعلن موسكو عدد الضحايا", "none"),
        ("لم يرسل الكرملين أي قوات إلى أوكرانيا، بحسب المتحدث", "full"),  # denied in other words
    ],
)
def test_a_negation_that_differs_is_no_support(sentence, support):
    checked = check_draft(f"{sentence} [2].", PASSAGES)
    assert [claim.support for claim in checked.claims] == ([] if support == "none" else [support])


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("وصل 30 جريحًا إلى المستشفى، ولم تعلن الوزارة هوية المهاجم.", "وصل 30 جريحًا إلى المستشفى"),  # another clause
        ("لا تزال المفاوضات مستمرة في القاهرة بين الجانبين.", "المفاوضات مستمرة في القاهرة بين الجانبين"),
        ("لم يحضر الجلسة إلا عشرة نواب من المعارضة.", "حضر الجلسة عشرة نواب من المعارضة"),
    ],
)
def test_a_negation_of_something_else_does_not_matter(evidence, claim):
    assert check_draft(f"{claim} [1].", [scored(article(evidence))]).claims[0].support == "full"


def test_an_answering_no_is_not_a_negation_of_the_sentence():
    assert only("لا، ارتفعت أسعار القمح بنسبة 3.5% يوم الاثنين [3].").support == "full"


def test_the_reverse_direction_is_not_supported():
    assert check_draft("انخفضت أسعار القمح بنسبة 3.5% يوم الاثنين [3].", PASSAGES).dropped == 1


def test_the_words_that_answer_have_to_be_there_too():
    question = "ما سبب ارتفاع أسعار القمح يوم الاثنين وفق التجار؟"
    draft = "ارتفاع أسعار القمح يوم الاثنين وفق التجار سببه إضراب عمال الموانئ [3]."
    assert len(check_draft(draft, PASSAGES).claims) == 1
    assert check_draft(draft, PASSAGES, question).dropped == 1


def test_the_smallest_span_is_taken():
    assert quotes(only("بلغ سعر الطن 240 دولارًا [3]."))[0].startswith("وبلغ سعر الطن")
    both = only("ارتفعت أسعار القمح 3.5%، وعزا التجار ذلك إلى الجفاف في البحر الأسود [3].")
    assert quotes(both) == [PRICES.text[: PRICES.text.index(" وبلغ")]]  # two that follow one another, as one


def test_several_spans_where_one_is_not_enough():
    claim = only("نشرت كوريا الشمالية 12 ألف جندي في روسيا، وبلغ سعر الطن 240 دولارًا [1][3].")
    assert claim.support == "full" and [span.article for span in claim.spans] == [TROOPS, PRICES]


def test_a_sentence_said_twice_is_shown_once():
    only("بلغ سعر الطن 240 دولارًا [3]. " * 3)


def test_a_huge_draft_is_read_in_bounded_time():
    started = time.perf_counter()
    for draft in (
        "خبر " * 250_000,
        "[1]" * 300_000,
        "خبر. " * 200_000,
        "[" * 1_000_000,
        "<" * 500_000,
        " " * 1_000_000,
        "a-b." * 250_000,
        "User:" * 200_000,
        "[x](a" * 200_000,
    ):
        assert check_draft(draft, PASSAGES).claims == ()
    assert time.perf_counter() - started < 20


# ---------------------------------------------------------------- assembling


@pytest.mark.parametrize("own", ["[2]", "【٢】", "[ ② ]", "⟦2⟧", "[المصدر 2: رويترز]", "[[2]]"])
def test_a_marker_of_the_article_itself_is_shown_as_none_but_quoted_as_it_is(own):
    held = article(f"بلغ سعر الطن 240 دولارًا {own} أمس.")
    sentences, (citation,) = assemble([CitedClaim(held.text, (Span(held, 0, len(held.text)),), core=(14, 17))])
    assert citation.quote == held.text and len(sentences[0].text) == len(held.text)
    assert not set("[]【】⟦⟧") & set(sentences[0].text) and render(sentences).endswith(" أمس. [1]")


def test_brackets_without_a_number_stay():
    assert assemble([CitedClaim("قال [الوزير] ذلك.", ())])[0][0].text == "قال [الوزير] ذلك."


def test_citations_are_numbered_by_first_use_and_shared():
    a, b = Span(TROOPS, 0, 10), Span(PRICES, 0, 10)
    sentences, citations = assemble(
        [
            CitedClaim("أولى.", (b,)),
            CitedClaim("ثانية.", (a, Span(PRICES, 0, 10)), "partial", (0, 5)),
            CitedClaim("ثالثة.", (a, a)),
        ]
    )
    assert [s.citations for s in sentences] == [(1,), (2, 1), (2,)]
    assert sentences[1] == Sentence("ثانية.", (2, 1), "partial", (0, 5))
    assert citations == (Citation(1, PRICES, 0, 10), Citation(2, TROOPS, 0, 10))
    assert render(sentences) == "أولى. [1] ثانية. [2][1] ثالثة. [2]"


def test_nothing_assembles_to_nothing():
    assert assemble([]) == ((), ()) and render([]) == ""


# ---------------------------------------------------------------- any draft at all

PIECES = r"""نشرت كوريا الشمالية 12 ألف جندي في روسيا لم نفى لا إلا «لن تقف» " « » . ؟ ! … ، ( ) 3.5%
    [1] [٢] 【3】 [1-9] [99999999] [1، 2] </b> <a ](x) [x]( https://a.example * _ ` # | وفقًا للمقالات المقدمة:"""
WORDS = st.sampled_from([*PIECES.split(), "\n", "\t", "\u202e", "\u0640", "\ud800", "\U000f0001"])
DRAFTS = st.one_of(
    st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=40).map("".join)
)
TEXTS = st.one_of(
    st.text(min_size=1, max_size=120), st.lists(WORDS, min_size=1, max_size=30).map(" ".join).filter(bool)
)


@st.composite
def some_passages(draw):
    held = []
    for text in draw(st.lists(TEXTS, max_size=3)):
        start = draw(st.integers(0, len(text) - 1))
        held.append(scored(article(text), start, draw(st.integers(start + 1, len(text)))))
    return held


@settings(max_examples=300, deadline=None)
@given(DRAFTS, some_passages(), DRAFTS)
def test_whatever_the_draft_every_span_is_exact(draft, passages, question):
    checked = check_draft(draft, passages, question)
    for claim in checked.claims:
        assert claim.spans and claim.support in ("full", "partial") and claim.text == claim.text.strip()
        assert not set(claim.text) & set("<>`*\n\u202e\ud800\U000f0001") and "](" not in claim.text
        for span in claim.spans:
            assert any(span.article is s.passage.article for s in passages)
            assert any(s.passage.start <= span.start < span.end <= s.passage.end for s in passages)
    sentences, citations = assemble(checked.claims)
    assert render(sentences).encode() is not None
    assert all(c.quote == c.article.text[c.start : c.end] for c in (*citations, *nearest(question, passages)))
    assert sorted({n for s in sentences for n in s.citations}) == [c.n for c in citations]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["[1]", "[2]", "[3]"]), st.data())
def test_a_sentence_copied_from_its_passage_is_fully_supported(marker, data):
    from index.text.arabic import sentence_spans

    text = PASSAGES[int(marker[1]) - 1].passage.text
    start, end = data.draw(st.sampled_from(sentence_spans(text)))
    claim = only(f"{text[start:end]} {marker}")
    assert claim.support == "full" and quotes(claim) == [text[start:end]]
