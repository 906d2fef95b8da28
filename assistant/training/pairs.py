"""What the model that reads is trained on: articles cut into pages, with their questions and claims as token ids."""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.pair_models.layout import Layout, Page
from assistant.pair_models.own import KINDS
from assistant.pair_models.readings import Excerpt
from assistant.training.datasets import Example, Rows
from index.errors import InputError
from index.text.arabic import sentence_spans

WRITTEN = Path(__file__).with_name("reading")
"""Questions and claims written for this; their README tells the format."""
LONGEST_PAGE = 200
"""Tokens of sentences on a page: about as many as are read together when an answer is looked for."""
PARTS, HELD_OUT = 8, 2
"""Articles are told apart by a hash of their id: those of the first HELD_OUT parts are never trained on."""

Span = tuple[int, int]


@dataclass(slots=True)
class Asked:
    """A question on an article."""

    text: str
    style: str
    ids: list[int]
    answer: str
    """The short answer; empty where none is known."""
    gold: dict[int, list[int]]
    """By the number of a page the sentences that state the answer; empty where nothing does."""
    span: tuple[int, int, int] | None = None
    """The page, and the first and last token of the short answer."""
    strangers: list[Page] = field(default_factory=list)
    """Pages of other articles that are found for it, the nearest first."""


@dataclass(slots=True)
class Claimed:
    """A claim with the words quoted for it."""

    text: str
    ids: list[int]
    quotes: list[int]
    supported: bool
    kind: int
    """What is wrong, by its place in KINDS; 0 for nothing."""


@dataclass(slots=True)
class Lesson:
    """An article with all that is asked and claimed of it."""

    article: str
    pages: list[Page]
    asked: list[Asked]
    claimed: list[Claimed]

    @property
    def is_held_out(self) -> bool:
        """Whether it is measured on."""
        return part_of(self.article) < HELD_OUT


def part_of(article: str) -> int:
    """The part of the articles that one belongs to, by its id."""
    return zlib.crc32(article.encode()) % PARTS


def written(folder: Path, articles: Rows) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of all files in a folder, each with its article's id. Raises InputError."""
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            row = json.loads(line)
            if row["article"] not in articles:
                raise InputError(f"{file}:{number}: no article {row['article']!r} among the articles.")
            yield row["article"], row


def written_questions(folder: Path, articles: Rows) -> list[Example]:
    """The written questions as examples, their style as category; those that no article answers without quotes."""
    found = []
    for article, row in written(folder, articles):
        text = articles[article]["text"]
        for q in row["questions"]:
            quotes = tuple(text[start:end] for start, end in q["quotes"])
            found.append(Example(q["q"], article, quotes, (), q["style"]))
        found += [Example(q["q"], article, (), (), "unanswerable") for q in row["unanswerable"]]
    return found


class Writer:
    """Makes lessons of articles, questions and claims."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def lesson(
        self,
        article: str,
        row: Mapping[str, Any],
        questions: Iterable[tuple[str, str, Sequence[Span], str]],
        claims: Iterable[Mapping[str, Any]],
    ) -> Lesson:
        """One article; a question is its text, its style, the offsets of its quotes and the short answer."""
        text = row["text"]
        excerpts = [*self._excerpts(row.get("title") or "", text)]
        starts = [text_at for text_at, _ in excerpts]
        pages = [self._layout.page(excerpt) for _, excerpt in excerpts]
        lesson = Lesson(article, pages, [], [])
        for asked, style, quotes, answer in questions:
            gold = {n: found for n, (at, e) in enumerate(excerpts) if (found := _stating(at, e, quotes))}
            question = Asked(asked, style, self._layout.asked(asked), answer, gold)
            where = (
                text.find(answer, max(0, quotes[0][0] - _BESIDE), quotes[0][1] + _BESIDE) if answer and quotes else -1
            )
            if where >= 0:
                question.span = _span(starts, pages, gold, where, where + len(answer))
            lesson.asked.append(question)
        for claim in claims:
            quoted = self._layout.quoted([text[start:end] for start, end in claim["quotes"]])
            supported, kind = claim["label"] == "supported", KINDS.index(claim["change"])
            ids = self._layout.claimed(claim["claim"])
            lesson.claimed.append(Claimed(claim["claim"], ids, quoted, supported, kind))
        return lesson

    def page(self, found: Excerpt) -> Page | None:
        """The first LONGEST_PAGE tokens of an excerpt, None where they hold no sentence."""
        kept, length = 0, 0
        for start, end in found.sentences:
            length += self._layout.length(found.text[start:end])
            if kept and length > LONGEST_PAGE:
                break
            kept += 1
        return self._layout.page(Excerpt(found.title, found.text, found.sentences[:kept])) if kept else None

    def _excerpts(self, title: str, text: str) -> Iterator[tuple[int, Excerpt]]:
        """A text in runs of sentences of at most LONGEST_PAGE tokens, each with the place where it begins."""
        run: list[Span] = []
        length = 0
        for start, end in sentence_spans(text):
            more = self._layout.length(text[start:end])
            if run and length + more > LONGEST_PAGE:
                yield _excerpt(title, text, run)
                run, length = [], 0
            run.append((start, end))
            length += more
        if run:
            yield _excerpt(title, text, run)


_BESIDE = 5
"""Characters by which an answer may stand outside its quote."""
_SHORTEST_EVIDENCE = 20


def _excerpt(title: str, text: str, run: Sequence[Span]) -> tuple[int, Excerpt]:
    first = run[0][0]
    return first, Excerpt(title, text[first : run[-1][1]], tuple((start - first, end - first) for start, end in run))


def _stating(at: int, excerpt: Excerpt, quotes: Sequence[Span]) -> list[int]:
    """The sentences that hold half of a quote, or are a telling part of one."""

    def states(start: int, end: int) -> bool:
        for first, last in quotes:
            both = min(end, last) - max(start, first)
            telling = end - start >= _SHORTEST_EVIDENCE and both >= 0.9 * (end - start)
            if both > 0 and (both >= 0.5 * (last - first) or telling):
                return True
        return False

    return [n for n, (start, end) in enumerate(excerpt.sentences) if states(at + start, at + end)]


def _span(
    starts: Sequence[int], pages: Sequence[Page], gold: Mapping[int, Sequence[int]], first: int, last: int
) -> tuple[int, int, int] | None:
    """Where the characters [first, last) of the text stand, as tokens of a page."""
    for number, sentences in gold.items():
        for sentence in sentences:
            offsets = [(starts[number] + a, starts[number] + b) for a, b in pages[number].offsets[sentence]]
            inside = [at for at, (a, b) in enumerate(offsets) if b > first and a < last]
            if inside:
                begins = pages[number].sentences[sentence][0]
                return number, begins + inside[0], begins + inside[-1]
    return None
