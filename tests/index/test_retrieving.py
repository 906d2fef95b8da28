"""Both arms, their fusion, copies and their filters, over real Tantivy, Chroma and SQLite."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.building import Report
from index.fusing import fuse
from index.retrieving import HybridRetriever
from index.static import load_background
from index.storage.deriving import open_for_reading
from index.storage.library import Library
from index.storage.terms import indexed_text
from index.types import Filters, Passage, ScoredPassage

ROWS = [
    {"id": "quake", "text": "ضرب زلزال قوي مدينة إزمير وأسفر عن سقوط قتلى.", "source": "أ", "published": "2024-01-10"},
    {"id": "vote", "text": "بدأت الانتخابات البلدية في تونس وسط إقبال ضعيف.", "source": "ب", "published": "2024-02-20"},
    {"id": "flood", "text": "اجتاحت الفيضانات قرى الشمال بعد أمطار غزيرة.", "source": "أ", "published": "2024-03-30"},
    {"id": "old", "text": "تحدث التقرير عن زلزال سابق في المنطقة نفسها.", "source": "ب"},
    {"id": "titled", "title": "قمة المناخ", "text": "اجتمع القادة في العاصمة لبحث خطة جديدة."},
]


@contextmanager
def searching(tmp_path: Path, add: Callable[..., Report], rows: Sequence[dict[str, str]]) -> Iterator[HybridRetriever]:
    """A retriever over a library of these articles."""
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows))
    add(file)
    library = Library.open(tmp_path / "store")
    derived = open_for_reading(library)
    encoder = load_background()
    yield HybridRetriever(library, derived, encoder, encoder.rarity)
    derived.close()
    library.close()


@pytest.fixture
def retriever(tmp_path: Path, add: Callable[..., Report]) -> Iterator[HybridRetriever]:
    with searching(tmp_path, add, ROWS) as opened:
        yield opened


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


# ---------------------------------------------------------------- fusion


@pytest.fixture
def formula(monkeypatch: pytest.MonkeyPatch) -> None:
    """The constants by which the values below were computed by hand, however they are tuned."""
    for name, value in {"UNSURE": 0.3, "SURE": 0.5, "VECTORS_INSTEAD": 0.8}.items():
        monkeypatch.setattr(f"index.fusing.{name}", value)


COSINES = {1: 0.2, 2: 0.6, 3: 0.4}


@pytest.mark.usefixtures("formula")
@pytest.mark.parametrize(
    ("terms", "cosines", "mass", "vector_weight", "expected"),
    [
        # The best BM25 score is half the mass: trusted whole, the cosine counts 0.2 × its place from 0.2 to 0.6.
        ({1: 10.0, 2: 5.0}, COSINES, 20.0, 0.2, {1: 1.0, 2: 0.5 + 0.2, 3: 0.1}),
        # A tenth of the mass: chance matches. The vectors lead alone, by 0.8.
        ({1: 10.0, 2: 5.0}, COSINES, 100.0, 0.2, {1: 0.0, 2: 0.8, 3: 0.4}),
        # 0.4 of the mass: halfway. Terms count half, vectors (0.2 + 0.8) / 2.
        ({1: 10.0, 2: 5.0}, COSINES, 25.0, 0.2, {1: 0.5, 2: 0.25 + 0.5, 3: 0.25}),
        # An encoder that counts more than 0.8 by itself keeps its weight.
        ({1: 10.0}, COSINES, 100.0, 1.5, {1: 0.0, 2: 1.5, 3: 0.75}),
        # Nothing found by the terms, or nothing that they tell.
        ({}, COSINES, 20.0, 0.2, {1: 0.0, 2: 0.8, 3: 0.4}),
        ({}, COSINES, 0.0, 0.2, {1: 0.0, 2: 0.8, 3: 0.4}),
        # Cosines that are all equal tell nothing.
        ({1: 10.0, 2: 5.0}, {1: 0.3, 2: 0.3}, 20.0, 0.2, {1: 1.0, 2: 0.5}),
        ({}, {7: -0.1}, 20.0, 0.2, {7: 0.0}),
        ({}, {}, 20.0, 0.2, {}),
        ({}, {}, 0.0, 0.0, {}),
    ],
)
def test_fused_scores_as_computed_by_hand(
    terms: dict[int, float], cosines: dict[int, float], mass: float, vector_weight: float, expected: dict[int, float]
) -> None:
    assert fuse(terms, cosines, mass, vector_weight) == pytest.approx(expected)


def test_where_the_words_match_by_chance_the_vectors_lead() -> None:
    terms, cosines = {1: 10.0, 2: 9.0}, {1: 0.1, 2: 0.2, 3: 0.7}
    by_words, by_chance = fuse(terms, cosines, 12.0, 0.2), fuse(terms, cosines, 200.0, 0.2)
    assert max(by_words, key=by_words.__getitem__) == 1
    assert max(by_chance, key=by_chance.__getitem__) == 3


class LongestFirst:
    """A reranker whose order no arm would give."""

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        return [float(len(text)) for text in texts]


def test_the_rerankers_order_is_what_the_retriever_returns(retriever: HybridRetriever) -> None:
    encoder = load_background()
    reranked = HybridRetriever(retriever._library, retriever._derived, encoder, encoder.rarity, LongestFirst())
    found = reranked.retrieve("زلزال إزمير", 5, Filters())
    lengths = [len(indexed_text(scored.passage)) for scored in found]
    assert lengths == sorted(lengths, reverse=True)
    assert set(ids(found)) == set(ids(retriever.retrieve("زلزال إزمير", 5, Filters())))
    assert (found[0].score, found[-1].score) == (3.0, 2.0)
    assert ids(reranked.retrieve("زلزال إزمير", 2, Filters())) == ids(found)[:2]
    assert reranked.retrieve("زلزال", 5, Filters(source="لا أحد")) == []


# ---------------------------------------------------------------- copies of one report

REPORT = "أعلنت وزارة الدفاع الكورية الجنوبية أن {} وصلوا إلى منطقة كورسك الروسية خلال الأسبوع الماضي استعدادا للقتال"
COPIES = [
    {"id": "first", "text": REPORT.format("12 ألف جندي") + ".", "published": "2024-10-20", "source": "أ"},
    {"id": "copy", "text": REPORT.format("١٢ ألف جندي") + " هناك.", "published": "2024-10-25", "source": "ب"},
    {"id": "other number", "text": REPORT.format("10 آلاف جندي") + ".", "published": "2024-10-26", "source": "ب"},
    {"id": "other news", "text": "بدأت الانتخابات البلدية في تونس وسط إقبال ضعيف.", "published": "2024-10-26"},
]
SOLDIERS = "كم جنديا وصلوا إلى كورسك؟"


@pytest.fixture
def agencies(tmp_path: Path, add: Callable[..., Report]) -> Iterator[HybridRetriever]:
    with searching(tmp_path, add, COPIES) as opened:
        yield opened


def with_copies(found: list[ScoredPassage]) -> dict[str | None, set[str | None]]:
    return {s.passage.article.external_id: {copy.article.external_id for copy in s.copies} for s in found}


def test_one_report_in_two_articles_is_returned_once_with_its_copy(agencies: HybridRetriever) -> None:
    found = with_copies(agencies.retrieve(SOLDIERS, 10, Filters()))
    told_by = {first: copies for first, copies in found.items() if first in ("first", "copy")}
    assert told_by in ({"first": {"copy"}}, {"copy": {"first"}})


def test_the_same_words_with_another_number_are_another_report(agencies: HybridRetriever) -> None:
    found = with_copies(agencies.retrieve(SOLDIERS, 10, Filters()))
    assert found["other number"] == set()
    assert len(found) == 3


def test_copies_leave_their_places_to_others(agencies: HybridRetriever) -> None:
    found = with_copies(agencies.retrieve(SOLDIERS, 2, Filters()))
    assert len(found) == 2
    assert "other number" in found


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(until="2024-10-24"), {"first": set()}),
        (Filters(since="2024-10-21"), {"copy": set(), "other number": set(), "other news": set()}),
        (Filters(source="أ"), {"first": set()}),
    ],
)
def test_filters_hold_for_copies_as_well(
    agencies: HybridRetriever, filters: Filters, expected: dict[str, set[str]]
) -> None:
    assert with_copies(agencies.retrieve(SOLDIERS, 10, filters)) == expected
