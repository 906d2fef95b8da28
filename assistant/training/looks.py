"""What an answerer sees of a question in a library, and what it should make of it: the material of the training."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from assistant.extractive.confidence import confidence_features
from assistant.extractive.features import FEATURES, Candidate, Sureness
from assistant.extractive.ranking import candidates
from assistant.extractive.stacking import NEAR_THE_BEST
from assistant.linear import Linear
from assistant.question.analysis import Question, matching_wording
from assistant.training.datasets import Example, Rows, plain, read_articles, read_questions, read_squad
from assistant.training.pairs import HELD_OUT, part_of, written_questions
from index.building import index_paths
from index.retrieving import HybridRetriever
from index.static import load_background
from index.storage.deriving import open_for_reading
from index.storage.library import Library
from index.text.matching import Rarity
from index.types import Filters, ScoredPassage

SHORTEST_EVIDENCE = 20
"""Characters; a gold quote may be cut into several sentences, and shorter pieces of it prove nothing."""
EVENT_ARTICLES = 5
EVENT_OFF_TOPIC = 4
"""Questions on other matters that each small library is asked."""
ELSEWHERE = 4
"""One written question of so many is asked over the paragraphs on other matters: what is off the topic in its style."""
PASSAGES = 12
"""As many as the settings' default: what is fitted must see what the answerer sees."""
BLANK = Linear((0.0,) * len(FEATURES), 0.0)

Kind = Literal["answered", "near-miss", "off-topic", "deleted"]
"""`near-miss`: no article tells; `off-topic`: asked of other articles; `deleted`: the one that tells is left out."""


def is_evidence(candidate: Candidate, example: Example) -> bool:
    """Whether a candidate is, or is a telling part of, a gold quote of the question's article, or holds the answer."""
    if any(answer in plain(candidate.text) for answer in example.answers):
        return True
    if candidate.article.external_id != example.article:
        return False
    text = candidate.text
    return any(q.strip() in text or (len(text) >= SHORTEST_EVIDENCE and text in q) for q in example.quotes)


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What an answerer sees of a question in one library. Each look is equal to itself alone."""

    library: str
    example: Example
    kind: Kind
    question: Question
    passages: list[ScoredPassage]
    found: list[Candidate]
    rarity: Rarity

    def ranked(self, model: Linear) -> list[Candidate]:
        """The candidates as this model orders them."""
        return sorted((replace(c, score=model.odds(c.features)) for c in self.found), key=lambda c: -c.score)

    def signs(self, ranked: list[Candidate]) -> tuple[float, ...]:
        """What the confidence is judged by."""
        return confidence_features(self.question, ranked, self.passages, self.rarity)


@dataclass(frozen=True, slots=True)
class Models:
    """What the answerer weighs with."""

    sentences: Linear
    topic: Linear
    statement: Linear


@dataclass(frozen=True, slots=True)
class Judged:
    """A look through models that saw no question on its article."""

    look: Look
    ranked: list[Candidate]
    """Best first: as they are answered with."""
    hits: list[bool]
    """Which of the candidates are evidence."""
    sure: Sureness
    near: float = NEAR_THE_BEST
    """How far below the best one another sentence is still quoted."""


def looks(library: str, retriever: HybridRetriever, examples: Iterable[tuple[Example, Kind]]) -> Iterator[Look]:
    """The looks of an answerer at examples of some kind in one library."""
    encoder = load_background()
    for example, kind in examples:
        rarity = cache(retriever.rarity)  # remembered, for the time when the library is closed
        wanted = 2 * PASSAGES if kind == "deleted" else PASSAGES
        passages = retriever.retrieve(example.question, wanted, Filters())
        if kind == "deleted":
            passages = [s for s in passages if s.passage.article.external_id != example.article][:PASSAGES]
        question = Question.of(matching_wording(example.question, passages), rarity, encoder)
        yield Look(library, example, kind, question, passages, candidates(question, passages, BLANK, encoder), rarity)


def own_kind(example: Example) -> Kind:
    """What an example is in the library that it was written for."""
    return "answered" if example.quotes or example.answers else "near-miss"


@contextmanager
def indexed(rows: Iterable[dict[str, Any]]) -> Iterator[HybridRetriever]:
    """A retriever over a library of its own, which goes when the block ends."""
    encoder = load_background()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        index_paths(Path(folder), [file], encoder)
        with closing(Library.open(Path(folder))) as library:
            derived = open_for_reading(library)
            yield HybridRetriever(library, derived, encoder, encoder.rarity)
            derived.close()


def all_looks(articles: Path, questions: Sequence[Path], squad: Path, written: Path | None = None) -> list[Look]:
    """The questions over all articles, over small libraries of one event, and over the paragraphs of other matters.

    `written` is the folder of the questions written for the reader: those on articles that it is not trained on are
    asked over all articles, and some over the paragraphs. Raises InputError for a file that cannot be used.
    """
    rows = read_articles(articles)
    on_news = [example for file in questions for example in read_questions(file, rows)]
    more = [e for e in (written_questions(written, rows) if written else []) if part_of(e.article) < HELD_OUT]
    paragraphs, on_paragraphs = read_squad(squad)
    with indexed(rows.values()) as news, indexed(paragraphs.values()) as other:
        own = [(example, own_kind(example)) for example in on_news]
        seen = list(looks("news", news, [*own, *((e, "off-topic") for e in on_paragraphs)]))
        seen += looks("written", news, [(example, own_kind(example)) for example in more])
        seen += looks("elsewhere", other, [(e, "off-topic") for e in more if e.quotes][::ELSEWHERE])
        seen += looks("news", news, [(e, "deleted") for e in on_news if e.quotes])
        own = [(example, own_kind(example)) for example in on_paragraphs]
        seen += looks("paragraphs", other, [*own, *((e, "off-topic") for e in on_news)])
        seen += events(rows, news, on_news, on_paragraphs)
    return seen


def events(rows: Rows, news: HybridRetriever, asked: Sequence[Example], off: Sequence[Example]) -> Iterator[Look]:
    """The questions of each article over a library of it and the articles most like it: what a small collection is."""
    for at, article in enumerate(sorted({example.article for example in asked})):
        text = f"{rows[article].get('title') or ''} {rows[article]['text']}"[:600]
        near = [s.passage.article.external_id for s in news.retrieve(text, 40, Filters())]
        members = list(dict.fromkeys([article, *filter(None, near)]))[:EVENT_ARTICLES]
        with indexed(rows[id_] for id_ in members) as event:
            own = [(example, own_kind(example)) for example in asked if example.article == article]
            strangers = off[EVENT_OFF_TOPIC * at % len(off) :][:EVENT_OFF_TOPIC]
            yield from looks("events", event, [*own, *((example, "off-topic") for example in strangers)])
