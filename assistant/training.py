"""`python -m assistant.training`: fits the extractive answerer's weights and writes assistant/sentence_model.json.

Two logistic regressions: which candidate sentence is the evidence, and whether the articles answer at all. The answered
questions of each collection teach the first; asked over the other collection, they are the second's off-topic ones.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

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
from index.retrieving import HybridRetriever
from index.types import Filters, ScoredPassage

OUT = Path(__file__).with_name(SHIPPED)
SHORTEST_EVIDENCE = 20
"""Characters; a gold quote may be cut into several sentences, and shorter pieces of it prove nothing."""
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


def read_squad(file: Path, articles: Path) -> list[Example]:
    """The questions of a SQuAD-format file, each with the sentence of its answer; its paragraphs go to `articles`."""
    examples: list[Example] = []
    rows: list[str] = []
    for document in json.loads(file.read_text(encoding="utf-8"))["data"]:
        for paragraph in document["paragraphs"]:
            text, id_ = paragraph["context"], str(len(rows))
            rows.append(json.dumps({"id": id_, "text": text}))
            for row in paragraph["qas"]:
                at = row["answers"][0]["answer_start"]
                quotes = tuple(text[start:end] for start, end in sentence_spans(text) if start <= at < end)
                examples.append(Example(row["question"], id_, quotes))
    articles.write_text("\n".join(rows), encoding="utf-8")
    return examples


def is_evidence(candidate: Candidate, example: Example) -> bool:
    """Whether a candidate is, or is a telling part of, a gold quote of the question's article."""
    if candidate.article.external_id != example.article:
        return False
    text = candidate.text
    return any(q.strip() in text or (len(text) >= SHORTEST_EVIDENCE and text in q) for q in example.quotes)


def fit(rows: Sequence[Sequence[float]], labels: Sequence[bool], *, balanced: bool) -> Linear:
    """Logistic regression; `balanced` gives both labels the same weight in sum."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=10, max_iter=5000, class_weight="balanced" if balanced else None).fit(rows, labels)
    return Linear(tuple(round(float(w), 3) for w in fitted.coef_[0]), round(float(fitted.intercept_[0]), 3))


def look(retriever: HybridRetriever, question: str, model: Linear) -> tuple[list[ScoredPassage], list[Candidate]]:
    """The passages and ranked candidates that an answerer with this model would see."""
    passages = retriever.retrieve(question, PASSAGES, Filters())
    return passages, candidates(question, passages, retriever.rarity, model)


@contextmanager
def _indexed(articles: Path) -> Iterator[HybridRetriever]:
    encoder = load_background()
    with tempfile.TemporaryDirectory() as folder:
        index_paths(Path(folder), [articles], encoder)
        library = Library.open(Path(folder))
        yield HybridRetriever(library, open_for_reading(library), encoder, encoder.rarity)
        library.close()


def _labelled(retriever: HybridRetriever, asked: list[Example]) -> Iterator[tuple[list[Candidate], list[bool]]]:
    """The candidates of each question whose evidence is among them, with which of them are evidence."""
    for example in asked:
        found = look(retriever, example.question, BLANK)[1]
        gold = [is_evidence(c, example) for c in found]
        if any(gold):
            yield found, gold


def train(
    articles: Annotated[Path, typer.Argument(help="News articles (JSONL).")],
    questions: Annotated[list[Path], typer.Argument(help="Questions on them (JSONL), answered and unanswerable.")],
    squad: Annotated[Path, typer.Option(help="A SQuAD-format file on other matters.")],
    out: Annotated[Path, typer.Option(help="Where the weights are written.")] = OUT,
) -> None:
    """Fit both regressions and write the weights."""
    with tempfile.TemporaryDirectory() as folder:
        paragraphs = Path(folder) / "paragraphs.jsonl"
        sets = [[e for file in questions for e in read_questions(file)], read_squad(squad, paragraphs)]
        with _indexed(articles) as news, _indexed(paragraphs) as other:
            retrievers = (news, other)
            examples = [pair for r, own in zip(retrievers, sets, strict=True) for pair in _labelled(r, own)]
            sentences = fit(
                [c.features for found, _ in examples for c in found],
                [y for _, g in examples for y in g],
                balanced=False,
            )
            rows, kinds, ranked = [], [], []
            for retriever, own in zip(retrievers, sets, strict=True):
                for example in (e for asked in sets for e in asked):
                    passages, found = look(retriever, example.question, sentences)
                    ranked.append(found)
                    rows.append(confidence_features(example.question, found, passages, retriever.rarity))
                    kinds.append("off-topic" if example not in own else "answered" if example.quotes else "near-miss")
    sure = fit(rows, [kind == "answered" for kind in kinds], balanced=True)
    models = (("sentences", FEATURES, sentences), ("confidence", CONFIDENCE_FEATURES, sure))
    row = {name: {"weights": dict(zip(f, m.weights, strict=True)), "bias": m.bias} for name, f, m in models}
    out.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")
    typer.echo(f"{len(examples)} questions with evidence among the candidates; shares given an answer, in sample:")
    probabilities = np.array([confidence(f, r, sure) for f, r in zip(rows, ranked, strict=True)])
    for threshold in (0.3, THRESHOLD, 0.4, 0.45, 0.5):
        shares = {kind: (probabilities[np.array(kinds) == kind] >= threshold).mean() for kind in sorted(set(kinds))}
        typer.echo(f"{threshold:.2f}  " + "  ".join(f"{kind} {share:.3f}" for kind, share in shares.items()))


if __name__ == "__main__":
    typer.run(train)
