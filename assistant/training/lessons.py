"""The lessons of the model that reads, from the files: every article with its questions, its claims and strangers."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.pair_models.layout import Layout
from assistant.training.datasets import Example, read_articles, read_questions, read_squad
from assistant.training.looks import PASSAGES, indexed
from assistant.training.pairs import Lesson, Writer, written
from index.types import Filters

STRANGERS = 4
"""Pages of other articles that the retriever finds for a question."""
PARAGRAPHS_KEPT = 4
"""One paragraph of so many on other matters is trained on: they are short, and asked in their own words."""

Question = tuple[str, str, list[tuple[int, int]], str]
"""Text, style, offsets of quotes, short answer."""


def lessons(articles: Path, questions: Sequence[Path], squad: Path, folder: Path, layout: Layout) -> list[Lesson]:
    """What the model that reads is trained on: every article with its questions and claims, and pages of other ones.

    Raises InputError for a file that cannot be used.
    """
    rows, writer = read_articles(articles), Writer(layout)
    told = dict(written(folder, rows))
    asked: dict[str, list[Question]] = {id_: [*_written(rows[id_]["text"], row)] for id_, row in told.items()}
    for example in (example for file in questions for example in read_questions(file, rows)):
        asked.setdefault(example.article, []).append(_of_example(rows[example.article]["text"], example, "news"))
    claims = {id_: row["claims"] for id_, row in told.items()}
    made = [writer.lesson(id_, rows[id_], of, claims.get(id_, [])) for id_, of in asked.items()]
    with indexed(rows.values()) as news:
        for lesson in made:
            for question in lesson.asked:
                found = news.retrieve(question.text, PASSAGES, Filters())
                others = [s.passage for s in found if s.passage.article.external_id != lesson.article][:STRANGERS]
                pages = (writer.page(passage.article.title or "", passage.text) for passage in others)
                question.strangers = [page for page in pages if page]
    paragraphs, on_paragraphs = read_squad(squad)
    other: dict[str, list[Question]] = {}
    for example in on_paragraphs:
        other.setdefault(example.article, []).append(_of_example(paragraphs[example.article]["text"], example, "squad"))
    kept = [id_ for n, id_ in enumerate(sorted(other)) if n % PARAGRAPHS_KEPT == 0]
    return made + [writer.lesson(f"paragraph {id_}", paragraphs[id_], other[id_], []) for id_ in kept]


def _written(text: str, row: dict[str, Any]) -> Iterator[Question]:
    for q in row["questions"]:
        yield q["q"], q["style"], [(start, end) for start, end in q["quotes"]], q["answer"]
    for q in row["unanswerable"]:
        yield q["q"], "unanswerable", [], ""


def _of_example(text: str, example: Example, style: str) -> Question:
    found = [(text.find(quote), len(quote)) for quote in example.quotes]
    quotes = [(at, at + length) for at, length in found if at >= 0]
    return example.question, style, quotes, next(iter(example.answers), "")
