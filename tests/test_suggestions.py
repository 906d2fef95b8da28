"""The first questions that the chat offers: from the library itself, and it answers each from the article meant."""

from pathlib import Path

import pytest

from assistant.app import open_assistant
from assistant.settings import Settings
from assistant.suggestions import MOST, suggested


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine finds the same ones."""
    monkeypatch.setattr("assistant.suggestions.SECONDS", 600.0)


def test_the_shipped_briefs_suggest_questions_that_they_answer(seeds_store: Path) -> None:
    with open_assistant(seeds_store, settings=Settings()) as assistant:
        questions = suggested(assistant)
        assert len(set(questions)) == MOST
        assert "كم عدد الجنود الكوريين الشماليين؟" in questions
        assert not any(assistant.ask(question).abstained for question in questions)


def test_nothing_is_suggested_that_the_library_does_not_answer(add, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("نصّ عن شؤون شتّى لا يقول فيه أحد شيئًا ولا يُذكر فيه يوم.\n", encoding="utf-8")
    add(articles)
    with open_assistant(tmp_path / "store", settings=Settings()) as assistant:
        assert suggested(assistant) == ()


def test_the_newest_articles_come_first_and_undated_ones_last(add, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, day in (("a", "2024-01-05"), ("b", None), ("c", "2024-10-21"), ("d", "2023-12-31")):
        head = f"---\ntitle: {name}\n" + (f"published: {day}\n" if day else "") + "---\n\n"
        (articles / f"{name}.md").write_text(f"{head}هذا خبر {name} وفيه كلام كثير عن المدينة.\n", encoding="utf-8")
    add(articles)
    with open_assistant(tmp_path / "store", settings=Settings()) as assistant:
        assert [article.title for article in assistant.library.newest(3)] == ["c", "a", "d"]
        assert [article.title for article in assistant.library.newest(9)] == ["c", "a", "d", "b"]
