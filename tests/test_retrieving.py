"""Both arms, their fusion and their filters, over real Tantivy, Chroma and SQLite."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.building import Report
from index.deriving import open_for_reading
from index.embedding import load_background
from index.library import Library
from index.retrieving import HybridRetriever
from index.types import Filters, Passage, ScoredPassage

ROWS = [
    {"id": "quake", "text": "ضرب زلزال قوي مدينة إزمير وأسفر عن سقوط قتلى.", "source": "أ", "published": "2024-01-10"},
    {"id": "vote", "text": "بدأت الانتخابات البلدية في تونس وسط إقبال ضعيف.", "source": "ب", "published": "2024-02-20"},
    {"id": "flood", "text": "اجتاحت الفيضانات قرى الشمال بعد أمطار غزيرة.", "source": "أ", "published": "2024-03-30"},
    {"id": "old", "text": "تحدث التقرير عن زلزال سابق في المنطقة نفسها.", "source": "ب"},
    {"id": "titled", "title": "قمة المناخ", "text": "اجتمع القادة في العاصمة لبحث خطة جديدة."},
]


@pytest.fixture
def retriever(tmp_path: Path, add: Callable[..., Report]) -> Iterator[HybridRetriever]:
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in ROWS))
    add(file)
    library = Library.open(tmp_path / "store")
    derived = open_for_reading(library)
    encoder = load_background()
    yield HybridRetriever(library, derived, encoder, encoder.rarity)
    derived.close()
    library.close()


def ids(found: list[ScoredPassage]) -> list[str | None]:
    return [scored.passage.article.external_id for scored in found]


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("أين وقع الزلزال؟", "quake"),
        ("متى جرت انتخابات البلديات التونسية؟", "vote"),
        ("ما الذي سببته الأمطار والفيضان؟", "flood"),
        ("قمة المناخ", "titled"),  # a title is matched, though never quoted
        ("الزِّلـــزال في إِزميـر", "quake"),
    ],
)
def test_the_right_passage_comes_first(retriever: HybridRetriever, question: str, best: str) -> None:
    assert ids(retriever.retrieve(question, 3, Filters()))[0] == best


def test_scores_fall_and_tell_what_each_arm_thought(retriever: HybridRetriever) -> None:
    found = retriever.retrieve("زلزال إزمير", 5, Filters())
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
    assert found[0].term_score > 0
    assert -1 <= found[0].vector_score <= 1.001
    assert found[0].coverage == 1.0


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(since="2024-02-01"), {"vote", "flood"}),
        (Filters(until="2024-02-20"), {"quake", "vote"}),
        (Filters(since="2024-02-20", until="2024-02-20"), {"vote"}),
        (Filters(source="أ"), {"quake", "flood"}),
        (Filters(source="ب", until="2024-12-31"), {"vote"}),
        (Filters(source="لا أحد"), set()),
    ],
)
def test_filters_hold_in_both_arms(retriever: HybridRetriever, filters: Filters, expected: set[str]) -> None:
    question = "زلزال انتخابات فيضانات قمة"
    assert set(ids(retriever.retrieve(question, 10, filters))) == expected
    derived, library = retriever._derived, retriever._library
    vector = load_background().encode([question])
    for hits in (derived.terms.search(question, 10, filters), derived.vectors.search(vector, 10, filters)):
        found = library.passages([id_ for id_, _ in hits])
        assert {p.article.external_id for p in found.values()} <= expected


@pytest.mark.parametrize("question", ["", "؟؟؟", "...", "\u202e", "qqqq", "a" * 5000, '- + AND ( " * : ]'])
def test_no_question_breaks_the_search(retriever: HybridRetriever, question: str) -> None:
    assert isinstance(retriever.retrieve(question, 3, Filters()), list)


def test_a_passage_removed_meanwhile_is_left_out(retriever: HybridRetriever) -> None:
    with retriever._library.transaction():
        retriever._library.remove_article(retriever.retrieve("زلزال إزمير", 1, Filters())[0].passage.article.id)
    assert "quake" not in ids(retriever.retrieve("زلزال إزمير", 5, Filters()))


def test_rarity_mixes_the_library_with_general_news(retriever: HybridRetriever) -> None:
    assert retriever.rarity("زلزال") < retriever.rarity("كلمهلاتوجدفيشيء")


def test_a_passage_must_lie_in_its_article(retriever: HybridRetriever) -> None:
    article = retriever.retrieve("زلزال", 1, Filters())[0].passage.article
    with pytest.raises(ValueError, match="lies outside"):
        Passage(article, 0, len(article.text) + 1)
