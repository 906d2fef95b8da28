"""`python -m assistant.training`: fits the extractive answerer's weights and writes assistant/sentence_model.json.

Two logistic regressions: which candidate sentence is the evidence, and whether the articles answer at all. The answered
questions of each collection teach the first; asked over the other collection, they are the second's off-topic ones.
"""

import json
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from assistant.confidence import CONFIDENCE_FEATURES, confidence, confidence_features
from assistant.extracting import THRESHOLD
from assistant.linear import SHIPPED, Linear
from assistant.ranking import FEATURES, Candidate, candidates
from index.arabic import sentence_spans
from index.building import index_paths
from index.deriving import open_for_reading
from index.embedding import load_background
from index.library import Library
from index.matching import Rarity
from index.retrieving import HybridRetriever
from index.types import Filters, ScoredPassage

OUT = Path(__file__).with_name(SHIPPED)
SHORTEST_EVIDENCE = 20
"""Characters; a gold quote may be cut into several sentences, and shorter pieces of it prove nothing."""
EVENT_ARTICLES = 5
EVENT_OFF_TOPIC = 4
"""Questions on other matters that each small library is asked."""
FOLDS = 5
PASSAGES = 12
"""As many as the settings' default: what is fitted must see what the answerer sees."""
BLANK = Linear((0.0,) * len(FEATURES), 0.0)


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the article (its external id) and quotes that answer it; no quotes where nothing does."""

    question: str
    article: str
    quotes: tuple[str, ...]


def read_questions(file: Path) -> list[Example]:
    """JSONL rows of `{question, article, quotes}`."""
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [Example(row["question"], row["article"], tuple(row["quotes"])) for row in rows]


def read_squad(file: Path) -> tuple[list[dict[str, Any]], list[Example]]:
    """The paragraphs of a SQuAD-format file as article rows, and its questions, each with the sentence that answers."""
    examples: list[Example] = []
    rows: list[dict[str, Any]] = []
    for document in json.loads(file.read_text(encoding="utf-8"))["data"]:
        for paragraph in document["paragraphs"]:
            text, id_ = paragraph["context"], str(len(rows))
            rows.append({"id": id_, "text": text})
            for row in paragraph["qas"]:
                at = row["answers"][0]["answer_start"]
                quotes = tuple(text[start:end] for start, end in sentence_spans(text) if start <= at < end)
                examples.append(Example(row["question"], id_, quotes))
    return rows, examples


def is_evidence(candidate: Candidate, example: Example) -> bool:
    """Whether a candidate is, or is a telling part of, a gold quote of the question's article."""
    if candidate.article.external_id != example.article:
        return False
    text = candidate.text
    return any(q.strip() in text or (len(text) >= SHORTEST_EVIDENCE and text in q) for q in example.quotes)


@dataclass(frozen=True, slots=True)
class Look:
    """What an answerer sees of a question in one library, and what it should make of it."""

    library: str
    example: Example
    kind: str
    """`answered`, `near-miss` (no article tells) or `off-topic` (asked of other articles)."""
    passages: list[ScoredPassage]
    found: list[Candidate]
    rarity: Rarity

    def ranked(self, model: Linear) -> list[Candidate]:
        """The candidates as this model orders them."""
        return sorted((replace(c, score=model.odds(c.features)) for c in self.found), key=lambda c: -c.score)

    def signs(self, ranked: list[Candidate]) -> tuple[float, ...]:
        """What the confidence is judged by."""
        return confidence_features(self.example.question, ranked, self.passages, self.rarity)


def looks(
    library: str, retriever: HybridRetriever, own: Sequence[Example], others: Sequence[Example]
) -> Iterator[Look]:
    """The looks at a library's own questions and at questions on other matters."""
    for example, kind in [
        *((e, "answered" if e.quotes else "near-miss") for e in own),
        *((e, "off-topic") for e in others),
    ]:
        rarity = cache(retriever.rarity)  # remembered, for the time when the library is closed
        passages = retriever.retrieve(example.question, PASSAGES, Filters())
        yield Look(library, example, kind, passages, candidates(example.question, passages, rarity, BLANK), rarity)


@contextmanager
def _indexed(rows: Iterable[dict[str, Any]]) -> Iterator[HybridRetriever]:
    encoder = load_background()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        index_paths(Path(folder), [file], encoder)
        with closing(Library.open(Path(folder))) as library:
            derived = open_for_reading(library)
            yield HybridRetriever(library, derived, encoder, encoder.rarity)
            derived.close()


def _events(
    rows: dict[str, dict[str, Any]], news: HybridRetriever, asked: list[Example], off: list[Example]
) -> Iterator[Look]:
    """The questions of each article over a library of it and the articles most like it: what a small collection is."""
    for at, article in enumerate(sorted({example.article for example in asked})):
        text = f"{rows[article]['title']} {rows[article]['text']}"[:600]
        near = [s.passage.article.external_id for s in news.retrieve(text, 40, Filters())]
        members = list(dict.fromkeys([article, *filter(None, near)]))[:EVENT_ARTICLES]
        with _indexed(rows[id_] for id_ in members) as event:
            own = [example for example in asked if example.article == article]
            yield from looks("events", event, own, off[EVENT_OFF_TOPIC * at % len(off) :][:EVENT_OFF_TOPIC])


def train(
    articles: Annotated[Path, typer.Argument(help="News articles (JSONL).")],
    questions: Annotated[list[Path], typer.Argument(help="Questions on them (JSONL), answered and unanswerable.")],
    squad: Annotated[Path, typer.Option(help="A SQuAD-format file on other matters.")],
    out: Annotated[Path, typer.Option(help="Where the weights are written.")] = OUT,
) -> None:
    """Fit both regressions and write the weights."""
    rows = {row["id"]: row for row in map(json.loads, articles.read_text(encoding="utf-8").splitlines())}
    on_news = [example for file in questions for example in read_questions(file)]
    paragraphs, on_paragraphs = read_squad(squad)
    with _indexed(rows.values()) as news, _indexed(paragraphs) as other:
        seen = [*looks("news", news, on_news, on_paragraphs), *looks("paragraphs", other, on_paragraphs, on_news)]
        seen += _events(rows, news, on_news, on_paragraphs)
    _tell_held_out(seen)
    models = zip(("sentences", "confidence"), (FEATURES, CONFIDENCE_FEATURES), fit(seen), strict=True)
    row = {name: {"weights": dict(zip(f, m.weights, strict=True)), "bias": m.bias} for name, f, m in models}
    out.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")


def fit(seen: list[Look]) -> tuple[Linear, Linear]:
    """Which candidate is evidence, and whether the articles answer."""
    judged = [(look, [is_evidence(c, look.example) for c in look.found]) for look in seen if look.kind == "answered"]
    judged = [(look, gold) for look, gold in judged if any(gold)]
    features = [c.features for look, _ in judged for c in look.found]
    sentences = _logistic(features, [y for _, gold in judged for y in gold], balanced=False)
    signs = [look.signs(look.ranked(sentences)) for look in seen]
    return sentences, _logistic(signs, [look.kind == "answered" for look in seen], balanced=True)


def _logistic(rows: Sequence[Sequence[float]], labels: Sequence[bool], *, balanced: bool) -> Linear:
    """Logistic regression; `balanced` gives both labels the same weight in sum."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=10, max_iter=5000, class_weight="balanced" if balanced else None).fit(rows, labels)
    return Linear(tuple(round(float(w), 3) for w in fitted.coef_[0]), round(float(fitted.intercept_[0]), 3))


def _tell_held_out(seen: list[Look]) -> None:
    """Figures of models that saw no question on the article at hand, for each kind of library."""
    from sklearn.metrics import roc_auc_score

    judged: list[tuple[Look, list[bool], float]] = []
    for fold in range(FOLDS):
        out = [zlib.crc32(look.example.article.encode()) % FOLDS == fold for look in seen]
        sentences, sure = fit([look for look, is_out in zip(seen, out, strict=True) if not is_out])
        for look in (look for look, is_out in zip(seen, out, strict=True) if is_out):
            best = look.ranked(sentences)
            hits = [is_evidence(c, look.example) for c in best[:3]]
            judged.append((look, hits, confidence(look.example.question, look.signs(best), best, sure)))
    for library in sorted({look.library for look in seen}):
        here = [row for row in judged if row[0].library == library]
        found = [hits for look, hits, _ in here if look.kind == "answered"]
        first, three = np.mean([any(hits[:1]) for hits in found]), np.mean([any(hits) for hits in found])
        typer.echo(f"{library}: evidence first {first:.3f}, among three {three:.3f} of {len(found)}")
        for kind in ("near-miss", "off-topic"):
            rows = [(look.kind == "answered", p) for look, _, p in here if look.kind in ("answered", kind)]
            if not all(answered for answered, _ in rows):
                area = roc_auc_score(*zip(*rows, strict=True))
                given = [np.mean([p >= THRESHOLD for a, p in rows if a is answered]) for answered in (True, False)]
                typer.echo(
                    f"  {kind}: AUROC {area:.3f}; answers {given[0]:.3f} of the answered, {given[1]:.3f} of these"
                )


if __name__ == "__main__":
    typer.run(train)
