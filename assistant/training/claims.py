"""The written claims of held-out articles beside the passages that they cite, and the weights that judge them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.linear import Linear
from assistant.pair_models.own import OwnModel
from assistant.training.datasets import Rows
from assistant.training.pairs import HELD_OUT, part_of, written
from assistant.training.regression import logistic
from assistant.types import Extent
from assistant.verification.judging import FEATURES
from assistant.verification.support import WordVerifier
from index.chunking import chunk
from index.static import load_background
from index.types import Article, ScoredPassage

SUPPORT_C = 0.3


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim with the passages of its article, and the numbers of those that hold its quotes."""

    article: str
    claim: dict[str, Any]
    passages: list[ScoredPassage]
    cited: list[int]

    def quote(self, extent: Extent) -> str:
        """The words of a piece of the article."""
        number, start, end = extent
        return self.passages[number].passage.article.text[start:end]


def cited_claims(folder: Path, articles: Rows) -> Iterator[Cited]:
    """The claims of articles that no weight was fitted on. Raises InputError."""
    for id_, row in written(folder, articles):
        if part_of(id_) < HELD_OUT:
            told = articles[id_]
            article = Article(id_, told["text"], told.get("title"), told.get("source"))
            passages = [ScoredPassage(passage, 1.0) for passage in chunk(article)]
            for claim in row["claims"]:
                yield Cited(id_, claim, passages, [n for n, p in enumerate(passages) if _holds(p, claim["quotes"])])


def _holds(scored: ScoredPassage, quotes: list[list[int]]) -> bool:
    passage = scored.passage
    return any(min(end, passage.end) > max(start, passage.start) for start, end in quotes)


def fit_support(claims: Iterator[Cited], model: OwnModel) -> Linear:
    """The weights of our own judge: what the model makes of a claim, and what the words tell."""
    rarity, rows, labels = load_background().rarity, [], []
    for c in claims:
        verifier = WordVerifier(c.passages, rarity)
        verdict = verifier.verdict(c.claim["claim"], c.cited)
        if verdict.certain or not verdict.group:
            continue
        groups = dict.fromkeys((verdict.group, verifier.around(c.claim["claim"], c.cited, verdict)))
        evidence = [[c.quote(extent) for extent in verifier.extents(group)] for group in groups]
        read = model.judge([c.claim["claim"]] * len(evidence), evidence)
        rows.append((max(judgement.odds for judgement in read), *verifier.signals(c.claim["claim"], c.cited, verdict)))
        labels.append(c.claim["label"] == "supported")
    return logistic(rows, labels, SUPPORT_C, [False] * len(FEATURES), balanced=False)
