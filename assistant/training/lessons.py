"""The lessons of the model that reads, from the files: every article with its questions, its claims and strangers."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.extractive.features import FEATURES
from assistant.extractive.stacking import excerpt, together
from assistant.linear import shipped
from assistant.pair_models.layout import Layout, Page
from assistant.training.datasets import Example, plain, read_articles, read_questions, read_squad
from assistant.training.looks import indexed, looks
from assistant.training.pairs import Asked, Lesson, Writer, written
from index.retrieving import HybridRetriever

STRANGERS = 4
"""Pages of other articles that a question is read with, the nearest ones by the bare features."""
PARAGRAPHS_KEPT = 2
"""One paragraph of so many on other matters is trained on: they are asked in their own words."""

Question = tuple[str, str, list[tuple[int, int]], str]
"""Text, style, offsets of quotes, short answer."""


def lessons(articles: Path, questions: Sequence[Path], squad: Path, folder: Path, layout: Layout) -> list[Lesson]:
    """What the model that reads is trained on: every article with its questions and claims, and pages of other ones.

    Raises InputError for a file that cannot be used.
    """
    rows, writer = read_articles(articles), Writer(layout)
    asked, claims = dict[str, list[Question]](), dict[str, list[dict[str, Any]]]()
    for id_, row in written(folder, rows):  # several of an article: what is asked anew stands in files of its own
        asked.setdefault(id_, []).extend(_written(row))
        claims.setdefault(id_, []).extend(row["claims"])
    for example in (example for file in questions for example in read_questions(file, rows)):
        asked.setdefault(example.article, []).append(_of_example(rows[example.article]["text"], example, "news"))
    made = [writer.lesson(id_, rows[id_], of, claims.get(id_, [])) for id_, of in asked.items()]
    paragraphs, on_paragraphs = read_squad(squad)
    other: dict[str, list[Question]] = {}
    for example in on_paragraphs:
        other.setdefault(example.article, []).append(_of_example(paragraphs[example.article]["text"], example, "squad"))
    kept = [id_ for n, id_ in enumerate(sorted(other)) if n % PARAGRAPHS_KEPT == 0]
    more = [writer.lesson(id_, paragraphs[id_], other[id_], []) for id_ in kept]
    for known, some in ((rows, made), (paragraphs, more)):
        with indexed(known.values()) as retriever:
            for lesson in some:
                _meet_strangers(lesson, retriever, writer)
    return made + more


def _meet_strangers(lesson: Lesson, retriever: HybridRetriever, writer: Writer) -> None:
    bare = shipped("sentences", FEATURES)
    examples = [Example(question.text, lesson.article, ()) for question in lesson.asked]
    for question, look in zip(lesson.asked, looks("", retriever, ((e, "answered") for e in examples)), strict=True):
        question.strangers = [*_strangers(question, look.ranked(bare), lesson.article, writer)]


def _strangers(question: Asked, ranked: Sequence[Any], article: str, writer: Writer) -> Iterator[Page]:
    """The groups of sentences of other articles that would be read; not those that hold the short answer."""
    others = [candidate for candidate in ranked if candidate.article.external_id != article]
    for group in together(others)[:STRANGERS]:
        page = writer.page(excerpt(group))
        if page and not (question.answer and plain(question.answer) in plain(group[0].article.text)):
            yield page


def _written(row: dict[str, Any]) -> Iterator[Question]:
    for q in row["questions"]:
        yield q["q"], q["style"], [(start, end) for start, end in q["quotes"]], q["answer"]
    for q in row["unanswerable"]:
        yield q["q"], "unanswerable", [], ""


def _of_example(text: str, example: Example, style: str) -> Question:
    found = [(text.find(quote), len(quote)) for quote in example.quotes]
    quotes = [(at, at + length) for at, length in found if at >= 0]
    return example.question, style, quotes, next(iter(example.answers), "")
