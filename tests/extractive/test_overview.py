"""Overviews without an LLM: several articles are quoted, the newest first where the latest is asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import Assistant, open_assistant
from assistant.extractive.overview import SENTENCES, WORDS
from index.building import index_paths
from index.static import load_background

ARTICLES = {
    "old.md": "---\ntitle: إضراب عمال الميناء\npublished: 2024-03-01\n---\nبدأ عمال ميناء رادس إضرابا مفتوحا عن العمل. "
    "وطالب عمال الميناء بزيادة الأجور.",
    "new.md": "---\ntitle: الميناء يعود إلى العمل\npublished: 2024-03-09\n---\nعلّق عمال ميناء رادس إضرابهم بعد "
    "اتفاق مع الوزارة. واستأنفت السفن التفريغ صباح السبت.",
    "other.md": "---\ntitle: أمطار في الشمال\npublished: 2024-03-10\n---\nنزلت أمطار غزيرة على ولايات الشمال.",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text)
    index_paths(folder / "store", [folder], load_background())
    with open_assistant(folder / "store") as opened:
        yield opened


def test_a_summary_quotes_each_article_that_tells_of_the_topic(assistant: Assistant) -> None:
    answer = assistant.ask("لخص لي إضراب عمال الميناء")
    titles = {citation.article.title for citation in answer.citations}
    assert titles == {"إضراب عمال الميناء", "الميناء يعود إلى العمل"}
    assert len(answer.sentences) <= SENTENCES
    assert sum(len(citation.quote.split()) for citation in answer.citations) <= WORDS
    for citation in answer.citations:
        assert citation.article.text[citation.start : citation.end] == citation.quote


def test_the_latest_comes_first_where_the_latest_is_asked_for(assistant: Assistant) -> None:
    dates = [c.article.published for c in assistant.ask("ما آخر أخبار إضراب عمال ميناء رادس؟").citations]
    assert dates == sorted(dates, key=str, reverse=True)
    assert dates[0] == "2024-03-09"


def test_a_topic_that_no_article_tells_of_is_refused(assistant: Assistant) -> None:
    answer = assistant.ask("لخص لي مباريات كأس العالم")
    assert answer.abstained
    assert answer.text
