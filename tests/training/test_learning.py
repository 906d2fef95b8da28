"""The training of the model that reads, on letters: it learns, goes on where it stopped, and is exported."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch

from assistant.pair_models.layout import Layout
from assistant.training import learning
from assistant.training.export import agreement, export
from assistant.training.learning import learn
from assistant.training.pairs import HELD_OUT, Lesson, Writer, part_of
from tests.tiny_models import tiny_base

ARTICLE = "فاز الترجي على النجم. وسجل بقير الهدف. وحضر خمسون مشجعا."


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def lessons(base: Path) -> list[Lesson]:
    writer = Writer(Layout(base))
    start = ARTICLE.index("وسجل")
    quotes = [(start, ARTICLE.index(".", start) + 1)]
    claims = [
        {"claim": "سجل بقير", "quotes": quotes, "label": "supported", "change": "none"},
        {"claim": "سجل خمسون", "quotes": quotes, "label": "unsupported", "change": "name"},
    ]
    asked = [("من سجل؟", "near", quotes, "بقير"), ("من حضر بقير؟", "unanswerable", [], "")]
    row = {"title": "فوز", "text": ARTICLE}
    return [writer.lesson(name, row, asked, claims) for name in ("a", "b")]


def test_a_lesson_knows_where_the_answer_stands(lessons: Sequence[Lesson]) -> None:
    asked, miss = lessons[0].asked
    assert asked.gold == {0: [1]}
    assert asked.span
    first, end = lessons[0].pages[0].sentences[1]
    assert first <= asked.span[1] <= asked.span[2] < end
    assert miss.gold == {} and miss.span is None
    assert [c.supported for c in lessons[0].claimed] == [True, False]


def test_parts_of_articles_never_change() -> None:
    assert [part_of(name) for name in ("a", "JA-economy-280-20170518")] == [3, 0]
    assert {part_of(str(n)) for n in range(200)} == set(range(8))
    assert 0 < HELD_OUT < 8


def test_it_learns_resumes_and_is_exported(
    base: Path, lessons: list[Lesson], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "ROUNDS", ((1, 1e-4), (1, 5e-5)))
    monkeypatch.setattr(learning, "EVERY", 1)
    kept, told = tmp_path / "state.pt", list[str]()

    class CutShortError(Exception):
        pass

    def cut(line: str) -> None:
        told.append(line)
        if len(told) == 1:
            raise CutShortError

    with pytest.raises(CutShortError):
        learn(lessons, base, kept, cut)
    told.clear()
    model = learn(lessons, base, kept, told.append)
    assert [line.split("/")[0] for line in told] == ["2"]
    assert json.dumps(torch.load(kept, weights_only=True)["step"]) == "2"
    told.clear()
    learn(lessons, base, kept, told.append)
    assert told == []
    export(model, base / "tokenizer.json", tmp_path / "out")
    assert agreement(model, tmp_path / "out", lessons) > 0.5
