"""Whatever the articles, the question and the draft: every quote is exactly the words of its article."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.citations.spans import assemble
from assistant.extractive.answerer import ExtractiveAnswerer
from assistant.types import Answer
from index.static import load_background
from index.types import Article, Passage, ScoredPassage
from tests.citations.claims import check_draft

WORDS = st.sampled_from(
    """قال الوزير أن عدد الجنود بلغ 12 ألفًا في ١٥ أكتوبر 2024، وأعلنت موسكو رفضها «التصعيد الكبير» ونفى المتحدث؛ يوم
    الخميس الماضي زار الرئيس كييف. لم تُعلن الحصيلة! كم قُتل؟ نحو 3.5% من الميزانية… [1] Reuters said أ.ف.ب. ـــ
    \u200f\u202e 🚀 ﷺ لا، وصل 30 جريحًا إلى المستشفى. بحسب الأمم المتحدة""".split()
)
TEXTS = st.lists(WORDS, min_size=3, max_size=60).map(" ".join).filter(lambda text: any(map(str.isalpha, text)))
BREAKS = st.sampled_from(["\n", "\n\n", " ", ". ", "؟ "])


@st.composite
def articles(draw: st.DrawFn) -> list[ScoredPassage]:
    """Passages of one to three random articles, as chunking might cut them."""
    found = []
    for n in range(draw(st.integers(1, 3))):
        text = draw(BREAKS).join(draw(st.lists(TEXTS, min_size=1, max_size=4)))
        article = Article(f"a{n}", text, title=draw(TEXTS), source=draw(WORDS), published="2024-10-21")
        cut = draw(st.integers(1, len(text) - 1))
        found += [ScoredPassage(Passage(article, *span), 1.0 / (1 + n)) for span in ((0, cut), (cut, len(text)))]
    return [scored for scored in found if scored.passage.text.strip()]


@cache
def answerer() -> ExtractiveAnswerer:
    background = load_background()
    return ExtractiveAnswerer(background.rarity, background)


def check_exact(answer: Answer, passages: list[ScoredPassage]) -> None:
    texts = {scored.passage.article.id: scored.passage.article.text for scored in passages}
    row = answer.to_dict()
    for cited in (*row["citations"], *row["nearest"]):
        assert texts[cited["article_id"]][cited["start"] : cited["end"]] == cited["quote"] != ""
    numbers = {cited["n"] for cited in row["citations"]}
    assert all(sentence["citations"] and set(sentence["citations"]) <= numbers for sentence in row["sentences"])


@settings(max_examples=150, deadline=None)
@given(articles(), TEXTS)
def test_the_quoting_answerer(passages: list[ScoredPassage], question: str) -> None:
    check_exact(answerer().answer(question, passages), passages)


@settings(max_examples=150, deadline=None)
@given(articles(), TEXTS, st.lists(st.tuples(TEXTS, st.integers(0, 9)), max_size=5), st.booleans())
def test_the_check_of_a_draft(
    passages: list[ScoredPassage], question: str, claims: list[tuple[str, int]], copied: bool
) -> None:
    """The draft is random, or copied from the passages that it cites, rightly or wrongly."""
    said = [passages[n % len(passages)].passage.text[:80] if copied else text for text, n in claims]
    draft = " ".join(f"{text} [{n}]." for text, (_, n) in zip(said, claims, strict=True))
    sentences, citations = assemble(check_draft(draft, passages, question).claims)
    check_exact(Answer(question, draft, sentences=sentences, citations=citations), passages)
