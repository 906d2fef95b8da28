"""The default answerer: the right quotes, silence where the articles are silent, differing figures side by side."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.app import Assistant, open_assistant
from index.building import Report

BRIEFS = {
    "quake.txt": "زلزال إزمير\nضرب زلزال بقوة 6.1 درجات مدينة إزمير التركية يوم الجمعة.\nوقالت وزارة الصحة التركية إن "
    "الزلزال أسفر عن مقتل 24 شخصا. وقدرت بلدية إزمير عدد القتلى بنحو 27 شخصا. وأغلقت المدارس أبوابها بسبب الأضرار.",
    "flood.txt": "السيول\nأحصت السلطات 76 عائلة بلا مأوى يوم 10 أغسطس. ماذا بعد السيول؟ وارتفع عدد العائلات بلا مأوى "
    "إلى 121 عائلة يوم 12 أغسطس.",
    "vote.txt": "الانتخابات البلدية\nبدأت الانتخابات البلدية في تونس صباح الأحد وسط إقبال ضعيف. وقال رئيس الهيئة فاروق "
    "بوعسكر إن نسبة المشاركة بلغت 11 في المئة.",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    from index.building import index_paths
    from index.static import load_background

    folder = tmp_path_factory.mktemp("articles")
    for name, text in BRIEFS.items():
        (folder / name).write_text(text)
    index_paths(folder / "store", [folder], load_background())
    return open_assistant(folder / "store")


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("متى ضرب الزلزال مدينة إزمير؟", "يوم الجمعة"),
        ("لماذا أغلقت المدارس أبوابها؟", "بسبب الأضرار"),
        ("كم بلغت نسبة المشاركة في الانتخابات البلدية؟", "11 في المئة"),
    ],
)
def test_the_answer_quotes_the_sentence_that_tells(assistant: Assistant, question: str, quoted: str) -> None:
    answer = assistant.ask(question)
    assert quoted in answer.sentences[0].text
    assert answer.sentences[0].text == answer.citations[0].quote
    assert "[1]" in answer.text
    assert not answer.abstained
    assert 0 <= (answer.confidence or -1) <= 1


@pytest.mark.parametrize(
    "question", ["ما طريقة عمل الكبسة؟", "من فاز بكأس العالم؟", "What is the capital of Peru?", "qqqq"]
)
def test_a_question_on_something_else_is_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.reason == "off_topic"
    assert (answer.sentences, answer.citations) == ((), ())
    assert answer.text


def test_differing_figures_stand_side_by_side_with_who_said_them(assistant: Assistant) -> None:
    answer = assistant.ask("كم عدد قتلى الزلزال في إزمير؟")
    ((conflict),) = answer.conflicts
    said = {value.value: value.said_by for value in conflict.values}
    assert said == {24: "وزارة الصحة التركية", 27: "بلدية إزمير"}
    for value in conflict.values:
        assert value.text in answer.citations[value.citation - 1].quote


def test_the_figure_asked_for_is_marked_as_core(assistant: Assistant) -> None:
    answer = assistant.ask("كم شخصا قتل في زلزال إزمير؟")
    cores = [s.text[slice(*s.core)] for s in answer.sentences if s.core]
    assert "24" in cores


@pytest.mark.parametrize(
    "question", ["من هو فاروق بوعسكر؟", "مين هو بوعسكر", "شكون هو فاروق بوعسكر", "Who is Farouk Bouasker?"]
)
def test_who_a_person_is_is_told_by_the_office(assistant: Assistant, question: str) -> None:
    (citation,) = assistant.ask(question).citations
    assert "رئيس الهيئة فاروق بوعسكر" in citation.quote


def test_a_day_is_asked_of_and_no_other_told(assistant: Assistant) -> None:
    for day, families in ((10, "76"), (12, "121")):
        answer = assistant.ask(f"كم عائلة كانت بلا مأوى يوم {day} أغسطس؟")
        assert f"{families} عائلة" in answer.citations[0].quote and "؟" not in answer.text


def test_several_things_asked_are_answered_one_after_another(assistant: Assistant) -> None:
    answer = assistant.ask("متى ضرب الزلزال مدينة إزمير، وكم بلغت نسبة المشاركة في الانتخابات البلدية؟")
    first, *_, last = answer.citations
    assert "يوم الجمعة" in first.quote and "11 في المئة" in last.quote
    assert [c.n for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert all(c.quote == c.article.text[c.start : c.end] for c in answer.citations)
    assert answer.notice is None


def test_the_part_that_the_articles_do_not_answer_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("متى ضرب الزلزال مدينة إزمير، وكم سيارة دمر زلزال إزمير؟")
    assert "يوم الجمعة" in answer.text and "كم سيارة دمر زلزال إزمير؟" in (answer.notice or "")
    assert assistant.ask("كم سيارة دمر زلزال إزمير، وكم عدد القتلى الأجانب في زلزال إزمير؟").abstained


@pytest.mark.parametrize("question", ["كم عدد القتلى الأجانب في زلزال إزمير؟", "كم سيارة دمر زلزال إزمير؟"])
def test_a_number_that_no_article_gives_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).reason == "not_stated"


def test_a_heading_is_not_quoted_as_an_answer(assistant: Assistant) -> None:
    for question in ("زلزال إزمير", "ماذا جرى في الانتخابات البلدية؟"):
        assert all(s.text not in ("زلزال إزمير", "الانتخابات البلدية") for s in assistant.ask(question).sentences)


LETTERS = st.text(alphabet=st.sampled_from(list('ابتجدرسمنوليهةء .؟!،\n«»"123٤٥٫')), min_size=1, max_size=300)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(LETTERS, min_size=1, max_size=4), question=LETTERS)
def test_every_citation_is_exact_for_any_articles_and_question(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], question: str
) -> None:
    from assistant.extractive.answerer import ExtractiveAnswerer
    from index.chunking import chunk
    from index.reading import make_article
    from index.static import load_background
    from index.types import ScoredPassage

    passages = [p for n, text in enumerate(texts) for p in chunk(make_article(text, f"{n}.txt"))]
    scored = [ScoredPassage(p, 1.0 - n / 10, 5.0, 0.5, 0.9) for n, p in enumerate(passages)]
    for threshold in (0.0, 1.1):
        answer = ExtractiveAnswerer(lambda stem: 1.0, load_background(), threshold=threshold).answer(question, scored)
        assert answer.abstained == (threshold > 1 or not scored or not answer.sentences)
        for citation in (*answer.citations, *answer.nearest):
            assert citation.article.text[citation.start : citation.end] == citation.quote
        for sentence in answer.sentences:
            assert sentence.citations


def test_a_folder_is_read_as_it_is(tmp_path: Path, add: Callable[..., Report]) -> None:
    (tmp_path / "a.txt").write_text(BRIEFS["quake.txt"])
    add(tmp_path / "a.txt")
    with open_assistant(tmp_path / "store") as assistant:
        answer = assistant.ask("متى ضرب الزلزال مدينة إزمير؟")
    assert answer.citations[0].article.path == str(tmp_path / "a.txt")


def test_a_report_that_two_papers_carry_is_cited_once_with_both(tmp_path: Path, add: Callable[..., Report]) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"---\nsource: جريدة {name}\n---\n{BRIEFS['quake.txt']}\n{name}")
    add(tmp_path)
    with open_assistant(tmp_path / "store") as assistant:
        answer = assistant.ask("متى ضرب الزلزال مدينة إزمير؟")
    assert len({citation.quote for citation in answer.citations}) == len(answer.citations)
    first = answer.citations[0]
    assert {first.article.source, *(copy.source for copy in first.copies)} == {"جريدة a", "جريدة b"}
